//! A call as it is typed, and as it is listed.

use crate::domain::diagnosis::CallerKind;
use crate::domain::query::member_key;
use crate::domain::request::Channel;
use crate::domain::{MemberKey, coded};
use crate::store::call::CallRow;
use crate::usecases::notes::NoteDraft;
use chrono::{DateTime, Utc};

/// A call as far as it was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDraft {
    /// The member that it is about, once that is known.
    pub member: Option<MemberKey>,
    /// The caller's name and firm, as said.
    pub name: String,
    /// The note, with the number to call back and who is on the line.
    pub note: NoteDraft,
}

impl CallDraft {
    /// A call of which nothing is known yet.
    pub const fn new(caller: CallerKind) -> Self {
        Self { member: None, name: String::new(), note: NoteDraft::of_call(caller) }
    }

    /// Whether anything was typed that would be lost.
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.note.phone, &self.note.body].iter().all(|text| text.trim().is_empty())
    }
}

coded! {
    /// Whether a call is over.
    pub enum CallState {
        /// It waits, and is its owner's alone.
        Open = "open",
        /// It has ended.
        Done = "done",
    }
}

/// A call of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CallLine {
    /// Number of the call.
    pub id: i64,
    /// Whether it is over.
    pub state: CallState,
    /// Staff ID of its owner.
    pub staff: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// 記号・番号・枝番 of the member that it is about.
    pub member: Option<String>,
    /// 氏名
    pub member_name: Option<String>,
    /// The caller's name and firm, as said.
    pub name: String,
    /// The note that it became.
    pub note: Option<i64>,
    /// What was noted: of a note, or of the call itself where it is about no member.
    #[serde(flatten)]
    pub draft: NoteDraft,
}

impl From<CallRow> for CallLine {
    fn from(row: CallRow) -> Self {
        let (draft, member) = (NoteDraft::from(&row), row.key().map(|key| key.to_string()));
        Self {
            id: row.id,
            state: if row.ended_at.is_some() { CallState::Done } else { CallState::Open },
            staff: row.staff,
            started_at: row.started_at,
            ended_at: row.ended_at,
            member,
            member_name: row.member_name,
            name: row.name,
            note: row.note_id,
            draft,
        }
    }
}

impl CallLine {
    /// The key of the member that it is about.
    pub fn key(&self) -> Option<MemberKey> {
        self.member.as_deref().and_then(member_key)
    }

    /// What an open call goes on with.
    pub fn draft(&self) -> CallDraft {
        CallDraft { member: self.key(), name: self.name.clone(), note: self.draft.clone() }
    }

    /// Who was on the line; none where it was a form or the counter.
    pub fn caller(&self) -> Option<CallerKind> {
        self.draft.caller.filter(|_| self.draft.channel == Channel::Phone)
    }
}

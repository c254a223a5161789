//! The draft of a note: what was typed so far.
//!
//! *Decision.* It is a part of its call ([`crate::usecases::calls`]): one table has both, and its owner alone reads it. It is
//! no record yet, and its text is not in the log.

use super::OTHER;
use crate::domain::diagnosis::{CallerKind, Section, Topic};
use crate::domain::request::Channel;
use crate::store::call::{self, CallRow};
use crate::store::{StoreError, Tx};

/// A note that is not written yet, as far as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoteDraft {
    /// What about; nothing for what the guide does not know.
    pub topic: Option<Topic>,
    /// Phone, form or counter.
    pub channel: Channel,
    /// Who called; nothing where the note is no call.
    pub caller: Option<CallerKind>,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
    /// The number to call back, as typed.
    pub phone: String,
    /// What was said.
    pub body: String,
    /// Where the caller was sent on to.
    pub referred: Option<Section>,
    /// When to get back to the member, as typed.
    pub follow_up_on: String,
}

impl NoteDraft {
    /// Nothing typed yet about such a caller on the phone.
    pub const fn of_call(caller: CallerKind) -> Self {
        Self {
            topic: None,
            channel: Channel::Phone,
            caller: Some(caller),
            adds_to: None,
            phone: String::new(),
            body: String::new(),
            referred: None,
            follow_up_on: String::new(),
        }
    }

    pub(in crate::usecases) fn topic_code(&self) -> &'static str {
        self.topic.map_or(OTHER, Topic::code)
    }
}

/// A code that another version of the program has stored is left out.
impl From<&CallRow> for NoteDraft {
    fn from(row: &CallRow) -> Self {
        Self {
            topic: row.topic.parse().ok(),
            channel: row.channel,
            caller: row.caller.as_deref().and_then(|code| code.parse().ok()),
            adds_to: row.adds_to,
            phone: row.phone.clone(),
            body: row.body.clone(),
            referred: row.referred.as_deref().and_then(|code| code.parse().ok()),
            follow_up_on: row.follow_up_on.clone(),
        }
    }
}

/// The reader's own draft on a member, the latest where there are several. A call about which nothing is typed yet has none.
pub(in crate::usecases) async fn of(tx: &mut Tx, staff: &str, key: &str) -> Result<Option<NoteDraft>, StoreError> {
    let open = call::open_of(tx, staff).await?;
    let of_member = |row: &&CallRow| row.key().is_some_and(|known| known.to_string() == key);
    Ok(open.iter().rev().filter(of_member).find(|row| !row.body.trim().is_empty()).map(NoteDraft::from))
}

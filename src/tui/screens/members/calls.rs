//! The open calls of this session, one of them in hand.

use super::requests::{CallId, KeepCalls, KeptCall};
use crate::domain::MemberKey;
use crate::domain::diagnosis::CallerKind;
use crate::domain::request::Channel;
use crate::labels::{Labels, codes};
use crate::tui::call_strip::{CallCheck, CallSlot, CallStrip, StripCall};
use crate::usecases::calls::{CallDraft, CallLine};
use chrono::{DateTime, Utc};

/// Whether the database has a call as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Yes,
    No,
    /// On its way, and not changed since.
    Sent,
}

/// One call. `P` is what stands on the screen while another call is in hand.
pub(super) struct HeldCall<P> {
    pub(super) slot: CallSlot,
    pub(super) id: CallId,
    pub(super) started_at: DateTime<Utc>,
    pub(super) draft: CallDraft,
    /// 氏名 of the member, once known.
    pub(super) name: String,
    pub(super) identified: bool,
    kept: Kept,
    /// Counts the changes.
    version: u64,
    pub(super) parked: Option<P>,
}

impl<P> HeldCall<P> {
    /// Whether the database knows it, or soon will.
    pub(super) fn may_be_stored(&self) -> bool {
        self.id.get().is_some() || self.kept == Kept::Sent
    }

    /// Whether a caller is on the line, or a note of another way of contact is written.
    pub(super) fn is_phone(&self) -> bool {
        self.draft.note.channel == Channel::Phone
    }

    fn shown(&self, labels: &Labels) -> StripCall {
        let about = match &self.draft.member {
            Some(key) => format!("{key} {}", self.name.split(['\u{3000}', ' ']).next().unwrap_or_default()),
            None if !self.draft.name.trim().is_empty() => self.draft.name.clone(),
            None => match self.draft.note.caller {
                Some(kind) => codes::caller_kind(labels.lang, kind).to_owned(),
                None => codes::channel(labels.lang, self.draft.note.channel).to_owned(),
            },
        };
        let is_checked = self.is_phone()
            && self.draft.note.caller.is_some_and(CallerKind::is_checked)
            && self.draft.member.is_some();
        let check = match (is_checked, self.identified) {
            (false, _) => CallCheck::None,
            (true, true) => CallCheck::Identified,
            (true, false) => CallCheck::Open,
        };
        StripCall { slot: self.slot, about: about.trim().to_owned(), check, started_at: self.started_at }
    }
}

/// All of them, the oldest first.
pub(super) struct CallList<P> {
    open: Vec<HeldCall<P>>,
    current: Option<CallSlot>,
    last: u64,
}

impl<P> Default for CallList<P> {
    fn default() -> Self {
        Self { open: Vec::new(), current: None, last: 0 }
    }
}

impl<P> CallList<P> {
    /// A call that has just begun; it is in hand.
    pub(super) fn begin(&mut self, draft: CallDraft, now: DateTime<Utc>) -> CallSlot {
        let slot = self.push(CallId::default(), draft, now, Kept::No);
        self.current = Some(slot);
        slot
    }

    fn push(&mut self, id: CallId, draft: CallDraft, started_at: DateTime<Utc>, kept: Kept) -> CallSlot {
        self.last += 1;
        let slot = CallSlot(self.last);
        let call = HeldCall {
            slot,
            id,
            started_at,
            draft,
            name: String::new(),
            identified: false,
            kept,
            version: 0,
            parked: None,
        };
        self.open.push(call);
        slot
    }

    /// The calls that were open when the person signed in.
    pub(super) fn load(&mut self, lines: Vec<CallLine>) {
        for line in lines {
            if self.open.iter().all(|call| call.id.get() != Some(line.id)) {
                let slot = self.push(CallId::of(line.id), line.draft(), line.started_at, Kept::Yes);
                let name = line.member_name.unwrap_or_default();
                self.change(slot, |call| call.name = name);
            }
        }
        self.open.sort_by_key(|call| call.started_at);
    }

    fn change(&mut self, slot: CallSlot, change: impl FnOnce(&mut HeldCall<P>)) {
        if let Some(call) = self.open.iter_mut().find(|call| call.slot == slot) {
            change(call);
        }
    }

    /// The one in hand.
    pub(super) fn current(&self) -> Option<&HeldCall<P>> {
        self.open.iter().find(|call| Some(call.slot) == self.current)
    }

    pub(super) fn current_mut(&mut self) -> Option<&mut HeldCall<P>> {
        let current = self.current;
        self.open.iter_mut().find(|call| Some(call.slot) == current)
    }

    pub(super) const fn take_up(&mut self, slot: Option<CallSlot>) {
        self.current = slot;
    }

    /// The open call about a member, the one in hand first.
    pub(super) fn about(&self, key: &MemberKey) -> Option<CallSlot> {
        let about = |call: &&HeldCall<P>| call.draft.member.as_ref() == Some(key);
        self.current().filter(about).or_else(|| self.open.iter().rev().find(about)).map(|call| call.slot)
    }

    /// Whether a caller is on the line and not identified. Whichever member the call is about: the caller may ask of
    /// another one, too.
    pub(super) fn has_unchecked(&self) -> bool {
        self.open.iter().any(|call| call.is_phone() && !call.identified)
    }

    /// The one with this number in the database.
    pub(super) fn numbered(&self, id: i64) -> Option<CallSlot> {
        self.open.iter().find(|call| call.id.get() == Some(id)).map(|call| call.slot)
    }

    /// The one after the one in hand, round and round.
    pub(super) fn next(&self) -> Option<CallSlot> {
        let at = self.open.iter().position(|call| Some(call.slot) == self.current);
        let next = at.map_or(0, |at| (at + 1) % self.open.len());
        self.open.get(next).map(|call| call.slot)
    }

    /// Something was typed or said.
    pub(super) fn changed(&mut self, slot: CallSlot, change: impl FnOnce(&mut CallDraft)) {
        self.change(slot, |call| {
            let before = call.draft.clone();
            change(&mut call.draft);
            if call.draft != before {
                call.kept = Kept::No;
                call.version += 1;
            }
        });
    }

    /// 氏名 of a member, once the record was read.
    pub(super) fn name(&mut self, key: &MemberKey, name: &str) {
        for call in self.open.iter_mut().filter(|call| call.draft.member.as_ref() == Some(key)) {
            name.clone_into(&mut call.name);
        }
    }

    /// Whether the database does not have something that was typed.
    pub(super) fn is_behind(&self) -> bool {
        self.open.iter().any(|call| call.kept == Kept::No)
    }

    /// What the database does not have yet. One that it does not know waits for its number, so that it is there once.
    pub(super) fn take_changed(&mut self) -> Option<KeepCalls> {
        let waits = |call: &HeldCall<P>| call.kept == Kept::No;
        let kept: Vec<KeptCall> = self
            .open
            .iter()
            .filter(|call| waits(call))
            .map(|call| KeptCall {
                slot: call.slot,
                id: call.id.clone(),
                version: call.version,
                draft: call.draft.clone(),
            })
            .collect();
        self.open.iter_mut().filter(|call| waits(call)).for_each(|call| call.kept = Kept::Sent);
        (!kept.is_empty()).then_some(KeepCalls(kept))
    }

    /// A call was kept, or not: then it goes again with the next change.
    pub(super) fn kept(&mut self, slot: CallSlot, done: Result<(), ()>) {
        self.change(slot, |call| {
            call.kept = match (call.kept, done) {
                (Kept::Sent, Ok(())) => Kept::Yes,
                (Kept::Sent, Err(())) => Kept::No,
                (other, _) => other,
            };
        });
    }

    /// It has ended, or was given up.
    pub(super) fn end(&mut self, slot: CallSlot) -> Option<HeldCall<P>> {
        let at = self.open.iter().position(|call| call.slot == slot)?;
        if self.current == Some(slot) {
            self.current = None;
        }
        Some(self.open.remove(at))
    }

    pub(super) fn strip(&self, labels: &Labels) -> CallStrip {
        CallStrip { calls: self.open.iter().map(|call| call.shown(labels)).collect(), current: self.current }
    }
}

//! What each reply changes.

use super::requests::{MembersMsg, Reissued};
use super::{Front, List, MembersScreen, record, reissue};
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};

impl MembersScreen {
    pub(super) fn reply(&mut self, message: MembersMsg, cx: &Context) -> Vec<KeyAction> {
        let good = |text| KeyAction::Say(StatusTone::Good, text);
        match message {
            MembersMsg::Found { query, reply } => {
                let stands = self.find.found(query, reply);
                self.pending(cx).unwrap_or(stands)
            }
            MembersMsg::Shown { key, reply } => self.shown(&key, reply, cx),
            MembersMsg::Compared { with, identity } => {
                if let Front::Checking(check) = &mut self.front {
                    check.compared(&with, identity, cx);
                }
                nothing()
            }
            MembersMsg::Topic(topic) => match &mut self.front {
                Front::Viewing(view) => view.topic(topic),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            MembersMsg::CallerIs(kind) => match &mut self.front {
                Front::Viewing(view) => {
                    if view.call.caller.kind != kind {
                        // Somebody else is on the line: no check of this call holds for them.
                        self.checked.forget();
                    }
                    view.caller_is(kind)
                }
                Front::Listing | Front::Checking(_) => nothing(),
            },
            MembersMsg::CallerStated { key, words } => {
                if let Some(view) = self.open(&key) {
                    view.call.stated(words);
                }
                nothing()
            }
            MembersMsg::Walk(key) => self.walk(key),
            MembersMsg::Diagnosed { key, guidance } => {
                if let Some(view) = self.open(&key) {
                    view.guide(guidance);
                }
                nothing()
            }
            MembersMsg::Answered(question, answer) => match &self.front {
                Front::Viewing(view) => view.answer(question, &answer, cx.labels),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            MembersMsg::Lineage { key, records } => match self.open(&key) {
                Some(_) => record::lineage(&records, cx.labels),
                None => nothing(),
            },
            MembersMsg::DraftKept { key, fields } => {
                if let Some(Load::Ready(member)) = self.open(&key).map(|view| &mut view.loaded) {
                    member.draft = Some(fields);
                }
                nothing()
            }
            MembersMsg::NoteWritten { key, who } => self.written(&key, good(cx.labels.notes.written(&who))),
            MembersMsg::Reissued { key, who, reply: Reissued::Asked(asked) } => {
                self.written(&key, reissue::done(&who, &asked, cx))
            }
            MembersMsg::Reissued { key, who, reply: Reissued::NeedsConfirmation(warning) } => {
                self.warned(&key, &who, &warning, cx)
            }
            MembersMsg::Promises(reply) => self.promises.loaded(reply, cx),
            MembersMsg::PromiseSaid(text) => {
                let again = match &self.front {
                    Front::Viewing(view) => vec![view.load()],
                    Front::Listing if self.list == List::Promises => self.promises.load(),
                    Front::Listing | Front::Checking(_) => nothing(),
                };
                std::iter::once(good(text)).chain(again).collect()
            }
            MembersMsg::ProtectionChanged { key, who, count, stands } => {
                let words = &cx.labels.members;
                let text = if stands { words.protect_done(&who, count) } else { words.unprotect_done(&who, count) };
                self.written(&key, good(text))
            }
            MembersMsg::FollowUps(reply) => self.follow_ups.loaded(reply, cx),
            MembersMsg::FollowUpDone { who } => {
                std::iter::once(good(cx.labels.notes.done(&who))).chain(self.follow_ups.load()).collect()
            }
            MembersMsg::NotesFound { words, reply } => {
                self.notes.found(&words, reply, cx);
                nothing()
            }
            MembersMsg::CallTaken(receipt) => {
                let again = match &self.front {
                    Front::Viewing(view) => Some(view.load()),
                    Front::Listing | Front::Checking(_) => None,
                };
                std::iter::once(good(cx.labels.call.request_done(&receipt))).chain(again).collect()
            }
        }
    }
}

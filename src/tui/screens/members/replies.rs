//! What each reply changes.

use super::requests::{MembersMsg, Reissued};
use super::{Front, List, MembersScreen, record, reissue};
use crate::labels::persons;
use crate::tui::context::Context;
use crate::tui::layers::Notice;
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
                        // Another person is on the line: no check of this call holds for them.
                        self.checked.forget();
                    }
                    view.caller_is(kind)
                }
                Front::Listing | Front::Checking(_) => nothing(),
            },
            MembersMsg::ContactIs(contact) => match &mut self.front {
                Front::Viewing(view) => view.call.contact_is(contact, &view.key),
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
            MembersMsg::DraftKept { key, draft } => {
                if let Some(Load::Ready(member)) = self.open(&key).map(|view| &mut view.loaded) {
                    member.draft = Some(draft).filter(|draft| !draft.body.trim().is_empty());
                }
                nothing()
            }
            MembersMsg::NoDraft => nothing(),
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
            MembersMsg::Protected { key, who, set } => {
                let out = persons::cards_out(cx.labels.lang, &set);
                let done = cx.labels.members.protect_done(&who, set.held);
                // What is still to be done stays in sight until it is read.
                let told = match out.is_empty() {
                    true => good(done),
                    false => {
                        let lines = std::iter::once(done).chain(out).collect::<Vec<_>>().join("\n");
                        let title = cx.labels.members.protect_title;
                        KeyAction::dialog(Notice::new(title, StatusTone::Attention, lines))
                    }
                };
                self.written(&key, told)
            }
            MembersMsg::Unprotected { key, who, released } => {
                self.written(&key, good(cx.labels.members.unprotect_done(&who, released)))
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

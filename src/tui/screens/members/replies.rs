//! What each reply changes.

use super::requests::{MembersMsg, Reissued};
use super::{Front, List, MembersScreen, incident_dialogs, record, reissue};
use crate::labels::persons;
use crate::tui::context::Context;
use crate::tui::layers::Notice;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::take_incident;

impl MembersScreen {
    /// Reads what is in front again.
    pub(super) fn again(&mut self) -> Vec<KeyAction> {
        match &self.front {
            Front::Viewing(view) => vec![view.load()],
            Front::Listing if self.list == List::Incidents => self.incidents.load(),
            Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
        }
    }

    pub(super) fn reply(&mut self, message: MembersMsg, cx: &Context) -> Vec<KeyAction> {
        let good = |text| KeyAction::Say(StatusTone::Good, text);
        match message {
            MembersMsg::Found { query, reply } => {
                let stands = self.find.found(query, reply);
                self.pending(cx).unwrap_or(stands)
            }
            MembersMsg::SearchStood(query) => self.find.stood(&query),
            MembersMsg::Shown { key, reply } => self.shown(&key, reply, cx),
            MembersMsg::Compared { with, identity } => {
                if let Front::Checking(check) = &mut self.front {
                    check.compared(&with, identity, cx);
                }
                nothing()
            }
            MembersMsg::Topic(topic) => match &mut self.front {
                Front::Viewing(view) => {
                    let (key, kind) = (view.key.clone(), view.call.caller.kind);
                    let asked = view.topic(topic);
                    self.join(&key, kind, cx).into_iter().chain(asked).collect()
                }
                Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
            },
            MembersMsg::CallerIs(kind) => {
                let joined = match &self.front {
                    Front::Viewing(view) => {
                        let key = view.key.clone();
                        self.join(&key, kind, cx)
                    }
                    Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
                };
                joined.into_iter().chain(self.caller_said(kind, cx)).collect()
            }
            MembersMsg::Greeting { slot, kind, say } => {
                if let Front::Unnamed(pane) = &mut self.front
                    && pane.slot == slot
                {
                    pane.greeting(kind, say);
                }
                nothing()
            }
            MembersMsg::CallsLoaded(reply) => {
                self.calls.load(reply.unwrap_or_default());
                self.calls_changed(cx)
            }
            MembersMsg::TakeUp(id) => match self.calls.numbered(id) {
                Some(slot) => self.take_up(slot, cx),
                // It was begun at another terminal.
                None => self.load_calls(),
            },
            MembersMsg::CallsOfDay { day, reply } => self.day.loaded(day, reply, cx),
            MembersMsg::Typed { slot, draft } => self.typed(slot, draft, cx),
            MembersMsg::PauseOver => self.keep_calls(),
            MembersMsg::Kept(reply) => self.kept(reply, cx),
            MembersMsg::GiveUp(slot) => self.give_up(slot, cx),
            MembersMsg::GivenUp => nothing(),
            MembersMsg::CallEnded { slot, about } => {
                let over = self.over(slot, cx);
                over.into_iter().chain([good(cx.labels.calls.ended_with(&about))]).collect()
            }
            MembersMsg::ContactIs(contact) => match &mut self.front {
                Front::Viewing(view) => view.call.contact_is(contact, &view.key),
                Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
            },
            MembersMsg::CallerStated { key, words } => {
                if let Some(view) = self.open(&key) {
                    view.call.stated(words);
                }
                nothing()
            }
            MembersMsg::Walk(key) => self.walk(key, cx),
            MembersMsg::Diagnosed { key, guidance } => {
                if let Some(view) = self.open(&key) {
                    view.guide(guidance);
                }
                nothing()
            }
            MembersMsg::Answered(question, answer) => match &self.front {
                Front::Viewing(view) => view.answer(question, &answer, cx.labels),
                Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
            },
            MembersMsg::Lineage { key, records } => match self.open(&key) {
                Some(_) => record::lineage(&records, cx.labels),
                None => nothing(),
            },
            MembersMsg::NoteWritten { slot, key, who } => {
                let over = self.over(slot, cx);
                over.into_iter().chain(self.written(&key, good(cx.labels.notes.written(&who)))).collect()
            }
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
                    Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
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
            MembersMsg::Incidents(reply) => self.incidents.loaded(reply, cx),
            MembersMsg::IncidentChanged(text, change) => {
                take_incident::done(text, &change, cx).into_iter().chain(self.again()).collect()
            }
            MembersMsg::IncidentClosed(id) => {
                std::iter::once(good(cx.labels.incidents.closed(id))).chain(self.again()).collect()
            }
            MembersMsg::IncidentReopened(id) => {
                std::iter::once(good(cx.labels.incidents.reopened(id))).chain(self.again()).collect()
            }
            MembersMsg::PaperWritten(text) => incident_dialogs::copied(text, cx),
            MembersMsg::CallTaken(receipt) => {
                let again = match &self.front {
                    Front::Viewing(view) => Some(view.load()),
                    Front::Listing | Front::Checking(_) | Front::Unnamed(_) => None,
                };
                std::iter::once(good(cx.labels.call.request_done(&receipt))).chain(again).collect()
            }
        }
    }
}

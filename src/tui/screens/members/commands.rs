//! What each command does, by what is in front.

use super::call::{CallerState, key_for};
use super::identity::{Begun, IdentityForm};
use super::requests::{MembersMsg, ShowLineage};
use super::view::MemberPage;
use super::{Front, List, MembersScreen, call_dialogs, on_call, promises, protect, reissue};
use crate::domain::diagnosis::CallerKind;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, StatusTone, nothing};

impl MembersScreen {
    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        if let Some(actions) = self.call_command(command, cx) {
            return actions;
        }
        match (&mut self.front, command) {
            (_, Command::Search) => {
                self.find.again();
                self.turn_to(List::Found, cx)
            }
            (_, Command::FollowUps) => self.turn_to(List::FollowUps, cx),
            (_, Command::Promises) => self.turn_to(List::Promises, cx),
            (_, Command::Incidents) => self.turn_to(List::Incidents, cx),
            (_, Command::SearchNotes) => self.turn_to(List::Notes, cx),
            (Front::Checking(check), Command::Back) => match check.begun {
                Begun::InList => {
                    // Where the call is taken up again, its record stands here, from which it can be dropped.
                    self.in_call = false;
                    let back = self.back_to_list(List::Found, cx);
                    self.calls_changed(cx).into_iter().chain(back).collect()
                }
                Begun::InRecord => {
                    let key = check.key.clone();
                    self.show_checked(key)
                }
            },
            (Front::Checking(check), Command::Submit) if check.is_identified() => {
                let (key, pending) = (check.key.clone(), check.pending);
                let caller = CallerState::identified(check.caller, check.said(cx));
                self.identified(key, caller, pending, cx)
            }
            (Front::Checking(check), other) => check.command(other, cx),
            (Front::Listing, Command::Back) if self.list == List::Incidents && self.incidents.close_record() => {
                nothing()
            }
            (Front::Listing, Command::Back) => {
                self.find.clear_pending();
                // One way back: the list was opened from the call in hand.
                let call = self.calls.current().map(|call| call.slot);
                if let Some(slot) = call.filter(|_| std::mem::take(&mut self.from_call)) {
                    return self.take_up(slot, cx);
                }
                self.list = List::Found;
                vec![KeyAction::Leave]
            }
            (Front::Listing, other) => self.in_list(other, cx),
            (Front::Viewing(view), Command::Back) if self.checked.leads_back_from(&view.key) => {
                let first = self.checked.take_first();
                first.map_or_else(nothing, |first| self.show_checked(first))
            }
            (Front::Viewing(view), Command::Call) if view.call.caller.kind == CallerKind::Employer => {
                match view.call.has_office() {
                    true => call_dialogs::contact(cx.labels),
                    false => vec![KeyAction::Say(StatusTone::Attention, cx.labels.call.no_office.to_owned())],
                }
            }
            (Front::Viewing(view), Command::Call) if view.call.caller.kind.is_never_the_member() => {
                vec![KeyAction::Say(StatusTone::Attention, cx.labels.call.not_as_member(&key_for(Command::Caller)))]
            }
            (Front::Viewing(view), Command::Call) => {
                let kind = if view.call.caller.kind.is_checked() { view.call.caller.kind } else { CallerKind::Member };
                let (key, pending) = (view.key.clone(), view.call.pending);
                let actions = self.join(&key, kind, cx);
                self.front = Front::Checking(Box::new(IdentityForm::new(key, Begun::InRecord, kind, pending)));
                actions
            }
            (Front::Viewing(_), Command::Back) => {
                let back = self.back_to_list(self.list, cx);
                let nothing_listed = self.list == List::Found && !self.find.has_result();
                if nothing_listed { vec![KeyAction::Leave] } else { back }
            }
            (Front::Unnamed(_), Command::Caller) => call_dialogs::callers(cx.labels),
            (Front::Unnamed(_) | Front::Viewing(_), Command::NewIncident) => self.new_incident(cx),
            (Front::Unnamed(_), Command::Back) => {
                self.back_to_list(List::Found, cx);
                self.calls_changed(cx).into_iter().chain([KeyAction::Leave]).collect()
            }
            (Front::Unnamed(pane), other) => {
                pane.moved(other);
                nothing()
            }
            (Front::Viewing(view), Command::Reload) => vec![view.load()],
            // A stranger would make the member's password worthless, and hear whether there is an account.
            (Front::Viewing(view), Command::Reissue) if self.in_call && !view.call.caller.may_hear() => {
                vec![KeyAction::Say(StatusTone::Attention, cx.labels.call.reissue_unchecked(&key_for(Command::Call)))]
            }
            // Nothing is sent for a person who has died, or at the wish of another one.
            (Front::Viewing(view), Command::TakeRequest)
                if self.in_call && view.call.caller.kind.is_never_the_member() =>
            {
                vec![KeyAction::Say(StatusTone::Attention, cx.labels.call.no_request(&key_for(Command::Caller)))]
            }
            (Front::Viewing(view), Command::Reissue) => match view.loaded.ready() {
                Some(member) => reissue::ask(member, cx),
                None => nothing(),
            },
            (Front::Viewing(view), Command::Protect | Command::NextDate) => match view.loaded.ready() {
                Some(member) if command == Command::Protect => protect::ask(member, cx),
                Some(member) => promises::follow_first(&member.promises, cx),
                None => nothing(),
            },
            (Front::Viewing(_), Command::Family) => self.next_of_family(),
            (Front::Viewing(view), Command::ShowCards) => {
                view.turn_to(MemberPage::Cards);
                nothing()
            }
            (Front::Viewing(view), Command::Lineage) => {
                let key = view.key.clone();
                let show = ShowLineage(key.clone());
                vec![KeyAction::request_ok(show, |records| MembersMsg::Lineage { key, records })]
            }
            (Front::Viewing(view), Command::History) => {
                view.turn_to(MemberPage::History);
                nothing()
            }
            (Front::Viewing(view), other) => match view.loaded.ready() {
                Some(member) if on_call::concerns(other) => on_call::act(view, member, other, cx),
                _ => {
                    view.moved(other);
                    nothing()
                }
            },
        }
    }

    /// Back to a list: the call in hand waits in the strip.
    fn back_to_list(&mut self, list: List, cx: &Context) -> Vec<KeyAction> {
        let actions = self.turn_to(list, cx);
        self.from_call = false;
        actions
    }

    fn in_list(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        if let (List::Found, Command::Open | Command::Call) = (self.list, command)
            && !self.find.is_behind()
            && let Some(told) = self.find.former_holder(cx.labels)
        {
            return vec![told];
        }
        match (self.list, command) {
            // The list does not answer the field yet: wait, so that no other member is opened.
            (List::Found, Command::Open | Command::Call) if self.find.is_behind() => {
                self.find.pending_command(command);
                nothing()
            }
            (List::Found, Command::Open) => self.open_found(),
            (List::Found, Command::Call) => self.check_caller(cx),
            (List::Found, Command::Reload) => self.find.ask(),
            (List::Found, _) => nothing(),
            (List::FollowUps, other) => self.follow_ups.command(other, cx),
            (List::Promises, other) => self.promises.command(other, cx),
            (List::Notes, other) => self.notes.command(other),
            (List::Calls, other) => self.day.command(other, cx),
            (List::Incidents, other) => self.incidents.command(other, cx),
        }
    }
}

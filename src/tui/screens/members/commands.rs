//! What each command does, by what is in front.

use super::call::CallerState;
use super::identity::{Begun, IdentityForm};
use super::requests::{MembersMsg, ShowLineage};
use super::view::MemberPage;
use super::{Front, List, MembersScreen, call_dialogs, on_call, promises, protect, reissue};
use crate::domain::diagnosis::CallerKind;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, nothing};

impl MembersScreen {
    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match (&mut self.front, command) {
            (_, Command::Search) => {
                self.find.again();
                self.turn_to(List::Found)
            }
            (_, Command::FollowUps) => self.turn_to(List::FollowUps),
            (_, Command::Promises) => self.turn_to(List::Promises),
            (_, Command::SearchNotes) => self.turn_to(List::Notes),
            (Front::Checking(check), Command::Back) => match check.begun {
                Begun::InList => self.turn_to(List::Found),
                Begun::InRecord => {
                    let key = check.key.clone();
                    self.show_checked(key)
                }
            },
            (Front::Checking(check), Command::Submit) if check.is_identified() => {
                let (key, pending) = (check.key.clone(), check.pending);
                let caller = CallerState::identified(check.caller, check.said(cx));
                self.identified(key, caller, pending)
            }
            (Front::Checking(check), other) => check.command(other, cx),
            (Front::Listing, Command::Back) => {
                self.find.clear_pending();
                self.list = List::Found;
                vec![KeyAction::Leave]
            }
            (Front::Listing, other) => self.in_list(other, cx),
            (Front::Viewing(view), Command::Back) if self.checked.leads_back_from(&view.key) => {
                let first = self.checked.take_first();
                first.map_or_else(nothing, |first| self.show_checked(first))
            }
            (Front::Viewing(view), Command::Call) if view.call.caller.kind == CallerKind::Employer => {
                call_dialogs::contact(cx.labels)
            }
            (Front::Viewing(view), Command::Call) => {
                let kind = if view.call.caller.kind.is_checked() { view.call.caller.kind } else { CallerKind::Member };
                let check = IdentityForm::new(view.key.clone(), Begun::InRecord, kind, view.call.pending);
                self.front = Front::Checking(Box::new(check));
                nothing()
            }
            (Front::Viewing(_), Command::Back) => {
                let back = self.turn_to(self.list);
                let nothing_listed = self.list == List::Found && !self.find.has_result();
                if nothing_listed { vec![KeyAction::Leave] } else { back }
            }
            (Front::Viewing(view), Command::Reload) => vec![view.load()],
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
            (List::Found, Command::Call) => self.check_caller(),
            (List::Found, Command::Reload) => self.find.ask(),
            (List::Found, _) => nothing(),
            (List::FollowUps, other) => self.follow_ups.command(other, cx),
            (List::Promises, other) => self.promises.command(other, cx),
            (List::Notes, other) => self.notes.command(other),
        }
    }
}

//! 加入者: what the caller says goes in, the member comes out.

mod call;
mod call_dialogs;
mod cards;
mod checked;
mod commands;
mod facts;
mod find;
mod follow_ups;
mod history;
mod identity;
mod keys;
mod note_list;
mod note_search;
mod notes;
mod on_call;
mod person;
mod promises;
mod protect;
mod record;
mod reissue;
mod replies;
pub(crate) mod requests;
mod view;

use crate::domain::MemberKey;
use crate::domain::diagnosis::{CallerKind, Topic};
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::commands::Binding;
use crate::tui::context::Context;
use crate::tui::request::{Message, RefusalText};
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::InputField;
use crate::tui::widgets::list_view::AnyList;
use crate::usecases::members::{FoundMember, MatchKind, MemberView};
use crate::usecases::refusal::ReissueWarning;
use call::CallerState;
use checked::CheckedCallers;
use find::Find;
pub(crate) use follow_ups::FOLLOW_UPS;
use follow_ups::FollowUps;
pub(crate) use identity::IDENTITY;
use identity::{Begun, IdentityForm};
pub(crate) use keys::{FIND, VIEW};
pub(crate) use note_search::NOTE_SEARCH;
use note_search::NoteSearch;
use person::key_of;
pub(crate) use promises::PROMISES;
use promises::Promises;
use ratatui::layout::Rect;
use requests::LookTrigger;
use view::MemberPane;

/// Lists that members are opened from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum List {
    #[default]
    Found,
    FollowUps,
    Promises,
    Notes,
}

/// Whether a list or one member is in front.
enum Front {
    Listing,
    Checking(Box<IdentityForm>),
    Viewing(Box<MemberPane>),
}

/// Lists and view.
pub(crate) struct MembersScreen {
    find: Find,
    follow_ups: FollowUps,
    promises: Promises,
    notes: NoteSearch,
    list: List,
    front: Front,
    checked: CheckedCallers,
}

impl Default for MembersScreen {
    fn default() -> Self {
        Self {
            find: Find::default(),
            follow_ups: FollowUps::default(),
            promises: Promises::default(),
            notes: NoteSearch::default(),
            list: List::Found,
            front: Front::Listing,
            checked: CheckedCallers::default(),
        }
    }
}

impl MembersScreen {
    fn show(&mut self, key: MemberKey, caller: CallerState) -> Vec<KeyAction> {
        let view = MemberPane::new(key, caller);
        let load = view.load();
        self.front = Front::Viewing(Box::new(view));
        vec![load]
    }

    /// A record, with the check of this call where there was one.
    fn show_checked(&mut self, key: MemberKey) -> Vec<KeyAction> {
        let caller = self.checked.of(&key);
        self.show(key, caller)
    }

    /// The caller is identified: the record, and the topic that waited for it.
    fn identified(&mut self, key: MemberKey, caller: CallerState, pending: Option<Topic>) -> Vec<KeyAction> {
        self.checked.keep(&key, &caller);
        let mut actions = self.show(key, caller);
        if let (Some(topic), Front::Viewing(view)) = (pending, &mut self.front) {
            actions.extend(view.topic(topic));
        }
        actions
    }

    /// Another one of the family, who has a check of their own.
    fn next_of_family(&mut self) -> Vec<KeyAction> {
        let Front::Viewing(view) = &self.front else { return nothing() };
        let Some(next) = view.next_of_family() else { return nothing() };
        self.checked.begin(&view.key);
        self.show_checked(next)
    }

    /// The same person under another number: the check holds for the person.
    fn walk(&mut self, key: MemberKey) -> Vec<KeyAction> {
        let caller = match &self.front {
            Front::Viewing(view) => view.call.caller.clone(),
            Front::Listing | Front::Checking(_) => CallerState::default(),
        };
        self.show(key, caller)
    }

    fn turn_to(&mut self, list: List) -> Vec<KeyAction> {
        self.checked.clear();
        (self.list, self.front) = (list, Front::Listing);
        match list {
            List::FollowUps => self.follow_ups.load(),
            List::Promises => self.promises.load(),
            List::Found | List::Notes => nothing(),
        }
    }

    /// The result is used: that is a look for the record.
    fn open_found(&mut self) -> Vec<KeyAction> {
        let Some(member) = self.find.selected() else { return nothing() };
        let Ok(key) = key_of(member) else { return nothing() };
        let used = self.find.settled(LookTrigger::Used);
        used.into_iter().chain(self.show(key, CallerState::default())).collect()
    }

    /// A caller is on the line: nothing of the member is shown before the identity check.
    fn check_caller(&mut self) -> Vec<KeyAction> {
        if let Some(key) = self.find.selected().and_then(|member| key_of(member).ok()) {
            let used = self.find.settled(LookTrigger::Used);
            self.front = Front::Checking(Box::new(IdentityForm::new(key, Begun::InList, CallerKind::Member, None)));
            return used;
        }
        nothing()
    }

    /// The member in front, where it is this one.
    fn open(&mut self, key: &MemberKey) -> Option<&mut MemberPane> {
        match &mut self.front {
            Front::Viewing(view) if view.key == *key => Some(view),
            Front::Listing | Front::Checking(_) | Front::Viewing(_) => None,
        }
    }

    fn shown(&mut self, key: &MemberKey, reply: Result<Box<MemberView>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        match reply {
            Ok(member) => {
                let employer = member.employer.as_ref().map(|employer| employer.record.name.clone());
                let protected_since = member.protection.as_ref().map(|standing| day_of(standing.set_at));
                let (opened, why) = (member.member.clone(), MatchKind::Key);
                self.find.remember(FoundMember { member: opened, employer, protected_since, why }, cx);
                if let Some(view) = self.open(key) {
                    view.take(member, cx);
                }
                nothing()
            }
            Err(refusal) => self.open(key).map_or_else(nothing, |view| view.loaded.fail(&refusal)),
        }
    }

    /// A command that came before the answer, where the list is still in front.
    fn pending(&mut self, cx: &Context) -> Option<Vec<KeyAction>> {
        let pending_command = self.find.take_pending()?;
        match (&self.front, self.list) {
            (Front::Listing, List::Found) => Some(self.command(pending_command, cx)),
            _ => None,
        }
    }

    /// Something was written on this member: say so, and show it.
    fn written(&mut self, key: &MemberKey, text: KeyAction) -> Vec<KeyAction> {
        let again = self.open(key).map(|view| view.load());
        [text].into_iter().chain(again).collect()
    }

    /// Nothing was done yet: asks again, with the warning; where another member is in front, only says so.
    fn warned(&mut self, key: &MemberKey, who: &str, warning: &ReissueWarning, cx: &Context) -> Vec<KeyAction> {
        match self.open(key).and_then(|view| view.loaded.ready()) {
            Some(member) => reissue::warn(member, warning, cx),
            None => vec![KeyAction::Say(StatusTone::Attention, cx.labels.members.reissue_open(who))],
        }
    }
}

impl Screen for MembersScreen {
    fn bindings(&self) -> &'static [Binding] {
        match self.front {
            Front::Listing => match self.list {
                List::Found => FIND,
                List::FollowUps => FOLLOW_UPS,
                List::Promises => PROMISES,
                List::Notes => NOTE_SEARCH,
            },
            Front::Checking(_) => IDENTITY,
            Front::Viewing(_) => VIEW,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        match &mut self.front {
            Front::Listing => match self.list {
                List::Found => Some(&mut self.find.field),
                List::Notes => Some(&mut self.notes.field),
                List::FollowUps | List::Promises => None,
            },
            Front::Checking(check) => check.field(),
            Front::Viewing(_) => None,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match (&mut self.front, self.list) {
            (Front::Listing, List::Found) => Some(self.find.list()),
            (Front::Listing, List::FollowUps) => Some(&mut self.follow_ups.due),
            (Front::Listing, List::Promises) => Some(&mut self.promises.open),
            (Front::Listing, List::Notes) => Some(&mut self.notes.found),
            (Front::Viewing(view), _) => view.list(),
            (Front::Checking(_), _) => None,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(command) => self.command(command, cx),
            ScreenEvent::Edited => match &mut self.front {
                Front::Checking(check) => {
                    check.edited();
                    nothing()
                }
                Front::Listing if self.list == List::Found => self.find.ask(),
                Front::Listing | Front::Viewing(_) => nothing(),
            },
            ScreenEvent::Visit(ScreenRoute::Member(key)) => self.show(key, CallerState::default()),
            ScreenEvent::Visit(ScreenRoute::FollowUps) => self.turn_to(List::FollowUps),
            ScreenEvent::Visit(ScreenRoute::Promises) => self.turn_to(List::Promises),
            ScreenEvent::Visit(ScreenRoute::Notes) => self.turn_to(List::Notes),
            ScreenEvent::Shown => match &self.front {
                Front::Viewing(view) => vec![view.load()],
                Front::Listing if self.list == List::FollowUps => self.follow_ups.load(),
                Front::Listing if self.list == List::Promises => self.promises.load(),
                // What was searched last stays to be seen, and the next search takes its place.
                Front::Listing if self.list == List::Found => {
                    self.find.field.choose();
                    nothing()
                }
                Front::Listing | Front::Checking(_) => nothing(),
            },
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        message.read().map_or_else(nothing, |message| self.reply(message, cx))
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.front {
            Front::Listing => match self.list {
                List::Found => self.find.draw(canvas, area),
                List::FollowUps => self.follow_ups.draw(canvas, area),
                List::Promises => self.promises.draw(canvas, area),
                List::Notes => self.notes.draw(canvas, area),
            },
            Front::Checking(check) => check.draw(canvas, area),
            Front::Viewing(view) => view.draw(canvas, area),
        }
    }
}

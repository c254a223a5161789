//! 加入者: what the caller says goes in, the member comes out.

mod call;
mod call_dialogs;
mod call_requests;
mod calling;
mod calls;
mod cards;
mod checked;
mod commands;
mod day_calls;
mod facts;
mod find;
mod follow_ups;
mod history;
mod identity;
mod incident_dialogs;
mod incidents;
mod keys;
mod note_form;
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
mod unnamed;
mod view;

use crate::domain::MemberKey;
use crate::domain::diagnosis::Topic;
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
use calls::{CallList, HeldCall};
use checked::CheckedCallers;
pub(crate) use day_calls::DAY_CALLS;
use day_calls::DayCalls;
use facts::Told;
use find::Find;
pub(crate) use follow_ups::FOLLOW_UPS;
use follow_ups::FollowUps;
pub(crate) use identity::IDENTITY;
use identity::{Begun, IdentityForm};
use incidents::IncidentList;
pub(crate) use incidents::{INCIDENT, INCIDENTS};
pub(crate) use keys::{FIND, VIEW};
pub(crate) use note_search::NOTE_SEARCH;
use note_search::NoteSearch;
use person::key_of;
pub(crate) use promises::PROMISES;
use promises::PromiseList;
use ratatui::layout::Rect;
pub(crate) use unnamed::UNNAMED;
use unnamed::UnnamedPane;
use view::MemberPane;

/// Lists that members are opened from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum List {
    #[default]
    Found,
    FollowUps,
    Promises,
    Notes,
    Calls,
    Incidents,
}

/// Whether a list or one member is in front.
#[derive(Default)]
enum Front {
    #[default]
    Listing,
    Checking(Box<IdentityForm>),
    Viewing(Box<MemberPane>),
    /// A call about no member.
    Unnamed(Box<UnnamedPane>),
}

/// What stands here while another call is in hand.
struct Parked {
    front: Front,
    checked: CheckedCallers,
}

/// Lists and view.
#[derive(Default)]
pub(crate) struct MembersScreen {
    find: Find,
    follow_ups: FollowUps,
    promises: PromiseList,
    notes: NoteSearch,
    list: List,
    day: DayCalls,
    incidents: IncidentList,
    front: Front,
    checked: CheckedCallers,
    calls: CallList<Parked>,
    /// Whether what is in front belongs to the call in hand.
    in_call: bool,
    /// Whether the list in front was opened from the call in hand.
    from_call: bool,
    /// Whether the calls are kept before long.
    pausing: bool,
}

/// How much of a record is shown, by who is on the line.
fn told(view: &MemberPane, line: &CallList<Parked>, in_front: Option<&HeldCall<Parked>>) -> Told {
    let on_phone = in_front.is_some_and(HeldCall::is_phone);
    match view.call.caller.may_hear() {
        true => Told::Everything,
        false if on_phone || view.call.is_begun() => Told::BeforeCheck,
        false if line.has_unchecked() => Told::WhileOneWaits,
        false => Told::Everything,
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
    fn identified(
        &mut self,
        key: MemberKey,
        caller: CallerState,
        pending: Option<Topic>,
        cx: &Context,
    ) -> Vec<KeyAction> {
        self.checked.keep(&key, &caller);
        if let Some(call) = self.calls.current_mut().filter(|call| call.draft.member.as_ref() == Some(&key)) {
            call.identified = true;
        }
        let mut actions = self.calls_changed(cx);
        actions.extend(self.show(key, caller));
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
    fn walk(&mut self, key: MemberKey, cx: &Context) -> Vec<KeyAction> {
        let (caller, from) = match &self.front {
            Front::Viewing(view) => (view.call.caller.clone(), Some(view.key.clone())),
            Front::Listing | Front::Checking(_) | Front::Unnamed(_) => (CallerState::default(), None),
        };
        let call = self.calls.current().filter(|call| self.in_call && call.draft.member == from);
        if let Some(slot) = call.map(|call| call.slot) {
            self.calls.changed(slot, |draft| draft.member = Some(key.clone()));
        }
        let mut actions = self.calls_changed(cx);
        actions.extend(self.show(key, caller));
        actions
    }

    fn turn_to(&mut self, list: List, cx: &Context) -> Vec<KeyAction> {
        self.from_call = self.in_call;
        self.park();
        self.checked.clear();
        (self.list, self.front) = (list, Front::Listing);
        match list {
            List::FollowUps => self.follow_ups.load(),
            List::Promises => self.promises.load(),
            List::Calls => {
                self.day.today();
                self.day.load(cx)
            }
            List::Incidents => self.incidents.show_list(),
            List::Found | List::Notes => nothing(),
        }
    }

    /// The result is used: that is a look for the record.
    fn open_found(&mut self) -> Vec<KeyAction> {
        let Some(member) = self.find.selected() else { return nothing() };
        let Ok(key) = key_of(member) else { return nothing() };
        let used = self.find.used();
        let caller = CallerState::of(self.kind_in_hand());
        used.into_iter().chain(self.show(key, caller)).collect()
    }

    /// A caller is on the line: nothing of the member is shown before the identity check.
    fn check_caller(&mut self, cx: &Context) -> Vec<KeyAction> {
        let Some(key) = self.find.selected().and_then(|member| key_of(member).ok()) else { return nothing() };
        let kind = self.kind_in_hand();
        let mut actions = self.find.used();
        actions.extend(self.join(&key, kind, cx));
        if kind.is_checked() {
            self.front = Front::Checking(Box::new(IdentityForm::new(key, Begun::InList, kind, None)));
            return actions;
        }
        actions.extend(self.show(key, CallerState::of(kind)));
        if let Front::Viewing(view) = &mut self.front {
            actions.extend(view.caller_is(kind));
        }
        actions
    }

    /// The member in front, where it is this one.
    fn open(&mut self, key: &MemberKey) -> Option<&mut MemberPane> {
        match &mut self.front {
            Front::Viewing(view) if view.key == *key => Some(view),
            Front::Listing | Front::Checking(_) | Front::Viewing(_) | Front::Unnamed(_) => None,
        }
    }

    fn shown(&mut self, key: &MemberKey, reply: Result<Box<MemberView>, RefusalText>, cx: &Context) -> Vec<KeyAction> {
        match reply {
            Ok(member) => {
                let employer = member.employer.as_ref().map(|employer| employer.record.name.clone());
                let protected_since = member.protection.as_ref().map(|standing| day_of(standing.set_at));
                let (opened, why) = (member.member.clone(), MatchKind::Key);
                self.calls.name(key, &member.member.name);
                self.find.remember(FoundMember { member: opened, employer, protected_since, why }, cx);
                if let Some(view) = self.open(key) {
                    view.take(member, cx);
                }
                self.calls_changed(cx)
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
                List::Calls => DAY_CALLS,
                List::Incidents if self.incidents.is_opened() => INCIDENT,
                List::Incidents => INCIDENTS,
            },
            Front::Unnamed(_) => UNNAMED,
            Front::Checking(_) => IDENTITY,
            Front::Viewing(_) => VIEW,
        }
    }

    fn field(&mut self) -> Option<&mut InputField> {
        match &mut self.front {
            Front::Listing => match self.list {
                List::Found => Some(&mut self.find.field),
                List::Notes => Some(&mut self.notes.field),
                List::FollowUps | List::Promises | List::Calls | List::Incidents => None,
            },
            Front::Checking(check) => check.field(),
            Front::Viewing(_) | Front::Unnamed(_) => None,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match (&mut self.front, self.list) {
            (Front::Listing, List::Found) => Some(self.find.list()),
            (Front::Listing, List::FollowUps) => Some(&mut self.follow_ups.due),
            (Front::Listing, List::Promises) => Some(&mut self.promises.open),
            (Front::Listing, List::Notes) => Some(&mut self.notes.found),
            (Front::Listing, List::Calls) => Some(&mut self.day.calls),
            (Front::Listing, List::Incidents) => self.incidents.list(),
            (Front::Viewing(view), _) => {
                let told = told(view, &self.calls, self.calls.current().filter(|_| self.in_call));
                view.list(told)
            }
            (Front::Checking(_) | Front::Unnamed(_), _) => None,
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
                Front::Listing | Front::Viewing(_) | Front::Unnamed(_) => nothing(),
            },
            ScreenEvent::Visit(ScreenRoute::Member(key)) => {
                self.park();
                self.show(key, CallerState::default())
            }
            ScreenEvent::Visit(ScreenRoute::FollowUps) => self.turn_to(List::FollowUps, cx),
            ScreenEvent::Visit(ScreenRoute::Promises) => self.turn_to(List::Promises, cx),
            ScreenEvent::Visit(ScreenRoute::Notes) => self.turn_to(List::Notes, cx),
            ScreenEvent::Visit(ScreenRoute::Calls) => self.turn_to(List::Calls, cx),
            ScreenEvent::Visit(ScreenRoute::Incidents) => self.turn_to(List::Incidents, cx),
            ScreenEvent::Visit(ScreenRoute::NextCall) => self.back_to_call(cx),
            ScreenEvent::Visit(ScreenRoute::NewCall) => self.new_call(cx),
            ScreenEvent::SignedIn => self.load_calls(),
            ScreenEvent::Leaving => self.keep_calls(),
            ScreenEvent::Refused => self.again(),
            ScreenEvent::Shown => match &self.front {
                Front::Viewing(view) => vec![view.load()],
                Front::Listing if self.list == List::FollowUps => self.follow_ups.load(),
                Front::Listing if self.list == List::Promises => self.promises.load(),
                Front::Listing if self.list == List::Calls => self.day.load(cx),
                Front::Listing if self.list == List::Incidents => self.incidents.load(),
                // What was searched last stays to be seen, and the next search takes its place.
                Front::Listing if self.list == List::Found => {
                    self.find.field.choose();
                    nothing()
                }
                Front::Listing | Front::Checking(_) | Front::Unnamed(_) => nothing(),
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
                List::Calls => self.day.draw(canvas, area),
                List::Incidents => self.incidents.draw(canvas, area),
            },
            Front::Checking(check) => check.draw(canvas, area),
            Front::Viewing(view) => {
                view.draw(canvas, area, told(view, &self.calls, self.calls.current().filter(|_| self.in_call)))
            }
            Front::Unnamed(pane) => pane.draw(canvas, area, self.calls.current().map(|call| &call.draft)),
        }
    }
}

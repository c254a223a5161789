//! 加入者: what the caller says goes in, the member comes out.

mod call;
mod cards;
mod checked;
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
pub(crate) mod requests;
mod view;

use crate::domain::MemberKey;
use crate::domain::diagnosis::{CallerKind, Topic};
use crate::domain::request::CallerStanding;
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::Context;
use crate::tui::request::{Message, RefusalText};
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::InputField;
use crate::tui::widgets::list_view::AnyList;
use crate::usecases::members::{FoundMember, MemberView};
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
use requests::{LookTrigger, MembersMsg, Reissued, ShowLineage};
use view::{MemberPage, MemberPane};

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

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
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
                let standing = CallerStanding::Identified;
                let caller = CallerState { kind: check.caller, standing, said: check.said(cx) };
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
                self.find.remember(FoundMember { member: member.member.clone(), employer, protected_since }, cx);
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
                Front::Listing | Front::Checking(_) => nothing(),
            },
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let Some(message) = message.read() else { return nothing() };
        let good = |text| KeyAction::Say(StatusTone::Good, text);
        match message {
            MembersMsg::Found { query, reply } => {
                let stands = self.find.found(query, reply);
                self.pending(cx).unwrap_or(stands)
            }
            MembersMsg::Shown { key, reply } => self.shown(&key, reply, cx),
            MembersMsg::Compared { key, said, identity } => {
                if let Front::Checking(check) = &mut self.front {
                    check.compared(&key, &said, identity, cx);
                }
                nothing()
            }
            MembersMsg::Topic(topic) => match &mut self.front {
                Front::Viewing(view) => view.topic(topic),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            MembersMsg::CallerIs(kind) => match &mut self.front {
                Front::Viewing(view) => view.caller_is(kind),
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

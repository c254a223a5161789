//! 加入者: what the caller says goes in, the member comes out.

mod call;
mod cards;
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
mod record;
mod reissue;
mod view;

use crate::domain::MemberKey;
use crate::domain::request::{Claim, Standing};
use crate::store::member::Member;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command};
use crate::tui::context::Context;
use crate::tui::message::{Answer, Outcome, Query, Refusal, Settled};
use crate::tui::screen::{Action, Event, Load, Screen, Target, Tone, nothing};
use crate::tui::widgets::Field;
use crate::usecases::members::{FoundMember, MemberView};
use crate::usecases::refusal::ReissueWarning;
use find::Find;
pub(crate) use follow_ups::FOLLOW_UPS;
use follow_ups::FollowUps;
use identity::Check;
pub(crate) use identity::IDENTITY;
pub(crate) use keys::{FIND, VIEW};
pub(crate) use note_search::NOTE_SEARCH;
use note_search::NoteSearch;
use ratatui::layout::Rect;
use view::{Page, View};

/// Lists that members are opened from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum List {
    #[default]
    Found,
    FollowUps,
    Notes,
}

/// Whether a list or one member is in front.
enum Front {
    Listing,
    Checking(Box<Check>),
    Viewing(Box<View>),
}

/// Lists and view.
pub(crate) struct Members {
    find: Find,
    follow_ups: FollowUps,
    notes: NoteSearch,
    list: List,
    front: Front,
}

impl Default for Members {
    fn default() -> Self {
        let (find, follow_ups, notes) = (Find::default(), FollowUps::default(), NoteSearch::default());
        Self { find, follow_ups, notes, list: List::Found, front: Front::Listing }
    }
}

impl Members {
    fn show(&mut self, key: MemberKey, standing: Standing, said: Claim) -> Vec<Action> {
        self.front = Front::Viewing(Box::new(View::new(key.clone(), standing, said)));
        vec![Action::Ask(Query::Member(key))]
    }

    fn list(&mut self, list: List) -> Vec<Action> {
        (self.list, self.front) = (list, Front::Listing);
        match list {
            List::FollowUps => self.follow_ups.load(),
            List::Found | List::Notes => nothing(),
        }
    }

    /// The result is used: that is a look for the record.
    fn open_found(&mut self) -> Vec<Action> {
        let Some(member) = self.find.selected() else { return nothing() };
        let Ok(key) = key_of(member) else { return nothing() };
        let used = self.find.settled(Settled::Used);
        used.into_iter().chain(self.show(key, Standing::Unknown, Claim::default())).collect()
    }

    /// Somebody is on the line: nothing of the member is shown before the identity check.
    fn check_caller(&mut self) -> Vec<Action> {
        if let Some(key) = self.find.selected().and_then(|member| key_of(member).ok()) {
            let used = self.find.settled(Settled::Used);
            self.front = Front::Checking(Box::new(Check::new(key)));
            return used;
        }
        nothing()
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match (&mut self.front, command) {
            (_, Command::Search) => {
                self.find.again();
                self.list(List::Found)
            }
            (_, Command::FollowUps) => self.list(List::FollowUps),
            (_, Command::SearchNotes) => self.list(List::Notes),
            (Front::Checking(_), Command::Back) => self.list(List::Found),
            (Front::Checking(check), Command::Submit) if check.is_identified() => {
                let (key, said) = (check.key.clone(), check.said(cx));
                self.show(key, Standing::Identified, said)
            }
            (Front::Checking(check), other) => check.command(other, cx),
            (Front::Listing, Command::Back) => {
                self.find.clear_pending();
                self.list = List::Found;
                vec![Action::Leave]
            }
            (Front::Listing, other) => self.in_list(other, cx),
            (Front::Viewing(_), Command::Back) => {
                let back = self.list(self.list);
                let nothing_listed = self.list == List::Found && !self.find.has_result();
                if nothing_listed { vec![Action::Leave] } else { back }
            }
            (Front::Viewing(view), Command::Reload) => vec![Action::Ask(Query::Member(view.key.clone()))],
            (Front::Viewing(view), Command::Reissue) => match view.loaded.ready() {
                Some(member) => reissue::ask(member, cx),
                None => nothing(),
            },
            (Front::Viewing(view), Command::Family) => view.next_of_family(),
            (Front::Viewing(view), Command::ShowCards) => {
                view.turn_to(Page::Cards);
                nothing()
            }
            (Front::Viewing(view), Command::Lineage) => vec![Action::Ask(Query::Lineage(view.key.clone()))],
            (Front::Viewing(view), Command::History) => {
                view.turn_to(Page::History);
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

    fn in_list(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match (self.list, command) {
            // Whom the list shows is not whom the field asks for: wait, lest somebody else be opened.
            (List::Found, Command::Open | Command::Call) if self.find.is_behind() => {
                self.find.pending_command(command);
                nothing()
            }
            (List::Found, Command::Open) => self.open_found(),
            (List::Found, Command::Call) => self.check_caller(),
            (List::Found, Command::Reload) => self.find.ask(),
            (List::Found, other) => {
                self.find.moved(other);
                nothing()
            }
            (List::FollowUps, other) => self.follow_ups.command(other, cx),
            (List::Notes, other) => self.notes.command(other),
        }
    }

    /// The member in front, where it is this one.
    fn open(&mut self, key: &MemberKey) -> Option<&mut View> {
        match &mut self.front {
            Front::Viewing(view) if view.key == *key => Some(view),
            Front::Listing | Front::Checking(_) | Front::Viewing(_) => None,
        }
    }

    fn viewed(&mut self, member: &MemberView) {
        if let Some(view) = key_of(&member.member).ok().and_then(|key| self.open(&key)) {
            view.loaded = Load::Ready(Box::new(member.clone()));
        }
        let employer = member.employer.as_ref().map(|employer| employer.name.clone());
        self.find.remember(FoundMember { member: member.member.clone(), employer });
    }

    /// Enter came before the answer, and the list is still in front: whom it finds is opened.
    fn pending(&mut self, cx: &Context) -> Option<Vec<Action>> {
        let pending_command = self.find.take_pending()?;
        match (&self.front, self.list) {
            (Front::Listing, List::Found) => Some(self.command(pending_command, cx)),
            _ => None,
        }
    }

    /// Something was written on this member: say so, and show it.
    fn written(&mut self, key: &MemberKey, said: Action) -> Vec<Action> {
        let again = self.open(key).map(|view| Action::Ask(Query::Member(view.key.clone())));
        [said].into_iter().chain(again).collect()
    }

    /// Nothing was done yet: asks again, with the warning; where somebody else is in front, only says so.
    fn warned(&mut self, key: &MemberKey, who: &str, warning: &ReissueWarning, cx: &Context) -> Vec<Action> {
        match self.open(key).and_then(|view| view.loaded.ready()) {
            Some(member) => reissue::warn(member, warning, cx),
            None => vec![Action::Say(Tone::Attention, cx.labels.members.reissue_open(who))],
        }
    }
}

fn key_of(member: &Member) -> Result<MemberKey, crate::domain::KeyError> {
    MemberKey::parse(&member.symbol, &member.number, &member.branch)
}

/// `260-1-00 東海林 拓也`
fn who(member: &Member) -> String {
    format!("{} {}", member.key(), member.name)
}

impl Screen for Members {
    fn bindings(&self) -> &'static [Binding] {
        match self.front {
            Front::Listing => match self.list {
                List::Found => FIND,
                List::FollowUps => FOLLOW_UPS,
                List::Notes => NOTE_SEARCH,
            },
            Front::Checking(_) => IDENTITY,
            Front::Viewing(_) => VIEW,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.front {
            Front::Listing => match self.list {
                List::Found => Some(&mut self.find.field),
                List::Notes => Some(&mut self.notes.field),
                List::FollowUps => None,
            },
            Front::Checking(check) => check.field(),
            Front::Viewing(_) => None,
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(command) => self.command(command, cx),
            Event::Edited => match &mut self.front {
                Front::Checking(check) => {
                    check.edited();
                    nothing()
                }
                Front::Listing if self.list == List::Found => self.find.ask(),
                Front::Listing | Front::Viewing(_) => nothing(),
            },
            Event::Heard(question, answer) => match &mut self.front {
                Front::Viewing(view) => view.heard(question, &answer, cx.labels),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            Event::Visit(Target::Member(key)) => self.show(key, Standing::Unknown, Claim::default()),
            Event::Visit(Target::FollowUps) => self.list(List::FollowUps),
            Event::Visit(Target::Notes) => self.list(List::Notes),
            Event::Shown => match &self.front {
                Front::Viewing(view) => vec![Action::Ask(Query::Member(view.key.clone()))],
                Front::Listing if self.list == List::FollowUps => self.follow_ups.load(),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        let good = |text| Action::Say(Tone::Good, text);
        match outcome {
            Ok(Answer::Found { query, members }) => {
                let stands = self.find.found(query, members);
                return self.pending(cx).unwrap_or(stands);
            }
            Ok(Answer::Member(member)) => self.viewed(member),
            Ok(Answer::ReissueNeedsConfirm { key, who, warning }) => return self.warned(key, who, warning, cx),
            Ok(Answer::Reissued { key, who, asked }) => return self.written(key, reissue::done(who, asked, cx)),
            Ok(Answer::Diagnosed(called)) => {
                if let Some(view) = self.open(&called.key) {
                    view.told(called.clone());
                }
            }
            Ok(Answer::Identified(compared)) => {
                if let Front::Checking(check) = &mut self.front {
                    check.compared(compared, cx);
                }
            }
            Ok(Answer::Lineage(key, records)) if self.open(key).is_some() => {
                return record::lineage(records, cx.labels);
            }
            Ok(Answer::NoteWritten { key, who }) => return self.written(key, good(cx.labels.notes.written(who))),
            Ok(Answer::FollowUps(due)) => self.follow_ups.due = Load::Ready(due.clone()),
            Ok(Answer::FollowUpDone(who)) => {
                return std::iter::once(good(cx.labels.notes.done(who))).chain(self.follow_ups.load()).collect();
            }
            Ok(Answer::NotesFound { words, found }) => self.notes.found(words, found),
            Ok(Answer::CallTaken(receipt)) => {
                let again = match &self.front {
                    Front::Viewing(view) => Some(Action::Ask(Query::Member(view.key.clone()))),
                    Front::Listing | Front::Checking(_) => None,
                };
                return std::iter::once(good(cx.labels.call.request_done(receipt))).chain(again).collect();
            }
            Ok(_) | Err(_) => {}
        }
        nothing()
    }

    fn failed(&mut self, query: &Query, refusal: &Refusal) -> Vec<Action> {
        match query {
            Query::Find(words) => self.find.failed(words, &refusal.text),
            Query::SearchNotes(words) => self.notes.failed(words, &refusal.text),
            Query::FollowUps => return self.follow_ups.due.fail(refusal),
            Query::Member(key) => return self.open(key).map_or_else(nothing, |view| view.loaded.fail(refusal)),
            _ => return refusal.said(),
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.front {
            Front::Listing => match self.list {
                List::Found => self.find.draw(canvas, area),
                List::FollowUps => self.follow_ups.draw(canvas, area),
                List::Notes => self.notes.draw(canvas, area),
            },
            Front::Checking(check) => check.draw(canvas, area),
            Front::Viewing(view) => view.draw(canvas, area),
        }
    }
}

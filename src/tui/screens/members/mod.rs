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

use crate::domain::request::{Claim, Standing};
use crate::domain::{MemberKey, Permission};
use crate::labels::Command;
use crate::store::member::Member;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::Binding;
use crate::tui::message::{Answer, Outcome, Query, Settled};
use crate::tui::screen::{Action, Event, Load, Screen, Target, Tone, nothing};
use crate::tui::widgets::Field;
use crate::usecases::members::MemberView;
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
                Some(member) => super::refused(cx, Permission::Queue).unwrap_or_else(|| reissue::ask(member, cx)),
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
                self.find.wish(command);
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

    fn viewed(&mut self, member: &MemberView) {
        if let Front::Viewing(view) = &mut self.front {
            view.loaded = Load::Ready(Box::new(member.clone()));
        }
        self.find.remember(&member.member);
    }

    /// Something was written on the member: say so, and show it.
    fn written(&self, said: String) -> Vec<Action> {
        let again = match &self.front {
            Front::Viewing(view) => Some(Action::Ask(Query::Member(view.key.clone()))),
            Front::Listing | Front::Checking(_) => None,
        };
        [Action::Say(Tone::Good, said)].into_iter().chain(again).collect()
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
                Front::Viewing(view) => view.heard(question, &answer),
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
        match outcome {
            Ok(Answer::Found { query, members }) => {
                let stands = self.find.found(query, members);
                match self.find.granted() {
                    Some(command) => self.command(command, cx),
                    None => stands,
                }
            }
            Ok(Answer::Member(member)) => {
                self.viewed(member);
                nothing()
            }
            Ok(Answer::ReissueNeedsConfirm(warning)) => match &self.front {
                Front::Viewing(view) => view.loaded.ready().map_or_else(nothing, |m| reissue::warn(m, warning, cx)),
                Front::Listing | Front::Checking(_) => nothing(),
            },
            Ok(Answer::Reissued(asked)) => match &self.front {
                Front::Viewing(view) => {
                    let said = view.loaded.ready().map(|member| reissue::done(member, asked, cx));
                    said.into_iter().chain([Action::Ask(Query::Member(view.key.clone()))]).collect()
                }
                Front::Listing | Front::Checking(_) => nothing(),
            },
            Ok(Answer::Diagnosed(called)) => {
                if let Front::Viewing(view) = &mut self.front {
                    view.told(called.clone());
                }
                nothing()
            }
            Ok(Answer::Identified(identity)) => {
                if let Front::Checking(check) = &mut self.front {
                    check.compared(identity);
                }
                nothing()
            }
            Ok(Answer::Lineage(records)) => record::lineage(records, cx.labels),
            Ok(Answer::NoteWritten(who)) => self.written((cx.labels.notes.written)(who)),
            Ok(Answer::FollowUps(due)) => {
                self.follow_ups.due = Load::Ready(due.clone());
                nothing()
            }
            Ok(Answer::FollowUpDone(who)) => {
                let said = Action::Say(Tone::Good, (cx.labels.notes.done)(who));
                std::iter::once(said).chain(self.follow_ups.load()).collect()
            }
            Ok(Answer::NotesFound { words, found }) => {
                self.notes.found(words, found);
                nothing()
            }
            Ok(Answer::CallTaken(receipt)) => self.written((cx.labels.call.request_done)(receipt)),
            Ok(_) => nothing(),
            Err(refusal) => {
                match &mut self.front {
                    Front::Viewing(view) => view.failed(&refusal.text),
                    Front::Listing => match self.list {
                        List::Found => self.find.failed(&refusal.text),
                        List::Notes => self.notes.failed(&refusal.text),
                        List::FollowUps => self.follow_ups.failed(&refusal.text),
                    },
                    Front::Checking(_) => return vec![Action::Say(Tone::Bad, refusal.text.clone())],
                }
                nothing()
            }
        }
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

//! 加入者: what the caller says goes in, the member comes out.

mod cards;
mod facts;
mod find;
mod history;
mod notes;
mod reissue;
mod view;

use crate::domain::{MemberKey, Permission};
use crate::labels::Command;
use crate::store::member::Member;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::message::{Answer, Outcome, Query, Settled};
use crate::tui::screen::{Action, Event, Load, Screen, Target, nothing};
use crate::tui::widgets::Field;
use crate::usecases::members::MemberView;
use crossterm::event::KeyCode;
use find::Find;
use ratatui::layout::Rect;
use view::{Page, View};

/// The keys of the search. Letters are text here; arrows move in the result.
pub(crate) const FIND: &[Binding] = &[
    shown(&[Key::named(KeyCode::Enter)], Command::Open),
    hidden(&[Key::named(KeyCode::Down)], Command::Down),
    hidden(&[Key::named(KeyCode::Up)], Command::Up),
    super::PAGE_UP,
    super::PAGE_DOWN,
    shown(super::BACK_KEYS, Command::Back),
];

/// The keys of a member's view.
pub(crate) const VIEW: &[Binding] = &[
    shown(&[Key::char('r')], Command::Reissue),
    shown(&[Key::char('h')], Command::History),
    shown(&[Key::named(KeyCode::Tab)], Command::NextField),
    hidden(&[Key::named(KeyCode::BackTab)], Command::PreviousField),
    hidden(&[Key::char('f')], Command::Family),
    super::UP,
    super::DOWN,
    super::PAGE_UP,
    super::PAGE_DOWN,
    shown(super::BACK_KEYS, Command::Back),
];

/// Whether the list or one member is in front.
enum Front {
    Finding,
    Viewing(Box<View>),
}

/// Search and view.
pub(crate) struct Members {
    find: Find,
    front: Front,
}

impl Default for Members {
    fn default() -> Self {
        Self { find: Find::default(), front: Front::Finding }
    }
}

impl Members {
    fn show(&mut self, key: MemberKey) -> Vec<Action> {
        self.front = Front::Viewing(Box::new(View::new(key.clone())));
        vec![Action::Ask(Query::Member(key))]
    }

    /// The result is used: that is a look for the record.
    fn open_found(&mut self) -> Vec<Action> {
        let Some(member) = self.find.selected() else { return nothing() };
        let Ok(key) = key_of(member) else { return nothing() };
        let used = self.find.settled(Settled::Used);
        used.into_iter().chain(self.show(key)).collect()
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match (&mut self.front, command) {
            (_, Command::Search) => {
                self.front = Front::Finding;
                self.find.again();
                nothing()
            }
            (Front::Finding, Command::Open) => self.open_found(),
            (Front::Finding, Command::Back) => vec![Action::Leave],
            (Front::Finding, Command::Reload) => self.find.ask(),
            (Front::Finding, other) => {
                self.find.moved(other);
                nothing()
            }
            (Front::Viewing(_), Command::Back) if self.find.has_result() => {
                self.front = Front::Finding;
                nothing()
            }
            (Front::Viewing(_), Command::Back) => {
                self.front = Front::Finding;
                vec![Action::Leave]
            }
            (Front::Viewing(view), Command::Reload) => vec![Action::Ask(Query::Member(view.key.clone()))],
            (Front::Viewing(view), Command::Reissue) => match view.loaded.ready() {
                Some(member) => super::refused(cx, Permission::Queue).unwrap_or_else(|| reissue::ask(member, cx)),
                None => nothing(),
            },
            (Front::Viewing(view), Command::Family) => view.next_of_family(),
            (Front::Viewing(view), Command::History) => {
                view.turn_to(Page::History);
                nothing()
            }
            (Front::Viewing(view), other) => {
                view.moved(other);
                nothing()
            }
        }
    }

    fn viewed(&mut self, member: &MemberView) {
        if let Front::Viewing(view) = &mut self.front {
            view.loaded = Load::Ready(Box::new(member.clone()));
        }
        self.find.remember(&member.member);
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
            Front::Finding => FIND,
            Front::Viewing(_) => VIEW,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.front {
            Front::Finding => Some(&mut self.find.field),
            Front::Viewing(_) => None,
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Command(command) => self.command(command, cx),
            Event::Edited => self.find.ask(),
            Event::Visit(Target::Member(key)) => self.show(key),
            Event::Shown => match &self.front {
                Front::Viewing(view) => vec![Action::Ask(Query::Member(view.key.clone()))],
                Front::Finding => nothing(),
            },
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        match outcome {
            Ok(Answer::Found { query, members }) => self.find.found(query, members),
            Ok(Answer::Member(member)) => {
                self.viewed(member);
                nothing()
            }
            Ok(Answer::ReissueNeedsConfirm(warning)) => match &self.front {
                Front::Viewing(view) => view.loaded.ready().map_or_else(nothing, |m| reissue::warn(m, warning, cx)),
                Front::Finding => nothing(),
            },
            Ok(Answer::Reissued(asked)) => match &self.front {
                Front::Viewing(view) => {
                    let said = view.loaded.ready().map(|member| reissue::done(member, asked, cx));
                    said.into_iter().chain([Action::Ask(Query::Member(view.key.clone()))]).collect()
                }
                Front::Finding => nothing(),
            },
            Ok(_) => nothing(),
            Err(refusal) => {
                match &mut self.front {
                    Front::Viewing(view) => view.failed(&refusal.text),
                    Front::Finding => self.find.failed(&refusal.text),
                }
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.front {
            Front::Finding => self.find.draw(canvas, area),
            Front::Viewing(view) => view.draw(canvas, area),
        }
    }
}

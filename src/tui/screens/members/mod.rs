//! 加入者: what the caller says goes in, the member comes out.

mod call;
mod cards;
mod facts;
mod find;
mod history;
mod identity;
mod keys;
mod notes;
mod on_call;
mod record;
mod reissue;
mod view;

use crate::domain::request::Standing;
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
use identity::Check;
pub(crate) use identity::IDENTITY;
pub(crate) use keys::{FIND, VIEW};
use ratatui::layout::Rect;
use view::{Page, View};

/// Whether the list or one member is in front.
enum Front {
    Finding,
    Checking(Box<Check>),
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
    fn show(&mut self, key: MemberKey, standing: Standing) -> Vec<Action> {
        self.front = Front::Viewing(Box::new(View::new(key.clone(), standing)));
        vec![Action::Ask(Query::Member(key))]
    }

    /// The result is used: that is a look for the record.
    fn open_found(&mut self) -> Vec<Action> {
        let Some(member) = self.find.selected() else { return nothing() };
        let Ok(key) = key_of(member) else { return nothing() };
        let used = self.find.settled(Settled::Used);
        used.into_iter().chain(self.show(key, Standing::Unknown)).collect()
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
                self.front = Front::Finding;
                self.find.again();
                nothing()
            }
            // Whom the list shows is not whom the field asks for: wait, lest somebody else be opened.
            (Front::Finding, Command::Open | Command::Call) if self.find.is_behind() => {
                self.find.wish(command);
                nothing()
            }
            (Front::Finding, Command::Open) => self.open_found(),
            (Front::Finding, Command::Call) => self.check_caller(),
            (Front::Checking(_), Command::Back) => {
                self.front = Front::Finding;
                nothing()
            }
            (Front::Checking(check), Command::Submit) if check.is_identified() => {
                let key = check.key.clone();
                self.show(key, Standing::Identified)
            }
            (Front::Checking(check), other) => check.command(other, cx),
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
            Front::Finding | Front::Checking(_) => None,
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
            Front::Finding => FIND,
            Front::Checking(_) => IDENTITY,
            Front::Viewing(_) => VIEW,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.front {
            Front::Finding => Some(&mut self.find.field),
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
                Front::Finding | Front::Viewing(_) => self.find.ask(),
            },
            Event::Heard(question, answer) => match &mut self.front {
                Front::Viewing(view) => view.heard(question, &answer),
                Front::Finding | Front::Checking(_) => nothing(),
            },
            Event::Visit(Target::Member(key)) => self.show(key, Standing::Unknown),
            Event::Shown => match &self.front {
                Front::Viewing(view) => vec![Action::Ask(Query::Member(view.key.clone()))],
                Front::Finding | Front::Checking(_) => nothing(),
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
                Front::Finding | Front::Checking(_) => nothing(),
            },
            Ok(Answer::Reissued(asked)) => match &self.front {
                Front::Viewing(view) => {
                    let said = view.loaded.ready().map(|member| reissue::done(member, asked, cx));
                    said.into_iter().chain([Action::Ask(Query::Member(view.key.clone()))]).collect()
                }
                Front::Finding | Front::Checking(_) => nothing(),
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
            Ok(Answer::NoteWritten(who)) => self.written((cx.labels.call.note_done)(who)),
            Ok(Answer::CallTaken(receipt)) => self.written((cx.labels.call.request_done)(receipt)),
            Ok(_) => nothing(),
            Err(refusal) => {
                match &mut self.front {
                    Front::Viewing(view) => view.failed(&refusal.text),
                    Front::Finding => self.find.failed(&refusal.text),
                    Front::Checking(_) => return vec![Action::Say(Tone::Bad, refusal.text.clone())],
                }
                nothing()
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.front {
            Front::Finding => self.find.draw(canvas, area),
            Front::Checking(check) => check.draw(canvas, area),
            Front::Viewing(view) => view.draw(canvas, area),
        }
    }
}

//! バッチ: the list, and one batch with its steps.

mod dispatch;
mod export;
mod list;
mod orders;
mod progress;
mod steps;
mod view;

use crate::domain::{BatchNumber, BatchState, BatchStep, Permission};
use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::layers::Notice;
use crate::tui::message::{Answer, Outcome, Query};
use crate::tui::screen::{Action, Event, Load, Offer, Screen, Target, Tone, nothing};
use crate::tui::widgets::table::Selection;
use crate::usecases::batches::BatchLine;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use view::View;

/// The keys of the list.
pub(crate) const LIST: &[Binding] = &[
    shown(&[Key::named(KeyCode::Enter)], Command::Open),
    shown(&[Key::char('R')], Command::Returned),
    super::UP,
    super::DOWN,
    super::PAGE_UP,
    super::PAGE_DOWN,
    super::FIRST,
    super::LAST,
    shown(super::BACK_KEYS, Command::Back),
];

/// The keys of one batch.
pub(crate) const VIEW: &[Binding] = &[
    shown(&[Key::char('p')], Command::Preview),
    shown(&[Key::char('a')], Command::Approve),
    shown(&[Key::char('x')], Command::Export),
    shown(&[Key::char('w')], Command::Printed),
    shown(&[Key::char('t')], Command::Dispatch),
    hidden(&[Key::char('b')], Command::Receipt),
    hidden(&[Key::char('C')], Command::CancelBatch),
    hidden(&[Key::named(KeyCode::Tab)], Command::NextField),
    hidden(&[Key::named(KeyCode::Enter)], Command::Open),
    hidden(&[Key::char('R')], Command::Returned),
    super::UP,
    super::DOWN,
    super::PAGE_UP,
    super::PAGE_DOWN,
    super::FIRST,
    super::LAST,
    shown(super::BACK_KEYS, Command::Back),
];

/// The keys while an export is under way.
pub(crate) const EXPORTING: &[Binding] =
    &[shown(&[Key::char('s')], Command::Stop), shown(super::BACK_KEYS, Command::Back)];

/// List and view.
#[derive(Default)]
pub(crate) struct Batches {
    lines: Load<Vec<BatchLine>>,
    at: Selection,
    view: Option<Box<View>>,
}

impl Batches {
    fn load(&mut self) -> Vec<Action> {
        self.lines.wait();
        let view = self.view.as_ref().map(|view| Action::Ask(Query::Batch(view.number.clone())));
        std::iter::once(Action::Ask(Query::Batches)).chain(view).collect()
    }

    fn show(&mut self, number: BatchNumber) -> Vec<Action> {
        self.view = Some(Box::new(View::new(number.clone())));
        vec![Action::Ask(Query::Batch(number))]
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match (&mut self.view, command) {
            (_, Command::Reload) => self.load(),
            (_, Command::Returned) => orders::returned(cx),
            (None, Command::Back) => vec![Action::Leave],
            (Some(_), Command::Back) => {
                self.view = None;
                vec![Action::Ask(Query::Batches)]
            }
            (None, Command::Open) => {
                let lines = self.lines.ready().map_or(&[][..], Vec::as_slice);
                let line = self.at.row(lines.len()).map(|row| lines[row].batch.number.clone());
                line.map_or_else(nothing, |number| self.show(number))
            }
            (None, other) => {
                self.at.moved(other, self.lines.ready().map_or(0, Vec::len));
                nothing()
            }
            (Some(view), command) => view.command(command, cx),
        }
    }
}

/// The step that a command takes, and who may take it.
const fn step_of(command: Command) -> Option<(BatchStep, Permission)> {
    Some(match command {
        Command::Approve => (BatchStep::Approve, Permission::Approve),
        Command::Export => (BatchStep::Export, Permission::Batches),
        Command::Printed => (BatchStep::Print, Permission::Batches),
        Command::Dispatch => (BatchStep::Dispatch, Permission::Batches),
        Command::CancelBatch => (BatchStep::Cancel, Permission::Batches),
        _ => return None,
    })
}

impl Screen for Batches {
    fn bindings(&self) -> &'static [Binding] {
        match &self.view {
            None => LIST,
            Some(view) if view.progress.is_some() => EXPORTING,
            Some(_) => VIEW,
        }
    }

    fn offers(&self, command: Command) -> Offer {
        let Some(view) = self.view.as_ref().and_then(|view| view.loaded.ready()) else { return Offer::Now };
        let fits = match (command, step_of(command)) {
            (_, Some((step, _))) => view.next.contains(&step),
            (Command::Preview, _) => matches!(view.batch.state, BatchState::Draft | BatchState::Approved),
            (Command::Receipt, _) => view.batch.state == BatchState::Dispatched,
            _ => true,
        };
        if fits { Offer::Now } else { Offer::Later }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Shown | Event::Changed => self.load(),
            Event::Command(command) => self.command(command, cx),
            Event::Visit(Target::Batch(number)) => self.show(number),
            Event::Progress(progress) => {
                if let Some(view) = &mut self.view {
                    view.progress = Some(progress);
                }
                nothing()
            }
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        let words = &cx.labels.batches;
        let answer = match outcome {
            Ok(answer) => answer,
            Err(refusal) => {
                if let Some(view) = &mut self.view {
                    view.progress = None;
                }
                if self.lines.ready().is_none() {
                    self.lines = Load::Failed(refusal.text.clone());
                }
                return nothing();
            }
        };
        let said = match answer {
            Answer::Batches(lines) => {
                let old = self.lines.ready().map_or(&[][..], Vec::as_slice);
                self.at.follow(old, lines, |line| line.batch.number.clone());
                self.lines = Load::Ready(lines.clone());
                return nothing();
            }
            Answer::Batch(batch) => {
                if let Some(view) = self.view.as_mut().filter(|view| view.number == batch.batch.number) {
                    view.take(batch);
                }
                return nothing();
            }
            Answer::Gate(number, gate) => return dispatch::ask_day(number, gate, cx),
            Answer::Exported(exported) => {
                if let Some(view) = &mut self.view {
                    view.progress = None;
                }
                export::done(exported, cx)
            }
            Answer::Approved(number) => vec![Action::Say(Tone::Good, (words.approved)(number.as_str()))],
            Answer::Printed(printed) => {
                let text = (words.printed_done)(printed.batch.as_str(), printed.spoiled.len());
                vec![Action::Say(Tone::Good, text)]
            }
            Answer::Dispatched(done) => vec![match &done.not_destroyed {
                None => Action::Say(Tone::Good, (words.dispatched)(done.batch.as_str(), done.cards)),
                Some(file) => Action::Notice(Notice::new(words.dispatch_title, Tone::Bad, (words.not_destroyed)(file))),
            }],
            Answer::BatchCancelled(done) => vec![match &done.not_destroyed {
                None => Action::Say(Tone::Good, (words.cancelled)(done.batch.as_str())),
                Some(file) => Action::Notice(Notice::new(words.cancel_title, Tone::Bad, (words.cancelled_kept)(file))),
            }],
            Answer::Previewed(files) => orders::previewed(files, cx),
            Answer::ReceiptNoted(employer) => vec![Action::Say(Tone::Good, (words.receipt_done)(employer))],
            Answer::CardReturned(done) => {
                let text = (words.returned_done)(&format!("{} {}", done.serial, done.member));
                vec![Action::Say(Tone::Good, text)]
            }
            _ => return nothing(),
        };
        said.into_iter().chain(self.load()).collect()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.view {
            Some(view) => view.draw(canvas, area),
            None => list::draw(canvas, area, &self.lines, &self.at),
        }
    }
}

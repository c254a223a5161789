//! 発送待ち: by employer, and the cards of one.

mod cards;
mod draft;
mod employers;
mod one_off;

use crate::domain::{CardState, HoldReason};
use crate::labels::Labels;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Notice};
use crate::tui::message::{Answer, Order, Outcome, Query, Refusal};
use crate::tui::screen::{Action, Event, Load, Screen, Tone, nothing};
use crate::tui::screens::card_orders::{self, OneCard};
use crate::tui::widgets::table::Selection;
use crate::usecases::queue::{QueueFilter, QueueLine, QueuedCard};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// The keys of the list of employers.
pub(crate) const EMPLOYERS: &[Binding] = bindings![Open, Draft, Up, Down, PageUp, PageDown, First, Last, Back];

/// The keys of the cards of one employer.
pub(crate) const CARDS: &[Binding] = bindings![
    Open,
    Hold,
    Release,
    OneOff,
    CancelCard,
    MarkCard,
    Draft.hidden(),
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Back
];

/// An employer's cards, drilled into.
struct Inside {
    line: QueueLine,
    cards: Load<Vec<QueuedCard>>,
    at: Selection,
}

/// What waits.
#[derive(Default)]
pub(crate) struct Queue {
    lines: Load<Vec<QueueLine>>,
    at: Selection,
    inside: Option<Inside>,
    /// Chosen by hand for the next batch (B1), by row id; they may be of several employers.
    marked: BTreeSet<i64>,
}

impl Queue {
    fn load(&mut self) -> Vec<Action> {
        self.lines.wait();
        let cards = self.inside.as_mut().map(|inside| {
            inside.cards.wait();
            Action::Ask(Query::QueueCards(filter_of(&inside.line)))
        });
        std::iter::once(Action::Ask(Query::Queue)).chain(cards).collect()
    }

    fn line(&self) -> Option<&QueueLine> {
        let lines = self.lines.ready()?;
        lines.get(self.at.row(lines.len())?)
    }

    fn card(&self) -> Option<&QueuedCard> {
        let inside = self.inside.as_ref()?;
        let cards = inside.cards.ready()?;
        cards.get(inside.at.row(cards.len())?)
    }

    fn open(&mut self) -> Vec<Action> {
        if let Some(card) = self.card() {
            return super::visit_member(&card.symbol, &card.number, &card.branch);
        }
        let Some(line) = self.line().cloned() else { return nothing() };
        let query = Query::QueueCards(filter_of(&line));
        self.inside = Some(Inside { line, cards: Load::Waiting, at: Selection::default() });
        vec![Action::Ask(query)]
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match command {
            Command::Open => self.open(),
            Command::Reload => self.load(),
            Command::Draft => self.draft(cx),
            Command::MarkCard => self.mark(cx),
            Command::Back if self.inside.is_some() => {
                self.inside = None;
                nothing()
            }
            Command::Back => vec![Action::Leave],
            Command::Hold => self.change(cx, hold),
            Command::Release => self.change(cx, release),
            Command::OneOff => self.card().map_or_else(nothing, |card| one_off::look(card)),
            Command::CancelCard => self.change(cx, cancel),
            other => {
                match &mut self.inside {
                    Some(inside) => inside.at.moved(other, inside.cards.ready().map_or(0, Vec::len)),
                    None => self.at.moved(other, self.lines.ready().map_or(0, Vec::len)),
                };
                nothing()
            }
        }
    }

    /// Something with the card at hand.
    fn change(&self, cx: &Context, how: fn(&QueuedCard, &'static Labels) -> Vec<Action>) -> Vec<Action> {
        self.card().map_or_else(nothing, |card| how(card, cx.labels))
    }

    /// Marks the card at hand for a batch, or takes that back.
    fn mark(&mut self, cx: &Context) -> Vec<Action> {
        let Some(card) = self.card() else { return nothing() };
        if card.state == CardState::Held {
            return vec![Action::Say(Tone::Attention, cx.labels.queue.held_stays.to_owned())];
        }
        let id = card.id;
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        if let Some(inside) = &mut self.inside {
            inside.at.moved(Command::Down, inside.cards.ready().map_or(0, Vec::len));
        }
        nothing()
    }

    fn draft(&self, cx: &Context) -> Vec<Action> {
        let Some(lines) = self.lines.ready() else { return nothing() };
        let line = self.inside.as_ref().map(|inside| &inside.line).or(self.line());
        draft::ask(lines, line, &self.marked, cx)
    }
}

fn hold(card: &QueuedCard, labels: &'static Labels) -> Vec<Action> {
    let words = &labels.queue;
    if card.state == CardState::Held {
        return vec![Action::Say(Tone::Attention, words.only_queued.to_owned())];
    }
    card_orders::hold(card.into(), None, labels)
}

fn release(card: &QueuedCard, labels: &'static Labels) -> Vec<Action> {
    let words = &labels.queue;
    if card.state != CardState::Held {
        return vec![Action::Say(Tone::Attention, words.only_held.to_owned())];
    }
    let order = Order::Release { card: card.id, who: who(card) };
    let question = Confirm::new(words.release_title, words.release_title, vec![Action::Order(order)])
        .saying([words.release_text(&who(card))])
        .harmless();
    vec![Action::Confirm(question)]
}

fn cancel(card: &QueuedCard, labels: &'static Labels) -> Vec<Action> {
    card_orders::cancel(card.into(), None, labels)
}

/// `260-1-00 東海林 拓也`
fn who(card: &QueuedCard) -> String {
    OneCard::from(card).who
}

fn filter_of(line: &QueueLine) -> QueueFilter {
    QueueFilter { employer: Some(line.employer.clone().unwrap_or_default()), ..QueueFilter::default() }
}

fn employer_name(line: &QueueLine, labels: &Labels) -> String {
    match (&line.employer, &line.name) {
        (Some(code), Some(name)) => format!("{code} {name}"),
        _ => labels.queue.no_employer.to_owned(),
    }
}

/// The words for a reason's code; an unknown code stands for itself.
fn reason(code: &str, labels: &Labels) -> String {
    code.parse::<HoldReason>()
        .map_or_else(|_| code.to_owned(), |reason| codes::hold_reason(labels.lang, reason).to_owned())
}

impl Screen for Queue {
    fn bindings(&self) -> &'static [Binding] {
        if self.inside.is_some() { CARDS } else { EMPLOYERS }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Shown | Event::Changed => self.load(),
            Event::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        let words = &cx.labels.queue;
        let done = |text| vec![Action::Say(Tone::Good, text)];
        let said = match outcome {
            Ok(Answer::Queue(lines)) => {
                self.at.follow(self.lines.ready().map_or(&[][..], Vec::as_slice), lines, |line| line.employer.clone());
                self.lines = Load::Ready(lines.clone());
                return nothing();
            }
            Ok(Answer::QueueCards(cards)) => {
                if let Some(inside) = &mut self.inside {
                    inside.at.follow(inside.cards.ready().map_or(&[][..], Vec::as_slice), cards, |card| card.id);
                    inside.cards = Load::Ready(cards.clone());
                }
                return nothing();
            }
            Ok(Answer::Drafted(drafted)) => {
                self.marked.clear();
                done(words.drafted(drafted.batch.as_str(), drafted.cards, drafted.held, drafted.gone))
            }
            Ok(Answer::Held(who)) => done(words.held_done(who)),
            Ok(Answer::Released(who)) => done(words.released_done(who)),
            Ok(Answer::CardCancelled(who)) => done(words.cancelled_done(who)),
            Ok(Answer::Address { card, who, waiting: None }) => return one_off::propose(*card, who, cx),
            Ok(Answer::Address { who, waiting: Some(waiting), .. }) => return one_off::decide(waiting, who, cx),
            Ok(Answer::Confirmation(why)) => {
                return vec![Action::Notice(Notice::new(words.to_title, Tone::Attention, why.clone()))];
            }
            Ok(Answer::AddressProposed(who)) => done(words.to_proposed(who)),
            Ok(Answer::AddressApproved(who)) => done(words.to_approved(who)),
            Ok(Answer::AddressRefused(who)) => done(words.to_refused(who)),
            Ok(_) => nothing(),
            Err(_) => return nothing(),
        };
        said.into_iter().chain(self.load()).collect()
    }

    fn failed(&mut self, query: &Query, refusal: &Refusal) -> Vec<Action> {
        match (query, &mut self.inside) {
            (Query::Queue, _) => self.lines.fail(refusal),
            (Query::QueueCards(_), Some(inside)) => inside.cards.fail(refusal),
            (Query::QueueCards(_), None) => nothing(),
            _ => refusal.said(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.inside {
            Some(inside) => cards::draw(canvas, area, inside, &self.marked),
            None => employers::draw(canvas, area, (&self.lines, &self.at), self.marked.len()),
        }
    }
}

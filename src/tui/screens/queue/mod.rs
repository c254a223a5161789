//! 発送待ち: by employer, and the cards of one.

mod cards;
mod draft;
mod employers;
mod names;
mod one_off;
pub(crate) mod requests;

use crate::domain::CardState;
use crate::labels::Labels;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, TabCounts};
use crate::tui::layers::{Confirm, Notice};
use crate::tui::request::Message;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::card_dialogs::{self, OneCard};
use crate::tui::screens::common;
use crate::tui::widgets::table::Selection;
use crate::usecases::queue::{QueueLine, QueuedCard};
use cards::EmployerCards;
use ratatui::layout::Rect;
use requests::{LoadQueue, QueueMsg, ReleaseCard};
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

#[derive(Default)]
pub(crate) struct QueueScreen {
    lines: Load<Vec<QueueLine>>,
    at: Selection,
    inside: Option<EmployerCards>,
    /// Chosen by hand for the next batch (B1), by row id; they may be of several employers.
    marked: BTreeSet<i64>,
}

impl QueueScreen {
    fn load(&mut self) -> Vec<KeyAction> {
        self.lines.wait();
        let cards = self.inside.as_mut().map(EmployerCards::load);
        std::iter::once(KeyAction::request(LoadQueue, QueueMsg::Loaded)).chain(cards).collect()
    }

    fn loaded(&mut self, lines: Vec<QueueLine>) -> Vec<KeyAction> {
        let cards: i64 = lines.iter().map(|line| line.viewing + line.login).sum();
        let counts = TabCounts { cards: u64::try_from(cards).ok(), ..TabCounts::default() };
        let old = self.lines.ready().map_or(&[][..], Vec::as_slice);
        self.at.follow(old, &lines, |line| line.employer.clone());
        self.lines = Load::Ready(lines);
        vec![KeyAction::Count(counts)]
    }

    /// Something was changed: says so, and reads everything again.
    fn done(&mut self, text: String) -> Vec<KeyAction> {
        std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(self.load()).collect()
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

    fn open(&mut self) -> Vec<KeyAction> {
        if let Some(card) = self.card() {
            return common::visit_member(&card.symbol, &card.number, &card.branch);
        }
        let Some(line) = self.line().cloned() else { return nothing() };
        vec![self.inside.insert(EmployerCards::new(line)).load()]
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Open => self.open(),
            Command::Reload => self.load(),
            Command::Draft => self.draft(cx),
            Command::MarkCard => self.mark(cx),
            Command::Back if self.inside.is_some() => {
                self.inside = None;
                nothing()
            }
            Command::Back => vec![KeyAction::Leave],
            Command::Hold => self.change(cx, hold),
            Command::Release => self.change(cx, release),
            Command::OneOff => self.card().map_or_else(nothing, one_off::look),
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
    fn change(&self, cx: &Context, how: fn(&QueuedCard, &'static Labels) -> Vec<KeyAction>) -> Vec<KeyAction> {
        self.card().map_or_else(nothing, |card| how(card, cx.labels))
    }

    /// Marks the card at hand for a batch, or takes that back.
    fn mark(&mut self, cx: &Context) -> Vec<KeyAction> {
        let Some(card) = self.card() else { return nothing() };
        if card.state == CardState::Held {
            return vec![KeyAction::Say(StatusTone::Attention, cx.labels.queue.held_stays.to_owned())];
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

    fn draft(&self, cx: &Context) -> Vec<KeyAction> {
        let Some(lines) = self.lines.ready() else { return nothing() };
        let line = self.inside.as_ref().map(|inside| &inside.line).or(self.line());
        draft::ask(lines, line, &self.marked, cx)
    }
}

fn hold(card: &QueuedCard, labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.queue;
    if card.state == CardState::Held {
        return vec![KeyAction::Say(StatusTone::Attention, words.only_queued.to_owned())];
    }
    card_dialogs::hold(card.into(), None, labels, QueueMsg::Done)
}

fn release(card: &QueuedCard, labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.queue;
    if card.state != CardState::Held {
        return vec![KeyAction::Say(StatusTone::Attention, words.only_held.to_owned())];
    }
    let OneCard { id, who, .. } = card.into();
    let released = words.released_done(&who);
    let then = KeyAction::request_ok(ReleaseCard(id), |()| QueueMsg::Done(released));
    let question = Confirm::new(words.release_title, words.release_title, vec![then])
        .saying([words.release_text(&who)])
        .harmless();
    vec![KeyAction::dialog(question)]
}

fn cancel(card: &QueuedCard, labels: &'static Labels) -> Vec<KeyAction> {
    card_dialogs::cancel(card.into(), None, labels, QueueMsg::Done)
}

impl Screen for QueueScreen {
    fn bindings(&self) -> &'static [Binding] {
        if self.inside.is_some() { CARDS } else { EMPLOYERS }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown | ScreenEvent::Changed => self.load(),
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.queue;
        let Some(message) = message.read() else { return nothing() };
        match message {
            QueueMsg::Loaded(Ok(lines)) => self.loaded(lines),
            QueueMsg::Loaded(Err(refusal)) => self.lines.fail(&refusal),
            QueueMsg::Cards { employer, reply } => match &mut self.inside {
                Some(inside) if inside.line.employer == employer => inside.take(reply),
                _ => nothing(),
            },
            QueueMsg::Address { card, who, reply: Ok(None) } => one_off::propose(card, &who, cx),
            QueueMsg::Address { who, reply: Ok(Some(waiting)), .. } => one_off::decide(&waiting, &who, cx),
            QueueMsg::Address { reply: Err(why), .. } => {
                vec![KeyAction::dialog(Notice::new(words.to_title, StatusTone::Attention, why))]
            }
            QueueMsg::Drafted(drafted) => {
                self.marked.clear();
                self.done(words.drafted(drafted.batch.as_str(), drafted.cards, drafted.held, drafted.gone))
            }
            QueueMsg::Done(text) => self.done(text),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.inside {
            Some(inside) => cards::draw(canvas, area, inside, &self.marked),
            None => employers::draw(canvas, area, (&self.lines, &self.at), self.marked.len()),
        }
    }
}

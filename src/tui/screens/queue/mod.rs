//! 発送待ち: by employer, and the cards of one.

mod address;
mod cards;
mod draft;
mod employers;
mod names;
mod one_off;
pub(crate) mod requests;

use crate::domain::{CardState, HoldReason};
use crate::labels::Labels;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, TabCounts};
use crate::tui::layers::{Confirm, Notice};
use crate::tui::request::Message;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::card_dialogs::{self, OneCard};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::usecases::batches::Drafted;
use crate::usecases::queue::{QueueLine, QueuedCard};
use ratatui::layout::Rect;
use requests::{LoadQueue, QueueMsg, ReleaseCard};

/// The keys of the list of employers.
pub(crate) const EMPLOYERS: &[Binding] = bindings![Open, Draft, Filter; list];

/// The keys of the cards of one employer.
pub(crate) const CARDS: &[Binding] =
    bindings![Open, Hold, Release, OneOff, CancelCard, MarkCard, Draft.hidden(), Filter; list];

#[derive(Default)]
pub(crate) struct QueueScreen {
    lines: ListView<QueueLine>,
    /// The employer whose cards are in front.
    inside: Option<QueueLine>,
    /// Marks are chosen by hand for the next batch (B1); they may be of several employers.
    cards: ListView<QueuedCard>,
}

impl QueueScreen {
    fn load(&mut self) -> Vec<KeyAction> {
        self.lines.wait();
        if self.inside.is_some() {
            self.cards.wait();
        }
        let cards = self.inside.as_ref().map(cards::load);
        std::iter::once(KeyAction::request(LoadQueue, QueueMsg::Loaded)).chain(cards).collect()
    }

    fn loaded(&mut self, lines: Vec<QueueLine>, cx: &Context) -> Vec<KeyAction> {
        let cards: i64 = lines.iter().map(|line| line.viewing + line.login).sum();
        let counts = TabCounts { cards: u64::try_from(cards).ok(), ..TabCounts::default() };
        self.lines.set(lines, cx);
        vec![KeyAction::Count(counts)]
    }

    /// Something was changed: says so, and reads everything again.
    fn done(&mut self, text: String) -> Vec<KeyAction> {
        std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(self.load()).collect()
    }

    fn card(&self) -> Option<&QueuedCard> {
        self.cards.selected().filter(|_| self.inside.is_some())
    }

    fn open(&mut self) -> Vec<KeyAction> {
        if self.inside.is_some() {
            return self.card().map_or_else(nothing, |card| common::visit_member(&card.key));
        }
        let Some(line) = self.lines.selected() else { return nothing() };
        self.cards.clear();
        self.cards.wait();
        vec![cards::load(self.inside.insert(line.clone()))]
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
            _ => nothing(),
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
        self.cards.toggle_mark();
        self.cards.moved(Command::Down);
        nothing()
    }

    fn draft(&self, cx: &Context) -> Vec<KeyAction> {
        if !self.lines.is_ready() {
            return nothing();
        }
        let line = self.inside.as_ref().or(self.lines.selected());
        draft::ask(self.lines.rows(), line, self.cards.marks(), cx)
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
    // R6: what it waits for is asked instead; its employer's other cards go with it.
    if let (Some(HoldReason::AddressChanged), Some(code)) = (card.held(), &card.employer) {
        return address::look(code);
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

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        Some(if self.inside.is_some() { &mut self.cards } else { &mut self.lines })
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown | ScreenEvent::Changed | ScreenEvent::Refused => self.load(),
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.queue;
        let Some(message) = message.read() else { return nothing() };
        match message {
            QueueMsg::Loaded(Ok(lines)) => self.loaded(lines, cx),
            QueueMsg::Loaded(Err(refusal)) => common::loaded(&mut self.lines, Err(refusal), cx),
            QueueMsg::Cards { employer, reply } => match &self.inside {
                Some(line) if line.employer == employer => common::loaded(&mut self.cards, reply, cx),
                _ => nothing(),
            },
            QueueMsg::Address { card, who, reply: Ok(None) } => one_off::propose(card, &who, cx),
            QueueMsg::Address { who, reply: Ok(Some(waiting)), .. } => one_off::decide(&waiting, &who, cx),
            QueueMsg::Address { reply: Err(why), .. } => {
                vec![KeyAction::dialog(Notice::new(words.to_title, StatusTone::Attention, why))]
            }
            QueueMsg::Changed(change) => address::decide(change.as_deref(), cx),
            QueueMsg::Drafted(drafted) => {
                self.cards.set_marks(Vec::new());
                let Drafted { batch, cards, held, cancelled, apart, gone } = drafted;
                self.done(words.drafted(batch.as_str(), cards, held, apart, gone) + &words.drafted_cancelled(cancelled))
            }
            QueueMsg::Done(text) => self.done(text),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.inside {
            Some(line) => cards::draw(canvas, area, line, &self.cards),
            None => employers::draw(canvas, area, &self.lines, self.cards.marks().len()),
        }
    }
}

//! 発送待ち: by employer, and the cards of one.

mod address;
mod cards;
mod changes;
mod draft;
mod employers;
mod names;
mod one_off;
pub(crate) mod requests;

use crate::domain::{CardState, HoldReason};
use crate::labels::{Labels, codes};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::{Context, TabCounts};
use crate::tui::layers::{Confirm, Notice};
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::card_dialogs::{self, OneCard};
use crate::tui::screens::{common, confirm_address};
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::usecases::addresses::ChangedAddress;
use crate::usecases::batches::Drafted;
use crate::usecases::cards::Released;
use crate::usecases::queue::{QueueLine, QueuedCard};
pub(crate) use changes::CHANGED_ADDRESSES;
use ratatui::layout::Rect;
use requests::{ListChangedAddresses, LoadQueue, QueueMsg, ReleaseCard};

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
    /// R6: the changed addresses, where they are in front.
    changes: Option<ListView<ChangedAddress>>,
}

impl QueueScreen {
    fn load(&mut self) -> Vec<KeyAction> {
        if let Some(changes) = &mut self.changes {
            changes.wait();
            return vec![KeyAction::request(ListChangedAddresses, QueueMsg::Changes)];
        }
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

    fn open(&mut self, cx: &Context) -> Vec<KeyAction> {
        if let Some(changes) = &self.changes {
            return changes
                .selected()
                .map_or_else(nothing, |change| confirm_address::decide(Some(change), QueueMsg::Done, cx));
        }
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
            Command::Open => self.open(cx),
            Command::Reload => self.load(),
            Command::Back if self.changes.is_some() => {
                self.changes = None;
                vec![KeyAction::Leave]
            }
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
    let lang = labels.lang;
    let (released, owner) = (words.released_done(&who), who.clone());
    let then = KeyAction::request_ok(ReleaseCard(id), move |done| {
        QueueMsg::Done(match done {
            Released::Queued => released,
            Released::Waits(why) => words.released_waits(&owner, codes::hold_reason(lang, why)),
        })
    });
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
        match (&self.changes, &self.inside) {
            (Some(_), _) => CHANGED_ADDRESSES,
            (None, Some(_)) => CARDS,
            (None, None) => EMPLOYERS,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        Some(match (&mut self.changes, &self.inside) {
            (Some(changes), _) => changes,
            (None, Some(_)) => &mut self.cards,
            (None, None) => &mut self.lines,
        })
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            // By its key the queue itself comes.
            ScreenEvent::Shown => {
                self.changes = None;
                self.load()
            }
            ScreenEvent::Changed | ScreenEvent::Refused => self.load(),
            ScreenEvent::Visit(ScreenRoute::ChangedAddresses) => {
                self.changes = Some(ListView::default());
                self.load()
            }
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
            QueueMsg::Changes(reply) => match &mut self.changes {
                Some(changes) => common::loaded(changes, reply, cx),
                None => nothing(),
            },
            QueueMsg::Changed(change) => confirm_address::decide(change.as_deref(), QueueMsg::Done, cx),
            QueueMsg::Drafted(drafted) => {
                self.cards.set_marks(Vec::new());
                let Drafted { batch, cards, held, cancelled, apart, gone } = drafted;
                self.done(words.drafted(batch.as_str(), cards, held, apart, gone) + &words.drafted_cancelled(cancelled))
            }
            QueueMsg::Done(text) => self.done(text),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match (&self.changes, &self.inside) {
            (Some(changes), _) => changes::draw(canvas, area, changes),
            (None, Some(line)) => cards::draw(canvas, area, line, &self.cards),
            (None, None) => employers::draw(canvas, area, &self.lines, self.cards.marks().len()),
        }
    }
}

//! 発送確定: what must be pulled, one by one; the day; and the step that cannot be taken back.

use super::dialogs::{self, serials_row};
use super::requests::{BatchesMsg, DispatchBatch};
use crate::domain::{BatchNumber, serials};
use crate::labels::{Labels, gate};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Confirm, Form, FormRow, Notice, TickItem, TickMark, Ticks};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::common;
use crate::usecases::batches::{Gate, Letters};
use chrono::NaiveDate;

/// A batch that is to leave the house.
#[derive(Clone, Copy)]
pub(super) struct Leaving<'a> {
    pub(super) number: &'a BatchNumber,
    /// V5: on which days that can be.
    pub(super) days: Days,
    /// Its highest serial.
    pub(super) most: usize,
    /// How many cards are in its pile.
    pub(super) live: u64,
}

/// B7 first: the cards to pull; then the day.
pub(super) fn ask(batch: Leaving<'_>, gate: &[Gate], cx: &Context) -> Vec<KeyAction> {
    if let Days::Since(planned) = batch.days
        && planned > cx.today()
    {
        let text = cx.labels.batches.too_early(&planned.to_string());
        return vec![KeyAction::Say(StatusTone::Attention, text)];
    }
    if gate.is_empty() {
        return ask_day(batch, Vec::new(), cx);
    }
    let items = gate.iter().map(|card| item(card, TickMark::Open, cx.labels)).collect();
    let serials = gate.iter().map(|card| card.serial.clone()).collect();
    let words = &cx.labels.batches;
    let ticks = Ticks::new(words.dispatch_title, items, ask_day(batch, serials, cx));
    vec![KeyAction::dialog(ticks.saying([words.gate_text(gate.len())]))]
}

/// B7: the gate has become another while the dispatch was on the screen. Nothing is dispatched; what is new is marked.
pub(super) fn ask_again(batch: Leaving<'_>, gate: &[Gate], pulled: &[String], cx: &Context) -> Vec<KeyAction> {
    let mark = |card: &Gate| if pulled.contains(&card.serial) { TickMark::Ticked } else { TickMark::New };
    let items = gate.iter().map(|card| item(card, mark(card), cx.labels)).collect();
    // What has been pulled stays pulled, also where the reason has gone away.
    let mut serials: Vec<String> = gate.iter().map(|card| card.serial.clone()).collect();
    serials.extend(pulled.iter().filter(|serial| gate.iter().all(|card| card.serial != **serial)).cloned());
    let words = &cx.labels.batches;
    let ticks = Ticks::new(words.dispatch_title, items, ask_day(batch, serials, cx));
    vec![KeyAction::dialog(ticks.saying([batch.number.to_string(), words.gate_changed.to_owned()]))]
}

fn item(card: &Gate, mark: TickMark, labels: &Labels) -> TickItem {
    TickItem {
        mark,
        what: card.serial.rsplit('-').next().unwrap_or_default().to_owned(),
        who: format!("{} {}  {}", card.member, card.name, common::company(&card.employer)),
        why: gate::reason(labels.lang, card.reason()).to_owned(),
    }
}

/// The day, and what was pulled besides: a card whose address turned out to be wrong after the print (B7).
fn ask_day(batch: Leaving<'_>, pulled: Vec<String>, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let (number, most, live, today) = (batch.number.clone(), batch.most, batch.live, cx.today());
    let rows = vec![
        FormRow::date_or(words.dispatch_date, batch.days, words.this_day).holding(&today.to_string()),
        serials_row(words.dispatch_more, batch.number, most, |more, cx| cx.labels.batches.more_pulled(more.len())),
    ];
    let form = Form::new(words.dispatch_title, rows, move |mut filled| {
        let on = filled.day().unwrap_or(today);
        let more = serials::places(&number, most, &filled.text()).unwrap_or_default();
        let more = more.into_iter().map(|place| number.serial(place)).filter(|serial| !pulled.contains(serial));
        let pulled: Vec<String> = pulled.iter().cloned().chain(more).collect();
        let left = live.saturating_sub(pulled.len() as u64);
        vec![KeyAction::dialog(confirm((&number, left), on, pulled, labels))]
    });
    vec![KeyAction::dialog(form)]
}

/// B12: the letters were made again for what is in hand. Nothing is dispatched yet: the papers are replaced first.
pub(super) fn letters_made(letters: &Letters, batch: Leaving<'_>, pulled: Vec<String>, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let text = format!("{}\n\n{}", words.letters_first, dialogs::papers(letters, cx));
    let notice = KeyAction::dialog(Notice::new(words.letters_title, StatusTone::Attention, text));
    // A dialog that comes with an answer waits behind those that are open: the notice is read first.
    std::iter::once(notice).chain(ask_day(batch, pulled, cx)).collect()
}

/// With how many cards are left to leave.
fn confirm((number, left): (&BatchNumber, u64), on: NaiveDate, pulled: Vec<String>, labels: &Labels) -> Confirm {
    let words = &labels.batches;
    let gone = (!pulled.is_empty()).then(|| words.pulled_text(&pulled.join(", ")));
    let dispatch = DispatchBatch { batch: number.clone(), on, pulled: pulled.clone() };
    let batch = number.clone();
    let then = KeyAction::request_ok(dispatch, |reply| BatchesMsg::Dispatched { number: batch, pulled, reply });
    let facts = match left {
        0 => vec![words.dispatch_nothing(number.as_str())],
        _ => vec![words.dispatch_text(number.as_str(), &on.to_string()), words.dispatch_effect.to_owned()],
    };
    Confirm::new(words.dispatch_title, words.dispatch_yes, vec![then]).saying(facts).warning(gone)
}

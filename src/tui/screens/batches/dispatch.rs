//! 発送確定: what must be pulled, one by one; the day; and the step that cannot be taken back.

use crate::domain::BatchNumber;
use crate::labels::{Labels, codes};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Confirm, Form, Item, Mark, Row, Ticks};
use crate::tui::message::Order;
use crate::tui::screen::Action;
use crate::tui::screens;
use crate::usecases::batches::Gate;
use chrono::NaiveDate;

/// A batch that is to leave the house: its number, and which days that can be (V5).
pub(super) type Leaving<'a> = (&'a BatchNumber, Days);

/// B7 first: the cards to pull; then the day.
pub(super) fn ask(batch: Leaving<'_>, gate: &[Gate], cx: &Context) -> Vec<Action> {
    if gate.is_empty() {
        return ask_day(batch, Vec::new(), cx);
    }
    let items = gate.iter().map(|card| item(card, Mark::Open, cx.labels)).collect();
    let serials = gate.iter().map(|card| card.serial.clone()).collect();
    let words = &cx.labels.batches;
    let ticks = Ticks::new(words.dispatch_title, items, ask_day(batch, serials, cx));
    vec![Action::Ticks(ticks.saying([(words.gate_text)(gate.len())]))]
}

/// B7: the gate has become another while the dispatch was on the screen. Nothing is dispatched; what is new is marked.
pub(super) fn ask_again(batch: Leaving<'_>, gate: &[Gate], pulled: &[String], cx: &Context) -> Vec<Action> {
    let mark = |card: &Gate| if pulled.contains(&card.serial) { Mark::Ticked } else { Mark::New };
    let items = gate.iter().map(|card| item(card, mark(card), cx.labels)).collect();
    // What has been pulled stays pulled, also where the reason has gone away.
    let mut serials: Vec<String> = gate.iter().map(|card| card.serial.clone()).collect();
    serials.extend(pulled.iter().filter(|serial| gate.iter().all(|card| card.serial != **serial)).cloned());
    let words = &cx.labels.batches;
    let ticks = Ticks::new(words.dispatch_title, items, ask_day(batch, serials, cx));
    vec![Action::Ticks(ticks.saying([batch.0.to_string(), words.gate_changed.to_owned()]))]
}

fn item(card: &Gate, mark: Mark, labels: &Labels) -> Item {
    Item {
        mark,
        what: card.serial.rsplit('-').next().unwrap_or_default().to_owned(),
        who: format!("{} {}  {}", card.member, card.name, screens::company(&card.employer)),
        why: codes::dead_reason(labels.lang, card.reason).to_owned(),
    }
}

fn ask_day((number, days): Leaving<'_>, pulled: Vec<String>, cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let (number, today) = (number.clone(), cx.today());
    let row = Row::date_or(words.dispatch_date, days, words.this_day).holding(&today.to_string());
    let form = Form::new(words.dispatch_title, vec![row], move |mut filled| {
        let on = filled.day().unwrap_or(today);
        vec![Action::Confirm(confirm(&number, on, pulled.clone(), labels))]
    });
    vec![Action::Form(form)]
}

fn confirm(number: &BatchNumber, on: NaiveDate, pulled: Vec<String>, labels: &Labels) -> Confirm {
    let words = &labels.batches;
    let gone = (!pulled.is_empty()).then(|| (words.pulled_text)(&pulled.join(", ")));
    let order = Order::Dispatch { batch: number.clone(), on, pulled };
    let facts = [(words.dispatch_text)(number.as_str(), &on.to_string()), words.dispatch_effect.to_owned()];
    Confirm::new(words.dispatch_title, words.dispatch_yes, vec![Action::Order(order)]).saying(facts).warning(gone)
}

//! 発送確定 and 受領書: what must be pulled, the day, and the step that cannot be taken back.

use crate::domain::BatchNumber;
use crate::labels::Labels;
use crate::labels::codes;
use crate::store::batch::Bundle;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, Row};
use crate::tui::message::Order;
use crate::tui::screen::Action;
use crate::tui::screens;
use crate::usecases::batches::Gate;
use chrono::NaiveDate;

/// B7 first: the cards to pull; then the day.
pub(super) fn ask_day(number: &BatchNumber, gate: &[Gate], cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let pull: Vec<String> = gate.iter().map(|card| gate_line(card, labels)).collect();
    let serials: Vec<String> = gate.iter().map(|card| card.serial.clone()).collect();
    let (number, today) = (number.clone(), cx.today());
    let row = Row::text(words.dispatch_date)
        .holding(&today.to_string())
        .checked(|text, cx| screens::understood_date(text, cx, cx.labels.batches.this_day));
    let form = Form::new(words.dispatch_title, vec![row], {
        let pull = pull.clone();
        move |texts| {
            let typed = texts.into_iter().next().unwrap_or_default();
            let on = screens::parse_day(&typed, today).ok().flatten().unwrap_or(today);
            vec![Action::Confirm(confirm(&number, on, &pull, serials.join(","), labels))]
        }
    });
    let head = (!pull.is_empty()).then(|| (words.gate_text)(pull.len()));
    vec![Action::Form(form.saying(head.into_iter().chain(pull)))]
}

fn gate_line(card: &Gate, labels: &Labels) -> String {
    let reason = codes::dead_reason(labels.lang, card.reason);
    format!("{}  {} {}  {reason}", card.serial, card.member, card.name)
}

fn confirm(number: &BatchNumber, on: NaiveDate, pull: &[String], pulled: String, labels: &Labels) -> Confirm {
    let words = &labels.batches;
    let order = Order::Dispatch { batch: number.clone(), on, pulled };
    let facts = [(words.dispatch_text)(number.as_str(), &on.to_string()), words.dispatch_effect.to_owned()];
    let gate = (!pull.is_empty()).then(|| (words.gate_text)(pull.len()));
    Confirm::new(words.dispatch_title, words.dispatch_yes, vec![Action::Order(order)])
        .saying(facts)
        .warning(gate.into_iter().chain(pull.iter().cloned()))
}

/// B9: an employer's receipt came back.
pub(super) fn receipt(number: &BatchNumber, bundle: &Bundle, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.batches;
    let named = format!("{} {}", bundle.employer, bundle.name);
    let text = (words.receipt_text)(&named);
    let (number, employer, today) = (number.clone(), bundle.employer.clone(), cx.today());
    let row = Row::text(words.receipt_date)
        .holding(&today.to_string())
        .checked(|text, cx| screens::understood_date(text, cx, cx.labels.batches.this_day));
    let form = Form::new(words.receipt_title, vec![row], move |texts| {
        let typed = texts.into_iter().next().unwrap_or_default();
        let on = screens::parse_day(&typed, today).ok().flatten().unwrap_or(today);
        let order = Order::Receipt { batch: number.clone(), employer: employer.clone(), named: named.clone(), on };
        vec![Action::Order(order)]
    });
    vec![Action::Form(form.saying([text]))]
}

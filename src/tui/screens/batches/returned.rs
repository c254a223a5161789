//! 返戻 (B10): the serial typed or scanned, then whose card it is, then the record.

use super::requests::{BatchesMsg, FindCard, RecordReturned};
use crate::domain::BatchNumber;
use crate::labels::codes;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, FormRow};
use crate::tui::screen::KeyAction;
use crate::tui::screens::common;
use crate::usecases::batches::FoundCard;

/// Asks for the serial. In an open batch its last digits are enough; a scanner types all of it and Enter.
pub(super) fn ask(batch: Option<BatchNumber>, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let hint = match batch {
        Some(_) => words.returned_hint_short,
        None => words.returned_hint,
    };
    let form =
        Form::new(words.returned_title, vec![FormRow::text(words.returned_serial).required()], move |mut filled| {
            let folded = crate::text::nfkc(&filled.text()).to_uppercase();
            let serial = match (&batch, folded.parse::<usize>()) {
                (Some(batch), Ok(place)) => batch.serial(place),
                _ => folded.trim().to_owned(),
            };
            vec![KeyAction::request_ok(FindCard(serial), BatchesMsg::Found)]
        });
    vec![KeyAction::dialog(form.saying([words.returned_text.to_owned(), hint.to_owned()]))]
}

/// Says whose card it is and what happens to it, before it happens.
pub(super) fn confirm(found: &FoundCard, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let kind = labels.words.card_kind(found.kind);
    let sent = found.dispatched_on.map(common::short).unwrap_or_default();
    let effect = match found.dead {
        None => words.returned_effect.to_owned(),
        Some(reason) => words.returned_dead(codes::dead_reason(labels.lang, reason)),
    };
    let then = KeyAction::request_ok(RecordReturned(found.serial.clone()), move |done| {
        BatchesMsg::Done(words.returned_done(&format!("{} {}", done.serial, done.member)))
    });
    let question = Confirm::new(words.returned_title, words.returned_yes, vec![then])
        .saying([
            format!("{}  {kind}", found.serial),
            format!("{} {}", found.member, found.name),
            words.returned_sent(&sent, &found.to),
        ])
        .warning([effect]);
    vec![KeyAction::dialog(question)]
}

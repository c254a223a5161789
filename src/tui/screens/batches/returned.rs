//! 返戻 (B10): the serial typed or scanned, then whose card it is and why it came back, then the record.

use super::requests::{BatchesMsg, FindCard, RecordReturned};
use crate::domain::{BatchNumber, ReturnReason};
use crate::labels::{codes, promises};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::screen::KeyAction;
use crate::tui::screens::common;
use crate::usecases::batches::{FoundCard, ReturnFacts};

const SEALED: &str = "sealed";
const OPENED: &str = "opened";

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

/// Says whose card it is and what happens to it, and asks why it came back and when the member is called.
pub(super) fn confirm(found: &FoundCard, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let kind = labels.words.card_kind(found.kind);
    let sent = found.dispatched_on.map(common::short).unwrap_or_default();
    let effect = match found.dead {
        None => words.returned_effect.to_owned(),
        Some(reason) => words.returned_dead(codes::dead_reason(labels.lang, reason)),
    };
    let reasons = ReturnReason::ALL.iter();
    let reasons = reasons.map(|it| (it.code().to_owned(), promises::return_reason(labels.lang, *it).to_owned()));
    let seals = [(SEALED, words.returned_sealed), (OPENED, words.returned_opened)];
    let seals = seals.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec();
    let rows = vec![
        FormRow::choice(words.returned_reason, reasons.collect(), ReturnReason::Other.code()),
        FormRow::date_or(words.returned_next, Days::Coming, words.returned_next_default),
        FormRow::text(words.returned_owner),
        FormRow::choice(words.returned_seal, seals, SEALED),
    ];
    let serial = found.serial.clone();
    let form = Form::new(words.returned_title, rows, move |mut filled| {
        let reason = filled.text().parse().unwrap_or(ReturnReason::Other);
        let (next, owner) = (filled.day(), filled.text().trim().to_owned());
        let how = ReturnFacts { reason, next, owner: Some(owner).filter(|owner| !owner.is_empty()) };
        let request = RecordReturned { serial: serial.clone(), how };
        let opened = filled.text() == OPENED;
        vec![KeyAction::request_ok(request, move |done| {
            let text = words.returned_done(&format!("{} {}", done.serial, done.member));
            match opened {
                true => BatchesMsg::CameOpened { text, serial: done.serial },
                false => BatchesMsg::Done(text),
            }
        })]
    });
    let lines = [
        format!("{}  {kind}", found.serial),
        format!("{} {}", found.member, found.name),
        words.returned_sent(&sent, &found.to),
        effect,
    ];
    vec![KeyAction::dialog(form.saying(lines))]
}

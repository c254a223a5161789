//! Approve, print, preview, cancel: each said in words before it is done.

use super::requests::{ApproveBatch, BatchesMsg, CancelBatch, PreviewBatch, RecordPrinted};
use crate::domain::serials::{self, SerialFault};
use crate::domain::{BatchNumber, BatchState, CardState};
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, FormRow, Notice};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::card_dialogs;
use crate::usecases::batches::{BatchApproval, BatchCard, BatchView, fingerprint};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub(super) fn approve(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let number = &view.batch.number;
    let lang = cx.labels.lang;
    let then = KeyAction::request_ok(ApproveBatch(number.clone()), move |done| {
        let BatchApproval { batch, digest, held, .. } = done;
        BatchesMsg::Done(lang.labels().batches.approved(batch.as_str(), &fingerprint(&digest), held.len()))
    });
    let question = Confirm::new(words.approve_title, words.approve_yes, vec![then])
        .saying([words.approve_text(number.as_str(), live(view)), words.approve_next.to_owned()]);
    vec![KeyAction::dialog(question)]
}

pub(super) fn cancel(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let then = KeyAction::request_ok(CancelBatch(view.batch.number.clone()), BatchesMsg::Cancelled);
    let exported = (view.batch.state() == BatchState::Exported).then(|| words.cancel_exported.to_owned());
    let question = Confirm::new(words.cancel_title, words.cancel_yes, vec![then])
        .saying([words.cancel_text(view.batch.number.as_str(), live(view))])
        .warning(exported);
    vec![KeyAction::dialog(question)]
}

/// B6: the operator enters what was spoiled, and sees whether the counts agree.
pub(super) fn printed(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let (number, cards) = (view.batch.number.clone(), live(view));
    let text = words.printed_text(number.as_str(), cards);
    let row = serials_row(words.printed_spoiled, &number, view.cards.len(), move |spoiled, cx| {
        let spoiled = spoiled.len() as u64;
        cx.labels.batches.printed_check(spoiled, cards.saturating_sub(spoiled), cards)
    });
    let form = Form::new(words.printed_title, vec![row], move |mut filled| {
        let record = RecordPrinted { batch: number.clone(), spoiled: filled.text() };
        vec![KeyAction::request_ok(record, move |printed| {
            BatchesMsg::Done(words.printed_done(printed.batch.as_str(), printed.spoiled.len()))
        })]
    });
    vec![KeyAction::dialog(form.saying([text, words.printed_hint.to_owned(), words.printed_effect.to_owned()]))]
}

/// A row that takes serials of a batch of `most` cards (`12,40-43`) and says how they were understood.
pub(super) fn serials_row(
    label: &str,
    batch: &BatchNumber,
    most: usize,
    understood: impl Fn(&BTreeSet<usize>, &Context) -> String + Send + 'static,
) -> FormRow {
    let batch = batch.clone();
    FormRow::text(label).checked(move |typed, cx| {
        let words = &cx.labels.batches;
        let found = serials::places(&batch, most, typed).map_err(|fault| match fault {
            SerialFault::Unreadable(item) => words.bad_serials(&item),
            SerialFault::NotThere(item) => words.not_there(&item),
        })?;
        Ok(understood(&found, cx))
    })
}

/// A card leaves the batch for the held ones.
pub(super) fn hold(card: &BatchCard, cx: &Context) -> Vec<KeyAction> {
    card_dialogs::hold(card.into(), Some(cx.labels.batches.card_leaves), cx.labels, BatchesMsg::Done)
}

/// A card leaves the batch for good.
pub(super) fn cancel_card(card: &BatchCard, cx: &Context) -> Vec<KeyAction> {
    card_dialogs::cancel(card.into(), Some(cx.labels.batches.card_leaves), cx.labels, BatchesMsg::Done)
}

pub(super) fn preview(view: &BatchView) -> Vec<KeyAction> {
    vec![KeyAction::request_ok(PreviewBatch(view.batch.number.clone()), BatchesMsg::Previewed)]
}

/// Where the preview is: the path in full, to be opened elsewhere.
pub(super) fn previewed(files: &[PathBuf], cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    vec![KeyAction::dialog(Notice::new(words.preview_title, StatusTone::Quiet, paths.join("\n")))]
}

/// Cards that are still in the pile.
pub(super) fn live(view: &BatchView) -> u64 {
    let gone = |state| matches!(state, CardState::Spoiled | CardState::Pulled | CardState::Cancelled | CardState::Held);
    view.cards.iter().filter(|card| !gone(card.state)).count() as u64
}

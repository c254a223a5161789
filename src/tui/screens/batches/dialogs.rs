//! Approve, print, preview, cancel: each said in words before it is done.

use super::requests::{
    ApproveBatch, BatchesMsg, CancelBatch, CommentBatch, MakeLetters, PreviewBatch, RecordPrinted, RemakeBatch,
    SendBatchBack, WrittenPreview,
};
use crate::domain::serials::{self, SerialFault};
use crate::domain::{BatchNumber, BatchState, CardState};
use crate::labels::batch_review;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, FormRow, Notice};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::card_dialogs;
use crate::usecases::batches::{
    BatchApproval, BatchCard, BatchView, Letters, PreviewCard, Printed, Remade, fingerprint,
};
use std::collections::BTreeSet;

pub(super) fn approve(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let number = &view.batch.number;
    let lang = cx.labels.lang;
    let shown = view.review.as_ref().and_then(|review| review.digest.clone()).unwrap_or_default();
    let ask = ApproveBatch { batch: number.clone(), shown };
    let then = KeyAction::request_ok(ask, move |done| {
        let BatchApproval { batch, digest, held, .. } = done;
        BatchesMsg::Done(lang.labels().batches.approved(batch.as_str(), &fingerprint(&digest), held.len()))
    });
    let (counts, marks) =
        view.review.as_ref().map_or_else(Default::default, |review| batch_review::in_short(lang, review));
    let facts = [words.approve_text(number.as_str(), live(view))].into_iter().chain(counts);
    let question = Confirm::new(words.approve_title, words.approve_yes, vec![then])
        .saying(facts.chain(batch_review::answers(lang, view)).chain([words.approve_next.to_owned()]))
        .warning(marks);
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
    let number = view.batch.number.clone();
    let waiting = view.cards.iter().filter(|card| card.state == CardState::Exported).count() as u64;
    // With nothing to print, more of what was printed turned out to be spoiled.
    let (cards, text) = match waiting {
        0 => (live(view), words.print_correction(number.as_str())),
        waiting => (waiting, words.printed_text(number.as_str(), waiting)),
    };
    let row = serials_row(words.printed_spoiled, &number, last_place(view), move |spoiled, cx| {
        let spoiled = spoiled.len() as u64;
        cx.labels.batches.printed_check(spoiled, cards.saturating_sub(spoiled), cards)
    });
    let form = Form::new(words.printed_title, vec![row], move |mut filled| {
        let record = RecordPrinted { batch: number.clone(), spoiled: filled.text() };
        vec![KeyAction::request_ok(record, BatchesMsg::Printed)]
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
    FormRow::text(label).scanned().checked(move |typed, cx| {
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

/// What stands on the cards, to be read where the approver sits; below it the paths, to be opened elsewhere.
pub(super) fn previewed(preview: &WrittenPreview, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let card = |card: &PreviewCard| {
        let inside = card.inside.iter().map(|line| format!("    {line}"));
        let lines: Vec<String> = card.outside.iter().map(|line| format!("  {line}")).chain(inside).collect();
        format!("{}\n{}\n", card.serial, lines.join("\n"))
    };
    let cards = preview.cards.iter().map(card);
    let paths = preview.files.iter().map(|file| file.display().to_string());
    let text = cards.chain(paths).collect::<Vec<_>>().join("\n");
    vec![KeyAction::dialog(Notice::new(words.preview_title, StatusTone::Quiet, text))]
}

/// Cards that are still in the pile.
pub(super) fn live(view: &BatchView) -> u64 {
    view.cards.iter().filter(|card| card.state.is_in_pile()).count() as u64
}

/// The highest serial of a batch, also of cards that were made again.
pub(super) fn last_place(view: &BatchView) -> usize {
    let place = |serial: &String| serial.rsplit('-').next()?.parse::<usize>().ok();
    view.cards.iter().filter_map(|card| card.serial.as_ref().and_then(place)).max().unwrap_or(0)
}

/// What the print room noted, and the papers of what is in hand (B12).
pub(super) fn printed_done(printed: &Printed, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let done = words.printed_done(printed.batch.as_str(), printed.spoiled.len());
    let text = format!("{done}\n\n{}", papers(&printed.letters, cx));
    vec![KeyAction::dialog(Notice::new(words.printed_title, StatusTone::Good, text))]
}

/// B12: letters and receipts again, with what was pulled by now.
pub(super) fn letters(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let (number, most) = (view.batch.number.clone(), last_place(view));
    let row =
        serials_row(words.letters_pulled, &number, most, |pulled, cx| cx.labels.batches.more_pulled(pulled.len()));
    let form = Form::new(words.letters_title, vec![row], move |mut filled| {
        let places = serials::places(&number, most, &filled.text()).unwrap_or_default();
        let pulled = places.into_iter().map(|place| number.serial(place)).collect();
        vec![KeyAction::request_ok(MakeLetters { batch: number.clone(), pulled }, BatchesMsg::Letters)]
    });
    vec![KeyAction::dialog(form.saying([words.letters_text.to_owned()]))]
}

pub(super) fn letters_made(letters: &Letters, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    vec![KeyAction::dialog(Notice::new(words.letters_title, StatusTone::Good, papers(letters, cx)))]
}

/// What was made, what is thrown away, and which parcels get other paper.
pub(super) fn papers(letters: &Letters, cx: &Context) -> String {
    let words = &cx.labels.batches;
    let mut lines = vec![words.letters_made(letters.edition, letters.employers, letters.cards)];
    lines.extend((!letters.left_out.is_empty()).then(|| words.left_out(&letters.left_out.join(", "))));
    lines.extend((!letters.outdated.is_empty()).then(|| words.outdated(&letters.outdated.join(", "))));
    lines.extend(letters.changed.iter().map(|parcel| {
        words.changed_parcel(&format!("{} {}", parcel.employer, parcel.name), parcel.before, parcel.cards)
    }));
    lines.extend(letters.files.iter().map(|file| file.display().to_string()));
    lines.join("\n")
}

/// B13: spoiled cards with new passwords and serials, in a run of their own.
pub(super) fn remake(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let spoiled = view.cards.iter().filter(|card| card.state == CardState::Spoiled).count() as u64;
    if spoiled == 0 {
        return vec![KeyAction::Say(StatusTone::Attention, words.nothing_spoiled.to_owned())];
    }
    let number = view.batch.number.clone();
    let rows = vec![FormRow::password(words.export_passphrase), FormRow::again(words.export_again)];
    let text = words.remake_text(number.as_str());
    let form = Form::new(words.remake_title, rows, move |mut filled| {
        let passphrase = filled.secret();
        let passphrase = (!passphrase.expose().is_empty()).then_some(passphrase);
        vec![KeyAction::request_ok(RemakeBatch { batch: number.clone(), passphrase }, BatchesMsg::Remade)]
    });
    vec![KeyAction::dialog(form.saying([text, words.remake_next.to_owned()]))]
}

pub(super) fn remade(remade: &Remade, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let mut lines = vec![words.remade(remade.batch.as_str(), remade.serials.len(), &remade.serials.join(", "))];
    lines.extend((!remade.left.is_empty()).then(|| words.remake_left(&remade.left.join(", "))));
    lines.extend(remade.files.iter().map(|file| file.display().to_string()));
    vec![KeyAction::dialog(Notice::new(words.remake_title, StatusTone::Good, lines.join("\n")))]
}

/// B17: the draft goes back to its drafter, with why.
pub(super) fn send_back(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let batch = view.batch.number.clone();
    let done = words.sent_back(batch.as_str());
    let form =
        Form::new(words.send_back_title, vec![FormRow::area(words.send_back_reason).required()], move |mut filled| {
            let ask = SendBatchBack { batch: batch.clone(), reason: filled.text() };
            let done = done.clone();
            vec![KeyAction::request_ok(ask, |()| BatchesMsg::Done(done))]
        });
    vec![KeyAction::dialog(form.saying([words.send_back_text.to_owned()]))]
}

/// B17: a remark, or the answer of a drafter.
pub(super) fn comment(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let batch = view.batch.number.clone();
    let form = Form::new(words.comment_title, vec![FormRow::area(words.comments).required()], move |mut filled| {
        let ask = CommentBatch { batch: batch.clone(), text: filled.text() };
        vec![KeyAction::request_ok(ask, |()| BatchesMsg::Done(words.commented.to_owned()))]
    });
    vec![KeyAction::dialog(form)]
}

//! 出力: the date on the cards, a passphrase for the PDF.

use super::dialogs::live;
use super::requests::{BatchesMsg, ExportBatch};
use crate::labels::print;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow, Notice};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::batches::{BatchView, Exported};

pub(super) fn ask(view: &BatchView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.batches;
    let number = view.batch.number.clone();
    let rows = vec![
        FormRow::date_or(words.export_date, Days::Coming, words.next_day),
        FormRow::password(words.export_passphrase),
        FormRow::again(words.export_again),
    ];
    let text = words.export_text(number.as_str(), live(view));
    let form = Form::new(words.export_title, rows, move |mut filled| {
        let (date, passphrase) = (filled.day(), filled.secret());
        let passphrase = (!passphrase.expose().is_empty()).then_some(passphrase);
        let export = ExportBatch { batch: number.clone(), date, passphrase };
        vec![KeyAction::request_ok(export, BatchesMsg::Exported)]
    });
    vec![KeyAction::dialog(form.saying([text, words.export_safe.to_owned()]))]
}

/// What came of it; cards that were held are named with the reason (B4).
pub(super) fn done(exported: &Exported, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let text = words.exported(exported.batch.as_str(), exported.cards, exported.files.len());
    // The print room opens them there.
    let folder = exported.files.first().and_then(|file| file.parent());
    let folder = folder.map(|folder| format!("\n{} {}", words.folder, folder.display())).unwrap_or_default();
    let text = format!("{text}{folder}");
    let mut actions = vec![KeyAction::Say(StatusTone::Good, text)];
    if !exported.held.is_empty() || !exported.apart.is_empty() {
        let mut lines = vec![words.export_held.to_owned(), String::new()];
        lines.extend(exported.held.iter().map(|card| print::held(labels.lang, card)));
        lines.extend(exported.apart.iter().map(|card| print::apart(labels.lang, card)));
        actions.push(KeyAction::dialog(Notice::new(words.export_title, StatusTone::Attention, lines.join("\n"))));
    }
    actions
}

//! 出力: the date on the cards, a passphrase for the PDF.

use super::view::live;
use crate::labels::codes;
use crate::secrets::Passphrase;
use crate::tui::context::Context;
use crate::tui::layers::{Form, Notice, Row};
use crate::tui::message::Order;
use crate::tui::screen::{Action, Tone};
use crate::tui::screens;
use crate::usecases::batches::{BatchView, Exported};
use chrono::NaiveDate;

pub(super) fn ask(view: &BatchView, cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let number = view.batch.number.clone();
    let rows = vec![
        Row::text(words.export_date).checked(|text, cx| screens::understood_date(text, cx, cx.labels.batches.next_day)),
        Row::password(words.export_passphrase),
        Row::password(words.export_again),
    ];
    let text = (words.export_text)(number.as_str(), live(view));
    let today = cx.today();
    let form = Form::new(words.export_title, rows, move |texts| {
        let [date, passphrase, again]: [String; 3] = texts.try_into().unwrap_or_default();
        if passphrase != again {
            return vec![Action::Say(Tone::Attention, labels.batches.export_differ.to_owned())];
        }
        let passphrase = (!passphrase.is_empty()).then(|| Passphrase::new(passphrase));
        let date: Option<NaiveDate> = screens::parse_day(&date, today).ok().flatten();
        vec![Action::Order(Order::Export { batch: number.clone(), date, passphrase })]
    });
    vec![Action::Form(form.saying([text, words.export_safe.to_owned()]))]
}

/// What came of it; cards that were held are named with the reason (B4).
pub(super) fn done(exported: &Exported, cx: &Context) -> Vec<Action> {
    let (labels, words) = (cx.labels, &cx.labels.batches);
    let text = (words.exported)(exported.batch.as_str(), exported.cards, exported.files.len());
    let mut actions = vec![Action::Say(Tone::Good, text)];
    if !exported.held.is_empty() {
        let mut lines = vec![words.export_held.to_owned(), String::new()];
        for card in &exported.held {
            let faults: Vec<String> =
                card.faults.iter().map(|fault| crate::labels::print::print_fault(labels.lang, fault)).collect();
            let reason = codes::hold_reason(labels.lang, card.reason);
            lines.push(format!("{}  {reason}  {}", card.member, faults.join(" ")));
        }
        actions.push(Action::Notice(Notice::new(words.export_title, Tone::Attention, lines.join("\n"))));
    }
    actions
}

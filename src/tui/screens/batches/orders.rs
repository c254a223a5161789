//! Approve, print, preview, cancel, returned: each said in words before it is done.

use super::view::live;
use crate::domain::{BatchState, Permission};
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, Notice, Row};
use crate::tui::message::Order;
use crate::tui::screen::{Action, Tone};
use crate::tui::screens;
use crate::usecases::batches::BatchView;
use std::path::PathBuf;

pub(super) fn approve(view: &BatchView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.batches;
    let order = Order::Approve(view.batch.number.clone());
    let question = Confirm::new(words.approve_title, words.approve_yes, vec![Action::Order(order)])
        .saying([(words.approve_text)(view.batch.number.as_str(), live(view)), words.approve_next.to_owned()]);
    vec![Action::Confirm(question)]
}

pub(super) fn cancel(view: &BatchView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.batches;
    let order = Order::CancelBatch(view.batch.number.clone());
    let exported = (view.batch.state == BatchState::Exported).then(|| words.cancel_exported.to_owned());
    let question = Confirm::new(words.cancel_title, words.cancel_yes, vec![Action::Order(order)])
        .saying([(words.cancel_text)(view.batch.number.as_str(), live(view))])
        .warning(exported);
    vec![Action::Confirm(question)]
}

/// B6: the operator enters what was spoiled, and sees whether the counts agree.
pub(super) fn printed(view: &BatchView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.batches;
    let (number, cards) = (view.batch.number.clone(), live(view));
    let text = (words.printed_text)(number.as_str(), cards);
    let row = Row::text(words.printed_spoiled).checked(move |typed, cx| {
        let words = &cx.labels.batches;
        let spoiled = count(typed).map_err(|wrong| (words.bad_serials)(&wrong))?;
        Ok((words.printed_check)(spoiled, cards.saturating_sub(spoiled), cards))
    });
    let form = Form::new(words.printed_title, vec![row], move |texts| {
        let spoiled = texts.into_iter().next().unwrap_or_default();
        vec![Action::Order(Order::Printed { batch: number.clone(), spoiled })]
    });
    vec![Action::Form(form.saying([text, words.printed_hint.to_owned()]))]
}

/// How many cards a list such as `3, 17-19` names; the use case checks whether they exist.
fn count(typed: &str) -> Result<u64, String> {
    let typed = crate::text::nfkc(typed).to_uppercase();
    let mut all = 0;
    for item in typed.split([',', '、', ' ']).filter(|item| !item.is_empty()) {
        let wrong = || item.to_owned();
        // A serial in full ends in its number: B20261122-001-0042.
        let short = if item.starts_with('B') { item.rsplit('-').next().unwrap_or(item) } else { item };
        let (first, last) = short.split_once('-').unwrap_or((short, short));
        let (first, last): (u64, u64) = (first.parse().map_err(|_| wrong())?, last.parse().map_err(|_| wrong())?);
        all += (last + 1).checked_sub(first).ok_or_else(wrong)?;
    }
    Ok(all)
}

pub(super) fn preview(view: &BatchView) -> Vec<Action> {
    vec![Action::Order(Order::Preview(view.batch.number.clone()))]
}

/// Where the preview is: the path in full, to be opened elsewhere.
pub(super) fn previewed(files: &[PathBuf], cx: &Context) -> Vec<Action> {
    let words = &cx.labels.batches;
    let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    vec![Action::Notice(Notice::new(words.preview_title, Tone::Quiet, paths.join("\n")))]
}

/// B10: the serial of a card that came back.
pub(super) fn returned(cx: &Context) -> Vec<Action> {
    if let Some(refused) = screens::refused(cx, Permission::Batches) {
        return refused;
    }
    let words = &cx.labels.batches;
    let form = Form::new(words.returned_title, vec![Row::text(words.returned_serial).required()], |texts| {
        let serial = texts.into_iter().next().unwrap_or_default();
        vec![Action::Order(Order::Returned { serial })]
    });
    vec![Action::Form(form.saying([words.returned_text.to_owned()]))]
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn b6_spoiled_cards_are_counted_as_they_are_typed() {
        assert_eq!(count(""), Ok(0));
        assert_eq!(count("３、17-19"), Ok(4));
        assert_eq!(count("b20261122-001-0042"), Ok(1));
        assert_eq!(count("19-17"), Err("19-17".to_owned()));
        assert_eq!(count("3, x"), Err("X".to_owned()));
    }
}

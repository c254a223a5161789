//! 作成: which cards go into a batch (B1): all, a kind, an employer's, what was asked for before a day, or by hand.

use super::names::{employer_name, filter_of};
use super::requests::{DraftBatch, QueueMsg};
use crate::domain::CardKind;
use crate::labels::Labels;
use crate::text::japan;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::queue::{QueueFilter, QueueLine};

/// Asks which; `line` is the employer at hand, `marked` what has been chosen by hand.
pub(super) fn ask(lines: &[QueueLine], line: Option<&QueueLine>, marked: &[i64], cx: &Context) -> Vec<KeyAction> {
    let labels = cx.labels;
    let words = &labels.queue;
    let (viewing, login) = lines.iter().fold((0, 0), |(v, l), line| (v + line.viewing, l + line.login));
    if viewing + login == 0 {
        return vec![KeyAction::Say(StatusTone::Attention, words.nothing_to_draft.to_owned())];
    }
    let choice = |letter, text, count, filter| Choice { letter, text, then: confirm_count(labels, count, filter) };
    let of_kind = |kind| QueueFilter { kind: Some(kind), ..QueueFilter::default() };
    let mut choices = Vec::new();
    if !marked.is_empty() {
        let count = i64::try_from(marked.len()).unwrap_or(i64::MAX);
        let mut only = marked.to_vec();
        only.sort_unstable();
        let by_hand = QueueFilter { only: Some(only), ..QueueFilter::default() };
        choices.push(choice('m', words.draft_marked(count), count, by_hand));
    }
    choices.extend([
        choice('a', words.draft_all(viewing + login), viewing + login, QueueFilter::default()),
        choice('v', words.draft_viewing(viewing), viewing, of_kind(CardKind::Viewing)),
        choice('l', words.draft_login(login), login, of_kind(CardKind::Login)),
    ]);
    if let Some(line) = line.filter(|line| line.employer.is_some() && line.viewing + line.login > 0) {
        let count = line.viewing + line.login;
        let text = words.draft_employer(&employer_name(line, labels), count);
        choices.push(choice('e', text, count, filter_of(line)));
    }
    choices.push(Choice { letter: 'd', text: words.draft_before.to_owned(), then: ask_day(labels) });
    vec![KeyAction::dialog(Pick::new(words.draft_title, choices))]
}

/// By age: the oldest are not left behind by what came after them.
fn ask_day(labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.queue;
    let form = Form::new(words.draft_title, vec![FormRow::date(words.draft_day, Days::Past)], move |mut filled| {
        let Some(day) = filled.day() else { return Vec::new() };
        let filter = QueueFilter { asked_before: Some(japan::midnight(day)), ..QueueFilter::default() };
        confirm(labels, labels.queue.draft_text_before(&day.to_string()), filter)
    });
    vec![KeyAction::dialog(form)]
}

fn confirm_count(labels: &'static Labels, count: i64, filter: QueueFilter) -> Vec<KeyAction> {
    match count {
        0 => vec![KeyAction::Say(StatusTone::Attention, labels.queue.nothing_to_draft.to_owned())],
        _ => confirm(labels, labels.queue.draft_text(count), filter),
    }
}

fn confirm(labels: &'static Labels, text: String, filter: QueueFilter) -> Vec<KeyAction> {
    let words = &labels.queue;
    let then = KeyAction::request_ok(DraftBatch(filter), QueueMsg::Drafted);
    let question = Confirm::new(words.draft_title, words.draft_title, vec![then])
        .saying([text, words.draft_next.to_owned()])
        .harmless();
    vec![KeyAction::dialog(question)]
}

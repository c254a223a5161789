//! What a call asks the clerk to choose: who calls, what about, and what the caller has answered.

use super::requests::{Guidance, MembersMsg};
use crate::domain::diagnosis::{CallerKind, ContactCheck, Question, Scripts, Topic};
use crate::labels::{Labels, codes};
use crate::tui::days::Days;
use crate::tui::layers::{Choice, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, StatusTone};

/// The caller's answer, for the screen below the dialog.
fn answered(question: Question, answer: String) -> KeyAction {
    KeyAction::send(MembersMsg::Answered(question, answer))
}

/// Whether what the employer's contact said agrees with the record.
pub(super) fn contact(labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.call;
    let choice = |letter, text: &str, contact| Choice {
        letter,
        text: text.to_owned(),
        then: vec![KeyAction::send(MembersMsg::ContactIs(contact))],
    };
    let all = vec![
        choice('a', words.contact_matches, ContactCheck::Matches),
        choice('b', words.contact_differs, ContactCheck::Unknown),
    ];
    vec![KeyAction::dialog(Pick::new(words.contact_check, all))]
}

/// Who may be calling, one key each.
pub(super) fn callers(labels: &'static Labels) -> Vec<KeyAction> {
    let choice = |(kind, letter): (&CallerKind, char)| Choice {
        letter,
        text: codes::caller_kind(labels.lang, *kind).to_owned(),
        then: vec![KeyAction::send(MembersMsg::CallerIs(*kind))],
    };
    let all = CallerKind::ALL.iter().zip('a'..).map(choice).collect();
    vec![KeyAction::dialog(Pick::new(labels.call.caller_title, all))]
}

/// The topics, one key each.
pub(super) fn topics(labels: &'static Labels) -> Vec<KeyAction> {
    let scripts = match Scripts::embedded() {
        Ok(scripts) => scripts,
        Err(error) => return vec![KeyAction::Say(StatusTone::Bad, error.to_string())],
    };
    let choice = |(topic, letter): (&Topic, char)| Choice {
        letter,
        text: scripts.title(*topic, labels.lang.into()).to_owned(),
        then: vec![KeyAction::send(MembersMsg::Topic(*topic))],
    };
    vec![KeyAction::dialog(Pick::new(labels.call.topics, Topic::ALL.iter().zip('a'..).map(choice).collect()))]
}

/// Asks for the caller's answer: a choice, a date or a serial.
pub(super) fn question(guidance: &Guidance, labels: &'static Labels) -> Vec<KeyAction> {
    let Some(asked) = &guidance.words.question else {
        return vec![KeyAction::Say(StatusTone::Quiet, labels.call.nothing_to_answer.to_owned())];
    };
    let question = asked.question;
    if asked.choices.is_empty() {
        let form = match question {
            Question::IssueDate => {
                Form::new(asked.text.clone(), vec![FormRow::date("", Days::Past)], move |mut filled| {
                    filled.day().map(|day| answered(question, day.to_string())).into_iter().collect()
                })
            }
            _ => Form::new(asked.text.clone(), vec![FormRow::text("").required()], move |mut filled| {
                vec![answered(question, filled.text())]
            }),
        };
        return vec![KeyAction::dialog(form)];
    }
    let letters = 'a'..;
    let choice = |((code, text), letter): (&(&'static str, String), char)| Choice {
        letter,
        text: text.clone(),
        then: vec![answered(question, (*code).to_owned())],
    };
    vec![KeyAction::dialog(Pick::new(asked.text.clone(), asked.choices.iter().zip(letters).map(choice).collect()))]
}

//! What is done for a member, in a call or without one.

use super::requests::{Guidance, MembersMsg};
use super::view::MemberPane;
use super::{call_dialogs, record};
use crate::domain::MemberKey;
use crate::domain::diagnosis::{OldRecord, Section};
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::take_call;
use crate::usecases::members::MemberView;
use crate::usecases::notes::NoteDraft;

/// Whether a command needs the member.
pub(super) const fn concerns(command: Command) -> bool {
    use Command as C;
    matches!(command, C::Diagnose | C::Caller | C::Answer | C::TakeRequest | C::Contact | C::Former | C::Later)
}

pub(super) fn act(view: &MemberPane, member: &MemberView, command: Command, cx: &Context) -> Vec<KeyAction> {
    let guidance = view.call.guidance.ready();
    let words = &cx.labels.call;
    match (command, guidance) {
        (Command::Diagnose, _) => call_dialogs::topics(cx.labels),
        (Command::Caller, _) => call_dialogs::callers(cx.labels),
        (Command::Answer, Some(guidance)) => call_dialogs::question(guidance, cx.labels),
        (Command::Answer, None) => vec![KeyAction::Say(StatusTone::Quiet, words.nothing_to_answer.to_owned())],
        (Command::TakeRequest, _) => {
            take_call::form(Some((&view.key, &view.call.caller.said)), MembersMsg::CallTaken, cx)
        }
        (Command::Contact, _) => record::contact(member, cx.labels),
        (Command::Former, _) => match member.records.first() {
            Some(first) if first.record == OldRecord::NumberOnly && member.predecessor.is_none() => {
                vec![KeyAction::Say(StatusTone::Attention, words.former_number_only(&first.key))]
            }
            _ => walk(member.predecessor.as_deref(), words.no_former),
        },
        (Command::Later, _) => walk(member.successor.as_deref(), words.no_later),
        _ => nothing(),
    }
}

/// A note as the call has brought it so far: topic, what was said, where the caller is sent on to, the day to call back.
pub(super) fn prefilled(note: &NoteDraft, guidance: Option<&Guidance>, cx: &Context) -> NoteDraft {
    let Some(guidance) = guidance else { return note.clone() };
    let call_by = guidance.found.call_by.map(|day| day.to_string());
    NoteDraft {
        topic: Some(guidance.found.diagnosis.topic),
        body: cx.labels.notes.told(&guidance.words.say),
        referred: guidance.found.diagnosis.next.iter().find_map(|action| Section::of(*action)),
        follow_up_on: call_by.unwrap_or_else(|| note.follow_up_on.clone()),
        ..note.clone()
    }
}

/// To a record of the same person under another number.
fn walk(key: Option<&str>, none: &str) -> Vec<KeyAction> {
    let mut parts = key.unwrap_or_default().split('-');
    let mut next = || parts.next().unwrap_or_default();
    match MemberKey::parse(next(), next(), next()) {
        Ok(key) => vec![KeyAction::send(MembersMsg::Walk(key))],
        Err(_) => vec![KeyAction::Say(StatusTone::Quiet, none.to_owned())],
    }
}

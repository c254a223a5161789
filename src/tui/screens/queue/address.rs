//! R6: 代表住所の変更の確認, before the cards that wait for it are released.

use super::requests::{ConfirmAddress, LookUpChange, QueueMsg};
use crate::domain::Permission;
use crate::labels::addresses;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Notice};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::addresses::ChangedAddress;

/// Asks for the change that waits at an employer.
pub(super) fn look(code: &str) -> Vec<KeyAction> {
    vec![KeyAction::request_ok(LookUpChange(code.to_owned()), QueueMsg::Changed)]
}

/// Shows both addresses to the person who confirms; tells the importer that another person must.
pub(super) fn decide(change: Option<&ChangedAddress>, cx: &Context) -> Vec<KeyAction> {
    let (labels, words) = (cx.labels, &cx.labels.queue);
    let Some(change) = change else {
        return vec![KeyAction::Say(StatusTone::Attention, addresses::none(labels.lang).to_owned())];
    };
    if cx.person.as_ref().is_some_and(|person| person.id == change.changed_by) {
        return vec![KeyAction::Say(StatusTone::Attention, words.address_own.to_owned())];
    }
    let facts = addresses::change(labels.lang, change);
    if !cx.may(Permission::ConfirmAddress) {
        let text = format!("{facts}\n\n{}", words.address_by_supervisor);
        return vec![KeyAction::dialog(Notice::new(words.address_title, StatusTone::Quiet, text))];
    }
    let then =
        KeyAction::request_ok(ConfirmAddress { code: change.code.clone(), change: change.change }, move |done| {
            QueueMsg::Done(labels.queue.address_confirmed(&done.change.code, done.released.len()))
        });
    let question = Confirm::new(words.address_title, words.address_title, vec![then])
        .saying(facts.lines().map(str::to_owned))
        .warning([words.address_effect.to_owned()]);
    vec![KeyAction::dialog(question)]
}

//! R6: 代表住所の変更の確認, wherever a change is seen: at the cards that wait for it, in the list of changes, at the employer.

use crate::domain::Permission;
use crate::labels::addresses as words;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Notice};
use crate::tui::request::request;
use crate::tui::screen::{KeyAction, StatusTone};
use crate::usecases::addresses::{self, ChangedAddress, ConfirmedAddress};
use std::any::Any;

/// 代表住所の変更の確認: of the change that was shown.
#[derive(Debug)]
pub(crate) struct ConfirmAddress {
    pub(crate) code: String,
    pub(crate) change: i64,
}
request!(ConfirmAddress => ConfirmedAddress, Always, |ctx, actor, it| {
    addresses::confirm(ctx, actor, &it.code, it.change).await
});

/// Shows both addresses to the person who confirms; tells the importer that another person must. `to` tells the screen what
/// was confirmed.
pub(super) fn decide<M: Any>(change: Option<&ChangedAddress>, to: fn(String) -> M, cx: &Context) -> Vec<KeyAction> {
    let (labels, texts) = (cx.labels, &cx.labels.queue);
    let Some(change) = change else {
        return vec![KeyAction::Say(StatusTone::Attention, words::none(labels.lang).to_owned())];
    };
    if cx.person.as_ref().is_some_and(|person| person.id == change.changed_by) {
        return vec![KeyAction::Say(StatusTone::Attention, texts.address_own.to_owned())];
    }
    let facts = words::change(labels.lang, change);
    if !cx.may(Permission::ConfirmAddress) {
        let text = format!("{facts}\n\n{}", texts.address_by_supervisor);
        return vec![KeyAction::dialog(Notice::new(texts.address_title, StatusTone::Quiet, text))];
    }
    let then =
        KeyAction::request_ok(ConfirmAddress { code: change.code.clone(), change: change.change }, move |done| {
            to(labels.queue.address_confirmed(&done.change.code, done.released.len()))
        });
    let question = Confirm::new(texts.address_title, texts.address_title, vec![then])
        .saying(facts.lines().map(str::to_owned))
        .warning([texts.address_effect.to_owned()]);
    vec![KeyAction::dialog(question)]
}

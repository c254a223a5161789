//! 保留, 取消 of one card, wherever it stands: in the queue, or in a batch.

use crate::domain::{CardKind, Reason};
use crate::labels::Labels;
use crate::tui::layers::{Confirm, Form, FormRow};
use crate::tui::request::request;
use crate::tui::screen::KeyAction;
use crate::usecases::batches::BatchCard;
use crate::usecases::cards;
use crate::usecases::queue::QueuedCard;
use std::any::Any;

/// 保留
#[derive(Debug)]
pub(crate) struct HoldCard {
    pub(crate) card: i64,
    pub(crate) why: String,
}
request!(HoldCard => (), Always, |ctx, actor, it| cards::hold(ctx, actor, it.card, &Reason::parse(&it.why)?).await);

/// 取消
#[derive(Debug)]
pub(crate) struct CancelCard(pub(crate) i64);
request!(CancelCard => (), Always, |ctx, actor, it| cards::cancel(ctx, actor, it.0).await);

/// A card, as dialogs name it.
pub(super) struct OneCard {
    pub(super) id: i64,
    /// `260-1-00 東海林 拓也`
    pub(super) who: String,
    kind: CardKind,
}

impl From<&QueuedCard> for OneCard {
    fn from(card: &QueuedCard) -> Self {
        let who = format!("{} {}", card.key, card.name);
        Self { id: card.id, who, kind: card.kind }
    }
}

impl From<&BatchCard> for OneCard {
    fn from(card: &BatchCard) -> Self {
        let who = format!("{} {}", card.key, card.name);
        Self { id: card.id, who, kind: card.kind }
    }
}

/// Asks why it is to be held; `also` says what else that does. Once it is held, the screen gets the message `done` with
/// what to say.
pub(super) fn hold<M: Any>(
    card: OneCard,
    also: Option<&'static str>,
    labels: &Labels,
    done: fn(String) -> M,
) -> Vec<KeyAction> {
    let words = &labels.queue;
    let text = std::iter::once(words.hold_text(&card.who)).chain(also.map(str::to_owned));
    let (card, held) = (card.id, words.held_done(&card.who));
    let form = Form::new(words.hold_title, vec![FormRow::text(words.hold_reason).required()], move |mut filled| {
        let held = held.clone();
        vec![KeyAction::request_ok(HoldCard { card, why: filled.text() }, move |()| done(held))]
    });
    vec![KeyAction::dialog(form.saying(text))]
}

/// Asks whether it is to go for good; `also` says what else that does. Once it is gone, the screen gets the message
/// `done` with what to say.
pub(super) fn cancel<M: Any>(
    card: OneCard,
    also: Option<&'static str>,
    labels: &Labels,
    done: fn(String) -> M,
) -> Vec<KeyAction> {
    let words = &labels.queue;
    let loss = match card.kind {
        CardKind::Viewing => words.cancel_viewing,
        CardKind::Login => words.cancel_login,
    };
    let text = std::iter::once(words.cancel_text(&card.who)).chain(also.map(str::to_owned));
    let cancelled = words.cancelled_done(&card.who);
    let then = KeyAction::request_ok(CancelCard(card.id), move |()| done(cancelled));
    let question = Confirm::new(words.cancel_title, words.cancel_title, vec![then])
        .saying(text)
        .warning([words.cancel_warning.to_owned(), loss.to_owned()]);
    vec![KeyAction::dialog(question)]
}

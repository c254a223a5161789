//! 保留, 取消 of one card, wherever it stands: in the queue, or in a batch.

use crate::domain::CardKind;
use crate::labels::Labels;
use crate::store::card::BatchCard;
use crate::tui::layers::{Confirm, Form, Row};
use crate::tui::message::Order;
use crate::tui::screen::Action;
use crate::usecases::queue::QueuedCard;

/// A card, as orders and questions name it.
pub(super) struct OneCard {
    pub(super) id: i64,
    /// `260-1-00 東海林 拓也`
    pub(super) who: String,
    kind: CardKind,
}

impl From<&QueuedCard> for OneCard {
    fn from(card: &QueuedCard) -> Self {
        let who = format!("{}-{}-{} {}", card.symbol, card.number, card.branch, card.name);
        Self { id: card.id, who, kind: card.kind }
    }
}

impl From<&BatchCard> for OneCard {
    fn from(card: &BatchCard) -> Self {
        let who = format!("{}-{}-{} {}", card.symbol, card.number, card.branch, card.name);
        Self { id: card.id, who, kind: card.kind }
    }
}

/// Asks why it is to be held; `also` says what else that does.
pub(super) fn hold(card: OneCard, also: Option<&'static str>, labels: &Labels) -> Vec<Action> {
    let words = &labels.queue;
    let text = std::iter::once(words.hold_text(&card.who)).chain(also.map(str::to_owned));
    let form = Form::new(words.hold_title, vec![Row::text(words.hold_reason).required()], move |mut filled| {
        vec![Action::Order(Order::Hold { card: card.id, who: card.who.clone(), why: filled.text() })]
    });
    vec![Action::Form(form.saying(text))]
}

/// Asks whether it is to go for good; `also` says what else that does.
pub(super) fn cancel(card: OneCard, also: Option<&'static str>, labels: &Labels) -> Vec<Action> {
    let words = &labels.queue;
    let loss = match card.kind {
        CardKind::Viewing => words.cancel_viewing,
        CardKind::Login => words.cancel_login,
    };
    let text = std::iter::once(words.cancel_text(&card.who)).chain(also.map(str::to_owned));
    let order = Order::CancelCard { card: card.id, who: card.who };
    let question = Confirm::new(words.cancel_title, words.cancel_title, vec![Action::Order(order)])
        .saying(text)
        .warning([words.cancel_warning.to_owned(), loss.to_owned()]);
    vec![Action::Confirm(question)]
}

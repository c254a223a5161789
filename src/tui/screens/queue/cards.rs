//! The cards of one employer.

use super::names::{employer_name, filter_of, reason};
use super::requests::{ListQueuedCards, QueueMsg};
use crate::domain::CardState;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::usecases::queue::{QueueLine, QueuedCard};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// An employer's cards, drilled into.
pub(super) struct EmployerCards {
    pub(super) line: QueueLine,
    pub(super) cards: Load<Vec<QueuedCard>>,
    pub(super) at: Selection,
}

impl EmployerCards {
    pub(super) fn new(line: QueueLine) -> Self {
        Self { line, cards: Load::Idle, at: Selection::default() }
    }

    /// Reads them, or reads them again.
    pub(super) fn load(&mut self) -> KeyAction {
        self.cards.wait();
        let employer = self.line.employer.clone();
        let cards = ListQueuedCards(filter_of(&self.line));
        KeyAction::request(cards, |reply| QueueMsg::Cards { employer, reply })
    }

    /// What was read: the selection stays with its card.
    pub(super) fn take(&mut self, reply: Result<Vec<QueuedCard>, RefusalText>) -> Vec<KeyAction> {
        match reply {
            Ok(cards) => {
                let old = self.cards.ready().map_or(&[][..], Vec::as_slice);
                self.at.follow(old, &cards, |card| card.id);
                self.cards = Load::Ready(cards);
                nothing()
            }
            Err(refusal) => self.cards.fail(&refusal),
        }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, inside: &EmployerCards, marked: &BTreeSet<i64>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.queue;
    let title = words.cards_of(&employer_name(&inside.line, labels));
    canvas.text(area.x + 2, area.y, area.width - 4, &title, theme.strong);
    let below = Rect { y: area.y + 2, height: area.height - 2, ..area };
    let Some(cards) = common::ready(canvas, below, &inside.cards) else { return };
    let columns = [
        TableColumn::cells(labels.words.member, 13),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.kind, 8),
        TableColumn::cells(words.cause, 12),
        TableColumn::cells(words.asked, 6),
        TableColumn::cells(labels.words.state, 12),
        TableColumn::cells("", 3),
    ];
    let list = Rect { height: below.height - 2, ..below };
    table::draw(canvas, list, &columns, (&inside.at, cards.len(), Focus::Here), |index| {
        let card = &cards[index];
        let (state, style) = match card.state {
            CardState::Held if card.proposed_by.is_some() => (words.address_waits.to_owned(), theme.attention),
            CardState::Held => (reason(card.reason.as_deref().unwrap_or_default(), labels), theme.attention),
            state => (codes::card_state(labels.lang, state).to_owned(), theme.moving),
        };
        vec![
            (card.key.to_string(), theme.text),
            (card.name.clone(), theme.text),
            (labels.words.card_kind(card.kind).to_owned(), theme.text),
            (codes::card_cause(labels.lang, card.cause).to_owned(), theme.quiet),
            (common::day(card.asked_at), theme.text),
            (state, style),
            (if marked.contains(&card.id) { "[x]" } else { "" }.to_owned(), theme.good),
        ]
    });
    let y = area.bottom() - 1;
    let (detail, style) = match inside.at.row(cards.len()).map(|row| &cards[row]) {
        Some(QueuedCard { proposed_by: Some(who), .. }) => (words.address_proposed_by(who), theme.attention),
        Some(QueuedCard { one_off: Some(to), .. }) => (words.address_to(to), theme.attention),
        Some(QueuedCard { reason_detail: Some(detail), .. }) => (detail.clone(), theme.attention),
        _ if marked.is_empty() => (words.mark_hint.to_owned(), theme.quiet),
        _ => (words.marked(marked.len()), theme.good),
    };
    canvas.text(area.x + 2, y, area.width - 20, &detail, style);
    let range = table::range(canvas, &inside.at, cards.len());
    canvas.text_right(Rect { width: area.width - 1, ..area }, y, &range, theme.quiet);
}

//! The cards of one employer.

use super::names::{employer_name, filter_of, reason};
use super::requests::{ListQueuedCards, QueueMsg};
use crate::domain::CardState;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screen::KeyAction;
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::queue::{QueueLine, QueuedCard};
use ratatui::layout::Rect;

impl ListItem for QueuedCard {
    type Key = i64;

    fn key(&self) -> i64 {
        self.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (labels, theme) = (cx.labels, cx.theme);
        let (state, style) = match self.state {
            CardState::Held if self.proposed_by.is_some() => (labels.queue.address_waits.to_owned(), theme.attention),
            CardState::Held => (reason(self.reason.as_deref().unwrap_or_default(), labels), theme.attention),
            state => (codes::card_state(labels.lang, state).to_owned(), theme.moving),
        };
        vec![
            (self.key.to_string(), theme.text),
            (self.name.clone(), theme.text),
            (labels.words.card_kind(self.kind).to_owned(), theme.text),
            (codes::card_cause(labels.lang, self.cause).to_owned(), theme.quiet),
            (common::day(self.asked_at), theme.text),
            (state, style),
            (String::new(), theme.text),
        ]
    }
}

/// Reads them, or reads them again.
pub(super) fn load(line: &QueueLine) -> KeyAction {
    let employer = line.employer.clone();
    KeyAction::request(ListQueuedCards(filter_of(line)), |reply| QueueMsg::Cards { employer, reply })
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, whole: Rect, line: &QueueLine, cards: &ListView<QueuedCard>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.queue;
    let [title, below] = area::split_top(whole, 2);
    canvas.lines(area::inset(title), &[words.cards_of(&employer_name(line, labels))], theme.strong);
    let columns = [
        TableColumn::key(labels.words.member, 13),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.kind, 8),
        TableColumn::cells(words.cause, 12),
        TableColumn::cells(words.asked, 6),
        TableColumn::rest(labels.words.state),
        TableColumn::mark(3),
    ];
    let look = ListLook { columns: &columns, empty: (words.empty, words.empty_next), focus: Focus::Here, foot: 2 };
    if !cards.draw(canvas, below, &look) {
        return;
    }
    if let Some(card) = cards.selected() {
        let asker = words.asked_by(&codes::asker(labels.lang, &card.asker()));
        canvas.text_right(area::inset(title), title.y, &asker, theme.quiet);
    }
    let (detail, style) = match cards.selected() {
        Some(QueuedCard { proposed_by: Some(who), .. }) => (words.address_proposed_by(who), theme.attention),
        Some(QueuedCard { apart_from: Some(kind), not_before, .. }) => {
            let day = not_before.map(common::short).unwrap_or_default();
            (words.apart(labels.words.card_kind(*kind), &day), theme.attention)
        }
        Some(QueuedCard { one_off: Some(to), .. }) => (words.address_to(to), theme.attention),
        Some(QueuedCard { reason_detail: Some(detail), .. }) => (detail.clone(), theme.attention),
        Some(card) if card.state == CardState::Held && cards.marks().is_empty() => {
            (words.held_hint.to_owned(), theme.quiet)
        }
        _ if cards.marks().is_empty() => (words.mark_hint.to_owned(), theme.quiet),
        _ => (words.marked(cards.marks().len()), theme.good),
    };
    let y = whole.bottom() - 1;
    canvas.text(whole.x + 2, y, whole.width - 20, &detail, style);
    cards.draw_range(canvas, whole, y);
}

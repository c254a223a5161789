//! The cards of a member, newest first, two lines each.

use crate::domain::{CardState, DeadReason, HoldReason};
use crate::tui::canvas::Canvas;
use crate::tui::screens;
use crate::tui::widgets::table::Selection;
use crate::usecases::members::CardView;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, cards: &[CardView], at: &Selection) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if cards.is_empty() {
        canvas.text(area.x, area.y, area.width, labels.members.no_cards, theme.quiet);
        return;
    }
    let selected = at.row(cards.len()).unwrap_or(0);
    let room = usize::from(area.height / 3).max(1);
    let first = selected / room * room;
    for (slot, (index, view)) in cards.iter().enumerate().skip(first).take(room).enumerate() {
        let y = area.y + u16::try_from(slot).unwrap_or(0) * 3;
        draw_card(canvas, Rect { y, height: 2, ..area }, view);
        if index == selected {
            canvas.tint(Rect { y, height: 1, ..area }, theme.selected_away);
        }
    }
}

fn draw_card(canvas: &mut Canvas<'_, '_>, area: Rect, view: &CardView) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.members;
    let (state, style) = state(canvas, view);
    let kind = (labels.words.card_kind)(view.card.kind);
    let serial = view.card.serial.as_deref().unwrap_or_default();
    canvas.pieces(area, area.y, &[(kind, theme.strong), ("  ", theme.text), (serial, theme.text)]);
    canvas.text_right(area, area.y, &state, style);
    let mut facts = vec![(labels.states.cause)(view.card.cause).to_owned()];
    facts.push((words.asked)(&screens::day(view.card.asked_at)));
    match (view.card.dispatched_on, view.planned_on) {
        (Some(day), _) => facts.push((words.dispatched)(&day.format("%m/%d").to_string())),
        (None, Some(day)) => facts.push((words.planned)(&day.format("%m/%d").to_string())),
        (None, None) => {}
    }
    facts.extend(view.receipt_on.map(|day| (words.receipt)(&day.format("%m/%d").to_string())));
    canvas.text(area.x + 2, area.y + 1, area.width - 2, &facts.join("  "), theme.quiet);
}

/// A dead password counts for more than where its card is; a held card says why.
fn state(canvas: &Canvas<'_, '_>, view: &CardView) -> (String, Style) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let card = &view.card;
    let dead = card.dead_reason.as_deref().and_then(|code| code.parse::<DeadReason>().ok());
    if let (Some(reason), true) = (dead, card.state != CardState::Cancelled) {
        return ((labels.states.dead)(reason).to_owned(), theme.bad);
    }
    let name = (labels.states.card)(card.state);
    match card.state {
        CardState::Held => {
            let reason = card.reason.as_deref().and_then(|code| code.parse::<HoldReason>().ok());
            let text = reason.map_or_else(String::new, |reason| format!(": {}", (labels.states.hold)(reason)));
            (format!("{name}{text}"), theme.attention)
        }
        CardState::Dispatched => (name.to_owned(), theme.good),
        CardState::Returned | CardState::Pulled | CardState::Spoiled => (name.to_owned(), theme.bad),
        CardState::Cancelled => (name.to_owned(), theme.quiet),
        CardState::Queued | CardState::Drafted | CardState::Exported | CardState::Printed => {
            (name.to_owned(), theme.moving)
        }
    }
}

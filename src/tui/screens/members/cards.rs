//! The cards of a member, newest first, two lines each.

use crate::domain::{CardState, HoldReason};
use crate::labels::{codes, promises};
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::Row;
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::members::CardView;
use ratatui::layout::Rect;
use ratatui::style::Style;

impl ListItem for CardView {
    type Key = i64;

    fn key(&self) -> i64 {
        self.card.id
    }

    fn cells(&self, cx: &Context) -> Row {
        let (state, why, style) = state(self, cx);
        let kind = cx.labels.words.card_kind(self.card.kind).to_owned();
        let serial = self.card.serial.clone().unwrap_or_default();
        let text = cx.theme.text;
        vec![(kind, cx.theme.strong), (serial, text), (state.to_owned(), style), (why.to_owned(), style)]
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, cards: &ListView<CardView>) {
    const ROWS: u16 = 4;
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if cards.len() == 0 {
        canvas.text(area.x, area.y, area.width, labels.members.no_cards, theme.quiet);
    }
    for (rows, card, focus) in cards.page(area, ROWS) {
        draw_card(canvas, rows, card);
        if focus == Focus::Here && cards.len() > 1 {
            canvas.tint(area::row(rows, rows.y), theme.selected_away);
        }
    }
}

fn draw_card(canvas: &mut Canvas<'_, '_>, area: Rect, view: &CardView) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.members;
    let (state, why, style) = state(view, canvas.cx);
    let kind = labels.words.card_kind(view.card.kind);
    let serial = view.card.serial.as_deref().unwrap_or_default();
    canvas.pieces(area, area.y, &[(kind, theme.strong), ("  ", theme.text), (serial, theme.text)]);
    canvas.text_right(area, area.y, state, style);
    let asked = words.asked(&common::day(view.card.asked_at), &codes::asker(labels.lang, &view.card.asker()));
    let [_, line] = area::split_left(area, 2);
    let cause = codes::card_cause(labels.lang, view.card.cause);
    let used = canvas.pieces(line, area.y + 1, &[(cause, theme.quiet), ("  ", theme.text), (&asked, theme.quiet)]);
    // Where the reason has no room beside the day, it takes the blank row below the card.
    let beside = used + 1 + cells::width(why) <= line.width;
    canvas.text_right(line, area.y + if beside { 1 } else { 3 }, why, style);
    let sent = match (view.card.dispatched_on, view.planned_on) {
        (Some(day), _) => Some(words.dispatched(&common::short(day))),
        (None, Some(day)) if view.card.state().is_under_way() => Some(words.planned(&common::short(day))),
        (None, _) => None,
    };
    let receipt = view.receipt_on.filter(|_| view.undelivered.is_none()).map(|day| words.receipt(&common::short(day)));
    let one_off = view.one_off.as_ref().map(|to| words.to_one_off(&to.addressee));
    let until = view.works_until().map(|day| words.until(&common::short(day)));
    let undelivered = view
        .undelivered
        .map(|it| words.undelivered(codes::undelivered(labels.lang, it.reason), &common::short(it.noted_on)));
    let apart = view.delay.as_ref().map(|delay| {
        let day = delay.not_before.map(common::short).unwrap_or_default();
        labels.queue.apart(labels.words.card_kind(delay.other), &day)
    });
    let facts: Vec<String> =
        sent.into_iter().chain(until).chain(receipt).chain(undelivered).chain(one_off).chain(apart).collect();
    canvas.text(line.x, area.y + 2, line.width, &facts.join("  "), theme.quiet);
}

/// Where the card is, why it is held or dead, and how that is to be taken.
fn state(view: &CardView, cx: &Context) -> (&'static str, &'static str, Style) {
    let (labels, theme) = (cx.labels, cx.theme);
    let card = &view.card;
    let name = codes::card_state(labels.lang, card.state());
    if let Some(reason) = card.return_reason.as_deref().and_then(|code| code.parse().ok()) {
        return (name, promises::return_reason(labels.lang, reason), theme.bad);
    }
    if let (Some(reason), true) = (card.dead(), card.state() != CardState::Cancelled) {
        return (name, codes::dead_reason(labels.lang, reason), theme.bad);
    }
    match card.state() {
        CardState::Held => {
            let reason = card.reason.as_deref().and_then(|code| code.parse::<HoldReason>().ok());
            (name, reason.map_or("", |reason| codes::hold_reason(labels.lang, reason)), theme.attention)
        }
        CardState::Dispatched if view.undelivered.is_some() => (name, "", theme.attention),
        CardState::Dispatched => (name, "", theme.good),
        CardState::Returned | CardState::Pulled | CardState::Spoiled => (name, "", theme.bad),
        CardState::Cancelled => (name, "", theme.quiet),
        CardState::Queued | CardState::Drafted | CardState::Exported | CardState::Printed => (name, "", theme.moving),
    }
}

//! What the screens share: states of loading, dates and names as lists show them, the way to a member.

use crate::domain::query::member_key;
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::request::RefusalText;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Load};
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::states;
use crate::usecases::members::KeyColumns;
use chrono::{DateTime, NaiveDate, Utc};
use ratatui::layout::Rect;

/// Rows of one list at most; people do not read more.
pub(super) const MOST_ROWS: i64 = 200;

/// What was loaded; draws the state of waiting or failing where there is nothing.
pub(super) fn ready<'a, T>(canvas: &mut Canvas<'_, '_>, area: Rect, load: &'a Load<T>) -> Option<&'a T> {
    match load {
        Load::Ready(value) => return Some(value),
        Load::Idle => {}
        Load::Waiting => states::draw_loading(canvas, area),
        Load::Failed(why) => states::draw_failed(canvas, area, why),
    }
    None
}

/// An empty list says what to do next.
pub(super) fn draw_empty(canvas: &mut Canvas<'_, '_>, area: Rect, what: &str, next: &str) {
    states::draw_empty(canvas, area, what, next);
}

/// The names of the pages of a screen, the open one marked.
pub(super) fn draw_pages(canvas: &mut Canvas<'_, '_>, line: Rect, names: &[&str], open: usize) {
    let theme = canvas.cx.theme;
    let mut x = line.x;
    for (index, name) in names.iter().enumerate() {
        let style = if index == open { theme.page_on } else { theme.quiet };
        x += canvas.text(x, line.y, line.right().saturating_sub(x), name, style) + 3;
    }
}

/// `11/24`, in Japan.
pub(super) fn day(moment: DateTime<Utc>) -> String {
    local(moment).format("%m/%d").to_string()
}

/// `11/24 10:42`, in Japan.
pub(super) fn minute(moment: DateTime<Utc>) -> String {
    local(moment).format("%m/%d %H:%M").to_string()
}

/// `11/26`
pub(super) fn short(day: NaiveDate) -> String {
    day.format("%m/%d").to_string()
}

/// `101-0025`
pub(super) fn postcode(digits: Option<&str>) -> String {
    match digits {
        Some(digits) if digits.len() == 7 && digits.is_ascii() => format!("{}-{}", &digits[..3], &digits[3..]),
        other => other.unwrap_or_default().to_owned(),
    }
}

/// A company's name as lists abbreviate it.
pub(super) fn company(name: &str) -> String {
    let forms = [("株式会社", "(株)"), ("有限会社", "(有)"), ("（株）", "(株)"), ("（有）", "(有)")];
    forms.iter().fold(name.to_owned(), |name, (long, short)| name.replace(long, short))
}

/// A number in a table; nothing is a quiet dash.
pub(super) fn count(number: i64) -> String {
    if number == 0 { "-".to_owned() } else { number.to_string() }
}

/// Opens a member by the columns of the key.
pub(super) fn visit_member(key: &KeyColumns) -> Vec<KeyAction> {
    key.parse().map(|key| KeyAction::Visit(ScreenRoute::Member(key))).into_iter().collect()
}

/// Opens a member by a key such as `260-1-00`.
pub(super) fn visit_key(key: &str) -> Vec<KeyAction> {
    member_key(key).map(|key| KeyAction::Visit(ScreenRoute::Member(key))).into_iter().collect()
}

/// Takes what was loaded into a list; says why it was refused where older rows stay in sight.
pub(super) fn loaded<T: ListItem>(
    list: &mut ListView<T>,
    reply: Result<Vec<T>, RefusalText>,
    cx: &Context,
) -> Vec<KeyAction> {
    match reply {
        Ok(rows) => {
            list.set(rows, cx);
            Vec::new()
        }
        Err(refusal) => list.fail(&refusal.text).map(|_| KeyAction::refused(&refusal)).into_iter().collect(),
    }
}

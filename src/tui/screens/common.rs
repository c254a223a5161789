//! What the screens share: states of loading, dates and names as lists show them, the way to a member.

use crate::domain::MemberKey;
use crate::domain::query::member_key;
use crate::labels::{Command, codes};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden};
use crate::tui::screen::{Action, Load, Tone};
use crate::tui::tab::Route;
use crate::tui::widgets::cells;
use chrono::{DateTime, NaiveDate, Utc};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// Rows of one list at most; people do not read more.
pub(super) const MOST_ROWS: i64 = 200;

// Rows that every list has.
pub(super) const UP: Binding = hidden(&[Key::named(KeyCode::Up), Key::char('k')], Command::Up);
pub(super) const DOWN: Binding = hidden(&[Key::named(KeyCode::Down), Key::char('j')], Command::Down);
pub(super) const PAGE_UP: Binding = hidden(&[Key::named(KeyCode::PageUp), Key::named(KeyCode::F(7))], Command::PageUp);
pub(super) const PAGE_DOWN: Binding =
    hidden(&[Key::named(KeyCode::PageDown), Key::named(KeyCode::F(8))], Command::PageDown);
pub(super) const FIRST: Binding = hidden(&[Key::named(KeyCode::Home), Key::char('g')], Command::First);
pub(super) const LAST: Binding = hidden(&[Key::named(KeyCode::End), Key::char('G')], Command::Last);
pub(super) const BACK_KEYS: &[Key] = &[Key::named(KeyCode::Esc), Key::named(KeyCode::F(3))];

/// What was loaded; draws the state of waiting or failing where there is nothing.
pub(super) fn ready<'a, T>(canvas: &mut Canvas<'_, '_>, area: Rect, load: &'a Load<T>) -> Option<&'a T> {
    let (labels, theme) = (&canvas.cx.labels.frame, canvas.cx.theme);
    let y = area.y + area.height / 3;
    match load {
        Load::Ready(value) => return Some(value),
        Load::Idle => {}
        Load::Waiting => {
            canvas.centred(area, y, labels.loading, theme.quiet);
        }
        Load::Failed(why) => {
            canvas.centred(area, y, labels.failed, theme.bad);
            let lines = cells::wrap(why, area.width.saturating_sub(4));
            let mut below = y + 1;
            for line in &lines {
                canvas.centred(area, below, line, theme.text);
                below += 1;
            }
            canvas.centred(area, below + 1, labels.reload_hint, theme.quiet);
        }
    }
    None
}

/// An empty list says what to do next.
pub(super) fn draw_empty(canvas: &mut Canvas<'_, '_>, area: Rect, what: &str, next: &str) {
    let theme = canvas.cx.theme;
    let y = area.y + area.height / 3;
    canvas.centred(area, y, what, theme.strong);
    canvas.centred(area, y + 2, next, theme.quiet);
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

/// What is said to somebody whose role may not do this.
pub(super) fn refused(cx: &Context, command: Command) -> Option<Vec<Action>> {
    let (lang, needs) = (cx.labels.lang, cx.lacks(command)?);
    let role = cx.labels.words.role(cx.person.as_ref()?.role);
    let words = cx.labels.frame.not_allowed(codes::permission(lang, needs), &codes::who_may(lang, needs), role);
    Some(vec![Action::Say(Tone::Attention, words)])
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

/// Opens a member by the parts of the key.
pub(super) fn visit_member(symbol: &str, number: &str, branch: &str) -> Vec<Action> {
    MemberKey::parse(symbol, number, branch).map(|key| Action::Visit(Route::Member(key))).into_iter().collect()
}

/// Opens a member by a key such as `260-1-00`.
pub(super) fn visit_key(key: &str) -> Vec<Action> {
    member_key(key).map(|key| Action::Visit(Route::Member(key))).into_iter().collect()
}

//! The seven screens, in the order of their number keys, and what they share.

mod admin;
mod batches;
mod card_orders;
mod home;
mod import;
mod members;
mod queue;
mod requests;
mod take_call;

use super::canvas::Canvas;
use super::screen::{Action, Load, Screen, Target};
use super::widgets::states;
use crate::domain::MemberKey;
use crate::domain::query::member_key;
use crate::text::japan::local;
use crate::tui::commands::Tab;
use chrono::{DateTime, NaiveDate, Utc};
use ratatui::layout::Rect;

/// All of them, empty, in the order of their number keys.
pub(crate) fn all() -> [Box<dyn Screen>; Tab::ALL.len()] {
    Tab::ALL.map(open)
}

fn open(tab: Tab) -> Box<dyn Screen> {
    match tab {
        Tab::Home => Box::new(home::Home::default()),
        Tab::Members => Box::new(members::Members::default()),
        Tab::Requests => Box::new(requests::Requests::default()),
        Tab::Queue => Box::new(queue::Queue::default()),
        Tab::Batches => Box::new(batches::Batches::default()),
        Tab::Import => Box::new(import::Import::default()),
        Tab::Admin => Box::new(admin::Admin::default()),
    }
}

/// Every table of keys, for the tests and the README.
#[cfg(test)]
pub(crate) const TABLES: &[(&str, &[super::commands::Binding])] = &[
    ("home", home::HOME),
    ("members", members::FIND),
    ("identity", members::IDENTITY),
    ("member", members::VIEW),
    ("follow-ups", members::FOLLOW_UPS),
    ("notes", members::NOTE_SEARCH),
    ("requests", requests::INBOX),
    ("request", requests::VIEW),
    ("queue", queue::EMPLOYERS),
    ("cards", queue::CARDS),
    ("batches", batches::LIST),
    ("batch", batches::VIEW),
    ("sent batch", batches::SENT),
    ("missing receipts", batches::RECEIPTS),
    ("export", batches::EXPORTING),
    ("imports", import::RUNS),
    ("choosing", import::CHOOSING),
    ("file", import::CHECKED),
    ("reading", import::READING),
    ("staff", admin::STAFF),
    ("settings", admin::SETTINGS),
    ("audit", admin::AUDIT),
];

/// What was loaded; draws the state of waiting or failing where there is nothing.
fn ready<'a, T>(canvas: &mut Canvas<'_, '_>, area: Rect, load: &'a Load<T>) -> Option<&'a T> {
    match load {
        Load::Ready(value) => return Some(value),
        Load::Idle => {}
        Load::Waiting => states::draw_loading(canvas, area),
        Load::Failed(why) => states::draw_failed(canvas, area, why),
    }
    None
}

/// An empty list says what to do next.
fn draw_empty(canvas: &mut Canvas<'_, '_>, area: Rect, what: &str, next: &str) {
    states::draw_empty(canvas, area, what, next);
}

/// `11/24`, in Japan.
fn day(moment: DateTime<Utc>) -> String {
    local(moment).format("%m/%d").to_string()
}

/// `11/24 10:42`, in Japan.
fn minute(moment: DateTime<Utc>) -> String {
    local(moment).format("%m/%d %H:%M").to_string()
}

/// `11/26`
fn short(day: NaiveDate) -> String {
    day.format("%m/%d").to_string()
}

/// `101-0025`
fn postcode(digits: Option<&str>) -> String {
    match digits {
        Some(digits) if digits.len() == 7 && digits.is_ascii() => format!("{}-{}", &digits[..3], &digits[3..]),
        other => other.unwrap_or_default().to_owned(),
    }
}

/// A company's name as lists abbreviate it.
fn company(name: &str) -> String {
    let forms = [("株式会社", "(株)"), ("有限会社", "(有)"), ("（株）", "(株)"), ("（有）", "(有)")];
    forms.iter().fold(name.to_owned(), |name, (long, short)| name.replace(long, short))
}

/// A number in a table; nothing is a quiet dash.
fn count(number: i64) -> String {
    if number == 0 { "-".to_owned() } else { number.to_string() }
}

/// Opens a member by the parts of the key.
fn visit_member(symbol: &str, number: &str, branch: &str) -> Vec<Action> {
    MemberKey::parse(symbol, number, branch).map(|key| Action::Visit(Target::Member(key))).into_iter().collect()
}

/// Opens a member by a key such as `260-1-00`.
fn visit_key(key: &str) -> Vec<Action> {
    member_key(key).map(|key| Action::Visit(Target::Member(key))).into_iter().collect()
}

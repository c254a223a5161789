//! The forms in which one registry writes dates.

use super::draw::Draw;
use crate::text::{Era, wareki};
use chrono::{Datelike, Days, NaiveDate};

/// The day up to which things have happened in the demo.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A day so many days after the first at most.
pub(super) fn after(first: NaiveDate, days: u64, draw: &mut Draw) -> NaiveDate {
    first + Days::new(draw.below(days))
}

/// One day in one of the registry's forms.
pub(super) fn written(date: NaiveDate, draw: &mut Draw) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match draw.below(20) {
        0..=5 => format!("{year}{month:02}{day:02}"),
        6..=10 => digit_form(date),
        11..=13 => format!("{year}-{month:02}-{day:02}"),
        14..=15 => format!("{year}/{month}/{day}"),
        16..=17 => wareki(date),
        18 => letter_form(date),
        _ => wide(&letter_form(date)),
    }
}

/// `5550401`
fn digit_form(date: NaiveDate) -> String {
    let (digit, year) = match Era::of(date) {
        Some(Era::Meiji) | None => return date.format("%Y%m%d").to_string(),
        Some(Era::Taisho) => (3, date.year() - 1911),
        Some(Era::Showa) => (5, date.year() - 1925),
        Some(Era::Heisei) => (7, date.year() - 1988),
        Some(Era::Reiwa) => (9, date.year() - 2018),
    };
    format!("{digit}{year:02}{:02}{:02}", date.month(), date.day())
}

/// `S55.4.1`
fn letter_form(date: NaiveDate) -> String {
    let (letter, year) = match Era::of(date) {
        Some(Era::Meiji) | None => return date.to_string(),
        Some(Era::Taisho) => ('T', date.year() - 1911),
        Some(Era::Showa) => ('S', date.year() - 1925),
        Some(Era::Heisei) => ('H', date.year() - 1988),
        Some(Era::Reiwa) => ('R', date.year() - 2018),
    };
    format!("{letter}{year}.{}.{}", date.month(), date.day())
}

/// `Ｓ５５．４．１`
fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).filter(|_| c.is_ascii_graphic()).unwrap_or(c)).collect()
}

//! Values of settings: what each takes, as text and from text.

use super::Delivery;
use crate::domain::browsing::Limits;
use crate::domain::{FeedPlace, TotpPolicy, TwoPeople};
use crate::domain::{InsurerNumber, MailAddress, parse_postcode};
use crate::print::{DateStyle, LetterFiles, Postage};
use crate::secrets::PasswordPolicy;
use crate::text::{nfkc, parse_date};
use chrono::NaiveDate;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// 保険者番号: eight digits with their check digit.
    Insurer,
    /// Postcode of seven digits.
    Postcode,
    /// Text without control characters.
    Text,
    /// The same, or nothing.
    Line,
    /// An address of the web that begins with `https://`, or nothing.
    Url,
    /// A whole number, from one to another.
    Number(u32, u32),
    /// `true` or `false`.
    Flag,
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// A day, or nothing.
    Date,
    /// Full hours, such as `7-20`.
    Hours,
    /// The employer code of the society's own staff, or nothing.
    Employer,
    /// Folder on this machine.
    Folder,
    /// `folder:/…` or `command:/…`, or nothing.
    Place,
    /// The name of a template of the program, or a file.
    Template,
    /// A printer of the template's calibrations, or nothing.
    Printer,
    /// A mail address, or nothing.
    Mail,
    /// A file with words of replies, or nothing.
    Replies,
    /// Font files, separated by commas.
    Fonts,
    /// Characters of passwords; S1: strong enough with the length.
    Alphabet,
    /// The length of passwords; S1: strong enough with the characters.
    Length,
}

/// A field of the settings, or several that are set as one.
pub(super) trait Value {
    /// The value as it is stored and shown.
    fn text(&self, kind: ValueKind) -> String;

    /// Sets it from text. `None`, and nothing has changed, where the text does not fit.
    fn set(&mut self, kind: ValueKind, text: &str) -> Option<()>;
}

fn put<T>(field: &mut T, value: Option<T>) -> Option<()> {
    *field = value?;
    Some(())
}

/// Short enough for a code of two dimensions that a telephone reads from a card.
fn is_web_address(text: &str) -> bool {
    const LONGEST: usize = 84;
    let rest = text.strip_prefix("https://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    text.len() <= LONGEST && rest.chars().all(|c| c.is_ascii_graphic()) && host.contains('.')
}

fn within(text: &str, least: u32, most: u32) -> Option<u32> {
    nfkc(text).parse().ok().filter(|n| (least..=most).contains(n))
}

impl Value for String {
    fn text(&self, _: ValueKind) -> String {
        self.clone()
    }

    fn set(&mut self, kind: ValueKind, text: &str) -> Option<()> {
        let trimmed = text.trim();
        let value = match kind {
            ValueKind::Insurer => InsurerNumber::parse(text).map(|number| number.as_str().to_owned()),
            ValueKind::Postcode => parse_postcode(text),
            ValueKind::Employer => Some(nfkc(text)),
            ValueKind::Printer | ValueKind::Fonts | ValueKind::Replies => Some(trimmed.to_owned()),
            ValueKind::Line => (!trimmed.chars().any(char::is_control)).then(|| trimmed.to_owned()),
            ValueKind::Mail if trimmed.is_empty() => Some(String::new()),
            ValueKind::Mail => MailAddress::parse(text).ok().map(|address| address.as_str().to_owned()),
            ValueKind::Url => (trimmed.is_empty() || is_web_address(trimmed)).then(|| trimmed.to_owned()),
            _ => (!trimmed.is_empty() && !trimmed.chars().any(char::is_control)).then(|| trimmed.to_owned()),
        };
        put(self, value)
    }
}

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl Value for $type {
            fn text(&self, _: ValueKind) -> String {
                self.to_string()
            }

            fn set(&mut self, kind: ValueKind, text: &str) -> Option<()> {
                let ValueKind::Number(least, most) = kind else { return None };
                put(self, within(text, least, most).and_then(|n| n.try_into().ok()))
            }
        }
    )* };
}
numbers!(u8, u32, usize);

macro_rules! codes {
    ($($type:ty),*) => { $(
        impl Value for $type {
            fn text(&self, _: ValueKind) -> String {
                self.code().to_owned()
            }

            fn set(&mut self, _: ValueKind, text: &str) -> Option<()> {
                put(self, text.parse().ok())
            }
        }
    )* };
}
codes!(Delivery, DateStyle, LetterFiles, Postage, TotpPolicy, TwoPeople);

impl Value for FeedPlace {
    fn text(&self, _: ValueKind) -> String {
        self.to_string()
    }

    fn set(&mut self, _: ValueKind, text: &str) -> Option<()> {
        put(self, Self::parse(text))
    }
}

impl Value for bool {
    fn text(&self, _: ValueKind) -> String {
        self.to_string()
    }

    fn set(&mut self, _: ValueKind, text: &str) -> Option<()> {
        put(self, text.parse().ok())
    }
}

impl Value for Option<NaiveDate> {
    fn text(&self, _: ValueKind) -> String {
        self.map(|day| day.to_string()).unwrap_or_default()
    }

    fn set(&mut self, _: ValueKind, text: &str) -> Option<()> {
        put(self, parse_date(text).ok())
    }
}

/// The office hours of the limits, `7-20`.
impl Value for Limits {
    fn text(&self, _: ValueKind) -> String {
        format!("{}-{}", self.opens, self.closes)
    }

    fn set(&mut self, _: ValueKind, text: &str) -> Option<()> {
        let (opens, closes) = text.split_once('-')?;
        let (opens, closes) = (within(opens, 0, 23)?, within(closes, 1, 24)?);
        (opens < closes).then(|| (self.opens, self.closes) = (opens, closes))
    }
}

/// Alphabet or length, by the kind; each is checked together with the other (S1).
impl Value for PasswordPolicy {
    fn text(&self, kind: ValueKind) -> String {
        match kind {
            ValueKind::Length => self.length().to_string(),
            _ => self.alphabet(),
        }
    }

    fn set(&mut self, kind: ValueKind, text: &str) -> Option<()> {
        let changed = match kind {
            ValueKind::Length => Self::new(&self.alphabet(), within(text, 1, 32)? as usize),
            _ => Self::new(text, self.length()),
        };
        put(self, changed.ok())
    }
}

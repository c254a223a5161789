//! Portal events.

use super::member_key;
use crate::domain::portal::EventKind;
use crate::domain::{MemberKey, WebDisplay};
use crate::interchange::cells::{Cells, parsed};
use crate::interchange::row_error::is_power;
use crate::text::{nfkc, parse_moment};
use chrono::{DateTime, Utc};

columns! {
    /// What a member did on the portal.
    pub struct PortalEventRow {
        seq: i64 = SEQ "連番" BadEvent => parsed(|text| nfkc(text).parse().ok().filter(|seq| *seq > 0));
        occurred_at: DateTime<Utc> = OCCURRED_AT "発生日時" BadDate => parsed(parse_moment);
        kind: EventKind = KIND "種別" BadEvent => parsed(|text| nfkc(text).parse().ok());
        key: MemberKey = SYMBOL "記号" BadKey, NUMBER "番号" BadKey, BRANCH "枝番" BadBranch => member_key;
        /// A registration always has one.
        login_id: Option<String> = LOGIN_ID "ログインID" BadEvent => |cells, at| {
            given(cells, at, login_id, kind == Some(EventKind::Registered))
        };
        /// Where it changes, blank would erase the address that is on file.
        email: Option<String> = EMAIL "メールアドレス" BadEvent => |cells, at| {
            given(cells, at, email, matches!(kind, Some(EventKind::Registered | EventKind::EmailChanged)))
        };
        /// A registration always says.
        web_display: Option<WebDisplay> = WEB_DISPLAY "Web表示" BadEvent => |cells, at| {
            given(cells, at, |text| web_display(text, kind), kind == Some(EventKind::Registered))
        };
    }
}

/// A value that may be blank, unless it is required.
fn given<T>(
    cells: &mut Cells<'_>,
    at: [usize; 1],
    parse: impl FnOnce(&str) -> Option<Option<T>>,
    required: bool,
) -> Option<Option<T>> {
    cells.parse(at, |text| parse(text).filter(|value| value.is_some() || !required))
}

/// Letters, digits and `._-@`, beginning with a letter or digit: nothing that a spreadsheet would run, nor what one made
/// of a long number (`1.23457E+11`), which many numbers have in common.
fn login_id(text: &str) -> Option<Option<String>> {
    let id = text.trim();
    if is_power(id) {
        return None;
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
    match id.chars().next() {
        None => Some(None),
        Some(first) if first.is_ascii_alphanumeric() && id.chars().all(fits) && id.len() <= 128 => {
            Some(Some(id.to_owned()))
        }
        Some(_) => None,
    }
}

fn email(text: &str) -> Option<Option<String>> {
    let mail = text.trim();
    let fits = mail.len() <= 254 && mail.chars().all(|c| c.is_ascii_graphic()) && mail.split('@').count() == 2;
    match mail {
        "" => Some(None),
        _ if fits && !mail.starts_with('@') && !mail.ends_with('@') => Some(Some(mail.to_owned())),
        _ => None,
    }
}

/// Nothing where the event says one thing and its Web表示 another.
fn web_display(text: &str, kind: Option<EventKind>) -> Option<Option<WebDisplay>> {
    let display = match nfkc(text).as_str() {
        "希望する" => Some(WebDisplay::Wanted),
        "希望しない" => Some(WebDisplay::NotWanted),
        "" => None,
        _ => return None,
    };
    match (kind, display) {
        (Some(EventKind::WebDisplayOn), Some(WebDisplay::NotWanted))
        | (Some(EventKind::WebDisplayOff), Some(WebDisplay::Wanted)) => None,
        _ => Some(display),
    }
}

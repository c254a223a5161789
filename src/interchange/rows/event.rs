//! Portal events.

use super::member_key;
use crate::domain::portal::EventKind;
use crate::domain::{MemberKey, WebDisplay};
use crate::interchange::cells::Cells;
use crate::interchange::row_error::is_power;
use crate::interchange::{Row, RowCode};
use crate::text::{nfkc, parse_moment};
use chrono::{DateTime, Utc};

/// What a member did on the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalEventRow {
    /// 連番
    pub seq: i64,
    /// 発生日時
    pub occurred_at: DateTime<Utc>,
    /// 種別
    pub kind: EventKind,
    /// 記号・番号・枝番
    pub key: MemberKey,
    /// ログインID, if given.
    pub login_id: Option<String>,
    /// メールアドレス, if given.
    pub email: Option<String>,
    /// Web表示, if given; a registration always says.
    pub web_display: Option<WebDisplay>,
}

const LOGIN_ID: usize = 6;
const EMAIL: usize = 7;
const DISPLAY: usize = 8;

const DISPLAYS: &[(&str, Option<WebDisplay>)] =
    &[("希望する", Some(WebDisplay::Wanted)), ("希望しない", Some(WebDisplay::NotWanted)), ("", None)];

impl Row for PortalEventRow {
    const COLUMNS: &'static [&'static str] =
        &["連番", "発生日時", "種別", "記号", "番号", "枝番", "ログインID", "メールアドレス", "Web表示"];

    fn parse(cells: &mut Cells<'_>) -> Option<Self> {
        let seq = cells.parse(0, RowCode::BadEvent, |text| nfkc(text).parse().ok().filter(|seq: &i64| *seq > 0));
        let occurred_at = cells.parse(1, RowCode::BadDate, parse_moment);
        let kind = cells.parse(2, RowCode::BadEvent, |text| nfkc(text).parse::<EventKind>().ok());
        let key = member_key(cells, [3, 4, 5]);
        let login_id = cells.parse(LOGIN_ID, RowCode::BadEvent, login_id);
        let email = cells.parse(EMAIL, RowCode::BadEvent, email);
        let web_display = cells.parse(DISPLAY, RowCode::BadEvent, web_display);
        match kind {
            Some(EventKind::Registered) => {
                require(cells, LOGIN_ID, &login_id);
                require(cells, EMAIL, &email);
                require(cells, DISPLAY, &web_display);
            }
            // Blank would erase the address that is on file.
            Some(EventKind::EmailChanged) => require(cells, EMAIL, &email),
            Some(EventKind::WebDisplayOn) if web_display == Some(Some(WebDisplay::NotWanted)) => contradicts(cells),
            Some(EventKind::WebDisplayOff) if web_display == Some(Some(WebDisplay::Wanted)) => contradicts(cells),
            _ => {}
        }
        Some(Self {
            seq: seq?,
            occurred_at: occurred_at?,
            kind: kind?,
            key: key?,
            login_id: login_id?,
            email: email?,
            web_display: web_display?,
        })
    }
}

fn require<T>(cells: &mut Cells<'_>, column: usize, value: &Option<Option<T>>) {
    if matches!(value, Some(None)) {
        cells.fault(column, RowCode::BadEvent);
    }
}

/// The event says one thing and its Web表示 another.
fn contradicts(cells: &mut Cells<'_>) {
    cells.fault(DISPLAY, RowCode::BadEvent);
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

fn web_display(text: &str) -> Option<Option<WebDisplay>> {
    let text = nfkc(text);
    DISPLAYS.iter().find(|(word, _)| *word == text).map(|(_, display)| *display)
}

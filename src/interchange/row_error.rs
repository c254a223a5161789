//! What is wrong with a row, and what is worth a look.

use crate::domain::coded;
use crate::text::{nfkc, plain_line};

coded! {
    /// Why a row was rejected. The codes are stable: scripts and the rejects file use them.
    pub enum RowCode {
        /// 保険者番号: no valid number, or another society's.
        BadInsurer = "bad_insurer",
        /// 記号・番号 or another key.
        BadKey = "bad_key",
        /// 枝番
        BadBranch = "bad_branch",
        /// A value outside its list: 本人家族区分, 性別, 任継区分, 変更事由.
        BadKind = "bad_kind",
        /// 氏名・名称 is blank.
        MissingName = "missing_name",
        /// カナ: blank where it must not be, or not kana.
        BadKana = "bad_kana",
        /// No date, or outside its era.
        BadDate = "bad_date",
        /// 喪失日 before 取得日, 全喪日 before 適用日.
        LostBeforeAcquired = "lost_before_acquired",
        /// 事業所記号 that the society does not have.
        UnknownEmployer = "unknown_employer",
        /// The key stood in an earlier row of the file.
        DuplicateRow = "duplicate_row",
        /// 郵便番号 is not seven digits.
        BadPostcode = "bad_postcode",
        /// 連番, 種別 or what the event says.
        BadEvent = "bad_event",
        /// No member has this key (yet).
        UnknownMember = "unknown_member",
        /// A11: name and birth date are not those of the member who uses this number.
        OtherPerson = "other_person",
        /// A supervisor has ended this membership; the row says that it goes on.
        EndedByHand = "ended_by_hand",
        /// The event does not fit what is known.
        StaleEvent = "stale_event",
        /// More or fewer fields than the header.
        ColumnCount = "column_count",
    }
}

coded! {
    /// Why a row that was accepted deserves a look.
    pub enum RowWarning {
        /// A character that cannot be printed: 外字, U+FFFD, or in no font.
        UnprintableName = "unprintable_name",
        /// A card would have nowhere to go (R2).
        NoRoute = "no_route",
        /// A number or date that a spreadsheet made of something else.
        ExcelDamage = "excel_damage",
        /// A12: the insured is lost, and the family under the same number is not.
        FamilyAfterInsured = "family_after_insured",
        /// Postcode and address name different places.
        PostcodeMismatch = "postcode_mismatch",
        /// A11: another name, and the same birth date.
        NameChanged = "name_changed",
        /// A11: another birth date, and the same name.
        BirthChanged = "birth_changed",
        /// the receipt number came before, with something else. What came first stays.
        ReceiptDiffers = "receipt_differs",
    }
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RowError {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// Header name; blank where the row as a whole is wrong.
    pub column: &'static str,
    /// What stood there, safe to show, and cut where it is long.
    pub value: String,
    /// The code of the reason, as the rejects file has it.
    pub code: RowCode,
}

const SHOWN: usize = 60;

impl RowError {
    /// Takes what stood in the file.
    pub fn new(line: u64, column: &'static str, value: &str, code: RowCode) -> Self {
        let cut: String = plain_line(value).chars().take(SHOWN).collect();
        Self { line, column, value: cut.trim_end().to_owned(), code }
    }

    /// Whether the value looks like a spreadsheet's doing, which is worth saying next to the reason.
    pub fn looks_spreadsheet_made(&self) -> bool {
        match self.code {
            RowCode::BadDate | RowCode::LostBeforeAcquired => looks_spreadsheet_made(&self.value),
            _ => looks_spreadsheet_made(&self.value) || is_slashed_date(&self.value),
        }
    }
}

/// `1.23E+08`, `1月2日`, `Jan-02`, `2-Jan`, `####`, `#N/A`: what a spreadsheet makes of numbers, keys and addresses.
pub(super) fn looks_spreadsheet_made(value: &str) -> bool {
    let value = nfkc(value).to_ascii_uppercase();
    is_exponent(&value) || is_month_and_day(&value) || is_error_value(&value)
}

/// `1.23457E+11`: a long number that has lost its last digits.
pub(super) fn is_power(value: &str) -> bool {
    is_exponent(&nfkc(value).to_ascii_uppercase())
}

/// `2001/2/3`, which was `1-2-3`: a spreadsheet's doing where no date belongs.
pub(super) fn is_slashed_date(value: &str) -> bool {
    let value = nfkc(value);
    let parts: Vec<&str> = value.split('/').collect();
    let short = |part: &str| part.len() <= 2 && is_digits(part);
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && is_digits(year) && short(month) && short(day))
}

/// `338431457`, `9012345678`: a telephone number whose first zero was eaten.
pub(super) fn lacks_its_zero(phone: &str) -> bool {
    let phone = nfkc(phone);
    is_digits(&phone) && matches!(phone.len(), 9 | 10) && !phone.starts_with('0')
}

fn is_exponent(value: &str) -> bool {
    let Some((mantissa, power)) = value.split_once('E') else { return false };
    let power = power.strip_prefix(['+', '-']).unwrap_or_default();
    is_digits(power) && mantissa.split('.').count() <= 2 && mantissa.split('.').all(is_digits)
}

fn is_month_and_day(value: &str) -> bool {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    if let Some((month, day)) = value.split_once('月') {
        return is_digits(month) && day.strip_suffix('日').is_some_and(is_digits);
    }
    let Some((left, right)) = value.split_once('-') else { return false };
    (MONTHS.contains(&left) && is_digits(right)) || (is_digits(left) && MONTHS.contains(&right))
}

fn is_error_value(value: &str) -> bool {
    let hashes = value.len() >= 3 && value.bytes().all(|byte| byte == b'#');
    hashes || matches!(value, "#N/A" | "#REF!" | "#NAME?" | "#VALUE!" | "#DIV/0!" | "#NUM!" | "#NULL!")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheet_damage_is_recognised_and_ordinary_values_are_not() {
        for made in ["1.23E+08", "9E+15", "1月2日", "１月２日", "2-Jan", "Mar-04", "#N/A", "########"] {
            assert!(looks_spreadsheet_made(made), "{made}");
        }
        for ordinary in ["", "260", "E", "1E5", "3丁目1-2", "03-3843-1457", "月島", "1月", "May", "株式会社E+1", "#3"]
        {
            assert!(!looks_spreadsheet_made(ordinary), "{ordinary}");
        }
    }

    #[test]
    fn a_date_is_damage_only_where_no_date_belongs() {
        let made = |code| RowError::new(2, "番号", "2001/2/3", code).looks_spreadsheet_made();
        assert!(made(RowCode::BadKey));
        assert!(!made(RowCode::LostBeforeAcquired));
        assert!(!is_slashed_date("1/2/3") && !is_slashed_date("2001/2") && is_slashed_date("２００１/02/03"));
    }

    #[test]
    fn a_value_that_is_shown_is_short_and_harmless() {
        let error = RowError::new(2, "氏名", &format!("\x1b[2J{}", "長".repeat(500)), RowCode::BadKana);
        assert!(error.value.chars().count() <= 60 && !error.value.contains('\x1b'));
    }
}

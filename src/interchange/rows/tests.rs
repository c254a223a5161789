//! Each code by an example: a good row, one cell of which is changed.

use super::*;
use crate::domain::portal::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::{ChangeReason, Relation, Sex, WebDisplay};
use crate::interchange::{Encoding, Entry, FileError, Presence, Row, RowCode, RowWarning, Table};
use proptest::prelude::*;

const MEMBER: &str =
    "06139497,260,0000001,01,2,妻,ｼｮｳｼﾞ ｹｲｺ,東海林　恵子,2,S55.4.1,2015-02-03,99999999,,260,0,164,9000124,,2,1";
const EMPLOYER: &str = "101,ﾎｸﾄ,株式会社北斗,343-0114,埼玉県松伏町1-2,,03-0000-0000,人事部,鈴木,19940101,";
const REQUEST: &str =
    "F1,2026-11-01 08:00,ログイン情報送付依頼,２６０,１,０１,東海林恵子,ｼｮｳｼﾞ,S55.4.1,北斗,090,a@b.jp,\"一\r\n二\"";

fn with(line: &str, at: usize, value: &str) -> String {
    let mut cells: Vec<&str> = line.split(',').collect();
    cells[at] = value;
    cells.join(",")
}

/// The columns that every file has.
fn titles<T: Row>() -> String {
    let columns = T::COLUMNS.iter().filter(|column| column.presence == Presence::Must);
    columns.map(|column| column.header).collect::<Vec<_>>().join(",")
}

fn read<T: Row>(line: &str) -> Result<Entry<T>, FileError> {
    let file = format!("{}\r\n{line}\r\n", titles::<T>());
    let bytes = Encoding::Cp932.encode(&file).into_owned();
    let mut table = Table::<_, T>::open(&bytes[..])?;
    Ok(table.advance()?.unwrap())
}

fn fault<T: Row + std::fmt::Debug>(line: &str) -> (&'static str, String, RowCode) {
    let errors = read::<T>(line).unwrap().row.unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    (errors[0].column, errors[0].value.clone(), errors[0].code)
}

#[test]
fn a_member_row_becomes_domain_values() {
    let row = read::<MemberRow>(MEMBER).unwrap().row.unwrap();
    assert_eq!(row.key.to_string(), "260-1-01");
    assert_eq!(row.key.number.shown(), "0000001");
    assert_eq!((row.relation, row.sex), (Relation::Dependent, Some(Sex::Female)));
    assert_eq!((row.kana.as_str(), row.name.as_str()), ("ショウジ　ケイコ", "東海林　恵子"));
    assert_eq!(row.born_on.to_string(), "1980-04-01");
    assert_eq!(row.lost_on, None);
    assert_eq!(row.employer.unwrap().key(), "260");
    assert_eq!(row.former.unwrap().to_string(), "164-9000124-00");
    assert_eq!(row.change_reason, Some(ChangeReason::Rehired));
    assert!(row.checkup);
}

#[test]
fn each_fault_of_a_member_row_is_named_by_column_value_and_code() {
    use RowCode as C;
    for (at, value, column, code) in [
        (0, "06139498", "保険者番号", C::BadInsurer),
        (1, "", "記号", C::BadKey),
        (2, "1.23E+08", "番号", C::BadKey),
        (2, "1月2日", "番号", C::BadKey),
        (3, "1", "枝番", C::BadBranch),
        (3, "AB", "枝番", C::BadBranch),
        (4, "本", "本人家族区分", C::BadKind),
        (6, "東海林", "氏名カナ", C::BadKana),
        (6, "", "氏名カナ", C::BadKana),
        (7, "　", "氏名", C::MissingName),
        (8, "3", "性別", C::BadKind),
        (9, "昭和65年1月1日", "生年月日", C::BadDate),
        (9, "", "生年月日", C::BadDate),
        (10, "不明", "取得日", C::BadDate),
        (11, "2015-02-02", "喪失日", C::LostBeforeAcquired),
        (13, "", "事業所記号", C::UnknownEmployer),
        (14, "2", "任継区分", C::BadKind),
        (16, "x", "旧番号", C::BadKey),
        (18, "4", "変更事由", C::BadKind),
        (19, "2", "巡回健診対象", C::BadKind),
    ] {
        let shown = value.trim().to_owned();
        assert_eq!(fault::<MemberRow>(&with(MEMBER, at, value)), (column, shown, code));
    }
}

#[test]
fn every_fault_of_a_row_is_told_not_only_the_first() {
    let line = with(&with(MEMBER, 0, "1"), 9, "不明");
    let errors = read::<MemberRow>(&line).unwrap().row.unwrap_err();
    assert_eq!(errors.iter().map(|e| e.code).collect::<Vec<_>>(), [RowCode::BadInsurer, RowCode::BadDate]);
    assert!(errors.iter().all(|error| error.line == 2));
}

#[test]
fn a_row_of_another_width_is_a_column_count() {
    assert_eq!(fault::<MemberRow>("06139497,260,1"), ("", "3".into(), RowCode::ColumnCount));
}

#[test]
fn r2_voluntary_continuation_has_no_employer() {
    assert_eq!(read::<MemberRow>(&with(MEMBER, 14, "1")).unwrap().row.unwrap().employer, None);
}

#[test]
fn a3_a_present_number_repeated_as_the_former_one_is_none() {
    let former = |symbol, number, branch| {
        let line = with(&with(&with(MEMBER, 15, symbol), 16, number), 17, branch);
        read::<MemberRow>(&line).unwrap().row.unwrap().former.map(|key| key.to_string())
    };
    assert_eq!(former("２６０", "1", "01"), None);
    assert_eq!(former("0260", "0000001", ""), None);
    assert_eq!(former("260", "1", "02").as_deref(), Some("260-1-02"));
    assert_eq!(former("260", "2", "").as_deref(), Some("260-2-00"));
}

#[test]
fn a_user_defined_character_is_accepted_with_a_warning() {
    let entry = read::<MemberRow>(&with(MEMBER, 7, "\u{E000}田　恵子")).unwrap();
    assert_eq!(entry.row.unwrap().name, "\u{E000}田　恵子");
    assert_eq!(entry.warnings, [RowWarning::UnprintableName]);
}

#[test]
fn an_escape_character_in_a_name_never_comes_through() {
    let entry = read::<MemberRow>(&with(MEMBER, 7, "山田\x1b]0;x\x07太郎")).unwrap();
    assert_eq!(entry.row.unwrap().name, "山田\u{FFFD}]0;x\u{FFFD}太郎");
    assert_eq!(entry.warnings, [RowWarning::UnprintableName]);
}

#[test]
fn each_fault_of_an_employer_row_has_its_code() {
    use RowCode as C;
    for (at, value, column, code) in [
        (0, "", "事業所記号", C::BadKey),
        (1, "北斗", "名称カナ", C::BadKana),
        (2, "", "名称", C::MissingName),
        (3, "600001", "郵便番号", C::BadPostcode),
        (9, "R8.13.1", "適用日", C::BadDate),
        (10, "19931231", "全喪日", C::LostBeforeAcquired),
    ] {
        assert_eq!(fault::<EmployerRow>(&with(EMPLOYER, at, value)), (column, value.to_owned(), code));
    }
}

#[test]
fn spreadsheet_damage_is_accepted_with_a_warning() {
    for (at, value) in
        [(5, "4月5日"), (5, "2001/2/3"), (6, "338431457"), (6, "9012345678"), (6, "3.38E+08"), (7, "2001/2/3")]
    {
        let entry = read::<EmployerRow>(&with(EMPLOYER, at, value)).unwrap();
        assert!(entry.row.is_ok());
        assert_eq!(entry.warnings, [RowWarning::ExcelDamage], "{value}");
    }
    for (at, value) in
        [(5, "2-3"), (5, "1984ビル"), (6, "0338431457"), (6, "09012345678"), (6, "110"), (6, "03(3843)1457")]
    {
        assert!(read::<EmployerRow>(&with(EMPLOYER, at, value)).unwrap().warnings.is_empty(), "{value}");
    }
    assert_eq!(read::<RequestRow>(&with(REQUEST, 10, "9012345678")).unwrap().warnings, [RowWarning::ExcelDamage]);
}

#[test]
fn employer_reading_may_have_letters_digits_and_brackets() {
    for (written, read_as) in [
        ("ｶ)ﾎｸﾄ", "カ)ホクト"),
        ("(ｶ)ﾎｸﾄ", "(カ)ホクト"),
        ("（ｶ）ﾎｸﾄ", "(カ)ホクト"),
        ("NTTﾃﾞｰﾀ", "NTTデータ"),
        ("ﾀﾞｲ2ｺｳｼﾞｮｳ", "ダイ2コウジョウ"),
        ("P&Gｼﾞｬﾊﾟﾝ", "P&Gジャパン"),
    ] {
        let row = read::<EmployerRow>(&with(EMPLOYER, 1, written)).unwrap().row.unwrap();
        assert_eq!(row.kana, read_as);
    }
    assert_eq!(fault::<MemberRow>(&with(MEMBER, 6, "ｶ)ﾎｸﾄ")).2, RowCode::BadKana);
}

#[test]
fn a_voicing_mark_that_stands_by_itself_joins_its_kana() {
    for written in ["ハ゛ヤシ", "ﾊ ﾞﾔｼ", "ハﾞヤシ", "ハ\u{3099}ヤシ", "ハ ゛ヤシ"] {
        let line = with(&with(MEMBER, 6, written), 7, written);
        let file = format!("{}\r\n{line}\r\n", titles::<MemberRow>());
        let row = Table::<_, MemberRow>::open(file.as_bytes()).unwrap().advance().unwrap().unwrap().row.unwrap();
        assert_eq!((row.kana.as_str(), row.name.as_str()), ("バヤシ", "バヤシ"), "{written}");
    }
}

#[test]
fn a_request_keeps_what_was_typed() {
    let row = read::<RequestRow>(REQUEST).unwrap().row.unwrap();
    assert_eq!(row.member.key.unwrap().to_string(), "260-1-01");
    assert_eq!((row.kind, row.body.as_str()), (RequestKind::LoginInfo, "一\n二"));
    let unknown = read::<RequestRow>(&with(REQUEST, 4, "わかりません")).unwrap().row.unwrap();
    assert_eq!((unknown.member.key, unknown.member.number.as_str()), (None, "わかりません"));
    for (typed, kept) in [("Takahashi Taro", "Takahashi　Taro"), ("東海林", "東海林"), ("ｼﾖｳｼﾞ\x1b", "シヨウジ\u{FFFD}")]
    {
        assert_eq!(read::<RequestRow>(&with(REQUEST, 7, typed)).unwrap().row.unwrap().kana, kept);
    }
    let columns: Vec<RowCode> = [(0, ""), (1, "昨日"), (2, ""), (6, ""), (8, "不明")]
        .map(|(at, value)| fault::<RequestRow>(&with(REQUEST, at, value)).2)
        .to_vec();
    use RowCode as C;
    assert_eq!(columns, [C::BadKey, C::BadDate, C::BadKind, C::MissingName, C::BadDate]);
    // Two receipt numbers would be one, and Q-1 would take the second request for the first.
    for made in ["2.02611E+11", "11月1日"] {
        assert_eq!(fault::<RequestRow>(&with(REQUEST, 0, made)), ("受付番号", made.to_owned(), C::BadKey));
    }
}

const EVENT: &str = "12,2026-10-01 00:43:00,registered,167,12,01,gmina0,gmina0@example.jp,希望する";

#[test]
fn a_portal_event_becomes_domain_values() {
    let row = read::<PortalEventRow>(EVENT).unwrap().row.unwrap();
    assert_eq!((row.seq, row.kind, row.web_display), (12, EventKind::Registered, Some(WebDisplay::Wanted)));
    assert_eq!(row.occurred_at.to_rfc3339(), "2026-09-30T15:43:00+00:00");
    assert_eq!((row.login_id.as_deref(), row.email.as_deref()), (Some("gmina0"), Some("gmina0@example.jp")));
}

#[test]
fn each_fault_of_a_portal_event_has_its_code() {
    use RowCode as C;
    for (at, value, column, code) in [
        (0, "x", "連番", C::BadEvent),
        (0, "0", "連番", C::BadEvent),
        (1, "2026-10-01", "発生日時", C::BadDate),
        (2, "logged_out", "種別", C::BadEvent),
        (4, "", "番号", C::BadKey),
        (5, "1", "枝番", C::BadBranch),
        (6, "=cmd|x", "ログインID", C::BadEvent),
        (6, "", "ログインID", C::BadEvent),
        (6, "1.23457E+11", "ログインID", C::BadEvent),
        (7, "no mail", "メールアドレス", C::BadEvent),
        (7, "", "メールアドレス", C::BadEvent),
        (8, "はい", "Web表示", C::BadEvent),
        (8, "", "Web表示", C::BadEvent),
    ] {
        assert_eq!(fault::<PortalEventRow>(&with(EVENT, at, value)), (column, value.to_owned(), code));
    }
}

#[test]
fn an_event_that_lacks_its_word_or_contradicts_itself_is_none() {
    for (kind, at, value, column) in [
        ("email_changed", 7, "", "メールアドレス"),
        ("web_display_on", 8, "希望しない", "Web表示"),
        ("web_display_off", 8, "希望する", "Web表示"),
    ] {
        let line = with(&with(EVENT, 2, kind), at, value);
        assert_eq!(fault::<PortalEventRow>(&line), (column, value.to_owned(), RowCode::BadEvent));
    }
    for (kind, at) in [("web_display_on", 8), ("logged_in", 7), ("web_display_on", 7)] {
        let line = with(&with(EVENT, 2, kind), at, "");
        assert!(read::<PortalEventRow>(&line).unwrap().row.is_ok(), "{kind}");
    }
}

proptest! {
    #[test]
    fn cells_of_any_kind_become_a_row_or_faults(cells in proptest::collection::vec(any::<String>(), 20)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let file = format!("{}\r\n{}\r\n", titles::<MemberRow>(), quoted.join(","));
        if let Ok(mut table) = Table::<_, MemberRow>::open(file.as_bytes()) {
            while let Ok(Some(entry)) = table.advance() {
                if let Ok(row) = entry.row {
                    prop_assert!(!row.name.chars().any(char::is_control));
                }
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_after_the_header_do_no_harm(bytes in any::<Vec<u8>>()) {
        let mut file = Encoding::Cp932.encode(&titles::<EmployerRow>()).into_owned();
        file.extend(b"\r\n");
        file.extend(bytes);
        if let Ok(mut table) = Table::<_, EmployerRow>::open(&file[..]) {
            while let Ok(Some(_)) = table.advance() {}
        }
    }
}

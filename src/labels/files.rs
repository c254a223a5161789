//! Files that come in: what is wrong with a file or a row, and what an import did.

use super::Lang;
use crate::files::IoFault;
use crate::interchange::{FileError, FileKind, PortalEventRow, RowCode, RowError, RowWarning};

/// What a file is about.
pub const fn kind(lang: Lang, kind: FileKind) -> &'static str {
    match kind {
        FileKind::Employers => lang.pick("事業所", "employers"),
        FileKind::Members => lang.pick("加入者", "members"),
        FileKind::PortalEvents => lang.pick("ポータル", "portal events"),
        FileKind::Requests => lang.pick("送付依頼", "requests"),
    }
}

/// Why a row was rejected, and what helps.
pub const fn row_code(lang: Lang, code: RowCode) -> &'static str {
    match code {
        RowCode::BadInsurer => {
            lang.pick("保険者番号がこの組合のものではありません。", "Not this society's insurer number.")
        }
        RowCode::BadKey => lang.pick("記号・番号として読めません。", "Not a symbol or number."),
        RowCode::BadBranch => lang.pick("枝番は空欄か2桁の数字です。", "A branch is blank or two digits."),
        RowCode::BadKind => {
            lang.pick("区分の値が決められたものではありません。", "Not one of the values allowed here.")
        }
        RowCode::MissingName => lang.pick("氏名または名称がありません。", "The name is missing."),
        RowCode::BadKana => lang.pick("カナとして読めません。", "Not a reading in kana."),
        RowCode::BadDate => {
            lang.pick("日付として読めないか、その元号にない日です。", "No date, or a day that its era does not have.")
        }
        RowCode::LostBeforeAcquired => {
            lang.pick("喪失・全喪の日が取得・適用の日より前です。", "It ends before it begins.")
        }
        RowCode::UnknownEmployer => lang.pick(
            "事業所が登録されていません。先に事業所を取り込んでください。",
            "No such employer. Import employers first.",
        ),
        RowCode::DuplicateRow => {
            lang.pick("同じ記号・番号・枝番の行が前にあります。", "An earlier row of this file has the same key.")
        }
        RowCode::BadPostcode => lang.pick("郵便番号が7桁ではありません。", "The postcode is not seven digits."),
        RowCode::BadEvent => lang.pick("ポータルの記録として読めません。", "Not a portal event."),
        RowCode::UnknownMember => lang.pick(
            "加入者が登録されていません。加入者を取り込んだ後に、もう一度取り込めます。",
            "No member has this key yet. Import it again once the member is there.",
        ),
        RowCode::OtherPerson => lang.pick(
            "この番号をお使いの方と、氏名も生年月日も違います。別の方であれば、責任者が前の方の資格を終了した後に、もう一度取り込めます。",
            "Name and birth date are not those of the member who uses this number. If it is another person, a supervisor ends the earlier record; then import the row again.",
        ),
        RowCode::EndedByHand => lang.pick(
            "責任者が資格の記録を終了した方ですが、ファイルでは資格が続いています。資格が続くときは、責任者が終了を取り消した(mykempo member resume)後に、もう一度取り込めます。",
            "A supervisor has ended this member's record, and the file says that it goes on. If it does, a supervisor lifts the end (mykempo member resume); then import the row again.",
        ),
        RowCode::StaleEvent => lang.pick(
            "今の状態に合わない記録です(登録済み、資格喪失後、より新しい記録がある、など)。",
            "It does not fit what is known: registered already, after the loss, or overtaken by a newer event.",
        ),
        RowCode::ColumnCount => lang.pick("列の数が見出しと違います。", "More or fewer columns than the header."),
    }
}

/// Why a row was rejected, and that a spreadsheet probably changed the value where it looks so.
pub fn reason(lang: Lang, error: &RowError) -> String {
    let reason = match (error.code, error.column) {
        (RowCode::BadEvent, column) if column == PortalEventRow::SEQ.header => {
            lang.pick("この連番は、別の内容で取込済みです。", "This number came before, with something else.")
        }
        (RowCode::BadEvent, column) if column == PortalEventRow::LOGIN_ID.header => lang.pick(
            "ログインIDとして読めないか、この番号のアカウントのログインIDではありません。",
            "Not a login ID, or not that of the account under this number.",
        ),
        _ => row_code(lang, error.code),
    };
    if !error.looks_spreadsheet_made() {
        return reason.to_owned();
    }
    let made = lang.pick("表計算ソフトが書き換えた値のようです。", "A spreadsheet seems to have made this of it.");
    lang.choose(format!("{reason}{made}"), format!("{reason} {made}"))
}

/// Why a row that was imported needs a check.
pub const fn warning(lang: Lang, warning: RowWarning) -> &'static str {
    match warning {
        RowWarning::UnprintableName => lang.pick("印字できない文字(外字など)", "characters that cannot be printed"),
        RowWarning::NoRoute => lang.pick("送付先がない", "nowhere to send a card"),
        RowWarning::FamilyAfterInsured => {
            lang.pick("被保険者が喪失し、家族の資格が残る", "the insured is lost, the family is not")
        }
        RowWarning::PostcodeMismatch => {
            lang.pick("郵便番号と住所が合いません", "postcode and address name different places")
        }
        RowWarning::NameChanged => lang.pick("氏名の変更", "the name changes"),
        RowWarning::BirthChanged => lang.pick("生年月日の変更", "the birth date changes"),
        RowWarning::ReceiptDiffers => lang.pick(
            "同じ受付番号を別の内容で受付済み(先の内容のまま)",
            "this receipt number came before with something else, which stays",
        ),
        RowWarning::ExcelDamage => lang.pick("表計算ソフトが書き換えた疑い", "perhaps changed by a spreadsheet"),
    }
}

/// Why a file, a folder or a connection cannot be used.
pub fn io_fault(lang: Lang, fault: &IoFault) -> String {
    let known = match fault {
        IoFault::Missing => lang.pick("見つかりません", "there is none of that name"),
        IoFault::Denied => lang.pick("権限がありません", "permission denied"),
        IoFault::IsFolder => lang.pick("ファイルではなくフォルダーです", "it is a folder"),
        IoFault::NotFolder => lang.pick("フォルダーではありません", "it is no folder"),
        IoFault::Full => lang.pick("空き容量がありません", "no space is left"),
        IoFault::ReadOnly => lang.pick("書き込めない場所です", "the place is read-only"),
        IoFault::Refused => lang.pick("接続を受け付けていません", "the connection was refused"),
        IoFault::Closed => lang.pick("途中で切れました", "it broke off"),
        IoFault::TimedOut => lang.pick("時間内に応答がありません", "no answer in time"),
        IoFault::Unreachable => lang.pick("ネットワークで届きません", "the network does not reach it"),
        IoFault::Said(text) => return lang.choose(format!("システムの表示: {text}"), text.clone()),
    };
    known.to_owned()
}

/// Missing columns that may be named one by one: with more of them it is another kind of file.
const FEW: usize = 3;

/// Why a whole file is refused, and what helps.
pub fn fault(lang: Lang, fault: &FileError) -> String {
    let (ja, en) = match fault {
        FileError::Io(e) => (
            format!("読めません({})。", io_fault(Lang::Ja, &e.into())),
            format!("It cannot be read ({}).", io_fault(Lang::En, &e.into())),
        ),
        FileError::Empty => ("空のファイルです。".into(), "It is empty.".into()),
        FileError::Utf16 => (
            "UTF-16で保存されています。「CSV UTF-8」またはシフトJISで保存し直してください。".into(),
            "It is UTF-16. Save it as CSV UTF-8, or as Shift_JIS.".into(),
        ),
        FileError::Nul { line } => (
            format!("{line}行目に不正なバイト(NUL)があります。CSVでないか、壊れています。"),
            format!("Line {line} has a NUL byte: it is not a CSV file, or it is damaged."),
        ),
        FileError::AfterEndMark { line } => (
            format!("{line}行目の終端記号(Ctrl-Z)の後にデータがあります。転送の途中で壊れた可能性があります。"),
            format!("There is data after the end mark (Ctrl-Z) on line {line}. The file may be damaged."),
        ),
        FileError::Undecodable { line, column, encoding } => (
            format!(
                "{line}行目「{column}」に{encoding}の文字でないバイトがあります。文字の途中で切れている可能性があります。"
            ),
            format!("Line {line}, \"{column}\": bytes that are not a character in {encoding}. A character may be cut."),
        ),
        FileError::RecordTooLong { line } => (
            format!("{line}行目が長すぎます。引用符(\")が閉じられていない可能性があります。"),
            format!("Line {line} is too long. A quotation mark may be left open."),
        ),
        FileError::OpenQuote { line } => (
            format!(
                "{line}行目の引用符(\")が、ファイルの終わりまで閉じられていません。ファイルが途中で切れている可能性があります。"
            ),
            format!("A quotation mark on line {line} is never closed. The file may be cut."),
        ),
        FileError::TooManyColumns { line } => {
            (format!("{line}行目の列が多すぎます。"), format!("Line {line} has too many columns."))
        }
        FileError::MissingColumns(names) if names.len() > FEW => (
            format!(
                "選んだ種類のファイルの見出しではありません。ファイルの種類をお確かめください(ない列: {} ほか{}列)。",
                names[..FEW].join("、"),
                names.len() - FEW
            ),
            format!(
                "This is not the header of a file of the chosen kind. Check the kind of file (missing: {} and {} more columns).",
                names[..FEW].join(", "),
                names.len() - FEW
            ),
        ),
        FileError::MissingColumns(names) => (
            format!("見出しに列がありません: {}。", names.join("、")),
            format!("Columns are missing from the header: {}.", names.join(", ")),
        ),
        FileError::DuplicateColumn(name) => {
            (format!("見出しに列「{name}」が二つあります。"), format!("The header has the column {name} twice."))
        }
    };
    lang.choose(ja, en)
}

//! Settings: what each means, what it takes, what its values are called.

use super::Lang;
use crate::usecases::settings::{SettingId as Id, ValueKind};

/// What a key means, short enough for a column.
pub fn meaning(lang: Lang, id: Id) -> &'static str {
    let (ja, en) = match id {
        Id::SocietyInsurer => ("保険者番号", "insurer number"),
        Id::SocietyName => ("組合の名称", "name of the society"),
        Id::SocietyPostcode => ("組合の郵便番号", "its postcode"),
        Id::SocietyAddress => ("組合の所在地", "its address"),
        Id::SocietyDepartment => ("担当課", "its section"),
        Id::SocietyPhone => ("電話", "its phone"),
        Id::SocietyHours => ("電話の受付時間", "its phone hours"),
        Id::SocietyPortalName => ("ポータルの名称", "name of the portal"),
        Id::SocietyPortalUrl => ("ポータルのアドレス", "address of the portal"),
        Id::SocietyEmployer => ("組合自身の事業所記号", "its own employer code"),
        Id::MedicalSection => ("医療費の担当課", "medical costs section"),
        Id::MedicalPhone => ("その電話", "its phone"),
        Id::HealthSection => ("健診の担当課", "health projects"),
        Id::HealthPhone => ("その電話", "its phone"),
        Id::BrowsingMembers => ("短時間の照会の人数", "members looked up fast"),
        Id::BrowsingMinutes => ("短時間とみなす分", "within so many minutes"),
        Id::BrowsingHours => ("業務時間(時)", "office hours"),
        Id::FourEyes => ("作成者と別の人が承認", "another one approves"),
        Id::TwoPeople => ("重要な変更を二人で決める", "two people decide"),
        Id::ConfirmAddress => ("変わった住所を別の人が確認", "confirm new addresses"),
        Id::AllowRouteOverride => ("臨時の送付先を許す", "one-off addresses"),
        Id::Totp => ("二要素認証の対象", "second factor for whom"),
        Id::IdleMinutes => ("自動ロックまでの分", "minutes until it locks"),
        Id::PromiseDays => ("保留の次の連絡日まで(営業日)", "workdays until a held card is looked at"),
        Id::ReceiptDays => ("受領書の期限(営業日)", "workdays for receipts"),
        Id::LoginNoticeDays => ("仮パスワードの有効日数", "days of a login notice"),
        Id::SeparateDays => ("二種のはがきの間隔(営業日)", "workdays between kinds"),
        Id::ExportTtl => ("PDFを残す日数", "days a PDF is kept"),
        Id::ImportAbortPercent => ("取込を止める不可の割合", "% that stops an import"),
        Id::CheckupDeadline => ("巡回健診の申込期限", "checkup applications"),
        Id::ReplyFrom => ("返信の差出人アドレス", "replies come from"),
        Id::ReplyTemplate => ("返信の定型文", "words of replies"),
        Id::RetentionNotes => ("対応記録を残す年数", "years notes are kept"),
        Id::RetentionRequests => ("送付依頼を残す年数", "years of requests"),
        Id::RetentionTombstone => ("喪失者を残す年数", "years of who has left"),
        Id::RetentionAudit => ("監査記録を残す年数", "years of the audit log"),
        Id::ExportDir => ("出力先", "where batches land"),
        Id::FeedDeliver => ("連携データの配信先", "where the feed goes"),
        Id::CardsPerFile => ("1ファイルの枚数", "cards in one file"),
        Id::PrintTemplate => ("用紙の型", "kind of sheet"),
        Id::PrintPrinter => ("プリンター", "printer"),
        Id::FallbackFonts => ("予備の書体", "further fonts"),
        Id::PrintDateStyle => ("紙の日付", "dates on paper"),
        Id::PrintPostage => ("郵便料金の表示", "postage mark"),
        Id::PrintPostageOffice => ("表示する差出局", "office in the mark"),
        Id::PrintPostcardYen => ("はがき1通の料金(円)", "postage of a card (yen)"),
        Id::PrintLetters => ("送付状のファイル", "files of letters"),
        Id::CardDelivery => ("送り方", "how cards travel"),
        Id::PasswordAlphabet => ("パスワードの文字", "password characters"),
        Id::PasswordLength => ("パスワードの長さ", "password length"),
        Id::HashMemory => ("ハッシュのメモリ(KiB)", "hash memory (KiB)"),
        Id::HashPasses => ("ハッシュの回数", "hash passes"),
    };
    lang.pick(ja, en)
}

/// What a key takes.
pub fn takes(lang: Lang, takes: ValueKind) -> String {
    let (ja, en) = match takes {
        ValueKind::Insurer => {
            ("8桁の数字(最後の桁は検証番号)".into(), "8 digits, of which the last is the check digit".into())
        }
        ValueKind::Postcode => ("7桁の数字".into(), "7 digits".into()),
        ValueKind::Number(least, most) => (format!("{least} から {most}"), format!("{least} to {most}")),
        ValueKind::OneOf(codes) => return codes.join(" / "),
        ValueKind::Flag => return "true / false".to_owned(),
        ValueKind::Text => ("文字".into(), "text".into()),
        ValueKind::Line => ("文字。空でも可".into(), "text, or nothing".into()),
        ValueKind::Url => {
            ("https:// で始まるアドレス。空でも可".into(), "an address that begins with https://, or nothing".into())
        }
        ValueKind::Date => ("日付。空でも可".into(), "a date, or nothing".into()),
        ValueKind::Hours => ("7-20 のような時刻の範囲".into(), "full hours, such as 7-20".into()),
        ValueKind::Employer => (
            "組合の職員が属する事業所の記号。空でも可".into(),
            "the employer code of the society's own staff, or nothing".into(),
        ),
        ValueKind::Folder => ("フォルダー".into(), "a folder".into()),
        ValueKind::Place => (
            "folder:/フォルダー または command:/プログラム。空でも可".into(),
            "folder:/… or command:/…, or nothing".into(),
        ),
        ValueKind::Template => ("v-fold / z-fold / ファイル".into(), "v-fold / z-fold / a file".into()),
        ValueKind::Printer => (
            "用紙の型に位置の補正があるプリンター。空でも可".into(),
            "a printer of the template's calibrations, or nothing".into(),
        ),
        ValueKind::Mail => ("メールアドレス。空でも可".into(), "a mail address, or nothing".into()),
        ValueKind::Replies => {
            ("定型文のファイル。空なら付属のもの".into(), "a file, or nothing for the program's words".into())
        }
        ValueKind::Fonts => ("書体のファイルをコンマで区切る".into(), "font files, separated by commas".into()),
        ValueKind::Alphabet => (
            "半角の文字。password.length と合わせて45ビット以上".into(),
            "ASCII characters, 45 bits or more with password.length".into(),
        ),
        ValueKind::Length => (
            "1 から 32。password.alphabet と合わせて45ビット以上".into(),
            "1 to 32, 45 bits or more with password.alphabet".into(),
        ),
    };
    lang.choose(ja, en)
}

/// A value in words, with its code, where it has words of its own.
pub fn value(lang: Lang, code: &str) -> String {
    let (ja, en) = match code {
        "true" => ("はい", "yes"),
        "false" => ("いいえ", "no"),
        "off" => ("なし", "none"),
        "auto" => ("3人以上いれば二人で", "with three people or more"),
        "on" => ("いつも二人で", "always"),
        "supervisors" => ("責任者と管理者", "supervisors and administrators"),
        "everyone" => ("全員", "everyone"),
        "wareki" => ("和暦", "Japanese years"),
        "western" => ("西暦", "Western years"),
        "none" => ("表示しない", "none"),
        "deferred" => ("料金後納", "deferred payment"),
        "separate" => ("料金別納", "paid at the counter"),
        "bundle" => ("事業所ごとにまとめて", "an employer's cards together"),
        "single" => ("1枚ずつ", "each by itself"),
        "joined" => ("1つのファイル", "one file"),
        "by_employer" => ("事業所ごとのファイル", "a file for each employer"),
        other => return other.to_owned(),
    };
    format!("{} ({code})", lang.pick(ja, en))
}

/// Behind a value that counts in place of a stored one that does not fit.
pub const fn unreadable(lang: Lang) -> &'static str {
    lang.pick(
        "  (入っている値は読み取れません。設定し直してください)",
        "  (the stored value cannot be read: set it again)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usecases::SETTINGS;

    #[test]
    fn every_choice_of_a_setting_has_words_in_both_languages() {
        for lang in [Lang::Ja, Lang::En] {
            for setting in SETTINGS {
                let codes: &[&str] = match setting.takes {
                    ValueKind::OneOf(codes) => codes,
                    ValueKind::Flag => &["true", "false"],
                    _ => &[],
                };
                for code in codes {
                    assert_ne!(value(lang, code), *code, "{}", setting.key);
                }
            }
        }
    }
}

//! Settings: what each means, what it takes, what its values are called.

use super::Lang;
use crate::usecases::settings::ValueKind;

/// What a key means, short enough for a column.
pub fn meaning(lang: Lang, key: &str) -> &'static str {
    let (ja, en) = match key {
        "society.insurer" => ("保険者番号", "insurer number"),
        "society.name" => ("組合の名称", "name of the society"),
        "society.postcode" => ("組合の郵便番号", "its postcode"),
        "society.address" => ("組合の所在地", "its address"),
        "society.department" => ("担当課", "its section"),
        "society.phone" => ("電話", "its phone"),
        "society.employer" => ("組合自身の事業所記号", "its own employer code"),
        "browsing.members" => ("短時間の照会の人数", "members looked up fast"),
        "browsing.minutes" => ("短時間とみなす分", "within so many minutes"),
        "browsing.hours" => ("業務時間(時)", "office hours"),
        "policy.four_eyes" => ("作成者と別の人が承認", "another one approves"),
        "policy.allow_route_override" => ("臨時の送付先を許す", "one-off addresses"),
        "policy.totp" => ("二要素認証の対象", "second factor for whom"),
        "policy.idle_minutes" => ("自動ロックまでの分", "minutes until it locks"),
        "policy.receipt_days" => ("受領書の期限(営業日)", "workdays for receipts"),
        "policy.export_ttl" => ("PDFを残す日数", "days a PDF is kept"),
        "policy.import_abort_percent" => ("取込を止める不可の割合", "% that stops an import"),
        "policy.checkup_deadline" => ("巡回健診の申込期限", "checkup applications"),
        "retention.notes_years" => ("対応記録を残す年数", "years notes are kept"),
        "retention.requests_years" => ("送付依頼を残す年数", "years of requests"),
        "retention.tombstone_years" => ("喪失者を残す年数", "years of who has left"),
        "retention.audit_years" => ("監査記録を残す年数", "years of the audit log"),
        "export.dir" => ("出力先", "where batches land"),
        "export.cards_per_file" => ("1ファイルの枚数", "cards in one file"),
        "print.template" => ("用紙の型", "kind of sheet"),
        "print.printer" => ("プリンター", "printer"),
        "print.fallback_fonts" => ("予備の書体", "further fonts"),
        "print.date_style" => ("紙の日付", "dates on paper"),
        "delivery" => ("送り方", "how cards travel"),
        "password.alphabet" => ("パスワードの文字", "password characters"),
        "password.length" => ("パスワードの長さ", "password length"),
        "hash.memory_kib" => ("ハッシュのメモリ(KiB)", "hash memory (KiB)"),
        "hash.passes" => ("ハッシュの回数", "hash passes"),
        _ => ("", ""),
    };
    lang.pick(ja, en)
}

/// What a key takes.
pub fn takes(lang: Lang, takes: ValueKind) -> String {
    let (ja, en) = match takes {
        ValueKind::Digits(count) => (format!("{count}桁の数字"), format!("{count} digits")),
        ValueKind::Number(least, most) => (format!("{least} から {most}"), format!("{least} to {most}")),
        ValueKind::OneOf(codes) => return codes.join(" / "),
        ValueKind::Flag => return "true / false".to_owned(),
        ValueKind::Text => ("文字".into(), "text".into()),
        ValueKind::Date => ("日付。空でも可".into(), "a date, or nothing".into()),
        ValueKind::Hours => ("7-20 のような時刻の範囲".into(), "full hours, such as 7-20".into()),
        ValueKind::Employer => (
            "組合の職員が属する事業所の記号。空でも可".into(),
            "the employer code of the society's own staff, or nothing".into(),
        ),
        ValueKind::Folder => ("フォルダー".into(), "a folder".into()),
        ValueKind::Template => ("v-fold / z-fold / ファイル".into(), "v-fold / z-fold / a file".into()),
        ValueKind::Printer => (
            "用紙の型に位置の補正があるプリンター。空でも可".into(),
            "a printer of the template's calibrations, or nothing".into(),
        ),
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
        "off" => ("なし", "nobody"),
        "supervisors" => ("責任者と管理者", "supervisors and administrators"),
        "everyone" => ("全員", "everyone"),
        "wareki" => ("和暦", "Japanese years"),
        "western" => ("西暦", "Western years"),
        "bundle" => ("事業所ごとにまとめて", "an employer's cards together"),
        "single" => ("1枚ずつ", "each by itself"),
        other => return other.to_owned(),
    };
    format!("{} ({code})", lang.pick(ja, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usecases::SETTINGS;

    #[test]
    fn every_setting_has_a_meaning_and_every_choice_its_words_in_both_languages() {
        for lang in [Lang::Ja, Lang::En] {
            for setting in SETTINGS {
                assert!(!meaning(lang, setting.key).is_empty(), "{}", setting.key);
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

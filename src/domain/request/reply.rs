//! 返信: the life of a reply, and what none may carry.

use crate::domain::{coded, steps};
use crate::text;
use chrono::NaiveDate;

coded! {
    /// Where a reply stands.
    pub enum ReplyState {
        /// 下書き: it waits to be sent.
        Draft = "draft",
        /// 出力済み: its mail file was written; whether it was sent is not said yet.
        Exported = "exported",
        /// 送付済み
        Sent = "sent",
        /// 取りやめ: it is not sent.
        Withdrawn = "withdrawn",
        /// Written before replies were recorded: nothing is known of its sending.
        Unrecorded = "unrecorded",
    }
}

coded! {
    /// What can happen to a reply.
    pub enum ReplyStep {
        /// 文面の修正
        Edit = "edit",
        /// メールのファイルに出力
        Export = "export",
        /// 送付済みにする
        Send = "send",
        /// 取りやめ
        Withdraw = "withdraw",
    }
}

coded! {
    /// How a reply reached its sender.
    pub enum ReplyWay {
        /// メール
        Mail = "mail",
        /// 電話
        Phone = "phone",
        /// 郵送
        Post = "post",
    }
}

/// The life of a reply, whole: from, step, to. What is not here cannot happen.
pub const REPLY_TABLE: &[(ReplyState, ReplyStep, ReplyState)] = {
    use ReplyState as S;
    use ReplyStep as T;
    &[
        (S::Draft, T::Edit, S::Draft),
        (S::Draft, T::Export, S::Exported),
        (S::Draft, T::Send, S::Sent),
        (S::Draft, T::Withdraw, S::Withdrawn),
        (S::Exported, T::Edit, S::Draft),
        (S::Exported, T::Export, S::Exported),
        (S::Exported, T::Send, S::Sent),
        (S::Exported, T::Withdraw, S::Withdrawn),
    ]
};

impl ReplyState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: ReplyStep) -> Option<Self> {
        steps::after(REPLY_TABLE, self, step)
    }

    /// Whether a clerk has still to send it.
    pub const fn waits(self) -> bool {
        match self {
            Self::Draft | Self::Exported => true,
            Self::Sent | Self::Withdrawn | Self::Unrecorded => false,
        }
    }
}

coded! {
    /// What no reply carries.
    pub enum ReplySecret {
        /// ログインID
        LoginId = "login_id",
        /// The mail address of the account.
        Mail = "mail",
        /// 生年月日
        BirthDate = "birth_date",
        /// 代表住所, as far as the sender did not write it.
        Address = "address",
    }
}

/// What the registry and the portal have of a member that a reply must not give away.
#[derive(Debug, Clone, Default)]
pub struct Withheld<'a> {
    /// ログインID
    pub login_id: Option<&'a str>,
    /// The mail address of the account.
    pub mail: Option<&'a str>,
    /// 生年月日
    pub born_on: Option<NaiveDate>,
    /// 代表住所
    pub address: Option<&'a str>,
}

/// Shorter than this is found in any text.
const SHORTEST: usize = 4;

/// what a text gives away of a member. What the sender wrote is no secret to the sender, except for the birth date:
/// a mail with it is half an identity check to anybody who reads it.
pub fn given_away(body: &str, written: &str, withheld: &Withheld<'_>) -> Vec<ReplySecret> {
    let (plain, theirs) = (bare(body), bare(written));
    let has = |secret: Option<&str>| {
        let secret = secret.map(bare).filter(|secret| secret.chars().count() >= SHORTEST);
        secret.is_some_and(|secret| plain.contains(&secret) && !theirs.contains(&secret))
    };
    let found = [
        (ReplySecret::LoginId, has(withheld.login_id)),
        (ReplySecret::Mail, has(withheld.mail)),
        (ReplySecret::BirthDate, withheld.born_on.is_some_and(|day| has_day(body, day))),
        (ReplySecret::Address, has(withheld.address)),
    ];
    found.into_iter().filter_map(|(secret, has)| has.then_some(secret)).collect()
}

/// Without blanks, in one width and case.
fn bare(text: &str) -> String {
    text::nfkc(text).to_lowercase().split_whitespace().collect()
}

/// Whether a text has a day, however it is spelt.
fn has_day(text: &str, day: NaiveDate) -> bool {
    let folded = text::nfkc(text);
    let of_a_date = |c: char| c.is_ascii_digit() || "-/.年月日元明治大正昭和平成令MTSHRmtshr".contains(c);
    folded.split(|c| !of_a_date(c)).any(|run| {
        let run: Vec<char> = run.chars().collect();
        let digit = |at: usize| run.get(at).is_some_and(char::is_ascii_digit);
        let whole = |from: usize, to: usize| {
            // Digits that go on are of another number.
            !(from > 0 && digit(from - 1) && digit(from) || digit(to) && digit(to - 1))
        };
        let spans = (0..run.len()).flat_map(|from| (from + 6..=run.len().min(from + 12)).map(move |to| (from, to)));
        spans.filter(|(from, to)| whole(*from, *to)).any(|(from, to)| {
            let span: String = run[from..to].iter().collect();
            text::parse_date(&span).ok().flatten() == Some(day)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wareki;
    use proptest::prelude::*;

    const BORN: Option<NaiveDate> = NaiveDate::from_ymd_opt(1979, 7, 26);

    fn withheld() -> Withheld<'static> {
        let (login_id, mail, address) = (Some("Taku.0726"), Some("taku@example.jp"), Some("東京都千代田区神田1-2"));
        Withheld { login_id, mail, born_on: BORN, address }
    }

    #[test]
    fn q8_what_is_sent_or_withdrawn_changes_no_more() {
        for state in ReplyState::ALL {
            let steps = ReplyStep::ALL.iter().any(|step| state.after(*step).is_some());
            assert_eq!(steps, state.waits(), "{state:?}");
        }
    }

    #[test]
    fn q8_a_secret_is_found_in_any_width_and_spelling() {
        use ReplySecret as S;
        for (body, found) in [
            ("ログインIDは ｔａｋｕ．0726 です", vec![S::LoginId]),
            ("TAKU@example.jp あてに", vec![S::Mail]),
            ("生年月日は昭和54年7月26日、", vec![S::BirthDate]),
            ("生年月日1979/07/26.", vec![S::BirthDate]),
            ("S54.7.26 生まれ", vec![S::BirthDate]),
            ("５５４０７２６", vec![S::BirthDate]),
            ("電話 03-5540-7263、0355407263", vec![]),
            ("東京都千代田区 神田１－２ あてに", vec![S::Address]),
            ("11月26日に発送する予定です", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(given_away(body, "", &withheld()), found, "{body}");
        }
    }

    #[test]
    fn q8_what_the_sender_wrote_may_be_answered() {
        let written = "taku@example.jp に届きません。東京都千代田区神田1-2 です。1979-07-26";
        assert_eq!(given_away(written, written, &withheld()), [ReplySecret::BirthDate]);
    }

    proptest! {
        #[test]
        fn q8_a_secret_is_found_wherever_it_stands(before in "[ぁ-ん。 ]{0,20}", after in "[ぁ-ん。 ]{0,20}") {
            let born = BORN.unwrap();
            for secret in ["Taku.0726", "taku@example.jp", &wareki(born), &born.to_string()] {
                prop_assert_eq!(given_away(&format!("{before}{secret}{after}"), "", &withheld()).len(), 1);
                let without = given_away(&format!("{before}{after}"), "", &withheld());
                prop_assert!(without.is_empty());
            }
        }
    }
}

//! H1, A11: numbers of one person, and what the registry said on a day.

use super::{Lang, addresses, codes, effects};
use crate::domain::MemberKey;
use crate::text::japan::day_of;
use crate::usecases::accounts::StoppedCard;
use crate::usecases::as_of::{EmployerHistory, MemberOnDay, Version, VersionPeriod};
use crate::usecases::employers::ContactView;
use crate::usecases::members::{Employer, EmployerRecord, Member};
use crate::usecases::persons::PersonRefusal;
use crate::usecases::protection::{CardOut, ProtectionSet};

/// Why memberships were not joined, parted or ended, and what helps.
pub(super) fn refusal(refusal: &PersonRefusal) -> (String, String) {
    match refusal {
        PersonRefusal::OnePerson { member, other } => (
            format!("{member} と {other} は、すでに同じ方の番号として登録されています。"),
            format!("{member} and {other} are numbers of one person already."),
        ),
        PersonRefusal::Differ { member, other } => (
            format!(
                "{member} と {other} は、氏名も生年月日も違います。同じ方と確かめたうえで統合するときは、--confirm を付けてください。何も変更していません。"
            ),
            format!(
                "{member} and {other} differ in name and birth date. If they are one person, repeat this with --confirm. Nothing was changed."
            ),
        ),
        PersonRefusal::InForceTogether { member, other } => (
            format!(
                "{member} の方と {other} の方は、同じ記号・番号で同じ時期に資格があるため、同一人物として結べません。何も変更していません。"
            ),
            format!(
                "{member} and {other} are covered under one symbol and number at the same time: they are two persons. Nothing was changed."
            ),
        ),
        PersonRefusal::IsInsured(member) => (
            format!(
                "{member} の方は被保険者ご本人です。ご家族ではないため、割り当てはできません。何も変更していません。"
            ),
            format!("{member} is the insured, not a dependant: there is nothing to assign. Nothing was changed."),
        ),
        PersonRefusal::NotApart(member) => (
            format!("{member} の方は、いまの被保険者のご家族として登録されています。何も変更していません。"),
            format!("{member} is of the family of the present insured already. Nothing was changed."),
        ),
        PersonRefusal::NotEnded(member) => (
            format!("{member} の方の資格の記録は、責任者が終了したものではありません。何も変更していません。"),
            format!("The record of {member} was not ended by a supervisor. Nothing was changed."),
        ),
        PersonRefusal::OnlyMembership(member) => (
            format!("{member} の方には、ほかの番号がありません。分離するものはありません。"),
            format!("{member} is this person's only number. There is nothing to part."),
        ),
        PersonRefusal::Protected { member, since } => (
            format!(
                "{member} の方には、{since} から保護措置がとられています。終了するときは member unprotect を使ってください。"
            ),
            format!("{member} has been under a protective measure since {since}. End it with member unprotect."),
        ),
        PersonRefusal::NotProtected(member) => (
            format!("{member} の方に、保護措置はとられていません。何も変更していません。"),
            format!("No protective measure stands for {member}. Nothing was changed."),
        ),
        PersonRefusal::UnknownThen { of, on } => (
            format!("{of} の {on} 時点の登録内容は、記録がありません。より後の日を指定してください。"),
            format!("Nothing is on file about {of} as of {on}. Ask for a later day."),
        ),
        PersonRefusal::Over(member) => (
            format!("{member} の資格はすでに終了しており、アカウントもありません。"),
            format!("{member} has ended already and has no account."),
        ),
    }
}

/// `2026-11-24 から 2026-12-01 まで (取込 12 で変更)`, in Japan's days.
pub fn period(lang: Lang, period: &VersionPeriod) -> String {
    let day = |at| day_of(at).to_string();
    let since = match period.since {
        Some(at) => lang.choose(format!("{} から", day(at)), format!("from {}", day(at))),
        None => lang.pick("履歴の記録を始める前から", "from before versions were kept").to_owned(),
    };
    let until = match (period.until, period.until_run, &period.until_by) {
        (None, ..) => lang.pick("現在まで", "until now").to_owned(),
        (Some(at), Some(run), _) => lang.choose(
            format!("{} まで (取込 {run} で変更)", day(at)),
            format!("until {} (changed by import {run})", day(at)),
        ),
        (Some(at), None, by) => {
            let by = by.as_deref().unwrap_or_default();
            lang.choose(format!("{} まで ({by} が変更)", day(at)), format!("until {} (changed by {by})", day(at)))
        }
    };
    format!("{since} {until}")
}

/// Two numbers were joined.
pub fn joined(lang: Lang, key: &MemberKey, other: &MemberKey) -> String {
    lang.choose(
        format!("{key} と {other} を、同じ方の番号として登録しました。対応記録は両方の番号から見られます。"),
        format!("{key} and {other} are numbers of one person now; notes are seen under both."),
    )
}

/// A number was parted.
pub fn parted(lang: Lang, key: &MemberKey) -> String {
    lang.choose(
        format!(
            "{key} を、ほかの番号とは別の方として登録しました。この番号での対応記録は、ほかの番号からは見えません。"
        ),
        format!("{key} is another person's now; notes under this number are no longer seen under the others."),
    )
}

/// A11: a dependant is of the present insured's family.
pub fn assigned(lang: Lang, key: &MemberKey, insured: &str, released: u64) -> String {
    lang.choose(
        format!("{key} を、{insured} の方のご家族として登録しました。保留を解除したはがき {released}枚"),
        format!("{key} is of the family of {insured} now. Cards released: {released}."),
    )
}

/// R7: a measure was set; what it has stopped, and what it cannot stop.
pub fn protected(lang: Lang, key: &MemberKey, set: &ProtectionSet) -> String {
    let done = lang.choose(
        format!(
            "{key} の方に保護措置を設定しました。この方の郵便物は、通常の送付先には送られません。保留にしたはがき {}枚",
            set.held
        ),
        format!(
            "{key} is under a protective measure; nothing goes out by the ordinary route. Cards held: {}",
            set.held
        ),
    );
    std::iter::once(done).chain(cards_out(lang, set)).collect::<Vec<_>>().join("\n")
}

/// R7: cards that must be pulled now, and cards that were sent already.
pub fn cards_out(lang: Lang, set: &ProtectionSet) -> Vec<String> {
    let pull = (!set.pull.is_empty()).then(|| {
        let serials = set.pull.join(" ");
        lang.choose(
            format!("印刷に回ったはがきを、いま抜き取ってください: {serials}"),
            format!("Pull these printed cards now: {serials}"),
        )
    });
    let sent = (!set.sent.is_empty()).then(|| {
        let cards: Vec<String> = set.sent.iter().map(|card| sent_card(lang, card)).collect();
        let cards = cards.join(lang.pick("、", ", "));
        lang.choose(
            format!("すでに発送したはがきがあります: {cards}"),
            format!("These cards were sent already: {cards}"),
        )
    });
    pull.into_iter().chain(sent).collect()
}

fn sent_card(lang: Lang, card: &CardOut) -> String {
    let (serial, day) = (&card.serial, card.dispatched_on.map(|day| day.to_string()).unwrap_or_default());
    lang.choose(format!("{serial}({day} 発送)"), format!("{serial} (sent {day})"))
}

/// R7: a measure was ended; `released` cards are in the queue again.
pub fn unprotected(lang: Lang, key: &MemberKey, released: u64) -> String {
    lang.choose(
        format!("{key} の方の保護措置を終了しました。発送待ちに戻したはがき {released}枚"),
        format!("The protective measure for {key} has ended. Cards back in the queue: {released}"),
    )
}

/// A membership was ended, with the cards that are not sent any more.
pub fn ended(lang: Lang, key: &MemberKey, stopped: Option<&[StoppedCard]>) -> String {
    let done = match stopped {
        Some(_) => lang.choose(
            format!("{key} の資格の記録を終了し、アカウントを閉鎖しました。閉鎖はポータル連携データに載ります。"),
            format!("{key} has ended and its account is closed; the portal feed has an instruction about it."),
        ),
        None => lang.choose(
            format!("{key} の資格の記録を終了しました。開いているアカウントはありませんでした。"),
            format!("{key} has ended. It had no open account."),
        ),
    };
    let cards = stopped.into_iter().flatten().map(|card| format!("\n{}", effects::stopped(lang, card)));
    std::iter::once(done).chain(cards).collect()
}

/// `member resume`: the account stays closed.
pub fn resumed(lang: Lang, key: &MemberKey, released: u64) -> String {
    lang.choose(
        format!(
            "{key} の資格の記録の終了を取り消しました(ご家族のはがき {released}枚の保留を解除)。終了のときに閉鎖したアカウントは戻りません。お使いだった方には、あらためて登録していただいてください。"
        ),
        format!(
            "The end of {key} is lifted ({released} held cards of the family go on). An account that was closed with it stays closed: its member registers again."
        ),
    )
}

/// A member as of a day, with the employer and the notes of that person.
pub fn member_on_day(lang: Lang, shown: &MemberOnDay) -> String {
    let employer = shown.employer.as_ref().map(|employer| employer_version(lang, employer));
    let notes = shown.notes.iter().map(|note| {
        let channel = note.channel.parse().map_or(note.channel.as_str(), |it| codes::channel(lang, it));
        format!("{}  {} {channel}\n  {}\n", day_of(note.at), note.staff, note.body)
    });
    std::iter::once(member_version(lang, &shown.member)).chain(employer).chain(notes).collect()
}

/// One version of a member.
pub fn member_version(lang: Lang, version: &Version<Member>) -> String {
    let Member { name, kana, born_on, acquired_on, lost_on, replaced_on, .. } = &version.row;
    let lost = lost_on.map(|day| day.to_string()).unwrap_or_default();
    let passed = replaced_on.map(|day| {
        lang.choose(format!("  ({day} に番号が別の方へ)"), format!("  (number passed to another person on {day})"))
    });
    let (key, period) = (version.row.key(), period(lang, &version.period));
    let passed = passed.unwrap_or_default();
    format!("{period}\n  {key}  {name}  {kana}  {born_on}  {acquired_on} - {lost}{passed}\n")
}

/// An employer on a day, and its other versions below.
pub fn employer(lang: Lang, shown: &EmployerHistory) -> String {
    let mut text = employer_version(lang, &shown.employer);
    let others = shown.versions.iter().filter(|version| **version != shown.employer);
    let others: String = others.map(|version| employer_version(lang, version)).collect();
    if !others.is_empty() {
        text += lang.pick("\nほかの期間の登録内容\n", "\nIn other periods\n");
        text += &others;
    }
    if !shown.addresses.is_empty() {
        text += lang.pick("\n代表住所の変更\n", "\nChanges of the address\n");
        text += &shown.addresses.iter().map(|it| addresses::change(lang, it) + "\n").collect::<String>();
    }
    text
}

fn employer_version(lang: Lang, version: &Version<Employer>) -> String {
    let EmployerRecord { code_shown, name, postcode, address1, address2, department, contact, .. } =
        &version.row.record;
    let postcode = postcode.as_deref().map(|code| format!("〒{code} ")).unwrap_or_default();
    let line = [address1, address2, department, contact].map(String::as_str);
    let line = line.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    format!("{}\n  {code_shown}  {name}\n  {postcode}{line}\n", period(lang, &version.period))
}

/// What an employer's contact may hear.
pub fn contact(lang: Lang, view: &ContactView) -> String {
    let words = &lang.labels().call;
    let record = &view.employer.record;
    let mut text =
        format!("{} {}\n{} {} {}\n", record.code_shown, record.name, record.department, record.contact, record.phone);
    if view.bundles.is_empty() {
        text.push_str(words.no_bundle);
        text.push('\n');
    }
    for bundle in &view.bundles {
        let day = bundle.dispatched_on.map(|day| day.to_string()).unwrap_or_default();
        let receipt = match bundle.receipt_on {
            Some(day) => words.receipt_back(&day.to_string()),
            None => words.receipt_none.to_owned(),
        };
        text.push_str(&format!("{}  {receipt}\n", words.bundle(&bundle.batch.to_string(), &day, bundle.cards)));
        if !bundle.tracking.is_empty() {
            text.push_str(&format!("  {}\n", words.tracking(&bundle.tracking)));
        }
        text.push_str(&format!("  {}\n", bundle.serials.join("  ")));
    }
    for card in &view.to_return {
        let reason = codes::undelivered(lang, card.reason);
        text.push_str(&format!("{}  {}\n", words.to_return(&card.serial, &card.noted_on.to_string()), reason));
    }
    text
}

/// 続柄 as the registry gives it; in English where it is one of the usual words.
pub fn kinship(lang: Lang, relationship: &str) -> &str {
    let english = match relationship {
        "本人" => "self",
        "夫" => "husband",
        "妻" => "wife",
        "子" => "child",
        "長男" | "二男" | "三男" | "四男" | "息子" => "son",
        "長女" | "二女" | "三女" | "四女" | "娘" => "daughter",
        "父" => "father",
        "母" => "mother",
        "祖父" => "grandfather",
        "祖母" => "grandmother",
        "孫" => "grandchild",
        "兄" | "弟" => "brother",
        "姉" | "妹" => "sister",
        "その他" => "other",
        other => other,
    };
    lang.pick(relationship, english)
}

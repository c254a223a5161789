//! 閲覧状況: what is unusual, in one line each.

use super::Lang;
use super::texts::plural;
use crate::domain::browsing::{Unusual, Why};
use crate::usecases::SearchScope;

/// When, who, and why.
pub fn line(lang: Lang, unusual: &Unusual) -> String {
    let (from, to) = (unusual.from.format("%m/%d %H:%M"), unusual.to);
    let until = match unusual.from.date() == to.date() {
        _ if unusual.from == to => String::new(),
        true => format!("-{}", to.format("%H:%M")),
        false => format!("-{}", to.format("%m/%d %H:%M")),
    };
    format!("{from}{until}  {}  {}", unusual.staff, why(lang, unusual))
}

/// The reason, with the member concerned.
pub fn why(lang: Lang, unusual: &Unusual) -> String {
    let [member, about] = [&unusual.member, &unusual.about].map(|text| text.as_deref().unwrap_or_default());
    let (ja, en) = match unusual.why {
        Why::Many { members } => (
            format!("短い時間に{members}人を照会"),
            format!("{members} {} in a short time", plural(members, "member", "members")),
        ),
        Why::Colleague => (
            format!("組合の職員またはその家族({member})を照会"),
            format!("a colleague or a colleague's family ({member})"),
        ),
        Why::OwnName => {
            (format!("本人と同じ氏名の方({member})を照会"), format!("a member of the same name ({member})"))
        }
        Why::ListedMany { members } => (
            format!("短い時間の検索で延べ{members}人を一覧表示"),
            format!("searches listed {members} {} in a short time", plural(members, "member", "members")),
        ),
        Why::UsedAccount => (
            format!("登録・初期化した職員ID({about})が、同じ端末でサインイン"),
            format!("{about}, added or reset by this person, signed in at the same terminal"),
        ),
        Why::SettingBack => (format!("設定 {about} を変えて戻した"), format!("{about} was changed and changed back")),
        Why::AddressBack => (
            format!("事業所 {about} の住所を変え、出力のあとに戻した"),
            format!("the address of employer {about} was changed, and changed back after an export"),
        ),
        Why::AskedAndExported { cards } => (
            format!("自分で依頼したはがき{cards}枚を自分で出力({about})"),
            format!("exported {cards} {} of own asking ({about})", plural(cards, "card", "cards")),
        ),
        Why::ManyTries { tries } => (
            format!("一人の方({member})の本人確認を{tries}回やり直し"),
            format!("{tries} identity checks of one member ({member}) that did not agree"),
        ),
        Why::BothKinds => (
            format!("一人の方({member})の二種類のはがきを依頼"),
            format!("asked for both kinds of card for one member ({member})"),
        ),
        Why::OutsideHours { members } => (
            format!("業務時間外に{members}人を照会"),
            format!("{members} {} outside office hours", plural(members, "member", "members")),
        ),
    };
    lang.choose(ja, en)
}

/// What was searched or listed.
pub fn searched(lang: Lang, scope: SearchScope, query: &str, count: u64) -> String {
    let (ja, en) = match scope {
        SearchScope::Members => (format!("「{query}」"), format!("\"{query}\", {count} found")),
        SearchScope::Employers => (format!("事業所「{query}」"), format!("employers \"{query}\", {count} found")),
        SearchScope::Notes => (format!("対応記録「{query}」"), format!("notes \"{query}\", {count} found")),
        SearchScope::Promises => ("お待たせしている方の一覧".into(), format!("list of open promises, {count} shown")),
        SearchScope::FollowUps => ("次の連絡の一覧".into(), format!("list of follow-ups due, {count} shown")),
        SearchScope::Incidents => {
            (format!("漏えい等の一覧「{query}」"), format!("list of incidents \"{query}\", {count} shown"))
        }
        SearchScope::Replies => {
            (format!("返信の一覧「{query}」{count}件"), format!("list of replies \"{query}\", {count} shown"))
        }
        SearchScope::Calls => (format!("電話の一覧「{query}」"), format!("list of calls \"{query}\", {count} shown")),
        SearchScope::Batches if query.is_empty() => {
            ("返送待ちの一覧".into(), format!("list of cards expected back, {count} shown"))
        }
        SearchScope::Batches => (format!("バッチ「{query}」"), format!("batch \"{query}\", {count} shown")),
        SearchScope::Imports => {
            (format!("取込の注意「{query}」"), format!("warnings of import {query}, {count} shown"))
        }
        SearchScope::Requests => ("送付依頼の一覧".into(), format!("list of requests, {count} shown")),
        SearchScope::Queue => ("発送待ちの一覧".into(), format!("list of waiting cards, {count} shown")),
    };
    match lang {
        Lang::Ja => format!("{ja} {count}件"),
        Lang::En => en,
    }
}

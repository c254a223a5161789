//! R6: changed representative addresses.

use super::{Lang, gate};
use crate::domain::CardRoute;
use crate::text::japan::day_of;
use crate::usecases::addresses::{ChangedAddress, ConfirmedAddress};
use crate::usecases::settings::Society;

/// No change waits.
pub const fn none(lang: Lang) -> &'static str {
    lang.pick("確認を待っている住所の変更はありません。", "No changed address waits to be confirmed.")
}

/// A change, before above after, with who imported and who confirmed it.
pub fn change(lang: Lang, change: &ChangedAddress) -> String {
    let ChangedAddress { change, code, before, after, changed_by, changed_at, confirmed_by, confirmed_at } = change;
    let changed = day_of(*changed_at);
    let confirmed = match (confirmed_by, confirmed_at) {
        (Some(by), Some(at)) => {
            lang.choose(format!("確認 {by} {}", day_of(*at)), format!("confirmed by {by} on {}", day_of(*at)))
        }
        _ => lang.choose(format!("確認待ち(変更番号 {change})"), format!("waits to be confirmed (change {change})")),
    };
    let (before, after) = (place(lang, before), place(lang, after));
    if before == after {
        return lang.choose(
            format!("{code}  {changed} 変更 {changed_by}  {confirmed}\n  変更され、元に戻りました {after}"),
            format!("{code}  changed on {changed} by {changed_by}, {confirmed}\n  changed, and back to {after}"),
        );
    }
    lang.choose(
        format!("{code}  {changed} 変更 {changed_by}  {confirmed}\n  変更前 {before}\n  変更後 {after}"),
        format!("{code}  changed on {changed} by {changed_by}, {confirmed}\n  before {before}\n  after  {after}"),
    )
}

/// A representative address; that it has none where it is blank.
pub fn place(lang: Lang, route: &CardRoute) -> String {
    let none = if route.is_blank() { lang.pick("住所なし ", "no address, ") } else { "" };
    format!("{none}{}", gate::route(route))
}

/// A confirmed change, and the letter to the old address, where there was one.
pub fn confirmed(lang: Lang, confirmed: &ConfirmedAddress, society: &Society) -> String {
    let count = confirmed.released.len();
    if confirmed.change.after.is_blank() {
        let waits = lang.pick(
            "住所がなくなったことを確認しました。この事業所のはがきは保留のままです。送り先を事業所にお確かめください。",
            "It is confirmed that there is no address now. Cards of this employer stay held: ask it where to send them.",
        );
        return format!("{}\n{waits}", change(lang, &confirmed.change));
    }
    let done = lang.choose(
        format!("住所の変更を確認しました。保留していたはがき {count}枚を発送待ちに戻しました。"),
        format!("The changed address is confirmed; {count} held cards are in the queue again."),
    );
    if confirmed.change.before.is_blank() {
        return format!("{}\n{done}", change(lang, &confirmed.change));
    }
    let offered = lang.pick(
        "変更前の住所にもお知らせを送ると、心当たりのない変更に事業所が気づけます。文面の例:",
        "A letter to the old address lets the employer notice a change that it did not ask for. Its text, in Japanese:",
    );
    format!("{}\n{done}\n\n{offered}\n\n{}", change(lang, &confirmed.change), letter(&confirmed.change, society))
}

/// The letter to the old address. It goes to an employer in Japan, and is in Japanese whatever the language is.
pub fn letter(change: &ChangedAddress, society: &Society) -> String {
    let ChangedAddress { before, after, changed_at, .. } = change;
    let to = [before.company.as_str(), before.department.as_str()];
    let to: Vec<&str> = to.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let changed = day_of(*changed_at).format("%Y年%-m月%-d日");
    let (name, department, phone) = (&society.name, &society.department, &society.phone);
    format!(
        "{to}\n健康保険事務ご担当者 様\n\n代表住所の変更について(お知らせ)\n\n\
         平素より当組合の事業にご協力を賜り、厚く御礼申し上げます。\n\
         {changed}に、貴事業所の代表住所の登録を次のとおり変更いたしました。\n\n\
         変更後  {after}\n\n\
         今後、加入者の皆さまあての圧着ハガキは、変更後の住所にお送りいたします。\n\
         お心当たりのない場合は、お手数ですが、至急、下記までご連絡くださいますようお願い申し上げます。\n\n\
         {name} {department}\n電話 {phone}",
        to = to.join("\n"),
        after = place(Lang::Ja, after),
    )
}

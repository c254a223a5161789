//! What an import does beyond its rows, card by card.

use super::{Lang, addresses, codes, gate};
use crate::domain::{CardRoute, CardState};
use crate::usecases::import::{
    AddressConfirmation, Ended, EndedCard, MovedAddress, NewRoute, Reinstated, Replaced, RouteChange, StoppedByGate,
    StoppedCard,
};

/// `260-1-00  東海林 拓也  資格喪失`
pub fn ended(lang: Lang, ended: &Ended) -> String {
    format!("{}  {}  {}", ended.member, ended.name, codes::dead_reason(lang, ended.why))
}

/// `取り消すはがき: 閲覧用 (発送待ち)`, `抜き取るはがき: 閲覧用 B20261124-001-0002 (印刷済)`
pub fn stopped(lang: Lang, card: &StoppedCard) -> String {
    let what = if card.is_cancelled() {
        lang.pick("取り消すはがき", "cancelled card")
    } else {
        lang.pick("抜き取るはがき", "card to be pulled")
    };
    let kind = lang.labels().words.card_kind(card.kind);
    let where_it_was = codes::card_state(lang, card.was);
    match (&card.serial, &card.batch) {
        (Some(serial), _) => format!("{what}: {kind} {serial} ({where_it_was})"),
        (None, Some(batch)) if card.was == CardState::Drafted => {
            format!("{what}: {kind} ({} {batch})", lang.pick("バッチ", "batch"))
        }
        (None, _) => format!("{what}: {kind} ({where_it_was})"),
    }
}

/// `122-1-00  遠藤　奈々 -> 西村　幸子`
pub fn replaced(it: &Replaced) -> String {
    format!("{}  {} -> {}", it.member, it.before, it.after)
}

/// `260-1-00  東海林 拓也  2026-11-24 に削除  止まったはがき: 閲覧用 B20261124-001-0002`
pub fn reinstated(lang: Lang, it: &Reinstated) -> String {
    let closed =
        it.closed_on.map(|day| lang.choose(format!("  {day} に登録を削除"), format!("  account deleted {day}")));
    let words = &lang.labels().words;
    let card = |card: &EndedCard| match &card.serial {
        Some(serial) => format!("{} {serial}", words.card_kind(card.kind)),
        None => words.card_kind(card.kind).to_owned(),
    };
    let cards: Vec<String> = it.cards.iter().map(card).collect();
    let cards = match cards.is_empty() {
        true => String::new(),
        false => format!("  {}: {}", lang.pick("止まったはがき", "cards stopped by it"), cards.join(", ")),
    };
    format!("{}  {}{}{cards}", it.member, it.name, closed.unwrap_or_default())
}

/// `260-1-00  閲覧用 (発送待ち): 送付先がなくなるため、保留にします(全喪)`
pub fn route(lang: Lang, change: &RouteChange) -> String {
    let kind = lang.labels().words.card_kind(change.kind);
    let state = codes::card_state(lang, change.state);
    let place = |route: &Option<CardRoute>| {
        route.as_ref().map_or_else(|| lang.pick("なし", "none").to_owned(), |route| addresses::place(lang, route))
    };
    let becomes = match change.becomes {
        NewRoute::OtherEmployer => {
            let (before, after) = (place(&change.before), place(&change.after));
            lang.choose(
                format!("送付先が変わります  変更前 {before}  変更後 {after}"),
                format!("goes elsewhere: before {before}, after {after}"),
            )
        }
        // Whether it goes there at once or waits for a confirmation (R6) is told with the employer.
        NewRoute::Elsewhere => lang.pick("あて先の住所が変わります", "its address changes").to_owned(),
        NewRoute::Found => {
            let after = place(&change.after);
            lang.choose(
                format!("送付先ができたため、保留を解除します  送付先 {after}"),
                format!("has a route again, and is released: {after}"),
            )
        }
        NewRoute::None(reason) if change.state == CardState::Queued => {
            let reason = codes::hold_reason(lang, reason);
            lang.choose(
                format!("送付先がなくなるため、保留にします({reason})"),
                format!("has no route any more, and is held ({reason})"),
            )
        }
        NewRoute::None(reason) => {
            let reason = codes::hold_reason(lang, reason);
            lang.choose(format!("送付先がなくなります({reason})"), format!("has no route any more ({reason})"))
        }
    };
    format!("{}  {kind} ({state}): {becomes}", change.member)
}

/// `118  変更前 〒…  変更後 〒…  (発送待ち 3枚を保留)`, `… (確認済みの住所に戻るため、確認は不要。2枚の保留を解除)`
pub fn moved(lang: Lang, moved: &MovedAddress) -> String {
    let (before, after) = (addresses::place(lang, &moved.before), addresses::place(lang, &moved.after));
    let held = match (moved.confirmation, moved.held) {
        (AddressConfirmation::CameBack, _) => {
            let released = moved.released;
            lang.choose(
                format!(" (確認済みの住所に戻るため、確認は不要。{released}枚の保留を解除)"),
                format!(" (the address that was confirmed is back: nothing to confirm, {released} cards released)"),
            )
        }
        (_, 0) => String::new(),
        (_, held) => lang.choose(format!(" (発送待ち {held}枚を保留)"), format!(" ({held} queued cards are held)")),
    };
    lang.choose(
        format!("{}  変更前 {before}  変更後 {after}{held}", moved.code),
        format!("{}  before {before}  after {after}{held}", moved.code),
    )
}

/// `260-1-00  閲覧用 B20261124-001-0002 (印刷済): 送付先の変更  承認・印刷 …  現在 …`
pub fn gated(lang: Lang, card: &StoppedByGate) -> String {
    let kind = lang.labels().words.card_kind(card.kind);
    let state = codes::card_state(lang, card.state);
    let batch = card.batch.as_ref().map(ToString::to_string);
    let named = card.serial.clone().or(batch).unwrap_or_default();
    format!("{}  {kind} {named} ({state}): {}", card.member, gate::finding(lang, &card.finding))
}

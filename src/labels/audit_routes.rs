//! Where a card was approved to go, and what became of it, as a line beside the log.

use super::{Lang, codes, gate};
use crate::text::japan::day_of;
use crate::usecases::AuditRoute;

/// `閲覧用 260-1-00 東海林 拓也 B20261124-001-0003  〒101… 旭精機株式会社 人事部 鈴木  承認 2026-11-24 suzuki  発送 2026-11-25`
pub fn line(lang: Lang, route: &AuditRoute) -> String {
    format!("{}  {}  {}  {}", route.approved.batch, route.approved.member, route.approved.name, facts(lang, route))
}

/// The same without batch, member and name.
pub fn facts(lang: Lang, route: &AuditRoute) -> String {
    let card = &route.approved;
    let kind = card.kind.as_deref().and_then(|code| code.parse().ok());
    let kind = kind.map_or("", |kind| lang.labels().words.card_kind(kind));
    let named = card.serial.clone().unwrap_or_default();
    let by = route.approved_by.as_deref().unwrap_or_default();
    let approved = format!("{} {} {by}", lang.pick("承認", "approved"), day_of(card.approved_at));
    let became = match (route.state(), route.dispatched_on) {
        (None, _) => lang.pick("このバッチから外れた", "left this batch").to_owned(),
        (Some(state), Some(on)) => format!("{} {on}", codes::card_state(lang, state)),
        (Some(state), None) => codes::card_state(lang, state).to_owned(),
    };
    let parts = [kind, &named, &gate::route(&card.route()), approved.trim(), &became];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

//! Words that many screens share: roles, days, no.

use crate::domain::{CardKind, Relation, Role};

#[derive(Debug)]
pub struct Words {
    pub role: fn(Role) -> &'static str,
    pub relation: fn(Relation) -> &'static str,
    pub relation_short: fn(Relation) -> &'static str,
    pub name: &'static str,
    pub card_kind: fn(CardKind) -> &'static str,
    /// Monday first.
    pub weekdays: [&'static str; 7],
    pub no: &'static str,
    pub cards: fn(u64) -> String,
    pub business_days: fn(i64) -> String,
}

pub(super) const JA: Words = Words {
    role: |role| match role {
        Role::Clerk => "担当",
        Role::Supervisor => "責任者",
        Role::Admin => "管理者",
    },
    relation: |relation| match relation {
        Relation::Insured => "本人(被保険者)",
        Relation::Dependent => "家族(被扶養者)",
    },
    relation_short: |relation| match relation {
        Relation::Insured => "本人",
        Relation::Dependent => "家族",
    },
    name: "氏名",
    card_kind: |kind| match kind {
        CardKind::Viewing => "閲覧用",
        CardKind::Login => "ログイン",
    },
    weekdays: ["月", "火", "水", "木", "金", "土", "日"],
    no: "いいえ",
    cards: |count| format!("{count}枚"),
    business_days: |days| format!("{days}営業日"),
};

pub(super) const EN: Words = Words {
    role: |role| match role {
        Role::Clerk => "Clerk",
        Role::Supervisor => "Supervisor",
        Role::Admin => "Admin",
    },
    relation: |relation| match relation {
        Relation::Insured => "Insured",
        Relation::Dependent => "Dependent",
    },
    relation_short: |relation| match relation {
        Relation::Insured => "Insured",
        Relation::Dependent => "Family",
    },
    name: "Name",
    card_kind: |kind| match kind {
        CardKind::Viewing => "Viewing",
        CardKind::Login => "Login",
    },
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    no: "No",
    cards: |count| if count == 1 { "1 card".to_owned() } else { format!("{count} cards") },
    business_days: |days| if days == 1 { "1 business day".to_owned() } else { format!("{days} business days") },
};

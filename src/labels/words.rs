//! Words that many screens share: roles, days, no.

use super::texts::{plural, texts};
use crate::domain::{CardKind, Relation, Role};

texts! {
    /// Words that many screens share.
    pub struct Words {
        role: Role = {
            Role::Clerk => "担当" | "Clerk",
            Role::Supervisor => "責任者" | "Supervisor",
            Role::Admin => "管理者" | "Admin",
            Role::Auditor => "監査担当" | "Auditor",
            Role::MachineImport => "自動(取込)" | "Machine (import)",
            Role::MachineFeed => "自動(連携)" | "Machine (feed)",
            Role::MachineBackup => "自動(控え)" | "Machine (backup)",
            Role::MachineDraft => "自動(作成)" | "Machine (draft)",
            Role::MachineExport => "自動(出力)" | "Machine (export)",
        };
        relation: Relation = {
            Relation::Insured => "本人(被保険者)" | "Insured",
            Relation::Dependent => "家族(被扶養者)" | "Dependent",
        };
        relation_short: Relation = {
            Relation::Insured => "本人" | "Insured",
            Relation::Dependent => "家族" | "Family",
        };
        name = "氏名" | "Name";
        member = "記号・番号" | "Member";
        state = "状態" | "State";
        card_kind: CardKind = {
            CardKind::Viewing => "閲覧用" | "Viewing",
            CardKind::Login => "ログイン" | "Login",
        };
        // Monday first.
        weekdays[7] = ["月", "火", "水", "木", "金", "土", "日"] | ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        no = "いいえ" | "No";
        cards(count: u64) = "{count}枚" | "{count} {}", plural(count, "card", "cards");
        business_days(days: i64) =
            "{days}営業日" | "{days} {}", plural(days, "business day", "business days");
    }
}

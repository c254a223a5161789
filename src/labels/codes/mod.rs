//! States, steps and reasons as words.

mod cards;
mod requests;

use super::Lang;
use crate::domain::diagnosis::{CallerKind, ChangeReason};
use crate::domain::lineage::Sight;
use crate::domain::{Permission, Role, ViewingOrigin, ViewingState, WebDisplay, WorkKind};
use crate::usecases::FailureKind;
pub use cards::{
    asker, batch_state, batch_step, card_cause, card_state, card_step, comment, dead_reason, hold_reason, undelivered,
};
pub use requests::{
    agreement, case_verdict, channel, check, evidence, field, ground, number_source, request_kind, request_state,
    request_step,
};

/// What became of a command that did not do everything.
pub const fn failure_kind(lang: Lang, kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Refused => lang.pick("断られた、または失敗した", "refused, or failed"),
        FailureKind::Usage => lang.pick("コマンドの指定が誤っている", "wrong arguments"),
        FailureKind::NotFound => lang.pick("指定したものが見つからない", "what was named is not there"),
        FailureKind::Conflict => {
            lang.pick("すでにあるか、ほかの方が先に変更した", "there already, or changed by another first")
        }
        FailureKind::Unavailable => lang
            .pick("データベースを今は使えない。後で同じコマンドを試す", "the database is not available now; try again"),
        FailureKind::Partial => lang.pick("一部を除いて行った", "done, except for parts of it"),
    }
}

/// A large change that is applied in pieces.
pub const fn work(lang: Lang, kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Import => lang.pick("取込", "import"),
        WorkKind::Purge => lang.pick("保存期間を過ぎた記録の削除", "purge"),
    }
}

/// A viewing password's state.
pub const fn viewing_state(lang: Lang, state: ViewingState) -> &'static str {
    match state {
        ViewingState::NotWanted => lang.pick("希望しない", "not wanted"),
        ViewingState::Requested => lang.pick("発行依頼済", "requested"),
        ViewingState::Issuing => lang.pick("発行中", "issuing"),
        ViewingState::Active => lang.pick("有効", "active"),
        ViewingState::Superseded => lang.pick("再発行により無効", "superseded"),
        ViewingState::Revoked => lang.pick("無効", "revoked"),
    }
}

/// Where an active viewing password comes from.
pub const fn viewing_origin(lang: Lang, origin: ViewingOrigin) -> &'static str {
    match origin {
        ViewingOrigin::Card => lang.pick("はがきで発行", "from a card"),
        ViewingOrigin::Member => lang.pick("本人が変更", "member's own"),
    }
}

/// 健康・医療情報のWeb表示
pub const fn web_display(lang: Lang, display: WebDisplay) -> &'static str {
    match display {
        WebDisplay::Wanted => lang.pick("希望する", "wanted"),
        WebDisplay::NotWanted => lang.pick("希望しない", "not wanted"),
    }
}

/// What a role may do.
pub const fn permission(lang: Lang, what: Permission) -> &'static str {
    match what {
        Permission::Look => lang.pick("照会", "look-up"),
        Permission::Note => lang.pick("対応記録", "notes"),
        Permission::Requests => lang.pick("送付依頼の処理", "requests"),
        Permission::Queue => lang.pick("発送待ちの操作", "queue"),
        Permission::Draft => lang.pick("バッチの作成", "drafting batches"),
        Permission::Export => lang.pick("バッチの出力", "exporting batches"),
        Permission::Batches => lang.pick("バッチの操作", "batches"),
        Permission::Approve => lang.pick("バッチの承認", "approval"),
        Permission::Release => lang.pick("保留解除・統合", "release and merge"),
        Permission::ConfirmAddress => lang.pick("代表住所の変更の確認", "confirming changed addresses"),
        Permission::Protect => lang.pick("保護措置の設定・終了", "setting and ending protective measures"),
        Permission::Incidents => {
            lang.pick("漏えい等の対応の終了と報告不要の判断", "closing incidents and deciding that none is reported")
        }
        Permission::Persons => lang.pick("番号の統合・分離・終了", "joining, parting and ending numbers"),
        Permission::Unlock => lang.pick("職員の一覧とロック解除", "seeing and unlocking staff"),
        Permission::Staff => lang.pick("職員の管理", "staff"),
        Permission::Settings => lang.pick("設定の変更", "settings"),
        Permission::Second => lang.pick("提案された変更の確認", "confirming proposed changes"),
        Permission::Import => lang.pick("取込", "imports"),
        Permission::Audit => lang.pick("監査記録の閲覧", "audit"),
        Permission::Browsing => lang.pick("閲覧状況の確認", "unusual browsing"),
        Permission::Feed => lang.pick("ポータル連携データの出力", "portal feed"),
        Permission::Backup => lang.pick("バックアップ", "backup"),
        Permission::Upkeep => lang.pick("点検と保守", "checks and upkeep"),
        Permission::ApprovePurge => lang.pick("消去の承認", "approving a purge"),
    }
}

/// The people who may do something: `責任者・管理者`.
pub fn who_may(lang: Lang, what: Permission) -> String {
    let roles = Role::PEOPLE.iter().filter(|role| role.may(what));
    let names: Vec<&str> = roles.map(|role| lang.labels().words.role(*role)).collect();
    names.join(lang.pick("・", ", "))
}

/// 電話をかけてきた方, in words.
pub fn caller_kind(lang: Lang, it: CallerKind) -> &'static str {
    match it {
        CallerKind::Member => lang.pick("本人", "the member"),
        CallerKind::Proxy => lang.pick("代理人", "a representative"),
        CallerKind::Guardian => lang.pick("法定代理人", "a legal representative"),
        CallerKind::Bereaved => lang.pick("遺族", "the bereaved"),
        CallerKind::Family => lang.pick("家族", "a family member"),
        CallerKind::Employer => lang.pick("事業所の担当者", "the employer's contact"),
        CallerKind::Unknown => lang.pick("不明", "unknown"),
    }
}

/// Whether a member sees a record today, in a few cells.
pub const fn sight_short(lang: Lang, sight: Sight) -> &'static str {
    match sight {
        Sight::Own | Sight::CarriedOver => lang.pick("本人に見える", "visible"),
        Sight::RegisterFirst => lang.pick("登録すれば見える", "once registered"),
        Sight::NotCarriedOver => lang.pick("引継ぎなし", "not carried over"),
        Sight::NotRegistered => lang.pick("未登録", "not registered"),
        Sight::Lost => lang.pick("喪失", "coverage ended"),
    }
}

/// Why a number changed.
pub const fn change_reason(lang: Lang, reason: ChangeReason) -> &'static str {
    match reason {
        ChangeReason::Voluntary => lang.pick("任意継続", "voluntary continuation"),
        ChangeReason::Rehired => lang.pick("定年再雇用", "rehired after retirement"),
        ChangeReason::Affiliate => lang.pick("関連会社間の異動", "moved between affiliates"),
        ChangeReason::Other => lang.pick("その他の事由", "another reason"),
    }
}

/// Whether a member sees a record today, and why.
pub const fn sight(lang: Lang, sight: Sight) -> &'static str {
    match sight {
        Sight::Own => lang.pick("現在の記録、閲覧できる", "in force, visible"),
        Sight::CarriedOver => lang.pick("引継ぎ対象、閲覧できる", "carried over, visible"),
        Sight::RegisterFirst => lang.pick("引継ぎ対象、登録すれば閲覧できる", "carried over, once registered"),
        Sight::NotCarriedOver => lang.pick("引継ぎの事由に当たらず、閲覧できない", "not carried over"),
        Sight::NotRegistered => lang.pick("現在の記録、未登録", "in force, not registered"),
        Sight::Lost => lang.pick("資格喪失、閲覧できない", "coverage ended"),
    }
}

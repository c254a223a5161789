//! 監査記録: every change and every look, in the same transaction as what it records.

mod browsing;
mod chain;

pub use browsing::unusual;
pub(super) use chain::purge;
pub use chain::{Chain, anchor, check, verify, verify_against};

use super::{Actor, AppContext, Error};
use crate::domain::{Permission, coded};
use crate::store::audit::{self as log, Entry};
use crate::store::{StoreError, Tx};
use chrono::{DateTime, Utc};

pub use crate::store::audit::Filter as AuditFilter;

coded! {
    /// What was done.
    pub enum Act {
        /// The society was set up.
        Init = "init",
        /// サインイン
        SignedIn = "signed_in",
        /// A wrong password.
        SignInFailed = "sign_in_failed",
        /// The lock of the screen was opened.
        ScreenUnlocked = "screen_unlocked",
        /// サインアウト
        SignedOut = "signed_out",
        /// Own password changed.
        PasswordChanged = "password_changed",
        /// 職員の登録
        StaffAdded = "staff_added",
        /// 職員のロック解除
        StaffUnlocked = "staff_unlocked",
        /// 職員のパスワード初期化
        StaffReset = "staff_reset",
        /// 職員の利用停止
        StaffDisabled = "staff_disabled",
        /// 職員の役割の変更
        StaffRoleChanged = "staff_role_changed",
        /// A device for the second factor was enrolled.
        FactorEnrolled = "factor_enrolled",
        /// 二要素認証の初期化
        FactorReset = "factor_reset",
        /// A recovery code was used.
        RecoveryCodeUsed = "recovery_code_used",
        /// 設定変更
        SettingSet = "setting_set",
        /// 検索
        MemberSearched = "member_searched",
        /// 加入者の照会
        MemberSeen = "member_seen",
        /// 送付依頼の照会
        RequestSeen = "request_seen",
        /// 電話対応の診断
        DiagnosisSeen = "diagnosis_seen",
        /// 本人確認 on the phone: match or no match (S5).
        IdentityChecked = "identity_checked",
        /// 対応記録
        NoteWritten = "note_written",
        /// A follow-up was done.
        NoteDone = "note_done",
        /// 取込
        Imported = "imported",
        /// 業務日の開始: what the date alone ends.
        DayBegun = "day_begun",
        /// アカウント閉鎖 (A3, A9)
        AccountClosed = "account_closed",
        /// はがきの依頼
        CardAsked = "card_asked",
        /// 保留
        CardHeld = "card_held",
        /// 保留解除
        CardReleased = "card_released",
        /// はがきの取消
        CardCancelled = "card_cancelled",
        /// Its password died.
        CardDead = "card_dead",
        /// 返戻
        CardReturned = "card_returned",
        /// 一度だけの送付先の提案 (R3)
        AddressProposed = "address_proposed",
        /// 一度だけの送付先の承認 (R3)
        AddressApproved = "address_approved",
        /// 一度だけの送付先の却下・取下げ (R3)
        AddressRefused = "address_refused",
        /// バッチ作成
        BatchDrafted = "batch_drafted",
        /// 確認用の見本出力 (B2)
        BatchPreviewed = "batch_previewed",
        /// バッチ承認
        BatchApproved = "batch_approved",
        /// バッチ出力
        BatchExported = "batch_exported",
        /// 印刷完了
        BatchPrinted = "batch_printed",
        /// 発送確定
        BatchDispatched = "batch_dispatched",
        /// バッチ取消
        BatchCancelled = "batch_cancelled",
        /// The PDF was destroyed (S4).
        FileDestroyed = "file_destroyed",
        /// 受領書
        ReceiptRecorded = "receipt_recorded",
        /// Leftovers of an interrupted export were put right.
        ExportRecovered = "export_recovered",
        /// ポータル連携データの出力
        FeedWritten = "feed_written",
        /// 送付依頼の登録
        RequestTaken = "request_taken",
        /// 加入者の選び直し
        RequestMatched = "request_matched",
        /// 本人確認
        RequestVerified = "request_verified",
        /// 発送待ちへ
        RequestQueued = "request_queued",
        /// 送付依頼の保留
        RequestHeld = "request_held",
        /// 送付依頼の却下
        RequestRejected = "request_rejected",
        /// 送付依頼の統合
        RequestMerged = "request_merged",
        /// 監査記録の出力
        AuditExported = "audit_exported",
        /// 閲覧状況の確認
        BrowsingReviewed = "browsing_reviewed",
        /// 保存期間を過ぎた監査記録の消去
        AuditPurged = "audit_purged",
        /// バックアップ
        BackedUp = "backed_up",
        /// 復元
        Restored = "restored",
        /// 版の更新
        Upgraded = "upgraded",
        /// 消去の提案: what retention no longer allows, before somebody else approves it.
        PurgeProposed = "purge_proposed",
        /// 保存期間を過ぎた記録の消去
        Purged = "purged",
    }
}

/// An entry before it is written.
#[derive(Debug, Clone)]
pub(super) struct Note {
    act: Act,
    member: Option<String>,
    batch: Option<String>,
    detail: String,
}

impl Act {
    /// On a member, by key.
    pub(super) fn on(self, member: impl ToString) -> Note {
        Note { member: Some(member.to_string()), ..self.note() }
    }

    /// On a batch.
    pub(super) fn batch(self, batch: impl ToString) -> Note {
        Note { batch: Some(batch.to_string()), ..self.note() }
    }

    /// With details only.
    pub(super) fn detail(self, detail: impl ToString) -> Note {
        Note { detail: detail.to_string(), ..self.note() }
    }

    fn note(self) -> Note {
        Note { act: self, member: None, batch: None, detail: String::new() }
    }
}

impl Note {
    /// Together with a batch, so that its entries account for the card.
    pub(super) fn in_batch(self, batch: Option<&crate::domain::BatchNumber>) -> Self {
        Self { batch: batch.map(ToString::to_string), ..self }
    }

    pub(super) fn and_detail(self, detail: impl ToString) -> Self {
        Self { detail: detail.to_string(), ..self }
    }
}

/// Who acts where nobody is signed in: set-up and recovery.
pub(super) const SYSTEM: &str = "system";

/// Writes an entry in the transaction of the change that it records.
pub(super) async fn write(tx: &mut Tx, ctx: &AppContext, actor: &Actor, note: Note) -> Result<(), StoreError> {
    write_as(tx, ctx, &actor.id, note).await
}

/// The same where nobody is signed in.
pub(super) async fn write_as(tx: &mut Tx, ctx: &AppContext, staff: &str, note: Note) -> Result<(), StoreError> {
    write_at(tx, ctx.clock.now(), &ctx.terminal, staff, note).await
}

/// The same before there is an office.
pub(super) async fn write_at(
    tx: &mut Tx,
    at: DateTime<Utc>,
    terminal: &str,
    staff: &str,
    note: Note,
) -> Result<(), StoreError> {
    let entry = Entry {
        seq: 0,
        at,
        staff: staff.to_owned(),
        terminal: terminal.to_owned(),
        action: note.act.code().to_owned(),
        member: note.member,
        batch: note.batch,
        detail: note.detail,
        prev: String::new(),
        hash: String::new(),
    };
    log::append(tx, entry).await
}

const PAGE: i64 = 2000;

/// Every entry that fits the filter, in the order of the chain; the export is an entry itself. A log of years is read
/// while others write, and given out once the entry is there.
pub async fn export(ctx: &AppContext, actor: &Actor, filter: &AuditFilter) -> Result<Vec<Entry>, Error> {
    actor.must(Permission::Audit)?;
    let mut tx = ctx.read().await?;
    let mut entries = Vec::new();
    loop {
        let after = entries.last().map_or(0, |entry: &Entry| entry.seq);
        let page = log::page(&mut tx, filter, after, PAGE).await?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    drop(tx);
    let mut tx = ctx.write().await?;
    let asked = format!("member={:?} batch={:?} staff={:?}", filter.member, filter.batch, filter.staff);
    write(&mut tx, ctx, actor, Act::AuditExported.detail(asked)).await?;
    tx.commit().await?;
    Ok(entries)
}

//! What an entry of the audit log records, as data.
//!
//! The code of an event is in the column `action`, its facts are JSON text in `detail`, empty where it has none. The
//! member and the batch that it is about have columns of their own ([`NoteFacts`](super::NoteFacts)). The facts name members by their keys
//! only, except for what a clerk typed to search by and what an import changed; they never hold a secret.

use super::event_rows::audit_events;
use super::facts::{
    CardRef, ExportOutcome, FieldChange, GoneBecause, IdRanges, MemberPart, SearchScope, SignInFailure,
};
use crate::domain::diagnosis::{CallerKind, Case, ContactCheck, PaperCheck, Topic};
use crate::domain::request::{ClaimField, Ground, IdentityCheck, NumberSource, ReplyWay, Verdict};
use crate::domain::{
    Anchor, CardCause, CardKind, CardStep, ChangeState, DeadReason, GuardedChange, HoldReason, IncidentCause,
    IncidentEntryKind, IncidentKind, Permission, PromiseKind, ProposalState, RetentionCounts, ReturnReason, Role,
    Settling, UndeliveredReason, coded,
};
use crate::interchange::FileKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

audit_events! {
    /// 組合の開設
    Init = "init" { insurer: String, admin: String };
    /// サインイン
    SignedIn = "signed_in";
    /// サインイン失敗
    SignInFailed = "sign_in_failed" { cause: SignInFailure };
    /// 画面ロックの解除
    ScreenUnlocked = "screen_unlocked";
    /// サインアウト
    SignedOut = "signed_out";
    /// Own password changed.
    PasswordChanged = "password_changed";
    /// 職員の登録
    StaffAdded = "staff_added" { id: String, role: Role };
    /// 職員のロック解除
    StaffUnlocked = "staff_unlocked" { id: String };
    /// F1: a closed admin was opened on the host, without sign-in.
    StaffOpenedOnHost = "staff_opened_on_host" { id: String };
    /// F3: what the role may not do was tried.
    Refused = "refused" { needs: Permission };
    /// 職員のパスワード初期化
    StaffReset = "staff_reset" { id: String };
    /// A machine has a new key; the old one opens nothing any more.
    KeyGiven = "key_given" { id: String };
    /// 職員の利用停止
    StaffDisabled = "staff_disabled" { id: String };
    /// 職員の役割の変更
    StaffRoleChanged = "staff_role_changed" { id: String, old: Role, new: Role };
    /// A device for the second factor was enrolled.
    FactorEnrolled = "factor_enrolled";
    /// 二要素認証の初期化
    FactorReset = "factor_reset" { id: String };
    /// A recovery code was used; how many are left.
    RecoveryCodeUsed = "recovery_code_used" { left: i64 };
    /// 変更の提案 (F2)
    ChangeProposed = "change_proposed" { proposal: i64, change: GuardedChange };
    /// 変更の確認 (F2): carried out, by who confirmed it.
    ChangeConfirmed = "change_confirmed" { proposal: i64, change: GuardedChange, proposed_by: String };
    /// 変更の却下・取下げ・期限切れ (F2)
    ChangeEnded = "change_ended" { proposal: i64, change: GuardedChange, proposed_by: String, outcome: ChangeState };
    /// 設定変更
    SettingSet = "setting_set" { key: String, old: String, new: String };
    /// 検索
    MemberSearched = "member_searched" { scope: SearchScope, query: String, count: u64, listed: Option<IdRanges> };
    /// 加入者の照会
    MemberSeen = "member_seen" { part: MemberPart } look;
    /// 送付依頼の照会
    RequestSeen = "request_seen" { receipt: String } look;
    /// 電話対応の診断
    DiagnosisSeen = "diagnosis_seen" { topic: Topic, case: Case } look;
    /// 本人確認 on the phone: match or no match, answer by answer (S5).
    IdentityChecked = "identity_checked" {
        caller: Option<CallerKind>,
        paper: Option<PaperCheck>,
        verdicts: Vec<(ClaimField, Verdict)>,
    };
    /// 電話の相手: who called about the member.
    CallerStated = "caller_stated" { caller: CallerKind, contact: Option<ContactCheck> };
    /// 対応記録; no topic for what the guide does not know.
    NoteWritten = "note_written" {
        note: i64,
        topic: Option<Topic>,
        caller: Option<CallerKind>,
        adds_to: Option<i64>,
    };
    /// 電話の受付
    CallBegun = "call_begun" { call: i64, caller: Option<CallerKind> };
    /// 電話の終了 without a note of a member.
    CallEnded = "call_ended" { call: i64, caller: Option<CallerKind> };
    /// 電話の記録の照会
    CallSeen = "call_seen" { call: i64 } look;
    /// An open call was kept, with its half-written note.
    DraftKept = "draft_kept" { call: Option<i64> };
    /// An open call was given up, with its half-written note.
    DraftGivenUp = "draft_given_up" { call: Option<i64> };
    /// A follow-up was done.
    NoteDone = "note_done" { note: i64 };
    /// 漏えい等の記録
    IncidentOpened = "incident_opened" {
        incident: i64,
        kind: IncidentKind,
        cause: IncidentCause,
        known_on: NaiveDate,
        persons: u64,
    };
    /// 漏えい等: a person whose data it is, and the card where it is about one.
    IncidentPerson = "incident_person" { incident: i64, card: Option<CardRef> };
    /// 漏えい等の経過: what was noted or reported; how many persons were added, and passwords stopped.
    IncidentNoted = "incident_noted" {
        incident: i64,
        entry: Option<IncidentEntryKind>,
        on: NaiveDate,
        added: u64,
        stopped: u64,
    };
    /// 漏えい等の原因 is known to be another: it moves the last day of the final report.
    IncidentCauseSet = "incident_cause_set" { incident: i64, old: IncidentCause, new: IncidentCause };
    /// 漏えい等の対応の終了
    IncidentClosed = "incident_closed" { incident: i64 };
    /// 漏えい等の対応の再開, and why.
    IncidentReopened = "incident_reopened" { incident: i64, reason: String };
    /// 漏えい等の照会, and whose data was shown.
    IncidentSeen = "incident_seen" { incident: i64, listed: IdRanges } look;
    /// 取込
    Imported = "imported" {
        kind: FileKind,
        file: String,
        sha256: String,
        rows: u64,
        added: u64,
        changed: u64,
        unchanged: u64,
        rejected: u64,
    };
    /// An import changed an employer.
    EmployerChanged = "employer_changed" { code: String, changes: Vec<FieldChange> };
    /// An import changed a member.
    MemberChanged = "member_changed" { changes: Vec<FieldChange> };
    /// A11: an import gave the number to another person; the names before and after.
    NumberPassed = "number_passed" { before: String, after: String };
    /// 番号の統合 (H1): another number is the same person's.
    MembershipsJoined = "memberships_joined" { with: String, reason: String };
    /// 番号の分離 (H1): the number is not the person's who has the others.
    MembershipParted = "membership_parted" { from: String, reason: String };
    /// 資格記録の終了 by a supervisor (A11)
    MembershipEnded = "membership_ended" { on: NaiveDate, reason: String };
    /// The end of a membership by a supervisor was lifted: it goes on.
    MembershipResumed = "membership_resumed" { reason: String };
    /// 番号を引き継いだ方のご家族とした
    FamilyAssigned = "family_assigned" { insured: String, reason: String };
    /// 保護措置の設定 (R7)
    ProtectionSet = "protection_set" { reason: String };
    /// 保護措置の終了 (R7)
    ProtectionEnded = "protection_ended" { reason: String };
    /// 次の連絡日 of what is owed to the member (P1)
    PromiseDated = "promise_dated" { kind: PromiseKind, next: NaiveDate, owner: Option<String> };
    /// What is owed to the member needs no answer (P1).
    PromiseClosed = "promise_closed" { kind: PromiseKind, reason: String };
    /// 業務日の開始: what the date alone ends.
    DayBegun = "day_begun" { day: NaiveDate, accounts: u64, cards: u64 };
    /// アカウント閉鎖 (A3, A9)
    AccountClosed = "account_closed" { reason: DeadReason };
    /// はがきの依頼
    CardAsked = "card_asked" { card: CardRef, kind: CardKind, cause: CardCause };
    /// 保留
    CardHeld = "card_held" { card: CardRef, reason: HoldReason };
    /// 保留解除
    CardReleased = "card_released" { card: CardRef };
    /// S6: too close to a card of the other kind; it waits in the queue again.
    CardApart = "card_apart" { card: CardRef };
    /// はがきの取消
    CardCancelled = "card_cancelled" { card: CardRef, reason: Option<DeadReason> };
    /// パスワードの失効, and with which step of the card, if with one.
    CardDead = "card_dead" { card: CardRef, reason: DeadReason, step: Option<CardStep> };
    /// 返戻
    CardReturned = "card_returned" { card: CardRef, reason: Option<ReturnReason> };
    /// 一度だけの送付先の提案 (R3)
    AddressProposed = "address_proposed" { card: i64, address: i64 };
    /// 一度だけの送付先の承認 (R3)
    AddressApproved = "address_approved" { card: i64, address: i64 };
    /// 一度だけの送付先の却下・取下げ (R3)
    AddressRefused = "address_refused" { card: i64, address: i64, outcome: ProposalState };
    /// 一度だけの送付先の終了: the card goes to the employer again (R1).
    AddressEnded = "address_ended" { card: i64 };
    /// バッチ作成
    BatchDrafted = "batch_drafted" { cards: IdRanges };
    /// 確認用の見本出力 (B2)
    BatchPreviewed = "batch_previewed";
    /// バッチ承認
    BatchApproved = "batch_approved" { cards: Option<u64>, digest: Option<String> };
    /// B11: cards that were no longer as approved left the batch; how many are in the queue again.
    ChangedSentBack = "changed_sent_back" { cards: IdRanges, requeued: u64 };
    /// R6: a changed representative address was confirmed, and so many cards released.
    AddressConfirmed = "address_confirmed" { code: String, changed_by: String, released: u64 };
    /// R6: the address that was confirmed last is back before another was; so many cards were released.
    AddressCameBack = "address_came_back" { code: String, released: u64 };
    /// バッチ出力: the cards in the order of the paper.
    BatchExported = "batch_exported" { cards: IdRanges, held: u64 };
    /// 印刷完了
    BatchPrinted = "batch_printed" { printed: u64, spoiled: u64 };
    /// More cards of a printed batch were spoiled than was said.
    PrintCorrected = "print_corrected" { spoiled: u64 };
    /// 送付状・受領書の作成 (B12)
    LettersMade = "letters_made" { edition: i64, cards: u64, employers: u64 };
    /// 封入 (B14): every card of a parcel was scanned.
    ParcelPacked = "parcel_packed" { employer: String, cards: IdRanges };
    /// 作り直しの開始 (B13): the cards that were taken from the queue.
    RemakeBegun = "remake_begun" { cards: IdRanges };
    /// 作り直しの中止 (B13): the cards that are in the queue again.
    RemakeEnded = "remake_ended" { requeued: IdRanges };
    /// 作り直し (B13): the run, with the cards in the order of the paper.
    BatchRemade = "batch_remade" { run: i64, cards: IdRanges };
    /// 発送確定
    BatchDispatched = "batch_dispatched" { on: NaiveDate, cards: u64, pulled: u64 };
    /// バッチ取消, with the cards that are in the queue again.
    BatchCancelled = "batch_cancelled" { requeued: IdRanges };
    /// 期限切れ (B16): the run whose PDF is gone, with the cards that are in the queue again.
    BatchExpired = "batch_expired" { run: i64, why: GoneBecause, requeued: IdRanges };
    /// A PDF of a batch was destroyed (S4).
    FileDestroyed = "file_destroyed" { file: String };
    /// コメント on a batch (B17); the words are in its own table.
    BatchCommented = "batch_commented";
    /// 差戻し of a draft (B17)
    BatchSentBack = "batch_sent_back";
    /// お渡しできなかったはがき (B15)
    CardUndelivered = "card_undelivered" { card: CardRef, reason: UndeliveredReason };
    /// 受領書
    ReceiptRecorded = "receipt_recorded" { employer: String, on: NaiveDate };
    /// The recorded day of a receipt was wrong.
    ReceiptCorrected = "receipt_corrected" { employer: String, before: NaiveDate, on: NaiveDate, reason: String };
    /// 追跡番号 of an employer's parcel.
    TrackingNoted = "tracking_noted" { employer: String, tracking: String };
    /// What an interrupted export left was put right.
    ExportRecovered = "export_recovered" { outcome: ExportOutcome, cleared: u64 };
    /// ポータル連携データの出力: the instructions after one, until the last.
    FeedWritten = "feed_written" { after: i64, last: i64 };
    /// 連携データの配信: what arrived at its place.
    FeedDelivered = "feed_delivered" { epoch: i64, after: i64, last: i64, to: String };
    /// What the portal has of the feed, and how many instructions were redacted (H4).
    FeedAcknowledged = "feed_acknowledged" { epoch: i64, seq: i64, redacted: u64 };
    /// A restore began another epoch of the feed, behind what the portal has.
    FeedEpochBegun = "feed_epoch_begun" { epoch: i64, portal_at: i64, last: i64 };
    /// 送付依頼の登録
    RequestTaken = "request_taken" { receipt: String };
    /// The member of a request was chosen.
    RequestMatched = "request_matched" { receipt: String };
    /// 本人確認 of a request
    RequestVerified = "request_verified" {
        receipt: String,
        checks: Vec<IdentityCheck>,
        at: Option<NumberSource>,
    };
    /// A supervisor let checks pass without evidence.
    RequestLetPass = "request_let_pass" { receipt: String, checks: Vec<IdentityCheck>, reason: String };
    /// 担当
    RequestAssigned = "request_assigned" { receipt: String, to: Option<String> };
    /// 再開
    RequestResumed = "request_resumed" { receipt: String };
    /// 送付依頼を発送待ちへ
    RequestQueued = "request_queued" { receipt: String, card: i64 };
    /// 送付依頼の保留
    RequestHeld = "request_held" { receipt: String, ground: Ground };
    /// 送付依頼の却下
    RequestRejected = "request_rejected" { receipt: String, ground: Ground };
    /// 送付依頼への回答: no card is sent.
    RequestAnswered = "request_answered" { receipt: String, ground: Ground };
    /// 回復済み: the member uses the login again, so the request is closed (L4).
    RequestRecovered = "request_recovered" { receipt: String };
    /// 送付依頼の統合
    RequestMerged = "request_merged" { receipt: String, into: String };
    /// 返信の照会
    ReplySeen = "reply_seen" { reply: i64, receipt: String } look;
    /// 返信文の修正
    ReplyEdited = "reply_edited" { reply: i64, receipt: String };
    /// 返信のメールの出力
    ReplyExported = "reply_exported" { reply: i64, receipt: String };
    /// 返信の送付: how a person said that it was sent.
    ReplySent = "reply_sent" { reply: i64, receipt: String, via: ReplyWay };
    /// 返信の取りやめ
    ReplyWithdrawn = "reply_withdrawn" { reply: i64, receipt: String };
    /// 監査記録の出力, and what was asked for: a member by key or a household by symbol and number, a batch, a person.
    AuditExported = "audit_exported" {
        member: Option<String>,
        household: Option<String>,
        batch: Option<String>,
        staff: Option<String>,
    };
    /// Unusual browsing was looked at (for supervisors).
    BrowsingReviewed = "browsing_reviewed" { since: NaiveDate };
    /// 統計の閲覧: the month (`2026-11`) or fiscal year (`2026`).
    StatsRead = "stats_read" { period: String };
    /// Old entries of this log were removed, up to the anchor.
    AuditPurged = "audit_purged" { anchor: Anchor };
    /// バックアップ
    BackedUp = "backed_up" { file: String, sealed: bool, sha256: String, anchor: Anchor };
    /// A checked backup leaves by a stream; that all of it was taken is [`Self::BackedUp`].
    BackupSent = "backup_sent" { sealed: bool, sha256: String, anchor: Anchor };
    /// 復元
    Restored = "restored" { file: String, sha256: String };
    /// What the database is where it lies: begun, moved, restored or a copy for practice.
    DatabaseSettled = "database_settled" { how: Settling, place: String };
    /// A folder of exports was given to this database, and whose it was.
    ExportsTaken = "exports_taken" { folder: String, of: String };
    /// 版の更新
    Upgraded = "upgraded" { from: i64, to: i64 };
    /// 消去の提案: what retention no longer allows, before a second person approves it.
    PurgeProposed = "purge_proposed" { before: NaiveDate, counts: RetentionCounts };
    /// 保存期間を過ぎた記録の消去
    Purged = "purged" { before: NaiveDate, counts: RetentionCounts, proposed_by: String };
}

impl Act {
    /// Looks and sign-ins are in the log, too, and are most of it.
    pub const fn leaves_lists_alone(self) -> bool {
        self.is_look()
            || matches!(
                self,
                Self::SignedIn
                    | Self::SignInFailed
                    | Self::SignedOut
                    | Self::PasswordChanged
                    | Self::MemberSearched
                    | Self::IdentityChecked
                    | Self::CallerStated
                    | Self::CallBegun
                    | Self::CallEnded
                    | Self::DraftKept
                    | Self::DraftGivenUp
                    | Self::AuditExported
                    | Self::FeedWritten
                    | Self::FeedDelivered
                    | Self::BackedUp
                    | Self::BackupSent
            )
    }
}

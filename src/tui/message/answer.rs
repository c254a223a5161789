//! What comes back to the screens.

use super::{ImportJob, ImportOutcome};
use crate::domain::BatchNumber;
use crate::domain::browsing::Unusual;
use crate::store::staff::Staff;
use crate::usecases::batches::{
    BatchLine, BatchView, Cancelled, Dispatched, Drafted, Exported, FoundCard, Gate, Missing, Printed, Returned,
};
use crate::usecases::import::{FileEntry, ImportRun};
use crate::usecases::one_off::Waiting;
use crate::usecases::queue::{QueueLine, QueuedCard};
use crate::usecases::requests::{InboxLine, RequestView};
use crate::usecases::{Chain, Settings};
use std::path::PathBuf;
use std::sync::Arc;

/// Answers to questions and orders.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// The person was disabled, reset or given another role: the console shuts, and says so.
    ShutOut(String),
    /// Noted for the record.
    Noted,
    /// The inbox of requests.
    Requests(Vec<InboxLine>),
    /// One request.
    Request(Box<RequestView>),
    /// 本人確認
    RequestVerified(Box<RequestView>),
    /// 発送待ち
    RequestQueued(Box<RequestView>),
    /// 保留
    RequestHeld(Box<RequestView>),
    /// 却下
    RequestRejected(Box<RequestView>),
    /// The one that stays, in place of another.
    RequestMerged { from: String, into: Box<RequestView> },
    /// Of another member now.
    RequestChosen(Box<RequestView>),
    /// The queue by employer.
    Queue(Vec<QueueLine>),
    /// Cards of the queue.
    QueueCards(Vec<QueuedCard>),
    /// The card of this member is held.
    Held(String),
    /// R3: what is proposed for this member's card; nothing yet.
    Address { card: i64, who: String, waiting: Option<Box<Waiting>> },
    /// R3: proposed, for another supervisor to decide.
    AddressProposed(String),
    /// R3: the card goes there.
    AddressApproved(String),
    /// R3: the card stays held.
    AddressRefused(String),
    /// Why a question has no answer, to be read in full.
    Confirmation(String),
    /// The card of this member is released.
    Released(String),
    /// The card of this member is cancelled.
    CardCancelled(String),
    /// A batch was drafted.
    Drafted(Drafted),
    /// Batches, newest first.
    Batches(Vec<BatchLine>),
    /// One batch.
    Batch(Box<BatchView>),
    /// Files whose path begins so.
    Files { beginning: String, entries: Vec<FileEntry> },
    /// Imports so far.
    Imports(Vec<ImportRun>),
    /// What an import did, or would do.
    Imported(ImportJob, Arc<ImportOutcome>),
    /// Everybody.
    Staff(Vec<Staff>),
    /// Every setting.
    Settings(Box<Settings>),
    /// 閲覧状況, the newest first.
    Unusual(Vec<Unusual>),
    /// What a check of the log found.
    Chain(Chain),
    /// 職員の登録
    StaffAdded(String),
    /// ロック解除
    StaffUnlocked(String),
    /// パスワードの初期化
    StaffReset(String),
    /// 利用停止
    StaffDisabled(String),
    /// 役割の変更
    RoleChanged(String),
    /// 二要素認証の登録の取消
    FactorReset(String),
    /// 設定の変更
    SettingSet { key: &'static str, value: String },
    /// B9: parcels whose receipt is missing.
    MissingReceipts(Vec<Missing>),
    /// B10: whose card it is.
    CardFound(FoundCard),
    /// B7: the gate has become another; nothing was dispatched. What had been pulled by then.
    GateChanged { batch: BatchNumber, gate: Vec<Gate>, pulled: Vec<String> },
    /// What must be pulled from the pile.
    Gate(BatchNumber, Vec<Gate>),
    /// Where the masked pages are.
    Previewed(Vec<PathBuf>),
    /// 承認済
    Approved(BatchNumber),
    /// 出力済
    Exported(Arc<Exported>),
    /// 印刷済
    Printed(Printed),
    /// 発送済
    Dispatched(Dispatched),
    /// 取消
    BatchCancelled(Cancelled),
    /// The employer's receipt is noted.
    ReceiptNoted(String),
    /// 返戻
    CardReturned(Returned),
}

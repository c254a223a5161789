//! Questions of the screens.

use crate::domain::BatchNumber;
use crate::usecases::queue::QueueFilter;
use crate::usecases::requests::Scope;

/// Questions: they change nothing but the record of looks.
#[derive(Debug, Clone)]
pub(crate) enum Query {
    /// The inbox of requests.
    Requests(Scope),
    /// One request; a look.
    Request(String),
    /// The queue by employer.
    Queue,
    /// Cards of the queue.
    QueueCards(QueueFilter),
    /// Batches, newest first.
    Batches,
    /// One batch.
    Batch(BatchNumber),
    /// Files whose path begins so.
    Files(String),
    /// Imports so far.
    Imports,
    /// 職員
    Staff,
    /// 設定
    Settings,
    /// 監査記録の検証
    VerifyAudit,
    /// 閲覧状況
    Unusual,
    /// R3: what is proposed for a card; `who` names it for the dialog.
    Address { card: i64, who: String },
    /// B9: parcels whose receipt is missing.
    MissingReceipts,
    /// B10: whose card it is.
    CardOf(String),
    /// B7: what must be pulled from the pile today.
    Gate(BatchNumber),
}

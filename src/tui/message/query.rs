//! Questions of the screens.

use crate::domain::diagnosis::{Caller, Topic};
use crate::domain::request::Claim;
use crate::domain::{BatchNumber, MemberKey};
use crate::usecases::queue::QueueFilter;
use crate::usecases::requests::Scope;

/// Questions: they change nothing but the record of looks.
#[derive(Debug, Clone)]
pub(crate) enum Query {
    /// Members that fit what was typed.
    Find(String),
    /// For the record: what was searched, once the result is used or has stood for a moment.
    Searched { query: String, count: usize, settled: Settled },
    /// One member; a look.
    Member(MemberKey),
    /// 電話対応; a look.
    Diagnose { topic: Topic, key: MemberKey, caller: Caller },
    /// Match or no match (S5).
    Identify { key: MemberKey, said: Claim },
    /// 次の連絡, due by today.
    FollowUps,
    /// Notes by their words; a look.
    SearchNotes(String),
    /// All records of the person (A10); a look.
    Lineage(MemberKey),
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

/// When a search counts as a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Its result was opened.
    Used,
    /// Its result stands; it counts unless another search follows within a second.
    Stands,
}

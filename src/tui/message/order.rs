//! Changes that the screens want carried out.

use crate::domain::request::Checklist;
use crate::domain::{BatchNumber, MemberKey, OneOffAddress, Role};
use crate::interchange::FileKind;
use crate::secrets::Passphrase;
use crate::usecases::import::Mode;
use crate::usecases::queue::QueueFilter;
use crate::usecases::requests::Settlement;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Changes. `who` names the member for the message afterwards.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// 保留
    Hold { card: i64, who: String, why: String },
    /// 保留解除
    Release { card: i64, who: String },
    /// 一度だけの送付先の提案 (R3)
    ProposeAddress { card: i64, who: String, to: OneOffAddress, reason: String },
    /// 一度だけの送付先の承認
    ApproveAddress { card: i64, who: String },
    /// 一度だけの送付先の却下・取下げ
    RefuseAddress { card: i64, who: String, why: String },
    /// 取消
    CancelCard { card: i64, who: String },
    /// バッチ作成
    Draft(QueueFilter),
    /// 見本
    Preview(BatchNumber),
    /// 承認
    Approve(BatchNumber),
    /// 出力
    Export { batch: BatchNumber, date: Option<NaiveDate>, passphrase: Option<Passphrase> },
    /// 印刷完了
    Printed { batch: BatchNumber, spoiled: String },
    /// 発送確定
    Dispatch { batch: BatchNumber, on: NaiveDate, pulled: Vec<String> },
    /// 取消
    CancelBatch(BatchNumber),
    /// 受領書; `named` is the employer for the message.
    Receipt { batch: BatchNumber, employer: String, named: String, on: NaiveDate },
    /// 返戻
    Returned { serial: String },
    /// 本人確認
    Verify { receipt: String, checked: Checklist },
    /// ログイン情報のはがきを発送待ちへ
    QueueNotice(String),
    /// 保留
    HoldRequest { receipt: String, why: Settlement },
    /// 却下
    Reject { receipt: String, why: Settlement },
    /// 統合
    Merge { receipt: String, into: String },
    /// Another member's.
    ChooseMember { receipt: String, key: MemberKey },
    /// 取込, or its dry run.
    Import(ImportJob),
    /// 職員の登録
    AddStaff { id: String, name: String, role: Role, password: Passphrase },
    /// ロック解除
    UnlockStaff(String),
    /// パスワードの初期化
    ResetStaff { id: String, password: Passphrase },
    /// 利用停止
    DisableStaff(String),
    /// 役割の変更
    ChangeRole { id: String, role: Role },
    /// 二要素認証の登録の取消
    ResetFactor(String),
    /// 設定の変更
    SetSetting { key: &'static str, value: String },
}

/// A file to import.
#[derive(Debug, Clone)]
pub(crate) struct ImportJob {
    /// What it is about.
    pub(crate) kind: FileKind,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Dry run or not.
    pub(crate) mode: Mode,
    /// SHA-256 of the file that was checked.
    pub(crate) checked: Option<String>,
    /// What becomes of rejected rows.
    pub(crate) rejects: Rejects,
}

/// What becomes of rejected rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rejects {
    /// They are shown.
    Shown,
    /// They are written to a file.
    Written,
    /// They have been written to this one.
    At(PathBuf),
}

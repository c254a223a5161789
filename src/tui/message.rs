//! What goes into the app, and what it wants done: messages in, effects out.

use super::context::Person;
use super::screen::Tab;
use super::screens::SettingLine;
use crate::domain::diagnosis::{self, Caller, Topic};
use crate::domain::request::{Checklist, Claim, Identity};
use crate::domain::{BatchNumber, MemberKey, Role};
use crate::interchange::FileKind;
use crate::secrets::Passphrase;
use crate::store::member::Member;
use crate::store::staff::Staff;
use crate::usecases::Chain;
use crate::usecases::batches::{BatchLine, BatchView, Dispatched, Drafted, Exported, Gate, Printed, Returned};
use crate::usecases::cards::{Asked, Told};
use crate::usecases::diagnosis::Diagnosed;
use crate::usecases::error::ReissueWarning;
use crate::usecases::home::Home;
pub(crate) use crate::usecases::import::Outcome as ImportOutcome;
use crate::usecases::import::{ImportRun, Mode};
use crate::usecases::lineage::Record;
use crate::usecases::members::MemberView;
use crate::usecases::notes::Note;
use crate::usecases::queue::{QueueFilter, QueueLine, QueuedCard};
use crate::usecases::requests::{Call, InboxLine, RequestView, Scope, Settlement};
use chrono::NaiveDate;
use crossterm::event::KeyEvent;
use std::mem::Discriminant;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that happened outside the app.
#[derive(Debug)]
pub(crate) enum Msg {
    /// A key.
    Key(KeyEvent),
    /// Pasted text.
    Paste(String),
    /// The terminal has another size, or was left and entered again.
    Resized,
    /// The moment that the app asked to be woken at.
    Wake,
    /// An answer to an effect.
    Reply(Reply),
    /// Long work has come so far.
    Progress(Ticket, Progress),
    /// The terminal or the system wants the program to end.
    Terminate,
}

/// Something that the app wants done.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Answer a question; a question in the same lane that is still open may be dropped.
    Ask(Ticket, Lane, Query),
    /// Carry out a change, to its end.
    Order(Ticket, Order),
    /// Ask long work to stop where that is safe.
    Stop(Ticket),
    /// Forget who was signed in.
    SignOut,
    /// Give the terminal back to the shell until it continues us.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Leave.
    Quit,
}

/// Numbers questions and orders, so that late answers are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ticket(pub(crate) u64);

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// Sign-in, change of password, lock.
    Gate,
    /// A screen.
    Tab(Tab),
}

/// Questions of one kind from one screen: the newest counts.
pub(crate) type Lane = (Origin, Discriminant<Query>);

/// The answer to one effect.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Which question or order.
    pub(crate) ticket: Ticket,
    /// What came of it.
    pub(crate) outcome: Outcome,
}

/// What came of a question or an order.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// Why something was not done, in words of the chosen language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What happened, what was not done, what to do.
    pub(crate) text: String,
}

/// How far long work has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    /// What is being done side by side.
    pub(crate) parts: Vec<Part>,
    /// Each of them, of so many.
    pub(crate) total: u64,
}

/// A part of long work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// In words.
    pub(crate) name: &'static str,
    /// So many.
    pub(crate) done: u64,
}

impl Progress {
    /// The part that the others wait for.
    pub(crate) fn slowest(&self) -> Option<&Part> {
        self.parts.iter().min_by_key(|part| part.done)
    }
}

/// Questions: they change nothing but the record of looks.
#[derive(Debug, Clone)]
pub(crate) enum Query {
    /// What waits.
    Home,
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
    /// Imports so far.
    Imports,
    /// 職員
    Staff,
    /// 設定
    Settings,
    /// 監査記録の検証
    VerifyAudit,
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

/// Changes. `who` names the member for the message afterwards.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// Sign in.
    SignIn { id: String, password: Passphrase },
    /// Give the password again to open the lock.
    Unlock { password: Passphrase },
    /// Choose an own password at the first sign-in.
    ChangePassword { new: Passphrase },
    /// 再発行
    Reissue { key: MemberKey, told: Told },
    /// 対応記録
    Note { key: MemberKey, who: String, note: Note },
    /// 送付依頼 by phone.
    TakeCall(Call),
    /// 保留
    Hold { card: i64, who: String, why: String },
    /// 保留解除
    Release { card: i64, who: String },
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
    Dispatch { batch: BatchNumber, on: NaiveDate, pulled: String },
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
    /// 設定の変更
    SetSetting { key: &'static str, value: String },
}

/// A diagnosis, and its words.
#[derive(Debug, Clone)]
pub(crate) struct Called {
    /// What it comes down to.
    pub(crate) found: Diagnosed,
    /// In the language of the console.
    pub(crate) words: diagnosis::Answer,
    /// What the caller had answered.
    pub(crate) caller: Caller,
}

/// Answers to questions and orders.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Signed in.
    SignedIn(Person),
    /// The password was right, but must be changed before anything else.
    MustChange(Person),
    /// The lock may open; the password is changed.
    Welcome,
    /// Noted for the record.
    Noted,
    /// What waits.
    Home(Box<Home>),
    /// Members, the best first.
    Found { query: String, members: Vec<Member> },
    /// One member.
    Member(Box<MemberView>),
    /// What to find, say and do.
    Diagnosed(Box<Called>),
    /// Match or no match.
    Identified(Identity),
    /// All records of the person.
    Lineage(Vec<Record>),
    /// The note on this member is written.
    NoteWritten(String),
    /// A call was typed in; its receipt number.
    CallTaken(String),
    /// V2, V3: nothing was done yet.
    ReissueNeedsConfirm(ReissueWarning),
    /// A card was asked for.
    Reissued(Asked),
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
    /// The one that stays.
    RequestMerged(Box<RequestView>),
    /// Of another member now.
    RequestChosen(Box<RequestView>),
    /// The queue by employer.
    Queue(Vec<QueueLine>),
    /// Cards of the queue.
    QueueCards(Vec<QueuedCard>),
    /// The card of this member is held.
    Held(String),
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
    /// Imports so far.
    Imports(Vec<ImportRun>),
    /// What an import did, or would do.
    Imported(ImportJob, Arc<ImportOutcome>),
    /// Everybody.
    Staff(Vec<Staff>),
    /// Every setting.
    Settings(Vec<SettingLine>),
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
    /// 設定の変更
    SettingSet { key: &'static str, value: String },
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
    BatchCancelled(BatchNumber),
    /// The employer's receipt is noted.
    ReceiptNoted(String),
    /// 返戻
    CardReturned(Returned),
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
}

impl ImportJob {
    /// Where rejected rows go: beside the file.
    pub(crate) fn rejects(&self) -> PathBuf {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        self.path.with_file_name(format!("{stem}-rejects.csv"))
    }
}

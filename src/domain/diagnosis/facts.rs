//! What is on file about the caller, as far as a diagnosis turns on it.

use super::Caller;
use crate::domain::gate::Delay;
use crate::domain::{CardKind, DeadReason, HoldReason, Relation, UndeliveredReason, WebDisplay};
use chrono::{DateTime, NaiveDate, Utc};

/// The facts of one member, gathered for one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisFacts {
    /// 本人 or 家族.
    pub relation: Relation,
    /// 資格
    pub coverage: Coverage,
    /// The registration on the portal.
    pub account: Registration,
    /// All cards of this record, the newest first.
    pub cards: Vec<DiagnosisCard>,
    /// The former symbol and number.
    pub predecessor: Option<Predecessor>,
    /// The record that replaces this one.
    pub successor: Option<Successor>,
    /// When the oldest open request for login data came in.
    pub login_request: Option<NaiveDate>,
    /// 巡回主婦健診
    pub checkup: Checkup,
    /// The last day of applications for 巡回主婦健診, for everyone.
    pub checkup_deadline: Option<NaiveDate>,
    /// Whether a card can go out.
    pub sending: Sending,
    /// What the caller has answered.
    pub caller: Caller,
}

/// Whether a card can go to the employer today (R1, R2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sending {
    /// Why it cannot.
    pub obstacle: Option<HoldReason>,
    /// The next date of the open promise to the member (P1).
    pub next_on: Option<NaiveDate>,
}

/// 資格
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Insured, no loss on file.
    Running,
    /// Not before this day.
    StartsOn(NaiveDate),
    /// Lost, or going to be lost, on this day.
    EndsOn(NaiveDate),
    /// Lost by death on this day.
    Died(NaiveDate),
}

/// The record under the new symbol and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Key of the new membership.
    pub key: String,
    /// From when it holds.
    pub from: NaiveDate,
    /// Since when there is an account under it.
    pub registered_on: Option<NaiveDate>,
}

/// The registration on the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    /// There was never an account.
    Never,
    /// Deleted, by loss or by a new number (A3, A9).
    Closed {
        /// The day of the deletion.
        on: NaiveDate,
    },
    /// The account is in use.
    Open(OpenAccount),
}

/// An account in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAccount {
    /// 登録日
    pub registered_on: NaiveDate,
    /// Whether mails arrive.
    pub mail: Mail,
    /// 健康・医療情報のWeb表示
    pub web_display: WebDisplay,
    /// 閲覧用パスワード
    pub viewing: ViewingPassword,
    /// When the member last chose a login password.
    pub login_changed_at: Option<DateTime<Utc>>,
    /// When health points were applied for.
    pub points_applied_on: Option<NaiveDate>,
}

/// Whether mails arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    /// Nothing has bounced.
    Arrives,
    /// The last bounce, with the address unchanged since.
    Bounced(NaiveDate),
    /// The member changed the address, and nothing has bounced since.
    Changed(NaiveDate),
}

/// 閲覧用パスワード: whether one is usable, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewingPassword {
    /// The one on the last dispatched card.
    FromCard,
    /// Chosen by the member on this day.
    SelfChosen(NaiveDate),
    /// None: not wanted, being issued, superseded or revoked.
    None,
}

/// A card of the member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisCard {
    /// What it carries.
    pub kind: CardKind,
    /// Since when the member has waited for it: where cards before it were spoiled or pulled here, the first one's day.
    pub asked_on: NaiveDate,
    /// The date at its top right, once exported (V4, V5).
    pub issue_on: Option<NaiveDate>,
    /// Its serial, once exported.
    pub serial: Option<String>,
    /// Where it is.
    pub status: CardStatus,
    /// R3: who gets it at a one-off address, where it goes to no employer.
    pub one_off: Option<String>,
    /// Whether the member can still ask at the employer that it was addressed to.
    pub addressee: Addressee,
    /// When its dispatch was confirmed: what happened before or after on the same day is told by it (V7).
    pub sent_at: Option<DateTime<Utc>>,
    /// The last day of a temporary login password (L5).
    pub valid_until: Option<NaiveDate>,
    /// When its password ended.
    pub dead_on: Option<NaiveDate>,
    /// What ended it (V7).
    pub dead: Option<DeadReason>,
    /// S6: why it cannot leave yet, where it waits beside one of the other kind.
    pub delay: Option<Delay>,
    /// Business days since it was asked for, or since it was dispatched.
    pub waited: u32,
}

/// The employer that a card was addressed to (R1), as seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee {
    /// The employer of today's insured.
    Present,
    /// One that is the insured's no longer, or has withdrawn: another employer, 任意継続, 全喪, or the insured has left.
    Former,
}

/// Where a card is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardStatus {
    /// Waiting to be drafted, or in a batch not yet exported.
    Queued,
    /// Held: it cannot go out (R2, B4).
    Held(HoldReason),
    /// In an exported batch.
    Planned {
        /// 発送予定日
        on: NaiveDate,
        /// Name of the employer that it is addressed to.
        employer: String,
    },
    /// On paper, and the gate does not let it leave (B7).
    Stopped,
    /// On its way, or there.
    Dispatched {
        /// 発送日
        on: NaiveDate,
        /// Name of the employer that it was addressed to.
        employer: String,
        /// The employer's receipt.
        receipt: Receipt,
    },
    /// Came back (返戻).
    Returned {
        /// 返戻日
        on: NaiveDate,
    },
    /// Never went out: cancelled, spoiled or pulled.
    Dropped,
}

/// 受領書
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Posted singly: there is none (R4).
    None,
    /// Not back yet, and not due.
    Awaited,
    /// Not back after `policy.receipt_days` (B9).
    Overdue,
    /// Came back on this day.
    Returned(NaiveDate),
    /// Came back, and names the card as not handed over (B15).
    Undelivered {
        /// The day of the receipt.
        on: NaiveDate,
        /// Why the card was not handed over.
        why: UndeliveredReason,
    },
}

/// The former symbol and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// The former key.
    pub key: String,
    /// Why the number changed.
    pub reason: ChangeReason,
    /// Whether the console has its record.
    pub record: OldRecord,
}

crate::domain::coded! {
    /// Whether the record of a former number can be opened: the registry may know the number only.
    pub enum OldRecord {
        /// In the console.
        OnFile = "on_file",
        /// Known by its number only.
        NumberOnly = "number_only",
    }
}

crate::domain::coded! {
    /// 変更事由
    pub enum ChangeReason {
        /// 任意継続
        Voluntary = "voluntary",
        /// 定年再雇用
        Rehired = "rehired",
        /// 組合加入の関連会社間の異動
        Affiliate = "affiliate",
        /// その他
        Other = "other",
    }
}

impl ChangeReason {
    /// Whether the old records stay visible (A10).
    pub const fn carries_records_over(self) -> bool {
        match self {
            Self::Voluntary | Self::Rehired | Self::Affiliate => true,
            Self::Other => false,
        }
    }
}

/// 巡回主婦健診
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checkup {
    /// The member is not eligible.
    NotEligible,
    /// Eligible; no deadline is set.
    Eligible,
    /// Eligible; applications until this day.
    EligibleUntil(NaiveDate),
}

impl DiagnosisFacts {
    /// The account, if it is in use.
    pub(super) fn open_account(&self) -> Option<&OpenAccount> {
        match &self.account {
            Registration::Open(account) => Some(account),
            Registration::Never | Registration::Closed { .. } => None,
        }
    }

    /// Cards of a kind, the newest first.
    pub(super) fn of_kind(&self, kind: CardKind) -> impl Iterator<Item = &DiagnosisCard> {
        self.cards.iter().filter(move |card| card.kind == kind)
    }

    /// The newest card that is to reach the member, or has.
    pub(super) fn newest(&self, kind: CardKind) -> Option<&DiagnosisCard> {
        self.of_kind(kind).find(|card| card.status != CardStatus::Dropped)
    }

    /// The card that carries the viewing password of today.
    pub(super) fn valid_card(&self) -> Option<&DiagnosisCard> {
        self.sent(CardKind::Viewing).find(|card| card.dead_on.is_none())
    }

    /// The newest card of a kind, where it came back (B10).
    pub(super) fn came_back(&self, kind: CardKind) -> Option<(&DiagnosisCard, NaiveDate)> {
        let newest = self.newest(kind)?;
        match newest.status {
            CardStatus::Returned { on } => Some((newest, on)),
            _ => None,
        }
    }

    /// Cards of a kind that a member can have in the hand, the newest first.
    pub(super) fn sent(&self, kind: CardKind) -> impl Iterator<Item = &DiagnosisCard> {
        self.of_kind(kind).filter(|card| matches!(card.status, CardStatus::Dispatched { .. }))
    }
}

impl DiagnosisCard {
    /// The date by which a caller knows the card: a card without one was not sent yet.
    pub(super) fn printed_date(&self) -> NaiveDate {
        self.issue_on.unwrap_or(self.asked_on)
    }
}

//! 圧着ハガキ: every card that was ever requested.

mod gate;
mod near;
mod printing;
mod queue;
mod requests;
mod save;

pub use gate::{GateRow, gate_of_batch, gate_of_batches, gate_of_cards, gate_of_queue};
pub use near::{NearCard, near_in_batch, near_of_member, near_queued};
pub use printing::{BatchCard, LeftCard, in_batch, left};
pub use queue::{QueueFilter, QueueLine, QueuedCard, concerned_by_registry, follow_insured, queue, queue_by_employer};
pub use requests::{move_requests, reopen_requests, settle_requests};
pub use save::{enter, forget_one_off, insert_all, leave, moved_since, save, superseded};

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::{
    AskedThrough, Asker, CardCause, CardFacts, CardKind, CardState, CardStep, DeadReason, HoldReason, NoSuchStep,
    UnknownCode,
};
use crate::text::japan;
use chrono::{DateTime, NaiveDate, Utc};

/// A card as stored. `Debug` and `Serialize` leave the hash out.
#[derive(Clone, sqlx::FromRow, serde::Serialize)]
pub struct Card {
    /// Row ID of the card.
    pub id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    #[sqlx(try_from = "String")]
    state: CardState,
    /// Why it was asked for.
    #[sqlx(try_from = "String")]
    pub cause: CardCause,
    /// Row ID of the member.
    #[serde(skip)]
    pub member_id: i64,
    /// The account whose password it carries.
    #[serde(skip)]
    pub account_id: i64,
    /// The spoiled card that this one replaces.
    pub replaces: Option<i64>,
    /// Staff ID of who asked for it, or imported the event that did.
    pub asked_by: String,
    /// What it was asked through.
    #[sqlx(try_from = "String")]
    pub asked_through: AskedThrough,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why it is held.
    pub reason: Option<String>,
    /// What exactly, in words.
    pub reason_detail: Option<String>,
    /// The employer it goes, or went, to.
    #[serde(skip)]
    pub employer_id: Option<i64>,
    /// R3: the approved one-off address that it goes to instead.
    #[serde(skip)]
    pub one_off_id: Option<i64>,
    /// Row ID of its batch.
    #[serde(skip)]
    pub batch_id: Option<i64>,
    /// Place in the batch, from 1.
    pub position: Option<i64>,
    /// `B20261122-001-0042`
    pub serial: Option<String>,
    /// PHC string of its password.
    #[serde(skip)]
    pub hash: Option<String>,
    /// The date printed on it (V5).
    pub issue_on: Option<NaiveDate>,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 返戻日
    pub returned_on: Option<NaiveDate>,
    /// L5: the last day of its temporary login password, once dispatched.
    pub valid_until: Option<NaiveDate>,
    /// Why it came back, as a code of `ReturnReason`.
    pub return_reason: Option<String>,
    /// Since when its password is dead.
    pub dead_on: Option<NaiveDate>,
    /// Why its password is dead.
    #[sqlx(try_from = "Option<String>")]
    pub dead_reason: Dead,
    /// The staff ID that brought it to its state; nothing where an older version did, or where it was never moved.
    #[serde(skip)]
    pub changed_by: Option<String>,
    /// Instant of that change.
    #[serde(skip)]
    pub changed_at: Option<DateTime<Utc>>,
}

/// Who moves a card, and when.
#[derive(Debug, Clone, Copy)]
pub struct CardChange<'a> {
    /// Staff ID of the person.
    pub by: &'a str,
    /// Instant of the change.
    pub at: DateTime<Utc>,
}

/// Why a password is dead, as stored; nothing while it may count. A code that this program does not know is an error: it
/// must never bring a dead password to life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Dead(pub Option<DeadReason>);

impl TryFrom<Option<String>> for Dead {
    type Error = UnknownCode;

    fn try_from(code: Option<String>) -> Result<Self, UnknownCode> {
        Ok(Self(code.map(DeadReason::try_from).transpose()?))
    }
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Card {
    /// Where it is.
    pub const fn state(&self) -> CardState {
        self.state
    }

    /// Takes a step of [`CARD_TABLE`](crate::domain::CARD_TABLE); the card stays as it is where there is none.
    pub fn step(&mut self, step: CardStep) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        Ok(())
    }

    /// Who asked for it.
    pub fn asker(&self) -> Asker {
        Asker::of(self.asked_through, &self.asked_by)
    }

    /// What the rules need to know of it.
    pub fn facts(&self) -> CardFacts {
        CardFacts {
            id: self.id,
            kind: self.kind,
            state: self.state,
            issue_on: self.issue_on,
            dispatched_on: self.dispatched_on,
            dispatched_at: self.dispatched_at(),
            dead: self.dead(),
        }
    }

    /// When its dispatch was confirmed, while it is dispatched; the end of the day where an older version did that.
    pub fn dispatched_at(&self) -> Option<DateTime<Utc>> {
        let on = self.dispatched_on.filter(|_| self.state == CardState::Dispatched)?;
        Some(self.changed_at.unwrap_or_else(|| japan::midnight(on + chrono::Days::new(1))))
    }

    /// Why its password is dead, if it is.
    pub const fn dead(&self) -> Option<DeadReason> {
        self.dead_reason.0
    }

    /// A card that waits in the queue, for tests without a database.
    #[cfg(test)]
    pub(crate) fn queued(id: i64, kind: CardKind, cause: CardCause, asked_at: DateTime<Utc>) -> Self {
        Self {
            id,
            kind,
            state: CardState::Queued,
            cause,
            member_id: 1,
            account_id: 1,
            replaces: None,
            asked_by: "admin".to_owned(),
            asked_through: AskedThrough::Portal,
            asked_at,
            reason: None,
            reason_detail: None,
            employer_id: Some(1),
            one_off_id: None,
            batch_id: None,
            position: None,
            serial: None,
            hash: None,
            issue_on: None,
            dispatched_on: None,
            returned_on: None,
            valid_until: None,
            return_reason: None,
            dead_on: None,
            dead_reason: Dead::default(),
            changed_by: None,
            changed_at: None,
        }
    }

    /// Why it is held, if it is.
    pub fn held(&self) -> Option<HoldReason> {
        self.reason.as_deref().and_then(|code| code.parse().ok())
    }
}

/// Asks for a card; its row id.
pub struct NewCard<'a> {
    /// What it carries.
    pub kind: CardKind,
    /// Why it is asked for.
    pub cause: CardCause,
    /// Row ID of the member.
    pub member_id: i64,
    /// Row ID of the account.
    pub account_id: i64,
    /// The employer it goes to today.
    pub employer_id: Option<i64>,
    /// R3: the approved one-off address of the card it replaces.
    pub one_off_id: Option<i64>,
    /// The spoiled card it replaces.
    pub replaces: Option<i64>,
    /// Staff ID of who asks for it, or imports the event that does.
    pub asked_by: &'a str,
    /// What it is asked through.
    pub asked_through: AskedThrough,
    /// Instant at which it is asked for.
    pub asked_at: DateTime<Utc>,
    /// Held from the start, for this reason (R2).
    pub held: Option<HoldReason>,
}

impl NewCard<'_> {
    /// The card as it is stored under a row id.
    pub fn under(&self, id: i64) -> Card {
        Card {
            id,
            kind: self.kind,
            state: if self.held.is_some() { CardState::Held } else { CardState::Queued },
            cause: self.cause,
            member_id: self.member_id,
            account_id: self.account_id,
            replaces: self.replaces,
            asked_by: self.asked_by.to_owned(),
            asked_through: self.asked_through,
            asked_at: micros(self.asked_at),
            reason: self.held.map(|reason| reason.code().to_owned()),
            reason_detail: None,
            employer_id: self.employer_id,
            one_off_id: self.one_off_id,
            batch_id: None,
            position: None,
            serial: None,
            hash: None,
            issue_on: None,
            dispatched_on: None,
            returned_on: None,
            valid_until: None,
            return_reason: None,
            dead_on: None,
            dead_reason: Dead::default(),
            changed_by: None,
            changed_at: None,
        }
    }
}

/// Inserts a card in the queue, or held; its row id.
pub async fn insert(tx: &mut Tx, card: &NewCard<'_>) -> Result<i64, StoreError> {
    let state = if card.held.is_some() { CardState::Held } else { CardState::Queued };
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO card (kind, state, cause, member_id, account_id, replaces, asked_by, asked_through, asked_at, reason, employer_id, one_off_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
        card.kind.code(),
        state.code(),
        card.cause.code(),
        card.member_id,
        card.account_id,
        card.replaces,
        card.asked_by,
        card.asked_through.code(),
        micros(card.asked_at),
        card.held.map(HoldReason::code),
        card.employer_id,
        card.one_off_id
    )?)
}

/// The cards of these accounts, in the order of asking.
pub async fn of_accounts(tx: &mut Tx, accounts: &[i64]) -> Result<Vec<Card>, StoreError> {
    const OF_ACCOUNTS: Sql = among!("SELECT * FROM card WHERE account_id IN ", " ORDER BY id");
    Ok(query!(tx, all Card, OF_ACCOUNTS, id_list(accounts))?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Card>, StoreError> {
    Ok(query!(tx, optional Card, "SELECT * FROM card WHERE id = $1", id)?)
}

/// Some by row id, in their order.
pub async fn some(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Card>, StoreError> {
    const SOME: Sql = among!("SELECT * FROM card WHERE id IN ", " ORDER BY id");
    Ok(query!(tx, all Card, SOME, id_list(ids))?)
}

/// One by serial.
pub async fn by_serial(tx: &mut Tx, serial: &str) -> Result<Option<Card>, StoreError> {
    Ok(query!(tx, optional Card, "SELECT * FROM card WHERE serial = $1", serial)?)
}

/// An account's cards in the order of asking.
pub async fn of_account(tx: &mut Tx, account_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(query!(tx, all Card, "SELECT * FROM card WHERE account_id = $1 ORDER BY id", account_id)?)
}

/// A member's cards in the order of asking, of all accounts.
pub async fn of_member(tx: &mut Tx, member_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(query!(tx, all Card, "SELECT * FROM card WHERE member_id = $1 ORDER BY id", member_id)?)
}

/// B13: queued cards that replace spoiled ones of a batch, in the order of these.
pub async fn replacing(tx: &mut Tx, batch_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(query!(
        tx,
        all Card,
        "SELECT n.* FROM card n JOIN card c ON c.id = n.replaces
         WHERE c.batch_id = $1 AND c.state = 'spoiled' AND n.state = 'queued' ORDER BY c.position",
        batch_id
    )?)
}

/// A batch's cards in their order.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(query!(tx, all Card, "SELECT * FROM card WHERE batch_id = $1 ORDER BY position, id", batch_id)?)
}

/// A9: erases the hashes of the cards of these accounts.
pub async fn erase_hashes(tx: &mut Tx, accounts: &[i64]) -> Result<(), StoreError> {
    const ERASE: Sql = among!(
        "UPDATE card SET hash = NULL WHERE hash IS NOT NULL
             AND account_id IN ",
        ""
    );
    query!(tx, execute ERASE, id_list(accounts))?;
    Ok(())
}

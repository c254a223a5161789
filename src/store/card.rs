//! 圧着ハガキ: every card that was ever asked for.

use super::{StoreError, Tx, micros};
use crate::domain::{CardCause, CardFacts, CardKind, CardState, DeadReason, HoldReason};
use chrono::{DateTime, NaiveDate, Utc};

/// A card as stored. `Debug` and `Serialize` leave the hash out.
#[derive(Clone, sqlx::FromRow, serde::Serialize)]
pub struct Card {
    /// Row id.
    pub id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Where it is.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// Why it was asked for.
    #[sqlx(try_from = "String")]
    pub cause: CardCause,
    /// Whose.
    #[serde(skip)]
    pub member_id: i64,
    /// The account whose password it carries.
    #[serde(skip)]
    pub account_id: i64,
    /// The spoiled card that this one replaces.
    pub replaces: Option<i64>,
    /// Staff ID, or `portal`.
    pub asked_by: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why it is held.
    pub reason: Option<String>,
    /// What exactly, in words.
    pub reason_detail: Option<String>,
    /// The employer it goes, or went, to.
    #[serde(skip)]
    pub employer_id: Option<i64>,
    /// Its batch.
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
    /// Since when its password is dead.
    pub dead_on: Option<NaiveDate>,
    /// Why, as a code of `DeadReason`.
    pub dead_reason: Option<String>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Card {
    /// What the rules need to know of it.
    pub fn facts(&self) -> CardFacts {
        CardFacts {
            id: self.id,
            kind: self.kind,
            state: self.state,
            issue_on: self.issue_on,
            dispatched_on: self.dispatched_on,
            dead: self.dead(),
        }
    }

    /// Why its password is dead, if it is.
    pub fn dead(&self) -> Option<DeadReason> {
        self.dead_reason.as_deref().and_then(|code| code.parse().ok())
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
    /// Why.
    pub cause: CardCause,
    /// Whose.
    pub member_id: i64,
    /// The account.
    pub account_id: i64,
    /// The employer it goes to today.
    pub employer_id: Option<i64>,
    /// The spoiled card it replaces.
    pub replaces: Option<i64>,
    /// Staff ID, or `portal`.
    pub asked_by: &'a str,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Held from the start, for this reason (R2).
    pub held: Option<HoldReason>,
}

/// Inserts a card in the queue, or held; its row id.
pub async fn insert(tx: &mut Tx, card: &NewCard<'_>) -> Result<i64, StoreError> {
    let state = if card.held.is_some() { CardState::Held } else { CardState::Queued };
    Ok(run!(
        tx,
        value i64,
        "INSERT INTO card (kind, state, cause, member_id, account_id, replaces, asked_by, asked_at, reason, employer_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        card.kind.code(),
        state.code(),
        card.cause.code(),
        card.member_id,
        card.account_id,
        card.replaces,
        card.asked_by,
        micros(card.asked_at),
        card.held.map(HoldReason::code),
        card.employer_id
    )?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Card>, StoreError> {
    Ok(run!(tx, optional Card, "SELECT * FROM card WHERE id = $1", id)?)
}

/// One by serial.
pub async fn by_serial(tx: &mut Tx, serial: &str) -> Result<Option<Card>, StoreError> {
    Ok(run!(tx, optional Card, "SELECT * FROM card WHERE serial = $1", serial)?)
}

/// An account's cards in the order of asking.
pub async fn of_account(tx: &mut Tx, account_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(run!(tx, all Card, "SELECT * FROM card WHERE account_id = $1 ORDER BY id", account_id)?)
}

/// A member's cards in the order of asking, of all accounts.
pub async fn of_member(tx: &mut Tx, member_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(run!(tx, all Card, "SELECT * FROM card WHERE member_id = $1 ORDER BY id", member_id)?)
}

/// A batch's cards in their order.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<Card>, StoreError> {
    Ok(run!(tx, all Card, "SELECT * FROM card WHERE batch_id = $1 ORDER BY position, id", batch_id)?)
}

/// Writes state, reason, batch, password and dates back. `from` is the state it was read in: false where somebody
/// else has moved the card since.
pub async fn update(tx: &mut Tx, card: &Card, from: CardState) -> Result<bool, StoreError> {
    let touched = run!(
        tx,
        execute "UPDATE card SET state = $3, reason = $4, reason_detail = $5, employer_id = $6, batch_id = $7, position = $8, serial = $9, hash = $10,
         issue_on = $11, dispatched_on = $12, returned_on = $13, dead_on = $14, dead_reason = $15 WHERE id = $1 AND state = $2",
        card.id,
        from.code(),
        card.state.code(),
        card.reason.as_deref(),
        card.reason_detail.as_deref(),
        card.employer_id,
        card.batch_id,
        card.position,
        card.serial.as_deref(),
        card.hash.as_deref(),
        card.issue_on,
        card.dispatched_on,
        card.returned_on,
        card.dead_on,
        card.dead_reason.as_deref()
    )?;
    Ok(touched == 1)
}

/// A card in the queue, with whom it is for and where it goes.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct QueuedCard {
    /// Row id.
    pub id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Queued or held.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// Why it was asked for.
    #[sqlx(try_from = "String")]
    pub cause: CardCause,
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 氏名カナ
    pub kana: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why it is held, as a code of `HoldReason`.
    pub reason: Option<String>,
    /// What exactly.
    pub reason_detail: Option<String>,
    /// 事業所記号; nothing without an employer.
    pub employer: Option<String>,
    /// 事業所名
    pub employer_name: Option<String>,
    /// 郵便番号
    pub postcode: Option<String>,
}

/// Which cards of the queue. Nothing given: all.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Of this kind.
    pub kind: Option<CardKind>,
    /// Of this employer (folded code).
    pub employer: Option<String>,
    /// In this state only.
    pub state: Option<CardState>,
    /// Asked for before this.
    pub asked_before: Option<DateTime<Utc>>,
}

/// Queued and held cards, oldest first.
pub async fn queue(tx: &mut Tx, filter: &QueueFilter, limit: i64) -> Result<Vec<QueuedCard>, StoreError> {
    Ok(run!(
        tx,
        all QueuedCard,
        "SELECT c.id, c.kind, c.state, c.cause, m.symbol, m.number, m.branch, m.name, m.kana, c.asked_at, c.reason, c.reason_detail,
                e.code AS employer, e.name AS employer_name, e.postcode
         FROM card c JOIN member m ON m.id = c.member_id LEFT JOIN employer e ON e.id = c.employer_id
         WHERE c.state IN ('queued', 'held') AND ($1 IS NULL OR c.kind = $1) AND ($2 IS NULL OR e.code = $2)
           AND ($3 IS NULL OR c.state = $3) AND ($4 IS NULL OR c.asked_at < $4)
         ORDER BY c.asked_at, c.id LIMIT $5",
        filter.kind.map(CardKind::code),
        filter.employer.as_deref(),
        filter.state.map(CardState::code),
        filter.asked_before.map(micros),
        limit
    )?)
}

/// One employer's line in the queue.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct QueueLine {
    /// 事業所記号; nothing for cards without an employer.
    pub employer: Option<String>,
    /// 事業所名
    pub name: Option<String>,
    /// 郵便番号
    pub postcode: Option<String>,
    /// Queued viewing-password cards.
    pub viewing: i64,
    /// Queued login notices.
    pub login: i64,
    /// Held cards.
    pub held: i64,
    /// A reason of the held ones, as a code of `HoldReason`.
    pub reason: Option<String>,
    /// When the oldest was asked for.
    pub oldest: DateTime<Utc>,
}

/// The queue by employer, oldest first.
pub async fn queue_by_employer(tx: &mut Tx) -> Result<Vec<QueueLine>, StoreError> {
    Ok(run!(
        tx,
        all QueueLine,
        "SELECT e.code AS employer, e.name, e.postcode,
                COUNT(CASE WHEN c.state = 'queued' AND c.kind = 'viewing' THEN 1 END) AS viewing,
                COUNT(CASE WHEN c.state = 'queued' AND c.kind = 'login' THEN 1 END) AS login,
                COUNT(CASE WHEN c.state = 'held' THEN 1 END) AS held, MIN(c.reason) AS reason, MIN(c.asked_at) AS oldest
         FROM card c LEFT JOIN employer e ON e.id = c.employer_id
         WHERE c.state IN ('queued', 'held') GROUP BY e.code, e.name, e.postcode ORDER BY MIN(c.asked_at), e.code"
    )?)
}

/// How many cards are in each state.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(run!(tx, all(String, i64), "SELECT state, COUNT(*) FROM card GROUP BY state ORDER BY state")?)
}

/// When the oldest card of a state was asked for.
pub async fn oldest(tx: &mut Tx, state: CardState) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        run!(tx, maybe DateTime<Utc>, "SELECT asked_at FROM card WHERE state = $1 ORDER BY asked_at LIMIT 1", state.code())?,
    )
}

/// A card of a batch with everything that is printed on it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PrintRow {
    /// The card's row id.
    pub id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Whose, as a row id.
    pub member_id: i64,
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 氏名カナ, folded for sorting.
    pub kana_key: String,
    /// ログインID
    pub login_id: Option<String>,
}

/// The cards of a batch that are in its pile, in the order of asking.
pub async fn to_print(tx: &mut Tx, batch_id: i64) -> Result<Vec<PrintRow>, StoreError> {
    Ok(run!(
        tx,
        all PrintRow,
        "SELECT c.id, c.kind, c.member_id, m.symbol, m.number, m.branch, m.name, m.kana_key, a.login_id
         FROM card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id
         WHERE c.batch_id = $1 AND c.state = 'drafted' ORDER BY c.id",
        batch_id
    )?)
}

/// A card of a batch as batches list it.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct BatchCard {
    /// Row id.
    pub id: i64,
    /// `B20261122-001-0042`; nothing before the export.
    pub serial: Option<String>,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Where it is.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 事業所記号
    pub employer: Option<String>,
    /// 事業所名
    pub employer_name: Option<String>,
    /// Why its password is dead, as a code of `DeadReason`.
    pub dead_reason: Option<String>,
    /// 資格喪失日
    #[serde(skip)]
    pub lost_on: Option<NaiveDate>,
    /// When the account was closed.
    #[serde(skip)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Web表示
    #[sqlx(try_from = "String")]
    #[serde(skip)]
    pub web_display: crate::domain::WebDisplay,
}

/// Every card of a batch in its order.
pub async fn in_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchCard>, StoreError> {
    Ok(run!(
        tx,
        all BatchCard,
        "SELECT c.id, c.serial, c.kind, c.state, m.symbol, m.number, m.branch, m.name, e.code AS employer, e.name AS employer_name,
                c.dead_reason, m.lost_on, a.closed_at, a.web_display
         FROM card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id LEFT JOIN employer e ON e.id = c.employer_id
         WHERE c.batch_id = $1 ORDER BY c.position, c.id",
        batch_id
    )?)
}

/// A6: the requests that a dispatched card answers are done.
pub async fn settle_requests(tx: &mut Tx, card_id: i64) -> Result<(), StoreError> {
    run!(tx, execute "UPDATE request SET state = 'done' WHERE card_id = $1 AND state = 'queued'", card_id)?;
    Ok(())
}

/// Requests whose card will not be dispatched: somebody must look again.
pub async fn reopen_requests(tx: &mut Tx, card_id: i64) -> Result<(), StoreError> {
    run!(
        tx,
        execute "UPDATE request SET state = 'on_hold', reason = $2, settled_by = NULL, settled_at = NULL WHERE card_id = $1 AND state = 'queued'",
        card_id,
        crate::domain::request::Ground::CardFell.code()
    )?;
    Ok(())
}

/// Requests that a spoiled card would have answered wait for the card that replaces it.
pub async fn move_requests(tx: &mut Tx, from: i64, to: i64) -> Result<(), StoreError> {
    run!(tx, execute "UPDATE request SET card_id = $2 WHERE card_id = $1", from, to)?;
    Ok(())
}

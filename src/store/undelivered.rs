//! Dispatched cards that their employers could not hand over (B15).

use super::{KeyColumns, StoreError, Tx};
use crate::domain::{BatchNumber, UndeliveredReason};
use chrono::NaiveDate;

/// A card that an employer is to send back.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct ExpectedBack {
    /// Row ID of the card.
    #[serde(skip)]
    pub card: i64,
    /// Number of its batch.
    #[sqlx(try_from = "String")]
    pub batch: BatchNumber,
    /// はがき番号
    pub serial: String,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// 事業所記号
    pub employer: String,
    /// 事業所名
    pub employer_name: String,
    /// Why it could not be handed over.
    #[sqlx(try_from = "String")]
    pub reason: UndeliveredReason,
    /// The day of the receipt that says so.
    pub noted_on: NaiveDate,
    /// R7: whether a protective measure stands; it is told first.
    pub protected: bool,
}

/// Notes a card, or another reason for it.
pub async fn note(
    tx: &mut Tx,
    card_id: i64,
    reason: UndeliveredReason,
    on: NaiveDate,
    by: &str,
) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO undelivered (card_id, reason, noted_on, noted_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (card_id) DO UPDATE SET reason = excluded.reason, noted_on = excluded.noted_on, noted_by = excluded.noted_by",
        card_id,
        reason.code(),
        on,
        by
    )?;
    Ok(())
}

/// What a receipt says of a card that was not handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct NotHandedOver {
    /// Reason that the employer gave.
    #[sqlx(try_from = "String")]
    pub reason: UndeliveredReason,
    /// The day of the receipt that says so.
    pub noted_on: NaiveDate,
}

/// What a receipt says of a card, where it was not handed over.
pub async fn of_card(tx: &mut Tx, card_id: i64) -> Result<Option<NotHandedOver>, StoreError> {
    Ok(query!(tx, optional NotHandedOver, "SELECT reason, noted_on FROM undelivered WHERE card_id = $1", card_id)?)
}

/// Cards that have not come back yet, the oldest first.
pub async fn expected(tx: &mut Tx) -> Result<Vec<ExpectedBack>, StoreError> {
    Ok(query!(
        tx,
        all ExpectedBack,
        concat!(
            "SELECT c.id AS card, b.number AS batch, c.serial, m.symbol, m.number, m.branch, m.name, e.code AS employer,
                e.name AS employer_name, u.reason, u.noted_on, ",
            is_protected!(),
            " AS protected
         FROM undelivered u JOIN card c ON c.id = u.card_id JOIN batch b ON b.id = c.batch_id
         JOIN member m ON m.id = c.member_id JOIN employer e ON e.id = c.employer_id
         WHERE c.state = 'dispatched' ORDER BY u.noted_on, c.serial"
        )
    )?)
}

/// A card that an employer is to send back, without whose it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CardToReturn {
    /// Number of its batch.
    #[sqlx(try_from = "String")]
    pub batch: BatchNumber,
    /// はがき番号
    pub serial: String,
    /// The reason that the employer gave.
    #[sqlx(try_from = "String")]
    pub reason: UndeliveredReason,
    /// The day of the receipt that says so.
    pub noted_on: NaiveDate,
}

/// Cards that an employer has not sent back yet, the oldest first.
pub async fn of_employer(tx: &mut Tx, employer_id: i64) -> Result<Vec<CardToReturn>, StoreError> {
    Ok(query!(
        tx,
        all CardToReturn,
        "SELECT b.number AS batch, c.serial, u.reason, u.noted_on FROM undelivered u JOIN card c ON c.id = u.card_id
         JOIN batch b ON b.id = c.batch_id WHERE c.employer_id = $1 AND c.state = 'dispatched' ORDER BY u.noted_on, c.serial",
        employer_id
    )?)
}

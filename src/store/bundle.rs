//! An employer's parcel of a batch, and its receipt (B9).

use super::{Sql, StoreError, Tx};
use crate::domain::BatchNumber;
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeMap;

/// An employer's parcel (B9).
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Bundle {
    /// Number of its batch.
    #[sqlx(try_from = "String")]
    pub batch: BatchNumber,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 事業所記号
    pub employer: String,
    /// 事業所名
    pub name: String,
    /// 担当部署
    pub department: String,
    /// 健康保険事務担当者
    pub contact: String,
    /// 電話
    pub phone: String,
    /// Cards in it.
    pub cards: i64,
    /// When the receipt came back.
    pub receipt_on: Option<NaiveDate>,
    /// 追跡番号: the carrier's number of the parcel; empty where none is known.
    pub tracking: String,
    /// B15: cards that could not be handed over.
    pub undelivered: i64,
    /// Of those, cards that have not come back yet.
    pub expected_back: i64,
}

/// Sets how many cards a bundle has.
pub async fn set(tx: &mut Tx, batch_id: i64, employer_id: i64, cards: i64) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO bundle (batch_id, employer_id, cards) VALUES ($1, $2, $3) ON CONFLICT (batch_id, employer_id) DO UPDATE SET cards = excluded.cards",
        batch_id,
        employer_id,
        cards
    )?;
    Ok(())
}

/// Counts again what bundles have, by employer; a card posted by itself (R4) has none.
pub async fn recount(tx: &mut Tx, batch_id: i64, cards: &BTreeMap<i64, i64>) -> Result<(), StoreError> {
    const RECOUNT: Sql = Sql {
        sqlite: "UPDATE bundle SET cards = j.cards
             FROM (SELECT value ->> 0 AS employer, value ->> 1 AS cards FROM json_each($2)) j
             WHERE bundle.batch_id = $1 AND bundle.employer_id = j.employer",
        postgres: "UPDATE bundle SET cards = j.cards
             FROM (SELECT (value ->> 0)::bigint AS employer, (value ->> 1)::bigint AS cards
                 FROM json_array_elements($2::json)) j
             WHERE bundle.batch_id = $1 AND bundle.employer_id = j.employer",
    };
    let rows = serde_json::Value::from_iter(cards.iter().map(|(employer, cards)| json!([employer, cards])));
    query!(tx, execute RECOUNT, batch_id, rows.to_string())?;
    Ok(())
}

/// Forgets the bundles of a cancelled export.
pub async fn clear(tx: &mut Tx, batch_id: i64) -> Result<(), StoreError> {
    query!(tx, execute "DELETE FROM bundle WHERE batch_id = $1", batch_id)?;
    Ok(())
}

/// Every column of a parcel, and which parcels.
macro_rules! bundles {
    ($which:literal) => {
        concat!(
            "SELECT b.number AS batch, b.dispatched_on, e.code AS employer, e.name, e.department, e.contact, e.phone, u.cards, u.receipt_on, u.tracking,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id) AS undelivered,
           (SELECT COUNT(*) FROM undelivered x JOIN card c ON c.id = x.card_id
             WHERE c.batch_id = u.batch_id AND c.employer_id = u.employer_id AND c.state = 'dispatched') AS expected_back
         FROM bundle u JOIN batch b ON b.id = u.batch_id JOIN employer e ON e.id = u.employer_id ",
            $which
        )
    };
}

/// A batch's bundles by employer.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<Bundle>, StoreError> {
    Ok(query!(
        tx,
        all Bundle,
        bundles!("WHERE u.batch_id = $1 ORDER BY e.code"),
        batch_id
    )?)
}

/// Bundles that were dispatched before a day and have no receipt yet, oldest first (B9).
pub async fn without_receipt(tx: &mut Tx, before: NaiveDate) -> Result<Vec<Bundle>, StoreError> {
    Ok(query!(
        tx,
        all Bundle,
        bundles!("WHERE u.receipt_on IS NULL AND u.cards > 0 AND b.state = 'dispatched' AND b.dispatched_on < $1
           AND EXISTS (SELECT 1 FROM card c WHERE c.batch_id = b.id AND c.employer_id = u.employer_id AND c.state = 'dispatched')
         ORDER BY b.dispatched_on, b.id, e.code"),
        before
    )?)
}

/// An employer's dispatched bundles, newest first.
pub async fn of_employer(tx: &mut Tx, employer_id: i64, limit: i64) -> Result<Vec<Bundle>, StoreError> {
    Ok(query!(
        tx,
        all Bundle,
        bundles!("WHERE u.employer_id = $1 AND u.cards > 0 AND b.state = 'dispatched' ORDER BY b.dispatched_on DESC, b.id DESC LIMIT $2"),
        employer_id,
        limit
    )?)
}

/// The serials that went to an employer with a batch.
pub async fn serials_of(tx: &mut Tx, batch: &BatchNumber, employer_id: i64) -> Result<Vec<String>, StoreError> {
    Ok(query!(
        tx,
        values String,
        "SELECT c.serial FROM card c JOIN batch b ON b.id = c.batch_id
         WHERE b.number = $1 AND c.employer_id = $2 AND c.state IN ('dispatched', 'returned') AND c.serial IS NOT NULL
         ORDER BY c.serial",
        batch.to_string(),
        employer_id
    )?)
}

/// Notes the day on which a receipt came back.
pub async fn receipt(tx: &mut Tx, batch_id: i64, employer_id: i64, on: NaiveDate) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE bundle SET receipt_on = $3 WHERE batch_id = $1 AND employer_id = $2",
        batch_id,
        employer_id,
        on
    )?;
    Ok(())
}

/// Notes the carrier's number of a bundle; false where the batch has no such bundle.
pub async fn track(tx: &mut Tx, batch_id: i64, employer_id: i64, number: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE bundle SET tracking = $3 WHERE batch_id = $1 AND employer_id = $2";
    Ok(query!(tx, execute sql, batch_id, employer_id, number)? == 1)
}

/// When the receipt of a bundle came back; nothing at all where there is no bundle, and so no receipt (R4).
pub async fn receipt_of(tx: &mut Tx, batch_id: i64, employer_id: i64) -> Result<Option<Option<NaiveDate>>, StoreError> {
    Ok(query!(
        tx,
        maybe Option<NaiveDate>,
        "SELECT receipt_on FROM bundle WHERE batch_id = $1 AND employer_id = $2",
        batch_id,
        employer_id
    )?)
}

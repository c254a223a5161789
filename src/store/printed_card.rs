//! H3: what was printed on a card, for whom and to where; never the password.

use super::{Sql, StoreError, Tx, micros};
use chrono::{DateTime, Utc};

/// A card as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PrintedCard {
    /// `B20261122-001-0042`
    pub serial: String,
    /// Row ID of the card.
    pub card_id: i64,
    /// The number then: `260-1-00`.
    pub member: String,
    /// Instant of the export.
    pub exported_at: DateTime<Utc>,
    /// 氏名
    pub name: String,
    /// 事業所記号; none for a one-off address (R3).
    pub employer_code: Option<String>,
    /// 事業所名, or the addressee of a one-off address.
    pub company: String,
    /// 郵便番号
    pub postcode: Option<String>,
    /// 住所1
    pub address1: String,
    /// 住所2
    pub address2: String,
    /// 担当部署
    pub department: String,
    /// 担当者
    pub contact: String,
    /// Name of the template, or its file.
    pub template: String,
    /// SHA-256 of the template's text.
    pub template_sha256: String,
}

/// Keeps what was printed on cards.
pub async fn add(tx: &mut Tx, cards: &[PrintedCard]) -> Result<(), StoreError> {
    const ADD: Sql = Sql {
        sqlite: "INSERT INTO printed_card (serial, card_id, member, exported_at, name, employer_code, company, postcode,
             address1, address2, department, contact, template, template_sha256)
         SELECT value ->> 'serial', value ->> 'card_id', value ->> 'member', $2, value ->> 'name', value ->> 'employer_code',
             value ->> 'company', value ->> 'postcode', value ->> 'address1', value ->> 'address2', value ->> 'department',
             value ->> 'contact', value ->> 'template', value ->> 'template_sha256' FROM json_each($1)",
        postgres: "INSERT INTO printed_card (serial, card_id, member, exported_at, name, employer_code, company, postcode,
             address1, address2, department, contact, template, template_sha256)
         SELECT serial, card_id, member, $2, name, employer_code, company, postcode, address1, address2, department,
             contact, template, template_sha256
         FROM json_to_recordset($1::json) AS j (serial text, card_id bigint, member text, name text, employer_code text,
             company text, postcode text, address1 text, address2 text, department text, contact text, template text,
             template_sha256 text)",
    };
    let Some(first) = cards.first() else { return Ok(()) };
    let rows = serde_json::to_string(cards).map_err(|e| sqlx::Error::Encode(e.into()))?;
    query!(tx, execute ADD, rows, micros(first.exported_at))?;
    Ok(())
}

/// What was printed on the cards that are in a batch now, in the order of the paper.
pub async fn of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<PrintedCard>, StoreError> {
    let sql =
        "SELECT p.* FROM printed_card p JOIN card c ON c.serial = p.serial WHERE c.batch_id = $1 ORDER BY c.position";
    Ok(query!(tx, all PrintedCard, sql, batch_id)?)
}

/// What was printed under a serial.
pub async fn of_serial(tx: &mut Tx, serial: &str) -> Result<Option<PrintedCard>, StoreError> {
    Ok(query!(tx, optional PrintedCard, "SELECT * FROM printed_card WHERE serial = $1", serial)?)
}

/// Removes what was exported before an instant; how many.
pub async fn purge(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(query!(tx, execute "DELETE FROM printed_card WHERE exported_at < $1", micros(before))?)
}

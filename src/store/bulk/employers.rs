//! 事業所 as the importer compares and writes them. There are hundreds at most.

use crate::store::{StoreError, Tx};
use chrono::NaiveDate;

/// A row of `employer`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EmployerRecord {
    /// 事業所記号, folded.
    pub code: String,
    /// As the registry wrote it.
    pub code_shown: String,
    /// 名称カナ
    pub kana: String,
    /// 名称
    pub name: String,
    /// 郵便番号
    pub postcode: Option<String>,
    /// 住所1
    pub address1: String,
    /// 住所2
    pub address2: String,
    /// 電話
    pub phone: String,
    /// 担当部署
    pub department: String,
    /// 担当者
    pub contact: String,
    /// 適用日
    pub applied_on: Option<NaiveDate>,
    /// 全喪日
    pub withdrawn_on: Option<NaiveDate>,
}

#[derive(Debug, sqlx::FromRow)]
struct Numbered {
    id: i64,
    #[sqlx(flatten)]
    record: EmployerRecord,
}

/// Every employer with its row id.
pub async fn known_employers(tx: &mut Tx) -> Result<Vec<(i64, EmployerRecord)>, StoreError> {
    let rows = query!(tx, all Numbered, "SELECT * FROM employer")?;
    Ok(rows.into_iter().map(|row| (row.id, row.record)).collect())
}

/// A new one, of an import; its row id.
pub async fn insert_employer(tx: &mut Tx, run: i64, e: &EmployerRecord) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO employer (code, code_shown, kana, name, postcode, address1, address2, phone, department, contact, applied_on, withdrawn_on, run_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        &e.code,
        &e.code_shown,
        &e.kana,
        &e.name,
        e.postcode.as_deref(),
        &e.address1,
        &e.address2,
        &e.phone,
        &e.department,
        &e.contact,
        e.applied_on,
        e.withdrawn_on,
        run
    )?)
}

/// Writes one changed employer, for an import.
pub async fn update_employer(tx: &mut Tx, id: i64, run: i64, e: &EmployerRecord) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE employer SET code_shown = $2, kana = $3, name = $4, postcode = $5, address1 = $6, address2 = $7, phone = $8, department = $9,
         contact = $10, applied_on = $11, withdrawn_on = $12, run_id = $13 WHERE id = $1",
        id,
        &e.code_shown,
        &e.kana,
        &e.name,
        e.postcode.as_deref(),
        &e.address1,
        &e.address2,
        &e.phone,
        &e.department,
        &e.contact,
        e.applied_on,
        e.withdrawn_on,
        run
    )?;
    Ok(())
}

//! 事業所.

use super::query::id_list;
use super::{Sql, StoreError, Tx};
use crate::domain::CardRoute;
use crate::domain::route::EmployerFacts;
use chrono::NaiveDate;

/// An employer and its representative address (代表住所) as the registry gives them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct EmployerRecord {
    /// 事業所記号, folded.
    pub code: String,
    /// As the registry wrote it.
    pub code_shown: String,
    /// 名称カナ
    pub kana: String,
    /// 名称
    pub name: String,
    /// Seven digits without hyphen; none where the registry has none.
    pub postcode: Option<String>,
    /// 住所1
    pub address1: String,
    /// 住所2
    pub address2: String,
    /// 電話
    pub phone: String,
    /// 担当部署
    pub department: String,
    /// 健康保険事務担当者
    pub contact: String,
    /// 適用日
    pub applied_on: Option<NaiveDate>,
    /// 全喪日
    pub withdrawn_on: Option<NaiveDate>,
}

impl EmployerRecord {
    /// R1: the representative address, as it is printed.
    pub fn route(&self) -> CardRoute {
        CardRoute {
            employer_code: Some(self.code_shown.clone()),
            postcode: self.postcode.clone(),
            address1: self.address1.clone(),
            address2: self.address2.clone(),
            company: self.name.clone(),
            department: self.department.clone(),
            contact: self.contact.clone(),
        }
    }

    /// What its route depends on.
    pub fn facts(&self) -> EmployerFacts<'_> {
        EmployerFacts { withdrawn_on: self.withdrawn_on, address: &self.address1 }
    }
}

/// A stored employer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Employer {
    /// Row ID of the employer.
    #[serde(skip)]
    pub id: i64,
    /// What the registry gave.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub record: EmployerRecord,
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Employer>, StoreError> {
    Ok(query!(tx, optional Employer, "SELECT * FROM employer WHERE id = $1", id)?)
}

/// Some by row id.
pub async fn by_ids(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Employer>, StoreError> {
    const BY_IDS: super::Sql = among!("SELECT * FROM employer WHERE id IN ", "");
    Ok(query!(tx, all Employer, BY_IDS, super::query::id_list(ids))?)
}

/// One by its folded code.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Employer>, StoreError> {
    Ok(query!(tx, optional Employer, "SELECT * FROM employer WHERE code = $1", code)?)
}

/// The names of employers by row id, for a list of ids in JSON: one query for a whole list of members.
pub async fn names(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    const NAMES: super::Sql = among!("SELECT id, name FROM employer WHERE id IN ", "");
    Ok(query!(tx, all(i64, String), NAMES, super::query::id_list(ids))?)
}

/// Every employer, by code.
pub async fn all(tx: &mut Tx) -> Result<Vec<Employer>, StoreError> {
    Ok(query!(tx, all Employer, "SELECT * FROM employer ORDER BY code")?)
}

/// Those of the employers to which a card was sent already.
pub async fn sent_to(tx: &mut Tx, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    const SENT: Sql = Sql {
        sqlite: "SELECT DISTINCT employer_id FROM card WHERE dispatched_on IS NOT NULL
             AND employer_id IN (SELECT value FROM json_each($1))",
        postgres: "SELECT DISTINCT employer_id FROM card WHERE dispatched_on IS NOT NULL
             AND employer_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))",
    };
    Ok(query!(tx, values i64, SENT, id_list(ids))?)
}

/// An employer with what waits for it and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct EmployerCounts {
    /// The employer itself.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub employer: Employer,
    /// Cards that have not left yet, held ones included.
    pub waiting: i64,
    /// Dispatched parcels whose receipt has not come back.
    pub open_receipts: i64,
    /// B15: cards that it is to send back.
    pub expected_back: i64,
    /// R6: changes of its address that wait for another person.
    pub changed_addresses: i64,
    /// When the latest parcel was dispatched.
    pub last_sent_on: Option<NaiveDate>,
}

/// How many members and cards an employer has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct EmployerTotals {
    /// Insured members in force.
    pub insured: i64,
    /// Their dependants in force.
    pub dependants: i64,
    /// Cards that have not left yet and are not held.
    pub waiting: i64,
    /// Cards that are held.
    pub held: i64,
}

/// Members in force on a day, and cards that have not left yet.
pub async fn totals(tx: &mut Tx, employer_id: i64, on: NaiveDate) -> Result<EmployerTotals, StoreError> {
    Ok(query!(
        tx,
        one EmployerTotals,
        "SELECT coalesce(SUM(CASE WHEN relation = 'insured' THEN 1 ELSE 0 END), 0) AS insured,
                coalesce(SUM(CASE WHEN relation = 'dependent' THEN 1 ELSE 0 END), 0) AS dependants,
                (SELECT COUNT(*) FROM card WHERE employer_id = $1
                    AND state IN ('queued', 'drafted', 'exported', 'printed')) AS waiting,
                (SELECT COUNT(*) FROM card WHERE employer_id = $1 AND state = 'held') AS held
         FROM member WHERE employer_id = $1 AND (lost_on IS NULL OR lost_on > $2) AND replaced_on IS NULL",
        employer_id,
        on
    )?)
}

/// Every employer with its counts, by code.
pub async fn counts(tx: &mut Tx) -> Result<Vec<EmployerCounts>, StoreError> {
    Ok(query!(
        tx,
        all EmployerCounts,
        "SELECT e.*, coalesce(w.count, 0) AS waiting, coalesce(o.count, 0) AS open_receipts,
                coalesce(x.count, 0) AS expected_back, coalesce(a.count, 0) AS changed_addresses, s.last_sent_on
         FROM employer e
         LEFT JOIN (SELECT employer_id, COUNT(*) AS count FROM card
             WHERE state IN ('queued', 'held', 'drafted', 'exported', 'printed') GROUP BY employer_id) w ON w.employer_id = e.id
         LEFT JOIN (SELECT u.employer_id, COUNT(*) AS count FROM bundle u JOIN batch b ON b.id = u.batch_id
             WHERE u.receipt_on IS NULL AND u.cards > 0 AND b.state = 'dispatched' GROUP BY u.employer_id) o ON o.employer_id = e.id
         LEFT JOIN (SELECT c.employer_id, COUNT(*) AS count FROM undelivered n JOIN card c ON c.id = n.card_id
             WHERE c.state = 'dispatched' GROUP BY c.employer_id) x ON x.employer_id = e.id
         LEFT JOIN (SELECT employer_id, COUNT(*) AS count FROM address_change
             WHERE confirmed_at IS NULL GROUP BY employer_id) a ON a.employer_id = e.id
         LEFT JOIN (SELECT u.employer_id, MAX(b.dispatched_on) AS last_sent_on FROM bundle u JOIN batch b ON b.id = u.batch_id
             WHERE u.cards > 0 AND b.state = 'dispatched' GROUP BY u.employer_id) s ON s.employer_id = e.id
         ORDER BY e.code"
    )?)
}

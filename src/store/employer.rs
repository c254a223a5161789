//! 事業所.

use super::{StoreError, Tx};
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

//! H2: what the registry said before, each version until it was changed.

use super::query::id_list;
use super::{Sql, StoreError, Tx, employer::Employer, member::Member, micros};
use crate::domain::MemberKey;
use chrono::{DateTime, Utc};

/// A change that ends versions.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Instant of the change.
    pub at: DateTime<Utc>,
    /// Staff ID of the actor.
    pub by: &'a str,
    /// The import that made it; none where a supervisor did.
    pub run: Option<i64>,
}

/// Since when and until when a version held, and the imports at both ends.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct VersionPeriod {
    /// Instant of the import that brought it; none where that was before versions were kept.
    pub since: Option<DateTime<Utc>>,
    /// Number of that import.
    pub since_run: Option<i64>,
    /// Instant of the change that ended it; none while it holds.
    pub until: Option<DateTime<Utc>>,
    /// Number of the import that ended it; none where a supervisor did.
    pub until_run: Option<i64>,
    /// Staff ID of who ended it.
    pub until_by: Option<String>,
}

/// A version of a row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Version<T> {
    /// When it held.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub period: VersionPeriod,
    /// What it said.
    #[sqlx(flatten)]
    pub row: T,
}

/// Keeps members as they are, before a change.
pub async fn keep_members(tx: &mut Tx, ids: &[i64], change: Change<'_>) -> Result<(), StoreError> {
    const COPY: Sql = among!(
        "INSERT INTO member_version (member_id, until_at, until_by, until_run, run_id, symbol, number, branch,
                relation, relationship, kana, name, sex, born_on, acquired_on, lost_on, loss_reason, employer_id,
                voluntary, former_symbol, former_number, former_branch, change_reason, checkup, replaced_on)
            SELECT id, $2, $3, $4, run_id, symbol, number, branch, relation, relationship, kana, name, sex, born_on,
                acquired_on, lost_on, loss_reason, employer_id, voluntary, former_symbol, former_number, former_branch,
                change_reason, checkup, replaced_on
            FROM member WHERE id IN ",
        ""
    );
    query!(tx, execute COPY, id_list(ids), micros(change.at), change.by, change.run)?;
    Ok(())
}

/// Keeps an employer as it is, before a change.
pub async fn keep_employer(tx: &mut Tx, id: i64, change: Change<'_>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO employer_version (employer_id, until_at, until_by, until_run, run_id, code, code_shown, kana,
             name, postcode, address1, address2, phone, department, contact, applied_on, withdrawn_on)
         SELECT id, $2, $3, $4, run_id, code, code_shown, kana, name, postcode, address1, address2, phone, department,
             contact, applied_on, withdrawn_on
         FROM employer WHERE id = $1",
        id,
        micros(change.at),
        change.by,
        change.run
    )?;
    Ok(())
}

/// Every version of every holder of a key, the present one first.
pub async fn of_key(tx: &mut Tx, key: &MemberKey) -> Result<Vec<Version<Member>>, StoreError> {
    Ok(query!(
        tx,
        all Version<Member>,
        "SELECT s.at AS since, v.run_id AS since_run, v.until_at AS until, v.until_run, v.until_by, v.id, v.symbol, v.number,
                v.branch, v.relation, v.relationship, v.kana, v.name, v.sex, v.born_on, v.acquired_on, v.lost_on,
                v.loss_reason, v.employer_id, v.voluntary, v.former_symbol, v.former_number, v.former_branch,
                v.change_reason, v.checkup, v.person_id, v.replaced_on
         FROM (SELECT id, NULL AS version, run_id, NULL AS until_at, NULL AS until_run, NULL AS until_by, symbol, number, branch, relation,
                   relationship, kana, name, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary,
                   former_symbol, former_number, former_branch, change_reason, checkup, person_id, replaced_on
               FROM member WHERE symbol = $1 AND number = $2 AND branch = $3
               UNION ALL
               SELECT m.id, w.id, w.run_id, w.until_at, w.until_run, w.until_by, w.symbol, w.number, w.branch, w.relation,
                   w.relationship, w.kana, w.name, w.sex, w.born_on, w.acquired_on, w.lost_on, w.loss_reason,
                   w.employer_id, w.voluntary, w.former_symbol, w.former_number, w.former_branch, w.change_reason,
                   w.checkup, m.person_id, w.replaced_on
               FROM member m JOIN member_version w ON w.member_id = m.id
               WHERE m.symbol = $1 AND m.number = $2 AND m.branch = $3) v
         LEFT JOIN import_run s ON s.id = v.run_id
         ORDER BY v.id DESC, v.version IS NOT NULL, v.version DESC",
        key.symbol.key(),
        key.number.key(),
        key.branch.key()
    )?)
}

/// Every version of an employer, the present one first.
pub async fn of_employer(tx: &mut Tx, id: i64) -> Result<Vec<Version<Employer>>, StoreError> {
    Ok(query!(
        tx,
        all Version<Employer>,
        "SELECT s.at AS since, v.run_id AS since_run, v.until_at AS until, v.until_run, v.until_by, v.id, v.code,
                v.code_shown, v.kana, v.name, v.postcode, v.address1, v.address2, v.phone, v.department, v.contact,
                v.applied_on, v.withdrawn_on
         FROM (SELECT id, NULL AS version, run_id, NULL AS until_at, NULL AS until_run, NULL AS until_by, code, code_shown, kana, name,
                   postcode, address1, address2, phone, department, contact, applied_on, withdrawn_on
               FROM employer WHERE id = $1
               UNION ALL
               SELECT employer_id, id, run_id, until_at, until_run, until_by, code, code_shown, kana, name, postcode,
                   address1, address2, phone, department, contact, applied_on, withdrawn_on
               FROM employer_version WHERE employer_id = $1) v
         LEFT JOIN import_run s ON s.id = v.run_id
         ORDER BY v.version IS NOT NULL, v.version DESC",
        id
    )?)
}

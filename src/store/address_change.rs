//! R6: representative addresses that an import changed, until another person confirms them.

use super::{StoreError, Tx, micros};
use crate::domain::CardRoute;
use chrono::{DateTime, Utc};

/// A changed address.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AddressChange {
    /// Row ID of the change.
    pub id: i64,
    /// Row ID of the employer.
    pub employer_id: i64,
    /// 事業所記号
    pub code: String,
    /// Staff ID of the importer.
    pub changed_by: String,
    /// Instant of the import.
    pub changed_at: DateTime<Utc>,
    /// Address before the import.
    #[sqlx(flatten)]
    old: OldColumns,
    /// Address after the import.
    #[sqlx(flatten)]
    new: NewColumns,
    /// Staff ID of who confirmed it.
    pub confirmed_by: Option<String>,
    /// Instant of the confirmation.
    pub confirmed_at: Option<DateTime<Utc>>,
}

macro_rules! address_columns {
    ($type:ident: $name:literal, $postcode:literal, $address1:literal, $address2:literal, $department:literal, $contact:literal) => {
        #[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
        struct $type {
            #[sqlx(rename = $name)]
            name: String,
            #[sqlx(rename = $postcode)]
            postcode: Option<String>,
            #[sqlx(rename = $address1)]
            address1: String,
            #[sqlx(rename = $address2)]
            address2: String,
            #[sqlx(rename = $department)]
            department: String,
            #[sqlx(rename = $contact)]
            contact: String,
        }

        impl $type {
            fn route(&self, code: &str) -> CardRoute {
                let it = self.clone();
                CardRoute {
                    employer_code: Some(code.to_owned()),
                    postcode: it.postcode,
                    address1: it.address1,
                    address2: it.address2,
                    company: it.name,
                    department: it.department,
                    contact: it.contact,
                }
            }
        }
    };
}
address_columns! { OldColumns: "old_name", "old_postcode", "old_address1", "old_address2", "old_department", "old_contact" }
address_columns! { NewColumns: "new_name", "new_postcode", "new_address1", "new_address2", "new_department", "new_contact" }

impl AddressChange {
    /// The address that was confirmed last.
    pub fn before(&self) -> CardRoute {
        self.old.route(&self.code)
    }

    /// The address that the import brought.
    pub fn after(&self) -> CardRoute {
        self.new.route(&self.code)
    }
}

/// Who changed an address, and by which import.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    /// Staff ID of the importer.
    pub by: &'a str,
    /// Instant of the import.
    pub at: DateTime<Utc>,
    /// Row ID of the import.
    pub run: i64,
}

/// Opens a change. It takes the place of one that waits, whose address from before stays the last that was confirmed; its ID
/// is a new one, so that who has seen the other address does not confirm this one.
pub async fn open(
    tx: &mut Tx,
    employer: i64,
    importer: Importer<'_>,
    old: &CardRoute,
    new: &CardRoute,
) -> Result<(), StoreError> {
    let waiting = query!(
        tx,
        optional AddressChange,
        "SELECT x.*, e.code_shown AS code FROM address_change x JOIN employer e ON e.id = x.employer_id
         WHERE x.employer_id = $1 AND x.confirmed_at IS NULL",
        employer
    )?;
    let old = match waiting {
        Some(waiting) => {
            query!(tx, execute "DELETE FROM address_change WHERE id = $1", waiting.id)?;
            waiting.before()
        }
        None => old.clone(),
    };
    let Importer { by, at, run } = importer;
    query!(
        tx,
        execute "INSERT INTO address_change (employer_id, run_id, changed_by, changed_at, old_name, old_postcode,
             old_address1, old_address2, old_department, old_contact, new_name, new_postcode, new_address1,
             new_address2, new_department, new_contact)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        employer,
        run,
        by,
        micros(at),
        &old.company,
        old.postcode.as_deref(),
        &old.address1,
        &old.address2,
        &old.department,
        &old.contact,
        &new.company,
        new.postcode.as_deref(),
        &new.address1,
        &new.address2,
        &new.department,
        &new.contact
    )?;
    Ok(())
}

/// Ends the change that waits where the address that was confirmed last is back: there is nothing to confirm. True
/// where it was ended.
pub async fn came_back(tx: &mut Tx, employer: i64, now: &CardRoute) -> Result<bool, StoreError> {
    let ended = query!(
        tx,
        execute "DELETE FROM address_change WHERE employer_id = $1 AND confirmed_at IS NULL AND old_name = $2
           AND old_postcode IS NOT DISTINCT FROM $3 AND old_address1 = $4 AND old_address2 = $5 AND old_department = $6
           AND old_contact = $7",
        employer,
        &now.company,
        now.postcode.as_deref(),
        &now.address1,
        &now.address2,
        &now.department,
        &now.contact
    )?;
    Ok(ended > 0)
}

/// Changes that wait for a confirmation, oldest first.
pub async fn unconfirmed(tx: &mut Tx) -> Result<Vec<AddressChange>, StoreError> {
    let sql = "SELECT x.*, e.code_shown AS code FROM address_change x JOIN employer e ON e.id = x.employer_id
         WHERE x.confirmed_at IS NULL ORDER BY x.changed_at, x.id";
    Ok(query!(tx, all AddressChange, sql)?)
}

/// Every change of an employer's address, newest first.
pub async fn of_employer(tx: &mut Tx, employer: i64) -> Result<Vec<AddressChange>, StoreError> {
    let sql = "SELECT x.*, e.code_shown AS code FROM address_change x JOIN employer e ON e.id = x.employer_id
         WHERE x.employer_id = $1 ORDER BY x.id DESC";
    Ok(query!(tx, all AddressChange, sql, employer)?)
}

/// Whether an employer's address waits to be confirmed.
pub async fn is_unconfirmed(tx: &mut Tx, employer: i64) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM address_change WHERE employer_id = $1 AND confirmed_at IS NULL";
    Ok(query!(tx, value i64, sql, employer)? > 0)
}

/// The employers whose addresses wait to be confirmed.
pub async fn unconfirmed_employers(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    Ok(query!(tx, values i64, "SELECT DISTINCT employer_id FROM address_change WHERE confirmed_at IS NULL")?)
}

/// Confirms a change; false where that was done already.
pub async fn confirm(tx: &mut Tx, id: i64, by: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let sql = "UPDATE address_change SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1 AND confirmed_at IS NULL";
    Ok(query!(tx, execute sql, id, by, micros(at))? == 1)
}

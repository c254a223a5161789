//! 事業所 as the importer writes them. There are hundreds at most.

use crate::store::employer::EmployerRecord;
use crate::store::{StoreError, Tx};

/// Writes a new or changed employer, for an import; its row id.
pub async fn put_employer(tx: &mut Tx, run: i64, e: &EmployerRecord) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO employer (code, code_shown, kana, name, postcode, address1, address2, phone, department, contact, applied_on, withdrawn_on, run_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (code) DO UPDATE SET code_shown = excluded.code_shown, kana = excluded.kana, name = excluded.name,
           postcode = excluded.postcode, address1 = excluded.address1, address2 = excluded.address2, phone = excluded.phone,
           department = excluded.department, contact = excluded.contact, applied_on = excluded.applied_on,
           withdrawn_on = excluded.withdrawn_on, run_id = excluded.run_id
         RETURNING id",
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

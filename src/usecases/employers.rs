//! 事業所: found by code, name, kana or phone; and what its contact may hear.

use super::audit::{AuditEvent, SearchScope};
use super::calls::{ContactBundle, contact_bundles};
use super::{Actor, AppContext, Error, Refusal};
use crate::domain::Permission;
use crate::store;
use crate::text::{digits, kana_key, name_key, nfkc};

pub use crate::store::employer::Employer;

/// An employer with what its contact may hear.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ContactView {
    /// The employer, with address and contact.
    #[serde(flatten)]
    pub employer: Employer,
    /// The latest parcels, newest first.
    pub bundles: Vec<ContactBundle>,
}

/// Employers whose code, name, kana or phone has what was typed, by code; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn find(ctx: &AppContext, actor: &Actor, typed: &str) -> Result<Vec<Employer>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let (code, name, kana) = (nfkc(typed).to_uppercase(), name_key(typed), kana_key(typed));
    let phone = digits(typed);
    if code.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store::employer::all(&mut ctx.read(&allowed).await?).await?;
    found.retain(|employer| {
        let record = &employer.record;
        record.code == code
            || (!name.is_empty() && name_key(&record.name).contains(&name))
            || (!kana.is_empty() && kana_key(&record.kana).contains(&kana))
            || (phone.len() >= PHONE && digits(&record.phone).contains(&phone))
    });
    let (query, count) = (crate::text::plain_line(typed).into_owned(), found.len() as u64);
    ctx.record(&allowed, AuditEvent::MemberSearched { scope: SearchScope::Employers, query, count, listed: None })
        .await?;
    Ok(found)
}

/// The fewest digits by which a phone number is looked for.
const PHONE: usize = 4;

/// What an employer's contact may hear: counts, dates, receipts and serials of the parcels, no kind and no name; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn contact(ctx: &AppContext, actor: &Actor, code: &str) -> Result<ContactView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let employer = store::employer::by_code(&mut tx, code).await?;
    let employer = employer.ok_or_else(|| Refusal::EmployerUnknown(code.to_owned()))?;
    let bundles = contact_bundles(&mut tx, employer.id).await?;
    drop(tx);
    let (query, count) = (employer.record.code.clone(), bundles.len() as u64);
    ctx.record(&allowed, AuditEvent::MemberSearched { scope: SearchScope::Employers, query, count, listed: None })
        .await?;
    Ok(ContactView { employer, bundles })
}

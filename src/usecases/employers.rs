//! 事業所: found by code, name, kana or phone; what its contact may hear; and what else is on record.

use super::addresses::{self, ChangedAddress};
use super::audit::{AuditEvent, SearchScope};
use super::calls::{CallLine, ContactBundle, contact_bundles};
use super::{Actor, AppContext, Error, known};
use crate::domain::request::company_key;
use crate::domain::{Permission, coded};
use crate::store::{self, Tx};
use crate::text::{digits, kana_key, name_key, nfkc};
use chrono::NaiveDate;

pub use crate::store::employer::{Employer, EmployerCounts, EmployerTotals};
pub use crate::store::undelivered::CardToReturn;

/// An employer with what its contact may hear.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ContactView {
    /// The employer, with address and contact.
    #[serde(flatten)]
    pub employer: Employer,
    /// The latest parcels, newest first.
    pub bundles: Vec<ContactBundle>,
    /// B15: cards that the employer is to send back.
    pub to_return: Vec<CardToReturn>,
}

/// An employer with everything on record: what its contact may hear, and what staff know besides.
#[derive(Debug, Clone, serde::Serialize)]
pub struct EmployerView {
    /// What the contact may hear.
    #[serde(flatten)]
    pub contact: ContactView,
    /// Its members and cards now.
    pub totals: EmployerTotals,
    /// R6: changes of the representative address, newest first.
    pub addresses: Vec<ChangedAddress>,
    /// Calls of the contact, newest first; what was noted is not for the contact.
    pub calls: Vec<CallLine>,
}

coded! {
    /// In which order employers stand.
    pub enum EmployerOrder {
        /// By 事業所記号.
        Code = "code",
        /// By the kana of the name.
        Kana = "kana",
        /// What wants attention first: an address to confirm, cards to come back, receipts. Employers that have withdrawn come
        /// last: nothing is sent there any more.
        Attention = "attention",
        /// The latest parcel first.
        LastSent = "last_sent",
    }
}

impl EmployerOrder {
    /// The one that follows, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Sorts the rows; what is equal stands by code.
    pub fn sort(self, rows: &mut [EmployerCounts], today: NaiveDate) {
        rows.sort_by(|a, b| a.employer.record.code.cmp(&b.employer.record.code));
        match self {
            Self::Code => {}
            Self::Kana => rows.sort_by_key(|row| kana_key(&row.employer.record.kana)),
            Self::Attention => rows.sort_by_key(|row| {
                let wants = std::cmp::Reverse((row.changed_addresses.min(1), row.expected_back, row.open_receipts));
                (row.employer.record.withdrawn_on.is_some_and(|day| day <= today), wants)
            }),
            Self::LastSent => rows.sort_by_key(|row| std::cmp::Reverse(row.last_sent_on)),
        }
    }
}

/// Every employer with what waits for it and what is expected of it, by code; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor) -> Result<Vec<EmployerCounts>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let found = store::employer::counts(&mut ctx.read(&allowed).await?).await?;
    ctx.record_list(&allowed, SearchScope::Employers, "all", found.len(), Vec::new()).await?;
    Ok(found)
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
    let view = contact_view(&mut tx, code).await?;
    drop(tx);
    let (query, count) = (view.employer.record.code.clone(), view.bundles.len() as u64);
    ctx.record(&allowed, AuditEvent::MemberSearched { scope: SearchScope::Employers, query, count, listed: None })
        .await?;
    Ok(view)
}

/// Everything on record of an employer; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn record(ctx: &AppContext, actor: &Actor, code: &str) -> Result<EmployerView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let contact = contact_view(&mut tx, code).await?;
    let totals = store::employer::totals(&mut tx, contact.employer.id, ctx.clock.today()).await?;
    let addresses = addresses::of_employer(&mut tx, contact.employer.id).await?;
    let mut calls = store::call::of_contacts(&mut tx, contact.employer.id, CALLS).await?;
    drop(tx);
    let firm = company_key(&contact.employer.record.name);
    calls.retain(|call| call.symbol.is_some() || (!firm.is_empty() && name_key(&call.name).contains(&firm)));
    let (query, count) = (contact.employer.record.code.clone(), contact.bundles.len() as u64);
    ctx.record(&allowed, AuditEvent::MemberSearched { scope: SearchScope::Employers, query, count, listed: None })
        .await?;
    Ok(EmployerView { contact, totals, addresses, calls: calls.into_iter().map(CallLine::from).collect() })
}

/// Calls that are read for one employer.
const CALLS: i64 = 200;

async fn contact_view(tx: &mut Tx, code: &str) -> Result<ContactView, Error> {
    let employer = known::employer(tx, code).await?;
    let bundles = contact_bundles(tx, employer.id).await?;
    let to_return = store::undelivered::of_employer(tx, employer.id).await?;
    Ok(ContactView { employer, bundles, to_return })
}

//! 監査記録: every change in the same transaction as what it records, and every look.

mod browsing;
mod chain;
pub(super) mod event;
mod event_rows;
pub(super) mod facts;
mod holder;
pub(super) mod legacy;
mod list;
mod note_facts;
mod patterns;
mod recorded;
mod sheet;

pub use browsing::unusual;
pub(super) use chain::purge;
pub use chain::{Chain, anchor, check, verify, verify_against};
pub use list::{AuditLine, AuditQuestion, AuditWhom, Order, list};
pub use note_facts::NoteFacts;
pub use recorded::Recorded;
pub use sheet::AuditSheet;

pub use event::{Act, AuditEvent};
pub use facts::{CardRef, ExportOutcome, FieldChange, GoneBecause, IdRanges, MemberPart, SearchScope, SignInFailure};

use super::{Actor, Allowed, AppContext, Error};
use crate::domain::Permission;
use crate::store::audit as log;
use crate::store::audit_read::{self, AuditQuery};

use crate::store::approved_card::{self, RouteQuery};

pub use crate::store::approved_card::ApprovedRoute as AuditRoute;
pub use crate::store::audit::AuditEntry;

/// What to export. Nothing given: everything.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Key of the member.
    pub member: Option<String>,
    /// Number of the batch.
    pub batch: Option<String>,
    /// Staff ID of the actor.
    pub staff: Option<String>,
}

const PAGE: i64 = 2000;

/// An export under way: the entries that fit the filter, up to the end of the log as it was when the export began.
#[derive(Debug)]
pub struct AuditPages<'a> {
    ctx: &'a AppContext,
    allowed: Allowed,
    rest: AuditQuery,
    end: i64,
    routes: Option<RoutesLeft>,
}

/// The routes that are still to be given: those asked for, and the last one given.
#[derive(Debug)]
struct RoutesLeft {
    query: RouteQuery,
    after: (String, i64),
}

impl AuditPages<'_> {
    /// The next entries, in the order of the chain; none at the end. Each page is a short read of its own: where they go
    /// may be slow, and a log is only appended to.
    pub async fn next(&mut self) -> Result<Vec<AuditEntry>, Error> {
        let mut tx = self.ctx.read(&self.allowed).await?;
        let mut page = audit_read::read(&mut tx, &self.rest, PAGE).await?;
        page.retain(|entry| entry.seq <= self.end);
        if let Some(last) = page.last() {
            self.rest.after = last.seq;
        }
        Ok(page)
    }

    /// R5: where the cards that the export is about were approved to go, and what became of them; none at the end, and where
    /// the export is about what a person did.
    pub async fn next_routes(&mut self) -> Result<Vec<AuditRoute>, Error> {
        let Some(RoutesLeft { query, after: (batch, card) }) = &mut self.routes else { return Ok(Vec::new()) };
        let mut tx = self.ctx.read(&self.allowed).await?;
        let page = approved_card::routes(&mut tx, query, (batch.as_str(), *card), PAGE).await?;
        if let Some(last) = page.last() {
            (*batch, *card) = (last.approved.batch.to_string(), last.approved.card_id);
        }
        Ok(page)
    }
}

/// Begins an export, which is an entry itself: nothing is given out before that is there.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn export_pages<'a>(
    ctx: &'a AppContext,
    actor: &Actor,
    filter: &AuditFilter,
) -> Result<AuditPages<'a>, Error> {
    let allowed = actor.allowed(Permission::Audit)?;
    let mut tx = ctx.read(&allowed).await?;
    let end = log::head(&mut tx).await?.seq;
    let AuditFilter { member, batch, staff } = filter.clone();
    let listed = match member.as_deref().and_then(AuditWhom::parse) {
        Some(whom) => whom.rows(&mut tx).await?,
        None => Vec::new(),
    };
    drop(tx);
    let members = member.clone().map(|key| (key.clone(), key));
    let rest = AuditQuery { members, listed, batch: batch.clone(), staff: staff.clone(), ..AuditQuery::default() };
    let asked = RouteQuery { member: member.clone(), batch: batch.clone() };
    let routes = staff.is_none().then(|| RoutesLeft { query: asked, after: (String::new(), 0) });
    ctx.record(&allowed, AuditEvent::AuditExported { member, household: None, batch, staff }).await?;
    Ok(AuditPages { ctx, allowed, rest, end, routes })
}

/// The same at once, where the entries are few.
pub async fn export(ctx: &AppContext, actor: &Actor, filter: &AuditFilter) -> Result<Vec<AuditEntry>, Error> {
    let mut pages = export_pages(ctx, actor, filter).await?;
    let mut entries = Vec::new();
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            return Ok(entries);
        }
        entries.extend(page);
    }
}

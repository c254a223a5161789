//! The inbox and one request of it.

use super::matching::candidates;
use super::view::{RequestView, joined, view};
use super::{get, member_of, note};
use crate::domain::request::{Channel, RequestKind, RequestState};
use crate::domain::{Permission, coded};
use crate::store;
use crate::store::request::Request;
use crate::text::japan::day_of;
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error};
use chrono::{DateTime, Utc};

coded! {
    /// Part of the inbox that is listed.
    pub enum Scope {
        /// Those that wait for a clerk.
        Open = "open",
        /// All of them.
        All = "all",
    }
}

/// A line of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct InboxLine {
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Business days waited.
    pub waited: u32,
    /// Form or phone.
    pub channel: Channel,
    /// 種別
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// The name that the sender gave.
    pub name: String,
    /// The key of the member that it was matched to.
    pub member: Option<String>,
    /// Open requests of the same member, this one included.
    pub together: i64,
    /// Why it is held or rejected.
    pub reason: Option<String>,
}

/// Requests of one list.
const LIMIT: i64 = 5_000;

/// The inbox: what can be done now first, the oldest first in each.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: Scope) -> Result<Vec<InboxLine>, Error> {
    let today = ctx.clock.today();
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let rows = match scope {
        Scope::Open => store::request::inbox_open(&mut tx, LIMIT).await?,
        Scope::All => store::request::inbox_all(&mut tx, LIMIT).await?,
    };
    let mut lines: Vec<InboxLine> = rows
        .into_iter()
        .map(|row| InboxLine {
            waited: if row.state.is_open() { ctx.workdays.waited(day_of(row.received_at), today) } else { 0 },
            receipt: row.receipt,
            received_at: row.received_at,
            channel: row.channel,
            kind: row.kind,
            state: row.state,
            name: row.name,
            member: joined(row.member_symbol, row.member_number, row.member_branch),
            together: row.together,
            reason: row.reason,
        })
        .collect();
    lines.sort_by(|a, b| (a.state.turn(), a.received_at, &a.receipt).cmp(&(b.state.turn(), b.received_at, &b.receipt)));
    Ok(lines)
}

/// Shows a request; a look. One without a member is matched again: the member may have come since.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, receipt: &str) -> Result<RequestView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let mut request = get(&mut tx, receipt).await?;
    let mut matched = None;
    if is_unmatched(&request) {
        matched = candidates(&mut tx, &request.claim()).await?.proposed.map(|member| member.id);
        request.member_id = matched;
    }
    let receipt = request.receipt.clone();
    let member = member_of(&mut tx, &request).await?;
    let view = view(&mut tx, ctx, request).await?;
    drop(tx);
    let mut uow = ctx.begin(&allowed).await?;
    if matched.is_some() {
        // Another clerk may have gone on with it since it was read.
        let mut request = get(&mut uow, &receipt).await?;
        if is_unmatched(&request) {
            request.member_id = matched;
            store::request::update(&mut uow, &request, request.state()).await?;
        }
    }
    uow.commit(note(AuditEvent::RequestSeen { receipt }, member.as_ref())).await?;
    Ok(view)
}

fn is_unmatched(request: &Request) -> bool {
    request.member_id.is_none() && request.state().is_open()
}

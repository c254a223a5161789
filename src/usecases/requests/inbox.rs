//! The inbox and one request of it.

use super::facts::{MemberStanding, compare, instead};
use super::matching::{Candidate, candidates};
use super::view::{CaseDestination, RequestView, view, waited};
use super::{get, member_of, note};
use crate::domain::request::{CaseVerdict, Channel, ClaimField, Ground, RequestKind, RequestState, differing};
use crate::domain::{HoldReason, Permission, coded};
use crate::store::request::{InboxRow, NoticeOnWay, Request};
use crate::store::{self, Tx, account::Account, member::Member};
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::routes::{self, Route};
use crate::usecases::{Actor, AppContext, Error};
use chrono::{DateTime, NaiveDate, Utc};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

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
    /// Business days waited, until it was settled.
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
    /// 氏名 of that member.
    pub member_name: Option<String>,
    /// Where no member was matched: those that the number, or kana and birth date, point to.
    pub candidates: Vec<Candidate>,
    /// 判定; of an open one.
    pub verdict: Option<CaseVerdict>,
    /// The fields that disagree.
    pub differs: Vec<ClaimField>,
    /// Why no card can be the answer, with the ground of the right reply instead.
    pub instead: Option<Ground>,
    /// Why a notice would be held (R2, R7).
    pub no_route: Option<HoldReason>,
    /// Where a notice would go.
    pub destination: Option<CaseDestination>,
    /// The login notice that may still reach the member.
    pub notice: Option<NoticeOnWay>,
    /// L4: when the member last logged in or chose a login password.
    pub login_used_at: Option<DateTime<Utc>>,
    /// Open requests of the same member, this one included.
    pub together: i64,
    /// 担当: staff ID of who works on it.
    pub assignee: Option<String>,
    /// 次の連絡日
    pub follow_up_on: Option<NaiveDate>,
    /// Why it is held or rejected.
    pub reason: Option<String>,
}

/// Requests of one list.
const LIMIT: i64 = 5_000;

/// The inbox: what can be done now first, the oldest first in each; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: Scope) -> Result<Vec<InboxLine>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let rows = match scope {
        Scope::Open => store::request::inbox_open(&mut tx, LIMIT).await?,
        Scope::All => store::request::inbox_all(&mut tx, LIMIT).await?,
    };
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.request.member_id).collect();
    let registry = Registry::read(&mut tx, ctx.clock.today(), &ids).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(registry.line(&mut tx, ctx, row).await?);
    }
    drop(tx);
    InboxOrder::Turn.sort(&mut lines);
    ctx.record_list(&allowed, SearchScope::Requests, scope.code(), lines.len(), ids).await?;
    Ok(lines)
}

coded! {
    /// In which order the rows stand.
    pub enum InboxOrder {
        /// What can be done now first, the oldest first.
        Turn = "turn",
        /// By what the comparison amounts to: what agrees first.
        Verdict = "verdict",
        /// By the staff ID of 担当.
        Owner = "owner",
        /// By the day of the next contact.
        FollowUp = "follow_up",
        /// By where a notice goes.
        Destination = "destination",
    }
}

impl InboxOrder {
    /// The one that follows, round and round.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|order| *order == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Sorts the rows; what is equal stands by turn and age. What has nothing to sort by comes last.
    pub fn sort(self, lines: &mut [InboxLine]) {
        lines.sort_by(|a, b| {
            (a.state.turn(), a.received_at, &a.receipt).cmp(&(b.state.turn(), b.received_at, &b.receipt))
        });
        match self {
            Self::Turn => {}
            Self::Verdict => lines.sort_by_key(|line| (line.verdict.is_none(), line.verdict)),
            Self::Owner => lines.sort_by_key(|line| (line.assignee.is_none(), line.assignee.clone())),
            Self::FollowUp => lines.sort_by_key(|line| Reverse(line.follow_up_on.map(Reverse))),
            Self::Destination => {
                let employer = |line: &InboxLine| line.destination.as_ref().map(|to| to.employer.clone());
                lines.sort_by_key(|line| (employer(line).is_none(), employer(line)));
            }
        }
    }
}

/// What is read once for all lines.
struct Registry {
    members: HashMap<i64, Member>,
    accounts: HashMap<i64, Account>,
    notices: HashMap<i64, NoticeOnWay>,
    routes: HashMap<i64, Route>,
    /// Members whose persons have a later number.
    followed: HashSet<i64>,
    /// Everyone who is protected, by person.
    protected: HashMap<i64, DateTime<Utc>>,
}

impl Registry {
    async fn read(tx: &mut Tx, today: NaiveDate, ids: &[i64]) -> Result<Self, Error> {
        let members = store::member::by_ids(tx, ids).await?;
        let routes = routes::routes_of(tx, today, &members.iter().collect::<Vec<_>>()).await?;
        let accounts = store::account::open_of_members(tx, ids).await?;
        // The later of several replaces the earlier.
        let notices = store::request::notices(tx, ids).await?;
        Ok(Self {
            routes: members.iter().map(|member| member.id).zip(routes).collect(),
            followed: store::person::followed_among(tx, ids, today).await?,
            protected: store::protection::persons(tx).await?,
            members: members.into_iter().map(|member| (member.id, member)).collect(),
            accounts: accounts.into_iter().map(|account| (account.member_id, account)).collect(),
            notices: notices.into_iter().map(|notice| (notice.member_id, notice)).collect(),
        })
    }

    async fn line(&self, tx: &mut Tx, ctx: &AppContext, row: InboxRow) -> Result<InboxLine, Error> {
        let InboxRow { request, together } = row;
        let member = request.member_id.and_then(|id| self.members.get(&id));
        let account = request.member_id.and_then(|id| self.accounts.get(&id));
        let notice = request.member_id.and_then(|id| self.notices.get(&id));
        let mut line = InboxLine {
            waited: waited(ctx, &request),
            state: request.state(),
            member: member.map(Member::key),
            member_name: member.map(|member| member.name.clone()),
            candidates: Vec::new(),
            verdict: None,
            differs: Vec::new(),
            instead: None,
            no_route: None,
            destination: None,
            notice: notice.cloned(),
            login_used_at: account.and_then(|account| account.last_login_at.max(account.login_changed_at)),
            together,
            received_at: request.received_at,
            channel: request.channel,
            kind: request.kind,
            name: request.name.clone(),
            assignee: request.assignee.clone(),
            follow_up_on: request.follow_up_on,
            reason: request.reason.clone(),
            receipt: request.receipt.clone(),
        };
        // What is over is not judged any more.
        if !line.state.is_open() {
            return Ok(line);
        }
        let has_later_number = member.is_some_and(|member| self.followed.contains(&member.id));
        let today = ctx.clock.today();
        let standing = |member| MemberStanding { member, today, account, notice, has_later_number };
        line.instead = instead(&request, member.map(standing));
        if let Some((member, route)) = member.and_then(|member| Some((member, self.routes.get(&member.id)?))) {
            let compared = compare(&request, member, route);
            line.verdict = Some(CaseVerdict::of(&compared));
            line.differs = differing(&compared);
            line.no_route = route.obstacle;
            line.destination = CaseDestination::of(route);
        } else {
            let claim = request.claim();
            let found = candidates(tx, &claim).await?;
            line.verdict = Some(found.verdict());
            let beside = found.beside(&self.protected, &claim, None);
            line.candidates = beside.iter().map(|(other, by)| Candidate::of(other, *by)).collect();
        }
        Ok(line)
    }
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

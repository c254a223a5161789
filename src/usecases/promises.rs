//! P1, P2: what the society owes its members and is not on its way. It follows from cards, accounts, requests and notes;
//! what is stored is what a clerk said about it: the next date, the owner, or why it needs no answer.

use super::audit::{AuditEvent, SearchScope};
use super::refusal::{NoteRefusal, PromiseRefusal};
use super::{Actor, AppContext, Error, Refusal, UnitOfWork, known};
use crate::domain::promise::{self, OpenCard, PromiseCard, PromiseWhy};
use crate::domain::{MemberKey, Permission, Reason, WebDisplay, coded};
use crate::store::promise::{By, CallBack, OwedMember, Said};
use crate::store::{self, Tx, member::Member};
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

pub use crate::domain::promise::{OpenPromise, PromiseKind};

coded! {
    /// Which of the open promises.
    pub enum PromiseScope {
        /// All of them.
        Open = "open",
        /// Those whose date has passed, or that have none (P2).
        Overdue = "overdue",
    }
}

/// How many promises are open, and how many are due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct PromiseCounts {
    /// Promises without a card on its way.
    pub open: usize,
    /// Those whose date has come, or that have none.
    pub due: usize,
    /// Those without a date.
    pub undated: usize,
}

/// What is said about a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// When to act next.
    pub on: NaiveDate,
    /// Staff ID of who sees to it; who says it where not given.
    pub owner: Option<String>,
    /// What to do, or why.
    pub note: String,
}

/// The open promises, those without a date first, then by date; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, scope: PromiseScope) -> Result<Vec<OpenPromise>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut open = open_in(&mut ctx.read(&allowed).await?, ctx).await?;
    let today = ctx.clock.today();
    open.retain(|it| scope == PromiseScope::Open || it.is_overdue(today));
    let members = open.iter().map(|it| it.member_id).collect();
    ctx.record_list(&allowed, SearchScope::Promises, scope.code(), open.len(), members).await?;
    Ok(open)
}

/// The same among other questions.
pub(super) async fn open_in(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<OpenPromise>, Error> {
    let mut ledger = Ledger::read(tx, ctx, None).await?;
    let mut open = ledger.wishes(tx, None).await?;
    open.extend(ledger.requests(tx, None).await?);
    open.extend(ledger.reinstated(tx, None).await?);
    open.extend(store::promise::call_backs(tx, None).await?.into_iter().map(call_back));
    open.sort_by(|a, b| (a.next, a.since, &a.member, a.kind).cmp(&(b.next, b.since, &b.member, b.kind)));
    Ok(open)
}

/// Numbers of open promises, for home and doctor.
pub(super) async fn counts(tx: &mut Tx, ctx: &AppContext) -> Result<PromiseCounts, Error> {
    let (open, today) = (open_in(tx, ctx).await?, ctx.clock.today());
    Ok(PromiseCounts {
        open: open.len(),
        due: open.iter().filter(|it| it.is_due(today)).count(),
        undated: open.iter().filter(|it| it.next.is_none()).count(),
    })
}

/// What is owed to one person, also under a former number (H1).
pub(super) async fn of_member(tx: &mut Tx, ctx: &AppContext, member: &Member) -> Result<Vec<OpenPromise>, Error> {
    let mut open = Vec::new();
    for membership in store::person::memberships(tx, member.person()).await? {
        let mut ledger = Ledger::read(tx, ctx, Some(membership.id)).await?;
        open.extend(ledger.wishes(tx, Some(membership.id)).await?);
        open.extend(ledger.requests(tx, Some(membership.id)).await?);
        open.extend(ledger.reinstated(tx, Some(membership.id)).await?);
    }
    open.extend(store::promise::call_backs(tx, Some(member.person())).await?.into_iter().map(call_back));
    Ok(open)
}

/// Says when the member is called next, and who sees to it.
///
/// # Errors
/// [`PromiseRefusal`] where nothing is owed, [`NoteRefusal::FollowUpPast`] and [`NoteRefusal::FollowUpFar`], and [`Refusal::StaffUnknown`] where the owner is
/// not of the staff any more.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn follow(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    kind: PromiseKind,
    step: NextStep,
) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Note)?;
    let (member, open) = owed(&mut ctx.read(&allowed).await?, ctx, key, kind).await?;
    let mut uow = ctx.begin(&allowed).await?;
    let said = said(&mut uow, member.id, kind, step).await?;
    let (by, at) = (uow.staff().to_owned(), uow.now());
    store::promise::say(&mut uow, &said, By { staff: &by, at }).await?;
    // Day and 担当 of a request are the request's own.
    if let Some(receipt) = &open.receipt {
        store::request::follow(&mut uow, receipt, said.next_on, said.owner.as_deref()).await?;
    }
    let next = said.next_on.unwrap_or_else(|| uow.today());
    uow.commit(AuditEvent::PromiseDated { kind, next, owner: said.owner }.on(member.key())).await
}

/// Records why a promise needs no answer. What happens to a card of the member later opens it again.
///
/// # Errors
/// [`PromiseRefusal`] where nothing is owed, no reason is given, or a request or a note is to be settled instead.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn close(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    kind: PromiseKind,
    reason: &Reason,
) -> Result<(), Error> {
    let reason = String::from(reason);
    let allowed = actor.allowed(Permission::Note)?;
    let (member, open) = owed(&mut ctx.read(&allowed).await?, ctx, key, kind).await?;
    if let Some(receipt) = open.receipt {
        return Err(PromiseRefusal::OfRequest { member: member.key(), receipt }.into());
    }
    let mut uow = ctx.begin(&allowed).await?;
    let (by, at) = (uow.staff().to_owned(), uow.now());
    store::promise::close(&mut uow, member.id, kind, &reason, By { staff: &by, at }).await?;
    uow.commit(AuditEvent::PromiseClosed { kind, reason }.on(member.key())).await
}

/// What is said about the card that came back, in the transaction that records it (B10).
pub(super) async fn said(
    uow: &mut UnitOfWork,
    member_id: i64,
    kind: PromiseKind,
    step: NextStep,
) -> Result<Said, Error> {
    let today = uow.today();
    NoteRefusal::follow_up(step.on, today)?;
    let owner = step.owner.unwrap_or_else(|| uow.staff().to_owned());
    let known = store::staff::get(uow, &owner).await?.is_some_and(|person| person.disabled_at.is_none());
    if !known {
        return Err(Refusal::StaffUnknown(owner).into());
    }
    let note = crate::text::plain_line(&step.note).trim().to_owned();
    Ok(Said { member_id, kind, next_on: Some(step.on), owner: Some(owner), note })
}

/// The member, and what is owed of this kind.
async fn owed(
    tx: &mut Tx,
    ctx: &AppContext,
    key: &MemberKey,
    kind: PromiseKind,
) -> Result<(Member, OpenPromise), Error> {
    let member = known::member(tx, key).await?;
    if kind == PromiseKind::CallBack {
        return Err(PromiseRefusal::OfNote(member.key()).into());
    }
    let open = of_member(tx, ctx, &member).await?.into_iter().find(|it| it.kind == kind);
    let open = open.ok_or_else(|| PromiseRefusal::NotOwed { member: member.key(), kind })?;
    // It is said of the number under which it is owed.
    let owing = store::person::memberships(tx, member.person()).await?;
    let owing = owing.into_iter().find(|it| it.key() == open.member);
    Ok((owing.unwrap_or(member), open))
}

/// What was said, and the dates that follow from the calendar.
struct Ledger<'a> {
    ctx: &'a AppContext,
    said: HashMap<(i64, PromiseKind), Said>,
    not_needed: HashMap<(i64, PromiseKind), DateTime<Utc>>,
    /// The default date by the day on which a card was stopped: few days stand for many cards.
    dates: HashMap<NaiveDate, NaiveDate>,
}

impl<'a> Ledger<'a> {
    async fn read(tx: &mut Tx, ctx: &'a AppContext, member: Option<i64>) -> Result<Self, Error> {
        let said =
            store::promise::said(tx, member).await?.into_iter().map(|it| ((it.member_id, it.kind), it)).collect();
        let closed = store::promise::not_needed(tx, member).await?;
        let not_needed =
            closed.into_iter().filter_map(|(member, kind, at)| Some(((member, kind.parse().ok()?), at))).collect();
        Ok(Self { ctx, said, not_needed, dates: HashMap::new() })
    }

    async fn wishes(&mut self, tx: &mut Tx, member: Option<i64>) -> Result<Vec<OpenPromise>, Error> {
        let owed = store::promise::wishing(tx, self.ctx.clock.today(), member).await?;
        self.by_cards(tx, PromiseKind::Viewing, owed).await
    }

    async fn requests(&mut self, tx: &mut Tx, member: Option<i64>) -> Result<Vec<OpenPromise>, Error> {
        let requests = store::promise::requesting(tx, member).await?;
        let mut open: Vec<OpenPromise> = requests
            .into_iter()
            .map(|owed| {
                let since = day_of(owed.since);
                let next = Some(self.date(since));
                let card = OpenCard { since, why: PromiseWhy::Unanswered, stopped_on: since };
                self.promise(owed, PromiseKind::Login, card, next)
            })
            .collect();
        let notices = store::promise::stopped_notices(tx, self.ctx.clock.today(), member).await?;
        open.extend(self.by_cards(tx, PromiseKind::Login, notices).await?);
        Ok(open)
    }

    /// A9: who lost the account by a loss that was taken back is told to register again. Who had wished the display is owed that,
    /// the others the login.
    async fn reinstated(&mut self, tx: &mut Tx, member: Option<i64>) -> Result<Vec<OpenPromise>, Error> {
        let today = self.ctx.clock.today();
        let mut open = Vec::new();
        for (display, kind) in [(WebDisplay::Wanted, PromiseKind::Viewing), (WebDisplay::NotWanted, PromiseKind::Login)]
        {
            for owed in store::promise::reinstated(tx, today, display, member).await? {
                let closed = self.not_needed.get(&(owed.member_id, kind));
                if closed.is_some_and(|closed| *closed >= owed.since) {
                    continue;
                }
                let since = day_of(owed.since);
                let next = Some(self.date(since));
                let card = OpenCard { since, why: PromiseWhy::Reinstated, stopped_on: since };
                open.push(self.promise(owed, kind, card, next));
            }
        }
        Ok(open)
    }

    /// The rule over the cards of each account.
    async fn by_cards(
        &mut self,
        tx: &mut Tx,
        kind: PromiseKind,
        owed: Vec<OwedMember>,
    ) -> Result<Vec<OpenPromise>, Error> {
        let accounts: Vec<i64> = owed.iter().map(|it| it.account_id).collect();
        let mut cards: HashMap<i64, (Vec<PromiseCard>, DateTime<Utc>)> = HashMap::new();
        for (account, card, moved_at) in store::promise::cards(tx, kind, &accounts).await? {
            let (own, latest) = cards.entry(account).or_insert_with(|| (Vec::new(), moved_at));
            own.push(card);
            *latest = (*latest).max(moved_at);
        }
        let mut open = Vec::with_capacity(owed.len());
        for member in owed {
            let (own, latest) = cards.remove(&member.account_id).unwrap_or_else(|| (Vec::new(), member.since));
            let closed = self.not_needed.get(&(member.member_id, kind));
            if closed.is_some_and(|closed| *closed >= latest) {
                continue;
            }
            let Some(card) = promise::open(&own, day_of(member.since)) else { continue };
            // A held card, and one that is expected back, is looked at again after some days; what ended has no date until a
            // clerk sets one.
            let waits = matches!(card.why, PromiseWhy::Held(_) | PromiseWhy::Undelivered);
            let next = waits.then(|| self.date(card.stopped_on));
            open.push(self.promise(member, kind, card, next));
        }
        Ok(open)
    }

    fn promise(&self, owed: OwedMember, kind: PromiseKind, card: OpenCard, next: Option<NaiveDate>) -> OpenPromise {
        let said = self.said.get(&(owed.member_id, kind));
        OpenPromise {
            member_id: owed.member_id,
            member: owed.key.to_string(),
            name: owed.name,
            kind,
            since: card.since,
            next: owed.follow_up_on.or(said.and_then(|it| it.next_on)).or(next),
            why: card.why,
            owner: owed.assignee.or_else(|| said.and_then(|it| it.owner.clone())),
            note: said.map(|it| it.note.clone()).filter(|note| !note.is_empty()),
            receipt: owed.receipt,
        }
    }

    /// The business day on which a stopped card is looked at again (R8).
    fn date(&mut self, stopped_on: NaiveDate) -> NaiveDate {
        let (workdays, days) = (&self.ctx.workdays, self.ctx.settings.promise_days);
        *self.dates.entry(stopped_on).or_insert_with(|| workdays.after(stopped_on, days))
    }
}

/// A note with a day to get back to the member.
fn call_back(note: CallBack) -> OpenPromise {
    OpenPromise {
        member_id: note.member_id,
        member: note.key.to_string(),
        name: note.name,
        kind: PromiseKind::CallBack,
        since: day_of(note.at),
        next: note.follow_up_on,
        why: PromiseWhy::CallBack,
        owner: Some(note.staff),
        note: note.body.lines().next().map(str::to_owned),
        receipt: None,
    }
}

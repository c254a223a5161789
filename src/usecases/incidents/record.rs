//! An incident is recorded, added to, and closed with what was done.

use super::affected::{self, Affected};
use super::report::{self, IncidentReport};
use super::stop::{self, Passwords, StoppedPassword};
use super::{known_open, words};
use crate::domain::{
    IncidentCause, IncidentEntryKind, IncidentKind, IncidentStep, NoSuchStep, Permission, Reason, ReportStage,
    ReportStatus,
};
use crate::store::incident::{IncidentEntry, NewIncident};
use crate::store::{self, Tx};
use crate::text::japan::day_of;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::{IncidentRefusal, NoteRefusal};
use crate::usecases::{Actor, Allowed, AppContext, Error, Refusal, UnitOfWork};
use chrono::{Days, NaiveDate};

/// An incident before it is recorded.
#[derive(Debug, Clone)]
pub struct IncidentDraft {
    /// The kind of incident: what happened.
    pub kind: IncidentKind,
    /// Whether a wrongful act may be behind it.
    pub cause: IncidentCause,
    /// What happened, in words.
    pub what: String,
    /// The day on which it became known; today where not given.
    pub known_on: Option<NaiveDate>,
    /// The call that told of it.
    pub call: Option<i64>,
    /// Whose data it is, as far as that is known.
    pub affected: Affected,
    /// What becomes of the passwords on the cards.
    pub passwords: Passwords,
}

/// What is added to an incident.
#[derive(Debug, Clone)]
pub struct IncidentNote {
    /// What the entry says.
    pub kind: IncidentEntryKind,
    /// In words; may be empty where something else is added.
    pub text: String,
    /// The day on which it was done; today where not given.
    pub on: Option<NaiveDate>,
    /// What the cause is known to be now.
    pub cause: Option<IncidentCause>,
    /// Persons found to be affected, too.
    pub affected: Affected,
    /// What becomes of the passwords on the cards.
    pub passwords: Passwords,
}

impl IncidentNote {
    /// An entry that was made today, and nothing else.
    pub fn of(kind: IncidentEntryKind, text: impl Into<String>) -> Self {
        let (text, affected) = (text.into(), Affected::default());
        Self { kind, text, on: None, cause: None, affected, passwords: Passwords::Keep }
    }
}

/// What a change of an incident did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct IncidentChange {
    /// Number of the incident.
    pub incident: i64,
    /// Persons who were added.
    pub added: usize,
    /// What became of the passwords.
    pub passwords: Vec<StoppedPassword>,
    /// How the reports stand now.
    pub reports: Vec<IncidentReport>,
}

/// Days before today on which an incident can have become known.
const PAST: u64 = 366;

/// Records an incident.
///
/// # Errors
/// A day to come, a call, member, serial or parcel that is not known, or a card that has not left the house.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn open(ctx: &AppContext, actor: &Actor, draft: &IncidentDraft) -> Result<IncidentChange, Error> {
    let allowed = may(actor, draft.passwords)?;
    let (what, today) = (words(&draft.what)?, ctx.clock.today());
    let known_on = past_day(draft.known_on, today - Days::new(PAST), today)?;
    let mut uow = ctx.begin(&allowed).await?;
    if let Some(call) = draft.call {
        store::call::get(&mut uow, call, &actor.id).await?.ok_or(NoteRefusal::CallUnknown(call))?;
    }
    let (kind, cause, call_id) = (draft.kind, draft.cause, draft.call);
    let new = NewIncident { kind, cause, what: &what, known_on, call_id };
    let incident = store::incident::insert(&mut uow, &new, &actor.id, ctx.clock.now()).await?;
    let added = affected::add(&mut uow, incident, &draft.affected).await?;
    let change = changed(&mut uow, ctx, incident, added, draft.passwords).await?;
    uow.commit(AuditEvent::IncidentOpened { incident, kind, cause, known_on, persons: added as u64 }).await?;
    Ok(change)
}

/// Adds to an incident: an entry, persons, another cause; or stops the passwords of its cards.
///
/// # Errors
/// A closed incident, a report that is on record already, and nothing to add.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn note(ctx: &AppContext, actor: &Actor, id: i64, note: &IncidentNote) -> Result<IncidentChange, Error> {
    let allowed = may(actor, note.passwords)?;
    if note.kind == IncidentEntryKind::NotReportable {
        actor.allowed(Permission::Incidents)?;
        Reason::parse(&note.text)?;
    }
    let only_adds = note.cause.is_some() || !note.affected.is_empty() || note.passwords == Passwords::Stop;
    let text = match words(&note.text) {
        Err(_) if only_adds || note.kind != IncidentEntryKind::Note => String::new(),
        text => text?,
    };
    let mut uow = ctx.begin(&allowed).await?;
    let mut incident = known_open(&mut uow, id).await?;
    let on = past_day(note.on, incident.known_on, ctx.clock.today())?;
    if let Some(new) = note.cause.filter(|cause| *cause != incident.cause) {
        let old = std::mem::replace(&mut incident.cause, new);
        store::incident::update(&mut uow, &incident).await?;
        uow.record(AuditEvent::IncidentCauseSet { incident: id, old, new }).await?;
    }
    let added = affected::add(&mut uow, id, &note.affected).await?;
    let is_entry = note.kind != IncidentEntryKind::Note || !text.is_empty();
    if is_entry {
        once(&mut uow, id, note.kind).await?;
        let (by, at) = (actor.id.clone(), ctx.clock.now());
        let entry = IncidentEntry { kind: note.kind, done_on: on, text, by, at };
        store::incident::append(&mut uow, id, &entry).await?;
    }
    let change = changed(&mut uow, ctx, id, added, note.passwords).await?;
    let entry = is_entry.then_some(note.kind);
    let (added, stopped) = (added as u64, change.passwords.len() as u64);
    uow.commit(AuditEvent::IncidentNoted { incident: id, entry, on, added, stopped }).await?;
    Ok(change)
}

/// Closes an incident with what was done.
///
/// # Errors
/// [`IncidentRefusal::Unreported`], and a closed incident.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn close(ctx: &AppContext, actor: &Actor, id: i64, measures: &str) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Incidents)?;
    let measures = words(measures)?;
    let mut uow = ctx.begin(&allowed).await?;
    let mut incident = known_open(&mut uow, id).await?;
    let entries = store::incident::entries(&mut uow, id).await?;
    let last = report::of(ctx, &incident, &entries, ReportStage::Final);
    if !matches!(last.status, ReportStatus::Made | ReportStatus::NotNeeded) {
        return Err(IncidentRefusal::Unreported(id).into());
    }
    incident.step(IncidentStep::Close).map_err(|NoSuchStep| IncidentRefusal::Closed(id))?;
    incident.closed_by = Some(actor.id.clone());
    incident.closed_at = Some(ctx.clock.now());
    incident.measures = Some(measures);
    store::incident::update(&mut uow, &incident).await?;
    uow.commit(AuditEvent::IncidentClosed { incident: id }).await
}

/// Takes a closed incident up again, because of what has come to light since. What it was closed with stays as an entry.
///
/// # Errors
/// [`IncidentRefusal::NotClosed`].
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn reopen(ctx: &AppContext, actor: &Actor, id: i64, why: &Reason) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Incidents)?).await?;
    let mut incident = super::known(&mut uow, id).await?;
    incident.step(IncidentStep::Reopen).map_err(|NoSuchStep| IncidentRefusal::NotClosed(id))?;
    let (now, today) = (ctx.clock.now(), ctx.clock.today());
    if let (Some(by), Some(at), Some(text)) = (&incident.closed_by, incident.closed_at, &incident.measures) {
        let (kind, done_on) = (IncidentEntryKind::Closed, day_of(at));
        let closed = IncidentEntry { kind, done_on, text: text.clone(), by: by.clone(), at };
        store::incident::append(&mut uow, id, &closed).await?;
    }
    let (kind, text) = (IncidentEntryKind::Reopened, String::from(why));
    let reopened = IncidentEntry { kind, done_on: today, text: text.clone(), by: actor.id.clone(), at: now };
    store::incident::append(&mut uow, id, &reopened).await?;
    store::incident::update(&mut uow, &incident).await?;
    uow.commit(AuditEvent::IncidentReopened { incident: id, reason: text }).await
}

/// Who stops passwords asks for cards.
fn may(actor: &Actor, passwords: Passwords) -> Result<Allowed, Error> {
    if passwords == Passwords::Stop {
        actor.allowed(Permission::Queue)?;
    }
    Ok(actor.allowed(Permission::Note)?)
}

fn past_day(given: Option<NaiveDate>, earliest: NaiveDate, latest: NaiveDate) -> Result<NaiveDate, Refusal> {
    let given = given.unwrap_or(latest);
    if (earliest..=latest).contains(&given) {
        return Ok(given);
    }
    Err(Refusal::BadDay { given, earliest, latest })
}

/// A report is made once, and so is the decision that none is needed; what follows a report is a note.
async fn once(tx: &mut Tx, incident: i64, kind: IncidentEntryKind) -> Result<(), Error> {
    use IncidentEntryKind::{Closed, MemberTold, Note, Reopened};
    let repeats = matches!(kind, Note | MemberTold | Closed | Reopened);
    let entries = store::incident::entries(tx, incident).await?;
    match entries.into_iter().find(|entry| entry.kind == kind) {
        Some(entry) if !repeats => Err(IncidentRefusal::Twice { incident, entry: kind, on: entry.done_on }.into()),
        Some(_) | None => Ok(()),
    }
}

/// Stops the passwords where that is asked for, and says how the incident stands.
async fn changed(
    uow: &mut UnitOfWork,
    ctx: &AppContext,
    id: i64,
    added: usize,
    passwords: Passwords,
) -> Result<IncidentChange, Error> {
    let stopped = match passwords {
        Passwords::Keep => Vec::new(),
        Passwords::Stop => stop::stop(uow, id).await?,
    };
    let incident = super::known(uow, id).await?;
    let entries = store::incident::entries(uow, id).await?;
    let reports = report::both(ctx, &incident, &entries);
    Ok(IncidentChange { incident: id, added, passwords: stopped, reports })
}

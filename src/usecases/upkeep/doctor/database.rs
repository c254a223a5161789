//! Checks of the database.

use super::finding::Finding;
use crate::domain::{Anchor, ReportStatus, Role};
use crate::store::{self, StoreError, Tx, copy};
use crate::usecases::audit::{self, Act};
use crate::usecases::{Allowed, AppContext, Error, feed, incidents, promises, settings, two_people};
use chrono::{DateTime, TimeDelta, Utc};

/// Supervisors that are enough when one is absent.
pub const RESERVE_SUPERVISORS: usize = 2;
/// The age of a backup in days from which it is old.
const BACKUP_DAYS: i64 = 7;

/// A day, and some hours for a job that did not begin at the same minute.
const SILENT: TimeDelta = TimeDelta::hours(30);

/// An older schema is no fault: the next start upgrades it.
pub(super) fn unopened(error: Error) -> Result<Vec<Finding>, Error> {
    match error {
        Error::Store(StoreError::Older { found, known }) => Ok(vec![Finding::OldSchema { found, known }]),
        other => Err(other),
    }
}

/// Whether it is the society's own.
pub(super) fn copy(ctx: &AppContext) -> Vec<Finding> {
    ctx.life.refusal().map(|_| Finding::Copy(ctx.life.clone())).into_iter().collect()
}

pub(super) async fn integrity(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let faults = copy::faults(&mut ctx.read(&Allowed::system()).await?).await?;
    Ok(faults.into_iter().map(Finding::Damaged).collect())
}

/// Stored settings that do not fit, and keys that this program does not know.
pub(super) async fn settings(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let unknown = settings::unknown_keys(&mut ctx.read(&Allowed::system()).await?).await?;
    let unreadable = ctx.settings.unreadable_keys().map(Finding::SettingUnreadable);
    Ok(unreadable.chain(unknown.into_iter().map(Finding::SettingUnknown)).collect())
}

pub(super) async fn audit(ctx: &AppContext, anchor: Option<&Anchor>) -> Result<Vec<Finding>, Error> {
    let chain = audit::check(ctx, anchor).await?;
    let whole = Finding::Whole(Anchor { seq: chain.entries, hash: chain.head });
    Ok(vec![chain.broken_at.map_or(whole, Finding::BrokenChain)])
}

/// The last backup that is in the log; a server's dump is recorded by a second `backup`.
pub(super) async fn backup(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let last = store::audit::last_of(&mut ctx.read(&Allowed::system()).await?, Act::BackedUp.code()).await?;
    Ok(match last.map(|entry| (ctx.clock.now() - entry.at).num_days()) {
        None => vec![Finding::NoBackup],
        Some(days) if days > BACKUP_DAYS => vec![Finding::OldBackup(days)],
        Some(_) => Vec::new(),
    })
}

pub(super) async fn staff(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let staff = store::staff::all(&mut tx).await?;
    let active = || staff.iter().filter(|person| person.disabled_at.is_none());
    let supervisors = active().filter(|person| person.role == Role::Supervisor).count();
    let never: Vec<String> = active().filter(|person| person.must_change).map(|person| person.id.clone()).collect();
    let mut found = Vec::new();
    if ctx.settings.four_eyes && supervisors < RESERVE_SUPERVISORS {
        found.push(Finding::FewSupervisors(supervisors));
    }
    if !two_people::in_force(&mut tx, ctx.clock.now()).await? {
        found.push(Finding::OneDecides(two_people::colleagues(&mut tx, ctx.clock.now()).await?.count()));
    }
    if !never.is_empty() {
        found.push(Finding::NeverSignedIn(never));
    }
    let silent = silent_machines(&mut tx, ctx.clock.now()).await?;
    if !silent.is_empty() {
        found.push(Finding::SilentMachines(silent));
    }
    Ok(found)
}

/// Machines that import, deliver or back up do so each day; those that draft and export may wait for a day of the week.
async fn silent_machines(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    let mut silent = Vec::new();
    for it in store::staff::colleagues(tx).await? {
        let daily = matches!(it.role, Role::MachineImport | Role::MachineFeed | Role::MachineBackup);
        if !daily || it.disabled_at.is_some() {
            continue;
        }
        let last = store::audit::last_by(tx, &it.id, Act::SignedIn.code()).await?;
        if now - last.unwrap_or(it.created_at) > SILENT {
            silent.push(it.id);
        }
    }
    Ok(silent)
}

/// P2: what is owed to members, is not on its way, and has no date or one that has passed. The list begins with those.
pub(super) async fn promises(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let open = promises::open_in(&mut ctx.read(&Allowed::system()).await?, ctx).await?;
    let today = ctx.clock.today();
    let mut overdue = open.into_iter().filter(|promise| promise.is_overdue(today));
    let Some(first) = overdue.next() else { return Ok(Vec::new()) };
    Ok(vec![Finding::ForgottenPromises { count: 1 + overdue.count(), first: first.member }])
}

/// 漏えい等: reports that are due or late, by the last day.
pub(super) async fn incidents(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let owed = incidents::owed(&mut ctx.read(&Allowed::system()).await?, ctx).await?;
    let finding = |(next, status)| match status {
        ReportStatus::Overdue => Some(Finding::ReportLate(next)),
        ReportStatus::Due => Some(Finding::ReportDue(next)),
        ReportStatus::Ahead | ReportStatus::Made | ReportStatus::NotNeeded => None,
    };
    Ok(owed.into_iter().filter_map(finding).collect())
}

/// What the portal has not acknowledged for days. Reading the feed says nothing.
pub(super) async fn feed(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let portal = feed::status_in(&mut ctx.read(&Allowed::system()).await?).await?;
    let late = portal.since.filter(|since| ctx.clock.now() - *since > TimeDelta::days(feed::PORTAL_DAYS));
    let (count, acknowledged) = (portal.waiting, portal.position.acknowledged);
    Ok(late.map(|since| Finding::FeedWaits { since, count, acknowledged }).into_iter().collect())
}

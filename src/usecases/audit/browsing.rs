//! Unusual browsing, from the log, for supervisors.

use super::holder::Holders;
use super::patterns::{LoggedEvent, patterns};
use super::{Act, AuditEntry, AuditEvent, Recorded, log};
use crate::domain::Permission;
use crate::domain::browsing::{self, Look, Tie, Unusual};
use crate::store::audit_read::{self, AuditQuery};
use crate::store::{self, Tx};
use crate::text::{japan, key, name_key};
use crate::usecases::{Actor, AppContext, Error, settings};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Days back, where no other day is asked for.
const DAYS: u64 = 7;

/// What a supervisor should know of since a day; a week ago where none is given. The review is an entry itself.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn unusual(ctx: &AppContext, actor: &Actor, since: Option<NaiveDate>) -> Result<Vec<Unusual>, Error> {
    let allowed = actor.allowed(Permission::Browsing)?;
    let today = ctx.clock.today();
    let since = since.unwrap_or_else(|| today.checked_sub_days(Days::new(DAYS)).unwrap_or(today));
    let mut tx = ctx.read(&allowed).await?;
    let settings = settings::load(&mut tx).await?;
    settings.must_be_readable(|id| {
        use settings::SettingId as S;
        matches!(id, S::BrowsingMembers | S::BrowsingMinutes | S::BrowsingHours | S::SocietyEmployer)
    })?;
    let names = store::staff::all(&mut tx).await?;
    let names: HashMap<String, String> = names.into_iter().map(|staff| (staff.id, name_key(&staff.name))).collect();
    let own = store::employer::by_code(&mut tx, &key(&settings.society_employer)).await?.map(|employer| employer.id);
    let mut holders = Holders::default();
    let mut looks = Vec::new();
    let kinds = Act::looks().into_iter().map(Act::code).collect::<Vec<_>>();
    for (at, staff, member) in log::on_members(&mut tx, japan::midnight(since), &kinds).await? {
        let tie = match holders.at(&mut tx, &member, at).await? {
            Some(seen) if names.get(&staff).is_some_and(|own| *own == name_key(&seen.name)) => Tie::OwnName,
            Some(seen) if own.is_some() && own == seen.employer_id => Tie::Colleague,
            Some(_) | None => Tie::None,
        };
        looks.push(Look { staff, at: japan::local(at).naive_local(), member, tie });
    }
    let done = done(&mut tx, since).await?;
    drop(tx);
    ctx.record(&allowed, AuditEvent::BrowsingReviewed { since }).await?;
    let mut found = browsing::unusual(looks, settings.browsing, |day| ctx.workdays.is_workday(day));
    found.extend(patterns(&done, settings.browsing));
    Ok(browsing::newest_first(found))
}

/// What the patterns are made of, in the order of the log.
const DONE: &[Act] = &[
    Act::StaffAdded,
    Act::StaffReset,
    Act::FactorReset,
    Act::ChangeProposed,
    Act::SignedIn,
    Act::SettingSet,
    Act::EmployerChanged,
    Act::BatchExported,
    Act::BatchRemade,
    Act::CardAsked,
    Act::MemberSearched,
    Act::IdentityChecked,
];

async fn done(tx: &mut Tx, since: NaiveDate) -> Result<Vec<LoggedEvent>, Error> {
    const PAGE: i64 = 10_000;
    let actions = DONE.iter().map(|act| act.code()).collect();
    let mut rest = AuditQuery { actions, since: Some(japan::midnight(since)), ..AuditQuery::default() };
    let mut done = Vec::new();
    loop {
        let page = audit_read::read(tx, &rest, PAGE).await?;
        let Some(last) = page.last() else { return Ok(done) };
        rest.after = last.seq;
        done.extend(page.into_iter().filter_map(|entry| {
            let Recorded::Event(event) = Recorded::of(&entry) else { return None };
            let at = japan::local(entry.at).naive_local();
            let AuditEntry { staff, terminal, member, batch, .. } = entry;
            Some(LoggedEvent { at, staff, terminal, member, batch, event })
        }));
    }
}

//! Unusual browsing, from the log, for supervisors.

use super::{AuditEvent, log};
use crate::domain::browsing::{self, Look, Tie, Unusual};
use crate::domain::{MemberKey, Permission};
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
    let names = store::staff::all(&mut tx).await?;
    let names: HashMap<String, String> = names.into_iter().map(|staff| (staff.id, name_key(&staff.name))).collect();
    let own = store::employer::by_code(&mut tx, &key(&settings.society_employer)).await?.map(|employer| employer.id);
    let mut known = HashMap::new();
    let mut looks = Vec::new();
    for (at, staff, member) in log::looks(&mut tx, japan::midnight(since)).await? {
        if !known.contains_key(&member) {
            known.insert(member.clone(), who_is(&mut tx, &member).await?);
        }
        let tie = match known.get(&member).and_then(Option::as_ref) {
            Some((name, _)) if names.get(&staff).is_some_and(|own| own == name) => Tie::OwnName,
            Some((_, Some(employer))) if own == Some(*employer) => Tie::Colleague,
            _ => Tie::None,
        };
        looks.push(Look { staff, at: japan::local(at).naive_local(), member, tie });
    }
    drop(tx);
    ctx.record(&allowed, AuditEvent::BrowsingReviewed { since }).await?;
    Ok(browsing::unusual(looks, settings.browsing, |day| ctx.workdays.is_workday(day)))
}

/// The name key and the employer of a member, by the key of an entry.
async fn who_is(tx: &mut Tx, member: &str) -> Result<Option<(String, Option<i64>)>, Error> {
    let mut parts = member.splitn(3, '-');
    let mut part = || parts.next().unwrap_or_default();
    let Ok(key) = MemberKey::parse(part(), part(), part()) else { return Ok(None) };
    let found = store::member::by_key(tx, &key).await?;
    Ok(found.map(|member| (name_key(&member.name), member.employer_id)))
}

//! H2: what the registry said on a day, and each change since.

use super::addresses::{self, ChangedAddress};
use super::audit::{AuditEvent, MemberPart};
use super::refusal::PersonRefusal;
use super::{Actor, AppContext, Error, Refusal, known};
use crate::domain::{MemberKey, Permission};
use crate::store::employer::Employer;
use crate::store::member::{Member, NoteView};
pub use crate::store::version::{Version, VersionPeriod};
use crate::store::{self, Tx, version};
use crate::text::japan::day_of;
use chrono::NaiveDate;

/// Who held a key on a day, and what the registry said.
#[derive(Debug, Clone, serde::Serialize)]
pub struct MemberOnDay {
    /// The day that was asked for.
    pub on: NaiveDate,
    /// The version of that day.
    pub member: Version<Member>,
    /// The member's employer as it was on that day.
    pub employer: Option<Version<Employer>>,
    /// 対応記録 of this person, newest first; also of one whose number is another person's by now.
    pub notes: Vec<NoteView>,
}

/// An employer on a day, with every version.
#[derive(Debug, Clone, serde::Serialize)]
pub struct EmployerHistory {
    /// The version of the day that was asked for.
    pub employer: Version<Employer>,
    /// Every version, the present one first.
    pub versions: Vec<Version<Employer>>,
    /// R6: changes of the representative address, newest first, with who confirmed them.
    pub addresses: Vec<ChangedAddress>,
}

/// A member as of the end of a day; a look.
///
/// # Errors
/// [`PersonRefusal::UnknownThen`] where the number had no holder, or none was known, on that day.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn member(ctx: &AppContext, actor: &Actor, key: &MemberKey, on: NaiveDate) -> Result<MemberOnDay, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let versions = version::of_key(&mut tx, key).await?;
    let held = |version: &Version<Member>| version.row.replaced_on.is_none_or(|day| on < day);
    if versions.is_empty() {
        return Err(Refusal::MemberUnknown(key.to_string()).into());
    }
    let member = versions.into_iter().rfind(|version| holds(&version.period, on) && held(version));
    let member = member.ok_or_else(|| PersonRefusal::UnknownThen { of: key.to_string(), on })?;
    let employer = match member.row.employer_id {
        Some(id) => employer_on(&mut tx, id, on).await?,
        None => None,
    };
    let notes = store::member::notes(&mut tx, member.row.person()).await?;
    drop(tx);
    ctx.record(&allowed, AuditEvent::MemberSeen { part: MemberPart::AsOf }.on(key)).await?;
    Ok(MemberOnDay { on, member, employer, notes })
}

/// Every version of a member's row, the present one first; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn member_versions(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<Vec<Version<Member>>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let versions = version::of_key(&mut ctx.read(&allowed).await?, key).await?;
    if versions.is_empty() {
        return Err(Refusal::MemberUnknown(key.to_string()).into());
    }
    ctx.record(&allowed, AuditEvent::MemberSeen { part: MemberPart::AsOf }.on(key)).await?;
    Ok(versions)
}

/// An employer by its code, as of the end of a day.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn employer(ctx: &AppContext, actor: &Actor, code: &str, on: NaiveDate) -> Result<EmployerHistory, Error> {
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let employer = known::employer(&mut tx, code).await?;
    let versions = version::of_employer(&mut tx, employer.id).await?;
    let then = || PersonRefusal::UnknownThen { of: employer.record.code_shown.clone(), on };
    let employer = versions.iter().rfind(|version| holds(&version.period, on)).cloned().ok_or_else(then)?;
    let addresses = addresses::of_employer(&mut tx, employer.row.id).await?;
    Ok(EmployerHistory { employer, versions, addresses })
}

async fn employer_on(tx: &mut Tx, id: i64, on: NaiveDate) -> Result<Option<Version<Employer>>, Error> {
    Ok(version::of_employer(tx, id).await?.into_iter().rfind(|version| holds(&version.period, on)))
}

/// Whether a version was the one in force at the end of a day in Japan. The first version that was kept
/// has no beginning.
fn holds(period: &VersionPeriod, on: NaiveDate) -> bool {
    period.since.is_none_or(|at| day_of(at) <= on) && period.until.is_none_or(|at| day_of(at) > on)
}

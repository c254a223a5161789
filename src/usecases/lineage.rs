//! A3, A10: the records of one person under former and later numbers, walkable in both directions.

use super::audit::{AuditEvent, MemberPart};
use super::{Actor, AppContext, Error, known};
use crate::domain::diagnosis::{ChangeReason, OldRecord};
use crate::domain::lineage::{RecordStanding, Sight, sights};
use crate::domain::{MemberKey, Permission};
use crate::store::{self, Tx, member::Member};
use chrono::NaiveDate;

/// One record of the person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Record {
    /// 記号・番号・枝番
    pub key: String,
    /// Whether there is a record, or the registry knows the number only.
    pub record: OldRecord,
    /// 資格取得日
    pub acquired_on: Option<NaiveDate>,
    /// 資格喪失日
    pub lost_on: Option<NaiveDate>,
    /// Why the number changed from this record to the next.
    pub changed: Option<ChangeReason>,
    /// Whether the member sees it on the portal today, and why.
    pub sight: Sight,
}

/// All records of the person, the oldest first; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn lineage(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<Vec<Record>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let start = known::member(&mut tx, key).await?;
    let member = start.key();
    let records = records(&mut tx, ctx, start).await?;
    drop(tx);
    ctx.record(&allowed, AuditEvent::MemberSeen { part: MemberPart::Lineage }.on(member)).await?;
    Ok(records)
}

/// All records of a person, the oldest first.
pub(super) async fn records(tx: &mut Tx, ctx: &AppContext, start: Member) -> Result<Vec<Record>, Error> {
    let chain = chain(tx, ctx, start).await?;
    let newest = standing(tx, ctx, chain.last()).await?;
    // The oldest record on file may follow a number of which nothing is on file.
    let walked = |key: &String| chain.iter().any(|member| member.key() == *key);
    let before = match chain.first() {
        Some(first) => former_number(tx, first).await?.filter(|key| !walked(key)),
        None => None,
    };
    let changes: Vec<ChangeReason> = chain.iter().skip(usize::from(before.is_none())).map(reason).collect();
    let sights = sights(&changes, newest);
    let changed = changes.into_iter().map(Some).chain([None]);
    let number_only = |key| (key, OldRecord::NumberOnly, None, None);
    let on_file =
        chain.iter().map(|member| (member.key(), OldRecord::OnFile, Some(member.acquired_on), member.lost_on));
    let all = before.into_iter().map(number_only).chain(on_file);
    let records = all.zip(changed).zip(sights).map(|(((key, record, acquired_on, lost_on), changed), sight)| Record {
        key,
        record,
        acquired_on,
        lost_on,
        changed,
        sight,
    });
    Ok(records.collect())
}

/// The person's memberships, the oldest first; one that begins later is there only if it is the one that is looked at.
async fn chain(tx: &mut Tx, ctx: &AppContext, start: Member) -> Result<Vec<Member>, Error> {
    let today = ctx.clock.today();
    let mut chain = store::person::memberships(tx, start.person()).await?;
    chain.retain(|member| member.id == start.id || member.acquired_on <= today);
    Ok(chain)
}

/// The memberships before and after one of a person's, by `today` (A3, A10).
pub(super) async fn neighbours(
    tx: &mut Tx,
    ctx: &AppContext,
    member: &Member,
) -> Result<(Option<Member>, Option<Member>), Error> {
    let mut chain = chain(tx, ctx, member.clone()).await?;
    let at = chain.iter().position(|it| it.id == member.id).unwrap_or_default();
    let later = chain.drain(at..).nth(1);
    Ok((chain.pop(), later))
}

/// The membership that follows one of a person's on a day to come.
pub(super) async fn coming(tx: &mut Tx, ctx: &AppContext, member: &Member) -> Result<Option<Member>, Error> {
    let today = ctx.clock.today();
    let all = store::person::memberships(tx, member.person()).await?;
    Ok(all.into_iter().find(|it| it.id != member.id && it.acquired_on > today))
}

async fn standing(tx: &mut Tx, ctx: &AppContext, newest: Option<&Member>) -> Result<RecordStanding, Error> {
    let Some(member) = newest else { return Ok(RecordStanding::Unregistered) };
    if member.lost_on.is_some_and(|day| day <= ctx.clock.today()) {
        return Ok(RecordStanding::Lost);
    }
    let account = store::account::open_of(tx, member.id).await?;
    Ok(if account.is_some() { RecordStanding::Registered } else { RecordStanding::Unregistered })
}

/// `104-7-00`: the former key that the registry gives, where nothing is on file under it. What is on file and is not joined
/// to this person is another person's (H1): it is never told as theirs.
pub(super) async fn former_number(tx: &mut Tx, member: &Member) -> Result<Option<String>, Error> {
    let parts = [&member.former_symbol, &member.former_number, &member.former_branch].map(Option::as_deref);
    let [Some(symbol), Some(number), Some(branch)] = parts else { return Ok(None) };
    let known = store::person::is_known(tx, [symbol, number, branch]).await?;
    Ok((!known).then(|| format!("{symbol}-{number}-{branch}")))
}

/// Why the number changed to this record; an unknown reason carries nothing over.
pub(super) fn reason(member: &Member) -> ChangeReason {
    member.change_reason.as_deref().and_then(|code| code.parse().ok()).unwrap_or(ChangeReason::Other)
}

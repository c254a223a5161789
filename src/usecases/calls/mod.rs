//! 電話: who is on the line and what such a caller hears; open calls with their drafts; the calls of a day.

mod draft;
mod line;
mod list;

pub use draft::{GivenUp, begin, end, give_up, keep, open};
pub use line::{CallDraft, CallLine, CallState};
pub use list::{list, show};

use super::audit::AuditEvent;
use super::{Actor, AppContext, DataError, Error, known, routes};
use crate::domain::diagnosis::{CallerKind, ContactCheck, Disclosure, Language, Scripts, Speech};
use crate::domain::{BatchNumber, HoldReason, MemberKey, Permission};
use crate::store::{self, employer::Employer};
use chrono::NaiveDate;

/// The latest parcels that an employer's contact hears of.
const BUNDLES: i64 = 5;

/// What a caller hears before anything of a person.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CallerWords {
    /// 電話の相手
    pub caller: CallerKind,
    /// お伝えすること
    pub say: String,
    /// For the employer's contact: the employer, against which the contact is checked. None where there is none to speak
    /// of, as with a protected person (R7).
    pub office: Option<Employer>,
    /// For a checked contact: the latest parcels, newest first.
    pub bundles: Vec<ContactBundle>,
}

/// A parcel as the employer's contact may hear of it: no kind, no name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ContactBundle {
    /// The batch that it went with.
    pub batch: BatchNumber,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 通数
    pub cards: i64,
    /// 受領書
    pub receipt_on: Option<NaiveDate>,
    /// 追跡番号; empty where none is known.
    pub tracking: String,
    /// はがき番号
    pub serials: Vec<String>,
}

/// Who calls about a member; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn caller(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    caller: CallerKind,
    contact: ContactCheck,
    language: Language,
) -> Result<CallerWords, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let member = known::member(&mut tx, key).await?;
    let of_bundles = caller.disclosure() == Disclosure::Bundle;
    let route = routes::route_of(&mut tx, ctx.clock.today(), &member).await?;
    let office = route.employer.filter(|_| of_bundles && route.obstacle != Some(HoldReason::Protected));
    let bundles = match (&office, contact) {
        (Some(employer), ContactCheck::Matches) => contact_bundles(&mut tx, employer.id).await?,
        (Some(_), ContactCheck::Unknown) | (None, _) => Vec::new(),
    };
    drop(tx);
    // A contact of whose parcels nothing may be said is as any caller.
    let heard = if of_bundles && office.is_none() { CallerKind::Unknown } else { caller };
    let contact = office.is_some().then_some(contact);
    let society = ctx.settings.society_words();
    let speech = Speech { language, today: ctx.clock.today(), society: &society };
    let scripts = Scripts::embedded().map_err(DataError::from)?;
    let say = match contact {
        Some(ContactCheck::Matches) => scripts.checked_contact(bundles.len(), speech),
        Some(ContactCheck::Unknown) | None => scripts.opening(heard, speech),
    };
    ctx.record(&allowed, AuditEvent::CallerStated { caller, contact }.on(member.key())).await?;
    Ok(CallerWords { caller, say, office, bundles })
}

/// What a caller about no member hears first.
pub fn greeting(ctx: &AppContext, actor: &Actor, caller: CallerKind, language: Language) -> Result<String, Error> {
    actor.allowed(Permission::Look)?;
    let society = ctx.settings.society_words();
    let speech = Speech { language, today: ctx.clock.today(), society: &society };
    Ok(Scripts::embedded().map_err(DataError::from)?.opening(caller, speech))
}

/// An employer's latest parcels, as its contact may hear of them.
pub(super) async fn contact_bundles(tx: &mut store::Tx, employer: i64) -> Result<Vec<ContactBundle>, Error> {
    let mut bundles = Vec::new();
    for bundle in store::bundle::of_employer(tx, employer, BUNDLES).await? {
        let serials = store::bundle::serials_of(tx, &bundle.batch, employer).await?;
        bundles.push(ContactBundle {
            batch: bundle.batch,
            dispatched_on: bundle.dispatched_on,
            cards: bundle.cards,
            receipt_on: bundle.receipt_on,
            tracking: bundle.tracking,
            serials,
        });
    }
    Ok(bundles)
}

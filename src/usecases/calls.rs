//! 電話の相手: who calls about a member, and what such a caller hears.

use super::audit::AuditEvent;
use super::diagnosis::society_words;
use super::{Actor, AppContext, DataError, Error, Refusal, routes};
use crate::domain::diagnosis::{CallerKind, Disclosure, Language, Scripts, Speech};
use crate::domain::{BatchNumber, MemberKey, Permission};
use crate::store;
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
    /// For the employer's contact: the latest parcels, newest first.
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
    language: Language,
) -> Result<CallerWords, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let member = store::member::by_key(&mut tx, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    let bundles = match caller.disclosure() {
        Disclosure::Bundle => {
            let employer = routes::route_of(&mut tx, ctx.clock.today(), &member).await?.employer;
            match employer {
                Some(employer) => contact_bundles(&mut tx, employer.id).await?,
                None => Vec::new(),
            }
        }
        Disclosure::OwnRecord | Disclosure::OnPaper | Disclosure::Nothing => Vec::new(),
    };
    drop(tx);
    let society = society_words(&ctx.settings);
    let speech = Speech { language, today: ctx.clock.today(), society: &society };
    let say = Scripts::embedded().map_err(DataError::from)?.opening(caller, speech);
    ctx.record(&allowed, AuditEvent::CallerStated { caller }.on(member.key())).await?;
    Ok(CallerWords { caller, say, bundles })
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
            serials,
        });
    }
    Ok(bundles)
}

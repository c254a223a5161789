//! The log for people: entries with the names of the actor and the member, and serials instead of internal ids.

use super::holder::Holders;
use super::{Act, AuditEntry, AuditEvent, Recorded};
use crate::domain::query::{household_key, member_key};
use crate::domain::{BatchNumber, MemberKey, Permission};
use crate::store::{self, Tx, audit_read};
use crate::text::japan::midnight;
use crate::usecases::{Actor, AppContext, Error};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Whose entries are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditWhom {
    /// One person, by key.
    Member(MemberKey),
    /// Symbol and number without a branch: everybody of the household.
    Household(MemberKey),
}

impl AuditWhom {
    /// A key as it is typed; without a branch it means the household, so that a look at a child is not missed.
    pub fn parse(text: &str) -> Option<Self> {
        let key = member_key(text)?;
        let (_, _, branch) = household_key(text)?;
        Some(if branch.is_some() { Self::Member(key) } else { Self::Household(key) })
    }

    /// The rows of everybody who is meant, for what was shown in lists.
    pub(super) async fn rows(&self, tx: &mut Tx) -> Result<Vec<i64>, Error> {
        let (key, branch) = match self {
            Self::Member(key) => (key, Some(key.branch.key())),
            Self::Household(key) => (key, None),
        };
        Ok(audit_read::holders(tx, key.symbol.key(), key.number.key(), branch).await?)
    }
}

pub use crate::store::audit_read::Order;

/// What is asked for. Nothing given: everything.
#[derive(Debug, Clone, Default)]
pub struct AuditQuestion {
    /// The member, household, batch or employer that entries are about.
    pub whom: Option<AuditWhom>,
    /// In which batch.
    pub batch: Option<BatchNumber>,
    /// Staff ID of the actor.
    pub staff: Option<String>,
    /// What was done: one of these; none given: anything.
    pub acts: Vec<Act>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day, which counts.
    pub to: Option<NaiveDate>,
    /// Behind this entry.
    pub after: i64,
    /// At most so many.
    pub limit: i64,
    /// From which end of the log.
    pub order: Order,
}

impl AuditQuestion {
    /// What a role may ask: a reviewer of unusual browsing may open the looks themselves.
    pub fn needs(&self) -> Permission {
        let looks = !self.acts.is_empty() && self.acts.iter().all(|act| act.is_look());
        if looks { Permission::Browsing } else { Permission::Audit }
    }
}

/// An entry as a person reads it.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// The entry as it stands in the log.
    pub entry: AuditEntry,
    /// What it says, with the serials of cards that have one by now.
    pub recorded: Recorded,
    /// The name of who acted; none for the program itself.
    pub staff_name: Option<String>,
    /// The name of who had the member's number then.
    pub member_name: Option<String>,
}

/// The entries that fit. Reading is an entry itself, and comes before the answer.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn list(ctx: &AppContext, actor: &Actor, question: &AuditQuestion) -> Result<Vec<AuditLine>, Error> {
    let allowed = actor.allowed(question.needs())?;
    let mut tx = ctx.read(&allowed).await?;
    let listed = match &question.whom {
        Some(whom) => whom.rows(&mut tx).await?,
        None => Vec::new(),
    };
    let asked = audit_read::AuditQuery { listed, ..query(question) };
    let entries = audit_read::read(&mut tx, &asked, question.limit).await?;
    let staff = store::staff::all(&mut tx).await?;
    let staff: HashMap<String, String> = staff.into_iter().map(|staff| (staff.id, staff.name)).collect();
    let mut holders = Holders::default();
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        let member_name = match &entry.member {
            Some(key) => holders.at(&mut tx, key, entry.at).await?.map(|member| member.name.clone()),
            None => None,
        };
        let recorded = with_serial(&mut tx, Recorded::of(&entry)).await?;
        lines.push(AuditLine { staff_name: staff.get(&entry.staff).cloned(), member_name, recorded, entry });
    }
    drop(tx);
    let (member, household) = match &question.whom {
        Some(AuditWhom::Member(key)) => (Some(key.to_string()), None),
        Some(AuditWhom::Household(key)) => (None, Some(format!("{}-{}", key.symbol.key(), key.number.key()))),
        None => (None, None),
    };
    let (batch, staff) = (question.batch.as_ref().map(ToString::to_string), question.staff.clone());
    ctx.record(&allowed, AuditEvent::AuditExported { member, household, batch, staff }).await?;
    Ok(lines)
}

fn query(question: &AuditQuestion) -> audit_read::AuditQuery {
    let members = question.whom.as_ref().map(|whom| match whom {
        AuditWhom::Member(key) => (key.to_string(), key.to_string()),
        AuditWhom::Household(key) => {
            let household = format!("{}-{}-", key.symbol.key(), key.number.key());
            // Branches are two digits.
            (household.clone(), format!("{household}99"))
        }
    });
    audit_read::AuditQuery {
        members,
        listed: Vec::new(),
        batch: question.batch.as_ref().map(ToString::to_string),
        staff: question.staff.clone(),
        actions: question.acts.iter().map(|act| act.code()).collect(),
        since: question.from.map(midnight),
        until: question.to.and_then(|day| day.checked_add_days(Days::new(1))).map(midnight),
        after: question.after,
        order: question.order,
    }
}

/// A card that had no serial yet when the entry was written may have one now.
async fn with_serial(tx: &mut Tx, mut recorded: Recorded) -> Result<Recorded, Error> {
    use AuditEvent as E;
    if let Recorded::Event(
        E::CardAsked { card, .. }
        | E::CardApart { card }
        | E::CardHeld { card, .. }
        | E::CardReleased { card }
        | E::CardCancelled { card, .. }
        | E::CardDead { card, .. },
    ) = &mut recorded
        && card.serial.is_none()
    {
        card.serial = audit_read::serial(tx, card.id).await?;
    }
    Ok(recorded)
}

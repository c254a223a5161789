//! 対応記録: what was said, and when to get back to the member.

mod draft;
mod follow_up;
mod search;

pub use draft::NoteDraft;
pub(super) use draft::of as draft_of;
pub use follow_up::{FollowUp, done, due};
pub use search::{NoteHits, search};

use super::audit::{Act, AuditEvent, Recorded};
use super::refusal::NoteRefusal;
use super::{Actor, AppContext, Error, Refusal, UnitOfWork, known};
use crate::domain::diagnosis::{CallerKind, Section, Topic};
use crate::domain::request::{CallerStanding, Channel, Identity};
use crate::domain::{MemberKey, Permission, PhoneNumber};
use crate::store;
use crate::store::audit_read::{self, AuditQuery, Order};
use crate::store::note::NewNote;
use crate::text;
use chrono::{NaiveDate, TimeDelta};

pub use crate::store::note::NoteLine;

/// The topic of a note that fits none of the guide's.
pub const OTHER: &str = "other";

/// A note before it is written.
#[derive(Debug, Clone)]
pub struct Note {
    /// What about; nothing for what the guide does not know.
    pub topic: Option<Topic>,
    /// Phone, form or counter.
    pub channel: Channel,
    /// What was said.
    pub body: String,
    /// When to get back to the member.
    pub follow_up_on: Option<NaiveDate>,
    /// Where the caller was sent on to.
    pub referred: Option<Section>,
    /// Who called; nothing where the note is no call.
    pub caller: Option<CallerKind>,
    /// The number to call back; may be empty.
    pub phone: String,
    /// The note that this one supplements or corrects; it stays as it is.
    pub adds_to: Option<i64>,
    /// The own open call that ends with it.
    pub call: Option<i64>,
}

/// The most notes of one list.
const LIMIT: i64 = 500;

/// Writes a note on a member; its number.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn write(ctx: &AppContext, actor: &Actor, key: &MemberKey, note: &Note) -> Result<i64, Error> {
    let allowed = actor.allowed(Permission::Note)?;
    let body = plain(&note.body);
    if body.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    let today = ctx.clock.today();
    if let Some(given) = note.follow_up_on {
        NoteRefusal::follow_up(given, today)?;
    }
    let phone = PhoneNumber::parse(&note.phone).map_err(|_| NoteRefusal::BadPhone(note.phone.clone()))?;
    let mut uow = ctx.begin(&allowed).await?;
    let member = known::member(&mut uow, key).await?;
    if let Some(first) = note.adds_to {
        let known = store::member::notes(&mut uow, member.person()).await?;
        if !known.iter().any(|note| note.id == first) {
            return Err(NoteRefusal::AddendumUnknown(first).into());
        }
    }
    let identified = note.caller == Some(CallerKind::Member) && was_identified(&mut uow, &member.key()).await?;
    let stored = NewNote {
        member_id: member.id,
        at: ctx.clock.now(),
        staff: &actor.id,
        channel: note.channel,
        topic: note.topic.map_or(OTHER, Topic::code),
        body: &body,
        search: &text::name_key(&body),
        follow_up_on: note.follow_up_on,
        referred: note.referred,
        caller: note.caller,
        phone: phone.as_ref().map_or("", PhoneNumber::shown),
        adds_to: note.adds_to,
        identified,
    };
    let id = store::note::insert(&mut uow, &stored).await?;
    if let Some(call) = note.call
        && !store::call::became(&mut uow, (call, &actor.id), ctx.clock.now(), id).await?
    {
        return Err(NoteRefusal::CallUnknown(call).into());
    }
    let written = AuditEvent::NoteWritten { note: id, topic: note.topic, caller: note.caller, adds_to: note.adds_to };
    uow.commit(written.on(member.key())).await?;
    Ok(id)
}

/// whether the actor has identified the member on the phone before: what the log says of the last check,
/// not what is claimed now.
async fn was_identified(uow: &mut UnitOfWork, member: &str) -> Result<bool, Error> {
    let asked = AuditQuery {
        members: Some((member.to_owned(), member.to_owned())),
        staff: Some(uow.staff().to_owned()),
        actions: vec![Act::IdentityChecked.code()],
        since: Some(uow.now() - TimeDelta::hours(CALL_HOURS)),
        order: Order::NewestFirst,
        ..AuditQuery::default()
    };
    let checks = audit_read::read(uow, &asked, 1).await?;
    Ok(checks.first().is_some_and(|entry| match Recorded::of(entry) {
        Recorded::Event(AuditEvent::IdentityChecked { caller: Some(CallerKind::Member), verdicts, .. }) => {
            Identity::from_verdicts(verdicts).standing == CallerStanding::Identified
        }
        _ => false,
    }))
}

/// A note belongs to a check of the last hours: one call.
const CALL_HOURS: i64 = 4;

/// What is kept of a typed text: its lines, with nothing that steers a terminal.
fn plain(typed: &str) -> String {
    text::plain_lines(&text::widen(typed)).trim().to_owned()
}

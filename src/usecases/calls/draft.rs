//! Open calls: kept as they are typed, so that a lock, a sign-out or a crash of the terminal costs nothing.
//!
//! *Decision.* An open call is its owner's alone. What a caller has proved is not stored: a caller who is called back is
//! checked again, because the line does not outlive the session. A call that needs a call back stays open.

use super::{CallDraft, CallLine};
use crate::domain::diagnosis::CallerKind;
use crate::domain::{Permission, PhoneNumber, coded};
use crate::store::{self, Tx, call::CallFields};
use crate::text;
use crate::usecases::audit::{Act, AuditEvent, NoteFacts, SearchScope};
use crate::usecases::notes::NoteDraft;
use crate::usecases::refusal::NoteRefusal;
use crate::usecases::{Actor, AppContext, Error, Refusal, known};

/// Begins a call; its number.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn begin(ctx: &AppContext, actor: &Actor, draft: &CallDraft) -> Result<i64, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let typed = Typed::of(draft);
    let fields = typed.fields(member_of(&mut uow, draft).await?);
    let call = store::call::begin(&mut uow, &actor.id, ctx.clock.now(), &fields).await?;
    uow.commit(about(AuditEvent::CallBegun { call, caller: draft.note.caller }, draft)).await?;
    Ok(call)
}

/// Keeps an own open call as it is now.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn keep(ctx: &AppContext, actor: &Actor, call: i64, draft: &CallDraft) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let typed = Typed::of(draft);
    let fields = typed.fields(member_of(&mut uow, draft).await?);
    if !store::call::keep(&mut uow, (call, &actor.id), ctx.clock.now(), &fields).await? {
        return Err(NoteRefusal::CallUnknown(call).into());
    }
    uow.commit(about(AuditEvent::DraftKept { call: Some(call) }, draft)).await
}

/// Ends an own call that is about no member: what was said stays with it. One about a member ends with the note
/// ([`crate::usecases::notes::write`]).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn end(ctx: &AppContext, actor: &Actor, call: i64, draft: &CallDraft) -> Result<(), Error> {
    let allowed = actor.allowed(Permission::Note)?;
    if draft.note.body.trim().is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    let phone = PhoneNumber::parse(&draft.note.phone).map_err(|_| NoteRefusal::BadPhone(draft.note.phone.clone()))?;
    let mut uow = ctx.begin(&allowed).await?;
    let typed = Typed::of(draft);
    let shown = phone.as_ref().map_or("", PhoneNumber::shown);
    let fields = CallFields { phone: shown, follow_up_on: "", ..typed.fields(None) };
    let own = (call, actor.id.as_str());
    if !store::call::keep(&mut uow, own, ctx.clock.now(), &fields).await? {
        return Err(NoteRefusal::CallUnknown(call).into());
    }
    store::call::end(&mut uow, own, ctx.clock.now()).await?;
    uow.commit(AuditEvent::CallEnded { call, caller: draft.note.caller }).await
}

coded! {
    /// What is left of a call that was given up.
    pub enum GivenUp {
        /// Nothing of it is left.
        Erased = "erased",
        /// The call without its draft: something was done in it.
        Ended = "ended",
    }
}

/// Gives an own open call up, with its draft. One in which something was done stays as a call that has ended.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn give_up(ctx: &AppContext, actor: &Actor, call: i64) -> Result<GivenUp, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Note)?).await?;
    let own = (call, actor.id.as_str());
    let open = store::call::get(&mut uow, call, &actor.id).await?.filter(|row| row.ended_at.is_none());
    let open = open.ok_or(NoteRefusal::CallUnknown(call))?;
    let (line, draft) = (CallLine::from(open.clone()), CallLine::from(open).draft());
    if was_used(&mut uow, actor, &line).await? {
        let kept = CallDraft {
            note: NoteDraft { caller: draft.note.caller, ..NoteDraft::of_call(CallerKind::Unknown) },
            ..draft
        };
        let typed = Typed::of(&kept);
        let fields = typed.fields(member_of(&mut uow, &kept).await?);
        store::call::keep(&mut uow, own, ctx.clock.now(), &fields).await?;
        store::call::end(&mut uow, own, ctx.clock.now()).await?;
        uow.commit(about(AuditEvent::CallEnded { call, caller: kept.note.caller }, &kept)).await?;
        return Ok(GivenUp::Ended);
    }
    store::call::erase(&mut uow, own).await?;
    uow.commit(about(AuditEvent::DraftGivenUp { call: Some(call) }, &draft)).await?;
    Ok(GivenUp::Erased)
}

/// Whether anything was done in a call: for its member by its owner since it began, or an incident that was told.
async fn was_used(tx: &mut Tx, actor: &Actor, call: &CallLine) -> Result<bool, Error> {
    let done: Vec<&str> = Act::ALL.iter().filter(|act| !act.leaves_lists_alone()).map(|act| act.code()).collect();
    let for_member = match &call.member {
        Some(key) => store::audit::was_done(tx, (&actor.id, key), call.started_at, &done).await?,
        None => false,
    };
    Ok(for_member || store::incident::was_told_in(tx, call.id).await?)
}

/// The own open calls, the oldest first; a look where there are some.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn open(ctx: &AppContext, actor: &Actor) -> Result<Vec<CallLine>, Error> {
    let allowed = actor.allowed(Permission::Note)?;
    let mut tx = ctx.read(&allowed).await?;
    let open = store::call::open_of(&mut tx, &actor.id).await?;
    let ids: Vec<i64> = open.iter().map(|call| call.id).collect();
    let members = store::listed::of_calls(&mut tx, &ids).await?;
    drop(tx);
    if !open.is_empty() {
        ctx.record_list(&allowed, SearchScope::Calls, "open", open.len(), members).await?;
    }
    Ok(open.into_iter().map(CallLine::from).collect())
}

/// Texts as they are stored: with nothing that steers a terminal.
struct Typed<'a> {
    draft: &'a CallDraft,
    name: String,
    phone: String,
    body: String,
    follow_up_on: String,
}

impl<'a> Typed<'a> {
    fn of(draft: &'a CallDraft) -> Self {
        let line = |text: &str| text::plain_line(text).into_owned();
        Self {
            draft,
            name: line(&draft.name),
            phone: line(&draft.note.phone),
            body: text::plain_lines(&text::widen(&draft.note.body)),
            follow_up_on: line(&draft.note.follow_up_on),
        }
    }

    fn fields(&'a self, member_id: Option<i64>) -> CallFields<'a> {
        let NoteDraft { channel, caller, referred, adds_to, .. } = self.draft.note;
        CallFields {
            channel,
            caller,
            name: self.name.trim(),
            phone: self.phone.trim(),
            member_id,
            topic: self.draft.note.topic_code(),
            body: &self.body,
            referred,
            follow_up_on: self.follow_up_on.trim(),
            adds_to,
        }
    }
}

async fn member_of(tx: &mut Tx, draft: &CallDraft) -> Result<Option<i64>, Error> {
    Ok(match &draft.member {
        Some(key) => Some(known::member(tx, key).await?.id),
        None => None,
    })
}

fn about(event: AuditEvent, draft: &CallDraft) -> NoteFacts {
    match &draft.member {
        Some(key) => event.on(key),
        None => event.into(),
    }
}

//! What is asked about calls: kept as they are typed, ended, listed.

use crate::domain::MemberKey;
use crate::domain::diagnosis::CallerKind;
use crate::labels::refusals::explain;
use crate::tui::call_strip::CallSlot;
use crate::tui::request::{RequestContext, RequestPolicy, TypedRequest, request};
use crate::usecases::calls::{self, CallDraft, CallLine};
use crate::usecases::notes::{self, Note};
use crate::usecases::refusal::NoteRefusal;
use crate::usecases::{Error, Refusal as Reason};
use chrono::NaiveDate;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;

/// What the database knows of a call, for all that know the call: its forms, and what is kept of it in the background.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallId(Arc<CallState>);

#[derive(Debug, Default)]
struct CallState {
    /// The number; 0 before it was kept once, -1 once it has ended.
    id: AtomicI64,
    /// One writes at a time, and this version was written last: nothing older is kept, and nothing of a call that has ended.
    written: Mutex<u64>,
}

impl CallId {
    pub(crate) fn of(id: i64) -> Self {
        let known = Self::default();
        known.set(id);
        known
    }

    /// The number of a call that is open.
    pub(crate) fn get(&self) -> Option<i64> {
        Some(self.0.id.load(Ordering::SeqCst)).filter(|id| *id > 0)
    }

    pub(crate) fn set(&self, id: i64) {
        self.0.id.store(id, Ordering::SeqCst);
    }

    fn ended(&self) {
        self.set(-1);
    }

    fn has_ended(&self) -> bool {
        self.0.id.load(Ordering::SeqCst) < 0
    }
}

/// A moment in which one goes on typing.
#[derive(Debug)]
pub(crate) struct TypingPause;

impl TypedRequest for TypingPause {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, _: RequestContext<'_>) -> Result<(), Error> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }
}

/// A call as it is now.
#[derive(Debug)]
pub(crate) struct KeptCall {
    pub(crate) slot: CallSlot,
    pub(crate) id: CallId,
    /// Counts the changes of the call.
    pub(crate) version: u64,
    pub(crate) draft: CallDraft,
}

/// What became of it, in words where it was not kept.
#[derive(Debug)]
pub(crate) struct KeptReply {
    pub(crate) slot: CallSlot,
    pub(crate) done: Result<(), String>,
}

/// Keeps open calls with their half-written notes.
#[derive(Debug)]
pub(crate) struct KeepCalls(pub(crate) Vec<KeptCall>);

impl TypedRequest for KeepCalls {
    type Reply = Vec<KeptReply>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Vec<KeptReply>, Error> {
        let mut replies = Vec::with_capacity(self.0.len());
        for call in self.0 {
            let slot = call.slot;
            let done = match keep(session, &call).await {
                Err(error @ Error::Refused(Reason::ShutOut)) => return Err(error),
                // While one types, a refusal is no dialog.
                done => done.map_err(|error| explain(session.labels.lang, &error)),
            };
            replies.push(KeptReply { slot, done });
        }
        Ok(replies)
    }
}

/// One that has ended at another terminal meanwhile goes on as a call of its own: nothing typed is lost.
async fn keep(session: RequestContext<'_>, call: &KeptCall) -> Result<(), Error> {
    let KeptCall { id, version, draft, .. } = call;
    let mut written = id.0.written.lock().await;
    if id.has_ended() || *written > *version {
        return Ok(());
    }
    let kept = match id.get() {
        Some(known) => calls::keep(session.ctx, session.actor, known, draft).await,
        None => Err(NoteRefusal::CallUnknown(0).into()),
    };
    match kept {
        Err(Error::Refused(Reason::Note(NoteRefusal::CallUnknown(_)))) => {
            id.set(calls::begin(session.ctx, session.actor, draft).await?);
        }
        kept => kept?,
    }
    *written = *version;
    Ok(())
}

/// The own open calls.
#[derive(Debug)]
pub(crate) struct OpenCalls;
request!(OpenCalls => Vec<CallLine>, Latest, |ctx, actor| calls::open(ctx, actor).await);

/// The calls of a day; a look.
#[derive(Debug)]
pub(crate) struct ListCalls(pub(crate) NaiveDate);
request!(ListCalls => Vec<CallLine>, Latest, |ctx, actor, it| calls::list(ctx, actor, it.0).await);

/// Gives an open call up.
#[derive(Debug)]
pub(crate) struct GiveUpCall(pub(crate) CallId);

impl TypedRequest for GiveUpCall {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        let _turn = self.0.0.written.lock().await;
        if let Some(call) = self.0.get() {
            calls::give_up(session.ctx, session.actor, call).await?;
        }
        self.0.ended();
        Ok(())
    }
}

/// Ends a call about no member with what was said.
#[derive(Debug)]
pub(crate) struct EndCall {
    pub(crate) id: CallId,
    pub(crate) draft: CallDraft,
}

impl TypedRequest for EndCall {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        let _turn = self.id.0.written.lock().await;
        let call = known(session, &self.id, &self.draft).await?;
        calls::end(session.ctx, session.actor, call, &self.draft).await?;
        self.id.ended();
        Ok(())
    }
}

/// The number of a call; one that was not kept yet gets one here.
async fn known(session: RequestContext<'_>, id: &CallId, draft: &CallDraft) -> Result<i64, Error> {
    if let Some(known) = id.get() {
        return Ok(known);
    }
    let begun = calls::begin(session.ctx, session.actor, draft).await?;
    id.set(begun);
    Ok(begun)
}

/// What a caller about no member hears first.
#[derive(Debug)]
pub(crate) struct GreetCaller(pub(crate) CallerKind);

impl TypedRequest for GreetCaller {
    type Reply = String;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<String, Error> {
        calls::greeting(session.ctx, session.actor, self.0, session.labels.lang.into())
    }
}

/// 対応記録, with which the call ends.
#[derive(Debug)]
pub(crate) struct WriteNote {
    pub(crate) key: MemberKey,
    pub(crate) note: Note,
    pub(crate) id: CallId,
    /// The call as it was when the form was opened.
    pub(crate) begun: CallDraft,
}

impl TypedRequest for WriteNote {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<(), Error> {
        let _turn = self.id.0.written.lock().await;
        let call = Some(known(session, &self.id, &self.begun).await?);
        notes::write(session.ctx, session.actor, &self.key, &Note { call, ..self.note }).await?;
        self.id.ended();
        Ok(())
    }
}

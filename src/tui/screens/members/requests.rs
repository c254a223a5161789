//! What the screen of members wants of the use cases, and the messages it gets.

pub(crate) use super::call_requests::{
    CallId, EndCall, GiveUpCall, GreetCaller, KeepCalls, KeptCall, KeptReply, ListCalls, OpenCalls, TypingPause,
    WriteNote,
};
use crate::domain::diagnosis::{Answer, Caller, CallerKind, ContactCheck, PaperCheck, Question, Topic};
use crate::domain::request::{Claim, Identity};
use crate::domain::{MemberKey, Reason};
use crate::labels::incident_papers::{self, IncidentPaper};
use crate::tui::call_strip::CallSlot;
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::tui::screens::common::MOST_ROWS;
use crate::usecases::calls::{self, CallDraft, CallLine, CallerWords};
use crate::usecases::cards::{self, AskedCard, Confirmation};
use crate::usecases::diagnosis::{self, Diagnosed};
use crate::usecases::incidents::{self, IncidentChange, IncidentNote, IncidentScope, IncidentView};
use crate::usecases::lineage::{self, Record};
use crate::usecases::members::{self, FoundMember, MemberView};
use crate::usecases::notes::{self, FollowUp, NoteHits};
use crate::usecases::promises::{self, NextStep, OpenPromise, PromiseKind, PromiseScope};
use crate::usecases::protection::{self, ProtectionSet};
use crate::usecases::refusal::ReissueWarning;
use crate::usecases::{Error, Refusal};
use chrono::NaiveDate;
use std::time::Duration;

/// A message of the screen to itself. What it asked with comes along, so that it knows whether that is still in front.
pub(super) enum MembersMsg {
    Found {
        query: String,
        reply: Result<Vec<FoundMember>, RefusalText>,
    },
    /// The result of this search has stood for a second.
    SearchStood(String),
    Shown {
        key: MemberKey,
        reply: Result<Box<MemberView>, RefusalText>,
    },
    Compared {
        with: Identify,
        identity: Identity,
    },
    /// The topic of the call.
    Topic(Topic),
    /// Who is on the line.
    CallerIs(CallerKind),
    CallerStated {
        key: MemberKey,
        words: Box<CallerWords>,
    },
    /// To another record of the same person.
    Walk(MemberKey),
    Diagnosed {
        key: MemberKey,
        guidance: Box<Guidance>,
    },
    /// The caller's answer to a question of the diagnosis.
    Answered(Question, String),
    Lineage {
        key: MemberKey,
        records: Vec<Record>,
    },
    /// What was typed in the form of a call.
    Typed {
        slot: CallSlot,
        draft: CallDraft,
    },
    /// It is time to keep what was typed.
    PauseOver,
    /// Calls were kept.
    Kept(Result<Vec<KeptReply>, RefusalText>),
    /// The own open calls.
    CallsLoaded(Result<Vec<CallLine>, RefusalText>),
    CallsOfDay {
        day: NaiveDate,
        reply: Result<Vec<CallLine>, RefusalText>,
    },
    /// An own open call of the list, by its number.
    TakeUp(i64),
    /// What a caller about no member hears.
    Greeting {
        slot: CallSlot,
        kind: CallerKind,
        say: String,
    },
    /// A call about no member has ended.
    CallEnded {
        slot: CallSlot,
        about: String,
    },
    GiveUp(CallSlot),
    GivenUp,
    /// What the employer's contact said was compared with the record.
    ContactIs(ContactCheck),
    NoteWritten {
        slot: CallSlot,
        key: MemberKey,
        who: String,
    },
    Reissued {
        key: MemberKey,
        who: String,
        reply: Reissued,
    },
    Promises(Result<Vec<OpenPromise>, RefusalText>),
    /// Something was said about a promise.
    PromiseSaid(String),
    Protected {
        key: MemberKey,
        who: String,
        set: ProtectionSet,
    },
    Unprotected {
        key: MemberKey,
        who: String,
        /// Cards that were released.
        released: u64,
    },
    FollowUps(Result<Vec<FollowUp>, RefusalText>),
    FollowUpDone {
        who: String,
    },
    NotesFound {
        words: String,
        reply: Result<Vec<NoteHits>, RefusalText>,
    },
    /// A request by phone has this receipt number.
    CallTaken(String),
    Incidents(Result<Vec<IncidentView>, RefusalText>),
    /// An incident was recorded or added to: what is said of it, and what it did.
    IncidentChanged(String, Box<IncidentChange>),
    /// An incident was closed.
    IncidentClosed(i64),
    IncidentReopened(i64),
    /// A text of an incident, to be copied.
    PaperWritten(String),
}

/// Members that fit what was typed, the best first.
#[derive(Debug)]
pub(crate) struct FindMembers(pub(crate) String);
request!(FindMembers => Vec<FoundMember>, Latest, |ctx, actor, it| members::find(ctx, actor, &it.0, MOST_ROWS).await);

/// A second in which the result of a search stands: then it counts as a look.
#[derive(Debug)]
pub(crate) struct SearchStands;

impl TypedRequest for SearchStands {
    type Reply = ();
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, _: RequestContext<'_>) -> Result<(), Error> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }
}

/// For the audit log: a search whose result was used, or has stood.
#[derive(Debug)]
pub(crate) struct RecordSearch {
    pub(crate) query: String,
    /// Row IDs of who was listed.
    pub(crate) members: Vec<i64>,
}
request!(RecordSearch => (), Latest, |ctx, actor, it| members::searched(ctx, actor, &it.query, &it.members).await);

/// One member; a look.
#[derive(Debug)]
pub(crate) struct ShowMember(pub(crate) MemberKey);
request!(ShowMember => Box<MemberView>, Latest, |ctx, actor, it| {
    members::show(ctx, actor, &it.0).await.map(Box::new)
});

/// S5: match or no match of what a caller said with a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identify {
    pub(crate) key: MemberKey,
    pub(crate) caller: CallerKind,
    pub(crate) paper: PaperCheck,
    pub(crate) said: Claim,
}
request!(Identify => Identity, Latest, |ctx, actor, it| {
    diagnosis::identify(ctx, actor, &it.key, it.caller, it.paper, &it.said).await
});

/// A diagnosis, its words in the language of the console, and what the caller had answered.
#[derive(Debug, Clone)]
pub(crate) struct Guidance {
    pub(crate) found: Diagnosed,
    pub(crate) words: Answer,
    pub(crate) caller: Caller,
}

/// 電話対応; a look.
#[derive(Debug)]
pub(crate) struct DiagnoseRequest {
    pub(crate) topic: Topic,
    pub(crate) key: MemberKey,
    pub(crate) caller: Caller,
}

impl TypedRequest for DiagnoseRequest {
    type Reply = Box<Guidance>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<Guidance>, Error> {
        let Self { topic, key, caller } = self;
        let found = diagnosis::diagnose(session.ctx, session.actor, topic, &key, caller.clone()).await?;
        let words = diagnosis::words(session.ctx, &found.diagnosis, session.labels.lang.into())?;
        Ok(Box::new(Guidance { found, words, caller }))
    }
}

/// Who calls, and what such a caller hears first; a look.
#[derive(Debug)]
pub(crate) struct StateCaller {
    pub(crate) key: MemberKey,
    pub(crate) caller: CallerKind,
    pub(crate) contact: ContactCheck,
}

impl TypedRequest for StateCaller {
    type Reply = Box<CallerWords>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<CallerWords>, Error> {
        let language = session.labels.lang.into();
        calls::caller(session.ctx, session.actor, &self.key, self.caller, self.contact, language).await.map(Box::new)
    }
}

/// A10: all records of the person; a look.
#[derive(Debug)]
pub(crate) struct ShowLineage(pub(crate) MemberKey);
request!(ShowLineage => Vec<Record>, Latest, |ctx, actor, it| lineage::lineage(ctx, actor, &it.0).await);

/// 再発行
#[derive(Debug)]
pub(crate) struct Reissue {
    pub(crate) key: MemberKey,
    pub(crate) confirmation: Confirmation,
}

/// What became of a reissue.
#[derive(Debug)]
pub(crate) enum Reissued {
    /// The card is asked for.
    Asked(AskedCard),
    /// V2, V3: nothing was done yet.
    NeedsConfirmation(Box<ReissueWarning>),
}

impl TypedRequest for Reissue {
    type Reply = Reissued;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Reissued, Error> {
        match cards::ask_viewing(session.ctx, session.actor, &self.key, self.confirmation).await {
            Err(Error::Refused(Refusal::NeedsConfirm(warning))) => Ok(Reissued::NeedsConfirmation(Box::new(warning))),
            asked => asked.map(Reissued::Asked),
        }
    }
}

/// P1: what is owed to members and is not on its way.
#[derive(Debug)]
pub(crate) struct ListPromises;
request!(ListPromises => Vec<OpenPromise>, Latest, |ctx, actor| promises::list(ctx, actor, PromiseScope::Open).await);

/// The next date and the owner of a promise.
#[derive(Debug)]
pub(crate) struct FollowPromise {
    pub(crate) key: MemberKey,
    pub(crate) kind: PromiseKind,
    pub(crate) step: NextStep,
}
request!(FollowPromise => (), Always, |ctx, actor, it| promises::follow(ctx, actor, &it.key, it.kind, it.step).await);

/// Why a promise needs no answer.
#[derive(Debug)]
pub(crate) struct ClosePromise {
    pub(crate) key: MemberKey,
    pub(crate) kind: PromiseKind,
    pub(crate) reason: String,
}
request!(ClosePromise => (), Always, |ctx, actor, it| promises::close(ctx, actor, &it.key, it.kind, &Reason::parse(&it.reason)?).await);

/// R7: sets a protective measure.
#[derive(Debug)]
pub(crate) struct SetProtection {
    pub(crate) key: MemberKey,
    pub(crate) reason: String,
}
request!(SetProtection => ProtectionSet, Always, |ctx, actor, it| protection::protect(ctx, actor, &it.key, &Reason::parse(&it.reason)?).await);

/// R7: ends it; how many cards go on.
#[derive(Debug)]
pub(crate) struct EndProtection {
    pub(crate) key: MemberKey,
    pub(crate) reason: String,
}
request!(EndProtection => u64, Always, |ctx, actor, it| protection::unprotect(ctx, actor, &it.key, &Reason::parse(&it.reason)?).await);

/// 漏えい等; a look.
#[derive(Debug)]
pub(crate) struct ListIncidents(pub(crate) IncidentScope);
request!(ListIncidents => Vec<IncidentView>, Latest, |ctx, actor, it| incidents::list(ctx, actor, it.0).await);

/// Something is added to an incident.
#[derive(Debug)]
pub(crate) struct AddToIncident {
    pub(crate) id: i64,
    pub(crate) note: IncidentNote,
}
request!(AddToIncident => Box<IncidentChange>, Always, |ctx, actor, it| {
    incidents::note(ctx, actor, it.id, &it.note).await.map(Box::new)
});

/// An incident is closed with what was done.
#[derive(Debug)]
pub(crate) struct CloseIncident {
    pub(crate) id: i64,
    pub(crate) measures: String,
}
request!(CloseIncident => (), Always, |ctx, actor, it| incidents::close(ctx, actor, it.id, &it.measures).await);

/// A closed incident is taken up again, with a reason.
#[derive(Debug)]
pub(crate) struct ReopenIncident {
    pub(crate) id: i64,
    pub(crate) why: String,
}
request!(ReopenIncident => (), Always, |ctx, actor, it| {
    incidents::reopen(ctx, actor, it.id, &Reason::parse(&it.why)?).await
});

/// The text for a report or for the members; a look.
#[derive(Debug)]
pub(crate) struct WritePaper {
    pub(crate) id: i64,
    pub(crate) paper: IncidentPaper,
}

impl TypedRequest for WritePaper {
    type Reply = String;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<String, Error> {
        let incident = incidents::show(session.ctx, session.actor, self.id).await?;
        let society = &session.ctx.settings.society;
        Ok(incident_papers::text(session.labels.lang, self.paper, &incident, society))
    }
}

/// 次の連絡, due by today.
#[derive(Debug)]
pub(crate) struct ListFollowUps;
request!(ListFollowUps => Vec<FollowUp>, Latest, |ctx, actor| notes::due(ctx, actor).await);

/// 次の連絡 is done; `closing` is what came of it.
#[derive(Debug)]
pub(crate) struct CompleteFollowUp {
    pub(crate) id: i64,
    pub(crate) closing: String,
}
request!(CompleteFollowUp => (), Always, |ctx, actor, it| notes::done(ctx, actor, it.id, &it.closing).await);

/// Notes by their words; a look.
#[derive(Debug)]
pub(crate) struct SearchNotes(pub(crate) String);
request!(SearchNotes => Vec<NoteHits>, Latest, |ctx, actor, it| notes::search(ctx, actor, &it.0).await);

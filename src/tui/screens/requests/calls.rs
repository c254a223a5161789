//! What the screen of requests wants of the use cases, and the messages it gets.

use crate::domain::MemberKey;
use crate::domain::request::Checklist;
use crate::tui::request::{RefusalText, Request, RequestContext, RequestPolicy};
use crate::usecases::Error;
use crate::usecases::requests::{self, InboxLine, RequestView, Scope, Settlement};

/// A message of the screen to itself.
pub(super) enum RequestsMsg {
    Listed(Result<Vec<InboxLine>, RefusalText>),
    Shown {
        receipt: String,
        reply: Result<Box<RequestView>, RefusalText>,
    },
    /// Ticks are stored, or were refused.
    Verified {
        receipt: String,
        reply: Result<Box<RequestView>, RefusalText>,
    },
    /// A step was taken; `text` says so.
    Moved {
        request: Box<RequestView>,
        text: String,
    },
    /// The one that stays, in place of another.
    Merged {
        from: String,
        into: Box<RequestView>,
        text: String,
    },
    /// A request by phone has this receipt number.
    CallTaken(String),
}

/// The inbox of requests.
#[derive(Debug)]
pub(crate) struct ListRequests(pub(crate) Scope);

impl Request for ListRequests {
    type Reply = Vec<InboxLine>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Vec<InboxLine>, Error> {
        requests::list(session.ctx, session.actor, self.0).await
    }
}

/// One request; a look.
#[derive(Debug)]
pub(crate) struct ShowRequest(pub(crate) String);

impl Request for ShowRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::show(session.ctx, session.actor, &self.0).await.map(Box::new)
    }
}

/// 本人確認
#[derive(Debug)]
pub(crate) struct VerifyRequest {
    pub(crate) receipt: String,
    pub(crate) checked: Checklist,
}

impl Request for VerifyRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::verify(session.ctx, session.actor, &self.receipt, &self.checked).await.map(Box::new)
    }
}

/// ログイン情報のはがきを発送待ちへ
#[derive(Debug)]
pub(crate) struct QueueNotice(pub(crate) String);

impl Request for QueueNotice {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::queue(session.ctx, session.actor, &self.0).await.map(Box::new)
    }
}

/// 保留
#[derive(Debug)]
pub(crate) struct HoldRequest {
    pub(crate) receipt: String,
    pub(crate) why: Settlement,
}

impl Request for HoldRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::hold(session.ctx, session.actor, &self.receipt, &self.why).await.map(Box::new)
    }
}

/// 却下
#[derive(Debug)]
pub(crate) struct RejectRequest {
    pub(crate) receipt: String,
    pub(crate) why: Settlement,
}

impl Request for RejectRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::reject(session.ctx, session.actor, &self.receipt, &self.why).await.map(Box::new)
    }
}

/// 統合: one ends for another, which is the reply.
#[derive(Debug)]
pub(crate) struct MergeRequest {
    pub(crate) receipt: String,
    pub(crate) into: String,
}

impl Request for MergeRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::merge(session.ctx, session.actor, &self.receipt, &self.into).await.map(Box::new)
    }
}

/// The request is another member's.
#[derive(Debug)]
pub(crate) struct ChooseMember {
    pub(crate) receipt: String,
    pub(crate) key: MemberKey,
}

impl Request for ChooseMember {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        requests::choose(session.ctx, session.actor, &self.receipt, &self.key).await.map(Box::new)
    }
}

//! What the screen of requests wants of the use cases, and the messages it gets.

use crate::domain::MemberKey;
use crate::domain::request::Checklist;
use crate::tui::request::{RefusalText, request};
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
request!(ListRequests => Vec<InboxLine>, Latest, |ctx, actor, it| requests::list(ctx, actor, it.0).await);

/// One request; a look.
#[derive(Debug)]
pub(crate) struct ShowRequest(pub(crate) String);
request!(ShowRequest => Box<RequestView>, Latest, |ctx, actor, it| {
    requests::show(ctx, actor, &it.0).await.map(Box::new)
});

/// 本人確認
#[derive(Debug)]
pub(crate) struct VerifyRequest {
    pub(crate) receipt: String,
    pub(crate) checked: Checklist,
}
request!(VerifyRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::verify(ctx, actor, &it.receipt, &it.checked).await.map(Box::new)
});

/// ログイン情報のはがきを発送待ちへ
#[derive(Debug)]
pub(crate) struct QueueNotice(pub(crate) String);
request!(QueueNotice => Box<RequestView>, Always, |ctx, actor, it| {
    requests::queue(ctx, actor, &it.0).await.map(Box::new)
});

/// 保留
#[derive(Debug)]
pub(crate) struct HoldRequest {
    pub(crate) receipt: String,
    pub(crate) why: Settlement,
}
request!(HoldRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::hold(ctx, actor, &it.receipt, &it.why).await.map(Box::new)
});

/// 却下
#[derive(Debug)]
pub(crate) struct RejectRequest {
    pub(crate) receipt: String,
    pub(crate) why: Settlement,
}
request!(RejectRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::reject(ctx, actor, &it.receipt, &it.why).await.map(Box::new)
});

/// 回答
#[derive(Debug)]
pub(crate) struct AnswerRequest {
    pub(crate) receipt: String,
    pub(crate) why: Settlement,
}
request!(AnswerRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::answer(ctx, actor, &it.receipt, &it.why).await.map(Box::new)
});

/// 統合: one ends for another, which is the reply.
#[derive(Debug)]
pub(crate) struct MergeRequest {
    pub(crate) receipt: String,
    pub(crate) into: String,
}
request!(MergeRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::merge(ctx, actor, &it.receipt, &it.into).await.map(Box::new)
});

/// The request is another member's.
#[derive(Debug)]
pub(crate) struct ChooseMember {
    pub(crate) receipt: String,
    pub(crate) key: MemberKey,
}
request!(ChooseMember => Box<RequestView>, Always, |ctx, actor, it| {
    requests::choose(ctx, actor, &it.receipt, &it.key).await.map(Box::new)
});

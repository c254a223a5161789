//! What the screen of requests wants of the use cases, and the messages it gets.

use crate::domain::diagnosis::Language;
use crate::domain::request::{Checklist, ReplyWay, RequestStep};
use crate::domain::{MemberKey, Reason};
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::usecases::Error;
use crate::usecases::replies::{self, ExportedReply, OutboxScope, ReplyLine};
use crate::usecases::requests::{self, InboxLine, RequestView, Scope, Settlement};
use chrono::NaiveDate;
use std::time::Duration;

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
    /// The outbox of replies.
    Replies(Result<Vec<ReplyLine>, RefusalText>),
    /// Something was done about a reply; the text says so.
    RepliesMoved(String),
    /// The reply is to be written in another language than was proposed.
    ReplyIn {
        receipt: String,
        step: RequestStep,
        language: Language,
    },
    /// Who was called back, of several numbers.
    Called {
        receipt: String,
        number: String,
    },
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

/// The case of the selected row, once the selection has stood for a moment; a look.
#[derive(Debug)]
pub(crate) struct PeekRequest(pub(crate) String);
impl TypedRequest for PeekRequest {
    type Reply = Box<RequestView>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<RequestView>, Error> {
        tokio::time::sleep(STANDS).await;
        requests::show(session.ctx, session.actor, &self.0).await.map(Box::new)
    }
}

/// Who only passes a row has not looked at its case.
const STANDS: Duration = Duration::from_millis(300);

/// すべて一致: checked and queued in one step.
#[derive(Debug)]
pub(crate) struct SettleRequest(pub(crate) String);
request!(SettleRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::settle_agreed(ctx, actor, &it.0).await.map(Box::new)
});

/// 特例
#[derive(Debug)]
pub(crate) struct LetPassRequest {
    pub(crate) receipt: String,
    pub(crate) checks: Checklist,
    pub(crate) reason: String,
}
request!(LetPassRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::let_pass(ctx, actor, &it.receipt, &it.checks, &Reason::parse(&it.reason)?).await.map(Box::new)
});

/// 担当
#[derive(Debug)]
pub(crate) struct AssignRequest {
    pub(crate) receipt: String,
    pub(crate) to: Option<String>,
}
request!(AssignRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::assign(ctx, actor, &it.receipt, it.to.as_deref()).await.map(Box::new)
});

/// 再開
#[derive(Debug)]
pub(crate) struct ResumeRequest(pub(crate) String);
request!(ResumeRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::resume(ctx, actor, &it.0).await.map(Box::new)
});

/// 本人確認
#[derive(Debug)]
pub(crate) struct VerifyRequest {
    pub(crate) receipt: String,
    pub(crate) checked: Checklist,
    /// The number that was called back, where there are several.
    pub(crate) called: Option<String>,
}
request!(VerifyRequest => Box<RequestView>, Always, |ctx, actor, it| {
    requests::verify(ctx, actor, &it.receipt, &it.checked, it.called.as_deref()).await.map(Box::new)
});

/// ログイン情報のはがきを発送待ちへ
#[derive(Debug)]
pub(crate) struct QueueNotice {
    pub(crate) receipt: String,
    /// The next contact, where there is no route.
    pub(crate) follow_up_on: Option<NaiveDate>,
}
request!(QueueNotice => Box<RequestView>, Always, |ctx, actor, it| {
    requests::queue(ctx, actor, &it.receipt, it.follow_up_on).await.map(Box::new)
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

/// 返信の送信箱
#[derive(Debug)]
pub(crate) struct ListReplies(pub(crate) OutboxScope);
request!(ListReplies => Vec<ReplyLine>, Latest, |ctx, actor, it| replies::list(ctx, actor, it.0).await);

/// 返信文の修正
#[derive(Debug)]
pub(crate) struct EditReply {
    pub(crate) reply: i64,
    pub(crate) body: String,
}
request!(EditReply => ReplyLine, Always, |ctx, actor, it| replies::edit(ctx, actor, it.reply, &it.body).await);

/// メールの出力
#[derive(Debug)]
pub(crate) struct ExportReplies(pub(crate) Vec<i64>);
request!(ExportReplies => Vec<ExportedReply>, Always, |ctx, actor, it| replies::export(ctx, actor, &it.0).await);

/// 送付済み
#[derive(Debug)]
pub(crate) struct SendReply {
    pub(crate) reply: i64,
    pub(crate) via: ReplyWay,
}
request!(SendReply => ReplyLine, Always, |ctx, actor, it| replies::sent(ctx, actor, it.reply, it.via).await);

/// 返信の取りやめ
#[derive(Debug)]
pub(crate) struct WithdrawReply(pub(crate) i64);
request!(WithdrawReply => ReplyLine, Always, |ctx, actor, it| replies::withdraw(ctx, actor, it.0).await);

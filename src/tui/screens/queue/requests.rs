//! What the screen of the queue wants of the use cases, and the messages it gets.

use crate::domain::{OneOffAddress, Reason};
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::usecases::addresses::{self, ChangedAddress};
use crate::usecases::batches::{self, Drafted};
use crate::usecases::cards::Released;
use crate::usecases::one_off::{self, WaitingAddress};
use crate::usecases::queue::{self, QueueFilter, QueueLine, QueuedCard};
use crate::usecases::{Error, cards};

/// A message of the screen to itself.
pub(super) enum QueueMsg {
    Loaded(Result<Vec<QueueLine>, RefusalText>),
    /// The cards of an employer; none: those without one.
    Cards {
        employer: Option<String>,
        reply: Result<Vec<QueuedCard>, RefusalText>,
    },
    /// R3: what is proposed for the card of this member, or why that cannot be.
    Address {
        card: i64,
        who: String,
        reply: Result<Option<Box<WaitingAddress>>, String>,
    },
    /// R6: every changed address that waits.
    Changes(Result<Vec<ChangedAddress>, RefusalText>),
    /// R6: the changed address that the cards of an employer wait for.
    Changed(Option<Box<ChangedAddress>>),
    Drafted(Drafted),
    /// A card was changed; this is to be said.
    Done(String),
}

/// The queue by employer.
#[derive(Debug)]
pub(crate) struct LoadQueue;
request!(LoadQueue => Vec<QueueLine>, Latest, |ctx, actor| queue::by_employer(ctx, actor).await);

/// Cards of the queue.
#[derive(Debug)]
pub(crate) struct ListQueuedCards(pub(crate) QueueFilter);
request!(ListQueuedCards => Vec<QueuedCard>, Latest, |ctx, actor, it| queue::list(ctx, actor, &it.0).await);

/// バッチ作成
#[derive(Debug)]
pub(crate) struct DraftBatch(pub(crate) QueueFilter);
request!(DraftBatch => Drafted, Always, |ctx, actor, it| batches::draft(ctx, actor, &it.0, None).await);

/// R6: every changed address that waits to be confirmed.
#[derive(Debug)]
pub(crate) struct ListChangedAddresses;
request!(ListChangedAddresses => Vec<ChangedAddress>, Latest, |ctx, actor| addresses::unconfirmed(ctx, actor).await);

/// R6: the changed address of an employer that waits to be confirmed.
#[derive(Debug)]
pub(crate) struct LookUpChange(pub(crate) String);
request!(LookUpChange => Option<Box<ChangedAddress>>, Latest, |ctx, actor, it| {
    let waiting = addresses::unconfirmed(ctx, actor).await?;
    Ok(waiting.into_iter().find(|change| crate::text::key(&change.code) == it.0).map(Box::new))
});

/// 保留解除
#[derive(Debug)]
pub(crate) struct ReleaseCard(pub(crate) i64);
request!(ReleaseCard => Released, Always, |ctx, actor, it| cards::release(ctx, actor, it.0).await);

/// R3: what is proposed for a card; or why it can have no one-off address, in words.
#[derive(Debug)]
pub(crate) struct LookUpAddress(pub(crate) i64);

impl TypedRequest for LookUpAddress {
    type Reply = Result<Option<Box<WaitingAddress>>, String>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Self::Reply, Error> {
        let waiting = one_off::look(session.ctx, session.actor, self.0).await;
        session.in_words(waiting.map(|waiting| waiting.map(Box::new)))
    }
}

/// 一度だけの送付先の提案 (R3)
#[derive(Debug)]
pub(crate) struct ProposeAddress {
    pub(crate) card: i64,
    pub(crate) to: OneOffAddress,
    pub(crate) reason: String,
}
request!(ProposeAddress => (), Always, |ctx, actor, it| {
    one_off::propose(ctx, actor, it.card, &it.to, &Reason::parse(&it.reason)?).await.map(drop)
});

/// 一度だけの送付先の承認
#[derive(Debug)]
pub(crate) struct ApproveAddress(pub(crate) i64);
request!(ApproveAddress => (), Always, |ctx, actor, it| one_off::approve(ctx, actor, it.0).await.map(drop));

/// 一度だけの送付先の却下・取下げ
#[derive(Debug)]
pub(crate) struct RefuseAddress {
    pub(crate) card: i64,
    pub(crate) why: String,
}
request!(RefuseAddress => (), Always, |ctx, actor, it| one_off::refuse(ctx, actor, it.card, &Reason::parse(&it.why)?).await.map(drop));

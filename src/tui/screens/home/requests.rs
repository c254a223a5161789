//! What home wants of the use cases, and the messages it gets.

use crate::domain::stats::StatsPeriod;
use crate::tui::change_poller::begin_day;
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::usecases::Error;
use crate::usecases::home::{self, HomeSummary};
use crate::usecases::stats::{self, SocietyReport};

/// A message of home to itself.
pub(super) enum HomeMsg {
    Numbers(Result<Box<HomeSummary>, RefusalText>),
    Stats { period: StatsPeriod, reply: Result<Box<SocietyReport>, RefusalText> },
}

/// What waits, everywhere.
#[derive(Debug)]
pub(crate) struct LoadHome;

impl TypedRequest for LoadHome {
    type Reply = Box<HomeSummary>;
    const KIND: RequestPolicy = RequestPolicy::Latest;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<HomeSummary>, Error> {
        begin_day(session.ctx).await;
        home::home(session.ctx, session.actor).await.map(Box::new)
    }
}

/// 統計 of a period.
#[derive(Debug)]
pub(crate) struct LoadStats(pub(crate) StatsPeriod);
request!(LoadStats => Box<SocietyReport>, Latest, |ctx, actor, it| {
    stats::report(ctx, actor, it.0).await.map(Box::new)
});

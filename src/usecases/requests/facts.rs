//! What a request is judged by, read in one transaction: whose it is, what agrees, and the numbers to call back.

use super::member_of;
use crate::domain::request::{
    CheckBasis, Checklist, Comparison, Ground, IdentityCheck, KnownNumber, NumberSource, OnFile, RequestKind,
};
use crate::domain::{CardState, HoldReason};
use crate::store::account::Account;
use crate::store::request::{NoticeOnWay, Request};
use crate::store::{self, Tx, member::Member};
use crate::text::japan::day_of;
use crate::usecases::routes::{self, Route};
use crate::usecases::{AppContext, Error};
use chrono::{DateTime, NaiveDate, Utc};

/// A request against the registry.
#[derive(Debug, Default)]
pub(super) struct CaseFacts {
    /// The member that it was matched to.
    pub(super) member: Option<Member>,
    /// Where that member's cards go.
    pub(super) route: Option<Route>,
    /// Field by field; empty without a member.
    pub(super) compared: Vec<Comparison>,
    /// The numbers at which a call back counts.
    pub(super) numbers: Vec<KnownNumber>,
}

impl CaseFacts {
    pub(super) async fn read(tx: &mut Tx, ctx: &AppContext, request: &Request) -> Result<Self, Error> {
        let Some(member) = member_of(tx, request).await? else { return Ok(Self::default()) };
        let route = routes::route_of(tx, ctx.clock.today(), &member).await?;
        let numbers = numbers(tx, request.received_at, &member, &route).await?;
        let compared = compare(request, &member, &route);
        Ok(Self { member: Some(member), route: Some(route), compared, numbers })
    }

    /// What the checks rest on.
    pub(super) fn basis(&self) -> CheckBasis<'_> {
        CheckBasis { compared: &self.compared, numbers: &self.numbers }
    }

    /// The ticks that count.
    pub(super) fn counting(&self, request: &Request) -> Checklist {
        self.basis().counting(&request.ticked(), request.called.as_deref(), &request.let_pass())
    }

    /// What is still to be checked.
    pub(super) fn lacking(&self, request: &Request) -> Vec<IdentityCheck> {
        self.counting(request).suffices(&self.compared).err().map_or_else(Vec::new, |lacking| lacking.0)
    }
}

/// What the sender gave against the registry, with the insured's employer (R1).
pub(super) fn compare(request: &Request, member: &Member, route: &Route) -> Vec<Comparison> {
    request.claim().compare(OnFile {
        key: &member.key(),
        name: &member.name,
        kana: &member.kana,
        born_on: member.born_on,
        employer: route.employer.as_ref().map_or("", |employer| &employer.record.name),
        employer_kana: route.employer.as_ref().map_or("", |employer| &employer.record.kana),
    })
}

/// the numbers that the employer and earlier calls of the identified member gave. R7: of a protected person, and
/// where the employer is none any more or its record was changed lately, nothing is asked of the employer.
async fn numbers(
    tx: &mut Tx,
    received_at: DateTime<Utc>,
    member: &Member,
    route: &Route,
) -> Result<Vec<KnownNumber>, Error> {
    let asks_employer = matches!(route.obstacle, None | Some(HoldReason::NoAddress));
    let employer = route.employer.as_ref().filter(|_| asks_employer).map(|employer| employer.record.phone.clone());
    let employer = employer.into_iter().filter(|number| !number.trim().is_empty());
    let employer = employer.map(|number| KnownNumber { number, source: NumberSource::Employer });
    let notes = store::note::verified_numbers(tx, member.person(), received_at).await?;
    Ok(employer.chain(notes.into_iter().map(|number| KnownNumber { number, source: NumberSource::Note })).collect())
}

/// How the member of a request stands today: what the truth of a reply depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct MemberStanding<'a> {
    /// The member that the request was matched to.
    pub(super) member: &'a Member,
    /// The day in Japan.
    pub(super) today: NaiveDate,
    /// The member's open account.
    pub(super) account: Option<&'a Account>,
    /// The login notice that may still reach the member.
    pub(super) notice: Option<&'a NoticeOnWay>,
    /// A10: whether the person has a later number in force.
    pub(super) has_later_number: bool,
}

impl MemberStanding<'_> {
    /// whether the reply of a ground tells this member the truth. A ground that discloses nothing is the clerk's to
    /// judge.
    pub(super) fn holds_true(self, ground: Ground, request: &Request) -> bool {
        match ground {
            Ground::NumberChanged => self.has_later_number,
            Ground::Left => self.member.lost_on.is_some_and(|on| on <= self.today),
            Ground::NotRegistered => self.account.is_none(),
            Ground::Recovered => self.account.is_some_and(|account| account.login_in_use_at() > request.received_at),
            Ground::Arranged => self.notice.is_some_and(|notice| answers(notice, request)),
            Ground::CallBack
            | Ground::AskEmployer
            | Ground::Incomplete
            | Ground::CardFell
            | Ground::NotIdentified
            | Ground::OtherInquiry
            | Ground::Withdrawn => true,
        }
    }
}

/// Grounds on which no card answers a request (L1, L4, A3, A9); of several that hold true the first is the reply.
const NO_CARD: [Ground; 5] =
    [Ground::NumberChanged, Ground::Left, Ground::NotRegistered, Ground::Recovered, Ground::Arranged];

/// Why a card is not the answer to a request, as the ground of the right reply.
pub(super) fn instead(request: &Request, standing: Option<MemberStanding<'_>>) -> Option<Ground> {
    match standing {
        _ if request.kind == RequestKind::Other => Some(Ground::OtherInquiry),
        None => Some(Ground::NotIdentified),
        Some(standing) => NO_CARD.into_iter().find(|ground| standing.holds_true(*ground, request)),
    }
}

/// Whether a notice that another request asked for answers this one, too: it is still to be sent, or went since.
fn answers(notice: &NoticeOnWay, request: &Request) -> bool {
    let since = |day: NaiveDate| day >= day_of(request.received_at);
    request.card_id != Some(notice.card) && notice.dispatched_on.is_none_or(since)
}

/// The last day on which a settled request can be taken up again: the business day after.
pub(super) fn resumable_until(ctx: &AppContext, request: &Request) -> Option<NaiveDate> {
    request.settled_at.map(|at| ctx.workdays.after(day_of(at), 1))
}

/// Whether its notice has left the house.
pub(super) async fn is_sent(tx: &mut Tx, request: &Request) -> Result<bool, Error> {
    let card = match request.card_id {
        Some(id) => store::card::get(tx, id).await?,
        None => None,
    };
    Ok(card.is_some_and(|card| matches!(card.state(), CardState::Dispatched | CardState::Returned)))
}

/// The day on which a held request goes on where the clerk names none.
pub(super) fn usual_follow_up(ctx: &AppContext) -> NaiveDate {
    ctx.workdays.after(ctx.clock.today(), ctx.settings.promise_days)
}

//! A request as the clerk sees it: field by field against the registry, and what can be done.

use super::facts::{CaseFacts, MemberStanding, instead, is_sent, resumable_until, usual_follow_up};
use super::matching::{CaseCandidate, candidates, compared};
use crate::domain::diagnosis::{ReplyTexts, Section, SocietyWords};
use crate::domain::request::{
    CaseVerdict, Channel, Checklist, Claim, ClaimField, Comparison, Evidence, Ground, IdentityCheck, KnownNumber,
    REQUEST_TABLE, RequestKind, RequestState, RequestStep, differing,
};
use crate::domain::{HoldReason, coded};
use crate::store::request::{NoticeOnWay, Request};
use crate::store::{self, Tx, member::Member};
use crate::text::japan::day_of;
use crate::usecases::actor::Allowed;
use crate::usecases::audit::NoteFacts;
use crate::usecases::replies::{self, ReplyStatus};
use crate::usecases::routes::Route;
use crate::usecases::{AppContext, Error, UnitOfWork};
use chrono::{DateTime, NaiveDate, Utc};

coded! {
    /// How the member was found.
    pub enum MatchedBy {
        /// By symbol, number and branch.
        Key = "key",
        /// In the household of the key, by name and birth date: the branch is another.
        Household = "household",
        /// By kana and birth date: the key is another.
        KanaAndBirth = "kana_and_birth",
    }
}

/// Everything of a request.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RequestView {
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Business days waited.
    pub waited: u32,
    /// Form or phone.
    pub channel: Channel,
    /// 種別
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// The name that the sender gave.
    pub name: String,
    /// 電話, to call back.
    pub phone: String,
    /// Masked (S5).
    pub email: String,
    /// 内容
    pub body: String,
    /// The key of the member that it was matched to.
    pub member: Option<String>,
    /// How the member was found.
    pub matched_by: Option<MatchedBy>,
    /// Other members that the key, or kana and birth date, point to.
    pub candidates: Vec<CaseCandidate>,
    /// What the sender gave, as it was typed.
    pub sent: Claim,
    /// Field by field; empty without a match.
    pub comparison: Vec<Comparison>,
    /// 判定: what the comparison amounts to.
    pub verdict: CaseVerdict,
    /// The fields that disagree.
    pub differs: Vec<ClaimField>,
    /// What there is for each check.
    pub evidence: Vec<CheckEvidence>,
    /// The numbers at which a call back counts.
    pub call_back: Vec<KnownNumber>,
    /// When the member registered; nothing without an account.
    pub registered_on: Option<NaiveDate>,
    /// L4: when the member last logged in or chose a login password.
    pub login_used_at: Option<DateTime<Utc>>,
    /// The ticked checks that count: with evidence, or let pass by a supervisor.
    pub checked: Checklist,
    /// The number that was called back.
    pub called: Option<String>,
    /// What a supervisor let pass without evidence, and why.
    pub let_pass: Option<LetPass>,
    /// Who ticked them last.
    pub checked_by: Option<String>,
    /// When they were ticked last.
    pub checked_at: Option<DateTime<Utc>>,
    /// What is still to be checked.
    pub lacking: Vec<IdentityCheck>,
    /// Why no card can be the answer, with the ground of the right reply instead.
    pub instead: Option<Ground>,
    /// R2, R7: why a notice that is queued now would be held.
    pub no_route: Option<HoldReason>,
    /// Where a notice would go (R1); nothing where it would be held.
    pub destination: Option<CaseDestination>,
    /// The login notice that may still reach the member.
    pub notice: Option<NoticeOnWay>,
    /// 担当: staff ID of who works on it.
    pub assignee: Option<String>,
    /// 次の連絡日
    pub follow_up_on: Option<NaiveDate>,
    /// The day that is proposed for it.
    #[serde(skip)]
    pub usual_follow_up: NaiveDate,
    /// The section that answers another matter.
    pub referred: Option<Section>,
    /// The last day on which a settled one can be taken up again.
    pub resumable_until: Option<NaiveDate>,
    /// Other open requests of the member.
    pub together: Vec<String>,
    /// What was sent in each open request of the member, this one among them, where there are several.
    pub beside: Vec<Sent>,
    /// Why it is held or rejected.
    pub reason: Option<String>,
    /// What the sender is told.
    pub reply: Option<String>,
    /// Where that reply stands.
    pub reply_status: Option<ReplyStatus>,
    /// Who settled it.
    pub settled_by: Option<String>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// Its login notice.
    pub card: Option<i64>,
    /// The request that it was merged into.
    pub merged_into: Option<String>,
    /// The steps that its state allows to a clerk.
    pub next: Vec<RequestStep>,
    /// What a proposed reply says of the society.
    #[serde(skip)]
    pub society: SocietyWords,
    /// The words of proposed replies.
    #[serde(skip)]
    pub reply_texts: ReplyTexts,
}

/// What there is for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct CheckEvidence {
    /// Check on the list.
    pub check: IdentityCheck,
    /// What the registry says of it.
    pub evidence: Evidence,
}

/// What a supervisor let pass.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LetPass {
    /// Checks that were let pass.
    pub checks: Checklist,
    /// Reason of the supervisor.
    pub reason: String,
    /// Staff ID of the supervisor.
    pub by: Option<String>,
    /// Instant of that.
    pub at: Option<DateTime<Utc>>,
}

/// Where a notice goes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CaseDestination {
    /// 事業所
    pub employer: String,
    /// 郵便番号
    pub postcode: String,
    /// 代表住所
    pub address: String,
}

impl CaseDestination {
    /// The employer's representative address, where cards can go there.
    pub(super) fn of(route: &Route) -> Option<Self> {
        let employer = route.employer.as_ref().filter(|_| route.obstacle.is_none())?;
        let record = &employer.record;
        Some(Self {
            employer: record.name.clone(),
            postcode: record.postcode.clone().unwrap_or_default(),
            address: format!("{} {}", record.address1, record.address2).trim_end().to_owned(),
        })
    }
}

/// A request as it was sent, to be compared with another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Form or phone.
    pub channel: Channel,
    /// Where it stands.
    pub state: RequestState,
    /// What the sender gave.
    #[serde(flatten)]
    pub claim: Claim,
    /// 電話
    pub phone: String,
    /// 内容
    pub body: String,
}

impl From<&Request> for Sent {
    fn from(request: &Request) -> Self {
        Self {
            receipt: request.receipt.clone(),
            received_at: request.received_at,
            channel: request.channel,
            state: request.state(),
            claim: request.claim(),
            phone: request.phone.clone(),
            body: request.body.clone(),
        }
    }
}

coded! {
    /// What two requests can disagree in.
    pub enum SentField {
        /// 氏名
        Name = "name",
        /// 氏名カナ
        Kana = "kana",
        /// 生年月日
        BirthDate = "birth_date",
        /// 事業所名
        Employer = "employer",
        /// 電話
        Phone = "phone",
    }
}

/// in what two requests disagree that are to be merged. What one of them leaves out disagrees with nothing.
pub fn differences(one: &Sent, other: &Sent) -> Vec<SentField> {
    let text = |text: &str| crate::text::nfkc(text).split_whitespace().collect::<String>();
    let differ = |a: &str, b: &str| {
        let (a, b) = (text(a), text(b));
        !a.is_empty() && !b.is_empty() && a != b
    };
    let born = one.claim.born_on.zip(other.claim.born_on).is_some_and(|(a, b)| a != b);
    let found = [
        (SentField::Name, differ(&one.claim.name, &other.claim.name)),
        (SentField::Kana, differ(&one.claim.kana, &other.claim.kana)),
        (SentField::BirthDate, born),
        (SentField::Employer, differ(&one.claim.employer, &other.claim.employer)),
        (SentField::Phone, differ(&crate::text::digits(&one.phone), &crate::text::digits(&other.phone))),
    ];
    found.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

/// Builds the view.
pub(super) async fn view(tx: &mut Tx, ctx: &AppContext, request: Request) -> Result<RequestView, Error> {
    let facts = CaseFacts::read(tx, ctx, &request).await?;
    let member = facts.member.as_ref();
    let account = match member {
        Some(member) => store::account::open_of(tx, member.id).await?,
        None => None,
    };
    let (together, notice) = match member {
        Some(member) => (
            store::request::open_of_member(tx, member.id).await?,
            store::request::notices(tx, &[member.id]).await?.pop(),
        ),
        None => (Vec::new(), None),
    };
    let merged_into = match request.merged_into {
        Some(id) => store::request::get(tx, id).await?.map(|other| other.receipt),
        None => None,
    };
    let ids: Vec<i64> = member.iter().map(|member| member.id).collect();
    let today = ctx.clock.today();
    let has_later_number = !store::person::followed_among(tx, &ids, today).await?.is_empty();
    let standing =
        |member| MemberStanding { member, today, account: account.as_ref(), notice: notice.as_ref(), has_later_number };
    let instead = instead(&request, member.map(standing));
    let reply = store::reply::last_of(tx, request.id).await?;
    let claim = request.claim();
    let found = candidates(tx, &claim).await?;
    let verdict = match member {
        Some(_) => CaseVerdict::of(&facts.compared),
        None => found.verdict(),
    };
    let beside = match request.state().is_open() {
        true => found.beside(&store::protection::persons(tx).await?, &claim, member),
        false => Vec::new(),
    };
    let others = compared(tx, ctx, &request, beside).await?;
    let evidence = |check: &IdentityCheck| CheckEvidence { check: *check, evidence: facts.basis().of(*check) };
    Ok(RequestView {
        society: ctx.settings.society_words(),
        reply_texts: replies::usable_texts(ctx)?,
        usual_follow_up: usual_follow_up(ctx),
        waited: waited(ctx, &request),
        state: request.state(),
        next: by_hand(tx, ctx, &request).await?,
        channel: request.channel,
        kind: request.kind,
        matched_by: member.map(|member| matched_by(&claim, member)),
        candidates: others,
        sent: claim,
        member: member.map(Member::key),
        verdict,
        differs: differing(&facts.compared),
        evidence: IdentityCheck::ALL.iter().map(evidence).collect(),
        no_route: facts.route.as_ref().and_then(|route| route.obstacle),
        destination: facts.route.as_ref().and_then(CaseDestination::of),
        login_used_at: account.as_ref().and_then(|account| account.last_login_at.max(account.login_changed_at)),
        registered_on: account.map(|account| day_of(account.registered_at)),
        notice,
        lacking: facts.lacking(&request),
        instead,
        beside: if together.len() > 1 { together.iter().map(Sent::from).collect() } else { Vec::new() },
        together: together.into_iter().map(|other| other.receipt).filter(|r| *r != request.receipt).collect(),
        checked: facts.counting(&request),
        let_pass: let_pass(&request),
        referred: request.referred(),
        resumable_until: resumable_until(ctx, &request).filter(|_| !request.state().is_open()),
        comparison: facts.compared,
        call_back: facts.numbers,
        phone: request.phone,
        email: if request.email.is_empty() { String::new() } else { crate::text::mask_mail(&request.email) },
        checked_by: request.checked_by,
        checked_at: request.checked_at,
        called: request.called,
        assignee: request.assignee,
        follow_up_on: request.follow_up_on,
        reason: request.reason,
        reply_status: reply.as_ref().map(ReplyStatus::from),
        reply: reply.map(|reply| reply.body),
        settled_by: request.settled_by,
        settled_at: request.settled_at,
        card: request.card_id,
        merged_into,
        received_at: request.received_at,
        receipt: request.receipt,
        name: request.name,
        body: request.body,
    })
}

/// Ends a step: what is shown of the request is read when the one writer is free again.
pub(super) async fn commit_and_show(
    uow: UnitOfWork,
    ctx: &AppContext,
    allowed: &Allowed,
    event: NoteFacts,
    request: Request,
) -> Result<RequestView, Error> {
    uow.commit(event).await?;
    view(&mut ctx.read(allowed).await?, ctx, request).await
}

fn matched_by(claim: &Claim, member: &Member) -> MatchedBy {
    match claim.key() {
        Some(key) if key.to_string() == member.key() => MatchedBy::Key,
        Some(key) if key.symbol.key() == member.key.symbol && key.number.key() == member.key.number => {
            MatchedBy::Household
        }
        _ => MatchedBy::KanaAndBirth,
    }
}

fn let_pass(request: &Request) -> Option<LetPass> {
    let reason = request.override_reason.clone()?;
    Some(LetPass { checks: request.let_pass(), reason, by: request.override_by.clone(), at: request.override_at })
}

/// business days waited until it was settled, or until today.
pub(super) fn waited(ctx: &AppContext, request: &Request) -> u32 {
    let until = request.settled_at.map_or_else(|| ctx.clock.today(), day_of);
    ctx.workdays.waited(day_of(request.received_at), until)
}

/// The steps that a clerk can take today.
async fn by_hand(tx: &mut Tx, ctx: &AppContext, request: &Request) -> Result<Vec<RequestStep>, Error> {
    let in_time = resumable_until(ctx, request).is_none_or(|until| until >= ctx.clock.today());
    let resumable = !request.state().is_open() && in_time && !is_sent(tx, request).await?;
    let ours = |step: &RequestStep| match step {
        RequestStep::Dispatch | RequestStep::Reopen | RequestStep::Recover => false,
        RequestStep::Resume => resumable,
        RequestStep::Verify
        | RequestStep::Queue
        | RequestStep::Hold
        | RequestStep::Reject
        | RequestStep::Answer
        | RequestStep::Merge => true,
    };
    let from = request.state();
    Ok(REQUEST_TABLE.iter().filter(|(state, ..)| *state == from).map(|(_, step, _)| *step).filter(ours).collect())
}

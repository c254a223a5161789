//! A request as the clerk sees it: field by field against the registry, and what can be done.

use super::matching::candidates;
use crate::domain::diagnosis::SocietyWords;
use crate::domain::request::{
    Channel, Checklist, Claim, Comparison, Ground, IdentityCheck, OnFile, REQUEST_TABLE, RequestKind, RequestState,
    RequestStep,
};
use crate::domain::{HoldReason, MemberKey, coded};
use crate::store::{self, Tx, account::Account, member::Member, request::Request};
use crate::text::japan::day_of;
use crate::usecases::{AppContext, Error, lineage, routes};
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
    /// Others whom the key, or kana and birth date, point to.
    pub candidates: Vec<Candidate>,
    /// Field by field; empty without a match.
    pub comparison: Vec<Comparison>,
    /// When the member registered; nothing without an account.
    pub registered_on: Option<NaiveDate>,
    /// L4: when the member last logged in or chose a login password.
    pub login_used_at: Option<DateTime<Utc>>,
    /// The ticked checks.
    pub checked: Checklist,
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
    /// Other open requests of the member.
    pub together: Vec<String>,
    /// What was sent in each open request of the member, this one among them, where there are several.
    pub beside: Vec<Sent>,
    /// Why it is held or rejected.
    pub reason: Option<String>,
    /// What the sender is told.
    pub reply: Option<String>,
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
}

/// Another member who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// The member's key.
    pub member: String,
    /// 氏名
    pub name: String,
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
    let digits = |text: &str| crate::text::nfkc(text).chars().filter(char::is_ascii_digit).collect::<String>();
    let born = one.claim.born_on.zip(other.claim.born_on).is_some_and(|(a, b)| a != b);
    let found = [
        (SentField::Name, differ(&one.claim.name, &other.claim.name)),
        (SentField::Kana, differ(&one.claim.kana, &other.claim.kana)),
        (SentField::BirthDate, born),
        (SentField::Employer, differ(&one.claim.employer, &other.claim.employer)),
        (SentField::Phone, differ(&digits(&one.phone), &digits(&other.phone))),
    ];
    found.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}

/// Builds the view.
pub(super) async fn view(tx: &mut Tx, ctx: &AppContext, request: Request) -> Result<RequestView, Error> {
    let member = super::member_of(tx, &request).await?;
    let comparison = match &member {
        Some(member) => compare(tx, ctx, &request, member).await?,
        None => Vec::new(),
    };
    let account = match &member {
        Some(member) => store::account::open_of(tx, member.id).await?,
        None => None,
    };
    let no_route = match &member {
        Some(member) => routes::route_of(tx, ctx.clock.today(), member).await?.obstacle,
        None => None,
    };
    let checked = Checklist::parse(&request.checked).unwrap_or_default();
    let together = match &member {
        Some(member) => store::request::open_of_member(tx, member.id).await?,
        None => Vec::new(),
    };
    let merged_into = match request.merged_into {
        Some(id) => store::request::get(tx, id).await?.map(|other| other.receipt),
        None => None,
    };
    let instead = match &member {
        Some(member) => instead(tx, ctx, member, account.as_ref()).await?,
        None => Some(Ground::NotIdentified),
    };
    let recovered = |account: &Account| account.login_in_use_at() > request.received_at;
    let instead = instead.or(account.as_ref().filter(|account| recovered(account)).map(|_| Ground::Recovered));
    let claim = request.claim();
    let matched_by = |member: &Member| match claim.key() {
        Some(key) if key.to_string() == member.key() => MatchedBy::Key,
        Some(key) if key.symbol.key() == member.key.symbol && key.number.key() == member.key.number => {
            MatchedBy::Household
        }
        _ => MatchedBy::KanaAndBirth,
    };
    let others = match request.state().is_open() {
        true => candidates(tx, &claim).await?.beside(tx, &claim, member.as_ref()).await?,
        false => Vec::new(),
    };
    Ok(RequestView {
        society: ctx.settings.society_words(),
        waited: waited(ctx, &request),
        state: request.state(),
        next: by_hand(request.state()),
        channel: request.channel,
        kind: request.kind,
        phone: request.phone,
        email: if request.email.is_empty() { String::new() } else { crate::text::mask_mail(&request.email) },
        matched_by: member.as_ref().map(matched_by),
        candidates: others.into_iter().map(|other| Candidate { member: other.key(), name: other.name }).collect(),
        member: member.as_ref().map(Member::key),
        no_route,
        login_used_at: account.as_ref().and_then(|account| account.last_login_at.max(account.login_changed_at)),
        registered_on: account.map(|account| day_of(account.registered_at)),
        lacking: checked.suffices(&comparison).err().map_or_else(Vec::new, |lacking| lacking.0),
        instead,
        beside: if together.len() > 1 { together.iter().map(Sent::from).collect() } else { Vec::new() },
        together: together.into_iter().map(|other| other.receipt).filter(|r| *r != request.receipt).collect(),
        comparison,
        checked,
        checked_by: request.checked_by,
        checked_at: request.checked_at,
        reason: request.reason,
        reply: request.reply,
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

/// What the sender gave against the registry, with the insured's employer (R1).
pub(super) async fn compare(
    tx: &mut Tx,
    ctx: &AppContext,
    request: &Request,
    member: &Member,
) -> Result<Vec<Comparison>, Error> {
    let employer = routes::route_of(tx, ctx.clock.today(), member).await?.employer;
    Ok(request.claim().compare(OnFile {
        key: &member.key(),
        name: &member.name,
        kana: &member.kana,
        born_on: member.born_on,
        employer: employer.as_ref().map_or("", |employer| &employer.record.name),
    }))
}

/// L1, A3, A9: no card for a member without an account; the ground of the reply that helps.
async fn instead(
    tx: &mut Tx,
    ctx: &AppContext,
    member: &Member,
    account: Option<&Account>,
) -> Result<Option<Ground>, Error> {
    let today = ctx.clock.today();
    let lost = member.lost_on.is_some_and(|on| on <= today);
    Ok(match account {
        _ if lineage::neighbours(tx, ctx, member).await?.1.is_some() => Some(Ground::NumberChanged),
        _ if lost => Some(Ground::Left),
        None => Some(Ground::NotRegistered),
        Some(_) => None,
    })
}

/// business days waited until it was settled, or until today.
fn waited(ctx: &AppContext, request: &Request) -> u32 {
    let until = request.settled_at.map_or_else(|| ctx.clock.today(), day_of);
    ctx.workdays.waited(day_of(request.received_at), until)
}

fn by_hand(state: RequestState) -> Vec<RequestStep> {
    let ours = |step: &RequestStep| !matches!(step, RequestStep::Dispatch | RequestStep::Reopen | RequestStep::Recover);
    REQUEST_TABLE.iter().filter(|(from, ..)| *from == state).map(|(_, step, _)| *step).filter(ours).collect()
}

/// A key as `260-1-00`, from its stored parts.
pub(super) fn joined(symbol: Option<String>, number: Option<String>, branch: Option<String>) -> Option<String> {
    MemberKey::parse(&symbol?, &number?, &branch?).ok().map(|key| key.to_string())
}

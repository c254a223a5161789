//! 加入者: finding and showing. Every look leaves an entry.

use super::audit::{AuditEvent, MemberPart, SearchScope};
use super::household::household;
use super::lineage::{self, Record};
use super::notes::{self, NoteDraft};
pub use super::search::{FoundMember, MatchKind, find};
use super::{Actor, AppContext, Error, apart, batches, cards, known, promises, routes};
use crate::domain::gate::Delay;
use crate::domain::promise::OpenPromise;
use crate::domain::{CardState, IncidentKind, IncidentState, MemberKey, Permission, Viewing, ViewingState, WebDisplay};
pub use crate::store::KeyColumns;
use crate::store::account::Account;
pub use crate::store::approved_card::ApprovedCard;
pub use crate::store::audit::AuditEntry;
pub use crate::store::card::Card;
pub use crate::store::employer::{Employer, EmployerRecord};
pub use crate::store::member::{Member, NoteView, RequestLine};
pub use crate::store::protection::ProtectiveMeasure;
pub use crate::store::undelivered::NotHandedOver;
use crate::store::{self, Tx};
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, Utc};

/// Entries of the log that a member's history shows.
const HISTORY: i64 = 200;

/// A search whose result was used, or has stood for a second: one entry with query, count and the row IDs of who was listed.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn searched(ctx: &AppContext, actor: &Actor, query: &str, members: &[i64]) -> Result<(), Error> {
    let (query, count) = (crate::text::plain_line(query).into_owned(), members.len() as u64);
    let listed = Some(members.iter().copied().collect());
    let searched = AuditEvent::MemberSearched { scope: SearchScope::Members, query, count, listed };
    ctx.record(&actor.allowed(Permission::Look)?, searched).await
}

/// Everything that a clerk sees of a member.
#[derive(Debug, Clone, serde::Serialize)]
pub struct MemberView {
    /// R7: the protective measure that stands; told before anything else.
    pub protection: Option<ProtectiveMeasure>,
    /// The record of the registry.
    pub member: Member,
    /// 事業所, the insured's (R1).
    pub employer: Option<Employer>,
    /// Why no card can go there today, as a code of `HoldReason` (R2).
    pub no_route: Option<crate::domain::HoldReason>,
    /// アカウント
    pub account: Option<AccountView>,
    /// 閲覧用パスワード
    pub viewing_password: Option<Viewing>,
    /// V3: when the card with the valid viewing password was dispatched, while it can still be in the post.
    pub posted_on: Option<NaiveDate>,
    /// Cards, newest first.
    pub cards: Vec<CardView>,
    /// 対応記録, newest first.
    pub notes: Vec<NoteView>,
    /// The actor's own note that is not written yet.
    #[serde(skip)]
    pub draft: Option<NoteDraft>,
    /// 送付依頼, newest first.
    pub requests: Vec<RequestLine>,
    /// P1: what the society owes this member and is not on its way.
    pub promises: Vec<OpenPromise>,
    /// 漏えい等 that are about this person, the latest first.
    pub incidents: Vec<MemberIncident>,
    /// Others under the same symbol and number; not those who are protected from the family (R7).
    pub family: Vec<Member>,
    /// The record before a change of number (A10).
    pub predecessor: Option<String>,
    /// The record after a change of number (A3).
    pub successor: Option<String>,
    /// All records of the person under former and later numbers, this one among them, the oldest first (A10).
    pub records: Vec<Record>,
    /// What was done, newest first.
    pub history: Vec<AuditEntry>,
}

/// An incident that is about a member's data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MemberIncident {
    /// Number of the incident.
    pub id: i64,
    /// The kind of incident: what happened.
    pub kind: IncidentKind,
    /// Where it stands.
    pub state: IncidentState,
    /// The day on which it became known.
    pub known_on: NaiveDate,
}

/// An account as staff may see it (S5).
#[derive(Debug, Clone, serde::Serialize)]
pub struct AccountView {
    /// Whether it is open.
    pub state: AccountState,
    /// ログインID
    pub login_id: Option<String>,
    /// The mail address, masked.
    pub email: Option<String>,
    /// Web表示
    pub web_display: WebDisplay,
    /// 登録日時
    pub registered_at: DateTime<Utc>,
    /// Mails come back since then.
    pub bounced_at: Option<DateTime<Utc>>,
    /// 最終ログイン
    pub last_login_at: Option<DateTime<Utc>>,
    /// Closed since then.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why, as a code of `DeadReason`.
    pub closed_reason: Option<String>,
}

crate::domain::coded! {
    /// Whether an account is open.
    pub enum AccountState {
        /// 登録済
        Open = "open",
        /// 閉鎖
        Closed = "closed",
    }
}

/// A card as a clerk sees it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CardView {
    /// Row of the card with its present state.
    #[serde(flatten)]
    pub card: Card,
    /// The state of the password it carries.
    pub password: ViewingState,
    /// `B20261122-001`
    pub batch: Option<String>,
    /// The planned dispatch date of its batch.
    pub planned_on: Option<NaiveDate>,
    /// B7: whether it is on paper, and the gate does not let it leave.
    pub must_pull: bool,
    /// When the bundle's receipt came back.
    pub receipt_on: Option<NaiveDate>,
    /// The employer it goes to; once printed, what stands on the paper.
    pub employer_name: Option<String>,
    /// R5: what was approved for it in its batch: name and destination.
    pub approved: Option<ApprovedCard>,
    /// H3: the same of a printed card: what stands on the paper.
    pub printed: Option<ApprovedCard>,
    /// R3: the approved one-off address that it goes, or went, to instead.
    pub one_off: Option<store::one_off::AddressProposal>,
    /// B15: what the receipt says, where the employer could not hand it over and it has not come back yet.
    pub undelivered: Option<NotHandedOver>,
    /// S6: why it waits, where one of the other kind is too close.
    pub delay: Option<Delay>,
}

/// Shows a member; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn show(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<MemberView, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let member = known::member(&mut tx, key).await?;
    let draft = notes::draft_of(&mut tx, &actor.id, &member.key()).await?;
    let view = MemberView { draft, ..view(&mut tx, ctx, member).await? };
    drop(tx);
    ctx.record(&allowed, AuditEvent::MemberSeen { part: MemberPart::Record }.on(view.member.key())).await?;
    Ok(view)
}

async fn view(tx: &mut Tx, ctx: &AppContext, member: Member) -> Result<MemberView, Error> {
    let account = store::account::latest_of(tx, member.id).await?;
    let stored = store::card::of_member(tx, member.id).await?;
    let viewing_password = account.as_ref().filter(|account| account.closed_at.is_none()).map(|account| {
        let own: Vec<_> = stored.iter().filter(|card| card.account_id == account.id).map(Card::facts).collect();
        Viewing::of(account.web_display, &own, account.viewing_changed_at.map(day_of))
    });
    let route = routes::route_of(tx, ctx.clock.today(), &member).await?;
    let posted_on = cards::in_the_post(ctx, &stored);
    let mut delays = apart::of_member(tx, ctx, member.id).await?;
    let mut views = Vec::with_capacity(stored.len());
    for card in stored.into_iter().rev() {
        let delay = delays.remove(&card.id);
        let must_pull = match card.state() {
            CardState::Exported | CardState::Printed => batches::must_pull_card(tx, ctx, &card).await?,
            _ => false,
        };
        views.push(CardView { delay, must_pull, ..card_view(tx, card).await? });
    }
    let protected = store::protection::persons(tx).await?;
    let mut family = household(tx, &member).await?.members;
    family.retain(|other| other.id != member.id && !protected.contains_key(&other.person()));
    let taken_over = store::person::taken_over(tx, &member).await?;
    let (predecessor, successor) = lineage::neighbours(tx, ctx, &member).await?;
    Ok(MemberView {
        employer: route.employer,
        no_route: route.obstacle,
        account: account.map(AccountView::from),
        viewing_password,
        posted_on,
        cards: views,
        notes: store::member::notes(tx, member.person()).await?,
        draft: None,
        requests: store::member::requests(tx, member.person()).await?,
        incidents: store::incident::of_person(tx, member.person()).await?.iter().map(MemberIncident::from).collect(),
        family,
        protection: store::protection::of_person(tx, member.person()).await?,
        promises: promises::of_member(tx, ctx, &member).await?,
        predecessor: predecessor.map(|m| m.key()),
        successor: successor.map(|m| m.key()),
        records: lineage::records(tx, ctx, member.clone()).await?,
        history: store::audit::latest_on(tx, &member.key(), taken_over, HISTORY).await?,
        member,
    })
}

async fn card_view(tx: &mut Tx, card: Card) -> Result<CardView, Error> {
    let batch = match card.batch_id {
        Some(id) => store::batch::get(tx, id).await?,
        None => None,
    };
    let employer = match card.employer_id {
        Some(id) => store::employer::get(tx, id).await?,
        None => None,
    };
    let one_off = match card.one_off_id {
        Some(id) => store::one_off::get(tx, id).await?,
        None => None,
    };
    let approved = match &batch {
        Some(batch) => store::approved_card::of_card(tx, &batch.number, card.id).await?,
        None => None,
    };
    let printed = approved.clone().filter(|it| it.serial.is_some());
    let receipt_on = match (card.batch_id, card.employer_id, card.state()) {
        (Some(batch), Some(employer), CardState::Dispatched | CardState::Returned) => {
            store::bundle::receipt_of(tx, batch, employer).await?.flatten()
        }
        _ => None,
    };
    let undelivered = match card.state() {
        CardState::Dispatched => store::undelivered::of_card(tx, card.id).await?,
        _ => None,
    };
    Ok(CardView {
        undelivered,
        must_pull: false,
        password: crate::domain::password_state(&card.facts()),
        batch: batch.as_ref().map(|batch| batch.number.to_string()),
        planned_on: batch.and_then(|batch| batch.planned_on),
        receipt_on,
        employer_name: printed.as_ref().map(|it| it.company.clone()).or(employer.map(|it| it.record.name)),
        approved,
        printed,
        one_off,
        delay: None,
        card,
    })
}

impl CardView {
    /// L5: the last day of its temporary login password, while it works.
    pub fn works_until(&self) -> Option<NaiveDate> {
        self.card.valid_until.filter(|_| self.card.state() == CardState::Dispatched && self.card.dead().is_none())
    }
}

impl MemberView {
    /// R3: the approved one-off address to which a card of this member still goes.
    pub fn goes_elsewhere(&self) -> Option<&store::one_off::AddressProposal> {
        let waits = |card: &&CardView| {
            matches!(
                card.card.state(),
                CardState::Queued | CardState::Drafted | CardState::Exported | CardState::Printed
            )
        };
        self.cards.iter().filter(waits).find_map(|card| card.one_off.as_ref())
    }
}

impl From<&store::incident::Incident> for MemberIncident {
    fn from(incident: &store::incident::Incident) -> Self {
        Self { id: incident.id, kind: incident.kind, state: incident.state(), known_on: incident.known_on }
    }
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            state: if account.closed_at.is_some() { AccountState::Closed } else { AccountState::Open },
            login_id: account.login_id,
            email: account.email.as_deref().map(crate::text::mask_mail),
            web_display: account.web_display,
            registered_at: account.registered_at,
            bounced_at: account.bounced_at,
            last_login_at: account.last_login_at,
            closed_at: account.closed_at,
            closed_reason: account.closed_reason,
        }
    }
}

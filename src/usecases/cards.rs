//! 圧着ハガキ: asking for one, and its single steps. The steps inside a batch are in `batches`.

use super::accounts::{self, Tell};
use super::audit::{self, Act};
use super::refusal::ReissueWarning;
use super::{Actor, AppContext, Error, Refusal, last_transition, one_off};
use crate::domain::portal::{self, Stale};
use crate::domain::route::{self, EmployerFacts};
use crate::domain::{
    BatchNumber, CardCause, CardFacts, CardKind, CardState, CardStep, DeadReason, HoldReason, MemberKey, OneOffAddress,
    Permission, WebDisplay,
};
use crate::store::card::{Card, NewCard};
use crate::store::{self, Tx, account::Account, employer::Employer, member::Member};
use chrono::{DateTime, Utc};

/// Whether the person was told what a reissue does (V2, V3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// Not yet: a warning is answered where there is something to warn of.
    NotYet,
    /// Yes, and confirmed.
    Confirmed,
}

/// What became of the asking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    /// The card.
    pub card: i64,
    /// Held from the start, for this reason (R2).
    pub held: Option<HoldReason>,
}

/// A clerk asks for a viewing-password card: a reissue (V2, V3, V6).
pub async fn ask_viewing(ctx: &AppContext, actor: &Actor, key: &MemberKey, told: Confirmation) -> Result<Asked, Error> {
    actor.must(Permission::Queue)?;
    let mut tx = ctx.write().await?;
    let (member, mut account) = insured_account(&mut tx, ctx, key).await?;
    let facts = facts(&store::card::of_account(&mut tx, account.id).await?);
    if portal::waiting(&facts, CardKind::Viewing).is_some() {
        return Err(Refusal::AlreadyQueued(member.key()).into());
    }
    portal::reissue(account.web_display, &facts).map_err(|stale| refusal(stale, &member))?;
    let warning = warn(&member, &account, &facts, &store::card::of_account(&mut tx, account.id).await?);
    if told == Confirmation::NotYet && (warning.usable || warning.under_way.is_some()) {
        return Err(Refusal::NeedsConfirm(warning).into());
    }
    let why = DeadReason::Superseded;
    accounts::revoke_card(&mut tx, ctx, actor, &member, &mut account, CardKind::Viewing, why, Tell::Portal).await?;
    let cause = CardCause::Reissue;
    let asked = ask(&mut tx, ctx, actor, &member, &account, CardKind::Viewing, cause, ctx.clock.now()).await?;
    tx.commit().await?;
    Ok(asked)
}

/// A clerk asks for a login notice without a request, on the command line alone. *Decision*: L1 wants a verified request,
/// and the console knows no other way; but scripts of a society that keeps its requests elsewhere rely on this one. The
/// old password dies at the dispatch only (L2), the card goes to the employer (R1), and the log tells the two apart.
pub async fn ask_login(ctx: &AppContext, actor: &Actor, key: &MemberKey) -> Result<Asked, Error> {
    actor.must(Permission::Queue)?;
    let mut tx = ctx.write().await?;
    let asked = ask_notice(&mut tx, ctx, actor, key, CardCause::WithoutRequest).await?;
    tx.commit().await?;
    Ok(asked)
}

/// L1: the notice that answers a verified request, in its transaction.
pub(super) async fn ask_login_in(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
) -> Result<Asked, Error> {
    ask_notice(tx, ctx, actor, key, CardCause::Request).await
}

async fn ask_notice(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    cause: CardCause,
) -> Result<Asked, Error> {
    let (member, account) = insured_account(tx, ctx, key).await?;
    let facts = facts(&store::card::of_account(tx, account.id).await?);
    if portal::waiting(&facts, CardKind::Login).is_some() || portal::under_way(&facts, CardKind::Login).is_some() {
        return Err(Refusal::AlreadyQueued(member.key()).into());
    }
    ask(tx, ctx, actor, &member, &account, CardKind::Login, cause, ctx.clock.now()).await
}

/// Puts a card in the queue, or holds it where there is no route (R1, R2).
#[expect(clippy::too_many_arguments, reason = "what, for whom, why and when: nothing to bundle")]
pub async fn ask(
    tx: &mut Tx,
    ctx: &AppContext,
    actor: &Actor,
    member: &Member,
    account: &Account,
    kind: CardKind,
    cause: CardCause,
    at: DateTime<Utc>,
) -> Result<Asked, Error> {
    let route = route_of(tx, ctx, member).await?;
    let card = store::card::insert(
        tx,
        &NewCard {
            kind,
            cause,
            member_id: member.id,
            account_id: account.id,
            employer_id: route.employer.as_ref().map(|employer| employer.id),
            one_off_id: None,
            replaces: None,
            asked_by: &actor.id,
            asked_at: at,
            held: route.obstacle,
        },
    )
    .await?;
    let detail = format!("{card} {} {}", kind.code(), cause.code());
    audit::write(tx, ctx, actor, Act::CardAsked.on(member.key()).and_detail(detail)).await?;
    Ok(Asked { card, held: route.obstacle })
}

/// Where a member's cards go.
#[derive(Debug, Clone)]
pub struct Route {
    /// The insured's employer (R1).
    pub employer: Option<Employer>,
    /// Why no card can go there today.
    pub obstacle: Option<HoldReason>,
}

/// R1: dependents' cards go to the insured's employer, too.
pub async fn route_of(tx: &mut Tx, ctx: &AppContext, member: &Member) -> Result<Route, Error> {
    let family = store::member::family(tx, &member.symbol, &member.number).await?;
    let insured = family.iter().find(|m| m.relation == crate::domain::Relation::Insured).unwrap_or(member);
    let employer = match insured.employer_id {
        Some(id) => store::employer::get(tx, id).await?,
        None => None,
    };
    let facts = employer.as_ref().map(|e| EmployerFacts { withdrawn_on: e.withdrawn_on, address: &e.address1 });
    let obstacle = route::obstacle(insured.voluntary, facts, ctx.clock.today());
    Ok(Route { employer, obstacle })
}

/// Where a card goes.
#[derive(Debug, Clone)]
pub enum Destination {
    /// R1: to the representative address.
    Employer(Employer),
    /// R3: where two supervisors have sent it.
    OneOff(OneOffAddress),
    /// R2: nowhere yet.
    Nowhere(Option<Employer>, HoldReason),
}

/// R3 before R1: an approved address was chosen because there was no route, and stays chosen until the card is sent.
pub async fn destination(
    tx: &mut Tx,
    ctx: &AppContext,
    one_off: Option<i64>,
    member: &Member,
) -> Result<Destination, Error> {
    if let Some(id) = one_off
        && let Some(approved) = store::one_off::get(tx, id).await?
    {
        return Ok(Destination::OneOff(approved.address()));
    }
    let route = route_of(tx, ctx, member).await?;
    Ok(match (route.employer, route.obstacle) {
        (Some(employer), None) => Destination::Employer(employer),
        (employer, obstacle) => Destination::Nowhere(employer, obstacle.unwrap_or(HoldReason::NoEmployer)),
    })
}

/// 保留: stops a queued card by hand.
pub async fn hold(ctx: &AppContext, actor: &Actor, id: i64, why: &str) -> Result<(), Error> {
    actor.must(Permission::Queue)?;
    let mut tx = ctx.write().await?;
    let (mut card, member) = card_of(&mut tx, id).await?;
    let from = card.state;
    let batch = batch_of(&mut tx, &card).await?;
    step_or_told(&mut tx, ctx, &mut card, CardStep::Hold).await?;
    card.reason = Some(HoldReason::ByHand.code().to_owned());
    card.reason_detail = Some(crate::text::nfkc(why));
    card.batch_id = None;
    save(&mut tx, &card, from).await?;
    let entry = Act::CardHeld.on(member.key()).in_batch(batch.as_ref()).and_detail(id);
    audit::write(&mut tx, ctx, actor, entry).await?;
    Ok(tx.commit().await?)
}

/// 保留解除: back to the queue, if it has a route now.
pub async fn release(ctx: &AppContext, actor: &Actor, id: i64) -> Result<(), Error> {
    actor.must(Permission::Release)?;
    let mut tx = ctx.write().await?;
    let (mut card, member) = card_of(&mut tx, id).await?;
    let from = card.state;
    step_or_told(&mut tx, ctx, &mut card, CardStep::Release).await?;
    card.employer_id = match destination(&mut tx, ctx, card.one_off_id, &member).await? {
        Destination::Employer(employer) => Some(employer.id),
        Destination::OneOff(_) => None,
        Destination::Nowhere(_, reason) => return Err(Refusal::NoRoute { card: member.key(), reason }.into()),
    };
    card.reason = None;
    card.reason_detail = None;
    save(&mut tx, &card, from).await?;
    one_off::withdraw(&mut tx, ctx, actor, &member, id).await?;
    audit::write(&mut tx, ctx, actor, Act::CardReleased.on(member.key()).and_detail(id)).await?;
    Ok(tx.commit().await?)
}

/// 取消: a card that is not wanted any more, before it has a password.
pub async fn cancel(ctx: &AppContext, actor: &Actor, id: i64) -> Result<(), Error> {
    actor.must(Permission::Queue)?;
    let mut tx = ctx.write().await?;
    let (mut card, member) = card_of(&mut tx, id).await?;
    let from = card.state;
    let batch = batch_of(&mut tx, &card).await?;
    step_or_told(&mut tx, ctx, &mut card, CardStep::Cancel).await?;
    card.batch_id = None;
    accounts::revoke(&mut card, DeadReason::ByHand, ctx.clock.today());
    save(&mut tx, &card, from).await?;
    one_off::withdraw(&mut tx, ctx, actor, &member, id).await?;
    let entry = Act::CardCancelled.on(member.key()).in_batch(batch.as_ref()).and_detail(id);
    audit::write(&mut tx, ctx, actor, entry).await?;
    Ok(tx.commit().await?)
}

/// A card by row id, and whose it is.
pub(super) async fn card_of(tx: &mut Tx, id: i64) -> Result<(Card, Member), Error> {
    let unknown = || Refusal::CardUnknown(id.to_string());
    let card = store::card::get(tx, id).await?.ok_or_else(unknown)?;
    let member = store::member::get(tx, card.member_id).await?.ok_or_else(unknown)?;
    Ok((card, member))
}

/// The member by key with an open account; L1 and A9 where not.
async fn insured_account(tx: &mut Tx, ctx: &AppContext, key: &MemberKey) -> Result<(Member, Account), Error> {
    let member = store::member::by_key(tx, key).await?.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    if let Some(on) = member.lost_on.filter(|on| *on <= ctx.clock.today()) {
        return Err(Refusal::MemberLost { member: member.key(), on }.into());
    }
    let account = store::account::open_of(tx, member.id).await?;
    Ok((account.ok_or_else(|| Refusal::NoAccount(member.key())).map(|account| (member, account)))?)
}

/// What to tell before a reissue (V2, V3).
fn warn(member: &Member, account: &Account, facts: &[CardFacts], cards: &[Card]) -> ReissueWarning {
    let under_way = portal::under_way(facts, CardKind::Viewing);
    let changed = account.viewing_changed_at.is_some() && account.web_display == WebDisplay::Wanted;
    ReissueWarning {
        member: member.key(),
        under_way: under_way.and_then(|card| cards.iter().find(|c| c.id == card.id)?.serial.clone()),
        planned: under_way.and_then(|card| card.issue_on),
        usable: changed || portal::live(facts, CardKind::Viewing).is_some(),
    }
}

fn refusal(stale: Stale, member: &Member) -> Refusal {
    match stale {
        Stale::DisplayOff => Refusal::DisplayOff(member.key()),
        Stale::AlreadyRegistered | Stale::NoAccount | Stale::MemberLost | Stale::NoPassword | Stale::Overtaken => {
            Refusal::NoAccount(member.key())
        }
    }
}

/// What the rules need to know of a member's cards.
pub fn facts(cards: &[Card]) -> Vec<CardFacts> {
    cards.iter().map(Card::facts).collect()
}

/// Moves a card by the table.
pub fn step(card: &mut Card, step: CardStep) -> Result<(), Refusal> {
    let named = card.serial.clone().unwrap_or_else(|| card.id.to_string());
    let refused = Refusal::CardStep { card: named, state: card.state, step, moved: None };
    card.state = card.state.after(step).ok_or(refused)?;
    Ok(())
}

/// The same for what a person asked of a card: a refusal says who was faster.
pub(super) async fn step_or_told(tx: &mut Tx, ctx: &AppContext, card: &mut Card, by: CardStep) -> Result<(), Error> {
    match step(card, by) {
        Err(Refusal::CardStep { card: named, state, step, .. }) => {
            let moved = last_transition::card(tx, ctx, card).await?;
            // A row id says nothing to a person.
            let named = match &card.serial {
                Some(_) => named,
                None => store::member::get(tx, card.member_id).await?.map_or(named, |member| member.key()),
            };
            Err(Refusal::CardStep { card: named, state, step, moved }.into())
        }
        done => Ok(done?),
    }
}

/// The batch that a card is in.
pub(super) async fn batch_of(tx: &mut Tx, card: &Card) -> Result<Option<BatchNumber>, Error> {
    Ok(match card.batch_id {
        Some(id) => store::batch::get(tx, id).await?.map(|batch| batch.number),
        None => None,
    })
}

/// Writes a moved card, and into which batch or out of which it moved; refused where somebody else has moved it since it was read.
pub async fn save(tx: &mut Tx, card: &Card, from: CardState) -> Result<(), Error> {
    let named = card.serial.clone().unwrap_or_else(|| card.id.to_string());
    if !store::card::update(tx, card, from).await? {
        return Err(Refusal::Changed { what: named }.into());
    }
    match (from, card.batch_id) {
        (CardState::Queued, Some(batch)) => store::batch_card::entered(tx, batch, card.id).await?,
        (CardState::Drafted, Some(batch)) => {
            store::batch_card::numbered(tx, batch, card.id, card.serial.as_deref()).await?;
        }
        (CardState::Drafted | CardState::Exported, None) => {
            store::batch_card::left(tx, card.id, card.state).await?;
        }
        _ => {}
    }
    if matches!(card.state, CardState::Cancelled | CardState::Pulled) {
        store::card::reopen_requests(tx, card.id).await?;
    }
    Ok(())
}

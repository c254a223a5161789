//! 圧着ハガキ: asking for one, and its single steps. The steps inside a batch are in `batches`.

use super::accounts::{self, Tell};
use super::audit::{AuditEvent, CardRef, NoteFacts};
use super::card_steps::{batch_of, card_of, revoke, save, step_or_told};
use super::refusal::ReissueWarning;
use super::requests::VerifiedRequest;
use super::routes::{Destination, destination, route_of};
use super::{Actor, AppContext, Error, Refusal, UnitOfWork, known, proposals};
use crate::domain::diagnosis::IN_THE_POST;
use crate::domain::portal::{self, Stale};
use crate::domain::{
    AskedThrough, CardCause, CardFacts, CardKind, CardState, CardStep, DeadReason, HoldReason, MemberKey, Permission,
    Reason, WebDisplay,
};
use crate::store::card::{Card, NewCard};
use crate::store::{self, Tx, account::Account, member::Member};
use chrono::{DateTime, NaiveDate, Utc};

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
pub struct AskedCard {
    /// Row id of the new card.
    pub card: i64,
    /// Held from the start, for this reason (R2).
    pub held: Option<HoldReason>,
}

/// A clerk asks for a viewing-password card: a reissue (V2, V3, V6).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn ask_viewing(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    told: Confirmation,
) -> Result<AskedCard, Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Queue)?).await?;
    let (member, account) = insured_account(&mut uow, ctx.clock.today(), key).await?;
    let facts = facts(&store::card::of_account(&mut uow, account.id).await?);
    if portal::waiting(&facts, CardKind::Viewing).is_some() {
        return Err(Refusal::AlreadyQueued(member.key()).into());
    }
    portal::reissue(account.web_display, &facts).map_err(|stale| refusal(stale, &member))?;
    let cards = store::card::of_account(&mut uow, account.id).await?;
    let posted = in_the_post(ctx, &cards);
    let warning = ReissueWarning { posted, ..warn(&member, &account, &facts, &cards) };
    if told == Confirmation::NotYet && (warning.usable || warning.under_way.is_some()) {
        return Err(Refusal::NeedsConfirm(warning).into());
    }
    let why = DeadReason::Superseded;
    accounts::revoke_card(&mut uow, &member, CardKind::Viewing, why, Tell::Portal).await?;
    let now = ctx.clock.now();
    let (asked, note) =
        ask_viewing_for(&mut uow, &member, &account, CardCause::Reissue, AskedThrough::Staff, now).await?;
    uow.commit(note).await?;
    Ok(asked)
}

/// L1: the login notice that answers a verified request, in its transaction. There is no other way to one.
pub(super) async fn ask_login(uow: &mut UnitOfWork, request: &VerifiedRequest) -> Result<AskedCard, Error> {
    let (member, account) = (request.member(), request.account());
    let facts = facts(&store::card::of_account(uow, account.id).await?);
    if portal::waiting(&facts, CardKind::Login).is_some() || portal::under_way(&facts, CardKind::Login).is_some() {
        return Err(Refusal::AlreadyQueued(member.key()).into());
    }
    let now = uow.now();
    let (asked, note) =
        ask(uow, member, account, CardKind::Login, CardCause::Request, AskedThrough::Staff, now).await?;
    uow.record(note).await?;
    Ok(asked)
}

/// Asks for a viewing-password card (A2, V2). The note is still to be recorded.
pub(super) async fn ask_viewing_for(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &Account,
    cause: CardCause,
    through: AskedThrough,
    at: DateTime<Utc>,
) -> Result<(AskedCard, NoteFacts), Error> {
    ask(uow, member, account, CardKind::Viewing, cause, through, at).await
}

/// Puts a card in the queue, or holds it where there is no route (R1, R2).
async fn ask(
    uow: &mut UnitOfWork,
    member: &Member,
    account: &Account,
    kind: CardKind,
    cause: CardCause,
    through: AskedThrough,
    at: DateTime<Utc>,
) -> Result<(AskedCard, NoteFacts), Error> {
    let (today, asked_by) = (uow.today(), uow.staff().to_owned());
    let route = route_of(uow, today, member).await?;
    let id = store::card::insert(
        uow,
        &NewCard {
            kind,
            cause,
            member_id: member.id,
            account_id: account.id,
            employer_id: route.employer.as_ref().map(|employer| employer.id),
            one_off_id: None,
            replaces: None,
            asked_by: &asked_by,
            asked_through: through,
            asked_at: at,
            held: route.obstacle,
        },
    )
    .await?;
    let note = AuditEvent::CardAsked { card: CardRef { id, serial: None }, kind, cause }.on(member.key());
    Ok((AskedCard { card: id, held: route.obstacle }, note))
}

/// What stopping a queued card needs.
pub(super) const HOLDS: Permission = Permission::Queue;
/// What releasing a held card needs.
pub(super) const RELEASES: Permission = Permission::Release;

/// 保留: stops a queued card by hand.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn hold(ctx: &AppContext, actor: &Actor, id: i64, why: &Reason) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(HOLDS)?).await?;
    let (mut card, member) = card_of(&mut uow, id).await?;
    let from = card.state();
    let batch = batch_of(&mut uow, &card).await?;
    step_or_told(&mut uow, ctx, &mut card, CardStep::Hold).await?;
    card.reason = Some(HoldReason::ByHand.code().to_owned());
    card.reason_detail = Some(crate::text::nfkc(why.as_str()));
    card.batch_id = None;
    save(&mut uow, &card, from).await?;
    let held = AuditEvent::CardHeld { card: CardRef::from(&card), reason: HoldReason::ByHand };
    uow.commit(held.on(member.key()).in_batch(batch.as_ref())).await
}

/// What became of a card whose hold was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// It is in the queue again.
    Queued,
    /// R2: it has lost its route while it was held, and waits for that now; the registry or a one-off address lets it go.
    Waits(HoldReason),
}

/// 保留解除: back to the queue, if it has a route now.
///
/// # Errors
/// [`Refusal::NoRoute`] where the card is held for the want of a route, and there is still none.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn release(ctx: &AppContext, actor: &Actor, id: i64) -> Result<Released, Error> {
    let mut uow = ctx.begin(&actor.allowed(RELEASES)?).await?;
    let (mut card, member) = card_of(&mut uow, id).await?;
    let (from, held) = (card.state(), card.held());
    step_or_told(&mut uow, ctx, &mut card, CardStep::Release).await?;
    card.employer_id = match destination(&mut uow, ctx.clock.today(), card.one_off_id, &member).await? {
        Destination::Employer(employer) => Some(employer),
        Destination::OneOff => None,
        Destination::Nowhere(reason) if held.is_some_and(HoldReason::follows_registry) => {
            return Err(Refusal::NoRoute { card: member.key(), reason }.into());
        }
        Destination::Nowhere(reason) => {
            step_or_told(&mut uow, ctx, &mut card, CardStep::Hold).await?;
            card.reason = Some(reason.code().to_owned());
            card.reason_detail = None;
            save(&mut uow, &card, from).await?;
            let waits = AuditEvent::CardHeld { card: CardRef::from(&card), reason };
            uow.commit(waits.on(member.key())).await?;
            return Ok(Released::Waits(reason));
        }
    };
    card.reason = None;
    card.reason_detail = None;
    save(&mut uow, &card, from).await?;
    proposals::withdraw(&mut uow, &member, id).await?;
    uow.commit(AuditEvent::CardReleased { card: CardRef::from(&card) }.on(member.key())).await?;
    Ok(Released::Queued)
}

/// 取消: a card that is not wanted any more, before it has a password.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn cancel(ctx: &AppContext, actor: &Actor, id: i64) -> Result<(), Error> {
    let mut uow = ctx.begin(&actor.allowed(Permission::Queue)?).await?;
    let cancelled = cancelled(&mut uow, ctx, id).await?;
    uow.commit(cancelled).await
}

/// The same in the transaction that makes the card needless. One that ended by itself is left alone.
pub(super) async fn cancel_unsent(uow: &mut UnitOfWork, ctx: &AppContext, id: i64) -> Result<(), Error> {
    let (card, _) = card_of(uow, id).await?;
    if matches!(card.state(), CardState::Cancelled | CardState::Pulled | CardState::Spoiled) {
        return Ok(());
    }
    let cancelled = cancelled(uow, ctx, id).await?;
    uow.record(cancelled).await
}

async fn cancelled(uow: &mut UnitOfWork, ctx: &AppContext, id: i64) -> Result<NoteFacts, Error> {
    let (mut card, member) = card_of(uow, id).await?;
    let from = card.state();
    let batch = batch_of(uow, &card).await?;
    step_or_told(uow, ctx, &mut card, CardStep::Cancel).await?;
    card.batch_id = None;
    let why = DeadReason::ByHand;
    revoke(&mut card, why, ctx.clock.today());
    save(uow, &card, from).await?;
    proposals::withdraw(uow, &member, id).await?;
    let cancelled = AuditEvent::CardCancelled { card: CardRef::from(&card), reason: Some(why) };
    Ok(cancelled.on(member.key()).in_batch(batch.as_ref()))
}

/// The member by key with an open account; L1 and A9 where not.
async fn insured_account(tx: &mut Tx, today: NaiveDate, key: &MemberKey) -> Result<(Member, Account), Error> {
    let member = known::member(tx, key).await?;
    if let Some(on) = member.lost_on.filter(|on| *on <= today) {
        return Err(Refusal::MemberLost { member: member.key(), on }.into());
    }
    let account = store::account::open_of(tx, member.id).await?;
    Ok((account.ok_or_else(|| Refusal::NoAccount(member.key())).map(|account| (member, account)))?)
}

/// V3: when the card with the valid viewing password was dispatched, where it can still be in the post.
pub(super) fn in_the_post(ctx: &AppContext, cards: &[Card]) -> Option<NaiveDate> {
    let valid =
        |card: &&Card| card.kind == CardKind::Viewing && card.state() == CardState::Dispatched && card.dead().is_none();
    let on = cards.iter().filter(valid).filter_map(|card| card.dispatched_on).max()?;
    Some(on).filter(|on| ctx.workdays.waited(*on, ctx.clock.today()) <= IN_THE_POST)
}

/// What to tell before a reissue (V2, V3).
fn warn(member: &Member, account: &Account, facts: &[CardFacts], cards: &[Card]) -> ReissueWarning {
    let under_way = portal::under_way(facts, CardKind::Viewing);
    let changed = account.viewing_changed_at.is_some() && account.web_display == WebDisplay::Wanted;
    ReissueWarning {
        posted: None,
        member: member.key(),
        under_way: under_way.and_then(|card| cards.iter().find(|c| c.id == card.id)?.serial.clone()),
        planned: under_way.and_then(|card| card.issue_on),
        usable: changed || portal::live(facts, CardKind::Viewing).is_some(),
    }
}

fn refusal(stale: Stale, member: &Member) -> Refusal {
    match stale {
        Stale::DisplayOff => Refusal::DisplayOff(member.key()),
        Stale::AlreadyRegistered
        | Stale::OtherLogin
        | Stale::NoAccount
        | Stale::MemberLost
        | Stale::NoPassword
        | Stale::Overtaken => Refusal::NoAccount(member.key()),
    }
}

/// What the rules need to know of a member's cards.
pub fn facts(cards: &[Card]) -> Vec<CardFacts> {
    cards.iter().map(Card::facts).collect()
}

//! 電話対応: gathering a member's facts for `domain::diagnosis`, and the caller's identity.

use super::audit::AuditEvent;
use super::routes::Route;
use super::{Actor, AppContext, DataError, Error, apart, batches, known, lineage, promises, routes};
use crate::domain::diagnosis::{
    self, Addressee, Answer, Caller, CallerKind, CardStatus, Checkup, Coverage, Diagnosis, DiagnosisCard,
    DiagnosisFacts, Language, Mail, OldRecord, OpenAccount, PaperCheck, Predecessor, Receipt, Registration, Scripts,
    Sending, Speech, Successor, Topic, ViewingPassword,
};
use crate::domain::gate::Delay;
use crate::domain::portal::EventKind;
use crate::domain::promise::{PromiseCard, waited_since};
use crate::domain::request::{Claim, Identity, OnFile, RequestKind};
use crate::domain::{
    CardKind, CardState, HoldReason, MemberKey, Permission, Viewing, ViewingOrigin, ViewingState, is_death,
};
use crate::store::{self, Tx, account, card, employer::Employer, member::Member};
use crate::text::japan::day_of;
use chrono::NaiveDate;

/// A diagnosis with what the panel needs beside it.
#[derive(Debug, Clone)]
pub struct Diagnosed {
    /// The key of the member.
    pub member: String,
    /// What it comes down to.
    pub diagnosis: Diagnosis,
    /// 健康保険事務担当者: the employer's record.
    pub employer: Option<Employer>,
    /// P1: the day by which the society gets back to the member, where the words promise it and no open promise has a
    /// day in the future.
    pub call_by: Option<NaiveDate>,
}

/// Diagnoses a topic for a member; a look.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn diagnose(
    ctx: &AppContext,
    actor: &Actor,
    topic: Topic,
    key: &MemberKey,
    caller: Caller,
) -> Result<Diagnosed, Error> {
    let (allowed, today) = (actor.allowed(Permission::Look)?, ctx.clock.today());
    let mut tx = ctx.read(&allowed).await?;
    let member = known::member(&mut tx, key).await?;
    let facts = gather(&mut tx, ctx, &member, caller).await?;
    // R7: the employer of a protected person is not asked.
    let route = routes::route_of(&mut tx, today, &member).await?;
    let employer = route.employer.filter(|_| route.obstacle != Some(HoldReason::Protected));
    drop(tx);
    let diagnosis = diagnosis::diagnose(topic, &facts, today);
    let has_day = facts.sending.next_on.is_some_and(|day| day >= today);
    let call_by =
        (diagnosis.case.promises_contact() && !has_day).then(|| ctx.workdays.after(today, ctx.settings.promise_days));
    ctx.record(&allowed, AuditEvent::DiagnosisSeen { topic, case: diagnosis.case }.on(member.key())).await?;
    Ok(Diagnosed { member: member.key(), diagnosis, employer, call_by })
}

/// Puts a diagnosis into words.
pub fn words(ctx: &AppContext, diagnosis: &Diagnosis, language: Language) -> Result<Answer, Error> {
    let scripts = Scripts::embedded().map_err(DataError::from)?;
    let society = ctx.settings.society_words();
    let speech = Speech { language, today: ctx.clock.today(), society: &society };
    Ok(scripts.render(diagnosis, speech).map_err(DataError::from)?)
}

/// Compares what a caller says with the registry: match or no match, and nothing else of the member (Q-3, S5).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn identify(
    ctx: &AppContext,
    actor: &Actor,
    key: &MemberKey,
    caller: CallerKind,
    paper: PaperCheck,
    said: &Claim,
) -> Result<Identity, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let member = known::member(&mut tx, key).await?;
    let employer = routes::route_of(&mut tx, ctx.clock.today(), &member).await?.employer;
    drop(tx);
    let compared = said.compare(OnFile {
        key: &member.key(),
        name: &member.name,
        kana: &member.kana,
        born_on: member.born_on,
        employer: employer.as_ref().map_or("", |employer| &employer.record.name),
        employer_kana: employer.as_ref().map_or("", |employer| &employer.record.kana),
    });
    let died = member.lost_on.is_some() && is_death(&member.loss_reason);
    let identity = if died { Identity::deceased() } else { Identity::of(&compared) };
    let identity = match (caller.needs_paper(), paper) {
        (true, PaperCheck::NotSeen) => identity.without_paper(),
        (true, PaperCheck::Seen) | (false, _) => identity,
    };
    let paper = caller.needs_paper().then_some(paper);
    let checked = AuditEvent::IdentityChecked { caller: Some(caller), paper, verdicts: identity.verdicts.clone() };
    ctx.record(&allowed, checked.on(member.key())).await?;
    Ok(identity)
}

/// Everything that a diagnosis turns on.
async fn gather(tx: &mut Tx, ctx: &AppContext, member: &Member, caller: Caller) -> Result<DiagnosisFacts, Error> {
    let stored = store::card::of_member(tx, member.id).await?;
    let account = store::account::latest_of(tx, member.id).await?;
    let mail_changed_on = store::account::last_event(tx, member.id, EventKind::EmailChanged).await?.map(day_of);
    let (earlier, later) = lineage::neighbours(tx, ctx, member).await?;
    let later = match later {
        Some(later) => Some(later),
        None => lineage::coming(tx, ctx, member).await?,
    };
    let mut requests = Vec::new();
    for membership in store::person::memberships(tx, member.person()).await? {
        requests.extend(store::request::open_of_member(tx, membership.id).await?);
    }
    let login_request = requests.iter().find(|request| request.kind == RequestKind::LoginInfo);
    let former = match &earlier {
        Some(earlier) => Some((earlier.key(), OldRecord::OnFile)),
        None => lineage::former_number(tx, member).await?.map(|key| (key, OldRecord::NumberOnly)),
    };
    let predecessor = former.map(|(key, record)| Predecessor { key, reason: lineage::reason(member), record });
    let route = routes::route_of(tx, ctx.clock.today(), member).await?;
    let mut delays = apart::of_member(tx, ctx, member.id).await?;
    let mut cards = Vec::with_capacity(stored.len());
    for card in stored.iter().rev() {
        let delay = match card.state() {
            CardState::Drafted => delay_in_batch(tx, ctx, card).await?,
            _ => delays.remove(&card.id),
        };
        let asked_on = waits_since(tx, &stored, card).await?;
        let addressee = addressee(&route, card);
        cards.push(DiagnosisCard { delay, addressee, ..a_card(tx, ctx, card, asked_on).await? });
    }
    Ok(DiagnosisFacts {
        relation: member.relation,
        coverage: coverage(member, ctx.clock.today()),
        account: match account {
            None => Registration::Never,
            Some(account) => match account.closed_at {
                Some(at) => Registration::Closed { on: day_of(at) },
                None => Registration::Open(open_account(&account, &stored, mail_changed_on)),
            },
        },
        cards,
        predecessor,
        successor: match later {
            Some(new) => Some(successor(tx, &new).await?),
            None => None,
        },
        login_request: login_request.map(|request| day_of(request.received_at)),
        checkup: match (member.checkup, ctx.settings.checkup_deadline) {
            (false, _) => Checkup::NotEligible,
            (true, None) => Checkup::Eligible,
            (true, Some(day)) => Checkup::EligibleUntil(day),
        },
        checkup_deadline: ctx.settings.checkup_deadline,
        sending: Sending {
            obstacle: route.obstacle,
            next_on: promises::of_member(tx, ctx, member).await?.into_iter().filter_map(|it| it.next).min(),
        },
        caller,
    })
}

/// A3: the record under the new number, and whether it is registered.
async fn successor(tx: &mut Tx, new: &Member) -> Result<Successor, Error> {
    let account = store::account::open_of(tx, new.id).await?;
    let registered_on = account.map(|account| day_of(account.registered_at));
    Ok(Successor { key: new.key(), from: new.acquired_on, registered_on })
}

fn coverage(member: &Member, today: NaiveDate) -> Coverage {
    match member.lost_on {
        Some(day) if is_death(&member.loss_reason) => Coverage::Died(day),
        Some(day) => Coverage::EndsOn(day),
        None if member.acquired_on > today => Coverage::StartsOn(member.acquired_on),
        None => Coverage::Running,
    }
}

fn open_account(account: &account::Account, cards: &[card::Card], mail_changed_on: Option<NaiveDate>) -> OpenAccount {
    let own: Vec<_> = cards.iter().filter(|card| card.account_id == account.id).map(card::Card::facts).collect();
    let viewing = Viewing::of(account.web_display, &own, account.viewing_changed_at.map(day_of));
    OpenAccount {
        registered_on: day_of(account.registered_at),
        mail: match account.bounced_at {
            Some(at) => Mail::Bounced(day_of(at)),
            None => mail_changed_on.map_or(Mail::Arrives, Mail::Changed),
        },
        web_display: account.web_display,
        viewing: match (viewing.state, viewing.origin, viewing.since) {
            (ViewingState::Active, Some(ViewingOrigin::Member), Some(on)) => ViewingPassword::SelfChosen(on),
            (ViewingState::Active, ..) => ViewingPassword::FromCard,
            _ => ViewingPassword::None,
        },
        login_changed_at: account.login_changed_at,
        points_applied_on: account.points_applied_at.map(day_of),
    }
}

/// S6: the same rule as at the gate, for the day on which the batch is to leave.
async fn delay_in_batch(tx: &mut Tx, ctx: &AppContext, card: &card::Card) -> Result<Option<Delay>, Error> {
    let batch = match card.batch_id {
        Some(id) => store::batch::get(tx, id).await?,
        None => None,
    };
    let Some(batch) = batch else { return Ok(None) };
    Ok(apart::in_batch(tx, ctx, &batch, batches::leaves_on(ctx, &batch)).await?.remove(&card.id))
}

/// P1: since when the member has waited for a card: for a login notice since the request came in, otherwise since the
/// first of the cards in its place.
async fn waits_since(tx: &mut Tx, stored: &[card::Card], card: &card::Card) -> Result<NaiveDate, Error> {
    if card.kind == CardKind::Login
        && let Some(at) = store::request::received_of_card(tx, card.id).await?
    {
        return Ok(day_of(at));
    }
    let of_its_kind =
        |other: &&card::Card| other.account_id == card.account_id && other.kind == card.kind && other.id <= card.id;
    let row: Vec<PromiseCard> = stored.iter().filter(of_its_kind).map(promise_card).collect();
    Ok(waited_since(&row).unwrap_or_else(|| day_of(card.asked_at)))
}

fn promise_card(card: &card::Card) -> PromiseCard {
    let asked_on = day_of(card.asked_at);
    PromiseCard {
        state: card.state(),
        dead: card.dead(),
        hold: card.held(),
        asked_on,
        moved_on: card.changed_at.map_or(asked_on, day_of),
        // How long one waits for a card goes by those that were stopped before they left.
        undelivered_on: None,
    }
}

async fn a_card(tx: &mut Tx, ctx: &AppContext, card: &card::Card, asked_on: NaiveDate) -> Result<DiagnosisCard, Error> {
    Ok(DiagnosisCard {
        kind: card.kind,
        asked_on,
        issue_on: card.issue_on,
        serial: card.serial.clone(),
        one_off: one_off(tx, card).await?,
        status: status(tx, ctx, card).await?,
        sent_at: card.dispatched_at(),
        valid_until: card.valid_until,
        dead_on: card.dead_on,
        dead: card.dead(),
        addressee: Addressee::Present,
        delay: None,
        waited: ctx.workdays.waited(card.dispatched_on.unwrap_or(asked_on), ctx.clock.today()),
    })
}

/// R1, R2: whether the member can still ask at the employer that a card is addressed to.
fn addressee(route: &Route, card: &card::Card) -> Addressee {
    let gone = route.obstacle.is_some_and(|why| match why {
        HoldReason::Voluntary | HoldReason::Withdrawn | HoldReason::NoEmployer | HoldReason::InsuredLost => true,
        HoldReason::NoAddress
        | HoldReason::AddressChanged
        | HoldReason::Unprintable
        | HoldReason::Protected
        | HoldReason::TooClose
        | HoldReason::ByHand => false,
    });
    let other = card.employer_id.is_some() && route.employer.as_ref().map(|it| it.id) != card.employer_id;
    if gone || other { Addressee::Former } else { Addressee::Present }
}

/// R3: who gets it at a one-off address.
async fn one_off(tx: &mut Tx, card: &card::Card) -> Result<Option<String>, Error> {
    Ok(match card.one_off_id {
        Some(id) => store::one_off::get(tx, id).await?.map(|to| to.addressee),
        None => None,
    })
}

async fn status(tx: &mut Tx, ctx: &AppContext, card: &card::Card) -> Result<CardStatus, Error> {
    let employer = match (one_off(tx, card).await?, card.employer_id) {
        (Some(addressee), _) => addressee,
        (None, Some(id)) => {
            store::employer::get(tx, id).await?.map(|employer| employer.record.name).unwrap_or_default()
        }
        (None, None) => String::new(),
    };
    let day = card.issue_on.unwrap_or_else(|| day_of(card.asked_at));
    Ok(match card.state() {
        CardState::Queued | CardState::Drafted => CardStatus::Queued,
        // A reason that is not known any more was given by hand.
        CardState::Held => CardStatus::Held(card.held().unwrap_or(HoldReason::ByHand)),
        CardState::Exported | CardState::Printed => match batches::must_pull_card(tx, ctx, card).await? {
            true => CardStatus::Stopped,
            false => CardStatus::Planned { on: day, employer },
        },
        CardState::Dispatched => {
            let on = card.dispatched_on.unwrap_or(day);
            CardStatus::Dispatched { on, employer, receipt: receipt(tx, ctx, card, on).await? }
        }
        CardState::Returned => CardStatus::Returned { on: card.returned_on.unwrap_or(day) },
        CardState::Cancelled | CardState::Spoiled | CardState::Pulled => CardStatus::Dropped,
    })
}

/// B9, R4: whether the employer's receipt is back, awaited or overdue.
async fn receipt(tx: &mut Tx, ctx: &AppContext, card: &card::Card, sent: NaiveDate) -> Result<Receipt, Error> {
    let (Some(batch), Some(employer)) = (card.batch_id, card.employer_id) else { return Ok(Receipt::None) };
    match store::bundle::receipt_of(tx, batch, employer).await? {
        None => return Ok(Receipt::None),
        Some(Some(on)) => {
            let undelivered = store::undelivered::of_card(tx, card.id).await?;
            return Ok(undelivered
                .map_or(Receipt::Returned(on), |it| Receipt::Undelivered { on: it.noted_on, why: it.reason }));
        }
        Some(None) => {}
    }
    let waited = ctx.workdays.waited(sent, ctx.clock.today());
    Ok(if waited > ctx.settings.receipt_days { Receipt::Overdue } else { Receipt::Awaited })
}

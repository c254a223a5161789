//! 電話対応: gathering a member's facts for `domain::diagnosis`, and the caller's identity.

use super::audit::AuditEvent;
use super::{Actor, AppContext, DataError, Error, Refusal, lineage, routes};
use crate::domain::diagnosis::{
    self, Answer, Caller, CardStatus, Checkup, Coverage, Diagnosis, DiagnosisCard, DiagnosisFacts, Language, Mail,
    OldRecord, OpenAccount, Predecessor, Receipt, Registration, Scripts, Topic, ViewingPassword,
};
use crate::domain::portal::EventKind;
use crate::domain::request::{Claim, Identity, OnFile};
use crate::domain::{CardState, HoldReason, MemberKey, Permission, Viewing, ViewingOrigin, ViewingState};
use crate::store::{self, Tx, account, card, employer::Employer, member::Member};
use crate::text::japan::day_of;

/// A diagnosis with what the panel needs beside it.
#[derive(Debug, Clone)]
pub struct Diagnosed {
    /// The key of the member.
    pub member: String,
    /// What it comes down to.
    pub diagnosis: Diagnosis,
    /// 健康保険事務担当者: the employer's record.
    pub employer: Option<Employer>,
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
    let member = find(&mut tx, key).await?;
    let facts = gather(&mut tx, ctx, &member, caller).await?;
    let employer = routes::route_of(&mut tx, today, &member).await?.employer;
    drop(tx);
    let diagnosis = diagnosis::diagnose(topic, &facts, today);
    ctx.record(&allowed, AuditEvent::DiagnosisSeen { topic, case: diagnosis.case }.on(member.key())).await?;
    Ok(Diagnosed { member: member.key(), diagnosis, employer })
}

/// Puts a diagnosis into words.
pub fn words(ctx: &AppContext, diagnosis: &Diagnosis, language: Language) -> Result<Answer, Error> {
    let scripts = Scripts::embedded().map_err(DataError::from)?;
    Ok(scripts.render(diagnosis, language, ctx.clock.today()).map_err(DataError::from)?)
}

/// Compares what a caller says with the registry: match or no match, and nothing else of the member (Q-3, S5).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn identify(ctx: &AppContext, actor: &Actor, key: &MemberKey, said: &Claim) -> Result<Identity, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let member = find(&mut tx, key).await?;
    let employer = routes::route_of(&mut tx, ctx.clock.today(), &member).await?.employer;
    drop(tx);
    let compared = said.compare(OnFile {
        key: &member.key(),
        name: &member.name,
        kana: &member.kana,
        born_on: member.born_on,
        employer: employer.as_ref().map_or("", |employer| &employer.record.name),
    });
    let identity = Identity::of(&compared);
    let checked = AuditEvent::IdentityChecked { verdicts: identity.verdicts.clone() };
    ctx.record(&allowed, checked.on(member.key())).await?;
    Ok(identity)
}

async fn find(tx: &mut Tx, key: &MemberKey) -> Result<Member, Error> {
    Ok(store::member::by_key(tx, key).await?.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?)
}

/// Everything that a diagnosis turns on.
async fn gather(tx: &mut Tx, ctx: &AppContext, member: &Member, caller: Caller) -> Result<DiagnosisFacts, Error> {
    let stored = store::card::of_member(tx, member.id).await?;
    let account = store::account::latest_of(tx, member.id).await?;
    let mail_changed_on = store::account::last_event(tx, member.id, EventKind::EmailChanged).await?.map(day_of);
    let (earlier, later) = lineage::neighbours(tx, ctx, member).await?;
    let former = match &earlier {
        Some(earlier) => Some((earlier.key(), OldRecord::OnFile)),
        None => lineage::former_number(tx, member).await?.map(|key| (key, OldRecord::NumberOnly)),
    };
    let predecessor = former.map(|(key, record)| Predecessor { key, reason: lineage::reason(member), record });
    let mut cards = Vec::with_capacity(stored.len());
    for card in stored.iter().rev() {
        cards.push(a_card(tx, ctx, card).await?);
    }
    Ok(DiagnosisFacts {
        relation: member.relation,
        coverage: member.lost_on.map_or(Coverage::Running, Coverage::EndsOn),
        account: match account {
            None => Registration::Never,
            Some(account) => match account.closed_at {
                Some(at) => Registration::Closed { on: day_of(at) },
                None => Registration::Open(open_account(&account, &stored, mail_changed_on)),
            },
        },
        cards,
        predecessor,
        successor: later.map(|new| new.key()),
        checkup: match (member.checkup, ctx.settings.checkup_deadline) {
            (false, _) => Checkup::NotEligible,
            (true, None) => Checkup::Eligible,
            (true, Some(day)) => Checkup::EligibleUntil(day),
        },
        caller,
    })
}

fn open_account(
    account: &account::Account,
    cards: &[card::Card],
    mail_changed_on: Option<chrono::NaiveDate>,
) -> OpenAccount {
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

async fn a_card(tx: &mut Tx, ctx: &AppContext, card: &card::Card) -> Result<DiagnosisCard, Error> {
    Ok(DiagnosisCard {
        kind: card.kind,
        asked_on: day_of(card.asked_at),
        issue_on: card.issue_on,
        serial: card.serial.clone(),
        one_off: one_off(tx, card).await?,
        status: status(tx, ctx, card).await?,
        sent_at: card.dispatched_at(),
        valid_until: card.valid_until,
        dead_on: card.dead_on,
        dead: card.dead(),
    })
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
        CardState::Exported | CardState::Printed => CardStatus::Planned { on: day, employer },
        CardState::Dispatched => {
            let on = card.dispatched_on.unwrap_or(day);
            CardStatus::Dispatched { on, employer, receipt: receipt(tx, ctx, card, on).await? }
        }
        CardState::Returned => CardStatus::Returned { on: card.returned_on.unwrap_or(day) },
        CardState::Cancelled | CardState::Spoiled | CardState::Pulled => CardStatus::Dropped,
    })
}

/// B9, R4: whether the employer's receipt is back, awaited or overdue.
async fn receipt(tx: &mut Tx, ctx: &AppContext, card: &card::Card, sent: chrono::NaiveDate) -> Result<Receipt, Error> {
    let (Some(batch), Some(employer)) = (card.batch_id, card.employer_id) else { return Ok(Receipt::None) };
    match store::batch::receipt_of(tx, batch, employer).await? {
        None => return Ok(Receipt::None),
        Some(Some(on)) => return Ok(Receipt::Returned(on)),
        Some(None) => {}
    }
    let waited = ctx.workdays.waited(sent, ctx.clock.today());
    Ok(if waited > ctx.settings.receipt_days { Receipt::Overdue } else { Receipt::Awaited })
}

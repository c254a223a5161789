//! Portal events: the rules of `domain::portal`, applied to accounts and cards in memory.

use super::accounts::{self, EndCause, StoppedCard, Tell};
use super::audit::{AuditEvent, CardRef};
use super::registrations::{Consequences, MemberAccount, Registrations};
use super::routes::{Route, route_of};
use super::{Error, UnitOfWork};
use crate::domain::portal::{self, EventKind, PortalEffect, PortalFacts, Stale};
use crate::domain::{AskedThrough, CardCause, CardFacts, CardKind, DeadReason, WebDisplay};
use crate::store::account::Account;
use crate::store::card::NewCard;
use crate::store::member::Member;
use crate::store::micros;
use crate::text::japan;
use chrono::{DateTime, Utc};

/// An event as the portal sent it.
#[derive(Debug, Clone)]
pub struct PortalEntry<'a> {
    /// 種別
    pub kind: EventKind,
    /// 発生日時
    pub at: DateTime<Utc>,
    /// ログインID, empty where the portal gave none
    pub login_id: &'a str,
    /// メールアドレス
    pub email: &'a str,
    /// Web表示
    pub wants: WebDisplay,
}

/// What an event caused.
#[derive(Debug, Default)]
pub struct EventEffects {
    /// Number of accounts that were opened.
    pub opened: u64,
    /// Cards asked for.
    pub asked: u64,
    /// Requests that are closed because their member uses the login again (L4).
    pub recovered: u64,
    /// Cards that are not sent any more.
    pub stopped: Vec<StoppedCard>,
}

/// Applies one event to a member; what it caused, or why it does not fit.
pub async fn apply(
    uow: &mut UnitOfWork,
    member: &Member,
    event: &PortalEntry<'_>,
) -> Result<Result<EventEffects, Stale>, Error> {
    let today = uow.today();
    let route = route_of(uow, today, member).await?;
    let mut all = Registrations::of(uow, vec![member.clone()]).await?;
    let Some((of, done)) = all.get(member.id) else { return Ok(Err(Stale::NoAccount)) };
    let caused = apply_in(of, done, event, &route)?;
    all.write(uow).await?;
    Ok(caused)
}

/// The same in memory. `route` is where a card would go.
pub(super) fn apply_in(
    of: &mut MemberAccount,
    done: &mut Consequences,
    event: &PortalEntry<'_>,
    route: &Route,
) -> Result<Result<EventEffects, Stale>, Error> {
    if of.account().is_some_and(|account| is_of_another(event, account)) {
        return Ok(Err(Stale::OtherLogin));
    }
    let facts: Vec<CardFacts> = of.cards.iter().map(|held| held.card.facts()).collect();
    let viewing = of.cards.iter().filter(|held| held.card.kind == CardKind::Viewing);
    let known = PortalFacts {
        lost_on: of.member.lost_on,
        account: of.account().map(|account| (account.web_display, facts.as_slice())),
        changed_on: of.account().and_then(|account| account.viewing_changed_at).map(japan::day_of),
        card_asked_at: viewing.map(|held| held.card.asked_at).max(),
        closed_at: of.closed_at(),
    };
    let effects = match portal::decide(event.kind, event.wants, event.at, &known) {
        Ok(effects) => effects,
        Err(stale) => return Ok(Err(stale)),
    };
    let mut caused = EventEffects::default();
    for effect in effects {
        carry_out(of, done, event, effect, route, &mut caused)?;
    }
    Ok(Ok(caused))
}

/// Whether an event names the login ID of another account. A second registration has another one, and is refused as that (A4).
fn is_of_another(event: &PortalEntry<'_>, account: &Account) -> bool {
    let named = event.kind != EventKind::Registered && !event.login_id.is_empty();
    named && account.login_id.as_deref() != Some(event.login_id)
}

fn carry_out(
    of: &mut MemberAccount,
    done: &mut Consequences,
    event: &PortalEntry<'_>,
    effect: PortalEffect,
    route: &Route,
    caused: &mut EventEffects,
) -> Result<(), Error> {
    match effect {
        PortalEffect::OpenAccount => {
            of.open(account(done.new_account(), of.member.id, event));
            caused.opened += 1;
        }
        PortalEffect::SetDisplay(display) => of.change().into_iter().for_each(|it| it.web_display = display),
        PortalEffect::AskCard(cause) => ask(of, done, cause, event.at, route, caused),
        PortalEffect::KillViewing(why) => {
            let ended = EndCause::at(why, event.at);
            caused.stopped.extend(accounts::revoke(of, done, CardKind::Viewing, ended, Tell::Portal)?);
        }
        PortalEffect::SelfChanged => {
            let ended = EndCause::at(DeadReason::SelfChanged, event.at);
            caused.stopped.extend(accounts::revoke(of, done, CardKind::Viewing, ended, Tell::Silent)?);
            of.change().into_iter().for_each(|it| it.viewing_changed_at = Some(event.at));
        }
        PortalEffect::SetEmail => {
            if let Some(account) = of.change() {
                account.email = Some(event.email.to_owned());
                account.bounced_at = None;
            }
        }
        PortalEffect::Touch(kind) => of.change().into_iter().for_each(|it| touch(it, kind, event.at)),
        PortalEffect::LoginInUse => {
            let (stopped, closed) = accounts::recover_login(of, done, event.at)?;
            caused.stopped.extend(stopped);
            caused.recovered += closed;
        }
    }
    Ok(())
}

fn account(id: i64, member_id: i64, event: &PortalEntry<'_>) -> Account {
    Account {
        id,
        member_id,
        login_id: Some(event.login_id.to_owned()),
        email: Some(event.email.to_owned()),
        web_display: event.wants,
        registered_at: micros(event.at),
        bounced_at: None,
        last_login_at: None,
        login_changed_at: None,
        viewing_changed_at: None,
        question_changed_at: None,
        points_applied_at: None,
        closed_at: None,
        closed_reason: None,
    }
}

/// Puts a viewing-password card in the queue, or holds it where there is no route (R1, R2).
fn ask(
    of: &mut MemberAccount,
    done: &mut Consequences,
    cause: CardCause,
    at: DateTime<Utc>,
    route: &Route,
    caused: &mut EventEffects,
) {
    let kind = CardKind::Viewing;
    let Some(account_id) = of.account().map(|account| account.id) else { return };
    let card = done.new_card(NewCard {
        kind,
        cause,
        member_id: of.member.id,
        account_id,
        employer_id: route.employer.as_ref().map(|employer| employer.id),
        one_off_id: None,
        replaces: None,
        asked_by: "",
        asked_through: AskedThrough::Portal,
        asked_at: at,
        held: route.obstacle,
    });
    done.notes.push(AuditEvent::CardAsked { card: CardRef::from(&card), kind, cause }.on(of.member.key()));
    of.ask(card);
    caused.asked += 1;
}

/// Time stamps only move forward: events may come out of order.
fn touch(account: &mut Account, kind: EventKind, at: DateTime<Utc>) {
    let stamp = match kind {
        EventKind::LoggedIn => &mut account.last_login_at,
        EventKind::LoginPasswordChanged => &mut account.login_changed_at,
        EventKind::QuestionChanged => &mut account.question_changed_at,
        EventKind::MailBounced => &mut account.bounced_at,
        EventKind::PointsApplied => &mut account.points_applied_at,
        EventKind::Registered
        | EventKind::WebDisplayOn
        | EventKind::WebDisplayOff
        | EventKind::ViewingReissue
        | EventKind::ViewingChanged
        | EventKind::EmailChanged => return,
    };
    *stamp = (*stamp).max(Some(at));
}

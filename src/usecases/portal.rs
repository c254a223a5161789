//! Portal events: the rules of `domain::portal`, applied in the import's transaction.

use super::accounts::{self, EndCause, StoppedCard, Tell};
use super::{Error, UnitOfWork, cards, requests};
use crate::domain::portal::{self, EventKind, PortalEffect, PortalFacts, Stale};
use crate::domain::{AskedThrough, CardKind, DeadReason, WebDisplay};
use crate::store::{self, account::Account, member::Member};
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
    let mut account = store::account::open_of(uow, member.id).await?;
    if account.as_ref().is_some_and(|account| is_of_another(event, account)) {
        return Ok(Err(Stale::OtherLogin));
    }
    let stored = match &account {
        Some(account) => store::card::of_account(uow, account.id).await?,
        None => Vec::new(),
    };
    let closed_at = match &account {
        Some(_) => None,
        None => store::account::latest_of(uow, member.id).await?.and_then(|account| account.closed_at),
    };
    let facts = cards::facts(&stored);
    let known = PortalFacts {
        lost_on: member.lost_on,
        account: account.as_ref().map(|account| (account.web_display, facts.as_slice())),
        changed_on: account.as_ref().and_then(|account| account.viewing_changed_at).map(japan::day_of),
        card_asked_at: stored.iter().filter(|card| card.kind == CardKind::Viewing).map(|card| card.asked_at).max(),
        closed_at,
    };
    let effects = match portal::decide(event.kind, event.wants, event.at, &known) {
        Ok(effects) => effects,
        Err(stale) => return Ok(Err(stale)),
    };
    let mut done = EventEffects::default();
    for effect in effects {
        carry_out(uow, member, event, &mut account, effect, &mut done).await?;
    }
    Ok(Ok(done))
}

/// Whether an event names the login ID of another account. A second registration has another one, and is refused as that (A4).
fn is_of_another(event: &PortalEntry<'_>, account: &Account) -> bool {
    let named = event.kind != EventKind::Registered && !event.login_id.is_empty();
    named && account.login_id.as_deref() != Some(event.login_id)
}

async fn carry_out(
    uow: &mut UnitOfWork,
    member: &Member,
    event: &PortalEntry<'_>,
    account: &mut Option<Account>,
    effect: PortalEffect,
    done: &mut EventEffects,
) -> Result<(), Error> {
    if effect == PortalEffect::OpenAccount {
        let id = store::account::insert(uow, member.id, event.login_id, event.email, event.wants, event.at).await?;
        *account = store::account::get(uow, id).await?;
        done.opened += 1;
        return Ok(());
    }
    // Every other effect is decided for an open account only.
    let Some(account) = account.as_mut() else { return Ok(()) };
    match effect {
        PortalEffect::OpenAccount => {}
        PortalEffect::SetDisplay(display) => account.web_display = display,
        PortalEffect::AskCard(cause) => {
            let (_, note) = cards::ask_viewing_for(uow, member, account, cause, AskedThrough::Portal, event.at).await?;
            uow.record(note).await?;
            done.asked += 1;
        }
        PortalEffect::KillViewing(why) => {
            let ended = EndCause::at(why, event.at);
            let stopped = accounts::revoke_card(uow, member, account, CardKind::Viewing, ended, Tell::Portal);
            done.stopped.extend(stopped.await?);
        }
        PortalEffect::SelfChanged => {
            let ended = EndCause::at(DeadReason::SelfChanged, event.at);
            let stopped = accounts::revoke_card(uow, member, account, CardKind::Viewing, ended, Tell::Silent);
            done.stopped.extend(stopped.await?);
            account.viewing_changed_at = Some(event.at);
        }
        PortalEffect::SetEmail => {
            account.email = Some(event.email.to_owned());
            account.bounced_at = None;
        }
        PortalEffect::Touch(kind) => touch(account, kind, event.at),
        PortalEffect::LoginInUse => {
            done.stopped.extend(accounts::recover_login(uow, member, account, event.at).await?);
            done.recovered += requests::recovered(uow, member, event.at).await?;
        }
    }
    Ok(store::account::update(uow, account).await?)
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

//! Login notices (L1 to L7): from a verified request, and only as long as its member needs one. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::{Society, code};
use crate::common::fixtures::{self, Cast, PEOPLE, ask_login, cast, event, event_at, key, sql, verified_request};
use crate::common::portal::{OwnChange, Portal, Row};
use crate::common::{Place, on_each_engine, refusal};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use mykempo_console::domain::diagnosis::{Caller, Case, Slot, SlotValue, Topic};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::request::{Ground, RequestState};
use mykempo_console::domain::{BatchNumber, CardKind, CardState, DeadReason, WebDisplay};
use mykempo_console::store;
use mykempo_console::usecases::batches::{self, ExportOptions};
use mykempo_console::usecases::diagnosis::diagnose;
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::requests::{self, RequestRefusal, RequestView};
use mykempo_console::usecases::{Clock, Refusal, feed, members};
use std::ops::ControlFlow;

/// 260-1 and 260-2 with accounts and without the web display: login notices only.
async fn society(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    for who in ["260 1", "260 2"] {
        let before = later(&cast, -48);
        assert!(event_at(&cast, who, EventKind::Registered, WebDisplay::NotWanted, before).await);
    }
    cast
}

/// So many hours later.
fn later(cast: &Cast, hours: i64) -> DateTime<Utc> {
    cast.ctx.clock.now() + TimeDelta::hours(hours)
}

/// The same society at another time of the day.
fn at_hour(cast: &mut Cast, hour: u32) {
    cast.ctx.clock = Clock::frozen(cast.ctx.clock.today(), NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
}

async fn in_use(cast: &Cast, who: &str, kind: EventKind, at: DateTime<Utc>) {
    assert!(event_at(cast, who, kind, WebDisplay::NotWanted, at).await);
}

async fn request(cast: &Cast, receipt: &str) -> RequestView {
    requests::show(&cast.ctx, &cast.clerk, receipt).await.unwrap()
}

async fn card(cast: &Cast, id: i64) -> store::card::Card {
    store::card::get(&mut cast.db.read().await.unwrap(), id).await.unwrap().unwrap()
}

async fn printed(cast: &Cast) -> BatchNumber {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    batches::printed(ctx, clerk, &number, "").await.unwrap();
    number
}

#[test]
fn l7_script_queues_a_notice_with_the_members_request_only() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        let cast = &society.cast;
        for who in ["260 1", "260 2"] {
            assert!(event(cast, who, EventKind::Registered, WebDisplay::NotWanted).await);
        }
        let add = ["queue", "add", "login", "260", "1"];
        let with = |receipt: &str| society.run("sato", &[&add[..], &["--request", receipt]].concat());
        let without = society.run("sato", &add);
        assert_eq!(code(&without), "request_needed");
        assert!(String::from_utf8_lossy(&without.stderr).contains("--request"), "the remedy is named");
        assert_eq!(code(&with("P20261124-009")), "request_unknown");
        let hers = verified_request(cast, "260 2").await.unwrap();
        assert_eq!(code(&with(&hers)), "request_of_another");
        let call = ["request", "add", "260", "1", "--name", "東海林　拓也", "--kana", "ショウジ タクヤ"];
        let unverified = society.done("sato", &call)["receipt"].as_str().unwrap().to_owned();
        assert_eq!(code(&with(&unverified)), "request_state");
        assert!(society.now().await.cards.is_empty(), "nothing was queued so far");

        let his = verified_request(cast, "260 1").await.unwrap();
        let queued: serde_json::Value = serde_json::from_slice(&with(&his).stdout).unwrap();
        assert!(queued["card"].is_i64(), "{queued}");
        assert_eq!(code(&with(&his)), "request_state", "one request, one notice");
        let viewing = ["queue", "add", "viewing", "260", "1", "--request", &his];
        assert_eq!(code(&society.run("sato", &viewing)), "usage");
    });
}

#[test]
fn l4_using_the_login_cancels_a_waiting_notice() {
    on_each_engine(|place| async move {
        let cast = society(&place).await;
        for (who, kind) in [("260 1", EventKind::LoggedIn), ("260 2", EventKind::LoginPasswordChanged)] {
            let receipt = verified_request(&cast, who).await.unwrap();
            let id = requests::queue(&cast.ctx, &cast.clerk, &receipt, None).await.unwrap().card.unwrap();
            in_use(&cast, who, kind, later(&cast, -1)).await;
            assert_eq!(request(&cast, &receipt).await.state, RequestState::Queued, "an hour before: says nothing");
            in_use(&cast, who, kind, later(&cast, 1)).await;
            let view = request(&cast, &receipt).await;
            assert_eq!((view.state, view.reason.as_deref()), (RequestState::Done, Some("recovered")));
            let card = card(&cast, id).await;
            assert_eq!((card.state(), card.dead()), (CardState::Cancelled, Some(DeadReason::Recovered)));
        }
    });
}

/// The request is of 10:42, the reset of 11:42, the dispatch of three in the afternoon of the same day.
#[test]
fn l4_v7_printed_notice_is_pulled_after_a_reset_that_day() {
    on_each_engine(|place| async move {
        let mut cast = society(&place).await;
        let receipt = verified_request(&cast, "260 1").await.unwrap();
        requests::queue(&cast.ctx, &cast.clerk, &receipt, None).await.unwrap();
        let number = printed(&cast).await;
        in_use(&cast, "260 1", EventKind::LoginPasswordChanged, later(&cast, 1)).await;
        at_hour(&mut cast, 15);
        let refused = refusal(batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await);
        assert_eq!(refused, Refusal::Batch(BatchRefusal::MustPull(vec![number.serial(1)])));
        batches::letters(&cast.ctx, &cast.clerk, &number, "1").await.unwrap();
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "1").await.unwrap();
        let card = card(&cast, 1).await;
        assert_eq!((card.state(), card.dead()), (CardState::Pulled, Some(DeadReason::Recovered)));
        assert_eq!(request(&cast, &receipt).await.state, RequestState::Done, "and nobody is owed another");
        let told = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert!(told.is_empty(), "the member's own password goes on: {told:?}");
    });
}

/// The file with the reset is imported on the day after: the portal knew, and passed the instruction over.
#[test]
fn l4_v7_late_reset_of_before_the_dispatch_ends_the_notice() {
    on_each_engine(|place| async move {
        let mut cast = society(&place).await;
        ask_login(&cast, "260 1").await.unwrap();
        let number = printed(&cast).await;
        at_hour(&mut cast, 15);
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
        in_use(&cast, "260 1", EventKind::LoginPasswordChanged, later(&cast, -1)).await;
        assert_eq!(card(&cast, 1).await.dead(), Some(DeadReason::Recovered));
        let told = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        let told: Vec<Row> = told.iter().map(Row::from).collect();
        let mut portal = Portal::default().knows(
            "260-1-00",
            CardKind::Login,
            OwnChange { at: later(&cast, -1), delivered_at: None },
        );
        portal.go_on(&told);
        assert!(portal.accepts.is_empty(), "the member's own password goes on");
        ask_login(&cast, "260 1").await.unwrap();
        in_use(&cast, "260 1", EventKind::LoggedIn, later(&cast, -2)).await;
        assert_eq!(card(&cast, 2).await.dead(), None, "older than the request");
    });
}

/// A login after the dispatch is the use of the notice.
#[test]
fn l4_login_with_the_notice_leaves_it_as_it_is() {
    on_each_engine(|place| async move {
        let cast = society(&place).await;
        ask_login(&cast, "260 1").await.unwrap();
        let number = printed(&cast).await;
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
        in_use(&cast, "260 1", EventKind::LoggedIn, later(&cast, 1)).await;
        assert_eq!(card(&cast, 1).await.dead(), None);
    });
}

#[test]
fn l4_request_of_who_has_logged_in_since_is_answered() {
    on_each_engine(|place| async move {
        let mut cast = society(&place).await;
        let receipt = verified_request(&cast, "260 1").await.unwrap();
        // As of a file that arrives after the request: the stamp is there, and no event closes the request.
        at_hour(&mut cast, 12);
        sql(&cast.ctx, "UPDATE account SET last_login_at = '2026-11-24T02:00:00.000000+00:00'").await;
        let view = request(&cast, &receipt).await;
        assert_eq!((view.instead, view.login_used_at.is_some()), (Some(Ground::Recovered), true));
        let refused = refusal(requests::queue(&cast.ctx, &cast.clerk, &receipt, None).await);
        assert!(matches!(refused, Refusal::Request(RequestRefusal::Recovered { .. })), "{refused:?}");
        let why = requests::Settlement::of(Ground::Recovered);
        let view = requests::answer(&cast.ctx, &cast.clerk, &receipt, &why).await.unwrap();
        assert_eq!((view.state, view.settled_by.as_deref()), (RequestState::Done, Some("sato")));
        assert!(view.reply.unwrap().contains("お送りいたしません"));
    });
}

/// the number is 260-1's, name and birth date are not.
#[test]
fn l4_login_of_one_does_not_close_the_request_of_another() {
    on_each_engine(|place| async move {
        let cast = society(&place).await;
        let claim = mykempo_console::domain::request::Claim {
            symbol: "260".into(),
            number: "1".into(),
            name: "髙橋　美穂".into(),
            kana: "タカハシ ミホ".into(),
            ..Default::default()
        };
        let call = requests::IncomingCall { claim, ..Default::default() };
        let receipt = requests::take_call(&cast.ctx, &cast.clerk, &call).await.unwrap().receipt;
        in_use(&cast, "260 1", EventKind::LoggedIn, later(&cast, 1)).await;
        assert_eq!(request(&cast, &receipt).await.state, RequestState::New);
    });
}

#[test]
fn l5_temporary_password_ends_thirty_days_after_dispatch() {
    on_each_engine(|place| async move {
        let cast = society(&place).await;
        ask_login(&cast, "260 1").await.unwrap();
        let number = printed(&cast).await;
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
        let told = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 24);
        assert_eq!((told[0].must_change, told[0].valid_until), (true, day));
        let portal = Portal::replay(&told.iter().map(Row::from).collect::<Vec<_>>());
        let login = ("260-1-00".to_owned(), CardKind::Login);
        assert_eq!(portal.accepts_on(day.unwrap()), [&login]);
        assert!(portal.accepts_on(day.unwrap().succ_opt().unwrap()).is_empty());
        let view = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(view.cards[0].card.valid_until, day);
    });
}

/// What a caller who waits for the login notice hears, and from which day the notice may leave.
async fn told(cast: &Cast) -> (Case, Option<chrono::NaiveDate>) {
    let (ctx, caller) = (&cast.ctx, Caller::default());
    let found = diagnose(ctx, &cast.clerk, Topic::ForgotLogin, &key("260 1"), caller).await.unwrap().diagnosis;
    let day = found.findings.iter().flat_map(|it| &it.values).find_map(|(slot, value)| match (slot, value) {
        (Slot::FreeOn, SlotValue::Day(day)) => Some(*day),
        _ => None,
    });
    (found.case, day)
}

/// Queued on Tuesday the 24th, three business days apart: the other kind may leave on Monday the 30th.
#[test]
fn s6_two_kinds_of_one_member_are_never_drafted_together() {
    on_each_engine(|place| async move {
        let mut cast = society(&place).await;
        assert!(event(&cast, "260 1", EventKind::WebDisplayOn, WebDisplay::Wanted).await);
        ask_login(&cast, "260 1").await.unwrap();
        ask_login(&cast, "260 2").await.unwrap();
        let draft = async |cast: &Cast| batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await;
        let first = draft(&cast).await.unwrap();
        assert_eq!((first.cards, first.apart), (2, 1));
        assert_eq!(refusal(draft(&cast).await), Refusal::Batch(BatchRefusal::AllTooClose { cards: 1, first: None }));
        let waits = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        assert_eq!((waits.len(), waits[0].apart_from, waits[0].not_before), (1, Some(CardKind::Viewing), None));
        assert_eq!(told(&cast).await, (Case::Apart, None), "the phone says what the queue says");
        let number = first.batch;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        batches::approve(ctx, supervisor, &number).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
        batches::printed(ctx, clerk, &number, "").await.unwrap();
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();

        let free = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
        assert_eq!(refusal(draft(&cast).await), Refusal::Batch(BatchRefusal::AllTooClose { cards: 1, first: free }));
        let view = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(view.cards[0].delay.as_ref().unwrap().not_before, free, "and the member's record says so");
        assert_eq!(told(&cast).await, (Case::ApartUntil, free), "and the phone");
        fixtures::on_day(&place, &mut cast, (2026, 11, 27)).await;
        assert!(draft(&cast).await.is_err());
        fixtures::on_day(&place, &mut cast, (2026, 11, 30)).await;
        assert_eq!(draft(&cast).await.unwrap().cards, 1);
    });
}

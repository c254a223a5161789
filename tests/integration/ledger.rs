//! From the wish to a usable password: who asked, where each card went, what keeps two kinds apart, and what a receipt says.
//! On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::Society;
use crate::common::fixtures::{self, Cast, PEOPLE, ask_login, cast, event, key, on_day, recorded, register, sql, why};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{Asker, BatchNumber, CardKind, CardState, UndeliveredReason, WebDisplay};
use mykempo_console::usecases::batches::{self, ExportOptions, Exported, ReceiptDay, Undelivered};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::promises::{self, OpenPromise, PromiseScope};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::{AuditEvent, AuditFilter, Error, Refusal, audit_export, members, settings};
use std::ops::ControlFlow;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

async fn drafted(cast: &Cast) -> BatchNumber {
    batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch
}

async fn approved(cast: &Cast) -> BatchNumber {
    let number = drafted(cast).await;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    number
}

async fn export(cast: &Cast, number: &BatchNumber) -> Result<Exported, Error> {
    let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
    batches::export(&cast.ctx, &cast.clerk, number, options, |_| ControlFlow::Continue(())).await
}

async fn dispatched(cast: &Cast) -> BatchNumber {
    let number = approved(cast).await;
    export(cast, &number).await.unwrap();
    batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
    batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
    number
}

async fn events(cast: &Cast) -> Vec<AuditEvent> {
    let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
    log.iter().map(recorded).collect()
}

async fn open(cast: &Cast) -> Vec<OpenPromise> {
    promises::list(&cast.ctx, &cast.clerk, PromiseScope::Open).await.unwrap()
}

#[test]
fn b11_who_imports_an_event_asks_for_no_card() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2"]).await;
        cards::cancel(&cast.ctx, &cast.clerk, 2).await.unwrap();
        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 2"), Confirmation::Confirmed).await.unwrap();
        let queued = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        let clerk = Asker::Staff("sato".into());
        assert_eq!(queued.iter().map(|card| card.asker()).collect::<Vec<_>>(), [Asker::Portal, clerk.clone()]);
        let his = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(his.cards[0].card.asker(), Asker::Portal);
        // The importer may draft, in a society where one person does both: what she imported is not hers.
        let number = drafted(&cast).await;
        sql(&cast.ctx, "UPDATE batch SET drafted_by = 'admin'").await;
        let review = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().review.unwrap();
        assert_eq!(review.asked_by, [(Asker::Portal, 1), (clerk, 1)].into());
        assert_eq!(review.by_drafter, Vec::<String>::new());
        sql(&cast.ctx, "UPDATE batch SET drafted_by = 'sato'").await;
        let review = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().review.unwrap();
        assert_eq!(review.by_drafter, ["260-2-00"]);
    });
}

#[test]
fn b11_a_staff_id_of_portal_is_not_the_portal() {
    let (portal, staff) = (Asker::Portal, Asker::Staff("portal".into()));
    assert!(portal != staff && staff.is_staff("portal") && !portal.is_staff("portal"));
}

/// The login notice of 260-1 left on the 24th. His viewing-password card, and that of 260-2, are in a batch of the 27th: a
/// day apart was enough then, and is not any more.
async fn too_close(place: &Place, approve: bool) -> (Cast, BatchNumber) {
    let mut cast = people(place).await;
    settings::set(&cast.ctx, &cast.admin, "policy.separate_days", "1").await.unwrap();
    cast.ctx.refresh().await.unwrap();
    assert!(event(&cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
    ask_login(&cast, "260 1").await.unwrap();
    dispatched(&cast).await;
    on_day(place, &mut cast, (2026, 11, 27)).await;
    assert!(event(&cast, "260 1", EventKind::WebDisplayOn, WebDisplay::Wanted).await);
    register(&cast, &["260 2"]).await;
    let number = if approve { approved(&cast).await } else { drafted(&cast).await };
    settings::set(&cast.ctx, &cast.admin, "policy.separate_days", "10").await.unwrap();
    cast.ctx.refresh().await.unwrap();
    (cast, number)
}

async fn stays_apart(cast: &Cast, number: &BatchNumber) {
    let queued = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
    let waits: Vec<_> = queued.iter().map(|it| (it.key.to_string(), it.state, it.apart_from)).collect();
    assert_eq!(waits, [("260-1-00".to_owned(), CardState::Queued, Some(CardKind::Login))]);
    assert!(queued[0].not_before.is_some(), "it says from when");
    assert!(events(cast).await.iter().any(|it| matches!(it, AuditEvent::CardApart { .. })));
    let view = batches::show(&cast.ctx, &cast.clerk, number).await.unwrap();
    assert_eq!(view.cards.iter().map(|card| card.key.to_string()).collect::<Vec<_>>(), ["260-2-00"]);
}

#[test]
fn s6_a_card_too_close_at_the_approval_goes_back_to_the_queue() {
    on_each_engine(|place| async move {
        let (cast, number) = too_close(&place, false).await;
        let review = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().review.unwrap();
        assert_eq!(review.apart.iter().map(|it| it.member.as_str()).collect::<Vec<_>>(), ["260-1-00"]);
        assert_eq!((review.held.len(), review.cancelled), (0, 0));
        let done = batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        assert_eq!((done.cards, done.apart.len(), done.held.len(), done.cancelled), (1, 1, 0, 0));
        stays_apart(&cast, &number).await;
    });
}

#[test]
fn s6_a_card_too_close_at_the_export_gets_no_password() {
    on_each_engine(|place| async move {
        let (cast, number) = too_close(&place, true).await;
        let done = export(&cast, &number).await.unwrap();
        assert_eq!((done.cards, done.apart.len(), done.held.len()), (1, 1, 0));
        assert_eq!(done.apart[0].delay.other, CardKind::Login);
        stays_apart(&cast, &number).await;
    });
}

#[test]
fn s6_of_two_cards_in_batches_at_once_only_one_waits() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let first = approved(&cast).await;
        ask_login(&cast, "260 1").await.unwrap();
        // Past the use cases, which keep it in the queue: another batch has the notice.
        sql(
            &cast.ctx,
            "INSERT INTO batch (id, number, state, drafted_by, drafted_at) VALUES (2, 'B20261124-002', 'draft', 'sato', '2026-11-24T00:00:00+00:00')",
        )
        .await;
        sql(&cast.ctx, "UPDATE card SET state = 'drafted', batch_id = 2 WHERE kind = 'login'").await;
        let second = BatchNumber::parse("B20261124-002").unwrap();
        let waits = async |number: &BatchNumber| {
            batches::show(&cast.ctx, &cast.clerk, number).await.unwrap().review.unwrap().apart.len()
        };
        assert_eq!((waits(&first).await, waits(&second).await), (0, 1), "asked for later");
        assert_eq!(export(&cast, &first).await.unwrap().cards, 1);
        let late = batches::approve(&cast.ctx, &cast.supervisor, &second).await;
        assert_eq!(refusal(late), Refusal::Batch(BatchRefusal::AllTooClose { cards: 1, first: None }));
    });
}

#[test]
fn r5_the_audit_export_says_where_each_card_went() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        let cast = &society.cast;
        register(cast, &["260 1", "107 1"]).await;
        let number = dispatched(cast).await;
        let there = "東京都千代田区神田佐久間町1-1";
        sql(&cast.ctx, "UPDATE employer SET address1 = '東京都港区芝1-1', name = '新旭' WHERE id = 1").await;
        sql(&cast.ctx, "UPDATE employer SET address1 = '大阪府大阪市北区2-2' WHERE id = 1").await;
        for args in [&["--batch", number.as_str()][..], &["--member", "260-1"], &[]] {
            let told = society.done("admin", &[&["audit", "export"], args].concat());
            let routes = told["routes"].as_array().unwrap();
            assert!(!told["entries"].as_array().unwrap().is_empty());
            let his: Vec<_> = routes.iter().filter(|it| it["member"] == "260-1-00").collect();
            assert_eq!(his.len(), 1, "{args:?}");
            let (to, whose) = (&his[0]["address1"], &his[0]["company"]);
            assert_eq!((to, whose), (&there.into(), &"旭精機株式会社".into()));
            assert_eq!((&his[0]["approved_by"], &his[0]["state"]), (&"suzuki".into(), &"dispatched".into()));
            assert_eq!(his[0]["dispatched_on"], "2026-11-24");
            let others = routes.iter().filter(|it| it["member"] == "107-1-00").count();
            assert_eq!(others, usize::from(args.first() != Some(&"--member")), "{args:?}");
        }
        let did = society.done("admin", &["audit", "export", "--by", "sato"]);
        assert_eq!(did["routes"], serde_json::json!([]), "what a person did has no routes");
        let path = society.place.folder.path().join("log.csv");
        let saved =
            society.done("admin", &["audit", "export", "--batch", number.as_str(), "--out", path.to_str().unwrap()]);
        assert_eq!(saved["routes"], 2);
        let text = std::fs::read_to_string(&path).unwrap();
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("card_route")).collect();
        assert!(rows.len() == 2 && rows.iter().any(|row| row.contains(there)), "{text}");
    });
}

#[test]
fn r5_a_card_that_left_a_batch_has_a_route_in_each() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let first = approved(&cast).await;
        batches::cancel(&cast.ctx, &cast.clerk, &first).await.unwrap();
        let second = dispatched(&cast).await;
        let filter = AuditFilter { member: Some("260-1-00".into()), ..AuditFilter::default() };
        let mut pages = mykempo_console::usecases::audit_export_pages(&cast.ctx, &cast.admin, &filter).await.unwrap();
        let routes = pages.next_routes().await.unwrap();
        let became: Vec<_> = routes.iter().map(|it| (it.approved.batch.clone(), it.state())).collect();
        assert_eq!(became, [(first, None), (second, Some(CardState::Dispatched))]);
        assert!(pages.next_routes().await.unwrap().is_empty());
    });
}

#[test]
fn b9_another_day_of_a_receipt_is_a_correction_with_a_reason() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1", "260 2"]).await;
        let number = dispatched(&cast).await;
        on_day(&place, &mut cast, (2026, 11, 27)).await;
        let day = |day: &str| day.parse().unwrap();
        let came = async |given: ReceiptDay<'_>, cards: &[Undelivered]| {
            batches::receipt(&cast.ctx, &cast.clerk, &number, "260", given, cards).await
        };
        let on = async || batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().bundles[0].receipt_on;
        came(ReceiptDay::Came(Some(day("2026-11-26"))), &[]).await.unwrap();
        let other = refusal(came(ReceiptDay::Came(Some(day("2026-11-25"))), &[]).await);
        let known = BatchRefusal::ReceiptKnown { batch: number.clone(), employer: "260".into(), on: day("2026-11-26") };
        assert_eq!(other, Refusal::Batch(known));
        // More is said of the same receipt: its day stands.
        let late = [Undelivered { serials: "1".into(), reason: UndeliveredReason::Left }];
        assert_eq!(came(ReceiptDay::Came(None), &late).await.unwrap().len(), 1);
        assert_eq!(on().await, Some(day("2026-11-26")));
        let reason = why("受領印の日付の読み違い");
        let early = refusal(came(ReceiptDay::Corrected(day("2026-11-20"), &reason), &[]).await);
        assert!(matches!(early, Refusal::BadDay { .. }), "{early:?}");
        came(ReceiptDay::Corrected(day("2026-11-25"), &reason), &[]).await.unwrap();
        assert_eq!(on().await, Some(day("2026-11-25")));
        let logged = AuditEvent::ReceiptCorrected {
            employer: "260".into(),
            before: day("2026-11-26"),
            on: day("2026-11-25"),
            reason: reason.as_str().into(),
        };
        assert!(events(&cast).await.contains(&logged));
    });
}

#[test]
fn b15_a_card_that_was_not_handed_over_is_a_promise_again() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        assert!(event(&cast, "260 2", EventKind::Registered, WebDisplay::NotWanted).await);
        ask_login(&cast, "260 2").await.unwrap();
        let number = dispatched(&cast).await;
        assert_eq!(open(&cast).await, []);
        on_day(&place, &mut cast, (2026, 11, 27)).await;
        let gone = [Undelivered { serials: "1-2".into(), reason: UndeliveredReason::Left }];
        batches::receipt(&cast.ctx, &cast.clerk, &number, "260", ReceiptDay::Came(None), &gone).await.unwrap();
        let owed: Vec<_> = open(&cast).await.into_iter().map(|it| (it.member, it.kind.code(), it.why.code())).collect();
        let both = [("260-1-00", "viewing"), ("260-2-00", "login")];
        assert_eq!(owed, both.map(|(who, kind)| (who.to_owned(), kind, "undelivered")));
        let his = open(&cast).await.remove(0);
        assert_eq!(his.since.to_string(), "2026-11-24", "P1: since the card was asked for");
        assert!(his.next.is_some_and(|day| day > cast.ctx.clock.today()), "P2: with a date");
        // Whoever has recovered the login by themselves is owed nothing (L4).
        assert!(event(&cast, "260 2", EventKind::LoggedIn, WebDisplay::NotWanted).await);
        assert_eq!(open(&cast).await.len(), 1);
        batches::returned(&cast.ctx, &cast.clerk, &his_serial(&cast).await, Default::default()).await.unwrap();
        assert_eq!(open(&cast).await[0].why.code(), "returned");
        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::Confirmed).await.unwrap();
        assert_eq!(open(&cast).await, [], "another is on its way");
    });
}

async fn his_serial(cast: &Cast) -> String {
    let view = members::show(&cast.ctx, &cast.clerk, &fixtures::key("260 1")).await.unwrap();
    view.cards[0].card.serial.clone().unwrap()
}

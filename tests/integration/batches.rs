//! The life of a batch on both engines, with the paper read back by poppler.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{
    Cast, PEOPLE, ask_login, cast, close_ended, event, key, on_day, raw, recorded, register, sql, why,
};
use crate::common::paper::{pages, password};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::CardCause;
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::request::{Claim, IdentityCheck, RequestState};
use mykempo_console::domain::{
    BatchNumber, BatchState, CardKind, CardState, DeadReason, GateReason, HoldReason, ViewingState, WebDisplay,
};
use mykempo_console::secrets;
use mykempo_console::usecases::batches::{self, ExportOptions, Exported, ReceiptDay};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::requests::{self, IncomingCall};
use mykempo_console::usecases::{AuditEvent, CardRef};
use mykempo_console::usecases::{AuditFilter, Error, Refusal, audit_export, audit_verify, feed, members, settings};
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

async fn drafted(cast: &Cast) -> BatchNumber {
    batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch
}

async fn exported(cast: &Cast) -> (BatchNumber, Exported) {
    let number = drafted(cast).await;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    let exported = export(cast, &number).await.unwrap();
    (number, exported)
}

async fn export(cast: &Cast, number: &BatchNumber) -> Result<Exported, Error> {
    let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
    batches::export(&cast.ctx, &cast.clerk, number, options, |_| ControlFlow::Continue(())).await
}

async fn dispatched(cast: &Cast) -> BatchNumber {
    let (number, _) = exported(cast).await;
    batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
    batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
    number
}

async fn viewing(cast: &Cast, who: &str) -> ViewingState {
    let view = members::show(&cast.ctx, &cast.clerk, &key(who)).await.unwrap();
    view.viewing_password.unwrap().state
}

#[test]
fn printed_password_verifies_against_the_feed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        register(&cast, &["260 1", "260 2"]).await;
        assert!(event(&cast, "260 1 01", EventKind::Registered, WebDisplay::NotWanted).await);
        ask_login(&cast, "260 1 01").await.unwrap();
        assert_eq!(viewing(&cast, "260 1").await, ViewingState::Requested);

        let (number, exported) = exported(&cast).await;
        assert_eq!((exported.cards, exported.held.len()), (3, 0));
        assert_eq!(viewing(&cast, "260 1").await, ViewingState::Issuing);
        let folder = exported.files[0].parent().unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(exported.files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let cards = pages(&exported.files[0], None);

        batches::printed(ctx, clerk, &number, "").await.unwrap();
        let sent = batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        assert_eq!((sent.cards, sent.pulled.len()), (3, 0));
        assert_eq!(viewing(&cast, "260 1").await, ViewingState::Active);
        assert!(!exported.files[0].exists(), "S4: the PDF is destroyed at dispatch");

        let feed = feed::after(ctx, supervisor, 0).await.unwrap().rows;
        assert_eq!(feed.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert_eq!(view.batch.state(), BatchState::Dispatched);
        for (at, card) in view.cards.iter().enumerate() {
            assert_eq!(card.serial, Some(number.serial(at + 1)));
            let row = &feed[at];
            assert_eq!((row.operation, row.valid_from), (feed::Operation::Activate, ctx.clock.today()));
            assert_eq!(row.must_change, card.kind == CardKind::Login, "L3");
            if let Some(cards) = &cards {
                let (outside, inside) = (&cards[2 * at], &cards[2 * at + 1]);
                let flat = |page: &str| page.split_whitespace().collect::<String>();
                assert!(flat(outside).contains("旭精機株式会社"), "{outside}");
                assert!(!flat(outside).contains(&password(inside)), "no password on the address side");
                assert!(flat(inside).contains("令和8年11月24日") && flat(inside).contains(&number.serial(at + 1)));
                assert_eq!(flat(inside).contains("login2"), card.kind == CardKind::Login);
                assert!(secrets::verifies(&password(inside), row.hash.as_deref().unwrap()), "{at}");
            }
        }
        assert_eq!(audit_verify(ctx, &cast.admin).await.unwrap().broken_at, None);
    });
}

#[test]
fn b3_who_drafted_does_not_approve_and_a_clerk_never_does() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let mine = batches::draft(&cast.ctx, &cast.supervisor, &QueueFilter::default(), None).await.unwrap().batch;
        let own = batches::approve(&cast.ctx, &cast.supervisor, &mine).await;
        assert_eq!(refusal(own), Refusal::Batch(BatchRefusal::FourEyes(mine.clone())));
        let clerk = batches::approve(&cast.ctx, &cast.clerk, &mine).await;
        assert!(matches!(refusal(clerk), Refusal::Role { .. }));
        assert!(matches!(
            refusal(export(&cast, &mine).await),
            Refusal::Batch(BatchRefusal::Step { state: BatchState::Draft, .. })
        ));
    });
}

#[test]
fn b3_changed_settings_apply_to_open_consoles() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        settings::set(&cast.ctx, &cast.admin, "policy.four_eyes", "false").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        register(&cast, &["260 1"]).await;
        let mine = batches::draft(&cast.ctx, &cast.supervisor, &QueueFilter::default(), None).await.unwrap().batch;
        settings::set(&cast.ctx, &cast.admin, "policy.four_eyes", "true").await.unwrap();
        assert!(!cast.ctx.settings.four_eyes, "this console was opened before");
        let own = batches::approve(&cast.ctx, &cast.supervisor, &mine).await;
        assert_eq!(refusal(own), Refusal::Batch(BatchRefusal::FourEyes(mine)));
    });
}

#[test]
fn b9_no_receipt_is_expected_for_a_parcel_without_cards() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let batch = drafted(&cast).await;
        batches::approve(&cast.ctx, &cast.supervisor, &batch).await.unwrap();
        let today = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
        batches::export(&cast.ctx, &cast.clerk, &batch, today, |_| ControlFlow::Continue(())).await.unwrap();
        batches::printed(&cast.ctx, &cast.clerk, &batch, "2").await.unwrap();
        batches::dispatch(&cast.ctx, &cast.clerk, &batch, None, "").await.unwrap();
        let missing = batches::missing(&cast.ctx, &cast.clerk).await.unwrap();
        assert_eq!(missing.iter().map(|line| line.bundle.cards).collect::<Vec<_>>(), [1]);
    });
}

#[test]
fn b1_a_draft_takes_cards_by_hand_or_by_age() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let queued = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        let of = |filter: QueueFilter| {
            let cast = &cast;
            let draft = async move { batches::draft(&cast.ctx, &cast.clerk, &filter, None).await };
            async move { draft.await.map(|drafted| (drafted.cards, drafted.gone)) }
        };
        let first = queued.first().unwrap();
        let older = QueueFilter { asked_before: Some(first.asked_at), ..QueueFilter::default() };
        assert!(of(older).await.is_err(), "nothing is older than the oldest");
        let by_hand = QueueFilter { only: Some(vec![queued.last().unwrap().id, 4_711]), ..QueueFilter::default() };
        assert_eq!(of(by_hand.clone()).await.unwrap(), (1, 1));
        assert!(of(by_hand).await.is_err(), "it is in a batch already");
        assert_eq!(of(QueueFilter::default()).await.unwrap(), (queued.len() - 1, 0));
    });
}

#[test]
fn b1_a_card_is_in_one_live_batch_at_most() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let one = QueueFilter { employer: Some("260".into()), ..QueueFilter::default() };
        let first = batches::draft(&cast.ctx, &cast.clerk, &one, None).await.unwrap();
        let second = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap();
        assert_eq!((first.cards, second.cards), (1, 1));
        let third = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await;
        assert_eq!(refusal(third), Refusal::Batch(BatchRefusal::NothingToDraft));
        assert_eq!(batches::list(&cast.ctx, &cast.clerk, 10).await.unwrap().len(), 2);
        assert_eq!(batches::cancel(&cast.ctx, &cast.clerk, &second.batch).await.unwrap().back_in_queue, 1);
        assert_eq!(queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap().len(), 1);
    });
}

#[test]
fn r2_a_card_without_a_route_is_held_and_never_disappears() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["107 2", "999 1"]).await;
        let held = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        let reasons: Vec<_> = held.iter().map(|card| (card.state, card.reason.as_deref().unwrap())).collect();
        assert_eq!(reasons, [(CardState::Held, "voluntary"), (CardState::Held, "withdrawn")]);
        let by_clerk = cards::release(&cast.ctx, &cast.clerk, held[1].id).await;
        assert!(matches!(refusal(by_clerk), Refusal::Role { .. }));
        let too_early = cards::release(&cast.ctx, &cast.supervisor, held[1].id).await;
        assert!(matches!(refusal(too_early), Refusal::NoRoute { reason: HoldReason::Withdrawn, .. }));
        sql(&cast.ctx, "UPDATE employer SET withdrawn_on = NULL WHERE code = '999'").await;
        cards::release(&cast.ctx, &cast.supervisor, held[1].id).await.unwrap();
        assert_eq!(batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().cards, 1);
    });
}

#[test]
fn r2_draft_without_routes_holds_the_cards_and_makes_no_batch() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        sql(&cast.ctx, "UPDATE employer SET withdrawn_on = '2026-11-01' WHERE id = 1").await;
        sql(&cast.ctx, "UPDATE employer SET address1 = '' WHERE id = 2").await;
        let told = refusal(batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await);
        let by_reason = [(HoldReason::Withdrawn, 2), (HoldReason::NoAddress, 1)].into();
        assert_eq!(told, Refusal::Batch(BatchRefusal::AllHeld(by_reason)));
        assert!(batches::list(&cast.ctx, &cast.clerk, 10).await.unwrap().is_empty());
        let queue = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        assert!(queue.len() == 3 && queue.iter().all(|card| card.state == CardState::Held), "{queue:?}");
        let again = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await;
        assert_eq!(refusal(again), Refusal::Batch(BatchRefusal::NothingToDraft));
        sql(&cast.ctx, "UPDATE employer SET withdrawn_on = NULL").await;
        cards::release(&cast.ctx, &cast.supervisor, queue[0].id).await.unwrap();
        let drafted = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap();
        assert_eq!((drafted.batch.as_str(), drafted.cards, drafted.held), ("B20261124-001", 1, 0));
    });
}

#[test]
fn b4_unprintable_name_holds_only_its_own_card() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        sql(&cast.ctx, "UPDATE member SET name = '東\u{E000}林　拓也' WHERE id = 1").await;
        register(&cast, &["260 1", "260 2"]).await;
        let number = drafted(&cast).await;
        let approved = batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        assert_eq!((approved.held[0].member.as_str(), approved.held[0].reason), ("260-1-00", HoldReason::Unprintable));
        assert_eq!(export(&cast, &number).await.unwrap().cards, 1);
        let held = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        assert_eq!(held[0].reason_detail.as_deref(), Some("name U+E000"));
        assert_eq!(batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().cards.len(), 1);
    });
}

#[test]
fn b4_card_without_a_usable_postcode_prints_without_barcode() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        sql(&cast.ctx, "UPDATE employer SET postcode = NULL WHERE id = 2").await;
        register(&cast, &["260 1", "107 1"]).await;
        let (number, exported) = exported(&cast).await;
        assert_eq!((exported.cards, exported.without_barcode), (2, vec![number.serial(2)]));
    });
}

#[test]
fn b5_interrupted_export_leaves_nothing_and_runs_again() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let number = drafted(&cast).await;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
        let stopped = batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Break(())).await;
        assert_eq!(refusal(stopped), Refusal::Cancelled);
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(view.batch.state(), BatchState::Approved);
        assert!(view.cards.iter().all(|card| card.state == CardState::Drafted && card.serial.is_none()));
        let left = std::fs::read_dir(cast.ctx.export_folder().join(number.as_str())).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).filter(|name| *name != ".lock").collect();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(export(&cast, &number).await.unwrap().cards, 3);
    });
}

#[test]
fn b5_recorded_files_are_renamed_after_a_crash_others_removed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let (_, exported) = exported(&cast).await;
        let file = &exported.files[0];
        let hidden = file.with_file_name(format!(".{}.part", file.file_name().unwrap().to_string_lossy()));
        std::fs::rename(file, &hidden).unwrap();
        std::fs::write(file.with_file_name(".stray.pdf.part"), b"half a page").unwrap();
        let recovered = batches::recover(&cast.ctx).await.unwrap();
        assert_eq!((recovered.finished.len(), recovered.cleared), (1, 1));
        assert!(file.exists() && !hidden.exists());
        let again = batches::recover(&cast.ctx).await.unwrap();
        assert_eq!(again, batches::Recovered::default());
    });
}

#[test]
fn a_card_that_has_a_password_is_not_cancelled_by_hand() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let (number, _) = exported(&cast).await;
        let card = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().cards[0].id;
        let refused = cards::cancel(&cast.ctx, &cast.clerk, card).await;
        assert!(matches!(refusal(refused), Refusal::CardStep { state: CardState::Exported, .. }));
    });
}

#[test]
fn b6_s3_a_spoiled_card_is_void_and_another_is_asked_for() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let (number, _) = exported(&cast).await;
        let unknown = batches::printed(&cast.ctx, &cast.clerk, &number, "4").await;
        assert_eq!(refusal(unknown), Refusal::Batch(BatchRefusal::SerialUnknown("4".into())));
        let count = batches::printed(&cast.ctx, &cast.clerk, &number, "１，2-2").await.unwrap();
        assert_eq!((count.printed, count.spoiled.len(), count.reissued), (1, 2, 2));
        assert_eq!(batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap().cards, 1);
        let again = queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap();
        assert_eq!(again.len(), 2);
        let (second, anew) = exported(&cast).await;
        assert_ne!(second, number);
        assert_eq!(anew.cards, 2);
    });
}

#[test]
fn b7_the_gate_names_every_card_that_must_not_leave() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        sql(&cast.ctx, "UPDATE member SET lost_on = '2026-11-20' WHERE id = 1").await;
        assert!(event(&cast, "260 1 01", EventKind::WebDisplayOff, WebDisplay::NotWanted).await);
        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 2"), Confirmation::Confirmed).await.unwrap();

        let gate = batches::gate(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let mut reasons: Vec<_> = gate.iter().map(|card| (card.member.as_str(), card.reason())).collect();
        reasons.sort_unstable();
        assert_eq!(
            reasons,
            [
                ("260-1-00", GateReason::MemberLost),
                ("260-1-01", GateReason::DisplayOff),
                ("260-2-00", GateReason::Superseded),
            ]
        );
        let refused = batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await;
        assert!(matches!(refusal(refused), Refusal::Batch(BatchRefusal::MustPull(serials)) if serials.len() == 3));
        let pulled: Vec<_> = gate.iter().map(|card| card.serial.clone()).collect();
        batches::letters(&cast.ctx, &cast.clerk, &number, &pulled.join(",")).await.unwrap();
        let sent = batches::dispatch(&cast.ctx, &cast.clerk, &number, None, &pulled.join(",")).await.unwrap();
        assert_eq!(sent.cards, 1);
        let live = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        let activated: Vec<_> = live.iter().filter(|row| row.operation == feed::Operation::Activate).collect();
        assert_eq!(activated.len(), 1);
        assert_eq!(activated[0].key.symbol, "107");
    });
}

#[test]
fn v2_v3_reissue_warns_then_revokes_the_earlier_password() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let waiting = cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::Confirmed).await;
        assert_eq!(refusal(waiting), Refusal::AlreadyQueued("260-1-00".into()));
        let number = dispatched(&cast).await;
        let Refusal::NeedsConfirm(warning) =
            refusal(cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::NotYet).await)
        else {
            panic!("V2: the clerk is told before");
        };
        assert!(warning.usable && warning.under_way.is_none());
        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::Confirmed).await.unwrap();
        assert_eq!(viewing(&cast, "260 1").await, ViewingState::Requested);
        let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert_eq!(feed.last().unwrap().operation, feed::Operation::Revoke);

        let (second, _) = exported(&cast).await;
        let Refusal::NeedsConfirm(warning) =
            refusal(cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::NotYet).await)
        else {
            panic!("V3: the clerk is told before");
        };
        assert_eq!(warning.under_way, Some(second.serial(1)));
        assert_ne!(second, number);
    });
}

#[test]
fn v2_reissue_erases_the_password_the_member_had_chosen() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        dispatched(&cast).await;
        assert!(event(&cast, "260 1", EventKind::ViewingChanged, WebDisplay::Wanted).await);
        let ask = async |told| cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), told).await;
        let Refusal::NeedsConfirm(warning) = refusal(ask(Confirmation::NotYet).await) else { panic!("V2") };
        assert!(warning.usable, "the member's own");
        ask(Confirmation::Confirmed).await.unwrap();
        exported(&cast).await;
        let Refusal::NeedsConfirm(warning) = refusal(ask(Confirmation::NotYet).await) else { panic!("V3") };
        assert!(!warning.usable && warning.under_way.is_some(), "{warning:?}");
        ask(Confirmation::Confirmed).await.unwrap();
        let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        let operations: Vec<_> = feed.iter().map(|row| row.operation).collect();
        assert_eq!(operations, [feed::Operation::Activate, feed::Operation::Revoke], "what is revoked is not usable");
    });
}

#[test]
fn v5_dispatch_date_over_sixty_days_away_is_refused() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let number = drafted(&cast).await;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let today = cast.ctx.clock.today();
        let latest = today + chrono::Days::new(60);
        let export = async |given| {
            let options = ExportOptions { dispatch_date: Some(given), passphrase: None };
            batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Continue(())).await
        };
        for given in [today - chrono::Days::new(1), latest + chrono::Days::new(1)] {
            let told = refusal(export(given).await);
            assert_eq!(told, Refusal::BadDay { given, earliest: today, latest });
        }
        assert_eq!(export(latest).await.unwrap().dispatch_date, latest);
    });
}

#[test]
fn v5_dispatch_is_not_confirmed_before_the_printed_date() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let number = drafted(&cast).await;
        batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
        let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let options = || ExportOptions { dispatch_date: Some(day(26)), passphrase: None };
        batches::export(&cast.ctx, &cast.clerk, &number, options(), |_| ControlFlow::Continue(())).await.unwrap();
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        let early = batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await;
        assert_eq!(refusal(early), Refusal::Batch(BatchRefusal::TooEarly { batch: number.clone(), planned: day(26) }));
        on_day(&place, &mut cast, (2026, 11, 30)).await;
        let future = batches::dispatch(&cast.ctx, &cast.clerk, &number, Some(day(25)), "").await;
        assert!(matches!(refusal(future), Refusal::BadDay { .. }));
        let sent = batches::dispatch(&cast.ctx, &cast.clerk, &number, Some(day(27)), "").await.unwrap();
        assert_eq!(sent.on, day(27));
        let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert_eq!(feed[0].valid_from, day(27));
    });
}

#[test]
fn a9_a_loss_closes_the_account_and_cancels_its_cards() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2"]).await;
        sql(&cast.ctx, "UPDATE member SET lost_on = '2026-11-24' WHERE id = 1").await;
        let closed = close_ended(&cast).await;
        assert_eq!((closed.accounts, closed.cards), (1, 1));
        assert_eq!(close_ended(&cast).await.accounts, 0);
        let view = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        let account = view.account.unwrap();
        assert!(account.login_id.is_none() && account.email.is_none() && account.closed_at.is_some());
        assert_eq!(view.cards[0].card.state(), CardState::Cancelled);
        let refused = cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::Confirmed).await;
        assert!(matches!(refusal(refused), Refusal::MemberLost { .. }));
        let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert_eq!(feed.last().unwrap().operation, feed::Operation::Close);
    });
}

#[test]
fn a9_closing_an_account_erases_its_hashes_and_login_data() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        dispatched(&cast).await;
        let card =
            async || members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap().cards.swap_remove(0).card;
        assert!(card().await.hash.is_some());
        sql(&cast.ctx, "UPDATE member SET lost_on = '2026-11-24' WHERE id = 1").await;
        assert_eq!(close_ended(&cast).await.accounts, 1);
        let closed = card().await;
        assert_eq!(
            (closed.hash.as_deref(), closed.state()),
            (None, CardState::Dispatched),
            "the card itself stays on record"
        );
    });
}

#[test]
fn v6_l1_forbidden_cards_are_refused_with_their_reason() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        assert!(event(&cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
        let off = cards::ask_viewing(&cast.ctx, &cast.clerk, &key("260 1"), Confirmation::Confirmed).await;
        assert_eq!(refusal(off), Refusal::DisplayOff("260-1-00".into()));
        let none = ask_login(&cast, "260 2").await;
        assert_eq!(refusal(none), Refusal::NoAccount("260-2-00".into()));
        let nobody = ask_login(&cast, "1 1").await;
        assert!(matches!(refusal(nobody), Refusal::MemberUnknown(_)));
        assert!(event(&cast, "260 1", EventKind::WebDisplayOn, WebDisplay::Wanted).await);
        assert!(event(&cast, "260 1", EventKind::WebDisplayOff, WebDisplay::NotWanted).await);
        let view = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert_eq!(view.cards[0].card.state(), CardState::Cancelled);
    });
}

#[test]
fn b9_b10_receipts_and_returns_are_recorded() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let number = dispatched(&cast).await;
        assert!(batches::overdue(&cast.ctx, &cast.clerk).await.unwrap().is_empty());
        let missing = batches::missing(&cast.ctx, &cast.clerk).await.unwrap();
        assert!(missing.iter().all(|line| (line.waited, line.due) == (0, batches::Due::Awaited)), "{missing:?}");
        on_day(&place, &mut cast, (2026, 12, 2)).await;
        assert_eq!(batches::overdue(&cast.ctx, &cast.clerk).await.unwrap().len(), 2);
        let missing = batches::missing(&cast.ctx, &cast.clerk).await.unwrap();
        assert!(missing.iter().all(|line| (line.waited, line.due) == (6, batches::Due::Overdue)), "{missing:?}");
        batches::receipt(&cast.ctx, &cast.clerk, &number, "２６０", ReceiptDay::Came(None), &[]).await.unwrap();
        let open = batches::overdue(&cast.ctx, &cast.clerk).await.unwrap();
        assert_eq!(open.iter().map(|b| b.employer.as_str()).collect::<Vec<_>>(), ["107"]);
        let typed = number.serial(1).to_lowercase();
        let found = batches::find(&cast.ctx, &cast.clerk, &typed).await.unwrap();
        assert_eq!((found.name.as_str(), found.to.as_str(), found.dead), ("東海林　拓也", "旭精機株式会社", None));
        let returned =
            batches::returned(&cast.ctx, &cast.clerk, &typed, batches::ReturnFacts::default()).await.unwrap();
        assert_eq!(viewing(&cast, &returned.member.replace('-', " ")).await, ViewingState::Revoked);
        let twice = batches::returned(&cast.ctx, &cast.clerk, &number.serial(1), batches::ReturnFacts::default()).await;
        assert!(matches!(refusal(twice), Refusal::CardStep { state: CardState::Returned, .. }));
    });
}

#[test]
fn b10_a8_returned_login_notice_keeps_a_newer_password() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        for who in ["260 1", "260 2"] {
            assert!(event(&cast, who, EventKind::Registered, WebDisplay::NotWanted).await);
            ask_login(&cast, who).await.unwrap();
        }
        assert!(event(&cast, "260 2", EventKind::LoginPasswordChanged, WebDisplay::Wanted).await);
        let number = dispatched(&cast).await;
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let notice = |number: &str| {
            let card = view.cards.iter().find(|card| card.kind == CardKind::Login && card.key.number == number);
            card.unwrap().serial.clone().unwrap()
        };
        on_day(&place, &mut cast, (2026, 11, 26)).await;
        assert!(event(&cast, "260 1", EventKind::LoginPasswordChanged, WebDisplay::Wanted).await);

        let found = batches::find(&cast.ctx, &cast.clerk, &notice("1")).await.unwrap();
        assert_eq!(found.dead, Some(DeadReason::SelfChanged), "and the clerk is told so before");
        batches::returned(&cast.ctx, &cast.clerk, &notice("1"), batches::ReturnFacts::default()).await.unwrap();
        let revoked = async || {
            let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
            feed.into_iter().filter(|row| row.operation == feed::Operation::Revoke).map(|row| row.key.number).collect()
        };
        let none: Vec<String> = revoked().await;
        assert!(none.is_empty(), "{none:?}");
        // A change from before the dispatch was undone by it: the notice's password counts until it is revoked.
        batches::returned(&cast.ctx, &cast.clerk, &notice("2"), batches::ReturnFacts::default()).await.unwrap();
        assert_eq!(revoked().await, ["2"]);
    });
}

/// The holder of the 260-1 card calls, is checked, and is sent a login notice.
async fn called(cast: &Cast) -> String {
    let claim = Claim {
        symbol: "260".into(),
        number: "1".into(),
        name: "東海林　拓也".into(),
        kana: "ショウジ　タクヤ".into(),
        born_on: chrono::NaiveDate::from_ymd_opt(1972, 3, 12),
        ..Claim::default()
    };
    let call = IncomingCall { claim, ..IncomingCall::default() };
    let receipt = requests::take_call(&cast.ctx, &cast.clerk, &call).await.unwrap().receipt;
    queued(cast, &receipt).await;
    receipt
}

async fn queued(cast: &Cast, receipt: &str) {
    let birth_date = [IdentityCheck::BirthDate].into_iter().collect();
    requests::verify(&cast.ctx, &cast.clerk, receipt, &birth_date, None).await.unwrap();
    let call_back = [IdentityCheck::CallBack].into_iter().collect();
    requests::let_pass(&cast.ctx, &cast.supervisor, receipt, &call_back, &why("本人来訪")).await.unwrap();
    requests::queue(&cast.ctx, &cast.clerk, receipt, None).await.unwrap();
}

#[test]
fn b10_returned_login_notice_reopens_its_request() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        assert!(event(&cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
        let receipt = called(&cast).await;
        let number = dispatched(&cast).await;
        let state = async || {
            let view = requests::show(&cast.ctx, &cast.clerk, &receipt).await.unwrap();
            (view.state, view.reason, view.settled_at)
        };
        assert_eq!(state().await.0, RequestState::Done);
        batches::returned(&cast.ctx, &cast.clerk, &number.serial(1), batches::ReturnFacts::default()).await.unwrap();
        assert_eq!(state().await, (RequestState::OnHold, Some("card_fell".into()), None));
        queued(&cast, &receipt).await;
        dispatched(&cast).await;
        assert_eq!(state().await.0, RequestState::Done, "the second one has arrived");
    });
}

#[test]
fn l2_log_names_the_notice_that_a_later_one_ended() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        assert!(event(&cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
        ask_login(&cast, "260 1").await.unwrap();
        let first = dispatched(&cast).await;
        called(&cast).await;
        dispatched(&cast).await;
        let on_him = AuditFilter { member: Some("260-1-00".into()), ..AuditFilter::default() };
        let entries = audit_export(&cast.ctx, &cast.admin, &on_him).await.unwrap();
        let of = |act: &'static str| entries.iter().filter(move |entry| entry.action == act).map(recorded);
        let asked = |id, cause| {
            let card = CardRef { id, serial: None };
            AuditEvent::CardAsked { card, kind: CardKind::Login, cause }
        };
        let both = [asked(1, CardCause::Request), asked(2, CardCause::Request)];
        assert_eq!(of("card_asked").collect::<Vec<_>>(), both);
        let card = CardRef { id: 1, serial: Some(first.serial(1)) };
        let ended = AuditEvent::CardDead { card, reason: DeadReason::Superseded, step: None };
        assert_eq!(of("card_dead").collect::<Vec<_>>(), [ended]);
        let dead = entries.iter().find(|entry| entry.action == "card_dead").unwrap();
        assert_eq!(dead.batch, Some(first.to_string()));
    });
}

#[test]
fn b7_unknown_dead_reason_never_revives_a_card() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        // A newer version's schema takes more reasons than this one's.
        let sqlite = place.name == "sqlite";
        let widen = "ALTER TABLE card DROP CONSTRAINT card_dead_reason";
        raw(&place, if sqlite { "DROP TRIGGER card_codes_set" } else { widen }).await;
        sql(&cast.ctx, "UPDATE card SET dead_on = '2026-11-24', dead_reason = 'of_a_newer_version'").await;
        assert!(batches::gate(&cast.ctx, &cast.clerk, &number).await.is_err());
        assert!(batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.is_err());
        assert!(feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows.is_empty());
    });
}

#[test]
fn b2_previews_of_a_draft_are_identical_and_masked() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        let number = drafted(&cast).await;
        let preview = || async {
            let files = batches::preview(&cast.ctx, &cast.clerk, &number).await.unwrap();
            (std::fs::read(&files[0]).unwrap(), files)
        };
        let ((first, files), (second, _)) = (preview().await, preview().await);
        assert!(first == second);
        if let Some(pages) = pages(&files[0], None) {
            assert_eq!(pages.len(), 4);
            assert!(pages[1].contains('●'));
        }
    });
}

//! 事業所: the list, the record, and the tracking number of a parcel. On both engines.

use crate::common::fixtures::{Cast, PEOPLE, cast, register, sql, strings};
use crate::common::{Place, on_each_engine};
use mykempo_console::domain::diagnosis::CallerKind;
use mykempo_console::domain::{BatchNumber, HoldReason, UndeliveredReason};
use mykempo_console::usecases::batches::{self, ExportOptions, ReceiptDay, Undelivered};
use mykempo_console::usecases::calls::{self, CallDraft};
use mykempo_console::usecases::employers::{self, EmployerOrder};
use mykempo_console::usecases::notes::NoteDraft;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::BatchRefusal;
use mykempo_console::usecases::{Error, Refusal};
use std::ops::ControlFlow;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1", "260 2", "107 1"]).await;
    cast
}

async fn printed(cast: &Cast) -> BatchNumber {
    let (ctx, clerk) = (&cast.ctx, &cast.clerk);
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, &cast.supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    let early = batches::track(ctx, clerk, &number, "260", "1").await;
    assert!(matches!(early, Err(Error::Refused(Refusal::Batch(BatchRefusal::OutOfPlace { .. })))), "{early:?}");
    batches::printed(ctx, clerk, &number, "").await.unwrap();
    number
}

#[test]
fn a_parcel_has_its_tracking_number_from_the_print_on() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk) = (&cast.ctx, &cast.clerk);
        let number = printed(&cast).await;
        assert_eq!(batches::track(ctx, clerk, &number, "２６０", "１２３４-5678").await.unwrap(), "1234-5678");
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        let shown = batches::show(ctx, clerk, &number).await.unwrap();
        let tracked: Vec<_> = shown.bundles.iter().map(|it| (it.employer.as_str(), it.tracking.as_str())).collect();
        assert_eq!(tracked, [("107", ""), ("260", "1234-5678")]);
        assert_eq!(employers::contact(ctx, clerk, "260").await.unwrap().bundles[0].tracking, "1234-5678");
        let missing = batches::missing(ctx, clerk).await.unwrap();
        assert!(missing.iter().any(|line| line.bundle.tracking == "1234-5678"));
        batches::track(ctx, clerk, &number, "260", "").await.unwrap();
        assert_eq!(employers::contact(ctx, clerk, "260").await.unwrap().bundles[0].tracking, "");
        let wrong = batches::track(ctx, clerk, &number, "260", "番号 1").await;
        assert!(matches!(wrong, Err(Error::Refused(Refusal::Batch(BatchRefusal::BadTracking(_))))), "{wrong:?}");
        let other = batches::track(ctx, clerk, &number, "999", "1").await;
        assert!(matches!(other, Err(Error::Refused(Refusal::Batch(BatchRefusal::NoParcel { .. })))), "{other:?}");
        let unknown = batches::track(ctx, clerk, &number, "998", "1").await;
        assert!(matches!(unknown, Err(Error::Refused(Refusal::EmployerUnknown(_)))), "{unknown:?}");
    });
}

#[test]
fn b15_an_employer_is_shown_with_what_it_is_to_send_back() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk) = (&cast.ctx, &cast.clerk);
        let number = printed(&cast).await;
        let before = employers::list(ctx, clerk).await.unwrap();
        let waiting: Vec<_> = before.iter().map(|it| (it.employer.record.code.as_str(), it.waiting)).collect();
        assert_eq!(waiting, [("107", 1), ("260", 2), ("999", 0)]);
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        let shown = batches::show(ctx, clerk, &number).await.unwrap();
        let serial =
            shown.cards.iter().find(|card| card.employer.as_deref() == Some("260")).unwrap().serial.clone().unwrap();
        let back = [Undelivered { serials: serial.clone(), reason: UndeliveredReason::Left }];
        batches::receipt(ctx, clerk, &number, "260", ReceiptDay::Came(None), &back).await.unwrap();
        let mut rows = employers::list(ctx, clerk).await.unwrap();
        EmployerOrder::Attention.sort(&mut rows, ctx.clock.today());
        let counts =
            |at: usize| (rows[at].employer.record.code.clone(), rows[at].expected_back, rows[at].open_receipts);
        assert_eq!(counts(0), ("260".to_owned(), 1, 0));
        assert_eq!(counts(1), ("107".to_owned(), 0, 1));
        assert_eq!(rows[0].last_sent_on, Some(ctx.clock.today()));
        // 999 has withdrawn: nothing is sent there, and it comes last.
        assert_eq!(rows.last().map(|row| row.employer.record.code.as_str()), Some("999"));
        let view = employers::record(ctx, clerk, "260").await.unwrap();
        let to_return: Vec<_> = view.contact.to_return.iter().map(|it| (it.serial.clone(), it.reason)).collect();
        assert_eq!(to_return, [(serial, UndeliveredReason::Left)]);
        let json = serde_json::to_value(&view.contact).unwrap().to_string();
        assert!(!json.contains("東海林") && !json.contains("viewing"), "no name and no kind: {json}");
    });
}

#[test]
fn calls_of_a_contact_stand_with_the_employer() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk) = (&cast.ctx, &cast.clerk);
        for (caller, name) in [
            (CallerKind::Employer, "旭精機 鈴木様"),
            (CallerKind::Employer, "武蔵野電子工業 山田様"),
            (CallerKind::Unknown, "旭精機のことで"),
        ] {
            let note = NoteDraft { body: "受領書について".into(), ..NoteDraft::of_call(caller) };
            let draft = CallDraft { member: None, name: name.into(), note };
            let call = calls::begin(ctx, clerk, &draft).await.unwrap();
            calls::end(ctx, clerk, call, &draft).await.unwrap();
        }
        let view = employers::record(ctx, clerk, "260").await.unwrap();
        assert_eq!(view.calls.iter().map(|call| call.name.as_str()).collect::<Vec<_>>(), ["旭精機 鈴木様"]);
    });
}

#[test]
fn r2_a_cancelled_draft_holds_what_lost_its_route() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (ctx, clerk) = (&cast.ctx, &cast.clerk);
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        sql(ctx, "UPDATE employer SET address1 = '', address2 = '' WHERE code = '107'").await;
        let report = batches::gate_report(ctx, clerk, &number).await.unwrap();
        let to_be_held: Vec<_> = report.holds.iter().map(|card| card.reason).collect();
        assert_eq!((report.cards.len(), to_be_held), (0, vec![HoldReason::NoAddress]));
        assert_eq!(batches::cancel(ctx, clerk, &number).await.unwrap().back_in_queue, 2);
        let held = strings(ctx, "SELECT reason FROM card WHERE state = 'held'").await;
        assert_eq!(held, ["no_address"]);
    });
}

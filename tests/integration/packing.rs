//! Parcels packed by scanner (B14), on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, recorded, register, sql};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::GateReason;
use mykempo_console::domain::packing::{PaperCode, ScanAnswer};
use mykempo_console::domain::{BatchNumber, Permission};
use mykempo_console::usecases::batches::{self, ExportOptions, Packed};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::{BatchAct, BatchRefusal};
use mykempo_console::usecases::{AuditEvent, AuditFilter, Refusal, audit_export};
use std::ops::ControlFlow;

/// A batch of three cards for 260 and one for 107, exported.
async fn exported(place: &Place) -> (Cast, BatchNumber) {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
    let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
    batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    (cast, number)
}

/// The serials of the cards that go to an employer, in the order of the pile.
async fn serials(cast: &Cast, number: &BatchNumber, symbol: &str) -> Vec<String> {
    let cards = batches::show(&cast.ctx, &cast.clerk, number).await.unwrap().cards;
    cards.into_iter().filter(|card| card.key.symbol == symbol).filter_map(|card| card.serial).collect()
}

async fn scan(cast: &Cast, number: &BatchNumber, codes: &[String]) -> Packed {
    batches::pack(&cast.ctx, &cast.clerk, number, codes).await.unwrap()
}

async fn packed_in_log(cast: &Cast) -> Vec<(String, i64)> {
    let entries = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
    let packed = entries.iter().map(recorded).filter_map(|event| match event {
        AuditEvent::ParcelPacked { employer, cards } => Some((employer, cards.count())),
        _ => None,
    });
    packed.collect()
}

#[test]
fn b14_a_complete_parcel_is_recorded_and_no_other() {
    on_each_engine(|place| async move {
        let (cast, number) = exported(&place).await;
        let early = refusal(batches::pack(&cast.ctx, &cast.clerk, &number, &[]).await);
        assert!(
            matches!(early, Refusal::Batch(BatchRefusal::OutOfPlace { act: BatchAct::Pack, .. })),
            "not before the print: {early:?}"
        );
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        let (asahi, musashino) = (serials(&cast, &number, "260").await, serials(&cast, &number, "107").await);

        let some = scan(&cast, &number, &asahi[..2]).await;
        assert_eq!((some.parcels[0].cards, &some.parcels[0].missing[..]), (3, &asahi[2..]));
        let mixed = scan(&cast, &number, &[asahi[0].clone(), musashino[0].clone()]).await;
        assert!(matches!(&mixed.scans[1].answer, ScanAnswer::OtherParcel { parcel } if parcel.employer == "107"));
        assert!(!some.is_right() && !mixed.is_right() && packed_in_log(&cast).await.is_empty());

        let letter = PaperCode::parcel(number.as_str(), "260");
        let all: Vec<String> = std::iter::once(letter).chain(asahi).chain(musashino).collect();
        assert!(scan(&cast, &number, &all).await.is_right());
        assert_eq!(packed_in_log(&cast).await, [("107".to_owned(), 1), ("260".to_owned(), 3)]);
        let again = scan(&cast, &number, &all[1..2]).await;
        assert_eq!(again.scans[0].answer, ScanAnswer::Repeated, "what is packed is known after a break");
    });
}

#[test]
fn b7_a_card_that_must_be_pulled_is_not_packed() {
    on_each_engine(|place| async move {
        let (cast, number) = exported(&place).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "1").await.unwrap();
        let asahi = serials(&cast, &number, "260").await;
        let spoiled = number.serial(1);
        sql(&cast.ctx, "UPDATE member SET lost_on = '2026-11-01' WHERE id = 3").await;
        let answers = scan(&cast, &number, &[spoiled, asahi.last().unwrap().clone()]).await.scans;
        let told: Vec<&ScanAnswer> = answers.iter().map(|scan| &scan.answer).collect();
        assert!(told.contains(&&ScanAnswer::NotInPile), "{told:?}");
        assert!(told.contains(&&ScanAnswer::MustPull { reason: GateReason::MemberLost }), "{told:?}");
    });
}

#[test]
fn b14_who_may_not_send_may_not_pack() {
    on_each_engine(|place| async move {
        let (cast, number) = exported(&place).await;
        let refused = refusal(batches::pack(&cast.ctx, &cast.admin, &number, &[]).await);
        assert!(matches!(refused, Refusal::Role { needs: Permission::Batches, .. }), "{refused:?}");
    });
}

//! From the paper to the parcel: batches that expire, letters of the cards in hand, remakes, what came back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, on_day, register, sql};
use crate::common::{Place, on_each_engine};
use mykempo_console::domain::{BatchNumber, BatchState, CardState};
use mykempo_console::usecases::batches::{self, ExportOptions, Exported};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::upkeep::doctor::{Finding, Scene, doctor};
use mykempo_console::usecases::{Error, Refusal, feed, home};
use std::ops::ControlFlow;

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
    cast
}

async fn exported(cast: &Cast) -> (BatchNumber, Exported) {
    let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
    let done = batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
    (number, done)
}

async fn state(cast: &Cast, number: &BatchNumber) -> BatchState {
    batches::show(&cast.ctx, &cast.clerk, number).await.unwrap().batch.state()
}

async fn findings(place: &Place, cast: &Cast) -> Vec<String> {
    let scene = Scene { place: place.url.clone(), clock: cast.ctx.clock, anchor: None, private: Vec::new() };
    let rows = doctor(&scene).await.into_iter();
    let of =
        |finding: Finding| matches!(finding, Finding::LostFile { .. } | Finding::PrintSoon { .. }).then_some(finding);
    rows.filter_map(|row| of(row.finding)).map(|finding| finding.code().code().to_owned()).collect()
}

/// Nothing of an expired batch works, and every card of it waits again.
async fn is_over(cast: &Cast, number: &BatchNumber) {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let printed = refusal(batches::printed(ctx, clerk, number, "").await);
    assert!(matches!(printed, Refusal::BatchStep { state: BatchState::Expired, .. }), "{printed:?}");
    let sent = refusal(batches::dispatch(ctx, clerk, number, None, "").await);
    assert!(matches!(sent, Refusal::BatchStep { state: BatchState::Expired, .. }), "{sent:?}");
    let queued = queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap();
    assert_eq!(queued.iter().filter(|card| card.state == CardState::Queued).count(), 4);
    assert_eq!(feed::after(ctx, supervisor, 0).await.unwrap().len(), 0, "no password counts");
    let view = batches::show(ctx, clerk, number).await.unwrap();
    assert!(view.cards.is_empty() && view.left.len() == 4 && view.bundles.is_empty());
    assert!(view.files.iter().all(|file| !file.secret || file.destroyed_at.is_some()));
}

#[test]
fn b16_a_batch_not_printed_in_time_expires() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, paper) = exported(&cast).await;
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(view.print_by.unwrap().to_string(), "2026-12-08");
        assert_eq!(findings(&place, &cast).await, Vec::<String>::new());
        on_day(&place, &mut cast, (2026, 12, 5)).await;
        assert_eq!(findings(&place, &cast).await, ["print_soon"], "warned of for days");
        let home = home::home(&cast.ctx, &cast.clerk).await.unwrap();
        assert_eq!(home.expiring.iter().map(|soon| &soon.batch).collect::<Vec<_>>(), [&number]);
        // What every reading command does first.
        on_day(&place, &mut cast, (2026, 12, 9)).await;
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, [number.clone()]);
        assert!(!paper.files[0].exists(), "S4");
        assert_eq!(state(&cast, &number).await, BatchState::Expired);
        is_over(&cast, &number).await;
        let (again, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &again, "").await.unwrap();
        assert_eq!(batches::dispatch(&cast.ctx, &cast.clerk, &again, None, "").await.unwrap().cards, 4);
    });
}

#[test]
fn b16_a_vanished_pdf_is_not_printed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, paper) = exported(&cast).await;
        std::fs::remove_file(&paper.files[0]).unwrap();
        assert_eq!(findings(&place, &cast).await, ["lost_file"]);
        is_over(&cast, &number).await;
    });
}

#[test]
fn b16_a_printed_batch_does_not_expire() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, paper) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        on_day(&place, &mut cast, (2026, 12, 20)).await;
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, []);
        assert!(!paper.files[0].exists(), "S4");
        assert_eq!(findings(&place, &cast).await, Vec::<String>::new());
        assert_eq!(batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap().cards, 4);
    });
}

#[test]
fn b16_a_folder_that_is_not_here_is_no_reason_to_expire() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, paper) = exported(&cast).await;
        let folder = paper.files[0].parent().unwrap();
        std::fs::rename(folder, folder.with_extension("elsewhere")).unwrap();
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, []);
        assert_eq!(state(&cast, &number).await, BatchState::Exported);
        assert_eq!(findings(&place, &cast).await, ["lost_file"]);
    });
}

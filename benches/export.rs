//! A whole export beside hashing the same number of passwords alone on all cores, in one run:
//! `cargo bench --bench export -- 10000`. The export should take little longer.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/integration/common/mod.rs"]
mod common;

use common::fixtures::{self, Cast};
use mykempo_console::secrets::{self, HashCost, PasswordPolicy};
use mykempo_console::usecases::batches::{self, ExportOptions};
use mykempo_console::usecases::queue::QueueFilter;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

fn main() {
    let cards: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(500);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let place = common::places().swap_remove(0);
    let export = runtime.block_on(async {
        let mut cast = fixtures::cast(&place).await;
        cast.ctx.settings.hash_cost = HashCost::default();
        fixtures::sql(&cast.ctx, fixtures::PEOPLE).await;
        fixtures::crowd(&cast, cards).await;
        timed_export(&cast).await
    });
    let alone = hashing_alone(cards);
    println!(
        "{cards} cards: export {export:.1?}, hashing alone {alone:.1?}, ratio {:.3}",
        export.as_secs_f64() / alone.as_secs_f64()
    );
}

async fn timed_export(cast: &Cast) -> Duration {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, supervisor, &number).await.unwrap();
    let begun = Instant::now();
    batches::export(ctx, clerk, &number, ExportOptions::default(), |_| ControlFlow::Continue(())).await.unwrap();
    begun.elapsed()
}

fn hashing_alone(count: usize) -> Duration {
    let policy = PasswordPolicy::default();
    let passwords: Vec<_> = (0..count).map(|_| policy.generate().unwrap()).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        while let Some(password) = passwords.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            secrets::hash(password.expose(), HashCost::default()).unwrap();
        }
    };
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().unwrap().get() {
            scope.spawn(work);
        }
    });
    begun.elapsed()
}

//! How long the one writer is held, in statements and rows. A clock would measure the machine; a statement is a round trip to
//! the server, and what a transaction does besides grows with the rows that it writes. What a use case does must not take
//! more statements for more cards.

use super::common::fixtures::{Cast, PEOPLE, cast, crowd, key, sql};
use super::common::{Place, embedded, hold_writer, on_each_engine, places};
use super::pieces::MOST;
use crate::domain::{BatchNumber, CardState};
use crate::secrets::HashCost;
use crate::store::counted::{Most, holds};
use crate::store::fault::with_fuse;
use crate::usecases::batches::{self, ExportOptions};
use crate::usecases::context::Before;
use crate::usecases::queue::QueueFilter;
use crate::usecases::{audit_verify, feed, interrupted, upkeep};
use std::ops::ControlFlow;

/// Cards of a batch: enough that one statement for each would be seen.
const CARDS: usize = 150;

fn within(most: Most) -> bool {
    most.statements <= MOST
}

async fn crowded(place: &Place) -> Cast {
    let mut cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    crowd(&cast, CARDS).await;
    cast.ctx.settings.hash_cost = HashCost { memory_kib: 8, passes: 1 };
    cast
}

async fn printed(cast: &Cast) -> BatchNumber {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let batch = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, supervisor, &batch).await.unwrap();
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, clerk, &batch, options, |_| ControlFlow::Continue(())).await.unwrap();
    batches::printed(ctx, clerk, &batch, "").await.unwrap();
    batches::letters(ctx, clerk, &batch, "").await.unwrap();
    batch
}

fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

#[test]
fn a_draft_takes_no_statement_for_each_card() {
    block_on(async {
        let place = embedded();
        let Cast { ctx, clerk, .. } = crowded(&place).await;
        let (drafted, most) = holds(batches::draft(&ctx, &clerk, &QueueFilter::default(), None)).await;
        assert_eq!(drafted.unwrap().cards, CARDS);
        assert!(most.statements <= 30, "{most:?}");
    });
}

#[test]
fn a_draft_holds_many_cards_in_parts() {
    block_on(async {
        let place = embedded();
        let Cast { ctx, clerk, .. } = crowded(&place).await;
        sql(&ctx, "UPDATE employer SET address1 = '' WHERE id = 1").await;
        let (drafted, most) = holds(batches::draft(&ctx, &clerk, &QueueFilter::default(), None)).await;
        assert_eq!(drafted.unwrap_err().code(), "all_held");
        assert!(within(most), "{most:?}");
        let waiting = QueueFilter { state: Some(CardState::Held), ..QueueFilter::default() };
        let held = crate::usecases::queue::list(&ctx, &clerk, &waiting).await.unwrap();
        assert_eq!(held.len(), CARDS);
    });
}

#[test]
fn a_dispatch_takes_no_statement_for_each_card() {
    block_on(async {
        let place = embedded();
        let cast = crowded(&place).await;
        let batch = printed(&cast).await;
        let (sent, most) = holds(batches::dispatch(&cast.ctx, &cast.clerk, &batch, None, "")).await;
        assert_eq!(sent.unwrap().cards, CARDS);
        assert!(most.statements <= 30, "{most:?}");
        // Each card is a row that moves, and one of the feed.
        assert!(most.rows <= 2 * CARDS as u64 + 20, "{most:?}");
        let last = feed::status(&cast.ctx, &cast.supervisor).await.unwrap().last;
        let (done, most) = holds(feed::acknowledge(&cast.ctx, &cast.supervisor, last)).await;
        assert_eq!(done.unwrap().acknowledged, last);
        assert!(most.statements <= 30, "{most:?}");
    });
}

/// Notes, requests and members past their retention, more than one transaction removes.
const OLD: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
    INSERT INTO contact_note (member_id, at, staff, channel, topic, body)
    SELECT 1, '2019-05-01T00:00:00+00:00', 'sato', 'phone', 'other', 'old' FROM n";
const OLD_MEMBERS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
    INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
        name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, checkup)
    SELECT 1000 + i, '300', CAST(i AS TEXT), '00', '300', CAST(i AS TEXT), '00', 'insured', '本人', 'ヤマダ タロウ', 'ヤマダタロウ',
        '山田　太郎', '山田太郎', '1', '1980-01-01', '2010-04-01', '2018-03-31', '', 1, FALSE, FALSE FROM n";

async fn with_old_records(place: &Place) -> Cast {
    let cast = cast(place).await;
    for statement in [PEOPLE, OLD, OLD_MEMBERS] {
        sql(&cast.ctx, statement).await;
    }
    let before = "2020-01-01".parse().unwrap();
    upkeep::propose(&cast.ctx, &cast.admin, before).await.unwrap();
    cast
}

async fn left(cast: &Cast) -> Vec<String> {
    let counts = "SELECT 'notes ' || count(*) FROM contact_note UNION ALL SELECT 'members ' || count(*) FROM member
        UNION ALL SELECT 'pieces ' || count(*) FROM work_piece UNION ALL SELECT 'work ' || count(*) FROM work";
    let chain = audit_verify(&cast.ctx, &cast.admin).await.unwrap();
    assert_eq!(chain.broken_at, None);
    super::common::fixtures::strings(&cast.ctx, counts).await
}

#[test]
fn a_purge_holds_the_writer_for_a_moment_only() {
    on_each_engine(|place| async move {
        let cast = with_old_records(&place).await;
        let (done, most) = holds(upkeep::approve(&cast.ctx, &cast.supervisor)).await;
        done.unwrap();
        assert!(within(most) && most.rows <= 2_000, "{most:?}");
        assert_eq!(left(&cast).await, ["notes 0", "members 6", "pieces 0", "work 0"]);
    });
}

#[test]
fn an_interrupted_purge_is_carried_to_its_end() {
    for engine in 0..places().len() {
        block_on(async {
            let (mut before, mut after) = (0, 0);
            for fuse in (20..).step_by(9) {
                let place = places().swap_remove(engine);
                let cast = with_old_records(&place).await;
                if with_fuse(fuse, upkeep::approve(&cast.ctx, &cast.supervisor)).await.is_ok() {
                    break;
                }
                let mut carried = false;
                for _ in 0..50 {
                    carried = interrupted::carry_on(&cast.ctx).await.unwrap().is_some();
                    if carried {
                        break;
                    }
                    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                }
                match carried {
                    true => after += 1,
                    false if upkeep::proposal(&cast.ctx, &cast.supervisor).await.unwrap().is_some() => {
                        assert_eq!(left(&cast).await[0], "notes 1200", "nothing of it counts");
                        before += 1;
                        continue;
                    }
                    false => {}
                }
                assert_eq!(left(&cast).await, ["notes 0", "members 6", "pieces 0", "work 0"], "broken at {fuse}");
            }
            assert!(before > 0 && after > 1, "{before} before it counted, {after} in pieces");
        });
    }
}

#[test]
fn a_dry_run_of_a_purge_takes_no_writer() {
    on_each_engine(|place| async move {
        let cast = with_old_records(&place).await;
        let writer = hold_writer(&place).await;
        let plan = upkeep::preview(&cast.ctx, &cast.admin, "2020-01-01".parse().unwrap());
        let plan = tokio::time::timeout(std::time::Duration::from_secs(5), plan).await.expect("it waits for no writer");
        drop(writer);
        assert_eq!(plan.unwrap().lines[0].count, Some(1_200));
    });
}

#[test]
fn a_look_is_no_reason_to_read_the_queue_again() {
    block_on(async {
        let place = embedded();
        let Cast { ctx, clerk, .. } = crowded(&place).await;
        let allowed = clerk.allowed(crate::domain::Permission::Batches).unwrap();
        let mut before = Before::default();
        drop(ctx.read_before(&allowed, &mut before).await.unwrap());
        assert!(ctx.begin_where_unchanged(&allowed, &before).await.unwrap().is_some());
        crate::usecases::members::show(&ctx, &clerk, &key("300 1 00")).await.unwrap();
        let begun = ctx.begin_where_unchanged(&allowed, &before).await.unwrap();
        assert!(begun.is_some(), "a look changes nothing that was read");
        drop(begun);
        batches::draft(&ctx, &clerk, &QueueFilter::default(), Some(1)).await.unwrap();
        assert!(ctx.begin_where_unchanged(&allowed, &before).await.unwrap().is_none(), "a draft does");
    });
}

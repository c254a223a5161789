//! Several terminals at one database: what one does, the others see and are told of.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::recorded;
use crate::common::fixtures::{PEOPLE, cast, key, register, sql, why};
use crate::common::on_each_engine;
use mykempo_console::domain::CardState;
use mykempo_console::domain::DeadReason;
use mykempo_console::labels::{Lang, refusals};
use mykempo_console::usecases::batches::ExportOptions;
use mykempo_console::usecases::cards::Confirmation;
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::{AuditEvent, CardRef};
use mykempo_console::usecases::{AuditFilter, Error, audit_export, batches, cards, change_summary, members};
use std::ops::ControlFlow;

#[test]
fn a_terminal_hears_of_changes_but_not_of_looks() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["260 1"]).await;
        let first = change_summary::since(&cast.ctx, &cast.clerk, None).await.unwrap();
        assert!(first.changed && first.head > 0);
        let again = change_summary::since(&cast.ctx, &cast.clerk, Some(first.head)).await.unwrap();
        assert_eq!((again.head, again.changed), (first.head, false));
        members::show(&cast.ctx, &cast.supervisor, &key("260 1")).await.unwrap();
        let looked = change_summary::since(&cast.ctx, &cast.clerk, Some(first.head)).await.unwrap();
        assert_eq!((looked.head, looked.changed), (first.head + 1, false));
        batches::draft(&cast.ctx, &cast.supervisor, &QueueFilter::default(), None).await.unwrap();
        assert!(change_summary::since(&cast.ctx, &cast.clerk, Some(looked.head)).await.unwrap().changed);
    });
}

/// What a clerk reads who was too late.
fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    refusals::explain(Lang::Ja, &result.unwrap_err())
}

#[test]
fn who_was_faster_with_a_card_is_named_with_what_and_when() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let (ctx, clerk, boss) = (&cast.ctx, &cast.clerk, &cast.supervisor);
        sql(ctx, PEOPLE).await;
        register(&cast, &["260 1", "260 2"]).await;
        let ids: Vec<i64> =
            queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap().iter().map(|card| card.id).collect();
        cards::hold(ctx, boss, ids[0], &why("確認中")).await.unwrap();
        let held = told(cards::hold(ctx, clerk, ids[0], &why("確認中")).await);
        assert_eq!(
            held,
            "260-1-00 のはがきは「保留」のため、「保留」はできません。suzukiさんが 10:42 に保留にしました。"
        );
        cards::release(ctx, boss, ids[0]).await.unwrap();
        let released = told(cards::release(ctx, boss, ids[0]).await);
        assert!(released.ends_with("suzukiさんが 10:42 に発送待ちに戻しました。"), "{released}");
        cards::cancel(ctx, clerk, ids[0]).await.unwrap();
        let cancelled = told(cards::hold(ctx, boss, ids[0], &why("確認中")).await);
        assert!(cancelled.ends_with("satoさんが 10:42 に取り消しました。"), "{cancelled}");
        let batch = batches::draft(ctx, boss, &QueueFilter::default(), None).await.unwrap().batch;
        let drafted = told(cards::release(ctx, boss, ids[1]).await);
        assert!(drafted.ends_with(&format!("suzukiさんが 10:42 にバッチ {batch} に入れました。")), "{drafted}");
        let emptied = told(batches::draft(ctx, clerk, &QueueFilter::default(), None).await);
        assert!(emptied.ends_with(&format!("suzukiさんが 10:42 にバッチ {batch} を作成しました。")), "{emptied}");
        let own = told(batches::draft(ctx, boss, &QueueFilter::default(), None).await);
        assert!(!own.contains("さんが"), "{own}");
    });
}

#[test]
fn a_cancelled_batch_names_who_cancelled_it_on_every_card() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let (ctx, clerk, boss) = (&cast.ctx, &cast.clerk, &cast.supervisor);
        sql(ctx, PEOPLE).await;
        register(&cast, &["260 1", "260 2"]).await;
        cards::hold(ctx, clerk, 1, &why("確認中")).await.unwrap();
        cards::release(ctx, boss, 1).await.unwrap();
        let batch = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(ctx, boss, &batch).await.unwrap();
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        batches::export(ctx, clerk, &batch, options, |_| ControlFlow::Continue(())).await.unwrap();
        cards::ask_viewing(ctx, clerk, &key("260 2"), Confirmation::Confirmed).await.unwrap();
        assert_eq!(batches::cancel(ctx, clerk, &batch).await.unwrap().back_in_queue, 1);
        let waits = told(cards::release(ctx, boss, 1).await);
        assert!(waits.ends_with("satoさんが 10:42 に発送待ちに戻しました。"), "{waits}");
        let ended = told(cards::hold(ctx, boss, 2, &why("確認中")).await);
        assert!(ended.ends_with("satoさんが 10:42 に取り消しました。"), "{ended}");
        let filter = AuditFilter { batch: Some(batch.to_string()), ..AuditFilter::default() };
        let entries = audit_export(ctx, &cast.admin, &filter).await.unwrap();
        let of = |act| recorded(entries.iter().find(|entry| entry.action == act).unwrap());
        assert_eq!(of("batch_cancelled"), AuditEvent::BatchCancelled { requeued: [1].into_iter().collect() });
        let card = CardRef { id: 2, serial: None };
        assert_eq!(of("card_cancelled"), AuditEvent::CardCancelled { card, reason: Some(DeadReason::Superseded) });
    });
}

#[test]
fn who_was_faster_with_a_batch_is_named_with_what_and_when() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        let (ctx, clerk, boss) = (&cast.ctx, &cast.clerk, &cast.supervisor);
        sql(ctx, PEOPLE).await;
        register(&cast, &["260 1"]).await;
        let batch = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let export = || async {
            let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
            batches::export(ctx, clerk, &batch, options, |_| ControlFlow::Continue(())).await
        };
        let early = told(export().await);
        assert!(early.ends_with("satoさんが 10:42 に作成しました。"), "{early}");
        batches::approve(ctx, boss, &batch).await.unwrap();
        assert!(told(batches::approve(ctx, boss, &batch).await).ends_with("suzukiさんが 10:42 に承認しました。"));
        export().await.unwrap();
        assert!(told(export().await).ends_with("satoさんが 10:42 に出力しました。"));
        batches::printed(ctx, clerk, &batch, "").await.unwrap();
        assert!(told(batches::printed(ctx, clerk, &batch, "").await).ends_with("に印刷完了にしました。"));
        batches::dispatch(ctx, clerk, &batch, None, "").await.unwrap();
        assert!(told(batches::dispatch(ctx, clerk, &batch, None, "").await).ends_with("に発送を確定しました。"));
        let serial = batch.serial(1);
        batches::returned(ctx, boss, &serial, batches::ReturnFacts::default()).await.unwrap();
        let returned = told(batches::returned(ctx, clerk, &serial, batches::ReturnFacts::default()).await);
        assert!(returned.ends_with("suzukiさんが 10:42 に返戻を記録しました。"), "{returned}");
        let view = batches::show(ctx, clerk, &batch).await.unwrap();
        assert_eq!(view.cards[0].state, CardState::Returned);
    });
}

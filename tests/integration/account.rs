//! Every card can be accounted for, a business day begins, and files with passwords are destroyed; on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, event, key, on_day, recorded, register, sql, why};
use crate::common::{Place, on_each_engine};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{BatchNumber, CardState, DeadReason, WebDisplay};
use mykempo_console::usecases::batches::{self, ExportOptions, Exported};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::{
    Act, AuditEvent, AuditFilter, CardRef, audit_export, cards, day, feed, members, settings,
};
use std::ops::ControlFlow;
use std::path::Path;

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    cast
}

async fn approved(cast: &Cast) -> BatchNumber {
    let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(&cast.ctx, &cast.supervisor, &number).await.unwrap();
    number
}

async fn exported(cast: &Cast) -> (BatchNumber, Exported) {
    let number = approved(cast).await;
    let options = ExportOptions { dispatch_date: Some(cast.ctx.clock.today()), passphrase: None };
    let done = batches::export(&cast.ctx, &cast.clerk, &number, options, |_| ControlFlow::Continue(())).await;
    (number, done.unwrap())
}

/// Puts a folder in the place of a file, which cannot be unlinked.
fn make_stubborn(file: &Path) {
    std::fs::remove_file(file).unwrap();
    std::fs::create_dir(file).unwrap();
}

#[test]
fn batch_and_its_log_name_every_card_it_ever_had() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, admin, .. } = &cast;
        sql(ctx, "UPDATE member SET name = '東\u{E000}林' WHERE id = 1").await;
        register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let by_member = |cards: Vec<(String, i64)>, who: &str| cards.into_iter().find(|(m, _)| m == who).unwrap().1;
        let drafted = batches::show(ctx, clerk, &number).await.unwrap();
        let ids = || drafted.cards.iter().map(|c| (c.key.to_string(), c.id)).collect();
        cards::hold(ctx, clerk, by_member(ids(), "260-1-01"), &why("確認中")).await.unwrap();
        batches::approve(ctx, &cast.supervisor, &number).await.unwrap();
        assert!(event(&cast, "260 2", EventKind::WebDisplayOff, WebDisplay::NotWanted).await);
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        let done = batches::export(ctx, clerk, &number, options, |_| ControlFlow::Continue(())).await.unwrap();
        assert_eq!((done.cards, done.held.len()), (1, 0), "the name was held at the approval");
        batches::cancel(ctx, clerk, &number).await.unwrap();

        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert!(view.cards.is_empty());
        let left: Vec<_> = view.left.iter().map(|card| (card.id, card.left_as, card.serial.as_deref())).collect();
        let serial = number.serial(1);
        assert_eq!(
            left,
            [
                (by_member(ids(), "107-1-00"), CardState::Queued, Some(serial.as_str())),
                (by_member(ids(), "260-1-00"), CardState::Held, None),
                (by_member(ids(), "260-1-01"), CardState::Held, None),
                (by_member(ids(), "260-2-00"), CardState::Cancelled, None),
            ],
            "a printed sheet of the cancelled export still has its member"
        );
        let filter = AuditFilter { batch: Some(number.to_string()), ..AuditFilter::default() };
        let entries = audit_export(ctx, admin, &filter).await.unwrap();
        let drafted = entries.iter().find(|entry| entry.action == "batch_drafted").unwrap();
        assert_eq!(recorded(drafted), AuditEvent::BatchDrafted { cards: (1..=4).collect() });
        let left: Vec<_> = entries.iter().filter_map(|e| Some((e.action.as_str(), e.member.as_deref()?))).collect();
        assert_eq!(
            left,
            [("card_held", "260-1-01"), ("card_held", "260-1-00"), ("card_cancelled", "260-2-00")],
            "who left, and how"
        );
    });
}

#[test]
fn a9_account_closes_by_itself_once_on_the_day_of_loss() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1", "107 1"]).await;
        sql(&cast.ctx, "UPDATE member SET lost_on = '2026-11-26' WHERE id = 1").await;
        assert_eq!(day::begin(&cast.ctx).await.unwrap().accounts, 0);
        on_day(&place, &mut cast, (2026, 11, 25)).await;
        assert_eq!(day::begin(&cast.ctx).await.unwrap().accounts, 0, "the day before");
        // Friday to Monday: a day on which no console was open counts, too.
        on_day(&place, &mut cast, (2026, 11, 27)).await;
        let closed = day::begin(&cast.ctx).await.unwrap();
        assert_eq!((closed.accounts, closed.cards), (1, 1));
        assert_eq!(day::begin(&cast.ctx).await.unwrap().accounts, 0, "begun already");
        let view = members::show(&cast.ctx, &cast.clerk, &key("260 1")).await.unwrap();
        assert!(view.account.unwrap().closed_at.is_some());
        assert_eq!(view.cards[0].card.state(), CardState::Cancelled);
        let feed = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert_eq!(feed.iter().map(|row| row.operation).collect::<Vec<_>>(), [feed::Operation::Close]);
        let filter = AuditFilter { staff: Some("system".into()), ..AuditFilter::default() };
        let entries = audit_export(&cast.ctx, &cast.admin, &filter).await.unwrap();
        let events: Vec<AuditEvent> = entries.iter().map(recorded).skip_while(|it| it.act() == Act::Init).collect();
        let card = CardRef { id: view.cards[0].card.id, serial: None };
        let begun =
            |day: &str, count| AuditEvent::DayBegun { day: day.parse().unwrap(), accounts: count, cards: count };
        assert_eq!(
            events,
            [
                begun("2026-11-24", 0),
                begun("2026-11-25", 0),
                AuditEvent::CardCancelled { card, reason: Some(DeadReason::MemberLost) },
                AuditEvent::AccountClosed { reason: DeadReason::MemberLost },
                begun("2026-11-27", 1),
            ]
        );
    });
}

#[test]
fn s4_cancelling_reports_a_file_that_stays_and_removes_the_rest() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        settings::set(&cast.ctx, &cast.admin, "export.cards_per_file", "1").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let (number, done) = exported(&cast).await;
        make_stubborn(&done.files[0]);
        let cancelled = batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        let named = cancelled.not_destroyed.unwrap();
        assert!(named.contains(&done.files[0].display().to_string()), "{named}");
        assert_eq!(cancelled.back_in_queue, 3);
        assert!(!done.files[1].exists() && !done.files[2].exists(), "the others are gone");
        assert!(batches::recover(&cast.ctx).await.is_err(), "every start says it again");
        std::fs::remove_dir(&done.files[0]).unwrap();
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().destroyed, 1);
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().destroyed, 0);
    });
}

#[test]
fn s4_open_console_destroys_an_expired_pdf() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let (number, done) = exported(&cast).await;
        on_day(&place, &mut cast, (2026, 12, 8)).await;
        batches::destroy_due(&cast.ctx).await;
        assert!(done.files[0].exists(), "the last of fourteen days");
        on_day(&place, &mut cast, (2026, 12, 9)).await;
        batches::destroy_due(&cast.ctx).await;
        assert!(!done.files[0].exists());
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert!(view.files.iter().all(|file| file.secret == file.destroyed_at.is_some()));
    });
}

#[test]
fn every_filter_of_the_log_gives_what_reading_all_of_it_would() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1", "260 2", "107 1"]).await;
        let number = approved(&cast).await;
        cards::hold(&cast.ctx, &cast.clerk, 1, &why("確認中")).await.unwrap();
        cards::cancel(&cast.ctx, &cast.supervisor, 2).await.unwrap();
        let all = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let either = |text: &str| [None, Some(text.to_owned())];
        for member in either("260-1-00") {
            for batch in either(number.as_str()) {
                for staff in either("sato") {
                    let fits = |asked: &Option<String>, is: Option<&str>| asked.is_none() || asked.as_deref() == is;
                    let wanted = all.iter().filter(|entry| {
                        fits(&member, entry.member.as_deref())
                            && fits(&batch, entry.batch.as_deref())
                            && fits(&staff, Some(&entry.staff))
                    });
                    let wanted: Vec<i64> = wanted.map(|entry| entry.seq).collect();
                    let filter = AuditFilter { member: member.clone(), batch: batch.clone(), staff: staff.clone() };
                    let found = audit_export(&cast.ctx, &cast.admin, &filter).await.unwrap();
                    let found: Vec<i64> =
                        found.iter().map(|entry| entry.seq).filter(|seq| *seq <= all.len() as i64).collect();
                    assert_eq!(found, wanted, "{filter:?}");
                    assert!(!found.is_empty(), "{filter:?}");
                }
            }
        }
    });
}

#[test]
fn s4_b8_pdf_on_another_host_is_not_reported_destroyed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        register(&cast, &["260 1"]).await;
        let (number, done) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        // This terminal sees the database, but not the disk that the other one has exported to.
        let folder = done.files[0].parent().unwrap();
        let (there, file) = (place.folder.path().join("other disk"), done.files[0].file_name().unwrap());
        std::fs::rename(folder, &there).unwrap();
        let sent = batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
        assert_eq!((sent.cards, sent.destroyed), (1, 0));
        assert!(sent.not_destroyed.unwrap().contains(&folder.display().to_string()));
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert!(view.files.iter().all(|file| !file.secret || file.destroyed_at.is_none()));
        assert!(batches::recover(&cast.ctx).await.is_err(), "every start says it again");
        assert!(there.join(file).exists());
        std::fs::rename(&there, folder).unwrap();
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().destroyed, 1);
        assert!(!done.files[0].exists());
    });
}

#[test]
fn r4_single_cards_are_in_no_parcel_so_no_receipt_is_waited_for() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        settings::set(&cast.ctx, &cast.admin, "delivery", "single").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        register(&cast, &["260 1"]).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
        batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap();
        on_day(&place, &mut cast, (2026, 12, 20)).await;
        assert!(batches::overdue(&cast.ctx, &cast.clerk).await.unwrap().is_empty());
    });
}

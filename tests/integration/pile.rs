//! From the paper to the parcel: batches that expire, letters of the cards in hand, remakes, what came back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, key, on_day, register, sql, why};
use crate::common::paper::pages;
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::diagnosis::{Caller, Case, Slot, SlotValue, Topic};
use mykempo_console::domain::gate::ApprovalChange;
use mykempo_console::domain::{BatchNumber, BatchState, CardState, UndeliveredReason};
use mykempo_console::secrets::Passphrase;
use mykempo_console::usecases::batches::{self, ExportOptions, Exported, ReceiptDay, Undelivered};
use mykempo_console::usecases::employer_cards::{self, EmployerStep};
use mykempo_console::usecases::queue::{self, QueueFilter};
use mykempo_console::usecases::refusal::{BatchAct, BatchRefusal};
use mykempo_console::usecases::upkeep::doctor::{Finding, Scene, doctor};
use mykempo_console::usecases::{Clock, Refusal, cards, diagnosis, feed, home, settings};
use std::ops::ControlFlow;

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
    let of = |finding: Finding| {
        let told = matches!(finding, Finding::LostFile { .. } | Finding::PrintSoon { .. } | Finding::PrintOver { .. });
        told.then_some(finding)
    };
    rows.filter_map(|row| of(row.finding)).map(|finding| finding.code().code().to_owned()).collect()
}

/// Nothing of an expired batch works, and every card of it waits again.
async fn is_over(cast: &Cast, number: &BatchNumber) {
    let Cast { ctx, clerk, supervisor, .. } = cast;
    let printed = refusal(batches::printed(ctx, clerk, number, "").await);
    assert!(matches!(printed, Refusal::Batch(BatchRefusal::Step { state: BatchState::Expired, .. })), "{printed:?}");
    let sent = refusal(batches::dispatch(ctx, clerk, number, None, "").await);
    assert!(matches!(sent, Refusal::Batch(BatchRefusal::Step { state: BatchState::Expired, .. })), "{sent:?}");
    let queued = queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap();
    assert_eq!(queued.iter().filter(|card| card.state == CardState::Queued).count(), 4);
    assert_eq!(feed::after(ctx, supervisor, 0).await.unwrap().rows.len(), 0, "no password counts");
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
        on_day(&place, &mut cast, (2026, 12, 9)).await;
        assert_eq!(findings(&place, &cast).await, ["print_over"], "no one is told to print what is destroyed");
        // What every reading command does first.
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, std::slice::from_ref(&number));
        assert!(!paper.files[0].exists(), "S4");
        assert_eq!(state(&cast, &number).await, BatchState::Expired);
        is_over(&cast, &number).await;
        let (again, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &again, "").await.unwrap();
        assert_eq!(batches::dispatch(&cast.ctx, &cast.clerk, &again, None, "").await.unwrap().cards, 4);
    });
}

#[test]
fn b16_the_last_day_to_print_counts_whole() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, paper) = exported(&cast).await;
        let last = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().print_by.unwrap();
        cast.ctx.clock = Clock::frozen(last, chrono::NaiveTime::from_hms_opt(23, 59, 0).unwrap());
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, []);
        assert!(paper.files[0].exists());
        batches::printed(&cast.ctx, &cast.clerk, &number, "").await.unwrap();
    });
}

#[test]
fn s4_a_remake_asks_for_the_passphrase_of_the_export() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        batches::approve(ctx, supervisor, &number).await.unwrap();
        let phrase = || Some(Passphrase::new("a very long pass phrase".to_owned()));
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: phrase() };
        let go = |_| ControlFlow::Continue(());
        batches::export(ctx, clerk, &number, options, go).await.unwrap();
        batches::printed(ctx, clerk, &number, "1").await.unwrap();
        let clear = refusal(batches::remake(ctx, clerk, &number, None, go).await);
        assert_eq!(clear, Refusal::Batch(BatchRefusal::NeedsPassphrase(number.clone())));
        let made = batches::remake(ctx, clerk, &number, phrase(), go).await.unwrap();
        assert_eq!(made.serials.len(), 1);
        let files = batches::show(ctx, clerk, &number).await.unwrap().files;
        assert!(files.iter().all(|file| file.encrypted == file.secret), "{files:?}");
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

#[test]
fn b16_a_folder_made_on_another_machine_is_no_evidence() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, paper) = exported(&cast).await;
        let folder = paper.files[0].parent().unwrap();
        let elsewhere = folder.with_extension("elsewhere");
        // Noting the printing on a machine that has no files makes a folder for the letters there.
        std::fs::rename(folder, &elsewhere).unwrap();
        batches::printed(ctx, clerk, &number, "1").await.unwrap();
        let here = folder.with_extension("here");
        std::fs::rename(folder, &here).unwrap();
        let made = batches::remake(ctx, clerk, &number, None, |_| ControlFlow::Continue(())).await.unwrap();
        std::fs::rename(folder, elsewhere.with_extension("2")).unwrap();
        std::fs::rename(&here, folder).unwrap();
        assert!(!made.files[0].exists());
        assert_eq!(batches::recover(ctx).await.unwrap().expired, []);
        // Where it was written, it is missing.
        std::fs::rename(folder, &here).unwrap();
        std::fs::rename(elsewhere.with_extension("2"), folder).unwrap();
        std::fs::remove_file(&made.files[0]).unwrap();
        assert_eq!(batches::recover(ctx).await.unwrap().expired, [number]);
    });
}

#[test]
fn b13_a_remake_is_bound_by_the_approval_of_its_batch() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "1").await.unwrap();
        settings::set(&cast.ctx, &cast.admin, "society.portal_url", "https://other.example.jp/").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        let go = |_| ControlFlow::Continue(());
        let changed = refusal(batches::remake(&cast.ctx, &cast.clerk, &number, None, go).await);
        let Refusal::Batch(BatchRefusal::ChangedSinceApproval(changes)) = changed else { panic!("{changed:?}") };
        assert!(matches!(&changes[..], [ApprovalChange::Setting { key, .. }] if key == "society.portal_url"));
        settings::set(&cast.ctx, &cast.admin, "society.portal_url", "").await.unwrap();
        cast.ctx.refresh().await.unwrap();
        let made = batches::remake(&cast.ctx, &cast.clerk, &number, None, go).await.unwrap();
        assert_eq!(made.serials.len(), 1);
    });
}

#[test]
fn b13_a_remake_on_another_machine_keeps_its_cards() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, paper) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "1,2").await.unwrap();
        assert!(paper.files[0].exists());
        let mut at_work = 0;
        let made = batches::remake(ctx, clerk, &number, None, |_| {
            at_work += 1;
            if at_work == 1 {
                let start = async {
                    // Another machine has no folder of that name.
                    sql(ctx, "UPDATE batch SET folder = folder || '-elsewhere'").await;
                    batches::recover(ctx).await.unwrap();
                    sql(ctx, "UPDATE batch SET folder = REPLACE(folder, '-elsewhere', '')").await;
                };
                tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(start));
            }
            ControlFlow::Continue(())
        })
        .await
        .unwrap();
        assert_eq!(made.serials.len(), 2);
    });
}

/// The text of a paper, without blanks; nothing where poppler is missing.
fn text(files: &[std::path::PathBuf], what: &str) -> Option<String> {
    let file = files.iter().find(|file| file.to_string_lossy().contains(what)).unwrap();
    Some(pages(file, None)?.concat().split_whitespace().collect())
}

fn places(view: &batches::BatchView, state: CardState) -> Vec<&str> {
    let there = view.cards.iter().filter(|card| card.state == state);
    there.filter_map(|card| card.serial.as_deref()?.rsplit('-').next()).collect()
}

#[test]
fn b11_one_of_two_approvals_at_once_counts() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let (one, other) =
            tokio::join!(batches::approve(ctx, supervisor, &number), batches::approve(ctx, supervisor, &number));
        let late = refusal(if one.is_ok() { other } else { one });
        assert!(matches!(late, Refusal::Changed { .. } | Refusal::Batch(BatchRefusal::Step { .. })), "{late:?}");
    });
}

#[test]
fn b12_letters_list_what_came_out_well() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, paper) = exported(&cast).await;
        assert!(paper.files.iter().all(|file| !file.to_string_lossy().contains("letters")));
        let done = batches::printed(ctx, clerk, &number, "2").await.unwrap();
        assert_eq!((done.printed, done.letters.edition, done.letters.cards), (3, 1, 3));
        assert!(done.letters.left_out.is_empty(), "a spoiled card is not to be pulled");
        assert!(done.letters.outdated.iter().any(|file| file.ends_with("summary.pdf")), "{:?}", done.letters);
        assert!(!paper.files[1].exists(), "the summary of the export is gone");
        assert!(paper.files.iter().any(|file| file.exists() && file.ends_with(format!("{number}-ticket.pdf"))));
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert_eq!(view.bundles.iter().map(|bundle| bundle.cards).sum::<i64>(), 3);
        if let Some(letters) = text(&done.letters.files, "letters") {
            assert!(letters.contains(&number.serial(1)) && !letters.contains(&number.serial(2)), "{letters}");
            assert!(letters.contains("第1版"), "{letters}");
        }
        if let Some(summary) = text(&done.letters.files, "summary") {
            let fingerprint = batches::fingerprint(view.batch.approval_digest.as_deref().unwrap()).replace(' ', "");
            assert!(summary.contains(&fingerprint), "B11: what was approved: {summary}");
        }
        // Nothing has changed since: nothing is made again.
        let again = batches::letters(ctx, clerk, &number, "").await.unwrap();
        assert_eq!((again.edition, again.outdated), (1, Vec::new()));
        // A card is pulled: the papers in the parcels would be wrong.
        let early = refusal(batches::dispatch(ctx, clerk, &number, None, "3").await);
        assert!(matches!(early, Refusal::Batch(BatchRefusal::LettersOutdated { .. })), "{early:?}");
        let second = batches::letters(ctx, clerk, &number, "3").await.unwrap();
        assert_eq!((second.edition, second.cards, second.outdated.len()), (2, 2, 7));
        assert_eq!(second.changed.iter().map(|parcel| parcel.before - parcel.cards).sum::<usize>(), 1);
        assert!(done.letters.files.iter().all(|file| !file.exists()) && second.files.iter().all(|file| file.exists()));
        // A card that is spoiled later changes nothing about what was pulled.
        let later = batches::printed(ctx, clerk, &number, "4").await.unwrap().letters;
        assert_eq!((later.edition, later.cards, later.left_out), (3, 1, vec![number.serial(3)]));
        let other = refusal(batches::dispatch(ctx, clerk, &number, None, "").await);
        assert!(matches!(other, Refusal::Batch(BatchRefusal::LettersOutdated { .. })), "{other:?}");
        let sent = batches::dispatch(ctx, clerk, &number, None, "3").await.unwrap();
        assert_eq!((sent.cards, sent.pulled), (1, vec![number.serial(3)]));
    });
}

#[test]
fn b12_an_outdated_paper_that_stays_costs_no_new_file() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, paper) = exported(&cast).await;
        // A folder of that name cannot be removed as a file.
        std::fs::remove_file(&paper.files[1]).unwrap();
        std::fs::create_dir(&paper.files[1]).unwrap();
        let done = batches::printed(ctx, clerk, &number, "2").await.unwrap();
        assert!(done.letters.files.iter().all(|file| file.exists()));
        let made = batches::remake(ctx, clerk, &number, None, |_| ControlFlow::Continue(())).await.unwrap();
        assert!(made.files.iter().all(|file| file.exists()), "the passwords are recorded, and there");
        // The program ended between the two: the next start removes what is outdated.
        std::fs::remove_dir(&paper.files[1]).unwrap();
        std::fs::write(&paper.files[1], "outdated").unwrap();
        batches::recover(ctx).await.unwrap();
        assert!(!paper.files[1].exists());
    });
}

#[test]
fn b13_spoiled_cards_are_made_again_in_their_batch() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let (number, paper) = exported(&cast).await;
        let go = |_| ControlFlow::Continue(());
        assert_eq!(
            refusal(batches::remake(ctx, clerk, &number, None, go).await),
            Refusal::Batch(BatchRefusal::NothingToRemake(number.clone()))
        );
        batches::printed(ctx, clerk, &number, "2,4").await.unwrap();
        let made = batches::remake(ctx, clerk, &number, None, go).await.unwrap();
        assert_eq!((made.run, made.serials.clone()), (2, vec![number.serial(5), number.serial(6)]), "S3");
        assert_ne!(made.files, paper.files);
        let open = refusal(batches::dispatch(ctx, clerk, &number, None, "").await);
        assert_eq!(open, Refusal::Batch(BatchRefusal::RemakeOpen(number.clone())));
        // One of them is spoiled again: printed + spoiled = made, run by run.
        let second = batches::printed(ctx, clerk, &number, "6").await.unwrap();
        assert_eq!((second.printed, second.letters.edition, second.letters.cards), (1, 2, 3));
        let third = batches::remake(ctx, clerk, &number, None, go).await.unwrap();
        assert_eq!((third.run, third.serials), (3, vec![number.serial(7)]));
        batches::printed(ctx, clerk, &number, "").await.unwrap();
        // What was spoiled is not in the pile: another card was meant.
        let wrong = refusal(batches::dispatch(ctx, clerk, &number, None, "2").await);
        assert!(matches!(wrong, Refusal::CardStep { state: CardState::Spoiled, .. }), "{wrong:?}");
        let sent = batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        assert_eq!((sent.cards, sent.pulled.len()), (4, 0));
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert_eq!(places(&view, CardState::Spoiled), ["0002", "0004", "0006"]);
        assert_eq!(places(&view, CardState::Dispatched), ["0001", "0003", "0005", "0007"]);
        assert!(view.files.iter().all(|file| !file.secret || file.destroyed_at.is_some()), "S4");
        assert_eq!(feed::after(ctx, supervisor, 0).await.unwrap().rows.len(), 4);
        assert_eq!(queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap().len(), 0);
    });
}

#[test]
fn b13_a_remake_that_was_given_back_runs_again() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "1,2").await.unwrap();
        let stop = |_| ControlFlow::Break(());
        let go = |_| ControlFlow::Continue(());
        let stopped = batches::remake(&cast.ctx, &cast.clerk, &number, None, stop).await;
        assert_eq!(refusal(stopped), Refusal::Cancelled);
        let made = batches::remake(&cast.ctx, &cast.clerk, &number, None, go).await.unwrap();
        assert_eq!((made.run, made.serials), (2, vec![number.serial(5), number.serial(6)]));
        let view = batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!((places(&view, CardState::Exported), view.left.len()), (vec!["0005", "0006"], 0));
        // A run that expired goes back too; its serials are not given out twice.
        on_day(&place, &mut cast, (2026, 12, 9)).await;
        batches::recover(&cast.ctx).await.unwrap();
        let again = batches::remake(&cast.ctx, &cast.clerk, &number, None, go).await.unwrap();
        assert_eq!((again.run, again.serials), (3, vec![number.serial(7), number.serial(8)]));
    });
}

#[test]
fn b13_a_card_that_would_differ_waits_for_another_batch() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, _) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "1-4").await.unwrap();
        sql(ctx, "UPDATE employer SET address1 = '東京都港区芝公園1-1' WHERE id = 1").await;
        let made = batches::remake(ctx, clerk, &number, None, |_| ControlFlow::Continue(())).await.unwrap();
        assert_eq!((made.serials.len(), made.left.len()), (1, 3));
        assert_eq!(queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap().len(), 3);
    });
}

#[test]
fn b13_a_remake_is_guarded_as_an_export_is() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, _) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "1-4").await.unwrap();
        let go = |_| ControlFlow::Continue(());
        let weak = Some(Passphrase::new("abc".into()));
        let refused = refusal(batches::remake(ctx, clerk, &number, weak, go).await);
        assert!(matches!(refused, Refusal::WeakPassphrase(_)), "{refused:?}");
        let mut unset = ctx.clone();
        unset.settings.society.address.clear();
        let refused = refusal(batches::remake(&unset, clerk, &number, None, go).await);
        assert!(matches!(refused, Refusal::NoSender(_)), "{refused:?}");
        // Other words on the card were not approved.
        let mut other = ctx.clone();
        other.settings.template = "z-fold".into();
        let refused = refusal(batches::remake(&other, clerk, &number, None, go).await);
        assert!(matches!(refused, Refusal::Batch(BatchRefusal::ChangedSinceApproval(_))), "{refused:?}");
        assert_eq!(queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap().len(), 4, "nothing was lost");
        assert_eq!(batches::remake(ctx, clerk, &number, None, go).await.unwrap().serials.len(), 4);
    });
}

#[test]
fn b13_b16_a_remake_not_printed_in_time_goes_back() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let (number, _) = exported(&cast).await;
        batches::printed(&cast.ctx, &cast.clerk, &number, "1").await.unwrap();
        batches::remake(&cast.ctx, &cast.clerk, &number, None, |_| ControlFlow::Continue(())).await.unwrap();
        on_day(&place, &mut cast, (2026, 12, 9)).await;
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().expired, std::slice::from_ref(&number));
        assert_eq!(state(&cast, &number).await, BatchState::Printed);
        assert_eq!(queue::list(&cast.ctx, &cast.clerk, &QueueFilter::default()).await.unwrap().len(), 1);
        assert_eq!(batches::dispatch(&cast.ctx, &cast.clerk, &number, None, "").await.unwrap().cards, 3);
    });
}

#[test]
fn b6_spoiled_cards_are_added_until_the_dispatch() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, _) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "1").await.unwrap();
        let nothing = refusal(batches::printed(ctx, clerk, &number, "").await);
        assert!(matches!(nothing, Refusal::Batch(BatchRefusal::Step { .. })), "{nothing:?}");
        let more = batches::printed(ctx, clerk, &number, "3").await.unwrap();
        assert_eq!((more.printed, more.reissued, more.letters.cards), (0, 1, 2));
        // S3: its password is gone, so it is not taken back.
        let twice = refusal(batches::printed(ctx, clerk, &number, "1").await);
        assert!(matches!(twice, Refusal::CardStep { state: CardState::Spoiled, .. }), "{twice:?}");
        assert_eq!(batches::dispatch(ctx, clerk, &number, None, "").await.unwrap().cards, 2);
        assert!(matches!(
            refusal(batches::printed(ctx, clerk, &number, "2").await),
            Refusal::Batch(BatchRefusal::Step { .. })
        ));
    });
}

#[test]
fn b15_undelivered_cards_are_listed_until_they_come_back() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, _) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "").await.unwrap();
        batches::dispatch(ctx, clerk, &number, None, "").await.unwrap();
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        let card = view.cards.iter().find(|card| card.employer.as_deref() == Some("260")).unwrap();
        let serial = card.serial.clone().unwrap();
        let place = serial.rsplit('-').next().unwrap().to_owned();
        let gone = |serial: &str| vec![Undelivered { serials: serial.into(), reason: UndeliveredReason::Left }];
        let wrong = batches::receipt(ctx, clerk, &number, "107", ReceiptDay::Came(None), &gone(&place)).await;
        assert_eq!(refusal(wrong), Refusal::Batch(BatchRefusal::OtherParcel(serial.clone())), "not in that parcel");
        let none = batches::receipt(ctx, clerk, &number, "999", ReceiptDay::Came(None), &[]).await;
        let no_parcel = BatchRefusal::NoParcel { batch: number.clone(), employer: "999".into() };
        assert_eq!(refusal(none), Refusal::Batch(no_parcel), "it has no card in this batch");
        let noted = batches::receipt(ctx, clerk, &number, "260", ReceiptDay::Came(None), &gone(&place)).await.unwrap();
        assert_eq!(noted, std::slice::from_ref(&serial));
        let (late, him) = (Topic::CardNotArrived, key(&card.key.to_string().replace('-', " ")));
        let told = diagnosis::diagnose(ctx, clerk, late, &him, Caller::default()).await.unwrap();
        assert_eq!(told.diagnosis.case, Case::UndeliveredUntil, "with the day of the promise");
        let expected = batches::expected_back(ctx, clerk).await.unwrap();
        assert_eq!((expected.len(), &expected[0].serial, expected[0].reason), (1, &serial, UndeliveredReason::Left));
        assert_eq!(home::home(ctx, clerk).await.unwrap().expected_back, 1);
        assert_eq!(batches::all_receipts(ctx, clerk, &number, None).await.unwrap(), ["107"]);
        batches::returned(ctx, clerk, &serial, batches::ReturnFacts::default()).await.unwrap();
        assert!(batches::expected_back(ctx, clerk).await.unwrap().is_empty());
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        let bundle = view.bundles.iter().find(|bundle| bundle.employer == "260").unwrap();
        assert_eq!((bundle.undelivered, bundle.expected_back), (1, 0));
        let again = refusal(batches::receipt(ctx, clerk, &number, "260", ReceiptDay::Came(None), &gone(&place)).await);
        assert!(matches!(again, Refusal::Batch(BatchRefusal::NotOutThere { .. })), "{again:?}");
    });
}

#[test]
fn b17_a_draft_that_was_sent_back_is_answered_first() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let clerks = refusal(batches::send_back(ctx, clerk, &number, &why("x")).await);
        assert!(matches!(clerks, Refusal::Role { .. }), "{clerks:?}");
        batches::send_back(ctx, supervisor, &number, &why("107は別便で")).await.unwrap();
        let back = home::home(ctx, clerk).await.unwrap().sent_back;
        assert_eq!((back.len(), back[0].reason.as_str()), (1, "107は別便で"));
        let blocked = refusal(batches::approve(ctx, supervisor, &number).await);
        assert!(matches!(blocked, Refusal::Batch(BatchRefusal::SentBack(_))), "{blocked:?}");
        // The approver's own remark is no answer.
        batches::comment(ctx, supervisor, &number, "お願いします").await.unwrap();
        assert!(matches!(
            refusal(batches::approve(ctx, supervisor, &number).await),
            Refusal::Batch(BatchRefusal::SentBack(_))
        ));
        let version = async || batches::show(ctx, clerk, &number).await.unwrap().batch.version;
        let before = version().await;
        batches::comment(ctx, clerk, &number, "同じ便で問題ありません").await.unwrap();
        assert_eq!(version().await, before, "a step that is under way goes on");
        assert!(home::home(ctx, clerk).await.unwrap().sent_back.is_empty());
        // Sent back again, and changed: a card leaves the draft.
        batches::send_back(ctx, supervisor, &number, &why("1枚外してください")).await.unwrap();
        let card = batches::show(ctx, clerk, &number).await.unwrap().cards[0].id;
        cards::hold(ctx, clerk, card, &why("別便")).await.unwrap();
        batches::approve(ctx, supervisor, &number).await.unwrap();
        let told = batches::show(ctx, clerk, &number).await.unwrap().comments;
        assert_eq!(told.iter().map(|comment| comment.text.as_str()).collect::<Vec<_>>().len(), 4);
        let late = refusal(batches::send_back(ctx, supervisor, &number, &why("x")).await);
        assert!(matches!(late, Refusal::Batch(BatchRefusal::OutOfPlace { .. })), "{late:?}");
    });
}

#[test]
fn cards_of_an_employer_are_held_and_released_together() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let held = employer_cards::each(ctx, clerk, "260", EmployerStep::Hold(&why("確認中"))).await.unwrap();
        assert_eq!((held.done.len(), held.refused.len()), (3, 0));
        let count = async |state| {
            let all = queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap();
            all.iter().filter(|card| card.state == state).count()
        };
        assert_eq!((count(CardState::Held).await, count(CardState::Queued).await), (3, 1));
        let clerks = refusal(employer_cards::each(ctx, clerk, "260", EmployerStep::Release).await);
        assert!(matches!(clerks, Refusal::Role { .. }), "{clerks:?}");
        employer_cards::each(ctx, supervisor, "260", EmployerStep::Release).await.unwrap();
        assert_eq!(count(CardState::Queued).await, 4);
    });
}

#[test]
fn b13_list_and_review_count_the_pile_after_a_remake() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, .. } = &cast;
        let (number, _) = exported(&cast).await;
        batches::printed(ctx, clerk, &number, "2").await.unwrap();
        batches::remake(ctx, clerk, &number, None, |_| ControlFlow::Continue(())).await.unwrap();
        let view = batches::show(ctx, clerk, &number).await.unwrap();
        assert_eq!(view.cards.len(), 5);
        let line = batches::list(ctx, clerk, 1).await.unwrap().remove(0);
        assert_eq!(line.viewing + line.login, 4, "the spoiled one is none of the pile");
        let review = view.review.unwrap();
        assert_eq!(review.kinds.values().sum::<u64>(), 4);
        assert!(review.twice.is_empty(), "B11: a spoiled card and the one in its place are no two: {:?}", review.twice);
        assert!(review.by_drafter.is_empty(), "who records what was spoiled asks for nothing: {:?}", review.by_drafter);
        assert!(review.asked_by.keys().all(|asker| !asker.is_staff(&clerk.id)), "{:?}", review.asked_by);
    });
}

#[test]
fn p1_a_caller_hears_the_day_of_the_first_card_of_a_wait() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        let asked = asked_on(&cast).await;
        let (number, _) = exported(&cast).await;
        on_day(&place, &mut cast, (2026, 11, 26)).await;
        let Cast { ctx, clerk, .. } = &cast;
        batches::printed(ctx, clerk, &number, "1-4").await.unwrap();
        assert_eq!(asked_on(&cast).await, asked, "spoiled and asked for again");
    });
}

/// The day on which the phone says that the viewing card of 260-1 was asked for.
async fn asked_on(cast: &Cast) -> chrono::NaiveDate {
    let (ctx, topic, who) = (&cast.ctx, Topic::CardNotArrived, key("260 1"));
    let found = diagnosis::diagnose(ctx, &cast.clerk, topic, &who, Caller::default()).await.unwrap().diagnosis.findings;
    let day = found.iter().flat_map(|it| &it.values).find_map(|(slot, value)| match (slot, value) {
        (Slot::AskedOn, SlotValue::Day(day)) => Some(*day),
        _ => None,
    });
    day.unwrap_or_else(|| panic!("{found:?}"))
}

#[test]
fn what_is_no_step_of_a_batch_is_refused_by_its_own_name() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let act = |refused: Refusal| match refused {
            Refusal::Batch(BatchRefusal::OutOfPlace { act, .. }) => act,
            other => panic!("{other:?}"),
        };
        let (number, _) = exported(&cast).await;
        let preview = refusal(batches::preview(ctx, clerk, &number).await.map(drop));
        assert_eq!(act(preview), BatchAct::Preview);
        assert_eq!(act(refusal(batches::letters(ctx, clerk, &number, "").await)), BatchAct::Letters);
        let receipt = batches::receipt(ctx, clerk, &number, "104", ReceiptDay::Came(None), &[]).await;
        assert_eq!(act(refusal(receipt)), BatchAct::Receipt);
        let back = batches::send_back(ctx, supervisor, &number, &why("理由")).await;
        assert_eq!(act(refusal(back)), BatchAct::SendBack);
        let nowhere = QueueFilter { employer: Some("ZZZ".into()), ..QueueFilter::default() };
        let unknown = refusal(batches::draft(ctx, clerk, &nowhere, None).await);
        assert_eq!(unknown, Refusal::EmployerUnknown("ZZZ".into()));
    });
}

#[test]
fn what_is_not_there_is_named_and_not_counted_as_nothing() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, clerk, supervisor, admin, .. } = &cast;
        let unknown = BatchNumber::parse("B20991124-001").unwrap();
        let none = refusal(batches::all_receipts(ctx, clerk, &unknown, None).await);
        assert_eq!(none, Refusal::Batch(BatchRefusal::Unknown(unknown.to_string())));
        let (number, _) = exported(&cast).await;
        let early = refusal(batches::all_receipts(ctx, clerk, &number, None).await);
        assert!(matches!(early, Refusal::Batch(BatchRefusal::OutOfPlace { act: BatchAct::Receipt, .. })), "{early:?}");
        let employer = refusal(employer_cards::each(ctx, supervisor, "888", EmployerStep::Release).await);
        assert_eq!(employer, Refusal::EmployerUnknown("888".to_owned()));
        let role = refusal(employer_cards::each(ctx, admin, "260", EmployerStep::Release).await);
        assert!(matches!(role, Refusal::Role { .. }), "{role:?}");
    });
}

//! The credential feed as a portal reads it, written by the real program: complete, ascending, resumable, and the same
//! bytes for the same range.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::{Society, code};
use crate::common::fixtures::{self, close_ended, event, key, lose};
use crate::common::on_each_engine;
use crate::common::portal::{Portal, Row, read};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{CardKind, WebDisplay};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::{batches, feed};

#[test]
fn v1_v2_l2_a9_b10_replayed_feed_accepts_what_the_console_shows() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        let cast = &society.cast;
        assert!(event(cast, "300 1", EventKind::Registered, WebDisplay::NotWanted).await);
        for n in 2..=6 {
            fixtures::register(cast, &[&format!("300 {n}")]).await;
        }
        fixtures::ask_login(cast, "300 1").await.unwrap();
        let batch = society.printed(6).await;
        assert!(
            rows(&society).is_empty(),
            "V1, L2: nothing counts before the dispatch, asked for, exported or printed"
        );
        let early = society.run("sato", &["batch", "dispatch", batch.as_str(), "--on", "2026-11-25"]);
        assert_eq!(code(&early), "bad_day", "V5: never for a day to come");
        society.done("sato", &["batch", "dispatch", batch.as_str()]);
        let login = |row: &&Row| row.kind == Some(CardKind::Login);
        assert_eq!(rows(&society).iter().filter(login).map(|row| row.must_change).collect::<Vec<_>>(), [true], "L3");

        cards::ask_viewing(&cast.ctx, &cast.clerk, &key("300 2"), Confirmation::Confirmed).await.unwrap();
        let view = batches::show(&cast.ctx, &cast.clerk, &batch).await.unwrap();
        let serial =
            |number: &str| view.cards.iter().find(|card| card.key.number == number).unwrap().serial.clone().unwrap();
        society.done("sato", &["batch", "returned", &serial("3")]);
        assert!(event(cast, "300 4", EventKind::WebDisplayOff, WebDisplay::NotWanted).await);
        let later = cast.ctx.clock.now() + chrono::TimeDelta::hours(13);
        assert!(fixtures::event_at(cast, "300 5", EventKind::ViewingChanged, WebDisplay::Wanted, later).await);
        lose(cast, "300 1").await.unwrap();
        close_ended(cast).await;
        society.books_are_right().await;

        let told = rows(&society);
        let stored = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
        assert_eq!(told, stored.iter().map(Row::from).collect::<Vec<_>>());
        let accepted: Vec<_> = Portal::replay(&told).accepts.into_keys().map(|(who, _)| who).collect();
        assert_eq!(
            accepted,
            ["300-5-00", "300-6-00"],
            "2 reissued, 3 returned, 4 switched off, 1 closed with its login"
        );
        the_same_bytes_from_anywhere(&society, told.len());
    });
}

fn rows(society: &Society) -> Vec<Row> {
    read(&fed(society, 0))
}

/// The file that the portal gets.
fn fed(society: &Society, after: usize) -> Vec<u8> {
    let file = society.place.folder.path().join("feed.csv");
    society.done("suzuki", &["feed", "--after", &after.to_string(), "--out", file.to_str().unwrap(), "--replace"]);
    std::fs::read(file).unwrap()
}

fn the_same_bytes_from_anywhere(society: &Society, last: usize) {
    let whole = fed(society, 0);
    assert_eq!(fed(society, 0), whole);
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    assert_eq!(lines.len(), last + 1);
    for after in 0..=last + 1 {
        let expected = [lines[0]].into_iter().chain(lines.iter().skip(after + 1).copied()).collect::<Vec<_>>().concat();
        assert_eq!(fed(society, after), expected, "after {after}");
    }
    let told: serde_json::Value = serde_json::from_slice(&society.run("suzuki", &["feed"]).stdout).unwrap();
    assert_eq!(told["rows"].as_array().unwrap().len(), last, "with --json one document, as everywhere");
}

/// Registers, dispatches and ends passwords of 300-1 to 300-6.
async fn a_history(society: &Society) {
    let cast = &society.cast;
    for n in 1..=6 {
        fixtures::register(cast, &[&format!("300 {n}")]).await;
    }
    let batch = society.printed(6).await;
    society.done("sato", &["batch", "dispatch", batch.as_str()]);
    cards::ask_viewing(&cast.ctx, &cast.clerk, &key("300 2"), Confirmation::Confirmed).await.unwrap();
    assert!(event(cast, "300 4", EventKind::WebDisplayOff, WebDisplay::NotWanted).await);
    lose(cast, "300 1").await.unwrap();
    close_ended(cast).await;
}

#[test]
fn reading_the_feed_acknowledges_nothing_and_ack_does() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        a_history(&society).await;
        let acknowledged = || society.done("suzuki", &["feed", "status"])["acknowledged"].as_i64().unwrap();
        let last = i64::try_from(rows(&society).len()).unwrap();
        assert_eq!((acknowledged(), last), (0, 9));
        assert_eq!(code(&society.run("suzuki", &["feed", "ack", "10"])), "feed_beyond");
        assert_eq!(code(&society.run("sato", &["feed", "ack", "1"])), "role", "a clerk may not");
        assert_eq!(society.done("suzuki", &["feed", "ack", "4"])["acknowledged"], 4);
        assert_eq!(code(&society.run("suzuki", &["feed", "ack", "3"])), "feed_backwards");
        society.done("suzuki", &["feed", "ack", "4"]);
        assert_eq!(acknowledged(), 4);
        society.books_are_right().await;
    });
}

/// H4: what is redacted has been ended by a later row, so that the rest gives the same state.
#[test]
fn h4_a_portal_built_up_from_redacted_rows_accepts_the_same() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        a_history(&society).await;
        let before = rows(&society);
        for seq in 0..=before.len() {
            society.done("suzuki", &["feed", "ack", &seq.to_string()]);
            let now = rows(&society);
            assert_eq!(Portal::replay(&now).accepts, Portal::replay(&before).accepts, "acknowledged {seq}");
            for (old, new) in before.iter().zip(&now) {
                assert!(old == new || (new.seq <= i64::try_from(seq).unwrap() && new.hash.is_none()), "{new:?}");
            }
        }
        let open = rows(&society).into_iter().filter(|row| row.hash.is_some() || row.login_id.is_some());
        let mut whose: Vec<_> = open.map(|row| row.member).collect();
        whose.sort();
        assert_eq!(whose, ["300-3-00", "300-5-00", "300-6-00"], "only what still counts");
    });
}

/// The portal has read what was written after the backup.
#[test]
fn restore_goes_on_behind_the_portal_in_another_epoch() {
    crate::common::on_each_engine(|place| async move {
        if place.name != "sqlite" {
            return;
        }
        let society = Society::new(place).await;
        let folder = society.place.folder.path().to_owned();
        fixtures::register(&society.cast, &["300 1", "300 2"]).await;
        let batch = society.printed(1).await;
        society.done("sato", &["batch", "dispatch", batch.as_str()]);
        society.done("admin", &["feed", "ack", "1"]);
        society.done("admin", &["backup", "b"]);
        let lost = society.printed(1).await;
        society.done("sato", &["batch", "dispatch", lost.as_str()]);
        assert_eq!(rows(&society).len(), 2);

        let there = |args: &[&str]| {
            let mut command = society.command("admin", args);
            command.env("MYKEMPO_DB", folder.join("new.db")).output().unwrap()
        };
        assert_eq!(code(&there(&["restore", "b"])), "portal_position_needed");
        assert_eq!(code(&there(&["restore", "b", "--portal-at", "0"])), "feed_backwards");
        assert!(!folder.join("new.db").exists());
        let restored: serde_json::Value =
            serde_json::from_slice(&there(&["restore", "b", "--portal-at", "2"]).stdout).unwrap();
        assert_eq!((&restored["feed"], &restored["portal_at"], &restored["epoch"]), (&1.into(), &2.into(), &3.into()));

        let mut cast = society.cast;
        let url = mykempo_console::store::DbUrl::Sqlite(folder.join("new.db"));
        let clock = cast.ctx.clock;
        cast.ctx = mykempo_console::usecases::AppContext::open(&url, clock, "test".into()).await.unwrap();
        cast.db = mykempo_console::store::Db::open(&url).await.unwrap();
        lose(&cast, "300 1").await.unwrap();
        close_ended(&cast).await;
        let part = feed::after(&cast.ctx, &cast.admin, 2).await.unwrap();
        assert_eq!((part.epoch, part.last, part.rows.len()), (3, 3, 1), "3 was never given out before");
        assert_eq!(part.file_name(), "feed-3-2-3.csv");
        let filter = mykempo_console::usecases::queue::QueueFilter::default();
        let next = batches::draft(&cast.ctx, &cast.clerk, &filter, None).await.unwrap().batch;
        assert_ne!(next, lost, "nor is a serial");
        assert!(next.as_str() > lost.as_str(), "{next}");
    });
}

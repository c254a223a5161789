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
        for n in 1..=6 {
            fixtures::register(cast, &[&format!("300 {n}")]).await;
        }
        cards::ask_login(&cast.ctx, &cast.clerk, &key("300 1")).await.unwrap();
        let batch = society.printed(7).await;
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
        assert!(event(cast, "300 5", EventKind::ViewingChanged, WebDisplay::Wanted).await);
        lose(cast, "300 1").await.unwrap();
        close_ended(cast).await;
        society.books_are_right().await;

        let told = rows(&society);
        let stored = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap();
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

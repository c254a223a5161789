//! Eight people at eight terminals work on one database at once, each command a process of its own: they ask, hold,
//! release, cancel, reissue, import, draft, approve, export, print, dispatch, acknowledge and look up. No card is lost
//! or drafted twice, nobody's change is overwritten, and whoever comes second is told so in words.
//!
//! `MYKEMPO_COMMANDS=60` sets how many commands each of them gives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::{Dice, Society, code};
use crate::common::{fixtures, places};
use mykempo_console::domain::CardState;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

const PEOPLE: u64 = 8;

/// What a person may hear when somebody else was faster, or when the thing asked for makes no sense now.
const CLEAR: &[&str] = &[
    "all_held",
    "already_queued",
    "batch_state",
    "card_state",
    "card_unknown",
    "changed",
    "database_busy",
    "display_off",
    "feed_backwards",
    "feed_beyond",
    "four_eyes",
    "import_overtaken",
    "just_drafted",
    "must_pull",
    "no_account",
    "no_route",
    "nothing_to_draft",
    "recovered",
    "request_state",
    "too_close",
];

/// What one person did and heard.
#[derive(Debug, Default)]
struct Day {
    done: usize,
    refused: BTreeMap<String, usize>,
    slowest: u128,
    asked: Vec<i64>,
    cancelled: Vec<i64>,
    drafted: u64,
    undrafted: u64,
}

#[test]
fn b1_eight_processes_at_once_lose_no_card_and_overwrite_nobody() {
    let commands = std::env::var("MYKEMPO_COMMANDS").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    for place in places() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let name = place.name;
        let society = runtime.block_on(Society::registered(place));
        let receipts = runtime.block_on(verified_requests(&society));
        let started = Instant::now();
        let days: Vec<Day> = std::thread::scope(|scope| {
            let people: Vec<_> = (0..PEOPLE)
                .map(|who| {
                    scope.spawn({
                        let (society, receipts) = (&society, &receipts);
                        move || day(society, receipts, who, commands)
                    })
                })
                .collect();
            people.into_iter().map(|person| person.join().unwrap()).collect()
        });
        let span = started.elapsed();
        runtime.block_on(settle(&society, &days));
        let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
        for (code, count) in days.iter().flat_map(|day| &day.refused) {
            *refused.entry(code).or_default() += count;
        }
        let done: usize = days.iter().map(|day| day.done).sum();
        let slowest = days.iter().map(|day| day.slowest).max().unwrap();
        println!(
            "on {name}: {} commands in {} s, the slowest {slowest} ms; {done} done, refused: {refused:?}",
            PEOPLE as usize * commands,
            span.as_secs()
        );
        let turned_away = refused.get("database_busy").copied().unwrap_or(0);
        assert!(turned_away * 10 <= PEOPLE as usize * commands, "people wait their turn, they are not turned away");
        for code in refused.keys() {
            assert!(CLEAR.contains(code), "{code}");
        }
    }
}

/// One for each member, so that login notices can be asked for (L7).
async fn verified_requests(society: &Society) -> Vec<String> {
    let mut receipts = Vec::new();
    for member in 1..=40 {
        receipts.push(fixtures::verified_request(&society.cast, &format!("300 {member}")).await.unwrap());
    }
    receipts
}

fn day(society: &Society, receipts: &[String], who: u64, commands: usize) -> Day {
    let mut dice = Dice::of(who);
    let mut day = Day::default();
    for nth in 0..commands {
        one(society, receipts, who, nth, &mut dice, &mut day);
    }
    day
}

/// One command, chosen by dice.
fn one(society: &Society, receipts: &[String], who: u64, nth: usize, dice: &mut Dice, day: &mut Day) {
    let (card, nth_member) = (1 + dice.below(60), dice.below(40));
    let member = (1 + nth_member).to_string();
    let card_id = card.to_string();
    let batch = format!("B20261124-{:03}", 1 + dice.below(8));
    let limit = (1 + dice.below(4)).to_string();
    match dice.below(17) {
        0 | 1 => {
            if let Some(answer) = give(society, "sato", &["batch", "draft", "--limit", &limit], day) {
                day.drafted += answer["cards"].as_u64().unwrap();
            }
        }
        2 => drop(give(society, "sato", &["queue", "hold", &card_id, "--reason", "電話待ち"], day)),
        3 => drop(give(society, "suzuki", &["queue", "release", &card_id], day)),
        4 => {
            if give(society, "sato", &["queue", "cancel", &card_id], day).is_some() {
                day.cancelled.push(card as i64);
            }
        }
        5 | 6 => {
            let asked = match dice.below(2) {
                0 => vec!["queue", "add", "viewing", "300", &member, "--confirm"],
                _ => vec!["queue", "add", "login", "300", &member, "--request", &receipts[nth_member]],
            };
            if let Some(answer) = give(society, "sato", &asked, day) {
                day.asked.push(answer["card"].as_i64().unwrap());
            }
        }
        7 => {
            let seq = 1000 + who * 1000 + nth as u64;
            let file = society.place.folder.path().join(format!("events-{seq}.csv"));
            let kinds = ["viewing_reissue", "viewing_changed", "logged_in"];
            let (kind, login) = (kinds[dice.below(3)], format!("login{}", 1000 + member.parse::<usize>().unwrap()));
            let head = "連番,発生日時,種別,記号,番号,枝番,ログインID,メールアドレス,Web表示";
            let row = format!("{seq},2026-11-24 09:00:00,{kind},300,{member},00,{login},m@example.jp,希望する");
            std::fs::write(&file, format!("{head}\r\n{row}\r\n")).unwrap();
            drop(give(society, "admin", &["import", "portal-events", file.to_str().unwrap()], day));
        }
        8 => drop(give(society, "sato", &["member", "find", "300"], day)),
        9 => drop(give(society, "sato", &["member", "show", "300", &member], day)),
        10 | 11 => drop(give(society, "suzuki", &["batch", "approve", &batch], day)),
        12 => drop(give(society, "sato", &["batch", "export", &batch, "--dispatch-date", "2026-11-24"], day)),
        13 => drop(give(society, "sato", &["batch", "printed", &batch], day)),
        14 => drop(give(society, "sato", &["batch", "dispatch", &batch], day)),
        15 => drop(give(society, "suzuki", &["feed", "ack", &dice.below(4).to_string()], day)),
        _ => {
            if let Some(answer) = give(society, "sato", &["batch", "cancel", &batch], day) {
                day.undrafted += answer["back_in_queue"].as_u64().unwrap();
            }
        }
    }
}

/// The answer, or the code of the refusal is noted. A batch that is not there yet is nothing to speak of.
fn give(society: &Society, staff: &str, args: &[&str], day: &mut Day) -> Option<Value> {
    let started = Instant::now();
    let output = society.run(staff, args);
    day.slowest = day.slowest.max(started.elapsed().as_millis());
    // 6: an import with rejected rows.
    if matches!(output.status.code(), Some(0 | 6)) {
        day.done += 1;
        return Some(serde_json::from_slice(&output.stdout).unwrap());
    }
    assert_ne!(output.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let code = code(&output);
    let words = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert!(
        !["sqlite", "sqlx", "locked", "constraint", "deadlock"].iter().any(|raw| words.contains(raw)),
        "{args:?}: {words}"
    );
    if code != "batch_unknown" {
        *day.refused.entry(code).or_default() += 1;
    }
    None
}

/// Every answer that somebody got is still true.
async fn settle(society: &Society, days: &[Day]) {
    let now = society.books_are_right().await;
    let asked: Vec<i64> = days.iter().flat_map(|day| day.asked.clone()).collect();
    let each: BTreeSet<i64> = asked.iter().copied().collect();
    assert_eq!(asked.len(), each.len(), "two people were given the same card");
    assert!(each.iter().all(|id| now.cards.iter().any(|card| card.id == *id)));
    for id in days.iter().flat_map(|day| &day.cancelled) {
        let card = now.cards.iter().find(|card| card.id == *id).unwrap();
        assert_eq!(card.state(), CardState::Cancelled, "somebody cancelled {id}");
    }
    // B1: as often as the answers say, a card was taken into a batch; the log says the same, card for card.
    let log = society.done("admin", &["audit", "export"]);
    let drafts = log["entries"].as_array().unwrap().iter().filter(|entry| entry["action"] == "batch_drafted");
    let count = |entry: &serde_json::Value| {
        let facts: serde_json::Value = serde_json::from_str(entry["detail"].as_str().unwrap()).unwrap();
        let ranges: Vec<(u64, u64)> = serde_json::from_value(facts["cards"].clone()).unwrap();
        ranges.into_iter().map(|(first, last)| last - first + 1).sum::<u64>()
    };
    let logged: u64 = drafts.map(count).sum();
    assert_eq!(days.iter().map(|day| day.drafted).sum::<u64>(), logged);
    let in_batches = now.cards.iter().filter(|card| card.batch_id.is_some()).count() as u64;
    assert!(in_batches + days.iter().map(|day| day.undrafted).sum::<u64>() <= logged);
}

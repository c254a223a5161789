//! `kill -9` of the real program at random moments, and at each of its writes, on both engines. After each the next
//! command must put everything right, and the books must agree.
//!
//! A few rounds by default; `MYKEMPO_KILLS=200 cargo test --test integration kill_loop -- --nocapture` for a long night. What the
//! rounds hit is printed at the end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::clerks::{Dice, Society, hidden};
use crate::common::checks::{self, Snapshot};
use crate::common::{paper, places};
use mykempo_console::domain::{BatchNumber, BatchState, CardState};
use mykempo_console::secrets;
use mykempo_console::usecases::{audit_verify, batches, feed};
use std::collections::BTreeMap;
use std::process::Child;
use std::time::{Duration, Instant};

fn rounds() -> usize {
    std::env::var("MYKEMPO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Where a kill found its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    BeforeAnyChange,
    WithHiddenFiles,
    RecordedButFilesHidden,
    DispatchedButPdfThere,
    DoneButStillRunning,
    AlreadyEnded,
}

/// What a night brought.
#[derive(Debug, Default)]
struct Night {
    hits: BTreeMap<(&'static str, Hit), usize>,
    /// Passwords on paper by serial, as poppler read them.
    paper: BTreeMap<String, String>,
    verified: usize,
}

#[test]
fn b5_b8_kill_at_any_moment_loses_nothing_activates_nothing() {
    for place in places() {
        let name = place.name;
        let started = Instant::now();
        let night = runtime().block_on(whole_night(place));
        println!(
            "on {name}: {} rounds in {} s, {} passwords verified",
            rounds(),
            started.elapsed().as_secs(),
            night.verified
        );
        for ((what, hit), count) in &night.hits {
            println!("  {what:<9} {hit:?}: {count}");
        }
    }
}

async fn whole_night(place: crate::common::Place) -> Night {
    let society = Society::registered(place).await;
    let mut dice = Dice::new();
    let mut night = Night::default();
    let mut spans: BTreeMap<&str, Duration> = BTreeMap::new();
    let mut round = 0;
    while round < rounds() {
        let batch = live_batch(&society, &mut dice).await;
        let (what, args) = next_step(&society, &batch, &mut dice).await;
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        // Some are left alone, so that batches come to their dispatch; they say how long the others may take.
        let alone = match what {
            "export" => dice.below(3) == 0,
            "dispatch" => dice.below(8) == 0,
            _ => dice.below(4) != 0,
        };
        if alone || !spans.contains_key(what) {
            let started = Instant::now();
            society.done("sato", &args);
            let span = spans.entry(what).or_insert(Duration::ZERO);
            *span = started.elapsed().max(*span);
            read_paper(&society, &batch, &society.now().await, &mut night).await;
            continue;
        }
        let before = society.now().await;
        let mut child = society.command("sato", &args).spawn().unwrap();
        wait(&society, &batch, what, spans[what], &mut dice, &mut child);
        child.kill().unwrap();
        let ended = child.wait().unwrap().success();
        let hit = if ended { Hit::AlreadyEnded } else { what_was_hit(&society, &batch, &before).await };
        *night.hits.entry((what, hit)).or_default() += 1;
        // Killed prints and cancels come on top.
        round += usize::from(matches!(what, "export" | "dispatch"));

        society.done("suzuki", &["batch", "list"]);
        assert!(hidden(&society.exports()).is_empty(), "round {round}");
        let after = society.now().await;
        checks::every_step_is_in_the_tables(&before, &after);
        if round % 8 == 0 {
            society.books_are_right().await;
        }
        read_paper(&society, &batch, &after, &mut night).await;
    }
    finish(&society).await;
    account(&society, &mut night).await;
    night
}

/// A batch that can take its next step; a new one where there are too few.
async fn live_batch(society: &Society, dice: &mut Dice) -> BatchNumber {
    let now = society.now().await;
    let live: Vec<_> =
        now.batches.iter().filter(|b| !matches!(b.state(), BatchState::Dispatched | BatchState::Cancelled)).collect();
    if live.len() < 2 { society.approved(2 + dice.below(5)).await } else { live[dice.below(live.len())].number.clone() }
}

/// The command of its next step.
async fn next_step(society: &Society, batch: &BatchNumber, dice: &mut Dice) -> (&'static str, Vec<String>) {
    let args = |args: &[&str]| args.iter().map(|&arg| arg.to_owned()).collect();
    match society.state(batch).await {
        BatchState::Approved => ("export", args(&["batch", "export", batch.as_str(), "--dispatch-date", "2026-11-24"])),
        BatchState::Exported if dice.below(6) == 0 => ("cancel", args(&["batch", "cancel", batch.as_str()])),
        BatchState::Exported => {
            let spoiled = if dice.below(4) == 0 { "1" } else { "" };
            ("printed", args(&["batch", "printed", batch.as_str(), "--spoiled", spoiled]))
        }
        BatchState::Printed => {
            let Society { cast, .. } = society;
            let gate = batches::gate(&cast.ctx, &cast.clerk, batch).await.unwrap();
            let pulled: Vec<_> = gate.into_iter().map(|card| card.serial).collect();
            // B12: what is pulled since the print is not in the letters.
            if !pulled.is_empty() {
                society.done("sato", &["batch", "letters", batch.as_str(), "--pulled", &pulled.join(",")]);
            }
            ("dispatch", args(&["batch", "dispatch", batch.as_str(), "--pulled", &pulled.join(",")]))
        }
        state => panic!("{batch} is {state:?}"),
    }
}

/// Until a random moment of the command. Every second export is watched, and let go on a little after its first file.
fn wait(society: &Society, batch: &BatchNumber, what: &str, span: Duration, dice: &mut Dice, child: &mut Child) {
    let started = Instant::now();
    let folder = society.folder(batch);
    let mut moment = started + span.mul_f64(dice.below(1150) as f64 / 1000.0);
    if what == "export" && dice.below(2) == 0 {
        while hidden(&folder).is_empty() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        moment = Instant::now() + Duration::from_micros(dice.below(100_000) as u64);
    }
    while Instant::now() < moment && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// What the killed command had come to, seen before anything is put right.
async fn what_was_hit(society: &Society, batch: &BatchNumber, before: &Snapshot) -> Hit {
    let hidden = !hidden(&society.folder(batch)).is_empty();
    let state = |now: &Snapshot| now.batches.iter().find(|b| b.number == *batch).unwrap().state();
    let now = society.now().await;
    let pdf = society.folder(batch).join(format!("{batch}-01.pdf")).exists();
    match (state(before) != state(&now), hidden) {
        (false, false) => Hit::BeforeAnyChange,
        (false, true) => Hit::WithHiddenFiles,
        (true, true) => Hit::RecordedButFilesHidden,
        (true, false) if pdf && matches!(state(&now), BatchState::Dispatched | BatchState::Cancelled) => {
            Hit::DispatchedButPdfThere
        }
        (true, false) => Hit::DoneButStillRunning,
    }
}

/// V1: a PDF's passwords are those of the cards, and the portal has not heard of them.
async fn read_paper(society: &Society, batch: &BatchNumber, now: &Snapshot, night: &mut Night) {
    let first = batch.serial(1);
    let pdf = society.folder(batch).join(format!("{batch}-01.pdf"));
    let is_exported =
        |b: &&mykempo_console::store::batch::Batch| b.number == *batch && b.state() == BatchState::Exported;
    if night.paper.contains_key(&first) || !now.batches.iter().any(|b| is_exported(&b)) {
        return;
    }
    let told = feed::after(&society.cast.ctx, &society.cast.supervisor, 0).await.unwrap().rows;
    for (serial, password) in paper::cards(&pdf, None).unwrap_or_default() {
        let card = now.cards.iter().find(|card| card.serial.as_ref() == Some(&serial)).unwrap();
        let hash = card.hash.as_ref().unwrap();
        assert!(secrets::verifies(&password, hash), "{serial}");
        assert!(told.iter().all(|row| row.hash.as_ref() != Some(hash)), "{serial} counts before its dispatch");
        night.paper.insert(serial, password);
    }
}

/// In the morning no process is killed any more: what is under way is brought to its end.
async fn finish(society: &Society) {
    for batch in society.now().await.batches {
        let number = batch.number.as_str();
        if batch.state() == BatchState::Approved {
            society.done("sato", &["batch", "export", number, "--dispatch-date", "2026-11-24"]);
        }
        if matches!(batch.state(), BatchState::Approved | BatchState::Exported) {
            society.done("sato", &["batch", "printed", number]);
        }
        if !matches!(batch.state(), BatchState::Dispatched | BatchState::Cancelled) {
            let (_, args) = next_step(society, &batch.number, &mut Dice::of(0)).await;
            society.done("sato", &args.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

/// Cards asked for = queued + held + live + dispatched + void; valid passwords = those of the feed; each on paper once.
async fn account(society: &Society, night: &mut Night) {
    let now = society.books_are_right().await;
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for card in &now.cards {
        *states.entry(card.state().code()).or_default() += 1;
        let sent = card.state() == CardState::Dispatched;
        if let Some(password) = card.serial.as_ref().and_then(|serial| night.paper.get(serial)).filter(|_| sent) {
            assert!(secrets::verifies(password, card.hash.as_ref().unwrap()), "{card:?}");
            night.verified += 1;
        }
    }
    let chain = audit_verify(&society.cast.ctx, &society.cast.admin).await.unwrap();
    println!(
        "  {} cards asked for: {states:?}; {} batches; {} entries in a whole chain",
        now.cards.len(),
        now.batches.len(),
        chain.entries
    );
}

/// H4: what the portal has and what is redacted for it are one change, whenever the program is killed.
#[test]
fn h4_feed_ack_killed_at_any_moment_is_done_whole_or_not_at_all() {
    for place in places() {
        let name = place.name;
        runtime().block_on(async {
            let society = Society::registered(place).await;
            let mut dice = Dice::new();
            let (mut span, mut kept, mut done) = (Duration::ZERO, 0, 0);
            for round in 0..rounds() {
                // A reissue makes earlier instructions needless: there is something to redact.
                let batch = society.printed(3).await;
                batches::dispatch(&society.cast.ctx, &society.cast.clerk, &batch, None, "").await.unwrap();
                let last = feed::status(&society.cast.ctx, &society.cast.supervisor).await.unwrap().last.to_string();
                let before = fed(&society).await;
                let started = Instant::now();
                let mut child = society.command("suzuki", &["feed", "ack", &last]).spawn().unwrap();
                if round == 0 {
                    assert!(child.wait().unwrap().success());
                    span = started.elapsed();
                } else {
                    let moment = started + span.mul_f64(dice.below(1150) as f64 / 1000.0);
                    while Instant::now() < moment && child.try_wait().unwrap().is_none() {
                        std::thread::sleep(Duration::from_micros(200));
                    }
                    child.kill().unwrap();
                    child.wait().unwrap();
                }
                society.now().await;
                let after = fed(&society).await;
                if after.0 == before.0 {
                    assert_eq!(after, before, "round {round}: nothing is redacted before it counts");
                    kept += 1;
                } else {
                    assert_eq!(after.0.to_string(), last);
                    done += 1;
                }
                // Asked again it is done, and nothing of it was left over.
                let again = society.done("suzuki", &["feed", "ack", &last]);
                assert_eq!(again["acknowledged"].to_string(), last);
                if after.0 != before.0 {
                    assert_eq!(again["redacted"], 0, "round {round}: it was whole");
                    assert_eq!(fed(&society).await, after, "round {round}");
                }
                society.books_are_right().await;
            }
            println!("on {name}: {kept} broken off, {done} done");
        });
    }
}

/// How far the portal is, and the instructions with what is still in them.
async fn fed(society: &Society) -> (i64, Vec<(i64, Option<String>, Option<String>)>) {
    let Society { cast, .. } = society;
    let position = feed::status(&cast.ctx, &cast.supervisor).await.unwrap().position;
    let rows = feed::after(&cast.ctx, &cast.supervisor, 0).await.unwrap().rows;
    (position.acknowledged, rows.into_iter().map(|row| (row.seq, row.login_id, row.hash)).collect())
}

/// The calls by which the program changes anything outside its memory: files on either engine, a server's socket.
const WRITES: [(&str, &[&str]); 2] =
    [("sqlite", &["rename", "unlink", "fsync", "pwrite64"]), ("postgres", &["rename", "unlink", "fsync", "sendto"])];

/// The n-th call of each kind is the last that the program makes, for every n until it comes through.
#[test]
fn b5_b8_killed_at_each_of_its_writes_in_turn_nothing_is_lost() {
    if std::process::Command::new("strace").arg("-V").output().is_err() {
        println!("SKIPPED: no strace on this machine");
        return;
    }
    // All of them take minutes: by default every seventh, which still meets each kind.
    let stride = if rounds() >= 100 { 1 } else { 7 };
    for place in places() {
        let calls = WRITES.iter().find(|(engine, _)| *engine == place.name).unwrap().1;
        let name = place.name;
        runtime().block_on(async {
            let society = Society::registered(place).await;
            let mut hits: BTreeMap<(&str, &str), usize> = BTreeMap::new();
            for call in calls {
                for what in ["export", "dispatch", "ack"] {
                    *hits.entry((what, call)).or_default() += killed_at(&society, call, what, stride).await;
                }
            }
            society.books_are_right().await;
            println!("on {name}: {} kills, {hits:?}", hits.values().sum::<usize>());
        });
    }
}

/// The n-th call of `feed ack` is the last; the next one has nothing left of it.
async fn ack_killed_at(society: &Society, call: &str, stride: usize) -> usize {
    let mut kills = 0;
    for n in (1..).step_by(stride) {
        let batch = society.printed(2).await;
        batches::dispatch(&society.cast.ctx, &society.cast.clerk, &batch, None, "").await.unwrap();
        let last = feed::status(&society.cast.ctx, &society.cast.supervisor).await.unwrap().last.to_string();
        let before = fed(society).await;
        let lived = behind_strace(society, call, n, "suzuki", &["feed", "ack", &last]);
        society.now().await;
        let after = fed(society).await;
        assert!(after == before || after.0.to_string() == last, "{call} {n}");
        society.done("suzuki", &["feed", "ack", &last]);
        society.books_are_right().await;
        if lived {
            return kills;
        }
        kills += 1;
    }
    kills
}

/// Whether a command came through although its n-th call of a kind would have been its last.
fn behind_strace(society: &Society, call: &str, n: usize, who: &str, args: &[&str]) -> bool {
    let inject = format!("inject={call}:signal=KILL:when={n}");
    let (filter, strace) = (format!("trace={call}"), ["strace", "-f", "-qq", "-o", "/dev/null", "-e"]);
    let strace = [&strace[..], &[&filter, "-e", &inject]].concat();
    society.behind(&strace, who, args).output().unwrap().status.success()
}

async fn killed_at(society: &Society, call: &str, what: &str, stride: usize) -> usize {
    if what == "ack" {
        return ack_killed_at(society, call, stride).await;
    }
    let start = if what == "export" { BatchState::Approved } else { BatchState::Printed };
    let mut batch = None;
    let mut kills = 0;
    for n in (1..).step_by(stride) {
        let number = match batch.take() {
            Some(number) if society.state(&number).await == start => number,
            _ if start == BatchState::Approved => society.approved(2).await,
            _ => society.printed(2).await,
        };
        let day = ["--dispatch-date", "2026-11-24"];
        let args = ["batch", what, number.as_str()];
        let args = [&args[..], if what == "export" { &day } else { &[] }].concat();
        let before = society.now().await;
        let lived = behind_strace(society, call, n, "sato", &args);
        society.done("suzuki", &["batch", "list"]);
        let after = society.books_are_right().await;
        checks::every_step_is_in_the_tables(&before, &after);
        if lived {
            return kills;
        }
        kills += 1;
        batch = Some(number);
    }
    kills
}

//! A society whose people work with the real program, one process a command. The test itself is one more terminal: it
//! prepares, and keeps the books.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::checks::{self, Snapshot};
use crate::common::fixtures::{self, CROWD, Cast, PEOPLE};
use crate::common::{Place, fixtures::key};
use mykempo_console::domain::{BatchNumber, BatchState};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::batches::{self, ExportOptions};
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::{settings, staff};
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub const PASSWORD: &str = "a kempo clerk at work";

/// 300-1 to 300-40, as `fixtures::key` reads them.
pub const CROWD_KEYS: std::ops::RangeInclusive<usize> = 1..=40;

pub struct Society {
    pub place: Place,
    pub cast: Cast,
}

impl Society {
    /// Forty members without accounts yet, an admin, a clerk and a supervisor. Hashes are as cheap as can be set.
    pub async fn new(place: Place) -> Self {
        let cast = fixtures::cast(&place).await;
        fixtures::sql(&cast.ctx, PEOPLE).await;
        fixtures::sql(&cast.ctx, CROWD).await;
        settings::set(&cast.ctx, &cast.admin, "policy.import_abort_percent", "100").await.unwrap();
        for (actor, first) in [
            (&cast.admin, "correct horse battery"),
            (&cast.clerk, "first password"),
            (&cast.supervisor, "first password"),
        ] {
            let (old, new) = (Passphrase::new(first.into()), Passphrase::new(PASSWORD.into()));
            staff::change_password(&cast.ctx, actor, &old, &new).await.unwrap();
        }
        Self { place, cast }
    }

    /// The same with everybody of the crowd registered: a card each in the queue.
    pub async fn registered(place: Place) -> Self {
        let society = Self::new(place).await;
        for number in CROWD_KEYS {
            fixtures::register(&society.cast, &[&format!("300 {number}")]).await;
        }
        society
    }

    pub fn exports(&self) -> PathBuf {
        self.cast.ctx.export_folder()
    }

    pub fn folder(&self, batch: &BatchNumber) -> PathBuf {
        self.exports().join(batch.as_str())
    }

    /// The real program, at work for one of the staff.
    pub fn command(&self, staff: &str, args: &[&str]) -> Command {
        self.behind(&[], staff, args)
    }

    /// The same, started by another program.
    pub fn behind(&self, before: &[&str], staff: &str, args: &[&str]) -> Command {
        // Another build of it can be put to the same proof.
        let binary = std::env::var("MYKEMPO_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_mykempo").into());
        let program = [before, &[&binary, "--json"], args].concat();
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).env_clear().env("PATH", "/usr/bin:/bin").current_dir(self.place.folder.path());
        command.env("MYKEMPO_DB", database(&self.place.url)).env("MYKEMPO_TODAY", "2026-11-24");
        command.env("MYKEMPO_STAFF", staff).env("MYKEMPO_PASSWORD", PASSWORD);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, staff: &str, args: &[&str]) -> Output {
        self.command(staff, args).output().unwrap()
    }

    /// The answer of a command that must succeed.
    pub fn done(&self, staff: &str, args: &[&str]) -> Value {
        let output = self.run(staff, args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
    }

    /// A new draft of queued cards, approved; asks for reissues where the queue is empty.
    pub async fn approved(&self, cards: usize) -> BatchNumber {
        let Cast { ctx, clerk, supervisor, .. } = &self.cast;
        let filter = QueueFilter::default();
        if mykempo_console::usecases::queue::list(ctx, clerk, &filter).await.unwrap().len() < cards {
            for number in CROWD_KEYS {
                // Whoever has one under way already waits for it.
                let _ = cards::ask_viewing(ctx, clerk, &key(&format!("300 {number}")), Confirmation::Confirmed).await;
            }
        }
        let batch = batches::draft(ctx, clerk, &filter, Some(cards)).await.unwrap().batch;
        batches::approve(ctx, supervisor, &batch).await.unwrap();
        batch
    }

    /// Such a batch, exported.
    pub async fn exported(&self, cards: usize) -> BatchNumber {
        let batch = self.approved(cards).await;
        let Cast { ctx, clerk, .. } = &self.cast;
        let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
        batches::export(ctx, clerk, &batch, options, |_| ControlFlow::Continue(())).await.unwrap();
        batch
    }

    /// Such a batch, printed.
    pub async fn printed(&self, cards: usize) -> BatchNumber {
        let batch = self.exported(cards).await;
        batches::printed(&self.cast.ctx, &self.cast.clerk, &batch, "").await.unwrap();
        batch
    }

    /// Cards and batches, after whatever a server may still be committing.
    pub async fn now(&self) -> Snapshot {
        drop(self.cast.db.write().await.unwrap());
        Snapshot::take(&self.cast).await
    }

    pub async fn state(&self, batch: &BatchNumber) -> BatchState {
        self.now().await.batches.iter().find(|b| b.number == *batch).unwrap().state()
    }

    /// What must always hold, and no hidden file left.
    pub async fn books_are_right(&self) -> Snapshot {
        assert_eq!(hidden(&self.exports()), Vec::<PathBuf>::new());
        let now = self.now().await;
        checks::what_always_holds(&self.cast, &now).await;
        now
    }
}

/// Unfinished files anywhere below.
pub fn hidden(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(hidden(&path));
        } else if name.ends_with(".part") {
            found.push(path);
        }
    }
    found
}

/// The stable code of a refusal, from what a command printed.
pub fn code(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    let json = words.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).next_back();
    let code = json.and_then(|error| error["error"]["code"].as_str().map(str::to_owned));
    code.unwrap_or_else(|| format!("no code: {words}"))
}

fn database(url: &DbUrl) -> String {
    match url {
        DbUrl::Sqlite(path) => path.display().to_string(),
        DbUrl::Postgres(url) => url.clone(),
    }
}

/// The same numbers on every run of a seed.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// From `MYKEMPO_SEED`, or a fixed seed; printed, to repeat a run.
    pub fn new() -> Self {
        let seed = std::env::var("MYKEMPO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_124);
        println!("MYKEMPO_SEED={seed}");
        Self(seed | 1)
    }

    /// Another player's, who throws differently.
    pub fn of(player: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(player + 1))
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % n as u64).unwrap()
    }
}

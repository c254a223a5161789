//! Large changes in pieces: the writer is held for a moment only, and an interrupted one is carried to its end.

use super::common::{Place, hold_writer, places};
use crate::domain::CardState;
use crate::interchange::{FileKind, RowError, demo};
use crate::secrets::Passphrase;
use crate::store::counted::holds;
use crate::store::fault::with_fuse;
use crate::store::{Db, Tx, audit};
use crate::usecases::import::{Job, Mode, Outcome, RunState, history, import};
use crate::usecases::setup::{Rehearsal, Setup, init};
use crate::usecases::{Actor, AppContext, Clock, Error, audit_verify, interrupted};
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Statements that a transaction may take: at a millisecond for each it is at its end in a tenth of a second.
pub(super) const MOST: u32 = 100;
/// Rows that a transaction may write: on a slow disk at some twenty microseconds for each it is at its end in another tenth.
pub(super) const ROWS: u64 = 10_000;
/// Enough events and members for several pieces.
const MEMBERS: u64 = 1_500;

struct Society {
    ctx: AppContext,
    admin: Actor,
    place: Place,
}

impl Society {
    async fn new(place: Place) -> Self {
        let password = Passphrase::new("correct horse battery".into());
        let setup = Setup {
            insurer: demo::INSURER,
            society: demo::SOCIETY,
            admin: "admin",
            password: &password,
            export_dir: None,
            rehearsal: Rehearsal::Yes,
        };
        let clock = Clock::frozen(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), NaiveTime::MIN);
        let (ctx, admin) = init(&place.url, clock, "test".into(), &setup).await.unwrap();
        let society = Self { ctx, admin, place };
        for kind in [FileKind::Employers, FileKind::Members] {
            assert!(society.import(kind, Mode::Apply).await.unwrap().applied);
        }
        society
    }

    fn file(&self, kind: FileKind) -> PathBuf {
        let path = self.place.folder.path().join(kind.code());
        if !path.exists() {
            demo::write(kind, MEMBERS, &mut File::create(&path).unwrap()).unwrap();
        }
        path
    }

    /// From now on the file changes one column of every member.
    fn change_every_member(&self) {
        let path = self.file(FileKind::Members);
        let mut bytes = std::fs::read(&path).unwrap();
        let ends: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"\r\n")).collect();
        for end in &ends[1..] {
            bytes[end - 1] = if bytes[end - 1] == b'0' { b'1' } else { b'0' };
        }
        std::fs::write(&path, bytes).unwrap();
    }

    async fn import(&self, kind: FileKind, mode: Mode) -> Result<Outcome, Error> {
        let cancel = AtomicBool::new(false);
        let path = self.file(kind);
        let job = Job {
            kind,
            path: &path,
            mode,
            expected: None,
            rejects: None,
            reason: &|_: &RowError| String::new(),
            progress: &|_| {},
            cancel: &cancel,
        };
        import(&self.ctx, &self.admin, &job).await
    }

    /// What the next program does at its start. A server may still be ending the session of the one before.
    async fn carried_on(&self) -> bool {
        for _ in 0..50 {
            if interrupted::carry_on(&self.ctx).await.unwrap().is_some() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    /// What an import has brought about, whatever the ids.
    async fn portrait(&self) -> BTreeMap<String, i64> {
        let db = Db::open(&self.place.url).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let mut portrait = BTreeMap::new();
        for table in ["account", "portal_event", "feed", "member", "member_version", "work", "work_piece"] {
            portrait.insert(table.to_owned(), count(&mut tx, &format!("SELECT count(*) FROM {table}")).await);
        }
        for state in CardState::CODES {
            let cards = format!("SELECT count(*) FROM card WHERE state = '{state}'");
            portrait.insert(format!("card {state}"), count(&mut tx, &cards).await);
        }
        for action in audit::actions_after(&mut tx, 0).await.unwrap() {
            if action != "audit_verified" {
                let entries = format!("SELECT count(*) FROM audit WHERE action = '{action}'");
                portrait.insert(action, count(&mut tx, &entries).await);
            }
        }
        drop(tx);
        db.close().await;
        let chain = audit_verify(&self.ctx, &self.admin).await.unwrap();
        assert_eq!(chain.broken_at, None, "the audit chain is whole");
        for run in history(&self.ctx, &self.admin, 10).await.unwrap() {
            assert_eq!(run.state, RunState::Applied);
            portrait.insert(format!("{} added", run.kind), run.added);
            portrait.insert(format!("{} changed", run.kind), run.changed);
            portrait.insert(format!("{} rejected", run.kind), run.rejected);
        }
        portrait
    }
}

async fn count(tx: &mut Tx, sql: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match tx {
        Tx::Sqlite(t) => sqlx::query_scalar(sql).fetch_one(&mut **t).await.unwrap(),
        Tx::Postgres(t) => sqlx::query_scalar(sql).fetch_one(&mut **t).await.unwrap(),
    }
}

fn on_each_engine<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    for place in places() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(test(place));
    }
}

#[test]
fn a_portal_file_holds_the_writer_for_a_moment_only() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        let (outcome, most) = holds(society.import(FileKind::PortalEvents, Mode::Apply)).await;
        let outcome = outcome.unwrap();
        assert!(outcome.applied && outcome.report.added > 600, "{:?}", outcome.report);
        assert!(most.statements <= MOST && most.rows <= ROWS, "{most:?} on {}", society.place.name);
        let portrait = society.portrait().await;
        assert_eq!(portrait["portal_event"], i64::try_from(outcome.report.added).unwrap());
        assert_eq!(portrait["account"], i64::try_from(outcome.preview.effects.accounts_opened).unwrap());
        assert_eq!(portrait["work"], 0);
    });
}

#[test]
fn a_members_file_holds_the_writer_for_a_moment_only() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        society.change_every_member();
        let (outcome, most) = holds(society.import(FileKind::Members, Mode::Apply)).await;
        let outcome = outcome.unwrap();
        assert!(outcome.applied && outcome.report.changed == MEMBERS, "{:?}", outcome.report);
        assert!(most.statements <= MOST && most.rows <= ROWS, "{most:?} on {}", society.place.name);
        let portrait = society.portrait().await;
        let changed = i64::try_from(MEMBERS).unwrap();
        assert_eq!([portrait["member_version"], portrait["member_changed"]], [changed; 2]);
        let again = society.import(FileKind::Members, Mode::Apply).await.unwrap();
        assert_eq!(again.report.unchanged, MEMBERS, "{:?}", again.report);
    });
}

#[test]
fn a_dry_run_takes_no_writer() {
    on_each_engine(|place| async move {
        let society = Society::new(place).await;
        society.change_every_member();
        for kind in [FileKind::PortalEvents, FileKind::Members] {
            let writer = hold_writer(&society.place).await;
            let dry = tokio::time::timeout(Duration::from_secs(9), society.import(kind, Mode::DryRun));
            let dry = dry.await.expect("a dry run waits for no writer").unwrap();
            drop(writer);
            let done = society.import(kind, Mode::Apply).await.unwrap();
            assert_eq!(dry.report, done.report);
            let effects = |it: &Outcome| serde_json::to_value(&it.preview.effects).unwrap();
            assert_eq!(effects(&dry), effects(&done), "a dry run says what an import does");
        }
    });
}

#[test]
fn an_interrupted_portal_file_is_carried_to_its_end() {
    on_each_engine(|place| interrupted_anywhere(place, FileKind::PortalEvents, 23));
}

#[test]
fn an_interrupted_members_file_is_carried_to_its_end() {
    on_each_engine(|place| interrupted_anywhere(place, FileKind::Members, 11));
}

/// Breaks an import at every so many statements, each time in a society of its own.
async fn interrupted_anywhere(place: Place, kind: FileKind, every: usize) {
    let whole = Society::new(place).await;
    whole.change_every_member();
    whole.import(kind, Mode::Apply).await.unwrap();
    let expected = whole.portrait().await;
    let (mut before, mut after) = (0, 0);
    for fuse in (5..).step_by(every) {
        let place = places().into_iter().find(|place| place.name == whole.place.name).unwrap();
        let society = Society::new(place).await;
        society.change_every_member();
        if with_fuse(fuse, society.import(kind, Mode::Apply)).await.is_ok() {
            break;
        }
        if society.carried_on().await {
            after += 1;
        } else if history(&society.ctx, &society.admin, 1).await.unwrap()[0].kind != kind.code()
            || society.portrait().await["member_version"] != expected["member_version"]
        {
            before += 1;
            society.import(kind, Mode::Apply).await.unwrap();
        }
        assert_eq!(society.portrait().await, expected, "broken at statement {fuse} on {}", whole.place.name);
    }
    assert!(before > 0 && after > 1, "{before} before it counted, {after} in pieces");
}

//! Backup and restore: whole or not at all, private, and never over an existing file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::recorded;
use crate::common::fixtures::{Cast, PEOPLE, cast, register, sql};
use crate::common::{Place, on_each_engine, places};
use mykempo_console::files::Existing;
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::{Db, DbUrl, StoreError, Tx};
use mykempo_console::usecases::AuditEvent;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::upkeep::{
    Backup, BackupFault, BackupRequest, RestoreFor, UpkeepRefusal, backup, open_backup,
};
use mykempo_console::usecases::{
    AppContext, AuditFilter, Error, Refusal, audit_export, audit_verify, batches, settings,
};
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test(places().remove(0)));
}

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

async fn made(cast: &Cast, to: &Path, passphrase: Option<&Passphrase>) -> Backup {
    let order = BackupRequest { to, existing: Existing::Keep, passphrase };
    backup(&cast.ctx, &cast.admin, &order).await.unwrap()
}

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1 00", "107 1 00"]).await;
    cast
}

async fn restored(cast: &Cast, backup: &Path, to: &Path, passphrase: Option<&Passphrase>) -> Result<AppContext, Error> {
    let url = DbUrl::Sqlite(to.to_owned());
    let opened = open_backup(&url, backup, passphrase, cast.ctx.clock, "test".into()).await?;
    opened.finish(&cast.admin, RestoreFor::Society { portal_at: Some(0) }).await?;
    AppContext::open(&url, cast.ctx.clock, "test".into()).await
}

fn fault(result: Result<AppContext, Error>) -> BackupFault {
    match result {
        Err(Error::Refused(Refusal::Upkeep(UpkeepRefusal::BadBackup { fault, .. }))) => fault,
        other => panic!("no fault: {other:?}"),
    }
}

#[test]
fn backup_during_writes_is_consistent_and_restores() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let (ctx, admin) = (cast.ctx.clone(), cast.admin.clone());
        let writer = tokio::spawn(async move {
            for minutes in (1..=120).cycle().take(300) {
                settings::set(&ctx, &admin, "policy.idle_minutes", &minutes.to_string()).await.unwrap();
            }
        });
        let mut backups = Vec::new();
        for n in 0..5 {
            backups.push(made(&cast, &place.folder.path().join(format!("backup{n}")), None).await);
        }
        writer.await.unwrap();
        for (n, backup) in backups.iter().enumerate() {
            assert_eq!(backup.file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            let to = place.folder.path().join(format!("restored{n}.db"));
            let ctx = restored(&cast, &backup.file, &to, None).await.unwrap();
            assert_eq!(to.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            let log = audit_export(&ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
            assert_eq!(log.last().unwrap().action, "restored");
            assert_eq!(log[log.len() - 4].hash, backup.anchor.hash, "the anchor is the end of what was backed up");
            assert_eq!(audit_verify(&ctx, &cast.admin).await.unwrap().broken_at, None);
        }
        let log = audit_export(&cast.ctx, &cast.admin, &AuditFilter::default()).await.unwrap();
        let recorded_with_anchor = |b: &Backup| {
            log.iter().any(|e| matches!(recorded(e), AuditEvent::BackedUp { anchor, .. } if anchor == b.anchor))
        };
        assert!(backups.iter().all(recorded_with_anchor));
    });
}

#[test]
fn a_backup_replaces_a_file_only_where_asked_to() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let to = place.folder.path().join("backup");
        std::fs::write(&to, "another file").unwrap();
        let mut order = BackupRequest { to: &to, existing: Existing::Keep, passphrase: None };
        let refused = backup(&cast.ctx, &cast.admin, &order).await.unwrap_err();
        assert_eq!(refused.code(), "file_exists");
        assert_eq!(std::fs::read(&to).unwrap(), b"another file");
        order.existing = Existing::Replace;
        backup(&cast.ctx, &cast.admin, &order).await.unwrap();
        assert!(std::fs::read(&to).unwrap().starts_with(b"SQLite format 3"));
        let DbUrl::Sqlite(database) = &place.url else { panic!() };
        order.to = database;
        assert!(backup(&cast.ctx, &cast.admin, &order).await.is_err(), "over the database itself");
        let refused = backup(&cast.ctx, &cast.clerk, &order).await.unwrap_err();
        assert_eq!(refused.code(), "role");
    });
}

#[test]
fn s4_encrypted_backup_needs_its_passphrase_leaves_no_copy() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        // Left by a crash during an earlier backup.
        let left = place.folder.path().join(".mykempo-backup-left");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join("clear"), "SQLite format 3").unwrap();
        let secret = pass("an umbrella in november");
        let made = made(&cast, &place.folder.path().join("backup"), Some(&secret)).await;
        let bytes = std::fs::read(&made.file).unwrap();
        assert!(!bytes.windows(9).any(|w| w == "東海林".as_bytes()) && !bytes.windows(6).any(|w| w == b"SQLite"));
        let there = names(place.folder.path());
        assert_eq!(there, ["backup", "backup.anchor", "kempo.db", "kempo.db-shm", "kempo.db-wal", "kempo.db.lock"]);
        let to = place.folder.path().join("restored.db");
        assert_eq!(fault(restored(&cast, &made.file, &to, None).await), BackupFault::Encrypted);
        assert_eq!(fault(restored(&cast, &made.file, &to, Some(&pass("a guess"))).await), BackupFault::Passphrase);
        assert_eq!(names(place.folder.path()), there, "a refused restore leaves nothing");
        let ctx = restored(&cast, &made.file, &to, Some(&secret)).await.unwrap();
        assert_eq!(audit_verify(&ctx, &cast.admin).await.unwrap().broken_at, None);
    });
}

#[test]
fn s4_a_backup_that_fails_leaves_nothing_behind() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let before = names(place.folder.path());
        let nowhere = place.folder.path().join("none/backup");
        for passphrase in [None, Some(&pass("an umbrella in november"))] {
            let order = BackupRequest { to: &nowhere, existing: Existing::Keep, passphrase };
            assert_eq!(backup(&cast.ctx, &cast.admin, &order).await.unwrap_err().code(), "folder");
        }
        // A database whose chain is broken makes no backup that could be trusted.
        sql(&cast.ctx, "DROP TRIGGER audit_is_never_changed; UPDATE audit SET detail = 'x' WHERE seq = 2").await;
        for passphrase in [None, Some(&pass("an umbrella in november"))] {
            let to = place.folder.path().join("backup");
            let order = BackupRequest { to: &to, existing: Existing::Keep, passphrase };
            assert_eq!(backup(&cast.ctx, &cast.admin, &order).await.unwrap_err().code(), "bad_backup");
        }
        let mut after = names(place.folder.path());
        after.retain(|name| name != "kempo.db.lock");
        let mut before = before;
        before.retain(|name| name != "kempo.db.lock");
        assert_eq!(after, before);
    });
}

#[test]
fn a_restore_takes_an_empty_place_and_a_whole_backup_only() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let file = place.folder.path().join("backup");
        let made = made(&cast, &file, None).await;
        let to = place.folder.path().join("restored.db");

        for taken in ["restored.db", "restored.db-wal"] {
            let taken = place.folder.path().join(taken);
            std::fs::write(&taken, "").unwrap();
            let refused = restored(&cast, &file, &to, None).await.unwrap_err();
            assert!(matches!(refused, Error::Store(StoreError::Exists(path)) if path == taken));
            std::fs::remove_file(taken).unwrap();
        }

        let whole = std::fs::read(&file).unwrap();
        let damaged = |change: fn(&mut Vec<u8>)| {
            let mut bytes = whole.clone();
            change(&mut bytes);
            std::fs::write(&file, bytes).unwrap();
        };
        damaged(|bytes| bytes[4096 + 200..3 * 4096].fill(0x5a));
        assert!(matches!(fault(restored(&cast, &file, &to, None).await), BackupFault::Damaged(_)));
        damaged(|bytes| bytes.truncate(5 * 4096));
        assert!(matches!(fault(restored(&cast, &file, &to, None).await), BackupFault::Damaged(_)));
        damaged(|bytes| *bytes = b"a letter".to_vec());
        assert!(matches!(fault(restored(&cast, &file, &to, None).await), BackupFault::Damaged(_)));

        // An entry rewritten in the backup, and another backup under the same name.
        damaged(|_| {});
        tamper(&file, "DROP TRIGGER audit_is_never_changed; UPDATE audit SET staff = 'other' WHERE seq = 3").await;
        assert_eq!(fault(restored(&cast, &file, &to, None).await), BackupFault::Chain(3));
        damaged(|_| {});
        let last = made.anchor.seq;
        tamper(&file, "DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE seq > 4").await;
        assert_eq!(fault(restored(&cast, &file, &to, None).await), BackupFault::Chain(5), "the anchor knows {last}");

        // A change that no check of the database finds.
        damaged(|_| {});
        tamper(&file, "UPDATE staff SET role = 'admin'").await;
        assert_eq!(fault(restored(&cast, &file, &to, None).await), BackupFault::Checksum);

        assert!(!to.exists());
        damaged(|_| {});
        restored(&cast, &file, &to, None).await.unwrap();
    });
}

#[test]
fn a_backup_never_replaces_the_live_database() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let folder = place.folder.path();
        let DbUrl::Sqlite(live) = &place.url else { panic!() };
        std::os::unix::fs::symlink(live, folder.join("link")).unwrap();
        std::os::unix::fs::symlink(live, folder.join("copy.anchor")).unwrap();
        let before = names(folder);
        for to in [live.clone(), folder.join("exports/../kempo.db"), folder.join("link"), folder.join("copy")] {
            std::fs::create_dir_all(folder.join("exports")).unwrap();
            let order = BackupRequest { to: &to, existing: Existing::Replace, passphrase: None };
            let refused = backup(&cast.ctx, &cast.admin, &order).await;
            let anchor = to.with_added_extension("anchor");
            assert!(
                matches!(&refused, Err(Error::Refused(Refusal::FileProtected(path))) if [&to, &anchor].contains(&path)),
                "{}",
                to.display()
            );
        }
        assert_eq!(names(folder).into_iter().filter(|name| name != "exports").collect::<Vec<_>>(), before);
        assert!(audit_verify(&cast.ctx, &cast.admin).await.is_ok());
    });
}

async fn tamper(file: &Path, statements: &'static str) {
    let db = Db::open(&DbUrl::Sqlite(file.to_owned())).await.unwrap();
    let Tx::Sqlite(mut t) = db.write().await.unwrap() else { panic!() };
    sqlx::raw_sql(statements).execute(&mut *t).await.unwrap();
    t.commit().await.unwrap();
    db.close().await;
}

#[test]
fn s3_a_restored_batch_without_its_pdf_is_named() {
    on_sqlite(|place| async move {
        let cast = people(&place).await;
        let drafted = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap();
        batches::approve(&cast.ctx, &cast.supervisor, &drafted.batch).await.unwrap();
        let options = batches::ExportOptions::default();
        batches::export(&cast.ctx, &cast.clerk, &drafted.batch, options, |_| ControlFlow::Continue(())).await.unwrap();
        let file = place.folder.path().join("backup");
        made(&cast, &file, None).await;
        let url = |name: &str| DbUrl::Sqlite(place.folder.path().join(name));
        let again = async |name: &str| {
            let opened = open_backup(&url(name), &file, None, cast.ctx.clock, "test".into()).await.unwrap();
            opened.finish(&cast.admin, RestoreFor::Society { portal_at: Some(0) }).await.unwrap().lost
        };
        assert_eq!(again("one.db").await, []);
        let folder: PathBuf = cast.ctx.export_folder().join(drafted.batch.as_str());
        std::fs::remove_dir_all(folder).unwrap();
        assert_eq!(again("two.db").await, std::slice::from_ref(&drafted.batch));
        // And that is how it goes on: cancelled, the cards are in the queue again.
        let ctx = AppContext::open(&url("two.db"), cast.ctx.clock, "test".into()).await.unwrap();
        batches::cancel(&ctx, &cast.clerk, &drafted.batch).await.unwrap();
        assert!(batches::draft(&ctx, &cast.clerk, &QueueFilter::default(), None).await.is_ok());
    });
}

#[test]
fn a_server_is_backed_up_with_its_own_tools() {
    on_each_engine(|place| async move {
        if place.name == "sqlite" {
            return;
        }
        let cast = cast(&place).await;
        let to = place.folder.path().join("backup");
        let order = BackupRequest { to: &to, existing: Existing::Keep, passphrase: None };
        let refused = backup(&cast.ctx, &cast.admin, &order).await.unwrap_err();
        assert_eq!(refused.code(), "use_pg_dump");
        let refused = open_backup(&place.url, &to, None, cast.ctx.clock, "test".into()).await.unwrap_err();
        assert_eq!(refused.code(), "use_pg_restore");
    });
}

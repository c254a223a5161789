//! An invented society of any size, made once and kept.

use mykempo_console::domain::Role;
use mykempo_console::interchange::{FileKind, MemberRow, RowError, Table, demo};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::import::{Job, Mode, import};
use mykempo_console::usecases::setup::{Rehearsal, Setup, init};
use mykempo_console::usecases::{Actor, AppContext, Clock, staff};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

pub(crate) const STAFF: &str = "sato";
pub(crate) const PASSWORD: &str = "only for measuring";
/// Lines of the text file that other programs show.
const LINES: usize = 20_000;
/// In the order in which they need each other.
const FILES: [FileKind; 4] = [FileKind::Employers, FileKind::Members, FileKind::PortalEvents, FileKind::Requests];

/// The folder of the society, made if it is not there yet.
pub(crate) fn made(members: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("society-{members}"));
    if !folder.is_dir() {
        let begun = std::time::Instant::now();
        let making = folder.with_extension("making");
        // Left unfinished by an earlier run.
        let _ = std::fs::remove_dir_all(&making);
        std::fs::create_dir_all(&making).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(filled(&making, members));
        std::fs::rename(&making, &folder).unwrap();
        println!("the society was made in {:.0} s", begun.elapsed().as_secs_f64());
    }
    folder
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("mykempo.db")
}

/// Members as text, one a line: number, kana, name.
pub(crate) fn list(folder: &Path) -> PathBuf {
    folder.join("list.txt")
}

pub(crate) fn lines(folder: &Path) -> impl Iterator<Item = String> {
    BufReader::new(File::open(list(folder)).unwrap()).lines().map(Result::unwrap)
}

async fn filled(folder: &Path, members: u64) {
    let (ctx, admin) = empty(&DbUrl::Sqlite(database(folder))).await;
    for kind in FILES {
        let path = folder.join(kind.code());
        let mut out = BufWriter::new(File::create(&path).unwrap());
        demo::write(kind, members, &mut out).unwrap();
        out.flush().unwrap();
        imported(&ctx, &admin, kind, &path).await;
        if kind == FileKind::Members {
            write_list(&path, &list(folder));
        }
        std::fs::remove_file(&path).unwrap();
    }
    ctx.close().await;
}

async fn empty(url: &DbUrl) -> (AppContext, Actor) {
    let password = Passphrase::new(PASSWORD.into());
    let setup = Setup {
        insurer: demo::INSURER,
        society: demo::SOCIETY,
        admin: "admin",
        password: &password,
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let (ctx, admin) = init(url, Clock::default(), "bench".into(), &setup).await.unwrap();
    let first = Passphrase::new("the first of two".into());
    staff::add(&ctx, &admin, STAFF, "佐藤", Role::Clerk, &first).await.unwrap();
    let clerk = Actor { id: STAFF.into(), name: "佐藤".into(), role: Role::Clerk };
    staff::change_password(&ctx, &clerk, &first, &password).await.unwrap();
    (ctx, admin)
}

async fn imported(ctx: &AppContext, admin: &Actor, kind: FileKind, path: &Path) {
    let cancel = AtomicBool::new(false);
    let reason = |_: &RowError| String::new();
    let mode = Mode::Apply;
    let job =
        Job { kind, path, mode, expected: None, rejects: None, reason: &reason, progress: &|_| {}, cancel: &cancel };
    let outcome = import(ctx, admin, &job).await.unwrap();
    assert!(outcome.applied, "{:?}", outcome.refused);
}

fn write_list(members: &Path, list: &Path) {
    let mut table = Table::<_, MemberRow>::open(File::open(members).unwrap()).unwrap();
    let mut out = BufWriter::new(File::create(list).unwrap());
    for _ in 0..LINES {
        let Some(entry) = table.advance().unwrap() else { break };
        let row = entry.row.unwrap();
        let (symbol, number, branch) = (row.key.symbol.shown(), row.key.number.shown(), row.key.branch.shown());
        writeln!(out, "{symbol}-{number}-{branch} {} {}", row.kana, row.name).unwrap();
    }
    out.flush().unwrap();
}

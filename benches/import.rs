//! A members file of the registry, at the size at which it comes: `cargo bench --bench import [-- ROWS]`.
//!
//! On each engine: a bare loop that inserts the same rows and search keys, the import of the same file, the same file
//! again, and look-ups afterwards. Every step runs in a process of its own, so that its peak memory is its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/integration/common/postgres.rs"]
mod postgres;

use mykempo_console::domain::MemberKey;
use mykempo_console::interchange::{FileKind, MemberRow, RowError, Table, demo};
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::{Db, DbUrl, Tx, member};
use mykempo_console::text::{Period, index_grams, kana_key, name_key};
use mykempo_console::usecases::import::{Job, Mode, Outcome, import};
use mykempo_console::usecases::setup::{Rehearsal, Setup, init};
use mykempo_console::usecases::{Actor, AppContext, Clock};
use sqlx::{Postgres, QueryBuilder, Sqlite};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["bare", url, folder] => on_tokio(bare(url, Path::new(folder))),
        ["import", url, folder] => on_tokio(imported(url, Path::new(folder), "取込")),
        ["again", url, folder] => on_tokio(imported(url, Path::new(folder), "同じファイルをもう一度")),
        ["read", folder] => read(Path::new(folder)),
        ["look-up", url, folder] => on_tokio(look_up(url, Path::new(folder))),
        [] => all(1_000_000),
        [rows] => all(rows.parse().expect("a number of rows")),
        other => panic!("{other:?}"),
    }
}

fn all(rows: u64) {
    let folder = tempfile::tempdir().unwrap();
    for kind in [FileKind::Employers, FileKind::Members] {
        let mut out = BufWriter::new(File::create(folder.path().join(kind.code())).unwrap());
        demo::write(kind, rows, &mut out).unwrap();
        out.flush().unwrap();
    }
    let size = std::fs::metadata(folder.path().join("members")).unwrap().len();
    println!("{rows} rows, {} MB, CP932", size / 1_000_000);
    step(&["read"], folder.path());
    let sqlite = |name: &str| Some(folder.path().join(name).display().to_string());
    let databases = [postgres::fresh_database(), postgres::fresh_database()];
    let [first, second] = databases.each_ref().map(|database| database.as_ref().map(postgres::Database::url));
    let engines = [("SQLite", sqlite("bare.db"), sqlite("import.db")), ("PostgreSQL", first, second)];
    for (engine, bare, imported) in engines {
        let (Some(bare), Some(imported)) = (bare, imported) else {
            println!("{engine}: SKIPPED, no server on this machine");
            continue;
        };
        println!("{engine}");
        for (name, url) in [("bare", &bare), ("import", &imported), ("again", &imported), ("look-up", &imported)] {
            step(&[name, url], folder.path());
        }
    }
}

fn step(args: &[&str], folder: &Path) {
    let me = std::env::current_exe().unwrap();
    let done = Command::new(me).args(args).arg(folder).status().unwrap();
    assert!(done.success(), "{args:?}");
}

/// Reads the file alone: decoding, splitting, parsing.
fn read(folder: &Path) {
    let begun = Instant::now();
    let mut table = Table::<_, MemberRow>::open(File::open(folder.join("members")).unwrap()).unwrap();
    let mut rows = 0;
    while let Some(entry) = table.advance().unwrap() {
        assert!(entry.row.is_ok());
        rows += 1;
    }
    tell("読むだけ", begun, rows);
}

fn on_tokio(step: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(step);
}

async fn society(url: &str) -> (AppContext, Actor) {
    let password = Passphrase::new("correct horse battery".into());
    let setup = Setup {
        insurer: demo::INSURER,
        society: demo::SOCIETY,
        admin: "admin",
        password: &password,
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let url: DbUrl = url.parse().unwrap();
    match AppContext::open(&url, Clock::default(), "bench".into()).await {
        Ok(ctx) => {
            let admin = Actor { id: "admin".into(), name: "admin".into(), role: mykempo_console::domain::Role::Admin };
            (ctx, admin)
        }
        Err(_) => init(&url, Clock::default(), "bench".into(), &setup).await.unwrap(),
    }
}

async fn run(ctx: &AppContext, admin: &Actor, kind: FileKind, folder: &Path) -> Outcome {
    let cancel = AtomicBool::new(false);
    let reason = |_: &RowError| String::new();
    let path = folder.join(kind.code());
    let job = Job {
        kind,
        path: &path,
        mode: Mode::Apply,
        expected: None,
        rejects: None,
        reason: &reason,
        progress: &|_| {},
        cancel: &cancel,
    };
    let outcome = import(ctx, admin, &job).await.unwrap();
    assert!(outcome.applied, "{:?}", outcome.refused);
    outcome
}

async fn imported(url: &str, folder: &Path, what: &str) {
    let (ctx, admin) = society(url).await;
    run(&ctx, &admin, FileKind::Employers, folder).await;
    let begun = Instant::now();
    let outcome = run(&ctx, &admin, FileKind::Members, folder).await;
    tell(what, begun, outcome.report.rows);
}

/// The baseline: rows as plain values, inserted a thousand at a time in one transaction, with nothing checked,
/// compared or counted. Values are made before the clock starts.
async fn bare(url: &str, folder: &Path) {
    let (ctx, admin) = society(url).await;
    run(&ctx, &admin, FileKind::Employers, folder).await;
    let mut table = Table::<_, MemberRow>::open(File::open(folder.join("members")).unwrap()).unwrap();
    let mut rows = Vec::new();
    while let Some(entry) = table.advance().unwrap() {
        let row = entry.row.unwrap();
        let (kana, name) = (kana_key(&row.kana), name_key(&row.name));
        rows.push((row, kana, name));
    }
    let begun = Instant::now();
    let mut tx = Db::open(ctx.url()).await.unwrap().write().await.unwrap();
    for (chunk, part) in rows.chunks(1_000).enumerate() {
        insert(&mut tx, i64::try_from(chunk * 1_000).unwrap(), part).await;
    }
    tx.commit().await.unwrap();
    tell("素のループ", begun, rows.len() as u64);
}

const INTO: &str = "INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key, name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, voluntary, checkup) ";

macro_rules! insert_on {
    ($engine:ty, $tx:expr, $from:expr, $rows:expr) => {{
        let mut query = QueryBuilder::<$engine>::new(INTO);
        query.push_values($rows.iter().enumerate(), |mut q, (at, (m, kana, name))| {
            let key = &m.key;
            q.push_bind($from + at as i64);
            q.push_bind(key.symbol.key()).push_bind(key.number.key()).push_bind(key.branch.key());
            q.push_bind(key.symbol.shown()).push_bind(key.number.shown()).push_bind(key.branch.shown());
            q.push_bind(m.relation.code()).push_bind(&m.relationship);
            q.push_bind(&m.kana).push_bind(kana).push_bind(&m.name).push_bind(name);
            q.push_bind(m.sex.map(|s| s.code())).push_bind(m.born_on).push_bind(m.acquired_on).push_bind(m.lost_on);
            q.push_bind(&m.loss_reason).push_bind(m.employer.is_none()).push_bind(m.checkup);
        });
        query.build().execute(&mut **$tx).await.unwrap();
        let grams: Vec<(&str, i64)> = $rows
            .iter()
            .enumerate()
            .flat_map(|(at, (_, _, name))| index_grams(name).into_iter().map(move |gram| (gram, $from + at as i64)))
            .collect();
        for part in grams.chunks(10_000) {
            let mut query = QueryBuilder::<$engine>::new("INSERT INTO member_gram (gram, member_id) ");
            query.push_values(part, |mut q, (gram, id)| {
                q.push_bind(gram).push_bind(id);
            });
            query.build().execute(&mut **$tx).await.unwrap();
        }
    }};
}

async fn insert(tx: &mut Tx, from: i64, rows: &[(MemberRow, String, String)]) {
    match tx {
        Tx::Sqlite(t) => insert_on!(Sqlite, t, from + 1, rows),
        Tx::Postgres(t) => insert_on!(Postgres, t, from + 1, rows),
    }
}

/// The queries that clerks make.
#[derive(Debug, Clone, Copy)]
enum Ask {
    Key,
    Symbol,
    Kana,
    TwoKanji,
    FullName,
}

/// A member to look for.
struct Person {
    key: MemberKey,
    kana: String,
    name: String,
}

async fn look_up(url: &str, folder: &Path) {
    let db = Db::open(&url.parse().unwrap()).await.unwrap();
    let mut table = Table::<_, MemberRow>::open(File::open(folder.join("members")).unwrap()).unwrap();
    let mut people = Vec::new();
    let mut line = 0_u64;
    while let Some(entry) = table.advance().unwrap() {
        line += 1;
        if line % 997 == 1 {
            let row = entry.row.unwrap();
            people.push(Person { key: row.key, kana: kana_key(&row.kana), name: name_key(&row.name) });
        }
    }
    let asked = [
        ("記号・番号", Ask::Key),
        ("記号のみ", Ask::Symbol),
        ("カナ前方一致", Ask::Kana),
        ("漢字2文字", Ask::TwoKanji),
        ("漢字氏名", Ask::FullName),
    ];
    for (what, ask) in asked {
        let mut times = Vec::with_capacity(people.len());
        for person in &people {
            let mut tx = db.read().await.unwrap();
            let begun = Instant::now();
            assert!(found(&mut tx, ask, person).await > 0);
            times.push(begun.elapsed().as_micros());
        }
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)] as f64 / 1000.0;
        println!("  {what}: p50 {:.2} ms, p99 {:.2} ms", at(50), at(99));
    }
}

/// Number of hits; a list shows fifty.
async fn found(tx: &mut Tx, ask: Ask, person: &Person) -> usize {
    let first = |text: &str, count| text.chars().take(count).collect::<String>();
    match ask {
        Ask::Key => usize::from(member::by_key(tx, &person.key).await.unwrap().is_some()),
        Ask::Symbol => member::of_symbol(tx, person.key.symbol.key(), 50).await.unwrap().len(),
        Ask::Kana => member::by_kana(tx, &first(&person.kana, 4), Period::ANY, 50).await.unwrap().len(),
        Ask::TwoKanji => member::by_name(tx, &first(&person.name, 2), Period::ANY, 50).await.unwrap().len(),
        Ask::FullName => member::by_name(tx, &person.name, Period::ANY, 50).await.unwrap().len(),
    }
}

fn tell(what: &str, begun: Instant, rows: u64) {
    let seconds = begun.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("?", str::trim);
    println!("  {what}: {seconds:.1} s, {:.0} rows/s, peak {peak}", rows as f64 / seconds);
}

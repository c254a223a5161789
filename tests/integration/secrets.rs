//! S2: the clear password is on paper and nowhere else. Batches are exported by the real program; poppler reads the
//! passwords from the PDF; then everything that the program and its database left anywhere is searched for each of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod search;

use crate::clerks::Society;
use crate::common::postgres::Server;
use crate::common::{Place, embedded, fixtures, paper};
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::{BatchNumber, WebDisplay};
use search::{Haystack, Needles};
use std::path::{Path, PathBuf};

const PASSPHRASE: &str = "open the envelope";

#[test]
fn s2_no_password_is_found_anywhere_but_on_paper_on_sqlite() {
    run(embedded(), None);
}

#[test]
fn s2_passwords_are_only_on_paper_also_with_a_full_server_log() {
    let Some(server) = Server::start() else {
        println!("SKIPPED: no PostgreSQL server on this machine");
        return;
    };
    // The server writes every statement with its values into its log, as a curious administrator might set it.
    let place = Place::of(server.database().logging_every_statement());
    run(place, Some(server.folder()));
}

#[test]
fn s2_the_search_finds_a_planted_password_in_every_form() {
    let needles = Needles::of(&["abcdefghjkmn".into(), "2345stuvwxyz".into()]);
    let forms = needles.forms();
    assert!(forms.len() >= 20, "{}", forms.len());
    for (name, form) in forms {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("below")).unwrap();
        std::fs::write(folder.path().join("below/file"), [b"\x00before", &form[..], b"after\xff"].concat()).unwrap();
        let mut hay = Haystack::default();
        hay.folder(folder.path(), &[]);
        assert!(!needles.found_in(&hay).is_empty(), "{name}");
    }
    let mut hay = Haystack::default();
    hay.text("abcdefghjkm 2345stuvwxy", "almost");
    assert!(needles.found_in(&hay).is_empty());
}

fn run(place: Place, server: Option<&Path>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(story(place, server));
}

/// Two batches with both kinds of cards, one of them behind a passphrase.
async fn story(place: Place, server: Option<&Path>) {
    let society = Society::registered(place).await;
    let mut hay = Haystack::default();
    let cast = &society.cast;
    assert!(fixtures::event(cast, "260 1", EventKind::Registered, WebDisplay::NotWanted).await);
    fixtures::ask_login(cast, "260 1").await.unwrap();
    let (plain, sealed) = (society.approved(20).await, society.approved(21).await);
    let day = ["--dispatch-date", "2026-11-24"];
    export(&society, &[&["batch", "export", plain.as_str()], &day[..]].concat(), &mut hay);
    export(&society, &[&["batch", "export", sealed.as_str(), "--passphrase-env", "KEY"], &day[..]].concat(), &mut hay);
    let (first, second) = (pdf(&society, &plain), pdf(&society, &sealed));
    let Some(mut read) = paper::cards(&first, None) else { return };
    read.extend(paper::cards(&second, Some(PASSPHRASE)).unwrap());
    assert_eq!(read.len(), 41);
    let needles = Needles::of(&read.into_iter().map(|(_, password)| password).collect::<Vec<_>>());
    let mut with_paper = Haystack::default();
    with_paper.text(&paper::pages(&first, None).unwrap().join(""), "the paper itself");
    assert!(!needles.found_in(&with_paper).is_empty(), "the search reads the paper");

    ask_for_everything(&society, &plain, &mut hay);
    look(&society, server, &[&first, &second], &needles, hay.clone());
    for batch in [&plain, &sealed] {
        for args in [&["batch", "printed", batch.as_str()][..], &["batch", "dispatch", batch.as_str()]] {
            hay.output(&society.run("sato", args), &args.join(" "));
        }
    }
    assert!(!first.exists() && !second.exists(), "S4: dispatched, destroyed");
    ask_for_everything(&society, &plain, &mut hay);
    let searched = look(&society, server, &[], &needles, hay);
    println!("{} passwords in {} forms: none in {searched}", 41, needles.forms().len());
}

fn pdf(society: &Society, batch: &BatchNumber) -> PathBuf {
    society.folder(batch).join(format!("{batch}-01.pdf"))
}

/// Runs an export, and looks over its shoulder at what every other program can see of it.
fn export(society: &Society, args: &[&str], hay: &mut Haystack) {
    let temp = society.place.folder.path().join("tmp");
    std::fs::create_dir_all(&temp).unwrap();
    let mut command = society.command("sato", args);
    let mut child = command.env("KEY", PASSPHRASE).env("TMPDIR", &temp).spawn().unwrap();
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let mut limits = String::new();
    while child.try_wait().unwrap().is_none() {
        for shown in ["environ", "cmdline"] {
            hay.bytes(&std::fs::read(proc.join(shown)).unwrap_or_default(), shown);
        }
        limits = std::fs::read_to_string(proc.join("limits")).ok().filter(|text| !text.is_empty()).unwrap_or(limits);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).collect::<Vec<_>>(), ["0", "0", "bytes"], "a crash leaves no core");
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    hay.output(&output, "export");
}

/// Every command that shows anything of cards, batches or the log, done and refused.
fn ask_for_everything(society: &Society, batch: &BatchNumber, hay: &mut Haystack) {
    let number = batch.as_str();
    let feed = society.place.folder.path().join("feed.csv");
    for (staff, args) in [
        ("sato", &["batch", "show", number][..]),
        ("sato", &["batch", "list"]),
        ("sato", &["batch", "export", number]),
        ("sato", &["batch", "preview", number]),
        ("sato", &["batch", "printed", number, "--spoiled", "99"]),
        ("sato", &["queue", "list"]),
        ("sato", &["member", "show", "300", "1"]),
        ("sato", &["diagnose", "viewing_rejected", "300", "1"]),
        ("suzuki", &["feed"]),
        ("suzuki", &["feed", "--out", feed.to_str().unwrap()]),
        ("admin", &["audit", "export"]),
        ("admin", &["audit", "verify"]),
        ("admin", &["settings", "get"]),
    ] {
        hay.output(&society.run(staff, args), &args.join(" "));
    }
}

/// Searches all of it: the database and its log, the exports, the temporary folder, what was said.
fn look(society: &Society, server: Option<&Path>, but: &[&Path], needles: &Needles, mut hay: Haystack) -> String {
    hay.folder(society.place.folder.path(), but);
    if let Some(server) = server {
        hay.folder(server, &[]);
        assert!(hay.names().any(|name| name.contains("pg_wal")), "the write-ahead log is searched");
        assert!(hay.holds(b"INSERT INTO audit"), "the server logs every statement");
    }
    assert!(server.is_some() || hay.names().any(|name| name.ends_with("kempo.db-wal")));
    assert!(hay.names().any(|name| name.contains("-manifest")));
    assert!(hay.holds(b"argon2id"), "hashes are found where passwords are not");
    assert_eq!(needles.found_in(&hay), Vec::<String>::new());
    hay.size()
}

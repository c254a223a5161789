//! The diagnostic log of the real program: what happened, with ids only.

use mykempo_console::store::{Db, DbUrl, Tx};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The program in a folder of its own, with a log at the most talkative level.
struct Program {
    folder: TempDir,
}

impl Program {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, log: &str, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("MYKEMPO_LOG", log).env("MYKEMPO_STAFF", "sato").output().unwrap()
    }

    /// The same with the password of the person.
    fn run_as(&self, password: &str, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(args).current_dir(self.folder.path()).env_clear().env("MYKEMPO_LOG", "file:run.log,trace");
        command.env("MYKEMPO_STAFF", "sato").env("MYKEMPO_PASSWORD", password).output().unwrap()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

/// Every name, reading, key, login ID, mail address and employer in the database.
async fn member_data(path: &Path) -> Vec<String> {
    let db = Db::open(&DbUrl::Sqlite(path.to_owned())).await.unwrap();
    let Tx::Sqlite(mut tx) = db.read().await.unwrap() else { unreachable!() };
    let mut found = Vec::new();
    for sql in [
        "SELECT name FROM member",
        "SELECT kana FROM member",
        "SELECT symbol || '-' || number || '-' || branch FROM member",
        "SELECT login_id FROM account WHERE login_id IS NOT NULL",
        "SELECT email FROM account WHERE email IS NOT NULL",
        "SELECT name FROM employer",
        "SELECT hash FROM card WHERE hash IS NOT NULL",
    ] {
        found.extend(sqlx::query_scalar::<_, String>(sql).fetch_all(&mut *tx).await.unwrap());
    }
    drop(tx);
    db.close().await;
    found.retain(|text| text.chars().count() > 2);
    found
}

/// The main job from the first import to the dispatch, and a search, at the most talkative level.
#[test]
fn the_log_of_the_main_job_holds_ids_only() {
    let program = Program::new();
    let demo = program.run("file:run.log,trace", &["demo", "--no-console", "--dir", "demo"]);
    assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
    let printed = String::from_utf8(demo.stdout).unwrap();
    let password = printed.lines().find_map(|line| line.trim().strip_prefix("sato ")).unwrap();
    let password = password.split_whitespace().next().unwrap();
    let call = ["--db", "demo/mykempo.db", "call"];
    let typed = ["--name", "佐々木工業様", "--phone", "090-1234-5678", "--text", "書きかけの内容"];
    for more in [[&["start"], &typed[..]].concat(), vec!["keep", "1", "--text", "書きかけの内容"], vec!["list"]]
    {
        let done = program.run_as(password, &[&call, more.as_slice()].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let log = program.read("run.log");
    for hidden in ["佐々木", "1234-5678", "書きかけ"] {
        assert!(!log.contains(hidden), "{hidden} of a call is in the log");
    }
    for event in ["act=\"imported\"", "act=\"batch_approved\" batch=\"B", "act=\"batch_dispatched\"", "staff=\"sato\""]
    {
        assert!(log.contains(event), "{event} is missing");
    }
    let data =
        tokio::runtime::Runtime::new().unwrap().block_on(member_data(&program.folder.path().join("demo/mykempo.db")));
    assert!(data.len() > 300, "only {} values to look for", data.len());
    let leaked: Vec<&String> = data.iter().filter(|text| log.contains(text.as_str())).collect();
    assert!(leaked.is_empty(), "{leaked:?}");
    // The passwords that the demo prints for its people.
    let words = printed.split_whitespace().filter(|word| word.len() >= 10 && word.is_ascii() && !word.contains('/'));
    let secrets: Vec<&str> = words.filter(|word| log.contains(word)).collect();
    let known = |word: &&str| word.starts_with("B20") || word.contains("mykempo");
    assert!(secrets.iter().all(known), "{secrets:?}");
}

#[test]
fn a_refusal_is_logged_by_its_code_alone() {
    let program = Program::new();
    let refused = program.run("file:run.log,trace", &["--db", "none.db", "member", "find", "とても秘密の名前"]);
    assert_eq!(refused.status.code(), Some(3));
    let log = program.read("run.log");
    assert!(log.contains("code=\"no_database\""), "{log}");
    assert!(!log.contains("秘密"), "{log}");
}

#[test]
fn an_unknown_log_target_is_refused_and_named() {
    let program = Program::new();
    for wrong in ["loud", "file:", "stderr,much"] {
        let refused = program.run(wrong, &["--lang", "en", "doctor"]);
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && told.contains(wrong), "{told}");
    }
}

#[test]
fn the_log_never_goes_into_the_database() {
    let program = Program::new();
    std::fs::write(program.folder.path().join("kempo.db"), "mine").unwrap();
    std::os::unix::fs::symlink("kempo.db", program.folder.path().join("link")).unwrap();
    for target in ["file:kempo.db", "file:./kempo.db", "file:link", "file:kempo.db-wal"] {
        let refused = program.run(target, &["--db", "kempo.db", "doctor"]);
        assert!(!refused.status.success(), "{target}");
        assert_eq!(program.read("kempo.db"), "mine", "{target}");
    }
}

#[test]
fn a_log_file_is_its_owners_alone_and_grows() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new();
    for _ in 0..2 {
        program.run("file:run.log", &["--db", "none.db", "doctor"]);
    }
    let path = program.folder.path().join("run.log");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(program.read("run.log").lines().count(), 2);
}

#[test]
fn a_log_is_never_written_into_a_foreign_file() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new();
    let path = program.folder.path().join("members.csv");
    for content in ["記号,番号\n1,2\n", "2026-11-24T00:00:00Z INFO other_program: x\n"] {
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = program.run("file:members.csv", &["--db", "none.db", "doctor"]);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("members.csv"), "named");
        assert_eq!(program.read("members.csv"), content);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o644, "its mode stays");
    }
    std::fs::write(&path, "").unwrap();
    program.run("file:members.csv", &["--db", "none.db", "doctor"]);
    program.run("file:members.csv", &["--db", "none.db", "doctor"]);
    assert_eq!(program.read("members.csv").lines().count(), 2, "an empty one is taken, and then it is a log");
}

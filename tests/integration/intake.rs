//! 自動取込 by the real binary, as a timer runs it with the key of a machine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mykempo_console::usecases::FailureKind;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery";

/// A society, a folder in which files arrive, and a machine that imports.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(office.arriving()).unwrap();
        let init = ["init", "--insurer", "06139992", "--society", "架空", "--admin", "admin", "--rehearsal", "--json"];
        assert!(office.by_admin(&init).status.success());
        let add = ["staff", "add", "intake", "--name", "Intake", "--role", "machine", "--may", "import"];
        assert!(office.by_admin(&[&add[..], &["--key-out", "intake.key"]].concat()).status.success());
        office
    }

    fn arriving(&self) -> PathBuf {
        self.folder.path().join("in")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.args(args).current_dir(self.folder.path()).env_clear().env("MYKEMPO_DB", "kempo.db");
        command.env("MYKEMPO_TODAY", "2026-11-24").env("MYKEMPO_LANG", "en");
        command
    }

    fn by_admin(&self, args: &[&str]) -> Output {
        self.command(args).env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", PASSWORD).output().unwrap()
    }

    fn intake(&self) -> Command {
        let mut command = self.command(&["intake", "in", "--settle", "0", "--json"]);
        command.env("MYKEMPO_KEY_FILE", "intake.key");
        command
    }

    /// Name, kind and result of each file, and the exit code.
    fn taken(&self) -> (Vec<[String; 3]>, i32) {
        let output = self.intake().output().unwrap();
        let found: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        let text = |it: &Value, field: &str| it[field].as_str().unwrap_or("").to_owned();
        let files = found["files"].as_array().unwrap().iter();
        (
            files.map(|it| [text(it, "file"), text(it, "kind"), text(it, "result")]).collect(),
            output.status.code().unwrap(),
        )
    }

    fn put(&self, name: &str, demo: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(demo);
        std::fs::copy(from, self.arriving().join(name)).unwrap();
    }

    fn names(&self, below: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.arriving().join(below)).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn imports(&self) -> Vec<(String, String)> {
        let output = self.by_admin(&["import", "history", "--json"]);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |it: &Value, field: &str| it[field].as_str().unwrap().to_owned();
        found["imports"].as_array().unwrap().iter().map(|it| (text(it, "kind"), text(it, "staff"))).collect()
    }
}

fn code(output: &Output) -> (String, i32) {
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    (error["error"]["code"].as_str().unwrap().to_owned(), output.status.code().unwrap())
}

#[test]
fn what_arrives_is_recognised_and_imported_in_its_order() {
    let office = Office::new();
    // Neither names nor times of arrival say what a file is.
    for (name, demo) in [
        ("1.dat", "requests.csv"),
        ("2.dat", "portal-events.csv"),
        ("3", "members.csv"),
        ("4.txt", "employers.csv"),
        ("5.csv.part", "employers.csv"),
    ] {
        office.put(name, demo);
    }
    let (taken, exit) = office.taken();
    let kinds: Vec<&str> = taken.iter().map(|[_, kind, _]| kind.as_str()).collect();
    assert_eq!(kinds, ["employers", "members", "portal-events", "requests"]);
    assert!(taken.iter().all(|[_, _, result]| result == "imported"), "{taken:?}");
    let rejected = office.names("failed");
    assert_eq!(exit, if rejected.is_empty() { 0 } else { FailureKind::Partial.exit_code().into() }, "{rejected:?}");
    assert_eq!(office.names(""), [".mykempo-intake.lock", "5.csv.part", "done", "failed"]);
    let done = office.names("done");
    assert_eq!(done.len(), 8, "each file with its report: {done:?}");
    assert!(done.iter().all(|name| name.starts_with("20261124-")), "{done:?}");
    assert!(office.imports().iter().all(|(_, staff)| staff == "intake"));
    assert_eq!(office.taken(), (Vec::new(), 0), "nothing to do is done");

    office.put("4.txt", "employers.csv");
    assert_eq!(office.taken(), (vec![["4.txt".into(), "employers".into(), "imported_before".into()]], 0));
    assert_eq!(office.imports().len(), 4);
}

#[test]
fn what_cannot_be_imported_goes_to_failed_with_its_report() {
    let office = Office::new();
    let arriving = office.arriving();
    office.put("good.csv", "employers.csv");
    std::fs::write(arriving.join("empty.csv"), "").unwrap();
    std::fs::write(arriving.join("notes.txt"), "call them back\n").unwrap();
    std::os::unix::fs::symlink("good.csv", arriving.join("link.csv")).unwrap();
    let mut two = std::fs::read(arriving.join("good.csv")).unwrap();
    two.extend(std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/members.csv")).unwrap());
    two.push(0);
    std::fs::write(arriving.join("two.csv"), two).unwrap();
    let (mut taken, exit) = office.taken();
    taken.sort();
    let results: Vec<(&str, &str)> = taken.iter().map(|[file, _, result]| (file.as_str(), result.as_str())).collect();
    let failed = ["empty.csv", "link.csv", "notes.txt", "two.csv"].map(|name| (name, "failed"));
    assert_eq!(results, [&failed[..1], &[("good.csv", "imported")], &failed[1..]].concat());
    assert_eq!(exit, i32::from(FailureKind::Partial.exit_code()));
    for (name, _) in failed {
        let kept: Vec<String> = office.names("failed").into_iter().filter(|it| it.contains(name)).collect();
        assert!(kept.len() >= 2, "{name} and its report: {kept:?}");
        let report = kept.iter().find(|it| it.ends_with(".report.txt")).unwrap();
        assert!(std::fs::read_to_string(arriving.join("failed").join(report)).unwrap().starts_with(name));
    }
    assert_eq!(office.imports().len(), 1);
    assert_eq!(office.taken().1, 0, "what has failed is not tried again");
}

#[test]
fn an_older_file_does_not_bring_back_what_has_changed() {
    let office = Office::new();
    office.put("monday.csv", "employers.csv");
    office.taken();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/employers.csv");
    let mut tuesday = std::fs::read(demo).unwrap();
    tuesday.extend(b"\r\n");
    std::fs::write(office.arriving().join("tuesday.csv"), tuesday).unwrap();
    assert_eq!(office.taken().0[0][2], "imported");
    office.put("again.csv", "employers.csv");
    let (taken, exit) = office.taken();
    assert_eq!((taken[0][2].as_str(), exit), ("failed", i32::from(FailureKind::Partial.exit_code())));
    assert_eq!(office.imports().len(), 2);
}

#[test]
fn two_intakes_do_not_work_in_one_folder() {
    let office = Office::new();
    office.put("good.csv", "employers.csv");
    let lock = std::fs::File::create(office.arriving().join(".mykempo-intake.lock")).unwrap();
    lock.lock().unwrap();
    let busy = i32::from(FailureKind::Unavailable.exit_code());
    assert_eq!(code(&office.intake().output().unwrap()), ("intake_running".to_owned(), busy));
    drop(lock);
    assert_eq!(office.taken().0.len(), 1);
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_and_nothing_moved() {
    let office = Office::new();
    let missing = office.command(&["intake", "none", "--json"]).env("MYKEMPO_KEY_FILE", "intake.key").output().unwrap();
    assert_eq!(code(&missing), ("file".to_owned(), i32::from(FailureKind::NotFound.exit_code())));
    // The folder of the database itself.
    let own =
        office.command(&["intake", ".", "--settle", "0", "--json"]).env("MYKEMPO_KEY_FILE", "intake.key").output();
    assert_eq!(code(&own.unwrap()).0, "file_exists");
    assert!(office.folder.path().join("kempo.db").exists() && office.folder.path().join("intake.key").exists());
    let clerk = office.by_admin(&[
        "staff",
        "add",
        "x",
        "--name",
        "x",
        "--role",
        "machine",
        "--may",
        "feed",
        "--key-out",
        "x.key",
    ]);
    assert!(clerk.status.success());
    let refused = office.command(&["intake", "in", "--json"]).env("MYKEMPO_KEY_FILE", "x.key").output().unwrap();
    assert_eq!(code(&refused).0, "role");
    std::os::unix::fs::symlink("/tmp", office.arriving().join("done")).unwrap();
    office.put("good.csv", "employers.csv");
    assert_eq!(code(&office.intake().output().unwrap()).0, "folder");
    assert!(office.arriving().join("good.csv").exists());
}

#[test]
fn a_killed_intake_loses_nothing_and_does_nothing_twice() {
    for wait in [30, 120, 300, 600] {
        let office = Office::new();
        office.put("employers.csv", "employers.csv");
        office.put("members.csv", "members.csv");
        let mut child = office.intake().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let (taken, _) = office.taken();
        assert!(taken.iter().all(|[_, _, result]| result != "failed"), "after {wait} ms: {taken:?}");
        let mut imports = office.imports();
        imports.sort();
        let once = |kind: &str| (kind.to_owned(), "intake".to_owned());
        assert_eq!(imports, [once("employers"), once("members")], "after {wait} ms");
        assert_eq!(office.names("").len(), 3, "everything was moved");
    }
}

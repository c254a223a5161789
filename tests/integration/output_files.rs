//! Files that the real program writes outside the database: never over the database, and over no other file unless
//! asked to.

use crate::common::fixtures::{PEOPLE, cast, register, sql};
use crate::common::{embedded, on_each_engine};
use mykempo_console::usecases::batches;
use mykempo_console::usecases::queue::QueueFilter;
use serde_json::Value;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const DATABASE: &str = "mykempo.db";

/// A society in a folder of its own, in which every command runs.
struct Society {
    folder: TempDir,
}

impl Society {
    fn new() -> Self {
        let society = Self { folder: embedded().folder };
        society.done(&["init", "--insurer", "06139992", "--society", "架空", "--admin", "admin", "--rehearsal"]);
        for (key, value) in [("hash.memory_kib", "8192"), ("hash.passes", "1")] {
            society.done(&["settings", "set", key, value]);
        }
        // Signing in hashes the password again, at the lower cost.
        society.done(&["audit", "verify"]);
        std::fs::write(society.at("rows.csv"), format!("{EMPLOYERS}\r\n,ﾎｸﾄ,北斗,,,,,,,,\r\n")).unwrap();
        std::fs::copy(asset("templates/v-fold.toml"), society.at("v-fold.toml")).unwrap();
        society
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
        command.arg("--json").args(args).current_dir(self.folder.path()).env_clear();
        command.env("MYKEMPO_DB", DATABASE).env("MYKEMPO_STAFF", "admin").env("MYKEMPO_TODAY", "2026-11-24");
        command.env("MYKEMPO_PASSWORD", "correct horse battery").output().unwrap()
    }

    fn done(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The words of a refusal, whose code is always the same.
    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(4), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["error"]["code"], "file_exists", "{args:?}: {error}");
        error["error"]["message"].as_str().unwrap().to_owned()
    }

    /// The file that the database had from the beginning is there, and holds.
    fn is_whole(&self, inode: u64) {
        assert_eq!(self.at(DATABASE).symlink_metadata().unwrap().ino(), inode);
        assert!(std::fs::read(self.at(DATABASE)).unwrap().starts_with(b"SQLite format 3"));
        assert_eq!(self.done(&["audit", "verify"])["broken_at"], Value::Null);
    }

    fn inode(&self) -> u64 {
        self.at(DATABASE).symlink_metadata().unwrap().ino()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with(DATABASE));
        names.sort();
        names
    }
}

const EMPLOYERS: &str = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";

fn asset(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)
}

/// Every command that writes a file of a name that a person gives.
const OUTPUTS: [&[&str]; 5] = [
    &["feed", "--out"],
    &["audit", "export", "--out"],
    &["import", "employers", "rows.csv", "--dry-run", "--rejects"],
    &["template", "alignment", "v-fold.toml", "--out"],
    &["backup"],
];

fn to<'a>(output: &[&'a str], path: &'a str, replace: bool) -> Vec<&'a str> {
    let replace: &[&str] = if replace { &["--replace"] } else { &[] };
    [output, &[path], replace].concat()
}

#[test]
fn no_output_takes_the_place_of_the_database() {
    let society = Society::new();
    let inode = society.inode();
    std::fs::create_dir(society.at("a")).unwrap();
    symlink(DATABASE, society.at("link")).unwrap();
    symlink(society.at("mykempo.db-wal"), society.at("link-to-wal")).unwrap();
    std::fs::hard_link(society.at(DATABASE), society.at("hard")).unwrap();
    std::fs::write(society.at("mykempo.db.lock"), "").unwrap();
    std::fs::hard_link(society.at("mykempo.db.lock"), society.at("lock")).unwrap();
    let absolute = society.at(DATABASE).display().to_string();
    let before = society.names();
    for output in OUTPUTS {
        let words = society.refused(&to(output, DATABASE, false));
        assert!(words.contains(DATABASE), "{words}");
        for path in [
            DATABASE,
            "./a/../mykempo.db",
            &absolute,
            "link",
            "hard",
            "link-to-wal",
            "mykempo.db-wal",
            "mykempo.db-shm",
            "a/../mykempo.db-journal",
            "mykempo.db.lock",
            "lock",
        ] {
            society.refused(&to(output, path, true));
        }
        society.is_whole(inode);
    }
    assert_eq!(society.names(), before);
}

#[test]
fn database_opened_through_a_link_is_protected_by_its_name() {
    let society = Society::new();
    let inode = society.inode();
    std::fs::create_dir(society.at("link")).unwrap();
    symlink("../mykempo.db", society.at("link/kempo.db")).unwrap();
    for output in OUTPUTS {
        for path in ["mykempo.db", "mykempo.db-journal", "link/kempo.db", "link/kempo.db-wal"] {
            society.refused(&[&["--db", "link/kempo.db"], &to(output, path, true)[..]].concat());
        }
    }
    society.is_whole(inode);
}

#[test]
fn an_output_replaces_a_file_only_when_asked() {
    let society = Society::new();
    for output in OUTPUTS {
        std::fs::write(society.at("out"), "mine").unwrap();
        let before = society.names();
        let words = society.refused(&to(output, "out", false));
        assert!(words.contains("out") && words.contains("--replace"), "{words}");
        assert_eq!(std::fs::read(society.at("out")).unwrap(), b"mine");
        assert_eq!(society.names(), before, "{output:?} leaves nothing");
        society.done(&to(output, "out", true));
        assert_ne!(std::fs::read(society.at("out")).unwrap(), b"mine", "{output:?}");
        assert_eq!(society.at("out").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_file(society.at("out")).unwrap();
        let _ = std::fs::remove_file(society.at("out.anchor"));
        society.done(&to(output, "out", false));
        std::fs::remove_file(society.at("out")).unwrap();
        let _ = std::fs::remove_file(society.at("out.anchor"));
    }
}

#[test]
fn a_refused_output_leaves_no_entry_in_the_log() {
    let society = Society::new();
    std::fs::write(society.at("out"), "mine").unwrap();
    society.refused(&["feed", "--out", "out"]);
    society.refused(&["backup", "out"]);
    let log = society.done(&["audit", "export"]);
    let entries = log["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["action"] != "feed_written" && entry["action"] != "backed_up"), "{log}");
}

#[test]
fn an_output_follows_no_link() {
    let society = Society::new();
    std::fs::write(society.at("there"), "kept").unwrap();
    symlink("there", society.at("link")).unwrap();
    symlink("absent", society.at("dangling")).unwrap();
    for output in OUTPUTS {
        for path in ["link", "dangling"] {
            society.refused(&to(output, path, false));
            society.refused(&to(output, path, true));
        }
    }
    assert_eq!(std::fs::read(society.at("there")).unwrap(), b"kept");
    assert!(society.at("link").is_symlink() && !society.at("absent").exists());
}

#[test]
fn a_guessed_temporary_name_harms_nothing() {
    let society = Society::new();
    let inode = society.inode();
    symlink(DATABASE, society.at("out.part")).unwrap();
    std::fs::hard_link(society.at(DATABASE), society.at(".out.part")).unwrap();
    for output in OUTPUTS {
        society.done(&to(output, "out", false));
        std::fs::remove_file(society.at("out")).unwrap();
        let _ = std::fs::remove_file(society.at("out.anchor"));
    }
    assert!(society.at("out.part").is_symlink());
    society.is_whole(inode);
}

#[test]
fn a_rejects_file_never_replaces_the_file_that_is_read() {
    let society = Society::new();
    let rows = std::fs::read(society.at("rows.csv")).unwrap();
    let import = ["import", "employers", "rows.csv", "--dry-run", "--rejects", "./rows.csv", "--replace"];
    society.refused(&import);
    society.refused(&["template", "alignment", "v-fold.toml", "--out", "v-fold.toml", "--replace"]);
    assert_eq!(std::fs::read(society.at("rows.csv")).unwrap(), rows);
}

#[test]
fn replace_without_a_file_is_a_usage_error() {
    let society = Society::new();
    for args in [&["feed", "--replace"][..], &["audit", "export", "--replace"]] {
        assert_eq!(society.run(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn the_demo_replaces_no_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("members.csv"), "mine").unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    demo.args(["--json", "demo", "--no-console", "--members", "40", "--dir"]).arg(folder.path()).env_clear();
    let output = demo.output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("file_exists"));
    assert_eq!(std::fs::read(folder.path().join("members.csv")).unwrap(), b"mine");
    assert!(!folder.path().join(DATABASE).exists());
}

#[test]
fn s4_a_planted_link_in_the_export_folder_is_not_followed() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["260 1 00"]).await;
        let batch = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let (folder, there) = (cast.ctx.export_folder().join(batch.as_str()), place.folder.path().join("there"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&there, "kept").unwrap();
        symlink(&there, folder.join(".lock")).unwrap();
        let refused = batches::preview(&cast.ctx, &cast.clerk, &batch).await.unwrap_err();
        assert_eq!(refused.code(), "folder");
        assert_eq!(std::fs::read(&there).unwrap(), b"kept");

        std::fs::remove_dir_all(&folder).unwrap();
        let elsewhere = place.folder.path().join("elsewhere");
        std::fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, &folder).unwrap();
        let refused = batches::preview(&cast.ctx, &cast.clerk, &batch).await.unwrap_err();
        assert_eq!(refused.code(), "folder");
        assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
        std::fs::remove_file(&folder).unwrap();
        batches::preview(&cast.ctx, &cast.clerk, &batch).await.unwrap();
    });
}

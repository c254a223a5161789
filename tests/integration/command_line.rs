//! What holds for every command: wrong arguments, exit codes, settings of the terminal, completions, manual pages.

use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const PASSWORD: &str = "correct horse battery";

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.current_dir(folder).env_clear().env("MYKEMPO_TODAY", "2026-11-24");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn error(output: &Output) -> Value {
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
    serde_json::from_slice::<Value>(&output.stderr).unwrap()["error"].clone()
}

/// A society of which `admin` is the admin.
fn society(folder: &Path) {
    let init = ["init", "--insurer", "06139992", "--society", "架空", "--admin", "admin", "--rehearsal"];
    let done = program(folder).args(init).env("MYKEMPO_PASSWORD", PASSWORD).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
}

/// `key` → (value, origin) of `doctor --settings`.
fn settings(mut command: Command) -> impl Fn(&str) -> (String, String) {
    let output = command.args(["--json", "doctor", "--settings"]).output().unwrap();
    let table: Value = serde_json::from_slice(&output.stdout).unwrap();
    move |key| {
        let rows = table["settings"].as_array().unwrap();
        let row = rows.iter().find(|row| row["key"] == key).unwrap();
        let part = |name: &str| row[name].as_str().unwrap().to_owned();
        (part("value"), part("origin"))
    }
}

#[test]
fn wrong_arguments_are_json_for_scripts() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["--json", "batch", "frobnicate"][..],
        &["--json", "batch"],
        &["batch", "show", "--json"],
        &["--json", "import", "members", "x.csv", "--nonsense"],
        &["--json", "import", "colours", "x.csv"],
        &["--json", "--lang"],
    ] {
        let output = run(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let error = error(&output);
        assert_eq!((&error["code"], &error["kind"]), (&"usage".into(), &"usage".into()), "{args:?}");
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn help_and_usage_errors_follow_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let help = text(&run(folder.path(), &["batch", "--help"]).stdout);
    for words in ["使い方: mykempo batch", "\nコマンド:\n", "共通のオプション:", "使い方を表示する"]
    {
        assert!(help.contains(words), "{words}: {help}");
    }
    assert!(!help.contains("Usage:") && !help.contains("Print help"), "{help}");
    let help = text(&run(folder.path(), &["--lang", "en", "batch", "--help"]).stdout);
    assert!(help.contains("Usage: mykempo batch") && help.contains("\nCommands:\n"), "{help}");
    let wrong = text(&run(folder.path(), &["batch", "shw"]).stderr);
    assert!(
        wrong.contains("「shw」というコマンドはありません") && wrong.contains("「show」ではありませんか"),
        "{wrong}"
    );
    let wrong = text(&run(folder.path(), &["import", "colours", "x.csv"]).stderr);
    assert!(wrong.contains("指定できる値: ") && wrong.contains("members"), "{wrong}");
    std::fs::write(folder.path().join("mykempo.toml"), "lang = \"en\"\n").unwrap();
    let wrong = text(&run(folder.path(), &["batch", "frobnicate"]).stderr);
    assert!(wrong.contains("There is no command 'frobnicate'"), "{wrong}");
    std::fs::rename(folder.path().join("mykempo.toml"), folder.path().join("named.toml")).unwrap();
    for args in
        [&["batch", "frobnicate", "--config", "named.toml"][..], &["batch", "frobnicate", "--config=named.toml"]]
    {
        let wrong = text(&run(folder.path(), args).stderr);
        assert!(wrong.contains("There is no command 'frobnicate'"), "{wrong}");
    }
    let wrong = program(folder.path()).args(["batch", "frobnicate"]).env("MYKEMPO_CONFIG", "named.toml").output();
    assert!(text(&wrong.unwrap().stderr).contains("There is no command 'frobnicate'"));
    // A failure at the start has the same language as a wrong argument.
    let start = text(&run(folder.path(), &["--config", "named.toml", "--db", "ftp://x", "staff", "list"]).stderr);
    assert!(start.contains("Unknown kind of database"), "{start}");
    let start = text(&run(folder.path(), &["--config", "named.toml", "--log", "nowhere", "staff", "list"]).stderr);
    assert!(start.is_ascii(), "{start}");
    let broken = program(folder.path())
        .args(["--config", "none.toml", "staff", "list"])
        .env("MYKEMPO_LANG", "en")
        .output()
        .unwrap();
    assert!(text(&broken.stderr).contains("The settings file cannot be used"), "{broken:?}");
}

#[test]
fn a_noun_without_its_verb_is_named_for_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let message = |args: &[&str]| error(&run(folder.path(), args))["message"].as_str().unwrap().to_owned();
    assert!(message(&["--json", "--lang", "en", "batch"]).contains("'mykempo batch' needs"));
    assert!(message(&["--json", "staff", "totp"]).contains("mykempo staff totp"));
}

#[test]
fn settings_that_another_user_may_have_written_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mykempo.toml");
    std::fs::write(&file, "lang = \"en\"\nterminal = \"not this\"\n").unwrap();
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o666);
    let refused = error(&run(folder.path(), &["--json", "doctor", "--settings"]));
    assert_eq!(refused["code"], "config_foreign");
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("mykempo.toml") && message.contains("chmod go-w"), "{message}");
    assert!(!message.is_ascii(), "it does not choose the language either: {message}");
    assert_eq!(settings_of(folder.path(), "mykempo.toml"), "not this", "a file that is named is the user's choice");
    mode(0o644);
    assert!(run(folder.path(), &["--json", "doctor", "--settings"]).status.success());
}

fn settings_of(folder: &Path, config: &str) -> String {
    let mut command = program(folder);
    command.args(["--config", config]);
    settings(command)("terminal").0
}

#[test]
fn the_password_of_a_machine_is_not_tried_for_another_person() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    let file = folder.join("password");
    std::fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(folder.join("mykempo.toml"), "staff = \"admin\"\npassword_file = \"password\"\n").unwrap();
    assert!(run(folder, &["--json", "staff", "list"]).status.success(), "the staff ID of the machine");
    for id in ["admin", "suzuki"] {
        let refused = error(&run(folder, &["--json", "--staff", id, "staff", "list"]));
        assert_eq!(refused["code"], "no_password", "{id}: it is asked for");
    }
}

#[test]
fn a_code_of_the_environment_is_no_failed_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    let admin = |args: &[&str], more: &[(&str, &str)]| {
        let mut command = program(folder);
        command.args(["--json", "--staff", "admin"]).args(args).env("MYKEMPO_PASSWORD", PASSWORD);
        command.envs(more.iter().copied()).env_remove("MYKEMPO_TODAY");
        command.output().unwrap()
    };
    let secret = mykempo_console::usecases::staff::TotpSecret::parse("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").unwrap();
    let code = |steps: i64| secret.code_at(chrono::Utc::now() + chrono::TimeDelta::seconds(30 * steps));
    let enrol = [("MYKEMPO_TOTP_SECRET", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), ("MYKEMPO_NEW_TOTP", &code(0))];
    let set = admin(&["settings", "set", "policy.totp", "everyone"], &[]);
    assert!(set.status.success(), "{}", text(&set.stderr));
    let enrolled = admin(&["staff", "totp", "enrol"], &enrol);
    assert!(enrolled.status.success(), "{}", text(&enrolled.stderr));
    let list = admin(&["audit", "list", "--act", "sign_in_failed"], &[("MYKEMPO_TOTP", &code(1))]);
    let found: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(found["entries"].as_array().map(Vec::len), Some(0), "{found}");
}

#[test]
fn exit_codes_tell_what_a_script_does_next() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    let code = |args: &[&str]| {
        let mut command = program(folder);
        command.args(["--json", "--staff", "admin"]).args(args).env("MYKEMPO_PASSWORD", PASSWORD);
        command.output().unwrap().status.code()
    };
    assert_eq!(code(&["staff", "list"]), Some(0));
    assert_eq!(code(&["batch", "draft"]), Some(1), "not of this role");
    assert_eq!(code(&["batch"]), Some(2));
    assert_eq!(code(&["member", "show", "999", "9"]), Some(3));
    assert_eq!(code(&["--db", "none.db", "staff", "list"]), Some(3));
    assert_eq!(code(&["--db", "postgres://k@127.0.0.1:1/none", "staff", "list"]), Some(5));
    std::fs::write(folder.join("there"), "").unwrap();
    assert_eq!(code(&["backup", "there"]), Some(4));
    let heading = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";
    let row = |code: usize| {
        format!("\r\n{code},カ,株式会社,1010025,東京都千代田区神田佐久間町1-2,,03-0000-0000,,,2010-04-01,")
    };
    let rows: String = (100..140).map(row).collect();
    std::fs::write(folder.join("employers.csv"), format!("{heading}{rows}\r\n,カ,株式会社,1010025,,,,,,,")).unwrap();
    assert_eq!(code(&["import", "employers", "employers.csv", "--dry-run"]), Some(0));
    assert_eq!(code(&["import", "employers", "employers.csv"]), Some(6), "one row was rejected");
}

#[test]
fn the_nearest_place_of_a_setting_wins() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let user = folder.join("xdg/mykempo");
    std::fs::create_dir_all(&user).unwrap();
    std::fs::write(user.join("mykempo.toml"), "db = \"user.db\"\nterminal = \"desk 3\"\n").unwrap();
    let command = || {
        let mut command = program(folder);
        command.env("XDG_CONFIG_HOME", folder.join("xdg"));
        command
    };
    let of = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(settings(program(folder))("db"), of("mykempo.db", "default"));
    let found = settings(command());
    assert_eq!((found("db"), found("terminal")), (of("user.db", "file"), of("desk 3", "file")));
    std::fs::write(folder.join("mykempo.toml"), "db = \"here.db\"\n").unwrap();
    assert_eq!(settings(command())("db"), of("here.db", "file"));
    let credentials = folder.join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    let secret = credentials.join("mykempo.db");
    std::fs::write(&secret, "postgres://kempo:s3cret@db/kempo\n").unwrap();
    // As systemd hands it over: root's, with an access list that the mode shows as the group's.
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o440)).unwrap();
    let mut with = command();
    with.env("CREDENTIALS_DIRECTORY", &credentials);
    assert_eq!(settings(with)("db"), of("postgres://kempo@db/kempo", "credential"), "without the password");
    let mut with = command();
    with.env("MYKEMPO_DB", "variable.db");
    assert_eq!(settings(with)("db"), of("variable.db", "environment"));
    let mut with = command();
    with.env("MYKEMPO_DB", "variable.db").args(["--db", "flag.db"]);
    assert_eq!(settings(with)("db"), of("flag.db", "flag"));
}

#[test]
fn a_database_password_in_a_flag_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = error(&run(folder.path(), &["--json", "--db", "postgres://k:s3cret@db/kempo", "staff", "list"]));
    assert_eq!(refused["code"], "secret_in_flag");
    assert!(!refused["message"].as_str().unwrap().contains("s3cret"));
}

#[test]
fn a_password_comes_from_a_file_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    let file = folder.join("password");
    std::fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    let list = ["--json", "--staff", "admin", "staff", "list", "--password-file", "password"];
    mode(0o644);
    assert_eq!(error(&run(folder, &list))["code"], "secret_file_open");
    mode(0o600);
    assert!(run(folder, &list).status.success());
    let other = program(folder).args(list).env("MYKEMPO_PASSWORD", "another password").output().unwrap();
    assert!(other.status.success(), "the flag wins");
    let credentials = folder.join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    mode(0o440);
    std::fs::rename(&file, credentials.join("mykempo.password")).unwrap();
    let mut unit = program(folder);
    unit.env("CREDENTIALS_DIRECTORY", &credentials).args(["--json", "--staff", "admin", "staff", "list"]);
    assert!(unit.output().unwrap().status.success());
}

#[test]
fn every_command_has_a_manual_page_with_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = run(folder, &["--lang", "en", "man", "pages"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let page = std::fs::read_to_string(folder.join("pages/mykempo-batch-export.1")).unwrap();
    for words in [".SH \"EXIT STATUS\"", "(unavailable)", "MYKEMPO_PASSWORD_FILE", "/etc/mykempo/mykempo.toml"] {
        assert!(page.contains(words), "{words}");
    }
    let pages = std::fs::read_dir(folder.join("pages")).unwrap().count();
    assert!(pages > 60, "{pages}");
    assert_eq!(run(folder, &["man", "pages"]).status.code(), Some(4), "nothing is overwritten");
    assert!(run(folder, &["man", "pages", "--replace"]).status.success());
    let bash = text(&run(folder, &["completions", "bash"]).stdout);
    assert!(bash.contains("complete -F _mykempo"), "{bash}");
}

/// The program as the admin of the society.
fn as_admin(folder: &Path, args: &[&str]) -> Output {
    program(folder).args(args).env("MYKEMPO_STAFF", "admin").env("MYKEMPO_PASSWORD", PASSWORD).output().unwrap()
}

#[test]
fn what_the_system_says_reaches_a_person_in_japanese() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    let missing = as_admin(folder, &["import", "members", "none.csv"]);
    assert_eq!(missing.status.code(), Some(3), "not found");
    let a_folder = as_admin(folder, &["import", "members", "."]);
    let no_number = as_admin(folder, &["member", "find", "260", "--limit", "many"]);
    let no_language = as_admin(folder, &["--lang", "fr", "queue", "list"]);
    let no_settings = as_admin(folder, &["--config", "none.toml", "queue", "list"]);
    for (said, expected) in [
        (missing, "見つかりません"),
        (a_folder, "フォルダーです"),
        (no_number, "数字で指定してください"),
        (no_language, "指定できる値: ja、en"),
        (no_settings, "見つかりません"),
    ] {
        let said = text(&said.stderr);
        assert!(said.contains(expected), "{said}");
        for english in ["os error", "directory", "invalid", "No such"] {
            assert!(!said.contains(english), "{said}");
        }
    }
}

#[test]
fn an_empty_list_says_that_it_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    society(folder);
    for args in
        [&["queue", "list"][..], &["queue", "list", "--by-employer"], &["batch", "list"], &["batch", "receipts"]]
    {
        let output = as_admin(folder, args);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("ありません"), "{args:?}: {}", text(&output.stdout));
    }
    let open = as_admin(folder, &["staff", "unlock", "admin"]);
    assert!(text(&open.stdout).contains("ロックされていません"), "{}", text(&open.stdout));
}

#[test]
fn the_demo_is_made_where_db_says() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::create_dir(folder.join("two")).unwrap();
    std::fs::write(folder.join("two/mykempo.db"), "").unwrap();
    let there = run(folder, &["--db", "two/mykempo.db", "demo"]);
    assert!(text(&there.stderr).contains("two/mykempo.db"), "{}", text(&there.stderr));
    let server = run(folder, &["--json", "--db", "postgres://host/society", "demo"]);
    assert_eq!(error(&server)["code"], "demo_file");
}

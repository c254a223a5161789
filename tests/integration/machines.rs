//! Machine accounts: one permission each, a key instead of password and code. By the use cases on both engines, and by the
//! real binary as a job uses it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{cast, recorded, sql};
use crate::common::{at, embedded, on_each_engine, refusal};
use mykempo_console::domain::{MachineTask, Permission, Role};
use mykempo_console::secrets::{MachineKey, Passphrase};
use mykempo_console::usecases::confirmations::confirm;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::{MachineRefusal, TwoPeopleRefusal};
use mykempo_console::usecases::staff::{self, CLOSING, KeyAsked, NewCredential};
use mykempo_console::usecases::upkeep::doctor::{Finding, Scene, doctor};
use mykempo_console::usecases::{Actor, AppContext, AuditEvent, AuditFilter, Error, Refusal, SignInFailure};
use mykempo_console::usecases::{audit_export, batches, feed, settings};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

async fn made(ctx: &AppContext, admin: &Actor, id: &str, task: MachineTask) -> MachineKey {
    match staff::add_machine(ctx, admin, id, id, task).await.unwrap() {
        KeyAsked::Made(key) => key,
        KeyAsked::Proposed(waits) => panic!("{waits:?}"),
    }
}

fn machine<T: std::fmt::Debug>(result: Result<T, Error>) -> MachineRefusal {
    match refusal(result) {
        Refusal::Machine(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_machine_does_its_one_thing_and_the_log_names_it() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin) = (&people.ctx, &people.admin);
        settings::set(ctx, admin, "policy.totp", "everyone").await.unwrap();
        let key = made(ctx, admin, "portal", MachineTask::Feed).await;
        let portal = staff::sign_in_by_key(ctx, &key).await.unwrap();
        assert_eq!((portal.id.as_str(), portal.role), ("portal", Role::MachineFeed));
        feed::after(ctx, &portal, 0).await.unwrap();
        for refused in [
            batches::draft(ctx, &portal, &QueueFilter::default(), None).await.map(drop),
            staff::list(ctx, &portal).await.map(drop),
            settings::set(ctx, &portal, "policy.totp", "off").await.map(drop),
        ] {
            assert!(matches!(refusal(refused), Refusal::Role { role: Role::MachineFeed, .. }));
        }
        assert!(Permission::ALL.iter().filter(|what| portal.role.may(**what)).eq([&Permission::Feed]));
        let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
        let own: Vec<AuditEvent> = entries.iter().filter(|it| it.staff == "portal").map(recorded).collect();
        assert!(own.contains(&AuditEvent::SignedIn) && own.len() > 1, "{own:?}");
    });
}

#[test]
fn a_key_opens_machines_only_and_nothing_else_opens_one() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin) = (&people.ctx, &people.admin);
        let key = made(ctx, admin, "nightly", MachineTask::Backup).await;
        // The console takes a password: the secret itself is none there.
        assert_eq!(refusal(staff::sign_in(ctx, "nightly", key.secret()).await), Refusal::SignIn);
        let stolen = MachineKey::parse(&format!("sato:{}", key.secret().expose())).unwrap();
        assert_eq!(machine(staff::sign_in_by_key(ctx, &stolen).await), MachineRefusal::Key);
        let unknown = MachineKey::parse(&format!("none:{}", key.secret().expose())).unwrap();
        assert_eq!(machine(staff::sign_in_by_key(ctx, &unknown).await), MachineRefusal::Key);
        // Typing its ID at a console does not stop what runs at night.
        for _ in 0..=CLOSING {
            let _ = staff::sign_in(ctx, "nightly", &Passphrase::new("guessed".into())).await;
        }
        staff::sign_in_by_key(ctx, &key).await.unwrap();
        let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
        let failed = AuditEvent::SignInFailed { cause: SignInFailure::Password };
        assert!(entries.iter().any(|it| it.staff == "nightly" && recorded(it) == failed));
    });
}

#[test]
fn a_new_key_ends_the_old_one_and_a_disabling() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin) = (&people.ctx, &people.admin);
        let old = made(ctx, admin, "nightly", MachineTask::Import).await;
        staff::disable(ctx, admin, "nightly").await.unwrap();
        assert_eq!(machine(staff::sign_in_by_key(ctx, &old).await), MachineRefusal::Key);
        let KeyAsked::Made(new) = staff::new_key(ctx, admin, "nightly").await.unwrap() else { panic!() };
        staff::sign_in_by_key(ctx, &new).await.unwrap();
        assert_eq!(machine(staff::sign_in_by_key(ctx, &old).await), MachineRefusal::Key);
        let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
        assert!(entries.iter().any(|it| recorded(it) == AuditEvent::KeyGiven { id: "nightly".into() }));
    });
}

#[test]
fn a_machine_has_no_password_no_device_and_no_other_role() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin) = (&people.ctx, &people.admin);
        made(ctx, admin, "nightly", MachineTask::Draft).await;
        let password = Passphrase::new("zebra first umbrella".into());
        let account = MachineRefusal::Account("nightly".into());
        assert_eq!(machine(staff::reset(ctx, admin, "nightly", &password).await), account);
        assert_eq!(machine(staff::reset_factor(ctx, admin, "nightly").await), account);
        let role = |id: &str| MachineRefusal::Role(id.into());
        assert_eq!(machine(staff::set_role(ctx, admin, "nightly", Role::Supervisor).await), role("nightly"));
        assert_eq!(machine(staff::set_role(ctx, admin, "sato", Role::MachineDraft).await), role("sato"));
        let added = staff::add(ctx, admin, "other", "x", Role::MachineFeed, &password).await;
        assert_eq!(machine(added), role("other"));
        assert_eq!(machine(staff::new_key(ctx, admin, "sato").await), MachineRefusal::Person("sato".into()));
        assert!(matches!(
            refusal(staff::add_machine(ctx, admin, "Nightly", "x", MachineTask::Feed).await),
            Refusal::StaffExists(_)
        ));
        assert!(matches!(refusal(staff::new_key(ctx, &people.clerk, "nightly").await), Refusal::Role { .. }));
    });
}

#[test]
fn f2_the_key_of_a_machine_goes_to_who_confirms_it() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin, suzuki) = (&people.ctx, &people.admin, &people.supervisor);
        sql(ctx, "UPDATE staff SET created_at = '2020-04-01T00:00:00+00:00', handed_at = '2020-04-01T00:00:00+00:00'")
            .await;
        settings::set(ctx, admin, "policy.two_people", "on").await.unwrap();
        let asked = staff::add_machine(ctx, admin, "nightly", "夜間", MachineTask::Draft).await.unwrap();
        let KeyAsked::Proposed(waits) = asked else { panic!("done by one person") };
        assert!(matches!(
            refusal(confirm(ctx, admin, waits.id).await.map(drop)),
            Refusal::TwoPeople(TwoPeopleRefusal::Own(_))
        ));
        let done = confirm(ctx, suzuki, waits.id).await.unwrap();
        let Some(NewCredential::Key(key)) = done.credential else { panic!("no key") };
        staff::sign_in_by_key(ctx, &key).await.unwrap();
        let KeyAsked::Proposed(waits) = staff::new_key(ctx, admin, "nightly").await.unwrap() else { panic!() };
        staff::sign_in_by_key(ctx, &key).await.expect("until it is confirmed, the old key opens");
        let Some(NewCredential::Key(new)) = confirm(ctx, suzuki, waits.id).await.unwrap().credential else { panic!() };
        assert_eq!(machine(staff::sign_in_by_key(ctx, &key).await), MachineRefusal::Key);
        staff::sign_in_by_key(ctx, &new).await.unwrap();
    });
}

#[test]
fn doctor_names_a_job_that_has_not_run_for_a_day() {
    on_each_engine(|place| async move {
        let people = cast(&place).await;
        let (ctx, admin) = (&people.ctx, &people.admin);
        let key = made(ctx, admin, "nightly", MachineTask::Backup).await;
        made(ctx, admin, "weekly", MachineTask::Draft).await;
        let silent = async |day| {
            let scene = Scene { place: place.url.clone(), clock: at(2026, 11, day), anchor: None, private: Vec::new() };
            let found = doctor(&scene).await.into_iter().map(|row| row.finding);
            let named = found.filter_map(|it| match it {
                Finding::SilentMachines(who) => Some(who),
                _ => None,
            });
            named.flatten().collect::<Vec<String>>()
        };
        assert_eq!(silent(25).await, [""; 0]);
        assert_eq!(silent(26).await, ["nightly"]);
        let next = AppContext::open(&place.url, at(2026, 11, 25), "test".into()).await.unwrap();
        staff::sign_in_by_key(&next, &key).await.unwrap();
        assert_eq!(silent(26).await, [""; 0]);
    });
}

const PASSWORD: &str = "correct horse battery";

fn mykempo(folder: &Path, args: &[&str], with: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mykempo"));
    command.args(args).current_dir(folder).env_clear().env("MYKEMPO_DB", "kempo.db");
    command.env("MYKEMPO_LANG", "en").env("MYKEMPO_TODAY", "2026-11-24").envs(with.iter().copied());
    command.output().unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn code(output: &Output) -> String {
    let error: Value = serde_json::from_slice(&output.stderr).expect("one document");
    error["error"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_job_signs_in_with_the_key_file_that_was_written() {
    let place = embedded();
    let folder = place.folder.path();
    let admin: &[(&str, &str)] = &[("MYKEMPO_STAFF", "admin"), ("MYKEMPO_PASSWORD", PASSWORD)];
    let init = ["init", "--insurer", "06139992", "--society", "架空", "--admin", "admin", "--rehearsal", "--json"];
    json(&mykempo(folder, &init, admin));
    let add = ["staff", "add", "portal", "--name", "Portal", "--role", "machine", "--may", "feed", "--json"];
    let done = json(&mykempo(folder, &[&add[..], &["--key-out", "portal.key"]].concat(), admin));
    assert_eq!((&done["staff"], &done["key_file"]), (&"portal".into(), &"portal.key".into()));
    let file = folder.join("portal.key");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let taken = mykempo(folder, &["staff", "key", "portal", "--key-out", "portal.key", "--json"], admin);
    assert_eq!(code(&taken), "file_exists");

    let by_flag = mykempo(folder, &["feed", "status", "--json", "--key-file", "portal.key"], &[]);
    assert_eq!(json(&by_flag)["waiting"], 0);
    let key = [("MYKEMPO_KEY_FILE", "portal.key"), ("MYKEMPO_STAFF", "admin")];
    json(&mykempo(folder, &["feed", "status", "--json"], &key));
    assert_eq!(code(&mykempo(folder, &["settings", "set", "society.phone", "1", "--json"], &key)), "role");
    // A person who is named acts, whatever key the environment has.
    let named = [("MYKEMPO_KEY_FILE", "portal.key"), ("MYKEMPO_PASSWORD", PASSWORD)];
    json(&mykempo(folder, &["staff", "list", "--json", "--staff", "admin"], &named));

    let shown = String::from_utf8(mykempo(folder, &["audit", "list", "--json"], admin).stdout).unwrap();
    let secret = std::fs::read_to_string(&file).unwrap();
    assert!(!shown.contains(secret.trim().split(':').nth(1).unwrap()));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(code(&mykempo(folder, &["feed", "status", "--json"], &key)), "secret_file_open");
    std::fs::write(folder.join("no.key"), PASSWORD).unwrap();
    std::fs::set_permissions(folder.join("no.key"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let wrong = mykempo(folder, &["feed", "status", "--json", "--key-file", "no.key"], &[]);
    assert_eq!(code(&wrong), "not_a_key");
    let of_a_person = ["staff", "add", "x", "--name", "x", "--role", "clerk", "--may", "feed", "--json"];
    assert_eq!(code(&mykempo(folder, &of_a_person, admin)), "may_of_a_person");
    let without = mykempo(folder, &["staff", "add", "x", "--name", "x", "--role", "machine", "--json"], admin);
    assert_eq!((without.status.code(), code(&without)), (Some(2), "usage".to_owned()));
}

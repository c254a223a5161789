//! Sign-in: locks, sessions of accounts that were disabled or reset, the second factor. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::recorded;
use crate::common::{Place, on_each_engine, refusal, society};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use mykempo_console::domain::Role;
use mykempo_console::secrets::{Passphrase, RECOVERY_CODES, grouped};
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::staff::{self, CLOSING, Credentials, FAILURES, Session, SignIn};
use mykempo_console::usecases::{Actor, AppContext, AuditFilter, Clock, Refusal, audit_export, settings};
use mykempo_console::usecases::{AuditEvent, SignInFailure};

const FIRST: &str = "zebra first umbrella";
const OWN: &str = "seven quiet lanterns";

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

/// The same society at another time of the same day.
async fn later(place: &Place, hour: u32, minute: u32, second: u32) -> AppContext {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let clock = Clock::frozen(day, NaiveTime::from_hms_opt(hour, minute, second).unwrap());
    AppContext::open(&place.url, clock, "test".into()).await.unwrap()
}

/// A member of staff with a password of their own.
async fn employ(ctx: &AppContext, admin: &Actor, id: &str, role: Role) -> Actor {
    staff::add(ctx, admin, id, id, role, &pass(FIRST)).await.unwrap();
    let SignIn::MustChange(actor) = staff::sign_in(ctx, id, &pass(FIRST)).await.unwrap() else { panic!() };
    staff::change_password(ctx, &actor, &pass(FIRST), &pass(OWN)).await.unwrap();
    actor
}

async fn acts(ctx: &AppContext, admin: &Actor) -> Vec<(String, AuditEvent)> {
    let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
    entries.into_iter().map(|entry| (entry.staff.clone(), recorded(&entry))).collect()
}

#[test]
fn f1_failures_make_the_next_try_wait_across_restarts() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        employ(&ctx, &admin, "sato", Role::Clerk).await;
        let suzuki = employ(&ctx, &admin, "suzuki", Role::Supervisor).await;
        for (id, times) in [("sato", FAILURES + 1), ("unknown-id", 1)] {
            for _ in 0..times {
                assert_eq!(refusal(staff::sign_in(&ctx, id, &pass("wrong")).await), Refusal::SignIn, "{id}");
            }
        }
        assert_eq!(refusal(staff::sign_in(&ctx, "sato", &pass(OWN)).await), Refusal::SignIn, "locked");
        let soon = later(&place, 10, 42, 4).await;
        assert_eq!(refusal(staff::sign_in(&soon, "sato", &pass(OWN)).await), Refusal::SignIn, "locked after a restart");
        let after = later(&place, 10, 42, 5).await;
        assert!(staff::sign_in(&after, "sato", &pass(OWN)).await.is_ok(), "a failure while locked prolongs nothing");

        for _ in 0..FAILURES {
            assert_eq!(refusal(staff::sign_in(&after, "sato", &pass("wrong")).await), Refusal::SignIn);
        }
        let sato = Actor { id: "sato".into(), name: "sato".into(), role: Role::Clerk };
        assert!(matches!(refusal(staff::unlock(&after, &sato, "sato").await), Refusal::Role { .. }));
        staff::unlock(&after, &suzuki, "sato").await.unwrap();
        assert!(staff::sign_in(&after, "sato", &pass(OWN)).await.is_ok());
        let acts = acts(&after, &admin).await;
        let failed = |cause| AuditEvent::SignInFailed { cause };
        for (staff, event) in [
            ("suzuki", AuditEvent::StaffUnlocked { id: "sato".into() }),
            ("sato", failed(SignInFailure::Locked)),
            ("system", failed(SignInFailure::UnknownId)),
        ] {
            assert!(acts.contains(&(staff.to_owned(), event)), "{acts:?}");
        }
        assert!(!format!("{acts:?}").contains("unknown-id"), "what was typed is not kept: {acts:?}");
    });
}

#[test]
fn failures_at_the_lock_screen_count() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let sato = employ(&ctx, &admin, "sato", Role::Clerk).await;
        staff::unlock_screen(&ctx, &sato, &pass(OWN)).await.unwrap();
        for _ in 0..FAILURES {
            assert_eq!(refusal(staff::unlock_screen(&ctx, &sato, &pass("wrong")).await), Refusal::SignIn);
        }
        assert_eq!(refusal(staff::unlock_screen(&ctx, &sato, &pass(OWN)).await), Refusal::SignIn);
        assert_eq!(refusal(staff::sign_in(&ctx, "sato", &pass(OWN)).await), Refusal::SignIn);
    });
}

#[test]
fn open_console_closes_when_its_user_is_disabled_or_changed() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        for (id, how) in [("a-one", 0), ("b-two", 1), ("c-three", 2), ("d-four", 3)] {
            let actor = employ(&ctx, &admin, id, Role::Clerk).await;
            let open = Session::open(&ctx, actor).await.unwrap();
            assert!(open.actor(&ctx).await.is_ok());
            match how {
                0 => staff::disable(&ctx, &admin, id).await.unwrap(),
                1 => staff::reset(&ctx, &admin, id, &pass(FIRST)).await.map(drop).unwrap(),
                2 => staff::set_role(&ctx, &admin, id, Role::Supervisor).await.map(drop).unwrap(),
                _ => staff::reset_factor(&ctx, &admin, id).await.map(drop).unwrap(),
            }
            assert_eq!(refusal(open.actor(&ctx).await), Refusal::ShutOut, "{id}");
            // The session stays ended, even where the account is restored: its user signs in again.
            staff::reset(&ctx, &admin, id, &pass(FIRST)).await.unwrap();
            assert_eq!(refusal(open.actor(&ctx).await), Refusal::ShutOut, "{id}");
        }
        assert_eq!(refusal(staff::disable(&ctx, &admin, "admin").await), Refusal::OwnAccount);
        assert_eq!(refusal(staff::set_role(&ctx, &admin, "admin", Role::Clerk).await), Refusal::OwnAccount);
        staff::disable(&ctx, &admin, "a-one").await.unwrap();
        assert_eq!(refusal(staff::sign_in(&ctx, "a-one", &pass(FIRST)).await), Refusal::SignIn);
        let changed = AuditEvent::StaffRoleChanged { id: "c-three".into(), old: Role::Clerk, new: Role::Supervisor };
        assert!(acts(&ctx, &admin).await.contains(&("admin".to_owned(), changed)));
    });
}

#[test]
fn second_factor_is_required_and_a_code_works_once() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        employ(&ctx, &admin, "suzuki", Role::Supervisor).await;
        employ(&ctx, &admin, "sato", Role::Clerk).await;
        settings::set(&ctx, &admin, "policy.totp", "supervisors").await.unwrap();
        assert!(staff::sign_in(&ctx, "sato", &pass(OWN)).await.is_ok(), "clerks are not asked");
        assert_eq!(refusal(staff::sign_in(&ctx, "suzuki", &pass(OWN)).await), Refusal::MustEnrol);
        assert_eq!(refusal(staff::sign_in(&ctx, "suzuki", &pass("wrong")).await), Refusal::SignIn);

        let password = pass(OWN);
        let given = Credentials { id: "suzuki", password: &password, code: None };
        let enrolment = staff::begin_enrolment(&ctx, &given).await.unwrap();
        assert_eq!(refusal(staff::enrol(&ctx, &enrolment, &pass("000000")).await), Refusal::Code);
        let code = |ctx: &AppContext| pass(&enrolment.secret.code_at(ctx.clock.instant()));
        let recovery = staff::enrol(&ctx, &enrolment, &code(&ctx)).await.unwrap();
        assert_eq!(recovery.len(), RECOVERY_CODES);

        let with = |code: Passphrase, ctx: AppContext| async move {
            let password = pass(OWN);
            staff::sign_in_with(&ctx, &Credentials { id: "suzuki", password: &password, code: Some(&code) }).await
        };
        assert_eq!(refusal(staff::sign_in(&ctx, "suzuki", &pass(OWN)).await), Refusal::CodeNeeded);
        assert_eq!(refusal(with(code(&ctx), ctx.clone()).await), Refusal::Code, "used at the enrolment");
        let next = later(&place, 10, 42, 30).await;
        assert!(with(code(&next), next.clone()).await.is_ok());
        assert_eq!(refusal(with(code(&next), next.clone()).await), Refusal::Code, "used");
        assert_eq!(refusal(with(code(&ctx), next.clone()).await), Refusal::Code, "older than the last one used");
        staff::unlock(&next, &admin, "suzuki").await.unwrap();
        let much_later = later(&place, 10, 45, 0).await;
        assert_eq!(refusal(with(code(&next), much_later.clone()).await), Refusal::Code, "too old");

        let next = much_later;
        assert!(with(pass(&grouped(recovery[0].expose())), next.clone()).await.is_ok());
        assert_eq!(refusal(with(recovery[0].clone(), next.clone()).await), Refusal::Code, "a recovery code works once");
        staff::unlock(&next, &admin, "suzuki").await.unwrap();
        for _ in 0..FAILURES {
            let _ = with(pass("123123"), next.clone()).await;
        }
        assert_eq!(refusal(with(recovery[1].clone(), next.clone()).await), Refusal::SignIn, "wrong codes lock");
        staff::unlock(&next, &admin, "suzuki").await.unwrap();
        assert!(with(recovery[1].clone(), next.clone()).await.is_ok());

        // Another device needs a code of this one; after a reset by the admin none is asked for.
        assert_eq!(refusal(staff::begin_enrolment(&next, &given).await), Refusal::CodeNeeded);
        staff::reset_factor(&next, &admin, "suzuki").await.unwrap();
        assert_eq!(refusal(staff::sign_in(&next, "suzuki", &pass(OWN)).await), Refusal::MustEnrol);
        assert_eq!(refusal(with(recovery[2].clone(), next.clone()).await), Refusal::MustEnrol);
        let acts = acts(&next, &admin).await;
        for (staff, event) in [
            ("suzuki", AuditEvent::FactorEnrolled),
            ("suzuki", AuditEvent::RecoveryCodeUsed { left: 7 }),
            ("admin", AuditEvent::FactorReset { id: "suzuki".into() }),
        ] {
            assert!(acts.contains(&(staff.to_owned(), event)), "{acts:?}");
        }
        assert!(!format!("{acts:?}").contains(enrolment.secret.base32().expose()));
        settings::set(&next, &admin, "policy.totp", "off").await.unwrap();
        assert!(staff::sign_in(&next, "suzuki", &pass(OWN)).await.is_ok());
    });
}

#[test]
fn f1_twenty_failures_close_the_person_until_opened() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        employ(&ctx, &admin, "sato", Role::Clerk).await;
        // Each try is an hour after the one before, so that none has to wait.
        let mut at = clock_at(8, 0);
        for _ in 0..CLOSING {
            at = hour_after(at);
            let ctx = opened(&place, at).await;
            assert_eq!(refusal(staff::sign_in(&ctx, "sato", &pass("wrong")).await), Refusal::SignIn);
            // A sign-in that succeeds ends the waiting of the terminal.
            staff::sign_in(&ctx, "admin", &pass("correct horse battery")).await.unwrap();
        }
        let much_later = opened(&place, hour_after(at)).await;
        assert_eq!(refusal(staff::sign_in(&much_later, "sato", &pass(OWN)).await), Refusal::SignIn, "closed");
        staff::unlock(&much_later, &admin, "sato").await.unwrap();
        assert!(staff::sign_in(&much_later, "sato", &pass(OWN)).await.is_ok());
        let failed = staff::failures_since_last(&much_later, &actor("sato")).await.unwrap();
        assert_eq!(failed.map(|failed| failed.count), Some(21), "twenty, and the try while it was closed");
        staff::sign_in(&much_later, "sato", &pass(OWN)).await.unwrap();
        assert_eq!(staff::failures_since_last(&much_later, &actor("sato")).await.unwrap(), None);
    });
}

#[test]
fn f1_a_stranger_at_one_terminal_closes_nobody() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        for id in ["sato", "suzuki"] {
            employ(&ctx, &admin, id, Role::Clerk).await;
        }
        let mut stranger = ctx.clone();
        stranger.origin = "stranger".into();
        for id in ["sato", "suzuki", "admin"].into_iter().cycle().take(120) {
            assert_eq!(refusal(staff::sign_in(&stranger, id, &pass("wrong")).await), Refusal::SignIn);
        }
        let people = staff::list(&ctx, &admin).await.unwrap();
        assert!(people.iter().all(|person| person.failures < CLOSING), "{people:?}");
        let right = staff::sign_in(&stranger, "sato", &pass(OWN)).await;
        assert_eq!(refusal(right), Refusal::SignIn, "the terminal waits");
        let soon = later(&place, 10, 43, 0).await;
        assert!(staff::sign_in(&soon, "sato", &pass(OWN)).await.is_ok(), "at another terminal, after a moment");
    });
}

#[test]
fn f1_the_name_of_a_terminal_ends_no_waiting() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        for name in 0..10 {
            let desk = named(&ctx, &format!("desk {name}"));
            assert_eq!(refusal(staff::sign_in(&desk, "unknown-id", &pass("wrong")).await), Refusal::SignIn);
        }
        let desk = named(&ctx, "another desk");
        let right = staff::sign_in(&desk, "admin", &pass("correct horse battery")).await;
        assert_eq!(refusal(right), Refusal::SignIn, "the machine waits, whatever its terminals are called");
    });
}

#[test]
fn f1_old_failures_of_a_terminal_are_forgotten() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        crate::common::fixtures::sql(&ctx, "INSERT INTO sign_in_origin (origin, failures) VALUES ('old', 4)").await;
        let at = async |origin: &str, time| {
            let mut ctx = opened(&place, time).await;
            ctx.origin = origin.to_owned();
            ctx
        };
        let first = at("first", clock_at(8, 0)).await;
        assert_eq!(refusal(staff::sign_in(&first, "unknown-id", &pass("wrong")).await), Refusal::SignIn);
        assert_eq!(sign_in_origins(&ctx).await, ["first"]);
        let second = at("second", clock_at(9, 0)).await;
        assert_eq!(refusal(staff::sign_in(&second, "unknown-id", &pass("wrong")).await), Refusal::SignIn);
        assert_eq!(sign_in_origins(&ctx).await, ["first", "second"]);
        let third = at("third", clock_at(8, 30) + chrono::TimeDelta::days(1)).await;
        assert_eq!(refusal(staff::sign_in(&third, "unknown-id", &pass("wrong")).await), Refusal::SignIn);
        assert_eq!(sign_in_origins(&ctx).await, ["second", "third"]);
    });
}

#[test]
fn f1_a_right_password_without_its_code_is_only_logged() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        employ(&ctx, &admin, "suzuki", Role::Supervisor).await;
        settings::set(&ctx, &admin, "policy.totp", "supervisors").await.unwrap();
        let password = pass(OWN);
        let given = Credentials { id: "suzuki", password: &password, code: None };
        let enrolment = staff::begin_enrolment(&ctx, &given).await.unwrap();
        let code = |ctx: &AppContext| pass(&enrolment.secret.code_at(ctx.clock.instant()));
        staff::enrol(&ctx, &enrolment, &code(&ctx)).await.unwrap();
        let next = later(&place, 10, 43, 0).await;
        let tries = usize::try_from(CLOSING).unwrap() + 1;
        for _ in 0..tries {
            assert_eq!(refusal(staff::sign_in(&next, "suzuki", &pass(OWN)).await), Refusal::CodeNeeded);
        }
        let failures = async || {
            let people = staff::list(&next, &admin).await.unwrap();
            people.iter().find(|person| person.id == "suzuki").map(|person| person.failures)
        };
        assert_eq!(failures().await, Some(0));
        let missing = AuditEvent::SignInFailed { cause: SignInFailure::CodeMissing };
        assert_eq!(acts(&next, &admin).await.iter().filter(|(_, event)| *event == missing).count(), tries);
        let wrong = pass("000000");
        let refused = staff::sign_in_with(&next, &Credentials { code: Some(&wrong), ..given.clone() }).await;
        assert_eq!(refusal(refused), Refusal::Code);
        assert_eq!(failures().await, Some(1), "a wrong code counts once");
        let right = code(&next);
        staff::sign_in_with(&next, &Credentials { code: Some(&right), ..given }).await.unwrap();
        let told = staff::failures_since_last(&next, &actor("suzuki")).await.unwrap();
        assert_eq!(told.map(|failed| failed.count), Some(22), "without a code, and with a wrong one");
    });
}

#[test]
fn f1_the_last_admin_is_opened_on_the_host() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let host = opened(&place, clock_at(10, 42)).await;
        let refused = refusal(staff::break_glass(&host, "admin").await);
        assert_eq!(refused, Refusal::NoBreakGlass("admin".into()), "it is not closed");
        crate::common::fixtures::sql(&ctx, "UPDATE staff SET failures = 20 WHERE id = 'admin'").await;
        staff::add(&ctx, &admin, "suzuki", "鈴木", Role::Supervisor, &pass(FIRST)).await.unwrap();
        let refused = refusal(staff::break_glass(&host, "admin").await);
        assert_eq!(refused, Refusal::NoBreakGlass("admin".into()), "a supervisor can open it");
        staff::disable(&ctx, &admin, "suzuki").await.unwrap();
        staff::break_glass(&host, "admin").await.unwrap();
        assert!(staff::sign_in(&ctx, "admin", &pass("correct horse battery")).await.is_ok());
        let opened = ("system".to_owned(), AuditEvent::StaffOpenedOnHost { id: "admin".into() });
        assert!(acts(&ctx, &admin).await.contains(&opened));
    });
}

#[test]
fn f1_the_application_of_a_server_opens_no_account() {
    on_each_engine(|place| async move {
        if matches!(place.url, DbUrl::Sqlite(_)) {
            return;
        }
        let (ctx, _) = society(&place).await;
        crate::common::fixtures::sql(&ctx, "UPDATE staff SET failures = 20 WHERE id = 'admin'").await;
        assert_eq!(refusal(staff::break_glass(&ctx, "admin").await), Refusal::NotTheHost);
        staff::break_glass(&opened(&place, clock_at(10, 42)).await, "admin").await.unwrap();
    });
}

fn actor(id: &str) -> Actor {
    Actor { id: id.into(), name: id.into(), role: Role::Clerk }
}

fn clock_at(hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

fn hour_after(at: NaiveDateTime) -> NaiveDateTime {
    at + chrono::TimeDelta::hours(1)
}

async fn opened(place: &Place, at: NaiveDateTime) -> AppContext {
    AppContext::open(&place.url, Clock::frozen(at.date(), at.time()), "test".into()).await.unwrap()
}

fn named(ctx: &AppContext, terminal: &str) -> AppContext {
    let mut ctx = ctx.clone();
    ctx.terminal = terminal.to_owned();
    ctx
}

/// Where sign-ins failed and are not forgotten.
async fn sign_in_origins(ctx: &AppContext) -> Vec<String> {
    crate::common::fixtures::strings(ctx, "SELECT origin FROM sign_in_origin ORDER BY origin").await
}

//! Sign-in: locks, sessions of accounts that were disabled or reset, the second factor. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::recorded;
use crate::common::{Place, on_each_engine, society};
use chrono::{NaiveDate, NaiveTime};
use mykempo_console::domain::Role;
use mykempo_console::secrets::{Passphrase, RECOVERY_CODES, grouped};
use mykempo_console::usecases::staff::{self, Credentials, FAILURES, Session, SignIn};
use mykempo_console::usecases::{Actor, AppContext, AuditFilter, Clock, Error, Refusal, audit_export, settings};
use mykempo_console::usecases::{AuditEvent, SignInFailure};

const FIRST: &str = "zebra first umbrella";
const OWN: &str = "seven quiet lanterns";

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
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
fn five_failures_lock_for_fifteen_minutes_across_restarts() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        employ(&ctx, &admin, "sato", Role::Clerk).await;
        let suzuki = employ(&ctx, &admin, "suzuki", Role::Supervisor).await;
        for id in ["sato", "unknown-id"] {
            for _ in 0..FAILURES + 1 {
                assert_eq!(refusal(staff::sign_in(&ctx, id, &pass("wrong")).await), Refusal::SignIn, "{id}");
            }
        }
        assert_eq!(refusal(staff::sign_in(&ctx, "sato", &pass(OWN)).await), Refusal::SignIn, "locked");
        let soon = later(&place, 10, 56, 59).await;
        assert_eq!(refusal(staff::sign_in(&soon, "sato", &pass(OWN)).await), Refusal::SignIn, "locked after a restart");
        let after = later(&place, 10, 57, 0).await;
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
                1 => staff::reset(&ctx, &admin, id, &pass(FIRST)).await.unwrap(),
                2 => staff::set_role(&ctx, &admin, id, Role::Supervisor).await.unwrap(),
                _ => staff::reset_factor(&ctx, &admin, id).await.unwrap(),
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
        let much_later = later(&place, 10, 45, 0).await;
        assert_eq!(refusal(with(code(&next), much_later.clone()).await), Refusal::Code, "too old");

        assert!(with(pass(&grouped(recovery[0].expose())), next.clone()).await.is_ok());
        assert_eq!(refusal(with(recovery[0].clone(), next.clone()).await), Refusal::Code, "a recovery code works once");
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

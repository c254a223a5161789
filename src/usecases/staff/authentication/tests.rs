//! Every sign-in that fails costs the same, and is answered alike.

use super::*;
use crate::domain::Role;
use crate::store::DbUrl;
use crate::usecases::Clock;
use crate::usecases::actor::SYSTEM;
use crate::usecases::audit::Recorded;
use crate::usecases::setup::{Rehearsal, Setup, init};
use chrono::{NaiveDate, NaiveTime};
use std::sync::{Arc, Mutex};

const RIGHT: &str = "correct horse battery";

pub(in super::super) fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

pub(in super::super) async fn society(folder: &std::path::Path) -> (AppContext, Actor) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let clock = Clock::frozen(day, NaiveTime::from_hms_opt(10, 42, 0).unwrap());
    let setup = Setup {
        insurer: "06139497",
        society: "架空工業健康保険組合",
        admin: "admin",
        password: &pass(RIGHT),
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let url = DbUrl::Sqlite(folder.join("kempo.db"));
    let (mut ctx, admin) = init(&url, clock, "test".into(), &setup).await.unwrap();
    for (key, value) in [("hash.memory_kib", "8192"), ("hash.passes", "1")] {
        crate::usecases::settings::set(&ctx, &admin, key, value).await.unwrap();
    }
    ctx.refresh().await.unwrap();
    (ctx, admin)
}

/// The parameters of the hashes that were verified against: `m=8192,t=1,p=1`.
type Asked = Arc<Mutex<Vec<String>>>;

async fn tried(ctx: &AppContext, id: &str, password: &str) -> (Result<SignIn, Error>, Vec<String>) {
    let asked: Asked = Asked::default();
    let seen = Arc::clone(&asked);
    let verify = move |clear: &str, phc: &str| {
        seen.lock().unwrap().push(phc.split('$').nth(3).unwrap_or_default().to_owned());
        secrets::verifies(clear, phc)
    };
    let password = pass(password);
    let given = Credentials { id, password: &password, code: None };
    let done = enter(ctx, &given, Purpose::SignIn, verify).await;
    let asked = asked.lock().unwrap().clone();
    (done, asked)
}

#[tokio::test]
async fn every_failed_sign_in_costs_one_verification_and_one_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, admin) = society(folder.path()).await;
    for id in ["sato", "gone", "locked"] {
        super::super::add(&ctx, &admin, id, id, Role::Clerk, &pass(RIGHT)).await.unwrap();
    }
    super::super::disable(&ctx, &admin, "gone").await.unwrap();
    for _ in 0..throttle::FAILURES {
        let _ = tried(&ctx, "locked", "wrong").await;
    }
    let ways = [("unknown", "wrong"), ("sato", "wrong"), ("locked", "wrong"), ("locked", RIGHT), ("gone", RIGHT)];
    for (id, password) in ways {
        let before = crate::usecases::audit_anchor(&ctx).await.unwrap().seq;
        let (done, asked) = tried(&ctx, id, password).await;
        assert!(matches!(done, Err(Error::Refused(Refusal::SignIn))), "{id} {done:?}");
        assert_eq!(asked, ["m=8192,t=1,p=1"], "{id}");
        assert_eq!(crate::usecases::audit_anchor(&ctx).await.unwrap().seq, before + 1, "{id}: one entry");
    }
}

#[tokio::test]
async fn a_hash_of_another_cost_is_replaced_at_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, _) = society(folder.path()).await;
    // The admin's was made at the default cost, before the settings.
    assert_eq!(tried(&ctx, "admin", RIGHT).await.1, ["m=19456,t=2,p=1"]);
    let (done, asked) = tried(&ctx, "admin", RIGHT).await;
    assert!(done.is_ok());
    assert_eq!(asked, ["m=8192,t=1,p=1"]);
}

#[tokio::test]
async fn an_unknown_id_is_written_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, admin) = society(folder.path()).await;
    let _ = tried(&ctx, "my-secret-password", "sato").await;
    let entries = crate::usecases::audit_export(&ctx, &admin, &Default::default()).await.unwrap();
    let failed = Recorded::Event(AuditEvent::SignInFailed { cause: SignInFailure::UnknownId });
    assert!(entries.iter().any(|entry| Recorded::of(entry) == failed && entry.staff == SYSTEM));
    ctx.close().await;
    let written = std::fs::read(folder.path().join("kempo.db")).unwrap();
    assert!(!written.windows(18).any(|bytes| bytes == b"my-secret-password"));
}

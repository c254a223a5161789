//! A console that stays open goes by what is true now.

use super::SessionStore;
use crate::labels::JA;
use crate::store::DbUrl;
use crate::tui::authentication::{AuthStep, Credential};
use crate::tui::progress::WorkHandle;
use crate::tui::screens::members::requests::FindMembers;
use crate::usecases::setup::{Rehearsal, Setup, init};
use crate::usecases::staff::Passphrase;
use crate::usecases::{Actor, AppContext, Clock, settings};
use chrono::{NaiveDate, NaiveTime};

async fn society(folder: &std::path::Path) -> (AppContext, Actor, Passphrase) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let clock = Clock::frozen(day, NaiveTime::from_hms_opt(10, 42, 0).unwrap());
    let password = Passphrase::new("correct horse battery".into());
    let setup = Setup {
        insurer: "06139497",
        society: "架空工業健康保険組合",
        admin: "admin",
        password: &password,
        export_dir: None,
        rehearsal: Rehearsal::Yes,
    };
    let url = DbUrl::Sqlite(folder.join("kempo.db"));
    let (ctx, admin) = init(&url, clock, "test".into(), &setup).await.unwrap();
    (ctx, admin, password)
}

#[tokio::test]
async fn settings_count_at_once_in_open_consoles() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, admin, password) = society(folder.path()).await;
    let console = SessionStore::new(ctx.clone());
    settings::set(&ctx, &admin, "policy.idle_minutes", "7").await.unwrap();
    match console.authenticate(Credential::SignIn { id: "admin".into(), password }).await {
        Ok(AuthStep::Enter(person)) => assert_eq!(person.idle_minutes, 7),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_search_keystroke_costs_one_read_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let (ctx, _, password) = society(folder.path()).await;
    let console = SessionStore::new(ctx);
    console.authenticate(Credential::SignIn { id: "admin".into(), password }).await.unwrap();
    let work = WorkHandle::new(|_| {}, Default::default());
    let search = Box::new(FindMembers("山田".into()));
    let (found, reads) = crate::store::counted::reads(console.run(console.at_hand(), search, &JA, &work)).await;
    assert!(found.is_ok(), "{found:?}");
    assert_eq!(reads, 1);
}

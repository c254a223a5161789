//! A console that stays open goes by what is true now.

use super::*;
use crate::labels::JA;
use crate::secrets::Passphrase;
use crate::store::DbUrl;
use crate::tui::authentication::AuthStep;
use crate::usecases::setup::{Rehearsal, Setup, init};
use crate::usecases::{Clock, settings};
use chrono::{NaiveDate, NaiveTime};

#[tokio::test]
async fn what_an_admin_sets_counts_in_consoles_that_are_open_already() {
    let folder = tempfile::tempdir().unwrap();
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
    let url = DbUrl::Sqlite(folder.path().join("kempo.db"));
    let (ctx, admin) = init(&url, clock, "test".into(), &setup).await.unwrap();
    let console = AppBackend::new(ctx.clone(), &JA);
    settings::set(&ctx, &admin, "policy.idle_minutes", "7").await.unwrap();
    match console.check(Credential::SignIn { id: "admin".into(), password }).await {
        Ok(AuthStep::Enter(person)) => assert_eq!(person.idle_minutes, 7),
        other => panic!("{other:?}"),
    }
}

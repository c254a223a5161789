//! `doctor` finds what is wrong, says where, and changes nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, on_day, register, sql};
use crate::common::{Place, on_each_engine, refusal};
use mykempo_console::domain::Anchor;
use mykempo_console::labels::{Lang, doctor as words};
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::settings::TotpPolicy;
use mykempo_console::usecases::upkeep::doctor::{DoctorCheck, DoctorRow, Scene, State, doctor};
use mykempo_console::usecases::{Refusal, audit_anchor, batches, settings};
use std::fs::{self, Permissions};
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt;

async fn look(place: &Place, cast: &Cast, anchor: Option<Anchor>) -> Vec<DoctorRow> {
    let scene = Scene { place: place.url.clone(), clock: cast.ctx.clock, anchor, private: Vec::new() };
    doctor(&scene).await
}

fn wrong(rows: &[DoctorRow]) -> Vec<DoctorCheck> {
    rows.iter().filter(|row| row.finding.state() == State::Wrong).map(|row| row.check).collect()
}

/// The text of one check, in both languages.
fn said(rows: &[DoctorRow], check: DoctorCheck) -> String {
    let of = |lang| rows.iter().filter(|row| row.check == check).map(move |row| words::finding(lang, &row.finding));
    of(Lang::Ja).chain(of(Lang::En)).map(|(found, remedy)| format!("{found} {remedy}\n")).collect()
}

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1 00", "107 1 00"]).await;
    cast
}

#[test]
fn a_sound_society_has_nothing_wrong_and_every_check_has_a_row() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let head = audit_anchor(&cast.ctx).await.unwrap();
        let rows = look(&place, &cast, Some(head.clone())).await;
        assert_eq!(wrong(&rows), [], "{:?}", said(&rows, DoctorCheck::Permissions));
        for check in DoctorCheck::ALL {
            assert!(rows.iter().any(|row| row.check == *check), "{check:?}");
        }
        assert!(said(&rows, DoctorCheck::Staff).contains("sato、suzuki"), "their first passwords");
        assert!(said(&rows, DoctorCheck::Staff).contains("責任者が1人"));
        assert_eq!(audit_anchor(&cast.ctx).await.unwrap(), head, "it wrote nothing");
    });
}

#[test]
fn what_is_wrong_with_the_database_is_found() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let old = audit_anchor(&cast.ctx).await.unwrap();
        sql(&cast.ctx, "UPDATE setting SET value = '' WHERE key = 'society.phone'").await;
        sql(&cast.ctx, "UPDATE setting SET value = 'true' WHERE key = 'policy.four_eyes'").await;
        sql(&cast.ctx, "UPDATE staff SET disabled_at = '2026-11-01T00:00:00+00:00' WHERE role = 'supervisor'").await;
        let rows = look(&place, &cast, None).await;
        assert!(said(&rows, DoctorCheck::Staff).contains("責任者が0人"));
        let other = Anchor { seq: old.seq, hash: "0".repeat(64) };
        let rows = look(&place, &cast, Some(other)).await;
        assert!(wrong(&rows).contains(&DoctorCheck::Audit) && wrong(&rows).contains(&DoctorCheck::Staff));
        assert!(said(&rows, DoctorCheck::Audit).contains(&format!("{} 番目", old.seq)));
    });
}

#[test]
fn s4_doctor_names_exposed_missing_and_surplus_files() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let drafted = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap();
        batches::approve(&cast.ctx, &cast.supervisor, &drafted.batch).await.unwrap();
        let options = batches::ExportOptions::default();
        let watch = |_| ControlFlow::Continue(());
        let exported = batches::export(&cast.ctx, &cast.clerk, &drafted.batch, options, watch).await.unwrap();
        assert_eq!(wrong(&look(&place, &cast, None).await), []);

        let exports = cast.ctx.export_folder();
        fs::set_permissions(&exports, Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(exports.join("B20200101-001")).unwrap();
        let lost = exported.files.first().unwrap();
        fs::rename(lost, place.folder.path().join("elsewhere")).unwrap();
        let rows = look(&place, &cast, None).await;
        assert_eq!(wrong(&rows), [DoctorCheck::Permissions, DoctorCheck::Lost]);
        assert!(said(&rows, DoctorCheck::Permissions).contains("0755"));
        assert!(said(&rows, DoctorCheck::Exports).contains("B20200101-001"));
        assert!(said(&rows, DoctorCheck::Lost).contains(&lost.display().to_string()));

        // The batch is cancelled, its PDF destroyed; then the file is put back.
        batches::cancel(&cast.ctx, &cast.clerk, &drafted.batch).await.unwrap();
        batches::recover(&cast.ctx).await.unwrap();
        fs::set_permissions(&exports, Permissions::from_mode(0o700)).unwrap();
        assert_eq!(wrong(&look(&place, &cast, None).await), []);
        let secret = exported.files.iter().find(|file| file.extension().is_some_and(|e| e == "pdf")).unwrap();
        fs::create_dir_all(secret.parent().unwrap()).unwrap();
        fs::write(secret, "%PDF").unwrap();
        assert_eq!(wrong(&look(&place, &cast, None).await), [DoctorCheck::Expired]);
    });
}

#[test]
fn doctor_finds_an_exposed_or_unreadable_database() {
    on_each_engine(|place| async move {
        let mut cast = people(&place).await;
        if let DbUrl::Sqlite(path) = &place.url {
            fs::set_permissions(path, Permissions::from_mode(0o640)).unwrap();
            fs::create_dir(place.folder.path().join(".mykempo-backup-left")).unwrap();
            let rows = look(&place, &cast, None).await;
            assert!(said(&rows, DoctorCheck::Permissions).contains("0640"));
            assert!(said(&rows, DoctorCheck::Permissions).contains(".mykempo-backup-left"));
            assert_eq!(wrong(&rows).first(), Some(&DoctorCheck::Permissions));
        }
        sql(&cast.ctx, "INSERT INTO setting (key, value) VALUES ('print.template', '/nowhere.toml')").await;
        assert_eq!(wrong(&look(&place, &cast, None).await).last(), Some(&DoctorCheck::Print));
        // As the owner of the tables.
        on_day(&place, &mut cast, (2026, 11, 24)).await;
        sql(&cast.ctx, "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
            .await;
        let rows = look(&place, &cast, None).await;
        assert!(said(&rows, DoctorCheck::Database).contains("mykempo migrate"));
    });
}

#[test]
fn settings_that_cannot_be_read_are_named_and_fail_closed() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let number = batches::draft(&cast.ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let stored =
            "DELETE FROM setting WHERE key IN ('policy.totp', 'policy.receipt_days', 'delivery', 'password.length');
            INSERT INTO setting (key, value) VALUES ('policy.receipt_days', 'zzz'), ('policy.totp', 'maybe'),
            ('password.length', '1'), ('delivery', 'pigeon'), ('foo.bar', 'x')";
        sql(&cast.ctx, stored).await;
        let rows = look(&place, &cast, None).await;
        let told = said(&rows, DoctorCheck::Settings);
        for key in ["policy.receipt_days", "policy.totp", "password.length", "delivery", "foo.bar"] {
            assert!(told.contains(key), "{key}: {told}");
        }
        assert!(wrong(&rows).contains(&DoctorCheck::Settings));
        let ctx = cast.ctx.current().await.unwrap();
        assert_eq!((ctx.settings.totp, ctx.settings.receipt_days), (TotpPolicy::Everyone, 1), "the strictest");
        let refused = refusal(batches::approve(&ctx, &cast.supervisor, &number).await);
        assert_eq!(refused, Refusal::SettingUnreadable(vec!["delivery", "password.length"]));
        let view = batches::show(&ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(view.review.unwrap().settings, ["delivery", "password.length"], "a look goes on");
        assert_eq!(settings::get(&ctx, "delivery").unwrap_err().code(), "setting_unreadable");
        settings::set(&ctx, &cast.admin, "delivery", "single").await.unwrap();
        settings::set(&ctx, &cast.admin, "password.length", "12").await.unwrap();
        batches::approve(&cast.ctx.current().await.unwrap(), &cast.supervisor, &number).await.unwrap();
    });
}

#[test]
fn settings_that_would_stop_a_batch_are_tried_first() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let Cast { ctx, admin, clerk, .. } = &cast;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let fonts = settings::set(ctx, admin, "print.fallback_fonts", "/etc/passwd").await;
        assert_eq!(fonts.unwrap_err().code(), "fonts");
        let long = "平日9時から17時まで".repeat(200);
        let hours = refusal(settings::set(ctx, admin, "society.hours", &long).await);
        assert_eq!(hours, Refusal::SettingUnfit { key: "society.hours", template: "v-fold".into() });
        settings::set(ctx, admin, "society.hours", "平日9時～17時").await.unwrap();
        // One that came in by another way is named, and a batch can be looked at.
        sql(ctx, "UPDATE setting SET value = '/etc/passwd' WHERE key = 'print.fallback_fonts'").await;
        sql(
            ctx,
            "INSERT INTO setting (key, value) VALUES ('print.fallback_fonts', '/etc/passwd') ON CONFLICT DO NOTHING",
        )
        .await;
        let ctx = ctx.current().await.unwrap();
        let view = batches::show(&ctx, clerk, &number).await.unwrap();
        assert_eq!(view.review.unwrap().settings, ["print.fallback_fonts"]);
    });
}

//! Events of settings, staff and upkeep carry their facts as fields: old and new values, roles, counts, anchors.

use crate::common::fixtures::{PEOPLE, cast, recorded, sql};
use crate::common::{Place, on_each_engine, places, society};
use mykempo_console::domain::{RetentionKind, Role};
use mykempo_console::files::Existing;
use mykempo_console::secrets::Passphrase;
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::upkeep::{self, BackupRequest};
use mykempo_console::usecases::{
    Actor, AppContext, AuditEvent, AuditFilter, Clock, audit_anchor, audit_export, settings, staff,
};

async fn events(ctx: &AppContext, admin: &Actor) -> Vec<AuditEvent> {
    let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
    entries.iter().map(recorded).collect()
}

#[test]
fn settings_and_staff_record_old_and_new_values() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let known = events(&ctx, &admin).await.len();
        settings::set(&ctx, &admin, "policy.idle_minutes", "20").await.unwrap();
        settings::set(&ctx, &admin, "policy.idle_minutes", "030").await.unwrap();
        let password = Passphrase::new("first password".into());
        staff::add(&ctx, &admin, "sato", "佐藤", Role::Clerk, &password).await.unwrap();
        staff::set_role(&ctx, &admin, "sato", Role::Supervisor).await.unwrap();
        staff::reset(&ctx, &admin, "sato", &password).await.unwrap();
        staff::disable(&ctx, &admin, "sato").await.unwrap();
        let id = || "sato".to_owned();
        let set = |old: &str, new: &str| AuditEvent::SettingSet {
            key: "policy.idle_minutes".into(),
            old: old.into(),
            new: new.into(),
        };
        let recorded = events(&ctx, &admin).await;
        // After the entry of the export above.
        assert_eq!(
            recorded[known + 1..],
            [
                set("10", "20"),
                set("20", "30"),
                AuditEvent::StaffAdded { id: id(), role: Role::Clerk },
                AuditEvent::StaffRoleChanged { id: id(), old: Role::Clerk, new: Role::Supervisor },
                AuditEvent::StaffReset { id: id() },
                AuditEvent::StaffDisabled { id: id() },
            ]
        );
        let init = AuditEvent::Init { insurer: ctx.settings.society.insurer.clone(), admin: admin.id.clone() };
        assert_eq!(recorded[0], init);
    });
}

#[test]
fn a_backup_and_its_restore_record_file_hash_and_anchor() {
    let place: Place = places().remove(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let (ctx, admin) = society(&place).await;
        let to = place.folder.path().join("backup");
        let anchor = audit_anchor(&ctx).await.unwrap();
        let order = BackupRequest { to: &to, existing: Existing::Keep, passphrase: None };
        let made = upkeep::backup(&ctx, &admin, &order).await.unwrap();
        let (file, sha256) = (to.display().to_string(), made.sha256);
        let backed_up = AuditEvent::BackedUp { file: file.clone(), sealed: false, sha256: sha256.clone(), anchor };
        assert_eq!(events(&ctx, &admin).await.last(), Some(&backed_up));

        let url = DbUrl::Sqlite(place.folder.path().join("restored.db"));
        let clock: Clock = ctx.clock;
        let opened = upkeep::open_backup(&url, &to, None, clock, "test".into()).await.unwrap();
        opened.finish(&admin, upkeep::RestoreFor::Society { portal_at: Some(0) }).await.unwrap();
        let restored = AppContext::open(&url, clock, "test".into()).await.unwrap();
        assert_eq!(events(&restored, &admin).await.last(), Some(&AuditEvent::Restored { file, sha256 }));
    });
}

#[test]
fn a_purge_records_its_counts_as_numbers() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        sql(&cast.ctx, "INSERT INTO contact_note (member_id, at, staff, channel, topic, body) VALUES (1, '2019-05-01T00:00:00+00:00', 'sato', 'phone', 'other', 'old')").await;
        let before = "2020-01-01".parse().unwrap();
        upkeep::propose(&cast.ctx, &cast.admin, before).await.unwrap();
        upkeep::approve(&cast.ctx, &cast.supervisor).await.unwrap();
        let counts = [(RetentionKind::Notes, 1), (RetentionKind::Requests, 0), (RetentionKind::Members, 0)];
        let counts = || counts.into_iter().collect();
        let events = events(&cast.ctx, &cast.admin).await;
        assert_eq!(
            events[events.len() - 2..],
            [
                AuditEvent::PurgeProposed { before, counts: counts() },
                AuditEvent::Purged { before, counts: counts(), proposed_by: "admin".into() },
            ]
        );
    });
}

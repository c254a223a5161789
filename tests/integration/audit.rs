//! The audit chain: whatever is done to an entry is found, and cutting the end is found against an anchor.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, recorded, register, sql};
use crate::common::{on_each_engine, society};
use mykempo_console::domain::{Anchor, Role};
use mykempo_console::store::{Db, Tx, audit as log};
use mykempo_console::usecases::promises::PromiseScope;
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::{
    Act, Actor, AppContext, AuditEvent, AuditFilter, AuditLine, AuditQuestion, AuditWhom, Error, Refusal, audit_anchor,
    audit_export, audit_list, audit_verify, audit_verify_against, batches, cards, members, promises, queue, settings,
};

/// Runs statements as somebody who holds the file, or owns the tables.
async fn tamper(place: &crate::common::Place, statements: &[&'static str]) {
    let db = Db::open(&place.url).await.unwrap();
    let mut tx = db.write().await.unwrap();
    for sql in statements {
        match &mut tx {
            Tx::Sqlite(t) => drop(sqlx::query(*sql).execute(&mut **t).await.unwrap()),
            Tx::Postgres(t) => drop(sqlx::query(*sql).execute(&mut **t).await.unwrap()),
        }
    }
    tx.commit().await.unwrap();
    db.close().await;
}

/// The owner of a file or of the tables can take the triggers away.
async fn without_triggers(place: &crate::common::Place) {
    let drop: &[&'static str] = match place.name {
        "sqlite" => &["DROP TRIGGER audit_is_never_changed", "DROP TRIGGER audit_is_kept"],
        _ => &["ALTER TABLE audit DISABLE TRIGGER USER"],
    };
    tamper(place, drop).await;
}

/// A society with five entries: its beginning and four settings.
async fn five(place: &crate::common::Place) -> (AppContext, Actor) {
    let (ctx, admin) = society(place).await;
    for minutes in ["11", "12", "13", "14"] {
        settings::set(&ctx, &admin, "policy.idle_minutes", minutes).await.unwrap();
    }
    assert_eq!(audit_verify(&ctx, &admin).await.unwrap().entries, 5);
    (ctx, admin)
}

async fn broken(ctx: &AppContext, admin: &Actor) -> Option<i64> {
    audit_verify(ctx, admin).await.unwrap().broken_at
}

#[test]
fn changed_field_of_an_audit_entry_is_found() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        without_triggers(&place).await;
        let flips: &[[&'static str; 2]] = &[
            [
                "UPDATE audit SET at = '2026-11-24T01:42:01+00:00' WHERE seq = 3",
                "UPDATE audit SET at = (SELECT at FROM audit WHERE seq = 2) WHERE seq = 3",
            ],
            ["UPDATE audit SET staff = 'other' WHERE seq = 3", "UPDATE audit SET staff = 'admin' WHERE seq = 3"],
            ["UPDATE audit SET terminal = 'other' WHERE seq = 3", "UPDATE audit SET terminal = 'test' WHERE seq = 3"],
            ["UPDATE audit SET action = 'init' WHERE seq = 3", "UPDATE audit SET action = 'setting_set' WHERE seq = 3"],
            ["UPDATE audit SET member = '' WHERE seq = 3", "UPDATE audit SET member = NULL WHERE seq = 3"],
            ["UPDATE audit SET batch = 'B20261124-001' WHERE seq = 3", "UPDATE audit SET batch = NULL WHERE seq = 3"],
            [
                "UPDATE audit SET detail = detail || ' ' WHERE seq = 3",
                "UPDATE audit SET detail = trim(detail) WHERE seq = 3",
            ],
            ["UPDATE audit SET prev = upper(prev) WHERE seq = 3", "UPDATE audit SET prev = lower(prev) WHERE seq = 3"],
            ["UPDATE audit SET hash = upper(hash) WHERE seq = 3", "UPDATE audit SET hash = lower(hash) WHERE seq = 3"],
        ];
        for [flip, back] in flips {
            tamper(&place, &[flip]).await;
            assert_eq!(broken(&ctx, &admin).await, Some(3), "{flip}");
            tamper(&place, &[back]).await;
            assert_eq!(broken(&ctx, &admin).await, None, "{back}");
        }
    });
}

#[test]
fn an_entry_that_was_removed_moved_or_added_is_found() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        without_triggers(&place).await;
        // Two entries change places.
        let swap = [
            "UPDATE audit SET seq = 99 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 4",
            "UPDATE audit SET seq = 4 WHERE seq = 99",
        ];
        tamper(&place, &swap).await;
        assert_eq!(broken(&ctx, &admin).await, Some(3));
        tamper(&place, &swap).await;
        assert_eq!(broken(&ctx, &admin).await, None);
        // One is taken out, and the gap closed.
        tamper(&place, &["DELETE FROM audit WHERE seq = 2"]).await;
        assert_eq!(broken(&ctx, &admin).await, Some(2));
        tamper(&place, &["UPDATE audit SET seq = -seq WHERE seq > 2", "UPDATE audit SET seq = -seq - 1 WHERE seq < 0"])
            .await;
        assert_eq!(broken(&ctx, &admin).await, Some(2));
        // The beginning is cut off.
        tamper(&place, &["DELETE FROM audit WHERE seq = 1"]).await;
        assert_eq!(broken(&ctx, &admin).await, Some(1));
    });
}

#[test]
fn truncated_or_rewritten_chain_is_found_against_an_anchor() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        let kept = audit_anchor(&ctx).await.unwrap();
        assert_eq!(kept.seq, 5);
        without_triggers(&place).await;
        settings::set(&ctx, &admin, "policy.idle_minutes", "15").await.unwrap();
        assert_eq!(audit_verify_against(&ctx, &admin, &kept).await.unwrap().broken_at, None);
        tamper(&place, &["DELETE FROM audit WHERE seq > 3"]).await;
        assert_eq!(broken(&ctx, &admin).await, None, "the rest is a whole chain");
        assert_eq!(audit_verify_against(&ctx, &admin, &kept).await.unwrap().broken_at, Some(4));
        // The missing entries are made up again, with right hashes.
        for minutes in ["21", "22", "23"] {
            settings::set(&ctx, &admin, "policy.idle_minutes", minutes).await.unwrap();
        }
        assert_eq!(broken(&ctx, &admin).await, None);
        assert_eq!(audit_verify_against(&ctx, &admin, &kept).await.unwrap().broken_at, Some(5));
    });
}

#[test]
fn audit_entries_cannot_change_and_go_only_below_the_floor() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        if place.name == "sqlite" {
            let mut tx = crate::common::open(&ctx).await.write().await.unwrap();
            let Tx::Sqlite(t) = &mut tx else { panic!() };
            for sql in
                ["UPDATE audit SET detail = '' WHERE seq = 3", "DELETE FROM audit WHERE seq = 5", "DELETE FROM audit"]
            {
                let refused = sqlx::query(sql).execute(&mut **t).await.unwrap_err();
                assert!(refused.to_string().contains("audit entries are"), "{refused}");
            }
        }
        let second = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap()[1].clone();
        let floor = Anchor { seq: 2, hash: second.hash };
        let db = Db::open(&place.url).await.unwrap();
        let mut tx = db.write().await.unwrap();
        log::raise_floor(&mut tx, &floor).await.unwrap();
        assert_eq!(log::remove_below_floor(&mut tx, 10).await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert_eq!(broken(&ctx, &admin).await, Some(2), "no entry tells of the purge");
        let told = log::AuditEntry {
            action: "audit_purged".into(),
            detail: floor.to_string(),
            ..audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap()[0].clone()
        };
        let mut tx = crate::common::open(&ctx).await.write().await.unwrap();
        let head = log::head(&mut tx).await.unwrap();
        log::append(&mut tx, head, vec![told]).await.unwrap();
        tx.commit().await.unwrap();
        let chain = audit_verify(&ctx, &admin).await.unwrap();
        assert_eq!((chain.broken_at, chain.entries), (None, 8));
        assert_eq!(audit_verify_against(&ctx, &admin, &floor).await.unwrap().broken_at, None);
        let older = Anchor { seq: 1, hash: "0".repeat(64) };
        let refused = audit_verify_against(&ctx, &admin, &older).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::AnchorPurged { anchor: 1, floor: 2 })));
    });
}

#[test]
fn an_export_answers_what_a_person_did() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        let by_admin = AuditFilter { staff: Some("admin".into()), ..AuditFilter::default() };
        assert_eq!(audit_export(&ctx, &admin, &by_admin).await.unwrap().len(), 4);
        let by_nobody = AuditFilter { staff: Some("nobody".into()), ..AuditFilter::default() };
        assert!(audit_export(&ctx, &admin, &by_nobody).await.unwrap().is_empty());
    });
}

#[test]
fn supervisors_see_unusual_browsing() {
    use crate::common::people::{self, Person, key};
    use mykempo_console::domain::{Permission, Role, browsing::Why};
    use mykempo_console::usecases::{audit_unusual, members, staff};
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        people::employer(&ctx).await;
        for (key, name) in [("260-1-00", "山田　太郎"), ("260-2-00", "佐藤　花子"), ("260-3-00", "鈴木　一郎")]
        {
            people::person(&ctx, Person { key, name, ..Person::default() }).await;
        }
        let password = mykempo_console::secrets::Passphrase::new("seven quiet lanterns".into());
        staff::add(&ctx, &admin, "sato", "佐藤 花子", Role::Clerk, &password).await.unwrap();
        let (sato, suzuki) = (people::staff("sato", Role::Clerk), people::staff("suzuki", Role::Supervisor));
        for member in ["260-1-00", "260-2-00", "260-3-00"] {
            members::show(&ctx, &sato, &key(member)).await.unwrap();
        }
        let whys = |found: Vec<mykempo_console::domain::browsing::Unusual>| -> Vec<(Why, Option<String>)> {
            found.into_iter().map(|one| (one.why, one.member)).collect()
        };
        let found = audit_unusual(&ctx, &suzuki, None).await.unwrap();
        assert_eq!(whys(found), [(Why::OwnName, Some("260-2-00".into()))]);
        for (key, value) in [("society.employer", "２６０"), ("browsing.members", "3"), ("browsing.hours", "11-20")]
        {
            settings::set(&ctx, &admin, key, value).await.unwrap();
        }
        let found = whys(audit_unusual(&ctx, &suzuki, None).await.unwrap());
        assert_eq!(found.len(), 5, "{found:?}");
        for why in [Why::Many { members: 3 }, Why::OutsideHours { members: 3 }] {
            assert!(found.contains(&(why, None)), "{found:?}");
        }
        assert_eq!(found.iter().filter(|(why, _)| *why == Why::Colleague).count(), 2);
        let refused = audit_unusual(&ctx, &sato, None).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::Role { needs: Permission::Browsing, .. })));
        let tomorrow = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        assert!(audit_unusual(&ctx, &suzuki, Some(tomorrow)).await.unwrap().is_empty());
        let by_suzuki = AuditFilter { staff: Some("suzuki".into()), ..AuditFilter::default() };
        let reviewed = audit_export(&ctx, &admin, &by_suzuki);
        assert!(reviewed.await.unwrap().iter().all(|entry| entry.action == "browsing_reviewed"));
        assert!(settings::set(&ctx, &admin, "browsing.hours", "20-7").await.is_err());
    });
}

#[test]
fn postgresql_refuses_the_application_to_change_the_log() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        if place.name != "postgres" {
            return;
        }
        for sql in [
            "UPDATE audit SET detail = '' WHERE seq = 3",
            "DELETE FROM audit WHERE seq = 5",
            "TRUNCATE audit",
            "DROP TABLE audit",
            "ALTER TABLE audit ADD COLUMN more TEXT",
            "INSERT INTO audit_floor (one, seq, hash) VALUES (1, 5, '')",
            "UPDATE _sqlx_migrations SET version = 0",
            "CREATE TABLE audit_copy AS SELECT * FROM audit",
        ] {
            let mut tx = crate::common::open(&ctx).await.write().await.unwrap();
            let Tx::Postgres(t) = &mut tx else { panic!() };
            let refused = sqlx::query(sql).execute(&mut **t).await.expect_err(sql);
            let code = refused.as_database_error().and_then(|e| e.code()).map(|code| code.into_owned());
            // Insufficient privilege, in one form or the other.
            assert_eq!(code.as_deref(), Some("42501"), "{sql}: {refused}");
        }
        assert_eq!(broken(&ctx, &admin).await, None);
        settings::set(&ctx, &admin, "policy.idle_minutes", "15").await.unwrap();
    });
}

/// A number far ahead, planted past the program, would leave none for the next entry.
#[test]
fn the_log_takes_the_next_number_and_no_other() {
    on_each_engine(|place| async move {
        let (ctx, admin) = five(&place).await;
        const AHEAD: [&str; 3] = [
            "INSERT INTO audit SELECT 9223372036854775807, at, staff, terminal, action, member, batch, detail, prev, hash FROM audit WHERE seq = 1",
            "INSERT INTO audit SELECT -1, at, staff, terminal, action, member, batch, detail, prev, hash FROM audit WHERE seq = 1",
            "INSERT INTO audit SELECT (SELECT max(seq) + 2 FROM audit), at, staff, terminal, action, member, batch, detail, prev, hash FROM audit WHERE seq = 1",
        ];
        for sql in AHEAD {
            let refused = match &mut crate::common::open(&ctx).await.write().await.unwrap() {
                Tx::Sqlite(t) => sqlx::raw_sql(sql).execute(&mut **t).await.map(drop).expect_err(sql),
                Tx::Postgres(t) => sqlx::raw_sql(sql).execute(&mut **t).await.map(drop).expect_err(sql),
            };
            assert!(refused.to_string().contains("numbered one by one"), "{refused}");
        }
        settings::set(&ctx, &admin, "policy.idle_minutes", "15").await.unwrap();
        assert_eq!(broken(&ctx, &admin).await, None);
        // Who owns the tables can; what comes next is told as what it is.
        crate::common::fixtures::raw(
            &place,
            if place.name == "postgres" {
                "ALTER TABLE audit DISABLE TRIGGER audit_is_numbered"
            } else {
                "DROP TRIGGER audit_is_numbered"
            },
        )
        .await;
        crate::common::fixtures::raw(&place, AHEAD[0]).await;
        let told = settings::set(&ctx, &admin, "policy.idle_minutes", "16").await.unwrap_err();
        assert_eq!(told.code(), "log_number");
    });
}

#[test]
fn f5_the_log_answers_by_household_person_act_and_day() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let clerk = crate::common::people::staff("sato", Role::Clerk);
        crate::common::people::employer(&ctx).await;
        for key in ["155-10-00", "155-10-01", "155-100-00"] {
            let person = crate::common::people::Person { key, ..Default::default() };
            crate::common::people::person(&ctx, person).await;
            members::show(&ctx, &clerk, &crate::common::people::key(key)).await.unwrap();
        }
        let asked = AuditQuestion { limit: 100, acts: vec![Act::MemberSeen], ..AuditQuestion::default() };
        let keys = |lines: Vec<AuditLine>| lines.into_iter().filter_map(|line| line.entry.member).collect::<Vec<_>>();
        let household = Some(AuditWhom::Household(crate::common::people::key("155-10-00")));
        let found = audit_list(&ctx, &admin, &AuditQuestion { whom: household, ..asked.clone() }).await.unwrap();
        assert_eq!(found[0].member_name.as_deref(), Some("高橋　花子"));
        assert_eq!(keys(found), ["155-10-00", "155-10-01"], "not the household 155-100");
        let read = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        let read = read.last().map(recorded);
        let household = Some("155-10".to_owned());
        let wanted = AuditEvent::AuditExported { member: None, household, batch: None, staff: None };
        assert_eq!(read, Some(wanted), "the whole household was read, and not its first member");
        let one = Some(AuditWhom::Member(crate::common::people::key("155-10-01")));
        let found = audit_list(&ctx, &admin, &AuditQuestion { whom: one, ..asked.clone() }).await.unwrap();
        assert_eq!(keys(found), ["155-10-01"]);
        let by = |staff: &str| AuditQuestion { staff: Some(staff.into()), ..asked.clone() };
        assert_eq!(keys(audit_list(&ctx, &admin, &by("sato")).await.unwrap()).len(), 3);
        assert!(audit_list(&ctx, &admin, &by("suzuki")).await.unwrap().is_empty());
        let today = ctx.clock.today();
        let on = |from, to| AuditQuestion { from: Some(from), to: Some(to), ..asked.clone() };
        assert_eq!(audit_list(&ctx, &admin, &on(today, today)).await.unwrap().len(), 3);
        let yesterday = today.pred_opt().unwrap();
        assert!(audit_list(&ctx, &admin, &on(yesterday, yesterday)).await.unwrap().is_empty());
        let first = audit_list(&ctx, &admin, &AuditQuestion { limit: 1, ..asked.clone() }).await.unwrap();
        let after = first[0].entry.seq;
        assert_eq!(audit_list(&ctx, &admin, &AuditQuestion { after, ..asked.clone() }).await.unwrap().len(), 2);
        let auditor = crate::common::people::staff("kansa", Role::Auditor);
        assert!(audit_list(&ctx, &auditor, &asked).await.is_ok(), "an auditor reads the log");
        let supervisor = crate::common::people::staff("suzuki", Role::Supervisor);
        assert!(audit_list(&ctx, &supervisor, &asked).await.is_ok(), "the looks, to review them");
        let everything = AuditQuestion { acts: Vec::new(), ..asked.clone() };
        for (other, question) in [(&clerk, &asked), (&supervisor, &everything)] {
            let refused = audit_list(&ctx, other, question).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }))), "{refused:?}");
        }
    });
}

#[test]
fn f3_every_list_of_members_says_who_was_listed() {
    on_each_engine(|place| async move {
        let cast = cast(&place).await;
        sql(&cast.ctx, PEOPLE).await;
        register(&cast, &["260 1", "260 2"]).await;
        let Cast { ctx, clerk, admin, .. } = &cast;
        let number = batches::draft(ctx, clerk, &QueueFilter::default(), None).await.unwrap().batch;
        let looks = async || {
            let of_one = AuditFilter { member: Some("260-2-00".into()), ..AuditFilter::default() };
            let found = audit_export(ctx, admin, &of_one).await.unwrap();
            found.into_iter().filter(|entry| entry.action == "member_searched").map(|it| it.detail).collect::<Vec<_>>()
        };
        let found = members::find(ctx, clerk, "260-2", 10).await.unwrap();
        let ids: Vec<i64> = found.iter().map(|found| found.member.id).collect();
        assert!(!ids.is_empty());
        members::searched(ctx, clerk, "260-2", &ids).await.unwrap();
        assert_eq!(looks().await.len(), 1, "find");
        batches::show(ctx, clerk, &number).await.unwrap();
        batches::show(ctx, clerk, &number).await.unwrap();
        let seen = looks().await;
        assert_eq!(seen.len(), 2, "batch show, once: {seen:?}");
        assert!(seen[1].contains("\"batches\"") && seen[1].contains(number.as_str()), "{}", seen[1]);
        batches::cancel(ctx, clerk, &number).await.unwrap();
        for card in queue::list(ctx, clerk, &QueueFilter::default()).await.unwrap() {
            cards::cancel(ctx, clerk, card.id).await.unwrap();
        }
        let before = looks().await.len();
        promises::list(ctx, clerk, PromiseScope::Open).await.unwrap();
        let seen = looks().await;
        assert_eq!(seen.len(), before + 1, "promises: {seen:?}");
        assert!(seen[before].contains("\"promises\""), "{}", seen[before]);
    });
}

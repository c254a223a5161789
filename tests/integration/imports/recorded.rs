//! The log of an import: each changed member and employer with the old and the new value of each field, and the import.

use super::{EMPLOYERS, HANAKO, JIRO, MEMBERS, TARO, counts, file, run, run_with, small};
use crate::common::fixtures::recorded;
use crate::common::on_each_engine;
use mykempo_console::domain::MemberKey;
use mykempo_console::interchange::FileKind;
use mykempo_console::usecases::import::Mode;
use mykempo_console::usecases::{
    Actor, AppContext, AuditEvent, AuditFilter, FieldChange, audit_export, audit_verify, members,
};

/// The member and the event of each entry after the first `seq`.
async fn entries_after(ctx: &AppContext, admin: &Actor, seq: i64) -> Vec<(Option<String>, AuditEvent)> {
    let entries = audit_export(ctx, admin, &AuditFilter::default()).await.unwrap();
    let new = entries.iter().filter(|entry| entry.seq > seq);
    new.map(|entry| (entry.member.clone(), recorded(entry))).collect()
}

async fn last_seq(ctx: &AppContext) -> i64 {
    mykempo_console::usecases::audit_anchor(ctx).await.unwrap().seq
}

fn change(field: &str, old: &str, new: &str) -> FieldChange {
    FieldChange { field: field.into(), old: old.into(), new: new.into() }
}

#[test]
fn a_changed_member_is_logged_with_old_and_new_values() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let first = entries_after(&ctx, &admin, 0).await;
        let is_change =
            |event: &AuditEvent| matches!(event, AuditEvent::MemberChanged { .. } | AuditEvent::EmployerChanged { .. });
        assert!(!first.iter().any(|(_, event)| is_change(event)), "rows that are added are no change");

        let lost = TARO.replace("H20.4.1,,,", "H20.4.1,20261120,退職,").replace("髙橋", "高橋");
        let path = file(&place, "changed.csv", MEMBERS, &[&lost, HANAKO, JIRO]);
        let before = last_seq(&ctx).await;
        run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
        assert_eq!(last_seq(&ctx).await, before, "a dry run leaves no entry");
        let outcome = run(&ctx, &admin, FileKind::Members, &path).await;
        let changes = vec![
            change("氏名", "髙橋　太郎", "高橋　太郎"),
            change("喪失日", "", "2026-11-20"),
            change("喪失事由", "", "退職"),
        ];
        let imported = AuditEvent::Imported {
            kind: FileKind::Members,
            file: "changed.csv".into(),
            sha256: outcome.sha256,
            rows: 3,
            added: 0,
            changed: 1,
            unchanged: 2,
            rejected: 0,
        };
        let changed = AuditEvent::MemberChanged { changes };
        let expected = [(Some("101-1-00".into()), changed.clone()), (None, imported)];
        assert_eq!(entries_after(&ctx, &admin, before).await[..2], expected);

        let taro = MemberKey::parse("101", "1", "00").unwrap();
        let history = members::show(&ctx, &admin, &taro).await.unwrap().history;
        assert_eq!(recorded(history.last().unwrap()), changed, "the member's history has it");
    });
}

#[test]
fn a_changed_employer_is_logged_with_old_and_new_values() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let before = last_seq(&ctx).await;
        let rows = [
            "101,ﾎｸﾄ,株式会社北斗,1000005,東京都千代田区丸の内9-2,北斗ビル,,,,,",
            "102,ﾐﾅﾐ,株式会社南,1000005,東京都千代田区丸の内9-3,,,,,,",
        ];
        let outcome = run(&ctx, &admin, FileKind::Employers, &file(&place, "e.csv", EMPLOYERS, &rows)).await;
        assert_eq!(counts(&outcome), [2, 1, 1, 0, 0]);
        let changes = vec![
            change("住所1", "東京都千代田区丸の内9-1", "東京都千代田区丸の内9-2"),
            change("住所2", "", "北斗ビル"),
        ];
        let entries = entries_after(&ctx, &admin, before).await;
        assert_eq!(entries[0], (None, AuditEvent::EmployerChanged { code: "101".into(), changes }));
        assert!(matches!(entries[1], (None, AuditEvent::Imported { added: 1, changed: 1, .. })), "{entries:?}");
    });
}

/// More than one statement takes.
#[test]
fn thousands_of_changed_members_are_logged_in_one_chain() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let rows = |given: &str| -> Vec<String> {
            let row = |number| TARO.replace("太郎", given).replace("101,0001,00", &format!("101,{number},00"));
            (1_000..4_100).map(row).collect()
        };
        for (name, given, changed) in [("first.csv", "太郎", 0), ("second.csv", "次郎", 3_100)] {
            let rows = rows(given);
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let before = last_seq(&ctx).await;
            let outcome = run(&ctx, &admin, FileKind::Members, &file(&place, name, MEMBERS, &rows)).await;
            assert_eq!((outcome.applied, outcome.report.changed), (true, changed), "{:?}", outcome.refused);
            assert_eq!(last_seq(&ctx).await - before, i64::try_from(changed).unwrap() + 1, "and the import itself");
        }
        assert_eq!(audit_verify(&ctx, &admin).await.unwrap().broken_at, None);
    });
}

//! What an import does not decide by itself: it names the row, and a person decides.

use super::{EMPLOYERS, EVENTS};
use super::{HANAKO, JIRO, MEMBERS, REQUESTS, TARO, TARO_REGISTERS, counts, file, run, run_with, small};
use crate::common::fixtures::why;
use crate::common::people::staff;
use crate::common::{on_each_engine, refusal};
use mykempo_console::domain::{MemberKey, Role};
use mykempo_console::interchange::{FileKind, RowCode, RowWarning};
use mykempo_console::usecases::import::{ImportRefusal, Mode};
use mykempo_console::usecases::persons::{self, PersonRefusal};
use mykempo_console::usecases::{AuditEvent, AuditFilter, Recorded, Refusal, audit_export, members};

fn taro() -> MemberKey {
    MemberKey::parse("101", "1", "00").unwrap()
}

#[test]
fn a11_an_end_by_hand_is_not_undone_by_the_next_file() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        run(&ctx, &admin, FileKind::PortalEvents, &file(&place, "events.csv", EVENTS, &[TARO_REGISTERS])).await;
        let boss = staff("suzuki", Role::Supervisor);
        let lost = async || members::show(&ctx, &boss, &taro()).await.unwrap().member.lost_on;
        persons::end(&ctx, &boss, &taro(), &why("退職の届出")).await.unwrap();
        let ended = lost().await;
        assert!(ended.is_some());
        let whole = file(&place, "whole.csv", MEMBERS, &[TARO, HANAKO, JIRO]);
        for mode in [Mode::DryRun, Mode::Apply, Mode::Apply] {
            let told = run_with(&ctx, &admin, FileKind::Members, &whole, mode, None).await.unwrap();
            assert_eq!((counts(&told), told.refused), ([3, 0, 0, 2, 1], None), "{mode:?}");
            let row = &told.preview.errors[0];
            assert_eq!((row.line, row.value.as_str(), row.code), (2, "髙橋　太郎", RowCode::EndedByHand));
            assert_eq!(lost().await, ended, "not undone");
        }
        let clerk = persons::resume(&ctx, &staff("sato", Role::Clerk), &taro(), &why("誤り")).await;
        assert!(matches!(refusal(clerk), Refusal::Role { .. }));
        persons::resume(&ctx, &boss, &taro(), &why("届出の取下げ")).await.unwrap();
        assert_eq!(lost().await, None);
        let again = persons::resume(&ctx, &boss, &taro(), &why("もう一度")).await;
        assert_eq!(refusal(again), Refusal::Person(PersonRefusal::NotEnded("101-1-00".into())));
        assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &whole).await), [3, 0, 0, 3, 0]);
        let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        let resumed = Recorded::Event(AuditEvent::MembershipResumed { reason: "届出の取下げ".into() });
        assert!(log.iter().any(|entry| Recorded::of(entry) == resumed));
        assert!(members::show(&ctx, &boss, &taro()).await.unwrap().account.is_none_or(|it| it.closed_at.is_some()));
    });
}

#[test]
fn a11_the_registry_may_confirm_an_end_by_hand() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let boss = staff("suzuki", Role::Supervisor);
        persons::end(&ctx, &boss, &taro(), &why("退職の届出")).await.unwrap();
        let lost = TARO.replace("H20.4.1,,,", "H20.4.1,20261120,退職,");
        let confirmed = file(&place, "lost.csv", MEMBERS, &[&lost]);
        assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &confirmed).await), [1, 0, 1, 0, 0]);
        // From then on the registry's word counts again.
        let back = file(&place, "back.csv", MEMBERS, &[TARO]);
        assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &back).await), [1, 0, 1, 0, 0]);
        let none = persons::resume(&ctx, &boss, &taro(), &why("x")).await;
        assert_eq!(refusal(none), Refusal::Person(PersonRefusal::NotEnded("101-1-00".into())));
    });
}

#[test]
fn a_registry_file_without_rows_changes_nothing_and_says_so() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        for (kind, header) in [(FileKind::Members, MEMBERS), (FileKind::Employers, EMPLOYERS)] {
            let path = place.folder.path().join("header.csv");
            std::fs::write(&path, format!("{header}\r\n")).unwrap();
            let told = run(&ctx, &admin, kind, &path).await;
            assert_eq!((told.applied, told.refused), (false, Some(ImportRefusal::NoRows)), "{kind:?}");
        }
        let path = file(&place, "members-3.csv", MEMBERS, &[TARO, HANAKO, JIRO]);
        assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &path).await), [3, 0, 0, 3, 0]);
        let night = place.folder.path().join("events.csv");
        std::fs::write(&night, format!("{EVENTS}\r\n")).unwrap();
        assert!(run(&ctx, &admin, FileKind::PortalEvents, &night).await.applied, "a night without events");
    });
}

#[test]
fn a11_a_new_name_or_birth_date_alone_goes_in_with_a_warning() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let (name, birth) = (TARO.replace("髙橋　太郎", "佐藤　太郎"), JIRO.replace("H2.4.1", "H2.4.2"));
        let path = file(&place, "corrected.csv", MEMBERS, &[&name, HANAKO, &birth]);
        let told = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!(counts(&told), [3, 0, 2, 1, 0]);
        let warned: Vec<_> = told.preview.warnings.iter().map(|it| (it.line, it.warning)).collect();
        assert_eq!(warned, [(2, RowWarning::NameChanged), (4, RowWarning::BirthChanged)]);
    });
}

#[test]
fn q1_a_receipt_number_with_other_content_is_named() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let first = "F1,2026-11-20 10:00:00,ログイン情報送付依頼,101,1,,髙橋　太郎,ﾀｶﾊｼ ﾀﾛｳ,S55.4.1,株式会社北斗,090-0000-0000,t@example.jp,忘れました";
        let path = file(&place, "requests.csv", REQUESTS, &[first]);
        let told = run(&ctx, &admin, FileKind::Requests, &path).await;
        assert_eq!((counts(&told), told.preview.warnings), ([1, 1, 0, 0, 0], vec![]));
        let same = run(&ctx, &admin, FileKind::Requests, &path).await;
        assert_eq!((counts(&same), same.preview.warnings), ([1, 0, 0, 1, 0], vec![]), "the same file again");
        let other = first.replace("090-0000-0000", "080-1111-1111").replace("髙橋　太郎", "佐藤　花子");
        let path = file(&place, "other.csv", REQUESTS, &[&other]);
        for mode in [Mode::DryRun, Mode::Apply] {
            let told = run_with(&ctx, &admin, FileKind::Requests, &path, mode, None).await.unwrap();
            assert_eq!(counts(&told), [1, 0, 0, 1, 0]);
            let warned = &told.preview.warnings[0];
            assert_eq!((warned.line, warned.key.as_str(), warned.warning), (2, "F1", RowWarning::ReceiptDiffers));
            assert_eq!(warned.what, "佐藤　花子 (氏名, 電話)");
        }
    });
}

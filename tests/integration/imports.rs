//! Imports, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod decisions;
mod effects;
mod history;
mod late_events;
mod recorded;
mod rejects;
mod warnings;

use crate::common::{Place, on_each_engine, society};
use mykempo_console::domain::MemberKey;
use mykempo_console::files::Existing;
use mykempo_console::interchange::{FileError, FileKind, RowCode, RowWarning, demo};
use mykempo_console::text::name_key;
use mykempo_console::usecases::import::{ImportRefusal, Job, Mode, Outcome, Progress, RejectsTo, history, import};
use mykempo_console::usecases::{
    Actor, AppContext, AuditFilter, Error, Refusal, audit_export, members, queue, settings,
};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

const EMPLOYERS: &str = "事業所記号,名称カナ,名称,郵便番号,住所1,住所2,電話,担当部署,担当者,適用日,全喪日";
const MEMBERS: &str = "保険者番号,記号,番号,枝番,本人家族区分,続柄,氏名カナ,氏名,性別,生年月日,取得日,喪失日,喪失事由,事業所記号,任継区分,旧記号,旧番号,旧枝番,変更事由,巡回健診対象";
const REQUESTS: &str = "受付番号,受付日時,種別,記号,番号,枝番,氏名,氏名カナ,生年月日,事業所名,電話,メールアドレス,内容";
const EVENTS: &str = "連番,発生日時,種別,記号,番号,枝番,ログインID,メールアドレス,Web表示";

async fn run_with(
    ctx: &AppContext,
    admin: &Actor,
    kind: FileKind,
    path: &Path,
    mode: Mode,
    rejects: Option<PathBuf>,
) -> Result<Outcome, Error> {
    let cancel = AtomicBool::new(false);
    let reason = |error: &mykempo_console::interchange::RowError| error.code.code().to_owned();
    let rejects = rejects.map(|path| RejectsTo::File(path, Existing::Replace));
    let job = Job { kind, path, mode, expected: None, rejects, reason: &reason, progress: &|_| {}, cancel: &cancel };
    import(ctx, admin, &job).await
}

async fn run(ctx: &AppContext, admin: &Actor, kind: FileKind, path: &Path) -> Outcome {
    run_with(ctx, admin, kind, path, Mode::Apply, None).await.unwrap()
}

fn file(place: &Place, name: &str, header: &str, rows: &[&str]) -> PathBuf {
    let path = place.folder.path().join(name);
    std::fs::write(&path, format!("{header}\r\n{}\r\n", rows.join("\r\n"))).unwrap();
    path
}

fn demo_file(place: &Place, kind: FileKind) -> PathBuf {
    let path = place.folder.path().join(format!("{}.csv", kind.code()));
    let mut bytes = Vec::new();
    demo::write(kind, demo::MEMBERS, &mut bytes).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

fn counts(outcome: &Outcome) -> [u64; 5] {
    let report = &outcome.report;
    [report.rows, report.added, report.changed, report.unchanged, report.rejected]
}

/// One employer and three members of a small society.
async fn small(place: &Place) -> (AppContext, Actor) {
    let (ctx, admin) = society(place).await;
    let employers =
        file(place, "employers.csv", EMPLOYERS, &["101,ﾎｸﾄ,株式会社北斗,1000005,東京都千代田区丸の内9-1,,,,,,"]);
    run(&ctx, &admin, FileKind::Employers, &employers).await;
    let members = file(place, "members.csv", MEMBERS, &[TARO, HANAKO, JIRO]);
    assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &members).await), [3, 3, 0, 0, 0]);
    (ctx, admin)
}

const TARO: &str = "06139497,101,0001,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,H20.4.1,,,101,0,,,,,0";
const HANAKO: &str = "06139497,101,1,01,2,妻,ﾀｶﾊｼ ﾊﾅｺ,髙橋　花子,2,S56.4.1,H20.4.1,,,101,0,,,,,1";
const JIRO: &str = "06139497,101,2,,1,本人,ｽｽﾞｷ ｼﾞﾛｳ,鈴木　二郎,1,H2.4.1,H25.4.1,,,101,0,,,,,0";
const SABURO: &str = "06139497,101,3,,1,本人,ｻﾄｳ ｻﾌﾞﾛｳ,佐藤　三郎,1,H3.4.1,H26.4.1,,,101,0,,,,,0";
const TARO_REGISTERS: &str = "1,2026-11-02 10:00:00,registered,101,1,00,taro,taro@example.jp,希望する";

#[test]
fn demo_files_import_completely_and_again_change_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        settings::set(&ctx, &admin, "society.insurer", demo::INSURER).await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let first = [(FileKind::Employers, [40, 40, 0, 0, 0]), (FileKind::Members, [1_500, 1_500, 0, 0, 0])];
        for (kind, expected) in first {
            let outcome = run(&ctx, &admin, kind, &demo_file(&place, kind)).await;
            assert!(outcome.applied, "{:?}", outcome.refused);
            assert_eq!(counts(&outcome), expected);
        }
        let events = demo_file(&place, FileKind::PortalEvents);
        let outcome = run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let [rows, added, _, _, rejected] = counts(&outcome);
        assert_eq!((outcome.applied, rows, added + rejected), (true, 792, 792));
        assert!((4..20).contains(&rejected), "{:?}", outcome.report);
        assert_eq!(outcome.report.by_code[&RowCode::UnknownMember], 3);
        for kind in [FileKind::Employers, FileKind::Members] {
            let again = run(&ctx, &admin, kind, &demo_file(&place, kind)).await;
            assert_eq!((again.report.unchanged, again.report.added, again.report.changed), (again.report.rows, 0, 0));
        }
        let again = run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        assert_eq!(counts(&again), [rows, 0, 0, added, rejected]);
        assert_eq!(again.preview.effects.accounts_closed, 0);
        for (query, least) in [("高橋", 10), ("ﾜﾀﾅﾍﾞ", 10), ("はまだ", 3), ("濵田", 3), ("101-1", 1), ("101", 4)]
        {
            let found = members::find(&ctx, &admin, query, 100).await.unwrap();
            assert!(found.len() >= least, "{query}: {}", found.len());
            assert!(
                found.iter().any(|it| it.employer.is_some()),
                "{query}: namesakes are distinguished by their employers"
            );
        }
        // Whole names, whose surname or given name many have.
        for (query, key) in [("桜井学", "128-8-00"), ("石川　ひなた", "101-1-02"), ("桜井幸子", "128-8-03")]
        {
            let found = members::find(&ctx, &admin, query, 100).await.unwrap();
            assert!(found.iter().any(|found| found.member.key() == key), "{query}");
            assert!(found.iter().all(|found| name_key(&found.member.name) == name_key(query)), "{query}");
        }
        assert_eq!(history(&ctx, &admin, 10).await.unwrap().len(), 6);
    });
}

#[test]
fn a_dry_run_says_what_an_import_does_and_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let lost = TARO.replace("H20.4.1,,,", "H20.4.1,20261120,退職,").replace("髙橋", "高橋");
        let changed = file(&place, "changed.csv", MEMBERS, &[&lost, HANAKO, JIRO]);
        let dry = run_with(&ctx, &admin, FileKind::Members, &changed, Mode::DryRun, None).await.unwrap();
        assert_eq!((counts(&dry), dry.applied), ([3, 0, 1, 2, 0], false));
        let fields: Vec<_> = dry.preview.changes[0].fields.iter().map(|f| (f.field.as_str(), f.new.as_str())).collect();
        assert_eq!(fields, [("氏名", "高橋　太郎"), ("喪失日", "2026-11-20"), ("喪失事由", "退職")]);
        assert_eq!(dry.preview.changes[0].line, 2);
        assert_eq!(dry.preview.effects.endings[0].member, "101-1-00");
        assert_eq!((dry.preview.effects.accounts_closed, dry.preview.effects.cards_cancelled), (1, 1));
        let entries = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        assert!(!entries.iter().any(|entry| entry.action == "account_closed"));
        let real = run(&ctx, &admin, FileKind::Members, &changed).await;
        assert_eq!((real.report, real.sha256, real.applied), (dry.report, dry.sha256, true));
    });
}

#[test]
fn a9_loss_closes_account_and_card_and_is_logged() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        assert_eq!(queue::by_employer(&ctx, &admin).await.unwrap()[0].viewing, 1);
        let lost = file(&place, "lost.csv", MEMBERS, &[&TARO.replace("H20.4.1,,,", "H20.4.1,20261120,退職,")]);
        let outcome = run(&ctx, &admin, FileKind::Members, &lost).await;
        assert_eq!((outcome.preview.effects.accounts_closed, outcome.preview.effects.cards_cancelled), (1, 1));
        assert!(queue::by_employer(&ctx, &admin).await.unwrap().is_empty());
        let of_taro = AuditFilter { member: Some("101-1-00".into()), ..AuditFilter::default() };
        let acts: Vec<String> =
            audit_export(&ctx, &admin, &of_taro).await.unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(acts, ["card_asked", "member_changed", "card_cancelled", "account_closed"]);
    });
}

#[test]
fn a3_a_new_number_is_a_new_record_and_the_old_account_closes() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = file(&place, "events.csv", EVENTS, &[TARO_REGISTERS]);
        run(&ctx, &admin, FileKind::PortalEvents, &events).await;
        let new = "06139497,101,77,00,1,本人,ﾀｶﾊｼ ﾀﾛｳ,髙橋　太郎,1,S55.4.1,R8.11.1,,,101,0,101,0001,,2,0";
        let outcome = run(&ctx, &admin, FileKind::Members, &file(&place, "new.csv", MEMBERS, &[new])).await;
        let effects = &outcome.preview.effects;
        assert_eq!((outcome.report.added, effects.renumbered, effects.accounts_closed), (1, 1, 1));
        assert_eq!(effects.endings[0].why.code(), "number_changed");
    });
}

#[test]
fn r2_a_row_without_a_route_is_a_warning() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let employers = [
            "101,,株式会社北斗,,東京都千代田区丸の内9-1,,,,,,",
            "102,,株式会社全喪,,東京都千代田区丸の内9-2,,,,,,20261101",
            "103,,株式会社予定,,東京都千代田区丸の内9-3,,,,,,20991101",
            "104,,株式会社不明,,　,,,,,,",
        ];
        let warned = run(&ctx, &admin, FileKind::Employers, &file(&place, "e.csv", EMPLOYERS, &employers)).await;
        assert_eq!(warned.report.warnings, [(RowWarning::NoRoute, 2)].into());
        let of = |employer: &str, number: &str| {
            SABURO.replace(",101,0,", &format!(",{employer},0,")).replace("101,3,", &format!("101,{number},"))
        };
        let voluntary = of("101", "5").replace(",101,0,", ",101,1,");
        let lost = of("102", "6").replace("H26.4.1,,", "H26.4.1,20261031,");
        let rows = [of("101", "1"), of("102", "2"), of("103", "3"), of("104", "4"), voluntary, lost];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let warned = run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &rows)).await;
        assert_eq!(counts(&warned), [6, 6, 0, 0, 0]);
        assert_eq!(warned.report.warnings, [(RowWarning::NoRoute, 3)].into());
    });
}

#[test]
fn b4_import_warns_of_an_employer_address_that_does_not_fit() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let good = "101,,株式会社北斗,,東京都千代田区丸の内9-1,北斗ビル,,人事部,渡邉,,";
        let rows: Vec<String> = ["丸の内", "北斗ビル", "人事", "渡邉"].map(|at| good.replace(at, "\u{E000}")).into();
        let rows: Vec<&str> = rows.iter().map(String::as_str).chain([good]).collect();
        for row in &rows {
            let path = file(&place, "e.csv", EMPLOYERS, &[row]);
            let warnings = run(&ctx, &admin, FileKind::Employers, &path).await.report.warnings;
            assert_eq!(warnings.contains_key(&RowWarning::UnprintableName), *row != good, "{row}");
        }
    });
}

#[test]
fn rejected_rows_can_be_corrected_and_imported() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        settings::set(&ctx, &admin, "policy.import_abort_percent", "60").await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        let rows = [
            "06139497,101,3,00,1,本人,ｱｵｷ ｱｲ,青木　愛,2,H9.1.1,R2.4.1,,,999,0,,,,,0",
            "06139497,101,4,00,1,本人,ｱｵｷ ｴﾐ,青木　恵美,2,H9.1.1,R2.4.1,,,101,0,,,,,0",
            "06139497,101,0004,,1,本人,ｱｵｷ ｴﾐ,青木　恵美,2,H9.1.1,R2.4.1,,,101,0,,,,,0",
            "06139000,101,5,00,1,本人,ｱｵｷ ｴﾐ,青木　恵美,2,H9.1.1,R2.4.1,,,101,0,,,,,0",
            "06139497,101,6,00,1,本人,ｱｵｷ ｶｲ,青木　海,1,H9.1.1,R2.4.1,,,101,0,,,,,0",
        ];
        let rejects = place.folder.path().join("rejects.csv");
        let path = file(&place, "more.csv", MEMBERS, &rows);
        let apply = |path: PathBuf| {
            let (ctx, admin, rejects) = (&ctx, &admin, rejects.clone());
            async move { run_with(ctx, admin, FileKind::Members, &path, Mode::Apply, Some(rejects)).await.unwrap() }
        };
        let outcome = apply(path).await;
        assert_eq!(counts(&outcome), [5, 2, 0, 0, 3]);
        let errors: Vec<_> =
            outcome.preview.errors.iter().map(|e| (e.line, e.column, e.value.as_str(), e.code.code())).collect();
        let expected = [
            (2, "事業所記号", "999", "unknown_employer"),
            (4, "番号", "101-4-00", "duplicate_row"),
            (5, "保険者番号", "06139000", "bad_insurer"),
        ];
        assert_eq!(errors, expected);
        let text = std::fs::read_to_string(&rejects).unwrap();
        assert_eq!(text.lines().count(), 4);
        let corrected = text.replace(",999,", ",101,").replace("06139000", "06139497").replace("'0004", "8");
        let again = file(&place, "corrected.csv", "", &[]);
        std::fs::write(&again, corrected).unwrap();
        assert_eq!(counts(&apply(again).await), [3, 3, 0, 0, 0]);
    });
}

#[test]
fn file_with_too_many_faults_or_losses_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        settings::set(&ctx, &admin, "society.insurer", demo::INSURER).await.unwrap();
        let ctx = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        for kind in [FileKind::Employers, FileKind::Members] {
            run(&ctx, &admin, kind, &demo_file(&place, kind)).await;
        }
        let whole = std::fs::read(place.folder.path().join("members.csv")).unwrap();
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        let half = place.folder.path().join("half.csv");
        std::fs::write(&half, lines[..750].concat()).unwrap();
        let outcome = run(&ctx, &admin, FileKind::Members, &half).await;
        assert!(!outcome.applied);
        let missing = outcome.preview.effects.missing;
        assert!(matches!(outcome.refused, Some(ImportRefusal::Shrunken { missing: m, .. }) if m == missing && m > 600));
        let cut = place.folder.path().join("cut.csv");
        std::fs::write(&cut, [lines[0], b"06139497,1\r\n", lines[1], lines[2]].concat()).unwrap();
        let outcome = run(&ctx, &admin, FileKind::Members, &cut).await;
        assert!(matches!(outcome.refused, Some(ImportRefusal::Threshold { rejected: 1, rows: 3, percent: 10 })));
        assert_eq!(history(&ctx, &admin, 10).await.unwrap().len(), 2);
    });
}

#[test]
fn events_out_of_order_twice_too_old_or_too_early_lose_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let events = |name: &str, rows: &[&str]| file(&place, name, EVENTS, rows);
        let off = "3,2026-11-04 10:00:00,web_display_off,101,1,00,taro,,希望しない";
        let on = "4,2026-11-05 10:00:00,web_display_on,101,1,00,taro,,希望する";
        // Events of one file are applied in their order.
        let path = events("a.csv", &[on, TARO_REGISTERS, TARO_REGISTERS]);
        assert_eq!(counts(&run(&ctx, &admin, FileKind::PortalEvents, &path).await), [3, 2, 0, 1, 0]);
        // An event that a newer one has overtaken is not applied.
        let outcome = run(&ctx, &admin, FileKind::PortalEvents, &events("b.csv", &[off])).await;
        assert_eq!(outcome.report.by_code[&RowCode::StaleEvent], 1);
        // The number of an earlier event is a bad event.
        let reused = "4,2026-11-05 10:00:00,logged_in,101,1,00,taro,,";
        let outcome = run(&ctx, &admin, FileKind::PortalEvents, &events("c.csv", &[reused, on])).await;
        assert!(matches!(outcome.refused, Some(ImportRefusal::Threshold { rejected: 1, .. })));
        // An unknown member is for later: the rejects file is imported when the member has arrived.
        let early = "9,2026-11-06 10:00:00,registered,101,3,00,saburo,saburo@example.jp,希望する";
        let rejects = place.folder.path().join("rejects.csv");
        let path = events("d.csv", &[early]);
        let kind = FileKind::PortalEvents;
        let outcome = run_with(&ctx, &admin, kind, &path, Mode::Apply, Some(rejects.clone())).await.unwrap();
        assert_eq!((outcome.applied, outcome.report.by_code[&RowCode::UnknownMember]), (true, 1));
        let saburo = "06139497,101,3,,1,本人,ﾀﾅｶ ｻﾌﾞﾛｳ,田中　三郎,1,H2.4.1,R8.11.1,,,101,0,,,,,0";
        run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &[saburo])).await;
        assert_eq!(counts(&run(&ctx, &admin, kind, &rejects).await), [1, 1, 0, 0, 0]);
    });
}

#[test]
fn a_changed_name_is_found_by_the_new_one_only() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let married = JIRO.replace("鈴木", "渡邉").replace("ｽｽﾞｷ", "ﾜﾀﾅﾍﾞ");
        run(&ctx, &admin, FileKind::Members, &file(&place, "m.csv", MEMBERS, &[&married])).await;
        let found = |query: &'static str| {
            let (ctx, admin) = (&ctx, &admin);
            async move { members::find(ctx, admin, query, 10).await.unwrap().len() }
        };
        assert_eq!((found("渡辺").await, found("鈴木").await), (1, 0));
        assert_eq!((found("ワタナベ").await, found("スズキ").await), (1, 0));
    });
}

#[test]
fn a_cancelled_import_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let path = file(&place, "m.csv", MEMBERS, &[&TARO.replace("太郎", "太朗")]);
        let cancel = AtomicBool::new(false);
        let progress = |_: Progress| cancel.store(true, Ordering::Relaxed);
        let reason = |_: &mykempo_console::interchange::RowError| String::new();
        let kind = FileKind::Members;
        let job = Job {
            kind,
            path: &path,
            mode: Mode::Apply,
            expected: None,
            rejects: None,
            reason: &reason,
            progress: &progress,
            cancel: &cancel,
        };
        assert!(matches!(import(&ctx, &admin, &job).await, Err(Error::Refused(Refusal::Cancelled))));
        let again = run(&ctx, &admin, FileKind::Members, &path).await;
        assert_eq!(counts(&again), [1, 0, 1, 0, 0]);
    });
}

/// Begins the import of a file and holds it while its rows are read, until `go` is dropped.
fn held(
    ctx: &AppContext,
    admin: &Actor,
    path: PathBuf,
) -> (JoinHandle<Result<Outcome, Error>>, Receiver<()>, Sender<()>) {
    let (begun, reading) = channel();
    let (go, wait) = channel::<()>();
    let (begun, wait) = (Mutex::new(begun), Mutex::new(wait));
    let (ctx, admin) = (ctx.clone(), admin.clone());
    let task = tokio::spawn(async move {
        let progress = |_| {
            let _ = begun.lock().unwrap().send(());
            // An error means that the sender is gone: go on.
            let _ = tokio::task::block_in_place(|| wait.lock().unwrap().recv());
        };
        let job = Job {
            kind: FileKind::Members,
            path: &path,
            mode: Mode::Apply,
            expected: None,
            rejects: None,
            reason: &|_| String::new(),
            progress: &progress,
            cancel: &AtomicBool::new(false),
        };
        import(&ctx, &admin, &job).await
    });
    (task, reading, go)
}

#[test]
fn a_member_is_looked_up_while_a_file_is_read() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let path = file(&place, "more.csv", MEMBERS, &[SABURO]);
        let (task, reading, go) = held(&ctx, &admin, path);
        reading.recv().unwrap();
        // A look writes an entry: it would wait for an import that writes.
        members::show(&ctx, &admin, &MemberKey::parse("101", "1", "00").unwrap()).await.unwrap();
        drop(go);
        assert!(task.await.unwrap().unwrap().applied);
    });
}

#[test]
fn an_import_that_another_has_overtaken_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let slow = file(&place, "slow.csv", MEMBERS, &[SABURO]);
        let (task, reading, go) = held(&ctx, &admin, slow.clone());
        reading.recv().unwrap();
        assert!(run(&ctx, &admin, FileKind::Members, &slow).await.applied);
        drop(go);
        assert!(matches!(task.await.unwrap(), Err(Error::Refused(Refusal::Import(ImportRefusal::Overtaken)))));
        assert_eq!(counts(&run(&ctx, &admin, FileKind::Members, &slow).await)[1..4], [0, 0, 1]);
    });
}

#[test]
fn unreadable_file_is_named_and_clerks_cannot_import() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let gone = place.folder.path().join("gone.csv");
        let missing = run_with(&ctx, &admin, FileKind::Members, &gone, Mode::Apply, None).await;
        assert!(matches!(missing, Err(Error::Refused(Refusal::File { path, .. })) if path == gone));
        let folder = run_with(&ctx, &admin, FileKind::Members, place.folder.path(), Mode::Apply, None).await;
        assert!(matches!(folder, Err(Error::Refused(Refusal::File { .. }))));
        let wrong = file(&place, "wrong.csv", EMPLOYERS, &[]);
        let wrong = run_with(&ctx, &admin, FileKind::Members, &wrong, Mode::Apply, None).await;
        assert_eq!(wrong.unwrap_err().code(), "missing_columns");
        let path = file(&place, "m.csv", MEMBERS, &[TARO]);
        let onto_itself = run_with(&ctx, &admin, FileKind::Members, &path, Mode::Apply, Some(path.clone())).await;
        assert!(matches!(onto_itself, Err(Error::Refused(Refusal::FileProtected(_)))));
        assert!(std::fs::read_to_string(&path).unwrap().contains("髙橋"), "the file is as it was");
        let clerk = Actor { role: mykempo_console::domain::Role::Clerk, ..admin };
        let refused = run_with(&ctx, &clerk, FileKind::Members, &gone, Mode::Apply, None).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Role { .. }))));
    });
}

#[test]
fn a_file_that_is_cut_inside_quotation_marks_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let members = file(&place, "m.csv", MEMBERS, &[SABURO, &TARO.replace("髙橋", "\"高橋"), HANAKO, JIRO]);
        let request = "F9,2026-11-01 08:00,ログイン情報送付依頼,101,1,00,高橋太郎,ﾀｶﾊｼ,S55.4.1,,,,\"ログインでき";
        let requests = file(&place, "r.csv", REQUESTS, &[request]);
        for (kind, path, line) in [(FileKind::Members, members, 3), (FileKind::Requests, requests, 2)] {
            let error = run_with(&ctx, &admin, kind, &path, Mode::Apply, None).await.unwrap_err();
            assert!(
                matches!(&error, Error::BadFile { fault: FileError::OpenQuote { line: l }, .. } if *l == line),
                "{error}"
            );
        }
        let saburo = MemberKey::parse("101", "3", "00").unwrap();
        assert!(members::show(&ctx, &admin, &saburo).await.is_err(), "the row before the cut is not in either");
        assert_eq!(history(&ctx, &admin, 10).await.unwrap().len(), 2);
    });
}

/// The folder of samples beside a checkout; absent elsewhere.
fn samples(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let found = path.is_dir().then_some(path);
    if found.is_none() {
        println!("SKIPPED: no {folder} beside this checkout");
    }
    found
}

const ORDER: [FileKind; 4] = [FileKind::Employers, FileKind::Members, FileKind::PortalEvents, FileKind::Requests];

#[test]
fn the_samples_go_in_whole_and_again_change_nothing() {
    let Some(folder) = samples("samples") else { return };
    on_each_engine(|place| {
        let folder = folder.clone();
        async move {
            let (ctx, admin) = society(&place).await;
            for (kind, rows) in ORDER.into_iter().zip([60, 2_000, 1_494, 26]) {
                let path = folder.join(format!("{}.csv", kind.code()));
                let first = run(&ctx, &admin, kind, &path).await.report;
                assert_eq!((first.rows, first.added + first.unchanged, first.rejected), (rows, rows, 0), "{kind:?}");
                let again = run(&ctx, &admin, kind, &path).await.report;
                assert_eq!((again.unchanged, again.added + again.changed), (rows, 0), "{kind:?}");
            }
        }
    });
}

#[test]
fn the_dirty_samples_are_rejected_code_by_code_as_expected() {
    let Some(folder) = samples("dirty-samples") else { return };
    let expected: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    on_each_engine(|place| {
        let (folder, expected) = (folder.clone(), expected.clone());
        async move {
            let (ctx, admin) = society(&place).await;
            run(&ctx, &admin, FileKind::Employers, &folder.join("employers.csv")).await;
            let report = run(&ctx, &admin, FileKind::Members, &folder.join("members.csv")).await.report;
            let found = serde_json::to_value(&report).unwrap();
            assert_eq!((&found["rows"], &found["added"]), (&expected["rows"], &expected["accepted"]));
            assert_eq!(found["by_code"], expected["rejected"]);
            assert_eq!(found["warnings"]["unprintable_name"], expected["gaiji"]);
        }
    });
}

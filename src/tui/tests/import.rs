//! 取込.

use super::fixtures::at;
use crate::domain::{CardKind, CardState, DeadReason, HoldReason, Role};
use crate::interchange::{Report, RowCode, RowError, RowWarning};
use crate::labels::Lang;
use crate::tui::message::Msg;
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::screens::import::requests::{ImportFile, ImportJob, ListFiles, ListImports, RejectsRequest};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::FieldChange;
use crate::usecases::import::{
    Effects, Ended, FileEntry, ImportRefusal, ImportRun, Mode, NewRoute, Outcome, Preview, PreviewChange, PreviewItem,
    RouteChange, RunState, StoppedCard, Warned,
};
use std::path::PathBuf;

const SIZE: (u16, u16) = (80, 24);

fn runs() -> Vec<ImportRun> {
    let run = |kind: &str, rejected| ImportRun {
        id: 1,
        at: at(24, 7, 0),
        staff: "admin".to_owned(),
        kind: kind.to_owned(),
        file: format!("{kind}.csv"),
        sha256: String::new(),
        row_count: 1500,
        added: 3,
        changed: 12,
        unchanged: 1485,
        rejected,
        state: RunState::Applied,
    };
    vec![run("members", 2), run("employers", 0)]
}

pub(super) fn list(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    rig.keys("6").reply::<ListImports>(runs());
    rig
}

fn stopped(kind: CardKind, was: CardState, serial: Option<&str>) -> StoppedCard {
    let serial = serial.map(str::to_owned);
    StoppedCard { member: "260-1-00".to_owned(), kind, was, batch: None, serial }
}

fn outcome() -> Outcome {
    let report = Report {
        rows: 1500,
        added: 3,
        changed: 12,
        unchanged: 1483,
        rejected: 2,
        by_code: [(RowCode::BadDate, 1), (RowCode::UnknownEmployer, 1)].into(),
        warnings: [(RowWarning::UnprintableName, 1), (RowWarning::NoRoute, 1)].into(),
    };
    let errors = vec![
        RowError::new(14, "生年月日", "昭和70年1月1日", RowCode::BadDate),
        RowError::new(202, "事業所記号", "999", RowCode::UnknownEmployer),
    ];
    let effects = Effects {
        accounts_closed: 1,
        cards_cancelled: 1,
        cards_to_pull: 1,
        endings: vec![Ended {
            member: "260-1-00".to_owned(),
            name: "東海林 拓也".to_owned(),
            why: DeadReason::MemberLost,
            cards: vec![
                stopped(CardKind::Viewing, CardState::Printed, Some("B20261124-001-0002")),
                stopped(CardKind::Login, CardState::Queued, None),
            ],
        }],
        lost: 1,
        renumbered: 1,
        renumberings: vec![("104-7-00".to_owned(), "300-2-00".to_owned())],
        ..Effects::default()
    };
    let item = |line, key: &str, what: &str| PreviewItem { line, key: key.to_owned(), what: what.to_owned() };
    let warned = |line, key: &str, what: &str, warning| {
        let PreviewItem { line, key, what } = item(line, key, what);
        Warned { line, key, what, warning }
    };
    let changed =
        |field: &str, old: &str, new: &str| FieldChange { field: field.into(), old: old.into(), new: new.into() };
    let preview = Preview {
        errors,
        effects,
        added: vec![item(3, "260-11-00", "東海林 一郎"), item(9, "300-2-00", "髙橋 花子")],
        changes: vec![PreviewChange {
            line: 7,
            key: "260-1-00".to_owned(),
            fields: vec![changed("喪失日", "", "2026-11-01"), changed("氏名", "東海林 拓也", "東海林 卓也")],
        }],
        unchanged: vec![item(2, "104-1-00", "佐藤 明")],
        warnings: vec![
            warned(9, "300-2-00", "髙橋 花子", RowWarning::UnprintableName),
            warned(12, "260-12-00", "山田 一", RowWarning::NoRoute),
        ],
        ignored: vec!["備考".to_owned()],
    };
    let sha256 = "5e88".to_owned();
    Outcome { sha256, report, preview, applied: false, refused: None, rejects: None }
}

/// Whether the newest request imports such a file.
fn imports(rig: &Rig, wanted: impl Fn(&ImportJob) -> bool) -> bool {
    rig.requested::<ImportFile>().is_some_and(|it| wanted(&it.0))
}

pub(super) fn checked(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = list(lang, size, Role::Admin);
    rig.keys("nb/srv/in/members.csv<Enter>");
    assert!(imports(&rig, |job| job.mode == Mode::DryRun));
    rig.reply::<ImportFile>(Box::new(outcome()));
    rig
}

#[test]
fn imports_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("imports", name, &list(lang, size, Role::Admin).screen());
        album.add("import_checked", name, &checked(lang, size).screen());
    }
    insta::assert_snapshot!("import", album.pages);
}

#[test]
fn a_path_is_asked_for_and_a_quoted_one_is_understood() {
    let mut rig = list(Lang::Ja, SIZE, Role::Admin);
    rig.keys("n");
    insta::assert_snapshot!("import_kinds", rig.screen());
    rig.keys("b").paste("'/srv/in/加入者.csv'");
    assert_eq!(rig.requested::<ListFiles>().map(|it| it.0.as_str()), Some("/srv/in/加入者.csv"));
    rig.keys("<Enter>");
    assert!(imports(&rig, |job| job.path.ends_with("加入者.csv")));
}

#[test]
fn what_closes_is_said_before_the_import() {
    let mut rig = checked(Lang::Ja, SIZE);
    rig.keys("a");
    insta::assert_snapshot!("import_apply", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.written().is_none(), "Enter alone imports nothing");
    rig.keys("ay");
    assert!(imports(&rig, |job| job.mode == Mode::Apply && job.checked.as_deref() == Some("5e88")));
}

/// A file that the policy refuses.
fn refused() -> Outcome {
    let refused = Some(ImportRefusal::Threshold { rejected: 2, rows: 3, percent: 10 });
    Outcome { refused, ..outcome() }
}

#[test]
fn rejects_of_a_refused_file_are_written_once_on_request() {
    let mut album = Album::default();
    for (name, lang) in [("ja", Lang::Ja), ("en", Lang::En)] {
        let mut rig = list(lang, SIZE, Role::Admin);
        rig.keys("nb/srv/in/members.csv<Enter>");
        rig.reply::<ImportFile>(Box::new(refused()));
        album.add("refused", name, &rig.screen());
        rig.keys("w");
        let written = |job: &ImportJob| job.mode == Mode::DryRun && job.rejects == RejectsRequest::Written;
        assert!(imports(&rig, |job| written(job) && job.checked.is_some()));
        let rejects = Some(PathBuf::from("/srv/in/members-rejects.csv"));
        rig.reply::<ImportFile>(Box::new(Outcome { rejects, ..refused() }));
        album.add("written", name, &rig.screen());
        rig.keys("w");
        assert!(rig.written().is_none());
    }
    insta::assert_snapshot!("import_refused", album.pages);
}

#[test]
fn import_does_not_write_rejects_twice() {
    let mut rig = checked(Lang::Ja, SIZE);
    rig.keys("w");
    let path = PathBuf::from("/srv/in/members-rejects.csv");
    rig.reply::<ImportFile>(Box::new(Outcome { rejects: Some(path.clone()), ..outcome() }));
    rig.keys("ay");
    assert!(imports(&rig, |job| job.rejects == RejectsRequest::At(path.clone())));
}

#[test]
fn cards_that_stop_or_go_elsewhere_are_named() {
    let mut album = Album::default();
    for (name, lang) in [("ja", Lang::Ja), ("en", Lang::En)] {
        let mut rig = list(lang, SIZE, Role::Admin);
        rig.keys("nc/srv/in/portal-events.csv<Enter>");
        let route = |state, becomes| {
            let member = "260-2-00".to_owned();
            RouteChange { member, kind: CardKind::Viewing, state, becomes, before: None, after: None }
        };
        let effects = Effects {
            accounts_opened: 3,
            cards_asked: 2,
            cards_to_pull: 1,
            cards_cancelled: 1,
            cards_stopped: 2,
            stopped: vec![
                stopped(CardKind::Viewing, CardState::Exported, Some("B20261124-001-0002")),
                stopped(CardKind::Viewing, CardState::Held, None),
            ],
            routes_changed: 1_002,
            routes: vec![
                route(CardState::Queued, NewRoute::None(HoldReason::Withdrawn)),
                route(CardState::Drafted, NewRoute::Elsewhere),
            ],
            ..Effects::default()
        };
        let preview = Preview { effects, ..Preview::default() };
        let report = Report { rows: 4, added: 4, ..Report::default() };
        let sha256 = String::new();
        let done = Outcome { sha256, report, preview, applied: false, refused: None, rejects: None };
        rig.reply::<ImportFile>(Box::new(done));
        album.add("effects", name, &rig.screen());
    }
    insta::assert_snapshot!("import_effects", album.pages);
}

pub(super) fn reading(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = list(lang, size, Role::Admin);
    rig.keys("nb/srv/in/members.csv<Enter>");
    let request_id = rig.request_id();
    let job = LongTask::Import("/srv/in/members.csv".into());
    rig.send(Msg::Progress(
        request_id,
        WorkProgress { job, parts: vec![Part { name: "読み込み", done: 40 }], total: 100 },
    ));
    rig
}

#[test]
fn reading_shows_how_far_it_is() {
    insta::assert_snapshot!("import_reading", reading(Lang::Ja, SIZE).screen());
}

#[test]
fn a_clerk_is_told_that_imports_are_the_admins() {
    let mut rig = list(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("n");
    assert!(rig.screen().contains("「取込」を行えるのは管理者です(現在の役割は担当)"));
}

fn entry(path: &str, bytes: Option<u64>) -> FileEntry {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    FileEntry { path: path.to_owned(), name, bytes, written_at: Some(at(24, 6, 30)) }
}

/// The folder `/srv/in/` in front.
pub(super) fn choosing(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = list(lang, size, Role::Admin);
    rig.keys("nb/srv/in/");
    let entries = vec![
        entry("/srv/in/加入者1124.csv", Some(89_000_000)),
        entry("/srv/in/加入者1117.csv", Some(88_000)),
        entry("/srv/in/old/", None),
    ];
    rig.reply::<ListFiles>(entries);
    rig
}

#[test]
fn choosing_a_file_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("choosing", name, &choosing(lang, size).screen());
    }
    insta::assert_snapshot!("import_choosing", album.pages);
}

#[test]
fn a_file_is_taken_from_the_list_and_a_folder_is_opened() {
    let mut rig = choosing(Lang::Ja, SIZE);
    rig.keys("<Down><Down><Enter>");
    assert!(imports(&rig, |job| job.path.ends_with("加入者1117.csv")));
    let mut rig = choosing(Lang::Ja, SIZE);
    rig.keys("<Down><Down><Down><Enter>");
    assert_eq!(rig.requested::<ListFiles>().map(|it| it.0.as_str()), Some("/srv/in/old/"));
}

#[test]
fn tab_completes_a_path_as_far_as_it_is_clear() {
    let mut rig = choosing(Lang::Ja, SIZE);
    rig.keys("加");
    let entries = vec![entry("/srv/in/加入者1124.csv", Some(1)), entry("/srv/in/加入者1117.csv", Some(1))];
    rig.reply::<ListFiles>(entries).keys("<Tab>");
    assert_eq!(rig.requested::<ListFiles>().map(|it| it.0.as_str()), Some("/srv/in/加入者11"));
}

#[test]
fn the_pages_of_a_checked_file() {
    let mut album = Album::default();
    for (name, lang) in [("ja", Lang::Ja), ("en", Lang::En)] {
        let mut rig = checked(lang, SIZE);
        for page in ["added", "changed", "unchanged", "rejected", "to check"] {
            album.add(page, name, &rig.keys("<Tab>").screen());
        }
        album.add("filtered", name, &rig.keys("f").screen());
    }
    insta::assert_snapshot!("import_pages", album.pages);
}

#[test]
fn rejected_rows_are_seen_by_reason_one_after_the_other() {
    let mut rig = checked(Lang::Ja, SIZE);
    rig.keys("f");
    assert!(rig.screen().contains("昭和70年1月1日") && !rig.screen().contains("202行目"), "{}", rig.screen());
    rig.keys("f");
    assert!(rig.screen().contains("202行目") && !rig.screen().contains("昭和70年1月1日"), "{}", rig.screen());
    rig.keys("f");
    assert!(rig.screen().contains("202行目") && rig.screen().contains("昭和70年1月1日"), "{}", rig.screen());
}

#[test]
fn after_an_import_the_rejects_file_is_named_with_what_to_do() {
    let mut rig = checked(Lang::Ja, SIZE);
    rig.keys("ay");
    let rejects = Some(PathBuf::from("/srv/in/members-rejects-2.csv"));
    rig.reply::<ImportFile>(Box::new(Outcome { applied: true, rejects, ..outcome() }));
    assert!(rig.screen().contains("/srv/in/members-rejects-2.csv"), "{}", rig.screen());
}

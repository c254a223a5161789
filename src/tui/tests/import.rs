//! 取込.

use super::fixtures::at;
use crate::domain::Role;
use crate::interchange::{FileKind, Report, RowCode, RowError};
use crate::labels::Lang;
use crate::tui::message::{Answer, ImportJob, ImportOutcome, Msg, Order, Part, Progress};
use crate::tui::testing::{Album, LOOKS, Rig};
use crate::usecases::import::{Effects, ImportRun, Mode, Preview};
use std::path::PathBuf;
use std::sync::Arc;

const SIZE: (u16, u16) = (80, 24);

fn runs() -> Vec<ImportRun> {
    let run = |kind: &str, rejected| ImportRun {
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
    };
    vec![run("members", 2), run("employers", 0)]
}

pub(super) fn list(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    rig.keys("6").answer(Ok(Answer::Imports(runs())));
    rig
}

fn outcome() -> Arc<ImportOutcome> {
    let report = Report {
        rows: 1500,
        added: 3,
        changed: 12,
        unchanged: 1483,
        rejected: 2,
        by_code: [(RowCode::BadDate, 1), (RowCode::UnknownEmployer, 1)].into(),
        warnings: Default::default(),
    };
    let errors = vec![
        RowError::new(14, "生年月日", "昭和70年1月1日", RowCode::BadDate),
        RowError::new(202, "事業所記号", "999", RowCode::UnknownEmployer),
    ];
    let effects = Effects { accounts_closed: 1, cards_cancelled: 2, lost: 1, ..Effects::default() };
    let preview = Preview { errors, effects, ..Preview::default() };
    Arc::new(ImportOutcome { sha256: String::new(), report, preview, applied: false, refused: None })
}

pub(super) fn checked(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = list(lang, size, Role::Admin);
    rig.keys("nb/srv/in/members.csv<Enter>");
    let job = ImportJob { kind: FileKind::Members, path: PathBuf::from("/srv/in/members.csv"), mode: Mode::DryRun };
    assert!(matches!(rig.ordered(), Some(Order::Import(job)) if job.mode == Mode::DryRun));
    rig.answer(Ok(Answer::Imported(job, outcome())));
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
    insta::assert_snapshot!("import_path", rig.screen());
    rig.keys("<Enter>");
    assert!(matches!(rig.ordered(), Some(Order::Import(job)) if job.path.ends_with("加入者.csv")));
}

#[test]
fn what_closes_is_said_before_the_import() {
    let mut rig = checked(Lang::Ja, SIZE);
    rig.keys("a");
    insta::assert_snapshot!("import_apply", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.ordered().is_none(), "Enter alone imports nothing");
    rig.keys("ay");
    assert!(matches!(rig.ordered(), Some(Order::Import(job)) if job.mode == Mode::Apply));
}

#[test]
fn reading_shows_how_far_it_is() {
    let mut rig = list(Lang::Ja, SIZE, Role::Admin);
    rig.keys("nb/srv/in/members.csv<Enter>");
    let ticket = rig.ticket();
    rig.send(Msg::Progress(ticket, Progress { parts: vec![Part { name: "読み込み", done: 40 }], total: 100 }));
    insta::assert_snapshot!("import_reading", rig.screen());
}

#[test]
fn a_clerk_is_told_that_imports_are_the_admins() {
    let mut rig = list(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("n");
    assert!(rig.screen().contains("「取込」は担当の権限ではできません"));
}

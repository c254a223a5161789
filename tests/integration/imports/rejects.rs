//! Where rejected rows are written, and that the imported file is the checked one.

use super::{HANAKO, MEMBERS, TARO, file, run_with, small};
use crate::common::{Place, embedded, on_each_engine};
use mykempo_console::interchange::FileKind;
use mykempo_console::usecases::import::{ImportRefusal, Job, Mode, Outcome, RejectsTo, history, import};
use mykempo_console::usecases::{Actor, AppContext, Error, Refusal};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const OF_UNKNOWN_EMPLOYER: &str = "06139497,101,3,00,1,本人,ｱｵｷ ｱｲ,青木　愛,2,H9.1.1,R2.4.1,,,999,0,,,,,0";

async fn freely(ctx: &AppContext, admin: &Actor, path: &Path, expected: Option<&str>) -> Result<Outcome, Error> {
    let job = Job {
        kind: FileKind::Members,
        path,
        mode: Mode::DryRun,
        expected,
        rejects: Some(RejectsTo::FreeName),
        reason: &|_| String::new(),
        progress: &|_| {},
        cancel: &AtomicBool::new(false),
    };
    import(ctx, admin, &job).await
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.filter(|name| name.contains("reject") || name.starts_with('.')).collect();
    names.sort();
    names
}

/// SQLite suffices: these are about files.
fn on_files<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(test(embedded()));
}

#[test]
fn a_rejects_file_under_a_free_name_replaces_no_other() {
    on_files(|place| async move {
        let (ctx, admin) = small(&place).await;
        let path = file(&place, "more.csv", MEMBERS, &[OF_UNKNOWN_EMPLOYER]);
        let folder = place.folder.path();
        for name in ["more-rejects.csv", "more-rejects-2.csv", "more-rejects-3.csv"] {
            let outcome = freely(&ctx, &admin, &path, None).await.unwrap();
            assert_eq!(outcome.rejects, Some(folder.join(name)));
        }
        assert_eq!(names(folder), ["more-rejects-2.csv", "more-rejects-3.csv", "more-rejects.csv"]);
        let mode = std::fs::metadata(folder.join("more-rejects.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let good = file(&place, "good.csv", MEMBERS, &[TARO]);
        assert_eq!(freely(&ctx, &admin, &good, None).await.unwrap().rejects, None);
    });
}

#[test]
fn rejects_file_is_replaced_only_by_a_complete_one() {
    on_files(|place| async move {
        let (ctx, admin) = small(&place).await;
        let rejects = place.folder.path().join("rejects.csv");
        std::fs::write(&rejects, "corrected").unwrap();
        let broken = format!("{MEMBERS}\r\n{OF_UNKNOWN_EMPLOYER}\r\n\0\r\n");
        let path = place.folder.path().join("broken.csv");
        std::fs::write(&path, broken).unwrap();
        let to = || Some(rejects.clone());
        let fault = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, to()).await;
        assert!(matches!(fault, Err(Error::BadFile { .. })));
        assert_eq!(std::fs::read_to_string(&rejects).unwrap(), "corrected");
        assert_eq!(names(place.folder.path()), ["rejects.csv"]);
        let path = file(&place, "more.csv", MEMBERS, &[OF_UNKNOWN_EMPLOYER]);
        let outcome = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, to()).await.unwrap();
        assert_eq!(outcome.rejects.as_ref(), Some(&rejects));
        assert!(std::fs::read_to_string(&rejects).unwrap().contains("unknown_employer"));
    });
}

#[test]
fn rejects_go_to_the_export_folder_where_theirs_is_read_only() {
    on_files(|place| async move {
        let (ctx, admin) = small(&place).await;
        // A folder that is gone when the rejects are written takes no file of any user, root included.
        let gone = place.folder.path().join("gone");
        std::fs::create_dir(&gone).unwrap();
        let path = gone.join("more.csv");
        std::fs::write(&path, format!("{MEMBERS}\r\n{OF_UNKNOWN_EMPLOYER}\r\n")).unwrap();
        let job = Job {
            kind: FileKind::Members,
            path: &path,
            mode: Mode::DryRun,
            expected: None,
            rejects: Some(RejectsTo::FreeName),
            reason: &|_| String::new(),
            progress: &|_| drop(std::fs::remove_dir_all(&gone)),
            cancel: &AtomicBool::new(false),
        };
        let outcome = import(&ctx, &admin, &job).await.unwrap();
        assert_eq!(outcome.rejects, Some(ctx.export_folder().join("more-rejects.csv")));
    });
}

#[test]
fn a_file_that_has_changed_since_it_was_checked_is_not_imported() {
    on_each_engine(|place| async move {
        let (ctx, admin) = small(&place).await;
        let changed = TARO.replace("太郎", "太朗");
        let path = file(&place, "m.csv", MEMBERS, &[&changed]);
        let dry = run_with(&ctx, &admin, FileKind::Members, &path, Mode::DryRun, None).await.unwrap();
        let apply = |expected: String| {
            let (ctx, admin, path) = (&ctx, &admin, path.clone());
            async move {
                let job = Job {
                    kind: FileKind::Members,
                    path: &path,
                    mode: Mode::Apply,
                    expected: Some(&expected),
                    rejects: None,
                    reason: &|_| String::new(),
                    progress: &|_| {},
                    cancel: &AtomicBool::new(false),
                };
                import(ctx, admin, &job).await
            }
        };
        file(&place, "m.csv", MEMBERS, &[&changed, &HANAKO.replace("花子", "華子")]);
        let refused = apply(dry.sha256.clone()).await;
        assert!(
            matches!(refused, Err(Error::Refused(Refusal::Import(ImportRefusal::FileChanged(which)))) if which == path)
        );
        assert_eq!(history(&ctx, &admin, 10).await.unwrap().len(), 2);
        file(&place, "m.csv", MEMBERS, &[&changed]);
        assert!(apply(dry.sha256).await.unwrap().applied);
    });
}

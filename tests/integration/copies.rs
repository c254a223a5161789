//! A database that was copied, moved or restored, and folders of exports that are another's: the live society's PDFs stay.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{Cast, PEOPLE, cast, register, sql};
use crate::common::{Place, embedded, on_each_engine, refusal};
use mykempo_console::domain::{BatchNumber, BatchState, InstallationKind, Settling};
use mykempo_console::store::DbUrl;
use mykempo_console::usecases::batches::{self, ExportOptions, Exported};
use mykempo_console::usecases::queue::QueueFilter;
use mykempo_console::usecases::refusal::InstallationRefusal as Told;
use mykempo_console::usecases::upkeep::doctor::{Scene, doctor};
use mykempo_console::usecases::{AppContext, Error, Life, Refusal, database, exports, feed, settings, upkeep};
use std::fs::{self, Permissions};
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

const SPARE: &str = "UPDATE installation SET place = '/elsewhere/kempo.db'";

async fn people(place: &Place) -> Cast {
    let cast = cast(place).await;
    sql(&cast.ctx, PEOPLE).await;
    register(&cast, &["260 1", "260 1 01", "260 2", "107 1"]).await;
    cast
}

async fn approved(cast: &Cast, ctx: &AppContext) -> BatchNumber {
    let number = batches::draft(ctx, &cast.clerk, &QueueFilter::default(), None).await.unwrap().batch;
    batches::approve(ctx, &cast.supervisor, &number).await.unwrap();
    number
}

async fn export(cast: &Cast, ctx: &AppContext, number: &BatchNumber) -> Result<Exported, Error> {
    let options = ExportOptions { dispatch_date: Some(ctx.clock.today()), passphrase: None };
    batches::export(ctx, &cast.clerk, number, options, |_| ControlFlow::Continue(())).await
}

async fn exported(cast: &Cast) -> (BatchNumber, Exported) {
    let number = approved(cast, &cast.ctx).await;
    let done = export(cast, &cast.ctx, &number).await.unwrap();
    (number, done)
}

/// As `cp` makes one while nothing is open.
async fn copied(cast: &Cast, to: &Path) -> AppContext {
    let DbUrl::Sqlite(path) = cast.ctx.url() else { panic!() };
    cast.ctx.fold().await;
    fs::copy(path, to).unwrap();
    opened(cast, to).await
}

async fn opened(cast: &Cast, at: &Path) -> AppContext {
    AppContext::open(&DbUrl::Sqlite(at.to_owned()), cast.ctx.clock, "test".into()).await.unwrap()
}

fn told<T: std::fmt::Debug>(done: Result<T, Error>) -> Told {
    match refusal(done) {
        Refusal::Installation(told) => told,
        other => panic!("{other:?}"),
    }
}

async fn findings(ctx: &AppContext) -> Vec<String> {
    let scene = Scene { place: ctx.url().clone(), clock: ctx.clock, anchor: None, private: Vec::new() };
    let rows = doctor(&scene).await.into_iter().map(|row| row.finding.code().code().to_owned());
    rows.filter(|code| ["copy", "not_our_folder", "lost_file", "past_time", "check_failed"].contains(&code.as_str()))
        .collect()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[test]
fn s4_a_batch_cancelled_in_a_copy_leaves_the_live_pdf() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let (number, live) = exported(&cast).await;
        let copy = copied(&cast, &place.folder.path().join("copy.db")).await;
        let cancelled = batches::cancel(&copy, &cast.clerk, &number).await.unwrap();
        assert_eq!(cancelled.not_destroyed, None, "the file is not the copy's");
        batches::recover(&copy).await.unwrap();
        batches::destroy_due(&copy).await;
        assert!(live.files.iter().all(|file| file.exists()));
        assert_eq!(batches::show(&cast.ctx, &cast.clerk, &number).await.unwrap().batch.state(), BatchState::Exported);
        assert!(!findings(&cast.ctx).await.contains(&"lost_file".to_owned()));
    });
}

#[test]
fn a_copy_exports_dispatches_and_feeds_nothing() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let number = approved(&cast, &cast.ctx).await;
        sql(&cast.ctx, SPARE).await;
        let Cast { ctx, clerk, supervisor, .. } = &cast;
        let of = "/elsewhere/kempo.db".to_owned();
        let is_copy = |told| assert_eq!(told, Told::Elsewhere { of: of.clone() });
        is_copy(told(export(&cast, ctx, &number).await));
        is_copy(told(batches::preview(ctx, clerk, &number).await));
        is_copy(told(batches::dispatch(ctx, clerk, &number, None, "").await));
        is_copy(told(feed::after(ctx, supervisor, 0).await));
        is_copy(told(feed::acknowledge(ctx, supervisor, 0).await));
        assert!(!ctx.export_folder().exists());
        assert_eq!(findings(ctx).await, ["copy"]);
    });
}

#[test]
fn a_drill_is_a_drill_for_ever_and_wherever_it_is_put() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        assert_eq!(told(database::drill(&cast.ctx, &cast.admin).await), Told::AtHome);
        let copy = copied(&cast, &place.folder.path().join("copy.db")).await;
        assert!(matches!(copy.life, Life::Elsewhere { .. }));
        assert_eq!(database::drill(&copy, &cast.admin).await.unwrap().how, Settling::Drill);
        let number = approved(&cast, &copy).await;
        assert_eq!(told(export(&cast, &copy, &number).await), Told::Drill);
        assert_eq!(told(database::moved(&copy, &cast.admin).await), Told::Drill);
        copy.close().await;
        // Over the place of the live one, too.
        cast.ctx.close().await;
        cast.db.close().await;
        let DbUrl::Sqlite(live) = cast.ctx.url() else { panic!() };
        fs::rename(place.folder.path().join("copy.db"), live).unwrap();
        assert_eq!(opened(&cast, live).await.life, Life::Drill);
    });
}

#[test]
fn a_moved_database_goes_on_once_a_person_says_so() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let (number, live) = exported(&cast).await;
        let to = place.folder.path().join("moved.db");
        let copy = copied(&cast, &to).await;
        assert!(matches!(told(database::moved(&copy, &cast.admin).await), Told::StillThere(_)));
        let DbUrl::Sqlite(from) = cast.ctx.url() else { panic!() };
        cast.ctx.close().await;
        cast.db.close().await;
        fs::remove_file(from).unwrap();
        assert_eq!(
            told(feed::after(&copy, &cast.supervisor, 0).await),
            Told::Elsewhere { of: from.display().to_string() }
        );
        database::moved(&copy, &cast.admin).await.unwrap();
        let moved = opened(&cast, &to).await;
        assert!(matches!(moved.life, Life::Live(_)));
        batches::cancel(&moved, &cast.clerk, &number).await.unwrap();
        assert!(!live.files[0].exists(), "S4");
    });
}

#[test]
fn a_moved_copy_has_its_own_files_and_not_the_original_s() {
    runtime().block_on(async {
        let place = embedded();
        let mut cast = people(&place).await;
        sql(&cast.ctx, "UPDATE setting SET value = 'exports' WHERE key = 'export.dir'").await;
        cast.ctx.refresh().await.unwrap();
        let (number, live) = exported(&cast).await;
        // The whole folder is copied, and the original is out of sight for a while.
        let to = place.folder.path().join("elsewhere");
        fs::create_dir(&to).unwrap();
        let exports = live.files[0].parent().unwrap().parent().unwrap();
        assert!(std::process::Command::new("cp").arg("-a").arg(exports).arg(&to).status().unwrap().success());
        let copy = copied(&cast, &to.join("moved.db")).await;
        let DbUrl::Sqlite(from) = cast.ctx.url() else { panic!() };
        let (from, away) = (from.clone(), place.folder.path().join("away.db"));
        fs::rename(&from, &away).unwrap();
        database::moved(&copy, &cast.admin).await.unwrap();
        fs::rename(&away, &from).unwrap();
        let moved = opened(&cast, &to.join("moved.db")).await;
        let own = to.join(exports.file_name().unwrap()).join(number.as_str());
        let own = own.join(live.files[0].file_name().unwrap());
        assert!(own.exists());
        batches::cancel(&moved, &cast.clerk, &number).await.unwrap();
        assert!(!own.exists(), "S4: its own file is gone");
        assert!(live.files[0].exists(), "the original's stays");
    });
}

#[test]
fn a_restored_copy_does_not_go_on_beside_its_original() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let copy = copied(&cast, &place.folder.path().join("restored.db")).await;
        let beside = upkeep::restored_elsewhere(&copy, &cast.admin, 0).await;
        assert!(matches!(told(beside), Told::StillThere(_)), "two would send cards");
        let DbUrl::Sqlite(from) = cast.ctx.url() else { panic!() };
        cast.ctx.close().await;
        cast.db.close().await;
        fs::remove_file(from).unwrap();
        assert_eq!(upkeep::restored_elsewhere(&copy, &cast.admin, 0).await.unwrap().kind, InstallationKind::Live);
    });
}

#[test]
fn a_folder_of_another_database_is_neither_written_nor_cleared() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, live) = exported(&cast).await;
        // As after a restore that did not take the folder over.
        sql(&cast.ctx, "UPDATE installation SET id = '00000000000000000000000000000000'").await;
        let batch = cast.ctx.export_folder().join(number.as_str());
        let before = names(&batch);
        let cancelled = batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert_eq!(cancelled.not_destroyed, Some(cast.ctx.export_folder().display().to_string()));
        assert!(batches::recover(&cast.ctx).await.is_err());
        let again = approved(&cast, &cast.ctx).await;
        assert!(matches!(told(export(&cast, &cast.ctx, &again).await), Told::FolderOfAnother { .. }));
        assert_eq!((names(&batch), live.files[0].exists()), (before, true));
        assert!(findings(&cast.ctx).await.contains(&"not_our_folder".to_owned()));
        // An admin gives it to this database, whose place it names.
        exports::take(&cast.ctx, &cast.admin, None).await.unwrap();
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().destroyed, 1);
        assert!(!live.files[0].exists());
    });
}

#[test]
fn a_folder_is_not_taken_from_a_database_that_is_there() {
    runtime().block_on(async {
        let (place, other) = (embedded(), embedded());
        let (cast, second) = (people(&place).await, people(&other).await);
        let (_, live) = exported(&cast).await;
        let shared = cast.ctx.export_folder();
        settings::set(&second.ctx, &second.admin, "export.dir", &shared.display().to_string()).await.unwrap();
        let second = Cast { ctx: second.ctx.current().await.unwrap(), ..second };
        let number = approved(&second, &second.ctx).await;
        assert!(matches!(told(export(&second, &second.ctx, &number).await), Told::FolderOfAnother { .. }));
        assert!(matches!(told(exports::take(&second.ctx, &second.admin, None).await), Told::StillThere(_)));
        assert!(live.files.iter().all(|file| file.exists()));
    });
}

#[test]
fn a_folder_that_others_can_write_is_refused() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let number = approved(&cast, &cast.ctx).await;
        let folder = cast.ctx.export_folder();
        for mode in [0o777, 0o1777, 0o770] {
            fs::create_dir_all(&folder).unwrap();
            fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
            let open = Told::OpenFolder { folder: folder.clone(), mode };
            assert_eq!(told(export(&cast, &cast.ctx, &number).await), open);
            assert_eq!(names(&folder), [""; 0], "nothing was written");
            assert!(findings(&cast.ctx).await.contains(&"not_our_folder".to_owned()));
        }
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        export(&cast, &cast.ctx, &number).await.unwrap();
    });
}

#[test]
fn links_in_the_folder_of_exports_are_not_followed() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let number = approved(&cast, &cast.ctx).await;
        let (folder, kept) = (cast.ctx.export_folder(), place.folder.path().join("kept"));
        let (inside, away) = (folder.join(number.as_str()), place.folder.path().join("away"));
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir(&away).unwrap();
        fs::write(&kept, "kept").unwrap();
        symlink(&away, &inside).unwrap();
        assert!(matches!(refusal(export(&cast, &cast.ctx, &number).await), Refusal::Folder { .. }));
        fs::remove_file(&inside).unwrap();
        fs::create_dir(&inside).unwrap();
        symlink(&kept, inside.join(".lock")).unwrap();
        assert!(matches!(refusal(export(&cast, &cast.ctx, &number).await), Refusal::Folder { .. }));
        fs::remove_file(inside.join(".lock")).unwrap();
        // In the way of what is written: the link goes, what it leads to stays.
        symlink(&kept, inside.join(".written-1")).unwrap();
        symlink(&kept, inside.join(format!(".{number}-01.pdf.part"))).unwrap();
        let done = export(&cast, &cast.ctx, &number).await.unwrap();
        assert!(done.files.iter().all(|file| file.is_file() && !file.is_symlink()));
        assert_eq!((fs::read(&kept).unwrap(), names(&away)), (b"kept".to_vec(), Vec::<String>::new()));
    });
}

#[test]
fn a_recorded_path_elsewhere_is_not_touched() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let (number, live) = exported(&cast).await;
        // Planted past the program: another folder, a way out of it, a name with a way out.
        let planted = place.folder.path().join("home").join(number.as_str());
        fs::create_dir_all(&planted).unwrap();
        fs::write(planted.join("thesis.pdf"), "kept").unwrap();
        fs::write(place.folder.path().join("thesis.pdf"), "kept").unwrap();
        let set = |column: &'static str, text: String| {
            let ctx = cast.ctx.clone();
            async move {
                let statement = match column {
                    "folder" => format!("UPDATE batch SET folder = '{text}'"),
                    _ => format!("UPDATE batch_file SET name = '{text}' WHERE secret"),
                };
                sql(&ctx, Box::leak(statement.into_boxed_str())).await;
            }
        };
        set("name", "thesis.pdf".into()).await;
        set("folder", planted.display().to_string()).await;
        batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert!(batches::recover(&cast.ctx).await.is_err());
        set("folder", place.folder.path().display().to_string()).await;
        assert_eq!(told(batches::recover(&cast.ctx).await), Told::StrayPath(place.folder.path().to_owned()));
        set("folder", cast.ctx.export_folder().join(number.as_str()).display().to_string()).await;
        set("name", "../../thesis.pdf".into()).await;
        assert!(batches::recover(&cast.ctx).await.is_err());
        for kept in [planted.join("thesis.pdf"), place.folder.path().join("thesis.pdf"), live.files[0].clone()] {
            assert!(kept.exists(), "{}", kept.display());
        }
        assert!(!place.folder.path().join("home/.mykempo").exists(), "it was not claimed either");
    });
}

#[test]
fn a_folder_of_an_earlier_version_is_claimed_by_its_database() {
    on_each_engine(|place| async move {
        let cast = people(&place).await;
        let (number, live) = exported(&cast).await;
        let (folder, mark) = (cast.ctx.export_folder(), cast.ctx.export_folder().join(".mykempo"));
        assert_eq!(mark.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        sql(&cast.ctx, "DELETE FROM installation").await;
        fs::remove_file(&mark).unwrap();
        let ctx = cast.ctx.current().await.unwrap();
        assert_eq!(ctx.life, Life::Unnamed);
        batches::recover(&ctx).await.unwrap();
        assert!(mark.exists() && matches!(ctx.current().await.unwrap().life, Life::Live(_)));
        // A folder with batches of which it knows none is not.
        fs::remove_file(&mark).unwrap();
        fs::rename(folder.join(number.as_str()), folder.join("B20200101-001")).unwrap();
        assert_eq!(told(batches::recover(&ctx).await), Told::UnknownFolder(folder.clone()));
        assert!(!mark.exists() && live.files.iter().all(|file| !file.exists()));
    });
}

#[test]
fn a_folder_that_vanished_or_is_a_file_is_told() {
    runtime().block_on(async {
        let place = embedded();
        let cast = people(&place).await;
        let (number, _) = exported(&cast).await;
        let folder = cast.ctx.export_folder();
        fs::rename(&folder, folder.with_extension("away")).unwrap();
        let cancelled = batches::cancel(&cast.ctx, &cast.clerk, &number).await.unwrap();
        assert!(cancelled.not_destroyed.is_some(), "it may be on another disk");
        fs::write(&folder, "").unwrap();
        let again = approved(&cast, &cast.ctx).await;
        assert!(matches!(refusal(export(&cast, &cast.ctx, &again).await), Refusal::Folder { .. }));
        fs::remove_file(&folder).unwrap();
        fs::rename(folder.with_extension("away"), &folder).unwrap();
        assert_eq!(batches::recover(&cast.ctx).await.unwrap().destroyed, 1);
    });
}

/// [`Folder`](mykempo_console::files::Folder) of a checked folder is the only way: no path is opened, written or removed.
#[test]
fn batches_reach_their_files_by_the_checked_folder_alone() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/usecases/batches");
    for name in names(&sources) {
        let source = fs::read_to_string(sources.join(&name)).unwrap().replace("use std::fs::{File, TryLockError};", "");
        for way in ["fs::", "File::open", "File::create", "OpenOptions", "private::", "OutputFile"] {
            assert!(!source.contains(way), "{name}: {way}");
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

//! 自動取込: what other systems put into a folder is imported by itself.
//!
//! Each file is recognised by its header, waited for until it is complete, and imported by the same use case as by hand:
//! employers first, then members, portal events and requests, the oldest first. What was dealt with goes to `done` or
//! `failed` below the folder, with a report beside it; rejected rows are always in `failed`, where a person looks. The import
//! is recorded with the file's SHA-256, so that a program that was killed in between imports nothing twice: the next one
//! finds the import, and moves the file.

mod arrived;
mod folders;

use self::arrived::{Arrived, ArrivedFiles, EntryKind};
use self::folders::{Folders, REJECTS, REPORT, kept_name};
use super::import::{self, Job, Mode, Outcome, RejectsTo};
use super::refusal::{ImportRefusal, IntakeRefusal};
use super::{Actor, Allowed, AppContext, Error, FailureKind, Refusal};
use crate::domain::Permission;
use crate::files::Existing;
use crate::interchange::{FileError, FileKind, RowError, Unrecognised, recognise};
use crate::store::bulk::{self, ImportRun};
use crate::text::japan::local;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What is asked of an intake.
pub struct IntakeOrder<'a> {
    /// The folder in which files arrive.
    pub folder: &'a Path,
    /// A file that has not changed for so long is complete.
    pub settle: Duration,
    /// Why a row was rejected as text, for the files with rejected rows.
    pub reason: &'a (dyn Fn(&RowError) -> String + Sync),
    /// The report about a file as text.
    pub report: &'a (dyn Fn(&Dealt) -> String + Sync),
    /// Set to stop; the file that is being read stays.
    pub cancel: &'a AtomicBool,
}

/// What became of a file.
#[derive(Debug)]
pub enum Fate {
    /// It was imported, perhaps without some of its rows.
    Imported(Box<Outcome>),
    /// The last import of its kind was this very file.
    Before(Box<ImportRun>),
    /// It was not imported.
    Failed(Box<Error>),
    /// It stays where it is until the next intake: it may not be complete, or another import was faster.
    Waits,
}

/// A file that was dealt with.
#[derive(Debug)]
pub struct Dealt {
    /// Its name when it arrived.
    pub file: String,
    /// Which of the four it is, or is nearest to.
    pub kind: Option<FileKind>,
    /// What became of it.
    pub fate: Fate,
    /// Where it is now.
    pub path: PathBuf,
    /// The report beside it.
    pub report: Option<PathBuf>,
    /// Its rejected rows.
    pub rejects: Option<PathBuf>,
}

impl Dealt {
    /// Whether a person must look at it.
    pub fn wants_a_person(&self) -> bool {
        match &self.fate {
            Fate::Failed(_) => true,
            Fate::Imported(outcome) => outcome.report.rejected > 0,
            Fate::Before(_) | Fate::Waits => false,
        }
    }
}

/// Imports what has arrived, and gives each file that was looked at.
///
/// # Errors
/// Another intake in the folder; a folder that cannot be used; a database that is not available, or anything else that is no
/// fault of a file: what was not dealt with stays.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn intake(ctx: &AppContext, actor: &Actor, order: &IntakeOrder<'_>) -> Result<Vec<Dealt>, Error> {
    let allowed = actor.allowed(Permission::Import)?;
    let folders = Folders::open(order.folder)?;
    let ArrivedFiles { complete, growing } = arrived::settled(order.folder, order.settle).await?;
    for file in &complete {
        ctx.protected().refuse(&file.path)?;
    }
    let mut known: Vec<(Arrived, Result<FileKind, NoKind>)> = complete
        .into_iter()
        .map(|file| {
            let kind = kind_of(&file);
            (file, kind)
        })
        .collect();
    // The kinds are declared in the order of their dependence; of one kind, the oldest comes first. What is none fails first.
    known.sort_by_key(|(_, kind)| kind.as_ref().ok().copied());
    let job = Intake { ctx, actor, allowed, order, folders };
    let mut dealt = Vec::new();
    for (file, kind) in known {
        if order.cancel.load(Ordering::Relaxed) {
            return Err(Refusal::Cancelled.into());
        }
        dealt.push(job.take(&file, kind).await?);
    }
    dealt.extend(growing.iter().map(|file| left(file, None)));
    Ok(dealt)
}

struct Intake<'a> {
    ctx: &'a AppContext,
    actor: &'a Actor,
    allowed: Allowed,
    order: &'a IntakeOrder<'a>,
    folders: Folders,
}

impl Intake<'_> {
    async fn take(&self, file: &Arrived, kind: Result<FileKind, NoKind>) -> Result<Dealt, Error> {
        let stamp = local(self.ctx.clock.now()).format("%Y%m%d-%H%M%S").to_string();
        let again = folders::free(&self.folders, &stamp, &file.name);
        let kept = |folder: &Path, ending: &str| folder.join(kept_name(&stamp, &file.name, again, ending));
        let rejects = kept(&self.folders.failed, REJECTS);
        let (kind, fate) = match kind {
            Err(NoKind { nearest, why }) => (nearest, Ok(Fate::Failed(Box::new(why)))),
            Ok(kind) => (Some(kind), self.import(file, kind, &rejects).await),
        };
        let fate = fate?;
        if matches!(fate, Fate::Waits) {
            // It is read again: what was rejected now is not the result.
            let _ = std::fs::remove_file(&rejects);
        }
        let to = match &fate {
            Fate::Waits => return Ok(left(file, kind)),
            Fate::Imported(_) | Fate::Before(_) => &self.folders.done,
            Fate::Failed(_) => &self.folders.failed,
        };
        let rejects = rejects.exists().then_some(rejects);
        // Another file of this name, which came meanwhile, stays for the next intake.
        let same = file.is_unchanged();
        let path = if same { kept(to, "") } else { file.path.clone() };
        let report = kept(to, REPORT);
        let dealt = Dealt { file: shown(file), kind, fate, path, report: Some(report.clone()), rejects };
        folders::write_report(&report, &(self.order.report)(&dealt))?;
        if same {
            folders::move_to(&file.path, &dealt.path)?;
        }
        trace(&dealt);
        Ok(dealt)
    }

    async fn import(&self, file: &Arrived, kind: FileKind, rejects: &Path) -> Result<Fate, Error> {
        let sha256 = match checksum(&file.path).await? {
            Ok(sha256) => sha256,
            Err(error) => return Ok(Fate::Failed(Box::new(error.into()))),
        };
        let mut tx = self.ctx.read(&self.allowed).await?;
        let before = bulk::run_of_file(&mut tx, kind.code(), &sha256).await?;
        let last = bulk::last_run_of_each_kind(&mut tx).await?.into_iter().find(|run| run.kind == kind.code());
        drop(tx);
        if let Some(before) = before {
            // Something else came after it: importing it again might bring back what has changed since.
            return Ok(match last.filter(|last| last.id != before.id && last.sha256 != sha256) {
                None => Fate::Before(Box::new(before)),
                Some(_) => Fate::Failed(Box::new(IntakeRefusal::ImportedBefore { run: before.id }.into())),
            });
        }
        let job = Job {
            kind,
            path: &file.path,
            mode: Mode::Apply,
            expected: Some(&sha256),
            rejects: Some(RejectsTo::File(rejects.to_owned(), Existing::Keep)),
            reason: self.order.reason,
            progress: &|_| {},
            cancel: self.order.cancel,
        };
        match import::import(self.ctx, self.actor, &job).await {
            Ok(Outcome { refused: Some(refusal), .. }) => Ok(Fate::Failed(Box::new(refusal.into()))),
            Ok(outcome) => Ok(Fate::Imported(Box::new(outcome))),
            Err(error) => verdict(error),
        }
    }
}

/// Whose fault it is that a file was not imported: its own, or that of what is around it, which is an error of the intake.
fn verdict(error: Error) -> Result<Fate, Error> {
    use ImportRefusal::{FileChanged, Overtaken};
    match &error {
        Error::Refused(Refusal::Import(Overtaken | FileChanged(_))) => Ok(Fate::Waits),
        Error::Refused(Refusal::Cancelled) => Err(error),
        _ if error.kind() == FailureKind::Unavailable => Err(error),
        Error::Refused(_) | Error::BadFile { .. } => Ok(Fate::Failed(Box::new(error))),
        Error::Store(_)
        | Error::Print(_)
        | Error::Fonts(_)
        | Error::Stopped(_)
        | Error::Data(_)
        | Error::Secrets(_) => Err(error),
    }
}

/// A file whose header is that of none.
#[derive(Debug)]
struct NoKind {
    nearest: Option<FileKind>,
    why: Error,
}

fn kind_of(file: &Arrived) -> Result<FileKind, NoKind> {
    if file.entry == EntryKind::Other {
        return Err(NoKind { nearest: None, why: IntakeRefusal::NotAFile.into() });
    }
    recognise(|| File::open(&file.path)).map_err(|why| match why {
        Unrecognised::Neither(nearest, fault) => {
            // What is wrong with the file itself says nothing of its kind.
            let nearest = matches!(fault, FileError::MissingColumns(_)).then_some(nearest);
            NoKind { nearest, why: Error::BadFile { path: file.path.clone(), fault } }
        }
        Unrecognised::Several(kinds) => NoKind { nearest: None, why: IntakeRefusal::Several(kinds).into() },
    })
}

fn left(file: &Arrived, kind: Option<FileKind>) -> Dealt {
    let path = file.path.clone();
    Dealt { file: shown(file), kind, fate: Fate::Waits, path, report: None, rejects: None }
}

fn shown(file: &Arrived) -> String {
    file.name.to_string_lossy().into_owned()
}

/// Codes and counts only: the name of a file may be that of a person.
fn trace(dealt: &Dealt) {
    let kind = dealt.kind.map(FileKind::code);
    match &dealt.fate {
        Fate::Imported(outcome) => {
            let (rows, rejected) = (outcome.report.rows, outcome.report.rejected);
            tracing::info!(kind, rows, rejected, "a file was imported");
        }
        Fate::Before(run) => tracing::info!(kind, run = run.id, "a file had been imported before"),
        Fate::Failed(error) => tracing::warn!(kind, code = error.code(), "a file was not imported"),
        Fate::Waits => {}
    }
}

/// SHA-256 of a file, read on a thread of its own.
async fn checksum(path: &Path) -> Result<Result<String, Refusal>, Error> {
    let path = path.to_owned();
    let unreadable = path.clone();
    let read = move || -> io::Result<String> {
        let (mut file, mut hash, mut piece) = (File::open(&path)?, Sha256::new(), vec![0; 64 * 1024]);
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(crate::text::hex(&hash.finalize())),
                count => hash.update(&piece[..count]),
            }
        }
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Error::Stopped("intake"))?;
    Ok(read.map_err(|e| Refusal::File { path: unreadable, why: e.into() }))
}

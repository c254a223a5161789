//! What the screen of imports wants of the use cases, and the messages it gets.

use crate::labels::files;
use crate::tui::progress::{LongTask, Part, WorkProgress};
use crate::tui::request::{RefusalText, RequestContext, RequestPolicy, TypedRequest, request};
use crate::tui::screen::KeyAction;
use crate::tui::screens::common::MOST_ROWS;
use crate::usecases::Error;
use crate::usecases::import::FileKind;
use crate::usecases::import::{self, FileEntry, ImportRun, Mode, Outcome, RejectsTo};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// A message of the screen to itself.
pub(super) enum ImportMsg {
    Runs(Result<Vec<ImportRun>, RefusalText>),
    /// Files whose path begins so.
    Files {
        beginning: String,
        reply: Result<Vec<FileEntry>, RefusalText>,
    },
    /// What an import did, or would do.
    Imported {
        job: ImportJob,
        reply: Result<Box<Outcome>, RefusalText>,
    },
}

/// A file to import.
#[derive(Debug, Clone)]
pub(crate) struct ImportJob {
    /// What it is about.
    pub(crate) kind: FileKind,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Dry run or not.
    pub(crate) mode: Mode,
    /// SHA-256 of the file that was checked.
    pub(crate) checked: Option<String>,
    /// What becomes of rejected rows.
    pub(crate) rejects: RejectsRequest,
}

/// What becomes of rejected rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RejectsRequest {
    /// They are shown.
    Shown,
    /// They are written to a file.
    Written,
    /// They have been written to this one.
    At(PathBuf),
}

/// Imports so far.
#[derive(Debug)]
pub(crate) struct ListImports;
request!(ListImports => Vec<ImportRun>, Latest, |ctx, actor| import::history(ctx, actor, MOST_ROWS).await);

/// Files whose path begins so.
#[derive(Debug)]
pub(crate) struct ListFiles(pub(crate) String);
request!(ListFiles => Vec<FileEntry>, Latest, |_ctx, actor, it| Ok(import::files(actor, &it.0)?));

/// 取込, or its dry run.
#[derive(Debug)]
pub(crate) struct ImportFile(pub(crate) ImportJob);

impl TypedRequest for ImportFile {
    type Reply = Box<Outcome>;
    const KIND: RequestPolicy = RequestPolicy::Always;

    async fn run(self, session: RequestContext<'_>) -> Result<Box<Outcome>, Error> {
        let Self(job) = self;
        let labels = session.labels;
        let reported = AtomicU64::new(0);
        let progress = |now: import::Progress| {
            // A hundred steps are enough for a bar.
            let step = now.bytes.saturating_mul(100) / now.total.max(1);
            if reported.swap(step, Ordering::Relaxed) != step {
                let parts = vec![Part { name: labels.import.reading, done: now.bytes }];
                session.work.report(WorkProgress { job: LongTask::Import(job.path.clone()), parts, total: now.total });
            }
        };
        let wanted = import::Job {
            kind: job.kind,
            path: &job.path,
            mode: job.mode,
            expected: job.checked.as_deref(),
            rejects: (job.rejects == RejectsRequest::Written).then_some(RejectsTo::FreeName),
            reason: &|error| files::reason(labels.lang, error),
            progress: &progress,
            cancel: session.work.stop_flag(),
        };
        import::import(session.ctx, session.actor, &wanted).await.map(Box::new)
    }
}

/// Does a job; the screen gets what came of it.
pub(super) fn run(job: ImportJob) -> KeyAction {
    KeyAction::request(ImportFile(job.clone()), |reply| ImportMsg::Imported { job, reply })
}

/// The first look at a file.
pub(super) fn check(kind: FileKind, path: PathBuf) -> KeyAction {
    run(ImportJob { kind, path, mode: Mode::DryRun, checked: None, rejects: RejectsRequest::Shown })
}

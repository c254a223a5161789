//! Long work: how far it has come, and the way to stop it.

use crate::domain::BatchNumber;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LongTask {
    /// 出力
    Export(BatchNumber),
    /// 取込, or its dry run.
    Import(PathBuf),
}

/// How far long work has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WorkProgress {
    /// The work it is about.
    pub(crate) job: LongTask,
    /// What is done side by side.
    pub(crate) parts: Vec<Part>,
    /// Units of each part.
    pub(crate) total: u64,
}

/// A part of long work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name, as it is shown.
    pub(crate) name: &'static str,
    pub(crate) done: u64,
}

impl WorkProgress {
    /// The part that the others wait for.
    pub(crate) fn slowest(&self) -> Option<&Part> {
        self.parts.iter().min_by_key(|part| part.done)
    }
}

/// What long work reports to, and asks whether it should stop.
#[derive(Clone)]
pub(crate) struct WorkHandle {
    report: Arc<dyn Fn(WorkProgress) + Send + Sync>,
    stop: Arc<AtomicBool>,
}

impl WorkHandle {
    /// A handle that reports to `report`; setting `stop` asks the work to stop where that is safe.
    pub(crate) fn new(report: impl Fn(WorkProgress) + Send + Sync + 'static, stop: Arc<AtomicBool>) -> Self {
        Self { report: Arc::new(report), stop }
    }

    /// Tells how far the work has come.
    pub(crate) fn report(&self, progress: WorkProgress) {
        (self.report)(progress);
    }

    /// Set when the work should stop.
    pub(crate) fn stop_flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether the work should stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

//! Files come in, with a bar and a way to stop.

use super::{AppBackend, Steps};
use crate::labels::files;
use crate::tui::message::{ImportJob, Rejects};
use crate::tui::progress::{Job, Part, Progress};
use crate::usecases::{Actor, AppContext, Error, import};
use std::sync::atomic::{AtomicU64, Ordering};

impl AppBackend {
    pub(super) async fn import(
        &self,
        ctx: &AppContext,
        actor: &Actor,
        job: &ImportJob,
        steps: &Steps,
    ) -> Result<import::Outcome, Error> {
        let labels = self.labels;
        let told = AtomicU64::new(0);
        let progress = |now: import::Progress| {
            // A hundred steps are enough for a bar.
            let step = now.bytes.saturating_mul(100) / now.total.max(1);
            if told.swap(step, Ordering::Relaxed) != step {
                let parts = vec![Part { name: labels.import.reading, done: now.bytes }];
                steps.report(Progress { job: Job::Import(job.path.clone()), parts, total: now.total });
            }
        };
        let rejects = (job.rejects == Rejects::Written).then_some(import::RejectsTo::FreeName);
        let wanted = import::Job {
            kind: job.kind,
            path: &job.path,
            mode: job.mode,
            expected: job.checked.as_deref(),
            rejects,
            reason: &|error| files::reason(labels.lang, error),
            progress: &progress,
            cancel: steps.stop_flag(),
        };
        import::import(ctx, actor, &wanted).await
    }
}

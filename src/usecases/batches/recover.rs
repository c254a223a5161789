//! What is put right by itself: interrupted exports and dispatches, and files whose time is over (B5, B16, S4).

use super::files::{self, Destroyed, ExportClaim, Interrupted};
use super::{expired, remake};
use crate::domain::BatchNumber;
use crate::files::Folder;
use crate::print;
use crate::usecases::actor::Allowed;
use crate::usecases::exports::Exports;
use crate::usecases::{AppContext, Error};

/// What recovery did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Recovered {
    /// Batches whose export had been recorded and whose files now have their names.
    pub finished: Vec<BatchNumber>,
    /// Files of exports that had not been recorded, removed: their passwords never became valid.
    pub cleared: usize,
    /// Files with passwords that had outlived their time, destroyed (S4).
    pub destroyed: usize,
    /// Batches whose PDF was gone before it was printed (B16).
    pub expired: Vec<BatchNumber>,
}

/// Puts right what an interrupted export or dispatch left. Safe at any time, also while others work.
pub async fn recover(ctx: &AppContext) -> Result<Recovered, Error> {
    let mut recovered = Recovered::default();
    // The files of a copy are the original's.
    let Some(mut exports) = Exports::unless_copy(ctx).await? else { return Ok(recovered) };
    // What keeps the program from its files is told at the end: the rest is put right all the same.
    let (folder, mut kept) = match exports.existing().await {
        Ok(folder) => (folder, None),
        Err(Error::Refused(refusal)) => (None, Some(refusal)),
        Err(error) => return Err(error),
    };
    let there = folder.as_ref().map(Folder::names).transpose().unwrap_or_default().unwrap_or_default();
    for (number, name) in there.iter().filter_map(|name| Some((BatchNumber::parse(name)?, name))) {
        let Some(Ok(of_batch)) = folder.as_ref().map(|folder| folder.enter(name)) else { continue };
        if !print::is_unfinished(&of_batch) {
            continue;
        }
        let Some(claim) = ExportClaim::of(&of_batch)? else { continue };
        let settled = files::settle(ctx, &claim, &number).await?;
        recovered.cleared += settled.cleared;
        if settled.export == Interrupted::Recorded {
            recovered.finished.push(number);
        }
    }
    files::remove_outdated(ctx).await?;
    remake::give_back_interrupted(ctx).await?;
    recovered.expired = expired::expire_due(ctx).await?;
    let Destroyed { count, failed } = files::destroy(ctx, &Allowed::system()).await?;
    recovered.destroyed = count;
    kept = failed.or(kept);
    match kept {
        None => Ok(recovered),
        Some(first) => Err(first.into()),
    }
}

/// S4, B16: what is due by the date alone, beside a console's other work; for the most part one look at the database.
pub async fn destroy_due(ctx: &AppContext) {
    if let Err(error) = expired::expire_due(ctx).await {
        tracing::warn!(code = error.code(), "a batch that is past its time was left");
    }
    match files::destroy(ctx, &Allowed::system()).await {
        Ok(Destroyed { failed: None, .. }) => {}
        Ok(Destroyed { failed: Some(refusal), .. }) => {
            tracing::warn!(code = refusal.code(), "a file with passwords was left")
        }
        Err(error) => tracing::warn!(code = error.code(), "files with passwords were left"),
    }
}

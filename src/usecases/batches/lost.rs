//! Exported files that are not where they were written: after a restore, or moved by hand.

use crate::domain::BatchNumber;
use crate::store::{self, remake::FIRST_RUN};
use crate::usecases::actor::Allowed;
use crate::usecases::{AppContext, Error, Life};
use std::path::{Path, PathBuf};

/// A file that is recorded, but is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostFile {
    /// The batch. S3: its passwords are never printed again, so it is cancelled and drafted again.
    pub batch: BatchNumber,
    /// The path of the file or folder.
    pub path: PathBuf,
}

/// The first missing file of each batch that is exported or printed, and whose PDF should still be there, or was
/// gone before it was printed.
pub async fn without_files(ctx: &AppContext) -> Result<Vec<LostFile>, Error> {
    let mut tx = ctx.read(&Allowed::system()).await?;
    let mut lost = Vec::new();
    // The files of a copy are the original's.
    if Life::of(&mut tx, &ctx.here).await?.refusal().is_some() {
        return Ok(lost);
    }
    for batch in store::batch::with_paper(&mut tx).await? {
        let Some(folder) = &batch.folder else { continue };
        let files = store::batch_file::of_batch(&mut tx, batch.id).await?;
        // A PDF that was destroyed before the printing was noted is missing, too (B16).
        let wanted = files.iter().filter(|file| match (file.destroyed_at, batch.printed_at) {
            (None, _) => true,
            (Some(gone), Some(printed)) => file.secret && file.run == FIRST_RUN && gone < printed,
            (Some(_), None) => file.secret,
        });
        let missing = wanted.map(|file| Path::new(folder).join(&file.name)).find(|path| !path.exists());
        lost.extend(missing.map(|path| LostFile { batch: batch.number.clone(), path }));
    }
    Ok(lost)
}

//! Where mail files are written: `replies` in the export folder, one file for each exported reply.

use crate::store::{self, Tx};
use crate::usecases::{AppContext, Error};
use std::path::PathBuf;

/// The name of the folder.
pub(in crate::usecases) const FOLDER: &str = "replies";

/// The folder; it may not be there yet.
pub(in crate::usecases) fn folder(ctx: &AppContext) -> PathBuf {
    ctx.export_folder().join(FOLDER)
}

/// The file of a reply.
pub(in crate::usecases) fn file(ctx: &AppContext, reply: i64) -> PathBuf {
    folder(ctx).join(format!("reply-{reply:06}.eml"))
}

/// Removes the file of a reply that is sent, withdrawn or written again: what it says is no longer to be sent.
pub(in crate::usecases) fn remove(ctx: &AppContext, reply: i64) {
    match std::fs::remove_file(file(ctx, reply)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(reply, cause = %error.kind(), "the mail file was not removed");
        }
        Ok(()) | Err(_) => {}
    }
}

/// Everything in the folder, and the folder itself; nothing where nothing was exported yet.
pub(in crate::usecases) fn written(ctx: &AppContext) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder(ctx)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.insert(0, folder(ctx));
    paths
}

/// Files that are no mail of a reply that was exported and is not sent.
pub(in crate::usecases) async fn strays(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<PathBuf>, Error> {
    let known: Vec<PathBuf> = store::reply::exported(tx).await?.into_iter().map(|reply| file(ctx, reply)).collect();
    Ok(written(ctx).into_iter().skip(1).filter(|path| !known.contains(path)).collect())
}

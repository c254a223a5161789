//! Where mail files are written: `replies` in the export folder, one file for each exported reply.

use crate::files::Folder;
use crate::store::{self, Tx};
use crate::usecases::exports::Exports;
use crate::usecases::{AppContext, Error, Refusal};
use std::path::PathBuf;

/// The name of the folder.
pub(in crate::usecases) const FOLDER: &str = "replies";

/// The folder; it may not be there yet.
pub(in crate::usecases) fn folder(ctx: &AppContext) -> PathBuf {
    ctx.export_folder().join(FOLDER)
}

/// The file of a reply.
pub(in crate::usecases) fn file(ctx: &AppContext, reply: i64) -> PathBuf {
    folder(ctx).join(name(reply))
}

/// The folder, to write in: this database's own.
pub(super) async fn to_write(ctx: &AppContext) -> Result<Folder, Error> {
    let folder = Exports::of(ctx).await?.for_writing().await?;
    let made = folder.make(FOLDER);
    made.map_err(|e| Refusal::Folder { path: folder.path_of(FOLDER), why: e.into() }.into())
}

/// Removes the file of a reply that is sent, withdrawn or written again: what it says is no longer to be sent. The files of
/// a copy are the original's.
pub(in crate::usecases) async fn remove(ctx: &AppContext, reply: i64) -> Result<(), Error> {
    let Some(mut exports) = Exports::unless_copy(ctx).await? else { return Ok(()) };
    let removed = match exports.existing().await {
        Ok(Some(folder)) => folder.enter(FOLDER).and_then(|folder| folder.remove(&name(reply))),
        Ok(None) => Ok(()),
        Err(Error::Refused(refusal)) => {
            tracing::warn!(reply, code = refusal.code(), "the mail file was not removed");
            Ok(())
        }
        Err(error) => return Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(reply, cause = %error.kind(), "the mail file was not removed");
        }
        Ok(()) | Err(_) => {}
    }
    Ok(())
}

fn name(reply: i64) -> String {
    format!("reply-{reply:06}.eml")
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

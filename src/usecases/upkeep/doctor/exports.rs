//! Checks of the export folder against the database.

use super::finding::Finding;
use crate::domain::BatchNumber;
use crate::files::{Folder, private};
use crate::print;
use crate::store;
use crate::usecases::batches::Expiring;
use crate::usecases::{Allowed, AppContext, Error, Refusal, batches, exports, replies};
use std::io;
use std::path::Path;

/// Folders of unknown batches, and those that an interrupted export left.
pub(super) async fn strays(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    match exports::obstacle(ctx) {
        None if ctx.life.refusal().is_some() => return Ok(Vec::new()),
        None => {}
        Some(Refusal::Installation(refusal)) => return Ok(vec![Finding::NotOurFolder(refusal)]),
        Some(other) => return Err(other.into()),
    }
    let folder = ctx.export_folder();
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        // Nothing was exported yet.
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(super::super::file_error(&folder, &e).into()),
    };
    let (mut found, mut tx) = (Vec::new(), ctx.read(&Allowed::system()).await?);
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') || name == "README.md" || name == replies::FOLDER {
            continue;
        }
        let known = match BatchNumber::parse(&name) {
            Some(number) => store::batch::by_number(&mut tx, &number).await?.is_some(),
            None => false,
        };
        if !known {
            found.push(Finding::Stray(path));
        } else if Folder::open(&path).is_ok_and(|folder| print::is_unfinished(&folder)) {
            found.push(Finding::Unfinished(path));
        }
    }
    found.extend(replies::strays(&mut tx, ctx).await?.into_iter().map(Finding::Stray));
    found.sort_by_key(|finding| match finding {
        Finding::Stray(path) | Finding::Unfinished(path) => path.clone(),
        _ => folder.clone(),
    });
    Ok(found)
}

/// S4: the export folder, and PDFs with passwords in it, are their owner's alone.
pub(super) async fn exposed(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    if ctx.life.refusal().is_some() {
        return Ok(Vec::new());
    }
    let mut paths = vec![ctx.export_folder()];
    paths.extend(replies::written(ctx));
    let mut tx = ctx.read(&Allowed::system()).await?;
    for batch in store::batch::with_paper(&mut tx).await? {
        let Some(folder) = batch.folder else { continue };
        let files = store::batch_file::of_batch(&mut tx, batch.id).await?;
        let secret = files.iter().filter(|file| file.secret);
        paths.extend(secret.map(|file| Path::new(&folder).join(&file.name)));
        paths.push(folder.into());
    }
    Ok(private::exposed(paths).into_iter().map(Finding::Exposed).collect())
}

/// S4: files with passwords that are due, or recorded as destroyed, and still there.
pub(super) async fn past_time(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    if ctx.life.refusal().is_some() {
        return Ok(Vec::new());
    }
    let mut tx = ctx.read(&Allowed::system()).await?;
    let mut files = store::batch_file::all_destroyed(&mut tx).await?;
    files.extend(store::batch_file::to_destroy(&mut tx, ctx.expired()).await?);
    let paths = files.into_iter().map(|file| Path::new(&file.folder).join(file.name));
    Ok(paths.filter(|path| path.exists()).map(Finding::PastTime).collect())
}

/// S3, B16: batches whose PDF is missing, or must be printed within days.
pub(super) async fn lost(ctx: &AppContext) -> Result<Vec<Finding>, Error> {
    let lost = batches::without_files(ctx).await?;
    let mut found: Vec<Finding> =
        lost.into_iter().map(|file| Finding::LostFile { batch: file.batch, path: file.path }).collect();
    let soon = batches::expiring_soon(ctx).await?;
    let today = ctx.clock.today();
    found.extend(soon.into_iter().map(|Expiring { batch, on }| match on < today {
        true => Finding::PrintOver { batch, on },
        false => Finding::PrintSoon { batch, on },
    }));
    Ok(found)
}

//! 見本: the same pages as the export, passwords as ● (B2). Byte for byte the same each time.

use super::files::{self, ExportClaim};
use super::{export, get, print_job, wrong_state};
use crate::domain::{BatchNumber, BatchState, BatchStep, Permission};
use crate::print::{PrintRun, Secret, Staging};
use crate::store::{Tx, batch::Batch};
use crate::usecases::audit::AuditEvent;
use crate::usecases::{Actor, AppContext, Error};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes the masked pages of a draft or approved batch; the paths of the files.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn preview(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<PathBuf>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    previewable(&mut ctx.read(&allowed).await?, ctx, number).await?;
    let claim = ExportClaim::take(ctx, number).await?;
    let date = print_job::default_dispatch_date(ctx);
    let print_job = {
        let mut tx = ctx.read(&allowed).await?;
        let batch = previewable(&mut tx, ctx, number).await?;
        print_job::print_job(&mut tx, ctx, &batch, date).await?
    };
    let name = format!("{number}-preview");
    let per_file = ctx.settings.cards_per_file as usize;
    let run = PrintRun { batch: &name, date, cards_per_file: per_file, passphrase: None };
    let length = ctx.settings.passwords.length();
    let mut staging = Staging::open(claim.folder()).map_err(files::folder_refusal)?;
    let sheets = print_job.sheets.iter().map(|sheet| (sheet.card.clone(), Secret::Masked { length }));
    tokio::task::block_in_place(|| {
        print_job.renderer.cards(&run, sheets, &mut staging, &mut |_| ControlFlow::Continue(()))?;
        export::papers(&print_job, &run, ctx.settings.delivery, &mut staging)
    })
    .map_err(export::print_error)?;
    // The pages get their names once the log knows of them.
    ctx.record(&allowed, AuditEvent::BatchPreviewed.batch(number)).await?;
    let files = staging.publish().map_err(files::folder_refusal)?;
    Ok(files.into_iter().map(|file| claim.folder().join(file.name)).collect())
}

/// The batch, before it has passwords.
async fn previewable(tx: &mut Tx, ctx: &AppContext, number: &BatchNumber) -> Result<Batch, Error> {
    let batch = get(tx, number).await?;
    match batch.state() {
        BatchState::Draft | BatchState::Approved => Ok(batch),
        _ => Err(wrong_state(tx, ctx, &batch, BatchStep::Export).await?.into()),
    }
}

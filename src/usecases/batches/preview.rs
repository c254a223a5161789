//! 見本: the same pages as the export, passwords as ● (B2). Byte for byte the same each time.

use super::files::{self, ExportClaim};
use super::print_job::PrintJob;
use super::{export, get, out_of_place, print_job};
use crate::domain::{BatchNumber, BatchState, Permission};
use crate::print::{self, CardContent, LetterFiles, PrintError, PrintRun, Secret, Staging, WrittenFile};
use crate::store::{Tx, batch::Batch};
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::BatchAct;
use crate::usecases::{Actor, AppContext, Delivery, Error, Refusal};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes the masked pages of a draft or approved batch; the paths of the files.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn preview(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<PathBuf>, Error> {
    let (claim, files) = write(ctx, actor, number, ctx.settings.cards_per_file as usize).await?;
    Ok(claim.paths(files))
}

async fn write(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    cards_per_file: usize,
) -> Result<(ExportClaim, Vec<WrittenFile>), Error> {
    let allowed = actor.allowed(Permission::Look)?;
    previewable(&mut ctx.read(&allowed).await?, number).await?;
    let claim = ExportClaim::take(ctx, number, None).await?;
    let date = print_job::default_dispatch_date(ctx);
    let mut print_job = {
        let mut tx = ctx.read(&allowed).await?;
        let batch = previewable(&mut tx, number).await?;
        print_job::print_job(&mut tx, ctx, &batch, date).await?
    };
    print_job.renderer = print_job.renderer.as_sample();
    let name = files::preview_name(number);
    let run = PrintRun { batch: &name, date, cards_per_file, passphrase: None, edition: None, fingerprint: None };
    let length = ctx.settings.passwords.length();
    let mut staging = claim.staging()?;
    let sheets = print_job.sheets.iter().map(|sheet| (sheet.card.clone(), Secret::Masked { length }));
    tokio::task::block_in_place(|| {
        print_job.renderer.cards(&run, sheets, &mut staging, &mut |_| ControlFlow::Continue(()))?;
        papers(&print_job, &run, ctx.settings.delivery, &mut staging)
    })
    .map_err(export::print_error)?;
    // The pages get their names once the log knows of them.
    ctx.record(&allowed, AuditEvent::BatchPreviewed.batch(number)).await?;
    let files = staging.publish().map_err(files::folder_refusal)?;
    Ok((claim, files))
}

/// The masked pages of all cards in one PDF, as bytes (B2): for a viewer elsewhere.
pub async fn preview_pages(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<u8>, Error> {
    let (claim, files) = write(ctx, actor, number, usize::MAX).await?;
    let Some(WrittenFile { name, .. }) = files.first() else { return Ok(Vec::new()) };
    let unreadable = |e: std::io::Error| Refusal::File { path: claim.folder().path_of(name), why: e.into() };
    Ok(claim.folder().read(name).map_err(unreadable)?)
}

/// What stands on a card, line by line.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PreviewCard {
    /// はがき番号 that it would get.
    pub serial: String,
    /// The side with the address.
    pub outside: Vec<String>,
    /// The side with the password, masked.
    pub inside: Vec<String>,
}

/// The same as text, for who sits at a terminal (B2, B17).
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn preview_text(ctx: &AppContext, actor: &Actor, number: &BatchNumber) -> Result<Vec<PreviewCard>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let mut tx = ctx.read(&allowed).await?;
    let batch = previewable(&mut tx, number).await?;
    let print_job = print_job::print_job(&mut tx, ctx, &batch, print_job::default_dispatch_date(ctx)).await?;
    drop(tx);
    ctx.record(&allowed, AuditEvent::BatchPreviewed.batch(number)).await?;
    let masked = "●".repeat(ctx.settings.passwords.length());
    Ok(print_job.sheets.iter().map(|sheet| text_of(&sheet.card, &masked)).collect())
}

fn text_of(card: &CardContent, masked: &str) -> PreviewCard {
    let route = &card.route;
    let postcode = route.postcode.as_ref().map(|postcode| format!("〒{postcode}")).unwrap_or_default();
    let contact = if route.contact.is_empty() { String::new() } else { format!("{} 様", route.contact) };
    let name = format!("{} 様", card.name);
    let outside = [&postcode, &route.address1, &route.address2, &route.company, &route.department, &contact, &name];
    let inside = [&card.issue_date.to_string(), &name, &card.login_id.clone().unwrap_or_default(), &masked.to_owned()];
    let there = |lines: &[&String]| lines.iter().filter(|line| !line.is_empty()).map(|line| (*line).clone()).collect();
    PreviewCard { serial: card.serial.clone(), outside: there(&outside), inside: there(&inside) }
}

/// The batch, before it has passwords.
async fn previewable(tx: &mut Tx, number: &BatchNumber) -> Result<Batch, Error> {
    let batch = get(tx, number).await?;
    match batch.state() {
        BatchState::Draft | BatchState::Approved => Ok(batch),
        _ => Err(out_of_place(&batch, BatchAct::Preview)),
    }
}

/// B9, R4: what the papers will look like: letters and receipts for bundles; the summary and the manifest.
fn papers(
    print_job: &PrintJob,
    run: &PrintRun<'_>,
    delivery: Delivery,
    staging: &mut Staging,
) -> Result<(), PrintError> {
    let cards: Vec<CardContent> = print_job.sheets.iter().map(|sheet| sheet.card.clone()).collect();
    if cards.is_empty() {
        return Ok(());
    }
    let bundles = print::bundles(&cards);
    match delivery {
        Delivery::Bundle => print_job.renderer.letters(run, &bundles, LetterFiles::Joined, staging)?,
        Delivery::Single => {}
    }
    print_job.renderer.ticket(run, cards.len(), staging)?;
    print_job.renderer.summary(run, &bundles, &[], staging)?;
    print_job.renderer.manifest(run, &cards, staging)
}

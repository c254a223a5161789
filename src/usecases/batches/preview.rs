//! 見本: the same pages as the export, passwords as ● (B2). Byte for byte the same each time.

use super::files::{self, Claim};
use super::{export, get, paper, wrong_state};
use crate::domain::{BatchNumber, BatchState, BatchStep, Permission};
use crate::print::{Run, Secret, Staging};
use crate::store::{Tx, batch::Batch};
use crate::usecases::audit::{self, Act};
use crate::usecases::{Actor, Error, Office};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes the masked pages of a draft or approved batch; the paths of the files.
pub async fn preview(office: &Office, actor: &Actor, number: &BatchNumber) -> Result<Vec<PathBuf>, Error> {
    actor.must(Permission::Look)?;
    previewable(&mut office.read().await?, office, number).await?;
    let claim = Claim::take(office, number).await?;
    let date = export::default_dispatch_date(office);
    let pile = {
        let mut tx = office.read().await?;
        let batch = previewable(&mut tx, office, number).await?;
        paper::pile(&mut tx, office, &batch, date).await?
    };
    let name = format!("{number}-preview");
    let per_file = office.settings.cards_per_file as usize;
    let run = Run { batch: &name, date, cards_per_file: per_file, passphrase: None };
    let length = office.settings.passwords.length();
    let mut staging = Staging::open(claim.folder()).map_err(files::folder_refusal)?;
    let sheets = pile.sheets.iter().map(|sheet| (sheet.card.clone(), Secret::Masked { length }));
    tokio::task::block_in_place(|| {
        pile.press.cards(&run, sheets, &mut staging, &mut |_| ControlFlow::Continue(()))?;
        export::papers(&pile, &run, office.settings.delivery, &mut staging)
    })
    .map_err(export::print_error)?;
    let files = staging.publish().map_err(files::folder_refusal)?;
    let mut tx = office.write().await?;
    audit::write(&mut tx, office, actor, Act::BatchPreviewed.batch(number)).await?;
    tx.commit().await?;
    Ok(files.into_iter().map(|file| claim.folder().join(file.name)).collect())
}

/// The batch, before it has passwords.
async fn previewable(tx: &mut Tx, office: &Office, number: &BatchNumber) -> Result<Batch, Error> {
    let batch = get(tx, number).await?;
    match batch.state {
        BatchState::Draft | BatchState::Approved => Ok(batch),
        _ => Err(wrong_state(tx, office, &batch, BatchStep::Export).await?.into()),
    }
}

//! バッチ: from a draft to the post office. One file per step; the table of steps is `domain::BATCH_TABLE`.

mod approval;
mod approve;
mod cancel;
mod comments;
mod dispatch;
mod draft;
mod expired;
mod export;
mod files;
mod gate;
mod in_hand;
mod letters;
mod listed;
mod lost;
mod pack;
mod paper;
mod preview;
mod print_job;
mod printed;
mod receipts;
mod recover;
mod remake;
mod review;
mod show;
mod stopped;
mod tracking;
mod undelivered;

pub use crate::domain::gate::fingerprint;
pub use approval::{PaperSettings, SentBack, send_back_changed};
pub use approve::{BatchApproval, approve, approve_shown};
pub use cancel::{Cancelled, cancel};
pub use comments::{comment, send_back};
pub use dispatch::{Dispatched, dispatch};
pub use draft::{Drafted, draft};
pub use expired::{Expiring, expiring_soon};
pub use export::{ExportOptions, ExportProgress, Exported, export};
pub(super) use gate::leaves_on;
pub use gate::{Gate, GateReport, LeavingSoon, gate, gate_report};

pub(super) use comments::{sent_back_to, unanswered_among};
pub(super) use expired::expiring;
pub(super) use in_hand::must_pull_card;
pub use letters::{ChangedParcel, Letters, letters};
pub use lost::{LostFile, without_files};
pub use pack::{Packed, PackedParcel, Scanned, pack, packing};
pub(super) use paper::{fonts, reaches_paper, renderer as paper_renderer, settings_at_fault};
pub use preview::{PreviewCard, preview, preview_pages, preview_text};
pub use print_job::default_dispatch_date;
pub(super) use print_job::faults_at;
pub use printed::{Printed, printed};
pub use receipts::{
    Due, FoundCard, Missing, ReceiptDay, ReturnFacts, Returned, all_receipts, find, missing, overdue, receipt, returned,
};
pub(super) use receipts::{dead, overdue_in};
pub use recover::{Recovered, destroy_due, recover};
pub use remake::{Remade, remake};
pub use review::{BatchReview, FirstTimeEmployer, MovedMember, OneOffCard};
pub use show::{
    ApprovedCard, Approver, BatchCard, BatchComment, BatchFile, BatchLine, BatchView, Bundle, LeftCard, RemakeRun,
    SentBackDraft, list, show,
};
pub use stopped::{ApartCard, HeldCard};
pub use tracking::track;
pub use undelivered::{ExpectedBack, Undelivered, expected_back};

use super::refusal::{BatchAct, BatchRefusal};
use super::{AppContext, Error, Refusal, UnitOfWork, transitions};
use crate::domain::{BatchNumber, BatchStep, NoSuchStep};
use crate::store::{self, Tx, batch::Batch};

/// A batch by number.
async fn get(tx: &mut Tx, number: &BatchNumber) -> Result<Batch, Error> {
    let batch = store::batch::by_number(tx, number).await?;
    Ok(batch.ok_or_else(|| BatchRefusal::Unknown(number.to_string()))?)
}

/// Moves a batch by the table; a refusal says who was faster.
async fn step(tx: &mut Tx, ctx: &AppContext, batch: &mut Batch, step: BatchStep) -> Result<(), Error> {
    match batch.step(step) {
        Ok(()) => Ok(()),
        Err(NoSuchStep) => Err(wrong_state(tx, ctx, batch, step).await?.into()),
    }
}

/// The refusal of a step that the batch cannot make from where it is.
async fn wrong_state(tx: &mut Tx, ctx: &AppContext, batch: &Batch, step: BatchStep) -> Result<Refusal, Error> {
    let moved = transitions::batch(tx, ctx, batch).await?;
    Ok(BatchRefusal::Step { batch: batch.number.clone(), state: batch.state(), step, moved }.into())
}

/// The refusal of something that is no step of the batch, and cannot be done where it is.
fn out_of_place(batch: &Batch, act: BatchAct) -> Error {
    BatchRefusal::OutOfPlace { batch: batch.number.clone(), state: batch.state(), act }.into()
}

/// Writes a moved batch.
///
/// # Errors
/// [`Refusal::Changed`] where another transaction has changed it since it was read.
async fn save(tx: &mut Tx, batch: &Batch) -> Result<(), Error> {
    if store::batch::update(tx, batch).await? {
        Ok(())
    } else {
        Err(Refusal::Changed { what: batch.number.to_string() }.into())
    }
}

/// The batch as it was read before the files were made.
///
/// # Errors
/// [`Refusal::Changed`] where another transaction has changed it since.
async fn same(uow: &mut UnitOfWork, seen: &Batch) -> Result<Batch, Error> {
    let batch = get(uow, &seen.number).await?;
    match batch.version == seen.version {
        true => Ok(batch),
        false => Err(Refusal::Changed { what: seen.number.to_string() }.into()),
    }
}

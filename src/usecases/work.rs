//! Large changes in pieces.
//!
//! The one writer is held for a moment for each piece, and others take their turn in between. A change is staged whole,
//! without the writer where the engine allows it; from [`StagedPieces::begin`] on it is carried to its end, by this program or
//! by the next one. Each piece is applied and removed in one transaction: it counts once, whichever program carries it on.

use super::actor::Allowed;
use super::audit::NoteFacts;
use super::refusal::ImportRefusal;
use super::{AppContext, DataError, Error, UnitOfWork};
use crate::domain::WorkKind;
use crate::store::StoreError;
use crate::store::work;
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Read;
use std::time::Duration;

pub(super) use crate::store::work::Work;

/// Pieces of a change that does not count yet.
#[derive(Debug)]
pub(super) struct StagedPieces {
    kind: WorkKind,
    /// Packed pieces that are not stored yet.
    waiting: Vec<Vec<u8>>,
    /// The row of the work, and how many of its pieces are stored.
    stored: Option<(i64, i64)>,
}

/// Packed pieces in memory; each has some 30 kB.
const WAITING: usize = 50;

impl StagedPieces {
    pub(super) fn new(kind: WorkKind) -> Self {
        Self { kind, waiting: Vec::new(), stored: None }
    }

    /// Adds the next piece.
    pub(super) async fn add<T: Serialize>(
        &mut self,
        ctx: &AppContext,
        allowed: &Allowed,
        piece: &T,
    ) -> Result<(), Error> {
        self.waiting.push(pack(piece)?);
        if self.waiting.len() >= WAITING { self.store(ctx, allowed).await } else { Ok(()) }
    }

    /// The pieces, where they are so few that one transaction takes them all.
    pub(super) fn few(&mut self) -> Option<Vec<Vec<u8>>> {
        const FEW: usize = 2;
        (self.stored.is_none() && self.waiting.len() <= FEW).then(|| std::mem::take(&mut self.waiting))
    }

    /// Stores what is in memory.
    pub(super) async fn store(&mut self, ctx: &AppContext, allowed: &Allowed) -> Result<(), Error> {
        let mut tx = ctx.stage(allowed).await?;
        let (id, mut position) = match self.stored {
            Some(stored) => stored,
            None => {
                work::discard_staged(&mut tx).await?;
                let (staff, now) = (allowed.staff(), ctx.clock.now());
                (work::stage(&mut tx, self.kind, staff, &ctx.terminal, now).await?, 0)
            }
        };
        for content in self.waiting.drain(..) {
            match work::add(&mut tx, id, position, &content).await {
                // Another change was staged meanwhile, and has removed this one.
                Err(StoreError::Other(_)) if position > 0 => return Err(ImportRefusal::Overtaken.into()),
                added => added?,
            }
            position += 1;
        }
        tx.keep().await?;
        self.stored = Some((id, position));
        Ok(())
    }

    /// From the end of the transaction on the change will be carried to its end. Everything must be stored.
    ///
    /// # Errors
    /// [`ImportRefusal::Overtaken`] where another change was staged meanwhile.
    pub(super) async fn begin(&self, uow: &mut UnitOfWork, subject: Option<i64>) -> Result<Work, Error> {
        let Some((id, pieces)) = self.stored else { return Err(Error::Stopped("work")) };
        if work::begin(uow, id, subject).await?
            && work::left(uow, id).await? == pieces
            && let Some(work) = work::applying(uow).await?
        {
            return Ok(work);
        }
        Err(ImportRefusal::Overtaken.into())
    }
}

/// What became of a piece.
#[derive(Debug)]
pub(super) enum Applied {
    /// It is done.
    Whole,
    /// There is more of it for the next transaction.
    InPart,
    /// It was the last one: the change ends with this entry of the log.
    Last(NoteFacts),
}

/// The right to carry work on: one program at a time has it.
#[derive(Debug)]
pub(super) struct WorkGuard(#[expect(dead_code, reason = "ends with its drop")] crate::store::WorkClaim);

/// How often a right that another program has is asked for.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Waits for the right to carry work on.
///
/// # Errors
/// [`Refusal::WorkUnderWay`] where another program has it for too long.
pub(super) async fn claim(ctx: &AppContext) -> Result<WorkGuard, Error> {
    loop {
        match ctx.claim_work().await? {
            Some(claim) => return Ok(WorkGuard(claim)),
            None => {
                drop(ctx.begin_alone(&Allowed::system()).await?);
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

/// The same, waiting at most so long. A server lets go of the right a moment after the program that had it has ended.
pub(super) async fn claim_within(ctx: &AppContext, patience: Duration) -> Result<Option<WorkGuard>, Error> {
    let claimed = async {
        loop {
            match try_claim(ctx).await? {
                Some(guard) => return Ok(guard),
                None => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    };
    tokio::time::timeout(patience, claimed).await.ok().transpose()
}

/// The same without waiting: nothing where another program has it.
pub(super) async fn try_claim(ctx: &AppContext) -> Result<Option<WorkGuard>, Error> {
    Ok(ctx.claim_work().await?.map(WorkGuard))
}

/// Carries the work that is being applied to its end.
pub(super) async fn carry_on<A>(ctx: &AppContext, _claim: &WorkGuard, apply: A) -> Result<(), Error>
where
    A: AsyncFn(&mut UnitOfWork, &Work, &[u8]) -> Result<Applied, Error>,
{
    let Some(work) = work::applying(&mut ctx.read(&Allowed::system()).await?).await? else { return Ok(()) };
    loop {
        let mut uow = ctx.begin_for(&work).await?;
        loop {
            let Some((position, content)) = work::first(&mut uow, work.id).await? else { return Ok(()) };
            let applied = apply(&mut uow, &work, &content).await?;
            if let Applied::InPart = applied {
                break;
            }
            work::applied(&mut uow, work.id, position).await?;
            if let Applied::Last(note) = applied {
                work::end(&mut uow, work.id).await?;
                return uow.commit(note).await;
            }
            if uow.is_long() {
                break;
            }
        }
        uow.commit_piece(&work).await?;
        ctx.let_others_in().await;
    }
}

/// A piece as it is stored.
fn pack<T: Serialize>(piece: &T) -> Result<Vec<u8>, DataError> {
    let text = serde_json::to_vec(piece)?;
    let mut packed = Vec::new();
    ZlibEncoder::new(text.as_slice(), Compression::fast()).read_to_end(&mut packed).map_err(DataError::Piece)?;
    Ok(packed)
}

/// A piece of this type.
pub(super) fn unpack<T: DeserializeOwned>(content: &[u8]) -> Result<T, DataError> {
    let mut text = Vec::new();
    ZlibDecoder::new(content).read_to_end(&mut text).map_err(DataError::Piece)?;
    Ok(serde_json::from_slice(&text)?)
}

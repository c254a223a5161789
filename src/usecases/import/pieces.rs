//! What is left of an import whose file was found good: pieces that are applied one after the other.

use super::event_book::{self, EventRow};
use super::members_piece::MembersPiece;
use crate::store::bulk::{self, Gram};
use crate::store::person;
use crate::store::work::Work;
use crate::usecases::work::{Applied, unpack};
use crate::usecases::{AuditEvent, Error, UnitOfWork, accounts, holds};
use serde::{Deserialize, Serialize};

/// A piece of an import.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Piece {
    /// New and changed members.
    Members(MembersPiece),
    /// Search pieces of names, in their order.
    Grams(Vec<Gram>),
    /// Memberships are joined to those before them (H1), some at a time.
    Joins,
    /// Portal events, in the order in which they happened.
    Events(Vec<EventRow>),
    /// Accounts of members who are lost or renumbered are closed (A3, A9), some at a time.
    Closings,
    /// Cards that a lost insured or a protective measure concerns are held, or released (A12, R7).
    Holds,
    /// The entry of the log about the whole.
    Finish,
}

/// Applies a stored piece in the transaction of its own.
pub(super) async fn apply_stored(uow: &mut UnitOfWork, work: &Work, content: &[u8]) -> Result<Applied, Error> {
    let Some(run) = work.subject else { return Err(Error::Stopped("import")) };
    bulk::before(uow).await?;
    let applied = apply(uow, run, unpack(content)?).await?;
    if let Applied::Last(_) = applied {
        bulk::after(uow).await?;
    }
    Ok(applied)
}

/// Applies a piece of the import with this number.
pub(super) async fn apply(uow: &mut UnitOfWork, run: i64, piece: Piece) -> Result<Applied, Error> {
    let more = match piece {
        Piece::Members(members) => {
            members.apply(uow, run).await?;
            false
        }
        Piece::Grams(grams) => {
            bulk::insert_grams(uow, &grams).await?;
            false
        }
        Piece::Events(rows) => {
            event_book::apply(uow, run, &rows).await?;
            false
        }
        Piece::Joins => person::join_renumbered(uow).await? > 0,
        Piece::Closings => !accounts::close_ended(uow).await?.is_empty(),
        Piece::Holds => holds::follow_some(uow).await?,
        Piece::Finish => return Ok(Applied::Last(imported(uow, run).await?.into())),
    };
    Ok(if more { Applied::InPart } else { Applied::Whole })
}

/// The event about the import with this number.
async fn imported(uow: &mut UnitOfWork, run: i64) -> Result<AuditEvent, Error> {
    let run = bulk::run_of(uow, run).await?.ok_or(Error::Stopped("import"))?;
    let [rows, added, changed, unchanged, rejected] =
        [run.row_count, run.added, run.changed, run.unchanged, run.rejected].map(i64::unsigned_abs);
    let kind = run.kind.parse().map_err(|_| Error::Stopped("import"))?;
    Ok(AuditEvent::Imported { kind, file: run.file, sha256: run.sha256, rows, added, changed, unchanged, rejected })
}

//! What the commands on batches take as text.

use crate::domain::{BatchNumber, UndeliveredReason};
use crate::labels::{Lang, codes};
use crate::usecases::Error;
use crate::usecases::batches::Undelivered;
use crate::usecases::refusal::BatchRefusal;

/// The number of a batch.
pub(super) fn number(text: &str) -> Result<BatchNumber, Error> {
    Ok(BatchNumber::parse(text).ok_or_else(|| BatchRefusal::Unknown(text.to_owned()))?)
}

/// `12=退職`, `2,5-7=退職`
pub(super) fn undelivered(text: &str) -> Result<Undelivered, String> {
    let (serials, reason) = text.split_once('=').ok_or("SERIAL=REASON")?;
    let named = |code: &UndeliveredReason| {
        [code.code(), codes::undelivered(Lang::Ja, *code), codes::undelivered(Lang::En, *code)].contains(&reason.trim())
    };
    let all = UndeliveredReason::ALL.iter().map(|code| codes::undelivered(Lang::Ja, *code));
    let unknown = || all.collect::<Vec<_>>().join(" / ");
    let reason = UndeliveredReason::ALL.iter().copied().find(named).ok_or_else(unknown)?;
    Ok(Undelivered { serials: serials.to_owned(), reason })
}

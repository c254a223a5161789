//! 追跡番号: the carrier's number of an employer's parcel.

use super::{get, out_of_place};
use crate::domain::{BatchNumber, BatchState, Permission};
use crate::store;
use crate::usecases::audit::AuditEvent;
use crate::usecases::refusal::{BatchAct, BatchRefusal};
use crate::usecases::{Actor, AppContext, Error, known};

/// The most characters of such a number.
const MOST: usize = 30;

/// Notes the carrier's number of a parcel, at the dispatch or later; an empty one takes it back. The number as it is kept.
///
/// # Errors
/// [`BatchRefusal::BadTracking`], and a batch that is not printed yet or has no parcel for this employer.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn track(
    ctx: &AppContext,
    actor: &Actor,
    number: &BatchNumber,
    employer: &str,
    typed: &str,
) -> Result<String, Error> {
    let allowed = actor.allowed(Permission::Batches)?;
    let tracking = parse(typed)?;
    let mut uow = ctx.begin(&allowed).await?;
    let batch = get(&mut uow, number).await?;
    if !matches!(batch.state(), BatchState::Printed | BatchState::Dispatched) {
        return Err(out_of_place(&batch, BatchAct::Tracking));
    }
    let found = known::employer(&mut uow, employer).await?;
    if !store::bundle::track(&mut uow, batch.id, found.id, &tracking).await? {
        let (batch, employer) = (number.clone(), found.record.code_shown);
        return Err(BatchRefusal::NoParcel { batch, employer }.into());
    }
    let noted = AuditEvent::TrackingNoted { employer: found.record.code, tracking: tracking.clone() };
    uow.commit(noted.batch(number)).await?;
    Ok(tracking)
}

/// Digits, letters and hyphens, in whatever width they were typed.
fn parse(typed: &str) -> Result<String, BatchRefusal> {
    let folded = crate::text::nfkc(typed).trim().to_uppercase();
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let is_number = folded.is_empty() || folded.chars().any(|it| it.is_ascii_alphanumeric());
    if folded.len() > MOST || !folded.chars().all(fits) || !is_number {
        return Err(BatchRefusal::BadTracking(crate::text::plain_line(typed).into_owned()));
    }
    Ok(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tracking_number_is_folded_and_nothing_else_is_taken() {
        assert_eq!(parse("１２３４－5678-9012 "), Ok("1234-5678-9012".to_owned()));
        assert_eq!(parse(""), Ok(String::new()));
        for wrong in ["1234 5678", "番号", "-", &"1".repeat(MOST + 1)] {
            assert!(matches!(parse(wrong), Err(BatchRefusal::BadTracking(_))), "{wrong}");
        }
    }
}

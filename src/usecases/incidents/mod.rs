//! 漏えい等: what happened to members' data, whose it is, by when it is reported, and what was done.

mod affected;
mod list;
mod record;
mod report;
mod stop;
mod view;

pub use affected::{Affected, Parcel};
pub use list::{IncidentScope, list, show};
pub use record::{IncidentChange, IncidentDraft, IncidentNote, close, note, open, reopen};
pub use report::{IncidentCounts, IncidentReport, NextReport};
pub use stop::{Passwords, StopOutcome, StoppedPassword};
pub use view::{AffectedPerson, IncidentView};

pub(super) use report::{counts, owed};

use super::refusal::IncidentRefusal;
use super::{Error, Refusal};
use crate::domain::IncidentState;
use crate::store::{self, Tx, incident::Incident};
use crate::text;

pub use crate::store::incident::IncidentEntry;

/// One by number.
async fn known(tx: &mut Tx, id: i64) -> Result<Incident, Error> {
    Ok(store::incident::get(tx, id).await?.ok_or(IncidentRefusal::Unknown(id))?)
}

/// One that is not closed.
async fn known_open(tx: &mut Tx, id: i64) -> Result<Incident, Error> {
    let incident = known(tx, id).await?;
    match incident.state() {
        IncidentState::Open => Ok(incident),
        IncidentState::Closed => Err(IncidentRefusal::Closed(id).into()),
    }
}

/// What is kept of a typed text, which may not be empty.
fn words(typed: &str) -> Result<String, Refusal> {
    let text = text::plain_lines(&text::widen(typed)).trim().to_owned();
    if text.is_empty() { Err(Refusal::EmptyText) } else { Ok(text) }
}

//! An event with the member and the batch that it is about.

use super::event::AuditEvent;
use crate::domain::BatchNumber;
use crate::usecases::error::{DataError, Error};

/// An event with what it is about.
#[derive(Debug, Clone)]
pub struct NoteFacts {
    pub(in crate::usecases) event: AuditEvent,
    pub(in crate::usecases) member: Option<String>,
    pub(in crate::usecases) batch: Option<String>,
}

impl From<AuditEvent> for NoteFacts {
    fn from(event: AuditEvent) -> Self {
        Self { event, member: None, batch: None }
    }
}

impl AuditEvent {
    /// About a member, by key.
    pub(in crate::usecases) fn on(self, member: impl ToString) -> NoteFacts {
        NoteFacts { member: Some(member.to_string()), ..self.into() }
    }

    /// About a batch.
    pub(in crate::usecases) fn batch(self, batch: &BatchNumber) -> NoteFacts {
        NoteFacts::from(self).in_batch(Some(batch))
    }

    /// The facts as JSON text; empty where there are none.
    ///
    /// # Errors
    /// Facts that JSON cannot hold. No event has such.
    pub(in crate::usecases) fn facts(&self) -> Result<String, Error> {
        let json = serde_json::to_string(self).map_err(DataError::from)?;
        // `{"code":facts}`, or `"code"`.
        let facts = json.strip_prefix(&format!("{{\"{}\":", self.act().code())).and_then(|rest| rest.strip_suffix('}'));
        Ok(facts.unwrap_or_default().to_owned())
    }
}

impl NoteFacts {
    /// Together with a batch, so that the batch's entries account for the card.
    pub(in crate::usecases) fn in_batch(self, batch: Option<&BatchNumber>) -> Self {
        Self { batch: batch.map(ToString::to_string), ..self }
    }
}

//! How the queue names employers and reasons.

use crate::domain::HoldReason;
use crate::labels::{Labels, codes};
use crate::usecases::queue::{QueueFilter, QueueLine};

/// The cards of a line.
pub(super) fn filter_of(line: &QueueLine) -> QueueFilter {
    QueueFilter { employer: Some(line.employer.clone().unwrap_or_default()), ..QueueFilter::default() }
}

/// `260 旭精機株式会社`
pub(super) fn employer_name(line: &QueueLine, labels: &Labels) -> String {
    match (&line.employer, &line.name) {
        (Some(code), Some(name)) => format!("{code} {name}"),
        _ => labels.queue.no_employer.to_owned(),
    }
}

/// The words for a reason's code; an unknown code stands for itself.
pub(super) fn reason(code: &str, labels: &Labels) -> String {
    code.parse::<HoldReason>()
        .map_or_else(|_| code.to_owned(), |reason| codes::hold_reason(labels.lang, reason).to_owned())
}

//! How the reports of incidents stand.

use crate::domain::{ReportStage, ReportStatus, ReportTerm};
use crate::store::incident::{Incident, IncidentEntry};
use crate::store::{self, Tx};
use crate::usecases::{AppContext, Error};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A report of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct IncidentReport {
    /// 速報 or 確報
    pub stage: ReportStage,
    /// When it is due.
    #[serde(flatten)]
    pub term: ReportTerm,
    /// How it stands today.
    pub status: ReportStatus,
}

impl IncidentReport {
    /// Whether it is still to be made.
    pub const fn is_owed(&self) -> bool {
        matches!(self.status, ReportStatus::Ahead | ReportStatus::Due | ReportStatus::Overdue)
    }
}

/// How one report stands.
pub(super) fn of(
    ctx: &AppContext,
    incident: &Incident,
    entries: &[IncidentEntry],
    stage: ReportStage,
) -> IncidentReport {
    let term = ReportTerm::of(stage, incident.known_on, incident.cause, &ctx.workdays);
    let status = term.status(stage, entries.iter().map(|entry| entry.kind), ctx.clock.today());
    IncidentReport { stage, term, status }
}

/// How both stand.
pub(super) fn both(ctx: &AppContext, incident: &Incident, entries: &[IncidentEntry]) -> Vec<IncidentReport> {
    ReportStage::ALL.iter().map(|stage| of(ctx, incident, entries, *stage)).collect()
}

/// The report that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct NextReport {
    /// Number of the incident.
    pub incident: i64,
    /// The report that is due.
    pub stage: ReportStage,
    /// Its last day.
    pub until: NaiveDate,
}

/// Numbers of open incidents, for home and doctor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct IncidentCounts {
    /// Incidents that are not closed.
    pub open: usize,
    /// Of those, incidents with a report that is due now.
    pub due: usize,
    /// Of those, incidents with a report that is late.
    pub overdue: usize,
    /// The report whose last day comes first.
    pub next: Option<NextReport>,
}

/// The reports of open incidents that are still to be made, the first last day in front.
pub(in crate::usecases) async fn owed(tx: &mut Tx, ctx: &AppContext) -> Result<Vec<(NextReport, ReportStatus)>, Error> {
    let mut owed = Vec::new();
    for incident in store::incident::open(tx).await? {
        let entries = store::incident::entries(tx, incident.id).await?;
        for report in both(ctx, &incident, &entries).iter().filter(|report| report.is_owed()) {
            let next = NextReport { incident: incident.id, stage: report.stage, until: report.term.until };
            owed.push((next, report.status));
        }
    }
    owed.sort_by_key(|(next, _)| (next.until, next.incident));
    Ok(owed)
}

/// Numbers of open incidents.
pub(in crate::usecases) async fn counts(tx: &mut Tx, ctx: &AppContext) -> Result<IncidentCounts, Error> {
    let open = store::incident::open(tx).await?.len();
    let owed = owed(tx, ctx).await?;
    let having = |status| {
        let of = owed.iter().filter(|(_, it)| *it == status).map(|(next, _)| next.incident);
        of.collect::<BTreeSet<i64>>().len()
    };
    Ok(IncidentCounts {
        open,
        due: having(ReportStatus::Due),
        overdue: having(ReportStatus::Overdue),
        next: owed.first().map(|(next, _)| *next),
    })
}

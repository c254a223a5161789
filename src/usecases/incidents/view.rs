//! An incident with everything on record about it.

use super::report::{self, IncidentReport};
use crate::domain::{
    CardKind, CardState, DeadReason, IncidentCause, IncidentKind, IncidentState, ReportStage, ReportStatus,
};
use crate::store::incident::{AffectedRow, Incident, IncidentEntry};
use crate::store::{self, Tx};
use crate::usecases::{AppContext, Error};
use chrono::{DateTime, NaiveDate, Utc};

/// A person whose data it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AffectedPerson {
    /// The key of the member.
    pub member: String,
    /// 氏名
    pub name: String,
    /// はがき番号
    pub serial: Option<String>,
    /// What the card carries.
    pub kind: Option<CardKind>,
    /// Where the card is.
    pub state: Option<CardState>,
    /// Why the password on it is dead, if it is.
    pub dead: Option<DeadReason>,
    /// Whether the password on it still counts.
    pub live: bool,
    /// 事業所名 that the card went to.
    pub employer: Option<String>,
}

impl From<&AffectedRow> for AffectedPerson {
    fn from(row: &AffectedRow) -> Self {
        Self {
            member: row.key.to_string(),
            name: row.name.clone(),
            serial: row.serial.clone(),
            kind: row.kind(),
            state: row.card_state.as_deref().and_then(|code| code.parse().ok()),
            dead: row.dead_reason.as_deref().and_then(|code| code.parse().ok()),
            live: row.is_live(),
            employer: row.employer.clone(),
        }
    }
}

/// An incident with whose data it is and what was done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct IncidentView {
    /// Number of the incident.
    pub id: i64,
    /// The kind of incident: what happened.
    pub kind: IncidentKind,
    /// Whether a wrongful act may be behind it.
    pub cause: IncidentCause,
    /// Where it stands.
    pub state: IncidentState,
    /// What happened, in words.
    pub what: String,
    /// The day on which it became known.
    pub known_on: NaiveDate,
    /// The call that told of it.
    pub call: Option<i64>,
    /// 職員ID
    pub opened_by: String,
    /// When it was recorded.
    pub opened_at: DateTime<Utc>,
    /// 速報 and 確報.
    pub reports: Vec<IncidentReport>,
    /// The members whose data was affected.
    pub persons: Vec<AffectedPerson>,
    /// What was noted and done, in order.
    pub entries: Vec<IncidentEntry>,
    /// 職員ID
    pub closed_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What was done, once it is closed.
    pub measures: Option<String>,
}

impl IncidentView {
    /// How many passwords on its cards still count.
    pub fn live(&self) -> usize {
        self.persons.iter().filter(|person| person.live).count()
    }

    /// How many different people it is about.
    pub fn people(&self) -> usize {
        let keys: std::collections::BTreeSet<&str> = self.persons.iter().map(|it| it.member.as_str()).collect();
        keys.len()
    }

    /// The report that comes next; none where all are made or not needed.
    pub fn next_report(&self) -> Option<&IncidentReport> {
        self.reports.iter().filter(|_| self.state == IncidentState::Open).find(|report| report.is_owed())
    }

    /// How a report stands.
    pub fn status(&self, stage: ReportStage) -> Option<ReportStatus> {
        self.reports.iter().find(|report| report.stage == stage).map(|report| report.status)
    }
}

/// Everything of an incident, and the row ids of its members.
pub(super) async fn read(tx: &mut Tx, ctx: &AppContext, incident: Incident) -> Result<(IncidentView, Vec<i64>), Error> {
    let entries = store::incident::entries(tx, incident.id).await?;
    let affected = store::incident::affected(tx, incident.id).await?;
    let view = IncidentView {
        reports: report::both(ctx, &incident, &entries),
        persons: affected.iter().map(AffectedPerson::from).collect(),
        entries,
        id: incident.id,
        kind: incident.kind,
        cause: incident.cause,
        state: incident.state(),
        what: incident.what,
        known_on: incident.known_on,
        call: incident.call_id,
        opened_by: incident.opened_by,
        opened_at: incident.opened_at,
        closed_by: incident.closed_by,
        closed_at: incident.closed_at,
        measures: incident.measures,
    };
    Ok((view, affected.into_iter().map(|row| row.member_id).collect()))
}

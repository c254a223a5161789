//! 統計: the figures of a month or a fiscal year for the 理事会, beside those of the year before. No member is named, and
//! no figure is shown that could name one.

mod counted;
mod lines;
mod paper;

pub use crate::print::{StatsChart, StatsPaper, StatsRow};
pub use lines::FigureLine;
pub use paper::{StatsSheet, write_pdf};

use super::audit::AuditEvent;
use super::{Actor, AppContext, Error, Refusal};
use crate::domain::Permission;
use crate::domain::stats::{PeriodLength, PeriodState, StatsPeriod};
use crate::store::stats::{self as counts, DaySpan};
use crate::store::{StoreError, Tx};
use chrono::{Days, NaiveDate};
use counted::counted;
use std::collections::HashMap;

/// A month of the charts, and the same month a year earlier. Only totals, which tell nothing of a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StatsMonth {
    /// Its first day.
    pub first: NaiveDate,
    /// Registrations of the month.
    pub registered: u64,
    /// Cards dispatched in the month.
    pub issued: u64,
    /// Registrations a year earlier.
    pub registered_before: u64,
    /// Cards dispatched a year earlier.
    pub issued_before: u64,
}

/// The statistics of a period.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SocietyReport {
    /// 組合名
    pub society: String,
    /// Month or fiscal year.
    pub length: PeriodLength,
    /// `2026-11`, or of a fiscal year `2026`.
    pub period: String,
    /// The first day that is counted.
    pub first: NaiveDate,
    /// The last day that is counted.
    pub last: NaiveDate,
    /// Whether more days are to come.
    pub state: PeriodState,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// In the order of the table.
    pub figures: Vec<FigureLine>,
    /// The twelve months that end with the period, the oldest first.
    pub months: Vec<StatsMonth>,
}

/// Counts a period up to today, and the same days of the year before. The reading is an entry of the log.
///
/// # Errors
/// [`Refusal::BadDay`] where the period has not begun.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn report(ctx: &AppContext, actor: &Actor, period: StatsPeriod) -> Result<SocietyReport, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let (today, first) = (ctx.clock.today(), period.first());
    if first > today {
        return Err(Refusal::BadDay { given: first, earliest: StatsPeriod::EARLIEST, latest: today }.into());
    }
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let now = DaySpan { first, end: period.end().min(tomorrow) };
    let before = DaySpan { first: StatsPeriod::year_earlier(first), end: StatsPeriod::year_earlier(now.end) };
    let mut tx = ctx.read(&allowed).await?;
    let figures = lines::lines(&counted(&mut tx, now).await?, &counted(&mut tx, before).await?);
    let months = months(&mut tx, period, now.end).await?;
    drop(tx);
    ctx.record(&allowed, AuditEvent::StatsRead { period: period.name() }).await?;
    Ok(SocietyReport {
        society: ctx.settings.society.name.clone(),
        length: period.length(),
        period: period.name(),
        first,
        last: now.end.pred_opt().unwrap_or(first),
        state: if period.end() > today { PeriodState::Running } else { PeriodState::Over },
        made_on: today,
        figures,
        months,
    })
}

/// The months of the charts. The last month of a running period is compared with the whole month of the year before.
async fn months(tx: &mut Tx, period: StatsPeriod, end: NaiveDate) -> Result<Vec<StatsMonth>, StoreError> {
    let months = period.twelve_months();
    let first = StatsPeriod::year_earlier(months[0]);
    let counted = counts::by_month(tx, DaySpan { first, end: period.end().max(end) }).await?;
    let counted: HashMap<String, (i64, i64)> =
        counted.into_iter().map(|(month, registered, issued)| (month, (registered, issued))).collect();
    let of = |day: NaiveDate| counted.get(&day.format("%Y-%m").to_string()).copied().unwrap_or_default();
    let month = |first: NaiveDate| {
        let ((registered, issued), (registered_before, issued_before)) =
            (of(first), of(StatsPeriod::year_earlier(first)));
        let [registered, issued, registered_before, issued_before] =
            [registered, issued, registered_before, issued_before].map(i64::unsigned_abs);
        StatsMonth { first, registered, issued, registered_before, issued_before }
    };
    Ok(months.into_iter().map(month).collect())
}

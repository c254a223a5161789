//! 漏えい等: what happened to members' data, and by when it is reported (個人情報保護法第26条, 施行規則第7条・第8条).
//!
//! *Decision.* The day on which it became known is day 1 of every deadline, as the guideline of the commission counts, and
//! a final report that falls on a day off is due on the next working day of public offices. The preliminary report has no
//! such relief.

use super::workdays::Workdays;
use super::{coded, steps};
use chrono::{Datelike, Days, NaiveDate};

coded! {
    /// The kind of incident: what happened.
    pub enum IncidentKind {
        /// はがきの紛失: dispatched, and it cannot be found.
        CardLost = "card_lost",
        /// はがきの開封 by another person than the member.
        CardOpened = "card_opened",
        /// 誤送付: a parcel or a card that went to another employer.
        WrongParcel = "wrong_parcel",
        /// 誤った相手への回答, on the phone or in writing.
        WrongPerson = "wrong_person",
        /// その他
        Other = "other",
    }
}

coded! {
    /// Whether a wrongful act may be behind it: it decides when the final report is due.
    pub enum IncidentCause {
        /// 過失・事故
        Mishap = "mishap",
        /// 不正の目的によるおそれ
        Wrongful = "wrongful",
    }
}

coded! {
    /// Where an incident stands.
    pub enum IncidentState {
        /// 対応中
        Open = "open",
        /// 終了: what was done is on record.
        Closed = "closed",
    }
}

coded! {
    /// What can happen to an incident.
    pub enum IncidentStep {
        /// 終了
        Close = "close",
        /// 再開
        Reopen = "reopen",
    }
}

/// The life of an incident, whole: from, step, to.
pub const INCIDENT_TABLE: &[(IncidentState, IncidentStep, IncidentState)] = &[
    (IncidentState::Open, IncidentStep::Close, IncidentState::Closed),
    (IncidentState::Closed, IncidentStep::Reopen, IncidentState::Open),
];

impl IncidentState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: IncidentStep) -> Option<Self> {
        steps::after(INCIDENT_TABLE, self, step)
    }
}

coded! {
    /// What an entry of the record says.
    pub enum IncidentEntryKind {
        /// 経過
        Note = "note",
        /// 速報を提出した
        Preliminary = "preliminary",
        /// 確報を提出した; it does for a preliminary report that was not made.
        Final = "final",
        /// ご本人に通知した
        MemberTold = "member_told",
        /// 報告の対象ではないと判断した
        NotReportable = "not_reportable",
        /// 終了した: what had been done, of an incident that was taken up again.
        Closed = "closed",
        /// 再開した, and why.
        Reopened = "reopened",
    }
}

impl IncidentEntryKind {
    /// What staff write; the others come with a step of the incident.
    pub const WRITTEN: [Self; 5] = [Self::Note, Self::Preliminary, Self::Final, Self::MemberTold, Self::NotReportable];
}

coded! {
    /// The two reports.
    pub enum ReportStage {
        /// 速報
        Preliminary = "preliminary",
        /// 確報
        Final = "final",
    }
}

coded! {
    /// How a report stands today.
    pub enum ReportStatus {
        /// 提出済
        Made = "made",
        /// 報告不要
        NotNeeded = "not_needed",
        /// Its time is still to come.
        Ahead = "ahead",
        /// 要提出
        Due = "due",
        /// 期限超過
        Overdue = "overdue",
    }
}

/// A preliminary report is due on day 3 and late after day 5, days off included.
const PRELIMINARY: (u64, u64) = (3, 5);
/// A final report is late after day 30, or day 60 of a wrongful act.
const FINAL: (u64, u64) = (30, 60);
/// Days before the last one from which a final report is due.
const FINAL_NOTICE: u64 = 10;

/// When a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct ReportTerm {
    /// From this day on it is due.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl ReportTerm {
    /// When a report of what became known on a day is due.
    pub fn of(stage: ReportStage, known_on: NaiveDate, cause: IncidentCause, calendar: &Workdays) -> Self {
        let on_day = |count: u64| known_on + Days::new(count - 1);
        match stage {
            ReportStage::Preliminary => Self { from: on_day(PRELIMINARY.0), until: on_day(PRELIMINARY.1) },
            ReportStage::Final => {
                let last = match cause {
                    IncidentCause::Mishap => on_day(FINAL.0),
                    IncidentCause::Wrongful => on_day(FINAL.1),
                };
                let until = last.iter_days().find(|day| is_open(*day, calendar)).unwrap_or(last);
                Self { from: last - Days::new(FINAL_NOTICE), until }
            }
        }
    }

    /// How the report stands, as far as the entries say.
    pub fn status(
        self,
        stage: ReportStage,
        entries: impl IntoIterator<Item = IncidentEntryKind>,
        today: NaiveDate,
    ) -> ReportStatus {
        let entries: Vec<IncidentEntryKind> = entries.into_iter().collect();
        let made = match stage {
            ReportStage::Preliminary => &[IncidentEntryKind::Preliminary, IncidentEntryKind::Final][..],
            ReportStage::Final => &[IncidentEntryKind::Final][..],
        };
        if entries.iter().any(|entry| made.contains(entry)) {
            ReportStatus::Made
        } else if entries.contains(&IncidentEntryKind::NotReportable) {
            ReportStatus::NotNeeded
        } else if today > self.until {
            ReportStatus::Overdue
        } else if today >= self.from {
            ReportStatus::Due
        } else {
            ReportStatus::Ahead
        }
    }
}

/// Whether public offices are open: not from 29 December to 3 January either.
fn is_open(day: NaiveDate, calendar: &Workdays) -> bool {
    let turn_of_year = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
    calendar.is_workday(day) && !turn_of_year
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(stage: ReportStage, known: &str, cause: IncidentCause) -> (String, String) {
        let term = ReportTerm::of(stage, day(known), cause, &Workdays::japan().unwrap());
        (term.from.to_string(), term.until.to_string())
    }

    #[test]
    fn a_preliminary_report_is_due_from_day_3_to_day_5() {
        use IncidentCause::{Mishap, Wrongful};
        for cause in [Mishap, Wrongful] {
            let found = term(ReportStage::Preliminary, "2026-11-24", cause);
            assert_eq!(found, ("2026-11-26".into(), "2026-11-28".into()), "a Saturday counts");
        }
    }

    #[test]
    fn a_final_report_is_due_by_day_30_or_day_60() {
        let last = |known, cause| term(ReportStage::Final, known, cause).1;
        assert_eq!(last("2026-11-24", IncidentCause::Mishap), "2026-12-23");
        assert_eq!(last("2026-11-24", IncidentCause::Wrongful), "2027-01-22");
        assert_eq!(last("2026-11-30", IncidentCause::Mishap), "2027-01-04", "29 December to 3 January are days off");
        assert_eq!(last("2026-11-20", IncidentCause::Mishap), "2026-12-21", "a Saturday");
    }

    #[test]
    fn a_final_report_does_for_a_preliminary_one() {
        use IncidentEntryKind as E;
        let calendar = Workdays::japan().unwrap();
        let term = ReportTerm::of(ReportStage::Preliminary, day("2026-11-24"), IncidentCause::Mishap, &calendar);
        let status = |entries: &[E], today| term.status(ReportStage::Preliminary, entries.iter().copied(), day(today));
        assert_eq!(status(&[], "2026-11-25"), ReportStatus::Ahead);
        assert_eq!(status(&[E::Note, E::MemberTold], "2026-11-28"), ReportStatus::Due);
        assert_eq!(status(&[E::Note], "2026-11-29"), ReportStatus::Overdue);
        assert_eq!(status(&[E::NotReportable], "2026-12-29"), ReportStatus::NotNeeded);
        assert_eq!(status(&[E::Final], "2026-12-29"), ReportStatus::Made);
        let last = ReportTerm::of(ReportStage::Final, day("2026-11-24"), IncidentCause::Mishap, &calendar);
        assert_eq!(last.status(ReportStage::Final, [E::Preliminary], day("2026-12-24")), ReportStatus::Overdue);
    }

    proptest! {
        #[test]
        fn terms_follow_one_another_and_end_on_a_working_day(offset in 0u64..4000) {
            let calendar = Workdays::japan().unwrap();
            let known = day("2024-01-01") + Days::new(offset);
            for cause in IncidentCause::ALL {
                let first = ReportTerm::of(ReportStage::Preliminary, known, *cause, &calendar);
                let last = ReportTerm::of(ReportStage::Final, known, *cause, &calendar);
                prop_assert!(known < first.from && first.from <= first.until && first.until < last.from);
                prop_assert!(last.from <= last.until && calendar.is_workday(last.until));
                let days = (last.until - known).num_days();
                let least = if *cause == IncidentCause::Mishap { 29 } else { 59 };
                prop_assert!((least..least + 11).contains(&days), "{days}");
            }
        }
    }
}

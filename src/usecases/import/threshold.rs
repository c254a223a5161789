//! When an import is refused as a whole.

use super::preview::Effects;
use crate::interchange::{FileKind, Report, RowCode};
use crate::usecases::refusal::ImportRefusal;

/// Members that may be lost, closed or missing in a society of any size.
const EVERYDAY: u64 = 10;

/// What the rule depends on.
pub(super) struct LossCounts<'a> {
    pub(super) kind: FileKind,
    pub(super) report: &'a Report,
    pub(super) effects: &'a Effects,
    /// Members in force before the import.
    pub(super) in_force: u64,
    pub(super) percent: u8,
}

/// Why the import is refused, if it is: see *Decisions* in [`super`].
pub(super) fn refusal(facts: &LossCounts<'_>) -> Option<ImportRefusal> {
    let LossCounts { kind, report, effects, in_force, percent } = facts;
    if report.rows == 0 && matches!(kind, FileKind::Members | FileKind::Employers) {
        return Some(ImportRefusal::NoRows);
    }
    let rejected = damaged(report);
    if exceeds(rejected, report.rows, *percent) {
        return Some(ImportRefusal::Threshold { rejected, rows: report.rows, percent: *percent });
    }
    // For files without members `in_force` is 0: they close accounts one by one.
    let many = |gone: u64| gone > EVERYDAY && *in_force > 0 && exceeds(gone, *in_force, *percent);
    if many(effects.lost) {
        return Some(ImportRefusal::Losses { lost: effects.lost, members: *in_force, percent: *percent });
    }
    if many(effects.accounts_closed) {
        let closed = effects.accounts_closed;
        return Some(ImportRefusal::Closings { closed, members: *in_force, percent: *percent });
    }
    let repeats = report.unchanged > report.added + report.changed;
    let is_list = report.unchanged * 10 >= *in_force;
    if many(effects.missing) && repeats && is_list {
        return Some(ImportRefusal::Shrunken { missing: effects.missing, members: *in_force, percent: *percent });
    }
    None
}

/// Rejected rows without those that are everyday business.
fn damaged(report: &Report) -> u64 {
    let business: u64 = [RowCode::StaleEvent, RowCode::UnknownMember, RowCode::EndedByHand]
        .iter()
        .filter_map(|code| report.by_code.get(code))
        .sum();
    report.rejected.saturating_sub(business)
}

fn exceeds(part: u64, whole: u64, percent: u8) -> bool {
    u128::from(part) * 100 > u128::from(whole) * u128::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(report: Report, lost: u64, missing: u64) -> Option<ImportRefusal> {
        let effects = Effects { lost, missing, ..Effects::default() };
        refusal(&LossCounts {
            kind: FileKind::Members,
            report: &report,
            effects: &effects,
            in_force: 1_000,
            percent: 10,
        })
    }

    fn rows(rows: u64) -> Report {
        Report { rows, ..Report::default() }
    }

    #[test]
    fn ten_percent_of_rejected_rows_pass_and_more_do_not() {
        assert_eq!(of(Report { rejected: 10, ..rows(100) }, 0, 0), None);
        assert!(matches!(of(Report { rejected: 11, ..rows(100) }, 0, 0), Some(ImportRefusal::Threshold { .. })));
    }

    #[test]
    fn events_that_come_too_late_or_too_early_are_no_damage() {
        let by_code = [(RowCode::StaleEvent, 40), (RowCode::UnknownMember, 50)].into();
        assert_eq!(of(Report { rejected: 90, by_code, ..rows(100) }, 0, 0), None);
    }

    #[test]
    fn a_shrunken_list_is_refused_and_a_file_of_changes_is_not() {
        let list = Report { unchanged: 500, ..rows(500) };
        assert!(matches!(of(list, 0, 500), Some(ImportRefusal::Shrunken { .. })));
        assert_eq!(of(Report { added: 36, ..rows(36) }, 0, 1_000), None);
        assert_eq!(of(Report { unchanged: 36, ..rows(36) }, 0, 964), None);
        assert_eq!(of(Report { unchanged: 950, ..rows(950) }, 0, 50), None);
    }

    #[test]
    fn a_file_that_closes_many_accounts_by_new_numbers_is_refused() {
        let closing = |accounts_closed, in_force| {
            let effects = Effects { accounts_closed, ..Effects::default() };
            let kind = if in_force > 0 { FileKind::Members } else { FileKind::PortalEvents };
            refusal(&LossCounts { kind, report: &rows(1_000), effects: &effects, in_force, percent: 10 })
        };
        assert!(matches!(closing(101, 1_000), Some(ImportRefusal::Closings { closed: 101, .. })));
        assert_eq!(closing(100, 1_000), None);
        assert_eq!(closing(101, 0), None, "no file of members");
    }

    #[test]
    fn a_registry_file_with_a_header_only_is_refused() {
        for kind in FileKind::ALL.iter().copied() {
            let (report, effects) = (rows(0), Effects::default());
            let refused =
                refusal(&LossCounts { kind, report: &report, effects: &effects, in_force: 1_000, percent: 10 });
            let registry = matches!(kind, FileKind::Members | FileKind::Employers);
            // A night without events or requests is an ordinary one.
            assert_eq!(refused, registry.then_some(ImportRefusal::NoRows), "{kind:?}");
        }
    }

    #[test]
    fn a_file_that_ends_many_memberships_is_refused() {
        assert!(matches!(of(rows(1_000), 101, 0), Some(ImportRefusal::Losses { .. })));
        assert_eq!(of(rows(1_000), 100, 0), None);
    }
}

//! what a tick of the checklist rests on, and which telephone numbers count.

use super::{Agreement, Checklist, ClaimField, Comparison, IdentityCheck};
use crate::domain::coded;
use crate::text::digits;

coded! {
    /// What there is for a check.
    pub enum Evidence {
        /// 一致: the sender gave it and the registry confirms it, or there is a number to call back.
        Confirmed = "confirmed",
        /// 不一致: the registry has something else.
        Differs = "differs",
        /// 記入なし: the sender left it out.
        NotGiven = "not_given",
        /// Only the sender knows a number to call back.
        NoNumber = "no_number",
    }
}

coded! {
    /// Who has a number, other than the sender.
    pub enum NumberSource {
        /// 事業所
        Employer = "employer",
        /// 対応記録: a call in which the member was identified.
        Note = "note",
    }
}

/// A number at which a call back counts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KnownNumber {
    /// As it is on file.
    pub number: String,
    /// Who has it.
    pub source: NumberSource,
}

/// Whether two spellings are the same telephone number.
pub fn is_same_number(one: &str, other: &str) -> bool {
    let one = digits(one);
    !one.is_empty() && one == digits(other)
}

/// What a request is checked against.
#[derive(Debug, Clone, Copy)]
pub struct CheckBasis<'a> {
    /// What was sent against the registry; empty without a member.
    pub compared: &'a [Comparison],
    /// The numbers at which a call back counts.
    pub numbers: &'a [KnownNumber],
}

impl CheckBasis<'_> {
    /// What there is for a check.
    pub fn of(&self, check: IdentityCheck) -> Evidence {
        let field = |field| {
            let line = self.compared.iter().find(|line| line.field == field);
            match line.map_or(Agreement::NotGiven, |line| line.agreement) {
                Agreement::Exact | Agreement::Variant | Agreement::Part => Evidence::Confirmed,
                Agreement::Differs => Evidence::Differs,
                Agreement::NotGiven => Evidence::NotGiven,
            }
        };
        match check {
            IdentityCheck::BirthDate => field(ClaimField::BirthDate),
            IdentityCheck::Employer => field(ClaimField::Employer),
            IdentityCheck::CallBack if self.numbers.is_empty() => Evidence::NoNumber,
            IdentityCheck::CallBack => Evidence::Confirmed,
        }
    }

    /// The ticks that count today: those with evidence, a call back only at a number that is still known, and what a
    /// supervisor let pass.
    pub fn counting(&self, ticked: &Checklist, called: Option<&str>, overridden: &Checklist) -> Checklist {
        let at_known = |number: &str| self.numbers.iter().any(|known| is_same_number(&known.number, number));
        let counts = |check: &IdentityCheck| match check {
            IdentityCheck::CallBack => called.is_some_and(at_known),
            IdentityCheck::BirthDate | IdentityCheck::Employer => self.of(*check) == Evidence::Confirmed,
        };
        let backed = |check: &IdentityCheck| ticked.has(*check) && counts(check) || overridden.has(*check);
        IdentityCheck::ALL.iter().copied().filter(backed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(field: ClaimField, agreement: Agreement) -> Comparison {
        Comparison { field, given: String::new(), on_file: String::new(), agreement }
    }

    fn employer() -> KnownNumber {
        KnownNumber { number: "03-1234-5678".into(), source: NumberSource::Employer }
    }

    fn of(agreement: Agreement) -> [Evidence; 3] {
        let compared = [line(ClaimField::BirthDate, agreement), line(ClaimField::Employer, agreement)];
        let basis = CheckBasis { compared: &compared, numbers: &[] };
        [IdentityCheck::BirthDate, IdentityCheck::Employer, IdentityCheck::CallBack].map(|check| basis.of(check))
    }

    #[test]
    fn q7_what_was_not_given_or_disagrees_is_no_evidence() {
        use Evidence::{Confirmed, Differs, NoNumber, NotGiven};
        assert_eq!(of(Agreement::Differs), [Differs, Differs, NoNumber]);
        assert_eq!(of(Agreement::NotGiven), [NotGiven, NotGiven, NoNumber]);
        for agreement in [Agreement::Exact, Agreement::Variant, Agreement::Part] {
            assert_eq!(of(agreement), [Confirmed, Confirmed, NoNumber], "{agreement:?}");
        }
        let nothing = CheckBasis { compared: &[], numbers: &[employer()] };
        assert_eq!((nothing.of(IdentityCheck::BirthDate), nothing.of(IdentityCheck::CallBack)), (NotGiven, Confirmed));
    }

    #[test]
    fn q7_call_back_counts_at_a_known_number_only() {
        let numbers = [employer()];
        let basis = CheckBasis { compared: &[], numbers: &numbers };
        let ticked: Checklist = [IdentityCheck::CallBack].into_iter().collect();
        let counts = |called| basis.counting(&ticked, called, &Checklist::default()).has(IdentityCheck::CallBack);
        assert!(counts(Some("０３（１２３４）５６７８")) && counts(Some("0312345678")));
        assert!(!counts(Some("090-0000-0000")) && !counts(Some("")) && !counts(None));
    }

    proptest! {
        /// Whatever is ticked and compared: without evidence a check counts by an override alone.
        #[test]
        fn q7_no_tick_counts_without_evidence_or_override(
            ticked in prop::sample::subsequence(IdentityCheck::ALL.to_vec(), 0..=3),
            overridden in prop::sample::subsequence(IdentityCheck::ALL.to_vec(), 0..=3),
            agreements in [prop::sample::select(Agreement::ALL), prop::sample::select(Agreement::ALL)],
            known in any::<bool>(),
        ) {
            let compared =
                [line(ClaimField::BirthDate, agreements[0]), line(ClaimField::Employer, agreements[1])];
            let numbers = if known { vec![employer()] } else { Vec::new() };
            let basis = CheckBasis { compared: &compared, numbers: &numbers };
            let (ticked, overridden): (Checklist, Checklist) =
                (ticked.into_iter().collect(), overridden.into_iter().collect());
            let counting = basis.counting(&ticked, Some("03-1234-5678"), &overridden);
            for check in IdentityCheck::ALL {
                let backed = ticked.has(*check) && basis.of(*check) == Evidence::Confirmed;
                prop_assert_eq!(counting.has(*check), backed || overridden.has(*check));
            }
        }
    }
}

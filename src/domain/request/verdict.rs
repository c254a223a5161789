//! 判定: what the comparison of a request amounts to, in one word.

use super::{Agreement, ClaimField, Comparison};
use crate::domain::coded;

coded! {
    /// What comparing a request with the registry amounts to.
    pub enum CaseVerdict {
        /// すべて一致: key, name or kana, birth date and employer were given, and nothing disagrees.
        AllAgree = "all_agree",
        /// 記入不足: nothing disagrees, but something that identifies was left out.
        Incomplete = "incomplete",
        /// 不一致: some field disagrees.
        Differs = "differs",
        /// 二人に当たる: key and name point to different persons, or to several.
        TwoPeople = "two_people",
        /// 番号のみ一致: the number is in the registry, and what else was given fits no member.
        KeyOnly = "key_only",
        /// 該当なし
        Nobody = "nobody",
    }
}

impl CaseVerdict {
    /// The verdict on a request that was matched to a member.
    pub fn of(compared: &[Comparison]) -> Self {
        let agrees = |field| {
            compared
                .iter()
                .any(|line| line.field == field && matches!(line.agreement, Agreement::Exact | Agreement::Variant))
        };
        let named = agrees(ClaimField::Name) || agrees(ClaimField::Kana);
        if compared.iter().any(|line| line.agreement == Agreement::Differs) {
            Self::Differs
        } else if agrees(ClaimField::Key)
            && named
            && agrees(ClaimField::BirthDate)
            // A shortened name of the employer is not everything.
            && agrees(ClaimField::Employer)
        {
            Self::AllAgree
        } else {
            Self::Incomplete
        }
    }
}

/// The fields in which the two sides disagree.
pub fn differing(compared: &[Comparison]) -> Vec<ClaimField> {
    compared.iter().filter(|line| line.agreement == Agreement::Differs).map(|line| line.field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(agreements: [Agreement; 5]) -> CaseVerdict {
        let lines = ClaimField::ALL.iter().zip(agreements).map(|(field, agreement)| Comparison {
            field: *field,
            given: String::new(),
            on_file: String::new(),
            agreement,
        });
        CaseVerdict::of(&lines.collect::<Vec<_>>())
    }

    #[test]
    fn q6_all_agree_means_that_everything_was_given_and_agrees() {
        use Agreement::{Differs, Exact, NotGiven, Part, Variant};
        assert_eq!(verdict([Exact, Variant, Exact, Exact, Variant]), CaseVerdict::AllAgree);
        assert_eq!(verdict([Exact, NotGiven, Exact, Exact, Exact]), CaseVerdict::AllAgree);
        assert_eq!(verdict([Exact, Exact, Exact, Exact, Part]), CaseVerdict::Incomplete);
        assert_eq!(verdict([Exact, Exact, Exact, Exact, NotGiven]), CaseVerdict::Incomplete);
        assert_eq!(verdict([NotGiven, Exact, Exact, Exact, Exact]), CaseVerdict::Incomplete);
        assert_eq!(verdict([Exact, Exact, Exact, Exact, Differs]), CaseVerdict::Differs);
    }
}

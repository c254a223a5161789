//! A caller's identity: match or no match, and nothing else (Q-3, S5).

use super::{Agreement, ClaimField, Comparison};
use crate::domain::coded;

coded! {
    /// All that the phone panel tells of a caller's answer.
    pub enum Verdict {
        /// 一致
        Match = "match",
        /// 部分一致: a shortened name of the employer.
        Part = "part",
        /// 不一致
        NoMatch = "no_match",
    }
}

coded! {
    /// Whether the caller may be told anything.
    pub enum CallerStanding {
        /// 本人確認 済
        Identified = "identified",
        /// 本人確認 未: the answers do not suffice.
        Unknown = "unknown",
        /// The answers suffice, but the paper that gives the caller the power was not seen.
        PaperMissing = "paper_missing",
        /// The member has died: no caller is identified as this person.
        Deceased = "deceased",
    }
}

/// What came of a caller's answers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Identity {
    /// Each answer that was given.
    pub verdicts: Vec<(ClaimField, Verdict)>,
    /// What they amount to.
    pub standing: CallerStanding,
}

impl Identity {
    /// A person who has died: no answer is compared.
    pub const fn deceased() -> Self {
        Self { verdicts: Vec::new(), standing: CallerStanding::Deceased }
    }

    /// *decision* Birth date and one more answer agree, a shortened name of the employer included, and none is wrong.
    pub fn of(compared: &[Comparison]) -> Self {
        Self::from_verdicts(compared.iter().filter_map(verdict).collect())
    }

    /// The same of answers that were compared before, as the log has them.
    pub fn from_verdicts(verdicts: Vec<(ClaimField, Verdict)>) -> Self {
        let right = verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::NoMatch).count();
        let identified =
            right == verdicts.len() && right >= 2 && verdicts.iter().any(|(f, _)| *f == ClaimField::BirthDate);
        Self { verdicts, standing: if identified { CallerStanding::Identified } else { CallerStanding::Unknown } }
    }
}

impl Identity {
    /// Where the 委任状 of a representative was not seen: right answers do not identify the caller then.
    pub fn without_paper(self) -> Self {
        let standing = match self.standing {
            CallerStanding::Identified => CallerStanding::PaperMissing,
            other => other,
        };
        Self { standing, ..self }
    }
}

fn verdict(line: &Comparison) -> Option<(ClaimField, Verdict)> {
    match line.agreement {
        Agreement::Exact | Agreement::Variant => Some((line.field, Verdict::Match)),
        Agreement::Part => Some((line.field, Verdict::Part)),
        Agreement::Differs => Some((line.field, Verdict::NoMatch)),
        Agreement::NotGiven => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(answers: &[(ClaimField, Agreement)]) -> CallerStanding {
        let line = |(field, agreement): &(ClaimField, Agreement)| Comparison {
            field: *field,
            given: String::new(),
            on_file: String::new(),
            agreement: *agreement,
        };
        Identity::of(&answers.iter().map(line).collect::<Vec<_>>()).standing
    }

    #[test]
    fn q3_birth_date_and_one_more_right_answer_identify_a_caller() {
        use Agreement::{Differs, Exact, NotGiven, Part, Variant};
        use ClaimField::{BirthDate, Employer, Kana};
        assert_eq!(standing(&[]), CallerStanding::Unknown);
        assert_eq!(standing(&[(BirthDate, Exact), (Kana, NotGiven)]), CallerStanding::Unknown);
        assert_eq!(standing(&[(Kana, Exact), (Employer, Exact)]), CallerStanding::Unknown);
        assert_eq!(standing(&[(Kana, Variant), (BirthDate, Exact)]), CallerStanding::Identified);
        let shortened = [(Kana, Exact), (BirthDate, Exact), (Employer, Part)];
        assert_eq!(standing(&shortened), CallerStanding::Identified);
        assert_eq!(standing(&[(Kana, Variant), (BirthDate, Exact), (Employer, Differs)]), CallerStanding::Unknown);
    }
}

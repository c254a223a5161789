//! A caller's identity: match or no match, and nothing else (Q-3, S5).

use super::{Agreement, Comparison, Field};
use crate::domain::coded;

coded! {
    /// All that the phone panel tells of a caller's answer.
    pub enum Verdict {
        /// 一致
        Match = "match",
        /// 不一致
        NoMatch = "no_match",
    }
}

coded! {
    /// Whether the caller may be told anything.
    pub enum Standing {
        /// 本人確認 済
        Identified = "identified",
        /// 本人確認 未: the answers do not suffice.
        Unknown = "unknown",
    }
}

/// What came of a caller's answers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Identity {
    /// Each answer that was given.
    pub verdicts: Vec<(Field, Verdict)>,
    /// What they amount to.
    pub standing: Standing,
}

impl Identity {
    /// *decision* Birth date and one more answer match, and none is wrong.
    pub fn of(compared: &[Comparison]) -> Self {
        let verdicts: Vec<(Field, Verdict)> = compared.iter().filter_map(verdict).collect();
        let right = verdicts.iter().filter(|(_, verdict)| *verdict == Verdict::Match).count();
        let identified = right == verdicts.len() && right >= 2 && verdicts.iter().any(|(f, _)| *f == Field::BirthDate);
        Self { verdicts, standing: if identified { Standing::Identified } else { Standing::Unknown } }
    }
}

fn verdict(line: &Comparison) -> Option<(Field, Verdict)> {
    match line.agreement {
        Agreement::Exact | Agreement::Variant => Some((line.field, Verdict::Match)),
        Agreement::Differs => Some((line.field, Verdict::NoMatch)),
        Agreement::NotGiven => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(answers: &[(Field, Agreement)]) -> Standing {
        let line = |(field, agreement): &(Field, Agreement)| Comparison {
            field: *field,
            given: String::new(),
            on_file: String::new(),
            agreement: *agreement,
        };
        Identity::of(&answers.iter().map(line).collect::<Vec<_>>()).standing
    }

    #[test]
    fn q3_birth_date_and_one_more_right_answer_identify_a_caller() {
        use Agreement::{Differs, Exact, NotGiven, Variant};
        use Field::{BirthDate, Employer, Kana};
        assert_eq!(standing(&[]), Standing::Unknown);
        assert_eq!(standing(&[(BirthDate, Exact), (Kana, NotGiven)]), Standing::Unknown);
        assert_eq!(standing(&[(Kana, Exact), (Employer, Exact)]), Standing::Unknown);
        assert_eq!(standing(&[(Kana, Variant), (BirthDate, Exact)]), Standing::Identified);
        assert_eq!(standing(&[(Kana, Variant), (BirthDate, Exact), (Employer, Differs)]), Standing::Unknown);
    }
}

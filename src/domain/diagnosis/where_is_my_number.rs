//! Where symbol, number and branch are printed. Guide [2], [5]; since 2 December 2025 no more on an insurance card.

use super::{Case, DiagnosisFacts, Judgement, What, membership};
use chrono::NaiveDate;

pub(super) fn judge(facts: &DiagnosisFacts, today: NaiveDate) -> Judgement {
    membership::ended(facts, today).unwrap_or_else(|| Case::NumberOnPapers.because([What::NotByPhone.so()]))
}

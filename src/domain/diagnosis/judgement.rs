//! What one topic comes to.

use super::{Case, DiagnosisFinding, NextAction, Question};

/// What a topic's own file decides.
pub(super) struct Judgement {
    pub(super) case: Case,
    pub(super) findings: Vec<DiagnosisFinding>,
    pub(super) question: Option<Question>,
    pub(super) next: Vec<NextAction>,
}

impl Case {
    /// This case, because of these findings.
    pub(super) fn because(self, findings: impl IntoIterator<Item = DiagnosisFinding>) -> Judgement {
        Judgement { case: self, findings: findings.into_iter().collect(), question: None, next: Vec::new() }
    }
}

impl Judgement {
    pub(super) fn next(mut self, actions: impl IntoIterator<Item = NextAction>) -> Self {
        self.next.extend(actions);
        self
    }

    /// The same, with more that was found.
    pub(super) fn also_found(mut self, findings: impl IntoIterator<Item = DiagnosisFinding>) -> Self {
        self.findings.extend(findings);
        self
    }

    pub(super) fn ask(mut self, question: Question) -> Self {
        self.question = Some(question);
        self
    }
}

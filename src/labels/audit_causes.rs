//! Causes in entries of the audit log, in words.

use super::Lang;
use crate::domain::ProposalState;
use crate::usecases::{ExportOutcome, GoneBecause, SignInFailure};

/// Why a batch is over without having been printed.
pub(super) const fn gone_because(lang: Lang, why: GoneBecause) -> &'static str {
    match why {
        GoneBecause::Overdue => lang.pick("印刷期限を過ぎた", "not printed in time"),
        GoneBecause::Missing => lang.pick("PDFがなくなっていた", "the PDF was missing"),
    }
}

/// Why a sign-in failed.
pub(super) const fn sign_in_failure(lang: Lang, cause: SignInFailure) -> &'static str {
    match cause {
        SignInFailure::UnknownId => lang.pick("職員IDなし", "unknown staff ID"),
        SignInFailure::Locked => lang.pick("待ち時間中", "waiting after failures"),
        SignInFailure::Closed => lang.pick("失敗が続き締切", "closed after failures"),
        SignInFailure::Origin => lang.pick("この端末は待ち時間中", "this terminal waits after failures"),
        SignInFailure::CodeMissing => lang.pick("パスワードは正しく、確認コードなし", "right password, no code"),
        SignInFailure::Disabled => lang.pick("利用停止中", "disabled"),
        SignInFailure::Password => lang.pick("パスワードの誤り", "wrong password"),
        SignInFailure::Code => lang.pick("確認コードの誤り", "wrong code"),
    }
}

/// How a one-off address ended that is not used.
pub(super) const fn proposal_ended(lang: Lang, outcome: ProposalState) -> &'static str {
    match outcome {
        ProposalState::Withdrawn => lang.pick("取下げ", "withdrawn"),
        ProposalState::Proposed | ProposalState::Approved | ProposalState::Refused => lang.pick("却下", "refused"),
    }
}

/// What became of an interrupted export.
pub(super) const fn export_outcome(lang: Lang, outcome: ExportOutcome) -> &'static str {
    match outcome {
        ExportOutcome::Finished => lang.pick("出力を完了", "finished"),
        ExportOutcome::NeverRecorded => lang.pick("出力の記録なし", "never recorded"),
    }
}

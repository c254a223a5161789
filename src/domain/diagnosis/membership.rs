//! What is settled before any topic: has the caller a record in force, and an account?

use super::{
    Case, Coverage, DiagnosisFacts, DiagnosisFinding, Judgement, NextAction, OldRecord, OpenAccount, Predecessor,
    Registration, What,
};
use chrono::NaiveDate;

/// Loss and change of number come before everything else: there is no account to talk about.
pub(super) fn ended(facts: &DiagnosisFacts, today: NaiveDate) -> Option<Judgement> {
    let closed = match facts.account {
        Registration::Closed { on } => Some(What::AccountClosed.on(on)),
        Registration::Never | Registration::Open(_) => None,
    };
    if let Some(new) = facts.successor.as_ref().filter(|new| new.from <= today) {
        let registered = new.registered_on.map(|on| What::Registered.on(on));
        let case = if registered.is_some() { Case::OldNumberRegistered } else { Case::OldNumber };
        let found = [What::Successor.with([new.key.as_str().into()])].into_iter().chain(registered).chain(closed);
        return Some(case.because(found).next([NextAction::OpenSuccessor]));
    }
    match facts.coverage {
        Coverage::EndsOn(day) if day <= today => {
            Some(Case::Left.because([What::Lost.on(day)].into_iter().chain(closed)).next([NextAction::TransferMedical]))
        }
        Coverage::Died(day) => Some(died(day)),
        Coverage::EndsOn(_) | Coverage::StartsOn(_) | Coverage::Running => None,
    }
}

/// The words are the bereaved's.
pub(super) fn died(day: NaiveDate) -> Judgement {
    Case::Died.because([What::Died.on(day)]).next([NextAction::TransferMedical])
}

/// The account in use, or why there is none.
pub(super) fn account(facts: &DiagnosisFacts, today: NaiveDate) -> Result<&OpenAccount, Judgement> {
    match ended(facts, today) {
        Some(judgement) => Err(judgement),
        None => facts.open_account().ok_or_else(|| not_registered(facts)),
    }
}

/// No account: the answer is "register", not a card (L1); to who had another number, "register again" (A3).
pub(super) fn not_registered(facts: &DiagnosisFacts) -> Judgement {
    let request = facts.login_request.map(|on| What::RequestOpen.on(on));
    match (&facts.predecessor, &facts.account) {
        (Some(old), _) => Case::RegisterAgain
            .because([former(old), What::NeverRegistered.so()].into_iter().chain(request))
            .next(walk(old)),
        // A9: insured again, by a loss that was taken back or a later beginning.
        (None, Registration::Closed { on }) => {
            Case::RegistrationDeleted.because([What::AccountClosed.on(*on)].into_iter().chain(request))
        }
        (None, Registration::Never | Registration::Open(_)) => {
            Case::NotRegistered.because([What::NeverRegistered.so()].into_iter().chain(request))
        }
    }
}

/// To the former record, where there is one to walk to.
pub(super) fn walk(old: &Predecessor) -> Option<NextAction> {
    match old.record {
        OldRecord::OnFile => Some(NextAction::OpenPredecessor),
        OldRecord::NumberOnly => None,
    }
}

/// The former number, as a finding.
pub(super) fn former(old: &Predecessor) -> DiagnosisFinding {
    What::Predecessor.with([old.key.as_str().into()])
}

/// "Registered", as a finding.
pub(super) fn registered(account: &OpenAccount) -> DiagnosisFinding {
    What::Registered.on(account.registered_on)
}

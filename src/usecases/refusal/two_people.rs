//! F2: why a change is not proposed, confirmed, refused or withdrawn.

use crate::domain::ChangeState;
use chrono::NaiveDate;

/// Why a change that needs two people was not proposed or decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TwoPeopleRefusal {
    /// No such proposal.
    Unknown(i64),
    /// It was decided already, or its time is over.
    Decided {
        /// Number of the proposal.
        proposal: i64,
        /// What became of it.
        state: ChangeState,
    },
    /// Who proposed it does not confirm or refuse it.
    Own(i64),
    /// The person that it is about does not confirm it.
    AboutYou(i64),
    /// Two people count as one: one of them got the first password from the other, perhaps by way of a third.
    OnePerson {
        /// Staff ID of who proposed, imported or drafted it.
        other: String,
        /// The first day on which they surely count as two.
        from: NaiveDate,
    },
    /// A machine did it, and who proposed it or has had its key is no second person to it.
    OwnMachine(String),
    /// The same is proposed already.
    Waiting {
        /// Number of the proposal.
        proposal: i64,
        /// 職員ID
        by: String,
    },
    /// Only who proposed it withdraws it.
    NotYours(i64),
    /// One person decides here, so the first password must be given.
    NoPassword,
    /// `policy.two_people` is not switched on where no other person could confirm.
    NoSecond,
    /// It is confirmed on the host only where no other person can.
    OthersCould(Vec<String>),
}

impl TwoPeopleRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "proposal_unknown",
            Self::Decided { .. } => "proposal_decided",
            Self::Own(_) => "proposal_own",
            Self::AboutYou(_) => "proposal_about_you",
            Self::OnePerson { .. } => "one_person",
            Self::OwnMachine(_) => "own_machine",
            Self::Waiting { .. } => "proposal_waiting",
            Self::NotYours(_) => "proposal_not_yours",
            Self::NoPassword => "no_first_password",
            Self::NoSecond => "no_second_person",
            Self::OthersCould(_) => "others_could_confirm",
        }
    }
}

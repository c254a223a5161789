//! Why memberships were not joined, parted or ended.

use chrono::NaiveDate;

/// Why something was not done about a person's memberships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonRefusal {
    /// Both numbers are one person's already.
    OnePerson {
        /// `260-1-00`
        member: String,
        /// `270-1-00`
        other: String,
    },
    /// Neither reading nor birth date of the two are the same: joined only where the actor has confirmed it.
    Differ {
        /// `260-1-00`
        member: String,
        /// `270-1-00`
        other: String,
    },
    /// H1: both are of one household at the same time, so they are two persons.
    InForceTogether {
        /// `260-1-00`
        member: String,
        /// `260-1-01`
        other: String,
    },
    /// A11: an insured cannot be assigned to one.
    IsInsured(String),
    /// The person has no other number to be parted from.
    OnlyMembership(String),
    /// A11: the member is not of the family of an earlier insured.
    NotApart(String),
    /// The membership has ended already.
    Over(String),
    /// No supervisor has ended the membership.
    NotEnded(String),
    /// R7: a protective measure stands already.
    Protected {
        /// `260-1-00`
        member: String,
        /// Day since which the number is theirs.
        since: NaiveDate,
    },
    /// R7: no protective measure stands.
    NotProtected(String),
    /// Nothing is on file about that day (H2): it is before the first import, or before the number was given out.
    UnknownThen {
        /// `260-1-00`, or an employer's code.
        of: String,
        /// The day that was asked for.
        on: NaiveDate,
    },
}

impl PersonRefusal {
    /// Stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OnePerson { .. } => "one_person",
            Self::Differ { .. } => "persons_differ",
            Self::InForceTogether { .. } => "in_force_together",
            Self::IsInsured(_) => "is_insured",
            Self::OnlyMembership(_) => "only_membership",
            Self::NotApart(_) => "not_apart",
            Self::Over(_) => "membership_over",
            Self::NotEnded(_) => "membership_not_ended",
            Self::Protected { .. } => "protected",
            Self::NotProtected(_) => "not_protected",
            Self::UnknownThen { .. } => "unknown_then",
        }
    }
}

//! R3: why a card does not go to a one-off address.

use crate::domain::AddressFault;
use crate::print::PreflightFault;

/// Why a card does not go to a one-off address.
#[derive(Debug, Clone, PartialEq)]
pub enum AddressRefusal {
    /// The society does not do this: `policy.allow_route_override` is off.
    Off,
    /// The card is not held for lack of a route.
    HasRoute(i64),
    /// An address is proposed already, by this person.
    Waiting {
        /// Row id of the card.
        card: i64,
        /// 氏名
        by: String,
    },
    /// Nothing is proposed that could be decided.
    NothingProposed(i64),
    /// Who proposed an address does not approve it.
    SamePerson(i64),
    /// Something is missing or wrong.
    Fault(AddressFault),
    /// B4: the card could not be printed with it.
    Unprintable {
        /// Row id of the card.
        card: i64,
        /// What is wrong.
        faults: Vec<PreflightFault>,
    },
}

impl AddressRefusal {
    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Off => "route_override_off",
            Self::HasRoute(_) => "not_without_route",
            Self::Waiting { .. } => "address_waiting",
            Self::NothingProposed(_) => "no_address_proposed",
            Self::SamePerson(_) => "second_person",
            Self::Fault(_) => "bad_address",
            Self::Unprintable { .. } => "address_unprintable",
        }
    }
}

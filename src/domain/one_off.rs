//! 一度だけの送付先 (R3): where a held card goes when two supervisors answer for it.

use super::{HoldReason, coded, steps};

coded! {
    /// What became of a proposed address.
    pub enum ProposalState {
        /// 承認待ち
        Proposed = "proposed",
        /// 承認: the card goes there.
        Approved = "approved",
        /// 却下
        Refused = "refused",
        /// 取下げ: by who proposed it, or because the card has a route again.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// What can happen to a proposed address.
    pub enum ProposalStep {
        /// 承認
        Approve = "approve",
        /// 却下
        Refuse = "refuse",
        /// 取下げ
        Withdraw = "withdraw",
    }
}

/// The life of a proposed address, whole: from, step, to. What is not here cannot happen.
pub const PROPOSAL_TABLE: &[(ProposalState, ProposalStep, ProposalState)] = {
    use ProposalState as S;
    use ProposalStep as T;
    &[
        (S::Proposed, T::Approve, S::Approved),
        (S::Proposed, T::Refuse, S::Refused),
        (S::Proposed, T::Withdraw, S::Withdrawn),
    ]
};

impl ProposalState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: ProposalStep) -> Option<Self> {
        steps::after(PROPOSAL_TABLE, self, step)
    }
}

/// An address that is complete enough for the post and for the customer barcode.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OneOffAddress {
    /// Seven digits without hyphen.
    pub postcode: String,
    /// Prefecture to house number.
    pub address1: String,
    /// Building; may be empty.
    pub address2: String,
    /// あて名: a firm, an office or a person.
    pub addressee: String,
    /// 部署・担当; may be empty.
    pub department: String,
}

/// What is wrong with an address or its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// Not seven digits.
    Postcode(String),
    /// The address is empty.
    NoAddress,
    /// The addressee is empty.
    NoAddressee,
}

impl OneOffAddress {
    /// An address from typed lines, in any width.
    pub fn parse([postcode, address1, address2, addressee, department]: [&str; 5]) -> Result<Self, AddressFault> {
        let line = |text: &str| crate::text::plain_line(text).trim().to_owned();
        let (address1, addressee) = (line(address1), line(addressee));
        let postcode = parse_postcode(postcode).ok_or_else(|| AddressFault::Postcode(postcode.trim().to_owned()))?;
        match (address1.is_empty(), addressee.is_empty()) {
            (true, _) => Err(AddressFault::NoAddress),
            (_, true) => Err(AddressFault::NoAddressee),
            _ => Ok(Self { postcode, address1, address2: line(address2), addressee, department: line(department) }),
        }
    }
}

/// Seven digits, however they are written.
pub fn parse_postcode(text: &str) -> Option<String> {
    let plain = crate::text::plain_dashes(text);
    let digits: String = plain.chars().filter(|c| !matches!(c, '-' | '〒' | ' ')).collect();
    (digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

impl HoldReason {
    /// R2: held because there is nowhere to send it; only such a card may go to a one-off address (R3).
    pub const fn is_of_route(self) -> bool {
        match self {
            Self::Voluntary | Self::Withdrawn | Self::NoEmployer | Self::NoAddress | Self::Protected => true,
            Self::Unprintable | Self::ByHand | Self::AddressChanged | Self::InsuredLost | Self::TooClose => false,
        }
    }

    /// Whether the program holds and releases cards for it by itself, as the registry says. What a person has stopped, and
    /// what cannot be printed, stays so.
    pub const fn follows_registry(self) -> bool {
        match self {
            Self::Voluntary
            | Self::Withdrawn
            | Self::NoEmployer
            | Self::NoAddress
            | Self::AddressChanged
            | Self::InsuredLost
            | Self::Protected => true,
            Self::Unprintable | Self::ByHand | Self::TooClose => false,
        }
    }

    /// Whether nothing of the person leaves at all, so that a card is taken out of a draft, too (R7, A12).
    pub const fn is_of_person(self) -> bool {
        matches!(self, Self::InsuredLost | Self::Protected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_an_address_has_a_postcode_a_place_and_an_addressee() {
        let parse = |postcode, place, who| OneOffAddress::parse([postcode, place, "", who, ""]);
        assert_eq!(parse("〒１００－０００１", "千代田1", "清算人").unwrap().postcode, "1000001");
        for typed in ["100―0001", "100ー0001", "１００ー ０００１", "100–0001"] {
            assert_eq!(parse(typed, "千代田1", "清算人").unwrap().postcode, "1000001", "{typed}");
        }
        assert_eq!(parse("100-000", "千代田1", "清算人"), Err(AddressFault::Postcode("100-000".into())));
        assert_eq!(parse("1000001", "　", "清算人"), Err(AddressFault::NoAddress));
        assert_eq!(parse("1000001", "千代田1", ""), Err(AddressFault::NoAddressee));
    }
}

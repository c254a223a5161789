//! B7: why a card must not leave.

use super::{DeadReason, HoldReason, coded};

coded! {
    /// What stops a card. Before the printing it is held or cancelled, after it pulled.
    pub enum GateReason {
        /// 資格喪失
        MemberLost = "member_lost",
        /// 被保険者の資格喪失 (A12)
        InsuredLost = "insured_lost",
        /// アカウント閉鎖
        Closed = "closed",
        /// A later reissue (V2, V4).
        Superseded = "superseded",
        /// The member chose an own password on the portal.
        SelfChanged = "self_changed",
        /// Web表示「希望しない」 (V6)
        DisplayOff = "display_off",
        /// 記号・番号の変更 (A3)
        NumberChanged = "number_changed",
        /// Name and birth date are no longer those approved (A11).
        OtherPerson = "other_person",
        /// The destination differs from the one approved (R5).
        Moved = "moved",
        /// 全喪 (R2)
        Withdrawn = "withdrawn",
        /// The insured is with another employer now (R5).
        OtherEmployer = "other_employer",
        /// 保護措置 (R7)
        Protected = "protected",
        /// 回復済み (L4)
        Recovered = "recovered",
        /// A card of the other kind is on its way (S6).
        TooClose = "too_close",
    }
}

impl GateReason {
    /// Why the password of a printed card is dead once it is pulled for this reason.
    pub const fn ends_as(self) -> DeadReason {
        match self {
            Self::MemberLost | Self::Closed => DeadReason::MemberLost,
            Self::InsuredLost => DeadReason::InsuredLost,
            Self::Superseded => DeadReason::Superseded,
            Self::SelfChanged => DeadReason::SelfChanged,
            Self::DisplayOff => DeadReason::DisplayOff,
            Self::NumberChanged => DeadReason::NumberChanged,
            Self::OtherPerson => DeadReason::OtherPerson,
            Self::Moved => DeadReason::Moved,
            Self::Withdrawn => DeadReason::Withdrawn,
            Self::OtherEmployer => DeadReason::OtherEmployer,
            Self::Protected => DeadReason::Protected,
            Self::Recovered => DeadReason::Recovered,
            Self::TooClose => DeadReason::TooClose,
        }
    }

    /// Why a card that still waits is held for this reason; none where it is not wanted any more and is cancelled.
    pub const fn holds_as(self) -> Option<HoldReason> {
        match self {
            Self::InsuredLost => Some(HoldReason::InsuredLost),
            Self::Withdrawn => Some(HoldReason::Withdrawn),
            Self::Protected => Some(HoldReason::Protected),
            Self::TooClose => Some(HoldReason::TooClose),
            Self::Moved
            | Self::OtherEmployer
            | Self::OtherPerson
            | Self::MemberLost
            | Self::Closed
            | Self::Superseded
            | Self::SelfChanged
            | Self::DisplayOff
            | Self::NumberChanged
            | Self::Recovered => None,
        }
    }
}

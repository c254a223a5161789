//! The reasons of the gate, and what each does to a card before and after the printing.

use crate::domain::{DeadReason, HoldReason, coded};

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

    /// What becomes of a card that is not printed yet.
    pub const fn before_printing(self) -> BeforePrinting {
        match self {
            Self::InsuredLost => BeforePrinting::Hold(HoldReason::InsuredLost),
            Self::Withdrawn => BeforePrinting::Hold(HoldReason::Withdrawn),
            Self::Protected => BeforePrinting::Hold(HoldReason::Protected),
            Self::TooClose => BeforePrinting::Requeue,
            Self::Moved => BeforePrinting::Changed(ApprovalDifference::Moved),
            Self::OtherEmployer => BeforePrinting::Changed(ApprovalDifference::OtherEmployer),
            Self::OtherPerson => BeforePrinting::Changed(ApprovalDifference::OtherPerson),
            Self::MemberLost
            | Self::Closed
            | Self::Superseded
            | Self::SelfChanged
            | Self::DisplayOff
            | Self::NumberChanged
            | Self::Recovered => BeforePrinting::Cancel(self.ends_as()),
        }
    }
}

/// What the gate does to a card that is not printed yet. A printed one is pulled, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeforePrinting {
    /// It waits, for this reason.
    Hold(HoldReason),
    /// It waits in the queue until it may leave (S6).
    Requeue,
    /// It is not wanted any more.
    Cancel(DeadReason),
    /// It is no longer what was approved: it needs a new approval (B11).
    Changed(ApprovalDifference),
}

coded! {
    /// B11: what of a card differs from its approval.
    pub enum ApprovalDifference {
        /// 氏名
        Name = "name",
        /// 被保険者の氏名, which stands on a dependent's card.
        Insured = "insured",
        /// Name and birth date: another person (A11).
        OtherPerson = "other_person",
        /// The address, or a line of it (R5).
        Moved = "moved",
        /// The insured is with another employer, or with none (R5).
        OtherEmployer = "other_employer",
    }
}

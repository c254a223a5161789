//! A sealed postcard (圧着ハガキ) from the request to its end.

use super::{CardKind, coded, steps};
use chrono::{DateTime, NaiveDate, Utc};

coded! {
    /// Where a card is. Nothing is ever deleted: the last five are ends that stay on record.
    pub enum CardState {
        /// 発送待ち
        Queued = "queued",
        /// 保留: has no route, cannot be printed, or a clerk stopped it. Always with a reason (R2).
        Held = "held",
        /// In a draft or approved batch; has no password yet.
        Drafted = "drafted",
        /// In an exported batch; its password exists in the PDF.
        Exported = "exported",
        /// 印刷済: it is on paper, and has not left yet.
        Printed = "printed",
        /// 発送済: its password counts from that day (V1).
        Dispatched = "dispatched",
        /// 返戻: came back, its password is dead (B10).
        Returned = "returned",
        /// 取消: no longer wanted, before it had a password.
        Cancelled = "cancelled",
        /// 刷り損じ: voided in the print room and reissued under a new serial (S3).
        Spoiled = "spoiled",
        /// 抜取: pulled from the batch before the dispatch (B7).
        Pulled = "pulled",
    }
}

coded! {
    /// What can happen to a card.
    pub enum CardStep {
        /// 保留にする
        Hold = "hold",
        /// 保留を解く
        Release = "release",
        /// 取り消す
        Cancel = "cancel",
        /// Taken into a batch.
        Draft = "draft",
        /// Its batch was cancelled before the export.
        Undraft = "undraft",
        /// A password was made and set.
        Export = "export",
        /// Its exported batch was cancelled: the password never becomes valid.
        Unexport = "unexport",
        /// Its exported batch was cancelled, and it was dead by then.
        Discard = "discard",
        /// 印刷済
        Print = "print",
        /// 刷り損じ
        Spoil = "spoil",
        /// 抜取
        Pull = "pull",
        /// 発送
        Dispatch = "dispatch",
        /// 返戻
        Return = "return",
    }
}

/// The life of a card, whole: from, step, to. What is not here cannot happen.
pub const CARD_TABLE: &[(CardState, CardStep, CardState)] = {
    use CardState as S;
    use CardStep as T;
    &[
        (S::Queued, T::Hold, S::Held),
        (S::Queued, T::Cancel, S::Cancelled),
        (S::Queued, T::Draft, S::Drafted),
        (S::Held, T::Release, S::Queued),
        (S::Held, T::Cancel, S::Cancelled),
        (S::Drafted, T::Undraft, S::Queued),
        (S::Drafted, T::Hold, S::Held),
        (S::Drafted, T::Cancel, S::Cancelled),
        (S::Drafted, T::Export, S::Exported),
        (S::Exported, T::Unexport, S::Queued),
        (S::Exported, T::Discard, S::Cancelled),
        (S::Exported, T::Spoil, S::Spoiled),
        (S::Exported, T::Print, S::Printed),
        (S::Printed, T::Spoil, S::Spoiled),
        (S::Printed, T::Pull, S::Pulled),
        (S::Printed, T::Dispatch, S::Dispatched),
        (S::Dispatched, T::Return, S::Returned),
    ]
};

impl CardState {
    /// Where the step leads, or nothing where the table has no such row.
    pub fn after(self, step: CardStep) -> Option<Self> {
        steps::after(CARD_TABLE, self, step)
    }

    /// Waits for its password: a reissue asked now needs no second card.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Held | Self::Drafted)
    }

    /// Whether it is in the pile of its batch: what is counted there, and what leaves.
    pub const fn is_in_pile(self) -> bool {
        match self {
            Self::Queued | Self::Drafted | Self::Exported | Self::Printed | Self::Dispatched | Self::Returned => true,
            Self::Held | Self::Cancelled | Self::Spoiled | Self::Pulled => false,
        }
    }

    /// Has a password that is not valid yet: a reissue asked now makes it arrive dead (V3).
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Exported | Self::Printed)
    }
}

coded! {
    /// Why a card was asked for.
    pub enum CardCause {
        /// 登録時に「希望する」 (A2)
        Registered = "registered",
        /// Web表示を「希望する」に変更
        DisplayOn = "display_on",
        /// 再発行
        Reissue = "reissue",
        /// ログイン情報送付依頼 (A6)
        Request = "request",
        /// A login notice that no request asked for (L1)
        WithoutRequest = "without_request",
        /// 刷り損じの作り直し (S3)
        Spoiled = "spoiled",
        /// 抜取 of a card that its member still wants (P1)
        Pulled = "pulled",
        /// 返戻 of a card that its member still wants (P1)
        Returned = "returned",
        /// 期限切れ: its batch expired before it was printed (B16).
        Expired = "expired",
    }
}

impl DeadReason {
    /// Whether the member did it, or it befell the member: a card that is asked for afterwards is another matter.
    pub const fn is_of_member(self) -> bool {
        match self {
            Self::Superseded
            | Self::SelfChanged
            | Self::DisplayOff
            | Self::MemberLost
            | Self::NumberChanged
            | Self::Recovered
            | Self::OtherPerson => true,
            Self::Returned
            | Self::ByHand
            | Self::InsuredLost
            | Self::Moved
            | Self::Withdrawn
            | Self::OtherEmployer
            | Self::Protected
            | Self::TooClose
            | Self::Expired
            | Self::Exposed => false,
        }
    }
}

coded! {
    /// Why a card is held (R2, B4).
    pub enum HoldReason {
        /// 任意継続: has no employer.
        Voluntary = "voluntary",
        /// 全喪: the employer has withdrawn.
        Withdrawn = "withdrawn",
        /// The member has no employer on record.
        NoEmployer = "no_employer",
        /// 代表住所がない
        NoAddress = "no_address",
        /// Something on the card cannot be printed; the detail names it (B4).
        Unprintable = "unprintable",
        /// A clerk stopped it.
        ByHand = "by_hand",
        /// 代表住所の変更: waits until another person than the importer confirms the new address (R6).
        AddressChanged = "address_changed",
        /// The insured is lost or has another number, and the family still stands in the registry (A12).
        InsuredLost = "insured_lost",
        /// 保護措置 (R7)
        Protected = "protected",
        /// A card of the other kind is on its way to the same member (S6).
        TooClose = "too_close",
    }
}

coded! {
    /// Why a card ended before it was dispatched, or why the password of a dispatched one is dead.
    pub enum DeadReason {
        /// A later reissue (V2, V4).
        Superseded = "superseded",
        /// The member chose an own password on the portal.
        SelfChanged = "self_changed",
        /// Web表示「希望しない」 (V6)
        DisplayOff = "display_off",
        /// 資格喪失 (A9)
        MemberLost = "member_lost",
        /// 記号・番号の変更 (A3)
        NumberChanged = "number_changed",
        /// 返戻 (B10)
        Returned = "returned",
        /// A clerk cancelled it.
        ByHand = "by_hand",
        /// 回復済み: the member has recovered the login since the request (L4).
        Recovered = "recovered",
        /// 別人: name and birth date are no longer those approved (A11).
        OtherPerson = "other_person",
        /// 被保険者の資格喪失 (A12)
        InsuredLost = "insured_lost",
        /// The destination is no longer the one approved (R5).
        Moved = "moved",
        /// 全喪 of the employer that it was to go to (R5).
        Withdrawn = "withdrawn",
        /// The insured is with another employer now (R5).
        OtherEmployer = "other_employer",
        /// 保護措置 (R7)
        Protected = "protected",
        /// A card of the other kind is on its way to the same member (S6).
        TooClose = "too_close",
        /// 期限切れ: its PDF was gone before it was printed (B16).
        Expired = "expired",
        /// 漏えい等: another person may have seen it.
        Exposed = "exposed",
    }
}

/// What the rules need to know of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFacts {
    /// Row id; later cards have higher ones.
    pub id: i64,
    /// What the card carries.
    pub kind: CardKind,
    /// The state of the card.
    pub state: CardState,
    /// The date printed at the top right (V4, V5).
    pub issue_on: Option<NaiveDate>,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// When the dispatch was confirmed and the portal told (V7), while it is dispatched.
    pub dispatched_at: Option<DateTime<Utc>>,
    /// Why its password is dead, if it is.
    pub dead: Option<DeadReason>,
}

#[cfg(test)]
impl CardFacts {
    /// A card that was just asked for.
    pub(crate) const fn asked(id: i64, kind: CardKind) -> Self {
        let state = CardState::Queued;
        Self { id, kind, state, issue_on: None, dispatched_on: None, dispatched_at: None, dead: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_a_spoiled_card_is_never_printed_again() {
        assert!(CardStep::ALL.iter().all(|step| CardState::Spoiled.after(*step).is_none()));
    }

    #[test]
    fn v1_only_a_printed_card_is_dispatched() {
        let from: Vec<_> = CardState::ALL.iter().filter(|s| s.after(CardStep::Dispatch).is_some()).collect();
        assert_eq!(from, [&CardState::Printed]);
    }
}

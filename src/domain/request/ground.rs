//! Why a request is held, rejected or answered without a card.

use super::RequestStep;
use crate::domain::coded;

coded! {
    /// A ground; each has a reply text in `assets/scripts/replies.toml`.
    pub enum Ground {
        /// 折返しの電話を待つ
        CallBack = "call_back",
        /// 事業所に確認中
        AskEmployer = "ask_employer",
        /// 記載が足りない: the sender is asked for more.
        Incomplete = "incomplete",
        /// The card was cancelled or pulled before it could be sent.
        CardFell = "card_fell",
        /// 未登録: the answer is "register", not a card (L1).
        NotRegistered = "not_registered",
        /// 資格喪失
        Left = "left",
        /// 番号変更: register again with the new number (A3).
        NumberChanged = "number_changed",
        /// 本人と確認できない
        NotIdentified = "not_identified",
        /// 別の用件: not about login data; another section answers.
        OtherInquiry = "other_inquiry",
        /// 本人が取り下げた
        Withdrawn = "withdrawn",
        /// 手配済み: a card is on its way already.
        Arranged = "arranged",
        /// 回復済み: the member uses the login again (L4, Q-9).
        Recovered = "recovered",
    }
}

impl Ground {
    /// The step that it is the ground of.
    pub const fn step(self) -> RequestStep {
        match self {
            Self::CallBack | Self::AskEmployer | Self::Incomplete | Self::CardFell => RequestStep::Hold,
            Self::NotRegistered | Self::Left | Self::NumberChanged | Self::NotIdentified | Self::Withdrawn => {
                RequestStep::Reject
            }
            Self::OtherInquiry | Self::Arranged | Self::Recovered => RequestStep::Answer,
        }
    }

    /// Whether it can be the ground of a step. Another matter was a rejection once, and scripts may still say so.
    pub fn fits(self, step: RequestStep) -> bool {
        self.step() == step || (self == Self::OtherInquiry && step == RequestStep::Reject)
    }

    /// whether the reply discloses something of the registry; such a reply is sent to an identified person only.
    pub const fn discloses(self) -> bool {
        match self {
            Self::NotRegistered | Self::Left | Self::NumberChanged | Self::Arranged | Self::Recovered => true,
            Self::CallBack
            | Self::AskEmployer
            | Self::Incomplete
            | Self::CardFell
            | Self::NotIdentified
            | Self::OtherInquiry
            | Self::Withdrawn => false,
        }
    }
}

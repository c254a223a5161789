//! What callers ask about.

use super::{Case, Never};
use crate::domain::coded;

coded! {
    /// A topic of the guide, in the order of the clerk's menu.
    pub enum Topic {
        /// Cannot log in with the password from a card.
        LoginWithCard = "login_with_card",
        /// Viewing password rejected.
        ViewingRejected = "viewing_rejected",
        /// 巡回主婦健診 menu missing.
        CheckupMenu = "checkup_menu",
        /// Cannot log in after leaving.
        AfterLeaving = "after_leaving",
        /// Card did not arrive.
        CardNotArrived = "card_not_arrived",
        /// Number changed, cannot log in.
        NumberChanged = "number_changed",
        /// Wants old records.
        OldRecords = "old_records",
        /// 健康ポイント: questions about health points.
        HealthPoints = "health_points",
        /// Is the caller registered?
        Registered = "registered",
        /// Mails do not arrive.
        MailMissing = "mail_missing",
        /// Wants to see 健診 / 医療費.
        HowToView = "how_to_view",
    }
}

impl Topic {
    /// The branches that this topic can end in; each has words in the topic's script or the common one.
    pub const fn cases(self) -> &'static [Case] {
        use Case::*;
        match self {
            Self::LoginWithCard => &[
                NotRegistered,
                Left,
                OldNumber,
                CardIsViewing,
                NoticeCurrent,
                NoticeUsed,
                NoticeExpired,
                NoticeNotNeeded,
                NoticeReplaced,
                UnknownCard,
                NoCardSent,
            ],
            Self::ViewingRejected => &[
                NotRegistered,
                Left,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                OneOff,
                ReissueWaiting,
                ReissuePlanned,
                OffAndOnWaiting,
                OffAndOnPlanned,
                SelfChanged,
                CardIsLogin,
                CardReplaced,
                CardSwitchedOff,
                CardCurrent,
                UnknownCard,
                Returned,
                Held,
                NoPassword,
            ],
            Self::CheckupMenu => {
                &[NotRegistered, Left, OldNumber, AsksInsured, NotEligible, DeadlinePassed, MenuShows, MenuShowsUntil]
            }
            Self::AfterLeaving => {
                &[NotRegistered, OldNumber, StillInsured, LeavingSoon, Left, LeftWantsMedical, LeftWantsCheckup]
            }
            Self::CardNotArrived => &[
                NotRegistered,
                Left,
                OldNumber,
                DisplayOff,
                Queued,
                OneOff,
                Held,
                Planned,
                Dispatched,
                ReceiptAwaited,
                ReceiptOverdue,
                ReceiptReturned,
                Returned,
                NoCardSent,
            ],
            Self::NumberChanged => &[Left, OldNumber, RegisterAgain, RegisteredAgain, NoChange],
            Self::OldRecords => &[Left, OldNumber, NoOldRecord, NotCarriedOver, RegisterFirst, DisplayOff, CarriedOver],
            Self::HealthPoints => {
                &[NotRegistered, Left, OldNumber, NotApplied, MailWithinMonth, MailBounced, MailOverdue]
            }
            Self::Registered => &[NotRegistered, Left, OldNumber, IsRegistered],
            Self::MailMissing => &[
                NotRegistered,
                Left,
                OldNumber,
                MailBounced,
                BouncedCanLogIn,
                BouncedCannotLogIn,
                MailChanged,
                MailFiltered,
            ],
            Self::HowToView => &[
                NotRegistered,
                Left,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                OneOff,
                Held,
                NoPassword,
                ViewsBoth,
                ViewsCheckup,
            ],
        }
    }

    /// What must not be said or done on this topic, the nearest temptation first. All five always hold.
    pub const fn never(self) -> [Never; 5] {
        use Never::*;
        match self {
            Self::LoginWithCard | Self::ViewingRejected | Self::HowToView => {
                [Password, ReadMail, ChangeDestination, Spouse, PaperByPhone]
            }
            Self::CheckupMenu => [Spouse, Password, ReadMail, ChangeDestination, PaperByPhone],
            Self::AfterLeaving | Self::OldRecords => [PaperByPhone, Password, ReadMail, Spouse, ChangeDestination],
            Self::CardNotArrived => [ChangeDestination, Password, Spouse, ReadMail, PaperByPhone],
            Self::MailMissing | Self::HealthPoints => [ReadMail, Password, Spouse, ChangeDestination, PaperByPhone],
            Self::Registered | Self::NumberChanged => [Spouse, Password, ReadMail, ChangeDestination, PaperByPhone],
        }
    }
}

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
        /// Forgot the login ID or password.
        ForgotLogin = "forgot_login",
        /// Forgot the viewing password.
        ForgotViewing = "forgot_viewing",
        /// Wants to change the viewing password.
        ChangeViewing = "change_viewing",
        /// Wants to change the login password.
        ChangeLogin = "change_login",
        /// Wants to change the mail address.
        ChangeMail = "change_mail",
        /// Wants to change the secret question.
        ChangeQuestion = "change_question",
        /// Where symbol, number and branch are printed.
        WhereIsMyNumber = "where_is_my_number",
        /// Needs 医療費のお知らせ quickly.
        UrgentMedical = "urgent_medical",
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
                Died,
                OldNumber,
                CardIsViewing,
                NoticeCurrent,
                NoticeUsed,
                NoticeExpired,
                NoticeNotNeeded,
                NoticeReplaced,
                UnknownCard,
                SentLately,
                NoCardSent,
            ],
            Self::ViewingRejected => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                ReissueWaiting,
                ReissuePlanned,
                OffAndOnWaiting,
                OffAndOnPlanned,
                EndedWaiting,
                EndedPlanned,
                SelfChanged,
                SentLately,
                CardIsLogin,
                CardReplaced,
                CardSwitchedOff,
                CardEnded,
                CardCurrent,
                UnknownCard,
                Held,
                NoPassword,
            ],
            Self::CheckupMenu => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                AsksInsured,
                AsksInsuredLate,
                NotEligible,
                DeadlinePassed,
                MenuShows,
                MenuShowsUntil,
            ],
            Self::AfterLeaving => &[
                NotRegistered,
                OldNumber,
                StillInsured,
                GoesOnVoluntarily,
                InsuredLeft,
                LeavingSoon,
                Left,
                Died,
                LeftWantsMedical,
                LeftDependent,
                LeftWantsCheckup,
            ],
            Self::CardNotArrived => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                DisplayOff,
                WhichCard,
                Queued,
                QueuedLong,
                Held,
                Planned,
                SentLately,
                Dispatched,
                ReceiptAwaited,
                ReceiptOverdue,
                ReceiptReturned,
                SentVoid,
                RequestOpen,
                Interrupted,
                NoCardSent,
            ],
            Self::NumberChanged => {
                &[Left, Died, OldNumber, ChangesOn, RegisterAgain, RegisteredAgain, NotRegistered, NoChange]
            }
            Self::OldRecords => &[
                Left,
                Died,
                OldNumber,
                NoOldRecord,
                NotCarriedOver,
                RegisterFirst,
                DisplayOff,
                CarriedOverWaiting,
                SentLately,
                Held,
                NoPassword,
                CarriedOver,
            ],
            Self::HealthPoints => {
                &[NotRegistered, Left, Died, OldNumber, NotApplied, MailWithinMonth, MailBounced, MailOverdue]
            }
            Self::Registered => &[NotRegistered, Left, Died, OldNumber, IsRegistered],
            Self::MailMissing => &[
                NotRegistered,
                Left,
                Died,
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
                Died,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                Held,
                NoPassword,
                SentLately,
                ViewsBoth,
                ViewsCheckup,
            ],
            Self::ForgotLogin => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                TryReset,
                NoSuchUser,
                RequestOpen,
                NoticeWaiting,
                NoticePlanned,
                NoticeSent,
                Held,
            ],
            Self::ForgotViewing => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                Held,
                NoPassword,
                SentLately,
                ReissueStops,
            ],
            Self::ChangeViewing => &[
                NotRegistered,
                Left,
                Died,
                OldNumber,
                DisplayOff,
                Issuing,
                IssuingPlanned,
                Held,
                NoPassword,
                SentLately,
                LoginFirst,
                ChangeOnPortal,
            ],
            Self::ChangeLogin | Self::ChangeMail | Self::ChangeQuestion => {
                &[NotRegistered, Left, Died, OldNumber, LoginFirst, ChangeOnPortal]
            }
            Self::WhereIsMyNumber => &[Left, Died, OldNumber, NumberOnPapers],
            Self::UrgentMedical => &[LeftWantsMedical, LeftDependent, Died, OldNumber, InWriting, AskInsured],
        }
    }

    /// What must not be said or done on this topic, the nearest temptation first. All five always hold.
    pub const fn never(self) -> [Never; 5] {
        use Never::*;
        match self {
            Self::LoginWithCard
            | Self::ViewingRejected
            | Self::HowToView
            | Self::ForgotLogin
            | Self::ForgotViewing
            | Self::ChangeViewing
            | Self::ChangeLogin
            | Self::ChangeQuestion => [Password, ReadMail, ChangeDestination, Spouse, PaperByPhone],
            Self::CheckupMenu => [Spouse, Password, ReadMail, ChangeDestination, PaperByPhone],
            Self::AfterLeaving | Self::OldRecords | Self::UrgentMedical => {
                [PaperByPhone, Password, ReadMail, Spouse, ChangeDestination]
            }
            Self::CardNotArrived => [ChangeDestination, Password, Spouse, ReadMail, PaperByPhone],
            Self::MailMissing | Self::HealthPoints | Self::ChangeMail => {
                [ReadMail, Password, Spouse, ChangeDestination, PaperByPhone]
            }
            Self::Registered | Self::NumberChanged | Self::WhereIsMyNumber => {
                [Spouse, Password, ReadMail, ChangeDestination, PaperByPhone]
            }
        }
    }
}

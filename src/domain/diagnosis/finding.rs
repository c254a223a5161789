//! What a diagnosis rests on.

use super::{Slot, SlotValue};
use crate::domain::coded;
use chrono::NaiveDate;

coded! {
    /// A kind of finding. Its values are fixed by [`What::slots`].
    pub enum What {
        /// Registered on the portal.
        Registered = "registered",
        /// There was never an account.
        NeverRegistered = "never_registered",
        /// "No such user" at the reset does not prove that there is no account (A5).
        ResetProvesNothing = "reset_proves_nothing",
        /// 資格喪失
        Lost = "lost",
        /// 資格喪失 by death.
        Died = "died",
        /// A loss that lies ahead.
        LossAhead = "loss_ahead",
        /// No loss on file.
        NoLoss = "no_loss",
        /// The insured's coverage has ended, this dependent's has not (A12).
        InsuredLeft = "insured_left",
        /// The account is deleted (A9).
        AccountClosed = "account_closed",
        /// A new record of the same person exists (A3).
        Successor = "successor",
        /// A new number that holds from a day to come.
        ChangesOn = "changes_on",
        /// A former record of the same person exists.
        Predecessor = "predecessor",
        /// No other record of the person.
        NoPredecessor = "no_predecessor",
        /// The reason of the change carries records over (A10).
        CarriesOver = "carries_over",
        /// It does not (A10).
        DoesNotCarryOver = "does_not_carry_over",

        /// 希望する
        DisplayOn = "display_on",
        /// 希望しない
        DisplayOff = "display_off",
        /// The member chose the viewing password.
        SelfChanged = "self_changed",
        /// A viewing password works now.
        Usable = "usable",
        /// No viewing password is valid.
        NoPassword = "no_password",

        /// A viewing-password card waits.
        ViewingQueued = "viewing_queued",
        /// A login notice waits.
        LoginQueued = "login_queued",
        /// Business days since a card was asked for.
        Waited = "waited",
        /// A card was cancelled or pulled by the society (P1).
        Interrupted = "interrupted",
        /// A card is held (R2, B4).
        Held = "held",
        /// What the clerk does about that.
        HeldNext = "held_next",
        /// No card can go to the employer (R2).
        NoRoute = "no_route",
        /// R7: a protective measure stands.
        Protected = "protected",
        /// When the society gets back to the member (R8).
        CallOn = "call_on",
        /// A card is in an exported batch.
        Planned = "planned",
        /// That day has passed.
        PlannedLate = "planned_late",
        /// A card on paper is taken out before the dispatch (B7).
        WillBePulled = "will_be_pulled",
        /// The employer that a card was sent to is the insured's no longer.
        FormerEmployer = "former_employer",
        /// 任意継続: the insurance goes on without an employer.
        Voluntary = "voluntary",
        /// The receipt names the card as not handed over (B15).
        Undelivered = "undelivered",
        /// The card goes, or went, to an approved one-off address (R3).
        OneOff = "one_off",
        /// The last dispatched card is a viewing-password card.
        ViewingSent = "viewing_sent",
        /// The last dispatched card is a login notice.
        LoginSent = "login_sent",
        /// The card has this serial.
        Serial = "serial",
        /// The caller has a card that was never sent.
        NotSent = "not_sent",
        /// A card waits beside one of the other kind (S6), no day known.
        Apart = "apart",
        /// The same, with the day from which it may leave.
        ApartUntil = "apart_until",
        /// An earlier card is dead (V2, V4).
        EarlierDead = "earlier_dead",
        /// The card came back (B10).
        Returned = "returned",
        /// No card was sent.
        NoneSent = "none_sent",
        /// No card waits to be sent, and none was sent.
        NoCard = "no_card",
        /// No dispatched card has the date or serial that the caller read out.
        NoSuchCard = "no_such_card",
        /// The employer's receipt is back.
        ReceiptBack = "receipt_back",
        /// The receipt is not back yet.
        ReceiptAwaited = "receipt_awaited",
        /// The receipt is overdue (B9).
        ReceiptOverdue = "receipt_overdue",

        /// A request for login data is open.
        RequestOpen = "request_open",
        /// A8: the member alone changes it.
        OwnChange = "own_change",
        /// The number is not told by phone.
        NotByPhone = "not_by_phone",
        /// The member changed the login password.
        LoginChanged = "login_changed",
        /// The last day of a temporary login password (L5).
        LoginEnds = "login_ends",
        /// It has passed.
        LoginEnded = "login_ended",
        /// A mail bounced.
        Bounced = "bounced",
        /// The member changed the mail address.
        MailChanged = "mail_changed",
        /// No mail has bounced.
        NoBounce = "no_bounce",

        /// Eligible for 巡回主婦健診.
        Eligible = "eligible",
        /// Not eligible for 巡回主婦健診.
        NotEligible = "not_eligible",
        /// The menu shows in the dependent's account only.
        DependentsOnly = "dependents_only",
        /// The application deadline.
        Deadline = "deadline",
        /// It has passed.
        DeadlinePassed = "deadline_passed",
        /// None is set.
        NoDeadline = "no_deadline",

        /// Health points applied for.
        Applied = "applied",
        /// No application on file.
        NotApplied = "not_applied",
        /// The mail should be there by now, or soon.
        MailExpected = "mail_expected",

        /// Insured see both (A7).
        SeesBoth = "sees_both",
        /// Dependents see 健診結果 only (A7).
        SeesCheckup = "sees_checkup",
        /// 医療費のお知らせ is the insured's alone (A7).
        InsuredOnly = "insured_only",
        /// 医療費のお知らせ: written application only.
        MedicalInWriting = "medical_in_writing",
        /// 健診結果 after leaving: not possible.
        NoCheckupAfterLeaving = "no_checkup_after_leaving",
    }
}

impl What {
    /// The values that such a finding carries, in this order.
    pub const fn slots(self) -> &'static [Slot] {
        match self {
            Self::Registered => &[Slot::RegisteredOn],
            Self::Lost | Self::Died | Self::LossAhead => &[Slot::LostOn],
            Self::AccountClosed => &[Slot::ClosedOn],
            Self::ChangesOn => &[Slot::AcquiredOn],
            Self::Waited => &[Slot::Days],
            Self::RequestOpen => &[Slot::ReceivedOn],
            Self::Successor | Self::Predecessor => &[Slot::OtherKey],
            Self::SelfChanged | Self::LoginChanged | Self::MailChanged => &[Slot::ChangedOn],
            Self::LoginEnds | Self::LoginEnded => &[Slot::ValidUntil],
            Self::ViewingQueued | Self::LoginQueued | Self::Interrupted | Self::WillBePulled => &[Slot::AskedOn],
            Self::Held => &[Slot::AskedOn, Slot::Obstacle],
            Self::NoRoute => &[Slot::Obstacle],
            Self::CallOn => &[Slot::CallOn],
            Self::HeldNext => &[Slot::Remedy],
            Self::Planned => &[Slot::PlannedOn, Slot::Employer],
            Self::PlannedLate => &[Slot::PlannedOn],
            Self::OneOff => &[Slot::Addressee],
            Self::ViewingSent | Self::LoginSent => &[Slot::DispatchedOn, Slot::Employer, Slot::IssuedOn],
            Self::Serial | Self::NotSent => &[Slot::Serial],
            Self::EarlierDead => &[Slot::EarlierOn, Slot::DeadOn],
            Self::Returned => &[Slot::ReturnedOn],
            Self::ReceiptBack => &[Slot::ReceiptOn],
            Self::Undelivered => &[Slot::ReceiptOn, Slot::Cause],
            Self::ApartUntil => &[Slot::FreeOn],
            Self::Bounced => &[Slot::BouncedOn],
            Self::Deadline | Self::DeadlinePassed => &[Slot::Deadline],
            Self::Applied => &[Slot::AppliedOn],
            Self::MailExpected => &[Slot::ExpectedBy],
            Self::NeverRegistered
            | Self::ResetProvesNothing
            | Self::NoLoss
            | Self::InsuredLeft
            | Self::NoPredecessor
            | Self::CarriesOver
            | Self::DoesNotCarryOver
            | Self::DisplayOn
            | Self::DisplayOff
            | Self::NoPassword
            | Self::Protected
            | Self::Usable
            | Self::OwnChange
            | Self::NotByPhone
            | Self::InsuredOnly
            | Self::NoCard
            | Self::NoneSent
            | Self::NoSuchCard
            | Self::FormerEmployer
            | Self::Voluntary
            | Self::Apart
            | Self::ReceiptAwaited
            | Self::ReceiptOverdue
            | Self::NoBounce
            | Self::Eligible
            | Self::NotEligible
            | Self::DependentsOnly
            | Self::NoDeadline
            | Self::NotApplied
            | Self::SeesBoth
            | Self::SeesCheckup
            | Self::MedicalInWriting
            | Self::NoCheckupAfterLeaving => &[],
        }
    }

    /// The finding without values.
    pub(super) fn so(self) -> DiagnosisFinding {
        self.with([])
    }

    /// The finding on one day.
    pub(super) fn on(self, day: NaiveDate) -> DiagnosisFinding {
        self.with([day.into()])
    }

    /// The finding with its values, in the order of [`What::slots`].
    pub(super) fn with<const N: usize>(self, values: [SlotValue; N]) -> DiagnosisFinding {
        debug_assert_eq!(self.slots().len(), N, "{self:?}");
        DiagnosisFinding { what: self, values: self.slots().iter().copied().zip(values).collect() }
    }
}

/// One thing that was found, with its dates and names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisFinding {
    /// The kind of finding.
    pub what: What,
    /// Its values by name.
    pub values: Vec<(Slot, SlotValue)>,
}

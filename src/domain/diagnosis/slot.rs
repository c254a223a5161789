//! The named places in a script's sentences.

use crate::domain::{HoldReason, UndeliveredReason, coded};
use chrono::NaiveDate;

coded! {
    /// A placeholder, written `{code}` in a script.
    pub enum Slot {
        /// When the member registered.
        RegisteredOn = "registered_on",
        /// When the account was deleted.
        ClosedOn = "closed_on",
        /// 資格喪失日
        LostOn = "lost_on",
        /// From when a new number holds.
        AcquiredOn = "acquired_on",
        /// When a request came in.
        ReceivedOn = "received_on",
        /// Business days waited.
        Days = "days",
        /// The key of another record of the same person.
        OtherKey = "other_key",
        /// When a card was asked for.
        AskedOn = "asked_on",
        /// The planned dispatch date.
        PlannedOn = "planned_on",
        /// The issue date of the card that counts, at its top right.
        IssuedOn = "issued_on",
        /// The serial of the card that counts.
        Serial = "serial",
        /// 発送日
        DispatchedOn = "dispatched_on",
        /// When the employer returned the receipt.
        ReceiptOn = "receipt_on",
        /// When the card came back.
        ReturnedOn = "returned_on",
        /// The issue date of a card that no longer counts.
        EarlierOn = "earlier_on",
        /// The issue date that the caller read out.
        SaidOn = "said_on",
        /// When a card died.
        DeadOn = "dead_on",
        /// When the member changed a password or an address.
        ChangedOn = "changed_on",
        /// The last day of a temporary login password.
        ValidUntil = "valid_until",
        /// When a mail bounced.
        BouncedOn = "bounced_on",
        /// When health points were applied for.
        AppliedOn = "applied_on",
        /// By when the points' mail should be there.
        ExpectedBy = "expected_by",
        /// The deadline of 巡回主婦健診.
        Deadline = "deadline",
        /// Why a card is held, as a member may hear it.
        Obstacle = "obstacle",
        /// What the clerk does about that.
        Remedy = "remedy",
        /// Why a card was not handed over (B15).
        Cause = "cause",
        /// From when a card may leave (S6).
        FreeOn = "free_on",
        /// By when the society gets back to the member.
        CallOn = "call_on",
        /// The employer's name.
        Employer = "employer",
        /// Who gets a card at a one-off address (R3).
        Addressee = "addressee",
        /// お勤め先, of the caller or of the insured: known for every call.
        Workplace = "workplace",
        /// The section for 医療費のお知らせ with its number: known for every call.
        MedicalSection = "medical_section",
        /// The section for health projects with its number: known for every call.
        HealthSection = "health_section",
        /// The portal's name: known for every call.
        Portal = "portal",
        /// How a password from a card is typed: known for every call.
        PasswordForm = "password_form",
        /// The name of a section.
        Section = "section",
        /// A phone number.
        Phone = "phone",
        /// The kinds of characters of a password.
        Characters = "characters",
    }
}

/// What a placeholder stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotValue {
    /// A day, spoken or written in the language of the script.
    Day(NaiveDate),
    /// A name, key or serial as it is.
    Text(String),
    /// Why a card is held: in words of the script.
    Hold(HoldReason),
    /// Why a card was not handed over: in words of the script.
    Undelivered(UndeliveredReason),
}

impl From<UndeliveredReason> for SlotValue {
    fn from(reason: UndeliveredReason) -> Self {
        Self::Undelivered(reason)
    }
}

impl From<HoldReason> for SlotValue {
    fn from(reason: HoldReason) -> Self {
        Self::Hold(reason)
    }
}

impl From<NaiveDate> for SlotValue {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<&str> for SlotValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

//! The branches of the guide.

use crate::domain::coded;

coded! {
    /// A branch: it decides the words. Which topic can end in which case is in [`Topic::cases`](super::Topic::cases).
    pub enum Case {
        /// No account, and none before.
        NotRegistered = "not_registered",
        /// The account was deleted (A9), and the member is insured.
        RegistrationDeleted = "registration_deleted",
        /// 資格喪失: the account is deleted (A9).
        Left = "left",
        /// 資格喪失 by death: the words are the bereaved's.
        Died = "died",
        /// The record is that of a former symbol and number (A3).
        OldNumber = "old_number",
        /// The same, and there is an account under the new number.
        OldNumberRegistered = "old_number_registered",
        /// Web表示 is 希望しない (V6).
        DisplayOff = "display_off",
        /// The coverage of the insured has ended, and nothing is said yet of this dependent's (A12).
        InsuredLeft = "insured_left",

        /// The card in hand carries the viewing password.
        CardIsViewing = "card_is_viewing",
        /// The card in hand carries login data.
        CardIsLogin = "card_is_login",
        /// The login notice in hand is the newest: a matter of typing.
        NoticeCurrent = "notice_current",
        /// The temporary login password has been changed since (L3).
        NoticeUsed = "notice_used",
        /// A newer login notice has been dispatched (L2).
        NoticeReplaced = "notice_replaced",
        /// The temporary password has run out (L5).
        NoticeExpired = "notice_expired",
        /// The member used the login before the notice left: the portal passed it over (L4).
        NoticeNotNeeded = "notice_not_needed",
        /// The card that the caller describes is not on file.
        UnknownCard = "unknown_card",
        /// No card has been sent and none is on its way.
        NoCardSent = "no_card_sent",

        /// パスワード発行中 (V1), no day known.
        Issuing = "issuing",
        /// パスワード発行中, with the planned dispatch date.
        IssuingPlanned = "issuing_planned",
        /// A reissue killed the card in hand (V2), no day known for the new one.
        ReissueWaiting = "reissue_waiting",
        /// The same, with the planned dispatch date.
        ReissuePlanned = "reissue_planned",
        /// The display was switched off and on again (V7), no day known for the new card.
        OffAndOnWaiting = "off_and_on_waiting",
        /// The same, with the planned dispatch date.
        OffAndOnPlanned = "off_and_on_planned",
        /// The display was switched off since the card in hand, and a newer card has been dispatched.
        CardSwitchedOff = "card_switched_off",
        /// The password in hand has ended otherwise than by a reissue (V7), no day known for the new card.
        EndedWaiting = "ended_waiting",
        /// The same, with the planned dispatch date.
        EndedPlanned = "ended_planned",
        /// The same, and a newer card has been dispatched.
        CardEnded = "card_ended",
        /// The member chose another viewing password (A8).
        SelfChanged = "self_changed",
        /// A newer card has been dispatched (V4).
        CardReplaced = "card_replaced",
        /// The card in hand is the valid one: a matter of typing.
        CardCurrent = "card_current",
        /// The card came back and its password is revoked (B10).
        Returned = "returned",
        /// The planned day has passed, and the dispatch was not confirmed (V5).
        PlannedLate = "planned_late",
        /// On paper, and the gate does not let it leave (B7).
        StoppedOnPaper = "stopped_on_paper",
        /// The employer could not hand it over (B15).
        Undelivered = "undelivered",
        /// The same, with the day by which the society gets back to the member.
        UndeliveredUntil = "undelivered_until",
        /// It was sent to an employer that is the insured's no longer (R1).
        SentToFormer = "sent_to_former",
        /// The login notice came back and its password is revoked (B10).
        NoticeReturned = "notice_returned",
        /// The card in hand was spoiled or pulled, or its dispatch is not confirmed.
        CardNotSent = "card_not_sent",
        /// The card leaves after one of the other kind (S6), no day known.
        Apart = "apart",
        /// The same, with the day from which it may leave.
        ApartUntil = "apart_until",
        /// The card is held: no usable route (R2).
        Held = "held",
        /// The same, with the day by which the society gets back to the member (R8).
        HeldUntil = "held_until",
        /// R7: a protective measure stands; no caller is told anything.
        Protected = "protected",
        /// Web表示 is 希望しない, and a card would have nowhere to go (R8).
        DisplayOffNoRoute = "display_off_no_route",
        /// No card, and a new one would have nowhere to go (R8).
        NoCardNoRoute = "no_card_no_route",
        /// A reissue ends a password that works, and its card would have nowhere to go (R8).
        ReissueNoRoute = "reissue_no_route",
        /// A login notice can be asked for, and would have nowhere to go (R8).
        NoticeNoRoute = "notice_no_route",
        /// No valid viewing password and no card on its way.
        NoPassword = "no_password",

        /// The menu shows in the dependent's own account only.
        AsksInsured = "asks_insured",
        /// The same, after the deadline.
        AsksInsuredLate = "asks_insured_late",
        /// Not eligible for 巡回主婦健診.
        NotEligible = "not_eligible",
        /// The application deadline has passed.
        DeadlinePassed = "deadline_passed",
        /// The menu should show; no deadline is set.
        MenuShows = "menu_shows",
        /// The menu should show until the deadline.
        MenuShowsUntil = "menu_shows_until",

        /// The registry knows of no loss.
        StillInsured = "still_insured",
        /// 任意継続: the insured has left the employer, and the insurance goes on.
        GoesOnVoluntarily = "goes_on_voluntarily",
        /// The loss lies ahead.
        LeavingSoon = "leaving_soon",
        /// Left, wants 医療費のお知らせ.
        LeftWantsMedical = "left_wants_medical",
        /// A former dependent wants 医療費のお知らせ, which is the insured's.
        LeftDependent = "left_dependent",
        /// Left, wants 健診結果.
        LeftWantsCheckup = "left_wants_checkup",

        /// Cards of both kinds, and the caller has not said which one.
        WhichCard = "which_card",
        /// Waiting in the queue or in a draft.
        Queued = "queued",
        /// Waiting longer than a week of business days.
        QueuedLong = "queued_long",
        /// It goes to a one-off address that two supervisors approved (R3).
        OneOff = "one_off",
        /// The same, in an exported batch with a planned dispatch date.
        OneOffPlanned = "one_off_planned",
        /// It went there.
        OneOffSent = "one_off_sent",
        /// In an exported batch with a planned dispatch date.
        Planned = "planned",
        /// Dispatched within the last business days: still in the post.
        SentLately = "sent_lately",
        /// Dispatched by single post: there is no receipt (R4).
        Dispatched = "dispatched",
        /// Dispatched; the receipt is not due yet.
        ReceiptAwaited = "receipt_awaited",
        /// Dispatched; the receipt is overdue (B9).
        ReceiptOverdue = "receipt_overdue",
        /// Dispatched, and its password has ended since (V4).
        SentVoid = "sent_void",
        /// The employer has returned the receipt.
        ReceiptReturned = "receipt_returned",

        /// Cancelled or pulled by the society while it is still wanted (P1).
        Interrupted = "interrupted",

        /// The number changes on a day to come.
        ChangesOn = "changes_on",
        /// New number, not yet registered with it.
        RegisterAgain = "register_again",
        /// New number, registered with it.
        RegisteredAgain = "registered_again",
        /// The registry knows of no change of number.
        NoChange = "no_change",

        /// No record under another number is known.
        NoOldRecord = "no_old_record",
        /// The reason of the change does not carry records over (A10).
        NotCarriedOver = "not_carried_over",
        /// Records carry over once the member registers (A10).
        RegisterFirst = "register_first",
        /// Old records are visible once the viewing password is there (A10, V1).
        CarriedOverWaiting = "carried_over_waiting",
        /// Old records are visible (A10).
        CarriedOver = "carried_over",

        /// No application for health points on file.
        NotApplied = "not_applied",
        /// The ID mail can still be on its way.
        MailWithinMonth = "mail_within_month",
        /// A mail of the society bounced.
        MailBounced = "mail_bounced",
        /// More than a month since the application.
        MailOverdue = "mail_overdue",

        /// There is an account.
        IsRegistered = "is_registered",

        /// Mail bounced, the caller can log in.
        BouncedCanLogIn = "bounced_can_log_in",
        /// Mail bounced, the caller cannot log in.
        BouncedCannotLogIn = "bounced_cannot_log_in",
        /// The member changed the address after the bounce.
        MailChanged = "mail_changed",
        /// Nothing bounced: a filter on the member's side.
        MailFiltered = "mail_filtered",

        /// 健診結果 and 医療費のお知らせ (A7).
        ViewsBoth = "views_both",
        /// 健診結果 only (A7).
        ViewsCheckup = "views_checkup",

        /// The reset on the portal was not tried yet (A5).
        TryReset = "try_reset",
        /// The reset finds no such user: the form, or a request by phone (A6).
        NoSuchUser = "no_such_user",
        /// A request for login data is open.
        RequestOpen = "request_open",
        /// The login notice waits for its dispatch (L2).
        NoticeWaiting = "notice_waiting",
        /// The login notice has a planned dispatch date.
        NoticePlanned = "notice_planned",
        /// The login notice was sent, and nothing has replaced it since.
        NoticeSent = "notice_sent",

        /// A usable viewing password exists; a reissue ends it (V2).
        ReissueStops = "reissue_stops",

        /// The member changes it on the portal (A8).
        ChangeOnPortal = "change_on_portal",
        /// The member has to log in first.
        LoginFirst = "login_first",

        /// Where symbol, number and branch are printed.
        NumberOnPapers = "number_on_papers",

        /// 医療費のお知らせ in a hurry: written application.
        InWriting = "in_writing",
        /// A dependent asks; the notice is the insured's (A7).
        AskInsured = "ask_insured",
    }
}

impl Case {
    /// Cases that any topic can end in: another number (A3), a card that does not come, or not as usual (R3, R7, R8, S6, B7,
    /// B10, B15). Their words are common.
    pub const OF_ANY_TOPIC: &'static [Self] = &[
        Self::OldNumberRegistered,
        Self::RegisterAgain,
        Self::RegistrationDeleted,
        Self::PlannedLate,
        Self::StoppedOnPaper,
        Self::Undelivered,
        Self::UndeliveredUntil,
        Self::SentToFormer,
        Self::Returned,
        Self::NoticeReturned,
        Self::CardNotSent,
        Self::Apart,
        Self::ApartUntil,
        Self::OneOff,
        Self::OneOffPlanned,
        Self::OneOffSent,
        Self::HeldUntil,
        Self::Protected,
        Self::DisplayOffNoRoute,
        Self::NoCardNoRoute,
        Self::ReissueNoRoute,
        Self::NoticeNoRoute,
    ];

    /// Whether the words say that the society gets back to the member (P1).
    pub const fn promises_contact(self) -> bool {
        matches!(
            self,
            Self::QueuedLong
                | Self::Held
                | Self::InsuredLeft
                | Self::HeldUntil
                | Self::PlannedLate
                | Self::StoppedOnPaper
                | Self::Undelivered
                | Self::UndeliveredUntil
                | Self::SentToFormer
                | Self::CardNotSent
                | Self::Protected
                | Self::DisplayOffNoRoute
                | Self::NoCardNoRoute
                | Self::ReissueNoRoute
                | Self::NoticeNoRoute
        )
    }
}

//! Why a batch did not make a step.

use crate::domain::gate::ApprovalChange;
use crate::domain::{BatchNumber, BatchState, BatchStep, CardState, HoldReason};
use crate::usecases::last_transition::LastTransition;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Why a batch did not make a step.
#[derive(Debug, Clone, PartialEq)]
pub enum BatchRefusal {
    /// Nothing in the queue fits.
    NothingToDraft,
    /// R2: every card that fits has lost its route since it was asked for. They are held now, by reason; there is no batch.
    AllHeld(BTreeMap<HoldReason, usize>),
    /// S6: every card that fits is too close to one of the other kind of the same member.
    AllTooClose {
        /// Number of cards.
        cards: usize,
        /// The first day on which one of them may leave, where that is known.
        first: Option<NaiveDate>,
    },
    /// Nothing in the queue fits any more: another batch has just taken it.
    JustDrafted(LastTransition),
    /// No such batch.
    Unknown(String),
    /// The batch cannot make this step from where it is.
    Step {
        /// Number of the batch.
        batch: BatchNumber,
        /// Where it is.
        state: BatchState,
        /// What was asked.
        step: BatchStep,
        /// Who was faster, where that is known.
        moved: Option<LastTransition>,
    },
    /// B3: who drafted does not approve.
    FourEyes(BatchNumber),
    /// B11: what would be printed is not what was approved.
    ChangedSinceApproval(Vec<ApprovalChange>),
    /// B11: the draft is another by now than the one that the approver saw.
    OtherThanShown(BatchNumber),
    /// B17: the draft was sent back, and waits for an answer or a change.
    SentBack(SentBackDraft),
    /// B15: the card is not with its employer.
    NotOutThere {
        /// Serial of the card.
        serial: String,
        /// Where it is.
        state: CardState,
    },
    /// B9: the receipt is recorded already, with another day.
    ReceiptKnown {
        /// Number of the batch.
        batch: BatchNumber,
        /// 事業所記号
        employer: String,
        /// The recorded day.
        on: NaiveDate,
    },
    /// B9: the batch has no parcel of this employer.
    NoParcel {
        /// Number of the batch.
        batch: BatchNumber,
        /// 事業所記号
        employer: String,
    },
    /// B15: the card of this serial is in another employer's parcel.
    OtherParcel(String),
    /// V5: dispatch is not confirmed before the printed date.
    TooEarly {
        /// Number of the batch.
        batch: BatchNumber,
        /// The printed date.
        planned: NaiveDate,
    },
    /// B6: no such serial in the batch.
    SerialUnknown(String),
    /// Not a carrier's number of a parcel.
    BadTracking(String),
    /// B7: these must be pulled and were not named.
    MustPull(Vec<String>),
    /// B13: spoiled cards are being made again; their print is to be noted first.
    RemakeOpen(BatchNumber),
    /// S4: the batch was exported with a passphrase, and a remake asks for one, too.
    NeedsPassphrase(BatchNumber),
    /// B13: the batch has no spoiled cards that can be made again in it.
    NothingToRemake(BatchNumber),
    /// The batch is not where this can be done; no step of it is asked for.
    OutOfPlace {
        /// Number of the batch.
        batch: BatchNumber,
        /// Where it is.
        state: BatchState,
        /// What was asked.
        act: BatchAct,
    },
    /// B12: letters and receipts list other cards than those that would be sent.
    LettersOutdated {
        /// Number of the batch.
        batch: BatchNumber,
        /// The serials that are pulled.
        pulled: Vec<String>,
    },
    /// A PDF of this number is there already, which this database knows nothing of.
    FolderTaken(PathBuf),
    /// B5: the export is recorded, but its files could not be given their names.
    ExportUnfinished {
        /// Number of the batch.
        batch: BatchNumber,
        /// What the system said of which file.
        why: String,
    },
}

/// What is done with a batch and is no step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchAct {
    /// Letters are made again: of a batch that is printed, and not sent yet (B12).
    Letters,
    /// Parcels are packed: of a batch that is printed, and not sent yet (B14).
    Pack,
    /// A receipt is recorded: of a batch that was sent (B9).
    Receipt,
    /// A masked preview: before the batch has passwords (B2).
    Preview,
    /// 差戻し: of a draft (B17).
    SendBack,
    /// 追跡番号: of a batch that is printed or was sent.
    Tracking,
}

/// A draft that was sent back and is not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SentBackDraft {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// 氏名 of the approver.
    pub by: String,
    /// Reason of the approver.
    pub reason: String,
}

impl BatchRefusal {
    /// R2: every card is held, for these reasons; without one, each was cancelled.
    pub(in crate::usecases) fn all_held(reasons: impl Iterator<Item = HoldReason>) -> Self {
        let mut held: BTreeMap<HoldReason, usize> = BTreeMap::new();
        for reason in reasons {
            *held.entry(reason).or_default() += 1;
        }
        Self::AllHeld(held)
    }

    /// The stable code for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingToDraft => "nothing_to_draft",
            Self::AllHeld(_) => "all_held",
            Self::AllTooClose { .. } => "too_close",
            Self::JustDrafted(_) => "just_drafted",
            Self::Unknown(_) => "batch_unknown",
            Self::Step { .. } | Self::OutOfPlace { .. } => "batch_state",
            Self::FourEyes(_) => "four_eyes",
            Self::ChangedSinceApproval(_) => "changed_since_approval",
            Self::OtherThanShown(_) => "other_than_shown",
            Self::SentBack(_) => "sent_back",
            Self::NotOutThere { .. } => "not_dispatched",
            Self::ReceiptKnown { .. } => "receipt_known",
            Self::NoParcel { .. } => "no_parcel",
            Self::OtherParcel(_) => "other_parcel",
            Self::TooEarly { .. } => "too_early",
            Self::SerialUnknown(_) => "serial_unknown",
            Self::BadTracking(_) => "bad_tracking",
            Self::MustPull(_) => "must_pull",
            Self::RemakeOpen(_) => "remake_open",
            Self::NeedsPassphrase(_) => "needs_passphrase",
            Self::NothingToRemake(_) => "nothing_to_remake",
            Self::LettersOutdated { .. } => "letters_outdated",
            Self::FolderTaken(_) => "folder_taken",
            Self::ExportUnfinished { .. } => "export_unfinished",
        }
    }
}

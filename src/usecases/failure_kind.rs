//! What a script does next: the kind of a failure, and the exit code that tells it.

use super::refusal::{
    BatchRefusal, DeliveryRefusal, ImportRefusal, IncidentRefusal, InstallationRefusal, IntakeRefusal, NoteRefusal,
    PersonRefusal, ReplyRefusal, RequestRefusal, TwoPeopleRefusal, UpkeepRefusal,
};
use super::{Error, Refusal};
use crate::domain::coded;
use crate::files::IoFault;
use crate::store::StoreError;

coded! {
    /// Why a command did not do all of what was asked.
    pub enum FailureKind {
        /// Refused, or failed for a cause that has no kind of its own.
        Refused = "refused",
        /// The arguments are wrong; nothing was tried.
        Usage = "usage",
        /// What was named is not there.
        NotFound = "not_found",
        /// It is there already, or another person or program was faster.
        Conflict = "conflict",
        /// The database cannot be reached now; the same command may succeed later.
        Unavailable = "unavailable",
        /// Done, except for parts of it that the answer names.
        Partial = "partial",
    }
}

impl FailureKind {
    /// The exit code of the program.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Conflict => 4,
            Self::Unavailable => 5,
            Self::Partial => 6,
        }
    }
}

impl Error {
    /// The kind of the failure.
    pub const fn kind(&self) -> FailureKind {
        match self {
            Self::Refused(refusal) => refusal.kind(),
            Self::Store(
                StoreError::Unreachable(_)
                | StoreError::Unanswered(_)
                | StoreError::Busy
                | StoreError::Crowded(_)
                | StoreError::TimedOut(_),
            ) => FailureKind::Unavailable,
            Self::Store(StoreError::Missing(_)) => FailureKind::NotFound,
            Self::Store(StoreError::Exists(_) | StoreError::Taken(_)) => FailureKind::Conflict,
            Self::Store(
                StoreError::FileMoved(_)
                | StoreError::Unusable(_)
                | StoreError::NetworkDrive { .. }
                | StoreError::Full
                | StoreError::Denied(_)
                | StoreError::LogNumber(_)
                | StoreError::Newer { .. }
                | StoreError::Older { .. }
                | StoreError::Other(_),
            )
            | Self::Print(_)
            | Self::Fonts(_)
            | Self::Stopped(_)
            | Self::Data(_)
            | Self::Secrets(_)
            | Self::BadFile { .. } => FailureKind::Refused,
        }
    }
}

impl Refusal {
    const fn kind(&self) -> FailureKind {
        match self {
            Self::StaffUnknown(_)
            | Self::SettingUnknown(_)
            | Self::MemberUnknown(_)
            | Self::CardUnknown(_)
            | Self::EmployerUnknown(_)
            | Self::Batch(BatchRefusal::Unknown(_) | BatchRefusal::SerialUnknown(_))
            | Self::Note(NoteRefusal::Unknown(_) | NoteRefusal::AddendumUnknown(_) | NoteRefusal::CallUnknown(_))
            | Self::NotInitialised
            | Self::File { why: IoFault::Missing, .. }
            | Self::Request(RequestRefusal::Unknown(_))
            | Self::Reply(ReplyRefusal::Unknown(_))
            | Self::Import(ImportRefusal::Unknown(_))
            | Self::Incident(IncidentRefusal::Unknown(_))
            | Self::Person(PersonRefusal::UnknownThen { .. })
            | Self::NothingToConfirm(_)
            | Self::TwoPeople(TwoPeopleRefusal::Unknown(_))
            | Self::Upkeep(UpkeepRefusal::NoProposal) => FailureKind::NotFound,
            Self::StaffExists(_)
            | Self::Initialised
            | Self::AlreadyQueued(_)
            | Self::CardStep { .. }
            | Self::Batch(
                BatchRefusal::Step { .. }
                | BatchRefusal::OutOfPlace { .. }
                | BatchRefusal::JustDrafted(_)
                | BatchRefusal::OtherThanShown(_)
                | BatchRefusal::FolderTaken(_),
            )
            | Self::Changed { .. }
            | Self::AddressChangedSince(_)
            | Self::FileExists(_)
            | Self::FileProtected(_)
            | Self::FileNotRegular(_)
            | Self::Request(RequestRefusal::Step { .. })
            | Self::Incident(
                IncidentRefusal::Closed(_) | IncidentRefusal::NotClosed(_) | IncidentRefusal::Twice { .. },
            )
            | Self::Installation(InstallationRefusal::FolderOfAnother { .. })
            | Self::Reply(ReplyRefusal::Step { .. })
            | Self::Import(ImportRefusal::Overtaken | ImportRefusal::FileChanged(_))
            | Self::TwoPeople(TwoPeopleRefusal::Decided { .. } | TwoPeopleRefusal::Waiting { .. })
            | Self::Upkeep(UpkeepRefusal::ProposalChanged { .. }) => FailureKind::Conflict,
            Self::WorkUnderWay { .. }
            | Self::Intake(IntakeRefusal::Running(_))
            | Self::Delivery(DeliveryRefusal::Running) => FailureKind::Unavailable,
            Self::SignIn
            | Self::CodeNeeded
            | Self::Code
            | Self::MustEnrol
            | Self::ShutOut
            | Self::MustChange
            | Self::WeakPassword(_)
            | Self::WeakPassphrase(_)
            | Self::WeakHash(_)
            | Self::NoBreakGlass(_)
            | Self::NotTheHost
            | Self::SamePassword
            | Self::Role { .. }
            | Self::StaffId(_)
            | Self::NoStaffName
            | Self::OwnAccount
            | Self::AnchorPurged { .. }
            | Self::Insurer(_)
            | Self::NotRehearsal
            | Self::BadToday(_)
            | Self::SettingValue { .. }
            | Self::NoCardsOfEmployer(_)
            | Self::SettingUnreadable(_)
            | Self::SettingUnfit { .. }
            | Self::BadKey(_)
            | Self::NoAccount(_)
            | Self::MemberLost { .. }
            | Self::DisplayOff(_)
            | Self::NeedsConfirm(_)
            | Self::NoRoute { .. }
            | Self::Address(_)
            | Self::BadDay { .. }
            | Self::Folder { .. }
            | Self::Template { .. }
            | Self::NoSender(_)
            | Self::File { .. }
            | Self::EmptyText
            | Self::NoReason
            | Self::Promise(_)
            | Self::Incident(
                IncidentRefusal::NotSent { .. } | IncidentRefusal::EmptyParcel { .. } | IncidentRefusal::Unreported(_),
            )
            | Self::Installation(
                InstallationRefusal::Drill
                | InstallationRefusal::Elsewhere { .. }
                | InstallationRefusal::StillThere(_)
                | InstallationRefusal::AtHome
                | InstallationRefusal::UnknownFolder(_)
                | InstallationRefusal::OpenFolder { .. }
                | InstallationRefusal::StrayPath(_),
            )
            | Self::OwnAddressChange(_)
            | Self::FeedBeyond { .. }
            | Self::FeedBackwards { .. }
            | Self::TwoPeople(
                TwoPeopleRefusal::Own(_)
                | TwoPeopleRefusal::AboutYou(_)
                | TwoPeopleRefusal::OnePerson { .. }
                | TwoPeopleRefusal::OwnMachine(_)
                | TwoPeopleRefusal::NotYours(_)
                | TwoPeopleRefusal::NoPassword
                | TwoPeopleRefusal::NoSecond
                | TwoPeopleRefusal::OthersCould(_),
            )
            | Self::Cancelled
            | Self::Note(
                NoteRefusal::FollowUpPast { .. } | NoteRefusal::FollowUpFar { .. } | NoteRefusal::BadPhone(_),
            )
            | Self::Batch(
                BatchRefusal::NothingToDraft
                | BatchRefusal::AllHeld(_)
                | BatchRefusal::AllTooClose { .. }
                | BatchRefusal::FourEyes(_)
                | BatchRefusal::ChangedSinceApproval(_)
                | BatchRefusal::SentBack(_)
                | BatchRefusal::NotOutThere { .. }
                | BatchRefusal::ReceiptKnown { .. }
                | BatchRefusal::TooEarly { .. }
                | BatchRefusal::MustPull(_)
                | BatchRefusal::BadTracking(_)
                | BatchRefusal::RemakeOpen(_)
                | BatchRefusal::NothingToRemake(_)
                | BatchRefusal::NoParcel { .. }
                | BatchRefusal::OtherParcel(_)
                | BatchRefusal::NeedsPassphrase(_)
                | BatchRefusal::LettersOutdated { .. }
                | BatchRefusal::ExportUnfinished { .. },
            )
            | Self::Request(
                RequestRefusal::NotIdentified { .. }
                | RequestRefusal::NoEvidence { .. }
                | RequestRefusal::UnknownNumber { .. }
                | RequestRefusal::NothingToOverride(_)
                | RequestRefusal::FollowUpNeeded { .. }
                | RequestRefusal::NotAllAgree(_)
                | RequestRefusal::ResumeTooLate { .. }
                | RequestRefusal::Sent(_)
                | RequestRefusal::NoMember(_)
                | RequestRefusal::OtherMatter(_)
                | RequestRefusal::Recovered { .. }
                | RequestRefusal::OfAnother { .. }
                | RequestRefusal::Missing(_)
                | RequestRefusal::WrongGround { .. }
                | RequestRefusal::UntrueGround { .. }
                | RequestRefusal::CannotMerge { .. },
            )
            | Self::Reply(
                ReplyRefusal::GivesAway { .. }
                | ReplyRefusal::NoAddress { .. }
                | ReplyRefusal::NoSender
                | ReplyRefusal::Faults { .. },
            )
            | Self::Import(
                ImportRefusal::Threshold { .. }
                | ImportRefusal::Losses { .. }
                | ImportRefusal::Closings { .. }
                | ImportRefusal::Shrunken { .. }
                | ImportRefusal::NoRows,
            )
            | Self::Person(
                PersonRefusal::OnePerson { .. }
                | PersonRefusal::Differ { .. }
                | PersonRefusal::InForceTogether { .. }
                | PersonRefusal::IsInsured(_)
                | PersonRefusal::OnlyMembership(_)
                | PersonRefusal::NotApart(_)
                | PersonRefusal::Over(_)
                | PersonRefusal::NotEnded(_)
                | PersonRefusal::Protected { .. }
                | PersonRefusal::NotProtected(_),
            )
            | Self::Intake(
                IntakeRefusal::NotAFile | IntakeRefusal::Several(_) | IntakeRefusal::ImportedBefore { .. },
            )
            | Self::Machine(_)
            | Self::Delivery(
                DeliveryRefusal::NoPlace
                | DeliveryRefusal::Open { .. }
                | DeliveryRefusal::NoProgram { .. }
                | DeliveryRefusal::NotTaken { .. },
            )
            | Self::Upkeep(
                UpkeepRefusal::ServerBackup
                | UpkeepRefusal::ServerRestore
                | UpkeepRefusal::TooYoung { .. }
                | UpkeepRefusal::NothingToPurge(_)
                | UpkeepRefusal::OwnProposal
                | UpkeepRefusal::NeedsOwner
                | UpkeepRefusal::BadBackup { .. }
                | UpkeepRefusal::StreamBroken(_)
                | UpkeepRefusal::PortalPosition { .. }
                | UpkeepRefusal::PortalTooFar { .. },
            ) => FailureKind::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_an_exit_code_of_its_own() {
        let mut codes: Vec<u8> = FailureKind::ALL.iter().map(|kind| kind.exit_code()).collect();
        codes.dedup();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn unknown_taken_and_busy_differ_for_a_script() {
        let unknown = Error::from(Refusal::MemberUnknown("260-1-00".into()));
        let faster = Error::from(Refusal::Changed { what: "B20261124-001".into() });
        let role = Error::from(BatchRefusal::NothingToDraft);
        let kinds = [unknown, faster, Error::Store(StoreError::Busy), role].map(|error| error.kind());
        use FailureKind as K;
        assert_eq!(kinds, [K::NotFound, K::Conflict, K::Unavailable, K::Refused]);
    }
}

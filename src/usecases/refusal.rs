//! Why the person asking is refused. `labels` turns a refusal into words; the code is stable for scripts.

mod address;
mod batch;
mod code;
mod delivery;
mod import;
mod incident;
mod installation;
mod intake;
mod machine;
mod note;
mod person;
mod promise;
mod reply;
mod request;
mod two_people;
mod upkeep;

pub use address::AddressRefusal;
pub use batch::{BatchAct, BatchRefusal, SentBackDraft};
pub use delivery::DeliveryRefusal;
pub use import::ImportRefusal;
pub use incident::IncidentRefusal;
pub use installation::InstallationRefusal;
pub use intake::IntakeRefusal;
pub use machine::MachineRefusal;
pub use note::NoteRefusal;
pub use person::PersonRefusal;
pub use promise::PromiseRefusal;
pub use reply::ReplyRefusal;
pub use request::RequestRefusal;
pub use two_people::TwoPeopleRefusal;
pub use upkeep::{BackupFault, UpkeepRefusal};

use super::last_transition::LastTransition;
use super::settings::ValueKind;
use crate::domain::{CardState, CardStep, HoldReason, NoReason, Permission, Role, WorkKind};
use crate::files::{IoFault, OutputError};
use crate::secrets::{HashCost, Rule};
use chrono::NaiveDate;
use std::path::PathBuf;

/// A refusal that the person asking can understand and put right.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Staff ID or password is wrong, or the account is locked or disabled; which of these is not said.
    SignIn,
    /// The password was right; a code of the device is needed.
    CodeNeeded,
    /// The code is wrong, too old, or was used before.
    Code,
    /// The password was right; a device must be enrolled first.
    MustEnrol,
    /// The person was disabled, reset or given another role after signing in.
    ShutOut,
    /// The password is new or reset and must be changed first.
    MustChange,
    /// The new password does not follow this rule.
    WeakPassword(Rule),
    /// The passphrase of a file does not follow this rule.
    WeakPassphrase(Rule),
    /// Hashes would cost less than OWASP advises.
    WeakHash(HashCost),
    /// The account is not closed, or another admin can open it.
    NoBreakGlass(String),
    /// Only who owns the database's file or tables may open an account without sign-in.
    NotTheHost,
    /// The new password is the old one.
    SamePassword,
    /// The role may not do this.
    Role {
        /// The role of the actor.
        role: Role,
        /// The permission that it lacks.
        needs: Permission,
    },
    /// A staff ID is 1 to 32 letters, digits, `.`, `-` or `_`.
    StaffId(String),
    /// The staff ID is taken.
    StaffExists(String),
    /// A member of staff without a name.
    NoStaffName,
    /// No such staff ID.
    StaffUnknown(String),
    /// The own account can be neither locked nor disabled.
    OwnAccount,
    /// The anchor is of an entry that was purged: nothing can be said about it.
    AnchorPurged {
        /// Position in the log that the anchor names.
        anchor: i64,
        /// The last entry that was purged.
        floor: i64,
    },
    /// The eight digits and their check digit do not fit.
    Insurer(String),
    /// The database has no society yet.
    NotInitialised,
    /// The database has a society already.
    Initialised,
    /// `MYKEMPO_TODAY` outside a rehearsal database.
    NotRehearsal,
    /// `MYKEMPO_TODAY` is no date.
    BadToday(String),
    /// No such setting.
    SettingUnknown(String),
    /// The value does not fit the setting.
    SettingValue {
        /// The key of the setting.
        key: &'static str,
        /// What was given.
        value: String,
        /// What it takes.
        takes: ValueKind,
    },
    /// The stored values of these settings do not fit, and what was asked for needs them.
    SettingUnreadable(Vec<&'static str>),
    /// A text of the sender does not fit the template, or has characters that no font has.
    SettingUnfit {
        /// The key of the setting.
        key: &'static str,
        /// `print.template`
        template: String,
    },
    /// No card of this employer waits for what was asked.
    NoCardsOfEmployer(String),
    /// Not a key of a member.
    BadKey(String),
    /// No such member.
    MemberUnknown(String),
    /// L1: no account, so the answer is "register".
    NoAccount(String),
    /// 資格喪失
    MemberLost {
        /// The key of the member.
        member: String,
        /// Day since which it is so.
        on: NaiveDate,
    },
    /// V6
    DisplayOff(String),
    /// A card of this kind waits already.
    AlreadyQueued(String),
    /// V2, V3: say it again with `--confirm`.
    NeedsConfirm(ReissueWarning),
    /// No such card.
    CardUnknown(String),
    /// The card cannot make this step from where it is.
    CardStep {
        /// Its serial; the member's key where it has none yet.
        card: String,
        /// Where it is.
        state: CardState,
        /// What was asked.
        step: CardStep,
        /// Who was faster, where that is known.
        moved: Option<LastTransition>,
    },
    /// R2: it still has no route.
    NoRoute {
        /// The member's key.
        card: String,
        /// Why the card is held.
        reason: HoldReason,
    },
    /// The portal cannot have what was never written.
    FeedBeyond {
        /// The position that was given.
        given: i64,
        /// The last instruction that there is.
        last: i64,
    },
    /// The portal has acknowledged more already.
    FeedBackwards {
        /// The position that was given.
        given: i64,
        /// The position that was acknowledged.
        acknowledged: i64,
    },
    /// R3: no one-off address.
    Address(AddressRefusal),
    /// R6: who imported an address does not confirm it.
    OwnAddressChange(String),
    /// R6: another address of this employer waits than the one that was seen.
    AddressChangedSince(String),
    /// R6: no changed address of this employer waits.
    NothingToConfirm(String),
    /// Another terminal was faster.
    Changed {
        /// What they changed.
        what: String,
    },
    /// A dispatch or receipt day that cannot be.
    BadDay {
        /// What was given.
        given: NaiveDate,
        /// Not before this.
        earliest: NaiveDate,
        /// Not after this.
        latest: NaiveDate,
    },
    /// The export folder or a file in it cannot be used.
    Folder {
        /// The path of the file or folder.
        path: PathBuf,
        /// Why the system refuses it.
        why: IoFault,
    },
    /// An output file must not exist yet; `--replace` says otherwise.
    FileExists(PathBuf),
    /// An output would take the place of the database, a companion of it, or the file that it is made from.
    FileProtected(PathBuf),
    /// An output never replaces a link, a folder or a device.
    FileNotRegular(PathBuf),
    /// The template of the cards is wrong; `template check` says what.
    Template {
        /// The name of the template.
        name: String,
        /// On which lines.
        lines: Vec<usize>,
    },
    /// Post is not sent without a sender: these settings are empty.
    NoSender(Vec<&'static str>),
    /// A file cannot be read.
    File {
        /// The path of the file or folder.
        path: PathBuf,
        /// Why the system refuses it.
        why: IoFault,
    },
    /// No such employer.
    EmployerUnknown(String),
    /// A note or a comment without words.
    EmptyText,
    /// Nothing is done without a reason, and none was given.
    NoReason,
    /// About a batch.
    Batch(BatchRefusal),
    /// About a note.
    Note(NoteRefusal),
    /// A request for login data.
    Request(RequestRefusal),
    /// A large change is being applied in pieces, and what was asked for must not see it half done.
    WorkUnderWay {
        /// What is applied.
        kind: WorkKind,
        /// Staff ID of who began it.
        staff: String,
    },
    /// An import was not applied.
    Import(ImportRefusal),
    /// About an incident.
    Incident(IncidentRefusal),
    /// The database is a copy, or a folder of exports is not its own.
    Installation(InstallationRefusal),
    /// 自動取込: a folder or file that an intake does not take.
    Intake(IntakeRefusal),
    /// About accounts of machines and their keys.
    Machine(MachineRefusal),
    /// 連携データの配信: the feed is not delivered.
    Delivery(DeliveryRefusal),
    /// Backup, restore, retention.
    Upkeep(UpkeepRefusal),
    /// Memberships are not joined, parted or ended.
    Person(PersonRefusal),
    /// About what is owed to a member.
    Promise(PromiseRefusal),
    /// Something about a reply.
    Reply(ReplyRefusal),
    /// F2: about what two people decide.
    TwoPeople(TwoPeopleRefusal),
    /// Stopped by the person, before anything was changed.
    Cancelled,
}

/// The code; people read the words of `labels`.
impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

macro_rules! groups {
    ($($refusal:ident => $group:ident),+ $(,)?) => {
        $(impl From<$refusal> for Refusal {
            fn from(refusal: $refusal) -> Self {
                Self::$group(refusal)
            }
        })+
    };
}
groups! {
    AddressRefusal => Address,
    BatchRefusal => Batch,
    ImportRefusal => Import,
    IncidentRefusal => Incident,
    InstallationRefusal => Installation,
    NoteRefusal => Note,
    PersonRefusal => Person,
    PromiseRefusal => Promise,
    ReplyRefusal => Reply,
    RequestRefusal => Request,
    TwoPeopleRefusal => TwoPeople,
    IntakeRefusal => Intake,
    MachineRefusal => Machine,
    DeliveryRefusal => Delivery,
    UpkeepRefusal => Upkeep,
}

impl From<NoReason> for Refusal {
    fn from(NoReason: NoReason) -> Self {
        Self::NoReason
    }
}

impl From<OutputError> for Refusal {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Exists(path) => Self::FileExists(path),
            OutputError::Protected(path) => Self::FileProtected(path),
            OutputError::NotRegular(path) => Self::FileNotRegular(path),
            OutputError::Io { path, source } => Self::Folder { path, why: source.into() },
        }
    }
}

/// V2, V3: what a clerk is told before a reissue.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReissueWarning {
    /// The day on which a card with the valid password was dispatched that can still be in the post.
    pub posted: Option<NaiveDate>,
    /// The key of the member.
    pub member: String,
    /// The serial of a card under way, which would arrive dead (V3).
    pub under_way: Option<String>,
    /// The day on its top right.
    pub planned: Option<NaiveDate>,
    /// A password works today and would die at once (V2).
    pub usable: bool,
}

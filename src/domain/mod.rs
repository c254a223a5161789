//! Pure types and rules of the society. A value that exists is valid: parse at the edge.

mod anchor;
mod batch;
pub mod browsing;
mod card;
mod coded;
mod comment;
pub mod diagnosis;
pub mod gate;
mod incident;
mod insurer;
mod key;
mod kinds;
pub mod lineage;
mod mail;
mod one_off;
mod permission;
pub mod person;
mod phone;
pub mod portal;
pub mod postal;
pub mod promise;
pub mod query;
mod registry;
pub mod request;
mod retention;
pub mod route;
pub mod serials;
mod steps;
pub mod throttle;
mod totp_policy;
pub mod two_people;
mod undelivered;
mod viewing;
mod work;
pub mod workdays;

pub use anchor::{Anchor, NoAnchor};
pub use batch::{BATCH_TABLE, BatchNumber, BatchState, BatchStep};
pub use card::{CARD_TABLE, CardCause, CardFacts, CardState, CardStep, DeadReason, HoldReason};
pub use coded::UnknownCode;
pub(crate) use coded::coded;
pub use comment::CommentKind;
pub use diagnosis::ChangeReason;
pub use gate::{CardRoute, GateReason};
pub use incident::{
    INCIDENT_TABLE, IncidentCause, IncidentEntryKind, IncidentKind, IncidentState, IncidentStep, ReportStage,
    ReportStatus, ReportTerm,
};
pub use insurer::InsurerNumber;
pub use key::{Branch, KeyError, MemberKey, Number, Symbol};
pub use kinds::{CardKind, Relation, Role, WebDisplay};
pub use mail::{BadMail, MailAddress};
pub use one_off::{AddressFault, OneOffAddress, PROPOSAL_TABLE, ProposalState, ProposalStep, parse_postcode};
pub use permission::Permission;
pub use phone::{BadPhone, PhoneNumber};
pub use promise::{PromiseKind, ReturnReason};
pub use registry::{Sex, is_death};
pub use retention::{Retention, RetentionCounts, RetentionKind};
pub use steps::NoSuchStep;
pub use totp_policy::TotpPolicy;
pub use two_people::{ChangeKind, ChangeState, GuardedChange, TwoPeople};
pub use undelivered::UndeliveredReason;
pub use viewing::{Viewing, ViewingOrigin, ViewingState, password_state};
pub use work::{WORK_TABLE, WorkKind, WorkState};

//! Pure types and rules of the society. A value that exists is valid: parse at the edge.

mod anchor;
mod batch;
pub mod browsing;
mod card;
mod coded;
pub mod diagnosis;
mod insurer;
mod key;
mod kinds;
pub mod lineage;
mod one_off;
mod permission;
pub mod portal;
pub mod query;
mod registry;
pub mod request;
mod retention;
pub mod route;
pub mod serials;
mod viewing;
pub mod workdays;

pub use anchor::{Anchor, NoAnchor};
pub use batch::{BATCH_TABLE, BatchNumber, BatchState, BatchStep};
pub use card::{CARD_TABLE, CardCause, CardFacts, CardState, CardStep, DeadReason, HoldReason};
pub use coded::UnknownCode;
pub(crate) use coded::coded;
pub use diagnosis::ChangeReason;
pub use insurer::InsurerNumber;
pub use key::{Branch, KeyError, MemberKey, Number, Symbol};
pub use kinds::{CardKind, Relation, Role, WebDisplay};
pub use one_off::{AddressFault, OneOffAddress, ProposalState, parse_postcode};
pub use permission::Permission;
pub use registry::Sex;
pub use retention::RetentionKind;
pub use viewing::{Viewing, ViewingOrigin, ViewingState, password_state};

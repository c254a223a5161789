//! Pure types and rules of the society. A value that exists is valid: parse at the edge.

mod coded;
mod insurer;
mod key;
mod kinds;
pub mod workdays;

pub use coded::UnknownCode;
pub(crate) use coded::coded;
pub use insurer::InsurerNumber;
pub use key::{Branch, KeyError, MemberKey, Number, Symbol};
pub use kinds::{CardKind, Relation, Role, WebDisplay};

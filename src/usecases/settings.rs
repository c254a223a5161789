//! Settings of the society: typed here, named and parsed in one table of keys.

mod change;
mod days;
mod row;
mod society;
mod stored;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod words;

pub use crate::domain::TotpPolicy;
pub use crate::print::{DateStyle, LetterFiles, Postage};
pub(super) use change::write_proposed;
pub use change::{get, needs_two, set};
pub use society::{Delivery, Society};
pub(super) use stored::{DAY_BEGUN, load, mark_rehearsal, put, unknown_keys};
pub use table::{SETTINGS, Setting, SettingId, Settings};
pub use value::ValueKind;

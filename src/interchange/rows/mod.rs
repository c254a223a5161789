//! The four kinds of row.

mod employer;
mod event;
mod member;
mod request;

pub use employer::EmployerRow;
pub use event::PortalEventRow;
pub use member::MemberRow;
pub use request::{RequestRow, TypedKey};

use super::cells::Cells;
use crate::domain::{KeyError, MemberKey};

/// A key in three columns. The one that is wrong is named.
fn member_key(cells: &mut Cells<'_>, [symbol, number, branch]: [usize; 3]) -> Option<MemberKey> {
    match MemberKey::parse(cells.raw(symbol), cells.raw(number), cells.raw(branch)) {
        Ok(key) => return Some(key),
        Err(KeyError::Symbol) => cells.fault(symbol),
        Err(KeyError::Number) => cells.fault(number),
        Err(KeyError::Branch) => cells.fault(branch),
    }
    None
}

#[cfg(test)]
mod tests;

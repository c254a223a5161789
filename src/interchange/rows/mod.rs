//! The four kinds of row.

mod employer;
mod event;
mod member;
mod request;

pub use employer::EmployerRow;
pub use event::PortalEventRow;
pub use member::MemberRow;
pub use request::RequestRow;

use super::RowCode;
use super::cells::Cells;
use crate::domain::{KeyError, MemberKey};

/// Which part of a key is wrong decides between `bad_key` and `bad_branch`, and names the column.
fn member_key(cells: &mut Cells<'_>, [symbol, number, branch]: [usize; 3]) -> Option<MemberKey> {
    match MemberKey::parse(cells.raw(symbol), cells.raw(number), cells.raw(branch)) {
        Ok(key) => return Some(key),
        Err(KeyError::Symbol) => cells.fault(symbol, RowCode::BadKey),
        Err(KeyError::Number) => cells.fault(number, RowCode::BadKey),
        Err(KeyError::Branch) => cells.fault(branch, RowCode::BadBranch),
    }
    None
}

#[cfg(test)]
mod tests;

//! No command: the console.

use super::desk::Desk;
use super::output::Failure;

/// Opens the console.
pub(super) async fn open(desk: &Desk) -> Result<(), Failure> {
    let _office = desk.open().await?;
    Err(Failure::new("console", "the console is being built"))
}

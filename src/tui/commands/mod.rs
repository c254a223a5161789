//! The commands of the console, and the tables of which of them a screen has.
//!
//! `table` has one row for each command. A screen lists its commands (`bindings!`); handling, footer, help, palette,
//! refusals and the manual's tables come from these two.

mod binding;
mod common;
#[macro_use]
mod define;
mod row;
mod table;

pub(crate) use binding::{Binding, bindings, command_of};
pub(crate) use common::{EVERYWHERE, OUTSIDE, OVER};
pub(crate) use row::{Foot, When};
pub(crate) use table::{Command, Tab};

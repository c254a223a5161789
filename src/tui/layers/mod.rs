//! Dialogs that lie over a screen and take its keys.

mod confirm;
mod form;
pub(crate) mod help;
mod notice;
mod palette;
mod pick;

pub(crate) use confirm::{CONFIRM, Confirm};
pub(crate) use form::{FORM, Form, Row};
pub(crate) use help::{HELP, Help};
pub(crate) use notice::{NOTICE, Notice};
pub(crate) use palette::{PALETTE, Palette};
pub(crate) use pick::{Choice, PICK, Pick};

//! Dialogs that lie over a screen and take its keys.

pub(crate) mod confirm;
mod filled;
pub(crate) mod filter;
pub(crate) mod form;
pub(crate) mod help;
pub(crate) mod manual;
pub(crate) mod notice;
pub(crate) mod palette;
pub(crate) mod pick;
mod row;
pub(crate) mod ticks;

pub(crate) use confirm::Confirm;
pub(crate) use filter::FilterPrompt;
pub(crate) use form::Form;
pub(crate) use help::Help;
pub(crate) use manual::ManualLayer;
pub(crate) use notice::Notice;
pub(crate) use palette::Palette;
pub(crate) use pick::{Choice, Pick};
pub(crate) use row::FormRow;
pub(crate) use ticks::{TickItem, TickMark, Ticks};

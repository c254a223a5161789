//! Small things to draw, and the text field.

pub(crate) mod area;
pub(crate) mod cells;
mod field;
pub(crate) mod list_view;
pub(crate) mod progress_bar;
mod rows;
pub(crate) mod scroll;
pub(crate) mod states;
pub(crate) mod table;

pub(crate) use field::{Edit, Focus, InputField};

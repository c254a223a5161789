//! The fields of a credential form, and what stands around them.

use crate::labels::SignInTexts as Words;
use crate::tui::widgets::InputField;

/// A field and what it is called.
pub(super) struct Input {
    pub(super) label: fn(&Words) -> &'static str,
    pub(super) field: InputField,
}

/// What a form says around its fields.
pub(super) struct FormWords {
    pub(super) title: String,
    pub(super) text: String,
    /// Below the fields while nothing else is to be said there.
    pub(super) hint: &'static str,
}

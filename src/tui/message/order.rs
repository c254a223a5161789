//! Changes that the screens want carried out.

/// None is left.
#[derive(Debug, Clone)]
pub(crate) enum Order {}

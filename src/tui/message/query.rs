//! Questions of the screens.

/// None is left.
#[derive(Debug, Clone)]
pub(crate) enum Query {}

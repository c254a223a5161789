//! The seven screens, in the order of their number keys.

mod soon;

use super::screen::Screen;

/// All of them, empty.
pub(crate) fn all() -> [Box<dyn Screen>; 7] {
    std::array::from_fn(|_| Box::new(soon::Soon) as Box<dyn Screen>)
}

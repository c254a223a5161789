//! What lists say about themselves.

use super::Lang;

/// The filter leaves no row.
pub const fn no_match(lang: Lang) -> &'static str {
    lang.pick("絞り込みに合う行がありません", "No row matches the filter")
}

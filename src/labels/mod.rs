//! User-visible words: Japanese first, English second.

//! Width and kana folding, name variants, wareki, search keys, masking. Pure.

mod fold;

pub use fold::{key, nfkc};

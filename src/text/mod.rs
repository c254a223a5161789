//! Width and kana folding, name variants, wareki, search keys, masking. Pure.

mod dash;
mod date;
mod era;
mod fold;
mod grams;
mod hex;
pub mod japan;
mod kana;
mod mask;
mod name;
mod plain;
mod ranges;
mod reading;
mod romaji;
mod sheet;
mod variants;

pub use dash::{is_dash, plain_dashes};
pub use date::{DateError, parse_date, parse_moment, typed_days};
pub use era::{Era, wareki};
pub use fold::{key, nfkc};
pub use grams::{index_grams, search_grams};
pub use hex::hex;
pub use kana::{kana_key, widen};
pub use mask::mask_mail;
pub use name::{is_private_use, name_key, position_of};
pub use plain::{is_unsafe, plain_json, plain_line, plain_lines, plain_page};
pub use ranges::ranges;
pub use reading::reading_key;
pub use romaji::romaji_key;
pub use sheet::{sheet_cell, unmark};
pub(crate) use variants::common_form;

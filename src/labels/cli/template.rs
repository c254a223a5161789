//! `template`.

use crate::labels::texts::texts;
use std::fmt::Display;

texts! {
    /// Templates of the cards.
    pub struct TemplateTexts {
        right(file: impl Display) = "{file} に誤りはありません。" | "{file} is right.";
    }
}

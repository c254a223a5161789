//! The two languages of the program.

use crate::domain::UnknownCode;
use crate::domain::diagnosis::Language;
use std::str::FromStr;

/// The language of the screen and of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 日本語
    #[default]
    Ja,
    /// English
    En,
}

impl Lang {
    /// The one of two constants that is in this language.
    pub const fn pick<T: Copy>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// The one of two computed texts that is in this language.
    pub fn choose(self, ja: String, en: String) -> String {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Self::Japanese,
            Lang::En => Self::English,
        }
    }
}

/// `ja` or `en`.
impl FromStr for Lang {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        match text {
            "ja" => Ok(Self::Ja),
            "en" => Ok(Self::En),
            other => Err(UnknownCode { of: "Lang", code: other.to_owned(), known: &["ja", "en"] }),
        }
    }
}

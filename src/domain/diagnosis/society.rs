//! What the scripts say of the society: names and phones from its settings, none of them in a script.

use crate::domain::coded;

/// The society in the words of a script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SocietyWords {
    /// The portal's name.
    pub portal: String,
    /// 医療費のお知らせ
    pub medical: SectionContact,
    /// 健診
    pub health: SectionContact,
    /// What passwords on cards are made of (S1).
    pub characters: Vec<CharacterKind>,
    /// Who answers requests.
    pub sender: SenderWords,
}

/// The society below a reply; empty where the settings do not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SenderWords {
    /// 名称
    pub name: String,
    /// 担当課
    pub department: String,
    /// 電話
    pub phone: String,
    /// 受付時間
    pub hours: String,
}

/// A section that callers are sent on to; empty where the settings do not name it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionContact {
    /// 課・係
    pub name: String,
    /// 電話
    pub phone: String,
}

coded! {
    /// A kind of character in a password.
    pub enum CharacterKind {
        /// 英小文字
        Lower = "lower",
        /// 英大文字
        Upper = "upper",
        /// 数字
        Digit = "digit",
        /// 記号
        Mark = "mark",
    }
}

impl CharacterKind {
    /// The kinds that an alphabet has, each once.
    pub fn of(alphabet: &str) -> Vec<Self> {
        let kind = |c: char| match c {
            c if c.is_lowercase() => Self::Lower,
            c if c.is_uppercase() => Self::Upper,
            c if c.is_numeric() => Self::Digit,
            _ => Self::Mark,
        };
        Self::ALL.iter().copied().filter(|wanted| alphabet.chars().any(|c| kind(c) == *wanted)).collect()
    }
}

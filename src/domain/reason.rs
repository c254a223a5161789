//! Why a person did something, in their own words.

use crate::text::plain_line;

/// A reason that a person gave: one line, not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// No reason was given, where one is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoReason;

impl Reason {
    /// What was typed, as one line without blanks around it.
    ///
    /// # Errors
    /// [`NoReason`] where nothing is left.
    pub fn parse(typed: &str) -> Result<Self, NoReason> {
        let line = plain_line(typed).trim().to_owned();
        let says_nothing = |c: char| c.is_whitespace() || c == char::REPLACEMENT_CHARACTER;
        if line.chars().all(says_nothing) { Err(NoReason) } else { Ok(Self(line)) }
    }

    /// The words, trimmed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Reason> for String {
    fn from(reason: &Reason) -> Self {
        reason.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_any_width_are_no_reason() {
        for typed in ["", " ", "　", "\t\n", " 　\u{200b}"] {
            assert_eq!(Reason::parse(typed), Err(NoReason), "{typed:?}");
        }
        assert_eq!(Reason::parse(" 退職\nのため　").map(|it| it.as_str().to_owned()), Ok("退職 のため".to_owned()));
    }
}

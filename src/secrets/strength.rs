//! Rules for staff passwords. The list of common passwords, names and patterns is zxcvbn's.

use super::Passphrase;
use zxcvbn::{Score, zxcvbn};

/// Minimum length of a staff password, in characters.
pub const LEAST: usize = 12;

/// A rule of staff passwords, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// At least [`LEAST`] characters.
    Long,
    /// More than the staff ID, forwards or backwards, with a few characters around it.
    NotTheId,
    /// Not on the list of common passwords, and no date, name, row of keys or repetition: fewer than a million guesses.
    NotCommon,
}

impl Rule {
    /// All rules, in the order in which they are checked.
    pub const ALL: [Self; 3] = [Self::Long, Self::NotTheId, Self::NotCommon];

    /// Whether a password of this member of staff follows the rule.
    pub fn holds(self, password: &str, id: &str) -> bool {
        match self {
            Self::Long => password.chars().count() >= LEAST,
            Self::NotTheId => !is_mostly_id(password, id),
            Self::NotCommon => zxcvbn(password, &[id, "mykempo", "kempo", "kenpo"]).score() >= Score::Three,
        }
    }
}

/// The first rule that a password of this member of staff breaks.
pub fn broken_rule(password: &Passphrase, id: &str) -> Option<Rule> {
    Rule::ALL.into_iter().find(|rule| !rule.holds(password.expose(), id))
}

/// Whether fewer than eight characters are left without the ID.
fn is_mostly_id(password: &str, id: &str) -> bool {
    const LEFT: usize = 8;
    let (password, id) = (password.to_lowercase(), id.to_lowercase());
    let backwards: String = id.chars().rev().collect();
    [id, backwards].iter().filter(|id| !id.is_empty() && password.contains(*id)).any(|id| {
        let rest = password.replace(id, "");
        rest.chars().count() < LEFT
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(password: &str) -> Option<Rule> {
        broken_rule(&Passphrase::new(password.into()), "suzuki")
    }

    #[test]
    fn a_passphrase_of_a_file_is_no_single_character() {
        let broken = |text: &str| broken_rule(&Passphrase::new(text.into()), "");
        assert_eq!(broken("1"), Some(Rule::Long));
        assert_eq!(broken("111111111111"), Some(Rule::NotCommon));
        assert_eq!(broken("an umbrella in november"), None);
    }

    #[test]
    fn short_common_or_id_like_passwords_are_refused() {
        assert_eq!(rule("k7mp-2xw9"), Some(Rule::Long));
        assert_eq!(rule("xSuzuki-kw92!"), Some(Rule::NotTheId));
        assert_eq!(rule("ikuzus-pwq7e"), Some(Rule::NotTheId));
        for common in [
            "password1234",
            "123456789012",
            "qwertyuiop[]",
            "aaaaaaaaaaaa",
            "iloveyou1234",
            "P@ssw0rd2026",
            "kempokempokempo",
        ] {
            assert_eq!(rule(common), Some(Rule::NotCommon), "{common}");
        }
    }

    #[test]
    fn a_sentence_is_a_good_password_in_either_script() {
        for good in ["k7mp-2xw9-q4", "suzuki has k7mp-2xw9", "correct horse battery", "いぬが二匹いて庭でよく寝る"]
        {
            assert_eq!(rule(good), None, "{good}");
        }
    }
}

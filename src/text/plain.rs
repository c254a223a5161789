//! Text from files that must never steer a terminal, a page or a spreadsheet.

use std::borrow::Cow;

/// One line without control, escape and bidirectional characters: each becomes U+FFFD, so that it is seen to have
/// been there; tabs and line breaks become spaces. Trimmed.
pub fn plain_line(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if !trimmed.chars().any(is_unsafe) {
        return Cow::Borrowed(trimmed);
    }
    let replaced: String =
        trimmed.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { safe(c) }).collect();
    Cow::Owned(replaced)
}

/// The same for text of several lines, whose line breaks stay (as `\n`).
pub fn plain_lines(text: &str) -> String {
    let unified = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    unified.chars().map(|c| if c == '\n' { c } else { safe(c) }).collect()
}

fn safe(c: char) -> char {
    if is_unsafe(c) { char::REPLACEMENT_CHARACTER } else { c }
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::{plain_line, plain_lines};
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_loses_its_escape() {
        assert_eq!(plain_line("山田\x1b[2J太郎"), "山田\u{FFFD}[2J太郎");
        assert_eq!(plain_line("山田\u{202E}太郎"), "山田\u{FFFD}太郎");
        assert_eq!(plain_line(" 山田\t太郎\r\n"), "山田 太郎");
    }

    #[test]
    fn names_own_characters_stay() {
        for name in ["葛\u{E0100}城", "𠮷田", "\u{E000}田", "高橋　一郎"] {
            assert_eq!(plain_line(name), name);
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            plain_lines("IDを忘れました。\r\n至急\x07お願いします。\n"),
            "IDを忘れました。\n至急\u{FFFD}お願いします。"
        );
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_gets_through(text in any::<String>()) {
            prop_assert!(!plain_line(&text).chars().any(char::is_control));
            prop_assert!(!plain_lines(&text).chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}

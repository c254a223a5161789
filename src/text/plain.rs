//! Text from files without characters that control a terminal, a page or a spreadsheet.

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
    plain_page(&text.trim().replace("\r\n", "\n").replace('\r', "\n"))
}

/// Lines that this program has laid out, indents and all, with texts of others in them.
pub fn plain_page(page: &str) -> String {
    page.chars().map(|c| if c == '\n' { c } else { safe(c) }).collect()
}

fn safe(c: char) -> char {
    if is_unsafe(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// Whether a character steers a terminal or the direction of text, or shows nothing where something stands: control
/// characters (C0, C1), line and paragraph separators, bidirectional controls, zero-width and filler characters, tags.
/// The one place where this is decided; variation selectors belong to names and stay.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}')
}

/// A JSON document whose strings carry every unsafe character as `\uXXXX`: nothing steers the terminal that it is
/// printed on, and a parser gets the original text. Line breaks between values stay.
pub fn plain_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(|c| is_unsafe(c) && c != '\n') {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::{is_unsafe, plain_json, plain_line, plain_lines};
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
    fn bidirectional_and_zero_width_characters_become_visible() {
        for c in "\u{202A}\u{202E}\u{2066}\u{2069}\u{200E}\u{200F}\u{200B}\u{200D}\u{FEFF}\u{AD}\u{3164}\u{9B}".chars()
        {
            assert_eq!(plain_line(&format!("山{c}田")), "山\u{FFFD}田", "U+{:04X}", u32::from(c));
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
            prop_assert!(!plain_line(&text).chars().any(is_unsafe));
            let json = serde_json::to_string_pretty(&[&text]).unwrap();
            let plain = plain_json(&json);
            prop_assert!(!plain.chars().any(|c| is_unsafe(c) && c != '\n'));
            prop_assert_eq!(serde_json::from_str::<[String; 1]>(&plain).unwrap(), [text.clone()]);
            prop_assert!(!plain_lines(&text).chars().any(|c| is_unsafe(c) && c != '\n'));
        }
    }
}

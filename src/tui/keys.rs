//! Keys as people press them.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// One key with its modifiers. Full-width characters count as half-width ones, Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// A named key.
    const fn named(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// The key of a pressed or repeated event; releases are nothing.
    pub(crate) fn of(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let kept = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        Some(match event.code {
            KeyCode::Char(c) => Self { code: KeyCode::Char(half_width(c)), modifiers: kept },
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Self::named(KeyCode::BackTab),
            code => Self { code, modifiers: kept },
        })
    }

    /// Whether a focused field takes this key as text.
    pub(crate) fn is_printable(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// As the terminal would send it.
    #[cfg(test)]
    pub(crate) const fn parts(self) -> (KeyCode, KeyModifiers) {
        (self.code, self.modifiers)
    }

    /// Whether it is one of the keys above the digits.
    pub(crate) const fn is_function(self) -> bool {
        matches!(self.code, KeyCode::F(_)) && self.modifiers.is_empty()
    }

    /// As the footer and the help show it.
    pub(crate) fn shown(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if self.modifiers.is_empty() => c.to_string(),
            KeyCode::Char(c) => c.to_uppercase().to_string(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Up | KeyCode::Down | KeyCode::Left | KeyCode::Right => format!("{:?}", self.code),
            code => format!("{code:?}"),
        };
        match self.modifiers {
            KeyModifiers::CONTROL => format!("Ctrl-{name}"),
            KeyModifiers::ALT => format!("Alt-{name}"),
            _ => name,
        }
    }
}

/// A printable key.
pub(crate) const fn key(c: char) -> Key {
    Key::named(KeyCode::Char(c))
}

/// A printable key with Ctrl.
pub(crate) const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
}

/// A printable key with Alt.
pub(crate) const fn alt(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: KeyModifiers::ALT }
}

/// A function key.
pub(crate) const fn f(number: u8) -> Key {
    Key::named(KeyCode::F(number))
}

pub(crate) const ENTER: Key = Key::named(KeyCode::Enter);
pub(crate) const ESC: Key = Key::named(KeyCode::Esc);
pub(crate) const TAB: Key = Key::named(KeyCode::Tab);
pub(crate) const BACK_TAB: Key = Key::named(KeyCode::BackTab);
pub(crate) const UP: Key = Key::named(KeyCode::Up);
pub(crate) const DOWN: Key = Key::named(KeyCode::Down);
pub(crate) const LEFT: Key = Key::named(KeyCode::Left);
pub(crate) const RIGHT: Key = Key::named(KeyCode::Right);
pub(crate) const PAGE_UP: Key = Key::named(KeyCode::PageUp);
pub(crate) const PAGE_DOWN: Key = Key::named(KeyCode::PageDown);
pub(crate) const HOME: Key = Key::named(KeyCode::Home);
pub(crate) const END: Key = Key::named(KeyCode::End);

/// What an input method sends where ASCII is meant: `１` is `1`, `／` and `・` are `/`.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '・' => '/',
        '、' => ',',
        '。' => '.',
        'ー' => '-',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(c: char) -> Option<Key> {
        Key::of(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    #[test]
    fn full_width_keys_act_as_half_width() {
        for (typed, meant) in [('１', '1'), ('ｊ', 'j'), ('？', '?'), ('／', '/'), ('・', '/'), ('\u{3000}', ' ')]
        {
            assert_eq!(pressed(typed), Some(key(meant)), "{typed}");
        }
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let event = KeyEvent::new(KeyCode::Char('L'), KeyModifiers::SHIFT);
        assert_eq!(Key::of(event), Some(key('L')));
        let event = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(Key::of(event).map(Key::shown), Some("Shift-Tab".to_owned()));
    }

    #[test]
    fn a_released_key_is_nothing() {
        let event = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Key::of(event), None);
    }
}

//! Keys as people press them, and the table that says what they do.

use crate::labels::Command;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// One key with its modifiers. Full-width characters count as half-width ones, Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// A printable key.
    pub(crate) const fn char(c: char) -> Self {
        Self { code: KeyCode::Char(c), modifiers: KeyModifiers::NONE }
    }

    /// A printable key with Ctrl.
    pub(crate) const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
    }

    /// A printable key with Alt.
    pub(crate) const fn alt(c: char) -> Self {
        Self { code: KeyCode::Char(c), modifiers: KeyModifiers::ALT }
    }

    /// A named key.
    pub(crate) const fn named(code: KeyCode) -> Self {
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

/// Where a binding is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foot {
    /// In the footer.
    Shown,
    /// In a footer that has room.
    Spare,
    /// Known to help, palette and README.
    Hidden,
}

/// A row of a screen's table: the keys of one command. It drives handling, footer, help, palette and the README.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding {
    /// The first is the one that is shown.
    pub(crate) keys: &'static [Key],
    /// What they do.
    pub(crate) command: Command,
    /// Where they are told.
    pub(crate) foot: Foot,
}

/// A row that the footer shows.
pub(crate) const fn shown(keys: &'static [Key], command: Command) -> Binding {
    Binding { keys, command, foot: Foot::Shown }
}

/// A row for a footer that has room.
pub(crate) const fn spare(keys: &'static [Key], command: Command) -> Binding {
    Binding { keys, command, foot: Foot::Spare }
}

/// A row that only help and palette show.
pub(crate) const fn hidden(keys: &'static [Key], command: Command) -> Binding {
    Binding { keys, command, foot: Foot::Hidden }
}

/// The command of a key in a table.
pub(crate) fn command_of(bindings: &[Binding], key: Key) -> Option<Command> {
    bindings.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.command)
}

/// Keys that work on every screen after sign-in, unless the screen has another use for them.
pub(crate) const EVERYWHERE: &[Binding] = &[
    shown(&[Key::char('/')], Command::Search),
    shown(&[Key::named(KeyCode::F(1))], Command::Manual),
    shown(&[Key::char('?'), Key::named(KeyCode::F(2))], Command::Help),
    spare(&[Key::ctrl('p')], Command::Palette),
    hidden(&[Key::char('1'), Key::alt('1')], Command::Home),
    hidden(&[Key::char('2'), Key::alt('2')], Command::Members),
    hidden(&[Key::char('3'), Key::alt('3')], Command::Requests),
    hidden(&[Key::char('4'), Key::alt('4')], Command::Queue),
    hidden(&[Key::char('5'), Key::alt('5')], Command::Batches),
    hidden(&[Key::char('6'), Key::alt('6')], Command::Import),
    hidden(&[Key::char('7'), Key::alt('7')], Command::Admin),
    hidden(&[Key::named(KeyCode::F(6))], Command::FollowUps),
    hidden(&[Key::named(KeyCode::F(9))], Command::SearchNotes),
    spare(&[Key::named(KeyCode::F(5))], Command::Reload),
    hidden(&[Key::char('L'), Key::ctrl('o')], Command::Lock),
    hidden(&[Key::ctrl('x')], Command::SignOut),
    spare(&[Key::named(KeyCode::F(12)), Key::ctrl('q'), Key::ctrl('c')], Command::Quit),
    hidden(&[Key::ctrl('z')], Command::Suspend),
    hidden(&[Key::ctrl('l')], Command::Redraw),
];

/// Keys that work over every dialog, unless it has another use for them.
pub(crate) const OVER: &[Binding] = &[
    spare(&[Key::named(KeyCode::F(1))], Command::Manual),
    hidden(&[Key::ctrl('o')], Command::Lock),
    shown(&[Key::named(KeyCode::F(2))], Command::Help),
    hidden(&[Key::ctrl('q'), Key::ctrl('c'), Key::named(KeyCode::F(12))], Command::Quit),
    hidden(&[Key::ctrl('z')], Command::Suspend),
    hidden(&[Key::ctrl('l')], Command::Redraw),
];

/// Keys that work before sign-in and while the screen is locked.
pub(crate) const OUTSIDE: &[Binding] = &[
    shown(&[Key::ctrl('q'), Key::ctrl('c'), Key::named(KeyCode::F(12))], Command::Quit),
    hidden(&[Key::ctrl('z')], Command::Suspend),
    hidden(&[Key::ctrl('l')], Command::Redraw),
];

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
            assert_eq!(pressed(typed), Some(Key::char(meant)), "{typed}");
        }
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let event = KeyEvent::new(KeyCode::Char('L'), KeyModifiers::SHIFT);
        assert_eq!(Key::of(event), Some(Key::char('L')));
        let event = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(Key::of(event).map(Key::shown), Some("Shift-Tab".to_owned()));
    }

    #[test]
    fn a_released_key_is_nothing() {
        let event = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Key::of(event), None);
    }
}

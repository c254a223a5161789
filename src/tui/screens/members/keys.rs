//! The keys of the search and of a member's view.

use crate::labels::Command;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::screens::common::{BACK_KEYS, DOWN, FIRST, LAST, PAGE_DOWN, PAGE_UP, UP};
use crossterm::event::KeyCode;

/// The keys of the search. Letters are text here; arrows move in the result.
pub(crate) const FIND: &[Binding] = &[
    shown(&[Key::named(KeyCode::Enter)], Command::Open),
    shown(&[Key::named(KeyCode::F(4)), Key::ctrl('t')], Command::Call),
    hidden(&[Key::named(KeyCode::Down)], Command::Down),
    hidden(&[Key::named(KeyCode::Up)], Command::Up),
    PAGE_UP,
    PAGE_DOWN,
    shown(BACK_KEYS, Command::Back),
];

/// The keys of a member's view.
pub(crate) const VIEW: &[Binding] = &[
    shown(&[Key::char('d')], Command::Diagnose),
    shown(&[Key::char('n')], Command::Note),
    shown(&[Key::char('r')], Command::Reissue),
    shown(&[Key::char('h')], Command::History),
    shown(&[Key::named(KeyCode::Tab)], Command::NextPage),
    hidden(&[Key::char('q')], Command::Answer),
    hidden(&[Key::char('c')], Command::ShowCards),
    hidden(&[Key::char('b')], Command::Contact),
    hidden(&[Key::char('t')], Command::TakeRequest),
    hidden(&[Key::char('p')], Command::Former),
    hidden(&[Key::char('s')], Command::Later),
    hidden(&[Key::char('w')], Command::Lineage),
    hidden(&[Key::named(KeyCode::BackTab)], Command::PreviousPage),
    hidden(&[Key::char('f')], Command::Family),
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    shown(BACK_KEYS, Command::Back),
];

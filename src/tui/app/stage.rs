//! Who is at the terminal, and what they see.

use crate::tui::desk::Desk;
use crate::tui::gate::{Change, Code, Enrol, Lock, Recovery, SignIn};
use crate::tui::screen::Screen;

/// Before the desk, at it, or locked out of it.
pub(super) enum Stage {
    SignIn(SignIn),
    Change(Change),
    Code(Code),
    Enrol(Enrol),
    Recovery(Recovery),
    Desk(Box<Desk>),
    Locked(Lock, Box<Desk>),
}

impl Stage {
    /// What has the focus.
    pub(super) fn screen(&self) -> &dyn Screen {
        match self {
            Self::SignIn(screen) => screen,
            Self::Change(screen) => screen,
            Self::Code(screen) => screen,
            Self::Enrol(screen) => screen,
            Self::Recovery(screen) => screen,
            Self::Desk(desk) => desk.top(),
            Self::Locked(screen, _) => screen,
        }
    }

    /// What has the focus, to tell it something.
    pub(super) fn screen_mut(&mut self) -> &mut dyn Screen {
        match self {
            Self::SignIn(screen) => screen,
            Self::Change(screen) => screen,
            Self::Code(screen) => screen,
            Self::Enrol(screen) => screen,
            Self::Recovery(screen) => screen,
            Self::Desk(desk) => desk.top_mut(),
            Self::Locked(screen, _) => screen,
        }
    }

    /// The work of whoever has signed in, also behind the lock.
    pub(super) fn desk(&mut self) -> Option<&mut Desk> {
        match self {
            Self::Desk(desk) | Self::Locked(_, desk) => Some(desk),
            Self::SignIn(_) | Self::Change(_) | Self::Code(_) | Self::Enrol(_) | Self::Recovery(_) => None,
        }
    }
}

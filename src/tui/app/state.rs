//! Who is at the terminal, and what they see.

use crate::tui::auth::{Change, Code, Enrol, Lock, Recovery, SignIn};
use crate::tui::screen::Screen;
use crate::tui::workspace::Workspace;

/// Before the desk, at it, or locked out of it.
pub(super) enum AppState {
    SignIn(SignIn),
    Change(Change),
    Code(Code),
    Enrol(Enrol),
    Recovery(Recovery),
    Workspace(Box<Workspace>),
    Locked(Lock, Box<Workspace>),
}

impl AppState {
    /// What has the focus.
    pub(super) fn screen(&self) -> &dyn Screen {
        match self {
            Self::SignIn(screen) => screen,
            Self::Change(screen) => screen,
            Self::Code(screen) => screen,
            Self::Enrol(screen) => screen,
            Self::Recovery(screen) => screen,
            Self::Workspace(workspace) => workspace.top(),
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
            Self::Workspace(workspace) => workspace.top_mut(),
            Self::Locked(screen, _) => screen,
        }
    }

    /// The work of whoever has signed in, also behind the lock.
    pub(super) fn workspace(&mut self) -> Option<&mut Workspace> {
        match self {
            Self::Workspace(workspace) | Self::Locked(_, workspace) => Some(workspace),
            Self::SignIn(_) | Self::Change(_) | Self::Code(_) | Self::Enrol(_) | Self::Recovery(_) => None,
        }
    }
}

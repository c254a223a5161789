//! Who is at the terminal, and what they see.

use crate::tui::auth::{CredentialForm, Recovery};
use crate::tui::screen::Screen;
use crate::tui::workspace::Workspace;

/// Signing in, signed in, or locked.
pub(super) enum AppState {
    Credentials(CredentialForm),
    Recovery(Recovery),
    Workspace(Box<Workspace>),
    Locked(CredentialForm, Box<Workspace>),
}

impl AppState {
    /// What has the focus.
    pub(super) fn screen(&self) -> &dyn Screen {
        match self {
            Self::Credentials(form) | Self::Locked(form, _) => form,
            Self::Recovery(screen) => screen,
            Self::Workspace(workspace) => workspace.top(),
        }
    }

    /// What has the focus, to tell it something.
    pub(super) fn screen_mut(&mut self) -> &mut dyn Screen {
        match self {
            Self::Credentials(form) | Self::Locked(form, _) => form,
            Self::Recovery(screen) => screen,
            Self::Workspace(workspace) => workspace.top_mut(),
        }
    }

    /// The workspace of the signed-in person, also behind the lock.
    pub(super) fn workspace(&mut self) -> Option<&mut Workspace> {
        match self {
            Self::Workspace(workspace) | Self::Locked(_, workspace) => Some(workspace),
            Self::Credentials(_) | Self::Recovery(_) => None,
        }
    }
}

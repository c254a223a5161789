//! What the message line shows: a message, or how far long work has come.

use super::message::RequestId;
use super::progress::WorkProgress;
use super::theme::Theme;
use chrono::{DateTime, Utc};
use ratatui::style::Style;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusTone {
    Good,
    /// By the way.
    Quiet,
    /// Worth a look.
    Attention,
    /// Refused or failed.
    Bad,
}

impl StatusTone {
    pub(crate) const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Good => theme.good,
            Self::Quiet => theme.quiet,
            Self::Attention => theme.attention,
            Self::Bad => theme.bad,
        }
    }
}

/// A text in the message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusMessage {
    pub(crate) tone: StatusTone,
    pub(crate) text: String,
}

/// Long work under way.
#[derive(Debug)]
pub(crate) struct RunningWork {
    pub(crate) request_id: RequestId,
    pub(crate) progress: WorkProgress,
    pub(crate) since: DateTime<Utc>,
}

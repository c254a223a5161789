//! The seven screens by their tabs, and what one screen can be asked by another to show.

use crate::domain::{BatchNumber, MemberKey};
use crate::interchange::FileKind;
use crate::labels::{Chapter, Command};

/// Something that another screen can be asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// A member, by key.
    Member(MemberKey),
    /// A batch, by number.
    Batch(BatchNumber),
    /// 次の連絡
    FollowUps,
    /// The search for notes.
    Notes,
    /// B9: the follow-up list.
    MissingReceipts,
    /// A file of this kind, to be imported.
    Import(FileKind),
}

/// The seven screens, in the order of their number keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tab {
    Home,
    Members,
    Requests,
    Queue,
    Batches,
    Import,
    Admin,
}

impl Tab {
    /// In the order of their number keys.
    pub(crate) const ALL: [Self; 7] =
        [Self::Home, Self::Members, Self::Requests, Self::Queue, Self::Batches, Self::Import, Self::Admin];

    /// The chapter of the manual about it.
    pub(crate) const fn chapter(self) -> Chapter {
        match self {
            Self::Home => Chapter::Start,
            Self::Members => Chapter::Phone,
            Self::Requests => Chapter::Requests,
            Self::Queue => Chapter::Queue,
            Self::Batches => Chapter::Batches,
            Self::Import => Chapter::Import,
            Self::Admin => Chapter::Staff,
        }
    }

    /// The tab that a command goes to.
    pub(crate) const fn of(command: Command) -> Option<Self> {
        Some(match command {
            Command::Home => Self::Home,
            Command::Members => Self::Members,
            Command::Requests => Self::Requests,
            Command::Queue => Self::Queue,
            Command::Batches => Self::Batches,
            Command::Import => Self::Import,
            Command::Admin => Self::Admin,
            _ => return None,
        })
    }
}

impl Route {
    /// Where it is shown.
    pub(crate) const fn tab(&self) -> Tab {
        match self {
            Self::Member(_) | Self::FollowUps | Self::Notes => Tab::Members,
            Self::Batch(_) | Self::MissingReceipts => Tab::Batches,
            Self::Import(_) => Tab::Import,
        }
    }
}

//! What one screen can be asked by another to show.

use crate::domain::{BatchNumber, MemberKey};
use crate::tui::commands::Tab;
use crate::usecases::import::FileKind;

/// Something that another screen can be asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScreenRoute {
    /// A member, by key.
    Member(MemberKey),
    /// A batch, by number.
    Batch(BatchNumber),
    /// 次の連絡
    FollowUps,
    /// P2: what is owed to members.
    Promises,
    /// Replies that wait to be sent.
    Outbox,
    /// The search for notes.
    Notes,
    /// The calls of a day.
    Calls,
    /// 漏えい等
    Incidents,
    /// 事業所
    Employers,
    /// The call in hand, or the next one.
    NextCall,
    /// A call that begins.
    NewCall,
    /// B9: the follow-up list.
    MissingReceipts,
    /// R6: changed addresses that wait to be confirmed.
    ChangedAddresses,
    /// F2: proposed changes.
    Changes,
    /// A file of this kind, to be imported.
    Import(FileKind),
}

impl ScreenRoute {
    /// Where it is shown.
    pub(crate) const fn tab(&self) -> Tab {
        match self {
            Self::Member(_)
            | Self::FollowUps
            | Self::Promises
            | Self::Notes
            | Self::Calls
            | Self::Incidents
            | Self::NextCall
            | Self::NewCall => Tab::Members,
            Self::Batch(_) | Self::MissingReceipts | Self::Employers => Tab::Batches,
            Self::ChangedAddresses => Tab::Queue,
            Self::Outbox => Tab::Requests,
            Self::Import(_) => Tab::Import,
            Self::Changes => Tab::Admin,
        }
    }
}

//! Who asked for a card.

use super::coded;

coded! {
    /// What a card was asked through.
    pub enum AskedThrough {
        /// A person of the staff asked for it.
        Staff = "staff",
        /// The member did, on the portal; the event was imported.
        Portal = "portal",
    }
}

/// Who asked for a card. Who imports an event asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asker {
    /// The member, on the portal.
    Portal,
    /// This staff ID.
    Staff(String),
}

impl Asker {
    /// Who asked, where `by` is the staff ID of who did it or imported it.
    pub fn of(through: AskedThrough, by: &str) -> Self {
        match through {
            AskedThrough::Staff => Self::Staff(by.to_owned()),
            AskedThrough::Portal => Self::Portal,
        }
    }

    /// Whether it is this person of the staff.
    pub fn is_staff(&self, id: &str) -> bool {
        matches!(self, Self::Staff(by) if by == id)
    }
}

/// The staff ID, or `portal`.
impl serde::Serialize for Asker {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Portal => AskedThrough::Portal.code(),
            Self::Staff(id) => id,
        })
    }
}

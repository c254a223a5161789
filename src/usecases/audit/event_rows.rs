//! The shape of an event of the audit log: one row each.

/// One row per event: its name, its code, its facts, and `look` where a member was shown. From the rows come [`Act`], the
/// codes alone, and [`AuditEvent`].
macro_rules! audit_events {
    (@is_look) => { false };
    (@is_look look) => { true };
    ($(
        $(#[$meta:meta])*
        $event:ident = $code:literal $({ $($field:ident: $type:ty),+ $(,)? })? $($look:ident)?;
    )+) => {
        coded! {
            /// What was done, without its facts: for filters and names.
            pub enum Act { $($(#[$meta])* $event = $code),+ }
        }

        impl Act {
            /// Whether a member was shown: what unusual browsing is found from.
            pub const fn is_look(self) -> bool {
                match self { $(Self::$event => audit_events!(@is_look $($look)?)),+ }
            }

            /// Every kind of look.
            pub fn looks() -> Vec<Self> {
                Self::ALL.iter().copied().filter(|act| act.is_look()).collect()
            }
        }

        /// What was done, with its facts.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "a field is named for the fact that it holds")]
        pub enum AuditEvent {
            $($(#[$meta])* #[serde(rename = $code)] $event $({ $($field: $type),+ })?),+
        }

        impl AuditEvent {
            /// The code of the event, as the column `action` has it.
            pub const fn act(&self) -> Act {
                match self { $(Self::$event { .. } => Act::$event),+ }
            }
        }
    };
}

pub(super) use audit_events;

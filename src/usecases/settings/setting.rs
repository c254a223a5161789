//! One key, and the macro that makes struct, defaults and keys of one row each.

use super::value::Value;
use super::{SettingId, Settings, ValueKind};

/// One key: how it reads, how it is set, and what it takes.
pub struct Setting {
    /// The same for the program.
    pub id: SettingId,
    /// The key of `settings get|set`.
    pub key: &'static str,
    /// What it takes.
    pub takes: ValueKind,
    /// Whether a slip in it weakens what protects members, or stops people from signing in: it is asked about before.
    pub guarded: bool,
    pub(super) value: fn(&Settings) -> &dyn Value,
    pub(super) value_mut: fn(&mut Settings) -> &mut dyn Value,
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Setting {
    /// The value as text.
    pub fn get(&self, settings: &Settings) -> String {
        (self.value)(settings).text(self.takes)
    }

    /// Sets it; `None`, and nothing has changed, where the value does not fit.
    pub(super) fn set(&self, settings: &mut Settings, value: &str) -> Option<()> {
        (self.value_mut)(settings).set(self.takes, value)
    }

    /// The value as it would read afterwards; nothing where it does not fit.
    pub fn fits(&self, settings: &Settings, value: &str) -> Option<String> {
        let mut settings = settings.clone();
        self.set(&mut settings, value)?;
        Some(self.get(&settings))
    }
}

/// Makes `Settings` with its defaults, `SettingId` and `SETTINGS` of rows
/// `field: Type = default => { Id[.part] = "key", ValueKind[, guarded]; }`: a field cannot be forgotten in any of them.
/// A field of several parts has a row for each; a value that cannot be set has none.
macro_rules! settings {
    ($(
        $(#[$doc:meta])*
        $field:ident: $type:ty = $default:expr => {
            $($id:ident $(. $part:ident)? = $key:literal, $takes:expr $(, $guarded:ident)?;)*
        }
    )*) => {
        /// Everything that can be set, typed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Settings {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        /// The keys, so that the compiler asks for a text for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is told by its key")]
        pub enum SettingId {
            $($($id,)*)*
        }

        /// All settings, in the order of the settings page.
        pub const SETTINGS: &[Setting] = &[
            $($(Setting {
                id: SettingId::$id,
                key: $key,
                takes: $takes,
                guarded: settings!(@guarded $($guarded)?),
                value: |settings| &settings.$field$(.$part)?,
                value_mut: |settings| &mut settings.$field$(.$part)?,
            },)*)*
        ];
    };
    (@guarded) => { false };
    (@guarded guarded) => { true };
}
pub(super) use settings;

//! The macro that makes struct, defaults and keys of one row each.

/// Makes `Settings` with its defaults, `SettingId` and `SETTINGS` of rows
/// `field: Type = default => { Id[.part] = "key", ValueKind[, guarded[, strictest "value"]]; }`: a field cannot be forgotten in any of them.
/// A field of several parts has a row for each; a value that cannot be set has none.
macro_rules! settings {
    ($(
        $(#[$doc:meta])*
        $field:ident: $type:ty = $default:expr => {
            $($id:ident $(. $part:ident)? = $key:literal, $takes:expr $(, $guarded:ident $(, strictest $strictest:literal)?)?;)*
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
                strictest: settings!(@strictest $($($strictest)?)?),
                value: |settings| &settings.$field$(.$part)?,
                value_mut: |settings| &mut settings.$field$(.$part)?,
            },)*)*
        ];
    };
    (@strictest) => { None };
    (@strictest $value:literal) => { Some($value) };
    (@guarded) => { false };
    (@guarded guarded) => { true };
}
pub(super) use settings;

//! The shape of the table of commands: from its rows come the commands, the tabs and what is known of each.

/// `None`, or the name of a permission.
macro_rules! needs {
    (None) => {
        None
    };
    ($permission:ident) => {
        Some(Permission::$permission)
    };
}

macro_rules! row {
    ($keys:tt, $foot:expr, $needs:ident, $when:expr, $short:expr, $long:expr, $reading:literal) => {
        CommandRow {
            keys: &$keys,
            foot: $foot,
            needs: needs!($needs),
            when: $when,
            short: $short,
            long: $long,
            reading: $reading,
        }
    };
}

macro_rules! commands {
    (
        tabs {
            $($tab:ident $tab_keys:tt $tab_foot:ident, needs $tab_needs:ident, chapter $chapter:ident,
                $tab_ja:literal | $tab_en:literal, $go_ja:literal | $go_en:literal, $go_reading:literal;)+
        }
        $($command:ident $keys:tt $foot:ident, needs $needs:ident, when $when:expr,
            $ja:literal | $en:literal, $long_ja:literal | $long_en:literal, $reading:literal;)+
    ) => {
        /// Something that a key or the palette asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Command { $($tab,)+ $($command),+ }

        const ROWS: &[CommandRow] = &[
            $(row!($tab_keys, $tab_foot, $tab_needs, Always, [$tab_ja, $tab_en], [$go_ja, $go_en], $go_reading),)+
            $(row!($keys, $foot, $needs, $when, [$ja, $en], [$long_ja, $long_en], $reading)),+
        ];

        impl Command {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$tab,)+ $(Self::$command),+];
        }

        /// A screen with a number key, in the order of these keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Tab { $($tab),+ }

        impl Tab {
            /// In the order of the number keys.
            pub(crate) const ALL: [Self; [$(stringify!($tab)),+].len()] = [$(Self::$tab),+];

            /// The command that goes there.
            pub(crate) const fn command(self) -> Command {
                match self { $(Self::$tab => Command::$tab),+ }
            }

            /// The chapter of the manual about it.
            pub(crate) const fn chapter(self) -> Chapter {
                match self { $(Self::$tab => Chapter::$chapter),+ }
            }
        }
    };
}

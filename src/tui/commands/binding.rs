//! Which commands a screen has, and the keys that differ there.

use super::row::Foot;
use super::table::Command;
use crate::tui::keys::Key;

/// A command in the table of a screen: as in its row, unless the table says otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding {
    pub(crate) command: Command,
    /// The first is the one that is shown.
    pub(crate) keys: &'static [Key],
    pub(crate) foot: Foot,
}

impl Binding {
    /// As in the command's row.
    pub(crate) const fn of(command: Command) -> Self {
        let row = command.row();
        Self { command, keys: row.keys, foot: row.foot }
    }

    /// With these keys instead.
    pub(crate) const fn on(self, keys: &'static [Key]) -> Self {
        Self { keys, ..self }
    }

    /// In the footer.
    pub(crate) const fn shown(self) -> Self {
        Self { foot: Foot::Shown, ..self }
    }

    /// In a footer that has room.
    pub(crate) const fn spare(self) -> Self {
        Self { foot: Foot::Spare, ..self }
    }

    /// Not in the footer.
    pub(crate) const fn hidden(self) -> Self {
        Self { foot: Foot::Hidden, ..self }
    }
}

/// The table of a screen: `bindings![Open, Draft.hidden(), Down.on(&[DOWN])]`, in the order of the footer.
/// Behind `; list` stand the keys by which one moves in a list and leaves it.
macro_rules! bindings {
    ($($command:ident $(. $change:ident ( $($keys:expr)? ))*),+ ; list) => {
        $crate::tui::commands::bindings![
            $($command $(. $change ( $($keys)? ))*,)+ Up, Down, PageUp, PageDown, First, Last, Back
        ]
    };
    ($($command:ident $(. $change:ident ( $($keys:expr)? ))*),+ $(,)?) => {
        &[$($crate::tui::commands::Binding::of($crate::tui::commands::Command::$command)$(.$change($($keys)?))*),+]
    };
}
pub(crate) use bindings;

/// The command of a key in a table.
pub(crate) fn command_of(bindings: &[Binding], key: Key) -> Option<Command> {
    bindings.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.command)
}

//! The keys that work on the screen below, and everywhere.

use crate::domain::Permission;
use crate::labels::{Lang, codes};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::footer::is_left;
use crate::tui::keys::{ENTER, ESC, PAGE_DOWN, f, key};
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, nothing};
use crate::tui::widgets::area;
use crate::tui::widgets::scroll::Scroll;
use ratatui::layout::{Margin, Rect};

/// The keys of the help itself.
pub(crate) const HELP: &[Binding] = bindings![
    Back.on(&[ESC, key('?'), ENTER, f(3), f(2)]),
    PageDown.on(&[PAGE_DOWN, f(8), key(' ')]).shown(),
    PageUp,
    Down,
    Up,
    First,
    Last
];

/// The width of the keys' column.
const KEYS: u16 = 20;

/// All keys, those of the screen first.
#[derive(Debug)]
pub(crate) struct Help {
    here: &'static [Binding],
    /// What works besides, with a key that the screen does not take.
    common: Vec<&'static Binding>,
    scroll: Scroll,
}

impl Help {
    /// Help about a table, and about the one that works besides it.
    pub(crate) fn new(here: &'static [Binding], common: &'static [Binding]) -> Self {
        let works = |binding: &&Binding| binding.keys.iter().any(|key| is_left(binding, *key, here));
        Self { here, common: common.iter().filter(works).collect(), scroll: Scroll::default() }
    }
}

impl Screen for Help {
    fn bindings(&self) -> &'static [Binding] {
        HELP
    }

    fn on(&mut self, event: ScreenEvent, _cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::Back) => vec![KeyAction::Close],
            ScreenEvent::Command(command) => {
                self.scroll.moved(command);
                nothing()
            }
            _ => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (words, all, theme) = (&canvas.cx.labels.dialogs, canvas.area(), canvas.cx.theme);
        // A heading and a blank line stand between the two tables.
        let rows = self.here.len() + self.common.len() + 3;
        let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(4).min(all.height - 2);
        let popup = canvas.popup(72, height, words.help_title);
        let inner = popup.inner(Margin::new(0, 1));
        let [_, right] = area::split_left(inner, 2);
        let [keys_column, names] = area::split_left(right, KEYS);
        let lang = canvas.cx.labels.lang;
        for (y, index) in (inner.y..).zip(self.scroll.window(rows, usize::from(inner.height))) {
            let heading = match index {
                0 => Some(words.help_here),
                at if at == self.here.len() + 1 => Some(""),
                at if at == self.here.len() + 2 => Some(words.help_everywhere),
                _ => None,
            };
            if let Some(heading) = heading {
                canvas.text(inner.x, y, inner.width, heading, theme.strong);
                continue;
            }
            let everywhere = index.checked_sub(self.here.len() + 3).and_then(|at| self.common.get(at).copied());
            let Some(binding) = everywhere.or_else(|| self.here.get(index - 1)) else { continue };
            let lacks = canvas.cx.lacks(binding.command);
            let [key, text] = if lacks.is_some() { [theme.quiet; 2] } else { [theme.key, theme.text] };
            canvas.text(keys_column.x, y, keys_column.width - 1, &keys(binding, self.here), key);
            canvas.text(names.x, y, names.width, &named(binding.command, lacks, lang), text);
        }
        self.scroll.mark(canvas, popup, rows);
    }
}

/// A command's name; where the role may not do it, with who may.
pub(crate) fn named(command: Command, lacks: Option<Permission>, lang: Lang) -> String {
    let name = command.row().long(lang);
    match lacks {
        Some(needs) => format!("{name} ({})", codes::who_may(lang, needs)),
        None => name.to_owned(),
    }
}

/// The first keys of a row that a screen leaves to it, as many as the column holds.
pub(crate) fn keys(binding: &Binding, here: &[Binding]) -> String {
    let mut text = String::new();
    for key in binding.keys.iter().filter(|key| is_left(binding, **key, here)).map(|key| key.shown()) {
        if text.is_empty() {
            text = key;
        } else if text.len() + key.len() + 2 < usize::from(KEYS) {
            text = format!("{text} {key}");
        }
    }
    text
}

//! Things that are done by hand, ticked off one by one; going on takes all of them.

use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::widgets::list_view::{ListItem, ListView};
use crate::tui::widgets::table::TableColumn;
use crate::tui::widgets::{Focus, area, cells};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

/// The keys of a list to tick.
pub(crate) const TICKS: &[Binding] = bindings![TickPulled, Submit, Back, Up, Down, PageUp, PageDown];

/// Whether a thing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TickMark {
    Open,
    /// Not yet, and it was not in the list that was seen before.
    New,
    Ticked,
}

/// One thing: what it is, who it is about, and why.
#[derive(Debug)]
pub(crate) struct TickItem {
    pub(crate) mark: TickMark,
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) why: String,
}

impl ListItem for TickItem {
    type Key = String;

    fn key(&self) -> String {
        self.what.clone()
    }

    fn words(&self) -> String {
        format!("{} {} {}", self.what, self.who, self.why)
    }
}

pub(crate) struct Ticks {
    title: String,
    text: Vec<String>,
    items: ListView<TickItem>,
    then: Vec<KeyAction>,
}

impl std::fmt::Debug for Ticks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ticks").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Ticks {
    /// A list; `then` happens when everything is ticked and submitted.
    pub(crate) fn new(title: impl Into<String>, items: Vec<TickItem>, then: Vec<KeyAction>) -> Self {
        let first = items.iter().position(|item| item.mark != TickMark::Ticked).unwrap_or(0);
        let mut list = ListView::default();
        list.set(items);
        list.select(first);
        Self { title: title.into(), text: Vec::new(), items: list, then }
    }

    /// Says what is to be done.
    pub(crate) fn saying(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.text.extend(lines);
        self
    }

    fn open(&self) -> usize {
        self.items.rows().iter().filter(|item| item.mark != TickMark::Ticked).count()
    }

    fn tick(&mut self) {
        let Some(item) = self.items.selected_mut() else { return };
        item.mark = match item.mark {
            TickMark::Ticked => TickMark::Open,
            TickMark::Open | TickMark::New => TickMark::Ticked,
        };
        if item.mark == TickMark::Ticked {
            self.items.moved(Command::Down);
        }
    }

    fn submit(&mut self, cx: &Context) -> Vec<KeyAction> {
        match self.open() {
            0 => {
                let mut actions = vec![KeyAction::Close];
                actions.append(&mut self.then);
                actions
            }
            open => vec![KeyAction::Say(StatusTone::Attention, cx.labels.dialogs.not_all_ticked(open))],
        }
    }
}

impl Screen for Ticks {
    fn bindings(&self) -> &'static [Binding] {
        TICKS
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Command(Command::TickPulled) => self.tick(),
            ScreenEvent::Command(Command::Submit) => return self.submit(cx),
            ScreenEvent::Command(Command::Back) => return vec![KeyAction::Close],
            ScreenEvent::Command(other) => {
                self.items.moved(other);
            }
            _ => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, _area: Rect) {
        let (theme, words) = (canvas.cx.theme, &canvas.cx.labels.dialogs);
        let whole = canvas.area();
        let width = 78.min(whole.width);
        let text: Vec<String> = self.text.iter().flat_map(|line| cells::wrap(line, width - 4)).collect();
        let height = area::height(&text).saturating_add(area::height(self.items.rows())).saturating_add(6);
        let popup = canvas.popup(width, height, &self.title);
        let rows = [Length(1), Length(area::height(&text)), Fill(1), Length(1), Length(1)];
        let [_, above, list, _, below] = popup.layout(&Layout::vertical(rows));
        canvas.lines(above, &text, theme.attention);
        let columns =
            [TableColumn::cells("", 5), TableColumn::cells("", 5), TableColumn::rest(""), TableColumn::cells("", 20)];
        self.items.draw_rows(canvas, list, (&columns, Focus::Here), |item| {
            let (mark, style) = match item.mark {
                TickMark::Open => ("[ ]", theme.text),
                TickMark::New => (words.new_mark, theme.attention),
                TickMark::Ticked => ("[x]", theme.good),
            };
            vec![
                (mark.to_owned(), style),
                (item.what.clone(), theme.text),
                (item.who.clone(), theme.text),
                (item.why.clone(), theme.attention),
            ]
        });
        let count = words.ticked(self.items.len() - self.open(), self.items.len());
        canvas.lines(below, &[count], theme.strong);
    }
}

//! Which file: typed, pasted, completed, or taken from the list of its folder.

use super::path;
use super::requests::{ImportMsg, ListFiles, check};
use crate::labels::files;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{DOWN, UP};
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, InputField, area, cells};
use crate::usecases::import::FileEntry;
use crate::usecases::import::FileKind;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use std::path::PathBuf;

/// The keys while a file is chosen.
pub(crate) const CHOOSING: &[Binding] =
    bindings![Submit, Complete, Down.on(&[DOWN]), Up.on(&[UP]), PageUp, PageDown, Back];

/// Where Enter takes the path from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Field,
    List,
}

impl ListItem for FileEntry {
    type Key = String;

    fn key(&self) -> String {
        self.path.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (name, size) = match self.bytes {
            Some(bytes) => (self.name.clone(), size(bytes)),
            None => (format!("{}/", self.name), String::new()),
        };
        let written = self.written_at.map(common::minute).unwrap_or_default();
        vec![(name, cx.theme.text), (size, cx.theme.quiet), (written, cx.theme.quiet)]
    }
}

/// The field, and what its folder has.
pub(super) struct Choose {
    pub(super) kind: FileKind,
    pub(super) field: InputField,
    listed: ListView<FileEntry>,
    from: From,
}

impl Choose {
    /// Begins in the folder of the file that was chosen last.
    pub(super) fn new(kind: FileKind, folder: &str) -> Self {
        let mut field = InputField::new();
        field.set(folder);
        let mut listed = ListView::default();
        listed.wait();
        Self { kind, field, listed, from: From::Field }
    }

    pub(super) fn ask(&mut self) -> Vec<KeyAction> {
        self.from = From::Field;
        self.listed.select(0);
        let beginning = path::meant(self.field.text());
        vec![KeyAction::request(ListFiles(beginning.clone()), |reply| ImportMsg::Files { beginning, reply })]
    }

    pub(super) fn listed(
        &mut self,
        beginning: &str,
        reply: Result<Vec<FileEntry>, RefusalText>,
        cx: &Context,
    ) -> Vec<KeyAction> {
        if reply.is_ok() && beginning != path::meant(self.field.text()) {
            return nothing();
        }
        let actions = common::loaded(&mut self.listed, reply, cx);
        if self.from == From::Field {
            self.listed.select(0);
        }
        actions
    }

    fn selected(&self) -> Option<&FileEntry> {
        self.listed.selected().filter(|_| self.from == From::List)
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Complete => self.complete(),
            Command::Submit => self.submit(cx),
            Command::Down if self.from == From::Field => {
                self.from = From::List;
                nothing()
            }
            Command::Up if self.listed.index().is_none_or(|row| row == 0) => {
                self.from = From::Field;
                nothing()
            }
            other => {
                self.from = From::List;
                self.listed.moved(other);
                nothing()
            }
        }
    }

    fn enter(&mut self, path: &str) -> Vec<KeyAction> {
        self.field.set(path);
        self.ask()
    }

    /// A folder is opened, a file is checked.
    fn submit(&mut self, cx: &Context) -> Vec<KeyAction> {
        let taken = self.selected().map(|entry| (entry.path.clone(), entry.bytes.is_none()));
        match taken {
            Some((folder, true)) => self.enter(&folder),
            Some((file, false)) => vec![check(self.kind, PathBuf::from(file))],
            None => match path::meant(self.field.text()) {
                empty if empty.is_empty() => {
                    vec![KeyAction::Say(StatusTone::Attention, cx.labels.import.no_path.to_owned())]
                }
                typed => vec![check(self.kind, PathBuf::from(typed))],
            },
        }
    }

    /// As far as everything that fits goes on alike.
    fn complete(&mut self) -> Vec<KeyAction> {
        let [first, more @ ..] = self.listed.rows() else { return nothing() };
        let common = more.iter().fold(first.path.as_str(), |common, entry| alike(common, &entry.path)).to_owned();
        if common.len() <= path::meant(self.field.text()).len() { nothing() } else { self.enter(&common) }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.import;
        let rows = [Length(1), Length(3), Length(2), Fill(1)];
        let [title, text, path, list] = area.layout(&Layout::vertical(rows));
        let kind = files::kind(labels.lang, self.kind);
        canvas.lines(area::inset(title), &[words.path_title(kind)], theme.title);
        let [text, _] = area::split_top(area::inset(text), 2);
        canvas.lines(text, &cells::wrap(words.path_text, text.width), theme.quiet);
        let [label, field] = area::split_left(area::inset(path), cells::width(words.path) + 2);
        canvas.lines(label, &[words.path], theme.strong);
        self.field.draw(canvas, area::row(field, field.y), Focus::Here);
        let columns =
            [TableColumn::rest(words.file), TableColumn::number(words.size, 10), TableColumn::cells(words.written, 11)];
        let focus = Focus::at(self.from, From::List);
        let look = ListLook { columns: &columns, empty: (words.no_files, words.no_files_next), focus, foot: 0 };
        self.listed.draw(canvas, list, &look);
    }
}

/// What two paths begin with, cut between characters.
fn alike<'a>(a: &'a str, b: &str) -> &'a str {
    let end = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    &a[..end.unwrap_or_else(|| a.len().min(b.len()))]
}

/// `89 MB`
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn what_two_paths_begin_with_is_cut_between_characters() {
        assert_eq!(alike("加入者10.csv", "加入者11.csv"), "加入者1");
        assert_eq!(alike("a", "ab"), "a");
        assert_eq!(alike("高", "髙"), "");
    }
}

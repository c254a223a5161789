//! Selection, filter and the states of a list.

use super::{AnyList, ListItem, ListLook, ListView, Mark};
use crate::labels::Lang;
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::tests::testing::morning;
use crate::tui::theme::{ColorScheme, Glyphs, Theme};
use crate::tui::widgets::Focus;
use crate::tui::widgets::table::{Row, TableColumn};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Rect;
use ratatui::style::Style;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line(u32, &'static str);

impl ListItem for Line {
    type Key = u32;

    fn key(&self) -> u32 {
        self.0
    }

    fn cells(&self, _cx: &Context) -> Row {
        vec![(self.0.to_string(), Style::new()), (self.1.to_owned(), Style::new()), (String::new(), Style::new())]
    }
}

fn list(rows: &[(u32, &'static str)]) -> ListView<Line> {
    ListView::of(rows.iter().map(|(key, text)| Line(*key, text)).collect())
}

/// The list on a screen of 40 by 10 cells, two of whose lines are the screen's own.
fn screen(list: &ListView<Line>) -> String {
    let mut terminal = Terminal::new(TestBackend::new(40, 10)).unwrap();
    let cx = context();
    terminal.draw(|frame| draw(list, &mut Canvas::new(frame, &cx))).unwrap();
    let cells = terminal.backend().buffer().content.chunks(40);
    let lines = cells.map(|line| line.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn context() -> Context {
    Context {
        labels: Lang::En.labels(),
        theme: Theme::new(ColorScheme::Plain, Glyphs::ASCII),
        society: String::new(),
        database: Default::default(),
        now: morning(),
        person: None,
        counts: Default::default(),
    }
}

fn draw(list: &ListView<Line>, canvas: &mut Canvas<'_, '_>) {
    let area = Rect::new(0, 0, 40, 10);
    let columns = [TableColumn::number("No.", 3), TableColumn::rest("Name"), TableColumn::mark(3)];
    let look = ListLook { columns: &columns, empty: ("No lines", "Add one"), focus: Focus::Here, foot: 2 };
    if list.draw(canvas, area, &look) {
        list.draw_range(canvas, area, 9);
    }
}

#[test]
fn the_selection_follows_its_row_when_a_list_is_loaded_again() {
    let mut list = list(&[(1, "a"), (2, "b")]);
    list.moved(Command::Down);
    list.set(vec![Line(7, "new"), Line(1, "a"), Line(2, "b")], &context());
    assert_eq!(list.selected(), Some(&Line(2, "b")));
    list.set(vec![Line(7, "new"), Line(1, "a")], &context());
    assert_eq!(list.selected(), Some(&Line(1, "a")), "what is gone leaves its place");
    list.set(Vec::new(), &context());
    assert_eq!((list.selected(), list.index()), (None, None));
}

#[test]
fn a_filter_shows_rows_with_all_its_words() {
    let mut list = list(&[(1, "東海林 タクヤ"), (2, "山田 太郎"), (3, "山田 ﾀｸﾔ")]);
    list.select(2);
    list.filter("たくや", &context());
    assert_eq!((list.len(), list.selected().map(|line| line.0)), (2, Some(3)), "the selection stays with its row");
    list.filter("山田　ﾀｸﾔ", &context());
    assert_eq!((list.len(), list.selected().map(|line| line.0)), (1, Some(3)));
    list.filter("", &context());
    assert_eq!((list.len(), list.selected().map(|line| line.0)), (3, Some(3)));
}

#[test]
fn a_filter_stays_when_a_list_is_loaded_again() {
    let mut list = list(&[(1, "Sato"), (2, "Suzuki")]);
    list.filter("SU", &context());
    list.set(vec![Line(1, "Sato"), Line(2, "Suzuki"), Line(3, "Suda")], &context());
    assert_eq!((list.len(), list.rows().len()), (2, 3));
    list.moved(Command::Last);
    assert_eq!(list.selected_mut(), Some(&mut Line(3, "Suda")));
}

#[test]
fn rows_stay_in_sight_while_newer_ones_are_awaited() {
    let mut list = ListView::<Line>::default();
    list.wait();
    assert_eq!(list.fail("no database"), None, "shown in the place of the rows");
    list.set(vec![Line(1, "a")], &context());
    list.wait();
    assert!(list.is_ready());
    assert_eq!(list.fail("no database").as_deref(), Some("no database"), "said elsewhere");
    list.fail_empty("no database");
    assert_eq!((list.is_ready(), list.len()), (false, 0));
    list.clear();
    assert_eq!(screen(&list), "");
}

#[test]
fn a_list_draws_its_rows_and_the_range_in_sight() {
    let mut long = list(&[(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, "f"), (7, "g"), (8, "h"), (9, "i")]);
    long.moved(Command::Last);
    assert_eq!(screen(&long), "  No.  Name\n    8  h\n>   9  i\n\n\n\n\n\n\n                               8-9 of 9");
}

#[test]
fn a_list_without_rows_says_why() {
    let mut it = ListView::<Line>::default();
    it.wait();
    assert_eq!(screen(&it).trim(), "Loading");
    it.fail("The database does not answer");
    assert!(screen(&it).ends_with("The database does not answer\n\n             F5 tries again"), "{}", screen(&it));
    it.set(Vec::new(), &context());
    assert_eq!(screen(&it).trim(), "No lines\n\n                Add one");
    let mut it = list(&[(1, "a")]);
    it.filter("x", &context());
    assert_eq!(screen(&it).trim(), "No row matches \"x\"\n\n         Esc clears the filter");
}

#[test]
fn a_filter_looks_in_every_cell_and_says_what_it_leaves() {
    let mut it = list(&[(260, "Sato"), (104, "Suzuki"), (261, "Suda")]);
    it.filter("２６", &context());
    assert_eq!((it.len(), it.filter_text()), (2, "２６"));
    let shown = screen(&it);
    assert!(shown.starts_with("  Filtered by \"２\u{20}６\u{20}\": 2 of 3"), "{shown}");
    assert!(shown.contains("260  Sato") && shown.contains("261  Suda") && !shown.contains("Suzuki"), "{shown}");
    it.filter("26 su", &context());
    assert_eq!(it.selected(), Some(&Line(261, "Suda")), "the words may stand in different cells");
}

#[test]
fn a_mark_stays_with_its_row_whatever_is_shown() {
    let mut it = list(&[(1, "Sato"), (2, "Suzuki")]);
    assert_eq!(it.toggle_mark(), Some(Mark::Set));
    assert!(screen(&it).contains("[x]\n    2  Suzuki"), "{}", screen(&it));
    it.filter("suzuki", &context());
    assert!(!screen(&it).contains("[x]"), "{}", screen(&it));
    it.clear();
    it.set(vec![Line(3, "Abe"), Line(1, "Sato")], &context());
    assert_eq!((it.marks(), it.index()), (&[1][..], Some(0)));
    it.moved(Command::Down);
    assert_eq!((it.toggle_mark(), it.marks().len()), (Some(Mark::Unset), 0));
}

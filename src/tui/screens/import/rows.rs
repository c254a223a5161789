//! Rows of a file as lines: new ones, changes field by field, rejected ones.

use crate::labels::files;
use crate::tui::canvas::Canvas;
use crate::tui::widgets::cells;
use crate::usecases::FieldChange;
use crate::usecases::import::{PreviewChange, PreviewItem, Warned};
use crate::usecases::import::{RowCode, RowError};
use ratatui::style::Style;

/// A line of a page.
pub(super) type Line = (String, Style);

/// Lines that are too long go on below, a little further in: an address is seen whole before it is taken (R6).
pub(super) fn wrapped(lines: Vec<Line>, width: u16) -> Vec<Line> {
    const FURTHER: usize = 2;
    let mut rows = Vec::with_capacity(lines.len());
    for (text, style) in lines {
        if cells::width(&text) <= width {
            rows.push((text, style));
            continue;
        }
        let body = text.trim_start();
        let indent = text.len() - body.len();
        let room = usize::from(width).saturating_sub(indent + FURTHER);
        for (at, part) in cells::wrap(body, u16::try_from(room).unwrap_or(width)).into_iter().enumerate() {
            let indent = if at == 0 { indent } else { indent + FURTHER };
            rows.push((format!("{}{part}", " ".repeat(indent)), style));
        }
    }
    rows
}

/// New rows, or those that say what is known.
pub(super) fn items(canvas: &Canvas<'_, '_>, items: &[PreviewItem], all: u64) -> Vec<Line> {
    let (words, theme) = (&canvas.cx.labels.import, canvas.cx.theme);
    let line = |item: &PreviewItem| (format!("{}  {:<14} {}", words.line(item.line), item.key, item.what), theme.text);
    with_rest(canvas, items.iter().map(line).collect(), items.len(), all)
}

/// Rows that are taken, and deserve a look.
pub(super) fn warned(canvas: &Canvas<'_, '_>, warned: &[Warned], all: u64) -> Vec<Line> {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let line = |it: &Warned| {
        let why = files::warning(labels.lang, it.warning);
        (format!("{}  {:<14} {}  {why}", labels.import.line(it.line), it.key, it.what), theme.text)
    };
    with_rest(canvas, warned.iter().map(line).collect(), warned.len(), all)
}

/// Changed rows: each field before and after.
pub(super) fn changes(canvas: &Canvas<'_, '_>, changes: &[PreviewChange], all: u64, width: u16) -> Vec<Line> {
    let (words, theme) = (&canvas.cx.labels.import, canvas.cx.theme);
    let field = |it: &FieldChange| {
        let [before, after] = [&it.old, &it.new].map(|text| if text.is_empty() { words.blank } else { text });
        format!("{}: {before} -> {after}", it.field)
    };
    let mut lines: Vec<Line> = Vec::new();
    for change in changes {
        lines.push((format!("{}  {}", words.line(change.line), change.key), theme.strong));
        let fields = change.fields.iter().flat_map(|it| cells::wrap(&field(it), width.saturating_sub(4)));
        lines.extend(fields.map(|line| (format!("    {line}"), theme.text)));
    }
    with_rest(canvas, lines, changes.len(), all)
}

/// Rejected rows, all or those of one reason.
pub(super) fn errors(canvas: &Canvas<'_, '_>, errors: &[RowError], only: Option<RowCode>, width: u16) -> Vec<Line> {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.import;
    let shown: Vec<&RowError> = errors.iter().filter(|error| only.is_none_or(|only| only == error.code)).collect();
    let head = only.map(|code| (words.only(files::row_code(labels.lang, code), shown.len()), theme.attention));
    let of = |error: &RowError| {
        let reason = files::reason(labels.lang, error);
        cells::wrap(&words.row(error.line, error.column, &error.value, &reason), width)
    };
    let rows = shown.into_iter().flat_map(of).map(|line| (line, theme.text));
    head.into_iter().chain(rows).collect()
}

/// Says how many more there are than are kept, or that there are none.
fn with_rest(canvas: &Canvas<'_, '_>, mut lines: Vec<Line>, kept: usize, all: u64) -> Vec<Line> {
    let (words, theme) = (&canvas.cx.labels.import, canvas.cx.theme);
    let more = all.saturating_sub(kept as u64);
    if more > 0 {
        lines.push((words.more(more), theme.quiet));
    } else if lines.is_empty() {
        lines.push((words.none.to_owned(), theme.quiet));
    }
    lines
}

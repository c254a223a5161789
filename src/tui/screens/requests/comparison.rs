//! What was sent against the registry, field by field: with the member of the request, or with each who may be meant.

use crate::domain::request::{Agreement, Comparison};
use crate::labels::{cases, codes};
use crate::tui::canvas::Canvas;
use crate::tui::theme::Theme;
use crate::usecases::requests::{CaseCandidate, RequestView};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of a field's name, and of how far it agrees.
const NAME: u16 = 11;

/// Cells of a field's name where several persons stand beside one another.
const SHORT_NAME: u16 = 10;

/// The fewest cells of a column of values.
const LEAST: u16 = 15;

/// Draws what was sent with what it is compared with; the first row below.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    if view.comparison.is_empty() { draw_candidates(canvas, area, view) } else { draw_member(canvas, area, view) }
}

/// Four columns: field, sent, registry, agreement.
fn draw_member(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let (words, quiet) = (&labels.requests, theme.quiet);
    let wide = (area.width - 2 * NAME - 3) / 2;
    let widths = [NAME, wide, wide, NAME];
    let head = [(words.field, quiet), (words.given, quiet), (words.on_file, quiet), (words.agreement, quiet)];
    draw_row(canvas, area, area.y, &widths, &head.map(|(text, style)| (text.to_owned(), style)));
    let mut y = area.y + 1;
    for line in &view.comparison {
        let agreement = codes::agreement(labels.lang, line.agreement).to_owned();
        let cells = [
            (codes::field(labels.lang, line.field).to_owned(), quiet),
            (line.given.clone(), theme.text),
            (line.on_file.clone(), theme.text),
            (agreement, style_of(line.agreement, &theme)),
        ];
        draw_row(canvas, area, y, &widths, &cells);
        y += 1;
    }
    y
}

/// what was sent beside what the registry has of each who may be meant. `=` stands before what agrees, `x` before
/// what does not.
fn draw_candidates(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let (words, lang) = (&labels.requests, labels.lang);
    let (shown, wide) = columns(view, area.width);
    let widths: Vec<u16> = [SHORT_NAME].into_iter().chain(std::iter::repeat_n(wide, shown.len() + 1)).collect();
    let heads = shown.iter().map(|other| (cases::pointed(lang, &other.candidate), theme.quiet));
    let head = [(words.field.to_owned(), theme.quiet), (words.given.to_owned(), theme.quiet)];
    draw_row(canvas, area, area.y, &widths, &head.into_iter().chain(heads).collect::<Vec<_>>());
    let mut y = area.y + 1;
    for (at, (field, given)) in view.sent.fields().into_iter().enumerate() {
        let given = given.replace('\u{3000}', " ");
        let sent = [(codes::field(lang, field).to_owned(), theme.quiet), (given, theme.text)];
        let others = shown.iter().filter_map(|other| other.comparison.get(at)).map(|line| marked(line, &theme));
        draw_row(canvas, area, y, &widths, &sent.into_iter().chain(others).collect::<Vec<_>>());
        y += 1;
    }
    y
}

/// Those who may be meant and have no column.
pub(super) fn candidates_without_column(view: &RequestView, width: u16) -> &[CaseCandidate] {
    if view.comparison.is_empty() { &view.candidates[columns(view, width).0.len()..] } else { &view.candidates }
}

/// Those who have a column, and the cells of each.
fn columns(view: &RequestView, width: u16) -> (&[CaseCandidate], u16) {
    let room = width.saturating_sub(SHORT_NAME + 1);
    let most = usize::from((room / LEAST).saturating_sub(1).max(1));
    let shown = &view.candidates[..view.candidates.len().min(most)];
    let all = u16::try_from(shown.len() + 1).unwrap_or(1);
    (shown, (room + 1).saturating_sub(all) / all)
}

fn marked(line: &Comparison, theme: &Theme) -> (String, Style) {
    let mark = match line.agreement {
        Agreement::Exact | Agreement::Variant => "=",
        Agreement::Differs => "x",
        Agreement::Part | Agreement::TooShort | Agreement::NotGiven => " ",
    };
    // With a narrow blank between family and given name more of it is seen.
    (format!("{mark}{}", line.on_file.replace('\u{3000}', " ")), style_of(line.agreement, theme))
}

const fn style_of(agreement: Agreement, theme: &Theme) -> Style {
    match agreement {
        Agreement::Exact => theme.good,
        Agreement::Variant | Agreement::Part => theme.moving,
        Agreement::TooShort => theme.attention,
        Agreement::Differs => theme.bad,
        Agreement::NotGiven => theme.quiet,
    }
}

fn draw_row(canvas: &mut Canvas<'_, '_>, area: Rect, y: u16, widths: &[u16], texts: &[(String, Style)]) {
    let mut x = area.x;
    for ((text, style), width) in texts.iter().zip(widths) {
        canvas.text(x, y, *width, text, *style);
        x += width + 1;
    }
}

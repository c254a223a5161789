//! What surrounds every screen: title, tabs, message line, footer.

use super::canvas::Canvas;
use super::context::PersonKind;
use super::footer;
use super::screen::Screen;
use super::status::{RunningWork, StatusMessage};
use super::widgets::{area, cells, progress_bar};
use super::workspace::Workspace;
use crate::tui::commands::{EVERYWHERE, OUTSIDE, OVER, Tab};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};

const LEAST: (u16, u16) = (80, 24);

/// The most cells of the name of who has signed in: society, database and clock stay in sight.
const NAME: u16 = 16;

/// Whether the terminal is too small to work at.
pub(crate) fn is_too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

pub(crate) fn draw_too_small(canvas: &mut Canvas<'_, '_>) {
    let area = canvas.area();
    let style = canvas.cx.theme.attention;
    let words = &canvas.cx.labels.frame;
    let lines = [words.too_small, &words.size_now(area.width, area.height)];
    for (line, y) in lines.iter().zip(area.height.saturating_sub(2) / 2..) {
        let indent = area.width.saturating_sub(cells::width(line)) / 2;
        canvas.text(indent, y, area.width - indent, line, style);
    }
}

/// A screen of the sign-in: itself, a message and the keys.
pub(crate) fn draw_auth(canvas: &mut Canvas<'_, '_>, screen: &dyn Screen, said: Option<&StatusMessage>) {
    let area = canvas.area();
    let [_, message, keys] = area.layout(&Layout::vertical([Fill(1), Length(1), Length(1)]));
    screen.draw(canvas, area);
    draw_said(canvas, message, said);
    footer::draw(canvas, keys, screen, OUTSIDE);
}

/// A screen behind the sign-in with header, tabs and footer, and the dialogs over it.
pub(crate) fn draw_workspace(
    canvas: &mut Canvas<'_, '_>,
    workspace: &Workspace,
    said: Option<&StatusMessage>,
    work: Option<&RunningWork>,
) {
    let area = canvas.area();
    let rows = [Length(1), Length(1), Length(1), Fill(1), Length(1), Length(1), Length(1)];
    let [title, tabs, upper, main, lower, message, keys] = area.layout(&Layout::vertical(rows));
    draw_title(canvas, title);
    draw_tabs(canvas, tabs, workspace.open);
    match workspace.calls.calls.is_empty() {
        true => canvas.rule(upper),
        false => workspace.calls.draw(canvas, upper),
    }
    workspace.front().draw(canvas, main);
    canvas.rule(lower);
    match (said, work) {
        (None, Some(work)) => draw_work(canvas, message, work),
        (said, _) => draw_said(canvas, message, said),
    }
    for layer in &workspace.layers {
        canvas.cover();
        layer.draw(canvas, area);
    }
    let (front, common): (&dyn Screen, _) = match workspace.layers.last() {
        Some(layer) => (layer.as_ref(), OVER),
        None => (workspace.front(), EVERYWHERE),
    };
    footer::draw(canvas, keys, front, common);
}

fn draw_title(canvas: &mut Canvas<'_, '_>, area: Rect) {
    let (cx, theme) = (canvas.cx, canvas.cx.theme);
    let name = cx.person.as_ref().map(|person| cells::cut(&person.name, NAME));
    let person = cx.person.as_ref().zip(name).map(|(it, name)| format!("{} {name}", cx.labels.words.role(it.role)));
    let right = format!("{}  {}", person.unwrap_or_default(), cx.clock());
    let inner = area.inner(Margin::new(1, 0));
    let taken = canvas.text_right(inner, inner.y, &right, theme.text);
    let mut left = Rect { width: inner.width.saturating_sub(taken + 2), ..inner };
    // A rehearsal or a copy must not be taken for the real database.
    let mark = match cx.database.kind {
        PersonKind::Real => None,
        PersonKind::Rehearsal => Some(cx.labels.frame.rehearsal),
        PersonKind::Drill => Some(cx.labels.installation.drill_mark),
        PersonKind::Copy => Some(cx.labels.installation.copy_mark),
    };
    if let Some(mark) = mark {
        let mark = format!(" {mark} ");
        let used = canvas.text(left.x, left.y, left.width, &mark, theme.rehearsal) + 1;
        [_, left] = area::split_left(left, used);
    }
    let used = canvas.text(left.x, left.y, left.width, &cx.society, theme.title) + 2;
    let [_, left] = area::split_left(left, used);
    canvas.text(left.x, left.y, left.width, &cx.database.name, theme.quiet);
}

fn draw_tabs(canvas: &mut Canvas<'_, '_>, area: Rect, open: Tab) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let mut x = area.x;
    let open_to_role = |tab: &Tab| canvas.cx.lacks(tab.command()).is_none();
    for tab in Tab::ALL.into_iter().filter(open_to_role) {
        let (number, name) = (tab.number(), tab.name(labels.lang));
        let count = canvas.cx.counts.of(tab).filter(|count| *count > 0);
        let text = match count {
            Some(count) => format!(" {number} {name} {count} "),
            None => format!(" {number} {name} "),
        };
        let style = if tab == open { theme.tab_on } else { theme.quiet };
        x += canvas.text(x, area.y, area.right().saturating_sub(x), &text, style);
    }
}

/// A long message takes its rows from the screen above, with a rule of its own: nothing of it is cut.
fn draw_said(canvas: &mut Canvas<'_, '_>, row: Rect, said: Option<&StatusMessage>) {
    const MOST: usize = 4;
    let Some(said) = said else { return };
    let style = said.tone.style(&canvas.cx.theme);
    let mut lines = cells::wrap(&said.text, row.width - 2);
    lines.truncate(MOST);
    let above = area::height(&lines).saturating_sub(1);
    let room = Rect { y: row.y - above, height: above + 1, ..row };
    if above > 0 {
        canvas.fill(Rect { height: above, ..room }, canvas.cx.theme.text);
        canvas.rule(area::row(row, room.y - 1));
    }
    canvas.lines(room.inner(Margin::new(1, 0)), &lines, style);
}

fn draw_work(canvas: &mut Canvas<'_, '_>, row: Rect, work: &RunningWork) {
    let (labels, theme, y) = (&canvas.cx.labels.frame, canvas.cx.theme, row.y);
    let Some(part) = work.progress.slowest() else { return };
    let total = work.progress.total;
    let used = canvas.text(1, y, 40, &labels.work(part.name, part.done, total), theme.moving);
    progress_bar::bar(canvas, (used + 3, y, 16), part.done, total, theme.moving);
    let seconds = (canvas.cx.now - work.since).num_milliseconds() as f64 / 1000.0;
    // A rate is shown once there is enough to compute it from.
    if part.done > 0 && seconds >= 0.5 {
        let rate = part.done as f64 / seconds;
        let left = (total.saturating_sub(part.done) as f64 / rate).ceil() as u64;
        let pace = labels.work_rate(rate, left);
        canvas.text(used + 21, y, row.width.saturating_sub(used + 22), &pace, theme.quiet);
    }
}

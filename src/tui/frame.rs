//! What surrounds every screen: title, tabs, message line, footer.

use super::app::{StatusMessage, Work};
use super::canvas::Canvas;
use super::context::Kind;
use super::footer;
use super::screen::{Screen, Tone};
use super::widgets::cells;
use super::workspace::Workspace;
use crate::tui::commands::{EVERYWHERE, OUTSIDE, OVER, Tab};
use ratatui::layout::Rect;
use ratatui::style::Style;

const LEAST: (u16, u16) = (80, 24);

/// Whether the terminal is too small to work at.
pub(crate) fn is_too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

/// Says so.
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

/// A screen before the desk: nothing but itself, a message and the keys.
pub(crate) fn draw_auth(canvas: &mut Canvas<'_, '_>, screen: &dyn Screen, said: Option<&StatusMessage>) {
    let area = canvas.area();
    screen.draw(canvas, area);
    draw_said(canvas, area.bottom() - 2, said);
    footer::draw(canvas, area.bottom() - 1, screen, OUTSIDE);
}

/// A screen of the desk with everything around it, and the dialogs over it.
pub(crate) fn draw_workspace(
    canvas: &mut Canvas<'_, '_>,
    workspace: &Workspace,
    said: Option<&StatusMessage>,
    work: Option<&Work>,
) {
    let area = canvas.area();
    draw_title(canvas, Rect { height: 1, ..area });
    draw_tabs(canvas, Rect::new(0, 1, area.width, 1), workspace.open);
    canvas.rule(area, 2);
    let main = Rect::new(0, 3, area.width, area.height - 6);
    workspace.front().draw(canvas, main);
    canvas.rule(area, area.bottom() - 3);
    match (said, work) {
        (None, Some(work)) => draw_work(canvas, area.bottom() - 2, work),
        (said, _) => draw_said(canvas, area.bottom() - 2, said),
    }
    for layer in &workspace.layers {
        canvas.cover();
        layer.draw(canvas, area);
    }
    let (front, common): (&dyn Screen, _) = match workspace.layers.last() {
        Some(layer) => (layer.as_ref(), OVER),
        None => (workspace.front(), EVERYWHERE),
    };
    footer::draw(canvas, area.bottom() - 1, front, common);
}

fn draw_title(canvas: &mut Canvas<'_, '_>, area: Rect) {
    let (cx, theme) = (canvas.cx, canvas.cx.theme);
    let person = cx.person.as_ref().map(|person| format!("{} {}", cx.labels.words.role(person.role), person.name));
    let right = format!("{}  {}", person.unwrap_or_default(), cx.clock());
    let taken = canvas.text_right(Rect { width: area.width - 1, ..area }, area.y, &right, theme.text);
    let mut left = Rect { x: area.x + 1, width: area.width.saturating_sub(taken + 4), ..area };
    // Nobody may take a rehearsal for the real thing.
    if cx.database.kind == Kind::Rehearsal {
        let mark = format!(" {} ", cx.labels.frame.rehearsal);
        let used = canvas.text(left.x, left.y, left.width, &mark, theme.rehearsal) + 1;
        left = Rect { x: left.x + used, width: left.width.saturating_sub(used), ..left };
    }
    let used = canvas.text(left.x, left.y, left.width, &cx.society, theme.title) + 2;
    canvas.text(left.x + used, left.y, left.width.saturating_sub(used), &cx.database.name, theme.quiet);
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

fn draw_said(canvas: &mut Canvas<'_, '_>, y: u16, said: Option<&StatusMessage>) {
    const MOST: usize = 4;
    let Some(said) = said else { return };
    let area = canvas.area();
    let style = tone(canvas, said.tone);
    let lines = cells::wrap(&said.text, area.width - 2);
    let lines = &lines[..lines.len().min(MOST)];
    // A long message takes its room from the screen above: nothing of it is cut.
    let above = u16::try_from(lines.len().saturating_sub(1)).unwrap_or(0);
    if above > 0 {
        canvas.fill(Rect::new(area.x, y - above, area.width, above), canvas.cx.theme.text);
        canvas.rule(area, y - above - 1);
    }
    for (line, y) in lines.iter().zip(y - above..) {
        canvas.text(area.x + 1, y, area.width - 2, line, style);
    }
}

fn draw_work(canvas: &mut Canvas<'_, '_>, y: u16, work: &Work) {
    let (labels, theme) = (&canvas.cx.labels.frame, canvas.cx.theme);
    let Some(part) = work.progress.slowest() else { return };
    let total = work.progress.total;
    let used = canvas.text(1, y, 40, &labels.work(part.name, part.done, total), theme.moving);
    super::widgets::progress_bar::bar(canvas, (used + 3, y, 16), part.done, total, theme.moving);
    let seconds = (canvas.cx.now - work.since).num_milliseconds() as f64 / 1000.0;
    // A rate is told once there is something to reckon with.
    if part.done > 0 && seconds >= 0.5 {
        let rate = part.done as f64 / seconds;
        let left = (total.saturating_sub(part.done) as f64 / rate).ceil() as u64;
        let pace = labels.work_rate(rate, left);
        canvas.text(used + 21, y, canvas.area().width.saturating_sub(used + 22), &pace, theme.quiet);
    }
}

/// The style of a tone.
pub(crate) fn tone(canvas: &Canvas<'_, '_>, tone: Tone) -> Style {
    let theme = canvas.cx.theme;
    match tone {
        Tone::Good => theme.good,
        Tone::Quiet => theme.quiet,
        Tone::Attention => theme.attention,
        Tone::Bad => theme.bad,
    }
}

//! The right side of home: four weeks, cards on their way, and the last imports. Every bar has its number beside it.

use crate::labels::{Labels, codes, files};
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::screens::common;
use crate::tui::widgets::{area, cells, progress_bar};
use crate::usecases::feed::PORTAL_DAYS;
use crate::usecases::home::HomeSummary;
use crate::usecases::import::FileKind;
use chrono::{Days, TimeDelta};
use ratatui::layout::Rect;

/// From top to bottom, as far as there is room.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &HomeSummary) {
    let y = weeks(canvas, area, numbers) + 1;
    let y = states(canvas, area::below(area, y), numbers);
    let y = portal(canvas, area::below(area, y), numbers);
    imports(canvas, area::below(area, y), numbers);
}

/// One row a week, with a bar and a number for requests and one for cards. Returns the line below.
fn weeks(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &HomeSummary) -> u16 {
    const DAYS: u16 = 13;
    const GAP: u16 = 2;
    let (words, theme) = (&canvas.cx.labels.home, canvas.cx.theme);
    let today = canvas.cx.today();
    let width = area.width.saturating_sub(DAYS + GAP) / 2;
    let columns = [(words.asked, numbers.requests_by_week), (words.sent, numbers.dispatched_by_week)];
    canvas.text(area.x, area.y, DAYS, words.weeks, theme.strong);
    for (at, y) in (area.y + 1..area.bottom()).take(4).enumerate() {
        // The last week ends today.
        let ago = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let end = ago(7 * (3 - at as u64));
        let start = end.checked_sub_days(Days::new(6)).unwrap_or(end);
        let days = format!("{}-{}", common::short(start), common::short(end));
        canvas.text(area.x, y, DAYS, &days, theme.quiet);
    }
    for ((name, weeks), left) in columns.into_iter().zip([area.x + DAYS, area.x + DAYS + width + GAP]) {
        let column = Rect { x: left, width, ..area };
        let total = format!("{name} {}", weeks.iter().sum::<i64>());
        canvas.text_right(column, area.y, &total, theme.strong);
        let values = weeks.map(|week| u64::try_from(week).unwrap_or(0));
        let most = values.into_iter().max().unwrap_or(0);
        for (value, y) in values.into_iter().zip(area.y + 1..area.bottom()) {
            progress_bar::length(canvas, (left, y, width.saturating_sub(6)), value, most, theme.moving);
            canvas.text_right(column, y, &value.to_string(), theme.text);
        }
    }
    area.y + 5
}

/// Cards on their way to the post. Returns the line below.
fn states(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &HomeSummary) -> u16 {
    const NAME: u16 = 13;
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if numbers.cards_by_state.is_empty() {
        return area.y;
    }
    canvas.text(area.x, area.y, area.width, labels.home.on_the_way, theme.strong);
    let most = numbers.cards_by_state.iter().map(|(_, count)| count.unsigned_abs()).max().unwrap_or(0);
    let mut y = area.y + 1;
    for (state, count) in &numbers.cards_by_state {
        if y >= area.bottom() {
            break;
        }
        canvas.text(area.x, y, NAME - 1, codes::card_state(labels.lang, *state), theme.text);
        progress_bar::length(
            canvas,
            (area.x + NAME, y, area.width.saturating_sub(NAME + 6)),
            count.unsigned_abs(),
            most,
            theme.moving,
        );
        canvas.text_right(area, y, &count.to_string(), theme.text);
        y += 1;
    }
    y + 1
}

/// How far the portal has read the feed, once there is one. Returns the line below.
fn portal(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &HomeSummary) -> u16 {
    let (words, theme, status) = (&canvas.cx.labels.home, canvas.cx.theme, &numbers.portal);
    if status.last == 0 || area.height < 2 {
        return area.y;
    }
    let since = status.since.map(day_of);
    let late = since.is_some_and(|since| canvas.cx.today() - since > TimeDelta::days(PORTAL_DAYS));
    let style = if late { theme.attention } else { theme.text };
    let text = words.portal(status.position.acknowledged, status.waiting);
    canvas.text(area.x, area.y, area.width, &text, style);
    area.y + 2
}

fn imports(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &HomeSummary) {
    let (labels, theme): (&Labels, _) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.home;
    if area.height < 2 {
        return;
    }
    canvas.text(area.x, area.y, area.width, words.imports, theme.strong);
    if numbers.imports.is_empty() {
        canvas.text(area.x, area.y + 1, area.width, words.no_imports, theme.quiet);
    }
    let names = numbers.imports.iter().map(|import| cells::width(kind(&import.kind, labels)));
    let indent = names.max().unwrap_or(0) + 2;
    for (import, y) in numbers.imports.iter().zip(area.y + 1..area.bottom()) {
        canvas.text(area.x, y, indent, kind(&import.kind, labels), theme.text);
        canvas.text(area.x + indent, y, 5, &common::day(import.at), theme.quiet);
        let counts = words.import_counts(import.added, import.changed, import.rejected);
        let style = if import.rejected > 0 { theme.attention } else { theme.text };
        canvas.text(area.x + indent + 7, y, area.width.saturating_sub(indent + 7), &counts, style);
    }
}

fn kind<'a>(code: &'a str, labels: &Labels) -> &'a str {
    code.parse::<FileKind>().map_or(code, |kind| files::kind(labels.lang, kind))
}

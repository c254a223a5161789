//! The three pages.

use crate::domain::browsing::Unusual;
use crate::labels::{browsing, settings as words_of};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::screen::Load;
use crate::tui::screens::common;
use crate::tui::widgets::table::{self, Selection, TableColumn};
use crate::tui::widgets::{Focus, cells};
use crate::usecases::staff::Staff;
use crate::usecases::{Chain, SETTINGS, Settings};
use ratatui::layout::Rect;

pub(super) fn draw_names(canvas: &mut Canvas<'_, '_>, line: Rect, open: usize) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let mut x = line.x + 2;
    for (index, name) in labels.admin.pages.iter().enumerate() {
        let style = if index == open { theme.page_on } else { theme.quiet };
        x += canvas.text(x, line.y, line.right().saturating_sub(x), name, style) + 3;
    }
}

pub(super) fn draw_staff(canvas: &mut Canvas<'_, '_>, area: Rect, staff: &Load<Vec<Staff>>, at: &Selection) {
    let (labels, theme, now) = (canvas.cx.labels, canvas.cx.theme, canvas.cx.now);
    let words = &labels.admin;
    let Some(staff) = common::ready(canvas, area, staff) else { return };
    let columns = [
        TableColumn::cells(words.id, 18),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.role, 10),
        TableColumn::cells(labels.words.state, 22),
    ];
    table::draw(canvas, area, &columns, (at, staff.len(), Focus::Here), |index| {
        let person = &staff[index];
        let (state, style) = match person.locked_until.filter(|until| *until > now) {
            _ if person.disabled_at.is_some() => (words.disabled.to_owned(), theme.quiet),
            Some(until) => (words.locked(&local(until).format("%H:%M").to_string()), theme.bad),
            None if person.must_change => (words.must_change.to_owned(), theme.attention),
            None => (words.active.to_owned(), theme.good),
        };
        vec![
            (person.id.clone(), theme.text),
            (person.name.clone(), theme.text),
            (labels.words.role(person.role).to_owned(), theme.text),
            (state, style),
        ]
    });
}

pub(super) fn draw_settings(canvas: &mut Canvas<'_, '_>, area: Rect, settings: &Load<Box<Settings>>, at: &Selection) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.admin;
    let Some(settings) = common::ready(canvas, area, settings) else { return };
    let columns = [TableColumn::cells(words.setting, 28), TableColumn::cells("", 22), TableColumn::rest(words.value)];
    let list = Rect { height: area.height - 1, ..area };
    table::draw(canvas, list, &columns, (at, SETTINGS.len(), Focus::Here), |index| {
        let setting = &SETTINGS[index];
        let meaning = words_of::meaning(labels.lang, setting.id).to_owned();
        vec![(setting.key.to_owned(), theme.text), (meaning, theme.quiet), (setting.get(settings), theme.strong)]
    });
    if let Some(setting) = at.row(SETTINGS.len()).map(|row| &SETTINGS[row]) {
        let text = format!("{}: {}", words.takes, words_of::takes(labels.lang, setting.takes));
        canvas.text(area.x + 2, area.bottom() - 1, area.width - 16, &text, theme.quiet);
    }
    let range = table::range(canvas, at, SETTINGS.len());
    canvas.text_right(Rect { width: area.width - 1, ..area }, area.bottom() - 1, &range, theme.quiet);
}

pub(super) fn draw_audit(canvas: &mut Canvas<'_, '_>, area: Rect, chain: &Load<Chain>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.admin;
    let inner = Rect { x: area.x + 2, width: area.width - 4, ..area };
    let chain = match chain {
        Load::Idle => {
            canvas.text(inner.x, inner.y, inner.width, words.audit_hint, theme.quiet);
            return;
        }
        other => common::ready(canvas, area, other),
    };
    let Some(chain) = chain else { return };
    let lines = match chain.broken_at {
        None => vec![(words.intact(chain.entries), theme.good)],
        Some(entry) => vec![(words.broken(entry), theme.bad), (words.broken_next.to_owned(), theme.text)],
    };
    let mut y = inner.y;
    for (text, style) in lines {
        for line in cells::wrap(&text, inner.width) {
            canvas.text(inner.x, y, inner.width, &line, style);
            y += 1;
        }
    }
    canvas.text(inner.x, y + 1, inner.width, words.head, theme.quiet);
    canvas.text(inner.x, y + 2, inner.width, &chain.head, theme.text);
}

pub(super) fn draw_unusual(canvas: &mut Canvas<'_, '_>, area: Rect, found: &Load<Vec<Unusual>>, at: &Selection) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.admin;
    if matches!(found, Load::Idle) {
        return;
    }
    canvas.text(area.x + 2, area.y, area.width - 4, words.unusual, theme.quiet);
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let Some(found) = common::ready(canvas, list, found) else { return };
    if found.is_empty() {
        canvas.text(area.x + 2, list.y, area.width - 4, words.nothing_unusual, theme.good);
        return;
    }
    let columns = [TableColumn::cells(words.when, 12), TableColumn::cells(words.id, 14), TableColumn::rest(words.what)];
    table::draw(canvas, list, &columns, (at, found.len(), Focus::Here), |index| {
        let one = &found[index];
        let what = browsing::why(labels.lang, one);
        vec![
            (one.from.format("%m/%d %H:%M").to_string(), theme.text),
            (one.staff.clone(), theme.text),
            (what, theme.attention),
        ]
    });
}

//! The three pages.

use crate::domain::browsing::Unusual;
use crate::labels::{browsing, settings as words_of};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::screen::Load;
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::settings::Setting;
use crate::usecases::staff::Staff;
use crate::usecases::{Chain, SETTINGS, Settings};
use chrono::NaiveDateTime;
use ratatui::layout::Rect;

impl ListItem for Staff {
    type Key = String;

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self, cx: &Context) -> Row {
        let (words, theme) = (&cx.labels.admin, cx.theme);
        let (state, style) = match self.locked_until.filter(|until| *until > cx.now) {
            _ if self.disabled_at.is_some() => (words.disabled.to_owned(), theme.quiet),
            Some(until) => (words.locked(&local(until).format("%H:%M").to_string()), theme.bad),
            None if self.must_change => (words.must_change.to_owned(), theme.attention),
            None => (words.active.to_owned(), theme.good),
        };
        vec![
            (self.id.clone(), theme.text),
            (self.name.clone(), theme.text),
            (cx.labels.words.role(self.role).to_owned(), theme.text),
            (state, style),
        ]
    }
}

pub(super) fn draw_staff(canvas: &mut Canvas<'_, '_>, area: Rect, staff: &ListView<Staff>) {
    let labels = canvas.cx.labels;
    let words = &labels.admin;
    let columns = [
        TableColumn::cells(words.id, 18),
        TableColumn::rest(labels.words.name),
        TableColumn::cells(words.role, 10),
        TableColumn::cells(labels.words.state, 22),
    ];
    staff.draw(canvas, area, &ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: 0 });
}

/// A setting and its value now.
pub(super) struct SettingLine {
    pub(super) setting: &'static Setting,
    value: String,
}

impl SettingLine {
    /// All of them.
    pub(super) fn all(settings: &Settings) -> Vec<Self> {
        SETTINGS.iter().map(|setting| Self { setting, value: setting.get(settings) }).collect()
    }
}

impl ListItem for SettingLine {
    type Key = &'static str;

    fn key(&self) -> &'static str {
        self.setting.key
    }

    fn cells(&self, cx: &Context) -> Row {
        let meaning = words_of::meaning(cx.labels.lang, self.setting.id).to_owned();
        let key = self.setting.key.to_owned();
        vec![(key, cx.theme.text), (meaning, cx.theme.quiet), (self.value.clone(), cx.theme.strong)]
    }
}

pub(super) fn draw_settings(canvas: &mut Canvas<'_, '_>, area: Rect, lines: &ListView<SettingLine>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.admin;
    let columns = [TableColumn::cells(words.setting, 28), TableColumn::cells("", 22), TableColumn::rest(words.value)];
    let look = ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: 1 };
    if !lines.draw(canvas, area, &look) {
        return;
    }
    let y = area.bottom() - 1;
    if let Some(SettingLine { setting, .. }) = lines.selected() {
        let text = format!("{}: {}", words.takes, words_of::takes(labels.lang, setting.takes));
        canvas.text(area.x + 2, y, area.width - 16, &text, theme.quiet);
    }
    lines.draw_range(canvas, area, y);
}

pub(super) fn draw_audit(canvas: &mut Canvas<'_, '_>, area: Rect, chain: &Load<Chain>) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.admin;
    let inner = area::inset(area);
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

impl ListItem for Unusual {
    type Key = (String, NaiveDateTime, Option<String>, Option<String>);

    fn key(&self) -> Self::Key {
        (self.staff.clone(), self.from, self.member.clone(), self.about.clone())
    }

    fn cells(&self, cx: &Context) -> Row {
        vec![
            (self.from.format("%m/%d %H:%M").to_string(), cx.theme.text),
            (self.staff.clone(), cx.theme.text),
            (browsing::why(cx.labels.lang, self), cx.theme.attention),
        ]
    }
}

pub(super) fn draw_unusual(canvas: &mut Canvas<'_, '_>, area: Rect, found: &ListView<Unusual>) {
    let (words, theme) = (&canvas.cx.labels.admin, canvas.cx.theme);
    let [title, list] = area::split_top(area, 1);
    canvas.lines(area::inset(title), &[words.unusual], theme.quiet);
    if found.is_ready() && found.rows().is_empty() {
        canvas.lines(area::inset(list), &[words.nothing_unusual], theme.good);
        return;
    }
    let columns = [TableColumn::cells(words.when, 12), TableColumn::cells(words.id, 14), TableColumn::rest(words.what)];
    found.draw(canvas, list, &ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: 0 });
}

//! What a file would do, or has done.

use crate::labels::{Command, files, refusals};
use crate::tui::canvas::Canvas;
use crate::tui::message::{ImportJob, ImportOutcome};
use crate::tui::widgets::cells;
use crate::tui::widgets::table::Selection;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cell::Cell;
use std::sync::Arc;

/// A file that was read.
pub(super) struct Checked {
    pub(super) job: ImportJob,
    pub(super) done: Arc<ImportOutcome>,
    at: Selection,
    lines: Cell<usize>,
}

impl Checked {
    pub(super) fn new(job: ImportJob, done: Arc<ImportOutcome>) -> Self {
        Self { job, done, at: Selection::default(), lines: Cell::new(0) }
    }

    /// Nothing stands against it, and it has not been done yet.
    pub(super) fn may_be_applied(&self) -> bool {
        self.done.refused.is_none() && !self.done.applied
    }

    pub(super) fn moved(&mut self, command: Command) {
        self.at.moved(command, self.lines.get());
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.import;
        let inner = Rect { x: area.x + 2, width: area.width - 4, ..area };
        let kind = files::kind(labels.lang, self.job.kind);
        let path = self.job.path.display().to_string();
        canvas.pieces(inner, inner.y, &[(kind, theme.title), ("   ", theme.text), (&path, theme.quiet)]);
        self.draw_counts(canvas, Rect { y: inner.y + 4, ..inner });
        let (verdict, style) = match &self.done.refused {
            Some(refusal) => ((words.refused)(&refusals::explain(labels.lang, &refusal.clone().into())), theme.bad),
            None if self.done.applied => (words.applied.to_owned(), theme.good),
            None => (words.checked.to_owned(), theme.moving),
        };
        for (line, y) in cells::wrap(&verdict, inner.width).iter().zip([inner.y + 1, inner.y + 2]) {
            canvas.text(inner.x, y, inner.width, line, style);
        }
        let lines = self.details(canvas, inner.width);
        self.lines.set(lines.len());
        let below = Rect { y: inner.y + 7, height: inner.height.saturating_sub(8), ..inner };
        let top = self.at.row(lines.len()).unwrap_or(0).min(lines.len().saturating_sub(usize::from(below.height)));
        for ((line, style), y) in lines.iter().skip(top).zip(below.y..below.bottom()) {
            canvas.text(below.x, y, below.width, line, *style);
        }
        if self.may_be_applied() {
            canvas.text(inner.x, area.bottom() - 1, inner.width, words.apply_hint, theme.strong);
        }
    }

    fn draw_counts(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.import, canvas.cx.theme);
        let report = &self.done.report;
        let rejected = if report.rejected > 0 { theme.attention } else { theme.text };
        let counts = [
            (words.rows, report.rows, theme.text),
            (words.added, report.added, theme.strong),
            (words.changed, report.changed, theme.strong),
            (words.unchanged, report.unchanged, theme.text),
            (words.rejected, report.rejected, rejected),
        ];
        let width = area.width / 5;
        for ((name, count, style), column) in counts.into_iter().zip(0..) {
            let cell = Rect { x: area.x + column * width, width, ..area };
            canvas.text(cell.x, cell.y, cell.width - 1, name, theme.quiet);
            canvas.text(cell.x, cell.y + 1, cell.width - 1, &count.to_string(), style);
        }
    }

    fn details(&self, canvas: &Canvas<'_, '_>, width: u16) -> Vec<(String, Style)> {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let (words, lang) = (&labels.import, labels.lang);
        let mut lines: Vec<(String, Style)> = Vec::new();
        let effects = &self.done.preview.effects;
        let follows = [
            (effects.accounts_closed > 0).then(|| (words.closed)(effects.accounts_closed, effects.cards_cancelled)),
            (effects.renumbered > 0).then(|| (words.renumbered)(effects.renumbered)),
            (effects.lost > 0).then(|| (words.lost)(effects.lost)),
            (effects.missing > 0).then(|| (words.missing)(effects.missing)),
        ];
        let follows: Vec<String> = follows.into_iter().flatten().collect();
        if !follows.is_empty() {
            lines.push((words.effects.to_owned(), theme.quiet));
            lines.extend(follows.into_iter().map(|line| (line, theme.attention)));
        }
        for (warning, count) in &self.done.report.warnings {
            lines.push((format!("{count:>5}  {}", files::warning(lang, *warning)), theme.attention));
        }
        if !self.done.report.by_code.is_empty() {
            lines.push((words.why.to_owned(), theme.quiet));
        }
        for (code, count) in &self.done.report.by_code {
            lines.push((format!("{count:>5}  {}", files::row_code(lang, *code)), theme.attention));
        }
        if !self.done.preview.errors.is_empty() {
            lines.push((words.first_rejected.to_owned(), theme.quiet));
        }
        for error in &self.done.preview.errors {
            let reason = files::reason(lang, error);
            let text = (words.row)(error.line, error.column, &error.value, &reason);
            lines.extend(cells::wrap(&text, width).into_iter().map(|line| (line, theme.text)));
        }
        lines
    }
}

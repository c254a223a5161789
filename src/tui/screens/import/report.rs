//! What a file would do, or has done: a summary, and the rows page by page.

use super::follows;
use super::requests::{ImportJob, RejectsRequest};
use super::rows::{self, Line};
use crate::labels::{files, refusals};
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::screen::StatusTone;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use crate::usecases::import::Outcome;
use crate::usecases::import::RowCode;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use std::path::Path;

/// What stands below the counts, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportPage {
    Summary,
    Added,
    Changed,
    Unchanged,
    Rejected,
    Warned,
}

impl ReportPage {
    const ALL: [Self; 6] = [Self::Summary, Self::Added, Self::Changed, Self::Unchanged, Self::Rejected, Self::Warned];
}

/// A file that was read.
pub(super) struct Checked {
    pub(super) job: ImportJob,
    pub(super) done: Box<Outcome>,
    page: ReportPage,
    /// Only rows that were rejected for this.
    only: Option<RowCode>,
    scroll: Scroll,
}

impl Checked {
    pub(super) fn new(job: ImportJob, done: Box<Outcome>) -> Self {
        Self { job, done, page: ReportPage::Summary, only: None, scroll: Scroll::default() }
    }

    /// Nothing stands against it, and it has not been done yet.
    pub(super) fn may_be_applied(&self) -> bool {
        self.done.refused.is_none() && !self.done.applied
    }

    pub(super) fn has_rejected(&self) -> bool {
        !self.done.report.by_code.is_empty()
    }

    /// Where its rejected rows were written.
    pub(super) fn rejects_at(&self) -> Option<&Path> {
        match (&self.done.rejects, &self.job.rejects) {
            (Some(path), _) | (None, RejectsRequest::At(path)) => Some(path),
            (None, RejectsRequest::Shown | RejectsRequest::Written) => None,
        }
    }

    pub(super) fn has_unwritten_rejects(&self) -> bool {
        self.has_rejected() && self.rejects_at().is_none()
    }

    /// How often a row that is taken deserves a look.
    fn warned(&self) -> u64 {
        self.done.report.warnings.values().sum()
    }

    pub(super) fn moved(&mut self, command: Command) {
        let (at, count) = (self.page as usize, ReportPage::ALL.len());
        match command {
            Command::NextPage => self.turn_to(ReportPage::ALL[(at + 1) % count]),
            Command::PreviousPage => self.turn_to(ReportPage::ALL[(at + count - 1) % count]),
            Command::FilterCode => self.filter_next(),
            other => self.scroll.moved(other),
        }
    }

    fn turn_to(&mut self, page: ReportPage) {
        (self.page, self.scroll) = (page, Scroll::default());
    }

    /// One reason after the other, and then all again.
    fn filter_next(&mut self) {
        let mut codes = self.done.report.by_code.keys().copied();
        self.only = match self.only.filter(|_| self.page == ReportPage::Rejected) {
            None => codes.next(),
            Some(now) => codes.find(|code| *code > now),
        };
        self.turn_to(ReportPage::Rejected);
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.import;
        let inner = area::inset(area);
        let rows = [Length(1), Length(3), Length(3), Fill(1), Length(1)];
        let [head, verdict, counts, below, foot] = inner.layout(&Layout::vertical(rows));
        let kind = files::kind(labels.lang, self.job.kind);
        let path = self.job.path.display().to_string();
        canvas.pieces(head, head.y, &[(kind, theme.title), ("   ", theme.text), (&path, theme.quiet)]);
        let (text, tone) = self.verdict(labels);
        canvas.lines(verdict, &cells::wrap(&text, verdict.width), tone.style(&theme));
        self.draw_counts(canvas, counts);
        let lines = rows::wrapped(self.lines(canvas, inner.width), inner.width);
        let part = self.scroll.window(lines.len(), below.height.into());
        canvas.styled(below, &lines[part.clone()]);
        let hint = match (self.may_be_applied(), self.has_unwritten_rejects()) {
            (true, _) => words.apply_hint,
            (false, true) if !self.done.applied => words.rejects_hint,
            (false, _) => "",
        };
        canvas.lines(foot, &[hint], theme.strong);
        if part.len() < lines.len() {
            let range = labels.frame.range(part.start + 1, part.end, lines.len());
            canvas.text_right(foot, foot.y, &range, theme.quiet);
        }
    }

    /// What was decided, or what is to be done about the rejected rows.
    fn verdict(&self, labels: &crate::labels::Labels) -> (String, StatusTone) {
        let words = &labels.import;
        match &self.done.refused {
            Some(refusal) => (words.refused(&refusals::explain(labels.lang, &refusal.clone().into())), StatusTone::Bad),
            None if self.done.applied => match self.rejects_at() {
                Some(path) => {
                    let path = path.display().to_string();
                    (words.rejects_at(self.done.report.rejected, &path), StatusTone::Attention)
                }
                None => (words.applied.to_owned(), StatusTone::Good),
            },
            None => (words.checked.to_owned(), StatusTone::Quiet),
        }
    }

    /// The counts are the pages' tabs.
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
            (words.warned, self.warned(), if self.warned() > 0 { theme.attention } else { theme.text }),
        ];
        let cells: [Rect; 6] = area.layout(&Layout::horizontal([Length(area.width / 6); 6]));
        for (((name, count, style), page), cell) in counts.into_iter().zip(ReportPage::ALL).zip(cells) {
            let name_style = if page == self.page { theme.page_on } else { theme.quiet };
            canvas.text(cell.x, cell.y, cell.width - 1, name, name_style);
            canvas.text(cell.x, cell.y + 1, cell.width - 1, &count.to_string(), style);
        }
    }

    fn lines(&self, canvas: &Canvas<'_, '_>, width: u16) -> Vec<Line> {
        let preview = &self.done.preview;
        match self.page {
            ReportPage::Summary => self.summary(canvas),
            ReportPage::Added => rows::items(canvas, &preview.added, self.done.report.added),
            ReportPage::Changed => rows::changes(canvas, &preview.changes, self.done.report.changed, width),
            ReportPage::Unchanged => rows::items(canvas, &preview.unchanged, self.done.report.unchanged),
            ReportPage::Rejected => rows::errors(canvas, &preview.errors, self.only, width),
            ReportPage::Warned => rows::warned(canvas, &preview.warnings, self.warned()),
        }
    }

    /// What follows from the rows, what is worth a look, and why rows are rejected.
    fn summary(&self, canvas: &Canvas<'_, '_>) -> Vec<Line> {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let (words, lang) = (&labels.import, labels.lang);
        let mut lines: Vec<Line> = Vec::new();
        if self.warned() > 0 {
            lines.push((words.warned.to_owned(), theme.quiet));
        }
        for (warning, count) in &self.done.report.warnings {
            lines.push((format!("{count:>5}  {}", files::warning(lang, *warning)), theme.attention));
        }
        if self.has_rejected() {
            lines.push((words.why.to_owned(), theme.quiet));
        }
        if let Some(path) = self.rejects_at().filter(|_| !self.done.applied) {
            let path = path.display().to_string();
            lines.push((words.written_at(self.done.report.rejected, &path), theme.text));
        }
        let by_code = self.done.report.by_code.iter();
        lines.extend(by_code.map(|(code, n)| (format!("{n:>5}  {}", files::row_code(lang, *code)), theme.attention)));
        if !self.done.preview.ignored.is_empty() {
            lines.push((words.ignored(&self.done.preview.ignored.join(lang.pick("、", ", "))), theme.quiet));
        }
        let follows = follows::lines(canvas, &self.done.preview.effects);
        // What a refused file would do is of less interest than what is wrong with it.
        let [first, second] = if self.done.refused.is_some() { [lines, follows] } else { [follows, lines] };
        first.into_iter().chain(second).collect()
    }
}

//! 統計: the figures of a month or a fiscal year beside those of the year before, and twelve months as bars.

use super::requests::{HomeMsg, LoadStats};
use crate::domain::stats::{Figure, FigurePart, PeriodLength, StatsPeriod};
use crate::labels::stats as words;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::RefusalText;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::theme::Theme;
use crate::tui::widgets::list_view::{ListItem, ListLook, ListView};
use crate::tui::widgets::table::{Row, TableColumn};
use crate::tui::widgets::{Focus, area};
use crate::usecases::stats::{FigureLine, SocietyReport, StatsMonth};
use ratatui::layout::Rect;
use ratatui::symbols::bar::Set;
use ratatui::widgets::{Bar, BarChart};

/// The keys of the statistics.
pub(crate) const STATS: &[Binding] = bindings![PeriodBefore, PeriodAfter, MonthOrYear; list];

/// Cells of the table with its three numbers.
const TABLE: u16 = 50;

impl ListItem for FigureLine {
    type Key = (Figure, Option<FigurePart>);

    fn key(&self) -> Self::Key {
        (self.figure, self.part)
    }

    fn cells(&self, cx: &Context) -> Row {
        let (lang, theme) = (cx.labels.lang, cx.theme);
        let style = if self.part.is_some() { theme.quiet } else { theme.text };
        vec![
            (words::name(lang, self), style),
            (words::value(lang, self.now), theme.strong),
            (words::value(lang, self.year_before), theme.text),
            (words::change(self), theme.quiet),
        ]
    }
}

/// A period with its figures.
#[derive(Default)]
pub(super) struct StatsPage {
    /// The month of today where none was chosen.
    period: Option<StatsPeriod>,
    report: Load<Box<SocietyReport>>,
    lines: ListView<FigureLine>,
}

impl StatsPage {
    fn period(&self, cx: &Context) -> StatsPeriod {
        self.period.unwrap_or_else(|| StatsPeriod::containing(PeriodLength::Month, cx.today()))
    }

    pub(super) fn list(&mut self) -> &mut ListView<FigureLine> {
        &mut self.lines
    }

    pub(super) fn load(&mut self, cx: &Context) -> Vec<KeyAction> {
        let period = self.period(cx);
        self.report.wait();
        vec![KeyAction::request(LoadStats(period), move |reply| HomeMsg::Stats { period, reply })]
    }

    pub(super) fn loaded(
        &mut self,
        period: StatsPeriod,
        reply: Result<Box<SocietyReport>, RefusalText>,
        cx: &Context,
    ) -> Vec<KeyAction> {
        if period != self.period(cx) {
            return nothing();
        }
        match reply {
            Ok(report) => {
                self.lines.set(report.figures.iter().filter(|line| words::is_shown(line)).cloned().collect(), cx);
                self.report = Load::Ready(report);
                nothing()
            }
            Err(refusal) => self.report.fail(&refusal),
        }
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let (period, today) = (self.period(cx), cx.today());
        match command {
            Command::Reload => self.load(cx),
            Command::PeriodBefore => self.turn(period.previous(), cx),
            Command::PeriodAfter if period.end() > today => {
                vec![KeyAction::Say(StatusTone::Quiet, cx.labels.stats.no_later.to_owned())]
            }
            Command::PeriodAfter => self.turn(period.next(), cx),
            Command::MonthOrYear => {
                let day = period.end().pred_opt().unwrap_or(today).min(today);
                let other = match period.length() {
                    PeriodLength::Month => PeriodLength::FiscalYear,
                    PeriodLength::FiscalYear => PeriodLength::Month,
                };
                self.turn(StatsPeriod::containing(other, day), cx)
            }
            _ => nothing(),
        }
    }

    fn turn(&mut self, period: StatsPeriod, cx: &Context) -> Vec<KeyAction> {
        self.period = Some(period);
        self.report = Load::Idle;
        self.load(cx)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let period = self.period(canvas.cx);
        let title = format!("{} {}", labels.stats.title, words::period(labels.lang, period.length(), period.first()));
        canvas.text(area.x + 1, area.y, area.width, &title, theme.title);
        let [_, below] = area::split_top(area, 1);
        let Some(report) = common::ready(canvas, below, &self.report) else { return };
        canvas.text(area.x + 1, below.y, area.width - 2, &words::head(labels.lang, report), theme.quiet);
        let [_, body] = area::split_top(below, 2);
        let [table, rule, charts] = area::panes(body, TABLE.min(area.width * 5 / 8));
        self.draw_table(canvas, table);
        canvas.column_rule(rule.x, body);
        draw_charts(canvas, charts, report);
    }

    fn draw_table(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let [name, now, before, change] = canvas.cx.labels.stats.headings;
        let columns = [
            TableColumn::rest(name),
            TableColumn::number(now, 8),
            TableColumn::number(before, 8),
            TableColumn::number(change, 6),
        ];
        let look = ListLook { columns: &columns, empty: ("", ""), focus: Focus::Here, foot: 1 };
        if self.lines.draw(canvas, area, &look) {
            self.lines.draw_range(canvas, area, area.bottom() - 1);
        }
    }
}

/// What a chart has of a month: its value and that of the year before.
type OfMonth = fn(&StatsMonth) -> (u64, u64);

/// Registrations above, dispatched cards below.
fn draw_charts(canvas: &mut Canvas<'_, '_>, area: Rect, report: &SocietyReport) {
    let words = &canvas.cx.labels.stats;
    let [upper, lower] = area::split_top(area, area.height / 2);
    let charts: [(Rect, &str, OfMonth); 2] = [
        (upper, words.registered, |month| (month.registered, month.registered_before)),
        (lower, words.issued, |month| (month.issued, month.issued_before)),
    ];
    for (area, name, of) in charts {
        draw_chart(canvas, area, (name, of), report);
    }
}

/// The numbers of the last month that has begun, the bars of twelve, and which they are.
fn draw_chart(canvas: &mut Canvas<'_, '_>, area: Rect, (name, of): (&str, OfMonth), report: &SocietyReport) {
    let (words, theme) = (&canvas.cx.labels.stats, canvas.cx.theme);
    let months = &report.months;
    let begun = months.iter().rev().find(|month| month.first <= report.last);
    let (Some(first), Some(last), Some(begun)) = (months.first(), months.last(), begun) else { return };
    let (now, before) = of(begun);
    canvas.text(area.x, area.y, area.width, &words.chart(name, now, before), theme.strong);
    let [_, below] = area::split_top(area, 1);
    let [bars, axis] = area::split_bottom(Rect { height: below.height.saturating_sub(1), ..below }, 1);
    let count = u16::try_from(months.len()).unwrap_or(1).max(1);
    let step = (bars.width / count).max(1);
    let width = step.saturating_sub(1).max(1);
    let data: Vec<Bar<'_>> = months.iter().map(|month| Bar::new(of(month).0)).collect();
    let chart = BarChart::vertical(data)
        .bar_set(bar_set(&theme))
        .bar_width(width)
        .bar_gap(step - width)
        .bar_style(theme.moving)
        .value_style(theme.moving.reversed());
    canvas.widget(chart, bars);
    let taken = Rect { width: (step * count).min(axis.width), ..axis };
    canvas.text(axis.x, axis.y, taken.width, &first.first.format("%y/%m").to_string(), theme.quiet);
    canvas.text_right(taken, axis.y, &last.first.format("%y/%m").to_string(), theme.quiet);
}

/// Eighths of a cell, or whole ones where blocks cannot be drawn.
fn bar_set(theme: &Theme) -> Set<'static> {
    let full = theme.glyphs.bar;
    if full == ratatui::symbols::bar::FULL {
        return Set::default();
    }
    Set {
        full,
        seven_eighths: full,
        three_quarters: full,
        five_eighths: full,
        half: full,
        three_eighths: full,
        one_quarter: full,
        one_eighth: full,
        empty: " ",
    }
}

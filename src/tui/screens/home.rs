//! ホーム: what waits and how old it is; Enter goes there.

use crate::domain::BatchNumber;
use crate::interchange::FileKind;
use crate::labels::{Command, Labels, codes, files};
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, shown};
use crate::tui::message::{Answer, Outcome, Query};
use crate::tui::screen::{Action, Event, Load, Screen, Target, nothing};
use crate::tui::widgets::table::Selection;
use crate::tui::widgets::{cells, gauge};
use crate::usecases::home::{Count, Home as Numbers};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of home.
pub(crate) const HOME: &[Binding] =
    &[shown(&[Key::named(KeyCode::Enter)], Command::Open), super::UP, super::DOWN, super::FIRST, super::LAST];

/// Where a row leads.
enum To {
    Screen(Command),
    Visit(Target),
}

/// Something that waits.
struct Line {
    name: &'static str,
    count: String,
    /// How old, or which.
    detail: String,
    style: Style,
    to: To,
}

impl Line {
    fn batch(&self) -> Option<BatchNumber> {
        match &self.to {
            To::Visit(Target::Batch(number)) => Some(number.clone()),
            To::Visit(_) | To::Screen(_) => None,
        }
    }
}

/// The first screen.
#[derive(Default)]
pub(crate) struct Home {
    numbers: Load<Box<Numbers>>,
    at: Selection,
}

impl Home {
    fn open(&self, cx: &Context) -> Vec<Action> {
        let Some(numbers) = self.numbers.ready() else { return nothing() };
        let mut lines = lines(numbers, cx);
        let Some(row) = self.at.row(lines.len()) else { return nothing() };
        match lines.swap_remove(row).to {
            To::Screen(command) => vec![Action::Run(command)],
            To::Visit(target) => vec![Action::Visit(target)],
        }
    }
}

/// Only what waits is a line: a calm morning is a short list.
fn lines(numbers: &Numbers, cx: &Context) -> Vec<Line> {
    let (labels, theme) = (cx.labels, cx.theme);
    let words = &labels.home;
    let aged = |name, Count { count, waited }, limit, to| {
        let style = if waited >= limit { theme.attention } else { theme.text };
        (count > 0).then(|| Line {
            name,
            count: count.to_string(),
            detail: (words.oldest)(waited),
            style,
            to: To::Screen(to),
        })
    };
    let plain = |name, count: i64, detail: &str, style, to| {
        (count > 0).then(|| Line { name, count: count.to_string(), detail: detail.to_owned(), style, to })
    };
    let batches = numbers.batches.iter().map(|(number, state)| Line {
        name: labels.frame.tabs[4],
        count: String::new(),
        detail: format!("{number} {}", codes::batch_state(labels.lang, *state)),
        style: theme.moving,
        to: To::Visit(Target::Batch(number.clone())),
    });
    let receipts = i64::try_from(numbers.receipts).unwrap_or(i64::MAX);
    aged(words.requests, numbers.requests, 3, Command::Requests)
        .into_iter()
        .chain(aged(words.queued, numbers.queued, 3, Command::Queue))
        .chain(aged(words.held, numbers.held, 3, Command::Queue))
        .chain(plain(words.addresses, numbers.addresses, "", theme.attention, To::Screen(Command::Queue)))
        .chain(batches)
        .chain(plain(words.receipts, receipts, words.overdue, theme.attention, To::Visit(Target::MissingReceipts)))
        .chain(plain(words.follow_ups, numbers.follow_ups, words.today, theme.attention, To::Visit(Target::FollowUps)))
        .collect()
}

impl Screen for Home {
    fn bindings(&self) -> &'static [Binding] {
        HOME
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Shown | Event::Changed | Event::Command(Command::Reload) => {
                self.numbers.wait();
                vec![Action::Ask(Query::Home)]
            }
            Event::Command(Command::Open) => self.open(cx),
            Event::Command(command) => {
                let length = self.numbers.ready().map_or(0, |numbers| lines(numbers, cx).len());
                self.at.moved(command, length);
                nothing()
            }
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        match outcome {
            Ok(Answer::Home(numbers)) => {
                if let Some(old) = self.numbers.ready() {
                    self.at.follow(&lines(old, cx), &lines(numbers, cx), |line| (line.name, line.batch()));
                }
                self.numbers = Load::Ready(numbers.clone());
            }
            Ok(_) => {}
            Err(refusal) if self.numbers.ready().is_none() => self.numbers = Load::Failed(refusal.text.clone()),
            Err(_) => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let Some(numbers) = super::ready(canvas, area, &self.numbers) else { return };
        let left = Rect { x: area.x + 1, width: area.width * 19 / 40, ..area };
        self.draw_waiting(canvas, left, numbers);
        canvas.column_rule(left.right() + 1, area);
        let right = Rect { x: left.right() + 3, width: area.right() - left.right() - 4, ..area };
        let y = draw_weeks(canvas, right, numbers);
        let y = draw_held(canvas, Rect { y, height: area.bottom().saturating_sub(y), ..right }, numbers);
        draw_imports(canvas, Rect { y, height: area.bottom().saturating_sub(y), ..right }, numbers);
    }
}

impl Home {
    fn draw_waiting(&self, canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) {
        let (words, theme) = (&canvas.cx.labels.home, canvas.cx.theme);
        canvas.text(area.x + 1, area.y, area.width, words.waiting, theme.strong);
        let lines = lines(numbers, canvas.cx);
        if lines.is_empty() {
            canvas.text(area.x + 1, area.y + 2, area.width, words.nothing, theme.text);
            for (line, y) in cells::wrap(words.nothing_next, area.width - 2).iter().zip(area.y + 4..) {
                canvas.text(area.x + 1, y, area.width, line, theme.quiet);
            }
            return;
        }
        let selected = self.at.row(lines.len());
        for ((index, line), y) in lines.iter().enumerate().zip(area.y + 2..area.bottom()) {
            let row = Rect::new(area.x, y, area.width, 1);
            canvas.text(row.x + 1, y, 14, line.name, theme.text);
            canvas.text_right(Rect { width: 18, ..row }, y, &line.count, theme.strong);
            let indent = if line.count.is_empty() { 12 } else { 20 };
            canvas.text(row.x + indent, y, row.width.saturating_sub(indent), &line.detail, line.style);
            if selected == Some(index) {
                canvas.tint(row, theme.selected);
            }
        }
    }
}

/// Two small charts with their numbers beside them; returns the line below.
fn draw_weeks(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) -> u16 {
    let (words, theme) = (&canvas.cx.labels.home, canvas.cx.theme);
    canvas.text(area.x, area.y, area.width, words.weeks, theme.strong);
    let mut y = area.y + 2;
    for (name, weeks) in [(words.asked, numbers.requests_by_week), (words.sent, numbers.dispatched_by_week)] {
        let values = weeks.map(|week| u64::try_from(week).unwrap_or(0));
        canvas.text(area.x, y, 6, name, theme.text);
        canvas.text_right(Rect { width: 10, ..area }, y, &weeks.iter().sum::<i64>().to_string(), theme.strong);
        let most = values.iter().copied().max().unwrap_or(0);
        let mut x = area.x + 12;
        for value in values {
            gauge::bar(canvas, (x, y, 3), value, most, theme.moving);
            x += 4;
        }
        let last = format!("{} {}", words.this_week, weeks[3]);
        canvas.text(x, y, area.right().saturating_sub(x), &last, theme.quiet);
        y += 1;
    }
    y + 1
}

/// Why cards are held; returns the line below.
fn draw_held(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if numbers.held_by.is_empty() {
        return area.y;
    }
    canvas.text(area.x, area.y, area.width, labels.home.held_by, theme.strong);
    let mut y = area.y + 2;
    for (reason, count) in numbers.held_by.iter().take(4) {
        canvas.text(area.x, y, 16, codes::hold_reason(labels.lang, *reason), theme.text);
        canvas.text_right(Rect { width: 22, ..area }, y, &count.to_string(), theme.attention);
        y += 1;
    }
    y + 1
}

fn draw_imports(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) {
    let (labels, theme): (&Labels, _) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.home;
    if area.height < 3 {
        return;
    }
    canvas.text(area.x, area.y, area.width, words.imports, theme.strong);
    if numbers.imports.is_empty() {
        canvas.text(area.x, area.y + 2, area.width, words.no_imports, theme.quiet);
    }
    let names = numbers.imports.iter().map(|import| cells::width(kind(&import.kind, labels)));
    let indent = names.max().unwrap_or(0) + 2;
    for (import, y) in numbers.imports.iter().zip(area.y + 2..area.bottom()) {
        canvas.text(area.x, y, indent, kind(&import.kind, labels), theme.text);
        canvas.text(area.x + indent, y, 5, &super::day(import.at), theme.quiet);
        let counts = (words.import_counts)(import.added, import.changed, import.rejected);
        canvas.text(area.x + indent + 7, y, area.width.saturating_sub(indent + 7), &counts, theme.text);
    }
}

fn kind<'a>(code: &'a str, labels: &Labels) -> &'a str {
    code.parse::<FileKind>().map_or(code, |kind| files::kind(labels.lang, kind))
}

//! ホーム: what waits and how old it is; Enter goes there.

mod charts;
pub(crate) mod requests;
mod stats;

use crate::domain::{BatchNumber, HoldReason, Permission};
use crate::labels::{codes, incidents, two_people};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, Tab, bindings};
use crate::tui::context::{Context, TabCounts};
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListItem, ListView};
use crate::tui::widgets::table::Row;
use crate::tui::widgets::{Focus, area, cells};
use crate::usecases::batches::Expiring;
use crate::usecases::home::{Count, HomeSummary as Numbers};
use crate::usecases::two_people::Proposal;
use ratatui::layout::Rect;
use ratatui::style::Style;
use requests::{HomeMsg, LoadHome};
pub(crate) use stats::STATS;
use stats::StatsPage;

/// The keys of home.
pub(crate) const HOME: &[Binding] = bindings![Open, Stats, Up, Down, First, Last];

/// Where a row leads.
enum To {
    Screen(Command),
    Visit(ScreenRoute),
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

impl ListItem for Line {
    /// What waits, and which batch it is.
    type Key = (&'static str, Option<BatchNumber>);

    fn key(&self) -> Self::Key {
        let batch = match &self.to {
            To::Visit(ScreenRoute::Batch(number)) => Some(number.clone()),
            To::Visit(_) | To::Screen(_) => None,
        };
        (self.name, batch)
    }

    fn cells(&self, cx: &Context) -> Row {
        let name = self.name.to_owned();
        vec![(name, cx.theme.text), (self.count.clone(), cx.theme.strong), (self.detail.clone(), self.style)]
    }
}

/// The first screen.
#[derive(Default)]
pub(crate) struct HomeScreen {
    numbers: Load<Box<Numbers>>,
    lines: ListView<Line>,
    /// The statistics, while they are in front.
    stats: Option<Box<StatsPage>>,
}

impl HomeScreen {
    /// A command for what waits, which is in front.
    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match command {
            Command::Reload => self.load(),
            Command::Open => self.open(),
            Command::Stats => self.stats.insert(Box::default()).load(cx),
            _ => nothing(),
        }
    }

    fn load(&mut self) -> Vec<KeyAction> {
        self.numbers.wait();
        vec![KeyAction::request(LoadHome, HomeMsg::Numbers)]
    }

    fn open(&self) -> Vec<KeyAction> {
        match self.lines.selected().map(|line| &line.to) {
            Some(To::Screen(command)) => vec![KeyAction::Run(*command)],
            Some(To::Visit(target)) => vec![KeyAction::Visit(target.clone())],
            None => nothing(),
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
            detail: words.oldest(waited),
            style,
            to: To::Screen(to),
        })
    };
    let plain = |name, count: i64, detail: &str, style, to| {
        (count > 0).then(|| Line { name, count: count.to_string(), detail: detail.to_owned(), style, to })
    };
    let batches = numbers.batches.iter().map(|(number, state)| {
        let (state, style) = match numbers.unanswered.contains(number) {
            true => (labels.batches.is_sent_back, theme.attention),
            false => (codes::batch_state(labels.lang, *state), theme.moving),
        };
        Line {
            name: Tab::Batches.name(labels.lang),
            count: String::new(),
            detail: format!("{number} {state}"),
            style,
            to: To::Visit(ScreenRoute::Batch(number.clone())),
        }
    });
    let promises = (numbers.promises.open > 0).then(|| Line {
        name: words.promises,
        count: numbers.promises.open.to_string(),
        detail: labels.promises.due_line(numbers.promises.due),
        style: if numbers.promises.due > 0 { theme.attention } else { theme.text },
        to: To::Visit(ScreenRoute::Promises),
    });
    let expiring = numbers.expiring.iter().map(|Expiring { batch, on }| Line {
        name: words.expiring,
        count: String::new(),
        detail: format!("{batch} {}", common::short(*on)),
        style: theme.attention,
        to: To::Visit(ScreenRoute::Batch(batch.clone())),
    });
    let sent_back = numbers.sent_back.iter().map(|draft| Line {
        name: words.sent_back,
        count: String::new(),
        detail: format!("{} {}", draft.batch, draft.reason),
        style: theme.attention,
        to: To::Visit(ScreenRoute::Batch(draft.batch.clone())),
    });
    let changes = |name, found: &[Proposal], style| {
        found.first().map(|newest| Line {
            name,
            count: found.len().to_string(),
            detail: two_people::change(labels.lang, &newest.change),
            style,
            to: To::Visit(ScreenRoute::Changes),
        })
    };
    let incidents = (numbers.incidents.open > 0).then(|| Line {
        name: words.incidents,
        count: numbers.incidents.open.to_string(),
        detail: incidents::due(labels.lang, &numbers.incidents),
        style: if numbers.incidents.due + numbers.incidents.overdue > 0 { theme.attention } else { theme.text },
        to: To::Visit(ScreenRoute::Incidents),
    });
    let replies = (numbers.replies.count > 0).then(|| Line {
        name: words.replies,
        count: numbers.replies.count.to_string(),
        detail: words.oldest(numbers.replies.waited),
        style: if numbers.replies.waited > 0 { theme.attention } else { theme.text },
        to: To::Visit(ScreenRoute::Outbox),
    });
    let expected = i64::try_from(numbers.expected_back).unwrap_or(i64::MAX);
    let receipts = i64::try_from(numbers.receipts).unwrap_or(i64::MAX);
    aged(words.requests, numbers.requests, 3, Command::Requests)
        .into_iter()
        .chain(aged(words.queued, numbers.queued, 3, Command::Queue))
        .chain(aged(words.held, numbers.held, 3, Command::Queue))
        .chain(plain(words.addresses, numbers.addresses, "", theme.attention, To::Screen(Command::Queue)))
        .chain(plain(
            words.changed_addresses,
            numbers.changed_addresses,
            "",
            theme.attention,
            To::Visit(ScreenRoute::ChangedAddresses),
        ))
        .chain(changes(words.proposals, &numbers.proposals, theme.attention))
        .chain(changes(words.confirmed, &numbers.confirmed, theme.text))
        .chain(promises)
        .chain(sent_back)
        .chain(expiring)
        .chain(batches)
        .chain(plain(words.receipts, receipts, words.overdue, theme.attention, To::Visit(ScreenRoute::MissingReceipts)))
        .chain(plain(words.expected_back, expected, "", theme.text, To::Visit(ScreenRoute::MissingReceipts)))
        .chain(incidents)
        .chain(plain(
            words.follow_ups,
            numbers.follow_ups,
            words.today,
            theme.attention,
            To::Visit(ScreenRoute::FollowUps),
        ))
        .chain(replies)
        .chain(plain(words.calls, numbers.calls, words.calls_next, theme.attention, To::Screen(Command::NextCall)))
        .collect()
}

impl Screen for HomeScreen {
    fn bindings(&self) -> &'static [Binding] {
        if self.stats.is_some() { STATS } else { HOME }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        Some(match &mut self.stats {
            Some(page) => page.list(),
            None => &mut self.lines,
        })
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown | ScreenEvent::Changed | ScreenEvent::Refused => self.load(),
            ScreenEvent::Command(Command::Back) => {
                self.stats = None;
                self.load()
            }
            ScreenEvent::Command(command) => match &mut self.stats {
                Some(page) => page.command(command, cx),
                None => self.command(command, cx),
            },
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        match message.read() {
            Some(HomeMsg::Stats { period, reply }) => match &mut self.stats {
                Some(page) => page.loaded(period, reply, cx),
                None => nothing(),
            },
            Some(HomeMsg::Numbers(Ok(numbers))) => {
                let counts = TabCounts::from(&*numbers);
                self.lines.set(lines(&numbers, cx), cx);
                self.numbers = Load::Ready(numbers);
                vec![KeyAction::Count(counts)]
            }
            Some(HomeMsg::Numbers(Err(refusal))) => self.numbers.fail(&refusal),
            None => nothing(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        if let Some(page) = &self.stats {
            return page.draw(canvas, area);
        }
        let Some(numbers) = common::ready(canvas, area, &self.numbers) else { return };
        let [left, rule, right] = area::panes(area, area.width * 19 / 40);
        self.draw_waiting(canvas, left, numbers);
        canvas.column_rule(rule.x, area);
        charts::draw(canvas, right, numbers);
    }
}

impl HomeScreen {
    fn draw_waiting(&self, canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) {
        let (words, theme) = (&canvas.cx.labels.home, canvas.cx.theme);
        canvas.text(area.x + 1, area.y, area.width, words.waiting, theme.strong);
        if self.lines.len() == 0 {
            canvas.text(area.x + 1, area.y + 2, area.width, words.nothing, theme.text);
            let may = canvas.cx.may(Permission::Import);
            let next = if may { words.nothing_next_import } else { words.nothing_next };
            for (line, y) in cells::wrap(next, area.width - 2).iter().zip(area.y + 4..) {
                canvas.text(area.x + 1, y, area.width, line, theme.quiet);
            }
            return;
        }
        let below = area.y + 3 + area::height(self.lines.rows()).min(area.height);
        draw_details(canvas, area::below(area, below), numbers);
        let [_, list] = area::split_top(area, 2);
        for (row, line, focus) in self.lines.page(list, 1) {
            canvas.text(row.x + 1, row.y, 14, line.name, theme.text);
            canvas.text_right(Rect { width: 18, ..row }, row.y, &line.count, theme.strong);
            let indent = if line.count.is_empty() { 12 } else { 20 };
            canvas.text(row.x + indent, row.y, row.width.saturating_sub(indent), &line.detail, line.style);
            if focus == Focus::Here {
                canvas.tint(row, theme.selected);
            }
        }
    }
}

/// The reasons that have room, the most first; the last row has what the others come to.
fn held_rows(reasons: &[(HoldReason, i64)], room: usize) -> Vec<(Option<HoldReason>, i64)> {
    let shown = if reasons.len() <= room { reasons.len() } else { room.saturating_sub(1) };
    let (shown, others) = reasons.split_at(shown);
    let rest = (!others.is_empty()).then(|| (None, others.iter().map(|(_, n)| n).sum()));
    shown.iter().map(|(why, n)| (Some(*why), *n)).chain(rest).collect()
}

/// How old requests are, and why cards are held, as far as there is room.
fn draw_details(canvas: &mut Canvas<'_, '_>, area: Rect, numbers: &Numbers) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.home;
    let mut rows = Vec::new();
    if numbers.requests.count > 0 {
        rows.push((words.by_age, None));
        let late = [theme.text, theme.text, theme.attention];
        let ages = words.ages.into_iter().zip(numbers.requests_by_age).zip(late);
        rows.extend(ages.filter(|((_, n), _)| *n > 0).rev().map(|((name, n), style)| (name, Some((n, style)))));
    }
    if !numbers.held_by.is_empty() {
        let heading = if rows.is_empty() { 1 } else { 2 };
        let room = usize::from(area.height).saturating_sub(rows.len() + heading);
        rows.push((words.held_by, None));
        let held = held_rows(&numbers.held_by, room);
        let name = |why: Option<HoldReason>| why.map_or(words.others, |why| codes::hold_reason(labels.lang, why));
        rows.extend(held.into_iter().map(|(why, n)| (name(why), Some((n, theme.text)))));
    }
    let mut y = area.y;
    for (name, number) in rows {
        // A heading stands apart from what is above it.
        y += u16::from(number.is_none() && y > area.y);
        if y >= area.bottom() {
            return;
        }
        match number {
            None => canvas.text(area.x + 1, y, area.width, name, theme.quiet),
            Some((n, style)) => {
                canvas.text(area.x + 3, y, 18, name, theme.text);
                canvas.text_right(Rect { width: 26, ..area }, y, &n.to_string(), style)
            }
        };
        y += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_held_cards_add_up_however_little_room_there_is() {
        let reasons: Vec<(HoldReason, i64)> = HoldReason::ALL.iter().copied().zip(1..).collect();
        let all: i64 = reasons.iter().map(|(_, n)| n).sum();
        for room in 0..=reasons.len() + 1 {
            let rows = held_rows(&reasons, room);
            assert!(rows.len() <= room.max(1), "{room}: {rows:?}");
            assert_eq!(rows.iter().map(|(_, n)| n).sum::<i64>(), all, "{room}: {rows:?}");
        }
    }
}

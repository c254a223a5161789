//! One request: field by field against the registry, the checklist, and what can be done.

use super::calls::{RequestsMsg, ShowRequest};
use super::dialogs;
use super::inbox::state_style;
use crate::domain::request::{Agreement, Checklist, IdentityCheck, RequestStep};
use crate::labels::codes;
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Command, When};
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::{area, cells};
use crate::usecases::requests::RequestView;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A request that was opened.
pub(super) struct RequestPane {
    pub(super) receipt: String,
    pub(super) loaded: Load<Box<RequestView>>,
    /// The check at hand.
    check: usize,
}

impl RequestPane {
    pub(super) fn new(receipt: String) -> Self {
        Self { receipt, loaded: Load::Waiting, check: 0 }
    }

    /// Reads it, or reads it again: a look.
    pub(super) fn load(&self) -> KeyAction {
        let receipt = self.receipt.clone();
        KeyAction::request(ShowRequest(receipt.clone()), |reply| RequestsMsg::Shown { receipt, reply })
    }

    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let count = IdentityCheck::ALL.len();
        match command {
            Command::NextField => self.check = (self.check + 1) % count,
            Command::PreviousField => self.check = (self.check + count - 1) % count,
            Command::Open => {
                let key = self.loaded.ready().and_then(|view| view.member.as_deref());
                return key.map_or_else(nothing, common::visit_key);
            }
            other => {
                let Some(view) = self.loaded.ready() else { return nothing() };
                return Self::step(other, view, cx);
            }
        }
        nothing()
    }

    /// Ticks the check at hand, or takes that back: on the screen at once. What is to be stored, or why nothing is.
    pub(super) fn tick(&mut self, cx: &Context) -> Result<Checklist, Vec<KeyAction>> {
        let Load::Ready(view) = &mut self.loaded else { return Err(nothing()) };
        if let Some(refused) = obstacle(RequestStep::Verify, view, cx) {
            return Err(refused);
        }
        view.checked.toggle(IdentityCheck::ALL[self.check]);
        Ok(view.checked.clone())
    }

    fn step(command: Command, view: &RequestView, cx: &Context) -> Vec<KeyAction> {
        let Some(step) = step_of(command) else { return nothing() };
        if let Some(refused) = obstacle(step, view, cx) {
            return refused;
        }
        match command {
            Command::ChooseMember => dialogs::choose(view, cx),
            Command::QueueNotice => dialogs::queue(view, cx),
            Command::HoldRequest => dialogs::settle(view, RequestStep::Hold, cx),
            Command::Reject => dialogs::settle(view, RequestStep::Reject, cx),
            _ => dialogs::merge(view, cx),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let Some(view) = common::ready(canvas, area, &self.loaded) else { return };
        let inner = area::inset(area);
        draw_head(canvas, inner, view);
        let y = draw_comparison(canvas, area::below(inner, inner.y + 2), view);
        let y = draw_facts(canvas, area::below(inner, y + 1), view);
        let y = self.draw_checks(canvas, area::below(inner, y + 1), view);
        draw_next(canvas, area::below(inner, y + 1), view);
    }

    fn draw_checks(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.requests;
        let mut x = area.x + canvas.text(area.x, area.y, 14, words.checks, theme.strong) + 3;
        for (index, check) in IdentityCheck::ALL.iter().enumerate() {
            let mark = if view.checked.has(*check) { "[x]" } else { "[ ]" };
            let text = format!("{mark} {}", codes::check(labels.lang, *check));
            let style = if index == self.check { theme.selected } else { theme.text };
            x += canvas.text(x, area.y, area.right().saturating_sub(x), &text, style) + 3;
        }
        if let (Some(who), Some(at)) = (&view.checked_by, view.checked_at) {
            let text = words.checked_by(who, &common::minute(at));
            canvas.text(x, area.y, area.right().saturating_sub(x), &text, theme.quiet);
        }
        area.y + 1
    }
}

/// Why a step cannot be taken now, in words.
fn obstacle(step: RequestStep, view: &RequestView, cx: &Context) -> Option<Vec<KeyAction>> {
    let closed = !view.next.contains(&step);
    closed.then(|| vec![KeyAction::Say(StatusTone::Attention, cx.labels.requests.not_open.to_owned())])
}

/// The step that a command takes; one that may still lack a check is offered as the check.
pub(super) const fn step_of(command: Command) -> Option<RequestStep> {
    match command.row().when {
        When::RequestStep(step) => Some(step),
        _ => None,
    }
}

fn draw_head(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let state = codes::request_state(labels.lang, view.state);
    let style = state_style(view.state, &theme);
    let channel = codes::channel(labels.lang, view.channel);
    let pieces = [
        (view.receipt.as_str(), theme.title),
        ("   ", theme.text),
        (state, style),
        ("   ", theme.text),
        (channel, theme.quiet),
    ];
    canvas.pieces(area, area.y, &pieces);
    let right =
        format!("{}   {}", common::minute(view.received_at), labels.words.business_days(i64::from(view.waited)));
    canvas.text_right(area, area.y, &right, theme.text);
}

/// Four columns; where no member was found, what the sender gave stands alone.
fn draw_comparison(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    if view.comparison.is_empty() {
        canvas.text(area.x, area.y, area.width, &view.name, theme.text);
        canvas.text(area.x, area.y + 1, area.width, words.no_match, theme.attention);
        return area.y + 2;
    }
    let wide = (area.width - 27) / 2;
    let row = |canvas: &mut Canvas<'_, '_>, y, texts: [(&str, Style); 4]| {
        let widths = [11, wide, wide, 12];
        let mut x = area.x;
        for ((text, style), width) in texts.into_iter().zip(widths) {
            canvas.text(x, y, width - 1, text, style);
            x += width + 1;
        }
    };
    let quiet = theme.quiet;
    let head = [(words.field, quiet), (words.given, quiet), (words.on_file, quiet), (words.agreement, quiet)];
    row(canvas, area.y, head);
    let mut y = area.y + 1;
    for line in &view.comparison {
        let style = match line.agreement {
            Agreement::Exact => theme.good,
            Agreement::Variant | Agreement::Part => theme.moving,
            Agreement::Differs => theme.bad,
            Agreement::NotGiven => theme.quiet,
        };
        let field = codes::field(labels.lang, line.field);
        let agreement = codes::agreement(labels.lang, line.agreement);
        row(canvas, y, [(field, quiet), (&line.given, theme.text), (&line.on_file, theme.text), (agreement, style)]);
        y += 1;
    }
    y
}

fn draw_facts(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    let used = view.login_used_at.map(|at| common::short(day_of(at)));
    let (account, style) = match (view.registered_on, used) {
        (Some(day), Some(used)) => (words.registered_used(&day.to_string(), &used), theme.good),
        (Some(day), None) => (words.registered(&day.to_string()), theme.good),
        (None, _) => (words.unregistered.to_owned(), theme.attention),
    };
    canvas.text(area.x, area.y, 11, words.account, theme.quiet);
    let used = canvas.text(area.x + 11, area.y, 30, &account, style);
    let contact = format!("{}  {} {}", words.contact, view.phone, view.email);
    let x = area.x + 11 + used.max(24) + 3;
    canvas.text(x, area.y, area.right().saturating_sub(x), contact.trim_end(), theme.quiet);
    canvas.text(area.x, area.y + 1, 11, words.body, theme.quiet);
    let mut y = area.y + 1;
    for line in cells::wrap(&view.body, area.width - 11).iter().take(2) {
        canvas.text(area.x + 11, y, area.width - 11, line, theme.text);
        y += 1;
    }
    y
}

/// What lacks, what else there is, and how it was settled.
fn draw_next(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.requests;
    let mut lines: Vec<(String, Style)> = Vec::new();
    if view.next.is_empty() {
        if let (Some(who), Some(at)) = (&view.settled_by, view.settled_at) {
            lines.push((words.settled(who, &common::minute(at)), theme.text));
        }
        lines.extend(view.merged_into.as_ref().map(|into| (words.merged(into), theme.text)));
    } else if let Some(ground) = view.instead.filter(|_| view.member.is_some()) {
        lines.push((words.instead(codes::ground(labels.lang, ground)), theme.attention));
    } else if view.lacking.is_empty() && view.member.is_some() {
        lines.push((words.ready.to_owned(), theme.good));
    } else if view.member.is_some() {
        let lacking: Vec<&str> = view.lacking.iter().map(|check| codes::check(labels.lang, *check)).collect();
        lines.push((words.lacking(&lacking.join(labels.lang.pick("、", ", "))), theme.attention));
    }
    if !view.candidates.is_empty() {
        let names: Vec<String> = view.candidates.iter().map(|it| format!("{} {}", it.member, it.name)).collect();
        lines.push((words.candidates(&names.join(labels.lang.pick("、", ", "))), theme.attention));
    }
    if !view.together.is_empty() {
        lines.push((words.also(&view.together.join(" ")), theme.attention));
    }
    if let Some(reason) = &view.reason {
        let reason = reason.parse().map_or(reason.as_str(), |ground| codes::ground(labels.lang, ground));
        lines.push((format!("{}  {reason}", words.reason), theme.text));
    }
    if let Some(reply) = &view.reply {
        lines.push((format!("{}  {reply}", words.reply), theme.quiet));
    }
    let wrapped =
        lines.iter().flat_map(|(text, style)| cells::wrap(text, area.width).into_iter().map(|line| (line, *style)));
    canvas.styled(area, &wrapped.collect::<Vec<_>>());
}

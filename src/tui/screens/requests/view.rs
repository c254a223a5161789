//! One request as a case: field by field against the registry, the checklist with its evidence, and what happens next.

use super::calls::{RequestsMsg, ShowRequest};
use super::comparison;
use super::dialogs;
use super::inbox::state_style;
use crate::domain::diagnosis::Language;
use crate::domain::request::{
    CaseVerdict, Checklist, Evidence, IdentityCheck, RequestState, RequestStep, is_same_number,
};
use crate::labels::{cases, codes, replies};
use crate::text::japan::day_of;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Command, When};
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::scroll::Scroll;
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
    /// What stands below the checks may be longer than its room.
    below: Scroll,
}

impl RequestPane {
    pub(super) fn new(receipt: String) -> Self {
        Self { receipt, loaded: Load::Waiting, check: 0, below: Scroll::default() }
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
            Command::Up | Command::Down | Command::PageUp | Command::PageDown => self.below.moved(command),
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

    /// Ticks the check at hand, or takes that back: on the screen at once. What is to be stored, or why nothing is. Where
    /// there are several numbers to call back, the one that was called is asked for first.
    pub(super) fn tick(&mut self, cx: &Context) -> Result<Checklist, Vec<KeyAction>> {
        let Some(view) = self.loaded.ready() else { return Err(nothing()) };
        let check = IdentityCheck::ALL[self.check];
        let is_known = |phone: &str| view.call_back.iter().any(|known| is_same_number(&known.number, phone));
        let asks = check == IdentityCheck::CallBack && !view.checked.has(check) && view.call_back.len() > 1;
        if asks && view.next.contains(&RequestStep::Verify) && !is_known(&view.phone) {
            return Err(dialogs::called(view, cx));
        }
        self.tick_at_hand(cx)
    }

    /// The same, where the number is known or not needed.
    pub(super) fn tick_at_hand(&mut self, cx: &Context) -> Result<Checklist, Vec<KeyAction>> {
        let Load::Ready(view) = &mut self.loaded else { return Err(nothing()) };
        if let Some(refused) = obstacle(RequestStep::Verify, view, cx) {
            return Err(refused);
        }
        let (words, check) = (&cx.labels.requests, IdentityCheck::ALL[self.check]);
        let say = |text: String| Err(vec![KeyAction::Say(StatusTone::Attention, text)]);
        if view.let_pass.as_ref().is_some_and(|passed| passed.checks.has(check)) {
            return say(words.is_passed.to_owned());
        }
        let evidence = evidence(view, check);
        if evidence != Evidence::Confirmed && !view.checked.has(check) {
            let (check, why) = (codes::check(cx.labels.lang, check), codes::evidence(cx.labels.lang, evidence));
            return say(words.no_tick(check, why));
        }
        view.checked.toggle(check);
        Ok(view.checked.clone())
    }

    fn step(command: Command, view: &RequestView, cx: &Context) -> Vec<KeyAction> {
        let Some(step) = step_of(command) else { return nothing() };
        if let Some(refused) = obstacle(step, view, cx) {
            return refused;
        }
        match command {
            Command::ChooseMember => dialogs::choose(view, cx),
            Command::LetPass => dialogs::let_pass(view, cx),
            Command::Resume => dialogs::resume(view, cx),
            Command::QueueNotice => dialogs::queue(view, cx),
            Command::HoldRequest => dialogs::settle(view, RequestStep::Hold, Language::Japanese, cx),
            Command::Reject => dialogs::settle(view, RequestStep::Reject, Language::Japanese, cx),
            _ => dialogs::merge(view, cx),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let Some(view) = common::ready(canvas, area, &self.loaded) else { return };
        let inner = area::inset(area);
        // At 24 lines everything stands close.
        let gap = u16::from(area.height >= 24);
        draw_head(canvas, inner, view);
        let y = comparison::draw(canvas, area::below(inner, inner.y + 1 + gap), view);
        let y = draw_facts(canvas, area::below(inner, y + gap), view);
        let y = self.draw_checks(canvas, area::below(inner, y + gap), view);
        self.draw_next(canvas, area::below(inner, y + gap), view);
    }

    fn draw_checks(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
        let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
        let words = &labels.requests;
        let mut x = area.x + canvas.text(area.x, area.y, 11, words.checks, theme.strong) + 2;
        for (index, check) in IdentityCheck::ALL.iter().enumerate() {
            let passed = view.let_pass.as_ref().is_some_and(|passed| passed.checks.has(*check));
            let confirmed = evidence(view, *check) == Evidence::Confirmed;
            let mark = match (view.checked.has(*check), passed, confirmed) {
                (true, true, _) => "[!]",
                (true, false, _) => "[x]",
                (false, _, true) => "[ ]",
                // There is nothing to tick it by.
                (false, _, false) => "[-]",
            };
            let text = format!("{mark} {}", codes::check(labels.lang, *check));
            let style = match (index == self.check, passed, confirmed) {
                (true, ..) => theme.selected,
                (false, true, _) => theme.attention,
                (false, false, true) => theme.text,
                (false, false, false) => theme.quiet,
            };
            x += canvas.text(x, area.y, area.right().saturating_sub(x), &text, style) + 2;
        }
        if let (Some(who), Some(at)) = (&view.checked_by, view.checked_at) {
            let text = words.checked_by(who, &common::minute(at));
            if cells::width(&text) <= area.right().saturating_sub(x) {
                canvas.text(x, area.y, area.right().saturating_sub(x), &text, theme.quiet);
            }
        }
        area.y + 1
    }

    /// As much of what follows as there is room for; the rest is scrolled to.
    fn draw_next(&self, canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) {
        let lines = next_lines(canvas.cx, area.width, view);
        let part = self.below.part(canvas, area, lines.len());
        canvas.styled(area, &lines[part]);
    }
}

/// What there is for a check.
pub(super) fn evidence(view: &RequestView, check: IdentityCheck) -> Evidence {
    view.evidence.iter().find(|it| it.check == check).map_or(Evidence::NotGiven, |it| it.evidence)
}

/// Why a step cannot be taken now, in words.
fn obstacle(step: RequestStep, view: &RequestView, cx: &Context) -> Option<Vec<KeyAction>> {
    let words = &cx.labels.requests;
    let why = if step == RequestStep::Resume { words.not_resumable } else { words.not_open };
    let closed = !view.next.contains(&step);
    closed.then(|| vec![KeyAction::Say(StatusTone::Attention, why.to_owned())])
}

/// The step that a command takes; one that may still lack a check is offered as the check.
pub(super) const fn step_of(command: Command) -> Option<RequestStep> {
    match command.row().when {
        When::RequestStep(step) => Some(step),
        When::Matched | When::Unmatched | When::CardIsAnswer => Some(RequestStep::Verify),
        _ => None,
    }
}

fn draw_head(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let lang = labels.lang;
    let verdict = codes::case_verdict(lang, view.verdict, &view.differs);
    let owner = view.assignee.as_ref().map(|owner| format!("  {} {owner}", labels.requests.assignee));
    let days = labels.words.business_days(i64::from(view.waited));
    let pieces = [
        (view.receipt.as_str(), theme.title),
        ("  ", theme.text),
        (codes::request_state(lang, view.state), state_style(view.state, &theme)),
        ("  ", theme.text),
        (codes::request_kind(lang, view.kind), theme.text),
        (" ", theme.text),
        (codes::channel(lang, view.channel), theme.quiet),
        ("  ", theme.text),
        (if view.state.is_open() { verdict.as_str() } else { "" }, theme.strong),
    ];
    let mut used = canvas.pieces(area, area.y, &pieces);
    let owner = owner.filter(|owner| used + cells::width(owner) + cells::width(&days) + 2 <= area.width);
    if let Some(owner) = owner {
        used += canvas.text(area.x + used, area.y, area.width - used, &owner, theme.quiet);
    }
    let right = format!("{}  {days}", common::minute(view.received_at));
    // The list says how old it is, too.
    if let Some(right) = [right, days].into_iter().find(|right| used + cells::width(right) + 2 <= area.width) {
        canvas.text_right(area, area.y, &right, theme.text);
    }
}

/// Account, notice under way, destination, contact, and what was written.
fn draw_facts(canvas: &mut Canvas<'_, '_>, area: Rect, view: &RequestView) -> u16 {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let (words, lang) = (&labels.requests, labels.lang);
    let used = view.login_used_at.map(|at| common::short(day_of(at)));
    let (account, style) = match (view.registered_on, used) {
        (Some(day), Some(used)) => (words.registered_used(&day.to_string(), &used), theme.good),
        (Some(day), None) => (words.registered(&day.to_string()), theme.good),
        (None, _) => (words.unregistered.to_owned(), theme.attention),
    };
    let notice = match &view.notice {
        Some(notice) => cases::notice(lang, Some(notice)),
        None => words.none_arranged.to_owned(),
    };
    let to = view.destination.as_ref().map(cases::address);
    let to = to.unwrap_or_else(|| cases::goes_to(lang, None, view.no_route));
    let to_style = if view.no_route.is_some() { theme.attention } else { theme.text };
    let mut y = area.y;
    // What is true of one person only is not said while two may be meant.
    if view.member.is_some() {
        canvas.text(area.x, y, 11, words.account, theme.quiet);
        let used = canvas.text(area.x + 11, y, 34, &account, style).max(24);
        let x = area.x + 11 + used + 2;
        let label = canvas.text(x, y, area.right().saturating_sub(x), words.arranged, theme.quiet) + 1;
        canvas.text(x + label, y, area.right().saturating_sub(x + label), &notice, theme.text);
        y += 1;
        canvas.text(area.x, y, 11, words.destination, theme.quiet);
        for line in cells::wrap_at_most(&to, area.width.saturating_sub(11), 2) {
            canvas.text(area.x + 11, y, area.width.saturating_sub(11), &line, to_style);
            y += 1;
        }
    }
    let contact = format!("{} {}", view.phone, view.email);
    let mut x = area.x + 11;
    if !contact.trim().is_empty() {
        canvas.text(area.x, y, 11, words.contact, theme.quiet);
        x += canvas.text(x, y, area.right().saturating_sub(x), contact.trim(), theme.text) + 2;
    }
    let numbers = view.call_back.iter().map(|known| cases::number(lang, known)).collect::<Vec<_>>().join("  ");
    if !numbers.is_empty() && view.state.is_open() {
        let numbers = format!("{} {numbers}", words.call_back);
        // Beside a list there is no room for both in one row.
        if x > area.x + 11 && cells::width(&numbers) > area.right().saturating_sub(x) {
            (x, y) = (area.x + 11, y + 1);
        }
        for (line, at) in cells::wrap(&numbers, area.right().saturating_sub(x)).iter().zip(0..) {
            y += u16::from(at > 0);
            canvas.text(x, y, area.right().saturating_sub(x), line, theme.quiet);
        }
    }
    y += 1;
    canvas.text(area.x, y, 11, words.body, theme.quiet);
    for line in cells::wrap_at_most(&view.body, area.width - 11, 2) {
        canvas.text(area.x + 11, y, area.width - 11, &line, theme.text);
        y += 1;
    }
    y
}

/// What happens next, what else there is, and how it was settled.
fn next_lines(cx: &Context, width: u16, view: &RequestView) -> Vec<(String, Style)> {
    let (labels, theme) = (cx.labels, cx.theme);
    let (words, lang) = (&labels.requests, labels.lang);
    let mut lines: Vec<(String, Style)> = Vec::new();
    if !view.state.is_open() {
        if let (Some(who), Some(at)) = (&view.settled_by, view.settled_at) {
            lines.push((words.settled(who, &common::minute(at)), theme.text));
        }
        lines.extend(view.merged_into.as_ref().map(|into| (words.merged(into), theme.text)));
    }
    let ready = view.lacking.is_empty() || view.verdict == CaseVerdict::AllAgree;
    let clear = ready && view.instead.is_none() && view.no_route.is_none() && view.together.is_empty();
    let style = if clear || !view.state.is_open() { theme.good } else { theme.attention };
    lines.extend(dialogs::settles(view).then(|| (words.settles.to_owned(), theme.good)));
    lines.push((cases::happens(lang, view), style));
    let unseen = comparison::candidates_without_column(view, width);
    if !unseen.is_empty() {
        let names: Vec<String> = unseen.iter().map(|it| cases::candidate(lang, &it.candidate)).collect();
        lines.push((words.candidates(&names.join(lang.pick("、", ", "))), theme.attention));
    }
    // Where nothing else comes first, what happens next names them.
    if !view.together.is_empty() && (view.instead.is_some() || !view.state.is_open()) {
        lines.push((words.also(&view.together.join(" ")), theme.attention));
    }
    let passed = view.let_pass.as_ref().map(|passed| format!("{}  {}", words.let_pass, cases::passed(lang, passed)));
    lines.extend(passed.map(|passed| (passed, theme.attention)));
    if let Some(reason) = &view.reason {
        let reason = reason.parse().map_or(reason.as_str(), |ground| codes::ground(lang, ground));
        let next = view.follow_up_on.filter(|_| view.state == RequestState::OnHold);
        let next = next.map(|day| format!("  {}", words.next_on(&common::short(day)))).unwrap_or_default();
        lines.push((format!("{}  {reason}{next}", words.reason), theme.text));
    }
    if let Some(reply) = &view.reply {
        let status = view.reply_status.as_ref().map(|status| format!(" ({})", replies::status(lang, status)));
        lines.push((format!("{}{}  {reply}", words.reply, status.unwrap_or_default()), theme.quiet));
    }
    lines.retain(|(text, _)| !text.is_empty());
    let wrapped =
        lines.iter().flat_map(|(text, style)| cells::wrap(text, width).into_iter().map(|line| (line, *style)));
    wrapped.collect()
}

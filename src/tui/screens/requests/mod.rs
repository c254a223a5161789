//! 送付依頼: the inbox, and one request from check to queue.

mod answers;
pub(crate) mod calls;
mod comparison;
mod dialogs;
mod inbox;
mod outbox;
mod ticking;
mod view;

use crate::domain::request::{Checklist, RequestState, RequestStep};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{BACK_TAB, DOWN, LEFT, RIGHT, TAB, UP};
use crate::tui::request::Message;
use crate::tui::route::ScreenRoute;
use crate::tui::screen::{KeyAction, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::take_call;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::tui::widgets::{Focus, area};
use crate::usecases::requests::{InboxLine, InboxOrder, Scope};
use calls::{AssignRequest, ListRequests, PeekRequest, RequestsMsg, SettleRequest};
pub(crate) use outbox::OUTBOX;
use outbox::Outbox;
use ratatui::layout::Rect;
use std::cell::Cell;
use std::collections::BTreeMap;
use view::RequestPane;

/// The keys of the inbox.
pub(crate) const INBOX: &[Binding] =
    bindings![Open, SettleAgreed, TakeRequest, ShowAll, Filter, Outbox, TakeOn, SortRows; list];

/// The keys of one request.
pub(crate) const VIEW: &[Binding] = bindings![
    Tick,
    ChooseMember,
    SettleAgreed.hidden(),
    NextField.on(&[RIGHT, TAB]).hidden(),
    PreviousField.on(&[LEFT, BACK_TAB]),
    QueueNotice,
    HoldRequest,
    Reject,
    Merge,
    LetPass,
    TakeOn,
    Resume,
    Open.hidden(),
    NextRequest,
    Outbox,
    Up.on(&[UP]),
    Down.on(&[DOWN]),
    PageUp,
    PageDown,
    Back
];

/// Inbox and view.
pub(crate) struct RequestsScreen {
    scope: Scope,
    order: InboxOrder,
    lines: ListView<InboxLine>,
    view: Option<Box<RequestPane>>,
    /// The case of the selected row, where it stands beside the list.
    peek: Option<Box<RequestPane>>,
    /// The replies that wait, where they are in front.
    outbox: Option<Outbox>,
    /// Whether there was room for both when they were drawn last.
    wide: Cell<bool>,
    /// The rows as they stood when a case was opened: the next one is told by them, whatever is settled meanwhile.
    trail: Vec<String>,
    /// What shall be ticked in the end, of requests whose ticks are being stored.
    ticking: BTreeMap<String, Checklist>,
    /// A step of a request that was to follow its ticks: it is taken when they are stored.
    pending_step: Option<(String, Command)>,
}

/// Whether a clerk can do something about it now.
fn waits(line: &InboxLine) -> bool {
    matches!(line.state, RequestState::New | RequestState::Verifying)
}

impl Default for RequestsScreen {
    fn default() -> Self {
        Self {
            scope: Scope::Open,
            order: InboxOrder::Turn,
            lines: ListView::default(),
            view: None,
            peek: None,
            outbox: None,
            wide: Cell::new(false),
            trail: Vec::new(),
            ticking: BTreeMap::new(),
            pending_step: None,
        }
    }
}

impl RequestsScreen {
    fn load(&mut self) -> Vec<KeyAction> {
        self.lines.wait();
        vec![self.read_lines()]
    }

    fn read_lines(&self) -> KeyAction {
        KeyAction::request(ListRequests(self.scope), RequestsMsg::Listed)
    }

    /// Puts the list into the next order; the selection stays with its row.
    fn sort(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.order = self.order.next();
        let mut lines = self.lines.rows().to_vec();
        self.order.sort(&mut lines);
        self.lines.set(lines, cx);
        vec![KeyAction::Say(StatusTone::Quiet, cx.labels.requests.sorted(self.order).to_owned())]
    }

    /// Reads the case of the selected row, where it stands beside the list.
    fn peek(&mut self) -> Vec<KeyAction> {
        let selected = self.lines.selected().map(|line| line.receipt.clone());
        let Some(receipt) = selected.filter(|_| self.wide.get() && self.view.is_none()) else { return nothing() };
        if self.peek.as_ref().is_some_and(|pane| pane.receipt == receipt) {
            return nothing();
        }
        self.peek = Some(Box::new(RequestPane::new(receipt.clone())));
        vec![KeyAction::request(PeekRequest(receipt.clone()), |reply| RequestsMsg::Shown { receipt, reply })]
    }

    fn open(&mut self, receipt: String) -> Vec<KeyAction> {
        self.trail = self.lines.shown().map(|line| line.receipt.clone()).collect();
        self.show(receipt)
    }

    /// Shows a case. One that stands beside the list already is not looked at again.
    fn show(&mut self, receipt: String) -> Vec<KeyAction> {
        self.pending_step = None;
        let there = self.peek.take().filter(|pane| pane.receipt == receipt && pane.loaded.ready().is_some());
        if there.is_some() {
            self.view = there;
            return nothing();
        }
        vec![self.view.insert(Box::new(RequestPane::new(receipt))).load()]
    }

    /// The next request that waits, below the one in front; from the top again behind the last one.
    fn next(&mut self, cx: &Context) -> Vec<KeyAction> {
        let now = self.view.as_ref().map(|view| view.receipt.clone()).unwrap_or_default();
        let waiting: Vec<&String> =
            self.lines.shown().filter(|line| waits(line) && line.receipt != now).map(|line| &line.receipt).collect();
        let below = self.trail.iter().skip_while(|receipt| **receipt != now).skip(1);
        let around = below.chain(self.trail.iter().take_while(|receipt| **receipt != now));
        let next = around.chain(waiting.iter().copied()).find(|receipt| waiting.contains(receipt)).cloned();
        let Some(receipt) = next else {
            return vec![KeyAction::Say(StatusTone::Quiet, cx.labels.requests.no_more.to_owned())];
        };
        // Esc goes back to the row of what is in front.
        if let Some(at) = self.lines.rows().iter().position(|line| line.receipt == receipt) {
            self.lines.select_row(at);
        }
        self.show(receipt)
    }

    /// すべて一致: one key checks and queues.
    fn settle(&self, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.requests;
        let case = match &self.view {
            Some(view) => view.loaded.ready().map(|view| (view.receipt.clone(), dialogs::settles(view))),
            None => self.lines.selected().map(|line| (line.receipt.clone(), inbox::settles(line))),
        };
        match case {
            Some((receipt, true)) => {
                let text = words.queued(&receipt);
                vec![KeyAction::request_ok(SettleRequest(receipt), |request| RequestsMsg::Moved { request, text })]
            }
            Some((_, false)) => {
                let opened = self.view.as_ref().and_then(|view| view.loaded.ready());
                let why = opened.map_or_else(|| words.not_all_agree.to_owned(), |view| dialogs::obstacle(view, cx));
                vec![KeyAction::Say(StatusTone::Attention, why)]
            }
            None => nothing(),
        }
    }

    /// 担当: takes the request on, or gives it back.
    fn take_on(&self, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.requests;
        let case = match &self.view {
            Some(view) => view.loaded.ready().map(|view| (view.receipt.clone(), view.assignee.clone(), view.state)),
            None => self.lines.selected().map(|line| (line.receipt.clone(), line.assignee.clone(), line.state)),
        };
        let (Some((receipt, assignee, state)), Some(person)) = (case, &cx.person) else { return nothing() };
        if !state.is_open() {
            return vec![KeyAction::Say(StatusTone::Attention, words.not_open.to_owned())];
        }
        let to = Some(person.id.clone()).filter(|id| assignee.as_ref() != Some(id));
        let text = if to.is_some() { words.taken_on(&receipt) } else { words.given_back(&receipt) };
        let assign = AssignRequest { receipt, to };
        vec![KeyAction::request_ok(assign, |request| RequestsMsg::Moved { request, text })]
    }

    /// The outbox, with the reply to the request at hand.
    fn open_outbox(&mut self) -> Vec<KeyAction> {
        let receipt = self.view.as_ref().map(|view| view.receipt.clone());
        self.outbox.insert(Outbox::new(receipt)).load()
    }

    /// A command while the outbox is in front.
    fn outbox_command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let Some(outbox) = &mut self.outbox else { return nothing() };
        match command {
            Command::Back => {
                self.outbox = None;
                match &self.view {
                    Some(view) => vec![view.load()],
                    None => self.load(),
                }
            }
            Command::Open => {
                let Some(receipt) = outbox.lines.selected().map(|line| line.receipt.clone()) else { return nothing() };
                self.outbox = None;
                self.open(receipt)
            }
            other => outbox.command(other, cx),
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        if self.outbox.is_some() {
            return self.outbox_command(command, cx);
        }
        match (&mut self.view, command) {
            (_, Command::Outbox) => self.open_outbox(),
            (Some(view), Command::Reload) => vec![view.load()],
            (None, Command::Reload) => self.load(),
            (None, Command::Back) => vec![KeyAction::Leave],
            (Some(_), Command::Back) => {
                // Beside the list it stays in sight.
                (self.peek, self.pending_step) = (self.view.take().filter(|_| self.wide.get()), None);
                self.load()
            }
            (None, Command::Open) => match self.lines.selected().map(|line| line.receipt.clone()) {
                Some(receipt) => self.open(receipt),
                None => nothing(),
            },
            (_, Command::SettleAgreed) => self.settle(cx),
            (_, Command::TakeOn) => self.take_on(cx),
            (None, Command::SortRows) => self.sort(cx),
            (None, Command::TakeRequest) => take_call::form(None, RequestsMsg::CallTaken, cx),
            (None, Command::ShowAll) => {
                self.scope = match self.scope {
                    Scope::Open => Scope::All,
                    Scope::All => Scope::Open,
                };
                self.lines.select(0);
                self.load()
            }
            (None, _) => nothing(),
            (Some(_), Command::NextRequest) => self.next(cx),
            (Some(view), Command::Tick) => {
                let receipt = view.receipt.clone();
                view.tick(cx).map_or_else(|why| why, |checked| self.verify(receipt, checked, None))
            }
            (Some(view), step) if view::step_of(step).is_some() && self.ticking.contains_key(&view.receipt) => {
                self.pending_step = Some((view.receipt.clone(), step));
                nothing()
            }
            (Some(view), command) => view.command(command, cx),
        }
    }
}

impl Screen for RequestsScreen {
    fn bindings(&self) -> &'static [Binding] {
        match (&self.outbox, &self.view) {
            (Some(_), _) => OUTBOX,
            (None, Some(_)) => VIEW,
            (None, None) => INBOX,
        }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match (&mut self.outbox, &self.view) {
            (Some(outbox), _) => Some(&mut outbox.lines),
            (None, Some(_)) => None,
            (None, None) => Some(&mut self.lines),
        }
    }

    fn meets(&self, condition: When) -> bool {
        let view = self.view.as_ref().and_then(|view| view.loaded.ready());
        match (view, condition) {
            (Some(view), When::RequestStep(step)) => view.next.contains(&step),
            (Some(view), When::Unmatched) => view.member.is_none() && view.next.contains(&RequestStep::Verify),
            (Some(view), When::Matched) => view.member.is_some() && view.next.contains(&RequestStep::Verify),
            (Some(view), When::CardIsAnswer) => dialogs::card_is_answer(view),
            _ => true,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Visit(ScreenRoute::Outbox) => {
                self.view = None;
                self.open_outbox()
            }
            ScreenEvent::Shown | ScreenEvent::Changed | ScreenEvent::Refused if self.outbox.is_some() => {
                self.outbox.as_mut().map_or_else(nothing, Outbox::load)
            }
            ScreenEvent::Shown => match &self.view {
                Some(view) => vec![view.load()],
                None => self.load(),
            },
            // An open request is not read again by itself: that would log a look that was not taken.
            ScreenEvent::Changed => self.load(),
            ScreenEvent::Refused => self.out_of_date(),
            ScreenEvent::Selected if self.outbox.is_some() => nothing(),
            ScreenEvent::Selected => self.peek(),
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        message.read().map_or_else(nothing, |message| self.answered(message, cx))
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let wide = area.width >= WIDE;
        self.wide.set(wide);
        if let Some(outbox) = &self.outbox {
            return outbox.draw(canvas, area, wide);
        }
        if !wide {
            return match &self.view {
                Some(view) => view.draw(canvas, area),
                None => inbox::draw(canvas, area, &self.lines, (self.scope, self.order, Focus::Here)),
            };
        }
        let left = (area.width * 9 / 20).min(MOST_LEFT);
        let [list, rule, case] = area::panes(area, left);
        let focus = if self.view.is_some() { Focus::Elsewhere } else { Focus::Here };
        inbox::draw(canvas, list, &self.lines, (self.scope, self.order, focus));
        canvas.column_rule(rule.x, area);
        let selected = self.lines.selected().map(|line| &line.receipt);
        let beside = self.peek.as_ref().filter(|pane| Some(&pane.receipt) == selected);
        if let Some(pane) = self.view.as_ref().or(beside) {
            pane.draw(canvas, case);
        }
    }
}

/// Cells from which on list and case stand side by side.
const WIDE: u16 = 110;

/// The most cells of the list then: what is more is the case's.
const MOST_LEFT: u16 = 78;

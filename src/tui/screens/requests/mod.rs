//! 送付依頼: the inbox, and one request from check to queue.

pub(crate) mod calls;
mod dialogs;
mod inbox;
mod view;

use crate::domain::request::{Checklist, RequestState};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::{Context, TabCounts};
use crate::tui::keys::{BACK_TAB, LEFT, RIGHT, TAB};
use crate::tui::request::Message;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::{common, take_call};
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::tui::widgets::{Focus, area};
use crate::usecases::requests::{InboxLine, InboxOrder, RequestView, Scope};
use calls::{AssignRequest, ListRequests, PeekRequest, RequestsMsg, SettleRequest, VerifyRequest};
use ratatui::layout::Rect;
use std::cell::Cell;
use std::collections::BTreeMap;
use view::RequestPane;

/// The keys of the inbox.
pub(crate) const INBOX: &[Binding] =
    bindings![Open, SettleAgreed, TakeRequest, ShowAll, Filter, TakeOn, SortRows; list];

/// The keys of one request.
pub(crate) const VIEW: &[Binding] = bindings![
    Tick,
    SettleAgreed.hidden(),
    NextField.on(&[RIGHT, TAB]).hidden(),
    PreviousField.on(&[LEFT, BACK_TAB]),
    QueueNotice,
    HoldRequest,
    Reject,
    Merge,
    ChooseMember,
    LetPass,
    TakeOn,
    Resume,
    Open.hidden(),
    NextRequest,
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

    fn listed(&mut self, mut lines: Vec<InboxLine>, cx: &Context) -> Vec<KeyAction> {
        let open = lines.iter().filter(|line| line.state.is_open()).count();
        let counts = TabCounts { requests: u64::try_from(open).ok(), ..TabCounts::default() };
        self.order.sort(&mut lines);
        self.lines.set(lines, cx);
        std::iter::once(KeyAction::Count(counts)).chain(self.peek()).collect()
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
            Some((_, false)) => vec![KeyAction::Say(StatusTone::Attention, words.not_all_agree.to_owned())],
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

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match (&mut self.view, command) {
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

    /// Stores ticks, one request after another: the next takes along whatever was ticked meanwhile.
    fn verify(&mut self, receipt: String, checked: Checklist, called: Option<String>) -> Vec<KeyAction> {
        match self.ticking.insert(receipt.clone(), checked.clone()) {
            None => {
                let verify = VerifyRequest { receipt: receipt.clone(), checked, called };
                vec![KeyAction::request(verify, |reply| RequestsMsg::Verified { receipt, reply })]
            }
            Some(_) => nothing(),
        }
    }

    /// Ticks are stored; goes on where there are more, or where a step was to follow them.
    fn verified(&mut self, request: Box<RequestView>, cx: &Context) -> Vec<KeyAction> {
        let receipt = request.receipt.clone();
        let wanted = self.ticking.remove(&receipt).filter(|wanted| *wanted != request.checked);
        let more = wanted.map(|wanted| self.verify(receipt.clone(), wanted, None));
        let moved = self.moved(request, cx.labels.requests.verified.to_owned());
        let then = more.unwrap_or_else(|| self.take_pending_step(&receipt, cx));
        moved.into_iter().chain(then).collect()
    }

    fn take_pending_step(&mut self, receipt: &str, cx: &Context) -> Vec<KeyAction> {
        let step = self.pending_step.take_if(|(of, _)| of == receipt);
        step.map_or_else(nothing, |(_, step)| self.command(step, cx))
    }

    /// Ticks were refused: what is stored is read again, and no step follows.
    fn unverified(&mut self, receipt: &str) -> Vec<KeyAction> {
        self.ticking.remove(receipt);
        self.pending_step.take_if(|(of, _)| of == receipt);
        match &self.view {
            Some(view) if view.receipt == receipt => vec![view.load()],
            _ => nothing(),
        }
    }

    /// Shows a request where it is in front; what is ticked is not taken back by an answer that is older.
    fn take(&mut self, mut request: Box<RequestView>) {
        let pane = self.view.as_mut().or(self.peek.as_mut()).filter(|pane| pane.receipt == request.receipt);
        let Some(pane) = pane else { return };
        if let Some(wanted) = self.ticking.get(&request.receipt) {
            request.checked.clone_from(wanted);
        }
        pane.loaded = Load::Ready(request);
    }

    /// The number of the call back is known now.
    fn called(&mut self, receipt: String, number: String, cx: &Context) -> Vec<KeyAction> {
        let Some(view) = self.view.as_mut().filter(|view| view.receipt == receipt) else { return nothing() };
        view.tick_at_hand(cx).map_or_else(|why| why, |checked| self.verify(receipt, checked, Some(number)))
    }

    /// A step was taken: the inbox must be read again. Another request that has been opened since stays open.
    fn moved(&mut self, request: Box<RequestView>, text: String) -> Vec<KeyAction> {
        self.take(request);
        vec![KeyAction::Say(StatusTone::Good, text), self.read_lines()]
    }

    /// One request has ended for another, which is shown in its place.
    fn merged(&mut self, from: &str, into: Box<RequestView>, text: String) -> Vec<KeyAction> {
        if self.view.as_ref().is_some_and(|view| view.receipt == from) {
            (self.view, self.pending_step) = (Some(Box::new(RequestPane::new(into.receipt.clone()))), None);
        }
        self.moved(into, text)
    }

    /// A call was typed in: it is shown, unless another request has been opened since.
    fn taken(&mut self, receipt: String, text: String) -> Vec<KeyAction> {
        let then = match self.view {
            None => self.open(receipt),
            Some(_) => vec![self.read_lines()],
        };
        std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(then).collect()
    }
}

impl Screen for RequestsScreen {
    fn bindings(&self) -> &'static [Binding] {
        if self.view.is_some() { VIEW } else { INBOX }
    }

    fn list(&mut self) -> Option<&mut dyn AnyList> {
        match &self.view {
            Some(_) => None,
            None => Some(&mut self.lines),
        }
    }

    fn meets(&self, condition: When) -> bool {
        let view = self.view.as_ref().and_then(|view| view.loaded.ready());
        match (view, condition) {
            (Some(view), When::RequestStep(step)) => view.next.contains(&step),
            _ => true,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown => match &self.view {
                Some(view) => vec![view.load()],
                None => self.load(),
            },
            // An open request is not read again by itself: that would log a look that was not taken.
            ScreenEvent::Changed => self.load(),
            ScreenEvent::Selected => self.peek(),
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.requests;
        let Some(message) = message.read() else { return nothing() };
        match message {
            RequestsMsg::Listed(Ok(lines)) => self.listed(lines, cx),
            RequestsMsg::Listed(Err(refusal)) => common::loaded(&mut self.lines, Err(refusal), cx),
            RequestsMsg::Shown { reply: Ok(request), .. } => {
                self.take(request);
                nothing()
            }
            RequestsMsg::Shown { receipt, reply: Err(refusal) } => match &mut self.view {
                Some(view) if view.receipt == receipt => view.loaded.fail(&refusal),
                _ => {
                    // Read again when the selection comes back.
                    self.peek.take_if(|pane| pane.receipt == receipt);
                    nothing()
                }
            },
            RequestsMsg::Called { receipt, number } => self.called(receipt, number, cx),
            RequestsMsg::Verified { reply: Ok(request), .. } => self.verified(request, cx),
            RequestsMsg::Verified { receipt, reply: Err(_) } => self.unverified(&receipt),
            RequestsMsg::Moved { request, text } => self.moved(request, text),
            RequestsMsg::Merged { from, into, text } => self.merged(&from, into, text),
            RequestsMsg::CallTaken(receipt) => {
                let text = words.taken(&receipt);
                self.taken(receipt, text)
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let wide = area.width >= WIDE;
        self.wide.set(wide);
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

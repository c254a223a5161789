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
use crate::usecases::requests::{InboxLine, RequestView, Scope};
use calls::{ListRequests, RequestsMsg, VerifyRequest};
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use view::RequestPane;

/// The keys of the inbox.
pub(crate) const INBOX: &[Binding] = bindings![Open, TakeRequest, ShowAll, Filter; list];

/// The keys of one request.
pub(crate) const VIEW: &[Binding] = bindings![
    Tick,
    NextField.on(&[RIGHT, TAB]).hidden(),
    PreviousField.on(&[LEFT, BACK_TAB]),
    QueueNotice,
    HoldRequest,
    Reject,
    Merge,
    ChooseMember,
    Open.hidden(),
    NextRequest,
    Back
];

/// Inbox and view.
pub(crate) struct RequestsScreen {
    scope: Scope,
    lines: ListView<InboxLine>,
    view: Option<Box<RequestPane>>,
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
            lines: ListView::default(),
            view: None,
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

    fn listed(&mut self, lines: Vec<InboxLine>, cx: &Context) -> Vec<KeyAction> {
        let open = lines.iter().filter(|line| line.state.is_open()).count();
        let counts = TabCounts { requests: u64::try_from(open).ok(), ..TabCounts::default() };
        self.lines.set(lines, cx);
        vec![KeyAction::Count(counts)]
    }

    fn show(&mut self, receipt: String) -> Vec<KeyAction> {
        self.pending_step = None;
        vec![self.view.insert(Box::new(RequestPane::new(receipt))).load()]
    }

    /// The next request that waits, after the one in front.
    fn next(&mut self, cx: &Context) -> Vec<KeyAction> {
        let (now, received) = match &self.view {
            Some(view) => (view.receipt.clone(), view.loaded.ready().map(|request| request.received_at)),
            None => (String::new(), None),
        };
        let lines = self.lines.rows();
        // One that was settled is in the list no more, or further down: its place is told by its time.
        let place = lines.iter().position(|line| line.receipt == now && waits(line)).map(|at| at + 1);
        let below = || lines.iter().position(|line| waits(line) && Some(line.received_at) > received);
        let from = place.or_else(below).unwrap_or(0);
        let around = lines.iter().enumerate().skip(from).chain(lines.iter().enumerate().take(from));
        let next = around.into_iter().find(|(_, line)| waits(line) && line.receipt != now);
        match next.map(|(at, line)| (at, line.receipt.clone())) {
            Some((at, receipt)) => {
                // Esc goes back to the row of what is in front.
                self.lines.select_row(at);
                self.show(receipt)
            }
            None => vec![KeyAction::Say(StatusTone::Quiet, cx.labels.requests.no_more.to_owned())],
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        match (&mut self.view, command) {
            (Some(view), Command::Reload) => vec![view.load()],
            (None, Command::Reload) => self.load(),
            (None, Command::Back) => vec![KeyAction::Leave],
            (Some(_), Command::Back) => {
                (self.view, self.pending_step) = (None, None);
                self.load()
            }
            (None, Command::Open) => match self.lines.selected().map(|line| line.receipt.clone()) {
                Some(receipt) => self.show(receipt),
                None => nothing(),
            },
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
                view.tick(cx).map_or_else(|why| why, |checked| self.verify(receipt, checked))
            }
            (Some(view), step) if view::step_of(step).is_some() && self.ticking.contains_key(&view.receipt) => {
                self.pending_step = Some((view.receipt.clone(), step));
                nothing()
            }
            (Some(view), command) => view.command(command, cx),
        }
    }

    /// Stores ticks, one request after another: the next takes along whatever was ticked meanwhile.
    fn verify(&mut self, receipt: String, checked: Checklist) -> Vec<KeyAction> {
        match self.ticking.insert(receipt.clone(), checked.clone()) {
            None => {
                let verify = VerifyRequest { receipt: receipt.clone(), checked };
                vec![KeyAction::request(verify, |reply| RequestsMsg::Verified { receipt, reply })]
            }
            Some(_) => nothing(),
        }
    }

    /// Ticks are stored; goes on where there are more, or where a step was to follow them.
    fn verified(&mut self, request: Box<RequestView>, cx: &Context) -> Vec<KeyAction> {
        let receipt = request.receipt.clone();
        let wanted = self.ticking.remove(&receipt).filter(|wanted| *wanted != request.checked);
        let more = wanted.map(|wanted| self.verify(receipt.clone(), wanted));
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

    /// Shows a request where it is the open one; what is ticked is not taken back by an answer that is older.
    fn take(&mut self, mut request: Box<RequestView>) {
        let Some(view) = self.view.as_mut().filter(|view| view.receipt == request.receipt) else { return };
        if let Some(wanted) = self.ticking.get(&request.receipt) {
            request.checked.clone_from(wanted);
        }
        view.loaded = Load::Ready(request);
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
            None => self.show(receipt),
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
                _ => nothing(),
            },
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
        match &self.view {
            Some(view) => view.draw(canvas, area),
            None => inbox::draw(canvas, area, &self.lines, self.scope),
        }
    }
}

//! 送付依頼: the inbox, and one request from check to queue.

mod inbox;
mod orders;
mod view;

use crate::domain::request::{Checklist, RequestState};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, When, bindings};
use crate::tui::context::Context;
use crate::tui::keys::{BACK_TAB, LEFT, RIGHT, TAB};
use crate::tui::message::{Answer, Order, Outcome, Query, Refusal};
use crate::tui::screen::{Action, Event, Load, Screen, Tone, nothing};
use crate::tui::widgets::table::Selection;
use crate::usecases::requests::{InboxLine, RequestView, Scope};
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use view::View;

/// The keys of the inbox.
pub(crate) const INBOX: &[Binding] =
    bindings![Open, TakeRequest, ShowAll, Up, Down, PageUp, PageDown, First, Last, Back];

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
pub(crate) struct Requests {
    scope: Scope,
    lines: Load<Vec<InboxLine>>,
    at: Selection,
    view: Option<Box<View>>,
    /// What shall be ticked in the end, of requests whose ticks are being stored.
    ticking: BTreeMap<String, Checklist>,
    /// A step of a request that was to follow its ticks: it is taken when they are stored.
    wish: Option<(String, Command)>,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            scope: Scope::Open,
            lines: Load::Idle,
            at: Selection::default(),
            view: None,
            ticking: BTreeMap::new(),
            wish: None,
        }
    }
}

impl Requests {
    fn load(&mut self) -> Vec<Action> {
        self.lines.wait();
        vec![Action::Ask(Query::Requests(self.scope))]
    }

    fn show(&mut self, receipt: String) -> Vec<Action> {
        self.wish = None;
        self.view = Some(Box::new(View::new(receipt.clone())));
        vec![Action::Ask(Query::Request(receipt))]
    }

    fn selected(&self) -> Option<&InboxLine> {
        let lines = self.lines.ready()?;
        lines.get(self.at.row(lines.len())?)
    }

    /// The next request that waits, after the one in front.
    fn next(&mut self, cx: &Context) -> Vec<Action> {
        let now = self.view.as_ref().map(|view| view.receipt.clone()).unwrap_or_default();
        let lines = self.lines.ready().map_or(&[][..], Vec::as_slice);
        let from = lines.iter().position(|line| line.receipt == now).map_or(0, |at| at + 1);
        let waits = |line: &&InboxLine| matches!(line.state, RequestState::New | RequestState::Verifying);
        let later = lines.iter().skip(from).chain(lines.iter().take(from)).filter(waits);
        match later.into_iter().find(|line| line.receipt != now).map(|line| line.receipt.clone()) {
            Some(receipt) => self.show(receipt),
            None => vec![Action::Say(Tone::Quiet, cx.labels.requests.no_more.to_owned())],
        }
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        match (&mut self.view, command) {
            (Some(view), Command::Reload) => vec![Action::Ask(Query::Request(view.receipt.clone()))],
            (None, Command::Reload) => self.load(),
            (None, Command::Back) => vec![Action::Leave],
            (Some(_), Command::Back) => {
                (self.view, self.wish) = (None, None);
                self.load()
            }
            (None, Command::Open) => match self.selected().map(|line| line.receipt.clone()) {
                Some(receipt) => self.show(receipt),
                None => nothing(),
            },
            (None, Command::TakeRequest) => super::take_call::form(None, cx),
            (None, Command::ShowAll) => {
                self.scope = match self.scope {
                    Scope::Open => Scope::All,
                    Scope::All => Scope::Open,
                };
                self.at.select(0);
                self.load()
            }
            (None, other) => {
                self.at.moved(other, self.lines.ready().map_or(0, Vec::len));
                nothing()
            }
            (Some(_), Command::NextRequest) => self.next(cx),
            (Some(view), Command::Tick) => {
                let receipt = view.receipt.clone();
                view.tick(cx).map_or_else(|why| why, |checked| self.verify(receipt, checked))
            }
            (Some(view), step) if view::step_of(step).is_some() && self.ticking.contains_key(&view.receipt) => {
                self.wish = Some((view.receipt.clone(), step));
                nothing()
            }
            (Some(view), command) => view.command(command, cx),
        }
    }

    /// Stores ticks, one order after another: the next takes along whatever was ticked meanwhile.
    fn verify(&mut self, receipt: String, checked: Checklist) -> Vec<Action> {
        match self.ticking.insert(receipt.clone(), checked.clone()) {
            None => vec![Action::Order(Order::Verify { receipt, checked })],
            Some(_) => nothing(),
        }
    }

    /// Ticks are stored; goes on where there are more, or where a step was to follow them.
    fn verified(&mut self, request: &RequestView, cx: &Context) -> Vec<Action> {
        let wanted = self.ticking.remove(&request.receipt).filter(|wanted| *wanted != request.checked);
        let more = wanted.map(|wanted| self.verify(request.receipt.clone(), wanted));
        let moved = self.moved(request, cx.labels.requests.verified.to_owned());
        let then = more.unwrap_or_else(|| self.wished(&request.receipt, cx));
        moved.into_iter().chain(then).collect()
    }

    fn wished(&mut self, receipt: &str, cx: &Context) -> Vec<Action> {
        let wish = self.wish.take_if(|(of, _)| of == receipt);
        wish.map_or_else(nothing, |(_, step)| self.command(step, cx))
    }

    /// An order was refused: of ticks under way nobody knows which are stored.
    fn unverified(&mut self) -> Vec<Action> {
        self.wish = None;
        match (std::mem::take(&mut self.ticking).is_empty(), &self.view) {
            (false, Some(view)) => vec![Action::Ask(Query::Request(view.receipt.clone()))],
            _ => nothing(),
        }
    }

    /// Shows a request where it is the open one; what is ticked is not taken back by an answer that is older.
    fn take(&mut self, request: &RequestView) {
        let Some(view) = self.view.as_mut().filter(|view| view.receipt == request.receipt) else { return };
        let mut request = request.clone();
        if let Some(wanted) = self.ticking.get(&request.receipt) {
            request.checked.clone_from(wanted);
        }
        view.loaded = Load::Ready(Box::new(request));
    }

    /// A step was taken: the inbox must be read again. Whoever has gone on to something else stays there.
    fn moved(&mut self, request: &RequestView, said: String) -> Vec<Action> {
        self.take(request);
        vec![Action::Say(Tone::Good, said), Action::Ask(Query::Requests(self.scope))]
    }

    /// One request has ended for another, which is shown in its place.
    fn merged(&mut self, from: &str, into: &RequestView, said: String) -> Vec<Action> {
        if self.view.as_ref().is_some_and(|view| view.receipt == from) {
            (self.view, self.wish) = (Some(Box::new(View::new(into.receipt.clone()))), None);
        }
        self.moved(into, said)
    }

    /// A call was typed in: it is shown, unless another request has been opened since.
    fn taken(&mut self, receipt: &str, said: String) -> Vec<Action> {
        let then = match self.view {
            None => self.show(receipt.to_owned()),
            Some(_) => vec![Action::Ask(Query::Requests(self.scope))],
        };
        std::iter::once(Action::Say(Tone::Good, said)).chain(then).collect()
    }
}

impl Screen for Requests {
    fn bindings(&self) -> &'static [Binding] {
        if self.view.is_some() { VIEW } else { INBOX }
    }

    fn meets(&self, condition: When) -> bool {
        let view = self.view.as_ref().and_then(|view| view.loaded.ready());
        match (view, condition) {
            (Some(view), When::RequestStep(step)) => view.next.contains(&step),
            _ => true,
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Shown => match &self.view {
                Some(view) => vec![Action::Ask(Query::Request(view.receipt.clone()))],
                None => self.load(),
            },
            // An open request is not read again by itself: that would be a look that nobody took.
            Event::Changed => self.load(),
            Event::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        let words = &cx.labels.requests;
        match outcome {
            Ok(Answer::Requests(lines)) => {
                let old = self.lines.ready().map_or(&[][..], Vec::as_slice);
                self.at.follow(old, lines, |line| line.receipt.clone());
                self.lines = Load::Ready(lines.clone());
                nothing()
            }
            Ok(Answer::Request(request)) => {
                self.take(request);
                nothing()
            }
            Ok(Answer::RequestVerified(request)) => self.verified(request, cx),
            Ok(Answer::RequestQueued(request)) => self.moved(request, words.queued(&request.receipt)),
            Ok(Answer::RequestHeld(request)) => self.moved(request, words.held(&request.receipt)),
            Ok(Answer::RequestRejected(request)) => self.moved(request, words.rejected(&request.receipt)),
            Ok(Answer::RequestMerged { from, into }) => self.merged(from, into, words.merged_done(&into.receipt)),
            Ok(Answer::RequestChosen(request)) => self.moved(request, words.chosen.to_owned()),
            Ok(Answer::CallTaken(receipt)) => self.taken(receipt, words.taken(receipt)),
            Ok(_) => nothing(),
            Err(_) => self.unverified(),
        }
    }

    fn failed(&mut self, query: &Query, refusal: &Refusal) -> Vec<Action> {
        match query {
            Query::Requests(_) => self.lines.fail(refusal),
            Query::Request(receipt) => match &mut self.view {
                Some(view) if view.receipt == *receipt => view.loaded.fail(refusal),
                _ => nothing(),
            },
            _ => refusal.said(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        match &self.view {
            Some(view) => view.draw(canvas, area),
            None => inbox::draw(canvas, area, &self.lines, &self.at, self.scope),
        }
    }
}

//! 送付依頼: the inbox, and one request from check to queue.

mod inbox;
mod orders;
mod view;

use crate::domain::Permission;
use crate::domain::request::RequestState;
use crate::labels::Command;
use crate::tui::canvas::Canvas;
use crate::tui::context::Context;
use crate::tui::keys::{Binding, Key, hidden, shown};
use crate::tui::message::{Answer, Outcome, Query, Refusal};
use crate::tui::screen::{Action, Event, Load, Offer, Screen, Tone, nothing};
use crate::tui::widgets::table::Selection;
use crate::usecases::requests::{InboxLine, RequestView, Scope};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use view::View;

/// The keys of the inbox.
pub(crate) const INBOX: &[Binding] = &[
    shown(&[Key::named(KeyCode::Enter)], Command::Open),
    shown(&[Key::char('n')], Command::TakeRequest),
    shown(&[Key::char('A')], Command::ShowAll),
    super::UP,
    super::DOWN,
    super::PAGE_UP,
    super::PAGE_DOWN,
    super::FIRST,
    super::LAST,
    shown(super::BACK_KEYS, Command::Back),
];

/// The keys of one request.
pub(crate) const VIEW: &[Binding] = &[
    shown(&[Key::char(' ')], Command::Tick),
    hidden(&[Key::named(KeyCode::Right), Key::named(KeyCode::Tab)], Command::NextField),
    hidden(&[Key::named(KeyCode::Left), Key::named(KeyCode::BackTab)], Command::PreviousField),
    shown(&[Key::char('q')], Command::QueueNotice),
    shown(&[Key::char('o')], Command::HoldRequest),
    shown(&[Key::char('x')], Command::Reject),
    hidden(&[Key::char('m')], Command::Merge),
    hidden(&[Key::char('c')], Command::ChooseMember),
    hidden(&[Key::named(KeyCode::Enter)], Command::Open),
    shown(&[Key::char('N')], Command::NextRequest),
    shown(super::BACK_KEYS, Command::Back),
];

/// Inbox and view.
pub(crate) struct Requests {
    scope: Scope,
    lines: Load<Vec<InboxLine>>,
    at: Selection,
    view: Option<Box<View>>,
}

impl Default for Requests {
    fn default() -> Self {
        Self { scope: Scope::Open, lines: Load::Idle, at: Selection::default(), view: None }
    }
}

impl Requests {
    fn load(&mut self) -> Vec<Action> {
        self.lines.wait();
        vec![Action::Ask(Query::Requests(self.scope))]
    }

    fn show(&mut self, receipt: String) -> Vec<Action> {
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
                self.view = None;
                self.load()
            }
            (None, Command::Open) => match self.selected().map(|line| line.receipt.clone()) {
                Some(receipt) => self.show(receipt),
                None => nothing(),
            },
            (None, Command::TakeRequest) => {
                super::refused(cx, Permission::Requests).unwrap_or_else(|| super::take_call::form(None, cx))
            }
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
            (Some(view), command) => view.command(command, cx),
        }
    }

    /// A step was taken: the view is new, and the inbox must be read again.
    fn moved(&mut self, view: &RequestView, said: String) -> Vec<Action> {
        match &mut self.view {
            Some(open) if open.receipt == view.receipt => open.loaded = Load::Ready(Box::new(view.clone())),
            _ => {
                let mut open = View::new(view.receipt.clone());
                open.loaded = Load::Ready(Box::new(view.clone()));
                self.view = Some(Box::new(open));
            }
        }
        vec![Action::Say(Tone::Good, said), Action::Ask(Query::Requests(self.scope))]
    }
}

impl Screen for Requests {
    fn bindings(&self) -> &'static [Binding] {
        if self.view.is_some() { VIEW } else { INBOX }
    }

    /// Of what is settled, the next is what is left to do.
    fn offers(&self, command: Command) -> Offer {
        let view = self.view.as_ref().and_then(|view| view.loaded.ready());
        match (view, view::step_of(command)) {
            (Some(view), Some(step)) if !view.next.contains(&step) => Offer::Later,
            _ => Offer::Now,
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
                if let Some(view) = self.view.as_mut().filter(|view| view.receipt == request.receipt) {
                    view.loaded = Load::Ready(request.clone());
                }
                nothing()
            }
            Ok(Answer::RequestVerified(request)) => self.moved(request, words.verified.to_owned()),
            Ok(Answer::RequestQueued(request)) => self.moved(request, (words.queued)(&request.receipt)),
            Ok(Answer::RequestHeld(request)) => self.moved(request, (words.held)(&request.receipt)),
            Ok(Answer::RequestRejected(request)) => self.moved(request, (words.rejected)(&request.receipt)),
            Ok(Answer::RequestMerged { into, .. }) => self.moved(into, (words.merged_done)(&into.receipt)),
            Ok(Answer::RequestChosen(request)) => self.moved(request, words.chosen.to_owned()),
            Ok(Answer::CallTaken(receipt)) => {
                let said = Action::Say(Tone::Good, (words.taken)(receipt));
                std::iter::once(said).chain(self.show(receipt.clone())).collect()
            }
            Ok(_) | Err(_) => nothing(),
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

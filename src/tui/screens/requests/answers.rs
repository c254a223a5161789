//! What each answer changes on the screen of requests.

use super::RequestsScreen;
use super::calls::RequestsMsg;
use super::dialogs;
use super::view::RequestPane;
use crate::tui::context::{Context, TabCounts};
use crate::tui::screen::{KeyAction, Load, StatusTone, nothing};
use crate::tui::screens::common;
use crate::usecases::requests::{InboxLine, RequestView};

impl RequestsScreen {
    pub(super) fn answered(&mut self, message: RequestsMsg, cx: &Context) -> Vec<KeyAction> {
        let words = &cx.labels.requests;
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
            RequestsMsg::ReplyIn { receipt, step, language } => {
                let view = self.view.as_ref().filter(|view| view.receipt == receipt);
                let view = view.and_then(|view| view.loaded.ready());
                view.map_or_else(nothing, |view| dialogs::settle(view, step, language, cx))
            }
            RequestsMsg::Called { receipt, number } => self.called(receipt, number, cx),
            RequestsMsg::Verified { reply: Ok(request), .. } => self.verified(request, cx),
            RequestsMsg::Verified { receipt, reply: Err(_) } => self.unverified(&receipt),
            RequestsMsg::Moved { request, text } => self.moved(request, text),
            RequestsMsg::Replies(reply) => self.outbox.as_mut().map_or_else(nothing, |outbox| outbox.loaded(reply, cx)),
            RequestsMsg::RepliesMoved(text) => {
                let again = self.outbox.as_mut().map_or_else(nothing, |outbox| outbox.load());
                std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(again).collect()
            }
            RequestsMsg::Merged { from, into, text } => self.merged(&from, into, text),
            RequestsMsg::CallTaken(receipt) => {
                let text = words.taken(&receipt);
                self.taken(receipt, text)
            }
        }
    }

    /// The rows, with the one of the request in front: that one stays until the request is left, so that list and case are
    /// of one request.
    fn listed(&mut self, mut lines: Vec<InboxLine>, cx: &Context) -> Vec<KeyAction> {
        let open = lines.iter().filter(|line| line.state.is_open()).count();
        let counts = TabCounts { requests: u64::try_from(open).ok(), ..TabCounts::default() };
        self.order.sort(&mut lines);
        let front = self.view.as_ref().map(|view| view.receipt.clone()).unwrap_or_default();
        if !front.is_empty() && lines.iter().all(|line| line.receipt != front) {
            let before = self.lines.rows().iter().enumerate().find(|(_, line)| line.receipt == front);
            let before = before.map(|(at, line)| (at.min(lines.len()), line.clone()));
            before.into_iter().for_each(|(at, line)| lines.insert(at, line));
        }
        if !front.is_empty() && !self.trail.contains(&front) {
            self.trail = lines.iter().map(|line| line.receipt.clone()).collect();
        }
        self.lines.set(lines, cx);
        if let Some(at) = self.lines.rows().iter().position(|line| line.receipt == front) {
            self.lines.select_row(at);
        }
        self.same_state();
        std::iter::once(KeyAction::Count(counts)).chain(self.peek()).collect()
    }

    /// The row of the request in front says the state that its case says.
    fn same_state(&mut self) {
        let Some(view) = self.view.as_ref().and_then(|view| view.loaded.ready()) else { return };
        if let Some(line) = self.lines.selected_mut().filter(|line| line.receipt == view.receipt) {
            line.state = view.state;
        }
    }

    /// A step was refused: mostly another user was faster. Case and list are read again.
    pub(super) fn out_of_date(&mut self) -> Vec<KeyAction> {
        self.peek = None;
        let case = self.view.as_ref().map(|view| view.load());
        self.load().into_iter().chain(case).collect()
    }

    /// Shows a request where it is in front; what is ticked is not taken back by an answer that is older.
    fn take(&mut self, mut request: Box<RequestView>) {
        let pane = self.view.as_mut().or(self.peek.as_mut()).filter(|pane| pane.receipt == request.receipt);
        let Some(pane) = pane else { return };
        if let Some(wanted) = self.ticking.get(&request.receipt) {
            request.checked.clone_from(wanted);
        }
        pane.loaded = Load::Ready(request);
        self.same_state();
    }

    /// A step was taken: the inbox must be read again. Another request that has been opened since stays open.
    pub(super) fn moved(&mut self, request: Box<RequestView>, text: String) -> Vec<KeyAction> {
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

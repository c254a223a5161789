//! What each answer changes on the screen of requests.

use super::RequestsScreen;
use super::calls::RequestsMsg;
use super::view::RequestPane;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::usecases::requests::RequestView;

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

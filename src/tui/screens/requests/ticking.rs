//! Ticks of the identity check: on the screen at once, stored one after another, and the steps that follow them.

use super::RequestsScreen;
use super::calls::{RequestsMsg, VerifyRequest};
use crate::domain::request::Checklist;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, nothing};
use crate::usecases::requests::RequestView;

impl RequestsScreen {
    /// Stores ticks, one request after another: the next takes along whatever was ticked meanwhile.
    pub(super) fn verify(&mut self, receipt: String, checked: Checklist, called: Option<String>) -> Vec<KeyAction> {
        match self.ticking.insert(receipt.clone(), checked.clone()) {
            None => {
                let verify = VerifyRequest { receipt: receipt.clone(), checked, called };
                vec![KeyAction::request(verify, |reply| RequestsMsg::Verified { receipt, reply })]
            }
            Some(_) => nothing(),
        }
    }

    /// Ticks are stored; goes on where there are more, or where a step was to follow them.
    pub(super) fn verified(&mut self, request: Box<RequestView>, cx: &Context) -> Vec<KeyAction> {
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
    pub(super) fn unverified(&mut self, receipt: &str) -> Vec<KeyAction> {
        self.ticking.remove(receipt);
        self.pending_step.take_if(|(of, _)| of == receipt);
        match &self.view {
            Some(view) if view.receipt == receipt => vec![view.load()],
            _ => nothing(),
        }
    }

    /// The number of the call back is known now.
    pub(super) fn called(&mut self, receipt: String, number: String, cx: &Context) -> Vec<KeyAction> {
        let Some(view) = self.view.as_mut().filter(|view| view.receipt == receipt) else { return nothing() };
        view.tick_at_hand(cx).map_or_else(|why| why, |checked| self.verify(receipt, checked, Some(number)))
    }
}

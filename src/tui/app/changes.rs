//! What others have changed: lists in front are read again, quietly.

use super::{App, AppState, Pending};
use crate::tui::message::{Answer, Msg, Origin, Outcome, Query};

impl App {
    /// Asks, where a list is in front and it is time.
    pub(super) fn poll_changes(&mut self) {
        if matches!(&self.state, AppState::Workspace(workspace) if workspace.shows_lists())
            && let Some(query) = self.poller.poll(self.cx.now)
        {
            self.ask(query, Origin::ChangePoller);
        }
    }

    /// Lists are read again without a word; where a dialog has come up meanwhile, the next look finds it again.
    pub(super) fn news(&mut self, outcome: &Outcome) {
        let (AppState::Workspace(workspace), Ok(Answer::ChangeSummary(news))) = (&mut self.state, outcome) else {
            return;
        };
        if workspace.shows_lists() && self.poller.apply(*news) {
            let actions = workspace.changed(&self.cx);
            self.perform(actions);
            // For the numbers in the tabs.
            self.ask(Query::Home, Origin::ChangePoller);
        }
    }

    /// Whether a message alone changes nothing on the screen: the timer, and the answer to its question.
    pub(super) fn is_quiet(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Wake => true,
            Msg::Reply(reply) => {
                matches!(self.pending.get(&reply.request_id), Some(Pending::Question((Origin::ChangePoller, _), _)))
            }
            _ => false,
        }
    }

    /// Whether anything can look different since this was last asked.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}

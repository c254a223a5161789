//! What others have changed: lists in front are read again, quietly.

use super::{App, Pending, Stage};
use crate::tui::message::{Answer, Msg, Origin, Outcome, Query};

impl App {
    /// Asks, where a list is in front and it is time.
    pub(super) fn look_for_news(&mut self) {
        if matches!(&self.stage, Stage::Desk(desk) if desk.shows_lists())
            && let Some(query) = self.pulse.beat(self.cx.now)
        {
            self.ask(query, Origin::Pulse);
        }
    }

    /// Lists are read again without a word; where a dialog has come up meanwhile, the next look finds it again.
    pub(super) fn news(&mut self, outcome: &Outcome) {
        let (Stage::Desk(desk), Ok(Answer::News(news))) = (&mut self.stage, outcome) else { return };
        if desk.shows_lists() && self.pulse.hear(*news) {
            let actions = desk.changed(&self.cx);
            self.perform(actions);
            // For the numbers in the tabs.
            self.ask(Query::Home, Origin::Pulse);
        }
    }

    /// Whether a message alone changes nothing on the screen: the timer, and the answer to its question.
    pub(super) fn is_quiet(&self, msg: &Msg) -> bool {
        match msg {
            Msg::Wake => true,
            Msg::Reply(reply) => {
                matches!(self.pending.get(&reply.ticket), Some(Pending::Question((Origin::Pulse, _), _)))
            }
            _ => false,
        }
    }

    /// Whether anything can look different since this was last asked.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}

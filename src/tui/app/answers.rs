//! What was asked and ordered, and what comes back.

use super::{App, AppState, Asked, Asker, Leaving, Pending, Work};
use crate::tui::message::{Answer, Effect, OldReply, Order, Origin, Outcome, Query, RequestId};
use crate::tui::progress::Progress;
use crate::tui::request::Refusal;
use crate::tui::screen::{Action, Event};
use crate::tui::commands::Tab;

impl App {
    pub(super) fn request_id(&mut self) -> RequestId {
        self.tickets += 1;
        RequestId(self.tickets)
    }

    pub(super) fn ask(&mut self, query: Query, origin: Origin) {
        let request_key = (origin, std::mem::discriminant(&query));
        self.pending.retain(|_, pending| !matches!(pending, Pending::Question(older, _) if *older == request_key));
        let request_id = self.request_id();
        self.pending.insert(request_id, Pending::Question(request_key, Box::new(query.clone())));
        self.effects.push(Effect::Ask(request_id, request_key, query));
    }

    pub(super) fn order(&mut self, order: Order, tab: Tab) -> RequestId {
        let request_id = self.request_id();
        self.pending.insert(request_id, Pending::Order(tab));
        self.effects.push(Effect::Order(request_id, order));
        request_id
    }

    pub(super) fn reply(&mut self, OldReply { request_id, outcome }: OldReply) {
        // An answer that nobody waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&request_id) else { return };
        match (pending, &outcome) {
            (Pending::Left | Pending::Request(_) | Pending::Credential, _) => {}
            (_, Ok(Answer::ShutOut(why))) => self.shut_out(why.clone()),
            (Pending::Question((Origin::ChangePoller, _), _), _) => {}
            (Pending::Question((Origin::Tab(tab), _), query), Err(refusal)) => self.failed(tab, &query, refusal),
            (Pending::Question((Origin::Tab(tab), _), _), Ok(_)) => self.told(tab, &outcome),
            (Pending::Order(tab), _) => {
                self.ended(request_id, tab);
                self.carried_out(request_id, tab, &outcome);
            }
        }
        if self.leaving == Leaving::WhenWritten {
            self.leave();
        }
    }

    /// What a screen asked for has come.
    fn told(&mut self, tab: Tab, outcome: &Outcome) {
        let Some(workspace) = self.state.workspace() else { return };
        let actions = workspace.screen(tab).reply(outcome, &self.cx);
        self.perform_for(tab, actions);
    }

    /// What a screen ordered was done or refused.
    fn carried_out(&mut self, request_id: RequestId, tab: Tab, outcome: &Outcome) {
        let Some(workspace) = self.state.workspace() else { return };
        let refused = workspace.answered(request_id, outcome, &self.cx);
        let mut actions = workspace.screen(tab).reply(outcome, &self.cx);
        actions.extend(refused);
        if outcome.is_err() {
            // Mostly somebody else was faster: what is shown is not true any more.
            actions.extend(workspace.screen(tab).on(Event::Changed, &self.cx));
        }
        self.perform_for(tab, actions);
    }

    fn failed(&mut self, tab: Tab, query: &Query, refusal: &Refusal) {
        let Some(workspace) = self.state.workspace() else { return };
        let actions = workspace.screen(tab).failed(query, refusal);
        self.perform_for(tab, actions);
    }

    /// What a screen wants done that need not be in front any more.
    pub(super) fn perform_for(&mut self, tab: Tab, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Ask(query) => self.ask(query, Origin::Tab(tab)),
                Action::Order(order) => {
                    self.order(order, tab);
                }
                // What is said names members; behind the lock nobody may read it.
                Action::Say(..) if matches!(self.state, AppState::Locked(..)) => {}
                Action::Request(task) => {
                    self.request(task, Asker::Screen(tab));
                }
                Action::Dialog(dialog) => {
                    if let Some(workspace) = self.state.workspace() {
                        workspace.keep(tab, dialog);
                    }
                }
                other => self.act(other),
            }
        }
    }

    pub(super) fn progress(&mut self, request_id: RequestId, progress: Progress) {
        let tab = match self.pending.get(&request_id) {
            Some(Pending::Order(tab)) => tab,
            Some(Pending::Request(Asked { asker: Asker::Screen(tab), .. })) => tab,
            _ => return,
        };
        let known = self.works.iter().position(|work| work.request_id == request_id).map(|at| self.works.remove(at));
        let since = known.map_or(self.cx.now, |work| work.since);
        self.works.push(Work { request_id, progress: progress.clone(), since });
        if let Some(workspace) = self.state.workspace() {
            workspace.begun(request_id);
            workspace.screen(*tab).on(Event::Progress(progress), &self.cx);
        }
    }

    pub(super) fn ended(&mut self, request_id: RequestId, tab: Tab) {
        let Some(at) = self.works.iter().position(|work| work.request_id == request_id) else { return };
        let work = self.works.remove(at);
        if let Some(workspace) = self.state.workspace() {
            workspace.screen(tab).on(Event::Ended(work.progress.job), &self.cx);
        }
    }
}

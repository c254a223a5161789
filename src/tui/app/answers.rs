//! What was asked and ordered, and what comes back.

use super::{App, AppState, Leaving, Pending, Work};
use crate::tui::auth::{CredentialForm, Recovery};
use crate::tui::commands::Tab;
use crate::tui::message::{Answer, Effect, Entry, Order, Origin, Outcome, Progress, Query, Refusal, Reply, RequestId};
use crate::tui::screen::{Action, Event};
use crate::tui::workspace;

impl App {
    fn request_id(&mut self) -> RequestId {
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

    pub(super) fn give(&mut self, entry: Entry) {
        let request_id = self.request_id();
        self.pending.insert(request_id, Pending::Entry);
        self.effects.push(Effect::Enter(request_id, entry));
    }

    pub(super) fn reply(&mut self, Reply { request_id, outcome }: Reply) {
        // An answer that nobody waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&request_id) else { return };
        self.note_waiting(&outcome);
        match (pending, &outcome) {
            (Pending::Left, _) => {}
            (_, Ok(Answer::ShutOut(why))) => self.shut_out(why.clone()),
            (Pending::Entry, _) => self.entry_reply(&outcome),
            (Pending::Question((Origin::ChangePoller, _), _), _) => self.news(&outcome),
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

    fn entry_reply(&mut self, outcome: &Outcome) {
        if let Some(state) = further(outcome) {
            self.state = state;
            return;
        }
        let actions = self.state.screen_mut().reply(outcome, &self.cx);
        self.perform(actions);
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
    fn perform_for(&mut self, tab: Tab, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Ask(query) => self.ask(query, Origin::Tab(tab)),
                Action::Order(order) => {
                    self.order(order, tab);
                }
                // What is said names members; behind the lock nobody may read it.
                Action::Say(..) if matches!(self.state, AppState::Locked(..)) => {}
                other => match (workspace::layer(other), self.state.workspace()) {
                    (Ok(layer), Some(workspace)) => workspace.keep(tab, layer),
                    (Ok(_), None) => {}
                    (Err(other), _) => self.act(*other),
                },
            }
        }
    }

    pub(super) fn progress(&mut self, request_id: RequestId, progress: Progress) {
        let Some(Pending::Order(tab)) = self.pending.get(&request_id) else { return };
        let known = self.works.iter().position(|work| work.request_id == request_id).map(|at| self.works.remove(at));
        let since = known.map_or(self.cx.now, |work| work.since);
        self.works.push(Work { request_id, progress: progress.clone(), since });
        if let Some(workspace) = self.state.workspace() {
            workspace.begun(request_id);
            workspace.screen(*tab).on(Event::Progress(progress), &self.cx);
        }
    }

    fn ended(&mut self, request_id: RequestId, tab: Tab) {
        let Some(at) = self.works.iter().position(|work| work.request_id == request_id) else { return };
        let work = self.works.remove(at);
        if let Some(workspace) = self.state.workspace() {
            workspace.screen(tab).on(Event::Ended(work.progress.job), &self.cx);
        }
    }

    /// Numbers in the tabs follow whatever was last heard of them.
    fn note_waiting(&mut self, outcome: &Outcome) {
        if let Ok(answer) = outcome {
            let before = self.cx.waiting;
            self.cx.waiting.apply(answer);
            self.changed |= before != self.cx.waiting;
        }
    }
}

/// What a right password leads to, where it does not lead to the desk.
fn further(outcome: &Outcome) -> Option<AppState> {
    Some(match outcome {
        Ok(Answer::MustChange(person)) => AppState::Credentials(CredentialForm::change(person.clone())),
        Ok(Answer::CodeNeeded) => AppState::Credentials(CredentialForm::code()),
        Ok(Answer::Enrol(pairing)) => AppState::Credentials(CredentialForm::enrol(pairing.clone())),
        Ok(Answer::Enrolled(person, codes)) => AppState::Recovery(Recovery::new(person.clone(), codes.clone())),
        _ => return None,
    })
}

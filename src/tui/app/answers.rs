//! What was asked and ordered, and what comes back.

use super::{App, Leaving, Pending, Stage, Work};
use crate::tui::desk;
use crate::tui::gate::{Change, Code, Enrol, Recovery};
use crate::tui::message::{Answer, Effect, Entry, Order, Origin, Outcome, Progress, Query, Refusal, Reply, Ticket};
use crate::tui::screen::{Action, Event, Tab};

impl App {
    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub(super) fn ask(&mut self, query: Query, origin: Origin) {
        let lane = (origin, std::mem::discriminant(&query));
        self.pending.retain(|_, pending| !matches!(pending, Pending::Question(older, _) if *older == lane));
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Question(lane, Box::new(query.clone())));
        self.effects.push(Effect::Ask(ticket, lane, query));
    }

    pub(super) fn order(&mut self, order: Order, tab: Tab) -> Ticket {
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Order(tab));
        self.effects.push(Effect::Order(ticket, order));
        ticket
    }

    pub(super) fn give(&mut self, entry: Entry) {
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Entry);
        self.effects.push(Effect::Enter(ticket, entry));
    }

    pub(super) fn reply(&mut self, Reply { ticket, outcome }: Reply) {
        // An answer that nobody waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&ticket) else { return };
        self.note_waiting(&outcome);
        match (pending, &outcome) {
            (Pending::Left, _) => {}
            (_, Ok(Answer::ShutOut(why))) => self.shut_out(why.clone()),
            (Pending::Entry, _) => self.entry_reply(&outcome),
            (Pending::Question((Origin::Pulse, _), _), _) => self.news(&outcome),
            (Pending::Question((Origin::Tab(tab), _), query), Err(refusal)) => self.failed(tab, &query, refusal),
            (Pending::Question((Origin::Tab(tab), _), _), Ok(_)) => self.told(tab, &outcome),
            (Pending::Order(tab), _) => {
                self.ended(ticket, tab);
                self.carried_out(ticket, tab, &outcome);
            }
        }
        if self.leaving == Leaving::WhenWritten {
            self.leave();
        }
    }

    fn entry_reply(&mut self, outcome: &Outcome) {
        if let Some(stage) = further(outcome) {
            self.stage = stage;
            return;
        }
        let actions = self.stage.screen_mut().reply(outcome, &self.cx);
        self.perform(actions);
    }

    /// What a screen asked for has come.
    fn told(&mut self, tab: Tab, outcome: &Outcome) {
        let Some(desk) = self.stage.desk() else { return };
        let actions = desk.screen(tab).reply(outcome, &self.cx);
        self.perform_for(tab, actions);
    }

    /// What a screen ordered was done or refused.
    fn carried_out(&mut self, ticket: Ticket, tab: Tab, outcome: &Outcome) {
        let Some(desk) = self.stage.desk() else { return };
        let refused = desk.answered(ticket, outcome, &self.cx);
        let mut actions = desk.screen(tab).reply(outcome, &self.cx);
        actions.extend(refused);
        if outcome.is_err() {
            // Mostly somebody else was faster: what is shown is not true any more.
            actions.extend(desk.screen(tab).on(Event::Changed, &self.cx));
        }
        self.perform_for(tab, actions);
    }

    fn failed(&mut self, tab: Tab, query: &Query, refusal: &Refusal) {
        let Some(desk) = self.stage.desk() else { return };
        let actions = desk.screen(tab).failed(query, refusal);
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
                Action::Say(..) if matches!(self.stage, Stage::Locked(..)) => {}
                other => match (desk::layer(other), self.stage.desk()) {
                    (Ok(layer), Some(desk)) => desk.keep(tab, layer),
                    (Ok(_), None) => {}
                    (Err(other), _) => self.act(*other),
                },
            }
        }
    }

    pub(super) fn progress(&mut self, ticket: Ticket, progress: Progress) {
        let Some(Pending::Order(tab)) = self.pending.get(&ticket) else { return };
        let known = self.works.iter().position(|work| work.ticket == ticket).map(|at| self.works.remove(at));
        let since = known.map_or(self.cx.now, |work| work.since);
        self.works.push(Work { ticket, progress: progress.clone(), since });
        if let Some(desk) = self.stage.desk() {
            desk.begun(ticket);
            desk.screen(*tab).on(Event::Progress(progress), &self.cx);
        }
    }

    fn ended(&mut self, ticket: Ticket, tab: Tab) {
        let Some(at) = self.works.iter().position(|work| work.ticket == ticket) else { return };
        let work = self.works.remove(at);
        if let Some(desk) = self.stage.desk() {
            desk.screen(tab).on(Event::Ended(work.progress.job), &self.cx);
        }
    }

    /// Numbers in the tabs follow whatever was last heard of them.
    fn note_waiting(&mut self, outcome: &Outcome) {
        if let Ok(answer) = outcome {
            let before = self.cx.waiting;
            self.cx.waiting.hear(answer);
            self.changed |= before != self.cx.waiting;
        }
    }
}

/// What a right password leads to, where it does not lead to the desk.
fn further(outcome: &Outcome) -> Option<Stage> {
    Some(match outcome {
        Ok(Answer::MustChange(person)) => Stage::Change(Change::new(person.clone())),
        Ok(Answer::CodeNeeded) => Stage::Code(Code::new()),
        Ok(Answer::Enrol(pairing)) => Stage::Enrol(Enrol::new(pairing.clone())),
        Ok(Answer::Enrolled(person, codes)) => Stage::Recovery(Recovery::new(person.clone(), codes.clone())),
        _ => return None,
    })
}

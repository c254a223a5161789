//! What was asked and ordered, and what comes back.

use super::{App, Leaving, Pending, Stage, Work};
use crate::tui::gate::{Change, Code, Enrol, Recovery};
use crate::tui::message::{Answer, Effect, Entry, Order, Origin, Outcome, Progress, Query, Reply, Ticket};
use crate::tui::screen::{Action, Event, Tab};

impl App {
    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub(super) fn ask(&mut self, query: Query, origin: Origin) {
        let lane = (origin, std::mem::discriminant(&query));
        self.pending.retain(|_, pending| *pending != Pending::Question(lane));
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Question(lane));
        self.effects.push(Effect::Ask(ticket, lane, query));
    }

    pub(super) fn order(&mut self, order: Order, tab: Tab) {
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Order(tab));
        self.effects.push(Effect::Order(ticket, order));
    }

    pub(super) fn give(&mut self, entry: Entry) {
        let ticket = self.ticket();
        self.pending.insert(ticket, Pending::Entry);
        self.effects.push(Effect::Enter(ticket, entry));
    }

    pub(super) fn reply(&mut self, Reply { ticket, outcome }: Reply) {
        // An answer that nobody waits for any more is dropped here.
        let Some(pending) = self.pending.remove(&ticket) else { return };
        if self.work.as_ref().is_some_and(|work| work.ticket == ticket) {
            self.work = None;
        }
        self.note_waiting(&outcome);
        match (pending, &outcome) {
            (Pending::Left, _) => {}
            (_, Ok(Answer::ShutOut(why))) => self.shut_out(why.clone()),
            (Pending::Entry, _) => self.entry_reply(&outcome),
            (Pending::Question((Origin::Pulse, _)), _) => self.news(&outcome),
            (Pending::Question((Origin::Tab(tab), _)) | Pending::Order(tab), _) => {
                self.tab_reply(tab, pending, &outcome);
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

    fn tab_reply(&mut self, tab: Tab, pending: Pending, outcome: &Outcome) {
        let (Stage::Desk(desk) | Stage::Locked(_, desk)) = &mut self.stage else { return };
        if let (Pending::Order(_), Err(refusal)) = (pending, outcome) {
            desk.refused(refusal, &self.cx);
        }
        let mut actions = desk.screen(tab).reply(outcome, &self.cx);
        if let (Pending::Order(_), Err(_)) = (pending, outcome) {
            // Mostly somebody else was faster: what is shown is not true any more.
            actions.extend(desk.screen(tab).on(Event::Changed, &self.cx));
        }
        for action in actions {
            match action {
                Action::Ask(query) => self.ask(query, Origin::Tab(tab)),
                Action::Order(order) => self.order(order, tab),
                // What is said names members; behind the lock nobody may read it.
                Action::Say(..) if matches!(self.stage, Stage::Locked(..)) => {}
                other => self.act(other),
            }
        }
    }

    pub(super) fn progress(&mut self, ticket: Ticket, progress: Progress) {
        let Some(Pending::Order(tab)) = self.pending.get(&ticket).copied() else { return };
        let since = match &self.work {
            Some(work) if work.ticket == ticket => work.since,
            _ => self.cx.now,
        };
        self.work = Some(Work { ticket, progress: progress.clone(), since });
        if let Stage::Desk(desk) | Stage::Locked(_, desk) = &mut self.stage {
            desk.screen(tab).on(Event::Progress(progress), &self.cx);
        }
    }

    /// Numbers in the tabs follow whatever was last heard of them.
    fn note_waiting(&mut self, outcome: &Outcome) {
        if let Ok(answer) = outcome {
            self.cx.waiting.hear(answer);
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

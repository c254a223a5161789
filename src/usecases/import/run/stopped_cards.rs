//! B7, R1, R2: the cards that a file stops or sends elsewhere, named in its report.

use super::Run;
use crate::domain::gate::RouteNow;
use crate::domain::{CardState, GateReason, HoldReason};
use crate::store::card::{self, GateRow};
use crate::usecases::gate::{self, Gated};
use crate::usecases::import::preview::{NewRoute, RouteChange, StoppedByGate};
use crate::usecases::{AppContext, Error};
use std::collections::BTreeSet;

impl Run<'_> {
    /// B7: names every card in a batch that has a reason which it had not before.
    pub(super) async fn name_stopped(&mut self) -> Result<(), Error> {
        if self.writes() {
            let judged = gate::judge(card::gate_of_batches(self.tx()).await?, gate::days(self.ctx));
            self.name_gated(judged);
        }
        Ok(())
    }

    /// B7: the reasons that cards in batches have before the import.
    pub(super) fn remember_gated(&mut self, rows: Vec<GateRow>) {
        self.gated = gated(rows, self.ctx);
    }

    /// B7: the cards in batches before the import.
    pub(in crate::usecases::import) async fn in_batches(&mut self) -> Result<Vec<GateRow>, Error> {
        let rows = card::gate_of_batches(self.tx()).await?;
        self.remember_gated(rows.clone());
        Ok(rows)
    }

    /// B7, R1: the cards in batches and in the queue before the import.
    pub(in crate::usecases::import) async fn waiting(&mut self) -> Result<Vec<GateRow>, Error> {
        let mut rows = self.in_batches().await?;
        rows.extend(card::gate_of_queue(self.tx()).await?);
        let today = self.ctx.clock.today();
        let waiting = rows.iter().filter(|row| row.state.is_waiting());
        self.routes.extend(waiting.map(|row| (row.id, gate::route_now(row, today))));
        Ok(rows)
    }

    /// The same cards as they are with what was written.
    pub(in crate::usecases::import) async fn waiting_now(&mut self) -> Result<Vec<GateRow>, Error> {
        let mut rows = card::gate_of_batches(self.tx()).await?;
        rows.extend(card::gate_of_queue(self.tx()).await?);
        Ok(rows)
    }

    /// R1, R2: names every waiting card that goes elsewhere than before, of cards as the import will leave them.
    pub(in crate::usecases::import) fn name_rerouted(&mut self, rows: &[GateRow]) {
        let today = self.ctx.clock.today();
        for row in rows {
            let Some(then) = self.routes.get(&row.id) else { continue };
            let now = gate::route_now(row, today);
            let Some(becomes) = new_route(row, then, &now) else { continue };
            let (member, kind, state) = (row.key.to_string(), row.kind, row.state);
            let (before, after) = (then.place().cloned(), now.place().cloned());
            self.preview.effects.reroutes(RouteChange { member, kind, state, becomes, before, after });
        }
    }

    /// The same of cards as the import will leave them.
    pub(in crate::usecases::import) fn name_stopped_in(&mut self, rows: Vec<GateRow>) {
        self.name_gated(gate::judge(rows, gate::days(self.ctx)));
    }

    fn name_gated(&mut self, judged: Vec<Gated>) {
        for Gated { row, findings, .. } in judged {
            for finding in findings {
                if !self.gated.contains(&(row.id, finding.reason)) {
                    let (member, batch) = (row.key.to_string(), row.batch());
                    let (kind, state, serial) = (row.kind, row.state, row.serial.clone());
                    let stopped = StoppedByGate { member, kind, state, batch, serial, finding };
                    self.preview.effects.gates(stopped);
                }
            }
        }
    }
}

/// B7: cards, and the reasons of the gate that they have.
fn gated(rows: Vec<GateRow>, ctx: &AppContext) -> BTreeSet<(i64, GateReason)> {
    let reasons = |it: Gated| it.findings.into_iter().map(move |finding| (it.row.id, finding.reason));
    gate::judge(rows, gate::days(ctx)).into_iter().flat_map(reasons).collect()
}

/// What a file does to the destination of a waiting card; none where it stays.
fn new_route(card: &GateRow, then: &RouteNow, now: &RouteNow) -> Option<NewRoute> {
    match (then, now) {
        // Whether it waits for the confirmation of the address (R6) is told with the employer.
        (RouteNow::Employer(then), RouteNow::Employer(now))
        | (RouteNow::Employer(then), RouteNow::Nowhere { employer: Some(now), reason: HoldReason::AddressChanged })
            if then.employer_code == now.employer_code =>
        {
            (then.destination() != now.destination()).then_some(NewRoute::Elsewhere)
        }
        (RouteNow::Nowhere { .. }, RouteNow::Nowhere { .. }) => None,
        (_, RouteNow::Nowhere { reason, .. }) => Some(NewRoute::None(*reason)),
        (RouteNow::Nowhere { .. }, _) if card.state == CardState::Held => {
            card.held().is_some_and(HoldReason::follows_registry).then_some(NewRoute::Found)
        }
        (_, RouteNow::Employer(_) | RouteNow::OneOff(_)) => (then != now).then_some(NewRoute::OtherEmployer),
    }
}

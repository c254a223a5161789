//! An import in detail: rows and effects, shown before it is applied.

use crate::domain::gate::GateFinding;
use crate::domain::{BatchNumber, CardKind, CardRoute, CardState, HoldReason};
use crate::interchange::{Column, RowError, RowWarning};
use crate::usecases::FieldChange;
use crate::usecases::accounts::{Ended, StoppedCard};
use crate::usecases::portal::EventEffects;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The most of each list that is kept.
pub(super) const SHOWN: usize = 1_000;

/// Rows and effects, the first thousand of each.
#[derive(Debug, Default)]
pub struct Preview {
    /// Why rows were rejected.
    pub errors: Vec<RowError>,
    /// Rows that are new.
    pub added: Vec<PreviewItem>,
    /// Changed rows, field by field.
    pub changes: Vec<PreviewChange>,
    /// Rows that repeat what is known.
    pub unchanged: Vec<PreviewItem>,
    /// Rows that are accepted, and deserve a look.
    pub warnings: Vec<Warned>,
    /// What follows from the rows.
    pub effects: Effects,
    /// Columns of the file that are not known.
    pub ignored: Vec<String>,
}

/// A row that is new, or that repeats what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewItem {
    /// Its line in the file.
    pub line: u64,
    /// The member's, employer's or request's key.
    pub key: String,
    /// A name, or the kind of event.
    pub what: String,
}

/// A row that is accepted, and deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warned {
    /// Its line in the file.
    pub line: u64,
    /// The member's, employer's or request's key.
    pub key: String,
    /// A name, or the kind of event.
    pub what: String,
    /// What deserves a look.
    pub warning: RowWarning,
}

/// A changed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewChange {
    /// Its line in the file.
    pub line: u64,
    /// The member's or employer's key.
    pub key: String,
    /// What is changed.
    pub fields: Vec<FieldChange>,
}

/// What follows from an import beyond its rows. Lists have the first thousand; the counts are of all.
#[derive(Debug, Default, serde::Serialize)]
pub struct Effects {
    /// Accounts that close (A3, A9), with the cards that end with them.
    pub endings: Vec<Ended>,
    /// How many accounts close.
    pub accounts_closed: u64,
    /// How many waiting cards are cancelled.
    pub cards_cancelled: u64,
    /// How many cards under way are to be pulled before the dispatch, for whatever reason (B7).
    pub cards_to_pull: u64,
    /// The serials of these cards.
    #[serde(skip)]
    pub pulled: BTreeSet<String>,
    /// Cards that stop although their account goes on.
    pub stopped: Vec<StoppedCard>,
    /// How many cards stop so.
    pub cards_stopped: u64,
    /// Accounts that are opened (A1).
    pub accounts_opened: u64,
    /// Cards that are asked for (A2, V2).
    pub cards_asked: u64,
    /// Requests that are closed because their member uses the login again (L4).
    pub requests_recovered: u64,
    /// Waiting cards whose destination changes or goes, with their employer or their insured (R1, R2).
    pub routes: Vec<RouteChange>,
    /// How many waiting cards that are.
    pub routes_changed: u64,
    /// R6: employers whose representative address changes, before and after.
    pub addresses: Vec<MovedAddress>,
    /// How many employers that are.
    pub addresses_changed: u64,
    /// B7: cards in batches, printed ones too, that must not leave any more because of this file.
    pub gate: Vec<StoppedByGate>,
    /// How many reasons that are.
    pub gate_reasons: u64,
    /// New records after a change of number (A3).
    pub renumbered: u64,
    /// Their former and new keys.
    pub renumberings: Vec<(String, String)>,
    /// A11: numbers that pass to another person, because name and birth date both differ.
    pub replacements: Vec<Replaced>,
    /// How many numbers that are.
    pub replaced: u64,
    /// A9: members whose loss this file takes back, and whose account it had closed.
    pub reinstated: Vec<Reinstated>,
    /// How many members that are.
    pub members_reinstated: u64,
    /// Members whose qualification this file ends, today or on a later day.
    pub lost: u64,
    /// Members in force who are not in the file; they are not changed.
    pub missing: u64,
}

/// A number that passes to another person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Replaced {
    /// The member's key.
    pub member: String,
    /// 氏名 in the database.
    pub before: String,
    /// 氏名 in the file.
    pub after: String,
}

/// A member who was lost by mistake: the account stays closed, and the member is told to register again (P1).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reinstated {
    /// The member's key.
    pub member: String,
    /// 氏名
    pub name: String,
    /// When the loss closed the account.
    pub closed_on: Option<NaiveDate>,
    /// The cards whose passwords ended with it.
    pub cards: Vec<EndedCard>,
}

/// A card that ended with an account.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EndedCard {
    /// The kind of password on it.
    pub kind: CardKind,
    /// Its serial, where it has one.
    pub serial: Option<String>,
}

/// An employer whose representative address changes (R6).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MovedAddress {
    /// 事業所記号
    pub code: String,
    /// In the database.
    pub before: CardRoute,
    /// In the file.
    pub after: CardRoute,
    /// Whether another person confirms it.
    pub confirmation: AddressConfirmation,
    /// Queued cards that wait for its confirmation.
    pub held: u64,
    /// Cards that had waited for one, and go on: the address that was confirmed last is back.
    pub released: u64,
}

/// R6: whether a changed address waits for another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressConfirmation {
    /// Another person than the importer confirms it.
    Waits,
    /// It is the one that was confirmed last.
    CameBack,
    /// The policy asks for none.
    NotAsked,
}

/// A card in a batch that gets a reason of the gate (B7).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StoppedByGate {
    /// The member's key.
    pub member: String,
    /// The kind of password on it.
    pub kind: CardKind,
    /// Drafted, exported or printed.
    pub state: CardState,
    /// The batch that it is in.
    pub batch: Option<BatchNumber>,
    /// Its serial, where it has one.
    pub serial: Option<String>,
    /// The reason, with what was approved and what is true with this file.
    #[serde(flatten)]
    pub finding: GateFinding,
}

/// A waiting card whose destination changes with its employer, or because its insured has another one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RouteChange {
    /// The member's key.
    pub member: String,
    /// The kind of password on it.
    pub kind: CardKind,
    /// State of the card before the import.
    pub state: CardState,
    /// Its new destination.
    pub becomes: NewRoute,
    /// Where it would have gone before the import, if anywhere.
    pub before: Option<CardRoute>,
    /// Where it goes with this file, if anywhere.
    pub after: Option<CardRoute>,
}

/// The destination of a waiting card after its employer has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewRoute {
    /// The same employer's new address.
    Elsewhere,
    /// R1: the insured has another employer.
    OtherEmployer,
    /// None: it is held for this reason, or will be.
    None(HoldReason),
    /// R1: there is one again, and what was held for the want of one goes on.
    Found,
}

impl Effects {
    /// Counts a number that passes to another person.
    pub(super) fn replaces(&mut self, replaced: Replaced) {
        self.replaced += 1;
        keep(&mut self.replacements, || replaced);
    }

    /// Counts a member whose loss is taken back.
    pub(super) fn reinstates(&mut self, reinstated: Reinstated) {
        self.members_reinstated += 1;
        keep(&mut self.reinstated, || reinstated);
    }

    /// Counts an employer with a new address.
    pub(super) fn moves(&mut self, moved: MovedAddress) {
        self.addresses_changed += 1;
        keep(&mut self.addresses, || moved);
    }

    /// Counts a new reason of the gate.
    pub(super) fn gates(&mut self, stopped: StoppedByGate) {
        self.gate_reasons += 1;
        if matches!(stopped.state, CardState::Exported | CardState::Printed) {
            self.pull(stopped.serial.clone());
        }
        keep(&mut self.gate, || stopped);
    }

    /// Counts a waiting card with a new destination.
    pub(super) fn reroutes(&mut self, change: RouteChange) {
        self.routes_changed += 1;
        keep(&mut self.routes, || change);
    }

    /// Counts accounts that close, with their cards.
    pub(super) fn ends(&mut self, ended: Vec<Ended>) {
        self.accounts_closed += ended.len() as u64;
        ended.iter().flat_map(|it| &it.cards).for_each(|card| self.count(card));
        let room = SHOWN.saturating_sub(self.endings.len());
        self.endings.extend(ended.into_iter().take(room));
    }

    /// Counts cards that stop although their account stays open.
    pub(super) fn stops(&mut self, cards: Vec<StoppedCard>) {
        self.cards_stopped += cards.len() as u64;
        cards.iter().for_each(|card| self.count(card));
        let room = SHOWN.saturating_sub(self.stopped.len());
        self.stopped.extend(cards.into_iter().take(room));
    }

    /// Counts what a portal event causes.
    pub(super) fn of_event(&mut self, caused: EventEffects) {
        self.accounts_opened += caused.opened;
        self.cards_asked += caused.asked;
        self.requests_recovered += caused.recovered;
        self.stops(caused.stopped);
    }

    fn count(&mut self, card: &StoppedCard) {
        match card.is_cancelled() {
            true => self.cards_cancelled += 1,
            false => self.pull(card.serial.clone()),
        }
    }

    /// Counts a card that is to be pulled: once, however many reasons it has.
    fn pull(&mut self, serial: Option<String>) {
        self.pulled.extend(serial);
        self.cards_to_pull = self.pulled.len() as u64;
    }
}

impl Preview {
    pub(super) fn error(&mut self, errors: &[RowError]) {
        let room = SHOWN.saturating_sub(self.errors.len());
        self.errors.extend(errors.iter().take(room).cloned());
    }
}

/// Adds an item while there is room; it is not built otherwise.
pub(super) fn keep<T>(list: &mut Vec<T>, item: impl FnOnce() -> T) {
    if list.len() < SHOWN {
        list.push(item());
    }
}

impl FieldChange {
    /// A change, if there is one.
    pub(super) fn of(column: Column, before: impl ToString, after: impl ToString) -> Option<Self> {
        let (before, after) = (before.to_string(), after.to_string());
        (before != after).then(|| Self { field: column.header.to_owned(), old: before, new: after })
    }

    /// The same of a value that may be missing.
    pub(super) fn of_optional<T: ToString>(column: Column, before: Option<T>, after: Option<T>) -> Option<Self> {
        let text = |value: Option<T>| value.map(|value| value.to_string()).unwrap_or_default();
        Self::of(column, text(before), text(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::GateReason;
    use crate::domain::gate::GateValue;

    #[test]
    fn b7_each_card_to_pull_counts_once_whatever_stops_it() {
        let ended = |serial: &str| StoppedCard {
            member: "260-1-00".to_owned(),
            kind: CardKind::Viewing,
            was: CardState::Printed,
            batch: None,
            serial: Some(serial.to_owned()),
        };
        let gated = |state, serial: Option<&str>, reason| StoppedByGate {
            member: "260-1-00".to_owned(),
            kind: CardKind::Viewing,
            state,
            batch: None,
            serial: serial.map(str::to_owned),
            finding: GateFinding { reason, printed: GateValue::None, now: GateValue::None },
        };
        let mut effects = Effects::default();
        effects.stops(vec![ended("B20261124-001-0001")]);
        effects.gates(gated(CardState::Printed, Some("B20261124-001-0001"), GateReason::Closed));
        effects.gates(gated(CardState::Printed, Some("B20261124-001-0002"), GateReason::MemberLost));
        effects.gates(gated(CardState::Printed, Some("B20261124-001-0002"), GateReason::NumberChanged));
        effects.gates(gated(CardState::Drafted, None, GateReason::MemberLost));
        assert_eq!((effects.cards_to_pull, effects.gate_reasons), (2, 4));
    }
}

//! What a person wants to see of an import before it counts.

use crate::domain::{CardKind, CardState, HoldReason};
use crate::interchange::{Column, RowError, RowWarning};
use crate::usecases::accounts::{Ended, StoppedCard};

/// The most of each that is kept.
pub(super) const SHOWN: usize = 1_000;

/// Details, the first thousand of each.
#[derive(Debug, Default)]
pub struct Preview {
    /// Rejected rows.
    pub errors: Vec<RowError>,
    /// New rows.
    pub added: Vec<Item>,
    /// Changed rows, field by field.
    pub changes: Vec<Change>,
    /// Rows that say what is known.
    pub unchanged: Vec<Item>,
    /// Rows that are taken, and deserve a look.
    pub warnings: Vec<Warned>,
    /// What follows from the changes.
    pub effects: Effects,
    /// Columns that were ignored.
    pub ignored: Vec<String>,
}

/// A row that is taken, or that says nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its line in the file.
    pub line: u64,
    /// Whose.
    pub key: String,
    /// A name, or what happened.
    pub what: String,
}

/// A row that is taken, and deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warned {
    /// Its line in the file.
    pub line: u64,
    /// Whose.
    pub key: String,
    /// A name, or what happened.
    pub what: String,
    /// Why.
    pub warning: RowWarning,
}

/// A changed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its line in the file.
    pub line: u64,
    /// Whose.
    pub key: String,
    /// What.
    pub fields: Vec<FieldChange>,
}

/// A changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The column's header name.
    pub column: &'static str,
    /// In the database.
    pub before: String,
    /// In the file.
    pub after: String,
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
    /// How many cards under way are dead and must be pulled at the gate (B7).
    pub cards_to_pull: u64,
    /// Cards that stop although their account goes on.
    pub stopped: Vec<StoppedCard>,
    /// How many.
    pub cards_stopped: u64,
    /// Accounts that are opened (A1).
    pub accounts_opened: u64,
    /// Cards that are asked for (A2, V2).
    pub cards_asked: u64,
    /// Waiting cards whose employer's address changes or goes (R1, R2).
    pub routes: Vec<RouteChange>,
    /// How many.
    pub routes_changed: u64,
    /// New records after a change of number (A3).
    pub renumbered: u64,
    /// Former and new keys of them.
    pub renumberings: Vec<(String, String)>,
    /// Members whose name and birth date are both others now: perhaps another person under a number that has an
    /// account and cards.
    pub replacements: Vec<Replaced>,
    /// How many.
    pub replaced: u64,
    /// Members whom this file gives a loss of the qualification, of today or of a day to come.
    pub lost: u64,
    /// Members in force who are not in the file. They stay as they are.
    pub missing: u64,
}

/// Somebody who has become somebody else under the same number, by the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Replaced {
    /// The number.
    pub member: String,
    /// 氏名 so far.
    pub before: String,
    /// 氏名 in the file.
    pub after: String,
}

/// A waiting card that goes elsewhere, or nowhere, once the employer has changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RouteChange {
    /// Whose card.
    pub member: String,
    /// What it carries.
    pub kind: CardKind,
    /// Where it waits.
    pub state: CardState,
    /// Where it goes then.
    pub becomes: NewRoute,
}

/// Where a waiting card goes once the employer has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewRoute {
    /// To the same employer's new address.
    Elsewhere,
    /// Nowhere: it will be held for this reason.
    None(HoldReason),
}

impl Effects {
    /// Notes somebody who may be another person.
    pub(super) fn replaces(&mut self, replaced: Replaced) {
        self.replaced += 1;
        keep(&mut self.replacements, || replaced);
    }

    /// A waiting card is sent elsewhere, or cannot be sent.
    pub(super) fn reroutes(&mut self, change: RouteChange) {
        self.routes_changed += 1;
        keep(&mut self.routes, || change);
    }

    /// Accounts close.
    pub(super) fn ends(&mut self, ended: Vec<Ended>) {
        self.accounts_closed += ended.len() as u64;
        ended.iter().flat_map(|it| &it.cards).for_each(|card| self.count(card));
        let room = SHOWN.saturating_sub(self.endings.len());
        self.endings.extend(ended.into_iter().take(room));
    }

    /// Cards stop.
    pub(super) fn stops(&mut self, cards: Vec<StoppedCard>) {
        self.cards_stopped += cards.len() as u64;
        cards.iter().for_each(|card| self.count(card));
        let room = SHOWN.saturating_sub(self.stopped.len());
        self.stopped.extend(cards.into_iter().take(room));
    }

    fn count(&mut self, card: &StoppedCard) {
        let counter = if card.is_cancelled() { &mut self.cards_cancelled } else { &mut self.cards_to_pull };
        *counter += 1;
    }
}

impl Preview {
    pub(super) fn error(&mut self, errors: &[RowError]) {
        let room = SHOWN.saturating_sub(self.errors.len());
        self.errors.extend(errors.iter().take(room).cloned());
    }

    pub(super) fn change(&mut self, change: Change) {
        keep(&mut self.changes, || change);
    }
}

/// Keeps it while there is room; beyond that it is not even made.
pub(super) fn keep<T>(list: &mut Vec<T>, item: impl FnOnce() -> T) {
    if list.len() < SHOWN {
        list.push(item());
    }
}

impl FieldChange {
    /// A change, if there is one.
    pub(super) fn of(column: Column, before: impl ToString, after: impl ToString) -> Option<Self> {
        let (before, after) = (before.to_string(), after.to_string());
        (before != after).then_some(Self { column: column.header, before, after })
    }

    /// The same of a value that may be missing.
    pub(super) fn of_optional<T: ToString>(column: Column, before: Option<T>, after: Option<T>) -> Option<Self> {
        let text = |value: Option<T>| value.map(|value| value.to_string()).unwrap_or_default();
        Self::of(column, text(before), text(after))
    }
}

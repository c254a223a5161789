//! A portal that does what the credential feed says, from the beginning or from where it stopped.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use mykempo_console::domain::CardKind;
use mykempo_console::store::feed::{Instruction, Operation};
use mykempo_console::text;
use std::collections::BTreeMap;

/// A row of the feed, as a portal understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub operation: Operation,
    pub kind: Option<CardKind>,
    pub member: String,
    pub login_id: Option<String>,
    pub hash: Option<String>,
    pub valid_from: NaiveDate,
    pub must_change: bool,
    pub valid_until: Option<NaiveDate>,
}

impl From<&Instruction> for Row {
    fn from(row: &Instruction) -> Self {
        Self {
            seq: row.seq,
            at: row.at.trunc_subsecs(0),
            operation: row.operation,
            kind: row.kind.as_deref().map(|kind| kind.parse().unwrap()),
            member: row.key.to_string(),
            login_id: row.login_id.clone(),
            hash: row.hash.clone(),
            valid_from: row.valid_from,
            must_change: row.must_change,
            valid_until: row.valid_until,
        }
    }
}

/// The rows of a feed file.
pub fn read(file: &[u8]) -> Vec<Row> {
    let mut file = csv::Reader::from_reader(file);
    let row = |cells: csv::StringRecord| {
        let some = |n: usize| (!cells[n].is_empty()).then(|| cells[n].to_owned());
        Row {
            seq: cells[0].parse().unwrap(),
            at: text::japan::instant(cells[1].replace(' ', "T").parse().unwrap()),
            operation: cells[2].parse().unwrap(),
            kind: some(3).map(|kind| kind.parse().unwrap()),
            member: format!("{}-{}-{}", &cells[4], &cells[5], &cells[6]),
            login_id: some(7),
            hash: some(8),
            valid_from: cells[9].parse().unwrap(),
            must_change: &cells[10] == "1",
            valid_until: some(11).map(|day| day.parse().unwrap()),
        }
    };
    file.records().map(|record| row(record.unwrap())).collect()
}

/// What the portal would accept: by member's key and kind of password, the hash and since when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portal {
    pub accepts: BTreeMap<(String, CardKind), (String, NaiveDate)>,
    /// L5: the last day of a temporary password.
    ends: BTreeMap<(String, CardKind), NaiveDate>,
    last: i64,
    own: BTreeMap<(String, CardKind), OwnChange>,
}

/// What a member did on the portal, and whether the console had the event when it decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnChange {
    pub at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
}

impl Portal {
    /// Plays a feed from its first row.
    pub fn replay(feed: &[Row]) -> Self {
        let mut portal = Self::default();
        portal.go_on(feed);
        portal
    }

    /// A log-in or an own password of a member.
    pub fn knows(mut self, member: &str, kind: CardKind, change: OwnChange) -> Self {
        self.own.insert((member.to_owned(), kind), change);
        self
    }

    /// docs/portal.md: the member's own change is newer than the row, or the console could not know of it yet.
    fn is_passed_over(&self, row: &Row, kind: CardKind) -> bool {
        let own = self.own.get(&(row.member.clone(), kind));
        own.is_some_and(|own| own.at > row.at || own.delivered_at.is_none_or(|delivered| delivered > row.at))
    }

    /// L5: what it accepts on a day.
    pub fn accepts_on(&self, day: NaiveDate) -> Vec<&(String, CardKind)> {
        self.accepts.keys().filter(|place| self.ends.get(place).is_none_or(|last| day <= *last)).collect()
    }

    /// Plays the rows that came since.
    pub fn go_on(&mut self, feed: &[Row]) {
        for row in feed {
            assert_eq!(row.seq, self.last + 1, "the feed ascends without gaps");
            self.last = row.seq;
            self.play(row);
        }
    }

    fn play(&mut self, row: &Row) {
        assert!(
            row.valid_from <= text::japan::day_of(row.at),
            "V1, L2: nothing is promised for a day to come: {row:?}"
        );
        let place = || (row.member.clone(), row.kind.unwrap());
        if row.kind.is_some_and(|kind| self.is_passed_over(row, kind)) {
            return;
        }
        match row.operation {
            Operation::Activate => {
                assert_eq!(row.must_change, row.kind == Some(CardKind::Login), "L3: {row:?}");
                assert_eq!(row.valid_until.is_some(), row.kind == Some(CardKind::Login), "L5: {row:?}");
                // A row without a hash was redacted: a later one ends it.
                let Some(hash) = &row.hash else { return };
                assert!(row.login_id.is_some(), "{row:?}");
                self.accepts.insert(place(), (hash.clone(), row.valid_from));
                self.ends.extend(row.valid_until.map(|last| (place(), last)));
            }
            Operation::Revoke => {
                assert_eq!(row.hash, None);
                self.accepts.remove(&place());
            }
            Operation::Close => {
                assert_eq!((&row.kind, &row.hash), (&None, &None));
                self.accepts.retain(|(who, _), _| *who != row.member);
            }
        }
    }
}

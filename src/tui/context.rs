//! What every screen may know: the words, the looks, the time, who sits here.

use super::theme::Theme;
use crate::domain::Role;
use crate::labels::Labels;
use crate::text::japan::local;
use crate::tui::commands::Tab;
use crate::usecases::home::HomeSummary;
use crate::usecases::staff::FailedSignIns;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};

/// A member of staff who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenPerson {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// After so long without a key the screen locks.
    pub(crate) idle_minutes: u32,
    /// What failed under this staff ID since its last sign-in.
    pub(crate) failed: Option<FailedSignIns>,
}

/// How much waits behind each tab, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TabCounts {
    pub(crate) requests: Option<u64>,
    pub(crate) cards: Option<u64>,
    pub(crate) batches: Option<u64>,
}

impl TabCounts {
    /// The number beside a tab.
    pub(crate) fn of(&self, tab: Tab) -> Option<u64> {
        match tab {
            Tab::Requests => self.requests,
            Tab::Queue => self.cards,
            Tab::Batches => self.batches,
            _ => None,
        }
    }

    /// Takes over the numbers that are known now; the others stay.
    pub(crate) fn update(&mut self, now: Self) {
        self.requests = now.requests.or(self.requests);
        self.cards = now.cards.or(self.cards);
        self.batches = now.batches.or(self.batches);
    }
}

impl From<&HomeSummary> for TabCounts {
    fn from(home: &HomeSummary) -> Self {
        Self {
            requests: u64::try_from(home.requests.count).ok(),
            cards: u64::try_from(home.queued.count).ok(),
            batches: Some(home.batches.len() as u64),
        }
    }
}

/// Whether a mistake here would reach a member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PersonKind {
    #[default]
    Real,
    /// A rehearsal, a demo or a test.
    Rehearsal,
    /// A copy for practice.
    Drill,
    /// A copy of which it is not said what it is.
    Copy,
}

/// Which database the console works on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Database {
    /// Its name alone.
    pub(crate) name: String,
    pub(crate) kind: PersonKind,
}

/// Shared by all screens, changed by the app alone.
pub(crate) struct Context {
    pub(crate) labels: &'static Labels,
    pub(crate) theme: Theme,
    pub(crate) society: String,
    pub(crate) database: Database,
    pub(crate) now: DateTime<Utc>,
    pub(crate) person: Option<OpenPerson>,
    pub(crate) counts: TabCounts,
}

impl Context {
    /// The society's wall clock: Japan has one time and no summer time.
    pub(crate) fn local(&self) -> DateTime<FixedOffset> {
        local(self.now)
    }

    /// The society's calendar day.
    pub(crate) fn today(&self) -> NaiveDate {
        self.local().date_naive()
    }

    /// `11/24(火) 10:42`
    pub(crate) fn clock(&self) -> String {
        let now = self.local();
        let weekday = self.labels.words.weekdays[now.weekday().num_days_from_monday() as usize];
        format!("{:02}/{:02}({weekday}) {:02}:{:02}", now.month(), now.day(), now.hour(), now.minute())
    }
}

//! Whether somebody else has changed what the lists show.
//!
//! The console sleeps until something happens, but nothing tells it of work at another terminal: SQLite has no such
//! message, and a server's would not reach it over every connection. One slow timer is the trade, while a list that
//! others change is in front: it reads the end of the log, and the list only where that has moved. With a dialog open,
//! behind the lock and on every other screen there is no timer but the clock's.

use super::message::Query;
use crate::usecases::change_summary::ChangeSummary;
use chrono::{DateTime, Duration, Utc};

const EVERY: Duration = Duration::seconds(5);

/// What was seen of the log, and when to look again.
#[derive(Debug)]
pub(crate) struct ChangePoller {
    seen: Option<i64>,
    next: DateTime<Utc>,
}

impl ChangePoller {
    /// Looks for the first time a little later: what is in front was read just now.
    pub(crate) fn from(now: DateTime<Utc>) -> Self {
        Self { seen: None, next: now + EVERY }
    }

    /// How long until the next look.
    pub(crate) fn due_in(&self, now: DateTime<Utc>) -> Duration {
        self.next - now
    }

    /// The question, where it is time.
    pub(crate) fn poll(&mut self, now: DateTime<Utc>) -> Option<Query> {
        (now >= self.next).then(|| {
            self.next = now + EVERY;
            Query::ChangeSummary(self.seen)
        })
    }

    /// Takes an answer in; whether lists are to be read again.
    pub(crate) fn apply(&mut self, news: ChangeSummary) -> bool {
        self.seen = Some(news.head);
        news.changed
    }
}

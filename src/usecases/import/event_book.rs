//! Portal events against what is known of their members, in memory.

use crate::domain::portal::{EventKind, Stale};
use crate::domain::{DeadReason, WebDisplay};
use crate::interchange::PortalEventRow;
use crate::store::bulk::{self, AppliedEvent, NewestEvents};
use crate::store::card::GateRow;
use crate::store::{self, KeyColumns, Tx, person};
use crate::text::hex;
use crate::usecases::portal::{self, EventEffects, PortalEntry};
use crate::usecases::registrations::Registrations;
use crate::usecases::routes::{Route, routes_of};
use crate::usecases::{Error, UnitOfWork, accounts};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// An event of a stored piece.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct EventRow {
    pub(super) seq: i64,
    at: DateTime<Utc>,
    pub(super) kind: EventKind,
    pub(super) key: KeyColumns,
    pub(super) login_id: String,
    email: String,
    wants: WebDisplay,
    digest: String,
}

/// Applies the events of a piece that fit what is known by now: the staff may have been faster since the file was read.
pub(super) async fn apply(uow: &mut UnitOfWork, run: i64, rows: &[EventRow]) -> Result<(), Error> {
    let all = Registrations::of(uow, Vec::new()).await?;
    let mut book = EventBook::new(uow, all).await?;
    book.load(uow, &rows.iter().collect::<Vec<_>>()).await?;
    let mut late = 0;
    for row in rows {
        late += i64::from(!matches!(book.take(row)?, EventVerdict::Applied(_)));
    }
    if late > 0 {
        bulk::came_late(uow, run, late).await?;
    }
    bulk::add_events(uow, &book.applied).await?;
    book.all.write(uow).await
}

/// What becomes of an event.
pub(super) enum EventVerdict {
    Applied(EventEffects),
    /// The same was applied before.
    Known,
    /// Another event was applied under its number.
    Bad,
    /// It names the login ID of another account.
    OtherLogin,
    UnknownMember,
    /// Something newer has overtaken it, or it does not fit what is known.
    Stale,
}

/// What events are judged by, and what those that were applied have changed.
pub(super) struct EventBook {
    all: Registrations,
    members: HashMap<KeyColumns, i64>,
    digests: HashMap<i64, String>,
    newest: HashMap<i64, NewestEvents>,
    routes: HashMap<i64, Route>,
    /// A11: members whose numbers were other people's before.
    takeovers: HashMap<i64, DateTime<Utc>>,
    today: NaiveDate,
    /// Not in the database yet.
    applied: Vec<AppliedEvent>,
}

impl EventBook {
    pub(super) async fn new(tx: &mut Tx, all: Registrations) -> Result<Self, Error> {
        Ok(Self {
            today: all.done.today,
            all,
            members: HashMap::new(),
            digests: HashMap::new(),
            newest: HashMap::new(),
            routes: HashMap::new(),
            takeovers: person::takeovers(tx).await?,
            applied: Vec::new(),
        })
    }

    /// Reads what these events are about.
    pub(super) async fn load(&mut self, tx: &mut Tx, rows: &[&EventRow]) -> Result<(), Error> {
        let seqs: Vec<i64> = rows.iter().map(|row| row.seq).collect();
        for (seq, digest) in bulk::event_digests(tx, &seqs).await? {
            self.digests.insert(seq, digest);
        }
        let keys: HashSet<&KeyColumns> = rows.iter().map(|row| &row.key).collect();
        let keys: Vec<KeyColumns> = keys.into_iter().filter(|key| !self.members.contains_key(key)).cloned().collect();
        if keys.is_empty() {
            return Ok(());
        }
        let members = store::member::by_keys(tx, &keys).await?;
        let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
        for newest in bulk::newest_events(tx, &ids).await? {
            self.newest.insert(newest.member_id, newest);
        }
        let routes = routes_of(tx, self.today, &members.iter().collect::<Vec<_>>()).await?;
        for (member, route) in members.iter().zip(routes) {
            self.members.insert(member.key.clone(), member.id);
            self.routes.insert(member.id, route);
        }
        self.all.load(tx, members).await
    }

    /// Applies an event in memory, if it fits.
    pub(super) fn take(&mut self, row: &EventRow) -> Result<EventVerdict, Error> {
        match self.digests.get(&row.seq) {
            Some(known) if *known == row.digest => return Ok(EventVerdict::Known),
            Some(_) => return Ok(EventVerdict::Bad),
            None => {}
        }
        let Some(id) = self.members.get(&row.key).copied() else { return Ok(EventVerdict::UnknownMember) };
        // A11: what happened before the number was this member's happened to another person.
        let of_another = self.takeovers.get(&id).is_some_and(|since| row.at < *since);
        let (Some((of, done)), Some(route)) = (self.all.get(id), self.routes.get(&id)) else {
            return Ok(EventVerdict::UnknownMember);
        };
        let newest = self.newest.entry(id).or_default();
        let subject = subject(row.kind);
        if of_another || subject.iter().any(|subject| subject.newest(newest).is_some_and(|newest| newest > row.at)) {
            return Ok(EventVerdict::Stale);
        }
        let entry =
            PortalEntry { kind: row.kind, at: row.at, login_id: &row.login_id, email: &row.email, wants: row.wants };
        let effects = match portal::apply_in(of, done, &entry, route)? {
            Ok(effects) => effects,
            Err(Stale::OtherLogin) => return Ok(EventVerdict::OtherLogin),
            Err(_) => return Ok(EventVerdict::Stale),
        };
        for subject in spoken_of(row.kind) {
            let newest = subject.newest(newest);
            *newest = (*newest).max(Some(row.at));
        }
        self.digests.insert(row.seq, row.digest.clone());
        let (seq, at, kind, digest) = (row.seq, row.at, row.kind, row.digest.clone());
        self.applied.push(AppliedEvent { seq, at, kind, member_id: id, digest });
        Ok(EventVerdict::Applied(effects))
    }

    /// B7: cards in batches as the events leave them.
    pub(super) fn gated(&self, rows: Vec<GateRow>) -> Vec<GateRow> {
        rows.into_iter().filter_map(|row| self.all.gated(row)).collect()
    }

    /// A3, A9: the accounts that close by today, one that was opened under a former number among them.
    pub(super) async fn end(&mut self, tx: &mut Tx) -> Result<Vec<accounts::Ended>, Error> {
        let mut ended = accounts::ended(tx, self.today).await?;
        let former = store::account::renumbered(tx, self.today).await?;
        let former = former.into_iter().filter(|(_, id)| self.all.has(*id));
        ended.extend(former.map(|(_, id)| (id, DeadReason::NumberChanged)));
        accounts::would_end(tx, &mut self.all, &ended, &HashMap::new()).await
    }
}

/// What an event speaks of: an older word on the same subject counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// Web display and the viewing password.
    Viewing,
    /// The mail address.
    Mail,
}

impl Subject {
    fn newest(self, of: &mut NewestEvents) -> &mut Option<DateTime<Utc>> {
        match self {
            Self::Viewing => &mut of.viewing,
            Self::Mail => &mut of.mail,
        }
    }
}

/// The subject on which something newer overtakes an event.
fn subject(kind: EventKind) -> Option<Subject> {
    match kind {
        EventKind::WebDisplayOn | EventKind::WebDisplayOff | EventKind::ViewingReissue | EventKind::ViewingChanged => {
            Some(Subject::Viewing)
        }
        // Mails that came back before the address was changed say nothing of the new one.
        EventKind::EmailChanged | EventKind::MailBounced => Some(Subject::Mail),
        // A4 decides for itself; time stamps only move forward.
        EventKind::Registered
        | EventKind::LoginPasswordChanged
        | EventKind::QuestionChanged
        | EventKind::LoggedIn
        | EventKind::PointsApplied => None,
    }
}

/// The subjects on which an event is the newest word, as [`bulk::newest_events`] reads them.
fn spoken_of(kind: EventKind) -> &'static [Subject] {
    match kind {
        EventKind::Registered => &[Subject::Viewing, Subject::Mail],
        EventKind::WebDisplayOn | EventKind::WebDisplayOff | EventKind::ViewingReissue | EventKind::ViewingChanged => {
            &[Subject::Viewing]
        }
        EventKind::EmailChanged => &[Subject::Mail],
        EventKind::MailBounced
        | EventKind::LoginPasswordChanged
        | EventKind::QuestionChanged
        | EventKind::LoggedIn
        | EventKind::PointsApplied => &[],
    }
}

impl EventRow {
    pub(super) fn of(row: PortalEventRow) -> Self {
        Self {
            digest: digest(&row),
            seq: row.seq,
            at: row.occurred_at,
            kind: row.kind,
            key: KeyColumns::of(&row.key),
            login_id: row.login_id.unwrap_or_default(),
            email: row.email.unwrap_or_default(),
            wants: row.web_display.unwrap_or(WebDisplay::NotWanted),
        }
    }
}

fn digest(row: &PortalEventRow) -> String {
    let mut sha = Sha256::new();
    let display = row.web_display.map(WebDisplay::code).unwrap_or_default();
    let parts = [
        row.occurred_at.to_rfc3339(),
        row.kind.code().to_owned(),
        row.key.to_string(),
        row.login_id.clone().unwrap_or_default(),
        row.email.clone().unwrap_or_default(),
        display.to_owned(),
    ];
    for part in parts {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    hex(&sha.finalize())
}

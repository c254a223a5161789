//! What must hold whatever has happened: the books of the society.

use super::fixtures::{Cast, recorded};
use super::portal::{Portal, Row};
use mykempo_console::domain::request::{REQUEST_TABLE, RequestState};
use mykempo_console::domain::{
    BATCH_TABLE, BatchNumber, BatchState, CARD_TABLE, CardKind, CardState, DeadReason, Viewing, ViewingState,
    WebDisplay,
};
use mykempo_console::store::batch::Batch;
use mykempo_console::store::card::Card;
use mykempo_console::store::request::Request;
use mykempo_console::store::{self, Tx, audit_read};
use mykempo_console::text::japan::day_of;
use mykempo_console::usecases::promises::{self, PromiseKind, PromiseScope};
use mykempo_console::usecases::{Act, AuditEvent, audit_verify};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Cards, batches and requests at one moment.
pub struct Snapshot {
    pub cards: Vec<Card>,
    pub batches: Vec<Batch>,
    pub requests: Vec<Request>,
}

impl Snapshot {
    pub async fn take(cast: &Cast) -> Self {
        let mut tx = cast.db.read().await.unwrap();
        let every = "SELECT * FROM card ORDER BY id";
        let cards: Vec<Card> = match &mut tx {
            Tx::Sqlite(t) => sqlx::query_as(every).fetch_all(&mut **t).await.unwrap(),
            Tx::Postgres(t) => sqlx::query_as(every).fetch_all(&mut **t).await.unwrap(),
        };
        let every = "SELECT * FROM request ORDER BY id";
        let requests: Vec<Request> = match &mut tx {
            Tx::Sqlite(t) => sqlx::query_as(every).fetch_all(&mut **t).await.unwrap(),
            Tx::Postgres(t) => sqlx::query_as(every).fetch_all(&mut **t).await.unwrap(),
        };
        let latest = store::batch::latest(&mut tx, 1000).await.unwrap();
        let mut batches: Vec<_> = latest.into_iter().map(|line| line.batch).collect();
        batches.reverse();
        Self { cards, batches, requests }
    }

    /// The latest cards are the interesting ones.
    pub fn nth_card(&self, n: usize) -> Option<&Card> {
        self.cards.iter().rev().nth(n % self.cards.len().max(1))
    }

    pub fn nth_request(&self, n: usize) -> Option<&str> {
        self.requests.iter().rev().nth(n % self.requests.len().max(1)).map(|request| request.receipt.as_str())
    }

    pub fn nth_batch(&self, n: usize) -> Option<BatchNumber> {
        self.batches.iter().rev().nth(n % self.batches.len().max(1)).map(|batch| batch.number.clone())
    }

    pub fn serials(&self, number: &BatchNumber, state: CardState) -> Vec<String> {
        let prefix = format!("{number}-");
        let of = self.cards.iter().filter(|card| card.state() == state).filter_map(|card| card.serial.clone());
        of.filter(|serial| serial.starts_with(&prefix)).collect()
    }

    /// The requests, to compare.
    pub fn asked(&self) -> Vec<String> {
        self.requests.iter().map(|request| format!("{request:?}")).collect()
    }

    /// Cards and batches, to compare: a card's Debug hides its hash, JSON hides its rows' ids.
    pub fn rows(&self) -> Vec<String> {
        let cards = self.cards.iter().map(|card| format!("{} {:?}", serde_json::to_string(card).unwrap(), card.hash));
        cards.chain(self.batches.iter().map(|batch| format!("{batch:?}"))).collect()
    }
}

/// No card, no batch and no request has moved but by a row of its table, and none has disappeared.
pub fn every_step_is_in_the_tables(before: &Snapshot, after: &Snapshot) {
    let now: BTreeMap<i64, &Card> = after.cards.iter().map(|card| (card.id, card)).collect();
    for card in &before.cards {
        let to = now.get(&card.id).unwrap_or_else(|| panic!("card {} is gone", card.id)).state();
        let known = CARD_TABLE.iter().any(|(from, _, by)| *from == card.state() && *by == to);
        assert!(to == card.state() || known, "card {}: {:?} to {to:?}", card.id, card.state());
    }
    for batch in &before.batches {
        let to = after.batches.iter().find(|b| b.id == batch.id).map(|b| b.state()).unwrap();
        let known = BATCH_TABLE.iter().any(|(from, _, by)| *from == batch.state() && *by == to);
        assert!(to == batch.state() || known, "{}: {:?} to {to:?}", batch.number, batch.state());
    }
    // One step of a story may be several of a request: checked and queued, closed and opened again.
    for request in &before.requests {
        let to = after.requests.iter().find(|other| other.id == request.id).map(Request::state);
        let to = to.unwrap_or_else(|| panic!("request {} is gone", request.receipt));
        let one = |from: RequestState| REQUEST_TABLE.iter().filter(move |(state, ..)| *state == from);
        let known = one(request.state()).any(|(_, _, by)| *by == to || one(*by).any(|(_, _, by)| *by == to));
        assert!(to == request.state() || known, "{}: {:?} to {to:?}", request.receipt, request.state());
    }
}

pub async fn what_always_holds(cast: &Cast, now: &Snapshot) {
    every_card_asked_for_is_there(cast, now).await;
    one_waiting_card_of_a_kind(now);
    cards_stand_where_their_batch_stands(now);
    passwords_exist_from_export_to_end_only(cast, now).await;
    files_follow_their_batches(cast, now).await;
    the_portal_accepts_what_the_console_shows(cast, now).await;
    every_wish_is_served_or_listed(cast, now).await;
    requests_stand_where_their_notice_stands(now);
    let chain = audit_verify(&cast.ctx, &cast.admin).await.unwrap();
    assert_eq!(chain.broken_at, None, "the audit chain is whole");
}

/// A request that waits for the post has a notice that can still go; an open one is nobody's past answer; what a
/// supervisor let pass has a reason.
fn requests_stand_where_their_notice_stands(now: &Snapshot) {
    for request in &now.requests {
        let card = request.card_id.and_then(|id| now.cards.iter().find(|card| card.id == id));
        if request.state() == RequestState::Queued {
            let state = card.unwrap_or_else(|| panic!("{} waits for no card", request.receipt)).state();
            let gone = matches!(state, CardState::Cancelled | CardState::Pulled | CardState::Dispatched);
            assert!(!gone, "{} waits for a card that is {state:?}", request.receipt);
        }
        assert!(!request.state().is_open() || request.settled_at.is_none(), "{} is open and settled", request.receipt);
        assert_eq!(request.overridden.is_empty(), request.override_reason.is_none(), "{}", request.receipt);
    }
}

/// Nothing is deleted: the log of what was asked for and the cards agree.
async fn every_card_asked_for_is_there(cast: &Cast, now: &Snapshot) {
    let mut tx = cast.db.read().await.unwrap();
    let log = audit_read::read(&mut tx, &audit_read::AuditQuery::default(), i64::MAX).await.unwrap();
    let asked = log.iter().filter(|entry| entry.action == Act::CardAsked.code());
    let card = |entry| match recorded(entry) {
        AuditEvent::CardAsked { card, .. } => card.id,
        other => panic!("{other:?}"),
    };
    let asked: BTreeSet<i64> = asked.map(card).collect();
    let there: BTreeSet<i64> = now.cards.iter().map(|card| card.id).collect();
    assert_eq!(asked, there);
}

/// All or nothing: a batch has taken a step with every one of its cards, or with none.
fn cards_stand_where_their_batch_stands(now: &Snapshot) {
    for card in &now.cards {
        let Some(of) = card.batch_id else { continue };
        let batch = now.batches.iter().find(|batch| batch.id == of).unwrap();
        let together = match card.state() {
            CardState::Drafted => matches!(batch.state(), BatchState::Draft | BatchState::Approved),
            // B13: what is made again waits in a printed batch.
            CardState::Exported => matches!(batch.state(), BatchState::Exported | BatchState::Printed),
            CardState::Printed => batch.state() == BatchState::Printed,
            CardState::Spoiled => matches!(batch.state(), BatchState::Printed | BatchState::Dispatched),
            CardState::Dispatched | CardState::Returned | CardState::Pulled => batch.state() == BatchState::Dispatched,
            CardState::Queued | CardState::Held | CardState::Cancelled => false,
        };
        assert!(together, "{card:?} in {}, which is {:?}", batch.number, batch.state());
    }
}

/// A2, B1
fn one_waiting_card_of_a_kind(now: &Snapshot) {
    let mut seen = BTreeSet::new();
    for card in now.cards.iter().filter(|card| card.state().is_waiting()) {
        assert!(seen.insert((card.account_id, card.kind)), "two waiting cards: {card:?}");
    }
}

/// S2, A9
async fn passwords_exist_from_export_to_end_only(cast: &Cast, now: &Snapshot) {
    let mut tx = cast.db.read().await.unwrap();
    let mut serials = BTreeSet::new();
    for card in &now.cards {
        let has_password = card.hash.is_some();
        match card.state() {
            CardState::Queued | CardState::Held | CardState::Drafted | CardState::Cancelled => {
                assert!(!has_password && card.serial.is_none(), "{card:?}");
            }
            CardState::Exported | CardState::Printed | CardState::Dispatched | CardState::Returned => {
                let account = store::account::get(&mut tx, card.account_id).await.unwrap().unwrap();
                assert_eq!(has_password, account.closed_at.is_none(), "A9: {card:?}");
                assert!(card.issue_on.is_some(), "{card:?}");
            }
            CardState::Spoiled | CardState::Pulled => assert!(!has_password && card.dead().is_some(), "{card:?}"),
        }
        assert_eq!(
            card.batch_id.is_some(),
            !matches!(card.state(), CardState::Queued | CardState::Held | CardState::Cancelled)
        );
        if let Some(serial) = &card.serial {
            assert!(serials.insert(serial), "{serial} twice");
        }
        if let (Some(issued), Some(sent)) = (card.issue_on, card.dispatched_on) {
            assert!(issued <= sent, "V5: {card:?}");
        }
    }
}

/// S4, B5: a recorded export has all its files; no other batch has a file with passwords.
async fn files_follow_their_batches(cast: &Cast, now: &Snapshot) {
    for batch in &now.batches {
        let folder = cast.ctx.export_folder().join(batch.number.as_str());
        let files = store::batch_file::of_batch(&mut cast.db.read().await.unwrap(), batch.id).await.unwrap();
        let recorded: BTreeSet<_> = files.iter().filter(|f| f.destroyed_at.is_none()).map(|f| f.name.clone()).collect();
        let there = names(&folder);
        match batch.state() {
            BatchState::Exported | BatchState::Printed => assert_eq!(there, recorded, "{}", batch.number),
            BatchState::Draft | BatchState::Approved => assert_eq!(there, BTreeSet::new(), "{}", batch.number),
            BatchState::Dispatched | BatchState::Cancelled | BatchState::Expired => {
                assert!(files.iter().all(|f| !f.secret || f.destroyed_at.is_some()));
                assert_eq!(there, recorded, "{}", batch.number);
            }
        }
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".lock" && !name.starts_with(".written-") && !name.contains("-preview-"))
        .collect()
}

/// V1, V2, L2, B10: exactly the passwords of cards that were dispatched and are not dead, from their days on.
async fn the_portal_accepts_what_the_console_shows(cast: &Cast, now: &Snapshot) {
    let mut tx = cast.db.read().await.unwrap();
    let feed: Vec<Row> = store::feed::page(&mut tx, 0, i64::MAX).await.unwrap().iter().map(Row::from).collect();
    let portal = Portal::replay(&feed);
    // A portal that stopped anywhere goes on from there.
    for after in [feed.len() / 3, feed.len() / 2, feed.len().saturating_sub(1), feed.len()] {
        let mut stopped = Portal::replay(&feed[..after]);
        let rest = store::feed::page(&mut tx, i64::try_from(after).unwrap(), i64::MAX).await.unwrap();
        stopped.go_on(&rest.iter().map(Row::from).collect::<Vec<_>>());
        assert_eq!(stopped, portal, "after {after}");
    }
    let mut expected = BTreeMap::new();
    for card in now.cards.iter().filter(|card| card.state() == CardState::Dispatched) {
        // A password that the member changed is the member's own: the feed has the last one of the society.
        if matches!(card.dead(), None | Some(DeadReason::SelfChanged)) {
            let member = store::member::get(&mut tx, card.member_id).await.unwrap().unwrap();
            let account = store::account::get(&mut tx, card.account_id).await.unwrap().unwrap();
            let changed_away = card.dead().is_some() && account.viewing_changed_at.is_none();
            if account.closed_at.is_none() && !changed_away {
                let place = (member.key(), card.kind);
                expected.insert(place, (card.hash.clone().unwrap(), card.dispatched_on.unwrap()));
            }
        }
    }
    assert_eq!(portal.accepts, expected);
}

/// P1: every member in force who wishes the display has a usable password, a card on its way, or an open promise that is
/// listed; nobody who has one of the first two is listed.
async fn every_wish_is_served_or_listed(cast: &Cast, now: &Snapshot) {
    let listed = promises::list(&cast.ctx, &cast.clerk, PromiseScope::Open).await.unwrap();
    let mut listed: BTreeSet<String> =
        listed.into_iter().filter(|it| it.kind == PromiseKind::Viewing).map(|it| it.member).collect();
    let mut tx = cast.db.read().await.unwrap();
    let not_needed: BTreeSet<i64> =
        store::promise::not_needed(&mut tx, None).await.unwrap().into_iter().map(|(member, ..)| member).collect();
    let today = cast.ctx.clock.today();
    let back: BTreeSet<String> =
        store::undelivered::expected(&mut tx).await.unwrap().into_iter().map(|card| card.serial).collect();
    let lies_there: BTreeSet<i64> = now
        .cards
        .iter()
        .filter(|card| card.kind == CardKind::Viewing && card.dead().is_none())
        .filter(|card| card.serial.as_ref().is_some_and(|serial| back.contains(serial)))
        .map(|card| card.account_id)
        .collect();
    let mut expected = BTreeSet::new();
    let members: BTreeSet<i64> = now.cards.iter().map(|card| card.member_id).collect();
    for id in members {
        let member = store::member::get(&mut tx, id).await.unwrap().unwrap();
        let in_force = member.lost_on.is_none_or(|day| day > today) && member.replaced_on.is_none();
        let Some(account) = store::account::open_of(&mut tx, id).await.unwrap().filter(|_| in_force) else { continue };
        let own: Vec<_> =
            now.cards.iter().filter(|card| card.account_id == account.id).map(|card| card.facts()).collect();
        let viewing = Viewing::of(account.web_display, &own, account.viewing_changed_at.map(day_of));
        let on_its_way = own.iter().any(|card| {
            let moves = card.state != CardState::Held && (card.state.is_waiting() || card.state.is_under_way());
            card.kind == CardKind::Viewing && moves && card.dead.is_none()
        });
        // B15: a card that was not handed over serves nobody; an own password does.
        let reached = account.viewing_changed_at.is_some() || !lies_there.contains(&account.id);
        let served = viewing.state == ViewingState::Active && reached || on_its_way;
        if account.web_display == WebDisplay::Wanted && !served {
            // Somebody recorded that it needs no answer; what moved a card after that has opened it again.
            if not_needed.contains(&id) {
                listed.remove(&member.key());
            } else {
                expected.insert(member.key());
            }
        }
    }
    assert_eq!(listed, expected);
}

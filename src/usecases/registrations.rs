//! Members with their accounts and cards, as many as a change is about: read in few statements, changed by the rules in
//! memory, and written in few statements.

use super::audit::{AuditEvent, NoteFacts};
use super::card_steps::save_all;
use super::refusal::AddressRefusal;
use super::requests::{self, is_recovered};
use super::{AppContext, Error, UnitOfWork, replies};
use crate::domain::request::RequestState;
use crate::domain::{BatchNumber, CardState, NoSuchStep, ProposalStep};
use crate::store::card::{Card, GateRow, NewCard};
use crate::store::feed::Instruction;
use crate::store::one_off::AddressProposal;
use crate::store::request::Request;
use crate::store::{self, Numbered, Tx, account::Account, member::Member};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, HashMap};

/// Members, and what is to be written of them.
#[derive(Debug)]
pub(super) struct Registrations {
    members: HashMap<i64, MemberAccount>,
    /// What the rules bring about.
    pub(super) done: Consequences,
}

/// A member with the latest account, and its cards where it is open.
#[derive(Debug)]
pub(super) struct MemberAccount {
    /// Whose it is.
    pub(super) member: Member,
    account: Option<Account>,
    stored: Stored,
    /// Cards of the open account, in the order of asking.
    pub(super) cards: Vec<LoadedCard>,
    /// What the member asked for and is not settled, or is answered by one of these cards, in the order of arrival.
    pub(super) requests: Vec<LoadedRequest>,
}

/// A request, and its state in the database.
#[derive(Debug)]
pub(super) struct LoadedRequest {
    /// As it is now.
    pub(super) request: Request,
    from: RequestState,
}

/// How what is in memory compares to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    Same,
    Changed,
    New,
}

/// A card, and its state in the database.
#[derive(Debug)]
pub(super) struct LoadedCard {
    /// As it is now.
    pub(super) card: Card,
    from: CardState,
    stored: Stored,
    /// When the request was received that it answers.
    received_at: Option<DateTime<Utc>>,
}

/// Who acts, and what is to be written besides accounts and cards.
#[derive(Debug)]
pub(super) struct Consequences {
    by: String,
    /// Instant of the change.
    pub(super) now: DateTime<Utc>,
    /// The business date.
    pub(super) today: NaiveDate,
    /// Entries of the log, in their order.
    pub(super) notes: Vec<NoteFacts>,
    /// Instructions to the portal, in their order.
    pub(super) feed: Vec<Instruction>,
    batches: HashMap<i64, BatchNumber>,
    proposals: HashMap<i64, AddressProposal>,
    decided: Vec<AddressProposal>,
    next_account: i64,
    next_card: i64,
}

impl Registrations {
    /// None yet. New rows are numbered behind those of the database.
    pub(super) async fn new(tx: &mut Tx, ctx: &AppContext, by: &str) -> Result<Self, Error> {
        Self::at(tx, by, ctx.clock.now(), ctx.clock.today()).await
    }

    /// Those of these members, for a change.
    pub(super) async fn of(uow: &mut UnitOfWork, members: Vec<Member>) -> Result<Self, Error> {
        let (by, now, today) = (uow.staff().to_owned(), uow.now(), uow.today());
        let mut all = Self::at(uow, &by, now, today).await?;
        all.load(uow, members).await?;
        Ok(all)
    }

    async fn at(tx: &mut Tx, by: &str, now: DateTime<Utc>, today: NaiveDate) -> Result<Self, Error> {
        let done = Consequences {
            by: by.to_owned(),
            now,
            today,
            notes: Vec::new(),
            feed: Vec::new(),
            batches: HashMap::new(),
            proposals: HashMap::new(),
            decided: Vec::new(),
            next_account: store::next_id(tx, Numbered::Account).await?,
            next_card: store::next_id(tx, Numbered::Card).await?,
        };
        Ok(Self { members: HashMap::new(), done })
    }

    /// Whether a member is loaded.
    pub(super) fn has(&self, member: i64) -> bool {
        self.members.contains_key(&member)
    }

    /// Reads these members' accounts and cards.
    pub(super) async fn load(&mut self, tx: &mut Tx, members: Vec<Member>) -> Result<(), Error> {
        let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
        let mut accounts: HashMap<i64, Account> = HashMap::new();
        for account in store::account::latest_of_members(tx, &ids).await? {
            accounts.insert(account.member_id, account);
        }
        let open: Vec<i64> = accounts.values().filter(|it| it.closed_at.is_none()).map(|it| it.id).collect();
        let cards = if open.is_empty() { Vec::new() } else { store::card::of_accounts(tx, &open).await? };
        self.load_around(tx, &cards).await?;
        for member in members {
            let account = accounts.remove(&member.id);
            let (cards, requests) = (Vec::new(), Vec::new());
            self.members.insert(member.id, MemberAccount { member, account, stored: Stored::Same, cards, requests });
        }
        let to_come: Vec<i64> = cards.iter().map(|card| card.id).collect();
        let mut received: HashMap<i64, DateTime<Utc>> = HashMap::new();
        for request in store::request::unsettled_of(tx, &ids, &to_come).await? {
            if let Some(card) = request.card_id {
                let latest = received.entry(card).or_insert(request.received_at);
                *latest = (*latest).max(request.received_at);
            }
            if let Some(of) = request.member_id.and_then(|id| self.members.get_mut(&id)) {
                of.requests.push(LoadedRequest { from: request.state(), request });
            }
        }
        for card in cards {
            if let Some(of) = self.members.get_mut(&card.member_id) {
                let received_at = received.get(&card.id).copied();
                of.cards.push(LoadedCard { from: card.state(), card, stored: Stored::Same, received_at });
            }
        }
        Ok(())
    }

    /// Reads the batches and the open proposals of waiting cards.
    async fn load_around(&mut self, tx: &mut Tx, cards: &[Card]) -> Result<(), Error> {
        let batches: Vec<i64> = cards.iter().filter_map(|card| card.batch_id).collect();
        if !batches.is_empty() {
            for (id, number) in store::batch::numbers(tx, &batches).await? {
                self.done.batches.extend(BatchNumber::parse(&number).map(|number| (id, number)));
            }
        }
        let waiting: Vec<i64> = cards.iter().filter(|card| card.state().is_waiting()).map(|card| card.id).collect();
        if !waiting.is_empty() {
            let open = store::one_off::open_of_cards(tx, &waiting).await?;
            self.done.proposals.extend(open.into_iter().map(|proposal| (proposal.card_id, proposal)));
        }
        Ok(())
    }

    /// B7: a card as it is in memory; none where it has ended, or has left its batch.
    pub(super) fn gated(&self, mut row: GateRow) -> Option<GateRow> {
        let Some(of) = self.members.get(&row.member_id) else { return Some(row) };
        let Some(held) = of.cards.iter().find(|held| held.card.id == row.id) else { return Some(row) };
        let card = &held.card;
        if card.state() != row.state {
            return None;
        }
        (row.dead_reason, row.dead_on) = (card.dead_reason, card.dead_on);
        if let Some(account) = of.account.as_ref().filter(|account| account.id == card.account_id) {
            (row.closed_at, row.web_display) = (account.closed_at, account.web_display);
            (row.last_login_at, row.login_changed_at) = (account.last_login_at, account.login_changed_at);
        }
        Some(row)
    }

    /// The day on which a loaded member is lost by a file that is not applied yet.
    pub(super) fn will_be_lost(&mut self, member: i64, on: NaiveDate) {
        if let Some(of) = self.members.get_mut(&member) {
            of.member.lost_on = Some(on);
        }
    }

    /// A member with what the rules write into.
    pub(super) fn get(&mut self, member: i64) -> Option<(&mut MemberAccount, &mut Consequences)> {
        Some((self.members.get_mut(&member)?, &mut self.done))
    }

    /// Writes everything, and its entries of the log.
    pub(super) async fn write(self, uow: &mut UnitOfWork) -> Result<(), Error> {
        let Self { members, done } = self;
        let mut members: Vec<MemberAccount> = members.into_values().collect();
        members.sort_unstable_by_key(|it| it.member.id);
        let accounts = |stored| {
            let of = members.iter().filter(move |it| it.stored == stored);
            let mut accounts: Vec<&Account> = of.filter_map(|it| it.account.as_ref()).collect();
            accounts.sort_unstable_by_key(|account| account.id);
            accounts
        };
        let (changed, opened) = (accounts(Stored::Changed), accounts(Stored::New));
        if !changed.is_empty() {
            store::account::update_all(uow, &changed).await?;
        }
        if let Some(last) = opened.last() {
            store::account::insert_all(uow, &opened).await?;
            store::used_ids(uow, Numbered::Account, last.id).await?;
        }
        let recovered: Vec<(Request, RequestState)> = members.iter().flat_map(MemberAccount::recovered).collect();
        let closed: Vec<i64> = changed.iter().filter(|it| it.closed_at.is_some()).map(|it| it.id).collect();
        let cards = members.into_iter().flat_map(|it| it.cards).filter(|it| it.stored != Stored::Same);
        let mut cards: Vec<LoadedCard> = cards.collect();
        cards.sort_unstable_by_key(|it| it.card.id);
        let mut moved: BTreeMap<(CardState, CardState), Vec<Card>> = BTreeMap::new();
        let mut asked = Vec::new();
        for LoadedCard { card, from, stored, .. } in cards {
            match stored {
                Stored::New => asked.push(card),
                Stored::Same | Stored::Changed => moved.entry((from, card.state())).or_default().push(card),
            }
        }
        for ((from, _), cards) in moved {
            save_all(uow, &cards, from).await?;
        }
        if let Some(last) = asked.last() {
            store::card::insert_all(uow, &asked).await?;
            store::used_ids(uow, Numbered::Card, last.id).await?;
        }
        if !closed.is_empty() {
            store::card::erase_hashes(uow, &closed).await?;
        }
        for (request, from) in &recovered {
            requests::save(uow, request, *from).await?;
            replies::withdraw_draft(uow, request).await?;
        }
        for proposal in &done.decided {
            store::one_off::update(uow, proposal).await?;
        }
        store::feed::append(uow, &done.feed).await?;
        uow.record_all(done.notes).await
    }
}

impl MemberAccount {
    /// The open account.
    pub(super) fn account(&self) -> Option<&Account> {
        self.account.as_ref().filter(|account| account.closed_at.is_none())
    }

    /// The open account, to be changed.
    pub(super) fn change(&mut self) -> Option<&mut Account> {
        let account = self.account.as_mut().filter(|account| account.closed_at.is_none())?;
        if self.stored == Stored::Same {
            self.stored = Stored::Changed;
        }
        Some(account)
    }

    /// L4: requests that are closed because the member uses the login again, and the states that they have once the cards
    /// are written: those of cancelled cards are open again then.
    fn recovered(&self) -> impl Iterator<Item = (Request, RequestState)> {
        let fell = |id: i64| self.cards.iter().any(|it| it.card.id == id && it.card.state() == CardState::Cancelled);
        let closed = self.requests.iter().filter(|it| it.request.state() != it.from && is_recovered(&it.request));
        closed.map(move |it| {
            let opened = matches!(it.from, RequestState::Queued | RequestState::Done);
            let open = opened && it.request.card_id.is_some_and(fell);
            (it.request.clone(), if open { RequestState::OnHold } else { it.from })
        })
    }

    /// When the latest account closed, if it is closed.
    pub(super) fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.account.as_ref().and_then(|account| account.closed_at)
    }

    /// The new account takes the place of a closed one. One that was closed by the same change must be written before.
    pub(super) fn open(&mut self, account: Account) {
        self.account = Some(account);
        self.stored = Stored::New;
        self.cards.clear();
    }

    /// Adds a card that was asked for.
    pub(super) fn ask(&mut self, card: Card) {
        self.cards.push(LoadedCard { from: card.state(), card, stored: Stored::New, received_at: None });
    }
}

impl LoadedCard {
    /// When it was asked for by the member.
    pub(super) fn requested_at(&self) -> DateTime<Utc> {
        self.received_at.unwrap_or(self.card.asked_at)
    }

    /// Notes that the card differs from the database.
    pub(super) fn changed(&mut self, done: &Consequences) {
        match self.stored {
            Stored::Same => self.stored = Stored::Changed,
            Stored::Changed => {}
            // A card of the database gets this as it is written.
            Stored::New if self.card.state() != self.from => {
                self.card.changed_by = Some(done.by.clone());
                self.card.changed_at = Some(done.now);
            }
            Stored::New => {}
        }
    }
}

impl Consequences {
    /// The row ID of a new account.
    pub(super) fn new_account(&mut self) -> i64 {
        self.next_account += 1;
        self.next_account - 1
    }

    /// A new card, with its row ID.
    pub(super) fn new_card(&mut self, card: NewCard<'_>) -> Card {
        let id = self.next_card;
        self.next_card += 1;
        NewCard { asked_by: &self.by, ..card }.under(id)
    }

    /// The batch that a card is in.
    pub(super) fn batch_of(&self, card: &Card) -> Option<BatchNumber> {
        self.batches.get(&card.batch_id?).cloned()
    }

    /// A card that is cancelled needs no address: what was proposed for it ends with that (R3).
    pub(super) fn withdraw(&mut self, member: &Member, card: i64) -> Result<(), Error> {
        let Some(mut proposal) = self.proposals.remove(&card) else { return Ok(()) };
        let gone = AddressRefusal::NothingProposed(card);
        proposal.decide(ProposalStep::Withdraw, &self.by, self.now, None).map_err(|NoSuchStep| gone)?;
        let outcome = proposal.state();
        self.notes.push(AuditEvent::AddressRefused { card, address: proposal.id, outcome }.on(member.key()));
        self.decided.push(proposal);
        Ok(())
    }
}

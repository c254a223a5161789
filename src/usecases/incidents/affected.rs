//! Whose data an incident is about: members, cards, or all cards of a parcel.

use crate::domain::{BatchNumber, CardState, MemberKey};
use crate::store::{self, card::Card, member::Member};
use crate::usecases::audit::{AuditEvent, CardRef};
use crate::usecases::card_steps::batch_of;
use crate::usecases::refusal::{BatchRefusal, IncidentRefusal};
use crate::usecases::{Error, Refusal, UnitOfWork, known};

/// An employer's parcel of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Number of the batch.
    pub batch: BatchNumber,
    /// 事業所記号
    pub employer: String,
}

/// The members whose data was affected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affected {
    /// Members, whatever told of their data.
    pub members: Vec<MemberKey>,
    /// Cards by serial: their members' data.
    pub serials: Vec<String>,
    /// A parcel: the data of all whose cards were in it.
    pub parcel: Option<Parcel>,
}

impl Affected {
    /// Whether no person is named.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && self.serials.is_empty() && self.parcel.is_none()
    }
}

/// Adds persons to an incident, each with an entry in the log; how many were not on record.
///
/// # Errors
/// A key, serial or parcel that is not known, or a card that has not left the house.
pub(super) async fn add(uow: &mut UnitOfWork, incident: i64, affected: &Affected) -> Result<usize, Error> {
    let mut found: Vec<(Member, Option<Card>)> = Vec::new();
    for key in &affected.members {
        found.push((known::member(uow, key).await?, None));
    }
    let mut cards = Vec::new();
    for serial in &affected.serials {
        cards.push(by_serial(uow, serial).await?);
    }
    if let Some(parcel) = &affected.parcel {
        cards.extend(of_parcel(uow, parcel).await?);
    }
    for card in cards {
        let unknown = || Refusal::CardUnknown(card.id.to_string());
        let member = store::member::get(uow, card.member_id).await?.ok_or_else(unknown)?;
        found.push((member, Some(card)));
    }
    let mut added = 0;
    for (member, card) in &found {
        let card = card.as_ref();
        if !store::incident::affect(uow, incident, member.id, card.map(|card| card.id)).await? {
            continue;
        }
        let batch = match card {
            Some(card) => batch_of(uow, card).await?,
            None => None,
        };
        let event = AuditEvent::IncidentPerson { incident, card: card.map(CardRef::from) };
        uow.record(event.on(member.key()).in_batch(batch.as_ref())).await?;
        added += 1;
    }
    Ok(added)
}

/// Whether a card has left the house: only then another person can have it.
const fn has_left(state: CardState) -> bool {
    matches!(state, CardState::Dispatched | CardState::Returned)
}

async fn by_serial(uow: &mut UnitOfWork, typed: &str) -> Result<Card, Error> {
    let serial = crate::text::nfkc(typed).to_uppercase();
    let serial = serial.trim();
    let found = store::card::by_serial(uow, serial).await?;
    let card = found.ok_or_else(|| BatchRefusal::SerialUnknown(serial.to_owned()))?;
    if !has_left(card.state()) {
        return Err(IncidentRefusal::NotSent { serial: serial.to_owned(), state: card.state() }.into());
    }
    Ok(card)
}

async fn of_parcel(uow: &mut UnitOfWork, parcel: &Parcel) -> Result<Vec<Card>, Error> {
    let batch = store::batch::by_number(uow, &parcel.batch).await?;
    let batch = batch.ok_or_else(|| BatchRefusal::Unknown(parcel.batch.to_string()))?;
    let employer = known::employer(uow, &parcel.employer).await?;
    let mut cards = store::card::of_batch(uow, batch.id).await?;
    cards.retain(|card| card.employer_id == Some(employer.id) && has_left(card.state()));
    if cards.is_empty() {
        let (batch, employer) = (parcel.batch.to_string(), employer.record.code_shown);
        return Err(IncidentRefusal::EmptyParcel { batch, employer }.into());
    }
    Ok(cards)
}

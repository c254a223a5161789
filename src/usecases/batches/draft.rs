//! 作成: takes queued cards into a new batch (B1).

use crate::domain::{BatchNumber, CardState, CardStep, HoldReason, Permission};
use crate::store::{self, card::QueueFilter};
use crate::usecases::audit::{self, Act};
use crate::usecases::cards::{self, Destination};
use crate::usecases::{Actor, Error, Office, Refusal, moved};

/// A new draft.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Drafted {
    /// `B20261122-001`
    pub batch: BatchNumber,
    /// Cards in it.
    pub cards: usize,
    /// Cards that fitted the choice but have lost their route since they were asked for: held (R2).
    pub held: usize,
}

/// Takes at most `limit` queued cards that fit the filter, the oldest first.
pub async fn draft(
    office: &Office,
    actor: &Actor,
    filter: &QueueFilter,
    limit: Option<usize>,
) -> Result<Drafted, Error> {
    actor.must(Permission::Batches)?;
    let mut tx = office.write().await?;
    let filter = QueueFilter { state: Some(CardState::Queued), ..filter.clone() };
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    let queued = store::card::queue(&mut tx, &filter, limit).await?;

    let prefix = format!("B{}-", office.clock.today().format("%Y%m%d"));
    let before = store::batch::count_with_prefix(&mut tx, &prefix).await?;
    let number = BatchNumber::new(office.clock.today(), u32::try_from(before + 1).unwrap_or(u32::MAX));
    let batch = store::batch::insert(&mut tx, &number, &actor.id, office.clock.now()).await?;

    let mut drafted = Drafted { batch: number.clone(), cards: 0, held: 0 };
    let mut taken = Vec::new();
    for line in queued {
        let Some(mut card) = store::card::get(&mut tx, line.id).await? else { continue };
        let Some(member) = store::member::get(&mut tx, card.member_id).await? else { continue };
        let destination = cards::destination(&mut tx, office, card.one_off_id, &member).await?;
        card.employer_id = match &destination {
            Destination::Employer(employer) => Some(employer.id),
            Destination::OneOff(_) => None,
            Destination::Nowhere(employer, _) => employer.as_ref().map(|employer| employer.id),
        };
        match destination {
            Destination::Employer(_) | Destination::OneOff(_) => {
                cards::step(&mut card, CardStep::Draft)?;
                card.batch_id = Some(batch);
                taken.push(card.id);
            }
            Destination::Nowhere(_, reason) => {
                cards::step(&mut card, CardStep::Hold)?;
                card.reason = Some(HoldReason::code(reason).to_owned());
                drafted.held += 1;
                let note = Act::CardHeld.on(member.key()).and_detail(format!("{} {}", card.id, reason.code()));
                audit::write(&mut tx, office, actor, note).await?;
            }
        }
        cards::save(&mut tx, &card, CardState::Queued).await?;
    }
    if taken.is_empty() {
        drop(tx);
        let taken_by = moved::drafted_just_now(&mut office.read().await?, office, &actor.id).await?;
        return Err(taken_by.map_or(Refusal::NothingToDraft, Refusal::JustDrafted).into());
    }
    drafted.cards = taken.len();
    let detail = format!("{}, card {}", drafted.cards, crate::text::ranges(&taken));
    audit::write(&mut tx, office, actor, Act::BatchDrafted.batch(&number).and_detail(detail)).await?;
    tx.commit().await?;
    Ok(drafted)
}

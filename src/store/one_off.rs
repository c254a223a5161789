//! 一度だけの送付先 (R3): what was proposed for a card, and what was decided.

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::{NoSuchStep, OneOffAddress, ProposalState, ProposalStep};
use chrono::{DateTime, Utc};

/// A proposed address.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AddressProposal {
    /// Row ID of the proposal.
    #[serde(skip)]
    pub id: i64,
    /// For which card.
    pub card_id: i64,
    #[sqlx(try_from = "String")]
    state: ProposalState,
    /// 郵便番号
    pub postcode: String,
    /// 住所
    pub address1: String,
    /// 建物名など
    pub address2: String,
    /// あて名
    pub addressee: String,
    /// 部署・担当
    pub department: String,
    /// Why it goes there.
    pub reason: String,
    /// 職員ID
    pub proposed_by: String,
    /// Instant of the proposal.
    pub proposed_at: DateTime<Utc>,
    /// 職員ID
    pub decided_by: Option<String>,
    /// Instant of the decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub answer: Option<String>,
}

impl AddressProposal {
    /// What became of it.
    pub const fn state(&self) -> ProposalState {
        self.state
    }

    /// Decides it: a step of [`PROPOSAL_TABLE`](crate::domain::PROPOSAL_TABLE). It stays as it is where there is none.
    pub fn decide(
        &mut self,
        step: ProposalStep,
        by: &str,
        at: DateTime<Utc>,
        answer: Option<&str>,
    ) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        self.decided_by = Some(by.to_owned());
        self.decided_at = Some(micros(at));
        self.answer = answer.map(str::to_owned);
        Ok(())
    }

    /// A new proposal, for tests without a database.
    #[cfg(test)]
    pub(crate) fn new(card_id: i64, to: OneOffAddress, reason: &str, by: &str, at: DateTime<Utc>) -> Self {
        Self {
            id: 1,
            card_id,
            state: ProposalState::Proposed,
            postcode: to.postcode,
            address1: to.address1,
            address2: to.address2,
            addressee: to.addressee,
            department: to.department,
            reason: reason.to_owned(),
            proposed_by: by.to_owned(),
            proposed_at: at,
            decided_by: None,
            decided_at: None,
            answer: None,
        }
    }

    /// The address alone.
    pub fn address(&self) -> OneOffAddress {
        OneOffAddress {
            postcode: self.postcode.clone(),
            address1: self.address1.clone(),
            address2: self.address2.clone(),
            addressee: self.addressee.clone(),
            department: self.department.clone(),
        }
    }
}

/// Notes a proposal; its row id.
pub async fn insert(
    tx: &mut Tx,
    card_id: i64,
    to: &OneOffAddress,
    reason: &str,
    by: &str,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO one_off_address (card_id, state, postcode, address1, address2, addressee, department, reason, proposed_by, proposed_at)
         VALUES ($1, 'proposed', $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        card_id,
        &to.postcode,
        &to.address1,
        &to.address2,
        &to.addressee,
        &to.department,
        reason,
        by,
        micros(at)
    )?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<AddressProposal>, StoreError> {
    Ok(query!(tx, optional AddressProposal, "SELECT * FROM one_off_address WHERE id = $1", id)?)
}

/// Some by row id.
pub async fn some(tx: &mut Tx, ids: &[i64]) -> Result<Vec<AddressProposal>, StoreError> {
    const SOME: Sql = among!("SELECT * FROM one_off_address WHERE id IN ", "");
    Ok(query!(tx, all AddressProposal, SOME, id_list(ids))?)
}

/// The one that waits for a decision.
pub async fn open_of(tx: &mut Tx, card_id: i64) -> Result<Option<AddressProposal>, StoreError> {
    Ok(
        query!(tx, optional AddressProposal, "SELECT * FROM one_off_address WHERE card_id = $1 AND state = 'proposed'", card_id)?,
    )
}

/// Those of these cards that wait for a decision.
pub async fn open_of_cards(tx: &mut Tx, cards: &[i64]) -> Result<Vec<AddressProposal>, StoreError> {
    const OPEN: Sql = among!("SELECT * FROM one_off_address WHERE state = 'proposed' AND card_id IN ", "");
    Ok(query!(tx, all AddressProposal, OPEN, id_list(cards))?)
}

/// Writes what was decided.
pub async fn update(tx: &mut Tx, proposal: &AddressProposal) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE one_off_address SET state = $2, decided_by = $3, decided_at = $4, answer = $5 WHERE id = $1",
        proposal.id,
        proposal.state.code(),
        proposal.decided_by.as_deref(),
        proposal.decided_at.map(micros),
        proposal.answer.as_deref()
    )?;
    Ok(())
}

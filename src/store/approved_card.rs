//! H3, R5: name and destination that were approved for a card, and what was printed on it; never the password.

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::gate::{CardPerson, CardRoute, FamilyOf};
use crate::domain::{BatchNumber, CardKind, CardState};
use chrono::{DateTime, NaiveDate, Utc};

/// A card as it was approved, and once it is exported as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ApprovedCard {
    /// Number of the batch.
    #[sqlx(try_from = "String")]
    pub batch: BatchNumber,
    /// Row ID of the card.
    pub card_id: i64,
    /// `B20261122-001-0042`, once it is printed.
    pub serial: Option<String>,
    /// What it carries; not known of cards that were printed before it was kept.
    pub kind: Option<String>,
    /// The number then: `260-1-00`.
    pub member: String,
    /// 氏名
    pub name: String,
    /// 生年月日; not known of cards that were printed before it was kept.
    pub born_on: Option<NaiveDate>,
    /// 事業所記号; none for a one-off address (R3).
    pub employer_code: Option<String>,
    /// 事業所名, or the addressee of a one-off address.
    pub company: String,
    /// 郵便番号
    pub postcode: Option<String>,
    /// 住所1
    pub address1: String,
    /// 住所2
    pub address2: String,
    /// 担当部署
    pub department: String,
    /// 担当者
    pub contact: String,
    /// 被保険者の氏名, on a dependent's card; not known of cards that were approved before it was kept.
    pub insured: Option<String>,
    /// 続柄, on a dependent's card.
    pub relationship: Option<String>,
    /// Instant of the approval.
    pub approved_at: DateTime<Utc>,
    /// Instant of the export.
    pub exported_at: Option<DateTime<Utc>>,
    /// Name of the template, or its file.
    pub template: Option<String>,
    /// SHA-256 of the template's text.
    pub template_sha256: Option<String>,
}

/// A card that is approved now.
#[derive(Debug, Clone)]
pub struct NewApproval {
    /// Row ID of the card.
    pub card_id: i64,
    /// What it carries.
    pub kind: CardKind,
    /// `260-1-00`
    pub member: String,
    /// Name and key of the addressee.
    pub person: CardPerson,
    /// Destination on the card.
    pub route: CardRoute,
    /// The insured on a dependent's card.
    pub family: Option<FamilyOf>,
}

impl ApprovedCard {
    /// What is approved now, as it will be stored.
    pub fn new(batch: &BatchNumber, at: DateTime<Utc>, card: NewApproval) -> Self {
        let NewApproval { card_id, kind, member, person, route, family } = card;
        let (insured, relationship) = family.map(|family| (family.insured, family.relationship)).unzip();
        Self {
            batch: batch.clone(),
            card_id,
            serial: None,
            kind: Some(kind.code().to_owned()),
            member,
            name: person.name,
            born_on: person.born_on,
            employer_code: route.employer_code,
            company: route.company,
            postcode: route.postcode,
            address1: route.address1,
            address2: route.address2,
            department: route.department,
            contact: route.contact,
            insured,
            relationship,
            approved_at: micros(at),
            exported_at: None,
            template: None,
            template_sha256: None,
        }
    }

    /// The insured on a dependent's card.
    pub fn family(&self) -> Option<FamilyOf> {
        FamilyOf::of(self.insured.clone(), self.relationship.clone())
    }

    /// Where it was approved to go.
    pub fn route(&self) -> CardRoute {
        CardRoute {
            employer_code: self.employer_code.clone(),
            postcode: self.postcode.clone(),
            address1: self.address1.clone(),
            address2: self.address2.clone(),
            company: self.company.clone(),
            department: self.department.clone(),
            contact: self.contact.clone(),
        }
    }
}

/// Keeps what was approved.
pub async fn add(tx: &mut Tx, cards: &[ApprovedCard]) -> Result<(), StoreError> {
    const ADD: Sql = Sql {
        sqlite:
            "INSERT INTO approved_card (batch, card_id, kind, member, name, born_on, employer_code, company, postcode,
             address1, address2, department, contact, insured, relationship, approved_at)
         SELECT value ->> 'batch', value ->> 'card_id', value ->> 'kind', value ->> 'member', value ->> 'name',
             value ->> 'born_on', value ->> 'employer_code', value ->> 'company', value ->> 'postcode',
             value ->> 'address1', value ->> 'address2', value ->> 'department', value ->> 'contact', value ->> 'insured',
             value ->> 'relationship', $2
         FROM json_each($1)",
        postgres:
            "INSERT INTO approved_card (batch, card_id, kind, member, name, born_on, employer_code, company, postcode,
             address1, address2, department, contact, insured, relationship, approved_at)
         SELECT batch, card_id, kind, member, name, born_on, employer_code, company, postcode, address1, address2,
             department, contact, insured, relationship, $2
         FROM json_to_recordset($1::json) AS j (batch text, card_id bigint, kind text, member text, name text,
             born_on date, employer_code text, company text, postcode text, address1 text, address2 text,
             department text, contact text, insured text, relationship text)",
    };
    let Some(first) = cards.first() else { return Ok(()) };
    let rows = serde_json::to_string(cards).map_err(|e| sqlx::Error::Encode(e.into()))?;
    query!(tx, execute ADD, rows, micros(first.approved_at))?;
    Ok(())
}

/// Removes the approvals of cards that a remake has made and that were not printed, before another remake makes them.
pub async fn take_back(tx: &mut Tx, batch: &BatchNumber, cards: &[i64]) -> Result<(), StoreError> {
    const TAKE_BACK: Sql = Sql {
        sqlite: "DELETE FROM approved_card WHERE batch = $1 AND card_id IN (SELECT value FROM json_each($2))",
        postgres: "DELETE FROM approved_card WHERE batch = $1
             AND card_id IN (SELECT value::bigint FROM json_array_elements_text($2::json))",
    };
    query!(tx, execute TAKE_BACK, batch.as_str(), id_list(cards))?;
    Ok(())
}

/// The paper of a batch: its template, and when it was made.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// Name of the template, or its file.
    pub template: &'a str,
    /// SHA-256 of the template's text.
    pub template_sha256: &'a str,
    /// Instant of the export.
    pub at: DateTime<Utc>,
}

/// Completes what was approved for the cards of a batch that have a serial now; how many.
pub async fn printed(tx: &mut Tx, batch: &BatchNumber, printing: Printing<'_>) -> Result<u64, StoreError> {
    let sql = "UPDATE approved_card SET serial = card.serial, exported_at = $2, template = $3, template_sha256 = $4
         FROM card JOIN batch ON batch.id = card.batch_id
         WHERE card.id = approved_card.card_id AND batch.number = approved_card.batch AND approved_card.batch = $1
           AND card.serial IS NOT NULL AND approved_card.serial IS NULL";
    let Printing { template, template_sha256, at } = printing;
    Ok(query!(tx, execute sql, batch.as_str(), micros(at), template, template_sha256)?)
}

/// What was printed under a serial.
pub async fn of_serial(tx: &mut Tx, serial: &str) -> Result<Option<ApprovedCard>, StoreError> {
    Ok(query!(tx, optional ApprovedCard, "SELECT * FROM approved_card WHERE serial = $1", serial)?)
}

/// What was printed on the cards that are in a batch now, in the order of the paper.
pub async fn printed_in(tx: &mut Tx, batch_id: i64) -> Result<Vec<ApprovedCard>, StoreError> {
    let sql =
        "SELECT p.* FROM approved_card p JOIN card c ON c.serial = p.serial WHERE c.batch_id = $1 ORDER BY c.position";
    Ok(query!(tx, all ApprovedCard, sql, batch_id)?)
}

/// What was approved for a card in a batch.
pub async fn of_card(tx: &mut Tx, batch: &BatchNumber, card_id: i64) -> Result<Option<ApprovedCard>, StoreError> {
    let sql = "SELECT * FROM approved_card WHERE batch = $1 AND card_id = $2";
    Ok(query!(tx, optional ApprovedCard, sql, batch.as_str(), card_id)?)
}

/// Everything that was approved in a batch, by card.
pub async fn of_batch(tx: &mut Tx, batch: &BatchNumber) -> Result<Vec<ApprovedCard>, StoreError> {
    let sql = "SELECT * FROM approved_card WHERE batch = $1 ORDER BY card_id";
    Ok(query!(tx, all ApprovedCard, sql, batch.as_str())?)
}

/// What was approved for a card in a batch, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ApprovedRoute {
    /// Who it was for, and where it was approved to go.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub approved: ApprovedCard,
    /// Staff ID of the approver.
    pub approved_by: Option<String>,
    /// Where the card is, while it is in this batch; none where it has left it.
    state: Option<String>,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
    /// 返戻日
    pub returned_on: Option<NaiveDate>,
}

impl ApprovedRoute {
    /// Where the card is, while it is in this batch; none where it has left it.
    pub fn state(&self) -> Option<CardState> {
        self.state.as_deref().and_then(|code| code.parse().ok())
    }
}

/// Of which cards the routes are asked. Nothing given: of all.
#[derive(Debug, Clone, Default)]
pub struct RouteQuery {
    /// Key of the member, as it was then.
    pub member: Option<String>,
    /// Number of the batch.
    pub batch: Option<String>,
}

/// At most `limit` routes behind a batch and card, in the order of both.
pub async fn routes(
    tx: &mut Tx,
    query: &RouteQuery,
    (batch, card): (&str, i64),
    limit: i64,
) -> Result<Vec<ApprovedRoute>, StoreError> {
    let sql = "SELECT p.*, b.approved_by, CASE WHEN c.batch_id = b.id THEN c.state END AS state,
                CASE WHEN c.batch_id = b.id THEN c.dispatched_on END AS dispatched_on,
                CASE WHEN c.batch_id = b.id THEN c.returned_on END AS returned_on
             FROM approved_card p LEFT JOIN batch b ON b.number = p.batch LEFT JOIN card c ON c.id = p.card_id
             WHERE (p.batch > $1 OR p.batch = $1 AND p.card_id > $2) AND ($3 IS NULL OR p.member = $3)
               AND ($4 IS NULL OR p.batch = $4)
             ORDER BY p.batch, p.card_id LIMIT $5";
    let RouteQuery { member, batch: of } = query;
    Ok(query!(tx, all ApprovedRoute, sql, batch, card, member.as_deref(), of.as_deref(), limit)?)
}

/// Removes some of what was approved before an instant; how many.
pub async fn purge(tx: &mut Tx, before: DateTime<Utc>, most: i64) -> Result<u64, StoreError> {
    let sql = "DELETE FROM approved_card WHERE (batch, card_id) IN
        (SELECT batch, card_id FROM approved_card WHERE approved_at < $1 LIMIT $2)";
    Ok(query!(tx, execute sql, micros(before), most)?)
}

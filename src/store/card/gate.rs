//! What the gate compares (B7): a card with its member, the insured, the employer and the account as they are now, and
//! what was approved for it.

use super::Dead;
use crate::domain::gate::{Approved, CardPerson, CardRoute, FamilyOf};
use crate::domain::{
    AskedThrough, Asker, BatchNumber, CardCause, CardKind, CardState, HoldReason, Relation, WebDisplay,
};
use crate::store::employer::Employer;
use crate::store::query::id_list;
use crate::store::{KeyColumns, Sql, StoreError, Tx};
use chrono::{DateTime, NaiveDate, Utc};

/// A card as the gate sees it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GateRow {
    /// Row ID of the card.
    pub id: i64,
    /// `B20261122-001-0042`; nothing before the export.
    pub serial: Option<String>,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Where it is.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    reason: Option<String>,
    /// Why it was asked for.
    #[sqlx(try_from = "String")]
    pub cause: CardCause,
    /// Staff ID of who asked for it, or imported the event that did; of the spoiled card that it replaces.
    asked_by: String,
    /// What that was asked through.
    #[sqlx(try_from = "String")]
    asked_through: AskedThrough,
    /// When the request came in that it answers; when it was asked for where there is none (L4).
    pub requested_at: DateTime<Utc>,
    /// What has ended its password.
    #[sqlx(try_from = "Option<String>")]
    pub dead_reason: Dead,
    /// Day since which it is dead.
    pub dead_on: Option<NaiveDate>,
    /// Number of its batch.
    batch: Option<String>,
    /// Row ID of the member.
    pub member_id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// 氏名 on the card's own record.
    pub name: String,
    /// 氏名カナ, folded for sorting.
    pub kana_key: String,
    /// ログインID
    pub login_id: Option<String>,
    /// 本人家族区分
    #[sqlx(try_from = "String")]
    pub relation: Relation,
    /// 続柄
    pub relationship: String,
    /// 資格喪失日
    pub lost_on: Option<NaiveDate>,
    /// 氏名 of who holds the number now.
    pub holder_name: String,
    /// 生年月日 of who holds the number now.
    pub holder_born_on: NaiveDate,
    /// Row ID of the insured of the number, who may be the member.
    pub insured_id: Option<i64>,
    /// 氏名 of the insured.
    pub insured_name: Option<String>,
    /// 資格喪失日 of the insured.
    pub insured_lost_on: Option<NaiveDate>,
    /// A3: the day from which the insured has another number.
    pub insured_renumbered_on: Option<NaiveDate>,
    /// Whether its member belongs to an earlier insured, whose number is another person's now (A11).
    pub of_earlier_insured: bool,
    /// 任意継続 of the insured, or of the member where no insured is on file.
    pub voluntary: bool,
    /// Row ID of that person's employer.
    pub employer_id: Option<i64>,
    /// 全喪日
    pub withdrawn_on: Option<NaiveDate>,
    /// R7: whether a protective measure of the person stands.
    pub protected: bool,
    /// R6: changes of its address that wait for a confirmation.
    pub unconfirmed: i64,
    /// Its representative address.
    #[sqlx(flatten)]
    employer: EmployerColumns,
    /// R3: the approved one-off address.
    #[sqlx(flatten)]
    one_off: OneOffColumns,
    /// When the account was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Web表示
    #[sqlx(try_from = "String")]
    pub web_display: WebDisplay,
    /// 最終ログイン
    pub last_login_at: Option<DateTime<Utc>>,
    /// When the member last changed or reset the login password.
    pub login_changed_at: Option<DateTime<Utc>>,
    /// What was approved in its batch.
    #[sqlx(flatten)]
    approved: ApprovedColumns,
}

macro_rules! route_columns {
    ($name:ident, $($field:ident: $type:ty = $column:literal),+) => {
        #[derive(Debug, Clone, sqlx::FromRow)]
        struct $name { $(#[sqlx(rename = $column)] $field: $type),+ }
    };
}
route_columns! { EmployerColumns,
    code: Option<String> = "e_code", name: Option<String> = "e_name", postcode: Option<String> = "e_postcode",
    address1: Option<String> = "e_address1", address2: Option<String> = "e_address2",
    department: Option<String> = "e_department", contact: Option<String> = "e_contact"
}
route_columns! { OneOffColumns,
    postcode: Option<String> = "o_postcode", address1: Option<String> = "o_address1",
    address2: Option<String> = "o_address2", addressee: Option<String> = "o_addressee",
    department: Option<String> = "o_department"
}
route_columns! { ApprovedColumns,
    name: Option<String> = "p_name", born_on: Option<NaiveDate> = "p_born_on",
    code: Option<String> = "p_code", company: Option<String> = "p_company", postcode: Option<String> = "p_postcode",
    address1: Option<String> = "p_address1", address2: Option<String> = "p_address2",
    department: Option<String> = "p_department", contact: Option<String> = "p_contact",
    insured: Option<String> = "p_insured", relationship: Option<String> = "p_relationship"
}

impl GateRow {
    /// Why it is held, if it is.
    pub fn held(&self) -> Option<HoldReason> {
        self.reason.as_deref().and_then(|code| code.parse().ok())
    }

    /// Who asked for it.
    pub fn asker(&self) -> Asker {
        Asker::of(self.asked_through, &self.asked_by)
    }

    /// The same card with another employer, which has so many changes of its address that are not confirmed.
    pub fn goes_to(&mut self, employer: Option<&Employer>, unconfirmed: i64) {
        self.employer_id = employer.map(|it| it.id);
        self.unconfirmed = unconfirmed;
        self.withdrawn_on = employer.and_then(|it| it.record.withdrawn_on);
        let record = employer.map(|it| &it.record);
        self.employer = EmployerColumns {
            code: record.map(|it| it.code_shown.clone()),
            name: record.map(|it| it.name.clone()),
            postcode: record.and_then(|it| it.postcode.clone()),
            address1: record.map(|it| it.address1.clone()),
            address2: record.map(|it| it.address2.clone()),
            department: record.map(|it| it.department.clone()),
            contact: record.map(|it| it.contact.clone()),
        };
    }

    /// The batch that it is in.
    pub fn batch(&self) -> Option<BatchNumber> {
        self.batch.as_deref().and_then(BatchNumber::parse)
    }

    /// A12: the day from which the insured of a dependant is covered no longer under this number: lost, or under another one.
    pub fn insured_gone_on(&self) -> Option<NaiveDate> {
        let dependent = self.insured_id != Some(self.member_id);
        [self.insured_lost_on, self.insured_renumbered_on].into_iter().flatten().min().filter(|_| dependent)
    }

    /// R1: the representative address of the employer, where there is one.
    pub fn employer(&self) -> Option<CardRoute> {
        let it = self.employer.clone();
        Some(CardRoute {
            employer_code: Some(it.code?),
            postcode: it.postcode,
            address1: it.address1.unwrap_or_default(),
            address2: it.address2.unwrap_or_default(),
            company: it.name.unwrap_or_default(),
            department: it.department.unwrap_or_default(),
            contact: it.contact.unwrap_or_default(),
        })
    }

    /// R3: the approved one-off address, where there is one.
    pub fn one_off(&self) -> Option<CardRoute> {
        let it = self.one_off.clone();
        Some(CardRoute {
            employer_code: None,
            postcode: it.postcode,
            address1: it.address1?,
            address2: it.address2.unwrap_or_default(),
            company: it.addressee.unwrap_or_default(),
            department: it.department.unwrap_or_default(),
            contact: String::new(),
        })
    }

    /// B11: what was approved for it in its batch; nothing before the approval.
    pub fn approved(&self) -> Option<Approved> {
        let it = self.approved.clone();
        let route = CardRoute {
            employer_code: it.code,
            postcode: it.postcode,
            address1: it.address1?,
            address2: it.address2.unwrap_or_default(),
            company: it.company.unwrap_or_default(),
            department: it.department.unwrap_or_default(),
            contact: it.contact.unwrap_or_default(),
        };
        let family = FamilyOf::of(it.insured, it.relationship);
        Some(Approved { person: CardPerson { name: it.name.unwrap_or_default(), born_on: it.born_on }, route, family })
    }
}

macro_rules! gate_rows {
    ($these:literal) => {
        concat!(
            "SELECT c.id, c.serial, c.kind, c.state, c.reason, c.cause,
                COALESCE((SELECT f.asked_by FROM card f WHERE f.id = c.replaces), c.asked_by) AS asked_by,
                COALESCE((SELECT f.asked_through FROM card f WHERE f.id = c.replaces), c.asked_through) AS asked_through, c.dead_reason, c.dead_on, b.number AS batch, c.member_id,
                COALESCE((SELECT MAX(r.received_at) FROM request r WHERE r.card_id = c.id), c.asked_at) AS requested_at,
                m.symbol, m.number, m.branch, m.name, m.kana_key, a.login_id, m.relation, m.relationship, m.lost_on,
                COALESCE(h.name, m.name) AS holder_name, COALESCE(h.born_on, m.born_on) AS holder_born_on,
                i.id AS insured_id, i.name AS insured_name, i.lost_on AS insured_lost_on,
                (SELECT MIN(n.acquired_on) FROM member o JOIN member n ON ",
            succeeds!(),
            " WHERE o.id = i.id) AS insured_renumbered_on,
                m.earlier_insured_id IS NOT NULL AS of_earlier_insured,
                ",
            is_protected!(),
            " AS protected,
                CASE WHEN i.id IS NULL THEN m.voluntary ELSE i.voluntary END AS voluntary,
                e.id AS employer_id, e.withdrawn_on,
                (SELECT COUNT(*) FROM address_change x WHERE x.employer_id = e.id AND x.confirmed_at IS NULL) AS unconfirmed,
                e.code_shown AS e_code, e.name AS e_name, e.postcode AS e_postcode, e.address1 AS e_address1,
                e.address2 AS e_address2, e.department AS e_department, e.contact AS e_contact,
                o.postcode AS o_postcode, o.address1 AS o_address1, o.address2 AS o_address2,
                o.addressee AS o_addressee, o.department AS o_department,
                a.closed_at, a.web_display, a.last_login_at, a.login_changed_at,
                p.name AS p_name, p.born_on AS p_born_on, p.employer_code AS p_code, p.company AS p_company,
                p.postcode AS p_postcode, p.address1 AS p_address1, p.address2 AS p_address2,
                p.department AS p_department, p.contact AS p_contact, p.insured AS p_insured,
                p.relationship AS p_relationship
             FROM card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id
             LEFT JOIN member h ON h.symbol = m.symbol AND h.number = m.number AND h.branch = m.branch
                 AND h.replaced_on IS NULL
             LEFT JOIN member i ON i.id = (SELECT s.id FROM member s WHERE s.symbol = m.symbol AND s.number = m.number
                 AND s.relation = 'insured' AND s.replaced_on IS NULL ORDER BY s.branch LIMIT 1)
             LEFT JOIN employer e ON e.id = CASE WHEN i.id IS NULL THEN m.employer_id ELSE i.employer_id END
             LEFT JOIN one_off_address o ON o.id = c.one_off_id AND o.state = 'approved'
                 AND NOT EXISTS (SELECT 1 FROM protective_measure x JOIN member y ON y.id = x.member_id
                    WHERE x.ended_at IS NULL AND COALESCE(y.person_id, y.id) = COALESCE(m.person_id, m.id)
                    AND o.decided_at <= x.set_at)
             LEFT JOIN batch b ON b.id = c.batch_id
             LEFT JOIN approved_card p ON p.batch = b.number AND p.card_id = c.id
             WHERE ",
            $these,
            " ORDER BY c.position, c.id"
        )
    };
}

/// The cards of a batch, in the order of the pile.
pub async fn gate_of_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<GateRow>, StoreError> {
    Ok(query!(tx, all GateRow, gate_rows!("c.batch_id = $1"), batch_id)?)
}

/// Cards by row id.
pub async fn gate_of_cards(tx: &mut Tx, ids: &[i64]) -> Result<Vec<GateRow>, StoreError> {
    const CARDS: Sql = Sql {
        sqlite: gate_rows!("c.id IN (SELECT value FROM json_each($1))"),
        postgres: gate_rows!("c.id IN (SELECT value::bigint FROM json_array_elements_text($1::json))"),
    };
    Ok(query!(tx, all GateRow, CARDS, id_list(ids))?)
}

/// Every card in the queue, and every held one.
pub async fn gate_of_queue(tx: &mut Tx) -> Result<Vec<GateRow>, StoreError> {
    Ok(query!(tx, all GateRow, gate_rows!("c.state IN ('queued', 'held')"))?)
}

/// Every card that has not left yet and is in a batch.
pub async fn gate_of_batches(tx: &mut Tx) -> Result<Vec<GateRow>, StoreError> {
    Ok(query!(tx, all GateRow, gate_rows!("c.state IN ('drafted', 'exported', 'printed')"))?)
}

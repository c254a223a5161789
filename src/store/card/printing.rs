//! The cards of a batch: those in it, what is printed on them, and those that left it.

use crate::domain::gate::GateFacts;
use crate::domain::{CardKind, CardState, DeadReason};
use crate::store::{KeyColumns, StoreError, Tx};
use chrono::{DateTime, NaiveDate, Utc};

/// A card of a batch with everything that is printed on it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PrintRow {
    /// The card's row id.
    pub id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Whose, as a row id.
    pub member_id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// 氏名カナ, folded for sorting.
    pub kana_key: String,
    /// ログインID
    pub login_id: Option<String>,
    /// R3: where it goes instead of the representative address.
    pub one_off_id: Option<i64>,
}

/// The drafted cards of a batch, in the order of asking.
pub async fn to_print(tx: &mut Tx, batch_id: i64) -> Result<Vec<PrintRow>, StoreError> {
    Ok(query!(
        tx,
        all PrintRow,
        "SELECT c.id, c.kind, c.member_id, m.symbol, m.number, m.branch, m.name, m.kana_key, a.login_id, c.one_off_id
         FROM card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id
         WHERE c.batch_id = $1 AND c.state = 'drafted' ORDER BY c.id",
        batch_id
    )?)
}

/// A card of a batch as batches list it.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct BatchCard {
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
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// 事業所記号
    pub employer: Option<String>,
    /// 事業所名
    pub employer_name: Option<String>,
    /// R3: あて名 of the one-off address that it goes to instead.
    pub one_off: Option<String>,
    /// Why its password is dead.
    #[sqlx(try_from = "Option<String>")]
    pub dead_reason: super::Dead,
    /// 資格喪失日
    #[serde(skip)]
    pub lost_on: Option<NaiveDate>,
    /// When the account was closed.
    #[serde(skip)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was.
    #[sqlx(try_from = "Option<String>")]
    #[serde(skip)]
    pub closed_reason: super::Dead,
    /// Web表示
    #[sqlx(try_from = "String")]
    #[serde(skip)]
    pub web_display: crate::domain::WebDisplay,
    /// 資格喪失日 of the insured, for a dependent (A12).
    #[serde(skip)]
    pub insured_lost_on: Option<NaiveDate>,
    /// R7: since when a protective measure stands for the person, where the card goes by the ordinary route or to a one-off
    /// address that was approved before.
    #[serde(skip)]
    pub protected_at: Option<DateTime<Utc>>,
}

impl BatchCard {
    /// What the gate asks (B7).
    pub fn gate_facts(&self) -> GateFacts {
        GateFacts {
            kind: self.kind,
            dead: self.dead_reason.0,
            closed: self.closed_at.map(|_| self.closed_reason.0.unwrap_or(DeadReason::MemberLost)),
            lost_on: self.lost_on,
            insured_lost_on: self.insured_lost_on,
            web_display: self.web_display,
            protected_at: self.protected_at,
        }
    }
}

/// Every card of a batch in its order, once printed with the name and the employer on the paper (H3).
pub async fn in_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchCard>, StoreError> {
    Ok(query!(
        tx,
        all BatchCard,
        "SELECT c.id, c.serial, c.kind, c.state, m.symbol, m.number, m.branch, COALESCE(p.name, m.name) AS name,
                e.code AS employer, COALESCE(p.company, e.name) AS employer_name, o.addressee AS one_off, c.dead_reason, m.lost_on, a.closed_at, a.closed_reason, a.web_display,
                (SELECT MIN(i.lost_on) FROM member i WHERE i.symbol = m.symbol AND i.number = m.number
                 AND i.relation = 'insured' AND m.relation = 'dependent' AND i.replaced_on IS NULL) AS insured_lost_on,
                (SELECT MIN(w.set_at) FROM protective_measure w JOIN member v ON v.id = w.member_id
                 WHERE w.ended_at IS NULL AND (o.decided_at IS NULL OR o.decided_at <= w.set_at)
                 AND COALESCE(v.person_id, v.id) = COALESCE(m.person_id, m.id)) AS protected_at
         FROM card c JOIN member m ON m.id = c.member_id JOIN account a ON a.id = c.account_id LEFT JOIN employer e ON e.id = c.employer_id
         LEFT JOIN one_off_address o ON o.id = c.one_off_id LEFT JOIN printed_card p ON p.serial = c.serial
         WHERE c.batch_id = $1 ORDER BY c.position, c.id",
        batch_id
    )?)
}

/// A card that was in a batch and left it, held, cancelled or sent back to the queue.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct LeftCard {
    /// Row ID of the card.
    pub id: i64,
    /// The serial that it had in this batch; nothing before the export.
    pub serial: Option<String>,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// What it became by leaving.
    #[sqlx(try_from = "String")]
    pub left_as: CardState,
    /// Where it is now.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
}

/// Every card that left a batch, in the order of asking: nothing that was ever in it is unaccounted for.
pub async fn left(tx: &mut Tx, batch_id: i64) -> Result<Vec<LeftCard>, StoreError> {
    Ok(query!(
        tx,
        all LeftCard,
        "SELECT c.id, b.serial, c.kind, b.left_as, c.state, m.symbol, m.number, m.branch,
                COALESCE(p.name, m.name) AS name
         FROM batch_card b JOIN card c ON c.id = b.card_id JOIN member m ON m.id = c.member_id
         LEFT JOIN printed_card p ON p.serial = b.serial
         WHERE b.batch_id = $1 AND b.left_as IS NOT NULL ORDER BY c.id",
        batch_id
    )?)
}

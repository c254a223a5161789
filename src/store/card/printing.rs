//! The cards of a batch: those in it, and those that left it.

use crate::domain::{CardKind, CardState};
use crate::store::{KeyColumns, StoreError, Tx};

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
    /// R7: whether a protective measure stands; it is told first.
    pub protected: bool,
}

/// Every card of a batch in its order, once approved with the name and the employer that were approved (H3).
pub async fn in_batch(tx: &mut Tx, batch_id: i64) -> Result<Vec<BatchCard>, StoreError> {
    Ok(query!(
        tx,
        all BatchCard,
        concat!(
            "SELECT c.id, c.serial, c.kind, c.state, m.symbol, m.number, m.branch, COALESCE(p.name, m.name) AS name,
                e.code AS employer, COALESCE(p.company, e.name) AS employer_name, o.addressee AS one_off, c.dead_reason, ",
            is_protected!(),
            " AS protected
         FROM card c JOIN member m ON m.id = c.member_id LEFT JOIN employer e ON e.id = c.employer_id
         LEFT JOIN one_off_address o ON o.id = c.one_off_id JOIN batch b ON b.id = c.batch_id
         LEFT JOIN approved_card p ON p.batch = b.number AND p.card_id = c.id
         WHERE c.batch_id = $1 ORDER BY c.position, c.id"
        ),
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
    /// R7: whether a protective measure stands; it is told first.
    pub protected: bool,
}

/// Every card that left a batch, in the order of the pile, then of asking: nothing that was ever in it is unaccounted for.
pub async fn left(tx: &mut Tx, batch_id: i64) -> Result<Vec<LeftCard>, StoreError> {
    Ok(query!(
        tx,
        all LeftCard,
        concat!(
            "SELECT c.id, b.serial, c.kind, b.left_as, c.state, m.symbol, m.number, m.branch,
                COALESCE(p.name, m.name) AS name, ",
            is_protected!(),
            " AS protected
         FROM batch_card b JOIN card c ON c.id = b.card_id JOIN member m ON m.id = c.member_id
         LEFT JOIN approved_card p ON p.serial = b.serial
         WHERE b.batch_id = $1 AND b.left_as IS NOT NULL ORDER BY b.serial IS NULL, b.serial, c.id"
        ),
        batch_id
    )?)
}

//! 発送待ち: queued and held cards, one by one and by employer.

use crate::domain::{AskedThrough, Asker, CardCause, CardKind, CardState, HoldReason};
use crate::store::{KeyColumns, StoreError, Tx, micros};
use chrono::{DateTime, NaiveDate, Utc};

/// A card in the queue, with its member and its destination.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct QueuedCard {
    /// Row ID of the card.
    pub id: i64,
    /// Row ID of the member.
    #[serde(skip)]
    pub member_id: i64,
    /// What it carries.
    #[sqlx(try_from = "String")]
    pub kind: CardKind,
    /// Queued or held.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// Why it was asked for.
    #[sqlx(try_from = "String")]
    pub cause: CardCause,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// 氏名カナ
    pub kana: String,
    /// Staff ID of who asked for it, or imported the event that did.
    pub asked_by: String,
    /// What it was asked through.
    #[sqlx(try_from = "String")]
    pub asked_through: AskedThrough,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Why it is held, as a code of `HoldReason`.
    pub reason: Option<String>,
    /// Details of the reason, in words.
    pub reason_detail: Option<String>,
    /// 事業所記号; nothing without an employer.
    pub employer: Option<String>,
    /// 事業所名
    pub employer_name: Option<String>,
    /// 郵便番号
    pub postcode: Option<String>,
    /// R3: あて名 of the approved one-off address that it goes to.
    pub one_off: Option<String>,
    /// R3: who has proposed a one-off address that waits for a second supervisor.
    pub proposed_by: Option<String>,
    /// S6: the kind of another card that keeps this one from leaving; filled in by the use case.
    #[sqlx(skip)]
    pub apart_from: Option<CardKind>,
    /// S6: the first day on which it may leave; nothing while the other one has not left.
    #[sqlx(skip)]
    pub not_before: Option<NaiveDate>,
}

impl QueuedCard {
    /// Who asked for it.
    pub fn asker(&self) -> Asker {
        Asker::of(self.asked_through, &self.asked_by)
    }

    /// Why it is held, if it is.
    pub fn held(&self) -> Option<HoldReason> {
        self.reason.as_deref().and_then(|code| code.parse().ok())
    }
}

/// Which cards of the queue. Nothing given: all.
#[derive(Debug, Clone, Default)]
pub struct QueueFilter {
    /// Of this kind.
    pub kind: Option<CardKind>,
    /// Of this employer (folded code); the empty code is no employer.
    pub employer: Option<String>,
    /// In this state only.
    pub state: Option<CardState>,
    /// Asked for before this.
    pub asked_before: Option<DateTime<Utc>>,
    /// Only these, by row id.
    pub only: Option<Vec<i64>>,
}

/// Queued and held cards, oldest first.
pub async fn queue(tx: &mut Tx, filter: &QueueFilter, limit: i64) -> Result<Vec<QueuedCard>, StoreError> {
    let mut found = query!(
        tx,
        all QueuedCard,
        "SELECT c.id, c.member_id, c.kind, c.state, c.cause, m.symbol, m.number, m.branch, m.name, m.kana, c.asked_by, c.asked_through, c.asked_at, c.reason, c.reason_detail,
                e.code AS employer, e.name AS employer_name, COALESCE(o.postcode, e.postcode) AS postcode,
                o.addressee AS one_off, COALESCE(s.name, p.proposed_by) AS proposed_by
         FROM card c JOIN member m ON m.id = c.member_id LEFT JOIN employer e ON e.id = c.employer_id
         LEFT JOIN one_off_address o ON o.id = c.one_off_id
         LEFT JOIN one_off_address p ON p.card_id = c.id AND p.state = 'proposed' LEFT JOIN staff s ON s.id = p.proposed_by
         WHERE c.state IN ('queued', 'held') AND ($1 IS NULL OR c.kind = $1) AND ($2 IS NULL OR COALESCE(e.code, '') = $2)
           AND ($3 IS NULL OR c.state = $3) AND ($4 IS NULL OR c.asked_at < $4)
         ORDER BY c.asked_at, c.id LIMIT $5",
        filter.kind.map(CardKind::code),
        filter.employer.as_deref(),
        filter.state.map(CardState::code),
        filter.asked_before.map(micros),
        if filter.only.is_some() { i64::MAX } else { limit }
    )?;
    if let Some(only) = &filter.only {
        // Chosen by hand: a few of a list that is read anyway.
        found.retain(|card: &QueuedCard| only.contains(&card.id));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(found)
}

/// One employer's line in the queue.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct QueueLine {
    /// 事業所記号; nothing for cards without an employer.
    pub employer: Option<String>,
    /// 事業所名
    pub name: Option<String>,
    /// 郵便番号
    pub postcode: Option<String>,
    /// Queued viewing-password cards.
    pub viewing: i64,
    /// Queued login notices.
    pub login: i64,
    /// Number of held cards.
    pub held: i64,
    /// A reason of the held ones, as a code of `HoldReason`.
    pub reason: Option<String>,
    /// When the oldest was asked for.
    pub oldest: DateTime<Utc>,
}

/// The queue by employer, oldest first.
pub async fn queue_by_employer(tx: &mut Tx) -> Result<Vec<QueueLine>, StoreError> {
    Ok(query!(
        tx,
        all QueueLine,
        "SELECT e.code AS employer, e.name, e.postcode,
                COUNT(CASE WHEN c.state = 'queued' AND c.kind = 'viewing' THEN 1 END) AS viewing,
                COUNT(CASE WHEN c.state = 'queued' AND c.kind = 'login' THEN 1 END) AS login,
                COUNT(CASE WHEN c.state = 'held' THEN 1 END) AS held, MIN(c.reason) AS reason, MIN(c.asked_at) AS oldest
         FROM card c LEFT JOIN employer e ON e.id = c.employer_id
         WHERE c.state IN ('queued', 'held') GROUP BY e.code, e.name, e.postcode ORDER BY MIN(c.asked_at), e.code"
    )?)
}

/// Waiting cards that the registry may stop, or stop no longer: those without a route (R2, R6), of protected persons (R7), of
/// an insured who is lost or has another number (A12), and those with a one-off address (R3). Which of them, the rules say. The
/// length of the number is there for the index.
pub async fn concerned_by_registry(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    const CONCERNED: &str = concat!(
        "SELECT c.id FROM card c JOIN member m ON m.id = c.member_id
         WHERE c.state IN ('queued', 'held', 'drafted') AND (c.one_off_id IS NOT NULL OR m.earlier_insured_id IS NOT NULL
           OR c.reason IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'address_changed', 'insured_lost', 'protected')
           OR c.state = 'queued' AND NOT EXISTS (SELECT 1 FROM member i JOIN employer e ON e.id = i.employer_id
             WHERE i.symbol = m.symbol AND LENGTH(i.number) = LENGTH(m.number) AND i.number = m.number
               AND i.relation = 'insured' AND i.replaced_on IS NULL AND NOT i.voluntary
               AND (e.withdrawn_on IS NULL OR e.withdrawn_on > $1) AND TRIM(e.address1, ' 　') <> ''
               AND NOT EXISTS (SELECT 1 FROM address_change x WHERE x.employer_id = e.id AND x.confirmed_at IS NULL))
           OR EXISTS (SELECT 1 FROM member i WHERE m.relation = 'dependent' AND i.symbol = m.symbol
               AND LENGTH(i.number) = LENGTH(m.number) AND i.number = m.number
               AND i.relation = 'insured' AND (i.lost_on <= $1 OR EXISTS (SELECT 1 FROM member o JOIN member n ON ",
        succeeds!(),
        " WHERE o.id = i.id AND n.acquired_on <= $1)))
           OR COALESCE(m.person_id, m.id) IN (SELECT COALESCE(x.person_id, x.id) FROM protective_measure p
             CROSS JOIN member x WHERE x.id = p.member_id AND p.ended_at IS NULL))
         ORDER BY c.id"
    );
    Ok(query!(tx, values i64, CONCERNED, today)?)
}

/// Lists waiting cards under the employer of today's insured (R1), where that has changed since they were asked for.
pub async fn follow_insured(tx: &mut Tx) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE card SET employer_id = w.now
         FROM (SELECT c.id, CASE WHEN i.id IS NULL THEN m.employer_id ELSE i.employer_id END AS now
             FROM card c JOIN member m ON m.id = c.member_id
             LEFT JOIN member i ON i.symbol = m.symbol AND i.number = m.number AND i.relation = 'insured'
                 AND i.replaced_on IS NULL
             WHERE c.state IN ('queued', 'held') AND c.one_off_id IS NULL AND m.earlier_insured_id IS NULL) AS w
         WHERE card.id = w.id AND card.employer_id IS DISTINCT FROM w.now"
    )?;
    Ok(())
}

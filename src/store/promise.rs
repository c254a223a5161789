//! P1: what is owed to members and is not on its way, read set by set; and what was said about it.

use super::query::id_list;
use super::{KeyColumns, Sql, StoreError, Tx, micros};
use crate::domain::promise::{PromiseCard, PromiseEnd, PromiseKind};
use crate::domain::{CardState, DeadReason, WebDisplay};
use crate::text::japan::day_of;
use chrono::{DateTime, NaiveDate, Utc};

/// A member that the society owes something.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwedMember {
    /// Row ID of the member.
    pub member_id: i64,
    /// Row ID of the account; 0 where a request asks.
    pub account_id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// When the account was registered, or the request came in.
    pub since: DateTime<Utc>,
    /// 受付番号 of the request.
    pub receipt: Option<String>,
    /// The day on which the request goes on.
    pub follow_up_on: Option<NaiveDate>,
    /// 担当 of the request.
    pub assignee: Option<String>,
}

/// The wishes that nothing serves. The conditions on `account` and `card` are those of the indexes `account_wishing` and
/// `card_serving`; CROSS JOIN makes SQLite begin with the accounts. A count, because PostgreSQL makes a join of NOT EXISTS, and
/// without statistics of a table that was just filled compares every account with every card.
macro_rules! wishing {
    ($which:literal) => {
        concat!(
            "SELECT a.member_id, a.id AS account_id, m.symbol, m.number, m.branch, m.name, a.registered_at AS since,
                    CAST(NULL AS TEXT) AS receipt, CAST(NULL AS DATE) AS follow_up_on, CAST(NULL AS TEXT) AS assignee
             FROM account a CROSS JOIN member m
             WHERE a.closed_at IS NULL AND a.web_display = 'wanted' AND a.viewing_changed_at IS NULL AND m.id = a.member_id
               AND (SELECT COUNT(*) FROM card c WHERE c.account_id = a.id AND c.kind = 'viewing' AND c.dead_reason IS NULL
                 AND c.state IN ('queued', 'drafted', 'exported', 'printed', 'dispatched')
                 AND c.id NOT IN (SELECT card_id FROM undelivered)) = 0
               AND m.replaced_on IS NULL AND (m.lost_on IS NULL OR m.lost_on > $1) ",
            $which
        )
    };
}

/// Members in force who wish the display (A2) and have neither a usable viewing password nor a card on its way.
pub async fn wishing(tx: &mut Tx, today: NaiveDate, member: Option<i64>) -> Result<Vec<OwedMember>, StoreError> {
    Ok(match member {
        None => query!(tx, all OwedMember, wishing!(""), today)?,
        Some(member) => query!(tx, all OwedMember, wishing!("AND a.member_id = $2"), today, member)?,
    })
}

/// The accounts whose loss was taken back, of members in force who have not registered again.
macro_rules! reinstated {
    ($which:literal) => {
        concat!(
            "SELECT a.member_id, a.id AS account_id, m.symbol, m.number, m.branch, m.name, a.reinstated_at AS since,
                    CAST(NULL AS TEXT) AS receipt, CAST(NULL AS DATE) AS follow_up_on, CAST(NULL AS TEXT) AS assignee
             FROM account a CROSS JOIN member m
             WHERE a.reinstated_at IS NOT NULL AND m.id = a.member_id AND m.replaced_on IS NULL
               AND (m.lost_on IS NULL OR m.lost_on > $1) AND a.web_display = $2
               AND NOT EXISTS (SELECT 1 FROM account l WHERE l.member_id = a.member_id AND l.id > a.id) ",
            $which
        )
    };
}

/// Members whose account was closed by a loss that the registry took back (A9), and who are to register again; by what they had
/// chosen of the display.
pub async fn reinstated(
    tx: &mut Tx,
    today: NaiveDate,
    display: WebDisplay,
    member: Option<i64>,
) -> Result<Vec<OwedMember>, StoreError> {
    Ok(match member {
        None => query!(tx, all OwedMember, reinstated!("ORDER BY a.id"), today, display.code())?,
        Some(member) => {
            query!(tx, all OwedMember, reinstated!("AND a.member_id = $3 ORDER BY a.id"), today, display.code(), member)?
        }
    })
}

macro_rules! requesting {
    ($which:literal) => {
        concat!(
            "SELECT m.id AS member_id, CAST(0 AS BIGINT) AS account_id, m.symbol, m.number, m.branch, m.name, r.received_at AS since, r.receipt,
                    r.follow_up_on, r.assignee
             FROM request r JOIN member m ON m.id = r.member_id LEFT JOIN card c ON c.id = r.card_id
             WHERE r.kind = 'login_info' AND (r.state IN ('verifying', 'on_hold') AND r.checked || r.overridden <> ''
                 OR r.state = 'on_hold' AND r.follow_up_on IS NOT NULL OR r.state = 'queued' AND c.state = 'held') ",
            $which
        )
    };
}

/// Members whose verified request (L1), or one that is held until a day, has neither an answer nor a card on its way.
pub async fn requesting(tx: &mut Tx, member: Option<i64>) -> Result<Vec<OwedMember>, StoreError> {
    Ok(match member {
        None => query!(tx, all OwedMember, requesting!("ORDER BY r.id"))?,
        Some(member) => query!(tx, all OwedMember, requesting!("AND m.id = $1 ORDER BY r.id"), member)?,
    })
}

macro_rules! stopped_notices {
    ($which:literal) => {
        concat!(
            stopped_notices!(@of "card c", "c.state IN ('held', 'returned') AND (c.dead_reason IS NULL OR c.dead_reason = 'returned')
               AND NOT EXISTS (SELECT 1 FROM request r WHERE r.card_id = c.id)"),
            $which,
            " UNION ALL ",
            stopped_notices!(@of "undelivered u JOIN card c ON c.id = u.card_id", "c.state = 'dispatched' AND c.dead_reason IS NULL
               AND (a.last_login_at IS NULL OR a.last_login_at <= c.changed_at)
               AND (a.login_changed_at IS NULL OR a.login_changed_at <= c.changed_at)"),
            $which
        )
    };
    (@of $from:literal, $where:literal) => {
        concat!(
            "SELECT m.id AS member_id, a.id AS account_id, m.symbol, m.number, m.branch, m.name, c.asked_at AS since,
                    CAST(NULL AS TEXT) AS receipt, CAST(NULL AS DATE) AS follow_up_on, CAST(NULL AS TEXT) AS assignee
             FROM ",
            $from,
            " JOIN account a ON a.id = c.account_id JOIN member m ON m.id = c.member_id
             WHERE c.kind = 'login' AND ",
            $where,
            " AND a.closed_at IS NULL AND m.replaced_on IS NULL AND (m.lost_on IS NULL OR m.lost_on > $1)
               AND NOT EXISTS (SELECT 1 FROM card d WHERE d.account_id = c.account_id AND d.kind = 'login' AND d.id > c.id) "
        )
    };
}

/// Members whose login notice is held or came back, and belongs to no request that would tell of it; or could not be handed
/// over (B15), which settled its request already.
pub async fn stopped_notices(
    tx: &mut Tx,
    today: NaiveDate,
    member: Option<i64>,
) -> Result<Vec<OwedMember>, StoreError> {
    Ok(match member {
        None => query!(tx, all OwedMember, stopped_notices!(""), today)?,
        Some(member) => query!(tx, all OwedMember, stopped_notices!("AND m.id = $2"), today, member)?,
    })
}

#[derive(sqlx::FromRow)]
struct CardRow {
    account_id: i64,
    #[sqlx(try_from = "String")]
    state: CardState,
    dead_reason: Option<String>,
    reason: Option<String>,
    asked_at: DateTime<Utc>,
    changed_at: Option<DateTime<Utc>>,
    undelivered_on: Option<NaiveDate>,
}

/// The cards of accounts that are of this kind, in the order of asking, each with its account.
pub async fn cards(
    tx: &mut Tx,
    kind: PromiseKind,
    accounts: &[i64],
) -> Result<Vec<(i64, PromiseCard, DateTime<Utc>)>, StoreError> {
    const CARDS: Sql = among!(
        "SELECT account_id, state, dead_reason, card.reason, asked_at, changed_at, u.noted_on AS undelivered_on
             FROM card LEFT JOIN undelivered u ON u.card_id = card.id
             WHERE kind = $2 AND account_id IN ",
        " ORDER BY account_id, id"
    );
    let rows = query!(tx, all CardRow, CARDS, id_list(accounts), kind.code())?;
    let card = |row: CardRow| {
        let moved_at = row.changed_at.unwrap_or(row.asked_at);
        let card = PromiseCard {
            state: row.state,
            // A code that is not known is a dead password, too.
            dead: row.dead_reason.map(|code| code.parse().unwrap_or(DeadReason::ByHand)),
            hold: row.reason.and_then(|code| code.parse().ok()),
            asked_on: day_of(row.asked_at),
            moved_on: day_of(moved_at),
            undelivered_on: row.undelivered_on,
        };
        (row.account_id, card, moved_at)
    };
    Ok(rows.into_iter().map(card).collect())
}

/// What was said about an open promise.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Said {
    /// Row ID of the member.
    pub member_id: i64,
    /// What is owed.
    #[sqlx(try_from = "String")]
    pub kind: PromiseKind,
    /// When to act next.
    pub next_on: Option<NaiveDate>,
    /// Staff ID of who sees to it.
    pub owner: Option<String>,
    /// Why, or what to do.
    pub note: String,
}

/// What was said about every open promise; of one member, where one is given.
pub async fn said(tx: &mut Tx, member: Option<i64>) -> Result<Vec<Said>, StoreError> {
    const OF_ALL: &str = "SELECT member_id, kind, next_on, owner, note FROM promise WHERE closed_at IS NULL";
    const OF_ONE: &str =
        "SELECT member_id, kind, next_on, owner, note FROM promise WHERE closed_at IS NULL AND member_id = $1";
    Ok(match member {
        None => query!(tx, all Said, OF_ALL)?,
        Some(member) => query!(tx, all Said, OF_ONE, member)?,
    })
}

/// When promises were last recorded as needing no answer: member, code of the kind, instant.
pub async fn not_needed(tx: &mut Tx, member: Option<i64>) -> Result<Vec<(i64, String, DateTime<Utc>)>, StoreError> {
    const OF_ALL: &str =
        "SELECT member_id, kind, MAX(closed_at) FROM promise WHERE closed_how = 'not_needed' GROUP BY member_id, kind";
    const OF_ONE: &str = "SELECT member_id, kind, MAX(closed_at) FROM promise
         WHERE closed_how = 'not_needed' AND member_id = $1 GROUP BY member_id, kind";
    Ok(match member {
        None => query!(tx, all(i64, String, DateTime<Utc>), OF_ALL)?,
        Some(member) => query!(tx, all(i64, String, DateTime<Utc>), OF_ONE, member)?,
    })
}

/// Who says something about a promise, and when.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Staff ID of the person.
    pub staff: &'a str,
    /// Instant of the entry.
    pub at: DateTime<Utc>,
}

/// Says something about a promise, in place of what was said before.
pub async fn say(tx: &mut Tx, said: &Said, by: By<'_>) -> Result<(), StoreError> {
    query!(
        tx,
        execute "INSERT INTO promise (member_id, kind, said_by, said_at, next_on, owner, note) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (member_id, kind) WHERE closed_at IS NULL DO UPDATE
         SET said_by = $3, said_at = $4, next_on = $5, owner = $6, note = $7",
        said.member_id,
        said.kind.code(),
        by.staff,
        micros(by.at),
        said.next_on,
        said.owner.as_deref(),
        &said.note
    )?;
    Ok(())
}

/// Closes a promise with the reason why it needs no answer.
pub async fn close(tx: &mut Tx, member: i64, kind: PromiseKind, why: &str, by: By<'_>) -> Result<(), StoreError> {
    let set = "UPDATE promise SET closed_how = 'not_needed', closed_by = $3, closed_at = $4, closing = $5
        WHERE member_id = $1 AND kind = $2 AND closed_at IS NULL";
    if query!(tx, execute set, member, kind.code(), by.staff, micros(by.at), why)? == 0 {
        query!(
            tx,
            execute "INSERT INTO promise (member_id, kind, said_by, said_at, note, closed_how, closed_by, closed_at, closing)
             VALUES ($1, $2, $3, $4, '', 'not_needed', $3, $4, $5)",
            member,
            kind.code(),
            by.staff,
            micros(by.at),
            why
        )?;
    }
    Ok(())
}

/// The cards were dispatched: what was said about the promises that they keep is over.
pub async fn keep(tx: &mut Tx, cards: &[i64], by: By<'_>) -> Result<(), StoreError> {
    const KEEP: Sql = Sql {
        sqlite: "UPDATE promise SET closed_how = $2, closed_by = $3, closed_at = $4 WHERE closed_at IS NULL
             AND (member_id, kind) IN (SELECT c.member_id, c.kind FROM card c JOIN json_each($1) j ON c.id = j.value)",
        postgres: "UPDATE promise SET closed_how = $2, closed_by = $3, closed_at = $4 WHERE closed_at IS NULL
             AND (member_id, kind) IN (SELECT c.member_id, c.kind FROM card c
                 JOIN json_array_elements_text($1::json) AS j (value) ON c.id = j.value::bigint)",
    };
    query!(tx, execute KEEP, id_list(cards), PromiseEnd::Kept.code(), by.staff, micros(by.at))?;
    Ok(())
}

/// A note with a day to get back to the member.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CallBack {
    /// Row ID of the member.
    pub member_id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    pub key: KeyColumns,
    /// 氏名
    pub name: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Staff ID of the author.
    pub staff: String,
    /// What was said.
    pub body: String,
    /// When to get back.
    pub follow_up_on: Option<NaiveDate>,
}

/// Notes with an open follow-up; of one person, where one is given.
pub async fn call_backs(tx: &mut Tx, person: Option<i64>) -> Result<Vec<CallBack>, StoreError> {
    const OF_ONE: &str = "SELECT n.member_id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.body, n.follow_up_on
         FROM member m JOIN contact_note n ON n.member_id = m.id
         WHERE n.follow_up_on IS NOT NULL AND n.done_at IS NULL AND (m.id = $1 OR m.person_id = $1) ORDER BY n.follow_up_on, n.id";
    const OF_ALL: &str =
        "SELECT n.member_id, m.symbol, m.number, m.branch, m.name, n.at, n.staff, n.body, n.follow_up_on
         FROM contact_note n JOIN member m ON m.id = n.member_id
         WHERE n.follow_up_on IS NOT NULL AND n.done_at IS NULL ORDER BY n.follow_up_on, n.id";
    Ok(match person {
        None => query!(tx, all CallBack, OF_ALL)?,
        Some(person) => query!(tx, all CallBack, OF_ONE, person)?,
    })
}

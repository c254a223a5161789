//! 送付依頼.

use super::query::id_list;
use super::{Sql, StoreError, Tx, micros};
use crate::domain::diagnosis::Section;
use crate::domain::request::{Channel, Checklist, Claim, RequestKind, RequestState, RequestStep};
use crate::domain::{CardState, NoSuchStep};
use chrono::{DateTime, NaiveDate, Utc};

/// A request as stored. What the sender gave stays as it was typed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Request {
    /// Row ID of the request.
    pub id: i64,
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Form or phone.
    #[sqlx(try_from = "String")]
    pub channel: Channel,
    /// 種別
    #[sqlx(try_from = "String")]
    pub kind: RequestKind,
    #[sqlx(try_from = "String")]
    state: RequestState,
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 氏名カナ
    pub kana: String,
    /// 生年月日
    pub born_on: Option<NaiveDate>,
    /// 事業所名
    pub employer: String,
    /// 電話
    pub phone: String,
    /// メールアドレス; shown masked only (S5).
    pub email: String,
    /// 内容
    pub body: String,
    /// Row ID of the member that it was matched to.
    pub member_id: Option<i64>,
    /// The ticked checks, as codes.
    pub checked: String,
    /// Who ticked them last.
    pub checked_by: Option<String>,
    /// Instant of that check.
    pub checked_at: Option<DateTime<Utc>>,
    /// The number that was called back.
    pub called: Option<String>,
    /// The checks that a supervisor let pass without evidence, as codes.
    pub overridden: String,
    /// Reason of the supervisor who let something pass.
    pub override_reason: Option<String>,
    /// Staff ID of that supervisor.
    pub override_by: Option<String>,
    /// Instant of that.
    pub override_at: Option<DateTime<Utc>>,
    /// 担当: staff ID of who works on it.
    pub assignee: Option<String>,
    /// 次の連絡日
    pub follow_up_on: Option<NaiveDate>,
    /// Why it is held or rejected: a code of `Ground`, or words.
    pub reason: Option<String>,
    /// The section that answers another matter: a code of `Section`.
    referred: Option<String>,
    /// Who settled it.
    pub settled_by: Option<String>,
    /// Instant at which it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// Its login notice.
    pub card_id: Option<i64>,
    /// The request that it was merged into.
    pub merged_into: Option<i64>,
}

impl Request {
    /// Where it stands.
    pub const fn state(&self) -> RequestState {
        self.state
    }

    /// Takes a step of [`REQUEST_TABLE`](crate::domain::request::REQUEST_TABLE); where there is none, the
    /// request is not changed.
    pub fn step(&mut self, step: RequestStep) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        Ok(())
    }

    /// The section that answers another matter.
    pub fn referred(&self) -> Option<Section> {
        self.referred.as_deref()?.parse().ok()
    }

    /// Notes which section answers; none where the ground needs none.
    pub fn refer(&mut self, section: Option<Section>) {
        self.referred = section.map(|section| section.code().to_owned());
    }

    /// What was ticked.
    pub fn ticked(&self) -> Checklist {
        Checklist::parse(&self.checked).unwrap_or_default()
    }

    /// What a supervisor let pass.
    pub fn let_pass(&self) -> Checklist {
        Checklist::parse(&self.overridden).unwrap_or_default()
    }

    /// Forgets every check: they were of another member.
    pub fn uncheck(&mut self) {
        self.checked = String::new();
        self.overridden = String::new();
        (self.checked_by, self.checked_at, self.called) = (None, None, None);
        (self.override_reason, self.override_by, self.override_at) = (None, None, None);
    }

    /// It is open again: why it was settled and who did it count no more.
    pub fn unsettle(&mut self) {
        (self.reason, self.referred, self.follow_up_on) = (None, None, None);
        (self.settled_by, self.settled_at, self.merged_into) = (None, None, None);
    }

    /// What the sender gave.
    pub fn claim(&self) -> Claim {
        Claim {
            symbol: self.symbol.clone(),
            number: self.number.clone(),
            branch: self.branch.clone(),
            name: self.name.clone(),
            kana: self.kana.clone(),
            born_on: self.born_on,
            employer: self.employer.clone(),
        }
    }
}

/// A request before it is stored.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    /// 受付番号
    pub receipt: &'a str,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Form or phone.
    pub channel: Channel,
    /// 種別
    pub kind: RequestKind,
    /// What the sender gave.
    pub claim: &'a Claim,
    /// 電話
    pub phone: &'a str,
    /// メールアドレス
    pub email: &'a str,
    /// 内容
    pub body: &'a str,
}

/// stores a new request with the member that it was matched to; nothing where the receipt number is known.
pub async fn insert(tx: &mut Tx, new: &NewRequest<'_>, member_id: Option<i64>) -> Result<Option<i64>, StoreError> {
    Ok(query!(
        tx,
        maybe i64,
        "INSERT INTO request (receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, born_on, employer, phone, email, body, member_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (receipt) DO NOTHING RETURNING id",
        new.receipt,
        micros(new.received_at),
        new.channel.code(),
        new.kind.code(),
        RequestState::New.code(),
        &new.claim.symbol,
        &new.claim.number,
        &new.claim.branch,
        &new.claim.name,
        &new.claim.kana,
        new.claim.born_on,
        &new.claim.employer,
        new.phone,
        new.email,
        new.body,
        member_id
    )?)
}

/// One by receipt number.
pub async fn by_receipt(tx: &mut Tx, receipt: &str) -> Result<Option<Request>, StoreError> {
    Ok(query!(tx, optional Request, "SELECT * FROM request WHERE receipt = $1", receipt)?)
}

/// How many receipt numbers start so.
pub async fn count_with_prefix(tx: &mut Tx, prefix: &str) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "SELECT COUNT(*) FROM request WHERE receipt >= $1 AND receipt < $2",
        prefix,
        format!("{prefix}\u{10FFFF}")
    )?)
}

/// Writes back what a clerk's step changes. `from` is the state that it was read in: false where it was moved since.
pub async fn update(tx: &mut Tx, request: &Request, from: RequestState) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE request SET state = $3, member_id = $4, checked = $5, checked_by = $6, checked_at = $7, reason = $8,
         settled_by = $9, settled_at = $10, card_id = $11, merged_into = $12, called = $13, overridden = $14,
         override_reason = $15, override_by = $16, override_at = $17, assignee = $18, follow_up_on = $19, referred = $20
         WHERE id = $1 AND state = $2",
        request.id,
        from.code(),
        request.state.code(),
        request.member_id,
        &request.checked,
        request.checked_by.as_deref(),
        request.checked_at.map(micros),
        request.reason.as_deref(),
        request.settled_by.as_deref(),
        request.settled_at.map(micros),
        request.card_id,
        request.merged_into,
        request.called.as_deref(),
        &request.overridden,
        request.override_reason.as_deref(),
        request.override_by.as_deref(),
        request.override_at.map(micros),
        request.assignee.as_deref(),
        request.follow_up_on,
        request.referred.as_deref()
    )?;
    Ok(touched == 1)
}

/// Says when an unsettled request goes on, and who sees to it.
pub async fn follow(
    tx: &mut Tx,
    receipt: &str,
    on: Option<NaiveDate>,
    assignee: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE request SET follow_up_on = $2, assignee = $3
         WHERE receipt = $1 AND state IN ('new', 'verifying', 'on_hold', 'queued')";
    query!(tx, execute sql, receipt, on, assignee)?;
    Ok(())
}

/// A line of the inbox.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct InboxRow {
    /// Row of the request.
    #[sqlx(flatten)]
    pub request: Request,
    /// Open requests of the same member, this one included.
    pub together: i64,
}

macro_rules! inbox {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT r.*, coalesce(o.together, 0) AS together FROM ",
            $from,
            " r LEFT JOIN (SELECT member_id, COUNT(*) AS together FROM request WHERE state IN ('new', 'verifying', 'on_hold')
                 GROUP BY member_id) o ON o.member_id = r.member_id ",
            $rest
        )
    };
}

/// open requests, the oldest first: where there are more than `limit`, it is the newest that wait unseen.
pub async fn inbox_open(tx: &mut Tx, limit: i64) -> Result<Vec<InboxRow>, StoreError> {
    let sql =
        inbox!("request", "WHERE r.state IN ('new', 'verifying', 'on_hold') ORDER BY r.received_at, r.id LIMIT $1");
    Ok(query!(tx, all InboxRow, sql, limit)?)
}

/// What is over, the newest first. The newest of each state come from the index on state and time; one query over all
/// states would sort every request that there ever was.
const SETTLED: &str = inbox!(
    "(SELECT * FROM (SELECT * FROM request WHERE state = 'queued' ORDER BY received_at DESC, id DESC LIMIT $1) q
      UNION ALL SELECT * FROM (SELECT * FROM request WHERE state = 'done' ORDER BY received_at DESC, id DESC LIMIT $1) d
      UNION ALL SELECT * FROM (SELECT * FROM request WHERE state = 'rejected' ORDER BY received_at DESC, id DESC LIMIT $1) j)",
    "ORDER BY r.received_at DESC, r.id DESC LIMIT $1"
);

/// All requests: open ones first, then what is over, the newest first; at most `limit`.
pub async fn inbox_all(tx: &mut Tx, limit: i64) -> Result<Vec<InboxRow>, StoreError> {
    let mut rows = inbox_open(tx, limit).await?;
    let room = limit.saturating_sub(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    rows.extend(query!(tx, all InboxRow, SETTLED, room)?);
    Ok(rows)
}

/// the open requests of a member, oldest first.
pub async fn open_of_member(tx: &mut Tx, member_id: i64) -> Result<Vec<Request>, StoreError> {
    Ok(query!(
        tx,
        all Request,
        "SELECT * FROM request WHERE member_id = $1 AND state IN ('new', 'verifying', 'on_hold') ORDER BY received_at, id",
        member_id
    )?)
}

/// Requests of these members that wait for a clerk or for the post, and those that these cards answer, oldest first.
pub async fn unsettled_of(tx: &mut Tx, members: &[i64], cards: &[i64]) -> Result<Vec<Request>, StoreError> {
    const UNSETTLED: Sql = Sql {
        sqlite: "SELECT * FROM request WHERE id IN (
                 SELECT id FROM request WHERE state IN ('new', 'verifying', 'on_hold', 'queued')
                     AND member_id IN (SELECT value FROM json_each($1))
                 UNION SELECT id FROM request WHERE card_id IN (SELECT value FROM json_each($2)))
             ORDER BY received_at, id",
        postgres: "SELECT * FROM request WHERE id IN (
                 SELECT id FROM request WHERE state IN ('new', 'verifying', 'on_hold', 'queued')
                     AND member_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))
                 UNION SELECT id FROM request WHERE card_id IN
                     (SELECT value::bigint FROM json_array_elements_text($2::json)))
             ORDER BY received_at, id",
    };
    Ok(query!(tx, all Request, UNSETTLED, id_list(members), id_list(cards))?)
}

/// When the request was received that a card answers; nothing where none is known.
pub async fn received_of_card(tx: &mut Tx, card_id: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = "SELECT received_at FROM request WHERE card_id = $1 ORDER BY received_at DESC LIMIT 1";
    Ok(query!(tx, maybe DateTime<Utc>, sql, card_id)?)
}

/// A login notice that may reach its member: waiting, held, in a batch, or sent and not ended.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct NoticeOnWay {
    /// Row ID of the card.
    pub card: i64,
    /// Row ID of the member.
    #[serde(skip)]
    pub member_id: i64,
    /// Where it is.
    #[sqlx(try_from = "String")]
    pub state: CardState,
    /// はがき番号
    pub serial: Option<String>,
    /// Why it is held, as a code of `HoldReason`.
    pub reason: Option<String>,
    /// Number of its batch.
    pub batch: Option<String>,
    /// 発送予定日
    pub planned_on: Option<NaiveDate>,
    /// 発送日
    pub dispatched_on: Option<NaiveDate>,
}

/// The login notices of members that may still reach them, in the order of asking.
pub async fn notices(tx: &mut Tx, members: &[i64]) -> Result<Vec<NoticeOnWay>, StoreError> {
    const NOTICES: Sql = among!(
        "SELECT c.id AS card, c.member_id, c.state, c.serial, c.reason, b.number AS batch, b.planned_on, c.dispatched_on
         FROM card c LEFT JOIN batch b ON b.id = c.batch_id
         WHERE c.kind = 'login' AND c.dead_reason IS NULL
           AND c.state IN ('queued', 'held', 'drafted', 'exported', 'printed', 'dispatched') AND c.member_id IN ",
        " ORDER BY c.id"
    );
    Ok(query!(tx, all NoticeOnWay, NOTICES, id_list(members))?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Request>, StoreError> {
    Ok(query!(tx, optional Request, "SELECT * FROM request WHERE id = $1", id)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_in_one_part_of_the_list() {
        for state in RequestState::ALL.iter().filter(|state| !state.is_open()) {
            assert!(SETTLED.contains(&format!("WHERE state = '{}'", state.code())), "{state:?}");
        }
    }
}

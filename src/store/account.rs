//! A member's registration on the portal.

use super::query::{id_list, instant};
use super::{Sql, StoreError, Tx, micros};
use crate::domain::WebDisplay;
use crate::domain::portal::EventKind;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

/// An account; one with `closed_at` is a tombstone (A9).
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    /// Row ID of the account.
    pub id: i64,
    /// Row ID of the member.
    pub member_id: i64,
    /// ログインID; erased when closed.
    pub login_id: Option<String>,
    /// メールアドレス; erased when closed. Shown masked only (S5).
    pub email: Option<String>,
    /// Web表示
    #[sqlx(try_from = "String")]
    pub web_display: WebDisplay,
    /// 登録
    pub registered_at: DateTime<Utc>,
    /// Mails have come back since then.
    pub bounced_at: Option<DateTime<Utc>>,
    /// 最終ログイン
    pub last_login_at: Option<DateTime<Utc>>,
    /// ログインパスワード変更
    pub login_changed_at: Option<DateTime<Utc>>,
    /// 閲覧用パスワードを本人が変更
    pub viewing_changed_at: Option<DateTime<Utc>>,
    /// 秘密の質問の変更
    pub question_changed_at: Option<DateTime<Utc>>,
    /// 健康ポイントの申込
    pub points_applied_at: Option<DateTime<Utc>>,
    /// 閉鎖
    pub closed_at: Option<DateTime<Utc>>,
    /// Why, as a code of `DeadReason`.
    pub closed_reason: Option<String>,
}

impl Account {
    /// L4: when the login was last seen in the member's own hands: at the registration, a log-in, or an own password.
    pub fn login_in_use_at(&self) -> DateTime<Utc> {
        [self.last_login_at, self.login_changed_at].into_iter().flatten().fold(self.registered_at, DateTime::max)
    }
}

/// The member's open account.
pub async fn open_of(tx: &mut Tx, member_id: i64) -> Result<Option<Account>, StoreError> {
    Ok(query!(tx, optional Account, "SELECT * FROM account WHERE member_id = $1 AND closed_at IS NULL", member_id)?)
}

/// The open accounts of several members.
pub async fn open_of_members(tx: &mut Tx, members: &[i64]) -> Result<Vec<Account>, StoreError> {
    const OPEN: super::Sql = among!("SELECT * FROM account WHERE closed_at IS NULL AND member_id IN ", "");
    Ok(query!(tx, all Account, OPEN, super::query::id_list(members))?)
}

/// The member's latest account, open or closed.
pub async fn latest_of(tx: &mut Tx, member_id: i64) -> Result<Option<Account>, StoreError> {
    Ok(query!(tx, optional Account, "SELECT * FROM account WHERE member_id = $1 ORDER BY id DESC LIMIT 1", member_id)?)
}

/// The latest account, open or closed, of each of these members who has one.
pub async fn latest_of_members(tx: &mut Tx, members: &[i64]) -> Result<Vec<Account>, StoreError> {
    const LATEST: Sql = among!(
        "SELECT a.* FROM account a WHERE a.member_id IN ",
        "
             AND NOT EXISTS (SELECT 1 FROM account l WHERE l.member_id = a.member_id AND l.id > a.id)"
    );
    Ok(query!(tx, all Account, LATEST, id_list(members))?)
}

/// Opens accounts under the row ids given.
pub async fn insert_all(tx: &mut Tx, accounts: &[&Account]) -> Result<(), StoreError> {
    const INSERT: Sql = Sql {
        sqlite: "INSERT INTO account (id, member_id, login_id, email, web_display, registered_at, bounced_at, last_login_at,
                 login_changed_at, viewing_changed_at, question_changed_at, points_applied_at)
             SELECT value ->> 'id', value ->> 'member_id', value ->> 'login_id', value ->> 'email', value ->> 'web_display',
                 value ->> 'registered_at', value ->> 'bounced_at', value ->> 'last_login_at',
                 value ->> 'login_changed_at', value ->> 'viewing_changed_at', value ->> 'question_changed_at',
                 value ->> 'points_applied_at'
             FROM json_each($1)",
        postgres: "INSERT INTO account (id, member_id, login_id, email, web_display, registered_at, bounced_at,
                 last_login_at, login_changed_at, viewing_changed_at, question_changed_at, points_applied_at)
             SELECT * FROM json_to_recordset($1::json) AS j (id bigint, member_id bigint, login_id text, email text,
                 web_display text, registered_at timestamptz, bounced_at timestamptz, last_login_at timestamptz,
                 login_changed_at timestamptz, viewing_changed_at timestamptz, question_changed_at timestamptz,
                 points_applied_at timestamptz)",
    };
    query!(tx, execute INSERT, rows(accounts))?;
    Ok(())
}

/// Writes what portal events and closings move, of many accounts.
pub async fn update_all(tx: &mut Tx, accounts: &[&Account]) -> Result<(), StoreError> {
    const UPDATE: Sql = Sql {
        sqlite: "UPDATE account SET login_id = j.login_id, email = j.email, web_display = j.web_display,
                 bounced_at = j.bounced_at, last_login_at = j.last_login_at, login_changed_at = j.login_changed_at,
                 viewing_changed_at = j.viewing_changed_at, question_changed_at = j.question_changed_at,
                 points_applied_at = j.points_applied_at, closed_at = j.closed_at, closed_reason = j.closed_reason
             FROM (SELECT value ->> 'id' AS id, value ->> 'login_id' AS login_id, value ->> 'email' AS email,
                     value ->> 'web_display' AS web_display, value ->> 'bounced_at' AS bounced_at,
                     value ->> 'last_login_at' AS last_login_at, value ->> 'login_changed_at' AS login_changed_at,
                     value ->> 'viewing_changed_at' AS viewing_changed_at,
                     value ->> 'question_changed_at' AS question_changed_at,
                     value ->> 'points_applied_at' AS points_applied_at, value ->> 'closed_at' AS closed_at,
                     value ->> 'closed_reason' AS closed_reason FROM json_each($1)) j
             WHERE account.id = j.id",
        postgres: "UPDATE account SET login_id = j.login_id, email = j.email, web_display = j.web_display,
                 bounced_at = j.bounced_at, last_login_at = j.last_login_at, login_changed_at = j.login_changed_at,
                 viewing_changed_at = j.viewing_changed_at, question_changed_at = j.question_changed_at,
                 points_applied_at = j.points_applied_at, closed_at = j.closed_at, closed_reason = j.closed_reason
             FROM json_to_recordset($1::json) AS j (id bigint, login_id text, email text, web_display text,
                 bounced_at timestamptz, last_login_at timestamptz, login_changed_at timestamptz,
                 viewing_changed_at timestamptz, question_changed_at timestamptz, points_applied_at timestamptz,
                 closed_at timestamptz, closed_reason text)
             WHERE account.id = j.id",
    };
    query!(tx, execute UPDATE, rows(accounts))?;
    Ok(())
}

/// Accounts as a JSON list, one bound value for all of them.
fn rows(accounts: &[&Account]) -> String {
    let row = |account: &&Account| {
        json!({
            "id": account.id,
            "member_id": account.member_id,
            "login_id": account.login_id,
            "email": account.email,
            "web_display": account.web_display.code(),
            "registered_at": instant(account.registered_at),
            "bounced_at": account.bounced_at.map(instant),
            "last_login_at": account.last_login_at.map(instant),
            "login_changed_at": account.login_changed_at.map(instant),
            "viewing_changed_at": account.viewing_changed_at.map(instant),
            "question_changed_at": account.question_changed_at.map(instant),
            "points_applied_at": account.points_applied_at.map(instant),
            "closed_at": account.closed_at.map(instant),
            "closed_reason": account.closed_reason,
        })
    };
    serde_json::Value::from_iter(accounts.iter().map(row)).to_string()
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Account>, StoreError> {
    Ok(query!(tx, optional Account, "SELECT * FROM account WHERE id = $1", id)?)
}

/// A new account; its row id.
pub async fn insert(
    tx: &mut Tx,
    member_id: i64,
    login_id: &str,
    email: &str,
    display: WebDisplay,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO account (member_id, login_id, email, web_display, registered_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        member_id,
        login_id,
        email,
        display.code(),
        micros(at)
    )?)
}

/// Writes the fields that the portal's events move.
pub async fn update(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE account SET email = $2, web_display = $3, bounced_at = $4, last_login_at = $5, login_changed_at = $6, viewing_changed_at = $7, question_changed_at = $8, points_applied_at = $9 WHERE id = $1",
        account.id,
        account.email.as_deref(),
        account.web_display.code(),
        account.bounced_at.map(micros),
        account.last_login_at.map(micros),
        account.login_changed_at.map(micros),
        account.viewing_changed_at.map(micros),
        account.question_changed_at.map(micros),
        account.points_applied_at.map(micros)
    )?;
    Ok(())
}

/// A9: login ID and mail are erased, the tombstone stays.
pub async fn close(tx: &mut Tx, id: i64, at: DateTime<Utc>, reason: &str) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE account SET login_id = NULL, email = NULL, closed_at = $2, closed_reason = $3 WHERE id = $1",
        id,
        micros(at),
        reason
    )?;
    Ok(())
}

/// P1: the registry takes back the losses that closed the latest accounts of these members.
pub async fn reinstate(tx: &mut Tx, members: &[i64], at: DateTime<Utc>) -> Result<(), StoreError> {
    const REINSTATE: Sql = among!(
        "UPDATE account SET reinstated_at = $2 WHERE closed_reason = 'member_lost' AND NOT EXISTS
             (SELECT 1 FROM account l WHERE l.member_id = account.member_id AND l.id > account.id) AND member_id IN ",
        ""
    );
    query!(tx, execute REINSTATE, id_list(members), micros(at))?;
    Ok(())
}

/// Members who have lost their qualification by `today` and still have an open account.
pub async fn of_lost_members(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    Ok(query!(
        tx,
        values i64,
        "SELECT m.id FROM account a JOIN member m ON m.id = a.member_id WHERE a.closed_at IS NULL AND m.lost_on <= $1 ORDER BY m.id",
        today
    )?)
}

/// Records and those that follow them under another number by `today` (A3), of one person.
macro_rules! renumbered {
    ($accounts:literal, $open:literal) => {
        concat!(
            // Few records have a former number: CROSS JOIN makes SQLite begin with them.
            "SELECT DISTINCT n.id, o.id FROM member n CROSS JOIN member o",
            $accounts,
            " WHERE n.former_symbol IS NOT NULL AND n.acquired_on <= $1 AND ",
            succeeds!(),
            $open,
            " ORDER BY o.id"
        )
    };
}

/// Members with an open account whose number has changed by `today` (A3): the later record, and the one before it.
pub async fn renumbered_open(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = renumbered!(" CROSS JOIN account a", " AND a.member_id = o.id AND a.closed_at IS NULL");
    Ok(query!(tx, all(i64, i64), sql, today)?)
}

/// The same of all members.
pub async fn renumbered(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(i64, i64)>, StoreError> {
    Ok(query!(tx, all(i64, i64), renumbered!("", ""), today)?)
}

/// When the portal last told of such an event.
pub async fn last_event(tx: &mut Tx, member_id: i64, kind: EventKind) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(query!(
        tx,
        maybe DateTime<Utc>,
        "SELECT occurred_at FROM portal_event WHERE member_id = $1 AND kind = $2 ORDER BY occurred_at DESC LIMIT 1",
        member_id,
        kind.code()
    )?)
}

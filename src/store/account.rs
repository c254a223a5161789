//! A member's registration on the portal.

use super::{StoreError, Tx, micros};
use crate::domain::WebDisplay;
use crate::domain::portal::EventKind;
use chrono::{DateTime, NaiveDate, Utc};

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
    const OPEN: super::Sql = super::Sql {
        sqlite: "SELECT * FROM account WHERE closed_at IS NULL AND member_id IN (SELECT value FROM json_each($1))",
        postgres: "SELECT * FROM account WHERE closed_at IS NULL
             AND member_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))",
    };
    Ok(query!(tx, all Account, OPEN, super::query::id_list(members))?)
}

/// The member's latest account, open or closed.
pub async fn latest_of(tx: &mut Tx, member_id: i64) -> Result<Option<Account>, StoreError> {
    Ok(query!(tx, optional Account, "SELECT * FROM account WHERE member_id = $1 ORDER BY id DESC LIMIT 1", member_id)?)
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

/// Members who have lost their qualification by `today` and still have an open account.
pub async fn of_lost_members(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    Ok(query!(
        tx,
        values i64,
        "SELECT m.id FROM account a JOIN member m ON m.id = a.member_id WHERE a.closed_at IS NULL AND m.lost_on <= $1 ORDER BY m.id",
        today
    )?)
}

/// Members with an open account whose number was changed to another record by `today` (A3).
///
/// A member who goes back to an old number (101-1, 102-5, 101-1 again) leaves two records that name each other: the one
/// acquired later is in force. Of two acquired on one day it cannot be told, so neither closes for that.
pub async fn of_renumbered_members(tx: &mut Tx, today: NaiveDate) -> Result<Vec<i64>, StoreError> {
    // Few records have a former number: CROSS JOIN makes SQLite begin with them.
    Ok(query!(
        tx,
        values i64,
        "SELECT DISTINCT o.id FROM member n CROSS JOIN member o CROSS JOIN account a
         WHERE n.former_symbol IS NOT NULL AND n.acquired_on <= $1
           AND o.symbol = n.former_symbol AND o.number = n.former_number AND o.branch = n.former_branch AND o.id <> n.id
           AND COALESCE(o.person_id, o.id) = COALESCE(n.person_id, n.id)
           AND (n.acquired_on > o.acquired_on OR (n.acquired_on = o.acquired_on AND NOT
                (COALESCE(o.former_symbol, '') = n.symbol AND COALESCE(o.former_number, '') = n.number AND COALESCE(o.former_branch, '') = n.branch)))
           AND a.member_id = o.id AND a.closed_at IS NULL ORDER BY o.id",
        today
    )?)
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

//! 返信.

use super::{KeyColumns, StoreError, Tx, micros};
use crate::domain::NoSuchStep;
use crate::domain::diagnosis::Language;
use crate::domain::request::{ReplyState, ReplyStep, ReplyWay};
use chrono::{DateTime, Utc};

/// A reply as stored, with what it answers.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Reply {
    /// Number of the reply.
    pub id: i64,
    /// Row ID of the request.
    pub request_id: i64,
    #[sqlx(try_from = "String")]
    state: ReplyState,
    /// In which language the sender is written to.
    #[sqlx(try_from = "String")]
    pub language: Language,
    /// What the sender is told.
    pub body: String,
    /// Staff ID of the last who wrote it.
    pub drafted_by: Option<String>,
    /// Instant of the last change of its words.
    pub drafted_at: Option<DateTime<Utc>>,
    /// Staff ID of the last who exported it.
    pub exported_by: Option<String>,
    /// Instant of the last export.
    pub exported_at: Option<DateTime<Utc>>,
    /// Staff ID of who sent or withdrew it; none where the program withdrew it.
    pub ended_by: Option<String>,
    /// Instant at which it was sent or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
    via: Option<String>,
    /// 受付番号
    pub receipt: String,
    /// The name that the sender gave.
    pub name: String,
    /// メールアドレス; shown masked only (S5).
    pub email: String,
    /// 電話
    pub phone: String,
    /// The ground of the request, as code or words.
    pub reason: Option<String>,
    /// Row ID of the member that the request was matched to.
    pub member_id: Option<i64>,
    symbol: Option<String>,
    number: Option<String>,
    branch: Option<String>,
}

impl Reply {
    /// Where it stands.
    pub const fn state(&self) -> ReplyState {
        self.state
    }

    /// How it was sent.
    pub fn via(&self) -> Option<ReplyWay> {
        self.via.as_deref()?.parse().ok()
    }

    /// The key of the member that the request was matched to.
    pub fn member(&self) -> Option<KeyColumns> {
        let (symbol, number, branch) = (self.symbol.clone()?, self.number.clone()?, self.branch.clone()?);
        Some(KeyColumns { symbol, number, branch })
    }

    /// Gives it other words: it is a draft again.
    pub fn edit(&mut self, body: String, by: &str, at: DateTime<Utc>) -> Result<(), NoSuchStep> {
        self.step(ReplyStep::Edit)?;
        (self.body, self.drafted_by, self.drafted_at) = (body, Some(by.to_owned()), Some(at));
        Ok(())
    }

    /// Its mail file is written.
    pub fn export(&mut self, by: &str, at: DateTime<Utc>) -> Result<(), NoSuchStep> {
        self.step(ReplyStep::Export)?;
        (self.exported_by, self.exported_at) = (Some(by.to_owned()), Some(at));
        Ok(())
    }

    /// It was sent.
    pub fn send(&mut self, via: ReplyWay, by: &str, at: DateTime<Utc>) -> Result<(), NoSuchStep> {
        self.step(ReplyStep::Send)?;
        (self.ended_by, self.ended_at, self.via) = (Some(by.to_owned()), Some(at), Some(via.code().to_owned()));
        Ok(())
    }

    /// It is not sent; `by` is none where the program withdraws it.
    pub fn withdraw(&mut self, by: Option<&str>, at: DateTime<Utc>) -> Result<(), NoSuchStep> {
        self.step(ReplyStep::Withdraw)?;
        (self.ended_by, self.ended_at) = (by.map(str::to_owned), Some(at));
        Ok(())
    }

    fn step(&mut self, step: ReplyStep) -> Result<(), NoSuchStep> {
        self.state = self.state.after(step).ok_or(NoSuchStep)?;
        Ok(())
    }
}

macro_rules! replies {
    ($rest:literal) => {
        concat!(
            "SELECT y.*, r.receipt, r.name, r.email, r.phone, r.reason, r.member_id, m.symbol, m.number, m.branch
             FROM reply y JOIN request r ON r.id = y.request_id LEFT JOIN member m ON m.id = r.member_id ",
            $rest
        )
    };
}

/// Stores a draft; its number.
pub async fn insert(
    tx: &mut Tx,
    request_id: i64,
    (language, body): (Language, &str),
    by: &str,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    Ok(query!(
        tx,
        value i64,
        "INSERT INTO reply (request_id, state, language, body, drafted_by, drafted_at) VALUES ($1, 'draft', $2, $3, $4, $5)
         RETURNING id",
        request_id,
        language.code(),
        body,
        by,
        micros(at)
    )?)
}

/// Writes back what a step changes. `from` is the state that it was read in: false where it was moved since.
pub async fn update(tx: &mut Tx, reply: &Reply, from: ReplyState) -> Result<bool, StoreError> {
    let touched = query!(
        tx,
        execute "UPDATE reply SET state = $3, body = $4, drafted_by = $5, drafted_at = $6, exported_by = $7, exported_at = $8,
         ended_by = $9, ended_at = $10, via = $11 WHERE id = $1 AND state = $2",
        reply.id,
        from.code(),
        reply.state.code(),
        &reply.body,
        reply.drafted_by.as_deref(),
        reply.drafted_at.map(micros),
        reply.exported_by.as_deref(),
        reply.exported_at.map(micros),
        reply.ended_by.as_deref(),
        reply.ended_at.map(micros),
        reply.via.as_deref()
    )?;
    Ok(touched == 1)
}

/// One by number.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Reply>, StoreError> {
    Ok(query!(tx, optional Reply, replies!("WHERE y.id = $1"), id)?)
}

/// The draft of a request.
pub async fn draft_of(tx: &mut Tx, request_id: i64) -> Result<Option<Reply>, StoreError> {
    Ok(query!(tx, optional Reply, replies!("WHERE y.request_id = $1 AND y.state = 'draft'"), request_id)?)
}

/// The last reply of a request that was not withdrawn.
pub async fn last_of(tx: &mut Tx, request_id: i64) -> Result<Option<Reply>, StoreError> {
    let sql = replies!("WHERE y.request_id = $1 AND y.state <> 'withdrawn' ORDER BY y.id DESC LIMIT 1");
    Ok(query!(tx, optional Reply, sql, request_id)?)
}

/// Those that must still be sent, the oldest first.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Reply>, StoreError> {
    let sql = replies!("WHERE y.state IN ('draft', 'exported') ORDER BY y.drafted_at, y.id LIMIT $1");
    Ok(query!(tx, all Reply, sql, limit)?)
}

/// All of them, the newest first.
pub async fn newest(tx: &mut Tx, limit: i64) -> Result<Vec<Reply>, StoreError> {
    Ok(query!(tx, all Reply, replies!("ORDER BY y.id DESC LIMIT $1"), limit)?)
}

/// The numbers of those whose mail file was written and may be there still.
pub async fn exported(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    Ok(query!(tx, values i64, "SELECT id FROM reply WHERE state = 'exported' ORDER BY id")?)
}

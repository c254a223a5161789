//! 加入者, many at a time.

use super::copy::CopyText;
use crate::store::{Sql, StoreError, Tx};
use chrono::NaiveDate;
use futures::TryStreamExt;
use sqlx::{QueryBuilder, Sqlite};

/// A row of `member` as the importer compares and writes it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRecord {
    /// 記号, folded.
    pub symbol: String,
    /// 番号, folded.
    pub number: String,
    /// 枝番, folded.
    pub branch: String,
    /// As the registry wrote it.
    pub symbol_shown: String,
    /// As the registry wrote it.
    pub number_shown: String,
    /// As the registry wrote it.
    pub branch_shown: String,
    /// Code of `Relation`.
    pub relation: String,
    /// 続柄
    pub relationship: String,
    /// 氏名カナ
    pub kana: String,
    /// Search key of the reading.
    pub kana_key: String,
    /// 氏名
    pub name: String,
    /// Search key of the name.
    pub name_key: String,
    /// Code of `Sex`.
    pub sex: Option<String>,
    /// 生年月日
    pub born_on: NaiveDate,
    /// 取得日
    pub acquired_on: NaiveDate,
    /// 喪失日
    pub lost_on: Option<NaiveDate>,
    /// 喪失事由
    pub loss_reason: String,
    /// Row id of the employer.
    pub employer_id: Option<i64>,
    /// 任意継続
    pub voluntary: bool,
    /// 旧記号
    pub former_symbol: Option<String>,
    /// 旧番号
    pub former_number: Option<String>,
    /// 旧枝番
    pub former_branch: Option<String>,
    /// Code of `ChangeReason`.
    pub change_reason: Option<String>,
    /// 巡回健診対象
    pub checkup: bool,
}

/// Between two fields; no field has it, because control characters never come in.
const BETWEEN: char = '\u{1F}';

impl MemberRecord {
    /// The key as one text, `260-1-00`.
    pub fn key(&self) -> String {
        format!("{}-{}-{}", self.symbol, self.number, self.branch)
    }

    /// Every field in one text, the key first: what [`each_member`] gives of the record in the database.
    pub fn content(&self) -> String {
        let mut text = String::with_capacity(256);
        let mut field = |value: &str| {
            text.push_str(value);
            text.push(BETWEEN);
        };
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        for value in [&self.symbol, &self.number, &self.branch] {
            field(value);
        }
        for value in [&self.symbol_shown, &self.number_shown, &self.branch_shown, &self.relation, &self.relationship] {
            field(value);
        }
        for value in [&self.kana, &self.kana_key, &self.name, &self.name_key] {
            field(value);
        }
        field(self.sex.as_deref().unwrap_or_default());
        field(&date(Some(self.born_on)));
        field(&date(Some(self.acquired_on)));
        field(&date(self.lost_on));
        field(&self.loss_reason);
        field(&self.employer_id.map(|id| id.to_string()).unwrap_or_default());
        for value in [&self.former_symbol, &self.former_number, &self.former_branch, &self.change_reason] {
            field(value.as_deref().unwrap_or_default());
        }
        field(if self.voluntary { "1" } else { "0" });
        field(if self.checkup { "1" } else { "0" });
        text
    }

    /// The part of a content that is the key.
    pub fn key_of(content: &str) -> &str {
        let end = content.match_indices(BETWEEN).nth(2).map_or(content.len(), |(at, _)| at);
        &content[..end]
    }
}

/// One text a row: reading twenty-five columns of a million rows one by one takes three times as long.
const CONTENTS: Sql = Sql {
    sqlite: "SELECT id, CASE WHEN lost_on IS NULL OR lost_on > $1 THEN 1 ELSE 0 END,
        symbol || char(31) || number || char(31) || branch || char(31) || symbol_shown || char(31) || number_shown || char(31) || branch_shown || char(31) ||
        relation || char(31) || relationship || char(31) || kana || char(31) || kana_key || char(31) || name || char(31) || name_key || char(31) ||
        COALESCE(sex, '') || char(31) || born_on || char(31) || acquired_on || char(31) || COALESCE(lost_on, '') || char(31) || loss_reason || char(31) ||
        COALESCE(employer_id, '') || char(31) || COALESCE(former_symbol, '') || char(31) || COALESCE(former_number, '') || char(31) ||
        COALESCE(former_branch, '') || char(31) || COALESCE(change_reason, '') || char(31) || voluntary || char(31) || checkup || char(31) FROM member",
    postgres: "SELECT id, CASE WHEN lost_on IS NULL OR lost_on > $1 THEN 1::bigint ELSE 0::bigint END,
        concat_ws(chr(31), symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key, name, name_key,
        COALESCE(sex, ''), to_char(born_on, 'YYYY-MM-DD'), to_char(acquired_on, 'YYYY-MM-DD'), COALESCE(to_char(lost_on, 'YYYY-MM-DD'), ''), loss_reason,
        COALESCE(employer_id::text, ''), COALESCE(former_symbol, ''), COALESCE(former_number, ''), COALESCE(former_branch, ''), COALESCE(change_reason, ''),
        voluntary::int, checkup::int, '') FROM member",
};

/// Hands over every member's row id, whether the qualification lasts beyond `today`, and content.
pub async fn each_member(
    tx: &mut Tx,
    today: NaiveDate,
    mut each: impl FnMut(i64, bool, &str),
) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(t) => {
            let mut rows = sqlx::query_as::<_, (i64, i64, String)>(CONTENTS.sqlite).bind(today).fetch(&mut **t);
            while let Some((id, in_force, content)) = rows.try_next().await? {
                each(id, in_force == 1, &content);
            }
        }
        Tx::Postgres(t) => {
            let mut rows = sqlx::query_as::<_, (i64, i64, String)>(CONTENTS.postgres).bind(today).fetch(&mut **t);
            while let Some((id, in_force, content)) = rows.try_next().await? {
                each(id, in_force == 1, &content);
            }
        }
    }
    Ok(())
}

/// One record as it stands, before a change.
pub async fn member_record(tx: &mut Tx, id: i64) -> Result<Option<MemberRecord>, StoreError> {
    Ok(query!(tx, optional MemberRecord, "SELECT * FROM member WHERE id = $1", id)?)
}

/// The first row id that is free.
pub async fn next_member_id(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT COALESCE(MAX(id), 0) + 1 FROM member")?)
}

const INTO: &str = "INSERT INTO member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key, name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, former_symbol, former_number, former_branch, change_reason, checkup) ";

const COPY: &str = "COPY member (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key, name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, former_symbol, former_number, former_branch, change_reason, checkup) FROM STDIN";

/// SQLite takes 32,766 values in one statement; a member has 25.
const ROWS: usize = 1_000;

/// Inserts new members under the row ids given.
pub async fn insert_members(tx: &mut Tx, members: &[(i64, MemberRecord)]) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(t) => {
            for rows in members.chunks(ROWS) {
                let mut query = QueryBuilder::<Sqlite>::new(INTO);
                query.push_values(rows, |mut row, (id, m)| {
                    row.push_bind(id).push_bind(&m.symbol).push_bind(&m.number).push_bind(&m.branch);
                    row.push_bind(&m.symbol_shown).push_bind(&m.number_shown).push_bind(&m.branch_shown);
                    row.push_bind(&m.relation).push_bind(&m.relationship);
                    row.push_bind(&m.kana).push_bind(&m.kana_key).push_bind(&m.name).push_bind(&m.name_key);
                    row.push_bind(&m.sex).push_bind(m.born_on).push_bind(m.acquired_on).push_bind(m.lost_on);
                    row.push_bind(&m.loss_reason).push_bind(m.employer_id).push_bind(m.voluntary);
                    row.push_bind(&m.former_symbol).push_bind(&m.former_number).push_bind(&m.former_branch);
                    row.push_bind(&m.change_reason).push_bind(m.checkup);
                });
                query.build().persistent(rows.len() == ROWS).execute(&mut **t).await?;
            }
        }
        Tx::Postgres(t) => {
            let mut copy = CopyText::default();
            for (id, member) in members {
                copy_member(&mut copy, *id, member);
            }
            copy.send(t, COPY).await?;
            sqlx::query("SELECT setval(pg_get_serial_sequence('member', 'id'), $1)")
                .bind(members.last().map_or(1, |(id, _)| *id))
                .execute(&mut **t)
                .await?;
        }
    }
    Ok(())
}

fn copy_member(copy: &mut CopyText, id: i64, m: &MemberRecord) {
    copy.number(Some(id));
    for text in [&m.symbol, &m.number, &m.branch, &m.symbol_shown, &m.number_shown, &m.branch_shown] {
        copy.text(Some(text));
    }
    for text in [&m.relation, &m.relationship, &m.kana, &m.kana_key, &m.name, &m.name_key] {
        copy.text(Some(text));
    }
    copy.text(m.sex.as_deref());
    copy.date(Some(m.born_on));
    copy.date(Some(m.acquired_on));
    copy.date(m.lost_on);
    copy.text(Some(&m.loss_reason));
    copy.number(m.employer_id);
    copy.truth(m.voluntary);
    for text in [&m.former_symbol, &m.former_number, &m.former_branch, &m.change_reason] {
        copy.text(text.as_deref());
    }
    copy.truth(m.checkup);
    copy.end();
}

/// Writes one changed member.
pub async fn update_member(tx: &mut Tx, id: i64, m: &MemberRecord) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE member SET symbol_shown = $2, number_shown = $3, branch_shown = $4, relation = $5, relationship = $6, kana = $7, kana_key = $8,
         name = $9, name_key = $10, sex = $11, born_on = $12, acquired_on = $13, lost_on = $14, loss_reason = $15, employer_id = $16, voluntary = $17,
         former_symbol = $18, former_number = $19, former_branch = $20, change_reason = $21, checkup = $22 WHERE id = $1",
        id,
        &m.symbol_shown,
        &m.number_shown,
        &m.branch_shown,
        &m.relation,
        &m.relationship,
        &m.kana,
        &m.kana_key,
        &m.name,
        &m.name_key,
        m.sex.as_deref(),
        m.born_on,
        m.acquired_on,
        m.lost_on,
        &m.loss_reason,
        m.employer_id,
        m.voluntary,
        m.former_symbol.as_deref(),
        m.former_number.as_deref(),
        m.former_branch.as_deref(),
        m.change_reason.as_deref(),
        m.checkup
    )?;
    Ok(())
}

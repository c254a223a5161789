//! 加入者, many at a time.

use super::copy::CopyText;
use crate::store::{StoreError, Tx};
use chrono::NaiveDate;
use futures::TryStreamExt;
use sqlx::{QueryBuilder, Sqlite};

/// A row of `member` as the importer compares and writes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, sqlx::FromRow)]
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

/// A record with its row id.
#[derive(Debug, sqlx::FromRow)]
struct Numbered {
    id: i64,
    #[sqlx(flatten)]
    record: MemberRecord,
}

const ALL: &str = "SELECT * FROM member";

/// Hands every record over, one at a time.
pub async fn each_member(tx: &mut Tx, mut each: impl FnMut(i64, &MemberRecord)) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(t) => {
            let mut rows = sqlx::query_as::<_, Numbered>(ALL).fetch(&mut **t);
            while let Some(row) = rows.try_next().await? {
                each(row.id, &row.record);
            }
        }
        Tx::Postgres(t) => {
            let mut rows = sqlx::query_as::<_, Numbered>(ALL).fetch(&mut **t);
            while let Some(row) = rows.try_next().await? {
                each(row.id, &row.record);
            }
        }
    }
    Ok(())
}

/// One record as it stands, before a change.
pub async fn member_record(tx: &mut Tx, id: i64) -> Result<Option<MemberRecord>, StoreError> {
    Ok(run!(tx, optional MemberRecord, "SELECT * FROM member WHERE id = $1", id)?)
}

/// The first row id that is free.
pub async fn next_member_id(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(run!(tx, value i64, "SELECT COALESCE(MAX(id), 0) + 1 FROM member")?)
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
    run!(
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

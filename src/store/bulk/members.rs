//! 加入者, many at a time.

use super::copy::CopyText;
use super::record::{BETWEEN, Columns, RecordColumn, RecordField, record};
use crate::store::query::id_list;
use crate::store::{Sql, StoreError, Tx};
use chrono::NaiveDate;
use futures::TryStreamExt;
use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashMap;
use std::sync::LazyLock;

record! {
    /// A row of `member` as the importer compares and writes it.
    pub struct MemberRecord {
        key {
            /// 記号, folded.
            symbol: String,
            /// 番号, folded.
            number: String,
            /// 枝番, folded.
            branch: String,
        }
        /// As the registry wrote it.
        symbol_shown: String,
        /// As the registry wrote it.
        number_shown: String,
        /// As the registry wrote it.
        branch_shown: String,
        /// Code of `Relation`.
        relation: String,
        /// 続柄
        relationship: String,
        /// 氏名カナ
        kana: String,
        /// Search key of the reading.
        kana_key: String,
        /// 氏名
        name: String,
        /// Search key of the name.
        name_key: String,
        /// Code of `Sex`.
        sex: Option<String>,
        /// 生年月日
        born_on: NaiveDate,
        /// 取得日
        acquired_on: NaiveDate,
        /// 喪失日
        lost_on: Option<NaiveDate>,
        /// 喪失事由
        loss_reason: String,
        /// Row id of the employer.
        employer_id: Option<i64>,
        /// 任意継続
        voluntary: bool,
        /// 旧記号
        former_symbol: Option<String>,
        /// 旧番号
        former_number: Option<String>,
        /// 旧枝番
        former_branch: Option<String>,
        /// Code of `ChangeReason`.
        change_reason: Option<String>,
        /// 巡回健診対象
        checkup: bool,
    }
}

impl MemberRecord {
    /// The key as one text, `260-1-00`.
    pub fn key(&self) -> String {
        format!("{}-{}-{}", self.symbol, self.number, self.branch)
    }

    /// The part of a content that is the key.
    pub fn key_of(content: &str) -> &str {
        let last = Self::COLUMNS.keys.len() - 1;
        let end = content.match_indices(BETWEEN).nth(last).map_or(content.len(), |(at, _)| at);
        &content[..end]
    }
}

/// The statements, made of the record's columns once.
struct Statements {
    /// Row id, whether the qualification lasts beyond `$1`, and content. One text a row: reading the columns of a million
    /// rows one by one takes three times as long.
    contents: [String; 2],
    /// Before its values; the row id comes first.
    insert: String,
    copy: String,
    /// On SQLite and on PostgreSQL.
    update: [String; 2],
}

static STATEMENTS: LazyLock<Statements> = LazyLock::new(|| {
    let (names, [sqlite, postgres]) = (MemberRecord::COLUMNS.names(), MemberRecord::COLUMNS.content());
    let contents = |text: &str, yes: &str, no: &str| {
        format!(
            "SELECT id, CASE WHEN lost_on IS NULL OR lost_on > $1 THEN {yes} ELSE {no} END, {text} FROM member
             WHERE replaced_on IS NULL"
        )
    };
    Statements {
        contents: [contents(&sqlite, "1", "0"), contents(&postgres, "1::bigint", "0::bigint")],
        insert: format!("INSERT INTO member (id, run_id, {names}) "),
        copy: format!("COPY member (id, run_id, {names}) FROM STDIN"),
        update: MemberRecord::COLUMNS.update("member"),
    }
});

/// Hands over every member's row id, whether the qualification lasts beyond `today`, and content.
pub async fn each_member(
    tx: &mut Tx,
    today: NaiveDate,
    mut each: impl FnMut(i64, bool, &str),
) -> Result<(), StoreError> {
    let [sqlite, postgres] = &STATEMENTS.contents;
    match tx {
        Tx::Sqlite(t) => {
            let mut rows = sqlx::query_as::<_, (i64, i64, String)>(sqlite.as_str()).bind(today).fetch(&mut **t);
            while let Some((id, in_force, content)) = rows.try_next().await? {
                each(id, in_force == 1, &content);
            }
        }
        Tx::Postgres(t) => {
            let mut rows = sqlx::query_as::<_, (i64, i64, String)>(postgres.as_str()).bind(today).fetch(&mut **t);
            while let Some((id, in_force, content)) = rows.try_next().await? {
                each(id, in_force == 1, &content);
            }
        }
    }
    Ok(())
}

#[derive(Debug, sqlx::FromRow)]
struct NumberedMember {
    id: i64,
    #[sqlx(flatten)]
    record: MemberRecord,
}

/// Records by row id, as they are before a change.
pub async fn member_records(tx: &mut Tx, ids: &[i64]) -> Result<HashMap<i64, MemberRecord>, StoreError> {
    const BY_IDS: Sql = among!("SELECT * FROM member WHERE id IN ", "");
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = query!(tx, all NumberedMember, BY_IDS, id_list(ids))?;
    Ok(rows.into_iter().map(|row| (row.id, row.record)).collect())
}

/// The first row id that was never used.
pub async fn next_member_id(tx: &mut Tx) -> Result<i64, StoreError> {
    const NEXT: Sql = Sql {
        sqlite: "SELECT COALESCE(MAX(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'member'",
        postgres: "SELECT GREATEST((SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()
             AND sequencename = 'member_id_seq'), (SELECT MAX(id) FROM member), 0) + 1",
    };
    Ok(query!(tx, value i64, NEXT)?)
}

/// SQLite takes 32,766 values in one statement; a member has 26.
const ROWS: usize = 1_000;

/// Inserts new members under the row ids given, for an import.
pub async fn insert_members(tx: &mut Tx, run: i64, members: &[(i64, MemberRecord)]) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(t) => {
            for rows in members.chunks(ROWS) {
                crate::store::fault::fault()?;
                let mut query = QueryBuilder::<Sqlite>::new(STATEMENTS.insert.as_str());
                query.push_values(rows, |mut row, (id, member)| {
                    row.push_bind(id).push_bind(run);
                    member.push(&mut row);
                });
                query.build().persistent(rows.len() == ROWS).execute(&mut **t).await?;
            }
        }
        Tx::Postgres(t) => {
            crate::store::fault::fault()?;
            let mut copy = CopyText::default();
            for (id, member) in members {
                copy.number(Some(*id));
                copy.number(Some(run));
                member.copy(&mut copy);
                copy.end();
            }
            copy.send(t, &STATEMENTS.copy).await?;
            sqlx::query("SELECT setval(pg_get_serial_sequence('member', 'id'), $1)")
                .bind(members.last().map_or(1, |(id, _)| *id))
                .execute(&mut **t)
                .await?;
        }
    }
    Ok(())
}

/// A record with its row id.
#[derive(serde::Serialize)]
struct Identified<'a> {
    id: i64,
    #[serde(flatten)]
    record: &'a MemberRecord,
}

/// Writes changed members, for an import.
pub async fn update_members<'a>(
    tx: &mut Tx,
    run: i64,
    members: impl IntoIterator<Item = (i64, &'a MemberRecord)>,
) -> Result<(), StoreError> {
    let rows: Vec<Identified<'_>> = members.into_iter().map(|(id, record)| Identified { id, record }).collect();
    let [sqlite, postgres] = &STATEMENTS.update;
    for rows in rows.chunks(ROWS) {
        let rows = serde_json::to_string(rows).map_err(|e| sqlx::Error::Encode(e.into()))?;
        query!(tx, execute Sql { sqlite, postgres }, rows, run)?;
    }
    Ok(())
}

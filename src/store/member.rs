//! 加入者: by key, by kana, by kanji.

use super::{KeyColumns, Sql, StoreError, Tx};
use crate::domain::{MemberKey, Relation};
use crate::text::{Period, search_grams};
use chrono::{DateTime, NaiveDate, Utc};

/// A member as the registry last gave it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Member {
    /// Row ID of the member.
    #[serde(skip)]
    pub id: i64,
    /// 記号・番号・枝番
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub key: KeyColumns,
    /// 本人家族区分
    #[sqlx(try_from = "String")]
    pub relation: Relation,
    /// 続柄
    pub relationship: String,
    /// 氏名カナ, full width.
    pub kana: String,
    /// 氏名
    pub name: String,
    /// 性別: `1` 男, `2` 女.
    pub sex: Option<String>,
    /// 生年月日
    pub born_on: NaiveDate,
    /// 資格取得日
    pub acquired_on: NaiveDate,
    /// 資格喪失日
    pub lost_on: Option<NaiveDate>,
    /// 喪失事由
    pub loss_reason: String,
    /// The employer's row id.
    #[serde(skip)]
    pub employer_id: Option<i64>,
    /// 任意継続
    pub voluntary: bool,
    /// 旧記号
    pub former_symbol: Option<String>,
    /// 旧番号
    pub former_number: Option<String>,
    /// 旧枝番
    pub former_branch: Option<String>,
    /// 変更事由, as a code of `ChangeReason`.
    pub change_reason: Option<String>,
    /// 巡回健診対象
    pub checkup: bool,
    /// Row ID of the person's first membership; none in that one.
    #[serde(skip)]
    pub person_id: Option<i64>,
    /// A11: the day on which the number was given to another person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_on: Option<NaiveDate>,
    /// A11: row ID of the insured that a dependant belongs to, where the number went to another insured since. Versions
    /// do not have it.
    #[sqlx(default)]
    #[serde(skip)]
    pub earlier_insured_id: Option<i64>,
}

impl Member {
    /// The person: the row ID of their first membership.
    pub fn person(&self) -> i64 {
        self.person_id.unwrap_or(self.id)
    }

    /// `260-1-00`, as in the audit log.
    pub fn key(&self) -> String {
        self.key.to_string()
    }
}

/// A note on the member's page, under whichever of the person's numbers it was written.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct NoteView {
    /// The number then: `260-1-00`.
    pub member: String,
    /// Instant of the contact.
    pub at: DateTime<Utc>,
    /// Staff ID of the author.
    pub staff: String,
    /// Phone, form or counter.
    pub channel: String,
    /// A topic's code, or `other`.
    pub topic: String,
    /// What was said.
    pub body: String,
    /// When to call again.
    pub follow_up_on: Option<NaiveDate>,
    /// When that was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Staff ID of the person who did it.
    pub done_by: Option<String>,
    /// What came of it.
    pub closing: Option<String>,
    /// A code of `Section`: where the caller was sent on to.
    pub referred: Option<String>,
    /// Row ID of the membership.
    pub id: i64,
    /// Who called: a code of `CallerKind`.
    pub caller: Option<String>,
    /// The number to call back.
    pub phone: String,
    /// The note that this one supplements or corrects.
    pub adds_to: Option<i64>,
}

/// A request on the member's page, for whichever of the person's numbers it was made.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct RequestLine {
    /// The number then: `260-1-00`.
    pub member: String,
    /// 受付番号
    pub receipt: String,
    /// 受付日時
    pub received_at: DateTime<Utc>,
    /// Its state's code.
    pub state: String,
}

/// The present holder of a key.
pub async fn by_key(tx: &mut Tx, key: &MemberKey) -> Result<Option<Member>, StoreError> {
    Ok(query!(
        tx,
        optional Member,
        "SELECT * FROM member WHERE symbol = $1 AND number = $2 AND branch = $3 AND replaced_on IS NULL",
        key.symbol.key(),
        key.number.key(),
        key.branch.key()
    )?)
}

/// The present holders of keys: symbol, number and branch, folded.
pub async fn by_keys(tx: &mut Tx, keys: &[KeyColumns]) -> Result<Vec<Member>, StoreError> {
    const BY_KEYS: Sql = Sql {
        sqlite: "SELECT m.* FROM json_each($1) j CROSS JOIN member m
             WHERE m.symbol = j.value ->> 'symbol' AND m.number = j.value ->> 'number' AND m.branch = j.value ->> 'branch'
               AND m.replaced_on IS NULL",
        postgres: "SELECT m.* FROM json_to_recordset($1::json) AS j (symbol text, number text, branch text)
             JOIN member m ON m.symbol = j.symbol AND m.number = j.number AND m.branch = j.branch
             WHERE m.replaced_on IS NULL",
    };
    let keys = serde_json::to_string(keys).map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok(query!(tx, all Member, BY_KEYS, keys)?)
}

/// Records with these former keys.
pub async fn followers(tx: &mut Tx, keys: &[KeyColumns]) -> Result<Vec<Member>, StoreError> {
    const FOLLOWERS: Sql = Sql {
        sqlite: "SELECT m.* FROM json_each($1) j CROSS JOIN member m WHERE m.former_symbol = j.value ->> 'symbol'
             AND m.former_number = j.value ->> 'number' AND m.former_branch = j.value ->> 'branch'",
        postgres: "SELECT m.* FROM json_to_recordset($1::json) AS j (symbol text, number text, branch text)
             JOIN member m ON m.former_symbol = j.symbol AND m.former_number = j.number AND m.former_branch = j.branch",
    };
    let keys = serde_json::to_string(keys).map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok(query!(tx, all Member, FOLLOWERS, keys)?)
}

/// Some by row ID.
pub async fn by_ids(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Member>, StoreError> {
    const BY_IDS: Sql = among!("SELECT * FROM member WHERE id IN ", " ORDER BY id");
    Ok(query!(tx, all Member, BY_IDS, super::query::id_list(ids))?)
}

/// One by row id.
pub async fn get(tx: &mut Tx, id: i64) -> Result<Option<Member>, StoreError> {
    Ok(query!(tx, optional Member, "SELECT * FROM member WHERE id = $1", id)?)
}

/// A family: all members under one symbol and number, the insured first.
pub async fn family(tx: &mut Tx, symbol: &str, number: &str) -> Result<Vec<Member>, StoreError> {
    Ok(query!(
        tx,
        all Member,
        "SELECT * FROM member WHERE symbol = $1 AND number = $2 AND replaced_on IS NULL ORDER BY branch",
        symbol,
        number
    )?)
}

/// The families of these members: all members under their symbols and numbers, each by branch.
pub async fn families(tx: &mut Tx, of: &[&KeyColumns]) -> Result<Vec<Member>, StoreError> {
    const FAMILIES: Sql = Sql {
        sqlite: "SELECT m.* FROM (SELECT DISTINCT value ->> 'symbol' AS symbol, value ->> 'number' AS number FROM json_each($1)) j
             CROSS JOIN member m WHERE m.symbol = j.symbol AND m.number = j.number AND m.replaced_on IS NULL
             ORDER BY m.branch",
        postgres: "SELECT m.* FROM (SELECT DISTINCT symbol, number FROM json_to_recordset($1::json)
                 AS r (symbol text, number text)) j
             JOIN member m ON m.symbol = j.symbol AND m.number = j.number AND m.replaced_on IS NULL ORDER BY m.branch",
    };
    let of = serde_json::to_string(of).map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok(query!(tx, all Member, FAMILIES, of)?)
}

/// All members under a symbol, by number.
pub async fn of_symbol(tx: &mut Tx, symbol: &str, limit: i64) -> Result<Vec<Member>, StoreError> {
    Ok(query!(
        tx,
        all Member,
        "SELECT * FROM member WHERE symbol = $1 AND replaced_on IS NULL ORDER BY LENGTH(number), number, branch LIMIT $2",
        symbol,
        limit
    )?)
}

/// Members by a prefix of the kana key, in kana order. `+` keeps SQLite from the index of birth dates, which a range
/// of all dates would read whole.
pub async fn by_kana(tx: &mut Tx, prefix: &str, born: Period, limit: i64) -> Result<Vec<Member>, StoreError> {
    const BY_KANA: Sql = Sql {
        sqlite: "SELECT * FROM member WHERE kana_key >= $1 AND kana_key < $2 AND +born_on BETWEEN $3 AND $4 ORDER BY kana_key, id LIMIT $5",
        postgres: "SELECT * FROM member WHERE kana_key >= $1 AND kana_key < $2 AND born_on BETWEEN $3 AND $4 ORDER BY kana_key, id LIMIT $5",
    };
    let end = format!("{prefix}\u{10FFFF}");
    Ok(query!(tx, all Member, BY_KANA, prefix, end, born.first, born.last, limit)?)
}

/// Whose kana and birth date are exactly these.
pub async fn by_kana_and_birth(
    tx: &mut Tx,
    kana_key: &str,
    born_on: NaiveDate,
    limit: i64,
) -> Result<Vec<Member>, StoreError> {
    Ok(query!(
        tx,
        all Member,
        "SELECT * FROM member WHERE kana_key = $1 AND born_on = $2 AND replaced_on IS NULL
         ORDER BY lost_on IS NOT NULL, id DESC LIMIT $3",
        kana_key,
        born_on,
        limit
    )?)
}

/// Whose name key contains the text. The way in is the two pieces of it that fewest names have; the rest is compared.
pub async fn by_name(tx: &mut Tx, text: &str, born: Period, limit: i64) -> Result<Vec<Member>, StoreError> {
    const BY_ONE: Sql = Sql {
        sqlite: "SELECT m.* FROM member_gram g JOIN member m ON m.id = g.member_id
             WHERE g.gram = $1 AND instr(m.name_key, $2) > 0
               AND m.born_on BETWEEN $3 AND $4 ORDER BY g.member_id LIMIT $5",
        postgres: "SELECT m.* FROM member_gram g JOIN member m ON m.id = g.member_id
             WHERE g.gram = $1 AND position($2 in m.name_key) > 0
               AND m.born_on BETWEEN $3 AND $4 ORDER BY g.member_id LIMIT $5",
    };
    const BY_TWO: Sql = Sql {
        sqlite: "SELECT m.* FROM member_gram g JOIN member m ON m.id = g.member_id
             WHERE g.gram = $1 AND EXISTS (SELECT 1 FROM member_gram h WHERE h.gram = $2 AND h.member_id = g.member_id)
               AND instr(m.name_key, $3) > 0
               AND m.born_on BETWEEN $4 AND $5 ORDER BY g.member_id LIMIT $6",
        postgres: "SELECT m.* FROM member_gram g JOIN member m ON m.id = g.member_id
             WHERE g.gram = $1 AND EXISTS (SELECT 1 FROM member_gram h WHERE h.gram = $2 AND h.member_id = g.member_id)
               AND position($3 in m.name_key) > 0
               AND m.born_on BETWEEN $4 AND $5 ORDER BY g.member_id LIMIT $6",
    };
    Ok(match rarest_first(tx, search_grams(text)).await?.as_slice() {
        [] => Vec::new(),
        [only] => query!(tx, all Member, BY_ONE, *only, text, born.first, born.last, limit)?,
        [first, second, ..] => query!(tx, all Member, BY_TWO, *first, *second, text, born.first, born.last, limit)?,
    })
}

/// 佐藤花子 has few namesakes, 佐藤 thousands. What is common is not counted out.
async fn rarest_first<'g>(tx: &mut Tx, grams: Vec<&'g str>) -> Result<Vec<&'g str>, StoreError> {
    const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM member_gram WHERE gram = $1 LIMIT 2000) AS capped";
    /// Pieces that are looked at: more would only cost time.
    const PIECES: usize = 8;
    let [_, _, ..] = grams.as_slice() else { return Ok(grams) };
    let mut counted = Vec::with_capacity(grams.len());
    for gram in grams.into_iter().take(PIECES) {
        counted.push((query!(tx, value i64, COUNT, gram)?, gram));
    }
    counted.sort_unstable();
    Ok(counted.into_iter().map(|(_, gram)| gram).collect())
}

/// How many members there are.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(query!(tx, value i64, "SELECT COUNT(*) FROM member")?)
}

/// 対応記録 of a person, newest first.
pub async fn notes(tx: &mut Tx, person: i64) -> Result<Vec<NoteView>, StoreError> {
    Ok(query!(
        tx,
        all NoteView,
        "SELECT m.symbol || '-' || m.number || '-' || m.branch AS member, n.at, n.staff, n.channel, n.topic, n.body,
                n.follow_up_on, n.done_at, n.done_by, n.closing, n.referred, n.id, n.caller, n.phone, n.adds_to
         FROM member m JOIN contact_note n ON n.member_id = m.id
         WHERE m.id = $1 OR m.person_id = $1 ORDER BY n.at DESC, n.id DESC",
        person
    )?)
}

/// 送付依頼 of a person, newest first.
pub async fn requests(tx: &mut Tx, person: i64) -> Result<Vec<RequestLine>, StoreError> {
    Ok(query!(
        tx,
        all RequestLine,
        "SELECT m.symbol || '-' || m.number || '-' || m.branch AS member, r.receipt, r.received_at, r.state
         FROM member m JOIN request r ON r.member_id = m.id
         WHERE m.id = $1 OR m.person_id = $1 ORDER BY r.received_at DESC",
        person
    )?)
}

//! Members by what a caller says besides the number. Former holders of a number are found, too: `replaced_on` says so.

use super::member::Member;
use super::{Sql, StoreError, Tx};
use crate::text::Period;

/// Above every text that begins with a prefix.
const END: char = '\u{10FFFF}';

/// Whose given reading starts so, in its order.
pub async fn by_given(tx: &mut Tx, prefix: &str, born: Period, limit: i64) -> Result<Vec<Member>, StoreError> {
    const BY_GIVEN: Sql = Sql {
        sqlite: "SELECT * FROM member
             WHERE substr(kana, instr(replace(kana, ' ', '　'), '　') + 1) >= $1
               AND substr(kana, instr(replace(kana, ' ', '　'), '　') + 1) < $2
               AND born_on BETWEEN $3 AND $4
             ORDER BY substr(kana, instr(replace(kana, ' ', '　'), '　') + 1) LIMIT $5",
        postgres: r#"SELECT * FROM member
             WHERE substr(kana, position('　' in replace(kana, ' ', '　')) + 1) COLLATE "C" >= $1
               AND substr(kana, position('　' in replace(kana, ' ', '　')) + 1) COLLATE "C" < $2
               AND born_on BETWEEN $3 AND $4
             ORDER BY substr(kana, position('　' in replace(kana, ' ', '　')) + 1) COLLATE "C" LIMIT $5"#,
    };
    let end = format!("{prefix}{END}");
    Ok(query!(tx, all Member, BY_GIVEN, prefix, end, born.first, born.last, limit)?)
}

/// Whose kana key starts with one of these, the first of them first.
pub async fn by_readings(
    tx: &mut Tx,
    prefixes: &[String],
    born: Period,
    limit: i64,
) -> Result<Vec<Member>, StoreError> {
    const BY_READINGS: Sql = Sql {
        sqlite: "SELECT m.* FROM json_each($1) p CROSS JOIN member m
             ON m.kana_key >= p.value AND m.kana_key < p.value || $2
             WHERE m.born_on BETWEEN $3 AND $4 ORDER BY p.id LIMIT $5",
        postgres: "SELECT m.* FROM json_array_elements_text($1::json) WITH ORDINALITY p (value, place)
             CROSS JOIN LATERAL (SELECT * FROM member WHERE kana_key >= p.value AND kana_key < p.value || $2
                 AND born_on BETWEEN $3 AND $4 ORDER BY kana_key LIMIT $5) m
             ORDER BY p.place LIMIT $5",
    };
    let prefixes = serde_json::to_string(prefixes).map_err(|e| sqlx::Error::Encode(e.into()))?;
    Ok(query!(tx, all Member, BY_READINGS, prefixes, END.to_string(), born.first, born.last, limit)?)
}

/// Who was born in a period, by birth date and reading.
pub async fn by_birth(tx: &mut Tx, born: Period, limit: i64) -> Result<Vec<Member>, StoreError> {
    let sql = "SELECT * FROM member WHERE born_on BETWEEN $1 AND $2
         ORDER BY born_on, kana_key LIMIT $3";
    Ok(query!(tx, all Member, sql, born.first, born.last, limit)?)
}

/// Whose request gave this telephone number, by its digits.
pub async fn by_phone(tx: &mut Tx, digits: &str, limit: i64) -> Result<Vec<Member>, StoreError> {
    const BY_PHONE: Sql = Sql {
        sqlite: "SELECT * FROM member WHERE id IN (SELECT member_id FROM request
             WHERE replace(replace(replace(replace(phone, '-', ''), ' ', ''), '(', ''), ')', '') = $1) LIMIT $2",
        postgres: "SELECT * FROM member WHERE id IN (SELECT member_id FROM request
             WHERE translate(phone, '- ()', '') = $1) LIMIT $2",
    };
    Ok(query!(tx, all Member, BY_PHONE, digits, limit)?)
}

/// Who has, or had, an account with this login ID.
pub async fn by_login_id(tx: &mut Tx, login_id: &str, limit: i64) -> Result<Vec<Member>, StoreError> {
    let sql = "SELECT * FROM member WHERE id IN (SELECT member_id FROM account WHERE login_id = $1) LIMIT $2";
    Ok(query!(tx, all Member, sql, login_id, limit)?)
}

/// The member that a request was matched to, by its receipt number.
pub async fn by_receipt(tx: &mut Tx, receipt: &str, limit: i64) -> Result<Vec<Member>, StoreError> {
    let sql = "SELECT * FROM member WHERE id IN (SELECT member_id FROM request WHERE receipt = $1) LIMIT $2";
    Ok(query!(tx, all Member, sql, receipt, limit)?)
}

/// Whose card has this serial.
pub async fn by_serial(tx: &mut Tx, serial: &str, limit: i64) -> Result<Vec<Member>, StoreError> {
    let sql = "SELECT * FROM member WHERE id IN (SELECT member_id FROM card WHERE serial = $1) LIMIT $2";
    Ok(query!(tx, all Member, sql, serial, limit)?)
}

/// Who is insured with these employers, by number.
pub async fn of_employers(tx: &mut Tx, ids: &[i64], born: Period, limit: i64) -> Result<Vec<Member>, StoreError> {
    const OF_EMPLOYERS: Sql = among!(
        "SELECT * FROM member WHERE employer_id IN ",
        "
             AND born_on BETWEEN $2 AND $3 AND replaced_on IS NULL ORDER BY employer_id, id LIMIT $4"
    );
    let ids = super::query::id_list(ids);
    Ok(query!(tx, all Member, OF_EMPLOYERS, ids, born.first, born.last, limit)?)
}

/// Employers, at most `limit`, whose name or reading contains the search form of a name.
pub async fn employers_named(tx: &mut Tx, name_key: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
    let all = query!(tx, all(i64, String, String), "SELECT id, name, kana FROM employer ORDER BY id")?;
    let named = |text: &str| crate::text::name_key(text).contains(name_key);
    let found = all.into_iter().filter(|(_, name, kana)| named(name) || named(kana)).map(|(id, _, _)| id);
    Ok(found.take(limit).collect())
}

//! Both engines sort the keys of readings as a 五十音 list does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{on_each_engine, open, society};
use mykempo_console::store::Tx;
use mykempo_console::text::reading_key;
use sqlx::AssertSqlSafe;

/// In the order of a 五十音 list.
const READINGS: [&str; 18] = [
    "アイザワ マコト",
    "オオノ アキ",
    "オーノ ケン",
    "オオノ ハナ",
    "オノ アキ",
    "カトウ アキラ",
    "ガトウ アキラ",
    "シヨウジ アキ",
    "ショウジ ケン",
    "ジョーンズ メアリー",
    "ハラ アキコ",
    "ハラ ケン",
    "バラ アキコ",
    "パラ アキコ",
    "ハラグチ アイ",
    "ハラダ アイ",
    "ワタナベ ケイ",
    "ンドゥール ユッスー",
];

#[test]
fn both_engines_list_readings_in_the_same_order() {
    on_each_engine(|place| async move {
        let (ctx, _) = society(&place).await;
        let keys = READINGS.map(reading_key);
        let backwards: Vec<String> = keys.iter().rev().map(|key| format!("SELECT '{key}' AS k")).collect();
        let rows = backwards.join(" UNION ALL ");
        let sorted = match &mut open(&ctx).await.read().await.unwrap() {
            Tx::Sqlite(t) => {
                let sql = AssertSqlSafe(format!("SELECT k FROM ({rows}) t ORDER BY k"));
                sqlx::query_scalar::<_, String>(sql).fetch_all(&mut **t).await.unwrap()
            }
            Tx::Postgres(t) => {
                let sql = AssertSqlSafe(format!("SELECT k FROM ({rows}) t ORDER BY k COLLATE \"C\""));
                sqlx::query_scalar::<_, String>(sql).fetch_all(&mut **t).await.unwrap()
            }
        };
        assert_eq!(sorted, keys, "{}", place.name);
    });
}

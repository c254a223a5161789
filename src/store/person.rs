//! H1: which memberships are one person's. A person is known by the row ID of their first membership.

use super::query::id_list;
use super::{Sql, StoreError, Tx, member::Member, micros};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{HashMap, HashSet};

/// The most memberships that are joined at once.
const AT_ONCE: i64 = 500;

/// Joins memberships to the records under their former keys, some at a time; how many, none at the end. A former record must
/// not begin later than the membership, and must not be another person's (`domain::person`). What a supervisor has joined
/// or parted is left alone.
pub async fn join_renumbered(tx: &mut Tx) -> Result<usize, StoreError> {
    // Few records have a former number: CROSS JOIN makes SQLite begin with them.
    let pairs = query!(
        tx,
        all(i64, i64, i64),
        "SELECT n.id, MIN(COALESCE(n.person_id, n.id)), MIN(COALESCE(o.person_id, o.id))
         FROM member n CROSS JOIN member o
         WHERE n.former_symbol IS NOT NULL AND n.joined_by IS NULL
           AND o.symbol = n.former_symbol AND o.number = n.former_number AND o.branch = n.former_branch AND o.id <> n.id
           AND n.acquired_on >= o.acquired_on AND (o.kana_key = n.kana_key OR o.born_on = n.born_on)
         GROUP BY n.id ORDER BY n.id LIMIT $1",
        AT_ONCE
    )?;
    // Persons that become part of another one.
    let mut joined = HashMap::new();
    for (_, person, former) in &pairs {
        let (person, former) = (current(&joined, *person), current(&joined, *former));
        if person != former {
            joined.insert(person, former);
        }
    }
    let moves: Vec<[i64; 2]> = joined.keys().map(|person| [*person, current(&joined, *person)]).collect();
    become_part(tx, &moves).await?;
    let members: Vec<i64> = pairs.iter().map(|(member, ..)| *member).collect();
    joined_by_registry(tx, &members).await?;
    Ok(members.len() + join_returned(tx).await?)
}

/// A person who gets back a number that was another person's meanwhile: reading and birth date are the same.
async fn join_returned(tx: &mut Tx) -> Result<usize, StoreError> {
    let pairs = query!(
        tx,
        all(i64, i64),
        "SELECT n.id, MIN(COALESCE(o.person_id, o.id)) FROM member o CROSS JOIN member n
         WHERE o.replaced_on IS NOT NULL AND n.symbol = o.symbol AND n.number = o.number AND n.branch = o.branch
           AND n.id > o.id AND n.person_id IS NULL AND n.joined_by IS NULL
           AND n.kana_key = o.kana_key AND n.born_on = o.born_on
         GROUP BY n.id ORDER BY n.id LIMIT $1",
        AT_ONCE
    )?;
    let moves: Vec<[i64; 2]> = pairs.iter().map(|(member, person)| [*member, *person]).collect();
    become_part(tx, &moves).await?;
    let members: Vec<i64> = pairs.iter().map(|(member, _)| *member).collect();
    joined_by_registry(tx, &members).await?;
    family_returned(tx).await?;
    Ok(members.len())
}

/// Every membership of the first person of a pair becomes one of the second.
async fn become_part(tx: &mut Tx, moves: &[[i64; 2]]) -> Result<(), StoreError> {
    macro_rules! moved {
        ($column:literal) => {
            Sql {
                sqlite: concat!(
                    "UPDATE member SET person_id = j.new FROM (SELECT value ->> 0 AS old, value ->> 1 AS new FROM json_each($1)) j
                     WHERE member.",
                    $column,
                    " = j.old"
                ),
                postgres: concat!(
                    "UPDATE member SET person_id = j.new
                     FROM (SELECT (value ->> 0)::bigint AS old, (value ->> 1)::bigint AS new
                         FROM json_array_elements($1::json)) j
                     WHERE member.",
                    $column,
                    " = j.old"
                ),
            }
        };
    }
    if moves.is_empty() {
        return Ok(());
    }
    let moves = serde_json::to_string(moves).map_err(|e| sqlx::Error::Encode(e.into()))?;
    query!(tx, execute moved!("person_id"), &moves)?;
    query!(tx, execute moved!("id"), &moves)?;
    Ok(())
}

async fn joined_by_registry(tx: &mut Tx, members: &[i64]) -> Result<(), StoreError> {
    const JOINED: Sql = among!("UPDATE member SET joined_by = 'registry' WHERE id IN ", "");
    if members.is_empty() {
        return Ok(());
    }
    query!(tx, execute JOINED, id_list(members))?;
    Ok(())
}

/// Which person a membership belongs to.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Joined {
    /// Row ID of the membership.
    pub id: i64,
    /// Row ID of the person's first membership.
    pub person: i64,
    /// Whether that is settled: the registry or a supervisor has joined or parted it.
    pub settled: bool,
}

/// The persons of these memberships.
pub async fn joined(tx: &mut Tx, members: &[i64]) -> Result<Vec<Joined>, StoreError> {
    const JOINED: Sql = among!(
        "SELECT id, COALESCE(person_id, id) AS person, joined_by IS NOT NULL AS settled FROM member
             WHERE id IN ",
        ""
    );
    Ok(query!(tx, all Joined, JOINED, id_list(members))?)
}

/// The family of an insured who has the number again is theirs again.
async fn family_returned(tx: &mut Tx) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE member SET earlier_insured_id = NULL
         WHERE earlier_insured_id IS NOT NULL AND EXISTS (SELECT 1 FROM member o JOIN member i
             ON COALESCE(i.person_id, i.id) = COALESCE(o.person_id, o.id)
             WHERE o.id = member.earlier_insured_id AND i.symbol = member.symbol AND i.number = member.number
               AND i.relation = 'insured' AND i.replaced_on IS NULL)"
    )?;
    Ok(())
}

/// Whether a number was ever on file, for any person.
pub async fn is_known(tx: &mut Tx, [symbol, number, branch]: [&str; 3]) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM member WHERE symbol = $1 AND number = $2 AND branch = $3";
    Ok(query!(tx, value i64, sql, symbol, number, branch)? > 0)
}

/// A11: members whose numbers were other people's before, and since when they are theirs.
pub async fn takeovers(tx: &mut Tx) -> Result<HashMap<i64, DateTime<Utc>>, StoreError> {
    let rows = query!(
        tx,
        all(i64, DateTime<Utc>),
        "SELECT n.id, MAX(v.until_at) FROM member o CROSS JOIN member n CROSS JOIN member_version v
         WHERE o.replaced_on IS NOT NULL AND n.symbol = o.symbol AND n.number = o.number AND n.branch = o.branch
           AND n.replaced_on IS NULL AND v.member_id = o.id
         GROUP BY n.id"
    )?;
    Ok(rows.into_iter().collect())
}

/// The person that this one has become part of.
fn current(joined: &HashMap<i64, i64>, mut person: i64) -> i64 {
    while let Some(other) = joined.get(&person) {
        person = *other;
    }
    person
}

/// Every membership of a person, the oldest first (A10, H1).
pub async fn memberships(tx: &mut Tx, person: i64) -> Result<Vec<Member>, StoreError> {
    let sql = "SELECT * FROM member WHERE id = $1 OR person_id = $1 ORDER BY acquired_on, id";
    Ok(query!(tx, all Member, sql, person)?)
}

/// A11: when the number went over to this member from another person, if it did.
pub async fn taken_over(tx: &mut Tx, member: &Member) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(query!(
        tx,
        value Option<DateTime<Utc>>,
        "SELECT MAX(v.until_at) FROM member m JOIN member_version v ON v.member_id = m.id
         WHERE m.symbol = $1 AND m.number = $2 AND m.branch = $3 AND m.replaced_on IS NOT NULL",
        &member.key.symbol,
        &member.key.number,
        &member.key.branch
    )?)
}

/// Joins two persons by hand: every membership of the other one becomes this one's.
pub async fn join(tx: &mut Tx, person: i64, other: i64) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE member SET person_id = $1, joined_by = 'hand' WHERE id = $2 OR person_id = $2",
        person,
        other
    )?;
    Ok(())
}

/// Parts one membership from its person by hand.
pub async fn part(tx: &mut Tx, person: i64, member: i64) -> Result<(), StoreError> {
    if person == member {
        hand_on(tx, member).await?;
    }
    query!(tx, execute "UPDATE member SET person_id = NULL, joined_by = 'hand' WHERE id = $1", member)?;
    Ok(())
}

/// Makes the next membership the first one, where a person's first one goes.
pub async fn hand_on(tx: &mut Tx, first: i64) -> Result<(), StoreError> {
    let next = query!(tx, value Option<i64>, "SELECT MIN(id) FROM member WHERE person_id = $1", first)?;
    if let Some(next) = next {
        query!(tx, execute "UPDATE member SET person_id = $2 WHERE person_id = $1 AND id <> $2", first, next)?;
        query!(tx, execute "UPDATE member SET person_id = NULL WHERE id = $1", next)?;
    }
    Ok(())
}

/// A11: the numbers of memberships go to other persons from a day on. The memberships end then, if they have not before.
/// Members with the row ID `first_new` or a higher one come with those persons.
pub async fn replace(tx: &mut Tx, members: &[i64], on: NaiveDate, first_new: i64) -> Result<(), StoreError> {
    const REPLACE: Sql = among!(
        "UPDATE member SET replaced_on = $2, lost_on = COALESCE(lost_on, $2)
             WHERE id IN ",
        ""
    );
    // The family on file does not become that of the next insured.
    const FAMILY: Sql = among!(
        "UPDATE member SET earlier_insured_id = (SELECT MAX(o.id) FROM member o WHERE o.relation = 'insured'
             AND o.symbol = member.symbol AND o.number = member.number AND o.id IN ",
        ") WHERE relation = 'dependent' AND replaced_on IS NULL AND earlier_insured_id IS NULL AND id < $2
           AND (symbol, number) IN (SELECT symbol, number FROM member WHERE relation = 'insured' AND id IN ",
        ")"
    );
    if members.is_empty() {
        return Ok(());
    }
    query!(tx, execute REPLACE, id_list(members), on)?;
    query!(tx, execute FAMILY, id_list(members), first_new)?;
    Ok(())
}

/// A dependant belongs to the present holder of the insured's number, and no longer to the one before.
pub async fn of_present_insured(tx: &mut Tx, member: i64) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE member SET earlier_insured_id = NULL WHERE id = $1", member)?;
    Ok(())
}

/// Ends a membership on a day, for another reason than the registry's.
pub async fn end(tx: &mut Tx, member: i64, on: NaiveDate) -> Result<(), StoreError> {
    query!(
        tx,
        execute "UPDATE member SET lost_on = $2 WHERE id = $1 AND (lost_on IS NULL OR lost_on > $2)",
        member,
        on
    )?;
    Ok(())
}

/// Whether a supervisor has ended a membership, and nothing was said of it since: the 喪失日 of the registry before.
pub async fn before_end(tx: &mut Tx, member: i64) -> Result<Option<Option<NaiveDate>>, StoreError> {
    Ok(query!(
        tx,
        maybe Option<NaiveDate>,
        "SELECT v.lost_on FROM member m JOIN member_version v ON v.member_id = m.id
         WHERE m.id = $1 AND m.replaced_on IS NULL AND v.until_run IS NULL AND m.lost_on IS NOT NULL
           AND (v.lost_on IS NULL OR v.lost_on > m.lost_on)
           AND v.id = (SELECT MAX(w.id) FROM member_version w WHERE w.member_id = m.id)",
        member
    )?)
}

/// Lifts the end of a membership: what the registry said holds again.
pub async fn resume(tx: &mut Tx, member: i64, lost_on: Option<NaiveDate>) -> Result<(), StoreError> {
    query!(tx, execute "UPDATE member SET lost_on = $2 WHERE id = $1", member, lost_on)?;
    Ok(())
}

/// A11: since when a membership is in use: the registration of its open account, or the first request for a card that waits
/// or is under way; none where it has neither.
pub async fn in_use_since(tx: &mut Tx, member: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(query!(
        tx,
        value Option<DateTime<Utc>>,
        "SELECT MIN(since) FROM (
             SELECT registered_at AS since FROM account WHERE member_id = $1 AND closed_at IS NULL
             UNION ALL SELECT asked_at FROM card WHERE member_id = $1
                 AND state IN ('queued', 'held', 'drafted', 'exported', 'printed')) AS used",
        member
    )?)
}

/// H2: 氏名カナ and 生年月日 of a membership at an instant; none where they are what they were then.
pub async fn identity_at(
    tx: &mut Tx,
    member: i64,
    at: DateTime<Utc>,
) -> Result<Option<(String, NaiveDate)>, StoreError> {
    Ok(query!(
        tx,
        optional(String, NaiveDate),
        "SELECT kana, born_on FROM member_version WHERE member_id = $1 AND until_at > $2 ORDER BY id LIMIT 1",
        member,
        micros(at)
    )?)
}

/// A3: those of the memberships whose persons have another number by the registry, and from which day.
pub async fn renumbered_among(tx: &mut Tx, members: &[i64]) -> Result<HashMap<i64, NaiveDate>, StoreError> {
    macro_rules! renumbered {
        ($ids:literal) => {
            concat!(
                "SELECT o.id, MIN(n.acquired_on) FROM member o JOIN member n ON ",
                succeeds!(),
                " WHERE o.id IN (SELECT ",
                $ids,
                ") GROUP BY o.id"
            )
        };
    }
    const RENUMBERED: Sql = Sql {
        sqlite: renumbered!("value FROM json_each($1)"),
        postgres: renumbered!("value::bigint FROM json_array_elements_text($1::json)"),
    };
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(query!(tx, all(i64, NaiveDate), RENUMBERED, id_list(members))?.into_iter().collect())
}

/// A10: those of the memberships that another one of the same person follows, begun by this day.
pub async fn followed_among(tx: &mut Tx, members: &[i64], today: NaiveDate) -> Result<HashSet<i64>, StoreError> {
    macro_rules! followed {
        ($ids:literal) => {
            concat!(
                "SELECT m.id FROM member m WHERE m.id IN (SELECT ",
                $ids,
                ") AND EXISTS (
                   SELECT 1 FROM member n WHERE (n.id = COALESCE(m.person_id, m.id) OR n.person_id = COALESCE(m.person_id, m.id))
                     AND n.acquired_on <= $2
                     AND (n.acquired_on > m.acquired_on OR (n.acquired_on = m.acquired_on AND n.id > m.id)))"
            )
        };
    }
    const FOLLOWED: Sql = Sql {
        sqlite: followed!("value FROM json_each($1)"),
        postgres: followed!("value::bigint FROM json_array_elements_text($1::json)"),
    };
    if members.is_empty() {
        return Ok(HashSet::new());
    }
    Ok(query!(tx, values i64, FOLLOWED, id_list(members), today)?.into_iter().collect())
}

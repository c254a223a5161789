//! Which accounts close by a members file (A3, A9), before any of it is written.

use crate::domain::DeadReason;
use crate::store::bulk::MemberRecord;
use crate::store::member::Member;
use crate::store::person::Joined;
use crate::store::{self, KeyColumns, StoreError, Tx};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows in memory at a time.
const PAGE: usize = 5_000;

/// What the file says that can close accounts, or keep them open.
pub(super) struct Endings {
    today: NaiveDate,
    /// Members that the file ends by today, and when.
    pub(super) lost: HashMap<i64, NaiveDate>,
    /// Members that it changes and does not end by today.
    kept: HashSet<i64>,
    /// Records with a former number.
    followers: Vec<Follower>,
    /// Changed members that had a former number, or have one now.
    judged: HashSet<i64>,
    /// Changed members whose beginning or former number, reading or birth date is another, with their keys.
    changed: HashMap<i64, (KeyColumns, Facts)>,
}

/// A record that follows another one.
struct Follower {
    /// Row ID, where it is in the database.
    id: Option<i64>,
    key: KeyColumns,
    former: KeyColumns,
    facts: Facts,
}

/// What the rules need of a record.
#[derive(Clone, PartialEq, Eq)]
struct Facts {
    acquired_on: NaiveDate,
    former: Option<KeyColumns>,
    kana_key: String,
    born_on: NaiveDate,
}

impl Facts {
    fn of(record: &MemberRecord) -> Self {
        let MemberRecord { acquired_on, born_on, .. } = *record;
        Self { acquired_on, former: former(record), kana_key: record.kana_key.clone(), born_on }
    }
}

impl Facts {
    fn stored(member: &Member) -> Self {
        let [symbol, number, branch] =
            [&member.former_symbol, &member.former_number, &member.former_branch].map(Clone::clone);
        let former = symbol.zip(number).zip(branch);
        Self {
            acquired_on: member.acquired_on,
            former: former.map(|((symbol, number), branch)| KeyColumns { symbol, number, branch }),
            kana_key: crate::text::kana_key(&member.kana),
            born_on: member.born_on,
        }
    }
}

fn former(record: &MemberRecord) -> Option<KeyColumns> {
    let [symbol, number, branch] =
        [&record.former_symbol, &record.former_number, &record.former_branch].map(Clone::clone);
    Some(KeyColumns { symbol: symbol?, number: number?, branch: branch? })
}

impl Endings {
    pub(super) fn new(today: NaiveDate) -> Self {
        let (kept, judged) = (HashSet::new(), HashSet::new());
        Self { today, lost: HashMap::new(), kept, followers: Vec::new(), judged, changed: HashMap::new() }
    }

    /// A new record.
    pub(super) fn added(&mut self, record: &MemberRecord) {
        self.follows(None, record);
    }

    /// A changed record.
    pub(super) fn changed(&mut self, id: i64, before: &MemberRecord, after: &MemberRecord) {
        if let Some(lost) = after.lost_on.filter(|lost| *lost <= self.today) {
            self.lost.insert(id, lost);
        } else {
            self.kept.insert(id);
        }
        let facts = Facts::of(after);
        if former(before).is_some() || facts.former.is_some() {
            self.judged.insert(id);
        }
        if Facts::of(before) != facts {
            self.changed.insert(id, (key(after), facts));
        }
        self.follows(Some(id), after);
    }

    fn follows(&mut self, id: Option<i64>, record: &MemberRecord) {
        let facts = Facts::of(record);
        if let Some(former) = facts.former.clone().filter(|_| facts.acquired_on <= self.today) {
            self.followers.push(Follower { id, key: key(record), former, facts });
        }
    }

    /// Members whose accounts close, and why. For one who is lost and has another number the number is the reason.
    pub(super) async fn find(&mut self, tx: &mut Tx) -> Result<BTreeMap<i64, DeadReason>, StoreError> {
        let mut ended = BTreeMap::new();
        let lost = store::account::of_lost_members(tx, self.today).await?;
        ended.extend(lost.into_iter().filter(|id| !self.kept.contains(id)).map(|id| (id, DeadReason::MemberLost)));
        let lost: Vec<i64> = self.lost.keys().copied().collect();
        for ids in lost.chunks(PAGE) {
            let open = store::account::open_of_members(tx, ids).await?;
            ended.extend(open.iter().map(|account| (account.member_id, DeadReason::MemberLost)));
        }
        let pairs = store::account::renumbered_open(tx, self.today).await?;
        let pairs = pairs.into_iter();
        let pairs = pairs.filter(|(next, former)| !self.judged.contains(next) && !self.changed.contains_key(former));
        ended.extend(pairs.map(|(_, former)| (former, DeadReason::NumberChanged)));
        self.follow_changed(tx).await?;
        let followers = std::mem::take(&mut self.followers);
        for followers in followers.chunks(PAGE) {
            let keys: Vec<KeyColumns> = followers.iter().map(|it| it.former.clone()).collect();
            let members = store::member::by_keys(tx, &keys).await?;
            let members: HashMap<&KeyColumns, &Member> = members.iter().map(|member| (&member.key, member)).collect();
            let found = followers.iter().filter_map(|it| Some((it, *members.get(&it.former)?)));
            let ids: Vec<i64> = followers.iter().filter_map(|it| it.id).collect();
            let joined: HashMap<i64, Joined> =
                store::person::joined(tx, &ids).await?.into_iter().map(|joined| (joined.id, joined)).collect();
            let ended_by =
                |(it, member): &(&Follower, &Member)| self.ends(it, it.id.and_then(|id| joined.get(&id)), member);
            let former: Vec<i64> = found.filter(ended_by).map(|(_, it)| it.id).collect();
            let open = store::account::open_of_members(tx, &former).await?;
            ended.extend(open.iter().map(|account| (account.member_id, DeadReason::NumberChanged)));
        }
        Ok(ended)
    }

    /// Records that the file does not change, and that follow one that it does.
    async fn follow_changed(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let keys: Vec<KeyColumns> = self.changed.values().map(|(key, _)| key.clone()).collect();
        for keys in keys.chunks(PAGE) {
            for next in store::member::followers(tx, keys).await? {
                let facts = Facts::stored(&next);
                let in_file = self.changed.contains_key(&next.id) || self.judged.contains(&next.id);
                if let Some(former) = facts.former.clone().filter(|_| !in_file && facts.acquired_on <= self.today) {
                    self.followers.push(Follower { id: Some(next.id), key: next.key, former, facts });
                }
            }
        }
        Ok(())
    }

    /// Whether a record ends the one before it: it is joined to it, or will be, and is in force instead of it.
    /// `store::person` and `store::account` ask the same in SQL.
    fn ends(&self, next: &Follower, joined: Option<&Joined>, member: &Member) -> bool {
        let stored = Facts::stored(member);
        let before = self.changed.get(&member.id).map_or(&stored, |(_, facts)| facts);
        let joins = next.facts.acquired_on >= before.acquired_on
            && (before.kana_key == next.facts.kana_key || before.born_on == next.facts.born_on);
        let is_one_person = match joined {
            Some(joined) => joined.person == member.person() || (!joined.settled && joins),
            None => joins,
        };
        let back = before.former.as_ref() == Some(&next.key);
        let later =
            next.facts.acquired_on > before.acquired_on || (next.facts.acquired_on == before.acquired_on && !back);
        next.key != member.key && is_one_person && later
    }
}

fn key(record: &MemberRecord) -> KeyColumns {
    let MemberRecord { symbol, number, branch, .. } = record.clone();
    KeyColumns { symbol, number, branch }
}

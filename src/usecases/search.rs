//! Finding members by whatever a caller says.

use super::{Actor, AppContext, Error};
use crate::domain::Permission;
pub use crate::domain::query::MatchKind;
use crate::domain::query::{MemberQuery, MemberSearch};
use crate::store::{self, Tx, member::Member};
use crate::text::{Period, japan::day_of};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Employers whose members are listed for a part of a firm's name.
const EMPLOYERS: usize = 20;

/// A member that a search found. Namesakes are told apart by their employers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FoundMember {
    /// The record of the registry.
    #[serde(flatten)]
    pub member: Member,
    /// 事業所名
    pub employer: Option<String>,
    /// R7: since when a protective measure stands; it is told first.
    pub protected_since: Option<NaiveDate>,
    /// Why it was found; the best of several reasons.
    pub why: MatchKind,
}

/// Finds members, the likeliest first. Not yet a look: call [`searched`](super::members::searched) when the result is used.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn find(ctx: &AppContext, actor: &Actor, query: &str, limit: i64) -> Result<Vec<FoundMember>, Error> {
    let Some(search) = MemberSearch::parse(query) else { return Ok(Vec::new()) };
    let mut tx = ctx.read(&actor.allowed(Permission::Look)?).await?;
    let most = usize::try_from(limit).unwrap_or(0);
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for way in &search.ways {
        if found.len() >= most {
            break;
        }
        // As many as there is room for beside those that were found before.
        let mut more = by(&mut tx, way, search.born, limit).await?;
        rank(&mut more, way, ctx.clock.today());
        found.extend(more.into_iter().filter(|member| seen.insert(member.id)).map(|member| (member, way.kind())));
    }
    found.truncate(most);
    let ids: BTreeSet<i64> = found.iter().filter_map(|(member, _)| member.employer_id).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let names: BTreeMap<i64, String> = store::employer::names(&mut tx, &ids).await?.into_iter().collect();
    let protected = store::protection::persons(&mut tx).await?;
    let with = |(member, why): (Member, MatchKind)| {
        let employer = member.employer_id.and_then(|id| names.get(&id).cloned());
        let protected_since = protected.get(&member.person()).map(|at| day_of(*at));
        FoundMember { member, employer, protected_since, why }
    };
    Ok(found.into_iter().map(with).collect())
}

async fn by(tx: &mut Tx, way: &MemberQuery, born: Period, limit: i64) -> Result<Vec<Member>, Error> {
    Ok(match way {
        MemberQuery::Symbol(symbol) => store::member::of_symbol(tx, symbol.key(), limit).await?,
        MemberQuery::Key(symbol, number, branch) => {
            let mut family = store::member::family(tx, symbol.key(), number.key()).await?;
            family.retain(|member| branch.as_ref().is_none_or(|branch| branch.key() == member.key.branch));
            family
        }
        MemberQuery::Reading(kana) | MemberQuery::Romaji(kana) => store::member::by_kana(tx, kana, born, limit).await?,
        MemberQuery::Given(kana) => store::search::by_given(tx, kana, born, limit).await?,
        MemberQuery::Similar(readings) => store::search::by_readings(tx, readings, born, limit).await?,
        MemberQuery::Name(name) => store::member::by_name(tx, name, born, limit).await?,
        MemberQuery::Born(period) => store::search::by_birth(tx, *period, limit).await?,
        MemberQuery::Phone(digits) => store::search::by_phone(tx, digits, limit).await?,
        MemberQuery::LoginId(id) => store::search::by_login_id(tx, id, limit).await?,
        MemberQuery::Receipt(receipt) => store::search::by_receipt(tx, receipt, limit).await?,
        MemberQuery::Serial(serial) => store::search::by_serial(tx, serial, limit).await?,
        MemberQuery::Employer(name) => {
            let employers = store::search::employers_named(tx, name, EMPLOYERS).await?;
            store::search::of_employers(tx, &employers, born, limit).await?
        }
    })
}

/// Insured members before those who have left. A family and the numbers of a symbol keep their order.
fn rank(members: &mut [Member], way: &MemberQuery, today: NaiveDate) {
    if !matches!(way, MemberQuery::Symbol(_) | MemberQuery::Key(..)) {
        members.sort_by_key(|member| (member.replaced_on, member.lost_on.is_some_and(|day| day <= today)));
    }
}

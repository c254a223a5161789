//! Whose request it is: the person is looked for, not only the key.

use super::facts::compare;
use crate::domain::coded;
use crate::domain::request::{Agreement, CaseVerdict, Claim, ClaimField, Comparison, OnFile};
use crate::store::request::Request;
use crate::store::{self, Tx, member::Member};
use crate::text;
use crate::usecases::{AppContext, Error, routes};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Namesakes born on one day that are looked at.
const NAMESAKES: i64 = 8;

/// Who may be meant.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// The one person that key, name and birth date point to; none where they point to two.
    pub(super) proposed: Option<Member>,
    /// All members that the number points to.
    household: Vec<Member>,
    /// All others that kana and birth date point to.
    elsewhere: Vec<Member>,
    /// How many of the household name and birth date fit.
    fitting: usize,
}

/// Another member who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// The member's key.
    pub member: String,
    /// 氏名
    pub name: String,
    /// What points to this one.
    pub by: PointedBy,
}

impl Candidate {
    pub(super) fn of(member: &Member, by: PointedBy) -> Self {
        Self { member: member.key(), name: member.name.clone(), by }
    }
}

/// Another member who may be meant, with what the registry has beside what was sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CaseCandidate {
    /// Who, and what points there.
    #[serde(flatten)]
    pub candidate: Candidate,
    /// Field by field.
    pub comparison: Vec<Comparison>,
}

impl CaseCandidate {
    /// In how many fields what was sent agrees.
    fn agreeing(&self) -> usize {
        let agrees = |line: &&Comparison| matches!(line.agreement, Agreement::Exact | Agreement::Variant);
        self.comparison.iter().filter(agrees).count()
    }
}

coded! {
    /// What points to a member who may be meant.
    pub enum PointedBy {
        /// The number: of the same household.
        Number = "number",
        /// Kana and birth date.
        Name = "name",
    }
}

/// How far what the sender gave is this member's, apart from the key.
struct Fit {
    agrees: bool,
    differs: bool,
}

fn fit(claim: &Claim, member: &Member) -> Fit {
    let compared = claim.compare(OnFile::without_employer(&member.key(), &member.name, &member.kana, member.born_on));
    let fields = || compared.iter().filter(|line| line.field.identifies() && line.field != ClaimField::Key);
    Fit {
        agrees: fields().any(|line| matches!(line.agreement, Agreement::Exact | Agreement::Variant)),
        differs: fields().any(|line| line.agreement == Agreement::Differs),
    }
}

impl Candidates {
    /// What it amounts to where no member is proposed.
    pub(super) fn verdict(&self) -> CaseVerdict {
        match (self.household.as_slice(), self.elsewhere.as_slice()) {
            ([], []) => CaseVerdict::Nobody,
            ([_, ..], []) if self.fitting < 2 => CaseVerdict::KeyOnly,
            _ => CaseVerdict::TwoPeople,
        }
    }

    /// Who may be meant beside the one that the request was matched to. Where key, name and birth date all point to that
    /// one, only those that name and birth date fit, too. Of a household, protected persons are not listed (R7) unless
    /// they are the ones that the sender describes.
    /// `protected` has everyone who is, by person.
    pub(super) fn beside(
        self,
        protected: &HashMap<i64, DateTime<Utc>>,
        claim: &Claim,
        matched: Option<&Member>,
    ) -> Vec<(Member, PointedBy)> {
        let sure = matched.is_some_and(|member| is_surely(claim, member));
        let numbered = self.household.into_iter().map(|member| (member, PointedBy::Number));
        let named = self.elsewhere.into_iter().map(|member| (member, PointedBy::Name));
        let listed = numbered.chain(named).filter(|(other, _)| {
            let fit = fit(claim, other);
            let described = fit.agrees && !fit.differs;
            let hidden = sure || protected.contains_key(&other.person());
            matched.is_none_or(|member| member.id != other.id) && (described || !hidden)
        });
        listed.collect()
    }
}

/// Whether the whole key, name and birth date are this member's, as far as they were given.
fn is_surely(claim: &Claim, member: &Member) -> bool {
    let at_key = claim.key().is_some_and(|key| key.to_string() == member.key());
    let fit = fit(claim, member);
    at_key && !claim.branch.trim().is_empty() && fit.agrees && !fit.differs
}

/// Looks in the household of the key, then for kana and birth date everywhere.
pub(super) async fn candidates(tx: &mut Tx, claim: &Claim) -> Result<Candidates, Error> {
    let key = claim.key();
    let household = match &key {
        Some(key) => store::member::family(tx, key.symbol.key(), key.number.key()).await?,
        None => Vec::new(),
    };
    let kana = text::kana_key(&claim.kana);
    let mut elsewhere = match claim.born_on.filter(|_| !kana.is_empty()) {
        Some(born_on) => store::member::by_kana_and_birth(tx, &kana, born_on, NAMESAKES).await?,
        None => Vec::new(),
    };
    elsewhere.retain(|member| household.iter().all(|other| other.id != member.id));
    // A person may have a lost record and a new one: the one in force is meant.
    if elsewhere.iter().any(|member| member.lost_on.is_none()) {
        elsewhere.retain(|member| member.lost_on.is_none());
    }
    let proposed = proposed(claim, &household, &elsewhere).cloned();
    let fits = |member: &&Member| {
        let fit = fit(claim, member);
        fit.agrees && !fit.differs
    };
    let fitting = household.iter().filter(fits).count();
    Ok(Candidates { proposed, household, elsewhere, fitting })
}

fn proposed<'a>(claim: &Claim, household: &'a [Member], elsewhere: &'a [Member]) -> Option<&'a Member> {
    let key = claim.key().map(|key| key.to_string());
    let at_key = household.iter().find(|member| Some(member.key()) == key);
    let fits: Vec<&Member> = household
        .iter()
        .filter(|member| {
            let fit = fit(claim, member);
            fit.agrees && !fit.differs
        })
        .collect();
    let blank = claim.name.is_empty() && claim.kana.is_empty() && claim.born_on.is_none();
    match (fits.as_slice(), household, elsewhere) {
        // The key is a former one: the same person's record in force is meant.
        ([only], ..) if only.lost_on.is_some() => {
            Some(elsewhere.iter().find(|now| now.person() == only.person()).unwrap_or(only))
        }
        ([only], ..) => Some(only),
        // A branch that was given tells two of one household apart.
        ([_, ..], ..) => at_key.filter(|member| !claim.branch.is_empty() && fits.iter().any(|fit| fit.id == member.id)),
        ([], [], [only]) => Some(only),
        ([], _, []) => at_key.filter(|member| blank || fit(claim, member).agrees),
        // The number is one person's, name and birth date are another's.
        ([], ..) => None,
    }
}

/// All who may be meant, with what the registry has of each; who agrees in most comes first.
pub(super) async fn compared(
    tx: &mut Tx,
    ctx: &AppContext,
    request: &Request,
    beside: Vec<(Member, PointedBy)>,
) -> Result<Vec<CaseCandidate>, Error> {
    let mut others = Vec::with_capacity(beside.len());
    for (other, by) in beside {
        let route = routes::route_of(tx, ctx.clock.today(), &other).await?;
        let comparison = compare(request, &other, &route);
        others.push(CaseCandidate { candidate: Candidate::of(&other, by), comparison });
    }
    others.sort_by_key(|other| Reverse(other.agreeing()));
    Ok(others)
}

//! A request as a case: its member, where its notice would go, what is under way, and what happens next.

use super::{Lang, codes};
use crate::domain::request::{CaseVerdict, Evidence, Ground, IdentityCheck, KnownNumber, RequestKind, RequestState};
use crate::domain::{CardState, HoldReason};
use crate::text::japan::day_of;
use crate::usecases::requests::{Candidate, CaseDestination, InboxLine, LetPass, NoticeOnWay, PointedBy, RequestView};
use chrono::NaiveDate;

fn short(day: NaiveDate) -> String {
    day.format("%-m/%-d").to_string()
}

/// The member of a line of the inbox, or the numbers of all who may be meant.
pub fn who(lang: Lang, line: &InboxLine) -> String {
    match (&line.member, &line.member_name) {
        (Some(member), Some(name)) => format!("{member} {name}"),
        _ if line.candidates.is_empty() => match lang {
            Lang::Ja => format!("{}(記入の氏名)", line.name),
            Lang::En => format!("{} (as sent)", line.name),
        },
        _ => line.candidates.iter().map(|other| other.member.as_str()).collect::<Vec<_>>().join(" / "),
    }
}

/// A member who may be meant, and what points there.
pub fn candidate(lang: Lang, candidate: &Candidate) -> String {
    let by = match candidate.by {
        PointedBy::Number => lang.pick("番号", "by number"),
        PointedBy::Name => lang.pick("氏名", "by name"),
    };
    format!("{} {} ({by})", candidate.member, candidate.name)
}

/// `番号の方`: what points to a member who may be meant.
pub fn pointed(lang: Lang, candidate: &Candidate) -> String {
    match candidate.by {
        PointedBy::Number => lang.pick("番号の方", "by number"),
        PointedBy::Name => lang.pick("氏名の方", "by name"),
    }
    .to_owned()
}

/// Where a notice goes, or why it would be held; empty where no member is matched.
pub fn goes_to(lang: Lang, destination: Option<&CaseDestination>, no_route: Option<HoldReason>) -> String {
    match (destination, no_route) {
        (Some(to), _) => to.employer.clone(),
        (None, Some(why)) => match lang {
            Lang::Ja => format!("保留 {}", codes::hold_reason(lang, why)),
            Lang::En => format!("held: {}", codes::hold_reason(lang, why)),
        },
        (None, None) => String::new(),
    }
}

/// The whole destination in one line.
pub fn address(to: &CaseDestination) -> String {
    let postcode = match to.postcode.split_at_checked(3) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}-{rest}"),
        _ => to.postcode.clone(),
    };
    format!("{} {postcode} {}", to.employer, to.address)
}

/// The notice that may still reach the member, with its day; empty where there is none.
pub fn notice(lang: Lang, notice: Option<&NoticeOnWay>) -> String {
    let Some(notice) = notice else { return String::new() };
    let held = notice.reason.as_deref().and_then(|code| code.parse::<HoldReason>().ok());
    let state = codes::card_state(lang, notice.state);
    match (notice.state, notice.planned_on, notice.dispatched_on) {
        (CardState::Dispatched, _, Some(on)) => match lang {
            Lang::Ja => format!("{}発送済", short(on)),
            Lang::En => format!("sent {}", short(on)),
        },
        (CardState::Held, ..) => match held {
            Some(why) => format!("{state} {}", codes::hold_reason(lang, why)),
            None => state.to_owned(),
        },
        (_, Some(on), _) => match lang {
            Lang::Ja => format!("{}発送予定", short(on)),
            Lang::En => format!("to be sent {}", short(on)),
        },
        _ => state.to_owned(),
    }
}

/// A number to call back, and who has it.
pub fn number(lang: Lang, known: &KnownNumber) -> String {
    format!("{} ({})", known.number, codes::number_source(lang, known.source))
}

/// What a supervisor let pass, and why.
pub fn passed(lang: Lang, passed: &LetPass) -> String {
    let checks = names(lang, IdentityCheck::ALL.iter().copied().filter(|check| passed.checks.has(*check)));
    let by = passed.by.as_deref().unwrap_or("-");
    match lang {
        Lang::Ja => format!("{checks}  理由: {}  承認 {by}", passed.reason),
        Lang::En => format!("{checks}, because: {}, by {by}", passed.reason),
    }
}

fn names(lang: Lang, checks: impl Iterator<Item = IdentityCheck>) -> String {
    checks.map(|check| codes::check(lang, check)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// この先: what happens next, true for this person; empty where all is done.
pub fn happens(lang: Lang, view: &RequestView) -> String {
    if !view.state.is_open() {
        return settled(lang, view);
    }
    if view.kind == RequestKind::Other {
        let text = lang.pick(
            "ログイン情報の送付依頼ではありません。はがきはお送りせず、別の用件として担当の課をご案内します。",
            "This does not ask for login data. No card is sent: answer it as another matter, with the section.",
        );
        return text.to_owned();
    }
    if view.member.is_none() {
        return unmatched(lang, view.verdict).to_owned();
    }
    if let Some(ground) = view.instead {
        return instead(lang, ground, view);
    }
    if !view.together.is_empty() {
        let others = view.together.join(" ");
        return match lang {
            Lang::Ja => format!("同じ方の依頼がほかにあります({others})。責任者が統合するか、どちらかに回答します。"),
            Lang::En => format!(
                "The member has other open requests ({others}): a supervisor merges them, or one of them is answered."
            ),
        };
    }
    if view.lacking.is_empty() || view.verdict == CaseVerdict::AllAgree {
        return route(lang, view);
    }
    checks(lang, view)
}

fn settled(lang: Lang, view: &RequestView) -> String {
    let held = (view.state == RequestState::Queued).then_some(view.follow_up_on).flatten();
    match (held, view.resumable_until.filter(|_| view.next.contains(&crate::domain::request::RequestStep::Resume))) {
        (Some(day), _) => match lang {
            Lang::Ja => format!("はがきは保留中です。{}に次の連絡をします。", short(day)),
            Lang::En => format!("The card is held. The member is contacted on {}.", short(day)),
        },
        (None, Some(until)) => match lang {
            Lang::Ja => format!("{}まで再開できます。", short(until)),
            Lang::En => format!("It can be taken up again until {}.", short(until)),
        },
        (None, None) => String::new(),
    }
}

fn unmatched(lang: Lang, verdict: CaseVerdict) -> &'static str {
    match verdict {
        CaseVerdict::TwoPeople => lang.pick(
            "番号と氏名・生年月日が別の方に当たります。どなたの依頼か確かめ、加入者を指定します。",
            "Number and name point to different persons. Find out whose request it is, and choose the member.",
        ),
        CaseVerdict::KeyOnly => lang.pick(
            "番号は台帳にありますが、ほかの内容がどなたとも合いません。確かめて加入者を指定するか、却下します。",
            "The number is in the registry, and nothing else fits anybody there. Check, and choose the member or reject.",
        ),
        CaseVerdict::Nobody | CaseVerdict::AllAgree | CaseVerdict::Incomplete | CaseVerdict::Differs => lang.pick(
            "該当する方が見つかりません。確かめて加入者を指定するか、却下します。",
            "Nobody fits. Check, and choose the member or reject.",
        ),
    }
}

fn instead(lang: Lang, ground: Ground, view: &RequestView) -> String {
    let used = view.login_used_at.map(|at| short(day_of(at)));
    match (ground, used) {
        (Ground::Recovered, Some(used)) => match lang {
            Lang::Ja => {
                format!("依頼のあとの{used}にログイン情報をご利用になっています。はがきは要りません(回復済み)。")
            }
            Lang::En => format!("The login was used on {used}, after the request: no card is needed (recovered)."),
        },
        (Ground::Arranged, _) => {
            let notice = notice(lang, view.notice.as_ref());
            match lang {
                Lang::Ja => {
                    format!("ログイン情報のはがきが手配済みです({notice})。重ねてはお送りせず、その旨を回答します。")
                }
                Lang::En => format!("A notice is arranged already ({notice}). No second one is sent: answer so."),
            }
        }
        _ => {
            let ground = codes::ground(lang, ground);
            match lang {
                Lang::Ja => format!("はがきはお送りできません({ground})。本人確認のうえ、その旨を回答します。"),
                Lang::En => format!("No card can be sent ({ground}). Reply so, once the sender is identified."),
            }
        }
    }
}

fn route(lang: Lang, view: &RequestView) -> String {
    match (&view.destination, view.no_route) {
        (Some(to), _) => match lang {
            Lang::Ja => format!("はがきは {} の代表住所へお送りします。", to.employer),
            Lang::En => format!("The card goes to the representative address of {}.", to.employer),
        },
        (None, Some(why)) => {
            let why = codes::hold_reason(lang, why);
            match lang {
                Lang::Ja => format!("送付先がないため({why})はがきは保留になり、次の連絡日が必要です。"),
                Lang::En => {
                    format!(
                        "There is nowhere to send the card ({why}): it will be held, and the day of the next contact is needed."
                    )
                }
            }
        }
        (None, None) => String::new(),
    }
}

/// What is still to be checked, and what no tick can do.
fn checks(lang: Lang, view: &RequestView) -> String {
    let evidence = |check: IdentityCheck| {
        view.evidence.iter().find(|it| it.check == check).map_or(Evidence::NotGiven, |it| it.evidence)
    };
    let lacking = view.lacking.iter().copied();
    let (can, cannot): (Vec<_>, Vec<_>) = lacking.partition(|check| evidence(*check) == Evidence::Confirmed);
    let can = (!can.is_empty()).then(|| {
        let checks = names(lang, can.into_iter());
        match lang {
            Lang::Ja => format!("本人確認が要ります: {checks}。"),
            Lang::En => format!("Still to be checked: {checks}."),
        }
    });
    let called = evidence(IdentityCheck::CallBack) == Evidence::Confirmed;
    let cannot = (!cannot.is_empty()).then(|| {
        let each = cannot.iter().map(|check| {
            let (check, of) = (codes::check(lang, *check), codes::evidence(lang, evidence(*check)));
            lang.choose(format!("{check}({of})"), format!("{check} ({of})"))
        });
        let each = each.collect::<Vec<_>>().join(lang.pick("、", ", "));
        // Where the birth date agrees, a call back stands in for the employer.
        match (lang, called && cannot.iter().all(|check| *check == IdentityCheck::Employer)) {
            (Lang::Ja, true) => format!("{each}のため、電話折返しで確かめます。"),
            (Lang::Ja, false) => format!("{each}のため、責任者の判断が要ります。"),
            (Lang::En, true) => format!("{each}: call back at a known number."),
            (Lang::En, false) => format!("{each}: a supervisor must decide."),
        }
    });
    can.into_iter().chain(cannot).collect::<Vec<_>>().join(lang.pick("", " "))
}

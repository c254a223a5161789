//! B11: what deserves a look before a batch takes its next step, a line for each.

use super::{Lang, codes, gate, print};
use crate::domain::CommentKind;
use crate::text::japan::day_of;
use crate::usecases::addresses::ChangedAddress;
use crate::usecases::batches::{BatchReview, BatchView, FirstTimeEmployer, MovedMember, fingerprint};

/// Whether a line is a count, or something to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewTone {
    /// How many of what.
    Count,
    /// To be looked at.
    Attention,
}

/// A line of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLine {
    /// What it is about.
    pub name: &'static str,
    /// How many, and which.
    pub text: String,
    /// Whether it wants attention.
    pub tone: ReviewTone,
}

/// As many of each as a person reads.
const FEW: usize = 4;

/// The lines of a batch: what deserves attention, counts, and the fingerprint of its approval.
pub fn lines(lang: Lang, view: &BatchView) -> Vec<ReviewLine> {
    let counts = view.review.as_ref().map(|review| counts(lang, review));
    let attention = view.review.as_ref().map(|review| attention(lang, review));
    let drafted = view.review.as_ref().and_then(|review| review.digest.as_deref());
    let digest = view.batch.approval_digest.as_deref().or(drafted);
    let mark = digest.map(|digest| ReviewLine {
        name: lang.pick("指紋", "Fingerprint"),
        text: fingerprint(digest),
        tone: ReviewTone::Count,
    });
    let attention = attention.into_iter().flatten();
    let attention =
        attention.map(|(name, items)| ReviewLine { name, text: few(lang, &items), tone: ReviewTone::Attention });
    // The answer; what it answers is among the comments, and in the question before the approval.
    let name = lang.pick("差戻しへの回答", "Answer");
    let answered = answers(lang, view).into_iter().skip(1).last().into_iter();
    let answered = answered.map(|text| ReviewLine { name, text, tone: ReviewTone::Attention });
    let answered = answered.filter(|_| view.review.is_some() && view.sent_back.is_none());
    answered.chain(attention).chain(counts.into_iter().flatten()).chain(mark).collect()
}

/// B17: what was said since the batch was sent back last, that included; nothing where it never was.
pub fn answers(lang: Lang, view: &BatchView) -> Vec<String> {
    let back = view.comments.iter().rposition(|comment| comment.kind == CommentKind::SentBack);
    let who = |by: &String| view.names.get(by).unwrap_or(by).clone();
    let said = back.into_iter().flat_map(|at| &view.comments[at..]);
    said.map(|it| format!("{} {}: {}", codes::comment(lang, it.kind), who(&it.by), it.text)).collect()
}

/// What an approver reads in the question itself: the counts, and how many of what deserve attention.
pub fn in_short(lang: Lang, review: &BatchReview) -> (Vec<String>, Option<String>) {
    let counts = counts(lang, review).into_iter().map(|line| format!("{}: {}", line.name, line.text)).collect();
    // What will be cancelled has its number in place of cards.
    let number = |name: &str, items: Vec<String>| match items.as_slice() {
        [only] if only.parse::<usize>().is_ok() => format!("{name} {only}"),
        items => format!("{name} {}", items.len()),
    };
    let marks: Vec<String> = attention(lang, review).into_iter().map(|(name, items)| number(name, items)).collect();
    let looked = |marks: String| lang.choose(format!("要確認: {marks}"), format!("To look at: {marks}"));
    (counts, (!marks.is_empty()).then(|| looked(marks.join(lang.pick("、", ", ")))))
}

/// Says that a screen has no room for the rest.
pub fn more(lang: Lang, rows: usize) -> String {
    lang.choose(
        format!("ほか {rows}行あります。画面を広げるか、mykempo batch show でご覧ください"),
        format!("{rows} more: see them on a larger screen, or with mykempo batch show"),
    )
}

fn counts(lang: Lang, review: &BatchReview) -> Vec<ReviewLine> {
    let words = &lang.labels().words;
    let line = |name, parts: Vec<String>| ReviewLine { name, text: parts.join("  "), tone: ReviewTone::Count };
    let kinds = review.kinds.iter().map(|(kind, n)| format!("{} {n}", words.card_kind(*kind))).collect();
    let causes = review.causes.iter().map(|(cause, n)| format!("{} {n}", codes::card_cause(lang, *cause))).collect();
    let asked = review.asked_by.iter().map(|(who, n)| format!("{} {n}", codes::asker(lang, who))).collect();
    vec![
        line(lang.pick("種類", "Kinds"), kinds),
        line(lang.pick("理由", "Causes"), causes),
        line(lang.pick("依頼", "Asked by"), asked),
    ]
}

/// What deserves attention, and which cards.
fn attention(lang: Lang, review: &BatchReview) -> Vec<(&'static str, Vec<String>)> {
    let gate = review.gate.iter();
    let stopped = gate.clone().flat_map(|it| &it.cards);
    let stopped = stopped.map(|card| format!("{} {}", card.member, gate::finding(lang, &card.finding))).collect();
    let leaving = gate.flat_map(|it| &it.warnings).map(|card| format!("{} ({})", card.member, card.on)).collect();
    let held = review.held.iter().map(|card| print::held(lang, card)).collect();
    let cancelled = (review.cancelled > 0).then(|| review.cancelled.to_string()).into_iter().collect();
    let apart = review.apart.iter().map(|card| print::apart(lang, card)).collect();
    let settings = review.settings.iter().map(ToString::to_string).collect();
    let rows: [(&'static str, Vec<String>); 14] = [
        (lang.pick("設定のため印刷できない", "Not printable by these settings"), settings),
        (
            lang.pick("承認後に変わった", "Changed since"),
            review.changed.iter().map(|it| gate::change(lang, it)).collect(),
        ),
        (
            lang.pick("住所が最近変わった事業所", "Addresses changed lately"),
            review.addresses.iter().map(|it| address(lang, it)).collect(),
        ),
        (
            lang.pick("はじめて送る事業所", "Employers sent to for the first time"),
            review.first_time.iter().map(|it| first_time(lang, it)).collect(),
        ),
        (
            lang.pick("勤務先が最近変わった方", "Employer changed lately"),
            review.moved.iter().map(|it| moved(lang, it)).collect(),
        ),
        (
            lang.pick("一度だけの送付先", "One-off addresses"),
            review.one_off.iter().map(|it| format!("{} {}", it.member, gate::route(&it.to))).collect(),
        ),
        (lang.pick("作成者が自分で依頼した", "Asked for by the drafter"), review.by_drafter.clone()),
        (lang.pick("同じ方に2枚以上", "Twice in it"), review.twice.clone()),
        (lang.pick("まもなく資格喪失", "Leaving soon"), leaving),
        (
            lang.pick("以前のバッチから戻った", "Back from an earlier batch"),
            review.leftovers.iter().map(|(member, batch)| format!("{member} ({batch})")).collect(),
        ),
        (lang.pick("印字できない・保留", "Will be held"), held),
        (lang.pick("発送待ちに残す", "Will wait in the queue"), apart),
        (lang.pick("不要になり取り消す", "Will be cancelled"), cancelled),
        (lang.pick("いま送れない", "Must not leave"), stopped),
    ];
    rows.into_iter().filter(|(_, items)| !items.is_empty()).collect()
}

/// The first of a list, with how many there are.
fn few(lang: Lang, items: &[String]) -> String {
    let shown = items.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join("  ");
    match items.len() {
        1 => shown,
        count if count <= FEW => format!("{count}  {shown}"),
        count => lang.choose(
            format!("{count}  {shown}  ほか {}", count - FEW),
            format!("{count}  {shown}  and {} more", count - FEW),
        ),
    }
}

fn first_time(lang: Lang, it: &FirstTimeEmployer) -> String {
    let FirstTimeEmployer { code, name, cards } = it;
    lang.choose(format!("{code} {name} ({cards}枚)"), format!("{code} {name} ({cards})"))
}

fn moved(lang: Lang, it: &MovedMember) -> String {
    let named = |employer: &Option<String>| employer.clone().unwrap_or_else(|| lang.pick("なし", "none").to_owned());
    format!("{} ({} -> {})", it.member, named(&it.before), named(&it.after))
}

fn address(lang: Lang, change: &ChangedAddress) -> String {
    let ChangedAddress { code, after, changed_at, confirmed_by, .. } = change;
    let (name, on) = (&after.company, day_of(*changed_at));
    match confirmed_by {
        Some(by) => lang.choose(
            format!("{code} {name} {on} 変更、確認 {by}"),
            format!("{code} {name} changed on {on}, confirmed by {by}"),
        ),
        None => lang.choose(
            format!("{code} {name} {on} 変更、確認待ち"),
            format!("{code} {name} changed on {on}, not confirmed"),
        ),
    }
}

//! F2: what one person proposes and another confirms.

use super::texts::plural;
use super::{Lang, settings};
use crate::domain::diagnosis::ReplyTextChange;
use crate::domain::{ChangeState, CredentialKind, GuardedChange};
use crate::usecases::refusal::TwoPeopleRefusal;
use crate::usecases::two_people::Proposal;

/// What is proposed, in one sentence.
pub fn change(lang: Lang, change: &GuardedChange) -> String {
    let role = |role| lang.labels().words.role(role);
    match change {
        GuardedChange::StaffAdd { id, name, role: new } => {
            lang.choose(format!("職員の登録 {id} {name}({})", role(*new)), format!("add {id} {name} ({})", role(*new)))
        }
        GuardedChange::StaffReset { id, credential: CredentialKind::Password } => {
            lang.choose(format!("{id} のパスワードの初期化"), format!("reset the password of {id}"))
        }
        GuardedChange::StaffReset { id, credential: CredentialKind::Key } => {
            lang.choose(format!("自動処理 {id} の新しい鍵"), format!("a new key of the machine {id}"))
        }
        GuardedChange::StaffRole { id, old, new } => lang.choose(
            format!("{id} の役割の変更 {} → {}", role(*old), role(*new)),
            format!("role of {id}: {} → {}", role(*old), role(*new)),
        ),
        GuardedChange::FactorReset { id } => {
            lang.choose(format!("{id} の二要素認証の登録の取消"), format!("reset the second factor of {id}"))
        }
        GuardedChange::SettingSet { key, old, new, sha256 } => {
            let shown = |value: &str| match value {
                "" => lang.pick("(空)", "(nothing)").to_owned(),
                value => settings::value(lang, value),
            };
            let file = sha256.as_ref().map(|sha256| format!(" (SHA-256 {sha256})")).unwrap_or_default();
            let values = format!("{} → {}{file}", shown(old), shown(new));
            lang.choose(format!("設定 {key} {values}"), format!("setting {key}: {values}"))
        }
    }
}

/// What became of a proposal.
pub const fn state(lang: Lang, state: ChangeState) -> &'static str {
    match state {
        ChangeState::Open => lang.pick("確認待ち", "open"),
        ChangeState::Confirmed => lang.pick("確認済み", "confirmed"),
        ChangeState::Refused => lang.pick("却下", "refused"),
        ChangeState::Withdrawn => lang.pick("取下げ", "withdrawn"),
        ChangeState::Expired => lang.pick("期限切れ", "expired"),
    }
}

/// A proposal in one line: number, state, change, proposer.
pub fn line(lang: Lang, proposal: &Proposal) -> String {
    let Proposal { id, proposed_by, until, decided_by, answer, .. } = proposal;
    let what = change(lang, &proposal.change);
    let end = match (proposal.state, decided_by) {
        (ChangeState::Open, _) => lang.choose(format!("{until} まで"), format!("until {until}")),
        (_, Some(by)) => lang.choose(format!("{by} が決定"), format!("by {by}")),
        (ChangeState::Confirmed, None) => lang.pick("データベースのある機械で確認", "on the host").to_owned(),
        (_, None) => String::new(),
    };
    let answer = answer.as_ref().map(|why| lang.choose(format!("({why})"), format!(" ({why})"))).unwrap_or_default();
    let said =
        lang.choose(format!("提案 {proposed_by}  {end}{answer}"), format!("proposed by {proposed_by}  {end}{answer}"));
    format!("{id}  {}  {what}  {said}", state(lang, proposal.state))
}

/// The words that a proposal changes, whole: heading, before, after.
pub fn texts(lang: Lang, changes: &[ReplyTextChange]) -> String {
    let one = |change: &ReplyTextChange| {
        let ReplyTextChange { heading, language, before, after } = change;
        let (was, becomes) = (lang.pick("変更前", "before"), lang.pick("変更後", "after"));
        format!("[{heading}] {}\n{was}: {before}\n{becomes}: {after}", language.code())
    };
    changes.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

/// Who could confirm a proposal now.
pub fn could_confirm(lang: Lang, proposal: &Proposal) -> String {
    let who = &proposal.could_confirm;
    if who.is_empty() {
        return lang.pick("今は確認できる方がいません。", "No one can confirm it now.").to_owned();
    }
    lang.choose(format!("確認できる方: {}", who.join("、")), format!("Could confirm it: {}", who.join(", ")))
}

/// That a change waits, and who could confirm it.
pub fn waits(lang: Lang, proposal: &Proposal) -> String {
    let (id, what, who) = (proposal.id, change(lang, &proposal.change), &proposal.could_confirm);
    if who.is_empty() {
        let none = could_confirm(lang, proposal);
        return lang.choose(format!("提案 {id}: {what}。{none}"), format!("Proposal {id}: {what}. {none}"));
    }
    lang.choose(
        format!("提案 {id}: {what}。まだ変更していません。次のどなたかの確認を待っています: {}", who.join("、")),
        format!("Proposal {id}: {what}. Nothing was changed yet; it waits for one of these: {}", who.join(", ")),
    )
}

/// Why a change was not proposed, confirmed, refused or withdrawn.
pub(super) fn refusal(refusal: &TwoPeopleRefusal) -> (String, String) {
    match refusal {
        TwoPeopleRefusal::Unknown(id) => (
            format!("提案 {id} はありません。mykempo proposal list で番号をお確かめください。"),
            format!("There is no proposal {id}. See mykempo proposal list."),
        ),
        TwoPeopleRefusal::Decided { proposal, state: now } => (
            format!("提案 {proposal} は「{}」です。何も変更していません。", state(Lang::Ja, *now)),
            format!("Proposal {proposal} is {} already. Nothing was changed.", state(Lang::En, *now)),
        ),
        TwoPeopleRefusal::Own(id) => (
            format!("提案 {id} はご自身の提案です。確認と却下は別の方が行います。取り下げることはできます。"),
            format!("Proposal {id} is your own: another person confirms or refuses it. You can withdraw it."),
        ),
        TwoPeopleRefusal::AboutYou(id) => (
            format!("提案 {id} はご自身についての提案です。別の方が確認してください。"),
            format!("Proposal {id} is about yourself. Another person confirms it."),
        ),
        TwoPeopleRefusal::OnePerson { other, from } => (
            format!("{other} とは、最初のパスワードの発行(提案・受渡し)に関わった間柄のため、{from} までは別の方とみなしません。ほかの方が確認・承認してください。何も変更していません。"),
            format!("One of you ({other}) made or asked for the other's first password, so until {from} the two of you count as one person. Have another person do this. Nothing was changed."),
        ),
        TwoPeopleRefusal::OwnMachine(machine) => (
            format!("自動処理 {machine} が行ったものです。この自動処理の登録を提案した方や、鍵を受け取った方は、ご自身で承認・確認できません。ほかの方が行ってください。何も変更していません。"),
            format!("The machine {machine} did this, and you proposed that machine or have had its key. Have another person do this. Nothing was changed."),
        ),
        TwoPeopleRefusal::Waiting { proposal, by } => (
            format!("同じ内容について、{by} の提案 {proposal} が確認を待っています。先に確認・却下・取下げをしてください。"),
            format!("Proposal {proposal} by {by} is about the same and waits. Confirm, refuse or withdraw that one first."),
        ),
        TwoPeopleRefusal::NotYours(id) => (
            format!("提案 {id} を取り下げられるのは、提案した方だけです。却下はできます。"),
            format!("Only who proposed {id} can withdraw it. You can refuse it."),
        ),
        TwoPeopleRefusal::NoPassword => (
            "最初のパスワードを指定してください(MYKEMPO_NEW_PASSWORD、または画面で入力)。何も変更していません。".into(),
            "Give the first password (MYKEMPO_NEW_PASSWORD, or at the prompt). Nothing was changed.".into(),
        ),
        TwoPeopleRefusal::NoSecond => (
            "確認できる方がほかにいないため、「on」にはできません。最近登録・初期化した職員は、2週間は登録した方と別の方とみなしません。auto のままなら、3人そろったときから二人での確認になります。"
                .into(),
            "It cannot be on: no other person could confirm. Who was added or reset lately counts as one with who did it for two weeks. With auto, two people decide as soon as there are three."
                .into(),
        ),
        TwoPeopleRefusal::OthersCould(who) => (
            format!("確認できる方がいます({})。この方法は、ほかに確認できる方がいないときだけ使えます。", who.join("、")),
            format!("{} can confirm it. This is for a proposal that {} can.", who.join(", "), "no other person"),
        ),
    }
}

/// The finding that one person decides alone.
pub(super) fn one_decides(lang: Lang, people: usize) -> String {
    lang.choose(
        format!("重要な変更を一人で行えます(確認できる職員 {people}人)"),
        format!(
            "one person alone can add and reset staff and change policies ({people} {} could confirm)",
            plural(people, "person", "people")
        ),
    )
}

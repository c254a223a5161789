//! 再発行: what it does is said before it is done (V2, V3).

use super::person::{key_of, who};
use super::requests::{MembersMsg, Reissue};
use crate::domain::{CardKind, CardState, ViewingState, WebDisplay};
use crate::labels::codes;
use crate::labels::refusals::explain;
use crate::tui::context::Context;
use crate::tui::layers::Confirm;
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::usecases::Refusal;
use crate::usecases::cards::{AskedCard, Confirmation};
use crate::usecases::members::{AccountState, Card, MemberView};
use crate::usecases::refusal::ReissueWarning;

/// Asks first, with what the view knows.
pub(super) fn ask(view: &MemberView, cx: &Context) -> Vec<KeyAction> {
    match obstacle(view) {
        Some(refusal) => vec![KeyAction::Say(StatusTone::Attention, explain(cx.labels.lang, &refusal.into()))],
        None => warn(view, &known(view), cx),
    }
}

/// What the use case would refuse anyway: better told before the question than after it.
fn obstacle(view: &MemberView) -> Option<Refusal> {
    let key = view.member.key();
    let open = view.account.as_ref().filter(|account| account.state == AccountState::Open);
    match open {
        None => Some(Refusal::NoAccount(key)),
        Some(account) if account.web_display == WebDisplay::NotWanted => Some(Refusal::DisplayOff(key)),
        Some(_) if view.cards.iter().any(|card| waits(&card.card)) => Some(Refusal::AlreadyQueued(key)),
        Some(_) => None,
    }
}

/// A viewing card that has no password yet: a second one is refused.
fn waits(card: &Card) -> bool {
    use CardState::{Drafted, Held, Queued};
    card.kind == CardKind::Viewing && matches!(card.state(), Queued | Held | Drafted)
}

/// Asks with what the person should think twice about. Where nothing is known to warn of, the use case looks again
/// and may send a warning of its own.
pub(super) fn warn(view: &MemberView, warning: &ReissueWarning, cx: &Context) -> Vec<KeyAction> {
    let warnings = cx.labels.members.warnings(warning);
    let confirmation = if warnings.is_empty() { Confirmation::NotYet } else { Confirmation::Confirmed };
    question(view, cx, warnings, confirmation)
}

fn known(view: &MemberView) -> ReissueWarning {
    let under_way = view.cards.iter().find(|card| {
        card.card.kind == CardKind::Viewing && card.card.state().is_under_way() && card.card.dead_on.is_none()
    });
    ReissueWarning {
        posted: view.posted_on,
        member: view.member.key(),
        under_way: under_way.and_then(|card| card.card.serial.clone()),
        planned: under_way.and_then(|card| card.planned_on),
        usable: view.viewing_password.is_some_and(|viewing| viewing.state == ViewingState::Active),
    }
}

fn question(view: &MemberView, cx: &Context, warnings: Vec<String>, confirmation: Confirmation) -> Vec<KeyAction> {
    let words = &cx.labels.members;
    let Ok(key) = key_of(&view.member) else { return nothing() };
    let target = match (view.no_route, &view.employer) {
        (Some(why), _) => Some(words.reissue_held(codes::hold_reason(cx.labels.lang, why))),
        (None, Some(employer)) => Some(words.reissue_where(&employer.record.name)),
        (None, None) => None,
    };
    let facts = std::iter::once(words.reissue_who(&who(&view.member))).chain(target);
    let who = who(&view.member);
    let request = Reissue { key: key.clone(), confirmation };
    let then = KeyAction::request_ok(request, |reply| MembersMsg::Reissued { key, who, reply });
    let question = Confirm::new(words.reissue_title, words.reissue_yes, vec![then]);
    vec![KeyAction::dialog(question.saying(facts).warning(warnings))]
}

/// Says what became of it.
pub(super) fn done(who: &str, asked: &AskedCard, cx: &Context) -> KeyAction {
    let words = &cx.labels.members;
    match asked.held {
        None => KeyAction::Say(StatusTone::Good, words.queued(who)),
        Some(why) => {
            KeyAction::Say(StatusTone::Attention, words.queued_held(who, codes::hold_reason(cx.labels.lang, why)))
        }
    }
}

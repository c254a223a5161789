//! R3: 一度だけの送付先. One supervisor proposes it, another sees what is proposed and decides.

use super::requests::{ApproveAddress, LookUpAddress, ProposeAddress, QueueMsg, RefuseAddress};
use crate::domain::{OneOffAddress, parse_postcode};
use crate::labels::{Labels, one_off};
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, StatusTone};
use crate::tui::screens::card_dialogs::OneCard;
use crate::tui::screens::common;
use crate::usecases::one_off::WaitingAddress;
use crate::usecases::queue::QueuedCard;

/// What is proposed for the card at hand; where nothing is, the form.
pub(super) fn look(card: &QueuedCard) -> Vec<KeyAction> {
    let OneCard { id: card, who, .. } = card.into();
    vec![KeyAction::request_ok(LookUpAddress(card), move |reply| QueueMsg::Address { card, who, reply })]
}

/// The form, in words that say whose responsibility this is (R1).
pub(super) fn propose(card: i64, who: &str, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.queue;
    let needed = |label: &'static str| FormRow::text(label).required();
    let rows = vec![
        FormRow::text(words.to_postcode).checked(|text, cx| match parse_postcode(text) {
            Some(digits) => Ok(format!("〒{}", common::postcode(Some(&digits)))),
            None => Err(cx.labels.queue.to_postcode_digits.to_owned()),
        }),
        needed(words.to_address),
        FormRow::text(words.to_building),
        needed(words.to_name),
        FormRow::text(words.to_department),
        needed(words.to_reason),
    ];
    let (lang, proposed) = (cx.labels.lang, words.to_proposed(who));
    let form = Form::new(words.to_title, rows, move |mut filled| {
        let parts: [String; 5] = std::array::from_fn(|_| filled.text());
        let reason = filled.text();
        match OneOffAddress::parse(parts.each_ref().map(String::as_str)) {
            Ok(to) => {
                let proposed = proposed.clone();
                vec![KeyAction::request_ok(ProposeAddress { card, to, reason }, |()| QueueMsg::Done(proposed))]
            }
            // Each row has been checked.
            Err(fault) => vec![KeyAction::Say(StatusTone::Attention, one_off::address(lang, &fault))],
        }
    });
    vec![KeyAction::dialog(form.saying([words.to_text(who), words.to_rule.to_owned()]))]
}

/// Shows what was proposed to the person who decides; tells the proposer that another person must.
pub(super) fn decide(waiting: &WaitingAddress, who: &str, cx: &Context) -> Vec<KeyAction> {
    let labels = cx.labels;
    let words = &labels.queue;
    let own = cx.person.as_ref().is_some_and(|person| person.id == waiting.proposal.proposed_by);
    let take_back = Choice { letter: 'x', text: words.to_take_back.to_owned(), then: refuse(waiting, who, labels) };
    let mut text = place(waiting, who, labels);
    if own {
        text.push(words.to_own.to_owned());
        return vec![KeyAction::dialog(Pick::new(words.to_title, vec![take_back]).saying(text))];
    }
    let choices = vec![
        Choice { letter: 'a', text: words.to_approve.to_owned(), then: approve(waiting, who, labels) },
        Choice { text: words.to_refuse.to_owned(), ..take_back },
    ];
    vec![KeyAction::dialog(Pick::new(words.to_title, choices).saying(text))]
}

/// Whose card, where to, why, and who says so.
fn place(waiting: &WaitingAddress, who: &str, labels: &Labels) -> Vec<String> {
    let words = &labels.queue;
    let WaitingAddress { proposal, proposer } = waiting;
    let postcode = common::postcode(Some(&proposal.postcode));
    vec![
        who.to_owned(),
        format!("〒{postcode} {} {}", proposal.address1, proposal.address2).trim_end().to_owned(),
        format!("{} {}", proposal.addressee, proposal.department).trim_end().to_owned(),
        words.to_why(&proposal.reason),
        words.to_by(proposer, &common::minute(proposal.proposed_at)),
    ]
}

fn approve(waiting: &WaitingAddress, who: &str, labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.queue;
    let approved = words.to_approved(who);
    let then = KeyAction::request_ok(ApproveAddress(waiting.proposal.card_id), |()| QueueMsg::Done(approved));
    let question = Confirm::new(words.to_title, words.to_approve, vec![then])
        .saying(place(waiting, who, labels))
        .warning([words.to_effect.to_owned()]);
    vec![KeyAction::dialog(question)]
}

fn refuse(waiting: &WaitingAddress, who: &str, labels: &'static Labels) -> Vec<KeyAction> {
    let words = &labels.queue;
    let (card, refused) = (waiting.proposal.card_id, words.to_refused(who));
    let form = Form::new(words.to_title, vec![FormRow::text(words.to_reason).required()], move |mut filled| {
        let refused = refused.clone();
        vec![KeyAction::request_ok(RefuseAddress { card, why: filled.text() }, |()| QueueMsg::Done(refused))]
    });
    vec![KeyAction::dialog(form.saying([words.to_refuse_text(who)]))]
}

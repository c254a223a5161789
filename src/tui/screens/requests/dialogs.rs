//! Queue, hold, reject, merge, choose: each said in words before it is done.

use super::calls::{
    AnswerRequest, ChooseMember, HoldRequest, LetPassRequest, MergeRequest, QueueNotice, RejectRequest, RequestsMsg,
    ResumeRequest, SettleRequest,
};
use crate::domain::diagnosis::{Language, ReplyDetail, Section, Speech};
use crate::domain::query::member_key;
use crate::domain::request::{CaseVerdict, Checklist, Evidence, Ground, IdentityCheck, KnownNumber, RequestStep};
use crate::labels::{cases, codes};
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::cells;
use crate::usecases::requests::{self, RequestView, Sent, SentField, Settlement};

/// Whether one key settles it: everything agrees, and nothing else is to be decided.
pub(super) fn settles(view: &RequestView) -> bool {
    let agrees = view.verdict == CaseVerdict::AllAgree && view.instead.is_none();
    agrees && view.together.is_empty() && view.no_route.is_none() && view.next.contains(&RequestStep::Verify)
}

/// Whether a card may be the answer to it.
pub(super) fn card_is_answer(view: &RequestView) -> bool {
    view.member.is_some() && view.instead.is_none() && view.next.contains(&RequestStep::Verify)
}

/// Why no key queues it now, in words.
pub(super) fn obstacle(view: &RequestView, cx: &Context) -> String {
    let words = &cx.labels.requests;
    let ticks =
        |check: &IdentityCheck| view.evidence.iter().any(|it| it.check == *check && it.evidence == Evidence::Confirmed);
    let by_ticks = !view.lacking.is_empty() && view.lacking.iter().all(ticks);
    if !view.next.contains(&RequestStep::Verify) {
        return words.not_open.to_owned();
    }
    if by_ticks && card_is_answer(view) && view.together.is_empty() {
        let lacking: Vec<&str> = view.lacking.iter().map(|check| codes::check(cx.labels.lang, *check)).collect();
        return words.lacking(&lacking.join(cx.labels.lang.pick("、", ", ")));
    }
    cases::happens(cx.labels.lang, view)
}

/// L1, L2: what the notice does, and to which member.
pub(super) fn queue(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let say = |text: String| vec![KeyAction::Say(StatusTone::Attention, text)];
    let agrees = settles(view);
    let may_go = view.instead.is_none() && (agrees || view.lacking.is_empty());
    let Some(member) = view.member.as_ref().filter(|_| may_go) else { return say(obstacle(view, cx)) };
    let text = words.queue_text(&format!("{member} {}", view.name));
    if let Some(why) = view.no_route {
        return vec![KeyAction::dialog(queue_held(view, (text, codes::hold_reason(cx.labels.lang, why)), cx))];
    }
    let (receipt, done) = (view.receipt.clone(), words.queued(&view.receipt));
    let moved = |request| RequestsMsg::Moved { request, text: done };
    let then = match agrees {
        true => KeyAction::request_ok(SettleRequest(receipt), moved),
        false => KeyAction::request_ok(QueueNotice { receipt, follow_up_on: None }, moved),
    };
    let question =
        Confirm::new(words.queue_title, words.queue_yes, vec![then]).saying([text, words.queue_effect.to_owned()]);
    vec![KeyAction::dialog(question)]
}

/// R8: a notice that will be held, with the day of the next contact.
fn queue_held(view: &RequestView, (text, why): (String, &str), cx: &Context) -> Form {
    let words = &cx.labels.requests;
    let (receipt, done) = (view.receipt.clone(), words.queued_held(&view.receipt, why));
    let day = FormRow::date(words.follow_up, Days::Coming).holding(&view.usual_follow_up.to_string());
    Form::new(words.queue_title, vec![day], move |mut filled| {
        let queue = QueueNotice { receipt: receipt.clone(), follow_up_on: filled.day() };
        let text = done.clone();
        vec![KeyAction::request_ok(queue, |request| RequestsMsg::Moved { request, text })]
    })
    .saying([text, words.queue_no_route(why)])
}

/// Hold, reject or answer: first the ground, then the reply. It is in the language given; the last choice is the other one.
pub(super) fn settle(view: &RequestView, step: RequestStep, language: Language, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let title = match step {
        RequestStep::Hold => words.hold_title,
        _ => words.reject_title,
    };
    // The permission to reject includes the answer that no card is needed.
    let offered = |ground: &&Ground| {
        ground.step() == step || (step == RequestStep::Reject && ground.step() == RequestStep::Answer)
    };
    let sections = [(Section::Medical, &view.society.medical), (Section::Health, &view.society.health)];
    let ways = Ground::ALL.iter().filter(offered).flat_map(|ground| {
        let general = (*ground, None, codes::ground(cx.labels.lang, *ground).to_owned());
        let named = sections.iter().filter(|(_, contact)| *ground == Ground::OtherInquiry && !contact.name.is_empty());
        let named = named.map(|(section, contact)| (*ground, Some(*section), words.other_to(&contact.name)));
        std::iter::once(general).chain(named).collect::<Vec<_>>()
    });
    let choices: Vec<Choice> = ways
        .zip('a'..)
        .map(|((ground, section, text), letter)| Choice {
            letter,
            text,
            then: vec![KeyAction::dialog(reply(view, (ground, section), language, cx))],
        })
        .collect();
    let proposed = Ground::ALL.iter().filter(offered).position(|ground| Some(*ground) == view.instead);
    let other = match language {
        Language::Japanese => Language::English,
        Language::English => Language::Japanese,
    };
    let in_other = Choice {
        letter: 'z',
        text: words.reply_in(other).to_owned(),
        then: vec![KeyAction::send(RequestsMsg::ReplyIn { receipt: view.receipt.clone(), step, language: other })],
    };
    let pick = Pick::new(title, choices.into_iter().chain([in_other]).collect());
    vec![KeyAction::dialog(pick.at(proposed.unwrap_or_default()))]
}

/// The proposed reply, to be changed or sent as it is; for a hold, the day on which it goes on. The sender reads the language
/// that was chosen, whatever this screen speaks.
fn reply(view: &RequestView, (ground, section): (Ground, Option<Section>), language: Language, cx: &Context) -> Form {
    let (words, step) = (&cx.labels.requests, ground.step());
    let receipt = view.receipt.clone();
    let done = match step {
        RequestStep::Hold => words.held(&receipt),
        RequestStep::Answer => words.answered(&receipt),
        _ => words.rejected(&receipt),
    };
    let title = codes::ground(cx.labels.lang, ground);
    let speech = Speech { language, today: cx.today(), society: &view.society };
    let planned = view.notice.as_ref().filter(|notice| notice.dispatched_on.is_none()).and_then(|it| it.planned_on);
    let detail = match (ground, section, planned) {
        (Ground::OtherInquiry, Some(section), _) => ReplyDetail::Section(section),
        (Ground::Arranged, _, Some(day)) => ReplyDetail::Planned(day),
        _ => ReplyDetail::None,
    };
    let proposed = view.reply_texts.reply(ground, detail, speech);
    let day = FormRow::date(words.follow_up, Days::Coming).holding(&view.usual_follow_up.to_string());
    let reply = FormRow::area(words.reply_field).holding(&proposed);
    let holds = step == RequestStep::Hold;
    let rows = if holds { vec![day, reply] } else { vec![reply] };
    Form::new(title, rows, move |mut filled| {
        let follow_up_on = if holds { filled.day() } else { None };
        let own = Some(filled.text()).filter(|text| !text.trim().is_empty() && *text != proposed);
        let why = Settlement { reply: own, language, section, follow_up_on, ground };
        let (receipt, text) = (receipt.clone(), done.clone());
        let moved = |request| RequestsMsg::Moved { request, text };
        vec![match step {
            RequestStep::Hold => KeyAction::request_ok(HoldRequest { receipt, why }, moved),
            RequestStep::Answer => KeyAction::request_ok(AnswerRequest { receipt, why }, moved),
            _ => KeyAction::request_ok(RejectRequest { receipt, why }, moved),
        }]
    })
    .saying([words.reply_hint.to_owned()])
}

/// which of several numbers was called back.
pub(super) fn called(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let choice = |(known, letter): (&KnownNumber, char)| Choice {
        letter,
        text: cases::number(cx.labels.lang, known),
        then: vec![KeyAction::send(RequestsMsg::Called {
            receipt: view.receipt.clone(),
            number: known.number.clone(),
        })],
    };
    let choices = view.call_back.iter().zip('a'..).map(choice).collect();
    vec![KeyAction::dialog(Pick::new(cx.labels.requests.which_number, choices))]
}

/// a supervisor lets pass what still lacks, with a reason.
pub(super) fn let_pass(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    if view.lacking.is_empty() || view.member.is_none() {
        return vec![KeyAction::Say(StatusTone::Quiet, words.nothing_to_pass.to_owned())];
    }
    let checks: Checklist = view.lacking.iter().copied().collect();
    let names: Vec<&str> = view.lacking.iter().map(|check| codes::check(cx.labels.lang, *check)).collect();
    let which = format!("{}: {}", words.let_pass_which, names.join(cx.labels.lang.pick("、", ", ")));
    let (receipt, done) = (view.receipt.clone(), words.let_passed(&view.receipt));
    let reason = FormRow::text(words.let_pass_reason).required();
    let form = Form::new(words.let_pass_title, vec![reason], move |mut filled| {
        let let_pass = LetPassRequest { receipt: receipt.clone(), checks: checks.clone(), reason: filled.text() };
        let text = done.clone();
        vec![KeyAction::request_ok(let_pass, |request| RequestsMsg::Moved { request, text })]
    });
    vec![KeyAction::dialog(form.saying([which, words.let_pass_text.to_owned()]))]
}

/// 再開: what was settled is open again.
pub(super) fn resume(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let (receipt, text) = (view.receipt.clone(), words.resumed(&view.receipt));
    let then = KeyAction::request_ok(ResumeRequest(receipt), |request| RequestsMsg::Moved { request, text });
    let question = Confirm::new(words.resume_title, words.resume_yes, vec![then]);
    vec![KeyAction::dialog(question.saying([words.resume_text(&view.receipt)]))]
}

/// this one ends in favour of another of the same member; which, if there are several.
pub(super) fn merge(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let Some(this) = view.beside.iter().find(|sent| sent.receipt == view.receipt) else {
        return vec![KeyAction::Say(StatusTone::Quiet, words.merge_none.to_owned())];
    };
    let others: Vec<&Sent> = view.beside.iter().filter(|sent| sent.receipt != view.receipt).collect();
    let (first, more) = match others.as_slice() {
        [] => return vec![KeyAction::Say(StatusTone::Quiet, words.merge_none.to_owned())],
        [first, more @ ..] => (first, more),
    };
    if more.is_empty() {
        return vec![KeyAction::dialog(merge_into(this, first, cx))];
    }
    let choice = |(other, letter): (&&Sent, char)| Choice {
        letter,
        text: format!("{}  {}", other.receipt, common::minute(other.received_at)),
        then: vec![KeyAction::dialog(merge_into(this, other, cx))],
    };
    vec![KeyAction::dialog(Pick::new(words.merge_choose, others.iter().zip('a'..).map(choice).collect()))]
}

/// Both side by side, and which of them stays.
fn merge_into(this: &Sent, other: &Sent, cx: &Context) -> Confirm {
    let words = &cx.labels.requests;
    let (from, text) = (this.receipt.clone(), words.merged_done(&other.receipt));
    let merge = MergeRequest { receipt: from.clone(), into: other.receipt.clone() };
    let then = KeyAction::request_ok(merge, |into| RequestsMsg::Merged { from, into, text });
    let row = |name: &str, of: &dyn Fn(&Sent) -> String| {
        [(name, 10), (&of(this), 23), (&of(other), 23)].map(|(text, cells)| padded(text, cells)).concat()
    };
    let lang = cx.labels.lang;
    let rows = [
        row("", &|_| String::new()),
        row("", &|sent| sent.receipt.clone()),
        row(words.received, &|sent| common::minute(sent.received_at)),
        row(cx.labels.words.state, &|sent| {
            format!("{} {}", codes::request_state(lang, sent.state), codes::channel(lang, sent.channel))
        }),
        row(cx.labels.words.name, &|sent| sent.claim.name.clone()),
        row(words.kana, &|sent| sent.claim.kana.clone()),
        row(words.born, &|sent| sent.claim.born_on.map(|day| day.to_string()).unwrap_or_default()),
        row(words.employer, &|sent| sent.claim.employer.clone()),
        row(words.contact, &|sent| sent.phone.clone()),
        row(words.body, &|sent| sent.body.clone()),
    ];
    let differs = requests::differences(this, other);
    let warning = (!differs.is_empty()).then(|| {
        let fields = differs.iter().map(|field| match field {
            SentField::Name => cx.labels.words.name,
            SentField::Kana => words.kana,
            SentField::BirthDate => words.born,
            SentField::Employer => words.employer,
            SentField::Phone => words.contact,
        });
        let fields: Vec<&str> = fields.collect();
        words.merge_differs(&fields.join(lang.pick("、", ", ")))
    });
    Confirm::new(words.merge_title, words.merge_yes, vec![then])
        .saying(std::iter::once(words.merge_text(&this.receipt, &other.receipt)).chain(rows))
        .warning(warning)
}

/// Cut or filled up to so many cells, and one more.
fn padded(text: &str, cells: u16) -> String {
    let text = cells::cut(&text.replace('\n', " "), cells);
    let blank = usize::from(cells.saturating_sub(cells::width(&text)) + 1);
    format!("{text}{}", " ".repeat(blank))
}

/// Points the request at a member by key.
pub(super) fn choose(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let receipt = view.receipt.clone();
    let row = FormRow::text(words.choose_key).checked(|text, cx| {
        let key = member_key(text).ok_or_else(|| cx.labels.requests.bad_key.to_owned())?;
        Ok(key.to_string())
    });
    let form = Form::new(words.choose_title, vec![row], move |mut filled| {
        let Some(key) = member_key(&filled.text()) else { return nothing() };
        let choose = ChooseMember { receipt: receipt.clone(), key };
        let text = words.chosen.to_owned();
        vec![KeyAction::request_ok(choose, |request| RequestsMsg::Moved { request, text })]
    });
    vec![KeyAction::dialog(form.saying([words.choose_text.to_owned()]))]
}

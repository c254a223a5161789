//! Queue, hold, reject, merge, choose: each said in words before it is done.

use super::calls::{AnswerRequest, ChooseMember, HoldRequest, MergeRequest, QueueNotice, RejectRequest, RequestsMsg};
use crate::domain::diagnosis::{Language, Scripts, Speech};
use crate::domain::query::member_key;
use crate::domain::request::{Ground, RequestStep};
use crate::labels::codes;
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, FormRow, Pick};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::cells;
use crate::usecases::requests::{self, RequestView, Sent, SentField, Settlement};

/// L1, L2: what the notice does, and to which member.
pub(super) fn queue(view: &RequestView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let Some(member) = &view.member else {
        return vec![KeyAction::Say(StatusTone::Attention, words.no_match.to_owned())];
    };
    if let Some(instead) = view.instead {
        return vec![KeyAction::Say(StatusTone::Attention, words.instead(codes::ground(cx.labels.lang, instead)))];
    }
    if !view.lacking.is_empty() {
        let lacking: Vec<&str> = view.lacking.iter().map(|check| codes::check(cx.labels.lang, *check)).collect();
        return vec![KeyAction::Say(StatusTone::Attention, words.lacking(&lacking.join(" ")))];
    }
    let why = view.no_route.map(|reason| codes::hold_reason(cx.labels.lang, reason));
    let text = why.map_or_else(|| words.queued(&view.receipt), |why| words.queued_held(&view.receipt, why));
    let effect = why.map_or_else(|| words.queue_effect.to_owned(), |why| words.queue_no_route(why));
    let then = KeyAction::request_ok(QueueNotice(view.receipt.clone()), |request| RequestsMsg::Moved { request, text });
    let question = Confirm::new(words.queue_title, words.queue_yes, vec![then])
        .saying([words.queue_text(&format!("{member} {}", view.name)), effect]);
    vec![KeyAction::dialog(question)]
}

/// Hold or reject: first the ground, then the reply.
pub(super) fn settle(view: &RequestView, step: RequestStep, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let title = match step {
        RequestStep::Hold => words.hold_title,
        _ => words.reject_title,
    };
    // Whoever rejects may also answer that no card is needed.
    let offered = |ground: &&Ground| {
        ground.step() == step || (step == RequestStep::Reject && ground.step() == RequestStep::Answer)
    };
    let choices = Ground::ALL.iter().filter(offered).zip('a'..);
    let choices = choices.map(|(ground, letter)| Choice {
        letter,
        text: codes::ground(cx.labels.lang, *ground).to_owned(),
        then: vec![KeyAction::dialog(reply(view, *ground, cx))],
    });
    vec![KeyAction::dialog(Pick::new(title, choices.collect()))]
}

/// The proposed reply, to be changed or sent as it is. The sender reads Japanese, whatever this screen speaks.
fn reply(view: &RequestView, ground: Ground, cx: &Context) -> Form {
    let (words, step) = (&cx.labels.requests, ground.step());
    let receipt = view.receipt.clone();
    let done = match step {
        RequestStep::Hold => words.held(&receipt),
        RequestStep::Answer => words.answered(&receipt),
        _ => words.rejected(&receipt),
    };
    let title = codes::ground(cx.labels.lang, ground);
    let speech = Speech { language: Language::Japanese, today: cx.today(), society: &view.society };
    let proposed = scripts().map_or_else(String::new, |scripts| scripts.reply(ground, speech));
    Form::new(title, vec![FormRow::area(words.reply_field).holding(&proposed)], move |mut filled| {
        let own = Some(filled.text()).filter(|text| !text.trim().is_empty() && *text != proposed);
        let why = Settlement { ground, reply: own };
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

/// They are part of the program, and a test reads them.
fn scripts() -> Option<&'static Scripts> {
    Scripts::embedded().ok()
}

//! Queue, hold, reject, merge, choose, take a call: each said in words before it is done.

use crate::domain::diagnosis::{Language, Scripts};
use crate::domain::request::{Claim, Ground, RequestStep};
use crate::labels::{Lang, codes};
use crate::tui::context::Context;
use crate::tui::layers::{Choice, Confirm, Form, Pick, Row};
use crate::tui::message::Order;
use crate::tui::screen::{Action, Tone, nothing};
use crate::tui::screens;
use crate::usecases::requests::{Call, RequestView, Settlement};

/// L1, L2: what the notice does, to whom.
pub(super) fn queue(view: &RequestView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let Some(member) = &view.member else {
        return vec![Action::Say(Tone::Attention, words.no_match.to_owned())];
    };
    if let Some(instead) = view.instead {
        return vec![Action::Say(Tone::Attention, (words.instead)(&ground(instead, cx.labels.lang)))];
    }
    if !view.lacking.is_empty() {
        let lacking: Vec<&str> = view.lacking.iter().map(|check| codes::check(cx.labels.lang, *check)).collect();
        return vec![Action::Say(Tone::Attention, (words.lacking)(&lacking.join(" ")))];
    }
    let order = Order::QueueNotice(view.receipt.clone());
    let question = Confirm::new(words.queue_title, words.queue_yes, vec![Action::Order(order)])
        .saying([(words.queue_text)(&format!("{member} {}", view.name)), words.queue_effect.to_owned()]);
    vec![Action::Confirm(question)]
}

/// Hold or reject: first the ground, then the reply.
pub(super) fn settle(view: &RequestView, step: RequestStep, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let title = match step {
        RequestStep::Hold => words.hold_title,
        _ => words.reject_title,
    };
    let choices = Ground::ALL.iter().filter(|ground| ground.step() == step).zip('a'..);
    let choices = choices.map(|(ground, letter)| Choice {
        letter,
        text: self::ground(*ground, cx.labels.lang),
        then: vec![Action::Form(reply(view, *ground, step, cx))],
    });
    vec![Action::Pick(Pick::new(title, choices.collect()))]
}

/// The reply in the clerk's own words, or the proposed one.
fn reply(view: &RequestView, ground: Ground, step: RequestStep, cx: &Context) -> Form {
    let words = &cx.labels.requests;
    let receipt = view.receipt.clone();
    let title = self::ground(ground, cx.labels.lang);
    let form = Form::new(title, vec![Row::text(words.reply_field)], move |texts| {
        let own = texts.into_iter().next().filter(|text| !text.trim().is_empty());
        let why = Settlement { ground, reply: own };
        let receipt = receipt.clone();
        vec![Action::Order(match step {
            RequestStep::Hold => Order::HoldRequest { receipt, why },
            _ => Order::Reject { receipt, why },
        })]
    });
    // The sender reads Japanese, whatever this screen speaks.
    let proposed = scripts().map(|scripts| scripts.reply(ground, Language::Japanese).to_owned());
    form.saying(std::iter::once(format!("{}:", words.reply_hint)).chain(proposed))
}

/// this one ends in favour of another of the same member.
pub(super) fn merge(view: &RequestView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let Some(into) = view.together.first() else {
        return vec![Action::Say(Tone::Quiet, words.merge_none.to_owned())];
    };
    let order = Order::Merge { receipt: view.receipt.clone(), into: into.clone() };
    let question =
        Confirm::new(words.merge_title, words.merge_yes, vec![Action::Order(order)])
            .saying([(words.merge_text)(&view.receipt, into)]);
    vec![Action::Confirm(question)]
}

/// Points the request at a member by key.
pub(super) fn choose(view: &RequestView, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let receipt = view.receipt.clone();
    let row = Row::text(words.choose_key).checked(|text, cx| {
        let key = screens::parse_key(text).ok_or_else(|| cx.labels.requests.bad_key.to_owned())?;
        Ok(key.to_string())
    });
    let form = Form::new(words.choose_title, vec![row], move |texts| {
        let key = texts.first().and_then(|text| screens::parse_key(text));
        key.map_or_else(nothing, |key| vec![Action::Order(Order::ChooseMember { receipt: receipt.clone(), key })])
    });
    vec![Action::Form(form.saying([words.choose_text.to_owned()]))]
}

/// a request by phone; what the caller did not say stays empty.
pub(super) fn take_call(cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let today = cx.today();
    let rows = vec![
        Row::text(words.symbol_number),
        Row::text(words.name).required(),
        Row::text(words.kana),
        Row::text(words.born).checked(|text, cx| screens::understood_date(text, cx, "")),
        Row::text(words.employer),
        Row::text(words.phone),
        Row::text(words.body),
    ];
    let form = Form::new(words.call_title, rows, move |texts| {
        let [key, name, kana, born, employer, phone, body]: [String; 7] = texts.try_into().unwrap_or_default();
        let parts: Vec<String> = crate::text::nfkc(&key).split(['-', ' ']).map(str::to_owned).collect();
        let part = |index: usize| parts.get(index).cloned().unwrap_or_default();
        let born_on = screens::parse_day(&born, today).ok().flatten();
        let claim = Claim { symbol: part(0), number: part(1), branch: part(2), name, kana, born_on, employer };
        vec![Action::Order(Order::TakeCall(Call { claim, phone, body }))]
    });
    vec![Action::Form(form.saying([words.call_text.to_owned()]))]
}

/// A ground in words; its code where the scripts cannot be read.
pub(super) fn ground(ground: Ground, lang: Lang) -> String {
    scripts().map_or_else(|| ground.code().to_owned(), |scripts| scripts.ground(ground, lang.into()).to_owned())
}

/// They are part of the program, and a test reads them.
fn scripts() -> Option<&'static Scripts> {
    Scripts::embedded().ok()
}

//! a request for login data by phone, wherever the clerk is when the caller asks for it.

use crate::domain::MemberKey;
use crate::domain::query::member_key;
use crate::domain::request::Claim;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, Row};
use crate::tui::request::{Request, RequestKind, Session};
use crate::tui::screen::Action;
use crate::usecases::Error;
use crate::usecases::requests::{self, Call};
use std::any::Any;

/// 送付依頼 by phone; its reply is the receipt number.
#[derive(Debug)]
pub(crate) struct TakeCall(pub(crate) Call);

impl Request for TakeCall {
    type Reply = String;
    const KIND: RequestKind = RequestKind::Always;

    async fn run(self, session: Session<'_>) -> Result<String, Error> {
        Ok(requests::take_call(session.ctx, session.actor, &self.0).await?.receipt)
    }
}

/// The form. Of a member who is open, the key is known; everything else is typed as the caller says it, because it is
/// compared with the registry afterwards.
///
/// What an identified caller has said already is not asked again. `taken` tells the screen the receipt number.
pub(super) fn form<M: Any>(of: Option<(&MemberKey, &Claim)>, taken: fn(String) -> M, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.requests;
    let known = of.map(|(key, _)| key.to_string()).unwrap_or_default();
    let said = of.map(|(_, said)| said.clone()).unwrap_or_default();
    let born = said.born_on.map(|day| day.to_string()).unwrap_or_default();
    let key = Row::text(words.symbol_number).holding(&known).checked(|text, cx| match text.trim() {
        "" => Ok(cx.labels.requests.no_key.to_owned()),
        _ => member_key(text).map(|key| key.to_string()).ok_or_else(|| cx.labels.requests.bad_key.to_owned()),
    });
    let rows = vec![
        key,
        Row::text(words.name),
        Row::text(words.kana).required().holding(&said.kana),
        Row::date_or(words.born, Days::Born, "").holding(&born),
        Row::text(words.employer).holding(&said.employer),
        Row::text(words.phone),
        Row::text(words.body),
    ];
    let form = Form::new(words.call_title, rows, move |mut filled| {
        let key = member_key(&filled.text());
        let part = |part: fn(&MemberKey) -> &str| key.as_ref().map_or_else(String::new, |key| part(key).to_owned());
        let claim = Claim {
            symbol: part(|key| key.symbol.shown()),
            number: part(|key| key.number.shown()),
            branch: part(|key| key.branch.shown()),
            name: filled.text(),
            kana: filled.text(),
            born_on: filled.day(),
            employer: filled.text(),
        };
        let call = Call { claim, phone: filled.text(), body: filled.text() };
        vec![Action::request_ok(TakeCall(call), taken)]
    })
    .from(usize::from(of.is_some()));
    vec![Action::dialog(form.saying([words.call_text.to_owned()]))]
}

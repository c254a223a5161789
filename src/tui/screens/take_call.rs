//! a request for login data by phone, wherever the clerk is when the caller asks for it.

use crate::domain::MemberKey;
use crate::domain::query::member_key;
use crate::domain::request::Claim;
use crate::tui::context::Context;
use crate::tui::days::Days;
use crate::tui::layers::{Form, FormRow};
use crate::tui::request::request;
use crate::tui::screen::KeyAction;
use crate::usecases::requests::{self, IncomingCall};
use std::any::Any;

/// 送付依頼 by phone; its reply is the receipt number.
#[derive(Debug)]
pub(crate) struct TakeCall(pub(crate) IncomingCall);
request!(TakeCall => String, Always, |ctx, actor, it| Ok(requests::take_call(ctx, actor, &it.0).await?.receipt));

/// The form. Of a member who is open, the key is known; everything else is typed as the caller says it, because it is
/// compared with the registry afterwards.
///
/// What an identified caller has said already is not asked again. `taken` tells the screen the receipt number.
pub(super) fn form<M: Any>(of: Option<(&MemberKey, &Claim)>, taken: fn(String) -> M, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.requests;
    let known = of.map(|(key, _)| key.to_string()).unwrap_or_default();
    let said = of.map(|(_, said)| said.clone()).unwrap_or_default();
    let born = said.born_on.map(|day| day.to_string()).unwrap_or_default();
    let key = FormRow::text(words.symbol_number).holding(&known).checked(|text, cx| match text.trim() {
        "" => Ok(cx.labels.requests.no_key.to_owned()),
        _ => member_key(text).map(|key| key.to_string()).ok_or_else(|| cx.labels.requests.bad_key.to_owned()),
    });
    let rows = vec![
        key,
        FormRow::text(cx.labels.words.name),
        FormRow::text(words.kana).required().holding(&said.kana),
        FormRow::date_or(words.born, Days::Born, "").holding(&born),
        FormRow::text(words.employer).holding(&said.employer),
        FormRow::text(words.phone),
        FormRow::text(words.body),
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
        let call = IncomingCall { claim, phone: filled.text(), body: filled.text() };
        vec![KeyAction::request_ok(TakeCall(call), taken)]
    })
    .from(usize::from(of.is_some()));
    vec![KeyAction::dialog(form.saying([words.call_text.to_owned()]))]
}

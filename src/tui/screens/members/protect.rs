//! 保護措置 (R7): set, or ended where one stands.

use super::person::key_of;
use super::requests::{EndProtection, MembersMsg, SetProtection};
use crate::tui::context::Context;
use crate::tui::layers::{Form, FormRow};
use crate::tui::screen::{KeyAction, nothing};
use crate::usecases::members::MemberView;

/// Asks for the reason.
pub(super) fn ask(view: &MemberView, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.members;
    let Ok(key) = key_of(&view.member) else { return nothing() };
    let who = format!("{} {}", view.member.key(), view.member.name);
    let stands = view.protection.is_some();
    let (title, text) = if stands {
        (words.unprotect_title, words.unprotect_text(&who))
    } else {
        (words.protect_title, words.protect_text(&who))
    };
    let form = Form::new(title, vec![FormRow::text(words.protect_reason).required()], move |mut filled| {
        let (key, of, who, reason) = (key.clone(), key.clone(), who.clone(), filled.text());
        vec![match stands {
            false => {
                KeyAction::request_ok(SetProtection { key, reason }, |set| MembersMsg::Protected { key: of, who, set })
            }
            true => KeyAction::request_ok(EndProtection { key, reason }, |released| MembersMsg::Unprotected {
                key: of,
                who,
                released,
            }),
        }]
    });
    vec![KeyAction::dialog(form.saying([text]))]
}

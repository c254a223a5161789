//! Changes to staff and settings.

use super::SettingLine;
use crate::domain::Role;
use crate::secrets::Rule;
use crate::store::staff::Staff;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, Row};
use crate::tui::message::Order;
use crate::tui::screen::{Action, nothing};

pub(super) fn add(cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let rows =
        vec![Row::text(words.id).required(), Row::text(words.name).required(), role_row(cx), password_row(cx, "")];
    let form = Form::new(words.add_title, rows, |mut filled| {
        let (id, name) = (crate::text::nfkc(&filled.text()), filled.text());
        let Some(role) = parse_role(&filled.text()) else { return nothing() };
        vec![Action::Order(Order::AddStaff { id, name, role, password: filled.secret() })]
    });
    vec![Action::Form(form.saying([words.add_text.to_owned(), rules(cx), words.role_hint.to_owned()]))]
}

/// A first password is held to the rules while it is typed.
fn password_row(cx: &Context, id: &str) -> Row {
    let id = id.to_owned();
    Row::password(cx.labels.admin.first_password).checked(move |text, cx| {
        match Rule::ALL.into_iter().find(|rule| !rule.holds(text, &id)) {
            Some(rule) => Err((cx.labels.sign_in.rule)(rule).to_owned()),
            None => Ok(String::new()),
        }
    })
}

/// The rules of a password in one line.
fn rules(cx: &Context) -> String {
    let rule = cx.labels.sign_in.rule;
    let comma = cx.labels.lang.pick("、", ", ");
    format!("{}: {}{comma}{}", cx.labels.sign_in.password, rule(Rule::Long), rule(Rule::NotCommon))
}

fn role_row(cx: &Context) -> Row {
    Row::text(cx.labels.admin.role).checked(|text, cx| match parse_role(text) {
        Some(role) => Ok((cx.labels.words.role)(role).to_owned()),
        None if text.is_empty() => Err(cx.labels.admin.role_hint.to_owned()),
        None => Err(cx.labels.admin.bad_role.to_owned()),
    })
}

fn parse_role(text: &str) -> Option<Role> {
    crate::text::nfkc(text).to_lowercase().parse().ok()
}

pub(super) fn unlock(person: &Staff, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let question = Confirm::new(
        words.unlock_title,
        words.unlock_title,
        vec![Action::Order(Order::UnlockStaff(person.id.clone()))],
    )
    .saying([(words.unlock_text)(&who(person))])
    .harmless();
    vec![Action::Confirm(question)]
}

pub(super) fn reset(person: &Staff, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let id = person.id.clone();
    let form = Form::new(words.reset_title, vec![password_row(cx, &person.id)], move |mut filled| {
        vec![Action::Order(Order::ResetStaff { id: id.clone(), password: filled.secret() })]
    });
    vec![Action::Form(form.saying([(words.reset_text)(&who(person)), words.add_text.to_owned(), rules(cx)]))]
}

pub(super) fn disable(person: &Staff, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let order = Order::DisableStaff(person.id.clone());
    let question = Confirm::new(words.disable_title, words.disable_yes, vec![Action::Order(order)])
        .saying([(words.disable_text)(&who(person))]);
    vec![Action::Confirm(question)]
}

pub(super) fn role(person: &Staff, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let id = person.id.clone();
    let form = Form::new(words.role_title, vec![role_row(cx)], move |mut filled| {
        let Some(role) = parse_role(&filled.text()) else { return nothing() };
        vec![Action::Order(Order::ChangeRole { id: id.clone(), role })]
    });
    let now = (cx.labels.words.role)(person.role);
    vec![Action::Form(form.saying([(words.role_text)(&who(person), now), words.role_hint.to_owned()]))]
}

pub(super) fn factor(person: &Staff, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let order = Order::ResetFactor(person.id.clone());
    let question = Confirm::new(words.factor_title, words.factor_title, vec![Action::Order(order)])
        .saying([(words.factor_text)(&who(person))]);
    vec![Action::Confirm(question)]
}

pub(super) fn edit(line: &SettingLine, cx: &Context) -> Vec<Action> {
    let words = &cx.labels.admin;
    let key = line.key;
    let row = Row::text(words.value).holding(&line.value);
    let form = Form::new((words.set_title)(key), vec![row], move |mut filled| {
        vec![Action::Order(Order::SetSetting { key, value: filled.text() })]
    });
    vec![Action::Form(form.saying([(words.meaning)(key).to_owned(), format!("{}: {}", words.takes, line.takes)]))]
}

/// `sato 佐藤`
fn who(person: &Staff) -> String {
    format!("{} {}", person.id, person.name)
}

//! Changes to staff and settings.

use super::requests::{
    AddStaff, AdminMsg, ChangeRole, DisableStaff, ResetFactor, ResetPassword, SetSetting, UnlockStaff,
};
use crate::domain::Role;
use crate::labels::settings as words_of;
use crate::tui::context::Context;
use crate::tui::layers::{Confirm, Form, FormRow};
use crate::tui::screen::{KeyAction, nothing};
use crate::usecases::Settings;
use crate::usecases::settings::{Setting, ValueKind};
use crate::usecases::staff::{Rule, Staff, Unlocked};
use crate::usecases::two_people::Deciders;

pub(super) fn add(deciders: Deciders, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let rows =
        [FormRow::text(words.id).required(), FormRow::text(cx.labels.words.name).required(), role_row(Role::Clerk, cx)];
    let (password, text) = first_password("", deciders, cx);
    let rows = rows.into_iter().chain(password).collect();
    let form = Form::new(words.add_title, rows, move |mut filled| {
        let (id, name) = (crate::text::nfkc(&filled.text()), filled.text());
        let Ok(role) = filled.text().parse() else { return nothing() };
        let text = words.added(&format!("{id} {name}"));
        let password = (deciders == Deciders::One).then(|| filled.secret());
        let request = AddStaff { id, name, role, password };
        vec![KeyAction::request_ok(request, |asked| AdminMsg::Asked(asked, text))]
    });
    vec![KeyAction::dialog(form.saying(text))]
}

/// The row of the first password with what is said of it; where two people decide, the confirmation makes it.
fn first_password(id: &str, deciders: Deciders, cx: &Context) -> (Option<FormRow>, Vec<String>) {
    let words = &cx.labels.admin;
    match deciders {
        Deciders::One => (Some(password_row(cx, id)), vec![words.add_text.to_owned(), rules(cx)]),
        Deciders::Two => (None, vec![words.two_decide.to_owned()]),
    }
}

/// A first password is held to the rules while it is typed.
fn password_row(cx: &Context, id: &str) -> FormRow {
    let id = id.to_owned();
    FormRow::password(cx.labels.admin.first_password).checked(move |text, cx| {
        match Rule::ALL.into_iter().find(|rule| !rule.holds(text, &id)) {
            Some(rule) => Err(cx.labels.sign_in.rule(rule).to_owned()),
            None => Ok(String::new()),
        }
    })
}

/// The rules of a password in one line.
fn rules(cx: &Context) -> String {
    let words = &cx.labels.sign_in;
    let comma = cx.labels.lang.pick("、", ", ");
    format!("{}: {}{comma}{}", words.password, words.rule(Rule::Long), words.rule(Rule::NotCommon))
}

fn role_row(now: Role, cx: &Context) -> FormRow {
    let named = |role: &Role| (role.code().to_owned(), cx.labels.words.role(*role).to_owned());
    FormRow::choice(cx.labels.admin.role, Role::PEOPLE.iter().map(named).collect(), now.code())
}

pub(super) fn unlock(person: &Staff, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let id = person.id.clone();
    let then = KeyAction::request_ok(UnlockStaff(person.id.clone()), move |found| {
        AdminMsg::Done(match found {
            Unlocked::Opened => words.unlocked(&id),
            Unlocked::WasOpen => words.was_open(&id),
        })
    });
    let question = Confirm::new(words.unlock_title, words.unlock_title, vec![then])
        .saying([words.unlock_text(&who(person))])
        .harmless();
    vec![KeyAction::dialog(question)]
}

pub(super) fn reset(person: &Staff, deciders: Deciders, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let id = person.id.clone();
    if deciders == Deciders::Two {
        let (id, text) = (id, words.reset(&person.id));
        let request = ResetPassword { id, password: None };
        let then = KeyAction::request_ok(request, |asked| AdminMsg::Asked(asked, text));
        let said = [words.reset_text(&who(person)), words.two_decide.to_owned()];
        return vec![KeyAction::dialog(Confirm::new(words.reset_title, words.reset_title, vec![then]).saying(said))];
    }
    let form = Form::new(words.reset_title, vec![password_row(cx, &person.id)], move |mut filled| {
        let text = words.reset(&id);
        let request = ResetPassword { id: id.clone(), password: Some(filled.secret()) };
        vec![KeyAction::request_ok(request, |asked| AdminMsg::Asked(asked, text))]
    });
    vec![KeyAction::dialog(form.saying([words.reset_text(&who(person)), words.add_text.to_owned(), rules(cx)]))]
}

pub(super) fn disable(person: &Staff, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let disabled = words.disabled_done(&person.id);
    let then = KeyAction::request_ok(DisableStaff(person.id.clone()), |()| AdminMsg::Done(disabled));
    let question =
        Confirm::new(words.disable_title, words.disable_yes, vec![then]).saying([words.disable_text(&who(person))]);
    vec![KeyAction::dialog(question)]
}

pub(super) fn role(person: &Staff, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let id = person.id.clone();
    let form = Form::new(words.role_title, vec![role_row(person.role, cx)], move |mut filled| {
        let Ok(role) = filled.text().parse() else { return nothing() };
        let text = words.role_changed(&id);
        vec![KeyAction::request_ok(ChangeRole { id: id.clone(), role }, |asked| AdminMsg::Asked(asked, text))]
    });
    let now = cx.labels.words.role(person.role);
    vec![KeyAction::dialog(form.saying([words.role_text(&who(person), now)]))]
}

pub(super) fn factor(person: &Staff, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let reset = words.factor_reset(&person.id);
    let then = KeyAction::request_ok(ResetFactor(person.id.clone()), |asked| AdminMsg::Asked(asked, reset));
    let question =
        Confirm::new(words.factor_title, words.factor_title, vec![then]).saying([words.factor_text(&who(person))]);
    vec![KeyAction::dialog(question)]
}

/// A value is checked as the use case checks it; a change that weakens something is asked about first.
pub(super) fn edit(setting: &'static Setting, settings: &Settings, cx: &Context) -> Vec<KeyAction> {
    let words = &cx.labels.admin;
    let (lang, old) = (cx.labels.lang, setting.get(settings));
    let row = match setting.takes {
        ValueKind::Flag => choice(&["true", "false"], &old, cx),
        ValueKind::OneOf(codes) => choice(codes, &old, cx),
        _ => value_row(setting, settings, cx),
    };
    let text = [
        words_of::meaning(lang, setting.id).to_owned(),
        format!("{}: {}", words.takes, words_of::takes(lang, setting.takes)),
    ];
    let now = settings.clone();
    let form = Form::new(words.set_title(setting.key), vec![row], move |mut filled| {
        let value = filled.text();
        let read = setting.fits(&now, &value).unwrap_or_default();
        let text = words.set_done(setting.key, &value);
        let set = KeyAction::request_ok(SetSetting { key: setting.key, value }, |asked| AdminMsg::Asked(asked, text));
        if !setting.guarded {
            return vec![set];
        }
        if read == old {
            return nothing();
        }
        let shown = |value: &str| match value {
            "" => words.nothing_set.to_owned(),
            value => words_of::value(lang, value),
        };
        let question = Confirm::new(words.set_title(setting.key), words.set_yes, vec![set])
            .saying([words_of::meaning(lang, setting.id).to_owned()])
            .warning([words.old_value(&shown(&old)), words.new_value(&shown(&read))]);
        vec![KeyAction::dialog(question)]
    });
    vec![KeyAction::dialog(form.saying(text))]
}

fn choice(codes: &[&str], now: &str, cx: &Context) -> FormRow {
    let named = |code: &&str| ((*code).to_owned(), words_of::value(cx.labels.lang, code));
    FormRow::choice(cx.labels.admin.value, codes.iter().map(named).collect(), now)
}

fn value_row(setting: &'static Setting, settings: &Settings, cx: &Context) -> FormRow {
    let now = settings.clone();
    FormRow::text(cx.labels.admin.value).holding(&setting.get(settings)).checked(move |text, cx| {
        match setting.fits(&now, text) {
            Some(read) if read == text => Ok(String::new()),
            Some(read) => Ok(read),
            None => Err(cx.labels.admin.bad_value.to_owned()),
        }
    })
}

/// `sato 佐藤`
fn who(person: &Staff) -> String {
    format!("{} {}", person.id, person.name)
}

//! What a credential form asks for: its fields, its words, when they are complete, and what follows.

use super::enrolment::EnrolmentForm;
use super::input::{FormWords, Input};
use crate::labels::SignInTexts as Words;
use crate::tui::authentication::Credential;
use crate::tui::context::{Context, OpenPerson};
use crate::tui::widgets::InputField;
use crate::usecases::staff::{Passphrase, Rule};

/// What is asked for.
pub(super) enum SignInStep {
    /// Staff ID and password.
    SignIn,
    /// A new password, twice, of a person whose password was set by another.
    Change(OpenPerson),
    /// Six digits of the authenticator app, or a recovery code.
    Code,
    /// The first code of a new device.
    Enrol(EnrolmentForm),
    /// The password of the person who locked the screen.
    Unlock,
}

/// What submitting leads to.
pub(super) enum Submitted {
    /// Something is still missing: the field that is asked for.
    Asks(usize),
    /// Something is wrong: why, and the field that is asked for again.
    Refused(String, usize),
    /// The credentials are complete.
    Complete(Credential),
}

impl SignInStep {
    pub(super) fn inputs(&self) -> Vec<Input> {
        let input = |label, field| Input { label, field };
        match self {
            Self::SignIn => {
                vec![
                    input(|words| words.staff_id, InputField::new()),
                    input(|words| words.password, InputField::password()),
                ]
            }
            Self::Change(_) => vec![
                input(|words| words.new_password, InputField::password()),
                input(|words| words.again, InputField::password()),
            ],
            Self::Code | Self::Enrol(_) => vec![input(|words| words.code, InputField::new())],
            Self::Unlock => vec![input(|words| words.password, InputField::password())],
        }
    }

    /// Takes the secrets out of their fields where they are complete.
    pub(super) fn submit(&self, inputs: &mut [Input], at: usize, words: &Words) -> Submitted {
        match (self, inputs) {
            (Self::SignIn, [id, _]) if at == 0 && !id.field.text().is_empty() => Submitted::Asks(1),
            (Self::SignIn, [id, password]) => {
                if id.field.text().trim().is_empty() || password.field.text().is_empty() {
                    return Submitted::Refused(words.missing.to_owned(), at);
                }
                Submitted::Complete(Credential::SignIn {
                    id: crate::text::nfkc(id.field.text()),
                    password: secret(password),
                })
            }
            (Self::Change(person), [new, again]) => {
                if let Some(rule) = Rule::ALL.into_iter().find(|rule| !rule.holds(new.field.text(), &person.id)) {
                    return Submitted::Refused(words.broken(rule).to_owned(), 0);
                }
                if at == 0 {
                    return Submitted::Asks(1);
                }
                let (new, again) = (secret(new), secret(again));
                if new.expose() == again.expose() {
                    Submitted::Complete(Credential::ChangePassword { new })
                } else {
                    Submitted::Refused(words.differ.to_owned(), 0)
                }
            }
            (Self::Code, [code]) if !code.field.text().is_empty() => {
                Submitted::Complete(Credential::Code(secret(code)))
            }
            (Self::Enrol(_), [code]) if !code.field.text().is_empty() => {
                Submitted::Complete(Credential::Enrol(secret(code)))
            }
            (Self::Unlock, [password]) if !password.field.text().is_empty() => {
                Submitted::Complete(Credential::Unlock { password: secret(password) })
            }
            _ => Submitted::Asks(at),
        }
    }

    /// The rules of a new password are told before it is typed, and ticked off as they are met.
    pub(super) fn words(&self, inputs: &[Input], cx: &Context) -> FormWords {
        let words = &cx.labels.sign_in;
        let said = |title: &str, text: &str, hint| FormWords { title: title.to_owned(), text: text.to_owned(), hint };
        match self {
            Self::SignIn => said(&cx.society, words.program, words.hint),
            Self::Change(person) => {
                let new = inputs.first().map_or("", |input| input.field.text());
                let line = |rule: Rule| {
                    let met = !new.is_empty() && rule.holds(new, &person.id);
                    format!("\n[{}] {}", if met { 'x' } else { ' ' }, words.rule(rule))
                };
                let text = format!("{}{}", words.change_why, Rule::ALL.map(line).concat());
                said(words.change_title, &text, words.change_hint)
            }
            Self::Code => said(words.code_title, words.code_text, words.code_hint),
            Self::Enrol(_) => said(words.enrol_title, words.enrol_code, ""),
            Self::Unlock => {
                let name = cx.person.as_ref().map_or("", |person| person.name.as_str());
                said(words.lock_title, &words.lock_text(name), "")
            }
        }
    }
}

fn secret(input: &mut Input) -> Passphrase {
    Passphrase::new(input.field.take())
}

//! Putting a diagnosis into words.

use super::super::{
    CallerKind, CharacterKind, Diagnosis, NextAction, Question, Section, SectionContact, Slot, SlotValue, SocietyWords,
    Topic,
};
use super::{Language, Line, ScriptError, Scripts, Text, Texts};
use crate::domain::request::Ground;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A diagnosis in words, ready for the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The topic in words.
    pub title: String,
    /// The section of the guide.
    pub guide: String,
    /// わかったこと, the weightiest first.
    pub findings: Vec<String>,
    /// お伝えすること
    pub say: String,
    /// What is read out where the caller follows on the screen.
    pub steps: Vec<String>,
    /// してはいけないこと
    pub never: Vec<String>,
    /// A question to the caller.
    pub question: Option<AskedQuestion>,
    /// 次にできること
    pub next: Vec<(NextAction, String)>,
}

/// A question in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    /// The question that is asked.
    pub question: Question,
    /// How to put it.
    pub text: String,
    /// The answers to choose from, code and words; empty where a date or a serial is typed.
    pub choices: Vec<(&'static str, String)>,
}

/// In which language, on which day and for which society a script is put into words.
#[derive(Debug, Clone, Copy)]
pub struct Speech<'a> {
    /// Language of the person who reads it out.
    pub language: Language,
    /// Today in Japan.
    pub today: NaiveDate,
    /// Names and phones from the settings.
    pub society: &'a SocietyWords,
}

/// How a day is put.
#[derive(Clone, Copy)]
pub(super) enum Manner {
    /// 11月26日
    Spoken,
    /// 11/26
    Written,
}

/// The opening of a contact who was checked.
pub(super) const CHECKED: &str = "employer_checked";

/// The same, where no parcel was sent.
pub(super) const WITHOUT_PARCEL: &str = "employer_without_parcel";

impl Scripts {
    /// The topic in words, as the clerk's menu shows it.
    pub fn title(&self, topic: Topic, language: Language) -> &str {
        self.topics[&topic].title.in_language(language)
    }

    /// The section of the guide.
    pub fn guide(&self, topic: Topic) -> &str {
        &self.topics[&topic].guide
    }

    /// An action in words.
    pub fn action(&self, action: NextAction, language: Language) -> &str {
        self.common.action[action.code()].in_language(language)
    }

    /// A section with its number.
    pub fn section(&self, section: Section, language: Language) -> &str {
        self.common.section[section.code()].in_language(language)
    }

    /// The ground of a hold or a rejection, in words.
    pub fn ground(&self, ground: Ground, language: Language) -> &str {
        self.common.ground[ground.code()].in_language(language)
    }

    /// The whole diagnosis in words. Fails only where a sentence names a value that its case does not have.
    pub fn render(&self, it: &Diagnosis, speech: Speech<'_>) -> Result<Answer, ScriptError> {
        let (common, language) = (&self.common, speech.language);
        let word = |texts: &Texts, code: &str| texts[code].in_language(language).to_owned();
        let own = &self.topics[&it.topic];
        let say = own.say.get(it.case.code()).unwrap_or_else(|| &common.say[it.case.code()]);
        let fill = |text: &str, values: &Values, manner: Manner| {
            fill(text, values, |slot, value| self.put(slot, value, speech, manner)).map_err(|name| ScriptError {
                file: it.topic.code().to_owned(),
                place: format!("[say.{}]", it.case.code()),
                problem: format!("this case has no {{{name}}}"),
                remedy: "use a value of its findings".to_owned(),
            })
        };
        let known = self.known(it, speech);
        // Where two findings carry the same value, the weightier one speaks.
        let all: Values = known.chain(it.findings.iter().rev().flat_map(|finding| finding.values.clone())).collect();
        let findings = it.findings.iter().map(|finding| {
            let values = finding.values.iter().cloned().collect();
            fill(common.finding[finding.what.code()].in_language(language), &values, Manner::Written)
        });
        let asked = |question: Question| -> Result<AskedQuestion, ScriptError> {
            Ok(AskedQuestion {
                question,
                text: fill(common.question[question.code()].in_language(language), &all, Manner::Spoken)?,
                choices: question.choices().iter().map(|code| (*code, word(&common.choice, code))).collect(),
            })
        };
        let steps = say.steps.iter().flat_map(|name| &common.steps[name]);
        let steps = steps.map(|step| fill(step.in_language(language), &all, Manner::Spoken));
        Ok(Answer {
            title: own.title.in_language(language).to_owned(),
            guide: own.guide.clone(),
            findings: findings.collect::<Result<_, _>>()?,
            say: fill(say.in_language(language), &all, Manner::Spoken)?,
            steps: steps.collect::<Result<_, _>>()?,
            never: it.topic.never().iter().map(|never| word(&common.never, never.code())).collect(),
            question: it.question.map(asked).transpose()?,
            next: it.next.iter().map(|action| (*action, word(&common.action, action.code()))).collect(),
        })
    }

    /// What a caller hears before anything of a person.
    pub fn opening(&self, caller: CallerKind, speech: Speech<'_>) -> String {
        self.opened(caller.code(), speech)
    }

    /// What the employer's contact hears once what was said agrees with the record: of the parcels, or that there are none
    /// (B9).
    pub fn checked_contact(&self, parcels: usize, speech: Speech<'_>) -> String {
        self.opened(if parcels == 0 { WITHOUT_PARCEL } else { CHECKED }, speech)
    }

    fn opened(&self, code: &str, speech: Speech<'_>) -> String {
        let society = speech.society;
        let medical = self.contact(Section::Medical, &society.medical, speech);
        let values =
            [(Slot::Portal, SlotValue::Text(society.portal.clone())), (Slot::MedicalSection, SlotValue::Text(medical))];
        let put = |slot, value: &SlotValue| self.put(slot, value, speech, Manner::Spoken);
        let line = self.common.opening[code].in_language(speech.language);
        fill(line, &values.into_iter().collect(), put).unwrap_or_default()
    }

    /// What is known for every call.
    fn known(&self, it: &Diagnosis, speech: Speech<'_>) -> impl Iterator<Item = (Slot, SlotValue)> {
        let society = speech.society;
        let values = [
            (Slot::Workplace, self.common.workplace[it.relation.code()].in_language(speech.language).to_owned()),
            (Slot::MedicalSection, self.contact(Section::Medical, &society.medical, speech)),
            (Slot::HealthSection, self.contact(Section::Health, &society.health, speech)),
            (Slot::Portal, society.portal.clone()),
            (Slot::PasswordForm, self.typed(&society.characters, speech)),
        ];
        values.into_iter().map(|(slot, text)| (slot, SlotValue::Text(text)))
    }

    /// A section by the name and phone that the settings give it.
    pub(super) fn contact(&self, section: Section, contact: &SectionContact, speech: Speech<'_>) -> String {
        let name = match contact.name.as_str() {
            "" => self.section(section, speech.language),
            name => name,
        };
        if contact.phone.is_empty() {
            return name.to_owned();
        }
        let values = [(Slot::Section, name.into()), (Slot::Phone, contact.phone.as_str().into())];
        self.filled(&self.common.contact["phone"], values, speech)
    }

    /// How a password of such characters is typed.
    fn typed(&self, kinds: &[CharacterKind], speech: Speech<'_>) -> String {
        let names = kinds.iter().map(|kind| self.common.characters[kind.code()].in_language(speech.language));
        let names: Vec<&str> = names.collect();
        let joint = match speech.language {
            Language::Japanese => "と",
            Language::English => " and ",
        };
        let both = [CharacterKind::Lower, CharacterKind::Upper].iter().all(|kind| kinds.contains(kind));
        let typing = &self.common.typing[if both { "both_cases" } else { "one_case" }];
        self.filled(typing, [(Slot::Characters, names.join(joint).as_str().into())], speech)
    }

    /// A fragment with its own values; a place without one stays empty.
    fn filled<const N: usize>(&self, text: &Text, values: [(Slot, SlotValue); N], speech: Speech<'_>) -> String {
        let values = values.into_iter().collect();
        let put = |slot, value: &SlotValue| self.put(slot, value, speech, Manner::Spoken);
        fill(text.in_language(speech.language), &values, put).unwrap_or_default()
    }

    /// A value in words.
    fn put(&self, slot: Slot, value: &SlotValue, speech: Speech<'_>, manner: Manner) -> String {
        let (common, language) = (&self.common, speech.language);
        let word = |texts: &Texts, code: &str| texts[code].in_language(language).to_owned();
        match (value, slot, manner) {
            (SlotValue::Day(day), ..) => put(*day, speech.today, language, manner),
            (SlotValue::Text(text), ..) => text.clone(),
            (SlotValue::Undelivered(why), ..) => word(&common.undelivered, why.code()),
            (SlotValue::Hold(why), Slot::Remedy, _) => word(&common.remedy, why.code()),
            (SlotValue::Hold(why), _, Manner::Spoken) => word(&common.obstacle, why.code()),
            (SlotValue::Hold(why), _, Manner::Written) => word(&common.hold, why.code()),
        }
    }
}

type Values = BTreeMap<Slot, SlotValue>;

impl Line {
    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => self.ja.trim(),
            Language::English => self.en.trim(),
        }
    }
}

impl Text {
    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => self.ja.trim(),
            Language::English => self.en.trim(),
        }
    }
}

/// Fills the placeholders, or names the one that has no value. A line break in a script is only for its author.
fn fill(text: &str, values: &Values, put: impl Fn(Slot, &SlotValue) -> String) -> Result<String, String> {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').ok_or_else(|| piece.to_owned())?;
        let slot: Slot = name.parse().map_err(|_| name.to_owned())?;
        let value = values.get(&slot).ok_or_else(|| name.to_owned())?;
        filled.push_str(&put(slot, value));
        filled.push_str(rest);
    }
    Ok(filled)
}

/// The year is told only where it is another than this one.
pub(super) fn put(day: NaiveDate, today: NaiveDate, language: Language, manner: Manner) -> String {
    let pattern = match (language, manner, day.year() == today.year()) {
        (Language::Japanese, Manner::Spoken, true) => "%-m月%-d日",
        (Language::Japanese, Manner::Spoken, false) => "%Y年%-m月%-d日",
        (Language::Japanese, Manner::Written, true) => "%-m/%-d",
        (Language::Japanese, Manner::Written, false) => "%Y/%-m/%-d",
        (Language::English, _, true) => "%-d %B",
        (Language::English, _, false) => "%-d %B %Y",
    };
    day.format(pattern).to_string()
}

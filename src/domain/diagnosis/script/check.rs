//! A script is complete, and has no words that no case uses.

use super::super::{CallerKind, Case, CharacterKind, Never, NextAction, Question, Section, Slot, Topic, What};
use super::render::{CHECKED, WITHOUT_PARCEL};
use super::texts::{Line, Lines};
use super::{ScriptError, Scripts, Text, Texts};
use crate::domain::request::Ground;
use crate::domain::{HoldReason, UndeliveredReason};
use std::collections::BTreeSet;

pub(super) fn all(scripts: &Scripts) -> Result<(), ScriptError> {
    let common = &scripts.common;
    let file = "common";
    exactly(file, "finding", &common.finding, What::ALL.iter().map(|w| w.code()))?;
    exactly(file, "never", &common.never, Never::ALL.iter().map(|n| n.code()))?;
    exactly(file, "action", &common.action, NextAction::ALL.iter().map(|a| a.code()))?;
    exactly(file, "question", &common.question, Question::ALL.iter().map(|q| q.code()))?;
    exactly(file, "choice", &common.choice, Question::ALL.iter().flat_map(|q| q.choices()).copied())?;
    exactly(file, "workplace", &common.workplace, crate::domain::Relation::ALL.iter().map(|r| r.code()))?;
    exactly(file, "section", &common.section, Section::ALL.iter().map(|s| s.code()))?;
    exactly(file, "contact", &common.contact, ["phone"])?;
    exactly(file, "characters", &common.characters, CharacterKind::ALL.iter().map(|kind| kind.code()))?;
    exactly(file, "typing", &common.typing, ["one_case", "both_cases"])?;
    for (table, texts) in [("obstacle", &common.obstacle), ("hold", &common.hold), ("remedy", &common.remedy)] {
        exactly(file, table, texts, HoldReason::ALL.iter().map(|why| why.code()))?;
    }
    exactly(file, "undelivered", &common.undelivered, UndeliveredReason::ALL.iter().map(|why| why.code()))?;
    exactly(file, "ground", &common.ground, Ground::ALL.iter().map(|ground| ground.code()))?;
    for what in What::ALL {
        placeholders(file, "finding", what.code(), &common.finding[what.code()], what.slots())?;
    }
    said(file, &common.say)?;
    opening(&common.opening)?;
    for (code, steps) in &common.steps {
        steps.iter().try_for_each(|step| spoken(file, "steps", code, step))?;
    }
    if let Some(code) = Case::OF_ANY_TOPIC.iter().map(|case| case.code()).find(|code| !common.say.contains_key(*code)) {
        return Err(missing(file, "say", code));
    }
    Topic::ALL.iter().try_for_each(|topic| one(scripts, *topic))?;
    steps_are_used(scripts)?;
    guide(scripts)
}

/// Each caller has an opening; it speaks of the society alone.
fn opening(lines: &Lines) -> Result<(), ScriptError> {
    if let Some(kind) = CallerKind::ALL.iter().find(|kind| !lines.contains_key(kind.code())) {
        return Err(missing("common", "opening", kind.code()));
    }
    if let Some(code) = [CHECKED, WITHOUT_PARCEL].iter().find(|code| !lines.contains_key(**code)) {
        return Err(missing("common", "opening", code));
    }
    lines.iter().try_for_each(|(code, line)| {
        let text = Text { ja: line.ja.clone(), en: line.en.clone() };
        placeholders("common", "opening", code, &text, &[Slot::Portal, Slot::MedicalSection])
    })
}

fn said(file: &str, lines: &Lines) -> Result<(), ScriptError> {
    lines.iter().try_for_each(|(code, line)| spoken(file, "say", code, line))
}

fn spoken(file: &str, table: &str, code: &str, line: &Line) -> Result<(), ScriptError> {
    let text = Text { ja: line.ja.clone(), en: line.en.clone() };
    placeholders(file, table, code, &text, Slot::ALL)
}

/// Every list of steps is there, and is read out somewhere.
fn steps_are_used(scripts: &Scripts) -> Result<(), ScriptError> {
    let own = scripts.topics.values().flat_map(|script| script.say.values());
    let used: BTreeSet<&str> =
        own.chain(scripts.common.say.values()).flat_map(|line| &line.steps).map(String::as_str).collect();
    if let Some(name) = used.iter().find(|name| !scripts.common.steps.contains_key(**name)) {
        return Err(missing("common", "steps", name));
    }
    match scripts.common.steps.keys().find(|name| !used.contains(name.as_str())) {
        Some(name) => Err(error("common", format!("[[steps.{name}]]"), "is read out nowhere", "name it or remove it")),
        None => Ok(()),
    }
}

/// The guide's twin: no sentence without a line or a reason, no line without a sentence or a reason.
fn guide(scripts: &Scripts) -> Result<(), ScriptError> {
    let lines = scripts.lines();
    let known: BTreeSet<&str> = scripts.guide_sentences().iter().map(|sentence| sentence.id.as_str()).collect();
    for line in &lines {
        let wrong = |problem: &str, remedy: &str| error("*", format!("[{}]", line.place), problem, remedy);
        if line.guide.is_empty() == line.beyond.is_none() {
            return Err(wrong("says no sentence of the guide", "name one in `guide`, or why in `beyond`"));
        }
        if let Some(id) = line.guide.iter().find(|id| !known.contains(id.as_str())) {
            return Err(wrong(&format!("{id} is no sentence of the guide"), "see guide.toml"));
        }
    }
    let said: BTreeSet<&str> = lines.iter().flat_map(|line| line.guide).map(String::as_str).collect();
    match scripts.guide_sentences().iter().find(|it| said.contains(it.id.as_str()) == it.unsaid.is_some()) {
        Some(it) if it.unsaid.is_some() => {
            Err(error("guide", it.id.clone(), "has a reason to be unsaid, and is said", "remove `unsaid`"))
        }
        Some(it) => Err(error("guide", it.id.clone(), "is said by no line", "say it, or give the reason in `unsaid`")),
        None => Ok(()),
    }
}

/// Each case of the topic has words, here or in the common file; and there are no words without a case.
fn one(scripts: &Scripts, topic: Topic) -> Result<(), ScriptError> {
    let (file, own) = (topic.code(), &scripts.topics[&topic]);
    let cases: BTreeSet<&str> = topic.cases().iter().map(|case| case.code()).collect();
    if own.guide.is_empty() {
        return Err(error(file, "guide".into(), "is empty", "name the section of the guide, e.g. \"Q5\""));
    }
    if let Some(code) =
        cases.iter().find(|code| !own.say.contains_key(**code) && !scripts.common.say.contains_key(**code))
    {
        return Err(missing(file, "say", code));
    }
    if let Some(code) = own.say.keys().find(|code| !cases.contains(code.as_str())) {
        return Err(error(file, format!("[say.{code}]"), "belongs to no case of this topic", "remove or rename it"));
    }
    said(file, &own.say)
}

fn exactly<'a>(
    file: &str,
    table: &str,
    texts: &Texts,
    codes: impl IntoIterator<Item = &'a str>,
) -> Result<(), ScriptError> {
    let codes: BTreeSet<&str> = codes.into_iter().collect();
    if let Some(code) = codes.iter().find(|code| !texts.contains_key(**code)) {
        return Err(missing(file, table, code));
    }
    match texts.keys().find(|code| !codes.contains(code.as_str())) {
        Some(code) => Err(error(file, format!("[{table}.{code}]"), "is unknown", "remove or rename it")),
        None => Ok(()),
    }
}

/// Both languages use the same placeholders, and only those that there are values for.
fn placeholders(file: &str, table: &str, code: &str, text: &Text, known: &[Slot]) -> Result<(), ScriptError> {
    let place = || format!("[{table}.{code}]");
    let (ja, en) = (names(&text.ja), names(&text.en));
    if let Some(language) = [("ja", &text.ja), ("en", &text.en)].iter().find(|(_, t)| t.trim().is_empty()) {
        return Err(error(file, place(), &format!("{} is empty", language.0), "write the sentence"));
    }
    if let Some(name) = ja.union(&en).find(|name| !known.iter().any(|slot| slot.code() == **name)) {
        let names: Vec<&str> = known.iter().map(|slot| slot.code()).collect();
        let remedy = format!("known here: {}", names.join(", "));
        return Err(error(file, place(), &format!("no value is called {{{name}}}"), &remedy));
    }
    match ja.symmetric_difference(&en).next() {
        Some(name) => Err(error(file, place(), &format!("only one language has {{{name}}}"), "use it in both")),
        None => Ok(()),
    }
}

fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest)).collect()
}

fn missing(file: &str, table: &str, code: &str) -> ScriptError {
    error(file, format!("[{table}.{code}]"), "is missing", "add it with ja and en")
}

fn error(file: &str, place: String, problem: &str, remedy: &str) -> ScriptError {
    ScriptError { file: file.to_owned(), place, problem: problem.to_owned(), remedy: remedy.to_owned() }
}

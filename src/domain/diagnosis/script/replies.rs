//! The words of replies (`assets/scripts/replies.toml`), which a society may change in a file of its own.
//!
//! A placeholder is a [`ReplySlot`], and a slot takes its value from the society's settings, the society's own decision or
//! what the sender wrote. What the registry and the portal have of a member is none of these, so no file can ask for it.

use super::render::{Manner, put};
use super::reply_fault::{ReplyFault, ReplyProblem};
use super::reply_slot::ReplySlot;
use super::{Language, ScriptError, Scripts, Speech};
use crate::domain::diagnosis::Section;
use crate::domain::request::Ground;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;
use toml::Spanned;

/// A text of the file, by its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ReplyPlace {
    /// `[mail.subject]`
    Subject,
    /// `[mail.page]`: what stands around a reply.
    Page,
    /// `[reply.GROUND]`
    Reply(Ground),
    /// `[detailed.GROUND]`: in place of `reply` where section or day are known.
    Detailed(Ground),
}

impl ReplyPlace {
    fn parse(table: &str, code: &str) -> Option<Self> {
        match (table, code) {
            ("mail", "subject") => Some(Self::Subject),
            ("mail", "page") => Some(Self::Page),
            ("reply", ground) => ground.parse().ok().map(Self::Reply),
            ("detailed", ground) => {
                let ground = ground.parse().ok()?;
                detail(ground).map(|_| Self::Detailed(ground))
            }
            _ => None,
        }
    }

    /// Its heading in the file.
    fn heading(self) -> String {
        match self {
            Self::Subject => "mail.subject".to_owned(),
            Self::Page => "mail.page".to_owned(),
            Self::Reply(ground) => format!("reply.{}", ground.code()),
            Self::Detailed(ground) => format!("detailed.{}", ground.code()),
        }
    }

    /// What it may say.
    fn slots(self) -> Vec<ReplySlot> {
        let own: &[ReplySlot] = match self {
            Self::Subject => &[ReplySlot::Name, ReplySlot::Receipt],
            Self::Page => &[ReplySlot::Name, ReplySlot::Receipt, ReplySlot::Text],
            Self::Reply(_) => &[],
            Self::Detailed(ground) => detail(ground).unwrap_or_default(),
        };
        ReplySlot::ANYWHERE.iter().chain(own).copied().collect()
    }
}

/// What a detailed reply has more, where there is one.
const fn detail(ground: Ground) -> Option<&'static [ReplySlot]> {
    match ground {
        Ground::OtherInquiry => Some(&[ReplySlot::Section]),
        Ground::Arranged => Some(&[ReplySlot::PlannedOn]),
        Ground::CallBack
        | Ground::AskEmployer
        | Ground::Incomplete
        | Ground::CardFell
        | Ground::NotRegistered
        | Ground::Left
        | Ground::NumberChanged
        | Ground::NotIdentified
        | Ground::Withdrawn
        | Ground::Recovered => None,
    }
}

/// What a reply can be more exact with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReplyDetail {
    /// Nothing more is known.
    #[default]
    None,
    /// The section that answers another matter.
    Section(Section),
    /// When the card under way is sent.
    Planned(NaiveDate),
}

/// A mail in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReplyLetter {
    /// 件名
    pub subject: String,
    /// The reply with what stands around it.
    pub page: String,
}

/// What stands around a reply: nothing but what the sender gave.
#[derive(Debug, Clone, Copy)]
pub struct LetterFacts<'a> {
    /// The name that the sender gave.
    pub name: &'a str,
    /// 受付番号
    pub receipt: &'a str,
    /// The reply itself.
    pub text: &'a str,
}

#[derive(Debug, Clone)]
struct Words {
    ja: String,
    en: String,
}

/// A text of a reply that another file says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReplyTextChange {
    /// Its heading in the file: `reply.left`.
    pub heading: String,
    /// The language of the words.
    pub language: Language,
    /// In force now.
    pub before: String,
    /// In the other file.
    pub after: String,
}

/// The words of all replies, checked.
#[derive(Debug, Clone)]
pub struct ReplyTexts {
    texts: BTreeMap<ReplyPlace, Words>,
    scripts: &'static Scripts,
}

impl ReplyTexts {
    /// The file that ships with the program: a starting point for a society's own.
    pub const SHIPPED: &'static str = include_str!("../../../../assets/scripts/replies.toml");

    /// The replies that ship with the program, read and checked once.
    pub fn embedded() -> Result<&'static Self, ScriptError> {
        static TEXTS: LazyLock<Result<ReplyTexts, ScriptError>> = LazyLock::new(ReplyTexts::shipped);
        TEXTS.as_ref().map_err(Clone::clone)
    }

    fn shipped() -> Result<Self, ScriptError> {
        let wrong = |place: String, problem: String| ScriptError {
            file: "replies".to_owned(),
            place,
            problem,
            remedy: "see the head of the file".to_owned(),
        };
        let scripts = Scripts::embedded()?;
        let texts = read(Self::SHIPPED).map_err(|faults| {
            let first = faults.first().map(|fault| (format!("line {}", fault.line), format!("{:?}", fault.problem)));
            let (place, problem) = first.unwrap_or_default();
            wrong(place, problem)
        })?;
        let needed = Ground::ALL.iter().flat_map(|ground| {
            let detailed = detail(*ground).map(|_| ReplyPlace::Detailed(*ground));
            detailed.into_iter().chain([ReplyPlace::Reply(*ground)])
        });
        match needed.chain([ReplyPlace::Subject, ReplyPlace::Page]).find(|place| !texts.contains_key(place)) {
            Some(place) => Err(wrong(format!("{place:?}"), "is missing".to_owned())),
            None => Ok(Self { texts, scripts }),
        }
    }

    /// A society's own; what it leaves out is said as shipped.
    ///
    /// # Errors
    /// What is wrong with it, line by line.
    pub fn own(text: &str) -> Result<Self, Vec<ReplyFault>> {
        let own = read(text)?;
        let unreadable = |error: ScriptError| vec![fault(1, ReplyProblem::Syntax(error.to_string()))];
        let mut all = Self::embedded().map_err(unreadable)?.clone();
        all.texts.extend(own);
        Ok(all)
    }

    /// What these words say otherwise than the ones before, whole.
    pub fn changes_from(&self, before: &Self) -> Vec<ReplyTextChange> {
        let changes = self.texts.iter().flat_map(|(place, after)| {
            let was = before.texts.get(place);
            let both = [
                (Language::Japanese, was.map_or("", |was| &was.ja), &after.ja),
                (Language::English, was.map_or("", |was| &was.en), &after.en),
            ];
            both.map(|(language, before, after)| {
                let (before, after) = (before.trim().to_owned(), after.trim().to_owned());
                ReplyTextChange { heading: place.heading(), language, before, after }
            })
        });
        changes.filter(|change| change.before != change.after).collect()
    }

    /// The reply that is proposed for a ground.
    pub fn reply(&self, ground: Ground, detail: ReplyDetail, speech: Speech<'_>) -> String {
        let detailed = match (ground, detail) {
            (Ground::OtherInquiry, ReplyDetail::Section(_)) | (Ground::Arranged, ReplyDetail::Planned(_)) => {
                ReplyPlace::Detailed(ground)
            }
            _ => ReplyPlace::Reply(ground),
        };
        self.said(detailed, detail, None, speech)
    }

    /// The whole mail with a reply in it.
    pub fn letter(&self, letter: LetterFacts<'_>, speech: Speech<'_>) -> ReplyLetter {
        let said = |place| self.said(place, ReplyDetail::None, Some(letter), speech);
        ReplyLetter { subject: said(ReplyPlace::Subject), page: said(ReplyPlace::Page) }
    }

    fn said(
        &self,
        place: ReplyPlace,
        detail: ReplyDetail,
        letter: Option<LetterFacts<'_>>,
        speech: Speech<'_>,
    ) -> String {
        let Some(words) = self.texts.get(&place) else { return String::new() };
        let text = match speech.language {
            Language::Japanese => &words.ja,
            Language::English => &words.en,
        };
        let lines = text.lines().filter_map(|line| filled(line, |slot| self.value(slot, detail, letter, speech)));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// What a slot stands for; empty where that is not known.
    fn value(
        &self,
        slot: ReplySlot,
        detail: ReplyDetail,
        letter: Option<LetterFacts<'_>>,
        speech: Speech<'_>,
    ) -> String {
        let society = speech.society;
        let section = |section| {
            let contact = match section {
                Section::Medical => &society.medical,
                Section::Health => &society.health,
            };
            self.scripts.contact(section, contact, speech)
        };
        match slot {
            ReplySlot::Portal => society.portal.clone(),
            ReplySlot::Society => society.sender.name.clone(),
            ReplySlot::Department => society.sender.department.clone(),
            ReplySlot::Phone => society.sender.phone.clone(),
            ReplySlot::Hours => society.sender.hours.clone(),
            ReplySlot::MedicalSection => section(Section::Medical),
            ReplySlot::HealthSection => section(Section::Health),
            ReplySlot::Section => match detail {
                ReplyDetail::Section(named) => section(named),
                ReplyDetail::None | ReplyDetail::Planned(_) => String::new(),
            },
            ReplySlot::PlannedOn => match detail {
                ReplyDetail::Planned(day) => put(day, speech.today, speech.language, Manner::Spoken),
                ReplyDetail::None | ReplyDetail::Section(_) => String::new(),
            },
            ReplySlot::Name => letter.map_or_else(String::new, |letter| letter.name.to_owned()),
            ReplySlot::Receipt => letter.map_or_else(String::new, |letter| letter.receipt.to_owned()),
            ReplySlot::Text => letter.map_or_else(String::new, |letter| letter.text.to_owned()),
        }
    }
}

/// A line with its values; nothing where one of them is empty.
fn filled(line: &str, value: impl Fn(ReplySlot) -> String) -> Option<String> {
    let mut pieces = line.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        let value = name.parse().ok().map(&value).filter(|value| !value.is_empty())?;
        filled.push_str(&value);
        filled.push_str(rest);
    }
    Some(filled)
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SpannedText {
    ja: Spanned<String>,
    en: Spanned<String>,
}

type Tables = BTreeMap<String, BTreeMap<String, Spanned<SpannedText>>>;

/// Reads and checks a file.
fn read(text: &str) -> Result<BTreeMap<ReplyPlace, Words>, Vec<ReplyFault>> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let tables: Tables = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        vec![fault(line, ReplyProblem::Syntax(error.message().to_owned()))]
    })?;
    let (mut texts, mut faults) = (BTreeMap::new(), Vec::new());
    for (table, codes) in tables {
        for (code, words) in codes {
            let at = line_of(words.span().start);
            let Some(place) = ReplyPlace::parse(&table, &code) else {
                faults.push(fault(at, ReplyProblem::UnknownTable(format!("{table}.{code}"))));
                continue;
            };
            let SpannedText { ja, en } = words.into_inner();
            let found = problems(place, &ja, &en, |span, name| {
                let within = name.and_then(|name| text.get(span.clone())?.find(&format!("{{{name}")));
                line_of(span.start + within.unwrap_or_default())
            });
            faults.extend(found);
            texts.insert(place, Words { ja: ja.into_inner(), en: en.into_inner() });
        }
    }
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() { Ok(texts) } else { Err(faults) }
}

fn problems(
    place: ReplyPlace,
    ja: &Spanned<String>,
    en: &Spanned<String>,
    line: impl Fn(Range<usize>, Option<&str>) -> usize,
) -> Vec<ReplyFault> {
    let known = place.slots();
    let mut faults = Vec::new();
    for (language, text, other) in [(Language::Japanese, ja, en), (Language::English, en, ja)] {
        let begins = || line(text.span(), None);
        if text.get_ref().trim().is_empty() {
            faults.push(fault(begins(), ReplyProblem::Empty(language)));
        }
        let used = names(text.get_ref());
        if place == ReplyPlace::Page && !used.contains(ReplySlot::Text.code()) {
            faults.push(fault(begins(), ReplyProblem::NoText));
        }
        for name in &used {
            let problem = if !text.get_ref().contains(&format!("{{{name}}}")) {
                ReplyProblem::Brace
            } else if !known.iter().any(|slot| slot.code() == *name) {
                ReplyProblem::UnknownSlot { name: (*name).to_owned(), known: known.clone() }
            } else if !names(other.get_ref()).contains(name) {
                ReplyProblem::OneLanguage((*name).to_owned())
            } else {
                continue;
            };
            faults.push(fault(line(text.span(), Some(name)), problem));
        }
    }
    faults
}

fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split(['}', '\n']).next().unwrap_or(rest)).collect()
}

const fn fault(line: usize, problem: ReplyProblem) -> ReplyFault {
    ReplyFault { line, problem }
}

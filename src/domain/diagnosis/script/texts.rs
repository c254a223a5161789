//! The words of a diagnosis as their files have them.

use crate::domain::diagnosis::Topic;
use std::collections::BTreeMap;

crate::domain::coded! {
    /// The language of the words.
    pub enum Language {
        /// 日本語
        Japanese = "ja",
        /// English
        English = "en",
    }
}

/// A script that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("assets/scripts/{file}.toml: {place}: {problem}; {remedy}")]
pub struct ScriptError {
    /// The file, by topic or `common`.
    pub file: String,
    /// The table in it.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// What to write.
    pub remedy: String,
}

/// A sentence in both languages.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) ja: String,
    pub(super) en: String,
}

pub(super) type Texts = BTreeMap<String, Text>;

/// A sentence that is said to a caller.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) ja: String,
    pub(super) en: String,
    /// The sentences of the guide that it says, by id.
    #[serde(default)]
    pub(super) guide: Vec<String>,
    /// Why it says none of them.
    pub(super) beyond: Option<String>,
    /// What is read out where the caller follows on the screen: names of `[[steps.…]]`.
    #[serde(default)]
    pub(super) steps: Vec<String>,
}

pub(super) type Lines = BTreeMap<String, Line>;

/// A sentence of the guide that members have in hand.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideSentence {
    /// `[5]-8n2`, `Q9-1`
    pub id: String,
    /// What it means, in words of our own.
    pub ja: String,
    /// The same in English.
    pub en: String,
    /// Why no line says it; nothing where one does.
    pub unsaid: Option<String>,
}

/// `assets/scripts/guide.toml`
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuideScript {
    pub(super) sentences: Vec<GuideSentence>,
}

/// A line of a script and what it says of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptLine<'a> {
    /// `forgot_login.no_such_user`, `steps.register 3`
    pub place: String,
    /// The sentence in Japanese.
    pub ja: &'a str,
    /// The sentences of the guide that it says, by id.
    pub guide: &'a [String],
    /// Why it says none of them.
    pub beyond: Option<&'a str>,
}

/// `assets/scripts/TOPIC.toml`
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicScript {
    pub(super) guide: String,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) say: Lines,
}

/// `assets/scripts/common.toml`
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonScript {
    pub(super) say: Lines,
    pub(super) steps: BTreeMap<String, Vec<Line>>,
    /// What a caller hears before anything of a person, by `CallerKind`.
    pub(super) opening: Lines,
    pub(super) finding: Texts,
    pub(super) never: Texts,
    pub(super) action: Texts,
    pub(super) question: Texts,
    pub(super) choice: Texts,
    pub(super) workplace: Texts,
    pub(super) section: Texts,
    /// A section with its phone.
    pub(super) contact: Texts,
    /// Kinds of characters, and how they are typed.
    pub(super) characters: Texts,
    pub(super) typing: Texts,
    /// Why a card is held: told to a member, and read by the clerk.
    pub(super) obstacle: Texts,
    pub(super) hold: Texts,
    /// What the clerk does about it.
    pub(super) remedy: Texts,
    /// Why a card was not handed over.
    pub(super) undelivered: Texts,
    /// The ground of a hold, a rejection or an answer.
    pub(super) ground: Texts,
}

/// All scripts, checked.
#[derive(Debug, Clone)]
pub struct Scripts {
    pub(super) common: CommonScript,
    pub(super) topics: BTreeMap<Topic, TopicScript>,
    pub(super) guide: GuideScript,
}

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

/// `assets/scripts/TOPIC.toml`
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicScript {
    pub(super) guide: String,
    pub(super) title: Text,
    #[serde(default)]
    pub(super) say: Texts,
}

/// `assets/scripts/common.toml`
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommonScript {
    pub(super) say: Texts,
    pub(super) finding: Texts,
    pub(super) never: Texts,
    pub(super) action: Texts,
    pub(super) question: Texts,
    pub(super) choice: Texts,
    pub(super) workplace: Texts,
    pub(super) section: Texts,
    /// Why a card is held: told to a member, and read by the clerk.
    pub(super) obstacle: Texts,
    pub(super) hold: Texts,
    /// What the clerk does about it.
    pub(super) remedy: Texts,
}

/// A ground in `assets/scripts/replies.toml`.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplyTexts {
    pub(super) title: Text,
    pub(super) reply: Text,
}

/// All scripts, checked.
#[derive(Debug, Clone)]
pub struct Scripts {
    pub(super) common: CommonScript,
    pub(super) topics: BTreeMap<Topic, TopicScript>,
    pub(super) replies: BTreeMap<String, ReplyTexts>,
}

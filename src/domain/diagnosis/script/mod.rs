//! The words of a diagnosis: one file per topic under `assets/scripts`, and one for what topics share.
//!
//! A script is checked whole when it is loaded: what is missing, unknown or wrongly named is told with file, place
//! and remedy, so a call never meets a hole.

mod check;
mod render;
mod replies;
mod reply_fault;
mod reply_slot;
mod texts;

pub use render::Speech;
pub use render::{Answer, AskedQuestion};
pub use replies::{LetterFacts, ReplyDetail, ReplyLetter, ReplyTextChange, ReplyTexts};
pub use reply_fault::{ReplyFault, ReplyProblem};
pub use reply_slot::ReplySlot;
pub use texts::{GuideSentence, Language, ScriptError, ScriptLine, Scripts};

use super::Topic;
use std::sync::LazyLock;
use texts::{Line, Text, Texts};

impl Scripts {
    /// The scripts that ship with the program, read and checked once.
    pub fn embedded() -> Result<&'static Self, ScriptError> {
        static SHIPPED: LazyLock<Result<Scripts, ScriptError>> =
            LazyLock::new(|| Scripts::read(include_str!("../../../../assets/scripts/common.toml"), source));
        SHIPPED.as_ref().map_err(Clone::clone)
    }

    /// Reads and checks the common file and one file for each topic.
    fn read(common: &str, topic: impl Fn(Topic) -> &'static str) -> Result<Self, ScriptError> {
        let common = parse("common", common)?;
        let topics = Topic::ALL.iter().map(|t| Ok((*t, parse(t.code(), topic(*t))?))).collect::<Result<_, _>>()?;
        let guide = parse("guide", include_str!("../../../../assets/scripts/guide.toml"))?;
        let scripts = Self { common, topics, guide };
        check::all(&scripts)?;
        Ok(scripts)
    }
}

impl Scripts {
    /// The sentences of the guide, in its order.
    pub fn guide_sentences(&self) -> &[GuideSentence] {
        &self.guide.sentences
    }

    /// Every line that is said to a caller: of the topics, of what they share, and of the steps on the screen.
    pub fn lines(&self) -> Vec<ScriptLine<'_>> {
        fn line(place: String, line: &Line) -> ScriptLine<'_> {
            ScriptLine { place, ja: line.ja.trim(), guide: &line.guide, beyond: line.beyond.as_deref() }
        }
        let own = self.topics.iter().map(|(topic, script)| (topic.code(), &script.say));
        let say = own.chain([("common", &self.common.say)]);
        let say = say.flat_map(|(file, say)| say.iter().map(move |(case, it)| line(format!("{file}.{case}"), it)));
        let steps =
            self.common.steps.iter().flat_map(|(name, steps)| {
                (1..).zip(steps).map(move |(at, step)| line(format!("steps.{name} {at}"), step))
            });
        let opening = self.common.opening.iter().map(|(caller, it)| line(format!("opening.{caller}"), it));
        say.chain(steps).chain(opening).collect()
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, toml: &str) -> Result<T, ScriptError> {
    toml::from_str(toml).map_err(|e| ScriptError {
        file: file.to_owned(),
        place: e.span().map_or_else(String::new, |at| format!("line {}", toml[..at.start].lines().count().max(1))),
        problem: e.message().to_owned(),
        remedy: "every sentence is a table with ja and en".to_owned(),
    })
}

const fn source(topic: Topic) -> &'static str {
    match topic {
        Topic::LoginWithCard => include_str!("../../../../assets/scripts/login_with_card.toml"),
        Topic::ViewingRejected => include_str!("../../../../assets/scripts/viewing_rejected.toml"),
        Topic::CheckupMenu => include_str!("../../../../assets/scripts/checkup_menu.toml"),
        Topic::AfterLeaving => include_str!("../../../../assets/scripts/after_leaving.toml"),
        Topic::CardNotArrived => include_str!("../../../../assets/scripts/card_not_arrived.toml"),
        Topic::NumberChanged => include_str!("../../../../assets/scripts/number_changed.toml"),
        Topic::OldRecords => include_str!("../../../../assets/scripts/old_records.toml"),
        Topic::HealthPoints => include_str!("../../../../assets/scripts/health_points.toml"),
        Topic::Registered => include_str!("../../../../assets/scripts/registered.toml"),
        Topic::MailMissing => include_str!("../../../../assets/scripts/mail_missing.toml"),
        Topic::HowToView => include_str!("../../../../assets/scripts/how_to_view.toml"),
        Topic::ForgotLogin => include_str!("../../../../assets/scripts/forgot_login.toml"),
        Topic::ForgotViewing => include_str!("../../../../assets/scripts/forgot_viewing.toml"),
        Topic::ChangeViewing => include_str!("../../../../assets/scripts/change_viewing.toml"),
        Topic::ChangeLogin => include_str!("../../../../assets/scripts/change_login.toml"),
        Topic::ChangeMail => include_str!("../../../../assets/scripts/change_mail.toml"),
        Topic::ChangeQuestion => include_str!("../../../../assets/scripts/change_question.toml"),
        Topic::WhereIsMyNumber => include_str!("../../../../assets/scripts/where_is_my_number.toml"),
        Topic::UrgentMedical => include_str!("../../../../assets/scripts/urgent_medical.toml"),
    }
}

#[cfg(test)]
mod replies_tests;
#[cfg(test)]
mod tests;

//! The words of a diagnosis: one file per topic under `assets/scripts`, and one for what topics share.
//!
//! A script is checked whole when it is loaded: what is missing, unknown or wrongly named is told with file, place
//! and remedy, so a call never meets a hole.

mod check;
mod render;
mod texts;

pub use render::{Answer, AskedQuestion};
pub use texts::{Language, ScriptError, Scripts};

use super::Topic;
use std::sync::LazyLock;
use texts::{Text, Texts};

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
        let replies = parse("replies", include_str!("../../../../assets/scripts/replies.toml"))?;
        let scripts = Self { common, topics, replies };
        check::all(&scripts)?;
        Ok(scripts)
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
    }
}

#[cfg(test)]
mod tests;

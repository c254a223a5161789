//! Phone diagnosis (電話対応): from a topic and the facts on file to what the clerk may say and do.
//!
//! [`diagnose`] is pure. It names a [`Case`], the [`DiagnosisFinding`]s that led to it, and the [`NextAction`]s that fit;
//! [`Scripts`] puts all of them into words (`assets/scripts/*.toml`).

mod action;
mod caller;
mod case;
mod facts;
mod finding;
mod judgement;
mod never;
mod script;
mod section;
mod slot;
mod topic;

mod after_leaving;
mod card_not_arrived;
mod cards;
mod checkup_menu;
mod health_points;
mod how_to_view;
mod login_with_card;
mod mail_missing;
mod membership;
mod number_changed;
mod old_records;
mod registered;
mod stopped;
mod viewing_rejected;

pub use action::NextAction;
pub use caller::{Caller, CardInHand, Login, Question, ReplyError, WantedRecords};
pub use case::Case;
pub use facts::{
    CardStatus, ChangeReason, Checkup, Coverage, DiagnosisCard, DiagnosisFacts, Mail, OldRecord, OpenAccount,
    Predecessor, Receipt, Registration, Sending, ViewingPassword,
};
pub use finding::{DiagnosisFinding, What};
pub use never::Never;
pub use script::{Answer, AskedQuestion, Language, ScriptError, Scripts};
pub use section::Section;
pub use slot::{Slot, SlotValue};
pub use topic::Topic;

use super::Relation;
use chrono::NaiveDate;
use judgement::Judgement;

/// What a call comes down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was asked.
    pub topic: Topic,
    /// Which branch of the guide applies.
    pub case: Case,
    /// What was found, the weightiest first.
    pub findings: Vec<DiagnosisFinding>,
    /// A short question to the caller whose answer would narrow the diagnosis.
    pub question: Option<Question>,
    /// What may be done next.
    pub next: Vec<NextAction>,
    /// Whose employer the words speak of: the caller's, or the insured's.
    pub relation: Relation,
}

/// Diagnoses one topic.
pub fn diagnose(topic: Topic, facts: &DiagnosisFacts, today: NaiveDate) -> Diagnosis {
    let judge = match topic {
        Topic::LoginWithCard => login_with_card::judge,
        Topic::ViewingRejected => viewing_rejected::judge,
        Topic::CheckupMenu => checkup_menu::judge,
        Topic::AfterLeaving => after_leaving::judge,
        Topic::CardNotArrived => card_not_arrived::judge,
        Topic::NumberChanged => number_changed::judge,
        Topic::OldRecords => old_records::judge,
        Topic::HealthPoints => health_points::judge,
        Topic::Registered => registered::judge,
        Topic::MailMissing => mail_missing::judge,
        Topic::HowToView => how_to_view::judge,
    };
    let judgement = stopped::adjusted(judge(facts, today), facts, today);
    Diagnosis {
        topic,
        case: judgement.case,
        findings: judgement.findings,
        question: judgement.question,
        // A call always leaves a note.
        next: [NextAction::RecordNote].into_iter().chain(judgement.next).collect(),
        relation: facts.relation,
    }
}

#[cfg(test)]
mod tests;

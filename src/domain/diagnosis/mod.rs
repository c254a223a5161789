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
mod society;
mod topic;
mod who;

mod after_leaving;
mod card_not_arrived;
mod cards;
mod change;
mod checkup_menu;
mod forgot_login;
mod forgot_viewing;
mod health_points;
mod how_to_view;
mod login_with_card;
mod mail_missing;
mod membership;
mod number_changed;
mod old_records;
mod registered;
mod stopped;
mod urgent_medical;
mod viewing_rejected;
mod where_is_my_number;

pub use action::NextAction;
pub use caller::{Caller, CardInHand, Login, Question, ReplyError, Reset, WantedRecords};
pub use cards::IN_THE_POST;
pub use case::Case;
pub use facts::{
    Addressee, CardStatus, ChangeReason, Checkup, Coverage, DiagnosisCard, DiagnosisFacts, Mail, OldRecord,
    OpenAccount, Predecessor, Receipt, Registration, Sending, Successor, ViewingPassword,
};
pub use finding::{DiagnosisFinding, What};
pub use never::Never;
pub use script::{
    Answer, AskedQuestion, GuideSentence, Language, LetterFacts, ReplyDetail, ReplyFault, ReplyLetter, ReplyProblem,
    ReplySlot, ReplyTextChange, ReplyTexts, ScriptError, ScriptLine, Scripts, Speech,
};
pub use section::Section;
pub use slot::{Slot, SlotValue};
pub use society::{CharacterKind, SectionContact, SenderWords, SocietyWords};
pub use topic::Topic;
pub use who::{CallerKind, ContactCheck, Disclosure, PaperCheck};

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
        Topic::ForgotLogin => forgot_login::judge,
        Topic::ForgotViewing => forgot_viewing::judge,
        Topic::ChangeViewing => change::viewing,
        Topic::ChangeLogin | Topic::ChangeMail | Topic::ChangeQuestion => change::login_data,
        Topic::WhereIsMyNumber => where_is_my_number::judge,
        Topic::UrgentMedical => urgent_medical::judge,
    };
    let judgement = stopped::adjusted(judge(facts, today), topic, facts, today);
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

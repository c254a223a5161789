//! What only the caller can know: what is in the hand, what is wanted.

use crate::domain::{CardKind, coded};
use crate::text;
use chrono::NaiveDate;

coded! {
    /// A short question to the caller.
    pub enum Question {
        /// Which of the two cards is in the hand?
        WhichCard = "which_card",
        /// The issue date at the top right of the card (V4).
        IssueDate = "issue_date",
        /// The serial: it decides between two cards of one day (V4).
        Serial = "serial",
        /// Can the caller log in?
        CanLogIn = "can_log_in",
        /// 健診結果 or 医療費のお知らせ?
        WhichRecords = "which_records",
        /// Did the reset say that there is no such user (A5)?
        NoSuchUser = "no_such_user",
    }
}

coded! {
    /// Whether the caller gets into the portal.
    pub enum Login {
        /// The caller can log in.
        Works = "yes",
        /// The caller cannot log in.
        Fails = "no",
    }
}

coded! {
    /// What the caller wants to see.
    pub enum WantedRecords {
        /// 医療費のお知らせ
        Medical = "medical",
        /// 健診結果
        Checkup = "checkup",
    }
}

coded! {
    /// How far the reset on the portal went (A5).
    pub enum Reset {
        /// It found no such user.
        NoSuchUser = "yes",
        /// It was not tried, or failed otherwise.
        Otherwise = "no",
    }
}

/// The card in the caller's hand, as far as it has been described.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardInHand {
    /// By its title.
    pub kind: Option<CardKind>,
    /// By its issue date.
    pub issue_on: Option<NaiveDate>,
    /// By its serial.
    pub serial: Option<String>,
}

/// Everything that the caller has answered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// The card in the hand.
    pub card: CardInHand,
    /// Whether the login works.
    pub login: Option<Login>,
    /// What is wanted.
    pub wants: Option<WantedRecords>,
    /// How the reset ended.
    pub reset: Option<Reset>,
}

/// An answer that does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no answer to {}", .question.code())]
pub struct ReplyError {
    /// What was asked.
    pub question: Question,
    /// What was answered.
    pub text: String,
}

impl Caller {
    /// Takes the answer to a question.
    pub fn hear(&mut self, question: Question, answer: &str) -> Result<(), ReplyError> {
        let text = text::nfkc(answer);
        let unfit = || ReplyError { question, text: text.clone() };
        match question {
            Question::WhichCard => self.card.kind = Some(text.parse().map_err(|_| unfit())?),
            Question::IssueDate => self.card.issue_on = Some(text::parse_date(&text).ok().flatten().ok_or_else(unfit)?),
            Question::Serial if text.is_empty() => return Err(unfit()),
            Question::Serial => self.card.serial = Some(text.to_uppercase()),
            Question::CanLogIn => self.login = Some(text.parse().map_err(|_| unfit())?),
            Question::NoSuchUser => self.reset = Some(text.parse().map_err(|_| unfit())?),
            Question::WhichRecords => self.wants = Some(text.parse().map_err(|_| unfit())?),
        }
        Ok(())
    }
}

impl Question {
    /// The answers to choose from; none where a date or a serial is typed.
    pub const fn choices(self) -> &'static [&'static str] {
        match self {
            Self::WhichCard => &["viewing", "login"],
            Self::CanLogIn | Self::NoSuchUser => &["yes", "no"],
            Self::WhichRecords => &["medical", "checkup"],
            Self::IssueDate | Self::Serial => &[],
        }
    }
}

//! A reply as it is listed: what it answers, what it says, and where it stands.

use super::folder;
use crate::domain::MailAddress;
use crate::domain::diagnosis::{Language, LetterFacts, ReplyTexts, Speech};
use crate::domain::request::{ReplyState, ReplyWay};
use crate::store::reply::Reply;
use crate::text;
use crate::usecases::AppContext;
use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// A reply of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReplyLine {
    /// Number of the reply.
    pub reply: i64,
    /// 受付番号
    pub receipt: String,
    /// The key of the member that the request was matched to.
    pub member: Option<String>,
    /// The name that the sender gave.
    pub name: String,
    /// Masked (S5); empty where the sender gave none.
    pub email: String,
    /// Whether a mail can be sent to it.
    #[serde(skip)]
    has_address: bool,
    /// 電話
    pub phone: String,
    /// The ground of the request, as code or words.
    pub reason: Option<String>,
    /// In which language the sender is written to.
    pub language: Language,
    /// What the sender is told.
    pub body: String,
    /// 件名 of the mail.
    pub subject: String,
    /// The whole mail: the reply with what stands around it.
    pub page: String,
    /// Where it stands.
    #[serde(flatten)]
    pub status: ReplyStatus,
    /// Its mail file, where it was exported and is not sent yet.
    pub file: Option<PathBuf>,
}

/// Where a reply stands, who changed it and since when.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReplyStatus {
    /// Where it stands.
    pub state: ReplyState,
    /// Staff ID of the last who wrote it; none of what was written before replies were recorded.
    pub drafted_by: Option<String>,
    /// Instant of the last change of its words.
    pub drafted_at: Option<DateTime<Utc>>,
    /// Staff ID of the last who exported it.
    pub exported_by: Option<String>,
    /// Instant of the last export.
    pub exported_at: Option<DateTime<Utc>>,
    /// Staff ID of who sent or withdrew it; none where the program withdrew it.
    pub ended_by: Option<String>,
    /// Instant at which it was sent or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it was sent.
    pub via: Option<ReplyWay>,
}

impl From<&Reply> for ReplyStatus {
    fn from(reply: &Reply) -> Self {
        Self {
            state: reply.state(),
            drafted_by: reply.drafted_by.clone(),
            drafted_at: reply.drafted_at,
            exported_by: reply.exported_by.clone(),
            exported_at: reply.exported_at,
            ended_by: reply.ended_by.clone(),
            ended_at: reply.ended_at,
            via: reply.via(),
        }
    }
}

impl ReplyStatus {
    /// The last who did something about it, and when.
    pub fn last(&self) -> (Option<&str>, Option<DateTime<Utc>>) {
        match self.state {
            ReplyState::Draft => (self.drafted_by.as_deref(), self.drafted_at),
            ReplyState::Exported => (self.exported_by.as_deref(), self.exported_at),
            ReplyState::Sent | ReplyState::Withdrawn => (self.ended_by.as_deref(), self.ended_at),
            ReplyState::Unrecorded => (None, None),
        }
    }
}

#[cfg(test)]
impl ReplyLine {
    /// A reply without a database; one with an address can be sent by mail.
    pub(crate) fn for_test(reply: i64, receipt: &str, email: &str, status: ReplyStatus) -> Self {
        let body = "お問い合わせいただき、ありがとうございます。ご本人の確認のため、当組合からお電話を差し上げます。"
            .to_owned();
        Self {
            reply,
            receipt: receipt.to_owned(),
            member: Some("260-1-00".to_owned()),
            name: "高橋　花子".to_owned(),
            email: email.to_owned(),
            has_address: !email.is_empty(),
            phone: "090-0000-0000".to_owned(),
            reason: Some("call_back".to_owned()),
            language: Language::Japanese,
            subject: format!("お問い合わせへのご回答(受付番号 {receipt})"),
            page: format!(
                "高橋　花子 様\n\n{body}\n\n{}\n架空工業健康保険組合\n業務課 適用係\n電話 03-0000-0100",
                "-".repeat(40)
            ),
            body,
            file: (status.state == ReplyState::Exported).then(|| PathBuf::from("exports/replies/reply-000005.eml")),
            status,
        }
    }
}

impl ReplyLine {
    /// Whether it is a draft that a mail file can be made of.
    pub fn is_mail_draft(&self) -> bool {
        self.status.state == ReplyState::Draft && self.has_address
    }

    pub(super) fn of(ctx: &AppContext, texts: &ReplyTexts, reply: &Reply) -> Self {
        let society = ctx.settings.society_words();
        let speech = Speech { language: reply.language, today: ctx.clock.today(), society: &society };
        let letter = LetterFacts { name: &reply.name, receipt: &reply.receipt, text: &reply.body };
        let letter = texts.letter(letter, speech);
        let exported = reply.state() == ReplyState::Exported;
        Self {
            reply: reply.id,
            receipt: reply.receipt.clone(),
            member: reply.member().map(|key| key.to_string()),
            name: reply.name.clone(),
            email: if reply.email.is_empty() { String::new() } else { text::mask_mail(&reply.email) },
            has_address: MailAddress::parse(&reply.email).is_ok(),
            phone: reply.phone.clone(),
            reason: reply.reason.clone(),
            language: reply.language,
            body: reply.body.clone(),
            subject: letter.subject,
            page: letter.page,
            status: ReplyStatus::from(reply),
            file: exported.then(|| folder::file(ctx, reply.id)),
        }
    }
}

//! `diagnose`: what to find, say and do on the phone.

use super::args::MemberKeyArgs;
use super::context::CliContext;
use super::output::Failure;
use crate::domain::CardKind;
use crate::domain::diagnosis::{Answer, Caller, CardInHand, Login, Question, Reset, Topic, WantedRecords};
use crate::usecases::diagnosis::{Diagnosed, diagnose, words};
use chrono::NaiveDate;
use serde_json::json;

/// 電話対応 / what to say on the phone
#[derive(Debug, clap::Args)]
pub(super) struct DiagnoseArgs {
    /// 話題 / topic
    topic: Topic,
    #[command(flatten)]
    key: MemberKeyArgs,
    /// お手元のはがき / the card in the caller's hand: viewing | login
    #[arg(long, value_name = "KIND")]
    card: Option<CardKind>,
    /// はがきの発行日 / its issue date
    #[arg(long, value_name = "DATE")]
    issued: Option<String>,
    /// はがき番号 / its serial
    #[arg(long)]
    serial: Option<String>,
    /// ログインできるか / whether the caller can log in: yes | no
    #[arg(long, value_name = "yes|no")]
    login: Option<Login>,
    /// 見たいもの / what the caller wants to see: medical | checkup
    #[arg(long, value_name = "WHAT")]
    wants: Option<WantedRecords>,
    /// 再設定で「利用者が存在しない」と出たか / whether the reset found no such user: yes | no
    #[arg(long, value_name = "yes|no")]
    no_such_user: Option<Reset>,
}

impl DiagnoseArgs {
    pub(super) async fn run(self, cli: &CliContext) -> Result<(), Failure> {
        let mut caller = Caller {
            card: CardInHand { kind: self.card, issue_on: None, serial: None },
            login: self.login,
            wants: self.wants,
            reset: self.no_such_user,
        };
        for (question, said) in [(Question::IssueDate, &self.issued), (Question::Serial, &self.serial)] {
            if let Some(said) = said {
                let wrong = |text: &str| Failure::new("bad_answer", cli.texts().member.bad_answer(text));
                caller.hear(question, said).map_err(|e| wrong(&e.text))?;
            }
        }
        let (ctx, actor) = cli.signed_in().await?;
        let found = diagnose(&ctx, &actor, self.topic, &self.key.parse()?, caller).await?;
        let answer = words(&ctx, &found.diagnosis, cli.lang.into())?;
        cli.print(&document(&found, &answer), || page(cli, &answer, found.call_by))
    }
}

fn document(found: &Diagnosed, answer: &Answer) -> serde_json::Value {
    let diagnosis = &found.diagnosis;
    let findings = diagnosis.findings.iter().zip(&answer.findings);
    json!({
        "topic": diagnosis.topic,
        "title": answer.title,
        "member": found.member,
        "case": diagnosis.case,
        "findings": findings.map(|(found, text)| json!({ "code": found.what, "text": text })).collect::<Vec<_>>(),
        "say": answer.say,
        "steps": answer.steps,
        "never": answer.never,
        "question": answer.question.as_ref().map(|asked| json!({
            "code": asked.question,
            "text": asked.text,
            "choices": asked.choices.iter().map(|(code, text)| json!({ "code": code, "text": text })).collect::<Vec<_>>(),
        })),
        "next": answer.next.iter().map(|(action, text)| json!({ "code": action, "text": text })).collect::<Vec<_>>(),
        "guide": answer.guide,
        "call_by": found.call_by,
    })
}

fn page(cli: &CliContext, answer: &Answer, call_by: Option<NaiveDate>) -> String {
    let mut page = format!("{}  ({})\n", answer.title, answer.guide);
    let mut part = |name: &str, lines: Vec<&str>| {
        if !lines.is_empty() {
            page.push_str(&format!("\n{name}\n  {}\n", lines.join("\n  ")));
        }
    };
    let texts = &cli.lang.labels().call;
    part(texts.found, answer.findings.iter().map(String::as_str).collect());
    part(texts.say, vec![&answer.say]);
    part(texts.steps, answer.steps.iter().map(String::as_str).collect());
    part(texts.ask, answer.question.iter().map(|asked| asked.text.as_str()).collect());
    part(texts.never, answer.never.iter().map(String::as_str).collect());
    let call_by = call_by.map(|day| texts.call_by(&day.to_string()));
    part(texts.next, answer.next.iter().map(|(_, text)| text.as_str()).chain(call_by.as_deref()).collect());
    page
}

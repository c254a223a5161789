//! Replies to requests: from the draft to who sent it, and what none of them carries. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::people::{Person, employer, person, register, sent, staff};
use crate::common::{Place, on_each_engine, society};
use mykempo_console::domain::diagnosis::{Language, ReplyDetail, Section, Speech};
use mykempo_console::domain::request::{
    Channel, Claim, Ground, IdentityCheck, ReplySecret, ReplyState, ReplyWay, RequestKind, RequestStep,
};
use mykempo_console::domain::{Role, WebDisplay};
use mykempo_console::text::wareki;
use mykempo_console::usecases::refusal::ReplyRefusal;
use mykempo_console::usecases::replies::{self, OutboxScope, ReplyLine};
use mykempo_console::usecases::requests::{self, NewRequest, RequestRefusal, RequestView, Settlement};
use mykempo_console::usecases::{
    Actor, AppContext, AuditEvent, AuditFilter, Error, Recorded, Refusal, audit_export, home, settings,
};
use std::os::unix::fs::PermissionsExt;

const MAIL: &str = "hanako@example.jp";

/// 高橋花子 of 260-1 with an account; a clerk and an admin; the address that replies come from.
struct Desk {
    ctx: AppContext,
    sato: Actor,
    admin: Actor,
}

impl Desk {
    async fn new(place: &Place) -> Self {
        let (mut ctx, admin) = society(place).await;
        employer(&ctx).await;
        person(&ctx, Person::default()).await;
        register(&ctx, "260-1-00", WebDisplay::NotWanted).await;
        settings::set(&ctx, &admin, "reply.from", "ｋempo@example.or.jp").await.unwrap();
        ctx.refresh().await.unwrap();
        Self { ctx, sato: staff("sato", Role::Clerk), admin }
    }

    async fn form(&self, receipt: &str, email: &str) {
        let claim = Claim {
            symbol: "260".into(),
            number: "1".into(),
            branch: "00".into(),
            name: "高橋　花子".into(),
            kana: "タカハシ　ハナコ".into(),
            born_on: Some(Person::default().born_on),
            employer: "旭精機株式会社".into(),
        };
        let new = NewRequest {
            receipt,
            received_at: crate::common::people::moment(11, 19),
            channel: Channel::Form,
            kind: RequestKind::LoginInfo,
            claim: &claim,
            phone: "090-0000-0000",
            email,
            body: "IDを忘れました。",
        };
        sent(&self.ctx, &new).await;
    }

    async fn hold(&self, receipt: &str, why: Settlement) -> Result<RequestView, Error> {
        requests::hold(&self.ctx, &self.sato, receipt, &why).await
    }

    async fn waiting(&self) -> Vec<ReplyLine> {
        replies::list(&self.ctx, &self.sato, OutboxScope::Waiting).await.unwrap()
    }

    async fn events(&self) -> Vec<AuditEvent> {
        let entries = audit_export(&self.ctx, &self.admin, &AuditFilter::default()).await.unwrap();
        let events = entries.iter().filter_map(|entry| match Recorded::of(entry) {
            Recorded::Event(event) => Some(event),
            Recorded::Legacy { .. } => None,
        });
        events.collect()
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> ReplyRefusal {
    match result {
        Err(Error::Refused(Refusal::Reply(refusal))) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

#[test]
fn q8_reply_is_drafted_exported_and_marked_as_sent() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let (ctx, sato) = (&desk.ctx, &desk.sato);
        desk.form("F1", MAIL).await;
        desk.hold("F1", Settlement::of(Ground::CallBack)).await.unwrap();
        let draft = desk.waiting().await.remove(0);
        assert_eq!(
            (draft.receipt.as_str(), draft.status.state, draft.email.as_str()),
            ("F1", ReplyState::Draft, "h***@e***.jp")
        );
        assert!(draft.page.starts_with("高橋　花子 様\n\nお問い合わせいただき"), "{}", draft.page);
        assert_eq!(home::home(ctx, sato).await.unwrap().replies.count, 1);

        let made = replies::export(ctx, sato, &[draft.reply]).await.unwrap();
        let mail = std::fs::read_to_string(&made[0].file).unwrap();
        assert!(
            mail.is_ascii() && mail.contains("To: <hanako@example.jp>") && mail.contains("<kempo@example.or.jp>"),
            "{mail}"
        );
        assert_eq!(made[0].file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(made[0].file.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        let exported = desk.waiting().await.remove(0);
        assert_eq!((exported.status.state, exported.file.as_ref()), (ReplyState::Exported, Some(&made[0].file)));

        // The same file again, where the first was lost.
        std::fs::remove_file(&made[0].file).unwrap();
        replies::export(ctx, sato, &[draft.reply]).await.unwrap();
        let line = replies::sent(ctx, sato, draft.reply, ReplyWay::Mail).await.unwrap();
        assert_eq!((line.status.via, line.status.ended_by.as_deref()), (Some(ReplyWay::Mail), Some("sato")));
        assert!(!made[0].file.exists(), "what was sent is not there to be sent again");
        assert!(desk.waiting().await.is_empty());
        let again = refused(replies::sent(ctx, sato, draft.reply, ReplyWay::Phone).await);
        assert!(matches!(again, ReplyRefusal::Step { state: ReplyState::Sent, .. }));
        let view = requests::show(ctx, sato, "F1").await.unwrap();
        assert_eq!(view.reply_status.unwrap().state, ReplyState::Sent);
        let (reply, receipt) = (draft.reply, String::from("F1"));
        let events = desk.events().await;
        assert!(events.contains(&AuditEvent::ReplyExported { reply, receipt: receipt.clone() }));
        assert!(events.contains(&AuditEvent::ReplySent { reply, receipt, via: ReplyWay::Mail }));
    });
}

#[test]
fn q8_exporting_several_is_all_or_nothing() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        for (receipt, mail) in [("F1", MAIL), ("F2", "電話のみ"), ("F3", MAIL)] {
            desk.form(receipt, mail).await;
            desk.hold(receipt, Settlement::of(Ground::CallBack)).await.unwrap();
        }
        let ids: Vec<i64> = desk.waiting().await.iter().map(|line| line.reply).collect();
        let none = refused(replies::export(&desk.ctx, &desk.sato, &ids).await);
        assert!(matches!(none, ReplyRefusal::NoAddress { receipt, .. } if receipt == "F2"));
        assert!(desk.waiting().await.iter().all(|line| line.status.state == ReplyState::Draft));
        let written = std::fs::read_dir(desk.ctx.export_folder().join("replies")).unwrap().count();
        assert_eq!(written, 0, "not even a hidden part");
        let made = replies::export(&desk.ctx, &desk.sato, &[ids[0], ids[2]]).await.unwrap();
        assert!(made.iter().all(|made| made.file.exists()) && made.len() == 2);
        // What has no address is told by phone.
        replies::sent(&desk.ctx, &desk.sato, ids[1], ReplyWay::Phone).await.unwrap();
        assert_eq!(desk.waiting().await.len(), 2);
    });
}

#[test]
fn q8_a_draft_ends_with_the_decision_that_it_was_about() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let (ctx, sato) = (&desk.ctx, &desk.sato);
        desk.form("F1", MAIL).await;
        desk.hold("F1", Settlement::of(Ground::CallBack)).await.unwrap();
        // The call was made: that somebody will call is no longer to be sent.
        let checks = [IdentityCheck::BirthDate, IdentityCheck::CallBack].into_iter().collect();
        let view = requests::verify(ctx, sato, "F1", &checks, None).await.unwrap();
        assert_eq!((view.reply, desk.waiting().await.len()), (None, 0));
        requests::reject(ctx, sato, "F1", &Settlement::of(Ground::Withdrawn)).await.unwrap();
        let exported = desk.waiting().await.remove(0);
        replies::export(ctx, sato, &[exported.reply]).await.unwrap();
        // What left the house may have been sent; a clerk says so, or that it was not.
        requests::resume(ctx, sato, "F1").await.unwrap();
        assert_eq!(desk.waiting().await[0].status.state, ReplyState::Exported);
        replies::withdraw(ctx, sato, exported.reply).await.unwrap();
        let all = replies::list(ctx, sato, OutboxScope::All).await.unwrap();
        assert!(all.len() == 2 && all.iter().all(|line| line.status.state == ReplyState::Withdrawn));
        assert_eq!((all[0].status.ended_by.as_deref(), all[1].status.ended_by.as_deref()), (Some("sato"), None));
    });
}

#[test]
fn q8_words_that_give_a_secret_away_are_refused() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let (ctx, sato) = (&desk.ctx, &desk.sato);
        desk.form("F1", MAIL).await;
        let own = |reply: &str| Settlement { reply: Some(reply.to_owned()), ..Settlement::of(Ground::CallBack) };
        let born = format!("生年月日は{}と承りました。", wareki(Person::default().born_on));
        let early = refused(desk.hold("F1", own(&born)).await);
        assert_eq!(early, ReplyRefusal::GivesAway { receipt: "F1".into(), secrets: vec![ReplySecret::BirthDate] });
        assert!(desk.waiting().await.is_empty(), "the request was not held either");
        desk.hold("F1", own("明日お電話します。")).await.unwrap();
        let draft = desk.waiting().await.remove(0);
        assert_eq!(draft.body, "明日お電話します。");
        let late = replies::edit(ctx, sato, draft.reply, "東京都千代田区神田佐久間町１－２ あてにお送りします。").await;
        match late {
            Err(Error::Refused(Refusal::Reply(ReplyRefusal::GivesAway { secrets, .. }))) => {
                assert_eq!(secrets, [ReplySecret::Address]);
            }
            other => panic!("{other:?}"),
        }
        assert!(replies::edit(ctx, sato, draft.reply, " \n ").await.is_err());
        replies::export(ctx, sato, &[draft.reply]).await.unwrap();
        let edited = replies::edit(ctx, sato, draft.reply, "あさってお電話します。").await.unwrap();
        assert_eq!((edited.status.state, edited.file), (ReplyState::Draft, None), "the old mail is gone");
    });
}

/// Every reply that the program proposes, as mail, in both languages.
#[test]
fn q8_no_reply_of_any_ground_carries_a_secret() {
    on_each_engine(|place| async move {
        let desk = Desk::new(&place).await;
        let (ctx, sato) = (&desk.ctx, &desk.sato);
        let born = Person::default().born_on;
        let mut tried = 0;
        for (at, ground) in Ground::ALL.iter().enumerate() {
            for language in [Language::Japanese, Language::English] {
                let receipt = format!("F{at}{}", language.code());
                desk.form(&receipt, MAIL).await;
                let checks = [IdentityCheck::BirthDate, IdentityCheck::Employer].into_iter().collect();
                requests::verify(ctx, sato, &receipt, &checks, None).await.unwrap();
                let why = Settlement { language, section: Some(Section::Medical), ..Settlement::of(*ground) };
                let settled = match ground.step() {
                    RequestStep::Hold => requests::hold(ctx, sato, &receipt, &why).await,
                    RequestStep::Reject => requests::reject(ctx, sato, &receipt, &why).await,
                    _ => requests::answer(ctx, sato, &receipt, &why).await,
                };
                let whole = match settled {
                    Ok(_) => {
                        let draft = desk.waiting().await.into_iter().find(|line| line.receipt == receipt).unwrap();
                        format!("{}\n{}", draft.subject, draft.page)
                    }
                    // it is not true of her, so only its words are looked at.
                    Err(Error::Refused(Refusal::Request(RequestRefusal::UntrueGround { .. }))) => {
                        assert!(ground.discloses(), "{}", ground.code());
                        let view = requests::show(ctx, sato, &receipt).await.unwrap();
                        let speech = Speech { language, today: ctx.clock.today(), society: &view.society };
                        view.reply_texts.reply(*ground, ReplyDetail::None, speech)
                    }
                    Err(other) => panic!("{}: {other:?}", ground.code()),
                };
                let (iso, era) = (born.to_string(), wareki(born));
                for secret in
                    ["260-1", "hanako", "パスワード", "password", "タカハシ", iso.as_str(), &era, "090-0000-0000"]
                {
                    assert!(!whole.contains(secret), "{}: {secret}: {whole}", ground.code());
                }
                assert!(!whole.contains(['{', '}']), "{whole}");
                tried += 1;
            }
        }
        assert_eq!(tried, Ground::ALL.len() * 2);
    });
}

#[test]
fn q8_nothing_is_exported_without_the_address_of_the_sender() {
    on_each_engine(|place| async move {
        let mut desk = Desk::new(&place).await;
        desk.form("F1", MAIL).await;
        desk.hold("F1", Settlement::of(Ground::CallBack)).await.unwrap();
        let reply = desk.waiting().await[0].reply;
        settings::set(&desk.ctx, &desk.admin, "reply.from", "").await.unwrap();
        desk.ctx.refresh().await.unwrap();
        assert_eq!(refused(replies::export(&desk.ctx, &desk.sato, &[reply]).await), ReplyRefusal::NoSender);
        assert!(settings::set(&desk.ctx, &desk.admin, "reply.from", "kempo").await.is_err());
        let auditor = staff("kansa", Role::Auditor);
        assert!(replies::list(&desk.ctx, &auditor, OutboxScope::Waiting).await.is_err());
        let admin = replies::sent(&desk.ctx, &desk.admin, reply, ReplyWay::Mail).await;
        assert!(matches!(admin, Err(Error::Refused(Refusal::Role { .. }))));
    });
}

#[test]
fn q8_a_societys_own_words_are_checked_and_used() {
    on_each_engine(|place| async move {
        let mut desk = Desk::new(&place).await;
        let file = place.folder.path().join("replies.toml");
        let set = async |ctx: &AppContext, text: &str| {
            std::fs::write(&file, text).unwrap();
            settings::set(ctx, &desk.admin, "reply.template", &file.display().to_string()).await
        };
        let wrong = "[reply.call_back]\nja = \"{login_id} にお電話します。\"\nen = \"We call.\"\n";
        match set(&desk.ctx, wrong).await {
            Err(Error::Refused(Refusal::Reply(ReplyRefusal::Faults { faults, .. }))) => assert_eq!(faults[0].line, 2),
            other => panic!("{other:?}"),
        }
        let right = "[reply.call_back]\nja = \"{society}よりお電話します。\"\nen = \"{society} will call.\"\n";
        set(&desk.ctx, right).await.unwrap();
        desk.ctx.refresh().await.unwrap();
        desk.form("F1", MAIL).await;
        let view = desk.hold("F1", Settlement::of(Ground::CallBack)).await.unwrap();
        assert!(view.reply.unwrap().ends_with("よりお電話します。"));
        // A file that is gone stops nobody from answering.
        std::fs::remove_file(&file).unwrap();
        desk.form("F2", MAIL).await;
        let view = desk.hold("F2", Settlement::of(Ground::CallBack)).await.unwrap();
        assert!(view.reply.unwrap().starts_with("お問い合わせいただき"));
    });
}

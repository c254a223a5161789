//! 送付依頼, from the form or a call to the queue. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::why as reason;
use crate::common::people::{Person, day, employer, key, moment, person, register, sent, staff};
use crate::common::{on_each_engine, society};
use mykempo_console::domain::request::{
    Agreement, Channel, Checklist, Claim, Ground, IdentityCheck, RequestKind, RequestState,
};
use mykempo_console::domain::{Role, WebDisplay};
use mykempo_console::store;
use mykempo_console::usecases::requests::{
    self, IncomingCall, MatchedBy, NewRequest, RequestRefusal, Scope, Settlement, Taken,
};
use mykempo_console::usecases::{
    Actor, AppContext, AuditFilter, Error, Refusal, audit_export, audit_verify, cards, protection,
};

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

/// 高橋花子 of 260-1 with an account, 中島達也 of 161-6-02 without one; a clerk.
async fn ctx(place: &crate::common::Place) -> (AppContext, Actor, Actor) {
    let (ctx, admin) = society(place).await;
    employer(&ctx).await;
    person(&ctx, Person::default()).await;
    let other =
        Person { key: "161-6-02", name: "中島　達也", kana: "ナカジマ　タツヤ", ..Person::default() };
    person(&ctx, other).await;
    register(&ctx, "260-1-00", WebDisplay::NotWanted).await;
    (ctx, staff("sato", Role::Clerk), admin)
}

fn claim() -> Claim {
    Claim {
        symbol: "２６０".into(),
        number: "0000001".into(),
        branch: String::new(),
        name: "髙橋　花子".into(),
        kana: "タカハシ　ハナコ".into(),
        born_on: Person::default().born_on.into(),
        employer: "旭精機（株）".into(),
    }
}

async fn form(ctx: &AppContext, receipt: &str, on: u32, claim: Claim) -> Taken {
    let new = NewRequest {
        receipt,
        received_at: moment(11, on),
        channel: Channel::Form,
        kind: RequestKind::LoginInfo,
        claim: &claim,
        phone: "090-0000-0000",
        email: "hanako@example.jp",
        body: "IDを忘れました。",
    };
    sent(ctx, &new).await
}

fn checked(checks: &[IdentityCheck]) -> Checklist {
    checks.iter().copied().collect()
}

fn why(ground: Ground) -> Settlement {
    Settlement::of(ground)
}

#[test]
fn q1_the_same_receipt_number_twice_is_one_request() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        assert!(matches!(form(&ctx, "F1", 19, claim()).await, Taken::Added));
        let known = form(&ctx, "F1", 20, Claim::default()).await;
        assert!(matches!(known, Taken::Known(first) if first.claim() == claim()), "what came first stays");
        assert_eq!(requests::list(&ctx, &sato, Scope::All).await.unwrap().len(), 1);
    });
}

#[test]
fn q5_full_inbox_drops_newest_and_full_list_drops_closed() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        for (receipt, on) in [("F1", 16), ("F2", 17), ("F3", 18), ("F4", 19)] {
            form(&ctx, receipt, on, Claim { name: "だれか".into(), ..Claim::default() }).await;
        }
        requests::reject(&ctx, &sato, "F3", &why(Ground::NotIdentified)).await.unwrap();
        requests::reject(&ctx, &sato, "F4", &why(Ground::NotIdentified)).await.unwrap();
        let mut tx = crate::common::open(&ctx).await.read().await.unwrap();
        let open = store::request::inbox_open(&mut tx, 1).await.unwrap();
        assert_eq!(open.iter().map(|row| row.request.receipt.as_str()).collect::<Vec<_>>(), ["F1"]);
        let mut all: Vec<_> = store::request::inbox_all(&mut tx, 3).await.unwrap();
        all.sort_by_key(|row| row.request.received_at);
        assert_eq!(all.iter().map(|row| row.request.receipt.as_str()).collect::<Vec<_>>(), ["F1", "F2", "F4"]);
    });
}

#[test]
fn q2_request_matches_by_key_then_by_kana_and_birth_date() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        form(&ctx, "F1", 19, claim()).await;
        let view = requests::show(&ctx, &sato, "f1").await.unwrap();
        assert_eq!((view.member.as_deref(), view.matched_by), (Some("260-1-00"), Some(MatchedBy::Key)));
        use Agreement::{Exact, Variant};
        let agreed: Vec<_> = view.comparison.iter().map(|line| line.agreement).collect();
        assert_eq!(agreed, [Variant, Variant, Exact, Exact, Variant]);

        form(&ctx, "F2", 19, Claim { symbol: String::new(), number: String::new(), ..claim() }).await;
        let view = requests::show(&ctx, &sato, "F2").await.unwrap();
        assert_eq!((view.member.as_deref(), view.matched_by), (Some("260-1-00"), Some(MatchedBy::KanaAndBirth)));

        form(&ctx, "F3", 19, Claim::default()).await;
        let view = requests::show(&ctx, &sato, "F3").await.unwrap();
        assert_eq!((view.member, view.instead), (None, Some(Ground::NotIdentified)));
        assert!(matches!(
            refusal(requests::show(&ctx, &sato, "F9").await),
            Refusal::Request(RequestRefusal::Unknown(_))
        ));
    });
}

#[test]
fn q3_a_notice_is_queued_only_after_the_identity_check() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        form(&ctx, "F1", 19, claim()).await;
        assert!(matches!(
            refusal(requests::queue(&ctx, &sato, "F1", None).await),
            Refusal::Request(RequestRefusal::Step { .. })
        ));
        requests::verify(&ctx, &sato, "F1", &checked(&[IdentityCheck::BirthDate]), None).await.unwrap();
        let refused = refusal(requests::queue(&ctx, &sato, "F1", None).await);
        assert_eq!(
            refused,
            Refusal::Request(RequestRefusal::NotIdentified {
                receipt: "F1".into(),
                lacking: vec![IdentityCheck::Employer]
            })
        );

        let both = checked(&[IdentityCheck::BirthDate, IdentityCheck::Employer]);
        let view = requests::verify(&ctx, &sato, "F1", &both, None).await.unwrap();
        assert_eq!((view.checked_by.as_deref(), view.lacking.len()), (Some("sato"), 0));
        let view = requests::queue(&ctx, &sato, "F1", None).await.unwrap();
        assert_eq!(view.state, RequestState::Queued);
        assert!(matches!(
            refusal(requests::queue(&ctx, &sato, "F1", None).await),
            Refusal::Request(RequestRefusal::Step { .. })
        ));

        cards::cancel(&ctx, &sato, view.card.unwrap()).await.unwrap();
        let view = requests::show(&ctx, &sato, "F1").await.unwrap();
        assert_eq!((view.state, view.reason.as_deref()), (RequestState::OnHold, Some("card_fell")));

        let on_her = AuditFilter { member: Some("260-1-00".into()), ..AuditFilter::default() };
        let acts: Vec<String> =
            audit_export(&ctx, &admin, &on_her).await.unwrap().into_iter().map(|entry| entry.action).collect();
        let expected =
            ["request_verified", "request_verified", "card_asked", "request_queued", "card_cancelled", "request_seen"];
        assert_eq!(acts, expected);
        assert_eq!(audit_verify(&ctx, &admin).await.unwrap().broken_at, None);
    });
}

#[test]
fn q3_where_a_name_differs_the_sender_is_called_back_first() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        form(&ctx, "F1", 19, Claim { name: "高橋　達也".into(), ..claim() }).await;
        let both = checked(&[IdentityCheck::BirthDate, IdentityCheck::Employer]);
        assert_eq!(requests::verify(&ctx, &sato, "F1", &both, None).await.unwrap().lacking, [IdentityCheck::CallBack]);
        assert!(matches!(
            refusal(requests::queue(&ctx, &sato, "F1", None).await),
            Refusal::Request(RequestRefusal::NotIdentified { .. })
        ));
        let called = checked(&[IdentityCheck::BirthDate, IdentityCheck::CallBack]);
        requests::verify(&ctx, &sato, "F1", &called, None).await.unwrap();
        requests::queue(&ctx, &sato, "F1", None).await.unwrap();
    });
}

#[test]
fn l1_request_without_account_gets_its_reply_when_identified() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        let his = Claim { symbol: "161".into(), number: "6".into(), branch: "02".into(), ..claim() };
        form(&ctx, "F1", 19, Claim { name: "中島　達也".into(), kana: "ナカジマ　タツヤ".into(), ..his }).await;
        let view = requests::show(&ctx, &sato, "F1").await.unwrap();
        assert_eq!((view.instead, view.registered_on), (Some(Ground::NotRegistered), None));
        let early = requests::reject(&ctx, &sato, "F1", &why(Ground::NotRegistered)).await;
        assert!(matches!(refusal(early), Refusal::Request(RequestRefusal::NotIdentified { .. })));
        requests::verify(&ctx, &sato, "F1", &checked(&[IdentityCheck::BirthDate, IdentityCheck::CallBack]), None)
            .await
            .unwrap();
        assert!(matches!(refusal(requests::queue(&ctx, &sato, "F1", None).await), Refusal::NoAccount(_)));
        let view = requests::reject(&ctx, &sato, "F1", &why(Ground::NotRegistered)).await.unwrap();
        assert_eq!(view.state, RequestState::Rejected);
        assert!(view.reply.unwrap().contains("MyKempoの画面からご登録をお願いいたします"));
        assert_eq!(view.settled_by.as_deref(), Some("sato"));
    });
}

#[test]
fn hold_keeps_its_reason_and_text_and_can_be_resumed() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        form(&ctx, "F1", 19, claim()).await;
        let wrong = requests::hold(&ctx, &sato, "F1", &why(Ground::NotIdentified)).await;
        assert!(matches!(refusal(wrong), Refusal::Request(RequestRefusal::WrongGround { .. })));
        let own = Settlement { reply: Some("明日お電話します。".into()), ..why(Ground::CallBack) };
        let view = requests::hold(&ctx, &sato, "F1", &own).await.unwrap();
        assert_eq!((view.reason.as_deref(), view.reply.as_deref()), (Some("call_back"), Some("明日お電話します。")));
        let view = requests::verify(&ctx, &sato, "F1", &checked(&[IdentityCheck::CallBack]), None).await.unwrap();
        assert_eq!((view.state, view.reason), (RequestState::Verifying, None));
    });
}

#[test]
fn q4_supervisor_merges_open_requests_of_one_member() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        let suzuki = staff("suzuki", Role::Supervisor);
        form(&ctx, "F1", 19, claim()).await;
        form(&ctx, "F2", 20, claim()).await;
        form(&ctx, "F3", 20, Claim::default()).await;
        assert_eq!(requests::show(&ctx, &sato, "F2").await.unwrap().together, ["F1"]);
        assert!(matches!(refusal(requests::merge(&ctx, &sato, "F2", "F1").await), Refusal::Role { .. }));
        for (one, other) in [("F1", "F1"), ("F3", "F1"), ("F1", "F3")] {
            assert!(matches!(
                refusal(requests::merge(&ctx, &suzuki, one, other).await),
                Refusal::Request(RequestRefusal::CannotMerge { .. })
            ));
        }
        let kept = requests::merge(&ctx, &suzuki, "F2", "F1").await.unwrap();
        assert_eq!((kept.receipt.as_str(), kept.together.len()), ("F1", 0));
        let merged = requests::show(&ctx, &sato, "F2").await.unwrap();
        assert_eq!((merged.state, merged.merged_into.as_deref()), (RequestState::Done, Some("F1")));
    });
}

#[test]
fn q5_inbox_sorts_actionable_then_oldest_by_business_days() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        form(&ctx, "F20", 20, claim()).await;
        form(&ctx, "F18", 18, Claim::default()).await;
        form(&ctx, "F19", 19, Claim::default()).await;
        requests::hold(&ctx, &sato, "F18", &why(Ground::Incomplete)).await.unwrap();
        requests::reject(&ctx, &sato, "F19", &why(Ground::Withdrawn)).await.unwrap();
        form(&ctx, "F24", 24, Claim::default()).await;
        let inbox = requests::list(&ctx, &sato, Scope::Open).await.unwrap();
        let order: Vec<_> = inbox.iter().map(|line| (line.receipt.as_str(), line.waited)).collect();
        // 20 November was a Friday; the 23rd was 勤労感謝の日.
        assert_eq!(order, [("F20", 1), ("F24", 0), ("F18", 3)]);
        let all = requests::list(&ctx, &sato, Scope::All).await.unwrap();
        assert_eq!(all.last().map(|line| line.receipt.as_str()), Some("F19"));
    });
}

#[test]
fn a_call_is_typed_in_and_goes_through_the_same_checks() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        let call =
            IncomingCall { claim: claim(), phone: "03-0000-0000".into(), body: "パスワードを忘れた".into() };
        let view = requests::take_call(&ctx, &sato, &call).await.unwrap();
        assert_eq!((view.receipt.as_str(), view.member.as_deref()), ("P20261124-001", Some("260-1-00")));
        assert_eq!(requests::take_call(&ctx, &sato, &call).await.unwrap().receipt, "P20261124-002");
        assert!(matches!(
            refusal(requests::queue(&ctx, &sato, "P20261124-001", None).await),
            Refusal::Request(RequestRefusal::Step { .. })
        ));
        assert!(matches!(refusal(requests::take_call(&ctx, &admin, &call).await), Refusal::Role { .. }));
    });
}

#[test]
fn a_request_is_pointed_at_another_member_and_then_checked_anew() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        form(&ctx, "F1", 19, claim()).await;
        requests::verify(&ctx, &sato, "F1", &checked(&[IdentityCheck::BirthDate, IdentityCheck::CallBack]), None)
            .await
            .unwrap();
        requests::hold(&ctx, &sato, "F1", &why(Ground::CallBack)).await.unwrap();
        let view = requests::choose(&ctx, &sato, "F1", &key("161-6-02")).await.unwrap();
        assert_eq!((view.member.as_deref(), view.checked_by), (Some("161-6-02"), None));
        assert_eq!((view.reason, view.reply), (None, None), "the hold was of another");
        let on_him = AuditFilter { member: Some("161-6-02".into()), ..AuditFilter::default() };
        let entries = audit_export(&ctx, &admin, &on_him).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["request_matched"]);
        assert!(matches!(
            refusal(requests::queue(&ctx, &sato, "F1", None).await),
            Refusal::Request(RequestRefusal::NotIdentified { .. })
        ));
        let nobody = requests::choose(&ctx, &sato, "F1", &key("999-9-00")).await;
        assert!(matches!(refusal(nobody), Refusal::MemberUnknown(_)));
    });
}

#[test]
fn s5_the_mail_address_of_a_sender_is_masked() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        form(&ctx, "F1", 19, claim()).await;
        let json = serde_json::to_string(&requests::show(&ctx, &sato, "F1").await.unwrap()).unwrap();
        assert!(!json.contains("hanako@example.jp"), "{json}");
        assert!(json.contains("\"state\":\"new\"") && json.contains("\"agreement\":\"variant\""), "{json}");
    });
}

#[test]
fn member_imported_later_is_matched_when_the_request_opens() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        let hers = Claim { symbol: "300".into(), number: "5".into(), branch: "01".into(), ..Claim::default() };
        form(&ctx, "F1", 19, hers).await;
        assert_eq!(requests::show(&ctx, &sato, "F1").await.unwrap().member, None);
        person(&ctx, Person { key: "300-5-01", born_on: day(1, 1), ..Person::default() }).await;
        assert_eq!(requests::show(&ctx, &sato, "F1").await.unwrap().member.as_deref(), Some("300-5-01"));
    });
}

/// 110-12 池田純一 with his wife 遥, who leaves out the branch.
#[test]
fn q6_caller_without_branch_is_found_in_the_household() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        let born_on = chrono::NaiveDate::from_ymd_opt(1984, 12, 15).unwrap();
        let his = Person {
            key: "110-12-00", name: "池田　純一", kana: "イケダ　ジュンイチ", ..Person::default()
        };
        let hers = Person {
            key: "110-12-01", name: "池田　遥", kana: "イケダ　ハルカ", born_on, ..Person::default()
        };
        person(&ctx, his).await;
        person(&ctx, hers).await;
        let asked = Claim {
            symbol: "110".into(),
            number: "12".into(),
            kana: "イケダ ハルカ".into(),
            born_on: Some(born_on),
            ..Claim::default()
        };
        form(&ctx, "F1", 19, asked.clone()).await;
        let view = requests::show(&ctx, &sato, "F1").await.unwrap();
        assert_eq!((view.member.as_deref(), view.matched_by), (Some("110-12-01"), Some(MatchedBy::Household)));
        assert!(view.comparison.iter().all(|line| line.agreement != Agreement::Differs), "{:?}", view.comparison);
        assert_eq!(view.candidates.iter().map(|it| it.candidate.member.as_str()).collect::<Vec<_>>(), ["110-12-00"]);

        let supervisor = staff("suzuki", Role::Supervisor);
        // R7: a protected person of the household is not listed, unless it is the one whom the sender describes.
        protection::protect(&ctx, &supervisor, &key("110-12-00"), &reason("届出")).await.unwrap();
        assert_eq!(requests::show(&ctx, &sato, "F1").await.unwrap().candidates, []);
        protection::unprotect(&ctx, &supervisor, &key("110-12-00"), &reason("取下げ")).await.unwrap();
        // The whole key, name and birth date are hers: there is no one else to look at.
        form(&ctx, "F3", 19, Claim { branch: "01".into(), ..asked.clone() }).await;
        let view = requests::show(&ctx, &sato, "F3").await.unwrap();
        assert_eq!((view.member.as_deref(), view.candidates), (Some("110-12-01"), Vec::new()));

        // The number is 260-1's, name and birth date are hers: two people, and nothing is proposed.
        form(&ctx, "F2", 19, Claim { symbol: "260".into(), number: "1".into(), ..asked }).await;
        let view = requests::show(&ctx, &sato, "F2").await.unwrap();
        assert_eq!((view.member, view.instead), (None, Some(Ground::NotIdentified)));
        assert_eq!(
            view.candidates.iter().map(|it| it.candidate.member.as_str()).collect::<Vec<_>>(),
            ["110-12-01", "260-1-00"]
        );
    });
}

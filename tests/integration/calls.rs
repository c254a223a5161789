//! Calls: open ones are their owner's alone, and what comes of them. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::strings;
use crate::common::people::{Person, day, employer, key, person, staff};
use crate::common::{Place, on_each_engine, society};
use mykempo_console::domain::diagnosis::{CallerKind, Topic};
use mykempo_console::domain::request::Channel;
use mykempo_console::domain::{MemberKey, Role};
use mykempo_console::secrets::Passphrase;
use mykempo_console::usecases::calls::{self, CallDraft, CallState, GivenUp};
use mykempo_console::usecases::notes::{self, Note, NoteDraft};
use mykempo_console::usecases::refusal::NoteRefusal;
use mykempo_console::usecases::staff::add as add_staff;
use mykempo_console::usecases::{Actor, AppContext, AuditFilter, Error, Refusal, audit_export, members};

const HER: &str = "260-1-00";

struct Cast {
    ctx: AppContext,
    sato: Actor,
    kato: Actor,
    admin: Actor,
}

async fn cast(place: &Place) -> Cast {
    let (ctx, admin) = society(place).await;
    employer(&ctx).await;
    person(&ctx, Person::default()).await;
    let (sato, kato) = (staff("sato", Role::Clerk), staff("kato", Role::Clerk));
    for one in [&sato, &kato] {
        let first = Passphrase::new("first password".into());
        add_staff(&ctx, &admin, &one.id, "担当", Role::Clerk, &first).await.unwrap();
    }
    Cast { ctx, sato, kato, admin }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

fn draft(member: Option<MemberKey>, body: &str) -> CallDraft {
    let note = NoteDraft {
        topic: Some(Topic::CardNotArrived),
        phone: "090-12".into(),
        body: body.into(),
        follow_up_on: "12/".into(),
        ..NoteDraft::of_call(CallerKind::Employer)
    };
    CallDraft { member, name: "旭精機 鈴木様".into(), note }
}

fn note(body: &str) -> Note {
    Note {
        topic: None,
        channel: Channel::Phone,
        body: body.into(),
        follow_up_on: None,
        referred: None,
        caller: Some(CallerKind::Member),
        phone: "０９０－１２３４－５６７８".into(),
        adds_to: None,
        call: None,
    }
}

#[test]
fn an_open_call_comes_back_as_it_was_typed() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, admin, .. } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &CallDraft::new(CallerKind::Unknown)).await.unwrap();
        let typed = draft(Some(key(HER)), "書きかけ\u{1b}\n二行目");
        calls::keep(&ctx, &sato, call, &typed).await.unwrap();
        let open = calls::open(&ctx, &sato).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!((open[0].id, open[0].state), (call, CallState::Open));
        let plain = NoteDraft { body: "書きかけ\u{fffd}\n二行目".into(), ..typed.note.clone() };
        assert_eq!(open[0].draft(), CallDraft { note: plain.clone(), ..typed });
        assert_eq!(members::show(&ctx, &sato, &key(HER)).await.unwrap().draft, Some(plain));
        let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        assert!(log.iter().all(|entry| !entry.detail.contains("書きかけ")), "the log has no draft's text");
        assert!(log.iter().any(|entry| entry.action == "call_begun"));
    });
}

#[test]
fn an_open_call_is_its_owners_alone() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, kato, admin } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &draft(Some(key(HER)), "書きかけ")).await.unwrap();
        let unknown = Refusal::Note(NoteRefusal::CallUnknown(call));
        for other in [&kato, &admin] {
            assert_eq!(members::show(&ctx, other, &key(HER)).await.unwrap().draft, None);
            assert_eq!(calls::list(&ctx, other, day(11, 24)).await.unwrap(), []);
            assert_eq!(refusal(calls::show(&ctx, other, call).await), unknown);
        }
        assert_eq!(calls::open(&ctx, &kato).await.unwrap(), []);
        assert_eq!(refusal(calls::keep(&ctx, &kato, call, &draft(None, "x")).await), unknown);
        assert_eq!(
            refusal(calls::end(&ctx, &kato, call, &CallDraft { note: good(), ..draft(None, "x") }).await),
            unknown
        );
        assert_eq!(refusal(calls::give_up(&ctx, &kato, call).await), unknown);
        assert_eq!(
            refusal(notes::write(&ctx, &kato, &key(HER), &Note { call: Some(call), ..note("x") }).await),
            unknown
        );
        assert_eq!(calls::list(&ctx, &sato, day(11, 24)).await.unwrap().len(), 1, "nothing of it was changed");
        assert_eq!(calls::open(&ctx, &sato).await.unwrap()[0].draft.body, "書きかけ");
        let auditor = staff("other", Role::Auditor);
        assert!(matches!(refusal(calls::begin(&ctx, &auditor, &draft(None, "x")).await), Refusal::Role { .. }));
        assert!(matches!(refusal(calls::open(&ctx, &auditor).await), Refusal::Role { .. }));
    });
}

fn good() -> NoteDraft {
    NoteDraft { phone: "０３ー３８４３ー１４５７".into(), ..draft(None, "束が届いたか").note }
}

#[test]
fn a_call_about_a_member_ends_in_a_note() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, kato, .. } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &draft(Some(key(HER)), "書きかけ")).await.unwrap();
        let written =
            notes::write(&ctx, &sato, &key(HER), &Note { call: Some(call), ..note("ご案内した") }).await.unwrap();
        assert_eq!(calls::open(&ctx, &sato).await.unwrap(), []);
        let listed = calls::list(&ctx, &kato, day(11, 24)).await.unwrap();
        assert_eq!((listed[0].id, listed[0].state, listed[0].note), (call, CallState::Done, Some(written)));
        assert_eq!((listed[0].member.as_deref(), listed[0].draft.body.as_str()), (Some(HER), "ご案内した"));
        assert_eq!(listed[0].draft.phone, "090-1234-5678");
        assert_eq!(strings(&ctx, "SELECT body || phone FROM call").await, [""], "the text is in the note alone");
        assert_eq!(calls::list(&ctx, &kato, day(11, 23)).await.unwrap(), []);
        let twice = notes::write(&ctx, &sato, &key(HER), &Note { call: Some(call), ..note("x") }).await;
        assert_eq!(refusal(twice), Refusal::Note(NoteRefusal::CallUnknown(call)));
    });
}

#[test]
fn a_call_without_a_member_is_noted_and_listed() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, kato, admin } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &CallDraft::new(CallerKind::Unknown)).await.unwrap();
        let said = CallDraft { note: good(), ..draft(None, "") };
        assert_eq!(
            refusal(calls::end(&ctx, &sato, call, &CallDraft::new(CallerKind::Unknown)).await),
            Refusal::EmptyText
        );
        let bad = calls::end(&ctx, &sato, call, &draft(None, "x")).await;
        assert_eq!(refusal(bad), Refusal::Note(NoteRefusal::BadPhone("090-12".into())));
        calls::end(&ctx, &sato, call, &said).await.unwrap();
        let shown = calls::show(&ctx, &kato, call).await.unwrap();
        assert_eq!((shown.member.as_deref(), shown.name.as_str(), shown.note), (None, "旭精機 鈴木様", None));
        assert_eq!((shown.draft.body.as_str(), shown.draft.phone.as_str()), ("束が届いたか", "03-3843-1457"));
        assert_eq!(calls::list(&ctx, &kato, day(11, 24)).await.unwrap(), [shown]);
        let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        assert!(["call_ended", "call_seen"].iter().all(|act| log.iter().any(|entry| entry.action == *act)));
        assert!(log.iter().all(|entry| !entry.detail.contains("束が")), "the log has no text of a call");
    });
}

#[test]
fn a_call_that_is_given_up_leaves_nothing() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, .. } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &draft(Some(key(HER)), "書きかけ")).await.unwrap();
        calls::give_up(&ctx, &sato, call).await.unwrap();
        assert_eq!(strings(&ctx, "SELECT body FROM call").await, [""; 0]);
        assert_eq!(refusal(calls::give_up(&ctx, &sato, call).await), Refusal::Note(NoteRefusal::CallUnknown(call)));
    });
}

#[test]
fn a_call_in_which_something_was_done_stays_when_dropped() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, kato, admin } = cast(&place).await;
        let call = calls::begin(&ctx, &sato, &draft(Some(key(HER)), "書きかけ")).await.unwrap();
        notes::write(&ctx, &sato, &key(HER), &note("別件")).await.unwrap();
        assert_eq!(calls::give_up(&ctx, &sato, call).await.unwrap(), GivenUp::Ended);
        let stays = calls::show(&ctx, &kato, call).await.unwrap();
        assert_eq!((stays.state, stays.member.as_deref(), stays.draft.body.as_str()), (CallState::Done, Some(HER), ""));
        // What another one of the staff does is no part of the call.
        let call = calls::begin(&ctx, &kato, &draft(Some(key(HER)), "")).await.unwrap();
        assert_eq!(calls::give_up(&ctx, &kato, call).await.unwrap(), GivenUp::Erased);
        let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
        let member = |act: &str| log.iter().find(|entry| entry.action == act).and_then(|entry| entry.member.clone());
        assert_eq!((member("call_ended"), member("draft_given_up")), (Some(HER.to_owned()), Some(HER.to_owned())));
    });
}

#[test]
fn notes_are_supplemented_and_found_by_member_staff_and_phone() {
    on_each_engine(|place| async move {
        let Cast { ctx, sato, .. } = cast(&place).await;
        let short = Note { phone: "０９０ー１２３４".into(), ..note("別件") };
        assert!(notes::write(&ctx, &sato, &key(HER), &short).await.is_err(), "too short for a phone number");
        let first = notes::write(&ctx, &sato, &key(HER), &note("別件")).await.unwrap();
        let more = Note { adds_to: Some(first), ..note("訂正") };
        notes::write(&ctx, &sato, &key(HER), &more).await.unwrap();
        let other = Note { adds_to: Some(999), ..note("訂正") };
        assert_eq!(
            refusal(notes::write(&ctx, &sato, &key(HER), &other).await),
            Refusal::Note(NoteRefusal::AddendumUnknown(999))
        );
        let shown = members::show(&ctx, &sato, &key(HER)).await.unwrap().notes;
        let mut linked: Vec<_> = shown.iter().map(|note| (note.body.as_str(), note.adds_to)).collect();
        linked.sort();
        assert_eq!(linked, [("別件", None), ("訂正", Some(first))], "the first stays as it was");
        for words in ["別件 sato", "09012345678", "260-1 訂正", "高橋"] {
            assert!(!notes::search(&ctx, &sato, words).await.unwrap().is_empty(), "{words}");
        }
        assert!(notes::search(&ctx, &sato, "別件 suzuki").await.unwrap().is_empty());
    });
}

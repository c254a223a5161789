//! A call: identity, diagnosis, notes, former numbers. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::fixtures::{recorded, sql, why};
use crate::common::people::{Person, day, employer, event, key, moment, person, register, staff};
use crate::common::{on_each_engine, refusal, society};
use mykempo_console::domain::diagnosis::{
    Caller, CallerKind, Case, ContactCheck, Language, NextAction, PaperCheck, Section, Topic,
};
use mykempo_console::domain::lineage::Sight;
use mykempo_console::domain::portal::EventKind;
use mykempo_console::domain::request::{CallerStanding, Channel, Claim, ClaimField, Verdict};
use mykempo_console::domain::{Role, WebDisplay};
use mykempo_console::usecases::calls::caller;
use mykempo_console::usecases::cards::{self, Confirmation};
use mykempo_console::usecases::diagnosis::{diagnose, identify, words};
use mykempo_console::usecases::lineage::lineage;
use mykempo_console::usecases::notes::{self, Note};
use mykempo_console::usecases::refusal::NoteRefusal;
use mykempo_console::usecases::{Actor, AppContext, AuditFilter, Refusal, audit_export, members, settings};
use mykempo_console::usecases::{AuditEvent, SearchScope};

const HER: &str = "260-1-00";

async fn ctx(place: &crate::common::Place) -> (AppContext, Actor, Actor) {
    let (ctx, admin) = society(place).await;
    employer(&ctx).await;
    person(&ctx, Person::default()).await;
    (ctx, staff("sato", Role::Clerk), admin)
}

async fn case(ctx: &AppContext, topic: Topic, whose: &str) -> Case {
    let sato = staff("sato", Role::Clerk);
    diagnose(ctx, &sato, topic, &key(whose), Caller::default()).await.unwrap().diagnosis.case
}

#[test]
fn facts_come_from_the_registry_the_portal_and_the_cards() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        assert_eq!(case(&ctx, Topic::Registered, HER).await, Case::NotRegistered);
        register(&ctx, HER, WebDisplay::NotWanted).await;
        assert_eq!(case(&ctx, Topic::Registered, HER).await, Case::IsRegistered);
        assert_eq!(case(&ctx, Topic::CardNotArrived, HER).await, Case::DisplayOff);
        event(&ctx, HER, EventKind::WebDisplayOn, moment(11, 20), WebDisplay::Wanted).await;
        assert_eq!(case(&ctx, Topic::CardNotArrived, HER).await, Case::Queued);
        assert_eq!(case(&ctx, Topic::HowToView, HER).await, Case::Issuing);
        event(&ctx, HER, EventKind::MailBounced, moment(11, 21), WebDisplay::Wanted).await;
        assert_eq!(case(&ctx, Topic::MailMissing, HER).await, Case::MailBounced);
        event(&ctx, HER, EventKind::PointsApplied, moment(11, 10), WebDisplay::Wanted).await;
        assert_eq!(case(&ctx, Topic::HealthPoints, HER).await, Case::MailBounced);

        let looks = AuditFilter { member: Some(HER.into()), ..AuditFilter::default() };
        let looks = audit_export(&ctx, &admin, &looks).await.unwrap();
        let last = looks.last().unwrap();
        let (topic, case) = (Topic::HealthPoints, Case::MailBounced);
        assert_eq!(recorded(last), AuditEvent::DiagnosisSeen { topic, case });
        assert_eq!(last.staff, sato.id);
    });
}

#[test]
fn the_answer_is_in_words_with_the_employer_to_ask() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        register(&ctx, HER, WebDisplay::Wanted).await;
        let found = diagnose(&ctx, &sato, Topic::CardNotArrived, &key(HER), Caller::default()).await.unwrap();
        let answer = words(&ctx, &found.diagnosis, Language::Japanese).unwrap();
        assert_eq!(answer.findings, ["閲覧用のはがきは 10/3 に受付、発送待ち", "受付から 34 営業日たっている"]);
        assert!(answer.say.contains("10月3日"), "{}", answer.say);
        assert_eq!(found.employer.unwrap().record.contact, "鈴木");
        assert!(found.diagnosis.next.contains(&NextAction::OpenCard));
    });
}

#[test]
fn v2_r2_phone_reissue_warns_and_reports_a_held_card() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        register(&ctx, HER, WebDisplay::Wanted).await;
        let waiting = cards::ask_viewing(&ctx, &sato, &key(HER), Confirmation::NotYet).await;
        assert!(matches!(refusal(waiting), Refusal::AlreadyQueued(_)));
        let mut tx = crate::common::open(&ctx).await.read().await.unwrap();
        let member = mykempo_console::store::member::by_key(&mut tx, &key(HER)).await.unwrap().unwrap();
        let card = mykempo_console::store::card::of_member(&mut tx, member.id).await.unwrap()[0].id;
        drop(tx);
        cards::hold(&ctx, &sato, card, &why("確認中")).await.unwrap();
        assert_eq!(case(&ctx, Topic::CardNotArrived, HER).await, Case::HeldUntil);
        cards::cancel(&ctx, &sato, card).await.unwrap();
        assert_eq!(case(&ctx, Topic::ViewingRejected, HER).await, Case::NoPassword);
    });
}

#[test]
fn checkup_menu_depends_on_own_account_and_deadline() {
    on_each_engine(|place| async move {
        let (mut ctx, _, admin) = ctx(&place).await;
        let spouse = Person { key: "260-1-01", relation: "dependent", checkup: true, ..Person::default() };
        person(&ctx, spouse).await;
        assert_eq!(case(&ctx, Topic::CheckupMenu, HER).await, Case::AsksInsured);
        assert_eq!(case(&ctx, Topic::CheckupMenu, "260-1-01").await, Case::NotRegistered);
        register(&ctx, "260-1-01", WebDisplay::NotWanted).await;
        assert_eq!(case(&ctx, Topic::CheckupMenu, "260-1-01").await, Case::MenuShows);
        settings::set(&ctx, &admin, "policy.checkup_deadline", "令和8年11月20日").await.unwrap();
        ctx.refresh().await.unwrap();
        assert_eq!(case(&ctx, Topic::CheckupMenu, "260-1-01").await, Case::DeadlinePassed);
    });
}

#[test]
fn s5_identity_check_answers_match_or_no_match_only() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        let said = Claim { kana: "たかはし はなこ".into(), born_on: Some(day(1, 1)), ..Claim::default() };
        let identity = identify(&ctx, &sato, &key(HER), CallerKind::Member, PaperCheck::NotSeen, &said).await.unwrap();
        assert_eq!(identity.verdicts, [(ClaimField::Kana, Verdict::Match), (ClaimField::BirthDate, Verdict::NoMatch)]);
        assert_eq!(identity.standing, CallerStanding::Unknown);
        assert!(!serde_json::to_string(&identity).unwrap().contains("1979"));
        let entry = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap().pop().unwrap();
        assert_eq!(
            recorded(&entry),
            AuditEvent::IdentityChecked { caller: Some(CallerKind::Member), paper: None, verdicts: identity.verdicts }
        );
    });
}

#[test]
fn q3_representatives_are_identified_with_their_paper() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        sql(&ctx, "UPDATE member SET kana = 'タカハシ ハナコ', born_on = '1979-01-01'").await;
        let said = Claim {
            kana: "タカハシ ハナコ".into(),
            born_on: chrono::NaiveDate::from_ymd_opt(1979, 1, 1),
            ..Claim::default()
        };
        for caller in CallerKind::ALL.iter().copied().filter(|caller| caller.needs_paper()) {
            for (paper, standing) in
                [(PaperCheck::NotSeen, CallerStanding::PaperMissing), (PaperCheck::Seen, CallerStanding::Identified)]
            {
                let identity = identify(&ctx, &sato, &key(HER), caller, paper, &said).await.unwrap();
                assert_eq!(identity.standing, standing, "{} {}", caller.code(), paper.code());
                let entry = audit_export(&ctx, &admin, &AuditFilter::default())
                    .await
                    .unwrap()
                    .into_iter()
                    .rfind(|it| it.action == "identity_checked")
                    .unwrap();
                let verdicts = identity.verdicts;
                assert_eq!(
                    recorded(&entry),
                    AuditEvent::IdentityChecked { caller: Some(caller), paper: Some(paper), verdicts }
                );
            }
        }
    });
}

#[test]
fn caller_is_never_identified_as_a_dead_person() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        sql(
            &ctx,
            "UPDATE member SET lost_on = '2026-11-01', loss_reason = '死亡' WHERE number = '1' AND branch = '00'",
        )
        .await;
        let said = Claim { kana: "たかはし はなこ".into(), born_on: Some(day(1, 1)), ..Claim::default() };
        let identity = identify(&ctx, &sato, &key(HER), CallerKind::Family, PaperCheck::NotSeen, &said).await.unwrap();
        assert_eq!((identity.verdicts.len(), identity.standing), (0, CallerStanding::Deceased));
        assert_eq!(case(&ctx, Topic::CardNotArrived, HER).await, Case::Died);
    });
}

#[test]
fn note_is_found_by_words_and_follow_up_is_due_until_done() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        let note = |body: &str, follow_up_on| Note {
            topic: Some(Topic::CardNotArrived),
            channel: Channel::Phone,
            body: body.into(),
            follow_up_on,
            referred: Some(Section::Health),
            caller: Some(CallerKind::Member),
            phone: "090-1234-5678".into(),
            adds_to: None,
            call: None,
        };
        notes::write(&ctx, &sato, &key(HER), &note("ﾊｶﾞｷの件。\n明日お電話する。", Some(day(11, 24)))).await.unwrap();
        notes::write(&ctx, &sato, &key(HER), &note("別件", Some(day(11, 25)))).await.unwrap();
        let due = notes::due(&ctx, &sato).await.unwrap();
        let texts: Vec<_> = due.iter().map(|due| (due.note.body.as_str(), due.overdue)).collect();
        assert_eq!(texts, [("ハガキの件。\n明日お電話する。", 0)]);
        for (words, hits) in
            [("ﾊｶﾞｷ", 1), ("はがき　ＯＤＥＮＷＡ", 0), ("はがき 電話", 1), ("%", 0), ("件", 2), (" ", 0)]
        {
            assert_eq!(notes::search(&ctx, &sato, words).await.unwrap().len(), hits, "{words}");
        }
        assert_eq!(notes::search(&ctx, &sato, "お電話").await.unwrap()[0].snippet, "ハガキの件。 明日お電話する。");
        let look = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap().pop().unwrap();
        let AuditEvent::MemberSearched { scope: SearchScope::Notes, query, count: 1, listed: Some(listed) } =
            recorded(&look)
        else {
            panic!("{look:?}")
        };
        assert_eq!((query.as_str(), listed.count()), ("お電話", 1));

        let id = due[0].note.id;
        notes::done(&ctx, &sato, id, "届いたとのこと\x1b").await.unwrap();
        assert!(notes::due(&ctx, &sato).await.unwrap().is_empty());
        assert_eq!(refusal(notes::done(&ctx, &sato, id, "").await), Refusal::Note(NoteRefusal::Unknown(id)));
        let shown = members::show(&ctx, &sato, &key(HER)).await.unwrap().notes;
        let closed = shown.iter().find(|note| note.done_at.is_some()).unwrap();
        assert_eq!(
            (closed.done_by.as_deref(), closed.closing.as_deref()),
            (Some("sato"), Some("届いたとのこと\u{FFFD}"))
        );
        assert_eq!(closed.referred.as_deref(), Some("health"));

        assert_eq!(refusal(notes::write(&ctx, &sato, &key(HER), &note(" \n", None)).await), Refusal::EmptyText);
        let past = notes::write(&ctx, &sato, &key(HER), &note("x", Some(day(11, 23)))).await;
        assert!(matches!(refusal(past), Refusal::Note(NoteRefusal::FollowUpPast { .. })));
        let by_admin = notes::write(&ctx, &admin, &key(HER), &note("x", None)).await;
        assert!(matches!(refusal(by_admin), Refusal::Role { .. }));
    });
}

#[test]
fn a_follow_up_that_waits_is_overdue_in_business_days() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        let note = Note {
            topic: None,
            channel: Channel::Counter,
            body: "連休明けにお電話する".into(),
            follow_up_on: Some(day(11, 25)),
            referred: None,
            caller: None,
            phone: String::new(),
            adds_to: None,
            call: None,
        };
        notes::write(&ctx, &sato, &key(HER), &note).await.unwrap();
        let later = AppContext::open(&place.url, crate::common::at(2026, 11, 30), "test".into()).await.unwrap();
        let due = notes::due(&later, &sato).await.unwrap();
        assert_eq!(due.iter().map(|due| due.overdue).collect::<Vec<_>>(), [3], "the weekend does not count");
    });
}

#[test]
fn a10_former_records_are_walked_in_both_directions() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        person(&ctx, Person { key: "300-2-00", former: Some((HER, "other")), ..Person::default() }).await;
        person(&ctx, Person { key: "400-3-00", former: Some(("300-2-00", "voluntary")), ..Person::default() }).await;
        register(&ctx, "400-3-00", WebDisplay::Wanted).await;
        for whose in [HER, "300-2-00", "400-3-00"] {
            let records = lineage(&ctx, &sato, &key(whose)).await.unwrap();
            let seen: Vec<_> = records.iter().map(|record| (record.key.as_str(), record.sight)).collect();
            let expected = [(HER, Sight::NotCarriedOver), ("300-2-00", Sight::CarriedOver), ("400-3-00", Sight::Own)];
            assert_eq!(seen, expected);
        }
        assert_eq!(case(&ctx, Topic::OldRecords, "400-3-00").await, Case::CarriedOverWaiting);
        assert_eq!(case(&ctx, Topic::NumberChanged, HER).await, Case::OldNumber);
    });
}

#[test]
fn a10_former_number_counts_without_its_record() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        person(&ctx, Person { key: "300-2-00", former: Some(("104-7-00", "rehired")), ..Person::default() }).await;
        let records = lineage(&ctx, &sato, &key("300-2-00")).await.unwrap();
        let seen: Vec<_> = records.iter().map(|record| (record.key.as_str(), record.sight)).collect();
        assert_eq!(seen, [("104-7-00", Sight::RegisterFirst), ("300-2-00", Sight::NotRegistered)]);
        assert_eq!(records[0].acquired_on, None);
        register(&ctx, "300-2-00", WebDisplay::Wanted).await;
        let caller = Caller::default();
        let found = diagnose(&ctx, &sato, Topic::OldRecords, &key("300-2-00"), caller).await.unwrap().diagnosis;
        assert_eq!(found.case, Case::CarriedOverWaiting);
        assert!(!found.next.contains(&NextAction::OpenPredecessor), "there is no record to walk to");
    });
}

#[test]
fn records_that_name_each_other_as_former_end_the_walk() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        person(&ctx, Person { key: "300-2-00", former: Some(("400-3-00", "other")), ..Person::default() }).await;
        person(&ctx, Person { key: "400-3-00", former: Some(("300-2-00", "other")), ..Person::default() }).await;
        assert_eq!(lineage(&ctx, &sato, &key("300-2-00")).await.unwrap().len(), 2);
    });
}

#[test]
fn q3_an_employers_contact_hears_nothing_before_the_check() {
    on_each_engine(|place| async move {
        let (ctx, sato, admin) = ctx(&place).await;
        // What was asked and answered is not asked again.
        for (contact, words) in [(ContactCheck::Unknown, "事業所記号と"), (ContactCheck::Matches, "確認ができました")]
        {
            let told = caller(&ctx, &sato, &key(HER), CallerKind::Employer, contact, Language::Japanese).await.unwrap();
            assert!(told.office.is_some() && told.say.contains(words), "{told:?}");
            let log = audit_export(&ctx, &admin, &AuditFilter::default()).await.unwrap();
            let entry = log.into_iter().rfind(|it| it.action == "caller_stated").unwrap();
            let stated = AuditEvent::CallerStated { caller: CallerKind::Employer, contact: Some(contact) };
            assert_eq!(recorded(&entry), stated);
        }
    });
}

#[test]
fn p1_a_call_that_is_promised_has_a_day_in_the_answer() {
    on_each_engine(|place| async move {
        let (ctx, sato, _) = ctx(&place).await;
        register(&ctx, HER, WebDisplay::Wanted).await;
        let call_by = async |topic| {
            let found = diagnose(&ctx, &sato, topic, &key(HER), Caller::default()).await.unwrap();
            (found.diagnosis.case, found.call_by)
        };
        assert_eq!(call_by(Topic::Registered).await, (Case::IsRegistered, None), "nothing is promised");
        let (case, day) = call_by(Topic::CardNotArrived).await;
        assert_eq!(case, Case::QueuedLong);
        assert!(day.is_some_and(|day| day > ctx.clock.today()), "{day:?}");
    });
}

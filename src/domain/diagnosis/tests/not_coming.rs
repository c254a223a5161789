//! Cards that do not come as planned, and records that have ended: true whatever the topic.

use super::branches::examples;
use super::*;
use CardKind::{Login, Viewing};

const WAITED_FOR: [(Topic, CardKind); 6] = [
    (Topic::CardNotArrived, Viewing),
    (Topic::ViewingRejected, Viewing),
    (Topic::HowToView, Viewing),
    (Topic::ForgotViewing, Viewing),
    (Topic::OldRecords, Viewing),
    (Topic::ForgotLogin, Login),
];

fn with(card: DiagnosisCard) -> DiagnosisFacts {
    member().then(card).formerly(ChangeReason::Voluntary)
}

fn not_handed_over() -> Receipt {
    Receipt::Undelivered { on: day(11, 12), why: UndeliveredReason::Left }
}

fn said(topic: Topic, facts: &DiagnosisFacts) -> String {
    let speech = Speech { language: Language::Japanese, today: today(), society: &society() };
    Scripts::embedded().unwrap().render(&diagnose(topic, facts, today()), speech).unwrap().say
}

#[test]
fn v5_a_planned_day_that_has_passed_is_not_promised() {
    for (topic, kind) in WAITED_FOR {
        let late = with(planned(kind, day(11, 20)));
        assert_eq!(diagnose(topic, &late, today()).case, Case::PlannedLate, "{}", topic.code());
        assert!(said(topic, &late).contains("発送の確認がまだ"), "{}", topic.code());
        let today_still = with(planned(kind, today()));
        assert_ne!(diagnose(topic, &today_still, today()).case, Case::PlannedLate, "{}", topic.code());
    }
}

#[test]
fn b7_a_card_that_will_be_pulled_is_not_promised() {
    for (topic, kind) in WAITED_FOR {
        let stopped = with(planned(kind, day(11, 26)).at(CardStatus::Stopped));
        let found = diagnose(topic, &stopped, today());
        assert_eq!((found.case, found.findings[0].what), (Case::StoppedOnPaper, What::WillBePulled));
        assert!(!said(topic, &stopped).contains("11月26日"), "{}", topic.code());
    }
}

#[test]
fn b15_a_card_not_handed_over_is_not_sought_at_the_employer() {
    for (kind, topics, again) in [
        (Viewing, [Topic::CardNotArrived, Topic::ViewingRejected], NextAction::ReissueViewing),
        (Login, [Topic::CardNotArrived, Topic::ForgotLogin], NextAction::TypeInRequest),
    ] {
        let card = sent(kind, day(11, 5), 1).receipt(not_handed_over());
        let facts = with(card).viewing(ViewingPassword::FromCard);
        for topic in topics {
            let found = diagnose(topic, &facts, today());
            assert_eq!(found.case, Case::Undelivered, "{}", topic.code());
            assert!(found.next.contains(&again), "{}", topic.code());
            let said = said(topic, &facts);
            assert!(said.contains("お渡しできなかった") && !said.contains("お尋ね"), "{said}");
        }
    }
}

#[test]
fn b15_a_day_on_record_is_told_with_the_card_not_handed_over() {
    let card = sent(Viewing, day(11, 5), 1).receipt(not_handed_over());
    let facts = with(card).viewing(ViewingPassword::FromCard);
    let on = |day| facts.clone().due(day);
    assert!(said(Topic::CardNotArrived, &on(day(11, 27))).contains("11月27日までに、あらためてご連絡"));
    assert!(!said(Topic::CardNotArrived, &on(day(11, 20))).contains("までに"));
}

#[test]
fn s6_a_card_apart_from_the_other_kind_is_told_with_its_day() {
    for (topic, kind) in WAITED_FOR {
        let until = with(asked(kind, day(11, 20)).delayed(Some(day(12, 3))));
        assert_eq!(diagnose(topic, &until, today()).case, Case::ApartUntil, "{}", topic.code());
        assert!(said(topic, &until).contains("12月3日以降の発送"), "{}", topic.code());
        let no_day = with(asked(kind, day(11, 20)).delayed(None));
        assert_eq!(diagnose(topic, &no_day, today()).case, Case::Apart, "{}", topic.code());
        // Without a route the card waits for another reason, too; a one-off address needs no employer.
        let nowhere = until.stopped(HoldReason::Voluntary, None);
        assert_eq!(diagnose(topic, &nowhere, today()).case, Case::Held, "{}", topic.code());
        let elsewhere = with(asked(kind, day(11, 20)).delayed(Some(day(12, 3))).to("清算人"));
        let elsewhere = elsewhere.stopped(HoldReason::Voluntary, None);
        assert_eq!(diagnose(topic, &elsewhere, today()).case, Case::ApartUntil, "{}", topic.code());
    }
}

#[test]
fn r3_a_card_for_a_one_off_address_is_told_with_its_day() {
    for (topic, kind) in WAITED_FOR {
        let planned = with(planned(kind, day(12, 17)).to("清算人"));
        assert_eq!(diagnose(topic, &planned, today()).case, Case::OneOffPlanned, "{}", topic.code());
        let said = said(topic, &planned);
        assert!(said.contains("12月17日に") && !said.contains("お勤め先") && !said.contains("清算人"), "{said}");
    }
}

#[test]
fn b10_a_caller_whose_card_came_back_hears_that_it_was_sent() {
    for (kind, case) in [(Viewing, Case::Returned), (Login, Case::NoticeReturned)] {
        let back = with(sent(kind, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) }));
        let found = diagnose(Topic::LoginWithCard, &back, today());
        assert_eq!(found.case, case);
        assert!(found.findings.iter().all(|it| !matches!(it.what, What::NoCard | What::NoneSent)), "{found:?}");
        let said = said(Topic::LoginWithCard, &back);
        assert!(said.contains("11月12日に当組合へ戻って"), "{said}");
        assert_eq!(said.contains("再発行"), kind == Viewing, "{said}");
    }
}

#[test]
fn s3_a_card_that_was_never_sent_is_named_where_it_turns_up() {
    let spoiled = DiagnosisCard {
        serial: Some("B20261105-001-0009".into()),
        issue_on: Some(day(11, 5)),
        ..asked(Viewing, day(11, 2)).at(CardStatus::Dropped)
    };
    let valid = sent(Viewing, day(11, 5), 10);
    let facts = with(spoiled).then(valid).viewing(ViewingPassword::FromCard);
    let holds = |serial: &str| facts.clone().says(Question::Serial, serial);
    for topic in [Topic::ViewingRejected, Topic::LoginWithCard] {
        let found = diagnose(topic, &holds("B20261105-001-0009"), today());
        assert_eq!((found.case, found.findings[0].what), (Case::CardNotSent, What::NotSent), "{}", topic.code());
        assert_ne!(diagnose(topic, &holds("B20261105-001-0010"), today()).case, Case::CardNotSent);
        // By the date alone it may be the card that was sent on the same day.
        let by_date = facts.clone().says(Question::IssueDate, "2026-11-05");
        assert_ne!(diagnose(topic, &by_date, today()).case, Case::CardNotSent, "{}", topic.code());
    }
}

#[test]
fn a3_who_has_registered_again_is_not_told_to_register() {
    let mut facts = renumbered();
    if let Some(new) = &mut facts.successor {
        new.registered_on = Some(day(11, 10));
    }
    for topic in Topic::ALL {
        let found = diagnose(*topic, &facts, today());
        assert_eq!(found.case, Case::OldNumberRegistered, "{}", topic.code());
        assert!(!said(*topic, &facts).contains("新規ID"), "{}", topic.code());
    }
}

#[test]
fn r8_a_caller_with_a_card_in_the_hand_is_asked_which_one() {
    let none_sent = member().stopped(HoldReason::Voluntary, None);
    assert_eq!(diagnose(Topic::LoginWithCard, &none_sent, today()).case, Case::NoCardSent);
    assert!(said(Topic::LoginWithCard, &none_sent).contains("お手元のはがき"));
    assert_eq!(diagnose(Topic::CardNotArrived, &none_sent, today()).case, Case::NoCardNoRoute);
}

#[test]
fn r8_old_records_wait_with_the_held_card() {
    let queued = with(asked(Viewing, day(11, 20))).stopped(HoldReason::Voluntary, Some(day(11, 27)));
    assert_eq!(diagnose(Topic::OldRecords, &queued, today()).case, Case::HeldUntil);
    assert!(said(Topic::OldRecords, &queued).contains("任意継続の方にはお勤め先がなく"));
}

#[test]
fn sentences_of_any_topic() {
    let undelivered = sent(Viewing, day(11, 5), 1).receipt(not_handed_over());
    let mut registered = renumbered();
    registered.successor.as_mut().unwrap().registered_on = Some(day(11, 10));
    let cases = [
        registered,
        with(planned(Viewing, day(11, 20))),
        with(planned(Viewing, day(11, 26)).at(CardStatus::Stopped)),
        with(undelivered.clone()).viewing(ViewingPassword::FromCard),
        with(undelivered).viewing(ViewingPassword::FromCard).due(day(11, 27)),
        with(asked(Viewing, day(11, 20)).delayed(None)),
        with(asked(Viewing, day(11, 20)).delayed(Some(day(12, 3)))),
        with(asked(Viewing, day(11, 20)).to("清算人")),
        with(planned(Viewing, day(11, 26)).to("清算人")),
        with(sent(Viewing, day(11, 20), 1).to("清算人")),
        with(sent(Login, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) })),
    ];
    let mut told = String::new();
    for facts in cases {
        let found = diagnose(Topic::CardNotArrived, &facts, today());
        for language in Language::ALL {
            let speech = Speech { language: *language, today: today(), society: &society() };
            let answer = Scripts::embedded().unwrap().render(&found, speech).unwrap();
            told.push_str(&format!("{}\n{}\n{}\n\n", found.case.code(), answer.findings.join("\n"), answer.say));
            assert!(!answer.say.contains(['{', '}', '保']), "{}", answer.say);
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn p1_who_is_told_that_we_call_is_owed_a_day() {
    let reasons = [None, Some(HoldReason::Voluntary), Some(HoldReason::Protected)];
    for (reason, (topic, situation, facts, _)) in
        reasons.into_iter().flat_map(|it| examples().into_iter().map(move |ex| (it, ex)))
    {
        let facts = DiagnosisFacts { sending: Sending { obstacle: reason, next_on: None }, ..facts };
        let (found, said) = (diagnose(topic, &facts, today()), said(topic, &facts));
        let promised =
            ["ご連絡いたします", "お電話を差し上げます", "あらためてお手続き"].iter().any(|it| said.contains(it));
        assert_eq!(promised, found.case.promises_contact(), "{} {situation}: {said}", topic.code());
    }
}

#[test]
fn no_example_promises_a_day_that_has_passed() {
    let far = day(12, 24);
    for (topic, situation, facts, _) in examples() {
        let found = diagnose(topic, &facts, far);
        let speech = Speech { language: Language::Japanese, today: far, society: &society() };
        let said = Scripts::embedded().unwrap().render(&found, speech).unwrap().say;
        assert!(!said.contains("お送りする予定でございます。"), "{} {situation}: {said}", topic.code());
    }
}

#[test]
fn a9_a_deleted_registration_is_to_be_made_again() {
    let facts = DiagnosisFacts { account: Registration::Closed { on: day(11, 20) }, ..stranger() };
    for topic in [Topic::Registered, Topic::ForgotLogin, Topic::CardNotArrived, Topic::HowToView] {
        assert_eq!(diagnose(topic, &facts, today()).case, Case::RegistrationDeleted, "{}", topic.code());
        let said = said(topic, &facts);
        assert!(said.contains("11月20日に削除") && said.contains("もう一度ご登録"), "{said}");
    }
}

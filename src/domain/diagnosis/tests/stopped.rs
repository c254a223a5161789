//! R7, R8: no card is sent to the employer of a protected member, or of one without a route.

use super::branches::examples;
use super::*;

fn said(topic: Topic, facts: &DiagnosisFacts, language: Language) -> String {
    let speech = Speech { language, today: today(), society: &society() };
    Scripts::embedded().unwrap().render(&diagnose(topic, facts, today()), speech).unwrap().say
}

#[test]
fn r7_of_a_protected_person_nothing_is_told_on_any_topic() {
    for (topic, situation, facts, _) in examples() {
        let facts = facts.stopped(HoldReason::Protected, Some(day(11, 30)));
        let diagnosis = diagnose(topic, &facts, today());
        assert_eq!(diagnosis.case, Case::Protected, "{} {situation}", topic.code());
        assert_eq!(diagnosis.next, [NextAction::RecordNote]);
        assert_eq!((diagnosis.findings[0].what, diagnosis.question), (What::Protected, None));
        for word in ["保護", "お勤め先", "ご家族", "はがき", "ご登録", "旭精機"] {
            let said = said(topic, &facts, Language::Japanese);
            assert!(!said.contains(word), "{} {situation}: {said}", topic.code());
        }
    }
}

#[test]
fn r8_who_has_no_employer_never_hears_that_a_card_goes_there() {
    for reason in [HoldReason::Voluntary, HoldReason::Withdrawn, HoldReason::NoEmployer, HoldReason::InsuredLost] {
        for (topic, situation, facts, _) in examples() {
            let facts = facts.stopped(reason, None);
            // What was sent before went where it went; a one-off address is told as one.
            let is_past =
                |card: &DiagnosisCard| card.one_off.is_some() || matches!(card.status, CardStatus::Dispatched { .. });
            if facts.cards.iter().any(is_past) {
                continue;
            }
            let (ja, en) = (said(topic, &facts, Language::Japanese), said(topic, &facts, Language::English));
            assert!(!ja.contains("お勤め先あて") && !ja.contains("様あて"), "{} {situation}: {ja}", topic.code());
            assert!(!en.contains("to your employer") && !en.contains("goes to"), "{} {situation}: {en}", topic.code());
        }
    }
}

#[test]
fn r8_a_held_card_is_told_with_the_day_of_the_next_contact() {
    let held = member().then(asked(CardKind::Viewing, day(11, 20)).at(CardStatus::Held(HoldReason::Voluntary)));
    let on = |day| held.clone().stopped(HoldReason::Voluntary, day);
    let words = said(Topic::CardNotArrived, &on(Some(day(11, 27))), Language::Japanese);
    assert!(words.contains("任意継続の方にはお勤め先がなく") && words.contains("11月27日までに"), "{words}");
    // A day that has passed is not promised again.
    for past in [None, Some(day(11, 20))] {
        let words = said(Topic::CardNotArrived, &on(past), Language::Japanese);
        assert!(!words.contains("までに"), "{words}");
    }
}

#[test]
fn r8_with_display_off_no_card_to_the_employer_is_promised() {
    let off = member().display_off().stopped(HoldReason::Withdrawn, None);
    for topic in [Topic::CardNotArrived, Topic::ViewingRejected, Topic::HowToView] {
        assert_eq!(diagnose(topic, &off, today()).case, Case::DisplayOffNoRoute);
        assert!(said(topic, &off, Language::Japanese).contains("すぐにはお送りできません"));
    }
}

#[test]
fn r8_voluntary_continuation_is_not_told_that_insurance_ends() {
    for facts in [member(), dependent()] {
        let facts = facts.stopped(HoldReason::Voluntary, None);
        assert_eq!(diagnose(Topic::AfterLeaving, &facts, today()).case, Case::GoesOnVoluntarily);
        let said = said(Topic::AfterLeaving, &facts, Language::Japanese);
        assert!(said.contains("引き続きご利用いただけます") && !said.contains("失われます"), "{said}");
    }
}

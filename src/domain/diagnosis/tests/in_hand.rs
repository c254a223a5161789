//! A card that the member cannot have in the hand: not handed over (B15), posted today, or sent to an employer that is the insured's no
//! longer.

use super::*;
use CardKind::{Login, Viewing};
use Question::{IssueDate, Serial, WhichCard};

/// Topics of who has, or wants to use, a viewing password.
const OF_VIEWING: [Topic; 5] =
    [Topic::ForgotViewing, Topic::HowToView, Topic::ChangeViewing, Topic::ViewingRejected, Topic::OldRecords];

fn holder(card: DiagnosisCard) -> DiagnosisFacts {
    member().then(card).viewing(ViewingPassword::FromCard).formerly(ChangeReason::Voluntary)
}

fn posted_today(kind: CardKind) -> DiagnosisCard {
    sent(kind, today(), 1).waited(0)
}

fn said(topic: Topic, facts: &DiagnosisFacts) -> String {
    let speech = Speech { language: Language::Japanese, today: today(), society: &society() };
    Scripts::embedded().unwrap().render(&diagnose(topic, facts, today()), speech).unwrap().say
}

#[test]
fn b15_no_topic_takes_an_undelivered_card_for_received() {
    let facts = holder(sent(Viewing, day(11, 5), 1).undelivered());
    for topic in OF_VIEWING.into_iter().chain([Topic::LoginWithCard, Topic::CardNotArrived]) {
        assert_eq!(diagnose(topic, &facts, today()).case, Case::Undelivered, "{}", topic.code());
        let said = said(topic, &facts);
        assert!(said.contains("お渡しできなかった") && said.contains("新しいはがきをお送りする"), "{said}");
        assert!(!said.contains("お手元のはがき"), "{said}");
    }
}

#[test]
fn v1_no_topic_takes_a_card_posted_today_for_received() {
    let facts = holder(posted_today(Viewing));
    for topic in OF_VIEWING.into_iter().chain([Topic::LoginWithCard, Topic::CardNotArrived]) {
        assert_eq!(diagnose(topic, &facts, today()).case, Case::SentLately, "{}", topic.code());
        assert!(said(topic, &facts).contains("11月24日にお送りしたところ") || topic == Topic::CardNotArrived);
    }
}

#[test]
fn v4_a_card_that_the_caller_describes_is_in_the_hand() {
    for card in [posted_today(Viewing), sent(Viewing, day(11, 5), 1).undelivered()] {
        let date = card.issue_on.unwrap().to_string();
        let serial = card.serial.clone().unwrap();
        for facts in [holder(card.clone()).says(IssueDate, &date), holder(card.clone()).says(Serial, &serial)] {
            assert_eq!(diagnose(Topic::ViewingRejected, &facts, today()).case, Case::CardCurrent);
            assert_eq!(diagnose(Topic::LoginWithCard, &facts, today()).case, Case::CardIsViewing);
        }
    }
}

#[test]
fn v2_an_earlier_card_is_void_while_the_new_one_is_on_its_way() {
    let earlier = sent(Viewing, day(10, 5), 1).dead(day(11, 20));
    let facts = holder(earlier).then(posted_today(Viewing)).says(IssueDate, "2026-10-05");
    let found = diagnose(Topic::ViewingRejected, &facts, today());
    assert_eq!(found.case, Case::SentLately);
    assert!(found.findings.iter().any(|it| it.what == What::EarlierDead), "{found:?}");
    assert!(said(Topic::ViewingRejected, &facts).contains("それより前の"));
}

#[test]
fn q1_who_logs_in_with_a_card_is_asked_which_one_it_is() {
    for card in [posted_today(Login), sent(Login, day(11, 5), 1).undelivered()] {
        let found = diagnose(Topic::LoginWithCard, &member().then(card.clone()), today());
        assert_ne!(found.case, Case::NoticeCurrent);
        assert_eq!(found.question, Some(WhichCard));
        let titled = member().then(card).says(WhichCard, "login");
        let found = diagnose(Topic::LoginWithCard, &titled, today());
        assert_ne!(found.case, Case::NoticeCurrent);
        assert_eq!(found.question, Some(IssueDate));
    }
    // A viewing card is none to log in with, whichever it is.
    let titled = member().then(posted_today(Viewing)).says(WhichCard, "viewing");
    assert_eq!(diagnose(Topic::LoginWithCard, &titled, today()).case, Case::CardIsViewing);
}

#[test]
fn l2_the_earlier_notice_is_in_hand_until_the_later_one_comes() {
    let facts = member().then(sent(Login, day(11, 5), 1)).then(posted_today(Login));
    assert_eq!(diagnose(Topic::LoginWithCard, &facts, today()).case, Case::NoticeReplaced);
}

#[test]
fn r1_a_former_employer_is_asked_by_the_society_not_the_member() {
    for kind in [Viewing, Login] {
        for receipt in [Receipt::None, Receipt::Awaited, Receipt::Overdue, Receipt::Returned(day(11, 10))] {
            let card = sent(kind, day(11, 5), 1).receipt(receipt).at_former_employer();
            for obstacle in [None, Some(HoldReason::Voluntary), Some(HoldReason::Withdrawn)] {
                let sending = Sending { obstacle, next_on: None };
                let facts = DiagnosisFacts { sending, ..member().then(card.clone()) };
                let topics = if kind == Login { vec![Topic::ForgotLogin] } else { Vec::new() };
                for topic in topics.into_iter().chain([Topic::CardNotArrived]) {
                    let found = diagnose(topic, &facts, today());
                    assert_eq!(found.case, Case::SentToFormer, "{}", topic.code());
                    assert!(!found.next.contains(&NextAction::EmployerContact));
                    let said = said(topic, &facts);
                    assert!(said.contains("当組合でいたします") && !said.contains("お尋ねください"), "{said}");
                }
            }
        }
    }
}

#[test]
fn r1_what_came_back_or_is_dead_is_told_as_that() {
    let back = member().then(sent(Viewing, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) }));
    let dead = member().then(sent(Viewing, day(11, 5), 1).dead(day(11, 20)).at_former_employer());
    assert_eq!(diagnose(Topic::CardNotArrived, &back, today()).case, Case::Returned);
    assert_eq!(diagnose(Topic::CardNotArrived, &dead, today()).case, Case::SentVoid);
}

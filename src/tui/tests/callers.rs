//! Who is on the line, and what such a caller may hear.

use super::fixtures::{employer, view};
use super::phone::{asked, called, day, opened, results, right, told};
use super::promises::protected;
use crate::domain::diagnosis::{Caller, CallerKind, ContactCheck, PaperCheck, Scripts, SocietyWords, Speech, Topic};
use crate::domain::request::{CallerStanding, Identity};
use crate::labels::Lang;
use crate::tui::screens::members::requests::{DiagnoseRequest, Identify, ShowMember, StateCaller};
use crate::tui::tests::testing::{Album, LOOKS};
use crate::usecases::calls::{CallerWords, ContactBundle};

const SIZE: (u16, u16) = (80, 24);

fn opening(caller: CallerKind, lang: Lang) -> Box<CallerWords> {
    let society = SocietyWords { portal: "MyKempo".to_owned(), ..SocietyWords::default() };
    let speech = Speech { language: lang.into(), today: day(11, 24), society: &society };
    let say = Scripts::embedded().unwrap().opening(caller, speech);
    let bundle = ContactBundle {
        batch: crate::domain::BatchNumber::new(day(11, 5), 1),
        dispatched_on: Some(day(11, 5)),
        cards: 2,
        receipt_on: None,
        tracking: "1234-5678-9012".to_owned(),
        serials: vec!["B20261105-001-0001".to_owned(), "B20261105-001-0002".to_owned()],
    };
    let bundles = if caller == CallerKind::Employer { vec![bundle] } else { Vec::new() };
    let office = (caller == CallerKind::Employer).then(employer);
    Box::new(CallerWords { caller, say, office, bundles })
}

#[test]
fn nothing_is_said_before_the_check_and_the_topic_waits() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("de");
    assert_eq!(asked(&rig), None, "diagnosed before the check");
    rig.reply::<StateCaller>(opening(CallerKind::Member, Lang::Ja));
    let screen = rig.screen();
    assert!(screen.contains("本人確認 未") && screen.contains("ご本人様の確認"), "{screen}");
    assert!(!screen.contains("わかったこと"), "{screen}");
    rig.keys("<F4>ショウジ タクヤ<Enter>1979-07-26<Enter>").reply::<Identify>(right());
    rig.keys("<Enter>");
    assert_eq!(asked(&rig).map(|(topic, _)| topic), Some(Topic::CardNotArrived));
    let id = rig.id_of::<DiagnoseRequest>();
    rig.reply::<ShowMember>(Box::new(view()));
    rig.reply_to::<DiagnoseRequest>(id, called(Topic::CardNotArrived, Lang::Ja, Caller::default()));
    assert!(rig.screen().contains("本人確認 済"), "{}", rig.screen());
}

#[test]
fn each_caller_hears_what_such_a_caller_may_hear() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        for (letter, caller) in ('a'..).zip(CallerKind::ALL) {
            let mut rig = told(lang, size);
            rig.keys(&format!("a{letter}")).reply::<StateCaller>(opening(*caller, lang));
            let screen = rig.screen();
            let told = screen.contains("11月26日に、お勤め先") || screen.contains("on 26 November");
            assert_eq!(told, *caller == CallerKind::Member, "{}: {screen}", caller.code());
            if name == "ja_80" {
                album.add(&format!("call_{}", caller.code()), name, &screen);
            }
        }
    }
    insta::assert_snapshot!("callers", album.pages);
}

#[test]
fn q3_what_one_caller_has_proved_holds_for_no_other() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("ab").reply::<StateCaller>(opening(CallerKind::Proxy, Lang::Ja));
    let screen = rig.screen();
    assert!(screen.contains("本人確認 未") && !screen.contains("11月26日"), "{screen}");
    rig.effects.clear();
    rig.keys("de");
    assert_eq!(asked(&rig), None, "diagnosed before the check");
    rig.reply::<StateCaller>(opening(CallerKind::Proxy, Lang::Ja));
    // Neither by way of the family, nor back as the member.
    rig.keys("f").reply::<ShowMember>(Box::new(view())).keys("<Esc>").reply::<ShowMember>(Box::new(view()));
    rig.effects.clear();
    rig.keys("de");
    assert_eq!(asked(&rig), None, "the check of the first caller came back");
}

#[test]
fn q3_a_representative_is_identified_once_the_paper_is_seen() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("ab").reply::<StateCaller>(opening(CallerKind::Proxy, Lang::Ja));
    rig.keys("<F4>ショウジ タクヤ<Enter>1979-07-26<Enter>");
    rig.reply::<Identify>(Identity { standing: CallerStanding::PaperMissing, ..right() });
    let screen = rig.screen();
    assert!(screen.contains("[ ] 書類(委任状など)を確認した") && screen.contains("印を付けて"), "{screen}");
    rig.effects.clear();
    rig.keys("<Tab> <Enter>");
    assert!(!rig.has_requested::<ShowMember>(), "opened without the paper");
    let asked = rig.requested::<Identify>().map(|it| (it.caller, it.paper));
    assert_eq!(asked, Some((CallerKind::Proxy, PaperCheck::Seen)));
    rig.reply::<Identify>(right()).keys("<Enter>");
    assert!(rig.has_requested::<ShowMember>());
}

#[test]
fn family_and_the_bereaved_are_not_checked_as_the_member() {
    for letter in ["d", "e"] {
        let mut rig = told(Lang::Ja, SIZE);
        rig.keys(&format!("a{letter}")).keys("<F4>");
        let screen = rig.screen();
        assert!(screen.contains("ご本人として確認することはできません"), "{screen}");
        rig.keys("t");
        let screen = rig.screen();
        assert!(screen.contains("送付依頼をお受けできません"), "{screen}");
        assert!(!screen.contains("お名前のカナ"), "{screen}");
    }
}

#[test]
fn q3_nothing_is_reissued_for_a_caller_who_is_not_identified() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("ag").reply::<StateCaller>(opening(CallerKind::Unknown, Lang::Ja)).keys("r");
    let screen = rig.screen();
    assert!(screen.contains("再発行できません") && !screen.contains("y "), "{screen}");
}

#[test]
fn spouse_has_a_check_of_their_own_and_the_first_stays() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("f");
    let key = rig.requested::<ShowMember>().map(|it| it.0.to_string());
    assert_eq!(key.as_deref(), Some("260-1-01"));
    let mut spouse = view();
    spouse.member = spouse.family.first().cloned().unwrap();
    rig.reply::<ShowMember>(Box::new(spouse)).keys("de");
    assert!(rig.screen().contains("本人確認 未"), "{}", rig.screen());
    rig.keys("<Esc>").reply::<ShowMember>(Box::new(view()));
    assert!(rig.screen().contains("本人確認 済"), "{}", rig.screen());
}

#[test]
fn q3_the_parcels_are_told_to_a_checked_contact_only() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("af").reply::<StateCaller>(opening(CallerKind::Employer, Lang::Ja));
    let screen = rig.screen();
    assert!(screen.contains("事業所の方と確認が済むまで") && screen.contains("旭精機"), "{screen}");
    rig.effects.clear();
    rig.keys("<F4>a");
    assert_eq!(rig.requested::<StateCaller>().map(|it| it.contact), Some(ContactCheck::Matches));
    rig.reply::<StateCaller>(opening(CallerKind::Employer, Lang::Ja));
    assert!(rig.screen().contains("束のことだけ"), "{}", rig.screen());
    // Of an employer that may not be spoken of nothing is told, whatever was checked.
    let none = CallerWords { office: None, bundles: Vec::new(), ..*opening(CallerKind::Employer, Lang::Ja) };
    rig.keys("af").reply::<StateCaller>(Box::new(none));
    assert!(rig.screen().contains("何もお答えできません"), "{}", rig.screen());
}

#[test]
fn r7_the_employer_of_a_protected_person_is_not_shown_to_call() {
    let mut rig = results(Lang::Ja, SIZE);
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(protected()));
    rig.keys("<Enter>b");
    let screen = rig.screen();
    assert!(screen.contains("事業所には連絡しません") && !screen.contains("健康保険事務担当者"), "{screen}");
}

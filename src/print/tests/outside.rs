//! The outside of a card: how it is addressed, and what the post office wants of it.

use super::*;
use crate::domain::gate::FamilyOf;

fn lines(template: &str, field: &str, card: &CardContent) -> Vec<String> {
    let template = Template::parse(template).unwrap();
    let field = template.fields.iter().find(|known| known.name == field).unwrap();
    field.content.wording(card.kind).unwrap().fill(|slot| slot.value(card, &sender(), DateStyle::Wareki))
}

#[test]
fn a_firm_receives_for_a_person() {
    let mut sample = card(1, CardKind::Viewing);
    let route = |card: &CardContent| lines(Template::V_FOLD, "route", card).split_off(2);
    assert_eq!(route(&sample), ["旭精機株式会社", "人事部労務課　気付"]);
    sample.route.department.clear();
    assert_eq!(route(&sample), ["旭精機株式会社　気付"]);
    sample.route.company = "佐藤方".to_owned();
    assert_eq!(route(&sample), ["佐藤方"], "a c/o is not doubled");
    sample.route.company = "東海林拓也".to_owned();
    assert_eq!(route(&sample), [""; 0], "R3: no one receives for themselves");
}

#[test]
fn r3_a_card_to_a_one_off_address_speaks_to_no_employer() {
    let mut sample = card(1, CardKind::Viewing);
    for template in [Template::V_FOLD, Template::Z_FOLD] {
        sample.route.employer_code = Some("104".to_owned());
        assert!(lines(template, "hand-over", &sample).concat().contains("お勤め先の健康保険事務のご担当者さまへ"));
        sample.route.employer_code = None;
        assert!(!lines(template, "hand-over", &sample).concat().contains("お勤め先"));
    }
}

#[test]
fn a7_a_dependents_card_speaks_of_check_up_results_alone() {
    let mut sample = card(1, CardKind::Viewing);
    for template in [Template::V_FOLD, Template::Z_FOLD] {
        let read = |card: &CardContent| ["what", "where", "step-2"].map(|field| lines(template, field, card).concat());
        sample.family = None;
        assert!(read(&sample).iter().all(|text| text.contains("医療費")), "{:?}", read(&sample));
        sample.family = FamilyOf::of(Some("藤井　健一".to_owned()), None);
        assert!(read(&sample).iter().all(|text| text.contains("健診結果") && !text.contains("医療費")));
    }
}

#[test]
fn a_dependents_card_names_the_insured() {
    let mut sample = card(1, CardKind::Viewing);
    assert_eq!(lines(Template::V_FOLD, "family", &sample), [""; 0]);
    sample.family = FamilyOf::of(Some("藤井　健一".to_owned()), None);
    assert_eq!(lines(Template::V_FOLD, "family", &sample), ["（被保険者　藤井　健一様　ご家族）"]);
}

#[test]
fn a_postcode_is_written_as_sorting_machines_read_it() {
    assert_eq!(lines(Template::Z_FOLD, "postcode", &card(1, CardKind::Viewing)), ["１０１－００２５"]);
}

#[test]
fn l5_a_login_notice_says_from_and_until_when_it_counts() {
    let until = lines(Template::V_FOLD, "until", &card(1, CardKind::Login));
    assert_eq!(
        until.concat(),
        "令和8年11月24日から令和8年12月24日まで使えます。過ぎた場合は、あらためてご依頼ください。"
    );
}

#[test]
fn a_postage_mark_is_printed_where_the_settings_have_one() {
    let mark = |postage| PostageMark { postage, office: "浅草局".to_owned(), yen: 85 };
    let area = crate::print::Area { x: 114.0, y: 7.0, width: 24.0, height: 24.0 };
    let shapes = |postage| mark(postage).shapes(&area, &Fonts::embedded().unwrap()).unwrap().len();
    assert_eq!((shapes(Postage::None), shapes(Postage::Deferred), shapes(Postage::Separate)), (0, 7, 7));
}

#[test]
fn type_is_large_enough_for_old_eyes() {
    for template in [Template::v_fold().unwrap(), Template::z_fold().unwrap()] {
        for field in template.fields.iter().filter(|field| field.style.flow == Flow::Prose) {
            assert!(field.style.smallest >= 10.0, "{}: body", field.name);
        }
        for field in template.fields.iter().filter(|field| field.name.ends_with("label")) {
            assert!(field.style.smallest >= 8.0, "{}: label", field.name);
        }
    }
}

#[test]
fn a_name_in_latin_letters_has_narrow_spaces() {
    let mut sample = card(1, CardKind::Viewing);
    for (registered, printed) in [
        ("Maria　del Pilar　López", "Maria del Pilar López　様"),
        ("東海林　拓也", "東海林　拓也　様"),
        ("マリア　ロペス", "マリア　ロペス　様"),
    ] {
        sample.name = registered.to_owned();
        assert_eq!(lines(Template::V_FOLD, "name", &sample), [printed]);
    }
}

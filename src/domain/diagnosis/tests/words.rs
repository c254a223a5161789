//! What the clerk reads and says.

use super::branches::examples;
use super::*;

fn render(it: &Diagnosis, language: Language) -> Result<Answer, ScriptError> {
    scripts().render(it, Speech { language, today: today(), society: &society() })
}

fn scripts() -> &'static Scripts {
    Scripts::embedded().unwrap()
}

#[test]
fn every_branch_has_its_words_in_both_languages() {
    for (topic, situation, facts, _) in examples() {
        for language in Language::ALL {
            let diagnosis = diagnose(topic, &facts, today());
            let answer = render(&diagnosis, *language);
            let answer = answer.unwrap_or_else(|e| panic!("{} {situation}: {e}", topic.code()));
            assert_eq!(answer.findings.len(), diagnosis.findings.len());
            assert!(!answer.findings.is_empty(), "{} {situation}: rests on nothing", topic.code());
            assert!(!answer.say.contains(['{', '}']), "{}", answer.say);
        }
    }
}

#[test]
fn the_sentence_for_each_topic_and_branch() {
    let mut table = String::from(
        "| 話題 | 手引き | 場合 | 区分 | わかったこと | お伝えすること | 画面の操作 | お尋ねすること | 次にできること |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (topic, situation, facts, case) in examples() {
        let answer = render(&diagnose(topic, &facts, today()), Language::Japanese).unwrap();
        let next: Vec<&str> = answer.next.iter().map(|(_, text)| text.as_str()).collect();
        let cells = [
            answer.title.as_str(),
            &answer.guide,
            situation,
            case.code(),
            &answer.findings.join("<br>"),
            &answer.say,
            &answer.steps.join("<br>"),
            answer.question.as_ref().map_or("", |asked| &asked.text),
            &next.join("<br>"),
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn r2_each_hold_reason_is_told_with_what_the_clerk_does() {
    let mut told = String::new();
    for why in HoldReason::ALL {
        let facts = member().then(asked(CardKind::Viewing, day(11, 20)).at(CardStatus::Held(*why)));
        let answer = render(&diagnose(Topic::CardNotArrived, &facts, today()), Language::Japanese);
        let answer = answer.unwrap();
        for inside in ["全喪", "保留", "取込", "外字", "台帳"] {
            assert!(!answer.say.contains(inside), "{}: {}", why.code(), answer.say);
        }
        told.push_str(&format!("{}\n{}\n{}\n\n", why.code(), answer.findings.join("\n"), answer.say));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn never_list_the_words_promise_nothing_that_is_forbidden() {
    for (topic, situation, facts, _) in examples() {
        for language in Language::ALL {
            let said = render(&diagnose(topic, &facts, today()), *language).unwrap().say;
            for forbidden in ["自宅", "配偶者", "奥様", "ご主人", "@", " home", "spouse", "wife", "husband"] {
                assert!(!said.contains(forbidden), "{} {situation}: {said}", topic.code());
            }
        }
    }
}

#[test]
fn a_member_hears_no_word_of_the_house() {
    for (topic, situation, facts, _) in examples() {
        let said = render(&diagnose(topic, &facts, today()), Language::Japanese).unwrap().say;
        for word in ["全喪", "保留", "返戻", "受領", "台帳", "取込", "バッチ", "発送待ち", "代表住所", "アカウント"]
        {
            assert!(!said.contains(word), "{} {situation}: {said}", topic.code());
        }
    }
}

#[test]
fn society_is_named_by_its_settings_alone() {
    let society = SocietyWords { portal: "けんぽネット".into(), ..SocietyWords::default() };
    for (topic, situation, facts, _) in examples() {
        let speech = Speech { language: Language::Japanese, today: today(), society: &society };
        let answer = scripts().render(&diagnose(topic, &facts, today()), speech).unwrap();
        let all = [answer.say, answer.steps.concat(), answer.findings.concat()].concat();
        for of_another in ["MyKempo", "03-", "医療課", "健康事業課"] {
            assert!(!all.contains(of_another), "{} {situation}: {all}", topic.code());
        }
    }
}

#[test]
fn s1_typing_follows_the_alphabet() {
    let typed = |alphabet: &str| {
        let society = SocietyWords { characters: CharacterKind::of(alphabet), ..society() };
        let facts = member().viewing(ViewingPassword::FromCard).then(sent(CardKind::Viewing, day(11, 5), 1));
        let speech = Speech { language: Language::Japanese, today: today(), society: &society };
        scripts().render(&diagnose(Topic::ViewingRejected, &facts, today()), speech).unwrap().say
    };
    assert!(typed("abc23").contains("半角の英小文字と数字で"));
    assert!(typed("ABC23").contains("半角の英大文字と数字で"));
    assert!(typed("aBC").contains("大文字と小文字を区別して、半角の英小文字と英大文字で"));
}

#[test]
fn never_list_every_topic_names_all_five_once() {
    for topic in Topic::ALL {
        let mut never = topic.never().to_vec();
        never.sort();
        assert_eq!(never, Never::ALL, "{}", topic.code());
    }
}

#[test]
fn a_day_of_another_year_is_told_with_its_year() {
    let facts = member().account(|account| account.registered_on = NaiveDate::from_ymd_opt(2025, 12, 3).unwrap());
    let say = |language| render(&diagnose(Topic::Registered, &facts, today()), language).unwrap();
    assert!(say(Language::Japanese).say.starts_with("2025年12月3日に、"));
    assert_eq!(say(Language::Japanese).findings[0], "2025/12/3 に登録済み");
    assert!(say(Language::English).say.contains("3 December 2025"));
}

//! Replies, and files of a society's own.

use super::*;
use crate::domain::diagnosis::{Section, SectionContact, SenderWords, SocietyWords};
use crate::domain::request::Ground;

fn speech(society: &SocietyWords) -> Speech<'_> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Speech { language: Language::Japanese, today, society }
}

#[test]
fn a_reply_names_portal_and_section_of_the_settings() {
    let texts = ReplyTexts::embedded().unwrap();
    let medical = SectionContact { name: "給付課".into(), phone: "03-0000-0001".into() };
    let society = SocietyWords { portal: "けんぽ広場".into(), medical, ..SocietyWords::default() };
    let reply = texts.reply(Ground::Left, ReplyDetail::None, speech(&society));
    assert!(reply.contains("けんぽ広場のご利用") && reply.contains("給付課(電話 03-0000-0001)まで"), "{reply}");
    for ground in Ground::ALL {
        let reply = texts.reply(*ground, ReplyDetail::None, speech(&society));
        assert!(!reply.contains(['{', '}']) && !reply.contains("MyKempo"), "{reply}");
    }
}

#[test]
fn q9_reply_names_the_section_or_the_day_of_dispatch() {
    let texts = ReplyTexts::embedded().unwrap();
    let health = SectionContact { name: "健康事業課".into(), phone: "03-0000-0002".into() };
    let society = SocietyWords { health, ..SocietyWords::default() };
    let section = ReplyDetail::Section(Section::Health);
    let reply = texts.reply(Ground::OtherInquiry, section, speech(&society));
    assert!(reply.contains("健康事業課(電話 03-0000-0002)"), "{reply}");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let reply = texts.reply(Ground::Arranged, ReplyDetail::Planned(day), speech(&society));
    assert!(reply.contains("11月26日"), "{reply}");
    // A detail that the text has no place for changes nothing.
    let left = texts.reply(Ground::Left, section, speech(&society));
    assert_eq!(left, texts.reply(Ground::Left, ReplyDetail::None, speech(&society)));
    let arranged = texts.reply(Ground::Arranged, section, speech(&society));
    assert!(!arranged.is_empty() && !arranged.contains('{'), "{arranged}");
}

#[test]
fn q3_a_reply_to_an_unidentified_sender_discloses_nothing() {
    let texts = ReplyTexts::embedded().unwrap();
    for ground in Ground::ALL.iter().filter(|ground| !ground.discloses()) {
        let society = SocietyWords::default();
        let reply = texts.reply(*ground, ReplyDetail::None, speech(&society));
        assert!(!["登録", "資格", "アカウント"].iter().any(|word| reply.contains(word)), "{}: {reply}", ground.code());
    }
}

fn faults(text: &str) -> Vec<(usize, ReplyProblem)> {
    let Err(faults) = ReplyTexts::own(text) else { return Vec::new() };
    faults.into_iter().map(|fault| (fault.line, fault.problem)).collect()
}

#[test]
fn each_fault_of_an_own_file_is_named_by_its_line() {
    use ReplyProblem as P;
    let file = r#"[reply.left]
ja = "{portal} は終了しました。ID は {login_id} です。"
en = "{portal} has ended."

[reply.lef]
ja = "x"
en = "x"

[mail.page]
ja = """
{name} 様

{password}
"""
en = """
{name}, {text}
"""

[detailed.left]
ja = "x"
en = ""
"#;
    let found = faults(file);
    assert!(
        matches!(&found[0], (2, P::UnknownSlot { name, known }) if name == "login_id" && known.contains(&ReplySlot::Portal))
    );
    assert_eq!(found[1], (5, P::UnknownTable("reply.lef".into())));
    assert_eq!(found[2], (10, P::NoText));
    assert!(matches!(&found[3], (13, P::UnknownSlot { name, .. }) if name == "password"), "{found:?}");
    assert_eq!(found[4], (16, P::OneLanguage("text".into())));
    assert_eq!(found[5], (19, P::UnknownTable("detailed.left".into())));
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(matches!(faults("[reply.left]\nja = 1\nen = \"\"").as_slice(), [(2, P::Syntax(_))]));
    assert_eq!(faults("[reply.left]\nja = \"x\"\nen = \" \""), [(3, P::Empty(Language::English))]);
    assert!(matches!(faults("[reply.left]\nja = \"{portal\"\nen = \"x\"").as_slice(), [(2, P::Brace)]));
}

#[test]
fn what_an_own_file_leaves_out_is_said_as_shipped() {
    let own = ReplyTexts::own("[reply.withdrawn]\nja = \"承りました。\"\nen = \"Done.\"").unwrap();
    let society = SocietyWords { portal: "MyKempo".into(), ..SocietyWords::default() };
    let shipped = ReplyTexts::embedded().unwrap();
    let said = |texts: &ReplyTexts, ground| texts.reply(ground, ReplyDetail::None, speech(&society));
    assert_eq!(said(&own, Ground::Withdrawn), "承りました。");
    assert_eq!(said(&own, Ground::Left), said(shipped, Ground::Left));
    assert!(ReplyTexts::own(ReplyTexts::SHIPPED).is_ok());
}

#[test]
fn a_line_without_its_value_is_left_out_of_the_mail() {
    let texts = ReplyTexts::embedded().unwrap();
    let sender =
        SenderWords {
            name: "架空工業健康保険組合".into(), phone: "03-0000-0100".into(), ..SenderWords::default()
        };
    let society = SocietyWords { sender, ..SocietyWords::default() };
    let facts = LetterFacts { name: "", receipt: "F1-2", text: "一行目\n二行目" };
    let letter = texts.letter(facts, speech(&society));
    assert_eq!(letter.subject, "お問い合わせへのご回答(受付番号 F1-2)");
    assert!(letter.page.starts_with("一行目\n二行目\n"), "{}", letter.page);
    assert!(letter.page.contains("電話 03-0000-0100\n受付番号 F1-2"), "{}", letter.page);
    let english = Speech { language: Language::English, ..speech(&society) };
    let letter = texts.letter(LetterFacts { name: "Maria Lopez", ..facts }, english);
    assert!(letter.page.starts_with("Dear Maria Lopez,\n\n"), "{}", letter.page);
}

/// The type of the placeholders is the whole of what a file can ask for.
#[test]
fn q8_no_placeholder_is_of_the_registry_or_the_portal() {
    let codes = [
        "portal",
        "society",
        "department",
        "phone",
        "hours",
        "medical_section",
        "health_section",
        "section",
        "planned_on",
        "name",
        "receipt",
        "text",
    ];
    assert_eq!(ReplySlot::CODES, codes, "a new one: does it tell what only registry or portal know?");
}

#[test]
fn f2_what_another_file_says_otherwise_is_shown_whole() {
    let shipped = ReplyTexts::embedded().unwrap();
    assert!(shipped.changes_from(shipped).is_empty());
    let own =
        ReplyTexts::own("[reply.left]\nja = \"お答えいたしかねます。\"\nen = \"We cannot answer this.\"\n").unwrap();
    let changes = own.changes_from(shipped);
    let told: Vec<_> = changes.iter().map(|it| (it.heading.as_str(), it.language, it.after.as_str())).collect();
    let expected = [
        ("reply.left", Language::Japanese, "お答えいたしかねます。"),
        ("reply.left", Language::English, "We cannot answer this."),
    ];
    assert_eq!(told, expected);
    assert!(changes.iter().all(|it| !it.before.is_empty() && it.before != it.after));
}

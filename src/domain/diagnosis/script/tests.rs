use super::*;

const COMMON: &str = include_str!("../../../../assets/scripts/common.toml");

fn refused(common: &str, topic: impl Fn(Topic) -> &'static str) -> String {
    Scripts::read(common, topic).unwrap_err().to_string()
}

#[test]
fn the_embedded_scripts_are_complete() {
    if let Err(error) = Scripts::embedded() {
        panic!("{error}");
    }
}

#[test]
fn a_missing_sentence_is_told_with_file_place_and_remedy() {
    let error = refused(&COMMON.replace("[finding.lost]", "[finding.lots]"), source);
    assert_eq!(error, "assets/scripts/common.toml: [finding.lost]: is missing; add it with ja and en");
    let without = |topic| {
        if topic == Topic::Registered { "guide = \"[4]\"\n[title]\nja = \"a\"\nen = \"a\"" } else { source(topic) }
    };
    let error = refused(COMMON, without);
    assert_eq!(error, "assets/scripts/registered.toml: [say.is_registered]: is missing; add it with ja and en");
}

#[test]
fn a_missing_language_is_told_with_its_line() {
    let error = refused(&COMMON.replacen("en = \"Registered on {registered_on}\"", "", 1), source);
    assert!(error.contains("common.toml: line ") && error.contains("missing field `en`"), "{error}");
}

#[test]
fn guide_sentence_without_a_line_is_named() {
    let unsaid = refused(&COMMON.replace(r#""[11]-3", "[11]-4""#, r#""[11]-4""#), source);
    assert_eq!(unsaid, "assets/scripts/guide.toml: [11]-3: is said by no line; say it, or give the reason in `unsaid`");
    let said = refused(&COMMON.replace(r#""[11]-3", "[11]-4""#, r#""[11]-3", "[11]-4", "[1]-a""#), source);
    assert_eq!(said, "assets/scripts/guide.toml: [1]-a: has a reason to be unsaid, and is said; remove `unsaid`");
}

#[test]
fn line_without_a_guide_sentence_or_a_reason_is_named() {
    let error = refused(&COMMON.replace(r#"beyond = "R2: a card that cannot go out""#, ""), source);
    assert!(error.contains("[common.held]: says no sentence of the guide"), "{error}");
    let error = refused(&COMMON.replace(r#"["Q4-1", "Q4-3"]"#, r#"["Q4-1", "Q99"]"#), source);
    assert!(error.contains("[common.died]: Q99 is no sentence of the guide"), "{error}");
    let error = refused(&COMMON.replace(r#"steps = ["want_display"]"#, r#"steps = ["dance"]"#), source);
    assert!(error.contains("[steps.dance]: is missing"), "{error}");
}

#[test]
fn a_placeholder_must_be_known_and_stand_in_both_languages() {
    let error = refused(&COMMON.replacen("{registered_on} に登録済み", "{when} に登録済み", 1), source);
    assert!(error.contains("[finding.registered]: no value is called {when}; known here: registered_on"), "{error}");
    let error = refused(&COMMON.replacen("{registered_on} に登録済み", "登録済み", 1), source);
    assert!(error.contains("only one language has {registered_on}"), "{error}");
}

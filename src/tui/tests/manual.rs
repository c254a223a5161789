//! 手引: every key in it exists, every screen has its chapter, every line fits.

use super::bindings::tables;
use crate::domain::Role;
use crate::labels::{Chapter, Lang};
use crate::tui::commands::Tab;
use crate::tui::keys::Key;
use crate::tui::layers::manual::page;
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::tui::widgets::cells;
use std::collections::BTreeSet;

const SIZE: (u16, u16) = (80, 24);
const LANGS: [Lang; 2] = [Lang::Ja, Lang::En];

/// The tables of keys that a chapter may speak of; those that work everywhere besides.
fn tables_of(chapter: Chapter) -> &'static [&'static str] {
    match chapter {
        Chapter::Start => &["home", "statistics", "lock", "confirm", "manual"],
        Chapter::Phone => &["members", "identity", "member", "calls", "call"],
        Chapter::Requests => &["requests", "request", "outbox", "choice"],
        Chapter::Queue => &["queue", "cards", "member", "request"],
        Chapter::Batches => &["queue", "batches", "batch", "export", "ticks"],
        Chapter::PrintRoom => &["batch"],
        Chapter::Receipts => &["batches", "sent batch", "missing receipts", "member"],
        Chapter::Incidents => &["incidents", "incident", "member", "call", "sent batch", "missing receipts"],
        Chapter::Import => &["imports", "file", "reading"],
        Chapter::Staff => &["staff", "settings", "audit", "log", "changes", "doctor", "choice"],
        Chapter::Trouble => &["batches", "batch", "member", "lock"],
    }
}

fn keys_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_key_in_the_manual_works_on_the_screens_of_its_chapter() {
    let everywhere: BTreeSet<String> =
        crate::tui::commands::EVERYWHERE.iter().flat_map(|row| row.keys).map(|key| Key::shown(*key)).collect();
    for chapter in Chapter::ALL {
        let own = tables().into_iter().filter(|(name, ..)| tables_of(chapter).contains(name));
        let mut keys: BTreeSet<String> =
            own.flat_map(|(_, table, _)| table.iter().flat_map(|row| row.keys)).map(|key| Key::shown(*key)).collect();
        keys.extend(everywhere.iter().cloned());
        for lang in LANGS {
            for key in keys_in(chapter.text(lang)) {
                assert!(keys.contains(key), "{chapter:?} in {lang:?} speaks of {key}");
            }
        }
    }
}

#[test]
fn both_languages_speak_of_the_same_keys_in_every_chapter() {
    for chapter in Chapter::ALL {
        let [ja, en]: [BTreeSet<&str>; 2] = LANGS.map(|lang| keys_in(chapter.text(lang)).collect());
        assert_eq!(ja, en, "{chapter:?}");
    }
}

#[test]
fn every_chapter_has_a_title_and_sections_in_both_languages() {
    for chapter in Chapter::ALL {
        for lang in LANGS {
            let text = chapter.text(lang);
            assert!(text.starts_with("# "), "{chapter:?} in {lang:?}");
            assert!(text.matches("\n## ").count() >= 2, "{chapter:?} in {lang:?}");
            assert_eq!(text.matches('`').count() % 2, 0, "{chapter:?} in {lang:?}: an open key");
            assert!(cells::width(chapter.title(lang)) <= 23, "{} is cut in the list", chapter.title(lang));
        }
    }
}

#[test]
fn manual_lines_fit_and_never_begin_with_a_full_stop() {
    for width in [76, 80, 100] {
        for chapter in Chapter::ALL {
            for lang in LANGS {
                for line in page::lines(chapter.text(lang), width) {
                    let text = line.plain();
                    assert!(line.indent() + cells::width(&text) <= width, "{chapter:?} at {width}: {text}");
                    assert!(!text.starts_with(['。', '、', '」', ')', 'っ', 'ー']), "{chapter:?} at {width}: {text}");
                }
            }
        }
    }
}

#[test]
fn no_word_of_the_manual_is_lost_in_wrapping() {
    for chapter in Chapter::ALL {
        for lang in LANGS {
            let letters = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace() && *c != '`').collect() };
            let source: String = chapter.text(lang).lines().map(|line| line.trim_start_matches(['#', ' '])).collect();
            let pages: String = page::lines(chapter.text(lang), 76).iter().map(page::ManualLine::plain).collect();
            assert_eq!(letters(&pages), letters(&source).replace("**", ""), "{chapter:?} in {lang:?}");
        }
    }
}

#[test]
fn f1_opens_the_chapter_of_the_screen_and_esc_closes_it() {
    for (tab, key) in Tab::ALL.into_iter().zip('1'..) {
        let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
        rig.keys(&format!("<A-{key}><F1>"));
        let title = tab.chapter().title(Lang::Ja);
        let at = |tab: Tab| Chapter::ALL.iter().position(|chapter| *chapter == tab.chapter()).unwrap() + 1;
        assert!(rig.screen().contains(title), "{tab:?}: {title}");
        assert!(!rig.keys("<Esc>").screen().contains(&format!("手引 {}/", at(tab))), "{tab:?}");
    }
}

#[test]
fn f1_opens_over_a_dialog_and_keeps_it() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<C-q><F1>");
    assert!(rig.screen().contains("はじめに"));
    assert!(rig.keys("<Esc>").screen().contains("コンソールを終了します"));
}

#[test]
fn the_contents_list_every_chapter_and_open_one() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<F1><Tab>");
    let screen = rig.screen();
    for chapter in Chapter::ALL {
        assert!(screen.contains(chapter.title(Lang::Ja)), "{chapter:?}");
    }
    assert!(rig.keys("<End><Enter>").screen().contains("手引 11/11"));
    assert!(rig.keys("<Tab><Up><Esc>").screen().contains("手引 11/11"), "Esc leaves the contents alone");
}

#[test]
fn a_word_is_found_through_the_whole_book_and_marked() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<F1>/裁断<Enter>");
    let screen = rig.screen();
    assert!(screen.contains("1番目") && screen.contains("裁断"), "{screen}");
    let first = screen.lines().position(|line| line.contains("裁断"));
    rig.keys("n");
    assert!(rig.screen().contains("2番目"));
    rig.keys("N");
    assert_eq!(rig.screen().lines().position(|line| line.contains("裁断")), first);
    assert!(rig.keys("/ぺんぎん<Enter>").screen().contains("「ぺんぎん」は手引にありません"));
}

#[test]
fn the_manual_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = Rig::signed_in(lang, size, Role::Clerk);
        rig.keys("2<F1>");
        album.add("chapter", name, &rig.screen());
        album.add("next", name, &rig.keys("<Right>").screen());
        album.add("contents", name, &rig.keys("<Tab>").screen());
        album.add("search", name, &rig.keys("<Esc>/260").screen());
        album.add("found", name, &rig.keys("<Enter>").screen());
    }
    insta::assert_snapshot!("manual", album.pages);
}

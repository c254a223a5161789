//! Calls that wait: the strip, the note beside the words, and what is kept.

use super::fixtures::{at, found, view};
use super::phone::{day, opened, right, told};
use crate::domain::Role;
use crate::domain::diagnosis::CallerKind;
use crate::labels::Lang;
use crate::tui::message::Effect;
use crate::tui::screens::members::requests::{
    EndCall, FindMembers, GiveUpCall, GreetCaller, Identify, KeepCalls, KeptReply, ListCalls, OpenCalls, ShowMember,
    TypingPause, WriteNote,
};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::calls::{CallLine, CallState};
use crate::usecases::notes::NoteDraft;

const SIZE: (u16, u16) = (80, 24);

fn call(id: i64, member: Option<&str>, state: CallState, body: &str) -> CallLine {
    let caller = if member.is_some() { CallerKind::Member } else { CallerKind::Employer };
    CallLine {
        id,
        state,
        staff: "sato".to_owned(),
        started_at: at(24, 10, 38),
        ended_at: None,
        member: member.map(str::to_owned),
        member_name: member.map(|_| "東海林　拓也".to_owned()),
        name: if member.is_some() { String::new() } else { "旭精機 鈴木様".to_owned() },
        note: None,
        draft: NoteDraft { phone: "090-1234-5678".to_owned(), body: body.to_owned(), ..NoteDraft::of_call(caller) },
    }
}

/// The list of a day: an own call that is open, and two that have ended.
pub(super) fn listed(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("<A-c>");
    rig.reply::<ListCalls>(vec![
        call(3, Some("260-1-00"), CallState::Open, "かけ直し希望、夕方以降"),
        call(2, None, CallState::Done, "11月5日の束がまだ届かない。受領書は未着"),
        call(1, Some("260-1-00"), CallState::Done, "はがきが届かない"),
    ]);
    rig
}

/// A call about no member, with the words for such a caller.
pub(super) fn unnamed(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("<A-n>").reply::<GreetCaller>("お名前とご用件をお聞かせいただけますか".to_owned());
    rig
}

/// The one in the middle of whose note another one rings.
fn interrupted(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = told(lang, size);
    rig.keys("n<Enter>かけ直し希望<A-n>");
    rig.reply::<GreetCaller>("お名前とご用件をお聞かせいただけますか".to_owned());
    rig
}

#[test]
fn calls_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("call_beside", name, &told(lang, size).keys("n<Enter>かけ直し希望").screen());
        album.add("call_waits", name, &interrupted(lang, size).screen());
        album.add("call_unnamed_note", name, &unnamed(lang, size).keys("n旭精機 鈴木様<Tab>03-3843").screen());
        album.add("call_list", name, &listed(lang, size).screen());
        album.add("call_unchecked", name, &opened(lang, size).keys("de").screen());
    }
    insta::assert_snapshot!("calls", album.pages);
}

#[test]
fn note_stands_beside_the_words_to_say() {
    for (_, lang, size) in LOOKS {
        let mut rig = told(lang, size);
        let words = if lang == Lang::Ja { "11月26日に、お勤め先" } else { "26 November" };
        assert!(rig.screen().contains(words), "{}", rig.screen());
        rig.keys("n<Enter>memo");
        let screen = rig.screen();
        assert!(screen.contains(words) && screen.contains("memo"), "{screen}");
    }
}

#[test]
fn second_call_costs_the_first_nothing() {
    let mut rig = interrupted(Lang::Ja, SIZE);
    let screen = rig.screen();
    assert!(screen.contains("A 260-1-00 東海林") && screen.contains("[B 不明"), "{screen}");
    assert!(!screen.contains("かけ直し希望"), "{screen}");
    rig.keys("n旭精機<C-n>");
    let screen = rig.screen();
    assert!(screen.contains("かけ直し希望") && screen.contains("11月26日に、お勤め先"), "{screen}");
    assert!(screen.contains("[A 260-1-00"), "{screen}");
    rig.keys("、夕方以降<C-n>");
    assert!(rig.screen().contains("旭精機"), "{}", rig.screen());
    rig.keys("<C-n><C-s>");
    let WriteNote { note, .. } = rig.requested().expect("no note");
    assert!(note.body.ends_with("かけ直し希望、夕方以降"), "{}", note.body);
    rig.reply::<WriteNote>(());
    let screen = rig.screen();
    assert!(screen.contains("対応記録を残しました") && screen.contains("A 旭精機"), "{screen}");
    assert!(!screen.contains("B "), "{screen}");
}

#[test]
fn a_call_is_in_front_again_from_another_screen() {
    let mut rig = told(Lang::Ja, SIZE);
    rig.keys("1");
    assert!(!rig.screen().contains("本人確認 済"));
    rig.keys("<C-n>");
    assert!(rig.screen().contains("本人確認 済"), "{}", rig.screen());
    // From a search back to the caller, not home.
    rig.keys("/").keys("<Esc>");
    assert!(rig.screen().contains("本人確認 済"), "{}", rig.screen());
}

#[test]
fn only_x_drops_a_call() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("de").keys("<Esc>");
    assert!(!rig.screen().contains("本人確認"), "{}", rig.screen());
    assert!(rig.screen().contains("A 260-1-00 東海林 未確認"), "Esc leaves it on the line: {}", rig.screen());
    rig.keys("<F4>").keys("<Esc>");
    assert!(rig.screen().contains("A 260-1-00 東海林 未確認"), "{}", rig.screen());
    assert!(!rig.has_requested::<GiveUpCall>());
    rig.keys("<C-n>").reply::<ShowMember>(Box::new(view())).keys("x");
    assert!(!rig.screen().contains("260-1-00 東海林 未確認"), "{}", rig.screen());
}

#[test]
fn the_call_in_hand_is_always_in_the_strip() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.reply::<OpenCalls>((1..=7).map(|id| call(id, Some("260-1-00"), CallState::Open, "")).collect());
    for letter in ["A", "B", "C", "D", "E", "F", "G"] {
        rig.keys("<C-n>");
        let screen = rig.screen();
        assert!(screen.contains(&format!("[{letter} 260-1-00 東海林 未確認")) && screen.contains("+5"), "{screen}");
    }
}

/// The texts of the drafts that are on their way.
fn kept(rig: &Rig) -> Vec<String> {
    rig.requested::<KeepCalls>()
        .map(|it| it.0.iter().map(|call| call.draft.note.body.clone()).collect())
        .unwrap_or_default()
}

#[test]
fn what_was_typed_is_kept_once_a_second() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.effects.clear();
    rig.keys("nか");
    assert_eq!(rig.requests::<TypingPause>().count(), 1);
    rig.keys("け");
    assert_eq!(rig.requests::<TypingPause>().count(), 1, "one waits");
    rig.reply::<TypingPause>(());
    assert_eq!(kept(&rig), ["かけ"]);
    let KeepCalls(calls) = rig.requested().unwrap();
    let (slot, id) = (calls[0].slot, calls[0].id.clone());
    id.set(7);
    rig.reply::<KeepCalls>(vec![KeptReply { slot, done: Ok(()) }]);
    rig.effects.clear();
    rig.keys("直").reply::<TypingPause>(());
    let KeepCalls(calls) = rig.requested().unwrap();
    assert_eq!(calls[0].id.get(), Some(7), "the same call");
}

#[test]
fn what_was_typed_is_kept_before_the_lock_and_the_end() {
    for (keys, ends) in [("<C-o>", "lock"), ("<C-x>y", "sign-out"), ("<C-q>y", "end")] {
        let mut rig = opened(Lang::Ja, SIZE);
        rig.keys("nかけ直し<Esc>");
        rig.effects.clear();
        rig.keys(keys);
        assert_eq!(kept(&rig), ["かけ直し"], "{ends}");
        let order = |is: fn(&Effect) -> bool| rig.effects.iter().position(is);
        let keeps = order(|effect| matches!(effect, Effect::Request(..)));
        let ended = order(|effect| matches!(effect, Effect::SignOut | Effect::Quit));
        assert!(ended.is_none_or(|ended| keeps.is_some_and(|keeps| keeps < ended)), "{ends}");
    }
}

#[test]
fn open_calls_come_back_at_sign_in_unchecked() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.reply::<OpenCalls>(vec![
        call(3, Some("260-1-00"), CallState::Open, "かけ直し希望"),
        call(4, None, CallState::Open, "束の件"),
    ]);
    assert!(rig.screen().contains("A 260-1-00 東海林 未確認"), "{}", rig.screen());
    rig.keys("<C-n>").reply::<ShowMember>(Box::new(view()));
    let screen = rig.screen();
    assert!(screen.contains("本人確認 未") && !screen.contains("登録済"), "{screen}");
    rig.keys("n");
    assert!(rig.screen().contains("かけ直し希望"), "{}", rig.screen());
    rig.keys("<C-n>");
    assert!(rig.screen().contains("旭精機 鈴木様"), "{}", rig.screen());
}

#[test]
fn auditor_has_no_calls() {
    let rig = Rig::signed_in(Lang::Ja, SIZE, Role::Auditor);
    assert!(!rig.has_requested::<OpenCalls>());
}

fn attention() -> ratatui::style::Style {
    crate::tui::theme::Theme::new(crate::tui::theme::ColorScheme::Dark, crate::tui::theme::Glyphs::LINES).attention
}

#[test]
fn q3_no_page_shows_account_and_cards_before_the_check() {
    let hidden = ["Web", "閲覧用", "Viewing", "B2026"];
    for (_, lang, size) in LOOKS {
        let mut rig = opened(lang, size);
        rig.keys("de");
        for page in ["c", "<Tab>", "<Tab>", "<Tab>", "<Tab>"] {
            let screen = rig.keys(page).screen();
            assert!(!hidden.iter().any(|hidden| screen.contains(hidden)), "{page}: {screen}");
            let limit = if lang == Lang::Ja { "確認が済むまで" } else { "Nothing of this person" };
            assert!(screen.contains(limit), "{page}: {screen}");
        }
    }
}

#[test]
fn q3_a_check_that_was_left_leaves_the_pages_withheld() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("<F4><Esc>").reply::<ShowMember>(Box::new(view())).keys("c");
    let screen = rig.screen();
    assert!(screen.contains("確認が済むまで") && !screen.contains("閲覧用"), "{screen}");
    assert_eq!(rig.style_of("確認が済むまで").fg, attention().fg);
}

#[test]
fn q3_a_record_for_work_warns_of_an_unchecked_caller() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("<F4><Esc>").reply::<ShowMember>(Box::new(view())).keys("<Esc><Enter>");
    rig.reply::<ShowMember>(Box::new(view())).keys("c");
    let screen = rig.screen();
    assert!(screen.contains("済んでいない電話がつながって") && screen.contains("閲覧用"), "{screen}");
}

#[test]
fn q3_a_caller_about_one_member_may_ask_of_another() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.reply::<OpenCalls>(vec![call(3, Some("107-1-00"), CallState::Open, "")]);
    rig.keys("/ショウジ").reply::<FindMembers>(found()).keys("<Enter>").reply::<ShowMember>(Box::new(view())).keys("c");
    let screen = rig.screen();
    assert!(screen.contains("東海林 拓也") && screen.contains("本人確認の済んでいない電話"), "{screen}");
}

#[test]
fn q3_phone_panel_withholds_account_and_cards_until_the_check() {
    for (_, lang, size) in LOOKS {
        let mut rig = opened(lang, size);
        let hidden = ["Web", "閲覧用", "Viewing"];
        assert!(hidden.iter().any(|hidden| rig.screen().contains(hidden)), "a record for work has them");
        rig.keys("de");
        let screen = rig.screen();
        assert!(!hidden.iter().any(|hidden| screen.contains(hidden)), "{screen}");
        let unchecked = if lang == Lang::Ja { "本人確認 未" } else { "not identified" };
        assert_eq!(rig.style_of(unchecked).fg, attention().fg);
    }
}

#[test]
fn number_to_call_back_is_copied_as_it_is_dialled() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("y");
    assert!(rig.screen().contains("折返し先の番号がありません"), "{}", rig.screen());
    rig.keys("n<Up>０９０ー１２３４ー５６７８<Esc>");
    rig.effects.clear();
    rig.keys("y");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text == "09012345678")));
    let mut rig = listed(Lang::Ja, SIZE);
    rig.effects.clear();
    rig.keys("y");
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text == "09012345678")));
}

#[test]
fn a_call_about_no_member_is_noted() {
    let mut rig = unnamed(Lang::Ja, SIZE);
    rig.keys("af").reply::<GreetCaller>("いつもお世話になっております".to_owned());
    assert!(rig.screen().contains("いつもお世話になっております"), "{}", rig.screen());
    rig.keys("n旭精機 鈴木様<Tab>03-3843-1457<Tab><Tab>束が届かない<C-s>");
    let EndCall { draft, .. } = rig.requested().expect("no call was ended");
    assert_eq!((draft.name.as_str(), draft.note.body.as_str()), ("旭精機 鈴木様", "束が届かない"));
    assert_eq!(draft.note.caller, Some(CallerKind::Employer));
    rig.reply::<EndCall>(());
    let screen = rig.screen();
    assert!(screen.contains("旭精機 鈴木様 の電話の記録を残しました") && !screen.contains("[A"), "{screen}");
}

#[test]
fn an_unknown_caller_becomes_the_member_who_is_found() {
    let mut rig = unnamed(Lang::Ja, SIZE);
    rig.keys("/ショウジ").reply::<FindMembers>(found());
    rig.keys("<F4>");
    assert!(rig.screen().contains("[A 260-1-00 未確認"), "{}", rig.screen());
    rig.keys("ショウジ タクヤ<Enter>1979-07-26<Enter>").reply::<Identify>(right());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view()));
    let screen = rig.screen();
    assert!(screen.contains("[A 260-1-00 東海林 0分]") && screen.contains("本人確認 済"), "{screen}");
}

#[test]
fn a_call_is_given_up_after_a_question() {
    let mut rig = opened(Lang::Ja, SIZE);
    rig.keys("nかけ直し<Esc>").reply::<TypingPause>(());
    let KeepCalls(calls) = rig.requested().unwrap();
    calls[0].id.set(7);
    let reply = KeptReply { slot: calls[0].slot, done: Ok(()) };
    rig.reply::<KeepCalls>(vec![reply]).keys("x");
    assert!(rig.screen().contains("書きかけの内容は消えます"), "{}", rig.screen());
    assert!(!rig.has_requested::<GiveUpCall>());
    rig.keys("y");
    assert_eq!(rig.requested::<GiveUpCall>().and_then(|it| it.0.get()), Some(7));
    assert!(!rig.screen().contains("[A"), "{}", rig.screen());
}

#[test]
fn list_of_calls_goes_from_day_to_day() {
    let mut rig = listed(Lang::Ja, SIZE);
    rig.keys("<Right>");
    assert!(rig.screen().contains("まだありません"), "{}", rig.screen());
    rig.keys("<Left>");
    assert_eq!(rig.requested::<ListCalls>().map(|it| it.0), Some(day(11, 23)));
}

//! 対応記録: the form, what is due, the search.

use super::fixtures::{at, found, view};
use crate::domain::Role;
use crate::domain::diagnosis::Section;
use crate::domain::request::Channel;
use crate::labels::Lang;
use crate::tui::screens::members::requests::{
    CompleteFollowUp, FindMembers, ListFollowUps, SearchNotes, ShowMember, WriteNote,
};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::members::KeyColumns;
use crate::usecases::notes::{FollowUp, NoteHits, NoteLine};
use chrono::NaiveDate;

const SIZE: (u16, u16) = (80, 24);

fn line(id: i64, number: &str, name: &str, due: u32, body: &str) -> NoteLine {
    NoteLine {
        id,
        key: KeyColumns { symbol: "260".to_owned(), number: number.to_owned(), branch: "00".to_owned() },
        name: name.to_owned(),
        at: at(19, 15, 30),
        staff: "sato".to_owned(),
        channel: Channel::Phone,
        topic: "card_not_arrived".to_owned(),
        body: body.to_owned(),
        follow_up_on: NaiveDate::from_ymd_opt(2026, 11, due),
        done_at: None,
        caller: None,
        phone: String::new(),
        adds_to: None,
        protected: false,
    }
}

fn due() -> Vec<FollowUp> {
    let body = "パスワードのはがきが届かない\nご案内: 11月26日に発送する予定とお伝えした。届いたかお電話で確かめる。";
    vec![
        FollowUp { note: line(1, "1", "東海林 拓也", 20, body), overdue: 1 },
        FollowUp { note: line(2, "2", "髙橋 花子", 24, "事業所からの返事を待つ"), overdue: 0 },
    ]
}

pub(super) fn follow_ups(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("<F6>").reply::<ListFollowUps>(due());
    rig
}

fn opens(rig: &Rig) -> Option<String> {
    rig.requested::<ShowMember>().map(|it| it.0.to_string())
}

#[test]
fn follow_ups_look() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("follow_ups", name, &follow_ups(lang, size).screen());
    }
    insta::assert_snapshot!("follow_ups", album.pages);
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<F6>").reply::<ListFollowUps>(Vec::new());
    insta::assert_snapshot!("follow_ups_none", rig.screen());
}

#[test]
fn enter_opens_whom_to_call_and_esc_leads_back_to_the_list() {
    let mut rig = follow_ups(Lang::Ja, SIZE);
    rig.keys("<Down><Enter>");
    assert_eq!(opens(&rig).as_deref(), Some("260-2-00"));
    rig.reply::<ShowMember>(Box::new(view())).keys("<Esc>");
    assert!(rig.has_requested::<ListFollowUps>());
    assert!(rig.screen().contains("今日までの次の連絡"));
}

#[test]
fn completed_follow_up_leaves_the_list() {
    let mut rig = follow_ups(Lang::Ja, SIZE);
    rig.keys("s");
    insta::assert_snapshot!("follow_up_done", rig.screen());
    rig.keys("届いた<C-s>");
    let CompleteFollowUp { id, closing } = rig.requested().expect("nothing was done");
    assert_eq!((*id, closing.as_str()), (1, "届いた"));
    rig.reply::<CompleteFollowUp>(());
    assert!(rig.screen().contains("連絡を済みにしました"));
    assert!(rig.has_requested::<ListFollowUps>());
}

#[test]
fn an_admin_reads_what_is_due_but_writes_nothing() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
    rig.keys("<F6>").reply::<ListFollowUps>(due()).keys("s");
    assert!(rig.written().is_none());
}

pub(super) fn searched(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("<F9>はがき<Enter>");
    let found = due()
        .into_iter()
        .map(|due| NoteHits { snippet: "パスワードのはがきが届かない".to_owned(), note: due.note });
    rig.reply::<SearchNotes>(found.collect());
    rig
}

#[test]
fn note_search_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("note_search", name, &searched(lang, size).screen());
    }
    insta::assert_snapshot!("note_search", album.pages);
}

#[test]
fn a_search_of_notes_waits_for_enter_and_a_second_enter_opens() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("<F9>はがき");
    let asked = |rig: &Rig| rig.has_requested::<SearchNotes>();
    assert!(!asked(&rig), "a look with every letter");
    rig.keys("<Enter>");
    assert!(asked(&rig));
    let mut rig = searched(Lang::Ja, SIZE);
    rig.keys("<Enter>");
    assert_eq!(opens(&rig).as_deref(), Some("260-1-00"));
}

#[test]
fn a_note_says_by_which_way_and_where_the_caller_was_sent_on_to() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("/260").reply::<FindMembers>(found());
    rig.keys("<Enter>").reply::<ShowMember>(Box::new(view())).keys("n窓口で<Tab><Right><Right>");
    rig.keys("<Up><Up><Up><Up><Up> <Right><C-s>");
    let WriteNote { note, .. } = rig.requested().expect("no note");
    assert_eq!((note.channel, note.referred), (Channel::Counter, Some(Section::Health)));
    assert_eq!((note.topic, note.body.as_str()), (None, "窓口で"));
}

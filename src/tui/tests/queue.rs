//! 発送待ち.

use super::fixtures::{at, day, lines, number, queued};
use super::home::calm;
use crate::domain::{CardRoute, CardState, OneOffAddress, Role};
use crate::labels::Lang;
use crate::tui::screens::LoadHome;
use crate::tui::screens::card_dialogs::{CancelCard, HoldCard};
use crate::tui::screens::confirm_address::ConfirmAddress;
use crate::tui::screens::queue::requests::{
    ApproveAddress, DraftBatch, ListChangedAddresses, ListQueuedCards, LoadQueue, LookUpAddress, ProposeAddress,
    RefuseAddress,
};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::addresses::ChangedAddress;
use crate::usecases::batches::Drafted;
use crate::usecases::home::HomeSummary;
use crate::usecases::one_off::{AddressProposal, WaitingAddress};

const SIZE: (u16, u16) = (80, 24);

pub(super) fn queue(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Clerk);
    rig.keys("4").reply::<LoadQueue>(lines());
    rig
}

pub(super) fn cards(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = queue(lang, size);
    let cards = vec![
        queued(1, ["260", "1", "00"], "東海林 拓也", CardState::Queued),
        queued(2, ["260", "7", "01"], "渡邉 はるか", CardState::Held),
    ];
    rig.keys("<Enter>").reply::<ListQueuedCards>(cards);
    rig
}

/// The changed addresses, as home leads there.
fn changed(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    let place = |address: &str, code: &str, company: &str| CardRoute {
        employer_code: Some(code.to_owned()),
        postcode: Some("1000005".to_owned()),
        address1: address.to_owned(),
        address2: String::new(),
        company: company.to_owned(),
        department: String::new(),
        contact: String::new(),
    };
    let change = |id, code: &str, company: &str| ChangedAddress {
        change: id,
        code: code.to_owned(),
        before: place("東京都千代田区丸の内9-1", code, company),
        after: place("東京都千代田区丸の内1-1", code, company),
        changed_by: "kato".to_owned(),
        changed_at: at(20, 9, 0),
        confirmed_by: None,
        confirmed_at: None,
    };
    let mut rig = Rig::signed_in(lang, size, role);
    rig.reply::<LoadHome>(Box::new(HomeSummary { changed_addresses: 2, ..calm() })).keys("<Enter>");
    let waiting = vec![change(4, "101", "旭精機株式会社"), change(5, "215", "つばさ通信機株式会社")];
    rig.reply::<ListChangedAddresses>(waiting);
    rig
}

/// The same for the tests of all keys.
pub(super) fn changes(lang: Lang, size: (u16, u16)) -> Rig {
    changed(lang, size, Role::Supervisor)
}

#[test]
fn r6_every_changed_address_is_confirmed_from_home() {
    for (_, lang, size) in LOOKS {
        let mut rig = changes(lang, size);
        let screen = rig.screen();
        assert!(screen.contains("丸の内9-1") && screen.contains("つばさ通信機"), "before and after: {screen}");
        rig.keys("<Down><Enter>");
        assert!(rig.screen().contains("丸の内9-1"), "{}", rig.screen());
        rig.keys("y");
        assert!(rig.requested::<ConfirmAddress>().is_some_and(|it| (it.code.as_str(), it.change) == ("215", 5)));
    }
    let mut clerk = changed(Lang::Ja, SIZE, Role::Clerk);
    clerk.keys("<Enter>").keys("y");
    assert!(!clerk.has_requested::<ConfirmAddress>());
    assert!(clerk.screen().contains("別の責任者が行います"), "{}", clerk.screen());
}

#[test]
fn the_queue_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("changed_addresses", name, &changes(lang, size).screen());
        album.add("queue", name, &queue(lang, size).screen());
        album.add("queue_cards", name, &cards(lang, size).screen());
    }
    insta::assert_snapshot!("queue", album.pages);
}

#[test]
fn loading_empty_and_failed_are_told_apart() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4");
    assert!(rig.screen().contains("読み込んでいます"));
    rig.refuse("データベースに接続できません。");
    insta::assert_snapshot!("queue_failed", rig.screen());
    rig.keys("<F5>").reply::<LoadQueue>(Vec::new());
    insta::assert_snapshot!("queue_empty", rig.screen());
}

#[test]
fn the_selected_row_is_marked_and_moves() {
    let mut rig = queue(Lang::Ja, SIZE);
    let selected = rig.style_of("260 旭精機");
    assert_ne!(selected.bg, rig.style_of("104 (株)").bg);
    rig.keys("ｊ");
    assert_eq!(rig.style_of("104 (株)").bg, selected.bg);
    assert_eq!(rig.cursor(), None);
}

#[test]
fn the_tab_counts_the_cards_that_wait() {
    assert!(queue(Lang::Ja, SIZE).screen().contains("4 発送待ち 12"));
}

#[test]
fn b1_marked_cards_of_several_employers_make_a_batch() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("　");
    assert!(rig.screen().contains("[x]"), "{}", rig.screen());
    rig.keys(" ");
    assert!(rig.screen().contains("保留中のはがきはバッチに入れられません"), "{}", rig.screen());
    rig.keys("<Esc><Down><Enter>");
    rig.reply::<ListQueuedCards>(vec![queued(5, ["104", "2", "00"], "髙橋 花子", CardState::Queued)]);
    rig.keys(" n");
    insta::assert_snapshot!("queue_draft_marked", rig.screen());
    rig.keys("my");
    assert!(rig.requested::<DraftBatch>().is_some_and(|it| it.0.only.as_deref() == Some(&[1, 5][..])));
    let drafted = Drafted { batch: number(), cards: 2, held: 0, cancelled: 0, apart: 0, gone: 0 };
    rig.reply::<DraftBatch>(drafted);
    assert!(!rig.screen().contains("[x]"), "{}", rig.screen());
}

#[test]
fn b1_the_oldest_cards_make_a_batch() {
    let mut rig = queue(Lang::Ja, SIZE);
    rig.keys("nd11/20<Enter>");
    assert!(rig.screen().contains("2026-11-20 より前に依頼された"), "{}", rig.screen());
    rig.keys("y");
    let begins = crate::text::japan::midnight(day("2026-11-20"));
    assert!(rig.requested::<DraftBatch>().is_some_and(|it| it.0.asked_before == Some(begins)));
}

#[test]
fn a_hold_wants_a_reason_and_a_cancellation_a_yes() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("o<Enter>");
    assert!(rig.screen().contains("入力してください"));
    insta::assert_snapshot!("queue_hold", rig.screen());
    rig.keys("住所確認中<Enter>");
    assert!(rig.requested::<HoldCard>().is_some_and(|it| it.card == 1 && it.why == "住所確認中"));
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("c");
    insta::assert_snapshot!("queue_cancel", rig.screen());
    rig.keys("<Enter>");
    assert!(rig.written().is_none(), "Enter alone cancels nothing");
    rig.keys("cy");
    assert!(rig.requested::<CancelCard>().is_some_and(|it| it.0 == 1));
}

#[test]
fn a_batch_is_drafted_of_one_kind_after_a_question() {
    let mut rig = queue(Lang::Ja, SIZE);
    rig.keys("n");
    insta::assert_snapshot!("queue_draft", rig.screen());
    rig.keys("v");
    assert!(rig.screen().contains("11枚"));
    rig.keys("<Enter>");
    assert!(rig.requested::<DraftBatch>().is_some_and(|it| it.0.kind.is_some()));
}

#[test]
fn a_refused_order_is_told_in_full() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("cy")
        .refuse("このはがきは、ほかの人が先に変更しました。取消はしていません。最新の状態を確かめてください。");
    insta::assert_snapshot!("queue_refused", rig.screen());
}

fn proposal(by: &str) -> AddressProposal {
    let to = OneOffAddress {
        postcode: "1000014".to_owned(),
        address1: "東京都千代田区永田町一丁目7番1号".to_owned(),
        address2: "国会ビル2階".to_owned(),
        addressee: "全喪株式会社 清算人".to_owned(),
        department: "永田法律事務所".to_owned(),
    };
    AddressProposal::new(2, to, "全喪のため、清算人が受け取る", by, at(24, 10, 0))
}

/// A supervisor at the cards of one employer, the held one selected, who has asked for its address.
fn address(lang: Lang, size: (u16, u16), found: Option<AddressProposal>) -> Rig {
    let mut rig = Rig::signed_in(lang, size, Role::Supervisor);
    rig.keys("4").reply::<LoadQueue>(lines()).keys("<Enter>");
    let mut held = queued(2, ["999", "7", "00"], "林 五郎", CardState::Held);
    held.proposed_by = found.is_some().then(|| "鈴木".to_owned());
    rig.reply::<ListQueuedCards>(vec![held]).keys("s");
    assert!(rig.requested::<LookUpAddress>().is_some_and(|it| it.0 == 2));
    let waiting = found.map(|proposal| Box::new(WaitingAddress { proposal, proposer: "鈴木".to_owned() }));
    rig.reply::<LookUpAddress>(Ok(waiting));
    rig
}

#[test]
fn r3_address_form_names_the_responsibility() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("form", name, &address(lang, size, None).screen());
    }
    insta::assert_snapshot!("one_off_form", album.pages);
    let mut rig = address(Lang::Ja, SIZE, None);
    rig.keys("１００－００１<Tab><C-s>");
    assert!(rig.screen().contains("郵便番号は7桁です"));
    rig.keys("１<Tab>千代田区永田町1<Tab><Tab>清算人<Tab><Tab>全喪のため<Enter>");
    let ProposeAddress { card, to, reason } = rig.requested().expect("nothing was proposed");
    assert_eq!((*card, reason.as_str()), (2, "全喪のため"));
    assert!(to.postcode == "1000011" && to.addressee == "清算人");
}

#[test]
fn r3_a_second_supervisor_sees_what_is_proposed_and_decides() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = address(lang, size, Some(proposal("suzuki")));
        album.add("decide", name, &rig.screen());
        album.add("approve", name, &rig.keys("a").screen());
        rig.keys("<Enter>");
        assert!(rig.written().is_none(), "Enter alone approves nothing");
    }
    insta::assert_snapshot!("one_off", album.pages);
    let mut rig = address(Lang::Ja, SIZE, Some(proposal("suzuki")));
    rig.keys("ay");
    assert!(rig.requested::<ApproveAddress>().is_some_and(|it| it.0 == 2));
    let mut rig = address(Lang::Ja, SIZE, Some(proposal("suzuki")));
    rig.keys("x届けがない<Enter>");
    assert!(rig.requested::<RefuseAddress>().is_some_and(|it| it.card == 2 && it.why == "届けがない"));
}

#[test]
fn r3_who_proposed_cannot_approve_and_is_told_so() {
    let mut rig = address(Lang::Ja, SIZE, Some(proposal("sato")));
    assert!(rig.screen().contains("別の責任者です"));
    rig.keys("a");
    assert!(rig.written().is_none() && !rig.screen().contains("承認すると"));
}

#[test]
fn r3_refusal_names_the_role_or_the_setting() {
    let mut rig = cards(Lang::Ja, SIZE);
    rig.keys("s");
    assert!(rig.screen().contains("を行えるのは責任者です"));
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("4").reply::<LoadQueue>(lines()).keys("<Enter>");
    rig.reply::<ListQueuedCards>(vec![queued(2, ["999", "7", "00"], "林 五郎", CardState::Held)]).keys("s");
    rig.reply::<LookUpAddress>(Err("設定 policy.allow_route_override が false です。".to_owned()));
    assert!(rig.screen().contains("policy.allow_route_override"));
}

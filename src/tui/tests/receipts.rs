//! 受領書 and 返戻 of a batch.

use super::batches::{SIZE, list, missing, opened};
use super::fixtures::{batch_view, day, number};
use crate::domain::{BatchState, CardKind, ReturnReason, Role, UndeliveredReason};
use crate::labels::Lang;
use crate::tui::screens::batches::requests::{FindCard, ListMissingReceipts, RecordReceipt, RecordReturned, ShowBatch};
use crate::tui::tests::testing::{Album, LOOKS};
use crate::usecases::batches::{Due, FoundCard, Missing};

#[test]
fn b9_receipt_is_recorded_by_employer_with_a_footer_key() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    assert!(rig.screen().lines().last().unwrap().contains("b 受領書"));
    rig.keys("b<Down>b");
    assert!(rig.screen().contains("118 武蔵野電子工業(株) から受領書が戻ったことを記録します。"));
    rig.keys("<Enter><Enter><Enter>");
    assert!(rig.requested::<RecordReceipt>().is_some_and(|it| it.employer == "118"));
}

#[test]
fn b9_missing_receipts_are_followed_up_from_the_list() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = missing(lang, size);
        album.add("receipts", name, &rig.screen());
        rig.keys("b<Enter><Enter><Enter>");
        assert!(rig.requested::<RecordReceipt>().is_some_and(|it| it.employer == "118"));
        rig.reply::<RecordReceipt>(Vec::new());
        rig.keys("<Enter>").reply::<ShowBatch>(Box::new(batch_view(BatchState::Dispatched)));
        rig.keys("<Esc>");
        assert!(rig.screen().contains("118"), "back to the list, not home");
    }
    insta::assert_snapshot!("receipts", album.pages);
}

#[test]
fn b9_the_contact_of_the_parcel_at_hand_is_told_in_full() {
    let mut view = batch_view(BatchState::Dispatched);
    (view.bundles[1].contact, view.bundles[1].phone) = ("ご担当者".to_owned(), "052-0000-0103".to_owned());
    let missing = Missing { bundle: view.bundles[1].clone(), waited: 7, due: Due::Overdue };
    let mut rig = list(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("f").reply::<ListMissingReceipts>(vec![missing]);
    assert!(rig.screen().contains("ご担当者 052-0000-0103"), "{}", rig.screen());
    rig.keys("<Enter>").reply::<ShowBatch>(Box::new(view));
    rig.keys("b<Down>");
    assert!(rig.screen().contains("ご担当者 052-0000-0103"), "{}", rig.screen());
}

#[test]
fn b10_whose_card_came_back_is_shown_before_it_is_recorded() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    rig.keys("R２<Enter>");
    let serial = number().serial(2);
    assert!(rig.requested::<FindCard>().is_some_and(|it| it.0 == serial));
    let found = FoundCard {
        serial: serial.clone(),
        kind: CardKind::Viewing,
        member: "260-7-01".to_owned(),
        name: "渡邉 はるか".to_owned(),
        to: "旭精機株式会社".to_owned(),
        dispatched_on: Some(day("2026-11-26")),
        dead: None,
    };
    rig.reply::<FindCard>(Ok(found));
    insta::assert_snapshot!("card_returned", rig.screen());
    assert!(rig.written().is_none());
    rig.keys("<Right><C-s>");
    let recorded = rig.requested::<RecordReturned>().expect("nothing was recorded");
    assert_eq!((recorded.serial.as_str(), recorded.how.reason), (serial.as_str(), ReturnReason::AddressUnknown));
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    rig.keys("R").paste("B20261124-001-0099").keys("<Enter>");
    rig.reply::<FindCard>(Err("はがき番号「B20261124-001-0099」のはがきは見つかりません。".to_owned()));
    assert!(rig.screen().contains("見つかりません"));
}

#[test]
fn b15_cards_not_handed_over_go_with_the_receipt() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Dispatched);
    rig.keys("b<Down>b<Enter>2、5<Enter><Right><Enter>");
    let receipt = rig.requested::<RecordReceipt>().expect("no receipt was recorded");
    let noted: Vec<_> = receipt.undelivered.iter().map(|cards| (cards.serials.as_str(), cards.reason)).collect();
    assert_eq!(noted, [("2、5", UndeliveredReason::Transferred)]);
}

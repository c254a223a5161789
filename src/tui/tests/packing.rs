//! 封入の確認: scans, large words, and receipts by their code (B14).

use super::batches::{SIZE, missing, opened};
use super::fixtures::number;
use crate::domain::packing::{Packable, Packing, PaperCode, ParcelName, PileCard};
use crate::domain::{BatchState, GateReason, Role};
use crate::labels::Lang;
use crate::tui::screens::batches::requests::{LoadPile, PackParcel, RecordPrinted};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::batches::{Packed, PackedParcel, Scanned};

fn parcel(employer: &str, name: &str) -> ParcelName {
    ParcelName { employer: employer.to_owned(), name: name.to_owned() }
}

/// 1 and 2 for 260, 3 for 107; 4 must be pulled.
fn pile() -> Packing {
    let (asahi, musashino) = (parcel("260", "旭精機株式会社"), parcel("107", "武蔵野電子工業株式会社"));
    let cards = [
        (1, Some(asahi.clone()), Packable::Yes),
        (2, Some(asahi.clone()), Packable::Yes),
        (3, Some(musashino), Packable::Yes),
        (4, Some(asahi), Packable::MustPull(GateReason::MemberLost)),
    ];
    let card = |(id, parcel, packable): (i64, Option<ParcelName>, Packable)| {
        (number().serial(usize::try_from(id).unwrap()), PileCard { id, parcel, packable })
    };
    Packing::new(number(), cards.map(card).into_iter().collect())
}

fn begun(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = opened(lang, size, Role::Clerk, BatchState::Printed);
    rig.keys("i").reply::<LoadPile>(pile());
    rig
}

/// A scanner types a code and Enter.
fn scans(rig: &mut Rig, place: usize) -> &mut Rig {
    let code = number().serial(place);
    rig.keys(&format!("{code}<Enter>"))
}

#[test]
fn b14_packing_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = begun(lang, size);
        album.add("begin", name, &rig.screen());
        album.add("ok", name, &scans(&mut rig, 1).screen());
        album.add("other_employer", name, &scans(&mut rig, 3).screen());
        album.add("pull", name, &scans(&mut rig, 4).screen());
        album.add("complete", name, &scans(&mut rig, 2).screen());
    }
    insta::assert_snapshot!("packing", album.pages);
}

#[test]
fn b14_a_complete_parcel_is_recorded() {
    let mut rig = begun(Lang::Ja, SIZE);
    scans(&mut rig, 1);
    assert!(rig.written().is_none());
    scans(&mut rig, 2);
    let codes = vec![number().serial(1), number().serial(2)];
    assert!(rig.requested::<PackParcel>().is_some_and(|it| it.codes == codes));
    let parcels = vec![PackedParcel { parcel: parcel("260", "旭精機"), cards: 2, missing: Vec::new() }];
    rig.reply::<PackParcel>(Packed { batch: number(), scans: Vec::new(), parcels });
    assert!(rig.screen().contains("完了"), "{}", rig.screen());
}

#[test]
fn b7_a_card_stopped_while_packing_is_named() {
    let mut rig = begun(Lang::Ja, SIZE);
    scans(&mut rig, 1);
    scans(&mut rig, 2);
    let answer = crate::domain::packing::ScanAnswer::MustPull { reason: GateReason::Closed };
    let scans = vec![Scanned { code: number().serial(2), answer }];
    rig.reply::<PackParcel>(Packed { batch: number(), scans, parcels: Vec::new() });
    assert!(rig.screen().contains("束の中身が変わりました") && rig.screen().contains("0002"), "{}", rig.screen());
}

#[test]
fn b14_spoiled_cards_are_scanned_one_after_another() {
    let mut rig = opened(Lang::Ja, SIZE, Role::Clerk, BatchState::Exported);
    rig.keys("w");
    scans(&mut rig, 1);
    assert!(rig.written().is_none(), "Enter of the scanner does not submit");
    scans(&mut rig, 2);
    rig.keys("<Enter>");
    let typed = format!("{}, {}, ", number().serial(1), number().serial(2));
    assert!(rig.requested::<RecordPrinted>().is_some_and(|it| it.spoiled == typed));
}

#[test]
fn b14_a_receipt_is_found_by_its_code() {
    let mut rig = missing(Lang::Ja, SIZE);
    let row = rig.screen();
    assert!(row.contains("260"), "{row}");
    rig.keys("i").keys(&format!("{}<Enter>", PaperCode::parcel(number().as_str(), "999")));
    assert!(rig.screen().contains("このコードはありません"), "{}", rig.screen());
    rig.keys("i").keys(&format!("{}<Enter>", PaperCode::parcel(number().as_str(), "260")));
    assert!(rig.screen().contains("260 旭精機株式会社 から受領書が戻ったことを記録します"), "{}", rig.screen());
}

//! 一度だけの送付先 (R3).

use super::print::print_fault;
use crate::domain::AddressFault;
use crate::labels::Lang;
use crate::usecases::one_off::AddressRefusal;

/// Why a card does not go to a one-off address.
pub(super) fn refusal(refusal: &AddressRefusal) -> (String, String) {
    match refusal {
        AddressRefusal::Off => (
            "一度だけの送付先は使えません。設定 policy.allow_route_override が false です。お使いになるときは、管理者が true に変更します。何も変更していません。".into(),
            "One-off addresses are switched off: the setting policy.allow_route_override is false. An admin can set it to true. Nothing was changed.".into(),
        ),
        AddressRefusal::HasRoute(_) => (
            "このはがきは、送付先がないために保留になっているはがきではありません。一度だけの送付先は、任意継続・全喪・事業所なし・住所なし・保護措置で保留のはがきにだけ使えます。".into(),
            "This card is not on hold for lack of a route. Only a card held as voluntary, withdrawn, without employer, without address or protected can go to a one-off address.".into(),
        ),
        AddressRefusal::Waiting { by, .. } => (
            format!("このはがきには、{by}さんが提案した送付先が承認を待っています。先に承認または却下してください。"),
            format!("{by} has already proposed an address for this card. Approve or refuse that one first."),
        ),
        AddressRefusal::NothingProposed(_) => (
            "このはがきには、承認を待っている送付先がありません。ほかの方が先に承認または却下したかもしれません。表示を更新してください。".into(),
            "No address waits for approval on this card. Another person may have decided. Refresh the screen.".into(),
        ),
        AddressRefusal::SamePerson(_) => (
            "送付先を提案した方は承認できません。別の責任者が承認してください。".into(),
            "The person who proposed the address cannot approve it; another supervisor can.".into(),
        ),
        AddressRefusal::Fault(fault) => (address(Lang::Ja, fault), address(Lang::En, fault)),
        AddressRefusal::Unprintable { faults, .. } => {
            let named = |lang| faults.iter().map(|fault| print_fault(lang, fault)).collect::<Vec<_>>().join(" ");
            (
                format!("このはがきは、この送付先では印字できません。提案はしていません。{}", named(Lang::Ja)),
                format!("This card cannot be printed with this address. Nothing was proposed. {}", named(Lang::En)),
            )
        }
    }
}

/// What is wrong with an address, while it is typed or afterwards.
pub fn address(lang: Lang, fault: &AddressFault) -> String {
    match fault {
        AddressFault::Postcode(text) if text.is_empty() => {
            lang.pick("郵便番号を7桁で入力してください。", "The postcode has seven digits.").to_owned()
        }
        AddressFault::Postcode(text) => lang.choose(
            format!("「{text}」は郵便番号として読めません。7桁で入力してください。"),
            format!("\"{text}\" is not a postcode: it has seven digits."),
        ),
        AddressFault::NoAddress => lang.pick("住所を入力してください。", "The address is missing.").to_owned(),
        AddressFault::NoAddressee => lang.pick("あて名を入力してください。", "The addressee is missing.").to_owned(),
    }
}

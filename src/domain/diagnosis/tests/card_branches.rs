//! Examples of the topics that turn on where a card is.

use super::*;
use CardKind::{Login, Viewing};

pub(super) fn examples() -> Vec<Example> {
    [card_not_arrived(), old_records(), how_to_view()].into_iter().flatten().collect()
}

fn card_not_arrived() -> Vec<Example> {
    let arrived = |receipt| member().then(sent(Viewing, day(11, 5), 1).receipt(receipt));
    let both = || member().then(asked(Login, day(11, 10))).then(planned(Viewing, day(11, 26)));
    let reissued = member().then(sent(Viewing, day(10, 5), 1).dead(day(11, 20))).then(planned(Viewing, day(11, 26)));
    with(
        Topic::CardNotArrived,
        vec![
            ("V6 Web表示しない", member().display_off(), Case::DisplayOff),
            (
                "Web表示しない、ログイン情報は発送待ち",
                member().display_off().then(asked(Login, day(11, 20))),
                Case::Queued,
            ),
            ("発送待ち", member().then(asked(Viewing, day(11, 20))), Case::Queued),
            ("発送待ち、長く待たせている", member().then(asked(Viewing, day(10, 15)).waited(27)), Case::QueuedLong),
            (
                "発送した当日",
                member().then(sent(Viewing, today(), 1).waited(0).receipt(Receipt::Awaited)),
                Case::SentLately,
            ),
            (
                "P1 当組合で取り消したまま",
                member().then(asked(Viewing, day(11, 20)).at(CardStatus::Dropped)),
                Case::Interrupted,
            ),
            ("R3 一度だけの送付先、発送待ち", member().then(asked(Viewing, day(11, 20)).to("清算人")), Case::OneOff),
            ("R3 一度だけの送付先、発送済", member().then(sent(Viewing, day(11, 5), 1).to("清算人")), Case::OneOffSent),
            (
                "R2 保留",
                member().then(asked(Viewing, day(11, 20)).at(CardStatus::Held(HoldReason::Withdrawn))),
                Case::Held,
            ),
            ("V3 再発行、発送予定", reissued, Case::Planned),
            (
                "家族のはがきも被保険者の事業所へ (R1)",
                DiagnosisFacts { relation: Relation::Dependent, ..both() }.says(Question::WhichCard, "viewing"),
                Case::Planned,
            ),
            ("二種類を待つ、どちらか聞く前", both(), Case::WhichCard),
            ("二種類を待つ、ログイン情報と回答", both().says(Question::WhichCard, "login"), Case::Queued),
            ("R4 単票で発送", arrived(Receipt::None), Case::Dispatched),
            (
                "R1 発送のあと、事業所が変わった",
                member().then(sent(Viewing, day(11, 5), 1).at_former_employer()),
                Case::SentToFormer,
            ),
            ("発送、受領書は期限内", arrived(Receipt::Awaited), Case::ReceiptAwaited),
            ("B9 発送、受領書が期限切れ", arrived(Receipt::Overdue), Case::ReceiptOverdue),
            ("B9 発送、受領書あり", arrived(Receipt::Returned(day(11, 10))), Case::ReceiptReturned),
            (
                "B10 返戻",
                member().then(sent(Viewing, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) })),
                Case::Returned,
            ),
            ("受け付けたはがきがない", member(), Case::NoCardSent),
            (
                "V4 発送したが、無効になった",
                member().then(sent(Viewing, day(11, 5), 1).dead(day(11, 9))),
                Case::SentVoid,
            ),
            (
                "Q-4 ログイン情報の依頼を受付済み",
                DiagnosisFacts { login_request: Some(day(11, 20)), ..member() },
                Case::RequestOpen,
            ),
            (
                "本人が変更、待つはがきがない",
                member().viewing(ViewingPassword::SelfChosen(day(11, 9))),
                Case::NoCardSent,
            ),
        ],
    )
}

fn old_records() -> Vec<Example> {
    let valid = || member().viewing(ViewingPassword::FromCard);
    only(
        Topic::OldRecords,
        vec![
            ("A9 資格喪失", former(), Case::Left),
            ("死亡による喪失", dead(), Case::Died),
            ("A3 番号変更前の記録", renumbered(), Case::OldNumber),
            ("以前の記録なし", member(), Case::NoOldRecord),
            ("A10 事由が当たらない", member().formerly(ChangeReason::Other), Case::NotCarriedOver),
            ("A10 任意継続、未登録", stranger().formerly(ChangeReason::Voluntary), Case::RegisterFirst),
            (
                "A10 関連会社間の異動、Web表示しない",
                member().display_off().formerly(ChangeReason::Affiliate),
                Case::DisplayOff,
            ),
            ("A10 任意継続、登録済み", valid().formerly(ChangeReason::Voluntary), Case::CarriedOver),
            ("A10 定年再雇用、登録済み", valid().formerly(ChangeReason::Rehired), Case::CarriedOver),
            (
                "A10 登録済み、発行中",
                member().then(asked(Viewing, day(11, 20))).formerly(ChangeReason::Voluntary),
                Case::CarriedOverWaiting,
            ),
            (
                "R8 A10 任意継続、保留",
                member()
                    .then(asked(Viewing, day(11, 20)).at(CardStatus::Held(HoldReason::Voluntary)))
                    .formerly(ChangeReason::Voluntary),
                Case::Held,
            ),
            (
                "A10 登録済み、はがきを発送した当日",
                valid().then(sent(Viewing, today(), 1).waited(0)).formerly(ChangeReason::Voluntary),
                Case::SentLately,
            ),
            ("A10 登録済み、パスワードなし", member().formerly(ChangeReason::Voluntary), Case::NoPassword),
        ],
    )
}

fn how_to_view() -> Vec<Example> {
    with(
        Topic::HowToView,
        vec![
            ("V6 Web表示しない", member().display_off(), Case::DisplayOff),
            ("V1 発送待ち", member().then(asked(Viewing, day(11, 20))), Case::Issuing),
            ("V1 発送予定", member().then(planned(Viewing, day(11, 26))), Case::IssuingPlanned),
            ("R3 一度だけの送付先", member().then(asked(Viewing, day(11, 20)).to("清算人")), Case::OneOff),
            (
                "R2 保留",
                member().then(asked(Viewing, day(11, 20)).at(CardStatus::Held(HoldReason::Withdrawn))),
                Case::Held,
            ),
            (
                "V1 発送した当日",
                member().viewing(ViewingPassword::FromCard).then(sent(Viewing, today(), 1).waited(0)),
                Case::SentLately,
            ),
            (
                "B15 お渡しできなかった",
                member().viewing(ViewingPassword::FromCard).then(sent(Viewing, day(11, 5), 1).undelivered()),
                Case::Undelivered,
            ),
            ("有効なパスワードなし", member(), Case::NoPassword),
            ("A7 被保険者", member().viewing(ViewingPassword::FromCard), Case::ViewsBoth),
            ("A7 被扶養者", dependent().viewing(ViewingPassword::FromCard), Case::ViewsCheckup),
            ("本人が変更", member().viewing(ViewingPassword::SelfChosen(day(11, 9))), Case::ViewsBoth),
        ],
    )
}

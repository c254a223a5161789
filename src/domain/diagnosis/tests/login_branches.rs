//! Examples of the topics about logins, changes, numbers and papers.

use super::*;
use CardKind::{Login, Viewing};

pub(super) fn examples() -> Vec<Example> {
    let topics = [
        forgot_login(),
        forgot_viewing(),
        change_viewing(),
        change(Topic::ChangeLogin),
        change(Topic::ChangeMail),
        change(Topic::ChangeQuestion),
        where_is_my_number(),
        urgent_medical(),
    ];
    topics.into_iter().flatten().collect()
}

fn forgot_login() -> Vec<Example> {
    let with_card = |status| member().then(asked(Login, day(11, 20)).at(status));
    let changed_at =
        |on, hour| member().then(sent(Login, day(11, 5), 1)).account(|a| a.login_changed_at = Some(at(on, hour)));
    with(
        Topic::ForgotLogin,
        vec![
            ("A5 再設定を試す前", member(), Case::TryReset),
            ("A5 再設定はできそうと回答", member().says(Question::NoSuchUser, "no"), Case::TryReset),
            ("A6 利用者が存在しない", member().says(Question::NoSuchUser, "yes"), Case::NoSuchUser),
            ("Q-4 依頼を受付済み", DiagnosisFacts { login_request: Some(day(11, 20)), ..member() }, Case::RequestOpen),
            ("L2 通知は発送待ち", member().then(asked(Login, day(11, 20))), Case::NoticeWaiting),
            ("L2 通知は発送予定", member().then(planned(Login, day(11, 26))), Case::NoticePlanned),
            ("通知を発送済み", member().then(sent(Login, day(11, 5), 1)), Case::NoticeSent),
            ("R3 一度だけの送付先", member().then(asked(Login, day(11, 20)).to("清算人")), Case::OneOff),
            (
                "B10 通知は返戻、依頼は未完了",
                DiagnosisFacts {
                    login_request: Some(day(11, 1)),
                    ..member().then(sent(Login, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) }))
                },
                Case::NoticeReturned,
            ),
            ("R2 通知は保留", with_card(CardStatus::Held(HoldReason::Voluntary)), Case::Held),
            ("L3 通知は使用済み", changed_at(day(11, 9), 10), Case::TryReset),
            ("V7 8時に再設定、15時に発送", changed_at(day(11, 5), 8), Case::NoticeSent),
            ("V7 15時に発送、16時に変更", changed_at(day(11, 5), 16), Case::TryReset),
            (
                "L4 印刷のあとに回復済み",
                member().then(asked(Login, day(11, 20)).at(CardStatus::Stopped).by(DeadReason::Recovered)),
                Case::TryReset,
            ),
            ("L5 期限切れ", member().then(sent(Login, day(10, 5), 1)), Case::TryReset),
        ],
    )
}

fn forgot_viewing() -> Vec<Example> {
    let card = || asked(Viewing, day(11, 20));
    with(
        Topic::ForgotViewing,
        vec![
            ("V6 Web表示しない", member().display_off(), Case::DisplayOff),
            ("V3 発送待ち", member().then(card()), Case::Issuing),
            ("V3 発送予定", member().then(planned(Viewing, day(11, 26))), Case::IssuingPlanned),
            ("R3 一度だけの送付先", member().then(card().to("清算人")), Case::OneOff),
            ("R2 保留", member().then(card().at(CardStatus::Held(HoldReason::Withdrawn))), Case::Held),
            ("B10 返戻", member().then(card().at(CardStatus::Returned { on: day(11, 12) })), Case::Returned),
            ("有効なパスワードなし", member(), Case::NoPassword),
            (
                "V2 はがきのパスワードが有効",
                member().viewing(ViewingPassword::FromCard).then(sent(Viewing, day(11, 5), 1)),
                Case::ReissueStops,
            ),
            (
                "V3 発送したばかり",
                member().viewing(ViewingPassword::FromCard).then(sent(Viewing, today(), 1).waited(0)),
                Case::SentLately,
            ),
            ("V2 本人が変更", member().viewing(ViewingPassword::SelfChosen(day(11, 9))), Case::ReissueStops),
        ],
    )
}

fn change_viewing() -> Vec<Example> {
    let card = || asked(Viewing, day(11, 20));
    let valid = || member().viewing(ViewingPassword::FromCard);
    with(
        Topic::ChangeViewing,
        vec![
            ("V6 Web表示しない", member().display_off(), Case::DisplayOff),
            ("V1 発送待ち", member().then(card()), Case::Issuing),
            ("V1 発送予定", member().then(planned(Viewing, day(11, 26))), Case::IssuingPlanned),
            ("R3 一度だけの送付先", member().then(card().to("清算人")), Case::OneOff),
            ("R2 保留", member().then(card().at(CardStatus::Held(HoldReason::Withdrawn))), Case::Held),
            ("有効なパスワードなし", member(), Case::NoPassword),
            ("V1 発送した当日", valid().then(sent(Viewing, today(), 1).waited(0)), Case::SentLately),
            ("A8 ログインできない", valid().says(Question::CanLogIn, "no"), Case::LoginFirst),
            ("A8 ログインを尋ねる前", valid(), Case::ChangeOnPortal),
        ],
    )
}

fn change(topic: Topic) -> Vec<Example> {
    with(
        topic,
        vec![
            ("A8 ログインを尋ねる前", member(), Case::ChangeOnPortal),
            ("A8 ログインできる", member().says(Question::CanLogIn, "yes"), Case::ChangeOnPortal),
            ("A8 ログインできない", member().says(Question::CanLogIn, "no"), Case::LoginFirst),
        ],
    )
}

fn where_is_my_number() -> Vec<Example> {
    only(
        Topic::WhereIsMyNumber,
        vec![
            ("A9 資格喪失", former(), Case::Left),
            ("死亡による喪失", dead(), Case::Died),
            ("A3 番号変更前の記録", renumbered(), Case::OldNumber),
            ("登録の有無によらない", stranger(), Case::NumberOnPapers),
        ],
    )
}

fn urgent_medical() -> Vec<Example> {
    only(
        Topic::UrgentMedical,
        vec![
            ("A9 資格喪失", former(), Case::LeftWantsMedical),
            ("死亡による喪失", dead(), Case::Died),
            ("A3 番号変更前の記録", renumbered(), Case::OldNumber),
            ("Q5 被保険者", member(), Case::InWriting),
            ("Q5 被保険者、未登録", stranger(), Case::InWriting),
            ("A7 被扶養者", dependent(), Case::AskInsured),
            ("A7 被扶養者だった方", DiagnosisFacts { relation: Relation::Dependent, ..former() }, Case::LeftDependent),
        ],
    )
}

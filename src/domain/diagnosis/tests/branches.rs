//! One example for each branch. `every_case_of_every_topic_has_an_example` keeps the table whole.

use super::*;
use CardKind::{Login, Viewing};
use std::collections::BTreeSet;

pub(super) fn examples() -> Vec<Example> {
    let topics = [
        login_with_card(),
        viewing_rejected(),
        checkup_menu(),
        after_leaving(),
        number_changed(),
        health_points(),
        registered(),
        mail_missing(),
    ];
    topics.into_iter().flatten().chain(card_branches::examples()).chain(login_branches::examples()).collect()
}

fn login_with_card() -> Vec<Example> {
    use Question::{IssueDate, WhichCard};
    let both = || member().then(sent(Login, day(10, 28), 1)).then(sent(Viewing, day(11, 5), 2));
    let two_notices = || member().then(sent(Login, day(10, 5), 1)).then(sent(Login, day(11, 5), 2));
    let notice = || member().then(sent(Login, day(11, 5), 1));
    let used = notice().account(|a| a.login_changed_at = Some(at(day(11, 9), 10)));
    let same_day = |hour| notice().account(|a| a.login_changed_at = Some(at(day(11, 5), hour)));
    let passed_over = sent(Login, day(11, 5), 1).dead(day(11, 5)).by(DeadReason::Recovered);
    with(
        Topic::LoginWithCard,
        vec![
            ("閲覧用を発送した当日", member().then(sent(Viewing, today(), 1).waited(0)), Case::SentLately),
            ("閲覧用だけ発送", member().then(sent(Viewing, day(11, 5), 1)), Case::CardIsViewing),
            ("両方発送、最後が閲覧用", both(), Case::CardIsViewing),
            ("両方発送、閲覧用と回答", both().says(WhichCard, "viewing"), Case::CardIsViewing),
            ("両方発送、ログイン情報と回答", both().says(WhichCard, "login"), Case::NoticeCurrent),
            (
                "両方発送、最後がログイン情報",
                member().then(sent(Viewing, day(10, 5), 1)).then(sent(Login, day(11, 5), 1)),
                Case::NoticeCurrent,
            ),
            ("通知だけ発送", notice(), Case::NoticeCurrent),
            ("V7 8時に再設定、15時に発送", same_day(8), Case::NoticeCurrent),
            ("V7 15時に発送、16時に変更", same_day(16), Case::NoticeUsed),
            ("L4 発送の前に回復済み", member().then(passed_over), Case::NoticeNotNeeded),
            ("L5 期限切れ", member().then(sent(Login, day(10, 5), 1)), Case::NoticeExpired),
            ("L3 仮パスワードは変更済み", used, Case::NoticeUsed),
            ("L2 新しい通知を発送済み", two_notices().says(IssueDate, "2026-10-05"), Case::NoticeReplaced),
            ("新しい方の通知と回答", two_notices().says(IssueDate, "2026-11-05"), Case::NoticeCurrent),
            ("記録にない発行日", two_notices().says(IssueDate, "2026-09-01"), Case::UnknownCard),
            ("記録にない種類", member().then(sent(Login, day(11, 5), 1)).says(WhichCard, "viewing"), Case::UnknownCard),
            ("何も発送していない", member(), Case::NoCardSent),
        ],
    )
}

fn viewing_rejected() -> Vec<Example> {
    use Question::{IssueDate, Serial, WhichCard};
    let valid = || member().viewing(ViewingPassword::FromCard);
    let reissued = || valid().then(sent(Viewing, day(10, 5), 1).dead(day(11, 2))).then(sent(Viewing, day(11, 5), 1));
    let same_day = || valid().then(sent(Viewing, day(11, 5), 1).dead(day(11, 5))).then(sent(Viewing, day(11, 5), 2));
    let dead = || member().then(sent(Viewing, day(10, 5), 1).dead(day(11, 20)));
    let off = || member().then(sent(Viewing, day(10, 5), 1).dead(day(10, 20)).by(DeadReason::DisplayOff));
    let own = || member().then(sent(Viewing, day(10, 5), 1).dead(day(10, 20)).by(DeadReason::SelfChanged));
    let on_again = || off().then(sent(Viewing, day(11, 5), 1)).viewing(ViewingPassword::FromCard);
    with(
        Topic::ViewingRejected,
        vec![
            ("V6 Web表示しない", member().display_off(), Case::DisplayOff),
            ("V1 発送待ち", member().then(asked(Viewing, day(11, 20))), Case::Issuing),
            ("V1 発送予定", member().then(planned(Viewing, day(11, 26))), Case::IssuingPlanned),
            (
                "R3 一度だけの送付先、発送予定",
                member().then(planned(Viewing, day(11, 26)).to("清算人")),
                Case::OneOffPlanned,
            ),
            ("V2 再発行、発送待ち", dead().then(asked(Viewing, day(11, 20))), Case::ReissueWaiting),
            ("V2 再発行、発送予定", dead().then(planned(Viewing, day(11, 26))), Case::ReissuePlanned),
            ("V7 切って入れ直し、発送待ち", off().then(asked(Viewing, day(11, 20))), Case::OffAndOnWaiting),
            ("V7 切って入れ直し、発送予定", off().then(planned(Viewing, day(11, 26))), Case::OffAndOnPlanned),
            ("V7 本人が変更のあと再発行、発送待ち", own().then(asked(Viewing, day(11, 20))), Case::EndedWaiting),
            ("V7 本人が変更のあと再発行、発送予定", own().then(planned(Viewing, day(11, 26))), Case::EndedPlanned),
            (
                "V7 本人が変更する前のはがき",
                own()
                    .then(sent(Viewing, day(11, 5), 1))
                    .viewing(ViewingPassword::FromCard)
                    .says(IssueDate, "2026-10-05"),
                Case::CardEnded,
            ),
            ("V7 切る前のはがき", on_again().says(IssueDate, "2026-10-05"), Case::CardSwitchedOff),
            (
                "A8 本人が変更",
                valid()
                    .viewing(ViewingPassword::SelfChosen(day(11, 9)))
                    .then(sent(Viewing, day(11, 5), 1).dead(day(11, 9))),
                Case::SelfChanged,
            ),
            (
                "ログイン情報のはがきと回答",
                valid().then(sent(Viewing, day(11, 5), 1)).then(sent(Login, day(11, 9), 1)).says(WhichCard, "login"),
                Case::CardIsLogin,
            ),
            ("V4 古い発行日", reissued().says(IssueDate, "2026-10-05"), Case::CardReplaced),
            ("V4 新しい発行日", reissued().says(IssueDate, "2026-11-05"), Case::CardCurrent),
            ("V4 発行日を尋ねる前", reissued(), Case::CardCurrent),
            (
                "V4 同じ日の古い番号",
                same_day().says(IssueDate, "2026-11-05").says(Serial, "b20261105-001-0001"),
                Case::CardReplaced,
            ),
            (
                "V4 同じ日の新しい番号",
                same_day().says(IssueDate, "2026-11-05").says(Serial, "B20261105-001-0002"),
                Case::CardCurrent,
            ),
            ("V1 発送した当日", valid().then(sent(Viewing, today(), 1).waited(0)), Case::SentLately),
            ("一枚だけ発送、入力の問題", valid().then(sent(Viewing, day(11, 5), 1)), Case::CardCurrent),
            ("記録にない発行日", reissued().says(IssueDate, "2026-09-01"), Case::UnknownCard),
            (
                "B10 返戻",
                member()
                    .then(sent(Viewing, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) }).dead(day(11, 12))),
                Case::Returned,
            ),
            (
                "R2 保留",
                member().then(asked(Viewing, day(11, 20)).at(CardStatus::Held(HoldReason::Withdrawn))),
                Case::Held,
            ),
            ("発行の記録がない", member(), Case::NoPassword),
            ("取り消されたまま", dead().then(asked(Viewing, day(11, 20)).at(CardStatus::Dropped)), Case::NoPassword),
        ],
    )
}

fn checkup_menu() -> Vec<Example> {
    let eligible = |checkup| DiagnosisFacts { checkup, ..dependent() };
    let until = |day| eligible(Checkup::EligibleUntil(day));
    let unregistered = DiagnosisFacts { account: Registration::Never, ..until(day(12, 25)) };
    only(
        Topic::CheckupMenu,
        vec![
            ("A9 資格喪失", former(), Case::Left),
            ("死亡による喪失", dead(), Case::Died),
            ("A3 番号変更前の記録", renumbered(), Case::OldNumber),
            ("被保険者からの電話", member(), Case::AsksInsured),
            (
                "被保険者からの電話、期限後",
                DiagnosisFacts { checkup_deadline: Some(day(11, 20)), ..member() },
                Case::AsksInsuredLate,
            ),
            ("対象外の被扶養者", dependent(), Case::NotEligible),
            ("対象、期限後", until(day(11, 20)), Case::DeadlinePassed),
            ("対象、期限内、未登録", unregistered, Case::NotRegistered),
            ("対象、期限の当日、登録済み", until(today()), Case::MenuShowsUntil),
            ("対象、期限の設定なし", eligible(Checkup::Eligible), Case::MenuShows),
        ],
    )
}

fn after_leaving() -> Vec<Example> {
    let soon = DiagnosisFacts { coverage: Coverage::EndsOn(day(12, 1)), ..member() };
    let never = DiagnosisFacts { account: Registration::Never, ..former() };
    only(
        Topic::AfterLeaving,
        vec![
            ("喪失の届けなし、未登録", stranger(), Case::NotRegistered),
            ("A3 任意継続などで新しい番号", renumbered(), Case::OldNumber),
            ("喪失の届けなし", member(), Case::StillInsured),
            ("任意継続", member().stopped(HoldReason::Voluntary, None), Case::GoesOnVoluntarily),
            ("A12 被保険者だけ喪失", dependent().stopped(HoldReason::InsuredLost, None), Case::InsuredLeft),
            ("喪失はこれから", soon, Case::LeavingSoon),
            (
                "喪失はこれから、未登録",
                DiagnosisFacts { coverage: Coverage::EndsOn(day(12, 1)), ..stranger() },
                Case::NotRegistered,
            ),
            ("A9 喪失、用件を尋ねる前", former(), Case::Left),
            ("死亡による喪失", dead(), Case::Died),
            (
                "被扶養者だった方、医療費のお知らせと回答",
                DiagnosisFacts { relation: Relation::Dependent, ..former() }.says(Question::WhichRecords, "medical"),
                Case::LeftDependent,
            ),
            ("A9 喪失、登録したことがない", never, Case::Left),
            ("A9 喪失の当日", DiagnosisFacts { coverage: Coverage::EndsOn(today()), ..former() }, Case::Left),
            ("医療費のお知らせと回答", former().says(Question::WhichRecords, "medical"), Case::LeftWantsMedical),
            ("健診結果と回答", former().says(Question::WhichRecords, "checkup"), Case::LeftWantsCheckup),
        ],
    )
}

fn number_changed() -> Vec<Example> {
    let new = || stranger().formerly(ChangeReason::Other);
    only(
        Topic::NumberChanged,
        vec![
            ("A9 資格喪失", former(), Case::Left),
            ("死亡による喪失", dead(), Case::Died),
            ("A3 番号変更前の記録", renumbered(), Case::OldNumber),
            ("A3 新しい番号、未登録", new(), Case::RegisterAgain),
            ("A3 新しい番号、登録済み", member().formerly(ChangeReason::Other), Case::RegisteredAgain),
            ("変更の記録なし、登録済み", member(), Case::NoChange),
            ("変更の記録なし、未登録", stranger(), Case::NotRegistered),
            (
                "変更はこれから、いまの番号の記録",
                DiagnosisFacts {
                    successor: Some(Successor { key: "260-88-00".into(), from: day(12, 1), registered_on: None }),
                    ..member()
                },
                Case::ChangesOn,
            ),
            (
                "変更はこれから、新しい番号の記録",
                DiagnosisFacts { coverage: Coverage::StartsOn(day(12, 1)), ..new() },
                Case::ChangesOn,
            ),
        ],
    )
}

fn health_points() -> Vec<Example> {
    let applied = |on| member().account(|account| account.points_applied_on = Some(on));
    let mail = |mail| applied(day(10, 10)).account(|account| account.mail = mail);
    with(
        Topic::HealthPoints,
        vec![
            ("申込みなし", member(), Case::NotApplied),
            ("ひと月以内", applied(day(11, 4)), Case::MailWithinMonth),
            ("ちょうどひと月", applied(day(10, 24)), Case::MailWithinMonth),
            ("申込み後に不達", mail(Mail::Bounced(day(10, 30))), Case::MailBounced),
            ("申込み前に不達", mail(Mail::Bounced(day(10, 5))), Case::MailOverdue),
            ("ひと月を過ぎ、アドレス変更あり", mail(Mail::Changed(day(11, 1))), Case::MailOverdue),
            ("ひと月を過ぎ、不達なし", mail(Mail::Arrives), Case::MailOverdue),
        ],
    )
}

fn registered() -> Vec<Example> {
    with(
        Topic::Registered,
        vec![
            ("A5 登録済み", member(), Case::IsRegistered),
            ("登録済み、Web表示しない", member().display_off(), Case::IsRegistered),
        ],
    )
}

fn mail_missing() -> Vec<Example> {
    let bounced = || member().account(|account| account.mail = Mail::Bounced(day(11, 2)));
    let changed = member().account(|account| account.mail = Mail::Changed(day(11, 9)));
    with(
        Topic::MailMissing,
        vec![
            ("不達、ログインを尋ねる前", bounced(), Case::MailBounced),
            ("A8 不達、ログインできる", bounced().says(Question::CanLogIn, "yes"), Case::BouncedCanLogIn),
            ("A6 不達、ログインできない", bounced().says(Question::CanLogIn, "no"), Case::BouncedCannotLogIn),
            ("不達のあと変更", changed, Case::MailChanged),
            ("不達なし", member(), Case::MailFiltered),
        ],
    )
}

#[test]
fn every_example_leads_to_its_case() {
    for (topic, situation, facts, case) in examples() {
        assert_eq!(diagnose(topic, &facts, today()).case, case, "{}: {situation}", topic.code());
    }
}

#[test]
fn every_case_of_every_topic_has_an_example() {
    for topic in Topic::ALL {
        let reached: BTreeSet<Case> =
            examples().into_iter().filter(|(t, ..)| t == topic).map(|(.., case)| case).collect();
        let own: BTreeSet<Case> = topic.cases().iter().copied().collect();
        let reached: BTreeSet<Case> =
            reached.into_iter().filter(|case| own.contains(case) || !Case::OF_ANY_TOPIC.contains(case)).collect();
        assert_eq!(reached, own, "{}", topic.code());
    }
}

#[test]
fn v4_a_question_is_asked_only_while_its_answer_matters() {
    let question = |topic, facts: &DiagnosisFacts| diagnose(topic, facts, today()).question;
    let rejected = |facts: &DiagnosisFacts| question(Topic::ViewingRejected, facts);
    let valid = || member().viewing(ViewingPassword::FromCard);
    let one = valid().then(sent(Viewing, day(11, 5), 1));
    assert_eq!(rejected(&one), None);
    let two = one.clone().then(sent(Viewing, day(11, 5), 2));
    assert_eq!(rejected(&two), Some(Question::IssueDate));
    assert_eq!(rejected(&two.clone().says(Question::IssueDate, "2026-11-05")), Some(Question::Serial));
    let with_notice = one.then(sent(Login, day(11, 9), 1));
    assert_eq!(rejected(&with_notice), Some(Question::WhichCard));
    assert_eq!(rejected(&with_notice.says(Question::WhichCard, "viewing")), None);
    assert_eq!(question(Topic::AfterLeaving, &former().says(Question::WhichRecords, "checkup")), None);
}

#[test]
fn l1_without_an_account_no_card_is_offered() {
    for topic in Topic::ALL {
        for facts in [stranger(), former(), renumbered()] {
            let next = diagnose(*topic, &facts, today()).next;
            let cards = [NextAction::ReissueViewing, NextAction::TypeInRequest];
            assert!(next.iter().all(|action| !cards.contains(action)), "{}: {next:?}", topic.code());
        }
    }
}

#[test]
fn v6_with_web_display_off_no_viewing_card_is_offered() {
    for topic in Topic::ALL {
        let next = diagnose(*topic, &member().display_off(), today()).next;
        assert!(!next.contains(&NextAction::ReissueViewing), "{}", topic.code());
    }
}

#[test]
fn b10_what_follows_a_returned_card_is_another_of_its_kind() {
    for (kind, again, case) in [
        (Viewing, NextAction::ReissueViewing, Case::Returned),
        (Login, NextAction::TypeInRequest, Case::NoticeReturned),
    ] {
        let back = member().then(sent(kind, day(11, 5), 1).at(CardStatus::Returned { on: day(11, 12) }));
        let found = diagnose(Topic::CardNotArrived, &back, today());
        assert_eq!(found.case, case);
        assert!(found.next.contains(&again), "{kind:?}: {:?}", found.next);
        let other = [NextAction::ReissueViewing, NextAction::TypeInRequest].into_iter().find(|action| *action != again);
        assert!(!found.next.contains(&other.unwrap()), "{kind:?}: {:?}", found.next);
    }
}

#[test]
fn an_answer_that_fits_no_choice_is_refused() {
    let mut caller = Caller::default();
    assert!(caller.hear(Question::WhichCard, "青いはがき").is_err());
    assert!(caller.hear(Question::IssueDate, "先週").is_err());
    assert!(caller.hear(Question::Serial, " ").is_err());
    assert_eq!(caller, Caller::default());
}

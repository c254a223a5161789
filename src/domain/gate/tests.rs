use super::*;
use chrono::{DateTime, Utc};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn at(hour: u32) -> DateTime<Utc> {
    day(11, 24).and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

fn days() -> GateDays {
    GateDays { today: day(11, 24), soon: day(12, 8) }
}

fn route() -> CardRoute {
    CardRoute {
        employer_code: Some("260".into()),
        postcode: Some("1010025".into()),
        address1: "東京都千代田区神田佐久間町1-1".into(),
        company: "旭精機株式会社".into(),
        ..CardRoute::default()
    }
}

fn person(name: &str, born_on: NaiveDate) -> CardPerson {
    CardPerson { name: name.into(), born_on: Some(born_on) }
}

fn approved() -> Approved {
    Approved { person: person("東海林　拓也", day(3, 12)), route: route(), family: None }
}

fn facts(kind: CardKind) -> GateFacts {
    GateFacts {
        kind,
        holder: approved().person,
        lost_on: None,
        insured_lost_on: None,
        closed_at: None,
        dead: None,
        dead_on: None,
        web_display: WebDisplay::Wanted,
        route: RouteNow::Employer(route()),
        protection: Protection::None,
        requested_at: at(8),
        last_login_at: None,
        login_changed_at: None,
        delay: None,
    }
}

fn reasons(change: impl FnOnce(&mut GateFacts)) -> Vec<GateReason> {
    let mut facts = facts(CardKind::Login);
    change(&mut facts);
    gate(Some(&approved()), &facts, days()).into_iter().map(|finding| finding.reason).collect()
}

#[test]
fn b7_what_is_as_approved_may_leave() {
    assert_eq!(reasons(|_| {}), []);
    assert_eq!(gate(None, &facts(CardKind::Viewing), days()), []);
}

#[test]
fn b7_each_reason_is_found() {
    use GateReason as R;
    let elsewhere = || CardRoute { address1: "東京都港区芝1-1".into(), ..route() };
    let other = || CardRoute { employer_code: Some("107".into()), ..route() };
    let nowhere = |reason| RouteNow::Nowhere { employer: Some(route()), reason };
    type Change = Box<dyn FnOnce(&mut GateFacts)>;
    let cases: Vec<(R, Change)> = vec![
        (R::MemberLost, Box::new(|f| f.lost_on = Some(day(11, 24)))),
        (R::InsuredLost, Box::new(|f| f.insured_lost_on = Some(day(11, 20)))),
        (R::Closed, Box::new(|f| f.closed_at = Some(at(9)))),
        (R::Superseded, Box::new(|f| f.dead = Some(DeadReason::Superseded))),
        (R::SelfChanged, Box::new(|f| f.dead = Some(DeadReason::SelfChanged))),
        (R::NumberChanged, Box::new(|f| f.dead = Some(DeadReason::NumberChanged))),
        (R::OtherPerson, Box::new(|f| f.holder = person("西村　幸子", day(8, 5)))),
        (R::Moved, Box::new(move |f| f.route = RouteNow::Employer(elsewhere()))),
        (
            R::Moved,
            Box::new(move |f| {
                f.route = RouteNow::OneOff(CardRoute { employer_code: Some("260".into()), ..Default::default() })
            }),
        ),
        (R::Withdrawn, Box::new(move |f| f.route = nowhere(HoldReason::Withdrawn))),
        (R::OtherEmployer, Box::new(move |f| f.route = RouteNow::Employer(other()))),
        (R::OtherEmployer, Box::new(|f| f.route = RouteNow::Nowhere { employer: None, reason: HoldReason::Voluntary })),
        (R::Protected, Box::new(|f| f.protection = Protection::Stands)),
        (R::Recovered, Box::new(|f| f.login_changed_at = Some(at(9)))),
        (R::Recovered, Box::new(|f| f.last_login_at = Some(at(9)))),
        (R::TooClose, Box::new(|f| f.delay = Some(Delay { other: CardKind::Login, batch: None, not_before: None }))),
    ];
    let mut seen = std::collections::BTreeSet::from([R::DisplayOff]);
    for (reason, change) in cases {
        assert_eq!(reasons(change), [reason]);
        seen.insert(reason);
    }
    let mut off = facts(CardKind::Viewing);
    off.web_display = WebDisplay::NotWanted;
    assert_eq!(gate(Some(&approved()), &off, days())[0].reason, R::DisplayOff);
    assert_eq!(seen.len(), R::ALL.len(), "every reason has a case");
}

#[test]
fn b7_each_reason_says_what_was_printed_and_what_is_true() {
    let mut facts = facts(CardKind::Login);
    let now = CardRoute { address2: "新館".into(), ..route() };
    facts.route = RouteNow::Employer(now.clone());
    let found = gate(Some(&approved()), &facts, days());
    assert_eq!((&found[0].printed, &found[0].now), (&GateValue::Route(route()), &GateValue::Route(now)));
}

#[test]
fn a11_one_of_name_and_birth_date_may_be_corrected() {
    assert_eq!(reasons(|f| f.holder.name = "西村　拓也".into()), []);
    assert_eq!(reasons(|f| f.holder.born_on = Some(day(3, 13))), []);
    assert_eq!(reasons(|f| f.holder = CardPerson { name: "西村　幸子".into(), born_on: None }), []);
}

#[test]
fn l4_a_login_before_the_request_is_no_recovery() {
    assert_eq!(reasons(|f| f.last_login_at = Some(at(8))), []);
    assert_eq!(reasons(|f| f.last_login_at = Some(at(7))), []);
}

#[test]
fn r7_a_one_off_address_is_the_way_out() {
    let way_out = |f: &mut GateFacts| {
        f.protection = Protection::Stands;
        f.route = RouteNow::OneOff(route());
    };
    assert_eq!(reasons(way_out), []);
}

#[test]
fn b7_a_loss_within_ten_business_days_is_a_warning() {
    let soon = |lost_on| leaving_soon(&GateFacts { lost_on, ..facts(CardKind::Login) }, days());
    assert_eq!(soon(Some(day(11, 24))), None, "that is a reason");
    assert_eq!(soon(Some(day(12, 8))), Some(day(12, 8)));
    assert_eq!(soon(Some(day(12, 9))), None);
    let family = GateFacts { insured_lost_on: Some(day(11, 30)), ..facts(CardKind::Login) };
    assert_eq!(leaving_soon(&family, days()), Some(day(11, 30)));
}

#[test]
fn b7_before_the_approval_only_what_needs_no_comparison_counts() {
    let mut facts = facts(CardKind::Viewing);
    facts.holder = person("西村　幸子", day(8, 5));
    facts.route = RouteNow::Employer(CardRoute::default());
    assert_eq!(gate(None, &facts, days()), []);
    facts.route = RouteNow::Nowhere { employer: Some(route()), reason: HoldReason::Withdrawn };
    assert_eq!(gate(None, &facts, days())[0].reason, GateReason::Withdrawn);
}

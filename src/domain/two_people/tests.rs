use super::*;
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

fn of(id: &str, role: Role, days: i64, hand: Option<(&str, i64)>) -> Colleague {
    let ago = |days| now() - TimeDelta::days(days);
    Colleague {
        id: id.to_owned(),
        role,
        created_at: ago(days),
        disabled_at: None,
        handed_by: hand.map(|(by, _)| by.to_owned()),
        asked_by: None,
        handed_at: hand.map(|(_, days)| ago(days)),
    }
}

fn old() -> Vec<Colleague> {
    vec![
        of("admin", Role::Admin, 900, None),
        of("suzuki", Role::Supervisor, 800, Some(("admin", 800))),
        of("tanaka", Role::Supervisor, 700, Some(("admin", 700))),
        of("sato", Role::Clerk, 600, Some(("admin", 600))),
    ]
}

#[test]
fn f2_three_who_could_confirm_are_three_people() {
    let staff = Colleagues::new(old(), now());
    assert_eq!(staff.count(), ENOUGH);
    assert_eq!(staff.could_confirm("admin", None), ["suzuki", "tanaka"]);
    assert_eq!(staff.could_confirm("admin", Some("suzuki")), ["tanaka"], "not about oneself");
}

#[test]
fn f2_accounts_that_one_person_has_just_made_are_that_person() {
    let mut staff = old();
    staff.truncate(2);
    staff.push(of("ghost", Role::Supervisor, 1, Some(("admin", 1))));
    // And one that a made account has made.
    staff.push(of("ghost2", Role::Admin, 0, Some(("ghost", 0))));
    let staff = Colleagues::new(staff, now());
    assert_eq!(staff.count(), 2);
    assert_eq!(staff.could_confirm("admin", None), ["suzuki"]);
    assert!(!staff.are_apart("admin", "ghost2") && staff.are_apart("suzuki", "ghost"));
}

#[test]
fn f2_a_reset_or_a_disabling_leaves_the_count_as_it_was() {
    let mut staff = old();
    staff[1].handed_by = Some("tanaka".to_owned());
    staff[1].handed_at = Some(now());
    staff[2].disabled_at = Some(now() - TimeDelta::days(APART_DAYS) + TimeDelta::seconds(1));
    let staff = Colleagues::new(staff, now());
    assert_eq!(staff.count(), ENOUGH);
    assert_eq!(staff.could_confirm("admin", None), ["suzuki"], "who is disabled confirms nothing");
    assert!(!staff.are_apart("suzuki", "tanaka"));
}

#[test]
fn f2_who_asked_for_a_reset_gets_no_second_person_of_it() {
    let mut staff = old();
    staff[1].handed_by = Some("tanaka".to_owned());
    staff[1].asked_by = Some("admin".to_owned());
    staff[1].handed_at = Some(now());
    let staff = Colleagues::new(staff, now());
    assert_eq!(staff.could_confirm("admin", None), ["tanaka"]);
    assert!(staff.are_apart("admin", "tanaka"), "the two who decided stay two");
}

#[test]
fn f2_after_fourteen_days_a_made_account_is_a_person() {
    let made = |days| {
        Colleagues::new(vec![of("a", Role::Admin, 900, None), of("b", Role::Admin, days, Some(("a", days)))], now())
    };
    assert_eq!([made(APART_DAYS - 1).count(), made(APART_DAYS).count()], [1, 2]);
}

#[test]
fn f2_a_machine_stands_for_those_who_have_had_its_key() {
    let mut staff = old();
    let mut machine = of("nightly", Role::MachineDraft, 300, Some(("suzuki", 300)));
    machine.asked_by = Some("admin".to_owned());
    staff.push(machine);
    let staff = Colleagues::new(staff, now());
    for behind in ["suzuki", "admin"] {
        assert!(!staff.are_apart("nightly", behind) && !staff.are_apart(behind, "nightly"), "{behind}");
        assert_eq!(
            [("nightly", behind), (behind, "nightly")].map(|(a, b)| staff.own_machine(a, b)),
            [Some("nightly"); 2]
        );
    }
    assert!(staff.are_apart("nightly", "tanaka") && staff.are_apart("tanaka", "nightly"));
    assert!(staff.are_apart("suzuki", "admin"), "a machine joins no people");
    assert_eq!([staff.own_machine("nightly", "tanaka"), staff.own_machine("suzuki", "admin")], [None; 2]);
    assert_eq!(staff.count(), ENOUGH, "and counts as none");
}

#[test]
fn f2_an_older_proposal_is_about_a_password() {
    let old = r#"{"kind":"staff_reset","id":"sato"}"#;
    let change: GuardedChange = serde_json::from_str(old).unwrap();
    assert_eq!(change, GuardedChange::StaffReset { id: "sato".to_owned(), credential: CredentialKind::Password });
    assert_eq!(serde_json::to_string(&change).unwrap(), old);
}

#[test]
fn f2_each_kind_has_the_code_of_its_json() {
    let id = || "x".to_owned();
    let all = [
        GuardedChange::StaffAdd { id: id(), name: id(), role: Role::Clerk },
        GuardedChange::StaffReset { id: id(), credential: CredentialKind::Key },
        GuardedChange::StaffRole { id: id(), old: Role::Clerk, new: Role::Admin },
        GuardedChange::FactorReset { id: id() },
        GuardedChange::SettingSet { key: id(), old: id(), new: id(), sha256: None },
    ];
    assert_eq!(all.each_ref().map(GuardedChange::kind).as_slice(), ChangeKind::ALL);
    for change in all {
        let json = serde_json::to_value(&change).unwrap();
        assert_eq!(json["kind"], change.kind().code());
        assert_eq!(serde_json::from_value::<GuardedChange>(json).unwrap(), change);
    }
}

proptest! {
    #[test]
    fn f2_being_apart_is_the_same_both_ways(hands in prop::collection::vec((0u8..6, 0u8..6, 0i64..20), 0..8)) {
        let names = ["a", "b", "c", "d", "e", "f"];
        let mut staff: Vec<Colleague> = names.iter().map(|id| of(id, Role::Admin, 900, None)).collect();
        for (to, by, days) in hands {
            staff[usize::from(to)].handed_by = Some(names[usize::from(by)].to_owned());
            staff[usize::from(to)].handed_at = Some(now() - TimeDelta::days(days));
        }
        let staff = Colleagues::new(staff, now());
        for one in names {
            prop_assert!(!staff.are_apart(one, one));
            for other in names {
                prop_assert_eq!(staff.are_apart(one, other), staff.are_apart(other, one));
            }
        }
    }
}

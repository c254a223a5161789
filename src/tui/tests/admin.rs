//! 管理.

use super::fixtures::{at, day};
use crate::domain::browsing::{Unusual, Why};
use crate::domain::diagnosis::{Language, ReplyTextChange};
use crate::domain::{ChangeState, CredentialKind, GuardedChange};
use crate::domain::{Permission, Role};
use crate::labels::Lang;
use crate::tui::screens::admin::requests::{
    AddStaff, ChangeRole, CheckAll, ConfirmChange, ListChanges, ListStaff, ListUnusual, LoadSettings, ReadChangedTexts,
    ReadLog, RefuseChange, SetSetting, StaffList, UnlockStaff, VerifyAudit, WithdrawChange,
};
use crate::tui::tests::testing::{Album, LOOKS, Rig};
use crate::usecases::confirmations::Confirmed;
use crate::usecases::staff::{NewCredential, Passphrase, Staff};
use crate::usecases::two_people::{Asked, Deciders, Proposal};
use crate::usecases::upkeep::doctor::{DoctorCheck, DoctorRow, Finding};
use crate::usecases::{
    Act, AuditEntry, AuditEvent, AuditLine, AuditWhom, Chain, MemberPart, Recorded, SETTINGS, Settings,
};

const SIZE: (u16, u16) = (80, 24);

fn everybody() -> Vec<Staff> {
    let person = |id: &str, name: &str, role, must_change, locked| Staff {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        hash: String::new(),
        must_change,
        failures: 0,
        locked_until: locked,
        disabled_at: None,
    };
    vec![
        person("admin", "管理", Role::Admin, false, None),
        person("sato", "佐藤", Role::Clerk, false, Some(at(24, 10, 55))),
        person("suzuki", "鈴木", Role::Supervisor, true, None),
    ]
}

/// Every check as the doctor may find it.
pub(super) fn doctor(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = staff(lang, size, Role::Admin);
    rig.keys("<Tab><Tab><Tab><Tab><Tab>");
    let found = |check: DoctorCheck| match check {
        DoctorCheck::Backup => Finding::OldBackup(9),
        DoctorCheck::Space => Finding::NoSpace { path: "/var/lib/mykempo/exports".into(), free: 120, wanted: 256 },
        DoctorCheck::Staff => Finding::FewSupervisors(1),
        _ => Finding::Good,
    };
    let rows = DoctorCheck::ALL.iter().map(|check| DoctorRow { check: *check, finding: found(*check) });
    rig.reply::<CheckAll>(rows.collect());
    rig
}

#[test]
fn doctor_looks_and_what_is_wrong_comes_first() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("doctor", name, &doctor(lang, size).screen());
    }
    insta::assert_snapshot!("doctor", album.pages);
    let mut rig = staff(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("<Tab><Tab><Tab><Tab><Tab>");
    assert!(rig.screen().contains("このページを使うのは管理者です") && !rig.has_requested::<CheckAll>());
}

pub(super) fn staff(lang: Lang, size: (u16, u16), role: Role) -> Rig {
    staff_where(lang, size, role, Deciders::One)
}

fn staff_where(lang: Lang, size: (u16, u16), role: Role, deciders: Deciders) -> Rig {
    let mut rig = Rig::signed_in(lang, size, role);
    rig.keys("7").reply::<ListStaff>(StaffList { staff: everybody(), deciders });
    rig
}

fn proposal(id: i64, proposed_by: &str, state: ChangeState, change: GuardedChange) -> Proposal {
    Proposal {
        id,
        change,
        state,
        proposed_by: proposed_by.to_owned(),
        proposed_at: at(24, 9, 30),
        until: day("2026-12-08"),
        decided_by: None,
        decided_at: None,
        answer: None,
        could_confirm: vec!["suzuki".to_owned(), "tanaka".to_owned()],
    }
}

fn new_supervisor() -> GuardedChange {
    GuardedChange::StaffAdd { id: "ito".to_owned(), name: "伊藤".to_owned(), role: Role::Supervisor }
}

pub(super) fn changes(lang: Lang, size: (u16, u16)) -> Rig {
    changes_seen_by(lang, size, "suzuki")
}

/// Proposals of another person, or of the person who looks.
fn changes_seen_by(lang: Lang, size: (u16, u16), proposer: &str) -> Rig {
    let mut rig = staff(lang, size, Role::Admin);
    rig.keys("<Tab><Tab><Tab><Tab>");
    let reset = GuardedChange::StaffReset { id: "tanaka".to_owned(), credential: CredentialKind::Password };
    rig.reply::<ListChanges>(vec![
        proposal(2, proposer, ChangeState::Open, new_supervisor()),
        proposal(1, "suzuki", ChangeState::Refused, reset),
    ]);
    rig
}

#[test]
fn f2_a_first_password_is_shown_to_who_confirms() {
    let mut rig = changes(Lang::Ja, SIZE);
    rig.keys("<Enter>");
    insta::assert_snapshot!("change_decide", rig.screen());
    rig.keys("a");
    assert!(rig.written().is_none(), "it is asked about first");
    rig.keys("y");
    assert!(rig.requested::<ConfirmChange>().is_some_and(|it| it.0 == 2));
    let proposal = proposal(2, "suzuki", ChangeState::Confirmed, new_supervisor());
    let credential = Some(NewCredential::Password(Passphrase::new("abcd2345efgh".to_owned())));
    rig.reply::<ConfirmChange>(Confirmed { proposal, credential });
    insta::assert_snapshot!("change_confirmed", rig.screen());
    let mut rig = changes(Lang::En, SIZE);
    rig.keys("<Enter>xnot asked for<Enter>");
    assert!(rig.requested::<RefuseChange>().is_some_and(|it| it.id == 2 && it.why == "not asked for"));
}

#[test]
fn f2_the_words_of_a_file_are_read_before_the_decision() {
    let mut rig = staff(Lang::Ja, SIZE, Role::Admin);
    rig.keys("<Tab><Tab><Tab><Tab>");
    let (key, new, sha256) = ("reply.template".to_owned(), "/srv/replies.toml".to_owned(), Some("ab12".to_owned()));
    let change = GuardedChange::SettingSet { key, old: String::new(), new, sha256 };
    rig.reply::<ListChanges>(vec![proposal(2, "suzuki", ChangeState::Open, change)]).keys("<Enter>");
    assert!(rig.requested::<ReadChangedTexts>().is_some_and(|it| it.0 == 2));
    let (before, after) = ("前の文面".to_owned(), "お答えいたしかねます。".to_owned());
    let changed = ReplyTextChange { heading: "reply.left".to_owned(), language: Language::Japanese, before, after };
    rig.reply::<ReadChangedTexts>(vec![changed]);
    let screen = rig.screen();
    assert!(screen.contains("reply.left") && screen.contains("お答えいたしかねます。"), "{screen}");
    rig.keys("ay");
    assert!(!rig.has_requested::<ConfirmChange>(), "decided before the words were read");
    rig.keys("<Enter>ay");
    assert!(rig.requested::<ConfirmChange>().is_some_and(|it| it.0 == 2));
}

#[test]
fn f2_an_own_proposal_can_only_be_withdrawn() {
    let mut rig = changes_seen_by(Lang::Ja, SIZE, "sato");
    rig.keys("<Enter>");
    assert!(!rig.screen().contains("確認して変更する"), "{}", rig.screen());
    rig.keys("x");
    assert!(rig.requested::<WithdrawChange>().is_some_and(|it| it.0 == 2));
}

#[test]
fn f2_where_two_decide_no_first_password_is_typed() {
    let mut rig = staff_where(Lang::Ja, SIZE, Role::Admin, Deciders::Two);
    rig.keys("nito<Enter>伊藤<Enter><Right><Enter>");
    assert!(rig.screen().contains("提案になります"), "{}", rig.screen());
    assert!(rig.requested::<AddStaff>().is_some_and(|it| it.id == "ito" && it.password.is_none()));
    let waiting = proposal(2, "admin", ChangeState::Open, new_supervisor());
    rig.reply::<AddStaff>(Asked::Proposed(Box::new(waiting)));
    assert!(rig.screen().contains("まだ変更していません"), "{}", rig.screen());
}

pub(super) fn settings(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = staff(lang, size, Role::Admin);
    let mut settings = Settings::default();
    settings.society.name = "東京電子機械工業健康保険組合".to_owned();
    rig.keys("<Tab>").reply::<LoadSettings>(Box::new(settings));
    rig
}

fn unusual() -> Vec<Unusual> {
    let one = |staff: &str, minute: u32, why, member: Option<&str>| {
        let at = day("2026-11-24").and_hms_opt(9, minute, 0).unwrap();
        Unusual { staff: staff.to_owned(), from: at, to: at, why, member: member.map(str::to_owned), about: None }
    };
    vec![
        one("sato", 50, Why::Many { members: 42 }, None),
        one("suzuki", 40, Why::Colleague, Some("900-12-01")),
        one("sato", 30, Why::OwnName, Some("900-7-00")),
        one("tanaka", 20, Why::OutsideHours { members: 3 }, None),
    ]
}

pub(super) fn audit(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = settings(lang, size);
    rig.keys("<Tab>").reply::<ListUnusual>(unusual());
    rig
}

fn entries() -> Vec<AuditLine> {
    let one = |seq: i64, action: &str, member: Option<&str>, event: AuditEvent| AuditLine {
        entry: AuditEntry {
            seq,
            at: at(24, 9, 30),
            staff: "sato".to_owned(),
            terminal: "desk".to_owned(),
            action: action.to_owned(),
            member: member.map(str::to_owned),
            batch: None,
            detail: String::new(),
            prev: String::new(),
            hash: String::new(),
        },
        recorded: Recorded::Event(event),
        staff_name: Some("佐藤".to_owned()),
        member_name: member.map(|_| "高橋　花子".to_owned()),
    };
    let refused = AuditEvent::Refused { needs: Permission::Approve };
    let seen = AuditEvent::MemberSeen { part: MemberPart::Record };
    vec![one(12, "refused", None, refused), one(11, "member_seen", Some("260-1-00"), seen)]
}

pub(super) fn log(lang: Lang, size: (u16, u16)) -> Rig {
    let mut rig = audit(lang, size);
    rig.keys("<Tab>").reply::<ReadLog>(entries());
    rig
}

#[test]
fn unusual_browsing_opens_the_looks_themselves() {
    let mut rig = audit(Lang::Ja, SIZE);
    rig.keys("<Down><Enter>");
    let ReadLog(question) = rig.requested().expect("the log is asked");
    let day = day("2026-11-24");
    assert_eq!((question.staff.as_deref(), question.from, question.to), (Some("suzuki"), Some(day), Some(day)));
    assert_eq!(question.acts, Act::looks());
    let mut rig = staff(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("<Tab>").reply::<LoadSettings>(Box::default());
    rig.keys("<Tab>").reply::<ListUnusual>(unusual());
    rig.keys("<Enter>");
    assert!(rig.has_requested::<ReadLog>(), "a supervisor may open them");
}

#[test]
fn the_log_is_asked_by_person_member_batch_and_day() {
    let mut rig = log(Lang::Ja, SIZE);
    insta::assert_snapshot!("log", rig.screen());
    rig.keys("ssato<Enter>155-10<Enter><Enter>2026-11-20<Enter><Enter>");
    let ReadLog(question) = rig.requested().expect("the log is asked");
    assert_eq!((question.staff.as_deref(), question.from), (Some("sato"), Some(day("2026-11-20"))));
    assert!(matches!(question.whom, Some(AuditWhom::Household(_))), "a household, where no branch is given");
}

#[test]
fn an_auditor_begins_with_the_audit_page() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Auditor);
    assert!(rig.has_requested::<ListUnusual>());
    rig.reply::<ListUnusual>(unusual());
    insta::assert_snapshot!("auditor", rig.screen());
}

#[test]
fn a_supervisor_sees_unusual_browsing_and_no_clerk_does() {
    let mut rig = staff(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("<Tab>").reply::<LoadSettings>(Box::default());
    rig.keys("<Tab>").reply::<ListUnusual>(unusual());
    insta::assert_snapshot!("unusual_supervisor", rig.screen());
    rig.keys("<F5>").reply::<ListUnusual>(Vec::new());
    assert!(rig.screen().contains("ふだんと違う照会はありません"));
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.effects.clear();
    rig.keys("7<Tab><Tab>");
    assert!(!rig.has_requested::<ListUnusual>());
}

/// The settings without most rows and their number: a further setting makes no other picture.
fn picture(rig: &mut Rig) -> String {
    let further: Vec<&str> = SETTINGS.iter().skip(10).map(|setting| setting.key).collect();
    let screen = rig.screen().replace(&SETTINGS.len().to_string(), "N");
    let lines = screen.split_inclusive('\n');
    lines.filter(|line| !further.iter().any(|key| line.trim_start_matches(['>', ' ']).starts_with(key))).collect()
}

#[test]
fn admin_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        album.add("staff", name, &staff(lang, size, Role::Admin).screen());
        album.add("settings", name, &picture(&mut settings(lang, size)));
        let mut rig = audit(lang, size);
        rig.keys("v");
        let chain = Chain { entries: 1204, head: "9f".repeat(32), broken_at: None };
        rig.reply::<VerifyAudit>(chain);
        album.add("audit", name, &rig.screen());
    }
    insta::assert_snapshot!("admin", album.pages);
}

#[test]
fn a_broken_chain_names_the_entry() {
    let mut rig = settings(Lang::Ja, SIZE);
    rig.keys("<Tab>v").reply::<VerifyAudit>(Chain { entries: 41, head: "9f".repeat(32), broken_at: Some(42) });
    insta::assert_snapshot!("audit_broken", rig.screen());
}

#[test]
fn staff_form_stays_when_the_id_exists() {
    let mut rig = staff(Lang::Ja, SIZE, Role::Admin);
    rig.keys("ntanaka<Enter>田中<Enter><Right><Enter>secret-secret<Enter>");
    assert!(rig.requested::<AddStaff>().is_some_and(|it| it.role == Role::Supervisor));
    rig.refuse("職員ID tanaka はすでに登録されています。登録していません。");
    insta::assert_snapshot!("staff_add", rig.screen());
    rig.keys("<Tab><C-u>tanaka2<C-s>");
    let AddStaff { id, name, password, .. } = rig.requested().expect("no staff was added");
    let password = password.as_ref().map(|password| password.expose());
    assert_eq!((id.as_str(), name.as_str(), password.unwrap_or_default()), ("tanaka2", "田中", "secret-secret"));
    rig.reply::<AddStaff>(Asked::Done);
    assert!(!rig.screen().contains("最初のパスワード"));
}

#[test]
fn a_role_is_changed_to_one_of_those_that_exist() {
    let mut rig = staff(Lang::Ja, SIZE, Role::Admin);
    rig.keys("<Down>r<Right><Enter>");
    assert!(rig.requested::<ChangeRole>().is_some_and(|it| it.id == "sato" && it.role == Role::Supervisor));
}

#[test]
fn a_clerk_is_told_whose_page_it_is_and_asks_for_nothing() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.effects.clear();
    rig.keys("7");
    assert!(rig.screen().contains("このページを使うのは責任者・管理者です"), "{}", rig.screen());
    assert!(!rig.has_requested::<ListStaff>());
}

#[test]
fn a_supervisor_unlocks_and_does_nothing_else_here() {
    let mut rig = staff(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("<Down>u<Enter>");
    assert!(rig.requested::<UnlockStaff>().is_some_and(|it| it.0 == "sato"));
    let mut rig = staff(Lang::Ja, SIZE, Role::Supervisor);
    rig.keys("n");
    assert!(rig.screen().contains("「職員の管理」を行えるのは管理者です(現在の役割は責任者)"));
}

/// The settings with one of them chosen.
fn editing(lang: Lang, key: &str) -> Rig {
    let mut rig = settings(lang, SIZE);
    let row = SETTINGS.iter().position(|setting| setting.key == key).unwrap();
    rig.keys(&"<Down>".repeat(row)).keys("e");
    rig
}

#[test]
fn setting_is_checked_while_it_is_typed() {
    let mut rig = editing(Lang::Ja, "browsing.members");
    insta::assert_snapshot!("setting_edit", picture(&mut rig));
    rig.keys("<C-u>1");
    assert!(rig.screen().contains("この値は設定できません"));
    rig.keys("<Enter>");
    assert!(rig.written().is_none());
    rig.keys("５<Enter>");
    assert!(rig.requested::<SetSetting>().is_some_and(|it| it.key == "browsing.members" && it.value == "1５"));
}

#[test]
fn guarded_setting_asks_before_it_changes() {
    let mut rig = editing(Lang::Ja, "policy.four_eyes");
    assert!(rig.screen().contains("はい (true)"));
    rig.keys("<Right><Enter>");
    assert!(rig.written().is_none());
    insta::assert_snapshot!("setting_confirm", picture(&mut rig));
    rig.keys("<Enter>");
    assert!(rig.written().is_none(), "Enter alone changes nothing");
    rig.keys("e<Right><Enter>y");
    assert!(rig.requested::<SetSetting>().is_some_and(|it| it.key == "policy.four_eyes" && it.value == "false"));
    let mut rig = editing(Lang::En, "policy.idle_minutes");
    rig.keys("<C-u>15<Enter>");
    assert!(rig.screen().contains("Now: 10") && rig.screen().contains("New: 15"), "{}", rig.screen());
}

//! Sign-in, first change of password, lock.

use crate::domain::Role;
use crate::labels::Lang;
use crate::labels::refusals::explain;
use crate::tui::authentication::{AuthStep, Credential, Pairing};
use crate::tui::change_poller::CheckSession;
use crate::tui::message::{Effect, Msg};
use crate::tui::screens::admin::requests::{AddStaff, ListStaff, StaffList};
use crate::tui::tests::testing::{Album, LOOKS, Rig, person};
use crate::usecases::Refusal as Reason;
use crate::usecases::staff::{Passphrase, TotpSecret, grouped};
use crate::usecases::two_people::{Asked, Deciders};
use chrono::Duration;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn sign_in_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = Rig::new(lang, size);
        album.add("sign_in", name, &rig.screen());
    }
    insta::assert_snapshot!("gate", album.pages);
}

#[test]
fn cursor_follows_the_id_but_not_the_password() {
    let mut rig = Rig::new(Lang::Ja, SIZE);
    let (x, y) = rig.cursor().unwrap();
    assert_eq!(rig.keys("sato").cursor(), Some((x + 4, y)));
    let password = rig.keys("<Enter>").cursor().unwrap();
    assert_eq!(password, (x, y + 2));
    assert_eq!(rig.keys("secret").cursor(), Some(password));
    assert!(!rig.screen().contains("secret"));
}

#[test]
fn a_refused_sign_in_says_why_and_lets_try_again() {
    let mut rig = Rig::new(Lang::Ja, SIZE);
    rig.keys("ｓａｔｏ<Enter>wrong<Enter>");
    assert!(matches!(rig.given(), Some(Credential::SignIn { id, .. }) if id == "sato"));
    assert_eq!(rig.cursor(), None, "nothing can be typed while the password is checked");
    rig.refuse(&explain(Lang::Ja, &Reason::SignIn.into()));
    insta::assert_snapshot!("sign_in_refused", rig.screen());
    rig.keys("right<Enter>").authenticate(AuthStep::Enter(person(Role::Clerk)));
    assert!(rig.screen().contains("ホーム"));
}

#[test]
fn a_first_sign_in_must_change_the_password() {
    let mut rig = Rig::new(Lang::Ja, SIZE);
    rig.keys("sato<Enter>given<Enter>").authenticate(AuthStep::ChangePassword(person(Role::Clerk)));
    insta::assert_snapshot!("change_password", rig.screen());
    rig.keys("sato-123<Enter>");
    assert!(rig.screen().contains("短すぎます"), "{}", rig.screen());
    insta::assert_snapshot!("change_password_broken", rig.screen());
    rig.keys("<C-u>long enough pass<Enter>another<Enter>");
    assert!(rig.screen().contains("一致しません"));
    rig.keys("long enough pass<Enter>long enough pass<Enter>");
    assert!(matches!(rig.given(), Some(Credential::ChangePassword { .. })));
    rig.authenticate(AuthStep::PasswordChanged(person(Role::Clerk)));
    assert!(rig.screen().contains("パスワードを変更しました"));
}

#[test]
fn idle_minutes_lock_the_screen_and_hide_the_work() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.wait(Duration::minutes(9));
    assert!(rig.screen().contains("ホーム"));
    rig.wait(Duration::minutes(2));
    insta::assert_snapshot!("locked", rig.screen());
    rig.keys("pass<Enter>").authenticate(AuthStep::Unlock);
    assert!(rig.screen().contains("ホーム"));
}

#[test]
fn a_key_after_the_idle_time_locks_instead_of_acting() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.now += Duration::minutes(11);
    rig.keys("2");
    assert!(rig.screen().contains("ロック"));
}

#[test]
fn what_is_pasted_after_the_idle_time_searches_for_nobody() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.effects.clear();
    rig.now += Duration::minutes(11);
    rig.paste("260-1");
    assert!(rig.screen().contains("ロック") && rig.effects.is_empty(), "{}", rig.screen());
}

#[test]
fn clock_set_back_does_not_delay_the_lock() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.wait(Duration::days(-1));
    rig.wait(Duration::minutes(9));
    assert!(rig.screen().contains("ホーム"));
    rig.wait(Duration::minutes(2));
    assert!(rig.screen().contains("ロック"));
}

#[test]
fn shift_l_locks_and_another_person_may_sign_in() {
    let mut rig = Rig::signed_in(Lang::En, SIZE, Role::Clerk);
    rig.keys("L");
    assert!(rig.screen().contains("The screen is locked"));
    rig.keys("<C-x>");
    assert!(rig.screen().contains("Staff ID"));
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::SignOut)));
}

/// The secret of RFC 6238, as the picture and the words of the enrolment show it.
fn pairing() -> Pairing {
    let secret = TotpSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    Pairing { uri: secret.uri("sato"), secret: secret.base32() }
}

#[test]
fn second_factor_looks() {
    let mut album = Album::default();
    for (name, lang, size) in LOOKS {
        let mut rig = Rig::new(lang, size);
        rig.keys("sato<Enter>pass<Enter>").authenticate(AuthStep::GiveCode);
        album.add("code", name, &rig.screen());
        let mut rig = Rig::new(lang, size);
        rig.keys("sato<Enter>pass<Enter>").authenticate(AuthStep::Enrol(pairing()));
        album.add("enrol", name, &rig.screen());
        rig.keys("123456<Enter>");
        assert!(matches!(rig.given(), Some(Credential::Enrol(code)) if code.expose() == "123456"));
        let codes = (0..8).map(|n| Passphrase::new(format!("abcdefghjkmnpqr{}", n + 2))).collect();
        rig.authenticate(AuthStep::RecoveryCodes(person(Role::Clerk), codes));
        album.add("recovery", name, &rig.screen());
        rig.keys("<Enter>");
        assert!(!rig.screen().contains(&grouped("abcdefghjkmnpqr2")), "shown once");
    }
    insta::assert_snapshot!("second_factor", album.pages);
}

#[test]
fn a_terminal_that_draws_blocks_wide_gets_the_secret_to_type() {
    let mut rig = Rig::ascii(Lang::Ja, SIZE);
    rig.keys("sato<Enter>pass<Enter>").authenticate(AuthStep::Enrol(pairing()));
    assert!(!rig.screen().contains('▀') && rig.screen().contains("GEZD GNBV"));
    insta::assert_snapshot!("enrol_ascii", rig.screen());
}

#[test]
fn a_wrong_code_says_so_and_the_right_one_opens_the_desk() {
    let mut rig = Rig::new(Lang::Ja, SIZE);
    rig.keys("sato<Enter>pass<Enter>").authenticate(AuthStep::GiveCode);
    rig.keys("111111<Enter>").refuse(&explain(Lang::Ja, &Reason::Code.into()));
    insta::assert_snapshot!("code_refused", rig.screen());
    rig.keys("222222<Enter>").authenticate(AuthStep::Enter(person(Role::Clerk)));
    assert!(rig.screen().contains("ホーム"));
}

#[test]
fn somebody_shut_out_sees_why_and_nothing_else() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("2").end_session(&explain(Lang::Ja, &Reason::ShutOut.into()));
    insta::assert_snapshot!("shut_out", rig.screen());
    assert!(rig.effects.iter().any(|effect| matches!(effect, Effect::SignOut)));
}

#[test]
fn open_console_checks_its_session_each_minute() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("2").effects.clear();
    rig.wait(Duration::minutes(1));
    assert!(rig.effects.len() == 1 && rig.has_requested::<CheckSession>());
    rig.end_session("利用停止");
    assert!(rig.screen().contains("利用停止") && !rig.screen().contains("ホーム"));
}

#[test]
fn no_answer_but_the_one_to_its_own_password_opens_the_lock() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("2").effects.clear();
    rig.wait(Duration::minutes(1));
    let id = rig.id_of::<CheckSession>();
    rig.keys("<Esc>L").reply_to::<CheckSession>(id, ());
    assert!(rig.screen().contains("画面をロックしています"), "{}", rig.screen());
    rig.keys("pass<Enter>").authenticate(AuthStep::GiveCode);
    assert!(rig.screen().contains("画面をロックしています"), "{}", rig.screen());
}

#[test]
fn somebody_shut_out_while_a_list_is_in_front_sees_so_at_once() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.keys("4").wait(Duration::seconds(5));
    rig.app.take_changed();
    rig.end_session("利用停止");
    assert!(rig.app.take_changed(), "nothing is drawn");
}

#[test]
fn reply_behind_the_lock_is_not_shown() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
    rig.keys("7").reply::<ListStaff>(StaffList { staff: Vec::new(), deciders: Deciders::One });
    rig.keys("ntanaka<Enter>田中<Enter>clerk<Enter>seven quiet lanterns<Enter>");
    let request_id = rig.request_id();
    rig.now += Duration::minutes(11);
    rig.send(Msg::Wake);
    rig.reply_to::<AddStaff>(request_id, Asked::Done);
    assert!(!rig.screen().contains("田中"), "{}", rig.screen());
}

#[test]
fn an_answer_to_somebody_who_has_left_is_shown_to_nobody() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Admin);
    rig.keys("7").reply::<ListStaff>(StaffList { staff: Vec::new(), deciders: Deciders::One });
    rig.keys("ntanaka<Enter>田中<Enter>clerk<Enter>seven quiet lanterns<Enter>");
    let request_id = rig.request_id();
    rig.keys("<Esc><C-x>y");
    assert!(rig.screen().contains("サインアウトしました") || rig.screen().contains("職員ID"));
    rig.keys("sato<Enter>pass<Enter>").authenticate(AuthStep::Enter(person(Role::Clerk)));
    rig.reply_to::<AddStaff>(request_id, Asked::Done);
    assert!(!rig.screen().contains("田中"), "{}", rig.screen());
}

//! Sign-in, first change of password, lock.

use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::message::{Answer, Effect, Order};
use crate::tui::testing::{Album, LOOKS, Rig, person};
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
fn the_cursor_follows_the_typed_id_and_stands_still_in_the_password() {
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
    assert!(matches!(rig.ordered(), Some(Order::SignIn { id, .. }) if id == "sato"));
    assert_eq!(rig.cursor(), None, "nothing can be typed while the password is checked");
    rig.refuse("職員IDまたはパスワードが違います。あと4回で15分間ロックされます。");
    insta::assert_snapshot!("sign_in_refused", rig.screen());
    rig.keys("right<Enter>").answer(Ok(Answer::SignedIn(person(Role::Clerk))));
    assert!(rig.screen().contains("ホーム"));
}

#[test]
fn a_first_sign_in_must_change_the_password() {
    let mut rig = Rig::new(Lang::Ja, SIZE);
    rig.keys("sato<Enter>given<Enter>").answer(Ok(Answer::MustChange(person(Role::Clerk))));
    insta::assert_snapshot!("change_password", rig.screen());
    rig.keys("long enough pass<Enter>another<Enter>");
    assert!(rig.screen().contains("一致しません"));
    rig.keys("long enough pass<Enter>long enough pass<Enter>");
    assert!(matches!(rig.ordered(), Some(Order::ChangePassword { .. })));
    rig.answer(Ok(Answer::Welcome));
    assert!(rig.screen().contains("パスワードを変更しました"));
}

#[test]
fn idle_minutes_lock_the_screen_and_hide_the_work() {
    let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
    rig.wait(Duration::minutes(9));
    assert!(rig.screen().contains("ホーム"));
    rig.wait(Duration::minutes(2));
    insta::assert_snapshot!("locked", rig.screen());
    rig.keys("pass<Enter>").answer(Ok(Answer::Welcome));
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
fn a_clock_set_back_by_a_day_does_not_keep_the_screen_open_for_a_day() {
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

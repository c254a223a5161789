//! From nothing to a society: set-up, staff, sign-in, the audit chain. On both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common::{on_each_engine, refusal, society};
use mykempo_console::domain::Role;
use mykempo_console::secrets::Passphrase;
use mykempo_console::usecases::staff::{self, SignIn};
use mykempo_console::usecases::{AppContext, Refusal, settings};

fn pass(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

#[test]
fn a_new_clerk_changes_the_password_before_anything_else() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        staff::add(&ctx, &admin, "sato", "佐藤", Role::Clerk, &pass("first password")).await.unwrap();
        let SignIn::MustChange(sato) = staff::sign_in(&ctx, "sato", &pass("first password")).await.unwrap() else {
            panic!("a first password is accepted as it is");
        };
        let (old, new) = (pass("first password"), pass("a better password"));
        assert_eq!(refusal(staff::change_password(&ctx, &sato, &old, &old).await), Refusal::SamePassword);
        assert_eq!(
            refusal(staff::change_password(&ctx, &sato, &old, &pass("short")).await),
            Refusal::WeakPassword(staff::Rule::Long)
        );
        staff::change_password(&ctx, &sato, &old, &new).await.unwrap();
        assert!(matches!(staff::sign_in(&ctx, "sato", &new).await.unwrap(), SignIn::Ready(_)));
    });
}

#[test]
fn a_second_set_up_is_refused_and_a_wrong_role_changes_nothing() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        staff::add(&ctx, &admin, "sato", "佐藤", Role::Clerk, &pass("first password")).await.unwrap();
        let (SignIn::MustChange(sato) | SignIn::Ready(sato)) =
            staff::sign_in(&ctx, "sato", &pass("first password")).await.unwrap();
        let refused = settings::set(&ctx, &sato, "policy.four_eyes", "false").await;
        assert!(matches!(refusal(refused), Refusal::Role { role: Role::Clerk, .. }));
        let refused = settings::set(&ctx, &admin, "password.length", "8").await;
        assert!(matches!(refusal(refused), Refusal::SettingValue { key: "password.length", .. }));
        settings::set(&ctx, &admin, "policy.idle_minutes", "２０").await.unwrap();
        let reopened = AppContext::open(&place.url, crate::common::clock(), "test".into()).await.unwrap();
        assert_eq!(reopened.settings.idle_minutes, 20);
    });
}

#[test]
fn staff_have_names_and_ids_that_differ_by_more_than_case() {
    on_each_engine(|place| async move {
        let (ctx, admin) = society(&place).await;
        let first = pass("First-word-for-cle-1");
        staff::add(&ctx, &admin, "cle", "クレ", Role::Clerk, &first).await.unwrap();
        let same = staff::add(&ctx, &admin, "CLE", "クレ", Role::Clerk, &first).await;
        assert_eq!(refusal(same), Refusal::StaffExists("cle".into()));
        let nameless = staff::add(&ctx, &admin, "new", "　", Role::Clerk, &first).await;
        assert_eq!(refusal(nameless), Refusal::NoStaffName);
    });
}

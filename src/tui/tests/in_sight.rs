//! Whatever stands in a record: nothing of it steers the terminal.

use super::fixtures::{found, view};
use crate::domain::Role;
use crate::labels::Lang;
use crate::text::is_unsafe;
use crate::tui::screens::members::requests::{FindMembers, ShowMember};
use crate::tui::tests::testing::Rig;
use proptest::prelude::*;

const SIZE: (u16, u16) = (80, 24);

fn is_plain(screen: &str) -> bool {
    !screen.chars().any(|c| is_unsafe(c) && c != '\n')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn names_notes_and_addresses_draw_no_character_that_steers(text in any::<String>(), hostile in hostile()) {
        let text = format!("{hostile}{text}");
        let mut rig = Rig::signed_in(Lang::Ja, SIZE, Role::Clerk);
        let mut members = found();
        members[0].member.name.clone_from(&text);
        members[1].member.kana.clone_from(&text);
        members[1].employer = Some(text.clone());
        rig.keys("/x").reply::<FindMembers>(members);
        prop_assert!(is_plain(&rig.screen()));
        let mut member = view();
        member.member.name.clone_from(&text);
        member.notes[0].body.clone_from(&text);
        if let Some(employer) = &mut member.employer {
            employer.record.name.clone_from(&text);
            employer.record.address1.clone_from(&text);
        }
        rig.keys("<Enter>").reply::<ShowMember>(Box::new(member));
        prop_assert!(is_plain(&rig.screen()));
    }
}

/// What an attacker would choose.
fn hostile() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\x1b[2J\x1b[1;1H",
        "\u{9b}31m",
        "\x1b]0;title\x07",
        "\u{202E}",
        "\u{2066}",
        "\u{200B}",
        "\r\n",
    ])
}

//! What goes over the wire: a terminal that was told only the changes shows what one shows that was told everything.

use super::fixtures::{found, view};
use crate::domain::Role;
use crate::labels::Lang;
use crate::tui::output::Output;
use crate::tui::screens::members::requests::{FindMembers, ShowMember};
use crate::tui::tests::testing::Rig;
use ratatui::Terminal;
use ratatui::layout::Size;
use std::num::NonZero;
use vt100::{Cell, Color, Parser};

/// A terminal at the end of a wire.
struct Remote {
    sends: Terminal<Output<Vec<u8>>>,
    shows: Parser,
}

impl Remote {
    fn new() -> Self {
        let cells = |count| NonZero::new(count).unwrap();
        let sends = Terminal::new(Output::new(Vec::new(), || Size::new(80, 24))).unwrap();
        Self { sends, shows: Parser::new(cells(24), cells(80), 0) }
    }

    fn draw(&mut self, rig: &Rig) -> Vec<(String, Look)> {
        self.sends.draw(|frame| rig.app.draw(frame)).unwrap();
        self.shows.process(&self.sends.backend_mut().taken());
        let places = (0..24).flat_map(|row| (0..80).map(move |column| (row, column)));
        places.map(|(row, column)| seen(self.shows.screen().cell(row, column).unwrap())).collect()
    }
}

/// Ground, ink and weight.
type Look = (Color, bool, bool, Option<(Color, bool)>);

fn seen(cell: &Cell) -> (String, Look) {
    let text = cell.contents().trim().to_owned();
    // A blank shows no ink; the second half of a wide character shows what the first one is drawn with.
    let ink = (!text.is_empty()).then(|| (cell.fgcolor(), cell.bold()));
    match cell.is_wide_continuation() {
        true => (text, (Color::Default, false, false, None)),
        false => (text, (cell.bgcolor(), cell.inverse(), cell.underline(), ink)),
    }
}

#[test]
fn what_is_drawn_by_changes_is_what_is_drawn_at_once() {
    let mut rig = Rig::signed_in(Lang::Ja, (80, 24), Role::Supervisor);
    let mut remote = Remote::new();
    let mut shown = |rig: &Rig, step: &str| {
        let (changed, at_once) = (remote.draw(rig), Remote::new().draw(rig));
        for (place, (was, is)) in changed.iter().zip(&at_once).enumerate() {
            assert_eq!(was, is, "{step}: row {}, column {}", place / 80, place % 80);
        }
    };
    shown(&rig, "home");
    for keys in ["/", "ショウジ", "タクヤ"] {
        shown(rig.keys(keys), keys);
    }
    shown(rig.reply::<FindMembers>(found()), "found");
    shown(rig.keys("<Down>"), "another row");
    rig.keys("<Up><Enter>");
    shown(rig.reply::<ShowMember>(Box::new(view())), "member");
    for keys in
        ["d", "<Esc>", "n", "折り返し", "<Esc>", "?", "<Esc>", "<C-p>", "発送", "<Esc>", "3", "4", "5", "6", "7", "/"]
    {
        shown(rig.keys(keys), keys);
    }
}

//! Colour and weight as the terminal has them, and the shortest way from one to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// With what the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SgrState {
    foreground: Color,
    background: Color,
    modifiers: Modifier,
}

/// Switched on and off by these codes. Bold and dim share the one that ends them.
const CODES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];
const WEIGHT: Modifier = Modifier::BOLD.union(Modifier::DIM);
/// What is seen on a blank, too.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl SgrState {
    /// As a terminal begins.
    pub(crate) const PLAIN: Self =
        Self { foreground: Color::Reset, background: Color::Reset, modifiers: Modifier::empty() };

    /// The pen of a cell.
    pub(crate) fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifiers: cell.modifier }
    }

    /// Whether a blank of it is the terminal's own ground.
    pub(crate) fn has_default_background(self) -> bool {
        self.background == Color::Reset && !self.modifiers.intersects(ON_BLANKS)
    }

    /// The same on blanks, with as little change from another pen as can be.
    pub(crate) fn with_foreground_of(self, other: Self) -> Self {
        if self.modifiers.intersects(ON_BLANKS) {
            return self;
        }
        Self { foreground: other.foreground, background: self.background, modifiers: other.modifiers - ON_BLANKS }
    }

    /// Writes what makes this pen the next one.
    pub(crate) fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let (changed, from_reset) = (self.codes(next), Self::PLAIN.codes(next));
        // A reset is the empty code, or the code 0 before others.
        let from_reset = if from_reset.is_empty() { from_reset } else { format!("0;{from_reset}") };
        let shorter = if from_reset.len() < changed.len() { from_reset } else { changed };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(shorter.as_bytes());
        out.push(b'm');
    }

    fn codes(self, next: Self) -> String {
        let mut codes: Vec<String> = Vec::new();
        let gone = self.modifiers - next.modifiers;
        let mut kept = self.modifiers;
        for (modifier, _, off) in CODES {
            if gone.contains(modifier) {
                codes.push(off.to_string());
                kept -= if WEIGHT.contains(modifier) { WEIGHT } else { modifier };
            }
        }
        for (modifier, on, _) in CODES {
            if (next.modifiers - kept).contains(modifier) {
                codes.push(on.to_string());
            }
        }
        if self.foreground != next.foreground {
            codes.push(colour(next.foreground, 30));
        }
        if self.background != next.background {
            codes.push(colour(next.background, 40));
        }
        codes.join(";")
    }
}

/// The code of a colour from the base for ink (30) or ground (40). The sixteen have short codes that every terminal knows.
fn colour(colour: Color, base: u8) -> String {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(index) => return format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue}", base + 8),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn sgr(style: Style) -> SgrState {
        let mut cell = Cell::default();
        cell.set_style(style);
        SgrState::of(&cell)
    }

    fn changed(from: Style, to: Style) -> String {
        let mut out = Vec::new();
        sgr(from).change(sgr(to), &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn a_change_is_told_in_the_shortest_way() {
        let plain = Style::new();
        let (cyan, bold) = (plain.fg(Color::Cyan), plain.add_modifier(Modifier::BOLD));
        assert_eq!(changed(plain, cyan), "^[36m");
        assert_eq!(changed(cyan.bg(Color::Black), plain), "^[m");
        assert_eq!(changed(cyan, cyan.bg(Color::DarkGray)), "^[100m");
        assert_eq!(changed(bold, bold.fg(Color::White)), "^[97m");
        assert_eq!(changed(bold.add_modifier(Modifier::UNDERLINED), cyan), "^[0;36m");
        assert_eq!(changed(cyan, cyan), "");
    }

    #[test]
    fn bold_that_goes_leaves_dim() {
        let both = Style::new().fg(Color::Red).bg(Color::Black).add_modifier(WEIGHT);
        assert_eq!(changed(both, both.remove_modifier(Modifier::BOLD)), "^[22;2m");
    }
}

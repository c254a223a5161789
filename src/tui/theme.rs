//! Colours by meaning, for dark and light terminals, sixteen colours or none; glyphs with an ASCII alternative.

use ratatui::style::{Color, Modifier, Style};

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorScheme {
    /// Sixteen colours on an unknown background: only what is seen on a dark and on a light one.
    Either,
    /// Sixteen colours on a dark ground.
    Dark,
    /// Sixteen colours on a light ground.
    Light,
    /// No colour (NO_COLOR): weight and inversion only.
    Plain,
}

impl std::str::FromStr for ColorScheme {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "dark" => Ok(Self::Dark),
            "light" => Ok(Self::Light),
            "plain" => Ok(Self::Plain),
            other => Err(format!("dark / light / plain: {other}")),
        }
    }
}

impl ColorScheme {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 4] = [Self::Either, Self::Dark, Self::Light, Self::Plain];

    /// What the environment says: NO_COLOR or no TERM at all, then COLORFGBG, which several terminals set.
    pub(crate) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let given = |name| variable(name).filter(|value| !value.is_empty());
        if given("NO_COLOR").is_some() || given("TERM").is_none() {
            return Self::Plain;
        }
        match variable("COLORFGBG").and_then(|value| value.rsplit(';').next().map(str::to_owned)).as_deref() {
            Some("7" | "15") => Self::Light,
            Some(_) => Self::Dark,
            None => Self::Either,
        }
    }
}

/// Lines and bars. Box drawing and blocks are ambiguous in width: some Japanese terminals draw them two cells wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyphs {
    pub(crate) horizontal: &'static str,
    pub(crate) vertical: &'static str,
    /// Top left, top right, bottom left, bottom right.
    pub(crate) corners: [&'static str; 4],
    pub(crate) bar: &'static str,
    pub(crate) bar_rest: &'static str,
    pub(crate) marker: &'static str,
    pub(crate) step: &'static str,
}

impl Glyphs {
    /// For terminals that draw them one cell wide.
    pub(crate) const LINES: Self = Self {
        horizontal: "─",
        vertical: "│",
        corners: ["┌", "┐", "└", "┘"],
        bar: "█",
        bar_rest: "░",
        marker: ">",
        step: "->",
    };
    /// For all others (`--ascii`).
    pub(crate) const ASCII: Self = Self {
        horizontal: "-",
        vertical: "|",
        corners: ["+", "+", "+", "+"],
        bar: "#",
        bar_rest: ".",
        marker: ">",
        step: "->",
    };
}

/// How things look, by what they mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    pub(crate) glyphs: Glyphs,
    pub(crate) text: Style,
    /// Text that may be passed over: headers, hints, rules.
    pub(crate) quiet: Style,
    /// Titles and what counts most.
    pub(crate) strong: Style,
    /// The top line.
    pub(crate) title: Style,
    /// The tab that is open.
    pub(crate) tab_on: Style,
    /// The page that is open.
    pub(crate) page_on: Style,
    /// The mark of a database for rehearsals.
    pub(crate) rehearsal: Style,
    /// A key in the footer.
    pub(crate) key: Style,
    /// The selected row.
    pub(crate) selected: Style,
    /// The selected row of a list that has not the focus.
    pub(crate) selected_away: Style,
    /// Input field that has no focus.
    pub(crate) field: Style,
    /// The field that takes the keys.
    pub(crate) field_focused: Style,
    /// All is well, done.
    pub(crate) good: Style,
    pub(crate) attention: Style,
    /// Refused, failed, dead.
    pub(crate) bad: Style,
    pub(crate) moving: Style,
    /// The lines of boxes.
    pub(crate) rule: Style,
}

impl Theme {
    /// The theme of a tone.
    pub(crate) const fn new(tone: ColorScheme, glyphs: Glyphs) -> Self {
        match tone {
            ColorScheme::Either => Self::either(glyphs),
            ColorScheme::Dark => Self::coloured(glyphs, Color::Cyan, Color::Gray, Color::DarkGray, Color::Black),
            ColorScheme::Light => Self::coloured(glyphs, Color::Blue, Color::DarkGray, Color::Gray, Color::White),
            ColorScheme::Plain => Self::plain(glyphs),
        }
    }

    const fn coloured(glyphs: Glyphs, accent: Color, quiet: Color, ground: Color, ink: Color) -> Self {
        let plain = Style::new();
        let yellow = match accent {
            Color::Blue => Color::Magenta,
            _ => Color::Yellow,
        };
        Self {
            glyphs,
            text: plain,
            quiet: plain.fg(quiet),
            strong: plain.add_modifier(Modifier::BOLD),
            title: plain.fg(accent).add_modifier(Modifier::BOLD),
            tab_on: plain.fg(ink).bg(accent).add_modifier(Modifier::BOLD),
            page_on: plain.fg(accent).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            rehearsal: plain.fg(yellow).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            key: plain.fg(accent),
            selected: plain.fg(ink).bg(accent),
            selected_away: plain.add_modifier(Modifier::UNDERLINED),
            field: plain.add_modifier(Modifier::UNDERLINED),
            field_focused: plain.fg(Color::White).bg(match accent {
                Color::Blue => Color::Blue,
                _ => ground,
            }),
            good: plain.fg(Color::Green),
            attention: plain.fg(yellow),
            bad: plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            moving: plain.fg(accent),
            rule: plain.fg(ground),
        }
    }

    /// The terminal's own ink and ground, inverted where something is chosen; four colours that both grounds carry.
    const fn either(glyphs: Glyphs) -> Self {
        let plain = Style::new();
        Self {
            quiet: plain.add_modifier(Modifier::DIM),
            key: plain.add_modifier(Modifier::BOLD),
            rehearsal: plain.fg(Color::Magenta).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            good: plain.fg(Color::Green),
            attention: plain.fg(Color::Magenta),
            bad: plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            moving: plain.fg(Color::Cyan),
            rule: plain.fg(Color::DarkGray),
            ..Self::plain(glyphs)
        }
    }

    const fn plain(glyphs: Glyphs) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let inverse = plain.add_modifier(Modifier::REVERSED);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        Self {
            glyphs,
            text: plain,
            quiet: plain,
            strong: bold,
            title: bold,
            tab_on: inverse,
            page_on: bold.add_modifier(Modifier::UNDERLINED),
            rehearsal: bold.add_modifier(Modifier::REVERSED),
            key: bold,
            selected: inverse,
            selected_away: underlined,
            field: underlined,
            field_focused: inverse,
            good: plain,
            attention: bold,
            bad: bold,
            moving: plain,
            rule: plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(pairs: &[(&str, &str)]) -> ColorScheme {
        ColorScheme::of_environment(|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_chooses_the_tone() {
        let term = ("TERM", "xterm");
        assert_eq!(tone(&[]), ColorScheme::Plain);
        assert_eq!(tone(&[term]), ColorScheme::Either);
        assert_eq!(tone(&[term, ("COLORFGBG", "15;0")]), ColorScheme::Dark);
        assert_eq!(tone(&[term, ("COLORFGBG", "0;15")]), ColorScheme::Light);
        assert_eq!(tone(&[term, ("COLORFGBG", "0;15"), ("NO_COLOR", "1")]), ColorScheme::Plain);
        assert_eq!(tone(&[term, ("NO_COLOR", "")]), ColorScheme::Either);
    }

    /// Ink without a ground of its own must be seen on the terminal's.
    #[test]
    fn no_ink_vanishes_on_the_ground_of_its_tone() {
        let unseen = |tone| match tone {
            ColorScheme::Either => vec![Color::Yellow, Color::Blue, Color::White, Color::Black, Color::Gray],
            ColorScheme::Dark => vec![Color::Blue, Color::Black],
            ColorScheme::Light => vec![Color::Yellow, Color::White, Color::Cyan],
            ColorScheme::Plain => vec![],
        };
        for tone in ColorScheme::ALL {
            let theme = Theme::new(tone, Glyphs::LINES);
            let Theme { text, quiet, strong, title, page_on, key, good, attention, bad, moving, rule, .. } = theme;
            for style in [text, quiet, strong, title, page_on, key, good, attention, bad, moving, rule] {
                assert!(
                    style.bg.is_none() && style.fg.is_none_or(|ink| !unseen(tone).contains(&ink)),
                    "{tone:?} {style:?}"
                );
            }
        }
    }

    #[test]
    fn the_selection_is_seen_without_colour() {
        let theme = Theme::new(ColorScheme::Plain, Glyphs::ASCII);
        assert!(theme.selected.add_modifier.contains(Modifier::REVERSED));
        assert_eq!(theme.selected.bg, None);
    }
}

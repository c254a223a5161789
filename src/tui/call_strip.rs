//! The open calls of the person at the terminal, as the strip under the tabs shows them.

use super::canvas::Canvas;
use super::context::Context;
use super::widgets::{area, cells};
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

/// Tells the open calls of a session apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CallSlot(pub(crate) u64);

/// Whether the caller has been identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallCheck {
    /// As the person, in this session.
    Identified,
    /// Not identified yet.
    Open,
    /// Such a caller is not identified, or it is no phone call.
    None,
}

/// A call of the strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StripCall {
    pub(crate) slot: CallSlot,
    /// The member, or who called.
    pub(crate) about: String,
    pub(crate) check: CallCheck,
    pub(crate) started_at: DateTime<Utc>,
}

/// The open calls, the oldest first, and which is in hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CallStrip {
    pub(crate) calls: Vec<StripCall>,
    pub(crate) current: Option<CallSlot>,
}

/// Cells of a name in the strip.
const NAME: u16 = 22;

impl CallStrip {
    /// In the row of a rule, so that the screen below keeps its rows. The one in hand is always there; what does not fit is
    /// counted.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_, '_>, row: Rect) {
        canvas.rule(row);
        let (words, theme) = (&canvas.cx.labels.calls, canvas.cx.theme);
        let mut left = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
        let used = canvas.text(left.x, left.y, left.width, &format!(" {} ", words.strip), theme.quiet);
        [_, left] = area::split_left(left, used);
        let letters = self.calls.iter().zip(('A'..='Z').cycle());
        let texts: Vec<String> = letters.map(|(call, letter)| self.text(call, letter, canvas.cx)).collect();
        let sight = self.in_sight(&texts, left.width);
        for at in &sight {
            let (call, text) = (&self.calls[*at], &texts[*at]);
            let style = match (self.current == Some(call.slot), call.check) {
                (true, _) => theme.tab_on,
                (false, CallCheck::Open) => theme.attention,
                (false, CallCheck::Identified | CallCheck::None) => theme.text,
            };
            let used = canvas.text(left.x, left.y, left.width, text, style);
            [_, left] = area::split_left(left, used);
        }
        let rest = self.calls.len() - sight.len();
        if rest > 0 {
            canvas.text(left.x, left.y, left.width, &format!(" +{rest} "), theme.attention);
        }
    }

    /// The calls that there is room for, in their order: the one in hand, and the oldest.
    fn in_sight(&self, texts: &[String], room: u16) -> Vec<usize> {
        let widths: Vec<u16> = texts.iter().map(|text| cells::width(text)).collect();
        if widths.iter().sum::<u16>() <= room {
            return (0..widths.len()).collect();
        }
        let current = self.calls.iter().position(|call| self.current == Some(call.slot));
        let mut left = room.saturating_sub(MORE + current.map_or(0, |at| widths[at]));
        let others = (0..widths.len()).filter(|at| Some(*at) != current);
        let fits = |at: &usize| {
            let fits = widths[*at] <= left;
            left = left.saturating_sub(widths[*at]);
            fits
        };
        let mut sight: Vec<usize> = others.take_while(fits).chain(current).collect();
        sight.sort_unstable();
        sight
    }

    fn text(&self, call: &StripCall, letter: char, cx: &Context) -> String {
        let words = &cx.labels.calls;
        let check = if call.check == CallCheck::Open { words.unchecked } else { "" };
        let age = words.age((cx.now - call.started_at).num_minutes());
        let about = cells::cut(&call.about, NAME);
        let text = [letter.to_string(), about, check.to_owned(), age];
        let text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if self.current == Some(call.slot) { format!("[{text}]") } else { format!(" {text} ") }
    }
}

/// Cells that `+3` takes.
const MORE: u16 = 5;

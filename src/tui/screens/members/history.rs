//! What was done with a member, newest first.

use crate::store::audit::Entry;
use crate::tui::canvas::Canvas;
use crate::tui::screens;
use crate::tui::widgets::table::Selection;
use crate::usecases::Act;
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, entries: &[Entry], at: &Selection) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if entries.is_empty() {
        canvas.text(area.x, area.y, area.width, labels.members.no_history, theme.quiet);
        return;
    }
    let room = usize::from(area.height).max(1);
    let first = at.row(entries.len()).unwrap_or(0) / room * room;
    for (entry, y) in entries.iter().skip(first).zip(area.y..area.bottom()) {
        let when = screens::minute(entry.at);
        let what = match entry.action.parse::<Act>() {
            Ok(act) => (labels.acts.of)(act),
            Err(_) => entry.action.as_str(),
        };
        let who = format!("  {:<8}", entry.staff);
        canvas.pieces(area, y, &[(&when, theme.quiet), (&who, theme.text), (" ", theme.text), (what, theme.text)]);
    }
}

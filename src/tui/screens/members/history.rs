//! What was done with a member, newest first.

use crate::labels::audit_facts;
use crate::tui::canvas::Canvas;
use crate::tui::screens::common;
use crate::tui::widgets::scroll::Scroll;
use crate::usecases::members::AuditEntry;
use crate::usecases::{Act, Recorded};
use ratatui::layout::Rect;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, entries: &[AuditEntry], scroll: &Scroll) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    if entries.is_empty() {
        canvas.text(area.x, area.y, area.width, labels.members.no_history, theme.quiet);
        return;
    }
    for (entry, y) in entries[scroll.part(canvas, area, entries.len())].iter().zip(area.y..) {
        let when = common::minute(entry.at);
        let what = match entry.action.parse::<Act>() {
            Ok(act) => labels.acts.of(act),
            Err(_) => entry.action.as_str(),
        };
        let who = format!("  {:<8}", entry.staff);
        let facts = format!("  {}", audit_facts::facts(labels.lang, &Recorded::of(entry)));
        let [quiet, text] = [theme.quiet, theme.text];
        canvas.pieces(area, y, &[(&when, quiet), (&who, text), (" ", text), (what, text), (&facts, quiet)]);
    }
}

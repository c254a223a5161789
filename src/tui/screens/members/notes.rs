//! Requests and contact notes of a member.

use crate::domain::diagnosis::{Scripts, Section, Topic};
use crate::labels::{Labels, codes};
use crate::tui::canvas::Canvas;
use crate::tui::screens::common;
use crate::tui::widgets::cells;
use crate::tui::widgets::scroll::Scroll;
use crate::usecases::members::{MemberView, NoteView};
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, view: &MemberView, scroll: &Scroll) {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let words = &labels.members;
    if view.requests.is_empty() && view.notes.is_empty() {
        canvas.text(area.x, area.y, area.width, words.no_notes, theme.quiet);
        return;
    }
    let mut lines: Vec<(String, Style)> = Vec::new();
    let key = view.member.key();
    let under = |member: &str| if member == key { String::new() } else { format!("  {}", words.under(member)) };
    for request in &view.requests {
        let (at, number) = (common::minute(request.received_at), under(&request.member));
        let head = format!("{at}  {} {}{number}", words.requests, request.receipt);
        let state =
            request.state.parse().map_or(request.state.as_str(), |state| codes::request_state(labels.lang, state));
        lines.push((head, theme.strong));
        lines.push((format!("  {state}"), theme.text));
    }
    for note in &view.notes {
        let channel = note.channel.parse().map_or(note.channel.as_str(), |it| codes::channel(labels.lang, it));
        let (at, number) = (common::minute(note.at), under(&note.member));
        let id = match note.adds_to {
            Some(first) => labels.notes.addendum(first),
            None => labels.notes.number(note.id),
        };
        lines.push((format!("{at}  {} {channel}  {id}{number}", note.staff), theme.strong));
        lines.push((format!("  {}", topic(&note.topic, labels)), theme.quiet));
        lines.extend(cells::wrap(&note.body, area.width - 2).into_iter().map(|line| (format!("  {line}"), theme.text)));
        lines.extend(after(note, labels).into_iter().map(|line| (format!("  {line}"), theme.attention)));
    }
    let part = scroll.part(canvas, area, lines.len());
    canvas.styled(area, &lines[part]);
}

/// Where the caller was sent on to, and the follow-up or what came of it.
fn after(note: &NoteView, labels: &Labels) -> Vec<String> {
    let section = note.referred.as_deref().and_then(|code| code.parse().ok());
    let referred = section.map(|it| labels.notes.referred_to(&self::section(it, labels)));
    let follow_up = match (note.done_at, note.follow_up_on) {
        (Some(at), _) => {
            let done = labels.notes.done_by(note.done_by.as_deref().unwrap_or_default(), &common::day(at));
            Some(note.closing.iter().fold(done, |done, closing| format!("{done}  {closing}")))
        }
        (None, Some(day)) => Some(labels.members.follow_up(&day.to_string())),
        (None, None) => None,
    };
    let caller = note.caller.as_deref().and_then(|code| code.parse().ok());
    let caller = caller.map(|kind| labels.notes.called(codes::caller_kind(labels.lang, kind)));
    let phone = Some(note.phone.as_str()).filter(|phone| !phone.is_empty()).map(|it| labels.notes.call_back(it));
    caller.into_iter().chain(phone).chain(referred).chain(follow_up).collect()
}

/// A section with its number.
pub(super) fn section(section: Section, labels: &Labels) -> String {
    let scripts = Scripts::embedded();
    scripts.map_or_else(|_| section.code().to_owned(), |it| it.section(section, labels.lang.into()).to_owned())
}

/// The title of a topic's script.
pub(super) fn topic(code: &str, labels: &Labels) -> String {
    match (code.parse::<Topic>(), Scripts::embedded()) {
        (Ok(topic), Ok(scripts)) => scripts.title(topic, labels.lang.into()).to_owned(),
        _ => labels.members.topic_other.to_owned(),
    }
}

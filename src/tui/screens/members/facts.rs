//! The left side: who it is, where post goes, the account, the viewing password.

use crate::domain::{IncidentState, Relation, ViewingState, WebDisplay};
use crate::labels::persons::kinship;
use crate::labels::{codes, incidents as incident_words, promises as names};
use crate::text::japan::local;
use crate::tui::canvas::Canvas;
use crate::tui::screens::common;
use crate::tui::widgets::cells;
use crate::usecases::members::{AccountState, AccountView, MemberView};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Lines of one fact.
const MOST: usize = 3;

/// Draws lines one under another, as long as there is room.
struct Lines<'c, 'a, 'b> {
    canvas: &'c mut Canvas<'a, 'b>,
    area: Rect,
    y: u16,
    label: u16,
}

impl Lines<'_, '_, '_> {
    fn line(&mut self, pieces: &[(&str, Style)]) {
        if self.y < self.area.bottom() {
            self.canvas.pieces(self.area, self.y, pieces);
        }
        self.y += 1;
    }

    /// A quiet label and what it labels; a long text goes on below, indented. What does not end there ends in `~`.
    fn fact(&mut self, label: &str, text: &str, style: Style) {
        let quiet = self.canvas.cx.theme.quiet;
        let room = self.area.width.saturating_sub(self.label);
        let mut parts = cells::wrap(text, room);
        if let Some(rest) = parts.get(MOST - 1..).filter(|rest| rest.len() > 1) {
            let last = cells::cut(&rest.concat(), room);
            parts.truncate(MOST - 1);
            parts.push(last);
        }
        for (index, part) in parts.iter().enumerate() {
            if self.y < self.area.bottom() {
                if index == 0 {
                    self.canvas.text(self.area.x, self.y, self.label, label, quiet);
                }
                self.canvas.text(self.area.x + self.label, self.y, room, part, style);
            }
            self.y += 1;
        }
    }

    /// A text over the whole width, in full.
    fn paragraph(&mut self, text: &str, style: Style) {
        for part in cells::wrap(text, self.area.width) {
            self.line(&[(&part, style)]);
        }
    }

    fn gap(&mut self) {
        self.y += 1;
    }
}

/// How much of a record is shown, by who is on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Everything,
    /// A record for work, while a caller who is not identified waits on the line: a warning stands beside it.
    WhileOneWaits,
    /// In a call, before the caller is identified: nothing of account, password and cards.
    BeforeCheck,
}

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, view: &MemberView, told: Told) {
    let words = &canvas.cx.labels.members;
    let names = [words.coverage, words.employer, words.route, words.family, words.account, words.mail, words.display];
    let label = names.into_iter().map(cells::width).max().unwrap_or(0) + 2;
    let mut lines = Lines { canvas, area, y: area.y, label };
    person(&mut lines, view);
    if told == Told::BeforeCheck {
        let (text, style) = (lines.canvas.cx.labels.call.withheld, lines.canvas.cx.theme.attention);
        lines.gap();
        return lines.paragraph(text, style);
    }
    promises(&mut lines, view);
    incidents(&mut lines, view);
    lines.gap();
    account(&mut lines, view);
    lines.gap();
    viewing(&mut lines, view);
}

/// P1: what is owed to the member and is not on its way.
fn promises(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme, today) = (lines.canvas.cx.labels, lines.canvas.cx.theme, lines.canvas.cx.today());
    let words = &labels.promises;
    for promise in &view.promises {
        let next = promise.next.map_or_else(|| words.undated.to_owned(), common::short);
        let (kind, why) = (names::kind(labels.lang, promise.kind), names::why(labels.lang, promise.why));
        let text = words.fact(kind, why, &common::short(promise.since), &next);
        let style = if promise.is_due(today) { theme.attention } else { theme.moving };
        lines.fact(words.owed, &text, style);
    }
}

/// 漏えい等 about this person: a card that was lost or opened is known before another one is promised.
fn incidents(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme) = (lines.canvas.cx.labels, lines.canvas.cx.theme);
    for incident in &view.incidents {
        let style = match incident.state {
            IncidentState::Open => theme.attention,
            IncidentState::Closed => theme.quiet,
        };
        lines.fact(labels.incidents.title, &incident_words::of_member(labels.lang, incident), style);
    }
}

fn person(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme, today) = (lines.canvas.cx.labels, lines.canvas.cx.theme, lines.canvas.cx.today());
    let words = &labels.members;
    let member = &view.member;
    if let Some(standing) = &view.protection {
        let text = words.protected(&local(standing.set_at).date_naive().to_string(), &standing.reason);
        lines.paragraph(&text, theme.attention);
    }
    let key = format!("{}-{}", member.key.symbol, member.key.number);
    let branch = format!("  {} {}  ", words.branch, member.key.branch);
    let relation = match (member.relation, member.relationship.as_str()) {
        (Relation::Insured, _) | (_, "") => labels.words.relation(member.relation).to_owned(),
        (Relation::Dependent, relationship) => {
            format!("{} {}", labels.words.relation_short(member.relation), kinship(labels.lang, relationship))
        }
    };
    lines.line(&[(&key, theme.title), (&branch, theme.quiet), (&relation, theme.text)]);
    lines.paragraph(&member.kana, theme.quiet);
    let sex = member.sex.as_deref().map_or("", |code| words.sexes(code));
    let fits = cells::width(&member.name) + 3 + cells::width(sex) <= lines.area.width;
    if fits {
        lines.line(&[(&member.name, theme.strong), ("   ", theme.text), (sex, theme.quiet)]);
    } else {
        lines.paragraph(&member.name, theme.strong);
        lines.line(&[(sex, theme.quiet)]);
    }
    lines.fact(words.coverage, &words.acquired(&member.acquired_on.to_string()), theme.text);
    if let Some(day) = member.lost_on {
        let style = if day <= today { theme.bad } else { theme.attention };
        lines.fact("", &words.lost(&day.to_string()), style);
    }
    if member.voluntary {
        lines.fact("", words.voluntary, theme.attention);
    }
    if let Some(employer) = &view.employer {
        lines.fact(words.employer, &format!("{} {}", employer.record.code_shown, employer.record.name), theme.text);
    }
    match (&view.no_route, &view.employer) {
        (Some(why), _) => {
            lines.fact(words.route, &words.no_route(codes::hold_reason(labels.lang, *why)), theme.attention);
        }
        (None, Some(employer)) => {
            let postcode = common::postcode(employer.record.postcode.as_deref());
            let text = format!("{postcode} {} {}", employer.record.address1, employer.record.address2);
            lines.fact(words.route, text.trim_end(), theme.text);
        }
        (None, None) => {}
    }
    if let Some(to) = view.goes_elsewhere() {
        lines.fact("", &words.one_off_route(&to.addressee), theme.moving);
    }
    let family: Vec<String> =
        view.family.iter().map(|it| format!("{} {}", it.key.branch, kinship(labels.lang, &it.relationship))).collect();
    match family.len() {
        0 => lines.fact(words.family, words.alone, theme.quiet),
        count => lines.fact(words.family, &words.family_of(count, family.join(", ").trim()), theme.text),
    }
    numbers(lines, view);
}

/// The number before this one and the one after it, and whether the member sees what stands there (A10).
fn numbers(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme) = (lines.canvas.cx.labels, lines.canvas.cx.theme);
    let words = &labels.members;
    let own = view.member.key();
    let Some(at) = view.records.iter().position(|record| record.key == own) else { return };
    let former = at.checked_sub(1).and_then(|before| view.records.get(before));
    for (label, record) in [(words.predecessor, former), (words.successor, view.records.get(at + 1))] {
        if let Some(record) = record {
            let seen = codes::sight_short(labels.lang, record.sight);
            lines.fact(label, &format!("{} {seen}", record.key), theme.attention);
        }
    }
}

fn account(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme) = (lines.canvas.cx.labels, lines.canvas.cx.theme);
    let words = &labels.members;
    let Some(account) = &view.account else {
        return lines.fact(words.account, words.unregistered, theme.quiet);
    };
    if account.state == AccountState::Closed {
        let day = account.closed_at.map(|at| local(at).date_naive().to_string()).unwrap_or_default();
        return lines.fact(words.account, &words.closed(&day), theme.bad);
    }
    let day = local(account.registered_at).date_naive().to_string();
    lines.fact(words.account, &words.registered(&day), theme.good);
    mail(lines, account);
    let style = match account.web_display {
        WebDisplay::Wanted => theme.text,
        WebDisplay::NotWanted => theme.quiet,
    };
    lines.fact(words.display, codes::web_display(labels.lang, account.web_display), style);
}

fn mail(lines: &mut Lines<'_, '_, '_>, account: &AccountView) {
    let (theme, words) = (lines.canvas.cx.theme, &lines.canvas.cx.labels.members);
    let address = account.email.as_deref().unwrap_or("-");
    match account.bounced_at {
        Some(at) => lines.fact(words.mail, &format!("{address} {}", words.bounced(&common::day(at))), theme.bad),
        None => lines.fact(words.mail, &format!("{address} ({})", words.not_bounced), theme.text),
    }
}

fn viewing(lines: &mut Lines<'_, '_, '_>, view: &MemberView) {
    let (labels, theme) = (lines.canvas.cx.labels, lines.canvas.cx.theme);
    let words = &labels.members;
    let Some(viewing) = &view.viewing_password else { return };
    let style = match viewing.state {
        ViewingState::Active => theme.good,
        ViewingState::Requested | ViewingState::Issuing => theme.moving,
        ViewingState::NotWanted => theme.quiet,
        ViewingState::Superseded | ViewingState::Revoked => theme.bad,
    };
    let state = codes::viewing_state(labels.lang, viewing.state);
    lines.line(&[(words.password, theme.quiet), ("  ", theme.text), (state, style)]);
    let origin = viewing.origin.map(|origin| codes::viewing_origin(labels.lang, origin));
    let since = viewing.since.map(|day| words.since(&day.to_string()));
    let detail: Vec<&str> = origin.into_iter().chain(since.as_deref()).collect();
    if !detail.is_empty() {
        lines.line(&[("  ", theme.text), (&detail.join("  "), theme.text)]);
    }
    let under_way = view.cards.iter().find(|card| card.card.dead().is_none());
    match under_way.filter(|_| viewing.state == ViewingState::Issuing) {
        Some(card) if card.must_pull => lines.line(&[("  ", theme.text), (words.must_pull, theme.bad)]),
        Some(card) => {
            let planned = card.planned_on.map(|day| words.planned(&day.to_string()));
            planned.iter().for_each(|planned| lines.line(&[("  ", theme.text), (planned, theme.moving)]));
        }
        None => {}
    }
}

//! Before a caller is identified: what to ask, match or no match, and nothing else of the member (Q-3, S5).

use super::requests::{Identify, MembersMsg};
use crate::domain::MemberKey;
use crate::domain::diagnosis::{CallerKind, PaperCheck, Topic};
use crate::domain::request::{CallerStanding, Claim, ClaimField as Asked, Identity, Verdict};
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::days::{self, Days};
use crate::tui::screen::{KeyAction, StatusTone, nothing};
use crate::tui::widgets::{Focus, InputField, area, cells};
use ratatui::layout::Rect;

/// The keys of the identity check.
pub(crate) const IDENTITY: &[Binding] = bindings![Submit, TickPaper, NextField, PreviousField, Back];

/// What is asked, in the order of the labels.
const ASKED: [Asked; 3] = [Asked::Kana, Asked::BirthDate, Asked::Employer];

/// The field of the birth date.
const BORN: usize = 1;

/// Where a check was begun, and so where Esc goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// In a list: nothing of the member was shown.
    InList,
    /// In the member's record.
    InRecord,
}

/// The check of one caller.
pub(super) struct IdentityForm {
    pub(super) key: MemberKey,
    /// Who calls, and the topic that waits for the check.
    pub(super) caller: CallerKind,
    pub(super) pending: Option<Topic>,
    pub(super) begun: Begun,
    fields: [InputField; 3],
    paper: PaperCheck,
    at: usize,
    identity: Option<Identity>,
}

impl IdentityForm {
    pub(super) fn new(key: MemberKey, begun: Begun, caller: CallerKind, pending: Option<Topic>) -> Self {
        let fields = [InputField::new(), InputField::new(), InputField::new()];
        Self { key, caller, pending, begun, fields, paper: PaperCheck::NotSeen, at: 0, identity: None }
    }

    pub(super) fn field(&mut self) -> Option<&mut InputField> {
        self.fields.get_mut(self.at)
    }

    /// Another answer: what was compared before says nothing of it.
    pub(super) fn edited(&mut self) {
        self.identity = None;
    }

    /// Taken only where the same is still said of the same member.
    pub(super) fn compared(&mut self, with: &Identify, identity: Identity, cx: &Context) {
        if *with == self.question(cx) {
            self.identity = Some(identity);
        }
    }

    pub(super) fn is_identified(&self) -> bool {
        self.identity.as_ref().is_some_and(|identity| identity.standing == CallerStanding::Identified)
    }

    /// Enter walks through the fields; at the last, or where nothing is left to ask, it compares.
    pub(super) fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let count = self.fields.len() + usize::from(self.caller.needs_paper());
        match command {
            Command::TickPaper if self.caller.needs_paper() => {
                self.paper = match self.paper {
                    PaperCheck::Seen => PaperCheck::NotSeen,
                    PaperCheck::NotSeen => PaperCheck::Seen,
                };
                self.edited();
            }
            Command::NextField => self.at = (self.at + 1) % count,
            Command::PreviousField => self.at = (self.at + count - 1) % count,
            Command::Submit if self.at + 1 < count => {
                self.at += 1;
                return self.compare(cx);
            }
            Command::Submit => return self.compare(cx),
            _ => {}
        }
        nothing()
    }

    fn compare(&self, cx: &Context) -> Vec<KeyAction> {
        if let Err(wrong) = self.born(cx) {
            return vec![KeyAction::Say(StatusTone::Attention, wrong)];
        }
        let with = self.question(cx);
        vec![KeyAction::request_ok(with.clone(), |identity| MembersMsg::Compared { with, identity })]
    }

    fn question(&self, cx: &Context) -> Identify {
        Identify { key: self.key.clone(), caller: self.caller, paper: self.paper, said: self.said(cx) }
    }

    /// How the birth date is understood, or what is wrong with it.
    fn born(&self, cx: &Context) -> Result<String, String> {
        days::verdict(Days::Born, self.fields[BORN].text(), Some(""), cx)
    }

    /// What the caller has said so far.
    pub(super) fn said(&self, cx: &Context) -> Claim {
        let [kana, born, employer] = [0, 1, 2].map(|at| self.fields[at].text().trim().to_owned());
        let born_on = Days::Born.read(&born, cx.today()).ok().flatten();
        Claim { kana, born_on, employer, ..Claim::default() }
    }

    fn verdict(&self, asked: Asked) -> Option<Verdict> {
        let identity = self.identity.as_ref()?;
        identity.verdicts.iter().find(|(field, _)| *field == asked).map(|(_, verdict)| *verdict)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let (words, theme) = (&canvas.cx.labels.call, canvas.cx.theme);
        let area = area::inset(area);
        canvas.text(area.x, area.y, area.width, &words.identity_title(&self.key.to_string()), theme.title);
        canvas.text(area.x, area.y + 2, area.width, words.identity_ask, theme.text);
        canvas.text(area.x, area.y + 3, area.width, words.identity_hidden, theme.quiet);
        let label = words.identity_fields.into_iter().map(cells::width).max().unwrap_or(0) + 2;
        for (at, (name, asked)) in words.identity_fields.into_iter().zip(ASKED).enumerate() {
            let y = area.y + 5 + u16::try_from(at).unwrap_or(0) * 2;
            canvas.text(area.x, y, label, name, theme.text);
            let field = Rect::new(area.x + label, y, 36, 1);
            self.fields[at].draw(canvas, field, Focus::at(at, self.at));
            if at == BORN {
                let (Ok(note) | Err(note)) = self.born(canvas.cx);
                canvas.text(field.x, y + 1, area.right().saturating_sub(field.x), &note, theme.quiet);
            }
            if let Some(verdict) = self.verdict(asked) {
                let style = match verdict {
                    Verdict::Match | Verdict::Part => theme.good,
                    Verdict::NoMatch => theme.bad,
                };
                canvas.text(field.right() + 2, y, 12, words.verdict(verdict), style);
            }
        }
        if self.caller.needs_paper() {
            let mark = if self.paper == PaperCheck::Seen { "[x]" } else { "[ ]" };
            let style = if self.at == self.fields.len() { theme.key } else { theme.text };
            let text = format!("{mark} {}", words.identity_paper);
            canvas.text(area.x, area.y + 11, area.width, &text, style);
        }
        if let Some(identity) = &self.identity {
            let style = match identity.standing {
                CallerStanding::Identified => theme.good,
                CallerStanding::Unknown | CallerStanding::PaperMissing | CallerStanding::Deceased => theme.attention,
            };
            let foot = area.y + 12 + u16::from(self.caller.needs_paper());
            let [_, below] = area::split_top(area, foot - area.y);
            canvas.lines(below, &cells::wrap(words.standing(identity.standing), area.width), style);
        }
    }
}

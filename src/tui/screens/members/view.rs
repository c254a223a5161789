//! One member: the facts on the left, pages on the right.

use super::call::{CallPanel, CallerState};
use super::facts::{self, Told};
use super::person::key_of;
use super::requests::{Guidance, MembersMsg, ShowMember};
use super::{cards, history, notes};
use crate::domain::MemberKey;
use crate::domain::diagnosis::{CallerKind, Question, Topic};
use crate::labels::Labels;
use crate::tui::canvas::Canvas;
use crate::tui::commands::Command;
use crate::tui::context::Context;
use crate::tui::screen::{KeyAction, Load};
use crate::tui::screens::common;
use crate::tui::widgets::list_view::{AnyList, ListView};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::{area, cells};
use crate::usecases::members::{CardView, MemberView};
use ratatui::layout::Rect;

/// What the right side shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberPage {
    Cards,
    Notes,
    History,
    Call,
}

impl MemberPage {
    const ALL: [Self; 4] = [Self::Cards, Self::Notes, Self::History, Self::Call];
}

/// A member who was opened.
pub(super) struct MemberPane {
    pub(super) key: MemberKey,
    pub(super) loaded: Load<Box<MemberView>>,
    pub(super) call: CallPanel,
    page: MemberPage,
    cards: ListView<CardView>,
    /// Of what is read.
    scroll: Scroll,
}

impl MemberPane {
    pub(super) fn new(key: MemberKey, caller: CallerState) -> Self {
        let page = if caller.may_hear() { MemberPage::Call } else { MemberPage::Cards };
        Self {
            key,
            loaded: Load::Waiting,
            call: CallPanel::new(caller),
            page,
            cards: ListView::default(),
            scroll: Scroll::default(),
        }
    }

    /// Reads the member, or reads it again.
    pub(super) fn load(&self) -> KeyAction {
        let key = self.key.clone();
        KeyAction::request(ShowMember(key.clone()), |reply| MembersMsg::Shown { key, reply })
    }

    /// A diagnosis has come: it is what the clerk wants to see now.
    pub(super) fn guide(&mut self, guidance: Box<Guidance>) {
        self.call.show(guidance);
        self.turn_to(MemberPage::Call);
    }

    /// What was read.
    pub(super) fn take(&mut self, member: Box<MemberView>, cx: &Context) {
        self.cards.set(member.cards.clone(), cx);
        self.loaded = Load::Ready(member);
    }

    /// The list of the page in front, where it is one and may be seen.
    pub(super) fn list(&mut self, told: Told) -> Option<&mut dyn AnyList> {
        match (self.page, told) {
            (MemberPage::Cards, Told::Everything | Told::WhileOneWaits) => Some(&mut self.cards),
            (MemberPage::Cards, Told::BeforeCheck)
            | (MemberPage::Notes | MemberPage::History | MemberPage::Call, _) => None,
        }
    }

    /// The caller has answered a question of the diagnosis.
    pub(super) fn answer(&self, question: Question, answer: &str, labels: &Labels) -> Vec<KeyAction> {
        self.call.answer(question, answer, &self.key, labels)
    }

    pub(super) fn turn_to(&mut self, page: MemberPage) {
        self.page = page;
        self.cards.select(0);
        self.scroll.go(0);
    }

    pub(super) fn moved(&mut self, command: Command) {
        let at = self.page as usize;
        let count = MemberPage::ALL.len();
        match command {
            Command::NextPage => self.turn_to(MemberPage::ALL[(at + 1) % count]),
            Command::PreviousPage => self.turn_to(MemberPage::ALL[(at + count - 1) % count]),
            other => match self.page {
                MemberPage::Cards => {}
                MemberPage::Notes | MemberPage::History => self.scroll.moved(other),
                MemberPage::Call => self.call.scrolled(other),
            },
        }
    }

    /// A topic is chosen, or another caller is on the line: the call is what the clerk wants to see now.
    pub(super) fn topic(&mut self, topic: Topic) -> Vec<KeyAction> {
        self.turn_to(MemberPage::Call);
        self.call.ask(topic, &self.key)
    }

    pub(super) fn caller_is(&mut self, kind: CallerKind) -> Vec<KeyAction> {
        self.turn_to(MemberPage::Call);
        self.call.caller_is(kind, &self.key)
    }

    /// The next of the family, one after another.
    pub(super) fn next_of_family(&self) -> Option<MemberKey> {
        let member = self.loaded.ready()?;
        let later = member.family.iter().find(|other| other.key.branch > member.member.key.branch);
        let next = later.or_else(|| member.family.first());
        next.and_then(|next| key_of(next).ok())
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, told: Told) {
        let Some(member) = common::ready(canvas, area, &self.loaded) else { return };
        let [left, rule, right] = area::panes(area, area.width * 9 / 20 + 1);
        let is_call = self.page == MemberPage::Call;
        let told = if is_call && !self.call.caller.may_hear() { Told::BeforeCheck } else { told };
        facts::draw(canvas, left, member, told);
        canvas.column_rule(rule.x, area);
        let [names, page] = area::split_top(right, 2);
        common::draw_pages(canvas, names, &canvas.cx.labels.members.pages, self.page as usize);
        let page = if is_call { page } else { self.draw_limit(canvas, page, told) };
        match self.page {
            MemberPage::Cards if told == Told::BeforeCheck => {}
            MemberPage::Cards => cards::draw(canvas, page, &self.cards),
            MemberPage::Notes => notes::draw(canvas, page, member, &self.scroll),
            MemberPage::History => history::draw(canvas, page, &member.history, &self.scroll),
            MemberPage::Call => self.call.draw(canvas, page),
        }
    }

    /// above a page, that what stands there is not for the caller; the rest of the page.
    fn draw_limit(&self, canvas: &mut Canvas<'_, '_>, page: Rect, told: Told) -> Rect {
        let (labels, style) = (canvas.cx.labels, canvas.cx.theme.attention);
        let limit = match told {
            Told::Everything => return page,
            Told::WhileOneWaits => labels.call.one_waits.to_owned(),
            Told::BeforeCheck => self.call.limit(labels),
        };
        let lines = cells::wrap(&limit, page.width);
        canvas.lines(page, &lines, style);
        let [_, rest] = area::split_top(page, u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(1));
        rest
    }
}

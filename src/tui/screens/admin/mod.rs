//! 管理: staff, settings, the audit log.

mod orders;
mod pages;

use crate::domain::Permission;
use crate::domain::browsing::Unusual;
use crate::labels::codes;
use crate::store::staff::Staff;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::message::{Answer, Outcome, Query, Refusal};
use crate::tui::screen::{Action, Event, Load, Screen, Tone, nothing};
use crate::tui::widgets::table::Selection;
use crate::usecases::{Chain, SETTINGS as SETTING_KEYS, Settings};
use ratatui::layout::Rect;

/// The keys of the staff list.
pub(crate) const STAFF: &[Binding] = bindings![
    AddStaff,
    UnlockStaff,
    ResetPassword,
    ChangeRole,
    ResetFactor,
    DisableStaff,
    NextPage,
    Up,
    Down,
    PageUp,
    PageDown,
    Back
];

/// The keys of the settings.
pub(crate) const SETTINGS: &[Binding] = bindings![EditSetting, NextPage, Up, Down, PageUp, PageDown, Back];

/// The keys of the audit log.
pub(crate) const AUDIT: &[Binding] = bindings![VerifyAudit, NextPage, Up, Down, PageUp, PageDown, Back];

/// What the check of the chain takes on its page.
const AUDIT_ROWS: u16 = 7;

/// What is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Staff,
    Settings,
    Audit,
}

/// The three pages.
#[derive(Default)]
pub(crate) struct Admin {
    page: Page,
    staff: Load<Vec<Staff>>,
    settings: Load<Box<Settings>>,
    chain: Load<Chain>,
    unusual: Load<Vec<Unusual>>,
    at: Selection,
}

impl Admin {
    /// What somebody lacks to see the page in front.
    fn lacks(&self, cx: &Context) -> Option<Permission> {
        let needs = match self.page {
            Page::Staff => Permission::Unlock,
            Page::Settings => Permission::Look,
            Page::Audit => Permission::Browsing,
        };
        (!cx.may(needs)).then_some(needs)
    }

    fn load(&mut self, cx: &Context) -> Vec<Action> {
        match self.page {
            _ if self.lacks(cx).is_some() => nothing(),
            Page::Staff => {
                self.staff.wait();
                vec![Action::Ask(Query::Staff)]
            }
            Page::Settings => {
                self.settings.wait();
                vec![Action::Ask(Query::Settings)]
            }
            Page::Audit => {
                self.unusual.wait();
                vec![Action::Ask(Query::Unusual)]
            }
        }
    }

    fn turn(&mut self, cx: &Context) -> Vec<Action> {
        self.page = match self.page {
            Page::Staff => Page::Settings,
            Page::Settings => Page::Audit,
            Page::Audit => Page::Staff,
        };
        self.at.select(0);
        self.load(cx)
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<Action> {
        let person = self.staff.ready().and_then(|staff| staff.get(self.at.row(staff.len())?));
        let setting =
            self.settings.ready().and_then(|now| Some((SETTING_KEYS.get(self.at.row(SETTING_KEYS.len())?)?, now)));
        match command {
            Command::Back => vec![Action::Leave],
            Command::Reload => self.load(cx),
            Command::NextPage => self.turn(cx),
            Command::AddStaff => orders::add(cx),
            Command::UnlockStaff => person.map_or_else(nothing, |it| orders::unlock(it, cx)),
            Command::ResetPassword => person.map_or_else(nothing, |it| orders::reset(it, cx)),
            Command::DisableStaff => person.map_or_else(nothing, |it| orders::disable(it, cx)),
            Command::ChangeRole => person.map_or_else(nothing, |it| orders::role(it, cx)),
            Command::ResetFactor => person.map_or_else(nothing, |it| orders::factor(it, cx)),
            Command::EditSetting => setting.map_or_else(nothing, |(it, now)| orders::edit(it, now, cx)),
            Command::VerifyAudit => {
                self.chain = Load::Waiting;
                vec![Action::Ask(Query::VerifyAudit)]
            }
            other => {
                let length = match self.page {
                    Page::Staff => self.staff.ready().map_or(0, Vec::len),
                    Page::Settings => self.settings.ready().map_or(0, |_| SETTING_KEYS.len()),
                    Page::Audit => self.unusual.ready().map_or(0, Vec::len),
                };
                self.at.moved(other, length);
                nothing()
            }
        }
    }
}

impl Screen for Admin {
    fn bindings(&self) -> &'static [Binding] {
        match self.page {
            Page::Staff => STAFF,
            Page::Settings => SETTINGS,
            Page::Audit => AUDIT,
        }
    }

    fn on(&mut self, event: Event, cx: &Context) -> Vec<Action> {
        match event {
            Event::Shown => self.load(cx),
            Event::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn reply(&mut self, outcome: &Outcome, cx: &Context) -> Vec<Action> {
        let words = &cx.labels.admin;
        let text = match outcome {
            Ok(Answer::Staff(staff)) => {
                self.staff = Load::Ready(staff.clone());
                return nothing();
            }
            Ok(Answer::Settings(settings)) => {
                self.settings = Load::Ready(settings.clone());
                return nothing();
            }
            Ok(Answer::Unusual(found)) => {
                self.unusual = Load::Ready(found.clone());
                return nothing();
            }
            Ok(Answer::Chain(chain)) => {
                self.chain = Load::Ready(chain.clone());
                return nothing();
            }
            Ok(Answer::StaffAdded(who)) => words.added(who),
            Ok(Answer::StaffUnlocked(who)) => words.unlocked(who),
            Ok(Answer::StaffReset(who)) => words.reset(who),
            Ok(Answer::StaffDisabled(who)) => words.disabled_done(who),
            Ok(Answer::RoleChanged(who)) => words.role_changed(who),
            Ok(Answer::FactorReset(who)) => words.factor_reset(who),
            Ok(Answer::SettingSet { key, value }) => words.set_done(key, value),
            Ok(_) | Err(_) => return nothing(),
        };
        std::iter::once(Action::Say(Tone::Good, text)).chain(self.load(cx)).collect()
    }

    fn failed(&mut self, query: &Query, refusal: &Refusal) -> Vec<Action> {
        match query {
            Query::Staff => self.staff.fail(refusal),
            Query::Settings => self.settings.fail(refusal),
            Query::Unusual => self.unusual.fail(refusal),
            Query::VerifyAudit => self.chain.fail(refusal),
            _ => refusal.said(),
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        pages::draw_names(canvas, Rect { height: 1, ..area }, self.page as usize);
        let page = Rect { y: area.y + 2, height: area.height - 2, ..area };
        if let Some(needs) = self.lacks(canvas.cx) {
            let labels = canvas.cx.labels;
            let whose = labels.admin.for_others(&codes::who_may(labels.lang, needs));
            return super::draw_empty(canvas, page, &whose, labels.admin.for_others_next);
        }
        match self.page {
            Page::Staff => pages::draw_staff(canvas, page, &self.staff, &self.at),
            Page::Settings => pages::draw_settings(canvas, page, &self.settings, &self.at),
            Page::Audit => {
                pages::draw_audit(canvas, Rect { height: AUDIT_ROWS, ..page }, &self.chain);
                let rest = Rect { y: page.y + AUDIT_ROWS, height: page.height.saturating_sub(AUDIT_ROWS), ..page };
                pages::draw_unusual(canvas, rest, &self.unusual, &self.at);
            }
        }
    }
}

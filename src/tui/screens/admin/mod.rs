//! 管理: staff, settings, the audit log.

mod dialogs;
mod pages;
pub(crate) mod requests;

use crate::domain::Permission;
use crate::domain::browsing::Unusual;
use crate::labels::codes;
use crate::tui::canvas::Canvas;
use crate::tui::commands::{Binding, Command, bindings};
use crate::tui::context::Context;
use crate::tui::request::Message;
use crate::tui::screen::{KeyAction, Load, Screen, ScreenEvent, StatusTone, nothing};
use crate::tui::screens::common;
use crate::tui::widgets::table::Selection;
use crate::usecases::staff::Staff;
use crate::usecases::{Chain, SETTINGS as SETTING_KEYS, Settings};
use ratatui::layout::Rect;
use requests::{AdminMsg, ListStaff, ListUnusual, LoadSettings, VerifyAudit};

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
pub(crate) struct AdminScreen {
    page: Page,
    staff: Load<Vec<Staff>>,
    settings: Load<Box<Settings>>,
    chain: Load<Chain>,
    unusual: Load<Vec<Unusual>>,
    at: Selection,
}

impl AdminScreen {
    /// The permission that is missing to see the page in front.
    fn lacks(&self, cx: &Context) -> Option<Permission> {
        let needs = match self.page {
            Page::Staff => Permission::Unlock,
            Page::Settings => Permission::Look,
            Page::Audit => Permission::Browsing,
        };
        (!cx.may(needs)).then_some(needs)
    }

    fn load(&mut self, cx: &Context) -> Vec<KeyAction> {
        match self.page {
            _ if self.lacks(cx).is_some() => nothing(),
            Page::Staff => {
                self.staff.wait();
                vec![KeyAction::request(ListStaff, AdminMsg::Staff)]
            }
            Page::Settings => {
                self.settings.wait();
                vec![KeyAction::request(LoadSettings, AdminMsg::Settings)]
            }
            Page::Audit => {
                self.unusual.wait();
                vec![KeyAction::request(ListUnusual, AdminMsg::Unusual)]
            }
        }
    }

    fn turn(&mut self, cx: &Context) -> Vec<KeyAction> {
        self.page = match self.page {
            Page::Staff => Page::Settings,
            Page::Settings => Page::Audit,
            Page::Audit => Page::Staff,
        };
        self.at.select(0);
        self.load(cx)
    }

    fn command(&mut self, command: Command, cx: &Context) -> Vec<KeyAction> {
        let person = self.staff.ready().and_then(|staff| staff.get(self.at.row(staff.len())?));
        let setting =
            self.settings.ready().and_then(|now| Some((SETTING_KEYS.get(self.at.row(SETTING_KEYS.len())?)?, now)));
        match command {
            Command::Back => vec![KeyAction::Leave],
            Command::Reload => self.load(cx),
            Command::NextPage => self.turn(cx),
            Command::AddStaff => dialogs::add(cx),
            Command::UnlockStaff => person.map_or_else(nothing, |it| dialogs::unlock(it, cx)),
            Command::ResetPassword => person.map_or_else(nothing, |it| dialogs::reset(it, cx)),
            Command::DisableStaff => person.map_or_else(nothing, |it| dialogs::disable(it, cx)),
            Command::ChangeRole => person.map_or_else(nothing, |it| dialogs::role(it, cx)),
            Command::ResetFactor => person.map_or_else(nothing, |it| dialogs::factor(it, cx)),
            Command::EditSetting => setting.map_or_else(nothing, |(it, now)| dialogs::edit(it, now, cx)),
            Command::VerifyAudit => {
                self.chain = Load::Waiting;
                vec![KeyAction::request(VerifyAudit, AdminMsg::Verified)]
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

impl Screen for AdminScreen {
    fn bindings(&self) -> &'static [Binding] {
        match self.page {
            Page::Staff => STAFF,
            Page::Settings => SETTINGS,
            Page::Audit => AUDIT,
        }
    }

    fn on(&mut self, event: ScreenEvent, cx: &Context) -> Vec<KeyAction> {
        match event {
            ScreenEvent::Shown => self.load(cx),
            ScreenEvent::Command(command) => self.command(command, cx),
            _ => nothing(),
        }
    }

    fn update(&mut self, message: Message, cx: &Context) -> Vec<KeyAction> {
        match message.read() {
            Some(AdminMsg::Staff(Ok(staff))) => self.staff = Load::Ready(staff),
            Some(AdminMsg::Staff(Err(refusal))) => return self.staff.fail(&refusal),
            Some(AdminMsg::Settings(Ok(settings))) => self.settings = Load::Ready(settings),
            Some(AdminMsg::Settings(Err(refusal))) => return self.settings.fail(&refusal),
            Some(AdminMsg::Unusual(Ok(found))) => self.unusual = Load::Ready(found),
            Some(AdminMsg::Unusual(Err(refusal))) => return self.unusual.fail(&refusal),
            Some(AdminMsg::Verified(Ok(chain))) => self.chain = Load::Ready(chain),
            Some(AdminMsg::Verified(Err(refusal))) => return self.chain.fail(&refusal),
            Some(AdminMsg::Done(text)) => {
                return std::iter::once(KeyAction::Say(StatusTone::Good, text)).chain(self.load(cx)).collect();
            }
            None => {}
        }
        nothing()
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        pages::draw_names(canvas, Rect { height: 1, ..area }, self.page as usize);
        let page = Rect { y: area.y + 2, height: area.height - 2, ..area };
        if let Some(needs) = self.lacks(canvas.cx) {
            let labels = canvas.cx.labels;
            let whose = labels.admin.for_others(&codes::who_may(labels.lang, needs));
            return common::draw_empty(canvas, page, &whose, labels.admin.for_others_next);
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

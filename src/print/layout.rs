//! Cards to pages, without I/O. What is the same on every card is laid out once, the rest card by card.

use super::barcode::{self, RouteCheck};
use super::card::{CardContent, Secret, Sender};
use super::code2d;
use super::date::DateStyle;
use super::fit::fit;
use super::font::{Fonts, Glyph, Weight};
use super::geometry::Area;
use super::page::{PageContent, Shape, frame};
use super::pattern;
use super::preflight::{PreflightFault, PreflightNote};
use super::slot::TemplateSlot;
use super::spelled;
use super::template::{Content, Side, Template, TemplateFault, TemplateField, TemplateProblem, Wording};
use crate::domain::CardKind;

/// A template, fonts and a sender, from which every card is laid out.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) template: Template,
    pub(super) fonts: Fonts,
    pub(super) sender: Sender,
    pub(super) dates: DateStyle,
    pub(super) routes: RouteCheck,
}

impl Layout {
    /// The common content of all cards of a kind on one side, or the faults of the template that only layout finds.
    pub(super) fn fixed(&self, kind: CardKind, side: Side) -> Result<PageContent, Vec<TemplateFault>> {
        let mut page = PageContent::default();
        let mut faults = Vec::new();
        for field in self.fields(side) {
            match self.fixed_shapes(field, kind) {
                Ok(shapes) => page.panel(field.panel).extend(shapes),
                Err(problem) => faults.push(TemplateFault { line: field.line, problem }),
            }
        }
        if faults.is_empty() { Ok(page) } else { Err(faults) }
    }

    fn fixed_shapes(&self, field: &TemplateField, kind: CardKind) -> Result<Vec<Shape>, TemplateProblem> {
        if !field.shows_on(kind) {
            return Ok(Vec::new());
        }
        match &field.content {
            Content::Frame(width) => Ok(frame(&field.area, *width)),
            Content::Rule(width) => Ok(vec![rule(&field.area, *width)]),
            Content::Shade(grey) => Ok(vec![Shape::Fill { area: field.area, grey: *grey }]),
            Content::Pattern => Ok(pattern::set(&field.area, &field.style, &self.fonts)),
            Content::PortalCode if self.sender.portal_url.is_empty() => Ok(Vec::new()),
            Content::PortalCode => code2d::set(&self.sender.portal_url, &field.area)
                .ok_or_else(|| TemplateProblem::CodeRoom(field.name.clone())),
            Content::Postage => {
                let mark = self.sender.postage.shapes(&field.area, &self.fonts);
                mark.ok_or_else(|| TemplateProblem::DoesNotFit(field.name.clone()))
            }
            Content::Password | Content::LoginId | Content::SerialCode | Content::Barcode(_) => Ok(Vec::new()),
            Content::Text { .. } => match field.content.wording(kind).filter(|wording| wording.is_fixed()) {
                None => Ok(Vec::new()),
                Some(wording) => {
                    let lines = wording.fill(|slot| slot.of_sender(&self.sender));
                    let resolve = |line: &String| self.fonts.resolve_in(line, field.style.weight);
                    let glyphs = lines.iter().map(resolve).collect::<Result<Vec<_>, _>>();
                    let glyphs = glyphs.map_err(|faults| TemplateProblem::Unprintable {
                        field: field.name.clone(),
                        character: faults.first().map(ToString::to_string).unwrap_or_default(),
                    })?;
                    let lines = fit(&glyphs, &field.area, &field.style);
                    let lines = lines.ok_or_else(|| TemplateProblem::DoesNotFit(field.name.clone()))?;
                    Ok(lines.into_iter().map(Shape::Text).collect())
                }
            },
        }
    }

    /// The content of one side that differs from card to card.
    pub(super) fn variable(
        &self,
        card: &CardContent,
        secret: &Secret,
        side: Side,
    ) -> Result<PageContent, Vec<PreflightFault>> {
        let mut page = PageContent::default();
        let mut faults = Vec::new();
        for field in self.fields(side) {
            match self.variable_shapes(field, card, secret) {
                Ok(shapes) if shapes.is_empty() => {}
                Ok(shapes) => page.panel(field.panel).extend(shapes),
                Err(found) => {
                    faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>())
                }
            }
        }
        if faults.is_empty() { Ok(page) } else { Err(faults) }
    }

    fn variable_shapes(
        &self,
        field: &TemplateField,
        card: &CardContent,
        secret: &Secret,
    ) -> Result<Vec<Shape>, Vec<PreflightFault>> {
        let too_long = || vec![PreflightFault::DoesNotFit { field: field.name.clone() }];
        if !field.shows_on(card.kind) {
            return Ok(Vec::new());
        }
        match &field.content {
            Content::Frame(_) | Content::Rule(_) | Content::Shade(_) => Ok(Vec::new()),
            Content::Pattern | Content::PortalCode | Content::Postage => Ok(Vec::new()),
            Content::Password => spelled::password(secret, &field.area, &field.style, &self.fonts).ok_or_else(too_long),
            Content::LoginId => self.login_id(field, card.login_id.as_deref().unwrap_or_default()),
            Content::SerialCode => code2d::set(&card.serial, &field.area).ok_or_else(too_long),
            Content::Barcode(size) => {
                Ok(barcode::shapes(&self.routes.of(&card.route), &field.area, *size, field.style.across))
            }
            Content::Text { .. } => match field.content.wording(card.kind).filter(|wording| !wording.is_fixed()) {
                None => Ok(Vec::new()),
                Some(wording) => {
                    let glyphs = self.glyphs(wording, card, field.style.weight)?;
                    let lines = fit(&glyphs, &field.area, &field.style).ok_or_else(too_long)?;
                    Ok(lines.into_iter().map(Shape::Text).collect())
                }
            },
        }
    }

    /// An ID that is missing is a fault of its own.
    fn login_id(&self, field: &TemplateField, id: &str) -> Result<Vec<Shape>, Vec<PreflightFault>> {
        if id.is_empty() {
            return Ok(Vec::new());
        }
        spelled::login_id(id, &field.area, &field.style, &self.fonts).ok_or_else(|| {
            let unprintable = self.fonts.unprintable(id).into_iter();
            let slot = TemplateSlot::LoginId;
            let faults: Vec<_> = unprintable.map(|character| PreflightFault::Unprintable { slot, character }).collect();
            if faults.is_empty() { vec![PreflightFault::DoesNotFit { field: field.name.clone() }] } else { faults }
        })
    }

    fn glyphs(
        &self,
        wording: &Wording,
        card: &CardContent,
        weight: Weight,
    ) -> Result<Vec<Vec<Glyph>>, Vec<PreflightFault>> {
        let lines = wording.fill(|slot| self.value(slot, card));
        let glyphs: Result<_, _> = lines.iter().map(|line| self.fonts.resolve_in(line, weight)).collect();
        glyphs.map_err(|_| self.unprintable(wording, card))
    }

    fn value(&self, slot: TemplateSlot, card: &CardContent) -> String {
        slot.value(card, &self.sender, self.dates)
    }

    /// Resolves slot by slot to find where the character occurs.
    fn unprintable(&self, wording: &Wording, card: &CardContent) -> Vec<PreflightFault> {
        let faults = |slot: TemplateSlot| {
            let found = self.fonts.resolve(&self.value(slot, card)).err().unwrap_or_default();
            found.into_iter().map(move |character| PreflightFault::Unprintable { slot, character })
        };
        wording.slots().flat_map(faults).collect()
    }

    fn fields(&self, side: Side) -> impl Iterator<Item = &TemplateField> {
        self.template.fields.iter().filter(move |field| self.template.panels[field.panel].side == side)
    }

    /// B4: every reason to hold this card, or else the notes on it.
    pub(super) fn preflight(
        &self,
        card: &CardContent,
        password_length: usize,
    ) -> Result<Vec<PreflightNote>, Vec<PreflightFault>> {
        let mut faults = missing(card);
        let masked = Secret::Masked { length: password_length };
        for side in Side::ALL {
            let found = self.variable(card, &masked, *side).err().unwrap_or_default();
            faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
        }
        let has_bars = self.template.fields.iter().any(|field| matches!(field.content, Content::Barcode(_)));
        if faults.is_empty() {
            let check = has_bars.then(|| self.routes.of(&card.route));
            let no_bars = check.as_ref().is_some_and(|check| check.barcode.is_none());
            let mismatch = check.is_some_and(|check| check.why.is_mismatch());
            let notes = [(no_bars, PreflightNote::NoBarcode), (mismatch, PreflightNote::PostcodeMismatch)];
            Ok(notes.into_iter().filter(|(found, _)| *found).map(|(_, note)| note).collect())
        } else {
            Err(faults)
        }
    }
}

/// R2: required values that are empty.
fn missing(card: &CardContent) -> Vec<PreflightFault> {
    let login_id = card.login_id.as_deref().unwrap_or_default();
    let needed = [
        (TemplateSlot::Address1, card.route.address1.as_str(), true),
        (TemplateSlot::Company, card.route.company.as_str(), true),
        (TemplateSlot::Name, card.name.as_str(), true),
        (TemplateSlot::LoginId, login_id, card.kind == CardKind::Login),
    ];
    let empty = |(slot, text, needed): (TemplateSlot, &str, bool)| (needed && text.trim().is_empty()).then_some(slot);
    needed.into_iter().filter_map(empty).map(PreflightFault::Missing).collect()
}

pub(super) fn rule(area: &Area, width: f32) -> Shape {
    Shape::Stroke { from: (area.x, area.y), to: (area.right(), area.y), width, dashed: false }
}

#[cfg(test)]
mod tests;

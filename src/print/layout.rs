//! Cards to pages: pure. What is the same on every card is set once, the rest card by card.

use super::barcode;
use super::card::{Card, Secret, Sender};
use super::date::DateStyle;
use super::fault::{Fault, Note};
use super::fit::fit;
use super::font::{Fonts, Glyph};
use super::geometry::Area;
use super::page::{Mark, Page};
use super::password;
use super::slot::{self, Slot};
use super::template::{Content, Field, Side, Template, TemplateFault, TemplateProblem, Wording};
use crate::domain::CardKind;

/// A template, fonts and a sender, from which every card is set.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) template: Template,
    pub(super) fonts: Fonts,
    pub(super) sender: Sender,
    pub(super) dates: DateStyle,
}

impl Layout {
    /// What every card of a kind has in common on one side, with the faults of the template that only setting shows.
    pub(super) fn fixed(&self, kind: CardKind, side: Side) -> Result<Page, Vec<TemplateFault>> {
        let mut page = Page::default();
        let mut faults = Vec::new();
        for field in self.fields(side) {
            match self.fixed_marks(field, kind) {
                Ok(marks) => page.panel(field.panel).extend(marks),
                Err(problem) => faults.push(TemplateFault { line: field.line, problem }),
            }
        }
        if faults.is_empty() { Ok(page) } else { Err(faults) }
    }

    fn fixed_marks(&self, field: &Field, kind: CardKind) -> Result<Vec<Mark>, TemplateProblem> {
        match &field.content {
            Content::Frame(width) => Ok(frame(&field.area, *width)),
            Content::Rule(width) => Ok(vec![rule(&field.area, *width)]),
            Content::Shade(grey) => Ok(vec![Mark::Fill { area: field.area, grey: *grey }]),
            Content::Password | Content::Barcode(_) => Ok(Vec::new()),
            Content::Text { .. } => match field.content.wording(kind).filter(|wording| wording.is_fixed()) {
                None => Ok(Vec::new()),
                Some(wording) => {
                    let lines = wording.fill(|slot| slot.of_sender(&self.sender));
                    let glyphs = lines.iter().map(|line| self.fonts.resolve(line)).collect::<Result<Vec<_>, _>>();
                    let glyphs = glyphs.map_err(|faults| TemplateProblem::Unprintable {
                        field: field.name.clone(),
                        character: faults.first().map(ToString::to_string).unwrap_or_default(),
                    })?;
                    let lines = fit(&glyphs, &field.area, &field.style);
                    let lines = lines.ok_or_else(|| TemplateProblem::DoesNotFit(field.name.clone()))?;
                    Ok(lines.into_iter().map(Mark::Type).collect())
                }
            },
        }
    }

    /// What is this card's own on one side.
    pub(super) fn own(&self, card: &Card, secret: &Secret, side: Side) -> Result<Page, Vec<Fault>> {
        let mut page = Page::default();
        let mut faults = Vec::new();
        for field in self.fields(side) {
            match self.own_marks(field, card, secret) {
                Ok(marks) if marks.is_empty() => {}
                Ok(marks) => page.panel(field.panel).extend(marks),
                Err(found) => {
                    faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>())
                }
            }
        }
        if faults.is_empty() { Ok(page) } else { Err(faults) }
    }

    fn own_marks(&self, field: &Field, card: &Card, secret: &Secret) -> Result<Vec<Mark>, Vec<Fault>> {
        let too_long = || vec![Fault::DoesNotFit { field: field.name.clone() }];
        match &field.content {
            Content::Frame(_) | Content::Rule(_) | Content::Shade(_) => Ok(Vec::new()),
            Content::Password => password::set(secret, &field.area, &field.style, &self.fonts).ok_or_else(too_long),
            Content::Barcode(size) => Ok(barcode::marks(&card.route, &field.area, *size, field.style.across)),
            Content::Text { .. } => match field.content.wording(card.kind).filter(|wording| !wording.is_fixed()) {
                None => Ok(Vec::new()),
                Some(wording) => {
                    let lines = fit(&self.glyphs(wording, card)?, &field.area, &field.style).ok_or_else(too_long)?;
                    Ok(lines.into_iter().map(Mark::Type).collect())
                }
            },
        }
    }

    fn glyphs(&self, wording: &Wording, card: &Card) -> Result<Vec<Vec<Glyph>>, Vec<Fault>> {
        let lines = wording.fill(|slot| self.value(slot, card));
        let glyphs: Result<_, _> = lines.iter().map(|line| self.fonts.resolve(line)).collect();
        glyphs.map_err(|_| self.unprintable(wording, card))
    }

    fn value(&self, slot: Slot, card: &Card) -> String {
        slot.value(card, &self.sender, self.dates)
    }

    /// Looks again, slot by slot, to say where the character stands.
    fn unprintable(&self, wording: &Wording, card: &Card) -> Vec<Fault> {
        let faults = |slot: Slot| {
            let found = self.fonts.resolve(&self.value(slot, card)).err().unwrap_or_default();
            found.into_iter().map(move |character| Fault::Unprintable { slot, character })
        };
        wording.slots().flat_map(faults).collect()
    }

    fn fields(&self, side: Side) -> impl Iterator<Item = &Field> {
        self.template.fields.iter().filter(move |field| self.template.panels[field.panel].side == side)
    }

    /// B4: everything that would hold this card, or else what is worth knowing about it.
    pub(super) fn preflight(&self, card: &Card, password_length: usize) -> Result<Vec<Note>, Vec<Fault>> {
        let mut faults = missing(card);
        let masked = Secret::Masked { length: password_length };
        for side in Side::ALL {
            let found = self.own(card, &masked, *side).err().unwrap_or_default();
            faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
        }
        let has_bars = self.template.fields.iter().any(|field| matches!(field.content, Content::Barcode(_)));
        let no_bars = has_bars && slot::postcode(&card.route).is_none();
        if faults.is_empty() { Ok(no_bars.then_some(Note::NoBarcode).into_iter().collect()) } else { Err(faults) }
    }
}

/// R2 and what the kind of card cannot do without.
fn missing(card: &Card) -> Vec<Fault> {
    let login_id = card.login_id.as_deref().unwrap_or_default();
    let needed = [
        (Slot::Address1, card.route.address1.as_str(), true),
        (Slot::Company, card.route.company.as_str(), true),
        (Slot::Name, card.name.as_str(), true),
        (Slot::LoginId, login_id, card.kind == CardKind::Login),
    ];
    let empty = |(slot, text, needed): (Slot, &str, bool)| (needed && text.trim().is_empty()).then_some(slot);
    needed.into_iter().filter_map(empty).map(Fault::Missing).collect()
}

pub(super) fn rule(area: &Area, width: f32) -> Mark {
    Mark::Stroke { from: (area.x, area.y), to: (area.right(), area.y), width, dashed: false }
}

pub(super) fn frame(area: &Area, width: f32) -> Vec<Mark> {
    let corners = [
        (area.x, area.y),
        (area.right(), area.y),
        (area.right(), area.bottom()),
        (area.x, area.bottom()),
        (area.x, area.y),
    ];
    corners.windows(2).map(|ends| Mark::Stroke { from: ends[0], to: ends[1], width, dashed: false }).collect()
}

#[cfg(test)]
mod tests;

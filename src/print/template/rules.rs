//! Consistency rules between the parts of a template.

use super::fault::{TemplateFault, TemplateProblem};
use super::{Content, Fold, Template, TemplateField, Visibility, Wording};
use crate::domain::CardKind;
use crate::print::barcode;
use crate::print::geometry::{Area, Size};
use crate::print::slot::TemplateSlot;

pub(super) fn check(template: &Template, faults: &mut Vec<TemplateFault>) {
    panels(template, faults);
    folds(template, faults);
    fields(template, faults);
    overlaps(template, faults);
    password(template, faults);
    outside(template, faults);
}

fn panels(template: &Template, faults: &mut Vec<TemplateFault>) {
    let Size { width, height } = template.sheet;
    let sheet = Area { x: 0.0, y: 0.0, width, height };
    for (at, panel) in template.panels.iter().enumerate() {
        if !sheet.holds(&panel.area) {
            add(faults, panel.line, TemplateProblem::OffSheet(panel.name.clone()));
        }
        if template.panels[..at].iter().any(|earlier| earlier.name == panel.name) {
            add(faults, panel.line, TemplateProblem::Duplicate(panel.name.clone()));
        }
    }
}

fn folds(template: &Template, faults: &mut Vec<TemplateFault>) {
    let off = |fold: &Fold| match *fold {
        Fold::Across(y) => y >= template.sheet.height,
        Fold::Down(x) => x >= template.sheet.width,
    };
    if template.folds.iter().any(off) {
        add(faults, 1, TemplateProblem::FoldOffSheet);
    }
}

fn fields(template: &Template, faults: &mut Vec<TemplateFault>) {
    for (at, field) in template.fields.iter().enumerate() {
        let Size { width, height } = template.panel_size(field);
        if !(Area { x: 0.0, y: 0.0, width, height }).holds(&field.area) {
            add(faults, field.line, TemplateProblem::OffPanel(field.name.clone()));
        }
        if let Content::Barcode(size) = field.content {
            barcode_space(template, field, size, faults);
        }
        if template.fields[..at].iter().any(|earlier| earlier.name == field.name) {
            add(faults, field.line, TemplateProblem::Duplicate(field.name.clone()));
        }
    }
}

/// Quiet zones inside the field, and far enough from the edges of the card.
fn barcode_space(template: &Template, field: &TemplateField, size: f32, faults: &mut Vec<TemplateFault>) {
    let bars = barcode::place(&field.area, size, field.style.across);
    let quiet = bars.grown(barcode::QUIET);
    let Size { width, height } = template.panel_size(field);
    let card = Area { x: 0.0, y: 0.0, width, height };
    if !field.area.holds(&quiet) || !card.holds(&bars.grown(barcode::EDGE)) {
        let (width, height) = (quiet.width, quiet.height);
        add(faults, field.line, TemplateProblem::BarcodeRoom { field: field.name.clone(), width, height });
    }
}

/// Backgrounds, frames and rules may lie under text; text must not overlap text, and nothing may overlap bars.
fn overlaps(template: &Template, faults: &mut Vec<TemplateFault>) {
    let typed: Vec<&TemplateField> = template.fields.iter().filter(|field| field.content.is_ink()).collect();
    for (at, field) in typed.iter().enumerate() {
        let under = typed[..at].iter().find(|earlier| {
            let together =
                CardKind::ALL.iter().any(|kind| field.content.shows_on(*kind) && earlier.content.shows_on(*kind));
            together && earlier.panel == field.panel && earlier.area.meets(&field.area)
        });
        if let Some(under) = under {
            add(faults, field.line, TemplateProblem::Overlap(under.name.clone(), field.name.clone()));
        }
    }
}

/// S2: the password is on the inside, invisible on the sealed card.
fn password(template: &Template, faults: &mut Vec<TemplateFault>) {
    let mut passwords = template.fields.iter().filter(|field| matches!(field.content, Content::Password));
    match (passwords.next(), passwords.next()) {
        (Some(field), None) if template.panels[field.panel].visibility == Visibility::Inside => {}
        (Some(field), _) => add(faults, field.line, TemplateProblem::NoPassword),
        (None, _) => add(faults, 1, TemplateProblem::NoPassword),
    }
}

/// The outside reveals neither the kind of card nor the member's key or login ID.
fn outside(template: &Template, faults: &mut Vec<TemplateFault>) {
    for field in template.fields.iter().filter(|field| template.panels[field.panel].visibility == Visibility::Outside) {
        let wordings = CardKind::ALL.iter().map(|kind| field.content.wording(*kind)).collect::<Vec<_>>();
        let differs = wordings.windows(2).any(|pair| pair[0] != pair[1]);
        let tells = |slot: TemplateSlot| matches!(slot, TemplateSlot::Key | TemplateSlot::LoginId);
        if differs || wordings.into_iter().flatten().flat_map(Wording::slots).any(tells) {
            add(faults, field.line, TemplateProblem::TellsTooMuch(field.name.clone()));
        }
    }
}

fn add(faults: &mut Vec<TemplateFault>, line: usize, problem: TemplateProblem) {
    faults.push(TemplateFault { line, problem });
}

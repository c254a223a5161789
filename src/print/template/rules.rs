//! Consistency rules between the parts of a template.

use super::fault::{TemplateFault, TemplateProblem};
use super::{Content, Fold, Panel, Side, Template, TemplateField, Visibility, Wording, concealment};
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
    weight(template, faults);
    calibrations(template, faults);
    // What is missing is told when all that is there was understood.
    if faults.is_empty() {
        addressee(template, faults);
        concealment::check(template, faults);
    }
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
    let through = |panel: &&Panel| template.folds.iter().any(|fold| crosses(*fold, &panel.area));
    for panel in template.panels.iter().filter(through) {
        add(faults, panel.line, TemplateProblem::FoldThrough(panel.name.clone()));
    }
}

/// Whether a fold runs through an area, not along its edge.
fn crosses(fold: Fold, area: &Area) -> bool {
    const SLACK: f32 = 0.5;
    match fold {
        Fold::Across(y) => y > area.y + SLACK && y < area.bottom() - SLACK,
        Fold::Down(x) => x > area.x + SLACK && x < area.right() - SLACK,
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
        if let Content::Postage = field.content {
            postage_place(template, field, faults);
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
            let together = CardKind::ALL.iter().any(|kind| field.shows_on(*kind) && earlier.shows_on(*kind));
            together && earlier.panel == field.panel && earlier.area.meets(&field.area)
        });
        if let Some(under) = under {
            add(faults, field.line, TemplateProblem::Overlap(under.name.clone(), field.name.clone()));
        }
    }
}

/// S2: the password is on the inside, invisible on the sealed card, once on each kind of card.
fn password(template: &Template, faults: &mut Vec<TemplateFault>) {
    let wrong = CardKind::ALL.iter().find_map(|kind| {
        let is_password = |field: &&TemplateField| matches!(field.content, Content::Password) && field.shows_on(*kind);
        let mut passwords = template.fields.iter().filter(is_password);
        match (passwords.next(), passwords.next()) {
            (Some(field), None) if template.panels[field.panel].visibility == Visibility::Inside => None,
            (Some(field), _) => Some(field.line),
            (None, _) => Some(1),
        }
    });
    if let Some(line) = wrong {
        add(faults, line, TemplateProblem::NoPassword);
    }
}

/// A card without an address or without an addressee cannot be delivered.
fn addressee(template: &Template, faults: &mut Vec<TemplateFault>) {
    let outside = |field: &&TemplateField| template.panels[field.panel].visibility == Visibility::Outside;
    let shown: Vec<TemplateSlot> = template
        .fields
        .iter()
        .filter(outside)
        .filter_map(|field| field.content.wording(CardKind::Viewing))
        .flat_map(Wording::slots)
        .collect();
    for needed in [TemplateSlot::Address1, TemplateSlot::Name] {
        if !shown.contains(&needed) {
            add(faults, 1, TemplateProblem::NoAddressee(needed));
        }
    }
}

/// What the post office wants of a folded card: 2 g at least of the leaf with the address, 6 g at most of the whole.
fn weight(template: &Template, faults: &mut Vec<TemplateFault>) {
    const LEAF: f32 = 2.0;
    const WHOLE: f32 = 6.0;
    let Some(weight) = template.paper.weight else { return };
    // Square metres of one side of the card, cut from the sheet.
    let square = |panel: &Panel| panel.area.width * panel.area.height / 1e6;
    let front = template.panels.iter().filter(|panel| panel.side == Side::Front);
    let (all, leaf) =
        front.fold((0.0, f32::MAX), |(all, least), panel| (all + square(panel), least.min(square(panel))));
    const SLACK: f32 = 1.0;
    let (least, most) = (LEAF / leaf, WHOLE / all);
    if !(least - SLACK..=most + SLACK).contains(&weight) {
        add(faults, 1, TemplateProblem::PaperWeight { least, most });
    }
}

/// Corrections that push what must be read off the sheet: the printer cuts it off.
fn calibrations(template: &Template, faults: &mut Vec<TemplateFault>) {
    let Size { width, height } = template.sheet;
    let sheet = Area { x: 0.0, y: 0.0, width, height };
    for printer in &template.printers {
        let off = template.fields.iter().filter(|field| field.content.is_ink()).find(|field| {
            let shift = printer.calibration.of(template.panels[field.panel].side);
            let area = template.on_sheet(field.panel, &field.area);
            let moved = Area {
                x: area.x * shift.scale + shift.x,
                y: area.y * shift.scale + shift.y,
                width: area.width * shift.scale,
                height: area.height * shift.scale,
            };
            !sheet.holds(&moved)
        });
        if let Some(field) = off {
            let (printer_name, field) = (printer.name.clone(), field.name.clone());
            add(faults, printer.line, TemplateProblem::CutOff { printer: printer_name, field });
        }
    }
}

/// 20 to 30 mm wide and high, within 70×35 mm of the upper right corner of an outer panel.
fn postage_place(template: &Template, field: &TemplateField, faults: &mut Vec<TemplateFault>) {
    let Size { width, .. } = template.panel_size(field);
    let corner = Area { x: width - 70.0, y: 0.0, width: 70.0, height: 35.0 };
    let sized = [field.area.width, field.area.height].iter().all(|side| (20.0..=30.0).contains(side));
    let outside = template.panels[field.panel].visibility == Visibility::Outside;
    if !sized || !outside || !corner.holds(&field.area) {
        add(faults, field.line, TemplateProblem::PostagePlace(field.name.clone()));
    }
}

/// The outside reveals neither the kind of card nor the member's key or login ID.
fn outside(template: &Template, faults: &mut Vec<TemplateFault>) {
    for field in template.fields.iter().filter(|field| template.panels[field.panel].visibility == Visibility::Outside) {
        let wordings = CardKind::ALL.iter().map(|kind| field.content.wording(*kind)).collect::<Vec<_>>();
        let differs = field.only.is_some()
            || matches!(field.content, Content::LoginId)
            || wordings.windows(2).any(|pair| pair[0] != pair[1]);
        let tells = |slot: TemplateSlot| matches!(slot, TemplateSlot::Key | TemplateSlot::LoginId);
        if differs || wordings.into_iter().flatten().flat_map(Wording::slots).any(tells) {
            add(faults, field.line, TemplateProblem::TellsTooMuch(field.name.clone()));
        }
    }
}

fn add(faults: &mut Vec<TemplateFault>, line: usize, problem: TemplateProblem) {
    faults.push(TemplateFault { line, problem });
}

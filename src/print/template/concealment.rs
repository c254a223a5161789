//! 隠蔽地紋: whether something hides the password of a sealed card from who holds it against the light.

use super::fault::{TemplateFault, TemplateProblem};
use super::{Content, Fold, Side, Stock, Template, TemplateField};
use crate::print::geometry::Area;

/// On plain paper a pattern lies over the whole password, on another face of the folded card.
pub(super) fn check(template: &Template, faults: &mut Vec<TemplateFault>) {
    if template.paper.stock == Stock::Patterned {
        return;
    }
    for password in of_kind(template, &Content::Password) {
        let place = through(template, password);
        let covers = |pattern: &&TemplateField| {
            let over = folded(template, through(template, pattern), &place);
            pattern.panel != password.panel && over.holds(&place)
        };
        if !of_kind(template, &Content::Pattern).any(|pattern| covers(&pattern)) {
            faults.push(TemplateFault {
                line: password.line,
                problem: TemplateProblem::Unconcealed(password.name.clone()),
            });
        }
    }
}

fn of_kind<'t>(template: &'t Template, content: &Content) -> impl Iterator<Item = &'t TemplateField> {
    let kind = std::mem::discriminant(content);
    template.fields.iter().filter(move |field| std::mem::discriminant(&field.content) == kind)
}

/// Where a field is on the flat sheet, seen from the first page.
fn through(template: &Template, field: &TemplateField) -> Area {
    let area = template.on_sheet(field.panel, &field.area);
    match template.panels[field.panel].side {
        Side::Front => area,
        Side::Back => Area { x: template.sheet.width - area.right(), ..area },
    }
}

/// Where an area comes to lie when every fold between it and `base` is made.
fn folded(template: &Template, area: Area, base: &Area) -> Area {
    let between = |fold: &&Fold| match **fold {
        Fold::Across(y) => (area.y < y) != (base.y < y),
        Fold::Down(x) => (area.x < x) != (base.x < x),
    };
    let distance = |fold: &Fold| match *fold {
        Fold::Across(y) => (y - area.y).abs(),
        Fold::Down(x) => (x - area.x).abs(),
    };
    let mut folds: Vec<Fold> = template.folds.iter().filter(between).copied().collect();
    folds.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    folds.into_iter().fold(area, |area, fold| match fold {
        Fold::Across(y) => Area { y: 2.0 * y - area.bottom(), ..area },
        Fold::Down(x) => Area { x: 2.0 * x - area.right(), ..area },
    })
}

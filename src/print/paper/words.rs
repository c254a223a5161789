//! Where the words of a template stand on the papers, and whether they fit there.

use super::page_builder::{MEASURE, PageBuilder, area};
use crate::print::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign, fit};
use crate::print::font::{Glyph, Weight};
use crate::print::geometry::Area;
use crate::print::layout::Layout;
use crate::print::template::{PaperPart, PaperText, TemplateFault, TemplateProblem};

/// Where the list of a receipt begins on the receipt itself, mm.
pub(super) const LIST: f32 = 168.0;

/// Its box on the page, and how it is set.
fn place(part: PaperPart) -> (Area, TextStyle) {
    let prose = |largest, leading| TextStyle {
        largest,
        smallest: 7.0,
        flow: Flow::Prose,
        leading,
        across: HorizontalAlign::Left,
        down: VerticalAlign::Top,
        weight: Weight::Regular,
    };
    let line = |largest, across| TextStyle {
        flow: Flow::Lines(1),
        across,
        down: VerticalAlign::Middle,
        ..prose(largest, 1.0)
    };
    match part {
        PaperPart::LetterTitle => (area(0.0, 92.0, MEASURE, 8.0), line(15.0, HorizontalAlign::Centre)),
        PaperPart::LetterGreeting => (area(0.0, 105.0, MEASURE, 18.0), prose(10.0, 1.6)),
        PaperPart::LetterRequests => (area(0.0, 125.0, MEASURE, 34.0), prose(9.5, 1.45)),
        PaperPart::ReceiptStatement => (area(0.0, 50.0, MEASURE, 6.0), line(10.5, HorizontalAlign::Left)),
        PaperPart::ReceiptNote => (area(0.0, LIST - 7.0, MEASURE, 5.0), line(9.0, HorizontalAlign::Left)),
        PaperPart::ReceiptFurther => (area(0.0, LIST, MEASURE, 12.0), prose(9.5, 1.5)),
    }
}

/// The words of the template in a layout that cannot be printed or do not fit.
pub(in crate::print) fn faults(layout: &Layout) -> Vec<TemplateFault> {
    let of = |text: &PaperText| {
        let (area, style) = place(text.part);
        let field = text.part.name();
        let glyphs = text.wording.fill(|slot| slot.of_sender(&layout.sender));
        let glyphs: Result<Vec<Vec<Glyph>>, _> = glyphs.iter().map(|line| layout.fonts.resolve(line)).collect();
        let problem = match glyphs {
            Ok(glyphs) if fit(&glyphs, &area, &style).is_some() => return None,
            Ok(_) => TemplateProblem::DoesNotFit(field),
            Err(faults) => {
                let character = faults.first().map(ToString::to_string).unwrap_or_default();
                TemplateProblem::Unprintable { field, character }
            }
        };
        Some(TemplateFault { line: text.line, problem })
    };
    layout.template.papers.iter().filter_map(of).collect()
}

/// Puts a text in its place, with the sender filled in.
pub(super) fn put(builder: &mut PageBuilder<'_>, layout: &Layout, part: PaperPart) {
    let Some(text) = layout.template.papers.iter().find(|text| text.part == part) else { return };
    let (area, style) = place(part);
    builder.put(area, &style, &text.wording.fill(|slot| slot.of_sender(&layout.sender)).join("\n"));
}

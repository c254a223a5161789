//! Parses a template from TOML.

use super::fault::{TemplateFault, TemplateProblem};
use super::toml_table::{FaultCollector, TomlTable};
use super::{
    Calibration, Content, Fold, Panel, Paper, PrinterCalibration, Shift, Side, Stock, Template, TemplateField,
    Visibility, paper_words, rules,
};
use crate::domain::CardKind;
use crate::print::fit::{Flow, HorizontalAlign, TextStyle, VerticalAlign};
use crate::print::font::Weight;
use crate::print::geometry::{Area, Rotation, Size};
use toml::de::DeTable;

/// The largest length in a template, mm.
const LARGEST: f32 = 1000.0;

const AREA: &str = "list of 4 numbers: x, y, width, height in mm";

impl Template {
    /// V-fold: A5 148×210 mm, duplex, folds to 148×105.
    pub fn v_fold() -> Result<Self, Vec<TemplateFault>> {
        Self::parse(Self::V_FOLD)
    }

    /// Z-fold: A4 210×297 mm, duplex, three panels of 148×99; the centre panel is the card itself.
    pub fn z_fold() -> Result<Self, Vec<TemplateFault>> {
        Self::parse(Self::Z_FOLD)
    }

    /// The text of the embedded Z-fold template.
    pub const Z_FOLD: &str = include_str!("../../../assets/templates/z-fold.toml");

    /// The text of the embedded V-fold template, a starting point for a society's own.
    pub const V_FOLD: &str = include_str!("../../../assets/templates/v-fold.toml");

    /// Reads a template. Every fault is found, not only the first.
    pub fn parse(source: &str) -> Result<Self, Vec<TemplateFault>> {
        template(source)
    }
}

fn template(source: &str) -> Result<Template, Vec<TemplateFault>> {
    let mut collector = FaultCollector::new(source);
    let (parsed, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        collector.add(&error.span().unwrap_or(0..0), TemplateProblem::Syntax(error.message().to_owned()));
    }
    if !errors.is_empty() {
        return Err(collector.faults);
    }
    let mut root = TomlTable::new(parsed.get_ref(), 0..0);
    let template = read(&mut root, &mut collector);
    root.close(&mut collector);
    if let Some(template) = &template {
        rules::check(template, &mut collector.faults);
    }
    collector.faults.sort_by_key(|fault| fault.line);
    template.filter(|_| collector.faults.is_empty()).ok_or(collector.faults)
}

fn read(root: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<Template> {
    let name = root.text(collector, "name");
    let name = root.need(collector, "name", name);
    let sheet = root.table(collector, "sheet");
    let sheet = root.need(collector, "sheet", sheet).and_then(|table| size(table, collector));
    let panels: Vec<Panel> =
        root.tables(collector, "panel").into_iter().filter_map(|table| panel(table, collector)).collect();
    let paper = root.table(collector, "paper").map(|table| paper(table, collector));
    let folds = root.tables(collector, "fold").into_iter().filter_map(|table| fold(table, collector)).collect();
    let printers = root.named_tables(collector, "printer");
    let printers = printers.into_iter().map(|(name, table)| {
        let line = collector.line(&table.span);
        PrinterCalibration { name, line, calibration: calibration(table, collector) }
    });
    let printers = printers.collect();
    let fields = root.tables(collector, "field");
    let fields = fields.into_iter().filter_map(|table| field(table, &panels, collector)).collect();
    let paper = paper.unwrap_or(Paper { weight: None, stock: Stock::Plain });
    let papers = paper_words::read(root, collector);
    Some(Template { name: name?, sheet: sheet?, panels, folds, paper, fields, printers, papers })
}

fn paper(mut table: TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Paper {
    let weight = table.number(collector, "weight", 50.0..=400.0);
    let stock = table.choice(collector, "stock", &[("plain", Stock::Plain), ("patterned", Stock::Patterned)]);
    table.close(collector);
    Paper { weight, stock: stock.unwrap_or(Stock::Plain) }
}

fn size(mut table: TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<Size> {
    let width = table.number(collector, "width", 50.0..=LARGEST);
    let height = table.number(collector, "height", 50.0..=LARGEST);
    let (width, height) = (table.need(collector, "width", width), table.need(collector, "height", height));
    table.close(collector);
    Some(Size { width: width?, height: height? })
}

fn panel(mut table: TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<Panel> {
    let name = table.text(collector, "name");
    let name = table.need(collector, "name", name);
    let side = table.choice(collector, "side", &[("front", Side::Front), ("back", Side::Back)]);
    let side = table.need(collector, "side", side);
    let visibility =
        table.choice(collector, "seen", &[("outside", Visibility::Outside), ("inside", Visibility::Inside)]);
    let visibility = table.need(collector, "seen", visibility);
    let area = area(&mut table, collector);
    let turn = table.choice(collector, "turn", &[("upright", Rotation::Upright), ("half", Rotation::HalfTurn)]);
    let line = collector.line(&table.span);
    table.close(collector);
    Some(Panel {
        name: name?,
        line,
        side: side?,
        visibility: visibility?,
        area: area?,
        turn: turn.unwrap_or(Rotation::Upright),
    })
}

fn fold(mut table: TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<Fold> {
    let across = table.number(collector, "across", 0.0..=LARGEST).map(Fold::Across);
    let down = table.number(collector, "down", 0.0..=LARGEST).map(Fold::Down);
    let fold = table.need(collector, "across", across.or(down));
    table.close(collector);
    fold
}

/// `x`, `y` and `scale` of both sides, or of the first where the second has its own.
fn calibration(mut table: TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Calibration {
    let back = table.table(collector, "back").map(|mut back| {
        let shift = shift(&mut back, collector);
        back.close(collector);
        shift
    });
    let front = shift(&mut table, collector);
    table.close(collector);
    Calibration { front, back: back.unwrap_or(front) }
}

fn shift(table: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Shift {
    let x = table.number(collector, "x", -20.0..=20.0).unwrap_or(0.0);
    let y = table.number(collector, "y", -20.0..=20.0).unwrap_or(0.0);
    let scale = table.number(collector, "scale", 0.9..=1.1).unwrap_or(1.0);
    Shift { x, y, scale }
}

fn field(mut table: TomlTable<'_, '_>, panels: &[Panel], collector: &mut FaultCollector<'_>) -> Option<TemplateField> {
    let line = collector.line(&table.span);
    let name = table.text(collector, "name");
    let name = table.need(collector, "name", name);
    let panel = table.text(collector, "panel");
    let panel = table.need(collector, "panel", panel);
    let panel = panel.and_then(|wanted| {
        let found = panels.iter().position(|panel| panel.name == wanted);
        if found.is_none() {
            collector.add(&table.span_of("panel"), TemplateProblem::UnknownPanel(wanted));
        }
        found
    });
    let area = area(&mut table, collector);
    let only = table.choice(collector, "only", &[("viewing", CardKind::Viewing), ("login", CardKind::Login)]);
    let content = content(&mut table, name.as_deref().unwrap_or(""), collector);
    let spelled = matches!(content, Some(Content::Password | Content::LoginId | Content::Pattern));
    let has_type = !table.has("show") || spelled;
    let style = style(&mut table, has_type, collector);
    table.close(collector);
    Some(TemplateField { name: name?, line, panel: panel?, area: area?, only, content: content?, style: style? })
}

fn area(table: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> Option<Area> {
    let numbers = table.numbers(collector, "area", 0.0..=LARGEST, AREA);
    let [x, y, width, height] = table.need(collector, "area", numbers)?;
    Some(Area { x, y, width, height })
}

#[derive(Clone, Copy)]
enum Show {
    Password,
    LoginId,
    SerialCode,
    PortalCode,
    Pattern,
    Postage,
    Barcode,
    Frame,
    Rule,
    Shade,
}

fn content(table: &mut TomlTable<'_, '_>, field: &str, collector: &mut FaultCollector<'_>) -> Option<Content> {
    let both = table.wording(collector, "text");
    let viewing = table.wording(collector, "viewing");
    let login = table.wording(collector, "login");
    let words = [
        ("password", Show::Password),
        ("login_id", Show::LoginId),
        ("serial_code", Show::SerialCode),
        ("portal_code", Show::PortalCode),
        ("pattern", Show::Pattern),
        ("postage", Show::Postage),
        ("barcode", Show::Barcode),
        ("frame", Show::Frame),
        ("rule", Show::Rule),
        ("shade", Show::Shade),
    ];
    let show = table.choice(collector, "show", &words);
    let ways = [table.has("text"), table.has("viewing") || table.has("login"), table.has("show")];
    if ways.into_iter().filter(|way| *way).count() != 1 {
        collector.add(&table.span, TemplateProblem::NoContent(field.to_owned()));
        return None;
    }
    match show {
        None if table.has("show") => None,
        None if table.has("text") => both.map(|both| Content::Text { viewing: Some(both.clone()), login: Some(both) }),
        None => Some(Content::Text { viewing, login }),
        Some(Show::Password) => Some(Content::Password),
        Some(Show::LoginId) => Some(Content::LoginId),
        Some(Show::SerialCode) => Some(Content::SerialCode),
        Some(Show::PortalCode) => Some(Content::PortalCode),
        Some(Show::Pattern) => Some(Content::Pattern),
        Some(Show::Postage) => Some(Content::Postage),
        Some(Show::Barcode) => {
            let size = table.number(collector, "bar_size", 8.0..=11.5);
            table.need(collector, "bar_size", size).map(Content::Barcode)
        }
        Some(Show::Frame) => Some(Content::Frame(stroke(table, collector))),
        Some(Show::Rule) => Some(Content::Rule(stroke(table, collector))),
        Some(Show::Shade) => {
            let grey = table.number(collector, "grey", 0.0..=1.0);
            table.need(collector, "grey", grey).map(Content::Shade)
        }
    }
}

fn stroke(table: &mut TomlTable<'_, '_>, collector: &mut FaultCollector<'_>) -> f32 {
    table.number(collector, "stroke", 0.05..=3.0).unwrap_or(0.2)
}

fn style(table: &mut TomlTable<'_, '_>, has_type: bool, collector: &mut FaultCollector<'_>) -> Option<TextStyle> {
    let sizes = table.numbers(collector, "size", 4.0..=72.0, "list of 2 numbers: smallest, largest in pt");
    let lines = table.number(collector, "lines", 1.0..=9.0).unwrap_or(1.0);
    let prose = table.choice(collector, "flow", &[("prose", Flow::Prose), ("lines", Flow::Lines(lines as usize))]);
    let leading = table.number(collector, "leading", 1.0..=3.0).unwrap_or(1.4);
    let across =
        [("left", HorizontalAlign::Left), ("centre", HorizontalAlign::Centre), ("right", HorizontalAlign::Right)];
    let across = table.choice(collector, "across", &across).unwrap_or(HorizontalAlign::Left);
    let down = [("top", VerticalAlign::Top), ("middle", VerticalAlign::Middle), ("bottom", VerticalAlign::Bottom)];
    let down = table.choice(collector, "down", &down).unwrap_or(VerticalAlign::Top);
    let weight = table.choice(collector, "weight", &[("regular", Weight::Regular), ("bold", Weight::Bold)]);
    let weight = weight.unwrap_or(Weight::Regular);
    let [smallest, largest] = match has_type {
        true => table.need(collector, "size", sizes)?,
        false => [9.0, 9.0],
    };
    if smallest > largest {
        collector.add(&table.span_of("size"), TemplateProblem::Sizes);
    }
    let flow = prose.unwrap_or(Flow::Lines(lines as usize));
    Some(TextStyle { largest, smallest, flow, leading, across, down, weight })
}

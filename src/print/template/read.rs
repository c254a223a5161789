//! From TOML to a template.

use super::fault::{TemplateFault, TemplateProblem};
use super::table::{Notes, Table};
use super::wording::Wording;
use super::{Calibration, Content, Field, Fold, Panel, Seen, Side, Template, rules};
use crate::print::fit::{Across, Down, Flow, Style};
use crate::print::geometry::{Area, Size, Turn};
use toml::de::DeTable;

/// No sheet is larger, mm.
const LARGEST: f32 = 1000.0;

const AREA: &str = "list of 4 numbers: x, y, width, height in mm";

pub(super) fn template(source: &str) -> Result<Template, Vec<TemplateFault>> {
    let mut notes = Notes::new(source);
    let (parsed, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        notes.add(&error.span().unwrap_or(0..0), TemplateProblem::Syntax(error.message().to_owned()));
    }
    if !errors.is_empty() {
        return Err(notes.faults);
    }
    let mut root = Table::new(parsed.get_ref(), 0..0);
    let template = read(&mut root, &mut notes);
    root.close(&mut notes);
    if let Some(template) = &template {
        rules::check(template, &mut notes.faults);
    }
    notes.faults.sort_by_key(|fault| fault.line);
    template.filter(|_| notes.faults.is_empty()).ok_or(notes.faults)
}

fn read(root: &mut Table<'_, '_>, notes: &mut Notes<'_>) -> Option<Template> {
    let name = root.text(notes, "name");
    let name = root.need(notes, "name", name);
    let sheet = root.table(notes, "sheet");
    let sheet = root.need(notes, "sheet", sheet).and_then(|table| size(table, notes));
    let panels: Vec<Panel> = root.tables(notes, "panel").into_iter().filter_map(|table| panel(table, notes)).collect();
    let folds = root.tables(notes, "fold").into_iter().filter_map(|table| fold(table, notes)).collect();
    let printers = root.named_tables(notes, "printer");
    let printers = printers.into_iter().map(|(name, table)| (name, calibration(table, notes))).collect();
    let fields = root.tables(notes, "field");
    let fields = fields.into_iter().filter_map(|table| field(table, &panels, notes)).collect();
    Some(Template { name: name?, sheet: sheet?, panels, folds, fields, printers })
}

fn size(mut table: Table<'_, '_>, notes: &mut Notes<'_>) -> Option<Size> {
    let width = table.number(notes, "width", 50.0..=LARGEST);
    let height = table.number(notes, "height", 50.0..=LARGEST);
    let (width, height) = (table.need(notes, "width", width), table.need(notes, "height", height));
    table.close(notes);
    Some(Size { width: width?, height: height? })
}

fn panel(mut table: Table<'_, '_>, notes: &mut Notes<'_>) -> Option<Panel> {
    let name = table.text(notes, "name");
    let name = table.need(notes, "name", name);
    let side = table.choice(notes, "side", &[("front", Side::Front), ("back", Side::Back)]);
    let side = table.need(notes, "side", side);
    let seen = table.choice(notes, "seen", &[("outside", Seen::Outside), ("inside", Seen::Inside)]);
    let seen = table.need(notes, "seen", seen);
    let area = area(&mut table, notes);
    let turn = table.choice(notes, "turn", &[("upright", Turn::Upright), ("half", Turn::Half)]);
    let line = notes.line(&table.span);
    table.close(notes);
    Some(Panel { name: name?, line, side: side?, seen: seen?, area: area?, turn: turn.unwrap_or(Turn::Upright) })
}

fn fold(mut table: Table<'_, '_>, notes: &mut Notes<'_>) -> Option<Fold> {
    let across = table.number(notes, "across", 0.0..=LARGEST).map(Fold::Across);
    let down = table.number(notes, "down", 0.0..=LARGEST).map(Fold::Down);
    let fold = table.need(notes, "across", across.or(down));
    table.close(notes);
    fold
}

fn calibration(mut table: Table<'_, '_>, notes: &mut Notes<'_>) -> Calibration {
    let x = table.number(notes, "x", -20.0..=20.0).unwrap_or(0.0);
    let y = table.number(notes, "y", -20.0..=20.0).unwrap_or(0.0);
    let scale = table.number(notes, "scale", 0.9..=1.1).unwrap_or(1.0);
    table.close(notes);
    Calibration { x, y, scale }
}

fn field(mut table: Table<'_, '_>, panels: &[Panel], notes: &mut Notes<'_>) -> Option<Field> {
    let line = notes.line(&table.span);
    let name = table.text(notes, "name");
    let name = table.need(notes, "name", name);
    let panel = table.text(notes, "panel");
    let panel = table.need(notes, "panel", panel);
    let panel = panel.and_then(|wanted| {
        let found = panels.iter().position(|panel| panel.name == wanted);
        if found.is_none() {
            notes.add(&table.span_of("panel"), TemplateProblem::UnknownPanel(wanted));
        }
        found
    });
    let area = area(&mut table, notes);
    let content = content(&mut table, name.as_deref().unwrap_or(""), notes);
    let has_type = !table.has("show") || matches!(content, Some(Content::Password));
    let style = style(&mut table, has_type, notes);
    table.close(notes);
    Some(Field { name: name?, line, panel: panel?, area: area?, content: content?, style: style? })
}

fn area(table: &mut Table<'_, '_>, notes: &mut Notes<'_>) -> Option<Area> {
    let numbers = table.numbers(notes, "area", 0.0..=LARGEST, AREA);
    let [x, y, width, height] = table.need(notes, "area", numbers)?;
    Some(Area { x, y, width, height })
}

#[derive(Clone, Copy)]
enum Show {
    Password,
    Barcode,
    Frame,
    Rule,
    Shade,
}

fn content(table: &mut Table<'_, '_>, field: &str, notes: &mut Notes<'_>) -> Option<Content> {
    let both = wording(table, "text", notes);
    let viewing = wording(table, "viewing", notes);
    let login = wording(table, "login", notes);
    let words = [
        ("password", Show::Password),
        ("barcode", Show::Barcode),
        ("frame", Show::Frame),
        ("rule", Show::Rule),
        ("shade", Show::Shade),
    ];
    let show = table.choice(notes, "show", &words);
    let ways = [table.has("text"), table.has("viewing") || table.has("login"), table.has("show")];
    if ways.into_iter().filter(|way| *way).count() != 1 {
        notes.add(&table.span, TemplateProblem::NoContent(field.to_owned()));
        return None;
    }
    match show {
        None if table.has("show") => None,
        None if table.has("text") => both.map(|both| Content::Text { viewing: Some(both.clone()), login: Some(both) }),
        None => Some(Content::Text { viewing, login }),
        Some(Show::Password) => Some(Content::Password),
        Some(Show::Barcode) => {
            let size = table.number(notes, "bar_size", 8.0..=11.5);
            table.need(notes, "bar_size", size).map(Content::Barcode)
        }
        Some(Show::Frame) => Some(Content::Frame(stroke(table, notes))),
        Some(Show::Rule) => Some(Content::Rule(stroke(table, notes))),
        Some(Show::Shade) => {
            let grey = table.number(notes, "grey", 0.0..=1.0);
            table.need(notes, "grey", grey).map(Content::Shade)
        }
    }
}

fn stroke(table: &mut Table<'_, '_>, notes: &mut Notes<'_>) -> f32 {
    table.number(notes, "stroke", 0.05..=3.0).unwrap_or(0.2)
}

fn wording(table: &mut Table<'_, '_>, key: &'static str, notes: &mut Notes<'_>) -> Option<Wording> {
    let text = table.text(notes, key)?;
    Wording::parse(&text).map_err(|problem| notes.add(&table.span_of(key), problem)).ok()
}

fn style(table: &mut Table<'_, '_>, has_type: bool, notes: &mut Notes<'_>) -> Option<Style> {
    let sizes = table.numbers(notes, "size", 4.0..=72.0, "list of 2 numbers: smallest, largest in pt");
    let lines = table.number(notes, "lines", 1.0..=9.0).unwrap_or(1.0);
    let prose = table.choice(notes, "flow", &[("prose", Flow::Prose), ("lines", Flow::Lines(lines as usize))]);
    let leading = table.number(notes, "leading", 1.0..=3.0).unwrap_or(1.4);
    let across = [("left", Across::Left), ("centre", Across::Centre), ("right", Across::Right)];
    let across = table.choice(notes, "across", &across).unwrap_or(Across::Left);
    let down = [("top", Down::Top), ("middle", Down::Middle), ("bottom", Down::Bottom)];
    let down = table.choice(notes, "down", &down).unwrap_or(Down::Top);
    let [smallest, largest] = match has_type {
        true => table.need(notes, "size", sizes)?,
        false => [9.0, 9.0],
    };
    if smallest > largest {
        notes.add(&table.span_of("size"), TemplateProblem::Sizes);
    }
    Some(Style { largest, smallest, flow: prose.unwrap_or(Flow::Lines(lines as usize)), leading, across, down })
}

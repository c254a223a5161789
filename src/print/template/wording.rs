//! Texts with slots in braces.

use super::fault::TemplateProblem;
use crate::print::slot::TemplateSlot;

/// A text of a template: lines of literal text and `{slots}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    lines: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(String),
    Slot(TemplateSlot),
}

impl Wording {
    /// Parses a text such as `〒{postcode}`. A literal brace is not possible.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateProblem> {
        let lines = text.trim_end_matches('\n').split('\n').map(line).collect::<Result<_, _>>()?;
        Ok(Self { lines })
    }

    /// Whether the text is the same on every card.
    pub(in crate::print) fn is_fixed(&self) -> bool {
        self.slots().all(TemplateSlot::is_fixed)
    }

    pub(in crate::print) fn slots(&self) -> impl Iterator<Item = TemplateSlot> {
        self.lines.iter().flatten().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Slot(slot) => Some(*slot),
        })
    }

    /// The lines with every slot filled. A line whose slots are all empty is left out.
    pub(in crate::print) fn fill(&self, value: impl Fn(TemplateSlot) -> String) -> Vec<String> {
        self.lines.iter().filter_map(|pieces| fill_line(pieces, &value)).collect()
    }
}

fn fill_line(pieces: &[Piece], value: &impl Fn(TemplateSlot) -> String) -> Option<String> {
    let mut text = String::new();
    let (mut slots, mut filled) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Slot(slot) => {
                let words = value(*slot);
                slots += 1;
                filled += usize::from(!words.trim().is_empty());
                text.push_str(&words);
            }
        }
    }
    (slots == 0 || filled > 0).then_some(text)
}

fn line(text: &str) -> Result<Vec<Piece>, TemplateProblem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (words, braced) = rest.split_at(open);
        let close = braced.find('}').filter(|&at| at > 0).ok_or(TemplateProblem::Brace)?;
        let name = &braced[1..close];
        let slot = name.parse().map_err(|_| TemplateProblem::UnknownSlot(name.to_owned()))?;
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(Piece::Slot(slot));
        rest = &braced[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

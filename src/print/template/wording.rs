//! Words with fields in braces.

use super::fault::TemplateProblem;
use crate::print::slot::Slot;

/// A text of a template: lines of literal words and `{slots}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    lines: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(String),
    Slot(Slot),
}

impl Wording {
    /// Reads `〒{postcode}`. A brace cannot be printed.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateProblem> {
        let lines = text.trim_end_matches('\n').split('\n').map(line).collect::<Result<_, _>>()?;
        Ok(Self { lines })
    }

    /// Nothing in it changes from card to card.
    pub(in crate::print) fn is_fixed(&self) -> bool {
        self.slots().all(Slot::is_fixed)
    }

    pub(in crate::print) fn slots(&self) -> impl Iterator<Item = Slot> {
        self.lines.iter().flatten().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Slot(slot) => Some(*slot),
        })
    }

    /// The lines with every slot filled. A line whose slots are all empty falls away.
    pub(in crate::print) fn fill(&self, value: impl Fn(Slot) -> String) -> Vec<String> {
        self.lines.iter().filter_map(|pieces| fill_line(pieces, &value)).collect()
    }
}

fn fill_line(pieces: &[Piece], value: &impl Fn(Slot) -> String) -> Option<String> {
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

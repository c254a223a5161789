//! Fonts: every character is resolved to a face and a glyph before anything is drawn, so a box is never printed.

use crate::text::is_unsafe;
use skrifa::charmap::MapVariant;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::tables::os2::SelectionFlags;
use skrifa::raw::{FontRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{GlyphId, MetadataProvider};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use unicode_normalization::char::{canonical_combining_class, compose};

/// The two weights of BIZ UDGothic, in the order of their faces.
const EMBEDDED: [(&str, &[u8]); 2] = [
    ("BIZUDGothic-Regular.ttf", include_bytes!("../../assets/fonts/BIZUDGothic-Regular.ttf")),
    ("BIZUDGothic-Bold.ttf", include_bytes!("../../assets/fonts/BIZUDGothic-Bold.ttf")),
];

/// The face of the bold weight.
const BOLD: u8 = 1;

/// 〓: what other systems print for a character that they lack. In a name it is damage.
const GETA: char = '〓';

/// How heavy type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For running text.
    Regular,
    /// For what matters. A character that only another font has is printed in the weight of that font.
    Bold,
}

/// A character with its variation selector, found in a face. Widths are in thousandths of the type size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, zeroize::Zeroize)]
pub(super) struct Glyph {
    pub(super) face: u8,
    pub(super) id: u16,
    pub(super) advance: u16,
    pub(super) character: char,
    pub(super) selector: Option<char>,
}

/// A character that cannot be printed (B4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unprintable {
    /// 外字: a private-use character, whose shape is defined by one system only.
    PrivateUse(char),
    /// U+FFFD or 〓: the text was damaged before it was imported.
    Replacement(char),
    /// A control or invisible character.
    Control(char),
    /// No font has it, with this variation selector if there is one.
    NoGlyph(char, Option<char>),
}

/// A font file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The file is missing or not readable.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The font file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Not a font, or one without a Unicode table.
    #[error("{}: not a usable TrueType or OpenType font", path.display())]
    NotAFont {
        /// The font file.
        path: PathBuf,
    },
    /// More than 255 faces.
    #[error("too many fallback fonts")]
    TooMany,
}

/// The main font in two weights, and its fallbacks in order.
#[derive(Debug, Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
}

impl Fonts {
    /// BIZ UDGothic alone. Its tables are read once in a program.
    pub fn embedded() -> Result<Self, FontError> {
        static FACES: OnceLock<Vec<Arc<Face>>> = OnceLock::new();
        if let Some(faces) = FACES.get() {
            return Ok(Self { faces: faces.clone() });
        }
        let read = |(name, data): (&str, &'static [u8])| {
            let face = Face::read(Arc::from(data), 0).map(Arc::new);
            face.ok_or_else(|| FontError::NotAFont { path: PathBuf::from(name) })
        };
        let faces = EMBEDDED.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { faces: FACES.get_or_init(|| faces).clone() })
    }

    /// BIZ UDGothic, then what `print.fallback_fonts` names. In a collection (`.ttc`) the first face is taken.
    pub fn with_fallbacks(files: &[PathBuf]) -> Result<Self, FontError> {
        let mut fonts = Self::embedded()?;
        if files.len() > usize::from(u8::MAX) - EMBEDDED.len() {
            return Err(FontError::TooMany);
        }
        for path in files {
            fonts.faces.push(Arc::new(Face::open(path)?));
        }
        Ok(fonts)
    }

    pub(super) fn face(&self, index: u8) -> &Face {
        &self.faces[usize::from(index)]
    }

    pub(super) fn count(&self) -> usize {
        self.faces.len()
    }

    /// The glyphs of a text, or everything in it that cannot be printed. A variation selector belongs to the
    /// character before it; a font that has the character but not the variation does not do. A combining mark composes
    /// with its base; one that cannot would print beside or over it, so it counts as missing.
    pub(super) fn resolve(&self, text: &str) -> Result<Vec<Glyph>, Vec<Unprintable>> {
        self.resolve_in(text, Weight::Regular)
    }

    /// The same in a weight.
    pub(super) fn resolve_in(&self, text: &str, weight: Weight) -> Result<Vec<Glyph>, Vec<Unprintable>> {
        let mut glyphs = Vec::with_capacity(text.len());
        let mut faults = Vec::new();
        let mut characters = text.chars().peekable();
        while let Some(mut character) = characters.next() {
            while let Some(composed) = characters.peek().and_then(|mark| compose(character, *mark)) {
                character = composed;
                characters.next();
            }
            let selector = characters.next_if(|&next| is_selector(next));
            match self.find(character, selector, weight) {
                Ok(glyph) => glyphs.push(glyph),
                Err(fault) if faults.contains(&fault) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(glyphs) } else { Err(faults) }
    }

    /// Everything in a text that cannot be printed, each once.
    pub fn unprintable(&self, text: &str) -> Vec<Unprintable> {
        self.resolve(text).err().unwrap_or_default()
    }

    /// 〓 in place of a character that no font has, for papers that are printed in any case.
    pub(super) fn geta(&self) -> Option<Glyph> {
        self.glyph(GETA, None, Weight::Regular)
    }

    fn find(&self, character: char, selector: Option<char>, weight: Weight) -> Result<Glyph, Unprintable> {
        match character {
            '\u{FFFD}' | GETA => return Err(Unprintable::Replacement(character)),
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => return Err(Unprintable::PrivateUse(character)),
            _ if is_unsafe(character) => return Err(Unprintable::Control(character)),
            _ if canonical_combining_class(character) != 0 => return Err(Unprintable::NoGlyph(character, selector)),
            _ => {}
        }
        self.glyph(character, selector, weight).ok_or(Unprintable::NoGlyph(character, selector))
    }

    /// The weight that is asked for, the regular one, the fallbacks.
    fn glyph(&self, character: char, selector: Option<char>, weight: Weight) -> Option<Glyph> {
        let first = match weight {
            Weight::Regular => None,
            Weight::Bold => Some(BOLD),
        };
        let others = (0u8..).take(self.faces.len()).filter(|index| *index != BOLD);
        first.into_iter().chain(others).find_map(|index| {
            let face = self.face(index);
            let id = face.glyph(character, selector)?;
            Some(Glyph { face: index, id, advance: face.advance(id), character, selector })
        })
    }
}

/// U+FE00 to U+FE0F and the ideographic variation selectors (IVS).
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// One face, its character table and widths read once.
#[derive(Debug)]
pub(super) struct Face {
    data: Arc<[u8]>,
    index: u32,
    /// Glyphs by code point; 0 where there is none.
    characters: Vec<u16>,
    advances: Vec<u16>,
    pub(super) name: String,
    pub(super) metrics: Metrics,
}

/// In thousandths of the type size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Metrics {
    pub(super) ascent: i32,
    pub(super) descent: i32,
    pub(super) bounds: [i32; 4],
}

impl Face {
    fn open(path: &Path) -> Result<Self, FontError> {
        let data = std::fs::read(path).map_err(|source| FontError::Unreadable { path: path.to_owned(), source })?;
        Self::read(Arc::from(data), 0).ok_or_else(|| FontError::NotAFont { path: path.to_owned() })
    }

    fn read(data: Arc<[u8]>, index: u32) -> Option<Self> {
        let font = FontRef::from_index(&data, index).ok()?;
        let head = font.head().ok()?;
        let units_per_em = Some(head.units_per_em()).filter(|units| (16..=16384).contains(units))?;
        let per_mille = |units: i16| i32::from(units) * 1000 / i32::from(units_per_em);
        let characters = characters(&font)?;
        let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = |id: u16| widths.advance_width(GlyphId::from(id)).map_or(0, |units| units as u32);
        let thousandths = |units: u32| (units * 1000 / u32::from(units_per_em)).try_into().unwrap_or(0);
        let advances = (0..font.maxp().ok()?.num_glyphs()).map(|id| thousandths(advance(id))).collect();
        let (ascent, descent) = vertical_extent(&font)?;
        let metrics = Metrics {
            ascent: per_mille(ascent),
            descent: per_mille(descent),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(per_mille),
        };
        let name = postscript_name(&font).unwrap_or_else(|| "Fallback".to_owned());
        Some(Self { index, characters, advances, name, metrics, data: Arc::clone(&data) })
    }

    /// The whole font file and the index of this face in it.
    pub(super) fn file(&self) -> (&[u8], u32) {
        (&self.data, self.index)
    }

    fn glyph(&self, character: char, selector: Option<char>) -> Option<u16> {
        match selector {
            None => self.characters.get(character as usize).copied().filter(|id| *id != 0),
            Some(selector) => self.variation(character, selector),
        }
    }

    /// Rare, so the font is parsed again instead of keeping a borrowed one.
    fn variation(&self, character: char, selector: char) -> Option<u16> {
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        match font.charmap().map_variant(character, selector)? {
            MapVariant::UseDefault => self.glyph(character, None),
            MapVariant::Variant(glyph) => glyph.to_u32().try_into().ok().filter(|id| *id != 0),
        }
    }

    fn advance(&self, id: u16) -> u16 {
        self.advances.get(usize::from(id)).copied().unwrap_or(0)
    }
}

/// Glyphs by code point, 0 where there is none; nothing if the font has no Unicode table or no glyph in it.
fn characters(font: &FontRef<'_>) -> Option<Vec<u16>> {
    let table = font.charmap();
    let mut characters = Vec::new();
    for (code, glyph) in table.mappings().filter(|_| !table.is_symbol()) {
        if let (Some(character), Ok(id)) = (char::from_u32(code), u16::try_from(glyph.to_u32())) {
            let at = character as usize;
            characters.resize(characters.len().max(at + 1), 0);
            characters[at] = id;
        }
    }
    characters.iter().any(|id| *id != 0).then_some(characters)
}

/// Ascent and descent in font units, signed as the font has them: the typographic ones where it asks for them, else
/// those of `hhea`, each replaced from `OS/2` where it is zero. skrifa's own figures drop the signs.
fn vertical_extent(font: &FontRef<'_>) -> Option<(i16, i16)> {
    let hhea = font.hhea().ok()?;
    let (ascent, descent) = (hhea.ascender().to_i16(), hhea.descender().to_i16());
    let Ok(os2) = font.os2() else { return Some((ascent, descent)) };
    let typographic = (os2.s_typo_ascender(), os2.s_typo_descender());
    if os2.fs_selection().contains(SelectionFlags::USE_TYPO_METRICS) {
        return Some(typographic);
    }
    let windows = (os2.us_win_ascent() as i16, (os2.us_win_descent() as i16).wrapping_neg());
    let first = |values: [i16; 3]| values.into_iter().find(|value| *value != 0).unwrap_or(0);
    Some((first([ascent, typographic.0, windows.0]), first([descent, typographic.1, windows.1])))
}

fn postscript_name(font: &FontRef<'_>) -> Option<String> {
    let plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    font.localized_strings(StringId::POSTSCRIPT_NAME).map(|name| name.to_string()).find(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_that_steers_has_a_glyph() {
        let fonts = Fonts::embedded().unwrap();
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| crate::text::is_unsafe(*c)) {
            assert!(!fonts.unprintable(&format!("山{c}田")).is_empty(), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn b4_hard_names_are_in_the_embedded_font() {
        let fonts = Fonts::embedded().unwrap();
        for name in ["髙橋", "宮﨑", "濵田", "德永", "辻\u{E0100}", "葛\u{E0100}城", "東海林　拓也", "O'Brien"]
        {
            assert!(fonts.resolve(name).is_ok(), "{name}: {:?}", fonts.resolve(name));
        }
    }

    #[test]
    fn b4_what_cannot_be_printed_is_named() {
        let fonts = Fonts::embedded().unwrap();
        let faults = fonts.resolve("𠮷\u{E000}\u{FFFD}野\u{7}𠮷").unwrap_err();
        let expected = [
            Unprintable::NoGlyph('𠮷', None),
            Unprintable::PrivateUse('\u{E000}'),
            Unprintable::Replacement('\u{FFFD}'),
            Unprintable::Control('\u{7}'),
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn b4_a_geta_in_a_name_is_damage() {
        let fonts = Fonts::embedded().unwrap();
        assert_eq!(fonts.unprintable("〓田"), [Unprintable::Replacement('〓')]);
        assert!(fonts.geta().is_some(), "papers of the office still show it");
    }

    #[test]
    fn bold_type_has_the_same_characters_as_regular_type() {
        let fonts = Fonts::embedded().unwrap();
        for c in (0x20..0xFFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            let faces = |weight| fonts.resolve_in(&text, weight).map(|glyphs| glyphs[0].face);
            assert_eq!(faces(Weight::Bold).map(|_| 0), faces(Weight::Regular), "{c}");
        }
        assert_eq!(fonts.resolve_in("髙", Weight::Bold).unwrap()[0].face, BOLD);
    }

    #[test]
    fn b4_combining_marks_compose_or_are_refused() {
        let fonts = Fonts::embedded().unwrap();
        assert_eq!(fonts.resolve("か\u{3099}e\u{301}"), fonts.resolve("がé"));
        assert_eq!(fonts.resolve("山\u{3099}"), Err(vec![Unprintable::NoGlyph('\u{3099}', None)]));
        assert_eq!(fonts.resolve("山\u{200B}"), Err(vec![Unprintable::Control('\u{200B}')]));
        assert_ne!(fonts.resolve("神").unwrap(), fonts.resolve("\u{FA19}").unwrap(), "no normalization beyond marks");
    }

    #[test]
    fn b4_unknown_variation_is_not_printed_as_the_base_character() {
        let fonts = Fonts::embedded().unwrap();
        assert_eq!(fonts.resolve("亜\u{E01EF}"), Err(vec![Unprintable::NoGlyph('亜', Some('\u{E01EF}'))]));
    }

    #[test]
    fn b4_a_fallback_font_prints_what_the_main_font_lacks() {
        let installed =
            ["/usr/share/fonts/truetype/ipamj/ipamjm.ttf", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"];
        for path in installed {
            if !Path::new(path).exists() {
                eprintln!("SKIPPED: {path} is not installed");
                continue;
            }
            let fonts = Fonts::with_fallbacks(&[path.into()]).unwrap();
            let glyphs = fonts.resolve("𠮷野").unwrap();
            assert_eq!(glyphs.iter().map(|glyph| glyph.face).collect::<Vec<_>>(), [2, 0], "{path}");
        }
    }

    #[test]
    fn a_file_that_is_no_font_is_named() {
        let missing = Fonts::with_fallbacks(&["/nowhere/font.ttf".into()]).unwrap_err();
        assert!(missing.to_string().starts_with("/nowhere/font.ttf: "), "{missing}");
        let text = Fonts::with_fallbacks(&["Cargo.toml".into()]).unwrap_err();
        assert!(matches!(text, FontError::NotAFont { .. }), "{text}");
    }
}

//! Fonts in a PDF: only the glyphs used, embedded, with a table back to Unicode.

use super::font::{Face, Fonts, Glyph};
use super::pdf_content::Encode;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::fmt::Write as _;
use std::io;
use subsetter::GlyphRemapper;

/// The glyphs of each face that a document uses, numbered as they come.
pub(super) struct Used {
    faces: Vec<UsedFace>,
}

#[derive(Default)]
struct UsedFace {
    remapper: GlyphRemapper,
    /// By the new number, from 1.
    glyphs: Vec<Glyph>,
}

/// A font that could not be cut down or written.
#[derive(Debug, thiserror::Error)]
pub(super) enum SubsetError {
    #[error("font {name}: {source}")]
    Font { name: String, source: subsetter::Error },
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl Encode for Used {
    fn encode(&mut self, glyph: &Glyph) -> u16 {
        let face = &mut self.faces[usize::from(glyph.face)];
        let code = face.remapper.remap(glyph.id);
        if usize::from(code) > face.glyphs.len() {
            face.glyphs.push(*glyph);
        }
        code
    }
}

impl Used {
    pub(super) fn new(fonts: &Fonts) -> Self {
        Self { faces: (0..fonts.count()).map(|_| UsedFace::default()).collect() }
    }

    /// Puts the used fonts into the document: the `/Font` resources.
    pub(super) fn embed(&self, fonts: &Fonts, document: &mut Document) -> Result<Dictionary, SubsetError> {
        let mut resources = Dictionary::new();
        for (used, index) in self.faces.iter().zip(0u8..).filter(|(used, _)| !used.glyphs.is_empty()) {
            let id = used.embed(fonts.face(index), index, document)?;
            resources.set(format!("F{index}"), id);
        }
        Ok(resources)
    }
}

impl UsedFace {
    fn embed(&self, face: &Face, index: u8, document: &mut Document) -> Result<ObjectId, SubsetError> {
        let (file, number) = face.file();
        let font = subsetter::subset(file, number, &self.remapper)
            .map_err(|source| SubsetError::Font { name: face.name.clone(), source })?;
        // Six letters mark a subset; they need only differ between the fonts of one file.
        let name = format!("MYKEM{}+{}", char::from(b'A' + index % 26), face.name);
        let (key, subtype, program) = program(&font)?;
        let mut descriptor = descriptor(face, &name);
        descriptor.set(key, document.add_object(program));
        let descriptor = document.add_object(descriptor);
        let mut cid = dictionary! {
            "Type" => "Font",
            "Subtype" => subtype,
            "BaseFont" => Object::Name(name.clone().into_bytes()),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 1000,
            "W" => self.widths(),
        };
        if subtype == "CIDFontType2" {
            cid.set("CIDToGIDMap", "Identity");
        }
        let cid = document.add_object(cid);
        let unicode = document.add_object(compressed(Dictionary::new(), self.to_unicode().as_bytes())?);
        Ok(document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(name.into_bytes()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(cid)],
            "ToUnicode" => unicode,
        }))
    }

    /// `[1 [500 1000 …]]`
    fn widths(&self) -> Object {
        let widths = self.glyphs.iter().map(|glyph| Object::from(i64::from(glyph.advance))).collect();
        Object::Array(vec![1.into(), Object::Array(widths)])
    }

    /// From the new numbers back to characters, with their variation selectors.
    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let mut code = 0;
        for block in self.glyphs.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", block.len());
            for glyph in block {
                code += 1;
                let _ = writeln!(map, "<{code:04X}> <{}>", utf16(glyph));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

fn descriptor(face: &Face, name: &str) -> Dictionary {
    const SYMBOLIC: i64 = 4;
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.as_bytes().to_vec()),
        "Flags" => SYMBOLIC,
        "FontBBox" => face.metrics.bounds.map(Object::from).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => face.metrics.ascent,
        "Descent" => face.metrics.descent,
        "CapHeight" => face.metrics.cap_height,
        "StemV" => 80,
    }
}

fn utf16(glyph: &Glyph) -> String {
    let mut units = [0; 2];
    let mut hex = String::new();
    for character in std::iter::once(glyph.character).chain(glyph.selector) {
        for unit in character.encode_utf16(&mut units) {
            let _ = write!(hex, "{unit:04X}");
        }
    }
    hex
}

/// The key in the descriptor, the kind of CID font, and the font program itself.
fn program(font: &[u8]) -> io::Result<(&'static str, &'static str, Stream)> {
    let raw = ttf_parser::RawFace::parse(font, 0).ok();
    let cff = raw.and_then(|raw| raw.table(ttf_parser::Tag::from_bytes(b"CFF ")));
    Ok(match cff {
        Some(cff) => ("FontFile3", "CIDFontType0", compressed(dictionary! { "Subtype" => "CIDFontType0C" }, cff)?),
        None => {
            let length = dictionary! { "Length1" => font.len() as i64 };
            ("FontFile2", "CIDFontType2", compressed(length, font)?)
        }
    })
}

fn compressed(dictionary: Dictionary, content: &[u8]) -> io::Result<Stream> {
    let mut stream = Stream::new(dictionary, super::pdf::deflate(content)?);
    stream.dict.set("Filter", "FlateDecode");
    Ok(stream)
}

/// Text for `/Info`: ASCII as it is, everything else in UTF-16.
pub(super) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

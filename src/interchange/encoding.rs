//! CP932 and UTF-8, told apart by the header line.
//!
//! CP932 is Windows' Shift_JIS: with the NEC and IBM extensions (﨑, 髙, ①), and with the user-defined rows F0–F9
//! (外字), which become U+E000–U+E757 and go back to the same bytes.

use encoding_rs::{SHIFT_JIS, UTF_8};
use std::borrow::Cow;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The registry's.
    Cp932,
    /// The portal's and the form's.
    Utf8,
}

pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

const USER_DEFINED: std::ops::RangeInclusive<u32> = 0xE000..=0xE757;

impl Encoding {
    /// Tells by the header line, whose column names are Japanese: what is valid UTF-8 there is UTF-8.
    pub(super) fn of_header(header: &[u8]) -> Self {
        if std::str::from_utf8(header).is_ok() { Self::Utf8 } else { Self::Cp932 }
    }

    /// The name that people know the encoding by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cp932 => "CP932",
            Self::Utf8 => "UTF-8",
        }
    }

    /// Text, or nothing where the bytes are no character.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let encoding = match self {
            Self::Cp932 => SHIFT_JIS,
            Self::Utf8 => UTF_8,
        };
        encoding.decode_without_bom_handling_and_without_replacement(bytes)
    }

    /// Bytes. What CP932 does not have becomes `〓`, the printers' mark for a missing character.
    pub fn encode(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Cp932 => match SHIFT_JIS.encode(text) {
                (bytes, _, false) => bytes,
                (_, _, true) => Cow::Owned(text.chars().flat_map(cp932).collect()),
            },
        }
    }
}

/// Whether this looks like UTF-16: a byte-order mark, or a comma of two bytes among the first columns' names.
pub(super) fn is_utf16(start: &[u8]) -> bool {
    const HEADER: usize = 64;
    let marked = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    let mut units = start.get(..HEADER).unwrap_or(start).chunks_exact(2);
    marked || units.any(|unit| matches!(unit, [b',', 0] | [0, b',']))
}

fn cp932(c: char) -> Vec<u8> {
    if USER_DEFINED.contains(&(c as u32)) {
        return user_defined(c as u32 - USER_DEFINED.start());
    }
    let mut buffer = [0; 4];
    match SHIFT_JIS.encode(c.encode_utf8(&mut buffer)) {
        (bytes, _, false) => bytes.into_owned(),
        (_, _, true) => b"\x81\xAC".to_vec(),
    }
}

/// Row F0 to F9, 188 characters each; trail bytes are 40–7E and 80–FC.
fn user_defined(index: u32) -> Vec<u8> {
    let lead = 0xF0 + index / 188;
    let trail = index % 188;
    let trail = trail + if trail < 0x3F { 0x40 } else { 0x41 };
    [lead, trail].into_iter().filter_map(|byte| u8::try_from(byte).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nec_and_ibm_extensions_are_read() {
        assert_eq!(Encoding::Cp932.decode(b"\xED\x95").unwrap(), "﨑");
        assert_eq!(Encoding::Cp932.decode(b"\xFA\xB1").unwrap(), "﨑");
        assert_eq!(Encoding::Cp932.decode(b"\x87\x40\xFB\xFC").unwrap(), "①髙");
        assert_eq!(Encoding::Cp932.decode(b"\xCA\xDF").unwrap(), "ﾊﾟ");
    }

    #[test]
    fn user_defined_characters_keep_their_bytes() {
        for index in 0..1880 {
            let c = char::from_u32(0xE000 + index).unwrap();
            let text = c.to_string();
            let bytes = Encoding::Cp932.encode(&text);
            assert_eq!(Encoding::Cp932.decode(&bytes).unwrap(), text, "{bytes:02x?}");
        }
        assert_eq!(Encoding::Cp932.encode("\u{E000}田").as_ref(), b"\xF0\x40\x93\x63");
    }

    #[test]
    fn a_cut_character_is_no_text() {
        assert_eq!(Encoding::Cp932.decode(b"\x8E\x52\x93"), None);
        assert_eq!(Encoding::Utf8.decode(b"\xE5\xB1"), None);
    }

    #[test]
    fn what_cp932_lacks_becomes_a_mark_that_is_seen() {
        assert_eq!(Encoding::Cp932.encode("𠮷田").as_ref(), b"\x81\xAC\x93\x63");
    }

    #[test]
    fn utf16_is_told_with_and_without_its_mark() {
        for start in [&b"\xFF\xFEa\0"[..], b"\xFE\xFF\0a", b"a\0,\0b\0", b"\0a\0,\0b"] {
            assert!(is_utf16(start));
        }
        let header = "受付番号,受付日時,種別,記号,番号";
        assert!(is_utf16(&header.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()));
        assert!(is_utf16(&header.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()));
        for other in [&b"ab"[..], header.as_bytes(), b"a,\0b\r\n", b"PK\x03\x04\x14\0\0\0\x08\0"] {
            assert!(!is_utf16(other), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn bytes_of_any_kind_decode_or_are_refused(bytes in any::<Vec<u8>>()) {
            if let Some(text) = Encoding::Cp932.decode(&bytes) {
                let again = Encoding::Cp932.encode(&text).into_owned();
                let reread = Encoding::Cp932.decode(&again);
                prop_assert_eq!(reread.as_deref(), Some(text.as_ref()));
            }
        }
    }
}

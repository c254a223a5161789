//! Files mangled in every way: they are read or refused, never with a panic, and nothing harmful comes through.
//!
//! `MYKEMPO_FUZZ=100000 cargo test --release --test integration fuzz` goes on for longer. The draws are the same each time.
//! `tests/fuzz/` has a target for libFuzzer, which is guided by what it reaches.

#![allow(unreachable_pub, clippy::unwrap_used)]

#[path = "../fuzz/feed.rs"]
mod feed;

/// What `feed` reads with; the coverage-guided target beside it has its own.
mod subject {
    pub use mykempo_console::domain::MemberKey;
    pub use mykempo_console::interchange::{
        EmployerRow, FileKind, MemberRow, PortalEventRow, RejectsWriter, RequestRow, Row, Table,
    };
    pub use mykempo_console::text::{kana_key, name_key, parse_date, parse_moment, plain_line, widen};
}

use mykempo_console::interchange::demo;
use subject::FileKind;

/// SplitMix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound.max(1) as u64).unwrap()
    }
}

/// Bytes that matter to a CSV reader, a decoder or a terminal.
const SPECIAL: [&[u8]; 24] = [
    b"\"",
    b",",
    b"\r\n",
    b"\n",
    b"\r",
    b"\x1a",
    b"\0",
    b"\x1b[2J",
    b"\x81",
    b"\xFC",
    b"\xF0\x40",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"=1+1",
    b"'",
    b"99999999",
    b"\x8F\xFA\xB1",
    b"\xE0\x80",
    b"R8.13.1",
    b"1.23E+08",
    b"\x80",
    b"\xA0",
    "\u{202E}".as_bytes(),
    "𠮷".as_bytes(),
];

fn mangle(bytes: &mut Vec<u8>, draw: &mut Draw) {
    for _ in 0..=draw.below(6) {
        let at = draw.below(bytes.len() + 1);
        match draw.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << draw.below(8),
            1 => bytes.truncate(at),
            2 => {
                let end = (at + draw.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let from = draw.below(bytes.len() + 1);
                let part = bytes[from..(from + draw.below(200)).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let part = SPECIAL[draw.below(SPECIAL.len())].repeat(1 + draw.below(3));
                bytes.splice(at..at, part);
            }
        }
    }
}

#[test]
fn mangled_files_are_read_or_refused() {
    let rounds = std::env::var("MYKEMPO_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let mut draw = Draw(20_261_124);
    for kind in FileKind::ALL {
        let mut whole = Vec::new();
        demo::write(*kind, 60, &mut whole).unwrap();
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            mangle(&mut bytes, &mut draw);
            feed::feed(*kind, &bytes);
        }
    }
}

//! libFuzzer's target: the first byte says what the rest is read as.
#![no_main]
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/interchange/mod.rs"]
pub mod interchange;
#[path = "../../src/text/mod.rs"]
pub mod text;

mod feed;
mod subject {
    pub use crate::domain::MemberKey;
    pub use crate::interchange::{
        EmployerRow, FileKind, MemberRow, PortalEventRow, RejectsWriter, RequestRow, Row, Table,
    };
    pub use crate::text::{kana_key, name_key, parse_date, parse_moment, plain_line, widen};
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    match subject::FileKind::ALL.get(usize::from(*first) % 5) {
        Some(kind) => feed::feed(*kind, rest),
        None => feed::words(&String::from_utf8_lossy(rest)),
    }
});

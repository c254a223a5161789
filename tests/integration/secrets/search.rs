//! Searching heaps of bytes for passwords, in every form in which one could lie about.

use std::collections::HashMap;
use std::path::Path;
use std::process::Output;

/// Bytes with the name of where they were found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Haystack {
    heaps: Vec<(String, Vec<u8>)>,
}

impl Haystack {
    pub(crate) fn bytes(&mut self, bytes: &[u8], name: &str) {
        self.heaps.push((name.to_owned(), bytes.to_owned()));
    }

    pub(crate) fn text(&mut self, text: &str, name: &str) {
        self.bytes(text.as_bytes(), name);
        let flat: String = text.split_whitespace().collect();
        self.bytes(flat.as_bytes(), &format!("{name}, without spaces"));
        // Poppler takes the groups of a password for columns, with their readings between them.
        let single: String = text.split_whitespace().filter(|word| word.len() == 1).collect();
        self.bytes(single.as_bytes(), &format!("{name}, its single characters"));
    }

    pub(crate) fn output(&mut self, output: &Output, name: &str) {
        self.bytes(&output.stdout, &format!("stdout of {name}"));
        self.bytes(&output.stderr, &format!("stderr of {name}"));
    }

    /// Every file below but some; of PDFs also the text.
    pub(crate) fn folder(&mut self, folder: &Path, but: &[&Path]) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = path.display().to_string();
            if path.is_dir() {
                self.folder(&path, but);
            } else if path.is_file() && !but.contains(&path.as_path()) {
                // By another process: to close an SQLite file here would drop the locks of this test's own connection.
                // A server may remove one of its files meanwhile.
                let read = std::process::Command::new("cat").arg(&path).output().unwrap();
                self.bytes(&read.stdout, &name);
                if name.ends_with(".pdf") {
                    let text = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
                    self.text(&String::from_utf8_lossy(&text.unwrap().stdout), &name);
                }
            }
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.heaps.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn holds(&self, bytes: &[u8]) -> bool {
        self.heaps.iter().any(|(_, heap)| heap.windows(bytes.len()).any(|window| window == bytes))
    }

    pub(crate) fn size(&self) -> String {
        let bytes: usize = self.heaps.iter().map(|(_, heap)| heap.len()).sum();
        format!("{} places, {:.1} MB", self.heaps.len(), bytes as f64 / 1e6)
    }
}

/// The forms of some passwords, found by their first eight bytes.
pub(crate) struct Needles {
    forms: Vec<(String, Vec<u8>)>,
    by_start: HashMap<[u8; 8], Vec<usize>>,
}

impl Needles {
    pub(crate) fn of(passwords: &[String]) -> Self {
        let forms: Vec<_> = passwords.iter().flat_map(|password| forms(password)).collect();
        let mut by_start: HashMap<[u8; 8], Vec<usize>> = HashMap::new();
        for (at, (_, form)) in forms.iter().enumerate() {
            by_start.entry(form[..8].try_into().unwrap()).or_default().push(at);
        }
        Self { forms, by_start }
    }

    pub(crate) fn forms(&self) -> &[(String, Vec<u8>)] {
        &self.forms
    }

    /// Where one was found, and in which form. The password itself is not said.
    pub(crate) fn found_in(&self, hay: &Haystack) -> Vec<String> {
        let mut second = vec![false; 1 << 16];
        for start in self.by_start.keys() {
            second[usize::from(start[0]) << 8 | usize::from(start[1])] = true;
        }
        let mut found = Vec::new();
        for (name, heap) in &hay.heaps {
            for (at, window) in heap.windows(8).enumerate() {
                if !second[usize::from(window[0]) << 8 | usize::from(window[1])] {
                    continue;
                }
                let candidates = self.by_start.get(window).into_iter().flatten();
                let hits = candidates.filter(|&&form| heap[at..].starts_with(&self.forms[form].1));
                found.extend(hits.map(|&form| format!("{} in {name}", self.forms[form].0)));
            }
        }
        found
    }
}

fn forms(password: &str) -> Vec<(String, Vec<u8>)> {
    let group = |by: &str| [&password[..4], &password[4..8], &password[8..]].join(by);
    let utf16 = |big: bool| {
        let units = password.encode_utf16();
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    let hex = |upper: bool| {
        let byte = |b: u8| if upper { format!("{b:02X}") } else { format!("{b:02x}") };
        password.bytes().map(byte).collect::<String>().into_bytes()
    };
    let mut forms = vec![
        ("plain".to_owned(), password.as_bytes().to_owned()),
        ("upper case".to_owned(), password.to_uppercase().into_bytes()),
        ("grouped".to_owned(), group(" ").into_bytes()),
        ("grouped by hyphens".to_owned(), group("-").into_bytes()),
        ("reversed".to_owned(), password.bytes().rev().collect()),
        ("UTF-16, little end first".to_owned(), utf16(false)),
        ("UTF-16, big end first".to_owned(), utf16(true)),
        ("hexadecimal".to_owned(), hex(false)),
        ("hexadecimal, upper case".to_owned(), hex(true)),
    ];
    // Base64 reads differently by where in its text the password begins; the characters on its edges belong to others.
    for before in 0..3 {
        let padded = [&b"\0\0\0"[..before], password.as_bytes()].concat();
        let whole = (before * 8).div_ceil(6)..padded.len() * 8 / 6;
        forms.push((format!("base64 after {before}"), base64(&padded)[whole].to_owned()));
    }
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let six = |chunk: &[u8]| chunk.iter().chain([0; 6].iter()).take(6).fold(0, |sum, bit| sum * 2 + usize::from(*bit));
    bits.chunks(6).map(|chunk| ALPHABET[six(chunk)]).collect()
}

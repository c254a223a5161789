//! The towns and the office codes (個別郵便番号), in a compact form: lines of text, compressed.

use chrono::NaiveDate;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::OnceLock;

const TOWNS: &[u8] = include_bytes!("../../../assets/postal/towns.zlib");
const OFFICES: &[u8] = include_bytes!("../../../assets/postal/offices.zlib");

/// 以下に掲載がない場合: the code of a whole city.
const REPRESENTATIVE: &str = "*";

/// A row of the file of towns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownRow {
    /// Postcode, seven digits.
    pub postcode: String,
    /// 都道府県
    pub prefecture: String,
    /// 市区町村
    pub city: String,
    /// 町域, with its note in brackets.
    pub town: String,
}

/// A row of the file of office codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeRow {
    /// Postcode, seven digits.
    pub postcode: String,
    /// Name of the office that has the postcode for itself.
    pub name: String,
    /// Prefecture, city and town.
    pub place: String,
}

/// The towns and office codes of the whole country.
#[derive(Debug, Default)]
pub struct PostalTables {
    towns: String,
    cities: Vec<City>,
    /// In the order of their codes.
    by_code: Vec<Town>,
    offices: String,
    office_codes: Vec<(u32, Range<usize>)>,
    as_of: Option<NaiveDate>,
}

#[derive(Debug)]
struct City {
    prefecture: Range<usize>,
    name: Range<usize>,
    towns: Vec<Town>,
}

#[derive(Debug, Clone)]
struct Town {
    code: u32,
    city: usize,
    name: Range<usize>,
}

/// A town by its code.
#[derive(Debug, Clone, Copy)]
pub(super) struct TownOf<'t> {
    pub(super) prefecture: &'t str,
    pub(super) city: &'t str,
    pub(super) name: &'t str,
    place: usize,
}

impl TownOf<'_> {
    /// Whether its code is that of the whole city.
    pub(super) fn is_representative(&self) -> bool {
        self.name == REPRESENTATIVE
    }
}

impl PostalTables {
    /// The tables that come with the program, read once.
    pub fn embedded() -> &'static Self {
        static TABLES: OnceLock<PostalTables> = OnceLock::new();
        TABLES.get_or_init(|| Self::read(TOWNS, OFFICES).unwrap_or_default())
    }

    /// Reads compact tables.
    pub fn read(towns: &[u8], offices: &[u8]) -> io::Result<Self> {
        let mut tables = Self { towns: text(towns)?, offices: text(offices)?, ..Self::default() };
        tables.index_towns();
        tables.index_offices();
        Ok(tables)
    }

    /// The day that the towns are of.
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    fn index_towns(&mut self) {
        let mut lines = lines(&self.towns);
        self.as_of = lines.next().and_then(|line| self.towns[line].parse().ok());
        for line in lines {
            let text = &self.towns[line.clone()];
            if let Some(city) = text.strip_prefix('=') {
                let tab = city.find('\t').unwrap_or(city.len());
                let start = line.start + 1;
                let name = (start + tab + 1).min(line.end)..line.end;
                self.cities.push(City { prefecture: start..start + tab, name, towns: Vec::new() });
            } else if let (Some(code), Some(city)) = (code(text), self.cities.len().checked_sub(1)) {
                self.cities[city].towns.push(Town { code, city, name: line.start + 7..line.end });
            }
        }
        self.by_code = self.cities.iter().flat_map(|city| city.towns.iter().cloned()).collect();
        self.by_code.sort_by_key(|town| town.code);
    }

    fn index_offices(&mut self) {
        let offices = lines(&self.offices).skip(1);
        let office = |line: Range<usize>| Some((code(&self.offices[line.clone()])?, line.start + 7..line.end));
        self.office_codes = offices.filter_map(office).collect();
        self.office_codes.sort_by_key(|(code, _)| *code);
    }

    /// The towns of a code.
    pub(super) fn towns(&self, code: u32) -> impl Iterator<Item = TownOf<'_>> {
        let first = self.by_code.partition_point(|town| town.code < code);
        self.by_code[first..].iter().take_while(move |town| town.code == code).map(|town| self.town(town))
    }

    /// The other towns of a town's city, and itself.
    pub(super) fn neighbours(&self, of: &TownOf<'_>) -> impl Iterator<Item = (u32, &str)> {
        self.cities[of.place].towns.iter().map(|town| (town.code, &self.towns[town.name.clone()]))
    }

    /// Name and place of an office with a code of its own.
    pub(super) fn office(&self, code: u32) -> Option<(&str, &str)> {
        let at = self.office_codes.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        self.offices[self.office_codes[at].1.clone()].split_once('\t')
    }

    /// Postcode, prefecture, city and town of every row.
    #[cfg(test)]
    pub(super) fn all_towns(&self) -> impl Iterator<Item = (String, &str, &str, &str)> {
        self.by_code.iter().map(|town| {
            let of = self.town(town);
            (format!("{:07}", town.code), of.prefecture, of.city, of.name)
        })
    }

    /// Every office code.
    #[cfg(test)]
    pub(super) fn all_offices(&self) -> Vec<String> {
        self.office_codes.iter().map(|(code, _)| format!("{code:07}")).collect()
    }

    fn town(&self, town: &Town) -> TownOf<'_> {
        let city = &self.cities[town.city];
        TownOf {
            prefecture: &self.towns[city.prefecture.clone()],
            city: &self.towns[city.name.clone()],
            name: &self.towns[town.name.clone()],
            place: town.city,
        }
    }
}

fn text(compressed: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    ZlibDecoder::new(compressed).read_to_string(&mut text)?;
    Ok(text)
}

/// The places of the lines of a text.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let place = start..start + line.len();
        start = place.end + 1;
        place
    })
}

fn code(line: &str) -> Option<u32> {
    line.get(..7)?.parse().ok()
}

/// Compact towns of a day, to be read by [`PostalTables::read`].
pub fn compact_towns(rows: &[TownRow], as_of: NaiveDate) -> io::Result<Vec<u8>> {
    let mut text = as_of.to_string();
    let mut place = None;
    for row in rows {
        if place != Some((&row.prefecture, &row.city)) {
            place = Some((&row.prefecture, &row.city));
            text.push_str(&format!("\n={}\t{}", row.prefecture, row.city));
        }
        let town = if row.town == "以下に掲載がない場合" { REPRESENTATIVE } else { &row.town };
        text.push_str(&format!("\n{}{town}", row.postcode));
    }
    compressed(&text)
}

/// Compact office codes of a day.
pub fn compact_offices(rows: &[OfficeRow], as_of: NaiveDate) -> io::Result<Vec<u8>> {
    let mut text = as_of.to_string();
    for row in rows {
        text.push_str(&format!("\n{}{}\t{}", row.postcode, row.name, row.place));
    }
    compressed(&text)
}

fn compressed(text: &str) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

//! What a caller says, as a search: key, reading, name, birth date, telephone …, however it is typed.

use super::{Branch, MemberKey, Number, Symbol, coded};
use crate::text::{self, Period};

/// A parsed search: every way to understand what was typed, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSearch {
    /// What to look for, one after the other.
    pub ways: Vec<MemberQuery>,
    /// The birth date that was said beside a name; any where none was.
    pub born: Period,
}

/// One way to look for members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberQuery {
    /// `260`: all members under a symbol.
    Symbol(Symbol),
    /// `260-1`, `260 1 01`, `記号260番号1`: a family, or one member of it.
    Key(Symbol, Number, Option<Branch>),
    /// A reading: the start of a kana key.
    Reading(String),
    /// The same, typed in Latin letters.
    Romaji(String),
    /// A given name alone: the start of a given reading.
    Given(String),
    /// Readings that sound like the one typed.
    Similar(Vec<String>),
    /// A name with kanji or letters: a part of a name key.
    Name(String),
    /// Born in this period.
    Born(Period),
    /// A telephone number: its digits.
    Phone(String),
    /// ログインID
    LoginId(String),
    /// 受付番号
    Receipt(String),
    /// はがき番号
    Serial(String),
    /// The name or reading of an employer, in the search form of names. It finds the insured of that employer.
    Employer(String),
}

coded! {
    /// Why a search found a member.
    pub enum MatchKind {
        /// 記号・番号
        Key = "key",
        /// 氏名カナ
        Reading = "reading",
        /// 名だけ
        Given = "given_name",
        /// ローマ字
        Romaji = "romaji",
        /// 似た読み
        Similar = "similar_reading",
        /// 氏名
        Name = "name",
        /// 生年月日
        Born = "birth_date",
        /// 電話番号
        Phone = "phone",
        /// ログインID
        LoginId = "login_id",
        /// 受付番号
        Receipt = "receipt",
        /// はがき番号
        Serial = "serial",
        /// 事業所
        Employer = "employer",
    }
}

impl MemberQuery {
    /// Why members that it finds are found.
    pub const fn kind(&self) -> MatchKind {
        match self {
            Self::Symbol(_) | Self::Key(..) => MatchKind::Key,
            Self::Reading(_) => MatchKind::Reading,
            Self::Romaji(_) => MatchKind::Romaji,
            Self::Given(_) => MatchKind::Given,
            Self::Similar(_) => MatchKind::Similar,
            Self::Name(_) => MatchKind::Name,
            Self::Born(_) => MatchKind::Born,
            Self::Phone(_) => MatchKind::Phone,
            Self::LoginId(_) => MatchKind::LoginId,
            Self::Receipt(_) => MatchKind::Receipt,
            Self::Serial(_) => MatchKind::Serial,
            Self::Employer(_) => MatchKind::Employer,
        }
    }
}

impl MemberSearch {
    /// Parses any width, with hyphens or spaces between the parts of a key. Nothing where nothing is left to look for.
    pub fn parse(text: &str) -> Option<Self> {
        // `/` starts a search from anywhere; typed in the field itself it means the same.
        let folded = text::nfkc(text).trim_start_matches('/').trim().to_owned();
        let mut ways = Vec::new();
        ways.extend(key(&folded));
        ways.extend(numbered(&folded));
        ways.extend(Period::parse(&folded).map(MemberQuery::Born));
        let (said, born) = apart(&folded);
        ways.extend(words(&said, born));
        (!ways.is_empty()).then_some(Self { ways, born })
    }
}

/// One member's key as the search takes it: `260-1`, `260 1 01`, in any width. No branch is the insured.
pub fn member_key(text: &str) -> Option<MemberKey> {
    let (symbol, number, branch) = household_key(text)?;
    let branch = branch.map_or_else(|| Branch::parse(""), Ok).ok()?;
    Some(MemberKey { symbol, number, branch })
}

/// The same, where no branch may mean the household.
pub fn household_key(text: &str) -> Option<(Symbol, Number, Option<Branch>)> {
    match key(text::nfkc(text).trim_start_matches('/').trim())? {
        MemberQuery::Key(symbol, number, branch) => Some((symbol, number, branch)),
        _ => None,
    }
}

/// A symbol, or symbol and number, also as they are said: 記号170番号7, 260の1.
fn key(folded: &str) -> Option<MemberQuery> {
    let plain = text::plain_dashes(folded).replace("枝番", " ").replace("記号", " ").replace("番号", " ");
    let parts: Vec<&str> =
        plain.split(|c: char| c.is_whitespace() || matches!(c, '-' | 'の')).filter(|part| !part.is_empty()).collect();
    let (symbol, number, branch) = match parts.as_slice() {
        [symbol] if has_digit(symbol) => return Symbol::parse(symbol).ok().map(MemberQuery::Symbol),
        [symbol, number] if has_digit(number) => (symbol, number, None),
        [symbol, number, branch] if has_digit(number) => (symbol, number, Some(branch)),
        _ => return None,
    };
    let branch = branch.map(|text| Branch::parse(&format!("{text:0>2}"))).transpose().ok()?;
    Some(MemberQuery::Key(Symbol::parse(symbol).ok()?, Number::parse(number).ok()?, branch))
}

/// Numbers of other things than members.
fn numbered(folded: &str) -> Vec<MemberQuery> {
    let plain = text::plain_dashes(folded).to_uppercase();
    if plain.contains(char::is_whitespace) || !has_digit(&plain) {
        return Vec::new();
    }
    let digits = text::digits(&plain);
    let is_phone = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')'));
    let mut ways = Vec::new();
    if is_phone && (10..=11).contains(&digits.len()) && digits.starts_with('0') {
        ways.push(MemberQuery::Phone(digits.clone()));
    }
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
        if digits.len() >= 8 && plain.contains('-') {
            ways.push(MemberQuery::Serial(plain.clone()));
            ways.push(MemberQuery::Receipt(plain));
        } else if plain.len() >= 4 && plain.chars().all(|c| c.is_ascii_alphanumeric()) {
            ways.push(MemberQuery::LoginId(folded.to_owned()));
        }
    }
    ways
}

/// What was said, and the birth date beside it.
fn apart(folded: &str) -> (String, Period) {
    let (mut said, mut born) = (Vec::new(), Period::ANY);
    for word in folded.split_whitespace() {
        match Period::parse(word) {
            Some(period) => born = period,
            None => said.push(word),
        }
    }
    (said.join(" "), born)
}

fn words(said: &str, born: Period) -> Vec<MemberQuery> {
    let is_alone = !said.contains(char::is_whitespace) && born == Period::ANY;
    let kana = text::kana_key(said);
    let (name, is_latin) = (text::name_key(said), said.is_ascii());
    if name.is_empty() || (is_latin && has_digit(said)) {
        return Vec::new();
    }
    let mut ways = Vec::new();
    if kana.chars().all(|c| matches!(c, 'ァ'..='ヶ' | 'ー')) {
        ways.push(MemberQuery::Reading(kana.clone()));
        ways.extend((!said.contains(char::is_whitespace)).then(|| MemberQuery::Given(kana.clone())));
        ways.extend(similar(&kana));
    } else {
        ways.push(MemberQuery::Name(name.clone()));
        if let Some(kana) = is_latin.then(|| text::kana_of_romaji(said)).flatten() {
            ways.push(MemberQuery::Romaji(kana.clone()));
            ways.extend(similar(&kana));
        }
        if is_latin && is_alone && said.len() >= 4 {
            ways.push(MemberQuery::LoginId(said.to_owned()));
        }
    }
    // A firm is said in two characters at least.
    ways.extend((name.chars().count() >= 2).then_some(MemberQuery::Employer(name)));
    ways
}

/// One kana sounds like half of all.
fn similar(kana: &str) -> Option<MemberQuery> {
    (kana.chars().count() >= 2).then(|| MemberQuery::Similar(text::similar_readings(kana)))
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<MemberQuery> {
        MemberSearch::parse(text).map(|search| search.ways[0].clone())
    }

    fn key(symbol: &str, number: &str, branch: Option<&str>) -> Option<MemberQuery> {
        let branch = branch.map(|b| Branch::parse(b).unwrap());
        Some(MemberQuery::Key(Symbol::parse(symbol).unwrap(), Number::parse(number).unwrap(), branch))
    }

    #[test]
    fn a_key_is_taken_however_the_search_takes_it() {
        let key = |text| member_key(text).map(|key| key.to_string());
        for text in ["260-1-01", "260-1-1", "２６０－１－１", "260 1 01", "260\u{2013}1\u{2013}01", "２６０　１　０１"]
        {
            assert_eq!(key(text).as_deref(), Some("260-1-01"), "{text}");
        }
        assert_eq!(key("260-1").as_deref(), Some("260-1-00"));
        for none in ["260", "ショウジ", "260-1-01-1", ""] {
            assert_eq!(key(none), None, "{none}");
        }
    }

    #[test]
    fn a_key_is_found_however_it_is_typed() {
        for text in ["260-1", "260 1", "２６０－１", "0260-0000001", "260　1", " 260 - 1 ", "/260-1", "／２６０ １"]
        {
            assert_eq!(first(text), key("260", "1", None), "{text}");
        }
        for text in ["２６０ー１", "260ｰ1", "260−1", "260・1", "260―1", "260─1"] {
            assert_eq!(first(text), key("260", "1", None), "{text}");
        }
        for text in ["記号260番号1", "記号２６０ 番号１", "260の1"] {
            assert_eq!(first(text), key("260", "1", None), "{text}");
        }
        for text in ["260 1 01", "260ー1ー01", "記号260番号1枝番01", "260-1-1", "２６０－１－０１"] {
            assert_eq!(first(text), key("260", "1", Some("01")), "{text}");
        }
    }

    #[test]
    fn kana_and_kanji_are_told_apart() {
        for text in ["しょうじ", "ショウジ", "ｼｮｳｼﾞ"] {
            assert_eq!(first(text), Some(MemberQuery::Reading("ショウジ".into())), "{text}");
        }
        assert_eq!(first("東海林　拓也"), Some(MemberQuery::Name("東海林拓也".into())));
        assert_eq!(first("ジョ−ンズ・メアリー"), Some(MemberQuery::Reading("ジョーンズメアリー".into())));
        assert_eq!(first("260"), Some(MemberQuery::Symbol(Symbol::parse("260").unwrap())));
        assert_eq!(first("　"), None);
    }

    fn kinds(text: &str) -> Vec<&'static str> {
        MemberSearch::parse(text).into_iter().flat_map(|search| search.ways).map(|way| way.kind().code()).collect()
    }

    #[test]
    fn every_way_to_understand_a_search_is_tried() {
        for (text, ways) in [
            ("ハナコ", &["reading", "given_name", "similar_reading", "employer"][..]),
            ("サトウ ハナコ", &["reading", "similar_reading", "employer"]),
            ("佐藤", &["name", "employer"]),
            ("Satoh", &["name", "romaji", "similar_reading", "login_id", "employer"]),
            ("090-1234-5678", &["phone"]),
            ("０９０１２３４５６７８", &["phone"]),
            ("F20261119-0003", &["serial", "receipt"]),
            ("B20261122-001-0042", &["serial", "receipt"]),
            ("taro123", &["key", "login_id"]),
            ("昭和55年2月3日", &["birth_date"]),
            ("19800203", &["key", "birth_date"]),
        ] {
            assert_eq!(kinds(text), ways, "{text}");
        }
    }

    #[test]
    fn a_birth_date_beside_a_name_narrows() {
        let search = MemberSearch::parse("サトウ 昭和55").unwrap();
        assert_eq!(search.ways[0], MemberQuery::Reading("サトウ".into()));
        assert_eq!(Some(search.born), Period::parse("S55"));
        assert_eq!(MemberSearch::parse("サトウ").unwrap().born, Period::ANY);
    }
}

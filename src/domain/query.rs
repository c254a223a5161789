//! What a caller says, as a search: key, kana or name, however it is typed.

use super::{Branch, MemberKey, Number, Symbol};
use crate::text;

/// A parsed search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberQuery {
    /// `260`: all members under a symbol.
    Symbol(Symbol),
    /// `260-1`, `260 1 01`: a family, or one member of it.
    Key(Symbol, Number, Option<Branch>),
    /// A reading: whose kana key starts so.
    Kana(String),
    /// A name with kanji or letters: whose name key contains it.
    Name(String),
}

impl MemberQuery {
    /// Parses any width, with hyphens or spaces between the parts of a key. Nothing where nothing is left to look for.
    pub fn parse(text: &str) -> Option<Self> {
        // `/` starts a search from anywhere; typed in the field itself it means the same.
        let folded = text::nfkc(text).trim_start_matches('/').trim().to_owned();
        let plain = text::plain_dashes(&folded);
        let parts: Vec<&str> =
            plain.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => None,
            [symbol] if has_digit(symbol) => Symbol::parse(symbol).ok().map(Self::Symbol).or_else(|| words(&folded)),
            [symbol, number] if has_digit(number) => key(symbol, number, None),
            [symbol, number, branch] if has_digit(number) => key(symbol, number, Some(branch)),
            _ => words(&folded),
        }
    }
}

/// One member's key as the search takes it: `260-1`, `260 1 01`, in any width. No branch is the insured.
pub fn member_key(text: &str) -> Option<MemberKey> {
    match MemberQuery::parse(text)? {
        MemberQuery::Key(symbol, number, branch) => {
            let branch = branch.map_or_else(|| Branch::parse(""), Ok).ok()?;
            Some(MemberKey { symbol, number, branch })
        }
        MemberQuery::Symbol(_) | MemberQuery::Kana(_) | MemberQuery::Name(_) => None,
    }
}

fn key(symbol: &str, number: &str, branch: Option<&str>) -> Option<MemberQuery> {
    let branch = branch.map(|text| Branch::parse(&format!("{text:0>2}"))).transpose().ok()?;
    Some(MemberQuery::Key(Symbol::parse(symbol).ok()?, Number::parse(number).ok()?, branch))
}

fn words(folded: &str) -> Option<MemberQuery> {
    let kana = text::kana_key(folded);
    if !kana.is_empty() && kana.chars().all(|c| matches!(c, 'ァ'..='ヶ' | 'ー')) {
        return Some(MemberQuery::Kana(kana));
    }
    let name = text::name_key(folded);
    (!name.is_empty()).then_some(MemberQuery::Name(name))
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(MemberQuery::parse(text), key("260", "1", None), "{text}");
        }
        for text in ["２６０ー１", "260ｰ1", "260−1", "260・1", "260―1", "260─1"] {
            assert_eq!(MemberQuery::parse(text), key("260", "1", None), "{text}");
        }
        for text in ["260 1 01", "260ー1ー01", "260-1-1", "２６０－１－０１"] {
            assert_eq!(MemberQuery::parse(text), key("260", "1", Some("01")), "{text}");
        }
    }

    #[test]
    fn kana_and_kanji_are_told_apart() {
        for text in ["しょうじ", "ショウジ", "ｼｮｳｼﾞ"] {
            assert_eq!(MemberQuery::parse(text), Some(MemberQuery::Kana("ショウジ".into())), "{text}");
        }
        assert_eq!(MemberQuery::parse("東海林　拓也"), Some(MemberQuery::Name("東海林拓也".into())));
        assert_eq!(MemberQuery::parse("ジョ−ンズ・メアリー"), Some(MemberQuery::Kana("ジョーンズメアリー".into())));
        assert_eq!(MemberQuery::parse("260"), Some(MemberQuery::Symbol(Symbol::parse("260").unwrap())));
        assert_eq!(MemberQuery::parse("　"), None);
    }
}

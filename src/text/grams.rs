//! Two-character pieces of a name key: no other index finds 東海 in 東海林 as cheaply.

/// The pieces under which a name is indexed: each pair of neighbours, and the first character alone, so that a
/// search for one character (林) finds the names that begin with it. Each piece once.
pub fn index_grams(name_key: &str) -> Vec<&str> {
    let mut grams: Vec<&str> = pairs(name_key).collect();
    grams.extend(name_key.chars().next().map(|first| &name_key[..first.len_utf8()]));
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The pieces that a name must have to match a search.
pub fn search_grams(name_key: &str) -> Vec<&str> {
    if name_key.chars().nth(1).is_none() {
        return index_grams(name_key);
    }
    pairs(name_key).collect()
}

fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().map(|(at, _)| at);
    let ends = text.char_indices().skip(1).map(|(at, c)| at + c.len_utf8());
    starts.zip(ends).map(|(start, end)| &text[start..end])
}

#[cfg(test)]
mod tests {
    use super::{index_grams, search_grams};
    use proptest::prelude::*;

    #[test]
    fn a_name_is_indexed_by_its_pairs_and_its_first_character() {
        assert_eq!(index_grams("東海林"), ["東", "東海", "海林"]);
        assert_eq!(index_grams("林"), ["林"]);
        assert!(index_grams("").is_empty());
    }

    #[test]
    fn one_character_searches_for_names_that_begin_with_it() {
        assert_eq!(search_grams("林"), ["林"]);
        assert_eq!(search_grams("海林"), ["海林"]);
        assert!(search_grams("").is_empty());
    }

    proptest! {
        #[test]
        fn every_part_of_two_or_more_characters_is_found(text in "[一-十あ-お]{2,8}", from in 0usize..7, length in 2usize..8) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assume!(part.chars().count() >= 2);
            let indexed = index_grams(&text);
            prop_assert!(search_grams(&part).iter().all(|gram| indexed.contains(gram)));
        }
    }
}

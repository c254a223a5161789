//! Finding notes by their words.
//!
//! *Decision.* The folded text is read through, not indexed: a society writes some ten thousand notes a year, and the
//! search runs when Enter is pressed, not with every letter.

use super::{LIMIT, NoteLine};
use crate::domain::Permission;
use crate::store;
use crate::store::note::WORDS;
use crate::text;
use crate::usecases::audit::{AuditEvent, SearchScope};
use crate::usecases::{Actor, AppContext, Error};

/// A note that was found.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NoteHits {
    /// The note in which the words were found.
    #[serde(flatten)]
    pub note: NoteLine,
    /// The words around the first hit, on one line.
    pub snippet: String,
}

/// Notes that contain every word, whatever its width, script or variant of a kanji; newest first. It shows what
/// members said: a look, once for the search.
#[tracing::instrument(level = "debug", skip_all, fields(staff = actor.id))]
pub async fn search(ctx: &AppContext, actor: &Actor, typed: &str) -> Result<Vec<NoteHits>, Error> {
    let allowed = actor.allowed(Permission::Look)?;
    let words = words(typed);
    if words[0].is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = ctx.read(&allowed).await?;
    let found = store::note::containing(&mut tx, &words, LIMIT).await?;
    let ids: Vec<i64> = found.iter().map(|note| note.id).collect();
    let listed = Some(store::listed::of_notes(&mut tx, &ids).await?.into_iter().collect());
    drop(tx);
    let (query, count) = (text::plain_line(typed).into_owned(), found.len() as u64);
    ctx.record(&allowed, AuditEvent::MemberSearched { scope: SearchScope::Notes, query, count, listed }).await?;
    let first = &words[0];
    Ok(found.into_iter().map(|note| NoteHits { snippet: snippet(&note.body, first), note }).collect())
}

/// The words as they are searched; what goes beyond the last belongs to it.
fn words(typed: &str) -> [String; WORDS] {
    let mut typed = typed.split_whitespace();
    let mut words: [String; WORDS] = std::array::from_fn(|_| typed.next().map(text::name_key).unwrap_or_default());
    for more in typed {
        words[WORDS - 1].push_str(&text::name_key(more));
    }
    words
}

/// A little of what stands before the word, and what follows it.
fn snippet(body: &str, key: &str) -> String {
    const BEFORE: usize = 10;
    let at = text::position_of(body, key).unwrap_or(0);
    let start = body[..at].char_indices().rev().nth(BEFORE - 1).map_or(0, |(start, _)| start);
    let cut = if start == 0 { "" } else { ".." };
    let line: Vec<&str> = body[start..].split_whitespace().collect();
    format!("{cut}{}", line.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_a_fifth_belongs_to_the_fourth() {
        assert_eq!(words("ﾊｶﾞｷ　髙橋"), ["ハガキ", "高橋", "", ""]);
        assert_eq!(words("a b c d e"), ["A", "B", "C", "DE"]);
    }

    #[test]
    fn a_snippet_begins_shortly_before_the_word() {
        assert_eq!(snippet("本日お電話にて、はがきの\n件で確認", "ハガキ"), "本日お電話にて、はがきの 件で確認");
        assert_eq!(snippet("きのうの本日お電話にて、はがきの件", "ハガキ"), "..うの本日お電話にて、はがきの件");
        assert_eq!(snippet("別件", "ハガキ"), "別件");
    }
}

//! 対応記録: what was said, and when to get back to the member.

use super::audit::{self, Act};
use super::{Actor, Error, Office, Refusal};
use crate::domain::diagnosis::Topic;
use crate::domain::request::Channel;
use crate::domain::{MemberKey, Permission};
use crate::store;
use crate::store::note::NewNote;
use crate::text;
use chrono::NaiveDate;

pub use crate::store::note::NoteLine;

/// The topic of a note that fits none of the guide's.
pub const OTHER: &str = "other";

/// A note before it is written.
#[derive(Debug, Clone)]
pub struct Note {
    /// What about; nothing for what the guide does not know.
    pub topic: Option<Topic>,
    /// Phone, form or counter.
    pub channel: Channel,
    /// What was said.
    pub body: String,
    /// When to get back to the member.
    pub follow_up_on: Option<NaiveDate>,
}

/// The most notes of one list.
const LIMIT: i64 = 500;

/// Writes a note on a member; its number.
pub async fn write(office: &Office, actor: &Actor, key: &MemberKey, note: &Note) -> Result<i64, Error> {
    actor.must(Permission::Note)?;
    let body = text::plain_lines(&text::widen(&note.body)).trim().to_owned();
    if body.is_empty() {
        return Err(Refusal::EmptyNote.into());
    }
    let today = office.clock.today();
    if let Some(given) = note.follow_up_on.filter(|day| *day < today) {
        return Err(Refusal::FollowUpPast { given, today }.into());
    }
    let mut tx = office.write().await?;
    let member = store::member::by_key(&mut tx, key).await?;
    let member = member.ok_or_else(|| Refusal::MemberUnknown(key.to_string()))?;
    let stored = NewNote {
        member_id: member.id,
        at: office.clock.now(),
        staff: &actor.id,
        channel: note.channel,
        topic: note.topic.map_or(OTHER, Topic::code),
        body: &body,
        follow_up_on: note.follow_up_on,
    };
    let id = store::note::insert(&mut tx, &stored).await?;
    let detail = format!("{id} {}", stored.topic);
    audit::write(&mut tx, office, actor, Act::NoteWritten.on(member.key()).and_detail(detail)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Follow-ups due today or before, the longest due first.
pub async fn due(office: &Office, actor: &Actor) -> Result<Vec<NoteLine>, Error> {
    actor.must(Permission::Look)?;
    Ok(store::note::due(&mut office.read().await?, office.clock.today(), LIMIT).await?)
}

/// Notes whose text contains this, newest first. It shows what members said: a look, once for the search.
pub async fn search(office: &Office, actor: &Actor, words: &str) -> Result<Vec<NoteLine>, Error> {
    actor.must(Permission::Look)?;
    let words = text::widen(words.trim()).into_owned();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = office.write().await?;
    let found = store::note::containing(&mut tx, &words, LIMIT).await?;
    let asked = format!("notes: {} ({})", text::plain_line(&words), found.len());
    audit::write(&mut tx, office, actor, Act::MemberSearched.detail(asked)).await?;
    tx.commit().await?;
    Ok(found)
}

/// A follow-up was done.
pub async fn done(office: &Office, actor: &Actor, id: i64) -> Result<(), Error> {
    actor.must(Permission::Note)?;
    let mut tx = office.write().await?;
    let unknown = || Refusal::NoteUnknown(id);
    let note = store::note::get(&mut tx, id).await?.ok_or_else(unknown)?;
    if !store::note::done(&mut tx, id, office.clock.now()).await? {
        return Err(unknown().into());
    }
    let member = format!("{}-{}-{}", note.symbol, note.number, note.branch);
    audit::write(&mut tx, office, actor, Act::NoteDone.on(member).and_detail(id)).await?;
    Ok(tx.commit().await?)
}

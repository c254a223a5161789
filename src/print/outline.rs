//! Bookmarks and page labels: where a part of a long document begins, and what its pages are called.

use lopdf::{Document, Object, StringFormat, dictionary};

/// A part of a document, from one page on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OutlineEntry {
    /// Number of its first page, from 0.
    pub(super) page: usize,
    /// The bookmark: `260 旭精機株式会社`.
    pub(super) title: String,
    /// Its pages are called `260-1`, `260-2`, …
    pub(super) prefix: String,
}

/// Adds the entries to a document that has all its pages.
pub(super) fn add(document: &mut Document, entries: &[OutlineEntry]) -> lopdf::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let pages: Vec<lopdf::ObjectId> = document.page_iter().collect();
    let root = document.new_object_id();
    let items: Vec<lopdf::ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let mut labels: Vec<Object> = Vec::new();
    for (at, (entry, id)) in entries.iter().zip(&items).enumerate() {
        let Some(page) = pages.get(entry.page) else { continue };
        let mut item = dictionary! {
            "Title" => text(&entry.title),
            "Parent" => root,
            "Dest" => vec![Object::from(*page), "Fit".into()],
        };
        let beside = |at: Option<usize>| at.and_then(|at| items.get(at)).copied();
        for (key, neighbour) in [("Prev", beside(at.checked_sub(1))), ("Next", beside(Some(at + 1)))] {
            if let Some(neighbour) = neighbour {
                item.set(key, neighbour);
            }
        }
        document.set_object(*id, item);
        labels.push(i64::try_from(entry.page).unwrap_or(i64::MAX).into());
        labels.push(dictionary! { "P" => text(&entry.prefix), "S" => "D" }.into());
    }
    let (first, last) = (items[0], items[items.len() - 1]);
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    document.set_object(root, dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count });
    let catalog = document.catalog_mut()?;
    catalog.set("Outlines", root);
    catalog.set("PageLabels", dictionary! { "Nums" => labels });
    catalog.set("PageMode", "UseOutlines");
    Ok(())
}

/// A text string of PDF: UTF-16 with a byte order mark.
fn text(words: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(words.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

//! What printpdf 0.12 cannot do, done with lopdf: pages and forms that share their resources (printpdf's own forms fail
//! in poppler), print settings, and an ID that is the same for the same document.

use super::pdf_metadata::{Duplex, Metadata};
use lopdf::{Document, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

/// Builds all pages from the one page that printpdf wrote, with the deflated contents in their order. Pages and forms
/// share its resources.
pub(super) fn build_pages(document: &mut Document, contents: Vec<Vec<u8>>) -> lopdf::Result<()> {
    let Some(first) = document.page_iter().next() else { return Ok(()) };
    let Some(Object::Dictionary(mut pattern)) = document.objects.remove(&first) else { return Ok(()) };
    for surplus in [&b"TrimBox"[..], b"CropBox", b"Annots"] {
        pattern.remove(surplus);
    }
    document.objects.remove(&pattern.get(b"Contents")?.as_reference()?);
    let shared = pattern.get(b"Resources")?.clone();
    for object in document.objects.values_mut() {
        if let Object::Stream(Stream { dict, .. }) = object
            && dict.get(b"Subtype").is_ok_and(|kind| *kind == "Form".into())
        {
            dict.set("Resources", shared.clone());
        }
    }
    let mut pages: Vec<Object> = Vec::with_capacity(contents.len());
    for content in contents {
        let mut page = pattern.clone();
        let content = Stream::new(dictionary! { "Filter" => "FlateDecode" }, content);
        page.set("Contents", document.add_object(content));
        pages.push(document.add_object(page).into());
    }
    let tree = pattern.get(b"Parent")?.as_reference()?;
    let tree = document.get_dictionary_mut(tree)?;
    tree.set("Count", pages.len() as i64);
    tree.set("Kids", pages);
    Ok(())
}

/// Sets PDF 1.7, print settings and an ID derived from the metadata instead of a random one; removes empty PDF/X claims.
pub(super) fn set_metadata(document: &mut Document, metadata: &Metadata, pages: usize) -> lopdf::Result<()> {
    "1.7".clone_into(&mut document.version);
    let duplex = match metadata.duplex {
        Duplex::OneSided => "Simplex",
        Duplex::LongEdge => "DuplexFlipLongEdge",
    };
    let catalog = document.catalog_mut()?;
    catalog.set("Lang", Object::string_literal("ja-JP"));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "PrintScaling" => "None", "Duplex" => duplex, "DisplayDocTitle" => true },
    );
    let info = document.trailer.get(b"Info")?.as_reference()?;
    let info = document.get_dictionary_mut(info)?;
    for empty in [&b"GTS_PDFXVersion"[..], b"Identifier", b"Subject", b"Keywords"] {
        info.remove(empty);
    }
    let digest = Sha256::digest(format!("{metadata:?}{pages}"));
    let id = Object::String(digest[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

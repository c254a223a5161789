//! Page contents: rendered by printpdf and deflated on all cores; plain contents are wiped (S2).

use super::pdf_error::PdfError;
use flate2::{Compression, write::ZlibEncoder};
use lopdf::Document;
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, TextItem};
use std::io::{self, Write};
use zeroize::Zeroize;

/// The deflated contents of pages, in order.
pub(super) fn render_contents(pages: &mut Vec<PdfPage>) -> Result<Vec<Vec<u8>>, PdfError> {
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let share = pages.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        while !pages.is_empty() {
            let rest = pages.split_off(share.min(pages.len()));
            let share = std::mem::replace(pages, rest);
            threads.push(scope.spawn(|| render_share(share)));
        }
        let mut contents = Vec::new();
        for thread in threads {
            contents.append(&mut thread.join().map_err(|_| io::Error::other("a rendering thread panicked"))??);
        }
        Ok(contents)
    })
}

fn render_share(pages: Vec<PdfPage>) -> Result<Vec<Vec<u8>>, PdfError> {
    let mut document = PdfDocument::new("");
    document.pages = pages;
    let made = convert(&document);
    wipe(&mut document.pages);
    let mut made = made?;
    let pages: Vec<_> = made.page_iter().flat_map(|page| made.get_page_contents(page)).collect();
    let deflated = pages.into_iter().map(|id| {
        let stream = made.get_object_mut(id)?.as_stream_mut()?;
        let content = deflate(&stream.content)?;
        stream.content.zeroize();
        Ok(content)
    });
    deflated.collect()
}

/// A printpdf document as an lopdf document. A warning of printpdf is an error: what it warns of would not print.
pub(super) fn convert(document: &PdfDocument) -> Result<Document, PdfError> {
    let mut warnings = Vec::new();
    // "Secure" would leave out paths that are handed over whole; nothing in a document comes from elsewhere.
    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let made = document.to_lopdf_document(&options, &mut warnings);
    match warnings.into_iter().next() {
        None => Ok(made),
        Some(warning) => Err(PdfError::Set(warning.msg)),
    }
}

fn wipe(pages: &mut [PdfPage]) {
    for op in pages.iter_mut().flat_map(|page| &mut page.ops) {
        let Op::ShowText { items } = op else { continue };
        for item in items {
            if let TextItem::GlyphIds(glyphs) = item {
                glyphs.iter_mut().for_each(|glyph| glyph.gid.zeroize());
            }
        }
    }
}

/// Deflates at level 4, a compromise between speed and size.
pub(super) fn deflate(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), Compression::new(4));
    encoder.write_all(content)?;
    encoder.finish()
}

/// Deflates the streams that are not compressed yet: fonts and their tables.
pub(super) fn deflate_uncompressed(document: &mut Document) -> io::Result<()> {
    for object in document.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut()
            && !stream.dict.has(b"Filter")
        {
            stream.set_content(deflate(&stream.content)?);
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    Ok(())
}

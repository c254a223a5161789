//! A PDF document: pages of shapes, set by printpdf, written as a whole. Only this file and `pdf_*` know PDF.

use super::font::Fonts;
use super::geometry::{Area, PT_PER_MM, Size};
use super::outline::{self, OutlineEntry};
use super::page::PageContent;
use super::pdf_content::{self, Placement};
use super::pdf_error::PdfError;
use super::pdf_font::UsedGlyphs;
use super::pdf_metadata::Metadata;
use super::template::Shift;
use super::{pdf_encrypt, pdf_finish, pdf_stream, sample_mark};
use crate::secrets::Passphrase;
use chrono::{NaiveTime, TimeDelta};
use lopdf::Document;
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, OffsetDateTime, Op, PdfDocument, PdfDocumentInfo, PdfPage, XObject,
    XObjectId, XObjectTransform,
};
use std::io::{self, Write};
use zeroize::Zeroize;

/// Shapes that several pages share, drawn once.
#[derive(Debug, Clone, Copy)]
pub(super) struct SharedForm(usize);

/// A document under construction. All its pages have one size and one set of panels.
pub(super) struct Pdf<'a> {
    fonts: &'a Fonts,
    sheet: Size,
    panels: Vec<Placement>,
    used: UsedGlyphs,
    document: PdfDocument,
    /// Pages whose contents are not rendered yet.
    waiting: Vec<PdfPage>,
    /// Rendered and deflated page contents.
    contents: Vec<Vec<u8>>,
    /// Drawn behind the contents of every page.
    mark: Option<SharedForm>,
    outline: Vec<OutlineEntry>,
}

/// Number of pages whose contents are rendered together, on all cores.
const RENDER_BATCH: usize = 512;

impl<'a> Pdf<'a> {
    pub(super) fn new(fonts: &'a Fonts, sheet: Size, panels: Vec<Placement>) -> Self {
        let (used, document) = (UsedGlyphs::new(fonts), PdfDocument::new(""));
        Self {
            fonts,
            sheet,
            panels,
            used,
            document,
            waiting: Vec::new(),
            contents: Vec::new(),
            mark: None,
            outline: Vec::new(),
        }
    }

    /// Marks every page from now on as a sample (B2): 見本 in grey across each of these areas, of the flat sheet in mm.
    pub(super) fn mark_as_sample(&mut self, areas: &[Area]) -> Result<(), PdfError> {
        let mut ops = Vec::new();
        for area in areas {
            sample_mark::draw(&mut ops, self.fonts, self.sheet, area, &mut self.used);
        }
        self.mark = Some(self.form_of(ops)?);
        Ok(())
    }

    /// Draws shapes once, for many pages.
    pub(super) fn form(&mut self, page: &PageContent) -> Result<SharedForm, PdfError> {
        let mut ops = Vec::new();
        self.draw(&mut ops, page);
        self.form_of(ops)
    }

    fn form_of(&mut self, ops: Vec<Op>) -> Result<SharedForm, PdfError> {
        let content = pdf_stream::render_contents(&mut vec![self.blank(ops)])?.concat();
        let [width, height] = [self.sheet.width, self.sheet.height].map(|length| DictItem::Real(length * PT_PER_MM));
        let dict = [
            ("Type", DictItem::Name(b"XObject".to_vec())),
            ("Subtype", DictItem::Name(b"Form".to_vec())),
            ("BBox", DictItem::Array(vec![DictItem::Int(0), DictItem::Int(0), width, height])),
            ("Filter", DictItem::Name(b"FlateDecode".to_vec())),
        ];
        let dict = dict.map(|(key, value)| (key.to_owned(), value)).into();
        let stream = ExternalStream { dict, content, compress: false };
        let forms = &mut self.document.resources.xobjects.map;
        let form = SharedForm(forms.len());
        forms.insert(form.name(), XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None }));
        Ok(form)
    }

    /// Adds a page, shifted for its printer: a shared form, and the page's own shapes on top.
    pub(super) fn page(&mut self, form: Option<SharedForm>, page: &PageContent, shift: Shift) -> Result<(), PdfError> {
        let mut ops = Vec::new();
        pdf_content::open(&mut ops, self.sheet, shift);
        for form in self.mark.into_iter().chain(form) {
            ops.push(Op::UseXobject { id: form.name(), transform: XObjectTransform::default() });
        }
        self.draw(&mut ops, page);
        ops.push(Op::RestoreGraphicsState);
        self.waiting.push(self.blank(ops));
        if self.waiting.len() >= RENDER_BATCH { self.set() } else { Ok(()) }
    }

    /// Begins a part at the next page: its bookmark, and the prefix of its page labels.
    pub(super) fn begin_part(&mut self, title: String, prefix: String) {
        self.outline.push(OutlineEntry { page: self.page_count(), title, prefix });
    }

    pub(super) fn page_count(&self) -> usize {
        self.contents.len() + self.waiting.len()
    }

    /// Writes the finished document.
    pub(super) fn write(
        mut self,
        metadata: &Metadata,
        encrypt: Option<&Passphrase>,
        out: &mut impl Write,
    ) -> Result<(), PdfError> {
        self.set()?;
        self.document.metadata.info = info(metadata)?;
        self.document.resources.fonts = self.used.subset(self.fonts)?;
        self.document.pages = vec![self.blank(self.used.specimen())];
        let pages = self.page_count();
        let mut document = pdf_stream::convert(&self.document)?;
        pdf_finish::build_pages(&mut document, self.contents)?;
        outline::add(&mut document, &self.outline)?;
        pdf_finish::set_metadata(&mut document, metadata, pages)?;
        pdf_stream::deflate_uncompressed(&mut document)?;
        if let Some(passphrase) = encrypt {
            pdf_encrypt::encrypt(&mut document, passphrase)?;
        }
        let written = document.save_to(out);
        wipe(&mut document);
        Ok(written?)
    }

    fn set(&mut self) -> Result<(), PdfError> {
        self.contents.append(&mut pdf_stream::render_contents(&mut self.waiting)?);
        Ok(())
    }

    fn draw(&mut self, ops: &mut Vec<Op>, page: &PageContent) {
        for part in &page.parts {
            pdf_content::panel(ops, &self.panels[part.panel], &part.shapes, &mut self.used);
        }
    }

    fn blank(&self, ops: Vec<Op>) -> PdfPage {
        PdfPage::new(Mm(self.sheet.width), Mm(self.sheet.height), ops)
    }
}

impl SharedForm {
    fn name(self) -> XObjectId {
        XObjectId(format!("S{}", self.0))
    }
}

fn info(metadata: &Metadata) -> Result<PdfDocumentInfo, PdfError> {
    // printpdf writes dates in UTC.
    let midnight = metadata.date.and_time(NaiveTime::MIN) - TimeDelta::hours(9);
    let moment = OffsetDateTime::from_unix_timestamp(midnight.and_utc().timestamp());
    let moment = moment.map_err(|error| PdfError::Set(error.to_owned()))?;
    Ok(PdfDocumentInfo {
        document_title: metadata.title.clone(),
        author: metadata.author.clone(),
        creator: "mykempo-console".to_owned(),
        producer: concat!("mykempo-console ", env!("CARGO_PKG_VERSION")).to_owned(),
        creation_date: moment,
        modification_date: moment,
        ..PdfDocumentInfo::default()
    })
}

/// S2: wipes the document's contents from memory.
fn wipe(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut() {
            stream.content.zeroize();
        }
    }
}

/// Reopens a file and counts its pages by walking the page tree.
pub(super) fn count_pages(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<usize, PdfError> {
    let document = match passphrase {
        None => Document::load_mem(bytes),
        Some(passphrase) => {
            Document::load_mem_with_options(bytes, lopdf::LoadOptions::with_password(passphrase.expose()))
        }
    };
    let document = document.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(document.page_iter().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::geometry::Rotation;
    use crate::print::pdf_metadata::Duplex;
    use chrono::NaiveDate;

    /// A full disk.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn b5_a_full_disk_is_an_error() {
        let fonts = Fonts::embedded().unwrap();
        let sheet = Size { width: 148.0, height: 210.0 };
        let whole = Area { x: 0.0, y: 0.0, width: 148.0, height: 210.0 };
        let mut pdf = Pdf::new(&fonts, sheet, vec![Placement::new(sheet, &whole, Rotation::Upright)]);
        pdf.page(None, &PageContent::default(), Shift::NONE).unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let metadata = Metadata { title: String::new(), author: String::new(), date, duplex: Duplex::OneSided };
        let written = pdf.write(&metadata, None, &mut Full);
        assert!(matches!(written, Err(PdfError::Write(error)) if error.kind() == io::ErrorKind::StorageFull));
    }
}

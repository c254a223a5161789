//! A PDF document: pages made of marks, written whole. With its `pdf_*` neighbours the only file that knows PDF.

use super::font::Fonts;
use super::geometry::{PT_PER_MM, Size};
use super::page::Page;
use super::pdf_content::{self, Placement};
use super::pdf_font::{SubsetError, Used, text_string};
use super::pdf_seal;
use super::template::Calibration;
use crate::secrets::Passphrase;
use chrono::NaiveDate;
use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use zeroize::Zeroize;

/// What a document says about itself. The date is that of the paper, not of the clock, so that the same batch
/// gives the same bytes.
#[derive(Debug, Clone)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) date: NaiveDate,
    pub(super) duplex: Duplex,
}

/// On which sides of the paper the pages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duplex {
    OneSided,
    /// 長辺とじ
    LongEdge,
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    #[error(transparent)]
    Subset(#[from] SubsetError),
    #[error("encryption: {0}")]
    Seal(String),
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Marks that several pages share, drawn once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form(usize);

/// A document in the making. All its pages have one size and one set of panels.
pub(super) struct Pdf<'a> {
    fonts: &'a Fonts,
    sheet: Size,
    panels: Vec<Placement>,
    calibration: Calibration,
    used: Used,
    document: Document,
    resources: ObjectId,
    tree: ObjectId,
    pages: Vec<ObjectId>,
    forms: Vec<ObjectId>,
    /// Contents not yet compressed.
    waiting: Vec<(ObjectId, Vec<u8>)>,
}

/// So many contents are compressed together, on all cores.
const TOGETHER: usize = 512;

impl<'a> Pdf<'a> {
    pub(super) fn new(fonts: &'a Fonts, sheet: Size, panels: Vec<Placement>, calibration: Calibration) -> Self {
        let mut document = Document::with_version("1.7");
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        let (resources, tree) = (document.new_object_id(), document.new_object_id());
        let used = Used::new(fonts);
        let (pages, forms, waiting) = (Vec::new(), Vec::new(), Vec::new());
        Self { fonts, sheet, panels, calibration, used, document, resources, tree, pages, forms, waiting }
    }

    /// Draws marks once, for many pages.
    pub(super) fn form(&mut self, page: &Page) -> Result<Form, PdfError> {
        let content = self.content(page);
        let [width, height] = self.media();
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), width, height],
            "Resources" => self.resources,
            "Filter" => "FlateDecode",
        };
        self.forms.push(self.document.add_object(Stream::new(form, deflate(&content)?)));
        Ok(Form(self.forms.len() - 1))
    }

    /// Adds a page: a shared form and its own marks on top.
    pub(super) fn page(&mut self, form: Option<Form>, page: &Page) -> Result<(), PdfError> {
        // Large enough not to move while it is written: a move would leave a copy of the password behind (S2).
        let mut content = Vec::with_capacity(1 << 14);
        pdf_content::open(&mut content, self.sheet, self.calibration);
        if let Some(Form(index)) = form {
            let _ = writeln!(content, "/S{index} Do");
        }
        self.draw(&mut content, page);
        pdf_content::close(&mut content);
        let contents = self.document.new_object_id();
        let page = self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.tree,
            "Contents" => contents,
        });
        self.pages.push(page);
        self.waiting.push((contents, content));
        if self.waiting.len() >= TOGETHER { self.compress() } else { Ok(()) }
    }

    pub(super) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Writes the finished document.
    pub(super) fn write(
        mut self,
        metadata: &Metadata,
        seal: Option<&Passphrase>,
        out: &mut impl Write,
    ) -> Result<(), PdfError> {
        self.compress()?;
        let fonts = self.used.embed(self.fonts, &mut self.document)?;
        let forms: lopdf::Dictionary =
            self.forms.iter().enumerate().map(|(at, id)| (format!("S{at}"), Object::Reference(*id))).collect();
        self.document.objects.insert(self.resources, dictionary! { "Font" => fonts, "XObject" => forms }.into());
        self.close_tree(metadata);
        if let Some(passphrase) = seal {
            pdf_seal::seal(&mut self.document, passphrase)?;
        }
        let written = self.document.save_to(out);
        self.wipe();
        Ok(written?)
    }

    fn content(&mut self, page: &Page) -> Vec<u8> {
        let mut content = Vec::new();
        self.draw(&mut content, page);
        content
    }

    fn draw(&mut self, content: &mut Vec<u8>, page: &Page) {
        for part in &page.parts {
            pdf_content::panel(content, &self.panels[part.panel], &part.marks, &mut self.used);
        }
    }

    /// Contents are compressed on all cores and the clear ones wiped (S2).
    fn compress(&mut self) -> Result<(), PdfError> {
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get());
        let share = self.waiting.len().div_ceil(threads).max(1);
        let squeeze = |contents: &mut [(ObjectId, Vec<u8>)]| {
            contents.iter_mut().try_for_each(|(_, content)| {
                let small = deflate(content);
                content.zeroize();
                *content = small?;
                Ok::<(), io::Error>(())
            })
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                self.waiting.chunks_mut(share).map(|contents| scope.spawn(move || squeeze(contents))).collect();
            threads.into_iter().try_for_each(|thread| {
                thread.join().unwrap_or_else(|_| Err(io::Error::other("a compressing thread broke down")))
            })
        })?;
        for (id, content) in self.waiting.drain(..) {
            let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, content);
            self.document.objects.insert(id, stream.into());
        }
        Ok(())
    }

    fn close_tree(&mut self, metadata: &Metadata) {
        let [width, height] = self.media();
        let kids: Vec<Object> = self.pages.iter().map(|id| Object::Reference(*id)).collect();
        let tree = dictionary! {
            "Type" => "Pages",
            "Count" => kids.len() as i64,
            "Kids" => kids,
            "MediaBox" => vec![0.into(), 0.into(), width, height],
            "Resources" => self.resources,
        };
        self.document.objects.insert(self.tree, tree.into());
        let duplex = match metadata.duplex {
            Duplex::OneSided => "Simplex",
            Duplex::LongEdge => "DuplexFlipLongEdge",
        };
        let catalog = self.document.add_object(dictionary! {
            "Type" => "Catalog",
            "Pages" => self.tree,
            "Lang" => Object::string_literal("ja-JP"),
            "ViewerPreferences" => dictionary! {
                "PrintScaling" => "None",
                "Duplex" => duplex,
                "DisplayDocTitle" => true,
            },
        });
        let moment = Object::string_literal(metadata.date.format("D:%Y%m%d000000+09'00'").to_string());
        let info = self.document.add_object(dictionary! {
            "Title" => text_string(&metadata.title),
            "Author" => text_string(&metadata.author),
            "Creator" => Object::string_literal("mykempo-console"),
            "Producer" => Object::string_literal(concat!("mykempo-console ", env!("CARGO_PKG_VERSION"))),
            "CreationDate" => moment.clone(),
            "ModDate" => moment,
        });
        let digest = Sha256::digest(format!("{metadata:?}{}", self.pages.len()));
        let id = Object::String(digest[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
        self.document.trailer.set("Root", catalog);
        self.document.trailer.set("Info", info);
        self.document.trailer.set("ID", vec![id.clone(), id]);
    }

    fn media(&self) -> [Object; 2] {
        [self.sheet.width, self.sheet.height].map(|length| Object::Real(length * PT_PER_MM))
    }

    /// S2: what was in memory for the file does not stay there.
    fn wipe(&mut self) {
        for object in self.document.objects.values_mut() {
            if let Object::Stream(stream) = object {
                stream.content.zeroize();
            }
        }
    }
}

/// Deflated at a level where speed and size meet.
pub(super) fn deflate(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), Compression::new(4));
    encoder.write_all(content)?;
    encoder.finish()
}

/// Reopens a file and counts its pages by walking the page tree.
pub(super) fn count_pages(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<usize, PdfError> {
    let document = match passphrase {
        None => Document::load_mem(bytes),
        Some(passphrase) => {
            Document::load_mem_with_options(bytes, lopdf::LoadOptions::with_password(passphrase.expose()))
        }
    };
    let document = document.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
    Ok(document.page_iter().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::geometry::{Area, Turn};

    /// A disk without room.
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
        let mut pdf = Pdf::new(&fonts, sheet, vec![Placement::new(sheet, &whole, Turn::Upright)], Calibration::NONE);
        pdf.page(None, &Page::default()).unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let metadata = Metadata { title: String::new(), author: String::new(), date, duplex: Duplex::OneSided };
        let written = pdf.write(&metadata, None, &mut Full);
        assert!(matches!(written, Err(PdfError::Write(error)) if error.kind() == io::ErrorKind::StorageFull));
    }
}

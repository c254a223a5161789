//! 様式: the society's own templates, checked, aligned and looked at where they are written. No database is needed.

use super::refusal::ReplyRefusal;
use super::{Error, Refusal};
use crate::domain::diagnosis::ReplyTexts;
use crate::domain::gate::FamilyOf;
use crate::domain::{BatchNumber, CardKind, coded};
use crate::files::{Existing, IoFault, OutputFile, Protected};
use crate::interchange::Encoding;
use crate::print::{
    self, Calibration, CardContent, CardRenderer, Fonts, PostageMark, PrintedRoute, Sender, Template, TemplateFault,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::path::Path;

/// Why nothing came of a template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// What is wrong with it, line by line.
    #[error("{} faults in the template", .0.len())]
    Faults(Vec<TemplateFault>),
    /// A file that cannot be read or written.
    #[error(transparent)]
    Failed(#[from] Error),
}

coded! {
    /// The templates that come with the program.
    pub enum BuiltIn {
        /// V折り: A5, one fold.
        VFold = "v-fold",
        /// Z折り: A4, two folds.
        ZFold = "z-fold",
    }
}

impl BuiltIn {
    /// Its text, a starting point for a society's own.
    pub const fn text(self) -> &'static str {
        match self {
            Self::VFold => Template::V_FOLD,
            Self::ZFold => Template::Z_FOLD,
        }
    }
}

/// The text of a template by the name of `print.template`: one of the program's, or a file.
pub(super) fn text(name: &str) -> Result<Cow<'static, str>, Error> {
    match name.parse::<BuiltIn>() {
        Ok(built_in) => Ok(built_in.text().into()),
        Err(_) => Ok(file_text(Path::new(name))?.into()),
    }
}

/// A file of any editor: UTF-8 with or without its mark, or CP932; lines end as they may.
fn file_text(file: &Path) -> Result<String, Error> {
    let unreadable = |why: IoFault| Refusal::File { path: file.to_owned(), why };
    let bytes = std::fs::read(file).map_err(|e| unreadable(e.into()))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let text = Encoding::Utf8.decode(bytes).or_else(|| Encoding::Cp932.decode(bytes));
    let text = text.ok_or_else(|| unreadable(IoFault::Said("UTF-8, CP932".to_owned())))?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A society's own words of replies (`reply.template`).
///
/// # Errors
/// The file cannot be read, or has faults.
pub(super) fn replies(file: &Path) -> Result<ReplyTexts, Error> {
    let faults = |faults| ReplyRefusal::Faults { path: file.to_owned(), faults };
    Ok(ReplyTexts::own(&file_text(file)?).map_err(faults)?)
}

/// Reads a template and sets its own words once with a sample sender: do they fit, can they be printed?
pub fn check(file: &Path) -> Result<(), TemplateError> {
    CardRenderer::open(read(file)?, fonts()?, sample_sender()).map_err(TemplateError::Faults)?;
    Ok(())
}

/// Whether a template can be used for the cards (`print.template`).
pub(super) fn usable(name: &str) -> Result<(), Error> {
    let (template, fonts) = (Template::parse(&text(name)?), fonts()?);
    let opened = template.and_then(|template| CardRenderer::open(template, fonts, sample_sender()));
    let lines = |faults: Vec<TemplateFault>| faults.iter().map(|fault| fault.line).collect();
    opened.map(|_| ()).map_err(|faults| Refusal::Template { name: name.to_owned(), lines: lines(faults) }.into())
}

/// Whether a template has corrections for a printer (`print.printer`).
pub(super) fn knows_printer(template: &str, printer: &str) -> Result<bool, Error> {
    let template = Template::parse(&text(template)?);
    Ok(template.is_ok_and(|template| template.calibration(printer).is_some()))
}

/// SHA-256 of a template's text, lower-case hexadecimal.
pub(super) fn sha256(name: &str) -> Result<String, Error> {
    Ok(crate::text::hex(&Sha256::digest(text(name)?.as_bytes())))
}

/// Writes the alignment page of a template: rulers, folds and frames.
pub fn alignment(
    file: &Path,
    day: NaiveDate,
    out: &Path,
    existing: Existing,
    protected: Protected,
) -> Result<(), TemplateError> {
    let template = read(file)?;
    let mut page = OutputFile::create(out, existing, protected.and(file)).map_err(Error::from)?;
    print::alignment(&template, &fonts()?, Calibration::NONE, day, &name_of(out), &mut page).map_err(Error::Print)?;
    page.finish().map_err(Error::from)?;
    Ok(())
}

/// Writes a built-in template into a file, to be changed.
pub fn export(built_in: BuiltIn, out: &Path, existing: Existing, protected: Protected) -> Result<(), Error> {
    use std::io::Write;
    let mut file = OutputFile::create(out, existing, protected)?;
    let written = file.write_all(built_in.text().as_bytes());
    written.map_err(|e| Refusal::File { path: out.to_owned(), why: e.into() })?;
    file.finish()?;
    Ok(())
}

/// Writes cards with the hardest of sample data in a template, 見本 across each; how many pages.
pub fn preview(
    file: &Path,
    day: NaiveDate,
    out: &Path,
    existing: Existing,
    protected: Protected,
) -> Result<usize, TemplateError> {
    let renderer = CardRenderer::open(read(file)?, fonts()?, sample_sender()).map_err(TemplateError::Faults)?;
    let mut pages = OutputFile::create(out, existing, protected.and(file)).map_err(Error::from)?;
    let count =
        renderer.as_sample().sample(&sample_cards(day), day, &name_of(out), &mut pages).map_err(Error::Print)?;
    pages.finish().map_err(Error::from)?;
    Ok(count)
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A template by name or as a file.
fn read(file: &Path) -> Result<Template, TemplateError> {
    Template::parse(&text(&file.to_string_lossy())?).map_err(TemplateError::Faults)
}

fn fonts() -> Result<Fonts, Error> {
    Fonts::embedded().map_err(Error::Fonts)
}

pub(super) fn sample_sender() -> Sender {
    Sender {
        name: "○○○○○○○○健康保険組合".to_owned(),
        postcode: "1110051".to_owned(),
        address: "東京都○○区○○一丁目1番1号".to_owned(),
        department: "業務課 適用係".to_owned(),
        phone: "03-0000-0000".to_owned(),
        hours: "平日 9:00～17:00".to_owned(),
        portal_name: "MyKempo".to_owned(),
        portal_url: "https://portal.example.jp/".to_owned(),
        postage: PostageMark { postage: print::Postage::Deferred, office: "浅草局".to_owned(), yen: 85 },
        insurer_number: "06139497".to_owned(),
    }
}

/// Names and addresses that are hard to set: long, foreign, with variants of characters, of a dependent.
fn sample_cards(day: NaiveDate) -> Vec<CardContent> {
    struct Person {
        kind: CardKind,
        name: &'static str,
        insured: Option<&'static str>,
        login_id: Option<&'static str>,
    }
    let person = |kind, name, insured, login_id| Person { kind, name, insured, login_id };
    let people = [
        person(CardKind::Viewing, "東海林　拓也", None, None),
        person(CardKind::Viewing, "マリア・ロペス・デ・ラ・クルス・ゴンザレス", Some("藤井　健一"), None),
        person(CardKind::Login, "髙橋　德子", None, Some("noriko_takahashi.0708")),
        person(CardKind::Login, "葛\u{E0100}城　結衣", Some("葛\u{E0100}城　太郎"), Some("yui0O1l")),
    ];
    let number = BatchNumber::new(day, 1);
    let card = |(at, person): (usize, Person)| {
        let Person { kind, name, insured, login_id } = person;
        let address2 = if at % 2 == 0 {
            "第3双葉ビル609号室"
        } else {
            "横浜みなとみらいビジネススクエアタワーⅡ 24階"
        };
        CardContent {
            serial: number.serial(at + 1),
            kind,
            issue_date: day,
            name: name.to_owned(),
            key: format!("260-{}-00", at + 44),
            route: PrintedRoute {
                employer_code: Some("260".to_owned()),
                postcode: Some("1010025".to_owned()),
                address1: "東京都千代田区神田佐久間町一丁目8-4".to_owned(),
                address2: address2.to_owned(),
                company: "株式会社東日本エレクトロニクステクノロジーソリューションズ".to_owned(),
                department: "人事総務本部 人事部 労務厚生課".to_owned(),
                contact: String::new(),
            },
            login_id: login_id.map(str::to_owned),
            expires_on: login_id.and_then(|_| day.checked_add_days(chrono::Days::new(30))),
            family: FamilyOf::of(insured.map(str::to_owned), Some("長女".to_owned())),
        }
    };
    people.into_iter().enumerate().map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_of_any_editor_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let windows = Template::V_FOLD.replace('\n', "\r\n");
        // The notepad's ANSI has no middle dot of the sort in it, and needs none.
        let cp932 = Encoding::Cp932.encode(&windows).into_owned();
        let marked = [b"\xEF\xBB\xBF", windows.as_bytes()].concat();
        for (at, bytes) in [windows.clone().into_bytes(), marked, cp932].into_iter().enumerate() {
            let file = folder.path().join(format!("{at}.toml"));
            std::fs::write(&file, bytes).unwrap();
            check(&file).unwrap_or_else(|error| panic!("{at}: {error:?}"));
        }
    }

    #[test]
    fn a_preview_has_the_hardest_cards_on_every_page() {
        let folder = tempfile::tempdir().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        for built_in in BuiltIn::ALL {
            let out = folder.path().join(format!("{}.pdf", built_in.code()));
            let made = preview(Path::new(built_in.code()), day, &out, Existing::Keep, Protected::default());
            assert_eq!(made.unwrap(), 8);
        }
    }

    #[test]
    fn a_built_in_template_is_exported_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("ours.toml");
        export(BuiltIn::ZFold, &out, Existing::Keep, Protected::default()).unwrap();
        assert_eq!(std::fs::read_to_string(&out).unwrap(), Template::Z_FOLD);
        check(&out).unwrap();
    }

    #[test]
    fn a_missing_or_faulty_template_cannot_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.toml");
        let name = file.to_string_lossy().into_owned();
        assert!(matches!(usable(&name), Err(Error::Refused(Refusal::File { .. }))));
        std::fs::write(&file, Template::V_FOLD.replace("across = 105", "across = 100")).unwrap();
        assert!(matches!(usable(&name), Err(Error::Refused(Refusal::Template { .. }))));
        assert!(usable("v-fold").is_ok() && usable("z-fold").is_ok());
    }
}

//! `manifest.csv`: serial, member key, employer, kind. No secret; safe to open in a spreadsheet.

use crate::print::CardContent;
use crate::text::sheet_cell;
use std::io;

/// R3: in the place of an employer.
const ONE_OFF: &str = "個別送付";

/// UTF-8 with BOM and CRLF, as spreadsheets in Japan expect it.
pub(super) fn csv(cards: &[CardContent]) -> io::Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".into());
    out.write_record(["はがき番号", "記号-番号-枝番", "事業所記号", "種別"])?;
    for card in cards {
        let employer = card.route.employer_code.as_deref().unwrap_or(ONE_OFF);
        let cells = [card.serial.as_str(), &card.key, employer, card.kind.code()];
        out.write_record(cells.map(|cell| sheet_cell(cell.as_bytes())))?;
    }
    out.into_inner().map_err(csv::IntoInnerError::into_error)
}

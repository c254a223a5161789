//! 送付依頼の取込.

use super::preview::{PreviewItem, Warned};
use super::reader::Keep;
use super::run::Run;
use crate::domain::request::{Channel, Claim};
use crate::interchange::{FileFacts, RequestRow, RowWarning};
use crate::store::{self, request::Request};
use crate::usecases::Error;
use crate::usecases::requests::{NewRequest, Taken, take};

/// Two rows with the same receipt number, in one file or in two, are one request.
pub(super) async fn import(run: &mut Run<'_>) -> Result<FileFacts, Error> {
    let opened = run.open::<RequestRow>()?;
    let mut reader = opened.start(Keep::Rejected, |row: RequestRow, _, _| Ok(row));
    let mut waiting = Vec::new();
    while let Some(batch) = reader.next().await {
        run.step(run.report.rows, batch.bytes)?;
        for parsed in batch.rows {
            waiting.extend(
                run.take(parsed, |row| (row.receipt.clone(), row.name.clone()))?.map(|(line, row, _)| (line, row)),
            );
        }
    }
    let facts = reader.finish(run.job.path).await?;
    run.step(run.report.rows, facts.bytes)?;
    run.writing().await?;
    for (line, row) in waiting {
        add(run, line, row).await?;
    }
    Ok(facts)
}

async fn add(run: &mut Run<'_>, line: u64, row: RequestRow) -> Result<(), Error> {
    let claim = Claim {
        symbol: row.member.symbol,
        number: row.member.number,
        branch: row.member.branch,
        name: row.name,
        kana: row.kana,
        born_on: row.born_on,
        employer: row.employer,
    };
    let new = NewRequest {
        receipt: &row.receipt,
        received_at: row.received_at,
        channel: Channel::Form,
        kind: row.kind,
        claim: &claim,
        phone: &row.phone,
        email: &row.email,
        body: &row.body,
    };
    let item = || PreviewItem { line, key: row.receipt.clone(), what: claim.name.clone() };
    let (uow, _) = run.writing_as().await?;
    match take(uow, &new).await? {
        Taken::Added => run.added(item),
        Taken::Known(known) => {
            run.unchanged(item);
            let differ = differences(&known, &new);
            if !differ.is_empty() {
                let (key, what) = (row.receipt.clone(), format!("{} ({})", claim.name, differ.join(", ")));
                run.warn(Warned { line, key, what, warning: RowWarning::ReceiptDiffers });
            }
        }
    }
    Ok(())
}

/// the columns in which a row differs from what came before under its receipt number.
fn differences(known: &Request, new: &NewRequest<'_>) -> Vec<&'static str> {
    use RequestRow as C;
    let (was, is) = (known.claim(), new.claim);
    let compared = [
        (C::RECEIVED_AT, known.received_at == store::micros(new.received_at)),
        (C::KIND, known.kind == new.kind),
        (C::SYMBOL, was.symbol == is.symbol),
        (C::NUMBER, was.number == is.number),
        (C::BRANCH, was.branch == is.branch),
        (C::NAME, was.name == is.name),
        (C::KANA, was.kana == is.kana),
        (C::BORN_ON, was.born_on == is.born_on),
        (C::EMPLOYER, was.employer == is.employer),
        (C::PHONE, known.phone == new.phone),
        (C::EMAIL, known.email == new.email),
        (C::BODY, known.body == new.body),
    ];
    compared.into_iter().filter(|(_, same)| !same).map(|(column, _)| column.header).collect()
}

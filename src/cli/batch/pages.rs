//! What the commands on batches print for people.

use crate::cli::context::CliContext;
use crate::domain::CardKind;
use crate::labels::{batch_review, codes, packing};
use crate::text::japan::day_of;
use crate::usecases::batches::{BatchLine, BatchView, Letters, Missing, Packed, PreviewCard};
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// The two sides of a card in a frame, one under the other.
pub(super) fn drawn(card: &PreviewCard) -> String {
    const WIDTH: usize = 60;
    let rule = |corners: [&str; 2]| format!("{}{}{}", corners[0], "-".repeat(WIDTH), corners[1]);
    let line = |text: &String| format!("| {text}{}|", " ".repeat((WIDTH - 1).saturating_sub(text.width())));
    let mut lines = vec![card.serial.clone(), rule(["+", "+"])];
    lines.extend(card.outside.iter().map(line));
    lines.push(rule(["+", "+"]));
    lines.extend(card.inside.iter().map(line));
    lines.push(rule(["+", "+"]));
    lines.join("\n")
}

/// The papers of the cards in hand, and what is thrown away.
pub(super) fn letters_made(cli: &CliContext, made: &Letters) -> String {
    let texts = &cli.texts().batch;
    let mut lines = vec![texts.letters(made.edition, made.employers, made.cards)];
    lines.extend((!made.left_out.is_empty()).then(|| texts.left_out(&made.left_out.join(", "))));
    lines.extend((!made.outdated.is_empty()).then(|| texts.outdated(&made.outdated.join(", "))));
    lines.extend(made.changed.iter().map(|parcel| {
        texts.changed_parcel(&format!("{} {}", parcel.employer, parcel.name), parcel.before, parcel.cards)
    }));
    lines.extend(made.files.iter().map(|file| file.display().to_string()));
    lines.join("\n")
}

/// A line for each scan, and one for each parcel that was begun.
pub(super) fn packed(cli: &CliContext, packed: &Packed) -> String {
    let scans = packed.scans.iter().map(|scan| {
        let (word, text) = packing::answer(cli.lang, &scan.answer);
        format!("{}  {word}  {text}", scan.code).trim_end().to_owned()
    });
    let parcels = packed.parcels.iter().map(|parcel| {
        let (all, missing) = (parcel.cards, &parcel.missing);
        let cards = cli.lang.labels().words.cards(all as u64);
        let left = (!missing.is_empty()).then(|| cli.lang.labels().packing.missing(&packing::places(missing)));
        format!("{}  {} / {cards}  {}", packing::parcel(&parcel.parcel), all - missing.len(), left.unwrap_or_default())
    });
    scans.chain(parcels.map(|line| line.trim_end().to_owned())).collect::<Vec<_>>().join("\n")
}

/// The state of a batch, its cards, those that left it, and its files.
pub(super) fn page(cli: &CliContext, view: &BatchView) -> String {
    let state = codes::batch_state(cli.lang, view.batch.state());
    let mut lines = vec![format!("{}  {state}", view.batch.number)];
    lines.extend(batch_review::lines(cli.lang, view).into_iter().map(|line| format!("{}: {}", line.name, line.text)));
    lines.extend(view.print_by.map(|day| cli.lang.labels().batches.print_by(&day.to_string())));
    lines.extend(view.comments.iter().map(|comment| {
        let who = view.names.get(&comment.by).unwrap_or(&comment.by);
        format!("{}  {who}: {}", codes::comment(cli.lang, comment.kind), comment.text)
    }));
    lines.extend(view.cards.iter().map(|card| {
        let serial = card.serial.clone().unwrap_or_else(|| card.id.to_string());
        let state = codes::card_state(cli.lang, card.state);
        format!("{serial}  {}{}  {}  {state}", cli.protected_mark(card.protected), card.key, card.name)
    }));
    lines.extend(view.left.iter().map(|card| {
        let serial = card.serial.clone().unwrap_or_else(|| card.id.to_string());
        let left = cli.texts().batch.left(codes::card_state(cli.lang, card.left_as));
        format!("{serial}  {}{}  {}  {left}", cli.protected_mark(card.protected), card.key, card.name)
    }));
    lines.extend(view.bundles.iter().filter(|bundle| !bundle.tracking.is_empty()).map(|bundle| {
        let tracking = cli.lang.labels().call.tracking(&bundle.tracking);
        format!("{} {}  {tracking}", bundle.employer, bundle.name)
    }));
    lines.extend(view.files.iter().map(|file| {
        let gone = |at| format!("  {}", cli.lang.labels().batches.destroyed(&day_of(at).to_string()));
        format!("{}  {}{}", file.name, file.sha256, file.destroyed_at.map(gone).unwrap_or_default())
    }));
    lines.join("\n")
}

pub(super) fn receipt(cli: &CliContext, line: &Missing) -> String {
    let Missing { bundle, waited, due } = line;
    let sent = bundle.dispatched_on.map(|day| day.to_string()).unwrap_or_default();
    let days = cli.lang.labels().words.business_days((*waited).into());
    let late = cli.texts().batch.due(*due);
    let (batch, code, name) = (&bundle.batch, &bundle.employer, &bundle.name);
    let tracking = match bundle.tracking.as_str() {
        "" => String::new(),
        number => format!("  {}", cli.lang.labels().call.tracking(number)),
    };
    format!("{sent}  {days}  {batch}  {code} {name}  {} {}{late}{tracking}", bundle.contact, bundle.phone)
}

pub(super) fn paths(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join("\n")
}

pub(super) fn line(cli: &CliContext, line: &BatchLine) -> String {
    let words = &cli.lang.labels().words;
    let state = codes::batch_state(cli.lang, line.batch.state());
    let (viewing, login) = (words.card_kind(CardKind::Viewing), words.card_kind(CardKind::Login));
    format!("{}  {state}  {viewing} {}  {login} {}", line.batch.number, line.viewing, line.login)
}

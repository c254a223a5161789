//! From rows to what the print room takes: cards in the order of the pile, with their serials.

use super::dispatch::login_notice_ends;
use crate::domain::{BatchNumber, CardKind, HoldReason, OneOffAddress, Relation};
use crate::print::{
    self, Calibration, CardRenderer, Fonts, PostageMark, PreflightFault, PreflightNote, Sender, SortKey, Template,
    TemplateFault,
};
use crate::store::card::PrintRow;
use crate::store::employer::Employer;
use crate::store::member::Member;
use crate::store::printed_card::PrintedCard;
use crate::store::{self, Tx, batch::Batch};
use crate::usecases::household::household;
use crate::usecases::routes::{Destination, destination};
use crate::usecases::{AppContext, Error, Refusal, templates};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// A card that can be printed, with the rows it came from.
#[derive(Debug)]
pub(super) struct PrintableCard {
    pub(super) card_id: i64,
    /// Whose parcel it is in; none for a one-off address (R3).
    pub(super) employer_id: Option<i64>,
    pub(super) card: print::CardContent,
    /// Worth knowing, but no reason to hold the card.
    pub(super) notes: Vec<PreflightNote>,
    order: (SortKey, String),
}

/// A card that cannot, and why (B4).
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) card_id: i64,
    pub(super) member: String,
    pub(super) reason: HoldReason,
    pub(super) faults: Vec<PreflightFault>,
}

/// The pile of a batch.
#[derive(Debug)]
pub(super) struct PrintJob {
    pub(super) renderer: CardRenderer,
    /// In print order, serials set.
    pub(super) sheets: Vec<PrintableCard>,
    pub(super) stopped: Vec<Stopped>,
    /// SHA-256 of the template's text.
    template_sha256: String,
}

/// Preflight (B4): every card of the batch is either a sheet or stopped with the reason.
pub(super) async fn print_job(
    tx: &mut Tx,
    ctx: &AppContext,
    batch: &Batch,
    date: NaiveDate,
) -> Result<PrintJob, Error> {
    let template = templates::text(&ctx.settings.template)?;
    let renderer = renderer_of(ctx, &template)?;
    let template_sha256 = crate::text::hex(&Sha256::digest(template.as_bytes()));
    let (mut sheets, mut stopped) = (Vec::new(), Vec::new());
    for row in store::card::to_print(tx, batch.id).await? {
        let member = row.key.to_string();
        let stop = |reason, faults| Stopped { card_id: row.id, member: member.clone(), reason, faults };
        let Some(who) = store::member::get(tx, row.member_id).await? else { continue };
        let (employer_id, route) = match destination(tx, ctx.clock.today(), row.one_off_id, &who).await? {
            Destination::Employer(employer) => (Some(employer.id), to_employer(&employer)),
            Destination::OneOff(address) => (None, to_one_off(&address)),
            Destination::Nowhere(_, reason) => {
                stopped.push(stop(reason, Vec::new()));
                continue;
            }
        };
        let insured = insured_of(tx, &who).await?;
        let sheet = sheet(ctx, &row, employer_id, route, insured, date);
        match renderer.preflight(&sheet.card) {
            Ok(notes) => sheets.push(PrintableCard { notes, ..sheet }),
            Err(faults) => stopped.push(stop(HoldReason::Unprintable, faults)),
        }
    }
    sheets.sort_by(|a, b| a.order.cmp(&b.order));
    number(&mut sheets, &batch.number);
    Ok(PrintJob { renderer, sheets, stopped, template_sha256 })
}

/// B6: serials follow the order of the pile.
fn number(sheets: &mut [PrintableCard], batch: &BatchNumber) {
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.card.serial = batch.serial(at + 1);
    }
}

/// R1: the representative address.
fn to_employer(employer: &Employer) -> print::PrintedRoute {
    print::PrintedRoute {
        employer_code: Some(employer.record.code_shown.clone()),
        postcode: employer.record.postcode.clone(),
        address1: employer.record.address1.clone(),
        address2: employer.record.address2.clone(),
        company: employer.record.name.clone(),
        department: employer.record.department.clone(),
        contact: employer.record.contact.clone(),
    }
}

/// R3: an address outside the registry.
fn to_one_off(address: &OneOffAddress) -> print::PrintedRoute {
    print::PrintedRoute {
        employer_code: None,
        postcode: Some(address.postcode.clone()),
        address1: address.address1.clone(),
        address2: address.address2.clone(),
        company: address.addressee.clone(),
        department: address.department.clone(),
        contact: String::new(),
    }
}

/// B4, R3: what would keep a member's card from being printed with a one-off address.
pub(in crate::usecases) fn faults_at(
    ctx: &AppContext,
    member: &Member,
    kind: CardKind,
    login_id: Option<String>,
    address: &OneOffAddress,
) -> Result<Vec<PreflightFault>, Error> {
    let date = ctx.clock.today();
    let card = print::CardContent {
        serial: BatchNumber::new(date, 1).serial(1),
        kind,
        issue_date: date,
        name: member.name.clone(),
        key: member.key(),
        route: to_one_off(address),
        login_id: login_id.filter(|_| kind == CardKind::Login),
        expires_on: expires_on(ctx, kind, date),
        insured: None,
    };
    Ok(renderer(ctx)?.preflight(&card).err().unwrap_or_default())
}

/// L5: what a login notice says of its end goes by the planned dispatch.
fn expires_on(ctx: &AppContext, kind: CardKind, date: NaiveDate) -> Option<NaiveDate> {
    (kind == CardKind::Login).then(|| login_notice_ends(&ctx.settings, date))
}

/// The name under which the employer knows a dependent's household.
async fn insured_of(tx: &mut Tx, member: &Member) -> Result<Option<String>, Error> {
    match member.relation {
        Relation::Insured => Ok(None),
        Relation::Dependent => {
            let insured = household(tx, member).await?.insured;
            Ok(insured.filter(|insured| insured.id != member.id).map(|insured| insured.name))
        }
    }
}

fn sheet(
    ctx: &AppContext,
    row: &PrintRow,
    employer_id: Option<i64>,
    route: print::PrintedRoute,
    insured: Option<String>,
    date: NaiveDate,
) -> PrintableCard {
    let key = row.key.to_string();
    PrintableCard {
        card_id: row.id,
        employer_id,
        notes: Vec::new(),
        order: (SortKey::of(&route, &row.kana_key), key.clone()),
        card: print::CardContent {
            serial: String::new(),
            kind: row.kind,
            issue_date: date,
            name: row.name.clone(),
            key,
            route,
            login_id: (row.kind == CardKind::Login).then(|| row.login_id.clone()).flatten(),
            expires_on: expires_on(ctx, row.kind, date),
            insured,
        },
    }
}

/// The fonts that cards are printed in.
pub(in crate::usecases) fn fonts(ctx: &AppContext) -> Result<Fonts, Error> {
    let named = &ctx.settings.fallback_fonts;
    let files: Vec<PathBuf> = named.split(',').map(str::trim).filter(|f| !f.is_empty()).map(PathBuf::from).collect();
    Fonts::with_fallbacks(&files).map_err(Error::Fonts)
}

/// H3: what stays of the printed cards when their PDF is gone.
pub(super) fn printed_cards(ctx: &AppContext, job: &PrintJob) -> Vec<PrintedCard> {
    let of = |sheet: &PrintableCard| {
        let print::CardContent { serial, name, key, route, .. } = sheet.card.clone();
        PrintedCard {
            serial,
            card_id: sheet.card_id,
            member: key,
            exported_at: ctx.clock.now(),
            name,
            employer_code: route.employer_code,
            company: route.company,
            postcode: route.postcode,
            address1: route.address1,
            address2: route.address2,
            department: route.department,
            contact: route.contact,
            template: ctx.settings.template.clone(),
            template_sha256: job.template_sha256.clone(),
        }
    };
    job.sheets.iter().map(of).collect()
}

/// Everything that a card is set with.
pub(in crate::usecases) fn renderer(ctx: &AppContext) -> Result<CardRenderer, Error> {
    renderer_of(ctx, &templates::text(&ctx.settings.template)?)
}

/// The same with a template that was read already.
fn renderer_of(ctx: &AppContext, template: &str) -> Result<CardRenderer, Error> {
    let fonts = fonts(ctx)?;
    let society = &ctx.settings.society;
    let postage = PostageMark { postage: ctx.settings.postage, office: ctx.settings.postage_office.clone() };
    let sender = Sender {
        name: society.name.clone(),
        postcode: society.postcode.clone(),
        address: society.address.clone(),
        department: society.department.clone(),
        phone: society.phone.clone(),
        hours: society.hours.clone(),
        portal_name: society.portal_name.clone(),
        portal_url: society.portal_url.clone(),
        postage,
        insurer_number: society.insurer.clone(),
    };
    let template = Template::parse(template);
    let settings = &ctx.settings;
    let calibration = |template: &Template| template.calibration(&settings.printer).unwrap_or(Calibration::NONE);
    let renderer = template.and_then(|template| {
        let calibration = calibration(&template);
        Ok(CardRenderer::open(template, fonts, sender)?.calibrated(calibration))
    });
    let wrong = |faults: Vec<TemplateFault>| Refusal::Template {
        name: settings.template.clone(),
        lines: faults.iter().map(|fault| fault.line).collect(),
    };
    Ok(renderer.map_err(wrong)?.dated(settings.date_style).for_passwords_of(settings.passwords.length()))
}

/// The cards of a batch as they were printed, with their row IDs, in the order of the paper.
pub(super) async fn contents(tx: &mut Tx, batch: &Batch) -> Result<Vec<(i64, print::CardContent)>, Error> {
    let date = batch.planned_on.unwrap_or_default();
    let cards = store::card::of_batch(tx, batch.id).await?;
    let kinds: std::collections::BTreeMap<i64, CardKind> = cards.into_iter().map(|card| (card.id, card.kind)).collect();
    let printed = store::printed_card::of_batch(tx, batch.id).await?;
    let content = |card: PrintedCard| {
        let content = print::CardContent {
            serial: card.serial,
            kind: kinds.get(&card.card_id).copied().unwrap_or(CardKind::Viewing),
            issue_date: date,
            name: card.name,
            key: card.member,
            route: print::PrintedRoute {
                employer_code: card.employer_code,
                postcode: card.postcode,
                address1: card.address1,
                address2: card.address2,
                company: card.company,
                department: card.department,
                contact: card.contact,
            },
            login_id: None,
            expires_on: None,
            insured: None,
        };
        (card.card_id, content)
    };
    Ok(printed.into_iter().map(content).collect())
}

/// B13: whether a card would be printed as the spoiled one was that it replaces.
pub(super) async fn replaces_the_same(tx: &mut Tx, sheet: &PrintableCard) -> Result<bool, Error> {
    let Some(spoiled) = store::card::get(tx, sheet.card_id).await?.and_then(|card| card.replaces) else {
        return Ok(false);
    };
    let serial = store::card::get(tx, spoiled).await?.and_then(|card| card.serial).unwrap_or_default();
    let Some(then) = store::printed_card::of_serial(tx, &serial).await? else { return Ok(false) };
    let now = &sheet.card;
    Ok(now.name == then.name
        && now.key == then.member
        && now.route
            == print::PrintedRoute {
                employer_code: then.employer_code,
                postcode: then.postcode,
                address1: then.address1,
                address2: then.address2,
                company: then.company,
                department: then.department,
                contact: then.contact,
            })
}

//! From rows to what the print room takes: cards in the order of the pile, with their serials.

use super::paper::{reaches_paper, renderer, renderer_of};
use crate::domain::gate::{
    ApprovalDifference, BeforePrinting, CardPerson, ChangedCard, GateValue, RouteNow, fingerprint,
};
use crate::domain::{BatchNumber, CardKind, CardRoute, CardState, HoldReason, OneOffAddress};
use crate::print::{self, CardRenderer, PreflightFault, PreflightNote, SortKey};
use crate::store::approved_card::{ApprovedCard, NewApproval};
use crate::store::card::GateRow;
use crate::store::member::Member;
use crate::store::{self, Tx, batch::Batch};
use crate::usecases::gate::{self, Gated, Stop};
use crate::usecases::{AppContext, Error, apart, templates};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// A card that can be printed, with the rows it came from.
#[derive(Debug)]
pub(super) struct PrintableCard {
    pub(super) card_id: i64,
    /// Whose parcel it is in; none for a one-off address (R3).
    pub(super) employer_id: Option<i64>,
    pub(super) card: print::CardContent,
    pub(super) born_on: Option<NaiveDate>,
    /// Worth knowing, but no reason to hold the card.
    pub(super) notes: Vec<PreflightNote>,
    order: (SortKey, String),
}

/// A card that cannot, and what becomes of it (B4, B7).
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) stop: Stop,
    pub(super) faults: Vec<PreflightFault>,
}

/// The pile of a batch.
#[derive(Debug)]
pub(super) struct PrintJob {
    pub(super) renderer: CardRenderer,
    /// In print order, serials set.
    pub(super) sheets: Vec<PrintableCard>,
    pub(super) stopped: Vec<Stopped>,
    /// What differs from the approval, where there is one.
    pub(super) changed: Vec<ChangedCard>,
    /// SHA-256 of the template's text.
    pub(super) template_sha256: String,
    /// B11: of the approval, where there is one.
    pub(super) fingerprint: Option<String>,
}

/// V5: the planned dispatch date where none is given.
pub fn default_dispatch_date(ctx: &AppContext) -> NaiveDate {
    ctx.workdays.after(ctx.clock.today(), 1)
}

/// Preflight (B4) and gate (B7, S6) for a dispatch on `date`: every card of the batch is a sheet, stopped with the reason, or changed since the approval.
pub(super) async fn print_job(
    tx: &mut Tx,
    ctx: &AppContext,
    batch: &Batch,
    date: NaiveDate,
) -> Result<PrintJob, Error> {
    ctx.settings.must_be_readable(reaches_paper)?;
    let template = templates::text(&ctx.settings.template)?;
    let renderer = renderer_of(&ctx.settings, &template)?;
    let template_sha256 = crate::text::hex(&Sha256::digest(template.as_bytes()));
    let fingerprint = batch.approval_digest.as_deref().map(fingerprint);
    let (sheets, stopped, changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut job = PrintJob { renderer, sheets, stopped, changed, template_sha256, fingerprint };
    let delays = apart::in_batch(tx, ctx, batch, date.max(ctx.clock.today())).await?;
    let rows = store::card::gate_of_batch(tx, batch.id).await?;
    for gated in gate::judge_apart(rows, &delays, gate::days(ctx)) {
        if gated.row.state == CardState::Drafted {
            job.take(ctx, &gated, date);
        }
    }
    job.sheets.sort_by(|a, b| a.order.cmp(&b.order));
    number(&mut job.sheets, &batch.number);
    Ok(job)
}

impl PrintJob {
    fn take(&mut self, ctx: &AppContext, gated: &Gated, date: NaiveDate) {
        let row = &gated.row;
        let stop = |how, faults: Vec<PreflightFault>| {
            let stop = Stop::of(gated, how).because(detail(&faults));
            Stopped { stop, faults }
        };
        match gate::before_printing(gated) {
            Some(BeforePrinting::Changed(_)) => return self.changed.extend(changes(gated)),
            Some(how) => return self.stopped.push(stop(how, Vec::new())),
            None => {}
        }
        let renamed = changes(gated);
        if !renamed.is_empty() {
            return self.changed.extend(renamed);
        }
        let (employer_id, route) = match &gated.facts.route {
            RouteNow::Employer(route) => (row.employer_id, route),
            RouteNow::OneOff(route) => (None, route),
            RouteNow::Nowhere { reason, .. } => {
                return self.stopped.push(stop(BeforePrinting::Hold(*reason), Vec::new()));
            }
        };
        let sheet = sheet(ctx, row, employer_id, route.clone(), date);
        match self.renderer.preflight(&sheet.card) {
            Ok(notes) => self.sheets.push(PrintableCard { notes, ..sheet }),
            Err(faults) => self.stopped.push(stop(BeforePrinting::Hold(HoldReason::Unprintable), faults)),
        }
    }
}

/// B11: what of a card differs from its approval. A name may be corrected, but not on an approved card.
fn changes(gated: &Gated) -> Vec<ChangedCard> {
    let change = |reason, approved: GateValue, now: GateValue| ChangedCard {
        card: gated.row.id,
        member: gated.row.key.to_string(),
        reason,
        approved,
        now,
    };
    let found = gated.findings.iter().filter_map(|finding| match finding.reason.before_printing() {
        BeforePrinting::Changed(reason) => Some(change(reason, finding.printed.clone(), finding.now.clone())),
        BeforePrinting::Hold(_) | BeforePrinting::Requeue | BeforePrinting::Cancel(_) => None,
    });
    let mut changes: Vec<ChangedCard> = found.collect();
    let Some(approved) = gated.row.approved() else { return changes };
    let person = |name: &str, born_on| CardPerson { name: name.to_owned(), born_on };
    let is_other = changes.iter().any(|it| it.reason == ApprovalDifference::OtherPerson);
    if approved.person.name != gated.row.name && !is_other {
        let now = person(&gated.row.name, gated.facts.holder.born_on);
        changes.push(change(ApprovalDifference::Name, approved.person.into(), now.into()));
    }
    if let (Some(then), Some(now)) = (approved.family, gate::family_of(&gated.row))
        && then.insured != now.insured
    {
        let (then, now) = (person(&then.insured, None), person(&now.insured, None));
        changes.push(change(ApprovalDifference::Insured, then.into(), now.into()));
    }
    changes
}

/// B6: serials follow the order of the pile.
fn number(sheets: &mut [PrintableCard], batch: &BatchNumber) {
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.card.serial = batch.serial(at + 1);
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
        family: None,
    };
    Ok(renderer(&ctx.settings)?.preflight(&card).err().unwrap_or_default())
}

/// L5: what a login notice says of its end goes by the planned dispatch.
fn expires_on(ctx: &AppContext, kind: CardKind, date: NaiveDate) -> Option<NaiveDate> {
    (kind == CardKind::Login).then(|| ctx.settings.login_notice_ends(date))
}

fn sheet(
    ctx: &AppContext,
    row: &GateRow,
    employer_id: Option<i64>,
    route: CardRoute,
    date: NaiveDate,
) -> PrintableCard {
    let key = row.key.to_string();
    PrintableCard {
        card_id: row.id,
        employer_id,
        born_on: Some(row.holder_born_on),
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
            family: gate::family_of(row),
        },
    }
}

/// What exactly cannot be printed, in codes that read alike in both languages: `name U+E000`.
fn detail(faults: &[PreflightFault]) -> Option<String> {
    let each = faults.iter().map(|fault| match fault {
        PreflightFault::Missing(slot) => slot.code().to_owned(),
        PreflightFault::Unprintable { slot, character } => format!("{} {character}", slot.code()),
        PreflightFault::DoesNotFit { field } => field.clone(),
    });
    let all: Vec<String> = each.collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// H3, B11: what is approved for the cards that can be printed.
pub(super) fn approvals(sheets: &[PrintableCard]) -> Vec<NewApproval> {
    let of = |sheet: &PrintableCard| {
        let print::CardContent { kind, name, key, route, family, .. } = sheet.card.clone();
        let person = CardPerson { name, born_on: sheet.born_on };
        NewApproval { card_id: sheet.card_id, kind, member: key, person, route, family }
    };
    sheets.iter().map(of).collect()
}

/// The cards of a batch as they were printed, with their row IDs, in the order of the paper.
pub(super) async fn contents(tx: &mut Tx, batch: &Batch) -> Result<Vec<(i64, print::CardContent)>, Error> {
    let date = batch.planned_on.unwrap_or_default();
    let cards = store::card::of_batch(tx, batch.id).await?;
    let kinds: std::collections::BTreeMap<i64, CardKind> = cards.into_iter().map(|card| (card.id, card.kind)).collect();
    let printed = store::approved_card::printed_in(tx, batch.id).await?;
    let content = |card: ApprovedCard| {
        let (route, family) = (card.route(), card.family());
        let content = print::CardContent {
            serial: card.serial.unwrap_or_default(),
            kind: kinds.get(&card.card_id).copied().unwrap_or(CardKind::Viewing),
            issue_date: date,
            name: card.name,
            key: card.member,
            route,
            login_id: None,
            expires_on: None,
            family,
        };
        (card.card_id, content)
    };
    Ok(printed.into_iter().map(content).collect())
}

/// B13: whether a card would be printed as the spoiled one was that it replaces, with the same words.
pub(super) async fn replaces_the_same(
    tx: &mut Tx,
    sheet: &PrintableCard,
    template_sha256: &str,
) -> Result<bool, Error> {
    let Some(spoiled) = store::card::get(tx, sheet.card_id).await?.and_then(|card| card.replaces) else {
        return Ok(false);
    };
    let serial = store::card::get(tx, spoiled).await?.and_then(|card| card.serial).unwrap_or_default();
    let Some(then) = store::approved_card::of_serial(tx, &serial).await? else { return Ok(false) };
    let now = &sheet.card;
    let same_template = then.template_sha256.as_deref() == Some(template_sha256);
    let same_family = then.family().is_none_or(|family| now.family.as_ref() == Some(&family));
    let same_person = now.name == then.name && now.key == then.member && same_family;
    Ok(same_template && same_person && now.route == then.route())
}

//! What an entry of the audit log says beside its name.

use super::{
    Lang, audit_calls, audit_causes, browsing, codes, files, incidents, installation, promises, settings, two_people,
    upkeep,
};
use crate::domain::RetentionCounts;
use crate::domain::diagnosis::Scripts;
use crate::domain::request::IdentityCheck;
use crate::usecases::{AuditEvent as E, CardRef, FieldChange, MemberPart, Recorded, SETTINGS};

/// The facts of an entry in one short sentence; empty where it has none. What an older version
/// wrote is shown unchanged.
pub fn facts(lang: Lang, recorded: &Recorded) -> String {
    match recorded {
        Recorded::Event(event) => of_event(lang, event),
        Recorded::Legacy { detail, .. } => detail.clone(),
    }
}

fn of_event(lang: Lang, event: &E) -> String {
    let (words, says) = (&lang.labels().words, &lang.labels().audit_facts);
    match event {
        E::SignedIn
        | E::ScreenUnlocked
        | E::SignedOut
        | E::PasswordChanged
        | E::FactorEnrolled
        | E::MemberSeen { part: MemberPart::Record }
        | E::DraftKept { call: None }
        | E::DraftGivenUp { call: None }
        | E::BatchPreviewed
        | E::BatchCommented
        | E::BatchSentBack => String::new(),

        E::Init { insurer, admin } => says.init(insurer, admin),
        E::SignInFailed { cause } => audit_causes::sign_in_failure(lang, *cause).to_owned(),
        E::StaffAdded { id, role } => format!("{id} {}", words.role(*role)),
        E::Refused { needs } => codes::permission(lang, *needs).to_owned(),
        E::StaffOpenedOnHost { id }
        | E::StaffUnlocked { id }
        | E::StaffReset { id }
        | E::KeyGiven { id }
        | E::StaffDisabled { id }
        | E::FactorReset { id } => id.clone(),
        E::StaffRoleChanged { id, old, new } => format!("{id} {}", change(words.role(*old), words.role(*new))),
        E::RecoveryCodeUsed { left } => says.codes_left(*left),
        E::ChangeProposed { proposal, change } => says.proposed(*proposal, &two_people::change(lang, change)),
        E::ChangeConfirmed { proposal, change, proposed_by } => {
            says.confirmed(*proposal, &two_people::change(lang, change), proposed_by)
        }
        E::ChangeEnded { proposal, change, proposed_by, outcome } => {
            let outcome = two_people::state(lang, *outcome);
            says.ended(*proposal, outcome, &two_people::change(lang, change), proposed_by)
        }
        E::SettingSet { key, old, new } => setting(lang, key, &change(old, new)),

        E::MemberSearched { scope, query, count, .. } => browsing::searched(lang, *scope, query, *count),
        E::MemberSeen { part: MemberPart::AsOf } => says.as_of.to_owned(),
        E::MemberSeen { part: MemberPart::Lineage } => says.lineage.to_owned(),
        E::NumberPassed { before, after } => change(before, after),
        E::MembershipsJoined { with, reason } => says.joined(with, reason),
        E::MembershipParted { from, reason } => says.parted(from, reason),
        E::MembershipEnded { on, reason } => says.membership_ended(*on, reason),
        E::MembershipResumed { reason } => reason.clone(),
        E::FamilyAssigned { insured, reason } => says.family_of(insured, reason),
        E::ProtectionSet { reason } | E::ProtectionEnded { reason } => says.because(reason),
        E::PromiseDated { kind, next, owner } => {
            says.promise_dated(promises::kind(lang, *kind), *next, owner.as_deref().unwrap_or("-"))
        }
        E::PromiseClosed { kind, reason } => says.promise_closed(promises::kind(lang, *kind), reason),

        E::DiagnosisSeen { topic, case } => match Scripts::embedded() {
            Ok(scripts) => scripts.title(*topic, lang.into()).to_owned(),
            Err(_) => format!("{} {}", topic.code(), case.code()),
        },
        E::CallerStated { caller, contact } => audit_calls::caller_stated(lang, *caller, *contact),
        E::IdentityChecked { caller, paper, verdicts } => {
            audit_calls::identity_checked(lang, *caller, *paper, verdicts)
        }
        E::NoteWritten { note, topic, caller, adds_to } => {
            audit_calls::note_written(lang, *note, *topic, *caller, *adds_to)
        }
        E::NoteDone { note } => says.note(*note),
        E::CallBegun { call, caller } | E::CallEnded { call, caller } => audit_calls::call(lang, *call, *caller),
        E::CallSeen { call } | E::DraftKept { call: Some(call) } | E::DraftGivenUp { call: Some(call) } => {
            says.call(*call)
        }
        E::IncidentOpened { .. }
        | E::IncidentPerson { .. }
        | E::IncidentNoted { .. }
        | E::IncidentCauseSet { .. }
        | E::IncidentClosed { .. }
        | E::IncidentReopened { .. }
        | E::IncidentSeen { .. } => incidents::facts(lang, event),

        E::Imported { kind, file, sha256, rows, added, changed, unchanged, rejected } => {
            let rows = says.rows(*rows, *added, *changed, *unchanged, *rejected);
            says.imported(files::kind(lang, *kind), file, &rows, sha256)
        }
        E::EmployerChanged { code, changes } => format!("{code} {}", fields(lang, changes)),
        E::MemberChanged { changes } => fields(lang, changes),
        E::DayBegun { day, accounts, cards } => says.day_begun(*day, *accounts, *cards),
        E::AccountClosed { reason } => codes::dead_reason(lang, *reason).to_owned(),

        E::CardAsked { card, kind, cause } => {
            format!("{} {} {}", named(lang, card), words.card_kind(*kind), codes::card_cause(lang, *cause))
        }
        E::CardApart { card }
        | E::CardReleased { card }
        | E::CardReturned { card, reason: None }
        | E::CardCancelled { card, reason: None } => named(lang, card),
        E::CardHeld { card, reason } => format!("{} {}", named(lang, card), codes::hold_reason(lang, *reason)),
        E::CardReturned { card, reason: Some(reason) } => {
            format!("{} {}", named(lang, card), promises::return_reason(lang, *reason))
        }
        E::CardCancelled { card, reason: Some(reason) } => {
            format!("{} {}", named(lang, card), codes::dead_reason(lang, *reason))
        }
        E::CardDead { card, reason, step } => {
            let step = step.map(|step| format!(" {}", codes::card_step(lang, step))).unwrap_or_default();
            format!("{}{step} {}", named(lang, card), codes::dead_reason(lang, *reason))
        }
        E::CardUndelivered { card, reason } => format!("{} {}", named(lang, card), codes::undelivered(lang, *reason)),
        E::AddressProposed { card, address } | E::AddressApproved { card, address } => says.one_off(*card, *address),
        E::AddressRefused { card, address, outcome } => {
            says.one_off_ended(*card, *address, audit_causes::proposal_ended(lang, *outcome))
        }
        E::AddressEnded { card } => says.one_off_over(*card),
        E::AddressConfirmed { code, changed_by, released } => says.address_confirmed(code, changed_by, *released),
        E::AddressCameBack { code, released } => says.address_back(code, *released),

        E::BatchDrafted { cards } | E::RemakeBegun { cards } => says.cards(cards.count(), cards),
        E::BatchApproved { cards: Some(cards), digest: Some(digest) } => says.approved(*cards, digest),
        E::BatchApproved { .. } => String::new(),
        E::ChangedSentBack { cards, requeued } => says.sent_back(cards, *requeued),
        E::BatchExported { cards, held } => says.exported(cards.count(), cards, *held),
        E::BatchPrinted { printed, spoiled } => says.printed(*printed, *spoiled),
        E::PrintCorrected { spoiled } => says.spoiled(*spoiled),
        E::LettersMade { edition, cards, employers } => says.letters(*edition, *employers, *cards),
        E::ParcelPacked { employer, cards } => says.packed(employer, cards.count()),
        E::RemakeEnded { requeued } | E::BatchCancelled { requeued } => says.requeued(requeued.count(), requeued),
        E::BatchRemade { run, cards } => says.remade(*run, cards.count(), cards),
        E::BatchDispatched { on, cards, pulled } => says.dispatched(*on, *cards, *pulled),
        E::BatchExpired { run, why, requeued } => {
            says.expired(*run, audit_causes::gone_because(lang, *why), requeued.count(), requeued)
        }
        E::FileDestroyed { file } => file.clone(),
        E::ReceiptRecorded { employer, on } => says.receipt(employer, *on),
        E::ReceiptCorrected { employer, before, on, reason } => says.receipt_corrected(employer, *before, *on, reason),
        E::TrackingNoted { employer, tracking } => says.tracking(employer, tracking),
        E::ExportRecovered { outcome, cleared } => {
            says.recovered(audit_causes::export_outcome(lang, *outcome), *cleared)
        }
        E::FeedAcknowledged { epoch, seq, redacted } => says.acknowledged(*epoch, *seq, *redacted),
        E::FeedEpochBegun { epoch, portal_at, last } => says.epoch_begun(*epoch, *portal_at, *last),
        E::FeedWritten { after, last } => says.feed_written(*after, *last),
        E::FeedDelivered { after, last, to, .. } => format!("{} {to}", says.feed_written(*after, *last)),

        E::RequestSeen { receipt }
        | E::RequestTaken { receipt }
        | E::RequestMatched { receipt }
        | E::RequestRecovered { receipt }
        | E::RequestResumed { receipt } => receipt.clone(),
        E::RequestVerified { receipt, checks, at } => {
            let at = at.map(|source| format!(" ({})", codes::number_source(lang, source))).unwrap_or_default();
            format!("{receipt} {}{at}", check_names(lang, checks)).trim_end().to_owned()
        }
        E::RequestLetPass { receipt, checks, reason } => says.let_pass(receipt, &check_names(lang, checks), reason),
        E::RequestAssigned { receipt, to } => says.assigned(receipt, to.as_deref().unwrap_or("-")),
        E::RequestQueued { receipt, card } => says.request_queued(receipt, *card),
        E::RequestHeld { receipt, ground }
        | E::RequestRejected { receipt, ground }
        | E::RequestAnswered { receipt, ground } => format!("{receipt} {}", ground.code()),
        E::RequestMerged { receipt, into } => change(receipt, into),
        E::ReplySeen { reply, receipt }
        | E::ReplyEdited { reply, receipt }
        | E::ReplyExported { reply, receipt }
        | E::ReplyWithdrawn { reply, receipt } => says.reply(receipt, *reply),
        E::ReplySent { reply, receipt, via } => says.reply_sent(receipt, *reply, lang.labels().replies.way(*via)),

        E::AuditExported { member, household, batch, staff } => {
            let household = household.as_ref().map(|of| says.household(of));
            let asked = [member, &household, batch, staff];
            let asked = asked.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            if asked.is_empty() { says.everything.to_owned() } else { asked }
        }
        E::BrowsingReviewed { since } => says.since(*since),
        E::StatsRead { period } => period.clone(),
        E::AuditPurged { anchor } => says.up_to(anchor),
        E::BackedUp { file, sealed, sha256, anchor } => says.backed_up(file, sealing(lang, *sealed), sha256, anchor),
        E::BackupSent { sealed, sha256, anchor } => says.backed_up("-", sealing(lang, *sealed), sha256, anchor),
        E::Restored { file, sha256 } => format!("{file} SHA-256 {sha256}"),
        E::DatabaseSettled { how, place } => format!("{} {place}", installation::settling(lang, *how)),
        E::ExportsTaken { folder, of } if of.is_empty() => folder.clone(),
        E::ExportsTaken { folder, of } => format!("{folder} ({of})"),
        E::Upgraded { from, to } => change(&from.to_string(), &to.to_string()),
        E::PurgeProposed { before, counts } => says.purge_proposed(*before, &purge(lang, counts)),
        E::Purged { before, counts, proposed_by } => says.purged(*before, &purge(lang, counts), proposed_by),
    }
}

fn check_names(lang: Lang, checks: &[IdentityCheck]) -> String {
    checks.iter().map(|check| codes::check(lang, *check)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn change(old: &str, new: &str) -> String {
    format!("{old} -> {new}")
}

fn fields(lang: Lang, changes: &[FieldChange]) -> String {
    let each = changes.iter().map(|FieldChange { field, old, new }| format!("{field} {}", change(old, new)));
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn named(lang: Lang, card: &CardRef) -> String {
    card.serial.clone().unwrap_or_else(|| lang.labels().audit_facts.card(card.id))
}

fn purge(lang: Lang, counts: &RetentionCounts) -> String {
    let says = &lang.labels().audit_facts;
    let each = counts.iter().map(|(kind, count)| says.purge_count(upkeep::purge_kind(lang, kind), count));
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// A setting by its meaning and key; by the key alone where this version does not know it any more.
fn setting(lang: Lang, key: &str, change: &str) -> String {
    match SETTINGS.iter().find(|setting| setting.key == key) {
        Some(setting) => format!("{} ({key}) {change}", settings::meaning(lang, setting.id)),
        None => format!("{key} {change}"),
    }
}

/// Whether a backup is encrypted.
const fn sealing(lang: Lang, sealed: bool) -> &'static str {
    if sealed { lang.pick("暗号化", "sealed") } else { lang.pick("暗号化なし", "clear") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::HoldReason;

    #[test]
    fn facts_are_told_in_both_languages_and_old_words_kept() {
        let card = CardRef { id: 7, serial: None };
        let held = Recorded::Event(E::CardHeld { card, reason: HoldReason::ByHand });
        assert_eq!(facts(Lang::Ja, &held), "はがき 7番 職員の判断");
        assert_eq!(facts(Lang::En, &held), "card 7 by hand");
        let drafted = Recorded::Event(E::BatchDrafted { cards: [1, 2, 3, 7].into_iter().collect() });
        assert_eq!(facts(Lang::En, &drafted), "4 cards: 1-3,7");
        let legacy = Recorded::Legacy { action: "card_held".into(), detail: "7 by_hand".into() };
        assert_eq!(facts(Lang::Ja, &legacy), "7 by_hand");
        assert_eq!(facts(Lang::Ja, &Recorded::Event(E::SignedIn)), "");
    }
}

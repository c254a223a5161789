//! What an entry of the audit log says beside its name.

use super::{Lang, audit_causes, browsing, codes, files, incidents, promises, settings, two_people, upkeep};
use crate::domain::diagnosis::{ContactCheck, PaperCheck};
use crate::domain::request::{IdentityCheck, Verdict};
use crate::domain::{ProposalState, RetentionCounts};
use crate::usecases::{AuditEvent as E, CardRef, ExportOutcome, FieldChange, MemberPart, Recorded, SETTINGS};

/// The facts of an entry in one short sentence; empty where it has none. What an older version wrote is shown as it
/// wrote it.
pub fn facts(lang: Lang, recorded: &Recorded) -> String {
    match recorded {
        Recorded::Event(event) => of_event(lang, event),
        Recorded::Legacy { detail, .. } => detail.clone(),
    }
}

fn check_names(lang: Lang, checks: &[IdentityCheck]) -> String {
    checks.iter().map(|check| codes::check(lang, *check)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn of_event(lang: Lang, event: &E) -> String {
    let say = |ja: String, en: String| match lang {
        Lang::Ja => ja,
        Lang::En => en,
    };
    let words = &lang.labels().words;
    match event {
        E::SignedIn
        | E::ScreenUnlocked
        | E::SignedOut
        | E::PasswordChanged
        | E::FactorEnrolled
        | E::BatchPreviewed
        | E::BatchCommented
        | E::BatchSentBack => String::new(),
        E::BatchApproved { cards, digest } => match (cards, digest) {
            (Some(cards), Some(digest)) => {
                say(format!("{cards}枚、SHA-256 {digest}"), format!("{cards} cards, SHA-256 {digest}"))
            }
            _ => String::new(),
        },
        E::ChangedSentBack { cards, requeued } => say(
            format!("はがき {cards}番、うち発送待ちへ {requeued}枚"),
            format!("cards {cards}, {requeued} of them in the queue again"),
        ),
        E::AddressCameBack { code, released } => {
            say(format!("{code}、保留解除 {released}枚"), format!("{code}, {released} cards released"))
        }
        E::AddressConfirmed { code, changed_by, released } => say(
            format!("{code}(変更 {changed_by})、保留解除 {released}枚"),
            format!("{code} (changed by {changed_by}), {released} cards released"),
        ),
        E::Init { insurer, admin } => {
            say(format!("保険者番号 {insurer}、管理者 {admin}"), format!("insurer {insurer}, admin {admin}"))
        }
        E::SignInFailed { cause } => audit_causes::sign_in_failure(lang, *cause).to_owned(),
        E::StaffAdded { id, role } => format!("{id} {}", words.role(*role)),
        E::Refused { needs } => codes::permission(lang, *needs).to_owned(),
        E::StaffOpenedOnHost { id }
        | E::StaffUnlocked { id }
        | E::StaffReset { id }
        | E::StaffDisabled { id }
        | E::FactorReset { id } => id.clone(),
        E::StaffRoleChanged { id, old, new } => format!("{id} {}", change(words.role(*old), words.role(*new))),
        E::RecoveryCodeUsed { left } => say(format!("残り {left}個"), format!("{left} left")),
        E::ChangeProposed { proposal, change } => {
            let what = two_people::change(lang, change);
            say(format!("{proposal}番 {what}"), format!("{proposal}: {what}"))
        }
        E::ChangeConfirmed { proposal, change, proposed_by } => {
            let what = two_people::change(lang, change);
            say(
                format!("{proposal}番 {what}(提案 {proposed_by})"),
                format!("{proposal}: {what} (proposed by {proposed_by})"),
            )
        }
        E::ChangeEnded { proposal, change, proposed_by, outcome } => {
            let (what, outcome) = (two_people::change(lang, change), two_people::state(lang, *outcome));
            say(
                format!("{proposal}番 {outcome} {what}(提案 {proposed_by})"),
                format!("{proposal}, {outcome}: {what} (proposed by {proposed_by})"),
            )
        }
        E::SettingSet { key, old, new } => setting(lang, key, &change(old, new)),
        E::MemberSearched { scope, query, count, .. } => browsing::searched(lang, *scope, query, *count),
        E::MemberSeen { part: MemberPart::Record } => String::new(),
        E::MemberSeen { part: MemberPart::AsOf } => say("登録内容の履歴".into(), "as of an earlier day".into()),
        E::NumberPassed { before, after } => change(before, after),
        E::MembershipsJoined { with, reason } => {
            say(format!("{with} と同じ方({reason})"), format!("the same person as {with} ({reason})"))
        }
        E::MembershipParted { from, reason } => {
            say(format!("{from} とは別の方({reason})"), format!("another person than {from} ({reason})"))
        }
        E::ProtectionSet { reason } | E::ProtectionEnded { reason } => {
            say(format!("理由: {reason}"), format!("because: {reason}"))
        }
        E::PromiseDated { kind, next, owner } => {
            let named = promises::kind(lang, *kind);
            let owner = owner.as_deref().unwrap_or("-");
            say(format!("{named} 次の連絡 {next} 担当 {owner}"), format!("{named}: next on {next}, {owner}"))
        }
        E::PromiseClosed { kind, reason } => {
            let named = promises::kind(lang, *kind);
            say(format!("{named} 理由: {reason}"), format!("{named}: {reason}"))
        }
        E::FamilyAssigned { insured, reason } => {
            say(format!("{insured} の方のご家族({reason})"), format!("of the family of {insured} ({reason})"))
        }
        E::MembershipResumed { reason } => reason.clone(),
        E::MembershipEnded { on, reason } => say(format!("{on} に終了({reason})"), format!("ended on {on} ({reason})")),
        E::MemberSeen { part: MemberPart::Lineage } => say("番号の変遷".into(), "former and later numbers".into()),
        E::RequestSeen { receipt }
        | E::RequestTaken { receipt }
        | E::RequestMatched { receipt }
        | E::RequestRecovered { receipt }
        | E::RequestResumed { receipt } => receipt.clone(),
        E::DiagnosisSeen { topic, case } => format!("{} {}", topic.code(), case.code()),
        E::CallerStated { caller, contact } => {
            let contact = contact.map(|contact| match contact {
                ContactCheck::Matches => lang.pick("事業所の確認 済", "contact checked"),
                ContactCheck::Unknown => lang.pick("事業所の確認 未", "contact not checked"),
            });
            std::iter::once(codes::caller_kind(lang, *caller))
                .chain(contact)
                .collect::<Vec<_>>()
                .join(lang.pick("、", ", "))
        }
        E::IdentityChecked { caller, paper, verdicts } => {
            let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
            let each = verdicts.iter().map(|(field, verdict)| {
                let verdict = match verdict {
                    Verdict::Match => lang.pick("一致", "match"),
                    Verdict::Part => lang.pick("部分一致", "in part"),
                    Verdict::TooShort => lang.pick("一部のみ", "too short"),
                    Verdict::NoMatch => lang.pick("不一致", "no match"),
                };
                format!("{} {verdict}", codes::field(lang, *field))
            });
            let paper = paper.map(|paper| match paper {
                PaperCheck::Seen => lang.pick("書類を確認", "paper seen").to_owned(),
                PaperCheck::NotSeen => lang.pick("書類は未確認", "paper not seen").to_owned(),
            });
            caller.into_iter().chain(paper).chain(each).collect::<Vec<_>>().join(lang.pick("、", ", "))
        }
        E::NoteWritten { note, topic, caller, adds_to } => {
            let added = adds_to.map(|to| say(format!("{to}番への追記"), format!("added to note {to}")));
            let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
            let topic = topic.map(|topic| topic.code().to_owned());
            let note = say(format!("{note}番"), format!("note {note}"));
            let all = [Some(note), added, caller, topic];
            all.into_iter().flatten().collect::<Vec<_>>().join(lang.pick(" ", ", "))
        }
        E::CallBegun { call, caller } | E::CallEnded { call, caller } => {
            let number = say(format!("電話 {call}番"), format!("call {call}"));
            let caller = caller.map(|caller| codes::caller_kind(lang, caller).to_owned());
            std::iter::once(number).chain(caller).collect::<Vec<_>>().join(lang.pick(" ", ", "))
        }
        E::CallSeen { call } | E::DraftKept { call: Some(call) } | E::DraftGivenUp { call: Some(call) } => {
            say(format!("電話 {call}番"), format!("call {call}"))
        }
        E::DraftKept { call: None } | E::DraftGivenUp { call: None } => String::new(),
        E::IncidentOpened { .. }
        | E::IncidentPerson { .. }
        | E::IncidentNoted { .. }
        | E::IncidentCauseSet { .. }
        | E::IncidentClosed { .. }
        | E::IncidentSeen { .. } => incidents::facts(lang, event),
        E::NoteDone { note } => say(format!("{note}番"), format!("note {note}")),
        E::Imported { kind, file, sha256, rows, added, changed, unchanged, rejected } => {
            let kind = files::kind(lang, *kind);
            say(
                format!(
                    "{kind} {file} {rows}行(新規 {added}、変更 {changed}、同じ {unchanged}、不可 {rejected})、SHA-256 {sha256}"
                ),
                format!(
                    "{kind} {file}, {rows} rows: {added} new, {changed} changed, {unchanged} unchanged, {rejected} rejected; SHA-256 {sha256}"
                ),
            )
        }
        E::EmployerChanged { code, changes } => format!("{code} {}", fields(lang, changes)),
        E::MemberChanged { changes } => fields(lang, changes),
        E::DayBegun { day, accounts, cards } => say(
            format!("{day} アカウント {accounts}件の閉鎖、はがき {cards}枚の取消"),
            format!("{day}: {accounts} accounts closed, {cards} cards cancelled"),
        ),
        E::AccountClosed { reason } => codes::dead_reason(lang, *reason).to_owned(),
        E::CardAsked { card, kind, cause } => {
            format!("{} {} {}", named(lang, card), words.card_kind(*kind), codes::card_cause(lang, *cause))
        }
        E::CardApart { card } => named(lang, card),
        E::CardHeld { card, reason } => format!("{} {}", named(lang, card), codes::hold_reason(lang, *reason)),
        E::CardReleased { card } | E::CardReturned { card, reason: None } => named(lang, card),
        E::CardReturned { card, reason: Some(reason) } => {
            format!("{} {}", named(lang, card), promises::return_reason(lang, *reason))
        }
        E::CardCancelled { card, reason } => match reason {
            Some(reason) => format!("{} {}", named(lang, card), codes::dead_reason(lang, *reason)),
            None => named(lang, card),
        },
        E::CardDead { card, reason, step } => {
            let step = step.map(|step| format!(" {}", codes::card_step(lang, step))).unwrap_or_default();
            format!("{}{step} {}", named(lang, card), codes::dead_reason(lang, *reason))
        }
        E::AddressProposed { card, address } | E::AddressApproved { card, address } => {
            say(format!("はがき {card}番、送付先 {address}番"), format!("card {card}, address {address}"))
        }
        E::AddressRefused { card, address, outcome } => {
            let outcome = match outcome {
                ProposalState::Withdrawn => lang.pick("取下げ", "withdrawn"),
                ProposalState::Proposed | ProposalState::Approved | ProposalState::Refused => {
                    lang.pick("却下", "refused")
                }
            };
            say(
                format!("はがき {card}番、送付先 {address}番 {outcome}"),
                format!("card {card}, address {address}: {outcome}"),
            )
        }
        E::BatchDrafted { cards } => {
            let count = cards.count();
            say(format!("{count}枚(はがき {cards}番)"), format!("{count} cards: {cards}"))
        }
        E::BatchExported { cards, held } => {
            let count = cards.count();
            say(
                format!("{count}枚(印刷順に、はがき {cards}番)、保留 {held}枚"),
                format!("{count} cards in this order: {cards}; {held} held"),
            )
        }
        E::BatchPrinted { printed, spoiled } => {
            say(format!("印刷 {printed}枚、刷り損じ {spoiled}枚"), format!("{printed} printed, {spoiled} spoiled"))
        }
        E::PrintCorrected { spoiled } => say(format!("刷り損じ {spoiled}枚"), format!("{spoiled} spoiled")),
        E::LettersMade { edition, cards, employers } => say(
            format!("第{edition}版、{employers}事業所、{cards}枚"),
            format!("edition {edition}: {employers} employers, {cards} cards"),
        ),
        E::ParcelPacked { employer, cards } => {
            let count = cards.count();
            say(format!("{employer}、{count}枚"), format!("{employer}, {count} cards"))
        }
        E::RemakeBegun { cards } => {
            let count = cards.count();
            say(format!("{count}枚(はがき {cards}番)"), format!("{count} cards: {cards}"))
        }
        E::RemakeEnded { requeued } => {
            let count = requeued.count();
            say(
                format!("{count}枚を発送待ちに戻した(はがき {requeued}番)"),
                format!("{count} cards in the queue again: {requeued}"),
            )
        }
        E::BatchRemade { run, cards } => {
            let count = cards.count();
            say(
                format!("{run}回目の出力、{count}枚(印刷順に、はがき {cards}番)"),
                format!("run {run}: {count} cards in this order: {cards}"),
            )
        }
        E::BatchDispatched { on, cards, pulled } => {
            say(format!("{on} に {cards}枚、抜取 {pulled}枚"), format!("{cards} cards on {on}, {pulled} pulled"))
        }
        E::BatchCancelled { requeued } => {
            let count = requeued.count();
            say(
                format!("{count}枚を発送待ちに戻した(はがき {requeued}番)"),
                format!("{count} cards in the queue again: {requeued}"),
            )
        }
        E::BatchExpired { run, why, requeued } => {
            let (count, why) = (requeued.count(), audit_causes::gone_because(lang, *why));
            say(
                format!("{run}回目の出力、{why}、{count}枚を発送待ちに戻した(はがき {requeued}番)"),
                format!("run {run}, {why}; {count} cards in the queue again: {requeued}"),
            )
        }
        E::FileDestroyed { file } => file.clone(),
        E::CardUndelivered { card, reason } => {
            format!("{} {}", named(lang, card), codes::undelivered(lang, *reason))
        }
        E::ReceiptCorrected { employer, before, on, reason } => say(
            format!("事業所 {employer}、{before} → {on}({reason})"),
            format!("employer {employer}, {before} -> {on} ({reason})"),
        ),
        E::ReceiptRecorded { employer, on } => {
            say(format!("事業所 {employer}、{on}"), format!("employer {employer}, on {on}"))
        }
        E::ExportRecovered { outcome, cleared } => {
            let outcome = match outcome {
                ExportOutcome::Finished => lang.pick("出力を完了", "finished"),
                ExportOutcome::NeverRecorded => lang.pick("出力の記録なし", "never recorded"),
            };
            say(format!("{outcome}、ファイル {cleared}件を消去"), format!("{outcome}, {cleared} files cleared"))
        }
        E::FeedAcknowledged { epoch, seq, redacted } => say(
            format!("世代 {epoch}、連番 {seq} まで、秘匿 {redacted}件"),
            format!("epoch {epoch}, up to {seq}, {redacted} redacted"),
        ),
        E::FeedEpochBegun { epoch, portal_at, last } => say(
            format!("世代 {epoch}、ポータルは連番 {portal_at} まで取込済み、このデータベースは {last} まで"),
            format!("epoch {epoch}; the portal has {portal_at}, this database {last}"),
        ),
        E::FeedWritten { after, last } => {
            say(format!("連番 {after} より後、{last} まで"), format!("after {after}, until {last}"))
        }
        E::RequestVerified { receipt, checks, at } => {
            let at = at.map(|source| format!(" ({})", codes::number_source(lang, source))).unwrap_or_default();
            format!("{receipt} {}{at}", check_names(lang, checks)).trim_end().to_owned()
        }
        E::RequestLetPass { receipt, checks, reason } => {
            let checks = check_names(lang, checks);
            say(format!("{receipt} {checks} 理由: {reason}"), format!("{receipt} {checks}, because: {reason}"))
        }
        E::RequestAssigned { receipt, to } => {
            let to = to.as_deref().unwrap_or("-");
            say(format!("{receipt} 担当 {to}"), format!("{receipt}: {to}"))
        }
        E::RequestQueued { receipt, card } => {
            say(format!("{receipt} はがき {card}番"), format!("{receipt}, card {card}"))
        }
        E::RequestHeld { receipt, ground }
        | E::RequestRejected { receipt, ground }
        | E::RequestAnswered { receipt, ground } => {
            format!("{receipt} {}", ground.code())
        }
        E::RequestMerged { receipt, into } => format!("{receipt} -> {into}"),
        E::ReplySeen { reply, receipt }
        | E::ReplyEdited { reply, receipt }
        | E::ReplyExported { reply, receipt }
        | E::ReplyWithdrawn { reply, receipt } => {
            say(format!("{receipt} 返信 {reply}"), format!("{receipt}, reply {reply}"))
        }
        E::ReplySent { reply, receipt, via } => audit_causes::reply_sent(lang, receipt, *reply, *via),
        E::AuditExported { member, household, batch, staff } => {
            let household = household.as_ref().map(|of| say(format!("{of} の世帯"), format!("household {of}")));
            let asked = [member, &household, batch, staff];
            let asked = asked.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            if asked.is_empty() { lang.pick("全件", "everything").to_owned() } else { asked }
        }
        E::BrowsingReviewed { since } => say(format!("{since} から"), format!("since {since}")),
        E::StatsRead { period } => period.clone(),
        E::AuditPurged { anchor } => say(format!("{anchor} まで"), format!("up to {anchor}")),
        E::BackedUp { file, sealed, sha256, anchor } => {
            let sealed = if *sealed { lang.pick("暗号化", "sealed") } else { lang.pick("暗号化なし", "clear") };
            say(
                format!("{file}({sealed})、SHA-256 {sha256}、監査記録の末尾 {anchor}"),
                format!("{file} ({sealed}), SHA-256 {sha256}, anchor {anchor}"),
            )
        }
        E::Restored { file, sha256 } => format!("{file} SHA-256 {sha256}"),
        E::Upgraded { from, to } => change(&from.to_string(), &to.to_string()),
        E::PurgeProposed { before, counts } => {
            let counts = purge(lang, counts);
            say(format!("{before} より前: {counts}"), format!("before {before}: {counts}"))
        }
        E::Purged { before, counts, proposed_by } => {
            let counts = purge(lang, counts);
            say(
                format!("{before} より前: {counts}(提案 {proposed_by})"),
                format!("before {before}: {counts} (proposed by {proposed_by})"),
            )
        }
    }
}

fn change(old: &str, new: &str) -> String {
    format!("{old} -> {new}")
}

fn fields(lang: Lang, changes: &[FieldChange]) -> String {
    let each = changes.iter().map(|FieldChange { field, old, new }| format!("{field} {}", change(old, new)));
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn named(lang: Lang, card: &CardRef) -> String {
    match (&card.serial, lang) {
        (Some(serial), _) => serial.clone(),
        (None, Lang::Ja) => format!("はがき {}番", card.id),
        (None, Lang::En) => format!("card {}", card.id),
    }
}

fn purge(lang: Lang, counts: &RetentionCounts) -> String {
    let each = counts.iter().map(|(kind, count)| match lang {
        Lang::Ja => format!("{} {count}件", upkeep::purge_kind(lang, kind)),
        Lang::En => format!("{} {count}", upkeep::purge_kind(lang, kind)),
    });
    each.collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// A setting by its meaning and key; by the key alone where this version does not know it any more.
fn setting(lang: Lang, key: &str, change: &str) -> String {
    match SETTINGS.iter().find(|setting| setting.key == key) {
        Some(setting) => format!("{} ({key}) {change}", settings::meaning(lang, setting.id)),
        None => format!("{key} {change}"),
    }
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

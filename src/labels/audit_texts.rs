//! The facts of entries of the audit log, a sentence each.

use super::texts::{plural, texts};
use crate::domain::Anchor;
use crate::usecases::IdRanges;
use chrono::NaiveDate;

texts! {
    /// What an entry of the audit log says beside its name, by event.
    pub struct AuditFactTexts {
        everything = "全件" | "everything";
        as_of = "登録内容の履歴" | "as of an earlier day";
        lineage = "番号の変遷" | "former and later numbers";
        init(insurer: &str, admin: &str) = "保険者番号 {insurer}、管理者 {admin}" | "insurer {insurer}, admin {admin}";
        codes_left(left: i64) = "残り {left}個" | "{left} left";
        proposed(proposal: i64, what: &str) = "{proposal}番 {what}" | "{proposal}: {what}";
        confirmed(proposal: i64, what: &str, by: &str) =
            "{proposal}番 {what}(提案 {by})"
            | "{proposal}: {what} (proposed by {by})";
        ended(proposal: i64, outcome: &str, what: &str, by: &str) =
            "{proposal}番 {outcome} {what}(提案 {by})"
            | "{proposal}, {outcome}: {what} (proposed by {by})";
        joined(with: &str, reason: &str) = "{with} と同じ方({reason})" | "the same person as {with} ({reason})";
        parted(from: &str, reason: &str) = "{from} とは別の方({reason})" | "another person than {from} ({reason})";
        membership_ended(on: NaiveDate, reason: &str) = "{on} に終了({reason})" | "ended on {on} ({reason})";
        family_of(insured: &str, reason: &str) =
            "{insured} の方のご家族({reason})"
            | "of the family of {insured} ({reason})";
        because(reason: &str) = "理由: {reason}" | "because: {reason}";
        promise_dated(kind: &str, next: NaiveDate, owner: &str) =
            "{kind} 次の連絡 {next} 担当 {owner}"
            | "{kind}: next on {next}, {owner}";
        promise_closed(kind: &str, reason: &str) = "{kind} 理由: {reason}" | "{kind}: {reason}";
        note(note: i64) = "{note}番" | "note {note}";
        added_to(note: i64) = "{note}番への追記" | "added to note {note}";
        call(call: i64) = "電話 {call}番" | "call {call}";
        imported(kind: &str, file: &str, rows: &str, sha256: &str) =
            "{kind} {file} {rows}、SHA-256 {sha256}"
            | "{kind} {file}, {rows}; SHA-256 {sha256}";
        rows(rows: u64, added: u64, changed: u64, unchanged: u64, rejected: u64) =
            "{rows}行(新規 {added}、変更 {changed}、同じ {unchanged}、不可 {rejected})"
            | "{rows} {}: {added} new, {changed} changed, {unchanged} unchanged, {rejected} rejected",
                plural(rows, "row", "rows");
        day_begun(day: NaiveDate, accounts: u64, cards: u64) =
            "{day} アカウント {accounts}件の閉鎖、はがき {cards}枚の取消"
            | "{day}: {accounts} {} closed, {cards} {} cancelled",
                plural(accounts, "account", "accounts"), plural(cards, "card", "cards");
        card(id: i64) = "はがき {id}番" | "card {id}";
        one_off(card: i64, address: i64) = "はがき {card}番、送付先 {address}番" | "card {card}, address {address}";
        one_off_ended(card: i64, address: i64, outcome: &str) =
            "はがき {card}番、送付先 {address}番 {outcome}"
            | "card {card}, address {address}: {outcome}";
        one_off_over(card: i64) =
            "はがき {card}番、通常の送付先に戻す"
            | "card {card}, to the ordinary destination again";
        approved(cards: u64, digest: &str) =
            "{cards}枚、SHA-256 {digest}"
            | "{cards} {}, SHA-256 {digest}", plural(cards, "card", "cards");
        sent_back(cards: &IdRanges, requeued: u64) =
            "はがき {cards}番、うち発送待ちへ {requeued}枚"
            | "cards {cards}, {requeued} of them in the queue again";
        address_back(code: &str, released: u64) =
            "{code}、保留解除 {released}枚"
            | "{code}, {released} {} released", plural(released, "card", "cards");
        address_confirmed(code: &str, by: &str, released: u64) =
            "{code}(変更 {by})、保留解除 {released}枚"
            | "{code} (changed by {by}), {released} {} released", plural(released, "card", "cards");
        cards(count: i64, cards: &IdRanges) =
            "{count}枚(はがき {cards}番)"
            | "{count} {}: {cards}", plural(count, "card", "cards");
        requeued(count: i64, cards: &IdRanges) =
            "{count}枚を発送待ちに戻した(はがき {cards}番)"
            | "{count} {} in the queue again: {cards}", plural(count, "card", "cards");
        exported(count: i64, cards: &IdRanges, held: u64) =
            "{count}枚(印刷順に、はがき {cards}番)、保留 {held}枚"
            | "{count} {} in this order: {cards}; {held} held", plural(count, "card", "cards");
        printed(printed: u64, spoiled: u64) =
            "印刷 {printed}枚、刷り損じ {spoiled}枚"
            | "{printed} printed, {spoiled} spoiled";
        spoiled(spoiled: u64) = "刷り損じ {spoiled}枚" | "{spoiled} spoiled";
        letters(edition: i64, employers: u64, cards: u64) =
            "第{edition}版、{employers}事業所、{cards}枚"
            | "edition {edition}: {employers} {}, {cards} {}",
                plural(employers, "employer", "employers"), plural(cards, "card", "cards");
        packed(employer: &str, count: i64) =
            "{employer}、{count}枚"
            | "{employer}, {count} {}", plural(count, "card", "cards");
        remade(run: i64, count: i64, cards: &IdRanges) =
            "{run}回目の出力、{count}枚(印刷順に、はがき {cards}番)"
            | "run {run}: {count} {} in this order: {cards}", plural(count, "card", "cards");
        dispatched(on: NaiveDate, cards: u64, pulled: u64) =
            "{on} に {cards}枚、抜取 {pulled}枚"
            | "{cards} {} on {on}, {pulled} pulled", plural(cards, "card", "cards");
        expired(run: i64, why: &str, count: i64, cards: &IdRanges) =
            "{run}回目の出力、{why}、{count}枚を発送待ちに戻した(はがき {cards}番)"
            | "run {run}, {why}; {count} {} in the queue again: {cards}", plural(count, "card", "cards");
        receipt(employer: &str, on: NaiveDate) = "事業所 {employer}、{on}" | "employer {employer}, on {on}";
        tracking(employer: &str, number: &str) = match number {
            "" => "事業所 {employer}、取消" | "employer {employer}, taken back";
            _ => "事業所 {employer}、{number}" | "employer {employer}, {number}";
        };
        receipt_corrected(employer: &str, before: NaiveDate, on: NaiveDate, reason: &str) =
            "事業所 {employer}、{before} → {on}({reason})"
            | "employer {employer}, {before} -> {on} ({reason})";
        recovered(outcome: &str, cleared: u64) =
            "{outcome}、ファイル {cleared}件を消去"
            | "{outcome}, {cleared} {} cleared", plural(cleared, "file", "files");
        acknowledged(epoch: i64, seq: i64, redacted: u64) =
            "世代 {epoch}、連番 {seq} まで、秘匿 {redacted}件"
            | "epoch {epoch}, up to {seq}, {redacted} redacted";
        epoch_begun(epoch: i64, portal_at: i64, last: i64) =
            "世代 {epoch}、ポータルは連番 {portal_at} まで取込済み、このデータベースは {last} まで"
            | "epoch {epoch}; the portal has {portal_at}, this database {last}";
        feed_written(after: i64, last: i64) = "連番 {after} より後、{last} まで" | "after {after}, until {last}";
        let_pass(receipt: &str, checks: &str, reason: &str) =
            "{receipt} {checks} 理由: {reason}"
            | "{receipt} {checks}, because: {reason}";
        assigned(receipt: &str, to: &str) = "{receipt} 担当 {to}" | "{receipt}: {to}";
        request_queued(receipt: &str, card: i64) = "{receipt} はがき {card}番" | "{receipt}, card {card}";
        reply(receipt: &str, reply: i64) = "{receipt} 返信 {reply}" | "{receipt}, reply {reply}";
        reply_sent(receipt: &str, reply: i64, way: &str) =
            "{receipt} 返信 {reply} {way}"
            | "{receipt}, reply {reply} {way}";
        household(of: &str) = "{of} の世帯" | "household {of}";
        since(since: NaiveDate) = "{since} から" | "since {since}";
        up_to(anchor: &Anchor) = "{anchor} まで" | "up to {anchor}";
        backed_up(file: &str, sealed: &str, sha256: &str, anchor: &Anchor) =
            "{file}({sealed})、SHA-256 {sha256}、監査記録の末尾 {anchor}"
            | "{file} ({sealed}), SHA-256 {sha256}, anchor {anchor}";
        purge_proposed(before: NaiveDate, counts: &str) = "{before} より前: {counts}" | "before {before}: {counts}";
        purged(before: NaiveDate, counts: &str, by: &str) =
            "{before} より前: {counts}(提案 {by})"
            | "before {before}: {counts} (proposed by {by})";
        purge_count(kind: &str, count: i64) = "{kind} {count}件" | "{kind} {count}";
    }
}

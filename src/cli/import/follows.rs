//! What follows from a file beyond its rows, in words: counts, and the first of each list.

use crate::cli::context::CliContext;
use crate::labels::{Lang, effects as words_of};
use crate::usecases::import::Preview;

/// As many lines of a list as a person reads.
const FEW: usize = 20;

pub(super) fn lines(cli: &CliContext, preview: &Preview) -> Vec<String> {
    let lang = cli.lang;
    let effects = &preview.effects;
    let renumbered = effects.renumberings.iter().map(|(former, new)| vec![format!("{former} -> {new}")]);
    let ended = effects.endings.iter().map(|it| {
        let cards = it.cards.iter().map(|card| format!("  {}", words_of::stopped(lang, card)));
        std::iter::once(words_of::ended(lang, it)).chain(cards).collect()
    });
    let stopped = effects.stopped.iter();
    let stopped = stopped.map(|card| vec![format!("{}  {}", card.member, words_of::stopped(lang, card))]);
    let routes = effects.routes.iter().map(|change| vec![words_of::route(lang, change)]);
    let replaced = effects.replacements.iter().map(|it| vec![words_of::replaced(it)]);
    let parts = [
        part(
            lang,
            effects.replaced,
            [
                "氏名と生年月日がともに変わる加入者(別人でないか確認)",
                "whose name and birth date both change: the same person?",
            ],
            replaced,
        ),
        part(
            lang,
            effects.renumbered,
            ["番号変更による新しい記録", "new records after a change of number"],
            renumbered,
        ),
        part(lang, effects.lost, ["資格喪失", "memberships ended"], none()),
        part(lang, effects.accounts_opened, ["登録されるアカウント", "accounts opened"], none()),
        part(lang, effects.cards_asked, ["発行を依頼するはがき", "cards asked for"], none()),
        part(lang, effects.cards_cancelled, ["取り消すはがき", "cards cancelled"], none()),
        part(
            lang,
            effects.cards_to_pull,
            ["無効になり、発送の確定で抜き取るはがき", "cards under way that are dead, to be pulled at the gate"],
            none(),
        ),
        part(lang, effects.accounts_closed, ["閉鎖するアカウント", "accounts closed"], ended),
        part(lang, effects.cards_stopped, ["送らなくなるはがき", "cards that stop, their accounts go on"], stopped),
        part(
            lang,
            effects.routes_changed,
            ["送付先が変わる、またはなくなるはがき", "waiting cards that change or lose their route"],
            routes,
        ),
        part(
            lang,
            effects.missing,
            ["ファイルにない加入者(変更しません)", "members not in the file (left as they are)"],
            none(),
        ),
    ];
    let ignored = (!preview.ignored.is_empty()).then(|| {
        let names = preview.ignored.join(", ");
        cli.say(format!("  使わない列: {names}"), format!("  columns ignored: {names}"))
    });
    parts.into_iter().flatten().chain(ignored).collect()
}

fn none() -> std::iter::Empty<Vec<String>> {
    std::iter::empty()
}

/// A count, and the first of what was counted; each may take several lines.
fn part(lang: Lang, count: u64, what: [&str; 2], each: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    if count == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!("  {count:>6}  {}", lang.pick(what[0], what[1]))];
    let mut shown = 0;
    for it in each.take(FEW) {
        lines.extend(it.into_iter().map(|line| format!("          {line}")));
        shown += 1;
    }
    if shown > 0 && count > shown {
        let more = count - shown;
        lines.push(match lang {
            Lang::Ja => format!("          ほか {more}件"),
            Lang::En => format!("          and {more} more"),
        });
    }
    lines
}

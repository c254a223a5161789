//! What follows from a file beyond its rows, in words: counts, and the first of each list.

use crate::cli::context::CliContext;
use crate::labels::effects as words_of;
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
    let reinstated = effects.reinstated.iter().map(|it| vec![words_of::reinstated(lang, it)]);
    let addresses = effects.addresses.iter().map(|moved| vec![words_of::moved(lang, moved)]);
    let gated = effects.gate.iter().map(|card| vec![words_of::gated(lang, card)]);
    let texts = &cli.texts().import;
    let parts = [
        part(cli, effects.replaced, texts.replaced, replaced),
        part(cli, effects.renumbered, texts.renumbered, renumbered),
        part(cli, effects.members_reinstated, texts.reinstated, reinstated),
        part(cli, effects.lost, texts.lost, none()),
        part(cli, effects.accounts_opened, texts.accounts_opened, none()),
        part(cli, effects.cards_asked, texts.cards_asked, none()),
        part(cli, effects.requests_recovered, texts.requests_recovered, none()),
        part(cli, effects.cards_cancelled, texts.cards_cancelled, none()),
        part(cli, effects.cards_to_pull, texts.cards_to_pull, none()),
        part(cli, effects.accounts_closed, texts.accounts_closed, ended),
        part(cli, effects.cards_stopped, texts.cards_stopped, stopped),
        part(cli, effects.routes_changed, texts.routes_changed, routes),
        part(cli, effects.addresses_changed, texts.addresses_changed, addresses),
        part(cli, effects.gate_reasons, texts.gate_reasons, gated),
        part(cli, effects.missing, texts.missing, none()),
    ];
    let ignored = (!preview.ignored.is_empty()).then(|| texts.ignored(&preview.ignored.join(", ")));
    parts.into_iter().flatten().chain(ignored).collect()
}

fn none() -> std::iter::Empty<Vec<String>> {
    std::iter::empty()
}

/// A count, and the first of what was counted; each may take several lines.
fn part(cli: &CliContext, count: u64, what: &str, each: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    if count == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!("  {count:>6}  {what}")];
    let mut shown = 0;
    for it in each.take(FEW) {
        lines.extend(it.into_iter().map(|line| format!("          {line}")));
        shown += 1;
    }
    if shown > 0 && count > shown {
        lines.push(format!("          {}", cli.texts().import.more(count - shown)));
    }
    lines
}

//! What follows from a file beyond its rows: each account that closes, each card that stops or goes elsewhere.

use super::rows::Line;
use crate::labels::Import;
use crate::labels::effects as words_of;
use crate::tui::canvas::Canvas;
use crate::usecases::import::{Effects, Ended};

/// A heading, and then each count with its list: first what cannot be undone.
pub(super) fn lines(canvas: &Canvas<'_, '_>, effects: &Effects) -> Vec<Line> {
    let (labels, theme) = (canvas.cx.labels, canvas.cx.theme);
    let (words, lang) = (&labels.import, labels.lang);
    let mut lines: Vec<Line> = Vec::new();
    let mut block = |count: u64, head: fn(&Import, u64) -> String, each: Vec<String>, shown: usize| {
        if count == 0 {
            return;
        }
        lines.push((head(words, count), theme.attention));
        lines.extend(each.into_iter().map(|line| (format!("    {line}"), theme.text)));
        let more = count.saturating_sub(shown as u64);
        if more > 0 && shown > 0 {
            lines.push((format!("    {}", words.more(more)), theme.quiet));
        }
    };
    let replaced = effects.replacements.iter().map(words_of::replaced);
    block(effects.replaced, Import::replaced, replaced.collect(), effects.replacements.len());
    let reinstated = effects.reinstated.iter().map(|it| words_of::reinstated(lang, it));
    block(effects.members_reinstated, Import::reinstated, reinstated.collect(), effects.reinstated.len());
    block(effects.accounts_opened, Import::opened, Vec::new(), 0);
    block(effects.cards_asked, Import::asked, Vec::new(), 0);
    block(effects.requests_recovered, Import::recovered, Vec::new(), 0);
    block(effects.lost, Import::lost, Vec::new(), 0);
    block(effects.missing, Import::missing, Vec::new(), 0);
    block(effects.cards_cancelled, Import::cancelled, Vec::new(), 0);
    block(effects.cards_to_pull, Import::to_pull, Vec::new(), 0);
    let ended = |it: &Ended| {
        let cards = it.cards.iter().map(|card| format!("    {}", words_of::stopped(lang, card)));
        std::iter::once(words_of::ended(lang, it)).chain(cards).collect::<Vec<_>>()
    };
    let endings = effects.endings.iter().flat_map(ended).collect();
    block(effects.accounts_closed, Import::closed, endings, effects.endings.len());
    let stopped = effects.stopped.iter().map(|card| format!("{}  {}", card.member, words_of::stopped(lang, card)));
    block(effects.cards_stopped, Import::stopped, stopped.collect(), effects.stopped.len());
    let routes = effects.routes.iter().map(|change| words_of::route(lang, change));
    block(effects.routes_changed, Import::rerouted, routes.collect(), effects.routes.len());
    let moved = effects.addresses.iter().map(|it| words_of::moved(lang, it));
    block(effects.addresses_changed, Import::moved, moved.collect(), effects.addresses.len());
    let gated = effects.gate.iter().map(|card| words_of::gated(lang, card));
    block(effects.gate_reasons, Import::gated, gated.collect(), effects.gate.len());
    let renumbered = effects.renumberings.iter().map(|(former, new)| format!("{former} -> {new}"));
    block(effects.renumbered, Import::renumbered, renumbered.collect(), effects.renumberings.len());
    if !lines.is_empty() {
        lines.insert(0, (words.effects.to_owned(), theme.quiet));
    }
    lines
}

//! A chapter as lines: a small part of Markdown, wrapped to the width.

use crate::tui::theme::Theme;
use crate::tui::widgets::cells;
use ratatui::style::Style;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Title,
    Section,
    Text,
}

/// A line of a page, its marks still in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ManualLine {
    kind: LineKind,
    indent: u16,
    text: String,
}

/// The lines of a chapter. Items of lists hang behind their number or dash.
pub(crate) fn lines(chapter: &str, width: u16) -> Vec<ManualLine> {
    chapter.lines().flat_map(|source| block(source, width)).collect()
}

fn block(source: &str, width: u16) -> Vec<ManualLine> {
    let (kind, indent, text) = match source.split_once(' ') {
        Some(("#", title)) => (LineKind::Title, 0, title),
        Some(("##", section)) => (LineKind::Section, 0, section),
        Some(("-", _)) => (LineKind::Text, 2, source),
        Some((number, _)) if is_number(number) => (LineKind::Text, cells::width(number) + 1, source),
        _ => (LineKind::Text, 0, source),
    };
    let mut lines = wrap(text, width, indent);
    let first = lines.remove(0);
    let rest = lines.into_iter().map(|text| ManualLine { kind, indent, text });
    std::iter::once(ManualLine { kind, indent: 0, text: first }).chain(rest).collect()
}

fn is_number(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
}

/// Marks take no cells; a key is never broken. The first line is longer than the others by the indent.
fn wrap(text: &str, width: u16, indent: u16) -> Vec<String> {
    // Marks become characters that no width is counted for, and the blanks of keys ones that nothing breaks at.
    let plain: String = text.chars().filter(|c| *c != '`').collect::<String>().replace("**", "");
    let mut lines = cells::wrap(&plain, width);
    if lines.len() > 1 && indent > 0 {
        let first = lines.remove(0);
        let rest = plain[first.len()..].trim_start();
        lines = std::iter::once(first.clone()).chain(cells::wrap(rest, width - indent)).collect();
    }
    marked(text, &lines)
}

/// Puts the marks back where they were; a mark that is open at the end of a line is opened again on the next.
fn marked(text: &str, lines: &[String]) -> Vec<String> {
    let mut source = text.chars().peekable();
    let mut open = "";
    let mut marked = Vec::new();
    for line in lines {
        let mut out = String::from(open);
        for c in line.chars() {
            // What is in the source but not in the line is a mark, or a blank at which the line was broken.
            while let Some(next) = source.next_if(|next| *next != c) {
                match next {
                    '`' => {
                        out.push('`');
                        open = if open.is_empty() { "`" } else { "" };
                    }
                    '*' if source.next_if_eq(&'*').is_some() => {
                        out.push_str("**");
                        open = if open.is_empty() { "**" } else { "" };
                    }
                    _ => {}
                }
            }
            source.next();
            out.push(c);
        }
        // A mark that closes right behind the line belongs to it.
        if !open.is_empty() && source.peek().is_some_and(|next| open.starts_with(*next)) {
            source.nth(open.len() - 1);
            out.push_str(open);
            open = "";
        }
        out.push_str(open);
        marked.push(out);
    }
    marked
}

impl ManualLine {
    /// The words without marks.
    pub(crate) fn plain(&self) -> String {
        self.text.replace("**", "").replace('`', "")
    }

    /// How far it is indented.
    pub(crate) const fn indent(&self) -> u16 {
        self.indent
    }

    /// Its pieces in the style of what they are.
    pub(crate) fn pieces(&self, theme: &Theme) -> Vec<(String, Style)> {
        let base = match self.kind {
            LineKind::Title => theme.title,
            LineKind::Section => theme.strong,
            LineKind::Text => theme.text,
        };
        let mut pieces = Vec::new();
        for (at, part) in self.text.split('`').enumerate() {
            let (even, odd) = if at % 2 == 0 { (base, theme.strong) } else { (theme.key, theme.key) };
            let strong =
                part.split("**").enumerate().map(|(n, word)| (word.to_owned(), if n % 2 == 0 { even } else { odd }));
            pieces.extend(strong.filter(|(word, _)| !word.is_empty()));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str, width: u16) -> Vec<String> {
        lines(source, width)
            .into_iter()
            .map(|line| format!("{}{}", " ".repeat(line.indent.into()), line.text))
            .collect()
    }

    #[test]
    fn an_item_hangs_behind_its_mark() {
        assert_eq!(texts("- one two three", 9), ["- one two", "  three"]);
        assert_eq!(texts("12. ああああ", 9), ["12. ああ", "    ああ"]);
    }

    #[test]
    fn marks_take_no_cells_and_survive_a_break() {
        assert_eq!(texts("press `Ctrl-P` now", 12), ["press `Ctrl-P`", "now"]);
        assert_eq!(texts("**one two** three", 4), ["**one**", "**two**", "thre", "e"]);
    }

    #[test]
    fn a_full_stop_never_begins_a_line() {
        assert_eq!(texts("`L` でロックします。", 16), ["`L` でロックしま", "す。"]);
    }
}

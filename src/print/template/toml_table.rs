//! A TOML table read key by key: every fault is noted with its line, and keys that nobody asked for are found.

use super::fault::{TemplateFault, TemplateProblem};
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'a> = Spanned<DeValue<'a>>;

/// The faults found so far, and the source to count lines in.
pub(super) struct Notes<'s> {
    source: &'s str,
    pub(super) faults: Vec<TemplateFault>,
}

impl<'s> Notes<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, faults: Vec::new() }
    }

    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        before.matches('\n').count() + 1
    }

    pub(super) fn add(&mut self, span: &Range<usize>, problem: TemplateProblem) {
        self.faults.push(TemplateFault { line: self.line(span), problem });
    }
}

/// One table while it is being read.
pub(super) struct Table<'t, 'a> {
    table: &'t DeTable<'a>,
    /// Where it stands in the source.
    pub(super) span: Range<usize>,
    asked: Vec<&'static str>,
}

impl<'t, 'a> Table<'t, 'a> {
    pub(super) fn new(table: &'t DeTable<'a>, span: Range<usize>) -> Self {
        Self { table, span, asked: Vec::new() }
    }

    /// The value of a key that may be absent.
    fn value(&mut self, key: &'static str) -> Option<&'t Value<'a>> {
        self.asked.push(key);
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where a key stands, or else the table.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span.clone(), |value| value.span())
    }

    pub(super) fn text(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "text" });
        }
        text
    }

    pub(super) fn number(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        range: RangeInclusive<f32>,
    ) -> Option<f32> {
        let value = self.value(key)?;
        let number = number(value.get_ref());
        if number.is_none() {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "number" });
        }
        within(notes, value.span(), key, number?, &range)
    }

    /// A list of exactly `N` numbers.
    pub(super) fn numbers<const N: usize>(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        range: RangeInclusive<f32>,
        expected: &'static str,
    ) -> Option<[f32; N]> {
        let value = self.value(key)?;
        let list = value.get_ref().as_array();
        let numbers: Option<Vec<f32>> = list.and_then(|list| list.iter().map(|item| number(item.get_ref())).collect());
        let Some(numbers) = numbers.and_then(|numbers| <[f32; N]>::try_from(numbers).ok()) else {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected });
            return None;
        };
        numbers.iter().all(|number| within(notes, value.span(), key, *number, &range).is_some()).then_some(numbers)
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        allowed: &[(&str, T)],
    ) -> Option<T> {
        let found = self.text(notes, key)?;
        let choice = allowed.iter().find(|(word, _)| *word == found).map(|(_, value)| *value);
        if choice.is_none() {
            let allowed = allowed.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            notes.add(&self.span_of(key), TemplateProblem::Choice { key, found, allowed });
        }
        choice
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Vec<Table<'t, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "list of tables" });
            return Vec::new();
        };
        list.iter().filter_map(|item| item.get_ref().as_table().map(|table| Table::new(table, item.span()))).collect()
    }

    /// The tables of `[key.NAME]`, with their names.
    pub(super) fn named_tables(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Vec<(String, Table<'t, 'a>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(names) = value.get_ref().as_table() else {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "table" });
            return Vec::new();
        };
        let named = |(name, item): (&Spanned<std::borrow::Cow<'a, str>>, &'t Value<'a>)| {
            item.get_ref().as_table().map(|table| (name.get_ref().to_string(), Table::new(table, item.span())))
        };
        names.iter().filter_map(named).collect()
    }

    /// The table of `key`, e.g. `sheet = { … }`.
    pub(super) fn table(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Option<Table<'t, 'a>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table().map(|table| Table::new(table, value.span()));
        if table.is_none() {
            notes.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "table" });
        }
        table
    }

    /// Notes that a key is needed but absent.
    pub(super) fn need<T>(&self, notes: &mut Notes<'_>, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            notes.add(&self.span, TemplateProblem::Missing(key));
        }
        value
    }

    /// Notes every key that was not asked for.
    pub(super) fn close(self, notes: &mut Notes<'_>) {
        for key in self.table.keys().filter(|key| !self.asked.contains(&key.get_ref().as_ref())) {
            notes.add(&key.span(), TemplateProblem::UnknownKey(key.get_ref().to_string()));
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f32> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f32| number.is_finite()),
        _ => None,
    }
}

fn within(
    notes: &mut Notes<'_>,
    span: Range<usize>,
    key: &'static str,
    number: f32,
    range: &RangeInclusive<f32>,
) -> Option<f32> {
    let inside = range.contains(&number);
    if !inside {
        notes.add(&span, TemplateProblem::Range { key, least: *range.start(), most: *range.end() });
    }
    inside.then_some(number)
}

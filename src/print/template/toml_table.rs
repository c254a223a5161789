//! A TOML table that is read key by key: every fault is collected with its line, and unread keys are faults.

use super::fault::{TemplateFault, TemplateProblem};
use super::wording::Wording;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'a> = Spanned<DeValue<'a>>;

/// The faults found so far, and the source to count lines in.
pub(super) struct FaultCollector<'s> {
    source: &'s str,
    pub(super) faults: Vec<TemplateFault>,
}

impl<'s> FaultCollector<'s> {
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

/// A table, and which of its keys were read.
pub(super) struct TomlTable<'t, 'a> {
    table: &'t DeTable<'a>,
    /// Its position in the source.
    pub(super) span: Range<usize>,
    read: Vec<&'static str>,
}

impl<'t, 'a> TomlTable<'t, 'a> {
    pub(super) fn new(table: &'t DeTable<'a>, span: Range<usize>) -> Self {
        Self { table, span, read: Vec::new() }
    }

    /// The value of an optional key.
    fn value(&mut self, key: &'static str) -> Option<&'t Value<'a>> {
        self.read.push(key);
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The position of a key's value, or else of the table.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span.clone(), |value| value.span())
    }

    pub(super) fn text(&mut self, collector: &mut FaultCollector<'_>, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "text" });
        }
        text
    }

    /// A text with slots in braces.
    pub(super) fn wording(&mut self, collector: &mut FaultCollector<'_>, key: &'static str) -> Option<Wording> {
        let text = self.text(collector, key)?;
        Wording::parse(&text).map_err(|problem| collector.add(&self.span_of(key), problem)).ok()
    }

    pub(super) fn number(
        &mut self,
        collector: &mut FaultCollector<'_>,
        key: &'static str,
        range: RangeInclusive<f32>,
    ) -> Option<f32> {
        let value = self.value(key)?;
        let number = number(value.get_ref());
        if number.is_none() {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "number" });
        }
        within(collector, value.span(), key, number?, &range)
    }

    /// A list of exactly `N` numbers.
    pub(super) fn numbers<const N: usize>(
        &mut self,
        collector: &mut FaultCollector<'_>,
        key: &'static str,
        range: RangeInclusive<f32>,
        expected: &'static str,
    ) -> Option<[f32; N]> {
        let value = self.value(key)?;
        let list = value.get_ref().as_array();
        let numbers: Option<Vec<f32>> = list.and_then(|list| list.iter().map(|item| number(item.get_ref())).collect());
        let Some(numbers) = numbers.and_then(|numbers| <[f32; N]>::try_from(numbers).ok()) else {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected });
            return None;
        };
        numbers.iter().all(|number| within(collector, value.span(), key, *number, &range).is_some()).then_some(numbers)
    }

    /// One of the allowed words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        collector: &mut FaultCollector<'_>,
        key: &'static str,
        allowed: &[(&str, T)],
    ) -> Option<T> {
        let found = self.text(collector, key)?;
        let choice = allowed.iter().find(|(word, _)| *word == found).map(|(_, value)| *value);
        if choice.is_none() {
            let allowed = allowed.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            collector.add(&self.span_of(key), TemplateProblem::Choice { key, found, allowed });
        }
        choice
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, collector: &mut FaultCollector<'_>, key: &'static str) -> Vec<TomlTable<'t, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "list of tables" });
            return Vec::new();
        };
        list.iter()
            .filter_map(|item| item.get_ref().as_table().map(|table| TomlTable::new(table, item.span())))
            .collect()
    }

    /// The tables of `[key.NAME]`, with their names.
    pub(super) fn named_tables(
        &mut self,
        collector: &mut FaultCollector<'_>,
        key: &'static str,
    ) -> Vec<(String, TomlTable<'t, 'a>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(names) = value.get_ref().as_table() else {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "table" });
            return Vec::new();
        };
        let named = |(name, item): (&Spanned<std::borrow::Cow<'a, str>>, &'t Value<'a>)| {
            item.get_ref().as_table().map(|table| (name.get_ref().to_string(), TomlTable::new(table, item.span())))
        };
        names.iter().filter_map(named).collect()
    }

    /// The table of `key`, e.g. `sheet = { … }`.
    pub(super) fn table(&mut self, collector: &mut FaultCollector<'_>, key: &'static str) -> Option<TomlTable<'t, 'a>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table().map(|table| TomlTable::new(table, value.span()));
        if table.is_none() {
            collector.add(&value.span(), TemplateProblem::Type { key: key.to_owned(), expected: "table" });
        }
        table
    }

    /// Reports a required key that is absent.
    pub(super) fn need<T>(&self, collector: &mut FaultCollector<'_>, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            collector.add(&self.span, TemplateProblem::Missing(key));
        }
        value
    }

    /// Reports every key that was not read.
    pub(super) fn close(self, collector: &mut FaultCollector<'_>) {
        for key in self.table.keys().filter(|key| !self.read.contains(&key.get_ref().as_ref())) {
            collector.add(&key.span(), TemplateProblem::UnknownKey(key.get_ref().to_string()));
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
    collector: &mut FaultCollector<'_>,
    span: Range<usize>,
    key: &'static str,
    number: f32,
    range: &RangeInclusive<f32>,
) -> Option<f32> {
    let inside = range.contains(&number);
    if !inside {
        collector.add(&span, TemplateProblem::Range { key, least: *range.start(), most: *range.end() });
    }
    inside.then_some(number)
}

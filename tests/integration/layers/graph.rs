//! The dependency graph of source files, read from their syntax: every `use` (nested, renamed, re-exported, inside a
//! function) and every path in code or in a macro's arguments. Code under `#[cfg(test)]` does not count.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Item, UseTree};

/// A module's path from the crate's root; the root itself is empty.
pub(super) type Module = Vec<String>;

/// What one source file declares and names.
#[derive(Debug, Default)]
struct SourceFile {
    /// Names that `use` brings into the module, and the paths that they stand for.
    imports: BTreeMap<String, Vec<String>>,
    /// Modules of which everything is imported.
    globs: Vec<Vec<String>>,
    /// Paths that the code names, with two segments or more, as written.
    paths: BTreeSet<Vec<String>>,
    /// Names that `pub use` only hands on, and the module does not use itself.
    exported: BTreeSet<String>,
}

/// The files of a crate and which of them depend on which.
#[derive(Debug, Default)]
pub(super) struct Graph {
    files: BTreeMap<Module, SourceFile>,
}

impl Graph {
    /// Adds the file of a module.
    ///
    /// # Errors
    /// Source that is not Rust.
    pub(super) fn add(&mut self, module: &[&str], source: &str) -> syn::Result<()> {
        let mut file = SourceFile::default();
        for item in syn::parse_file(source)?.items {
            file.read(&item);
        }
        self.files.insert(module.iter().map(ToString::to_string).collect(), file);
        Ok(())
    }

    /// Every file with the files that it depends on.
    pub(super) fn dependencies(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        self.files.iter().map(|(module, file)| (module, self.dependencies_of(module, file))).collect()
    }

    fn dependencies_of(&self, module: &Module, file: &SourceFile) -> BTreeSet<&Module> {
        let imported = file.imports.iter().filter(|(name, _)| !file.exported.contains(*name)).map(|(_, path)| path);
        let named = imported.chain(&file.paths).filter_map(|path| self.owner(module, path, 0));
        let globs = file.globs.iter().filter_map(|path| self.owner(module, &[&path[..], &["*".into()]].concat(), 0));
        named.chain(globs).filter(|owner| *owner != module).collect()
    }

    /// The file whose item a path names, seen from a module; none for another crate's items and for modules as such.
    fn owner(&self, from: &[String], path: &[String], depth: usize) -> Option<&Module> {
        if depth > 16 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let mut at = from.to_vec();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            _ => return self.below(&at, path, true, depth),
        }
        self.below(&at, rest, false, depth)
    }

    /// `local`: the path begins with a name of the module itself, so it may be another crate's.
    fn below(&self, at: &[String], path: &[String], local: bool, depth: usize) -> Option<&Module> {
        let (first, rest) = path.split_first()?;
        if first == "super" {
            return self.below(&at[..at.len().checked_sub(1)?], rest, false, depth);
        }
        let child = [at, std::slice::from_ref(first)].concat();
        if self.files.contains_key(&child) {
            return self.below(&child, rest, false, depth);
        }
        let (module, file) = self.files.get_key_value(at)?;
        if let Some(target) = file.imports.get(first) {
            let whole = [&target[..], rest].concat();
            return if whole == path { None } else { self.owner(at, &whole, depth + 1) };
        }
        (!local).then_some(module)
    }

    /// Every file with the crate's top-level modules that it names itself, not through what another file hands on.
    pub(super) fn named(&self) -> BTreeMap<&Module, BTreeSet<String>> {
        let named = |(module, file): (&'_ _, &SourceFile)| -> BTreeSet<String> {
            let paths = file.imports.values().chain(&file.globs).chain(&file.paths);
            paths.filter_map(|path| top_level(module, file, path)).collect()
        };
        self.files.iter().map(|(module, file)| (module, named((module, file)))).collect()
    }

    /// Groups of files that depend on one another in a circle (Tarjan's strongly connected components).
    pub(super) fn cycles(&self) -> Vec<Vec<String>> {
        let dependencies = self.dependencies();
        let mut search = Search { dependencies: &dependencies, ..Search::default_of(&dependencies) };
        for module in dependencies.keys() {
            search.visit(module);
        }
        search.found
    }
}

/// The top-level module to which a path leads; none for another crate's items.
fn top_level(module: &Module, file: &SourceFile, path: &[String]) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let mut at = match first.as_str() {
        "crate" => Vec::new(),
        "self" => module.clone(),
        "super" => module[..module.len().saturating_sub(1)].to_vec(),
        _ => {
            let target = file.imports.get(first).filter(|target| target.first() != Some(first))?;
            return top_level(module, file, &[&target[..], rest].concat());
        }
    };
    for step in rest {
        match step.as_str() {
            "super" => drop(at.pop()),
            _ => at.push(step.clone()),
        }
    }
    at.into_iter().next()
}

impl SourceFile {
    fn read(&mut self, item: &Item) {
        if attributes(item).iter().any(is_test) {
            return;
        }
        match item {
            Item::Use(import) => {
                let public = !matches!(import.vis, syn::Visibility::Inherited);
                self.import(&import.tree, &mut Vec::new(), public);
            }
            Item::Mod(module) => {
                for item in module.content.iter().flat_map(|(_, items)| items) {
                    self.read(item);
                }
            }
            other => self.name_paths(other.to_token_stream()),
        }
    }

    fn import(&mut self, tree: &UseTree, path: &mut Vec<String>, public: bool) {
        match tree {
            UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.import(&step.tree, path, public);
                path.pop();
            }
            UseTree::Name(leaf) if leaf.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.bind(name, path.clone(), public);
            }
            UseTree::Name(leaf) => {
                self.bind(leaf.ident.to_string(), [&path[..], &[leaf.ident.to_string()]].concat(), public);
            }
            UseTree::Rename(leaf) if leaf.ident == "self" => self.bind(leaf.rename.to_string(), path.clone(), public),
            UseTree::Rename(leaf) => {
                self.bind(leaf.rename.to_string(), [&path[..], &[leaf.ident.to_string()]].concat(), public);
            }
            UseTree::Glob(_) => self.globs.push(path.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, path, public)),
        }
    }

    fn bind(&mut self, name: String, path: Vec<String>, public: bool) {
        if public {
            self.exported.insert(name.clone());
        }
        self.imports.insert(name, path);
    }

    /// Collects `a::b::c` from code, macro arguments and `use` inside functions.
    fn name_paths(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.close(&mut path);
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.group(&path, colons, group.stream());
                    self.close(&mut path);
                    colons = 0;
                }
                _ => {
                    self.close(&mut path);
                    colons = 0;
                }
            }
        }
        self.close(&mut path);
    }

    /// A group behind `a::b::` is a list of imports inside a function.
    fn group(&mut self, prefix: &[String], colons: usize, tokens: TokenStream) {
        let begin = self.paths.clone();
        self.name_paths(tokens.clone());
        if colons == 2 {
            for token in tokens {
                if let TokenTree::Ident(ident) = token {
                    self.paths.insert([prefix, &[ident.to_string()]].concat());
                }
            }
            debug_assert!(self.paths.is_superset(&begin));
        }
    }

    fn close(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.paths.insert(path);
        }
    }
}

pub(super) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

pub(super) fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.meta.to_token_stream().to_string().replace(' ', "") == "cfg(test)"
}

/// Tarjan's search.
struct Search<'a> {
    dependencies: &'a BTreeMap<&'a Module, BTreeSet<&'a Module>>,
    /// Order of discovery, and the earliest module that can be reached.
    seen: BTreeMap<&'a Module, (usize, usize)>,
    stack: Vec<&'a Module>,
    found: Vec<Vec<String>>,
}

impl<'a> Search<'a> {
    fn default_of(dependencies: &'a BTreeMap<&'a Module, BTreeSet<&'a Module>>) -> Self {
        Self { dependencies, seen: BTreeMap::new(), stack: Vec::new(), found: Vec::new() }
    }

    fn visit(&mut self, module: &'a Module) -> usize {
        if let Some((_, low)) = self.seen.get(module) {
            return *low;
        }
        let index = self.seen.len();
        let mut low = index;
        self.seen.insert(module, (index, low));
        self.stack.push(module);
        for next in self.dependencies.get(module).into_iter().flatten() {
            if !self.seen.contains_key(next) {
                low = low.min(self.visit(next));
            } else if self.stack.contains(next) {
                low = low.min(self.seen[next].0);
            }
        }
        self.seen.insert(module, (index, low));
        if low == index
            && let Some(at) = self.stack.iter().position(|other| *other == module)
        {
            let mut group = self.stack.split_off(at);
            group.sort();
            if group.len() > 1 {
                self.found.push(group.iter().map(|module| module.join("::")).collect());
            }
        }
        low
    }
}

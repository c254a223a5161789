//! What a setting can be set to, for forms and messages.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// So many digits.
    Digits(u32),
    /// Any text.
    Text,
    /// A whole number, from one to another.
    Number(u32, u32),
    /// `true` or `false`.
    Flag,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A day, or nothing.
    Date,
    /// Full hours, such as `7-20`.
    Hours,
    /// The employer code of the society's own staff, or nothing.
    Employer,
    /// A folder.
    Folder,
    /// The name of a template of the program, or a file.
    Template,
    /// A printer of the template's calibrations, or nothing.
    Printer,
    /// Font files, separated by commas.
    Fonts,
    /// Characters of passwords; S1: strong enough with the length.
    Alphabet,
    /// The length of passwords; S1: strong enough with the characters.
    Length,
}

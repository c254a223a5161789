//! The shape of all texts: one row each, Japanese on the left, English on the right.

/// Declares a group of texts as a struct with one row per text.
///
/// | Row | Use |
/// |---|---|
/// | `empty = "ja" \| "en";` | `words.empty`, a `&'static str` |
/// | `pages[2] = ["ja", "ja"] \| ["en", "en"];` | `words.pages`, an array |
/// | `state: State = { State::New => "ja" \| "en", … };` | `words.state(value)`, a `&'static str` |
/// | `totals(cards: u64) = "{cards}枚" \| "{cards} {}", plural(cards, "card", "cards");` | `words.totals(1)`, a `String` |
/// | `oldest(days: u32) = match days { 0 => "ja" \| "en"; _ => "{days}日" \| "{days}d"; };` | the same, by case |
/// | `quoted(text: &str) = { ja_expression } \| { en_expression };` | where a format string is not enough |
///
/// Format strings take the arguments by name; expressions behind the English one fill its `{}` in their order.
/// A text that lacks one of the two languages does not compile.
macro_rules! texts {
    (
        $(#[$doc:meta])*
        $vis:vis struct $group:ident {
            $(
                $name:ident
                $( = $ja:literal | $en:literal )?
                $( [$count:literal] = $ja_list:tt | $en_list:tt )?
                $( : $code:ty = { $( $variant:pat => $ja_name:literal | $en_name:literal ),* $(,)? } )?
                $( ($($arg:ident : $type:ty),* $(,)?) =
                    $( match $value:tt {
                        $( $case:pat => $ja_case:literal | $en_case:literal $(, $case_filling:expr)* $(,)? ; )*
                    } )?
                    $( { $ja_text:expr } | { $en_text:expr } )?
                    $( $ja_format:literal | $en_format:literal $(, $filling:expr)* $(,)? )?
                )?
            ;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        $vis struct $group {
            lang: $crate::labels::Lang,
            $(
                $( #[doc = concat!("`", $ja, "` `", $en, "`")] $vis $name: &'static str, )?
                $(
                    #[doc = concat!("`", stringify!($ja_list), "` `", stringify!($en_list), "`")]
                    $vis $name: [&'static str; $count],
                )?
            )*
        }

        impl $group {
            /// The texts in one language.
            pub(in crate::labels) const fn new(lang: $crate::labels::Lang) -> Self {
                Self {
                    lang,
                    $(
                        $( $name: lang.pick($ja, $en), )?
                        $( $name: lang.pick($ja_list, $en_list), )?
                    )*
                }
            }

            $(
                $(
                    $( #[doc = concat!("`", $ja_name, "` `", $en_name, "`")] #[doc = ""] )*
                    $vis fn $name(&self, value: $code) -> &'static str {
                        match value { $( $variant => self.lang.pick($ja_name, $en_name), )* }
                    }
                )?
                $(
                    $( #[doc = concat!("`", $ja_format, "` `", $en_format, "`")] )?
                    $( $( #[doc = concat!("`", $ja_case, "` `", $en_case, "`")] #[doc = ""] )* )?
                    $( #[doc = concat!("`", stringify!($ja_text), "` `", stringify!($en_text), "`")] )?
                    $vis fn $name(&self, $($arg: $type),*) -> String {
                        use $crate::labels::Lang;
                        $( match self.lang {
                            Lang::Ja => format!($ja_format),
                            Lang::En => format!($en_format $(, $filling)*),
                        } )?
                        $( match (self.lang, $value) { $(
                            (Lang::Ja, $case) => format!($ja_case),
                            (Lang::En, $case) => format!($en_case $(, $case_filling)*),
                        )* } )?
                        $( match self.lang { Lang::Ja => $ja_text, Lang::En => $en_text } )?
                    }
                )?
            )*
        }
    };
}

pub(super) use texts;

/// The English word for a count: singular for 1, otherwise plural.
pub(super) fn plural<N: PartialEq + From<u8>>(count: N, one: &'static str, other: &'static str) -> &'static str {
    if count == N::from(1) { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::plural;
    use crate::labels::Lang;

    enum Light {
        Red,
        Green,
    }

    texts! {
        /// Every kind of row.
        struct Example {
            empty = "なし" | "Nothing";
            pages[2] = ["表", "裏"] | ["Front", "Back"];
            light: Light = { Light::Red => "赤" | "red", Light::Green => "青" | "green" };
            totals(cards: u64) = "{cards}枚" | "{cards} {}", plural(cards, "card", "cards");
            oldest(days: u32) = match days {
                0 => "今日" | "today";
                _ => "{days}日" | "{days} {}", plural(days, "day", "days");
            };
            quoted(text: &str) = { format!("「{}」", text.trim()) } | { format!("\"{}\"", text.trim()) };
        }
    }

    #[test]
    fn each_kind_of_row_speaks_both_languages() {
        let (ja, en) = (Example::new(Lang::Ja), Example::new(Lang::En));
        assert_eq!((ja.empty, en.empty), ("なし", "Nothing"));
        assert_eq!((ja.pages[1], en.pages[1]), ("裏", "Back"));
        assert_eq!((ja.light(Light::Red), en.light(Light::Green)), ("赤", "green"));
        assert_eq!((ja.totals(2), en.totals(2)), ("2枚".to_owned(), "2 cards".to_owned()));
        assert_eq!((ja.oldest(0), en.oldest(3)), ("今日".to_owned(), "3 days".to_owned()));
        assert_eq!((ja.quoted(" a "), en.quoted(" a ")), ("「a」".to_owned(), "\"a\"".to_owned()));
    }

    #[test]
    fn english_counts_one_in_the_singular() {
        let en = Example::new(Lang::En);
        assert_eq!(en.totals(1), "1 card");
        assert_eq!(en.totals(0), "0 cards");
        assert_eq!(en.oldest(1), "1 day");
    }
}

//! Why a card is held, and what is wrong with a template, in words.

use super::{Lang, codes, files};
use crate::print::{
    FontError, PreflightFault, PreflightNote, PrintError, TemplateFault, TemplateProblem, TemplateSlot, Unprintable,
};
use crate::usecases::batches::{ApartCard, HeldCard};

/// A reason to hold a card (B4).
pub fn print_fault(lang: Lang, fault: &PreflightFault) -> String {
    match fault {
        PreflightFault::Missing(slot) => {
            let slot = slot_name(lang, *slot);
            lang.choose(format!("{slot}がありません"), format!("{slot} is missing"))
        }
        PreflightFault::Unprintable { slot, character } => {
            let (slot, what) = (slot_name(lang, *slot), unprintable(lang, *character));
            lang.choose(format!("{slot}の{what}"), format!("{slot}: {what}"))
        }
        PreflightFault::DoesNotFit { field } => lang.choose(
            format!("最小の文字でも欄「{field}」に入りきりません"),
            format!("does not fit into the field \"{field}\", even at the smallest size"),
        ),
    }
}

/// A held card: `260-1-00  印字不可  氏名「…」…`
pub fn held(lang: Lang, card: &HeldCard) -> String {
    let faults: Vec<String> = card.faults.iter().map(|fault| print_fault(lang, fault)).collect();
    format!("{}  {}  {}", card.member, codes::hold_reason(lang, card.reason), faults.join(" ")).trim_end().to_owned()
}

/// A card that waits in the queue, and for what (S6).
pub fn apart(lang: Lang, card: &ApartCard) -> String {
    let labels = lang.labels();
    let day = card.delay.not_before.map(|day| day.to_string()).unwrap_or_default();
    format!("{}  {}", card.member, labels.queue.apart(labels.words.card_kind(card.delay.other), &day))
}

/// Why nothing was printed: what happened, what was not done, and what to do.
pub fn print_error(lang: Lang, error: &PrintError) -> String {
    match error {
        PrintError::Cancelled => {
            lang.choose("中断しました。ファイルは残っていません".to_owned(), "cancelled; no file is left".to_owned())
        }
        PrintError::Card { serial, faults } => {
            let why: Vec<String> = faults.iter().map(|fault| print_fault(lang, fault)).collect();
            let why = why.join(lang.pick("、", "; "));
            lang.choose(
                format!("はがき {serial} を印字できません: {why}"),
                format!("card {serial} cannot be printed: {why}"),
            )
        }
        PrintError::File(error) => {
            let (path, why) = (error.path.display(), files::io_fault(lang, &(&error.source).into()));
            lang.choose(
                format!("ファイルを書けません。空き容量と権限を確かめて、やり直してください: {path} ({why})"),
                format!("a file could not be written; check space and permissions and run it again: {path} ({why})"),
            )
        }
        PrintError::Document { file, source } => lang.choose(
            format!("{file} を作れません。ファイルは残っていません: {source}"),
            format!("{file} could not be made; no file is left: {source}"),
        ),
        PrintError::Pages { file, written, found } => lang.choose(
            format!("{file} は {written} ページのはずが {found} ページでした。破棄したので、やり直してください"),
            format!("{file} should have {written} pages but has {found}; it was thrown away, run it again"),
        ),
    }
}

/// Why a fallback font cannot be used.
pub fn font_error(lang: Lang, error: &FontError) -> String {
    match error {
        FontError::Unreadable { path, source } => lang.choose(
            format!("フォント {} を読めません (print.fallback_fonts を確かめてください): {source}", path.display()),
            format!("font {} cannot be read; check print.fallback_fonts: {source}", path.display()),
        ),
        FontError::NotAFont { path } => lang.choose(
            format!("{} はTrueType/OpenTypeフォントではありません (print.fallback_fonts)", path.display()),
            format!("{} is not a TrueType or OpenType font; check print.fallback_fonts", path.display()),
        ),
        FontError::TooMany => lang.choose(
            "print.fallback_fonts のフォントが多すぎます".to_owned(),
            "print.fallback_fonts names too many fonts".to_owned(),
        ),
    }
}

/// The exported cards without a barcode, on a line of their own; empty where each has one.
pub fn without_barcode(lang: Lang, serials: &[String]) -> String {
    match serials {
        [] => String::new(),
        serials => format!("\n{}: {}", serials.join(", "), print_note(lang, PreflightNote::NoBarcode)),
    }
}

/// Worth knowing about a card that is not held.
fn print_note(lang: Lang, note: PreflightNote) -> &'static str {
    match note {
        PreflightNote::NoBarcode => lang.pick(
            "カスタマバーコードを印字しません。郵便番号が空か、住所と合わないか、市区町村全体の番号です",
            "no customer barcode: the postcode is missing, of another place, or that of a whole city",
        ),
        PreflightNote::PostcodeMismatch => {
            lang.pick("郵便番号と住所が合っていません", "postcode and address name different places")
        }
    }
}

fn unprintable(lang: Lang, character: Unprintable) -> String {
    match character {
        Unprintable::Replacement('〓') => lang.choose(
            "〓(読めない文字の印)があります。正しい文字を確かめてください".to_owned(),
            "〓 stands for a lost character; look up the right one".to_owned(),
        ),
        Unprintable::Replacement(_) => {
            lang.choose(format!("文字化け({character})を印字できません"), format!("damaged character {character}"))
        }
        Unprintable::PrivateUse(_) => lang.choose(
            format!("外字 {character} を印字できません"),
            format!("private-use character {character} cannot be printed"),
        ),
        Unprintable::Control(_) => lang.choose(
            format!("制御文字 {character} を印字できません"),
            format!("control character {character} cannot be printed"),
        ),
        Unprintable::NoGlyph(c, _) => lang.choose(
            format!("文字「{c}」({character})がどのフォントにもありません"),
            format!("no font has {c} ({character})"),
        ),
    }
}

/// What a slot holds.
pub fn slot_name(lang: Lang, slot: TemplateSlot) -> &'static str {
    match slot {
        TemplateSlot::Postcode => lang.pick("郵便番号", "postcode"),
        TemplateSlot::PostcodeWide => lang.pick("全角の郵便番号", "wide postcode"),
        TemplateSlot::Address1 => lang.pick("住所1", "address 1"),
        TemplateSlot::Address2 => lang.pick("住所2", "address 2"),
        TemplateSlot::Company => lang.pick("事業所名", "company"),
        TemplateSlot::Department => lang.pick("担当部署", "department"),
        TemplateSlot::CareOfCompany => lang.pick("事業所名(気付)", "company, care of"),
        TemplateSlot::HandOver => lang.pick("お渡しをお願いする方", "who hands it over"),
        TemplateSlot::Records => lang.pick("見られるもの", "what it opens"),
        TemplateSlot::RecordsMenu => lang.pick("見られるもののメニュー名", "its menu"),
        TemplateSlot::CareOfDepartment => lang.pick("担当部署(気付)", "department, care of"),
        TemplateSlot::Contact => lang.pick("事業所の担当者", "contact"),
        TemplateSlot::EmployerCode => lang.pick("事業所記号", "employer code"),
        TemplateSlot::Name => lang.pick("氏名", "name"),
        TemplateSlot::Insured => lang.pick("被保険者の氏名", "name of the insured"),
        TemplateSlot::Key => lang.pick("記号・番号", "symbol and number"),
        TemplateSlot::Serial => lang.pick("はがき番号", "serial"),
        TemplateSlot::IssueDate => lang.pick("発行日", "issue date"),
        TemplateSlot::ExpiresOn => lang.pick("仮パスワードの期限", "end of a temporary password"),
        TemplateSlot::LoginId => lang.pick("ログインID", "login ID"),
        TemplateSlot::Society => lang.pick("組合名", "society"),
        TemplateSlot::SocietyPostcode => lang.pick("組合の郵便番号", "society's postcode"),
        TemplateSlot::SocietyAddress => lang.pick("組合の所在地", "society's address"),
        TemplateSlot::SocietyDepartment => lang.pick("組合の担当課", "society's section"),
        TemplateSlot::SocietyHours => lang.pick("電話の受付時間", "phone hours"),
        TemplateSlot::PortalName => lang.pick("ポータルの名称", "name of the portal"),
        TemplateSlot::PortalUrl => lang.pick("ポータルのアドレス", "address of the portal"),
        TemplateSlot::SocietyPhone => lang.pick("組合の電話番号", "society's phone"),
        TemplateSlot::InsurerNumber => lang.pick("保険者番号", "insurer number"),
    }
}

/// A fault of a template with its line, e.g. `12行目: …`.
pub fn template_fault(lang: Lang, fault: &TemplateFault) -> String {
    let line = fault.line;
    let problem = template_problem(lang, &fault.problem);
    lang.choose(format!("{line}行目: {problem}"), format!("line {line}: {problem}"))
}

fn template_problem(lang: Lang, problem: &TemplateProblem) -> String {
    use TemplateProblem::*;
    let (ja, en) = match problem {
        Syntax(what) => (format!("TOMLとして読めません ({what})"), format!("not TOML: {what}")),
        UnknownKey(key) => (format!("「{key}」という項目はありません"), format!("unknown key {key}")),
        Missing(key) => (format!("「{key}」がありません"), format!("{key} is missing")),
        Type { key, expected } => {
            (format!("「{key}」の値の形が違います (正: {expected})"), format!("{key} must be a {expected}"))
        }
        Range { key, least, most } => {
            (format!("「{key}」は{least}から{most}までです"), format!("{key} must be between {least} and {most}"))
        }
        Choice { key, found, allowed } => (
            format!("「{key}」に「{found}」は使えません (使えるもの: {allowed})"),
            format!("{key} cannot be {found}; allowed: {allowed}"),
        ),
        UnknownSlot(name) => (format!("{{{name}}} という差込項目はありません"), format!("unknown field {{{name}}}")),
        Brace => ("{ と } の対応が取れていません".to_owned(), "a brace without its partner".to_owned()),
        UnknownPanel(name) => (format!("面「{name}」は定義されていません"), format!("no panel is called {name}")),
        Duplicate(name) => (format!("名前「{name}」が重複しています"), format!("the name {name} is used twice")),
        OffSheet(name) => (format!("面「{name}」が用紙からはみ出しています"), format!("panel {name} leaves the sheet")),
        OffPanel(name) => (format!("欄「{name}」が面からはみ出しています"), format!("field {name} leaves its panel")),
        FoldOffSheet => ("折り線が用紙の外にあります".to_owned(), "the fold is off the sheet".to_owned()),
        FoldThrough(name) => (
            format!("折り線が面「{name}」の途中を通っています。折り線は面の境目に置きます"),
            format!("a fold runs through panel {name}; folds lie between panels"),
        ),
        NoAddressee(slot) => {
            let (ja, en) = (slot_name(Lang::Ja, *slot), slot_name(Lang::En, *slot));
            let code = slot.code();
            (
                format!("外側の面に{ja} ({{{code}}}) がありません。このままでは届けられません"),
                format!("no field outside shows the {en} ({{{code}}}); the card could not be delivered"),
            )
        }
        CutOff { printer, field } => (
            format!("プリンター「{printer}」の補正では、欄「{field}」が用紙の外に出て切れます"),
            format!("the corrections for printer {printer} push field {field} off the sheet, where it is cut off"),
        ),
        Unconcealed(field) => (
            format!(
                "欄「{field}」が外から透けて読めます。裏か向かいの面の同じ位置に show = \"pattern\" の欄を置くか、\
                 地紋入りの用紙なら paper に stock = \"patterned\" と書きます"
            ),
            format!(
                "field {field} could be read through the paper: put a field with show = \"pattern\" over it on the face behind \
                 or opposite, or say stock = \"patterned\" in paper"
            ),
        ),
        PostagePlace(field) => (
            format!("欄「{field}」の料金表示は、外側の面の右上70×35 mmの中に、20から30 mm角で置きます"),
            format!(
                "the postage mark {field} is 20 to 30 mm wide and high, within 70 by 35 mm of the upper right corner"
            ),
        ),
        CodeRoom(field) => (
            format!("欄「{field}」の二次元コードが小さすぎて読み取れません"),
            format!("the two-dimensional code {field} is too small to be read"),
        ),
        PaperWeight { least, most } => (
            format!(
                "用紙の重さは1 m²あたり{least:.0}から{most:.0} gにします(郵便局は、あて名の面で2 g以上、全体で6 g以下)"
            ),
            format!(
                "the paper weighs {least:.0} to {most:.0} g/m²: 2 g at least of the leaf with the address, 6 g at most in all"
            ),
        ),
        NoContent(name) => (
            format!("欄「{name}」には text、viewing/login、show のどれか一つを書きます"),
            format!("field {name} needs one of text, viewing/login, show"),
        ),
        Sizes => {
            ("sizeは [最小, 最大] の順に書きます".to_owned(), "size is [smallest, largest] in that order".to_owned())
        }
        BarcodeRoom { field, width, height } => (
            format!(
                "欄「{field}」はバーコードに足りません (幅{width:.1} mm、高さ{height:.1} mm以上、面の端から10 mm以上)"
            ),
            format!("field {field} is too small for the barcode: {width:.1} by {height:.1} mm, 10 mm from every edge"),
        ),
        Overlap(one, other) => {
            (format!("欄「{one}」と「{other}」が重なっています"), format!("fields {one} and {other} overlap"))
        }
        Unprintable { field, character } => (
            format!("欄「{field}」の文字 {character} がどのフォントにもありません"),
            format!("field {field}: no font has {character}"),
        ),
        DoesNotFit(field) => (
            format!("欄「{field}」の文面が、最小の文字でも入りきりません"),
            format!("the words of field {field} do not fit, even at the smallest size"),
        ),
        PaperSlot(slot) => (
            format!(
                "送付状・受領書の文面に「{{{}}}」は使えません。どの事業所でも同じ、組合の項目だけを使えます",
                slot.code()
            ),
            format!(
                "\"{{{}}}\" cannot stand in letters and receipts: only what is the same for every employer",
                slot.code()
            ),
        ),
        TellsTooMuch(name) => (
            format!("外側の欄「{name}」から、はがきの種類・記号・番号・ログインIDが分かってしまいます"),
            format!("field {name} is outside and would show the kind of card, the member's key or the login ID"),
        ),
        NoPassword => (
            "パスワードの欄 (show = \"password\") は、内側の面に一つだけ必要です".to_owned(),
            "exactly one field with show = \"password\" is needed, on an inside panel".to_owned(),
        ),
    };
    lang.choose(ja, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b4_the_code_point_and_the_place_are_named() {
        let fault =
            PreflightFault::Unprintable { slot: TemplateSlot::Name, character: Unprintable::NoGlyph('𠮷', None) };
        assert_eq!(print_fault(Lang::Ja, &fault), "氏名の文字「𠮷」(U+20BB7)がどのフォントにもありません");
        assert_eq!(print_fault(Lang::En, &fault), "name: no font has 𠮷 (U+20BB7)");
        let fault =
            PreflightFault::Unprintable { slot: TemplateSlot::Name, character: Unprintable::PrivateUse('\u{E000}') };
        assert_eq!(print_fault(Lang::Ja, &fault), "氏名の外字 U+E000 を印字できません");
    }
}

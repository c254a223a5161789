//! What the sender gave against what the registry has, field by field.

use crate::domain::{MemberKey, coded};
use crate::text::{kana_key, name_key, nfkc};
use chrono::NaiveDate;

/// What the sender or caller gave, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Claim {
    /// 記号
    pub symbol: String,
    /// 番号
    pub number: String,
    /// 枝番
    pub branch: String,
    /// 氏名
    pub name: String,
    /// 氏名カナ
    pub kana: String,
    /// 生年月日
    pub born_on: Option<NaiveDate>,
    /// 事業所名
    pub employer: String,
}

/// The same of the registry.
#[derive(Debug, Clone, Copy)]
pub struct OnFile<'a> {
    /// 記号・番号・枝番
    pub key: &'a str,
    /// 氏名
    pub name: &'a str,
    /// 氏名カナ
    pub kana: &'a str,
    /// 生年月日
    pub born_on: NaiveDate,
    /// 事業所名
    pub employer: &'a str,
    /// 事業所名カナ, as one hears it on the phone; empty where the registry has none.
    pub employer_kana: &'a str,
}

impl<'a> OnFile<'a> {
    /// A member alone: what is said of the employer is not looked at.
    pub const fn without_employer(key: &'a str, name: &'a str, kana: &'a str, born_on: NaiveDate) -> Self {
        Self { key, name, kana, born_on, employer: "", employer_kana: "" }
    }
}

coded! {
    /// A field that is compared.
    pub enum ClaimField {
        /// 記号・番号・枝番
        Key = "key",
        /// 氏名
        Name = "name",
        /// 氏名カナ
        Kana = "kana",
        /// 生年月日
        BirthDate = "birth_date",
        /// 事業所名
        Employer = "employer",
    }
}

impl ClaimField {
    /// Whether a difference means that it may be another person.
    pub const fn identifies(self) -> bool {
        match self {
            Self::Key | Self::Name | Self::Kana | Self::BirthDate => true,
            Self::Employer => false,
        }
    }
}

coded! {
    /// How far two values agree.
    pub enum Agreement {
        /// 一致
        Exact = "exact",
        /// By another form of the same: 高/髙, width, leading zeros, (株).
        Variant = "variant",
        /// 部分一致: the beginning of an employer's name, half of it at least, けやき自動車 for けやき自動車部品株式会社.
        Part = "part",
        /// 一部のみ: less of its beginning, which many employers share.
        TooShort = "too_short",
        /// 不一致
        Differs = "differs",
        /// The sender left it out.
        NotGiven = "not_given",
    }
}

/// One field on both sides.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Comparison {
    /// The field that is compared.
    pub field: ClaimField,
    /// By the sender.
    pub given: String,
    /// By the registry.
    pub on_file: String,
    /// Whether they agree.
    pub agreement: Agreement,
}

impl Claim {
    /// The key, where what was typed is one.
    pub fn key(&self) -> Option<MemberKey> {
        MemberKey::parse(&self.symbol, &self.number, &self.branch).ok()
    }

    /// Every field as it was typed.
    pub fn fields(&self) -> [(ClaimField, String); 5] {
        [
            (ClaimField::Key, self.key_as_typed()),
            (ClaimField::Name, self.name.clone()),
            (ClaimField::Kana, self.kana.clone()),
            (ClaimField::BirthDate, self.born_on.map(|day| day.to_string()).unwrap_or_default()),
            (ClaimField::Employer, self.employer.clone()),
        ]
    }

    /// Compares every field.
    pub fn compare(&self, file: OnFile<'_>) -> Vec<Comparison> {
        let given_key = self.key_as_typed();
        let folded = self.key().map(|key| key.to_string()).unwrap_or_default();
        let born = self.born_on.map(|day| day.to_string()).unwrap_or_default();
        let on_file = file.born_on.to_string();
        let line = |field, given: &str, on_file: &str, agreement| Comparison {
            field,
            given: given.to_owned(),
            on_file: on_file.to_owned(),
            agreement,
        };
        let agreement = |given: &str, on_file: &str, fold: fn(&str) -> String| agree(given, on_file, fold);
        vec![
            line(ClaimField::Key, &given_key, file.key, agree_key(&given_key, &folded, file.key, &self.branch)),
            line(ClaimField::Name, &self.name, file.name, agreement(&self.name, file.name, name_key)),
            line(ClaimField::Kana, &self.kana, file.kana, agreement(&self.kana, file.kana, kana_key)),
            line(ClaimField::BirthDate, &born, &on_file, agreement(&born, &on_file, str::to_owned)),
            line(ClaimField::Employer, &self.employer, file.employer, agree_company(&self.employer, file)),
        ]
    }

    fn key_as_typed(&self) -> String {
        let parts = [&self.symbol, &self.number, &self.branch].map(|part| nfkc(part));
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("-")
    }
}

fn agree(given: &str, on_file: &str, fold: fn(&str) -> String) -> Agreement {
    match (fold(given), fold(on_file)) {
        (given, _) if given.is_empty() => Agreement::NotGiven,
        _ if unspaced(given) == unspaced(on_file) => Agreement::Exact,
        (given, on_file) if given == on_file => Agreement::Variant,
        _ => Agreement::Differs,
    }
}

/// A name is the same with and without a space between family and given name.
fn unspaced(name: &str) -> String {
    nfkc(name).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The fewest characters of a shortened name that tell one employer from another.
const SHORTENED: usize = 3;

/// Callers shorten the name of their employer, and say it as it sounds: アサヒセイキ is 旭精機.
fn agree_company(given: &str, file: OnFile<'_>) -> Agreement {
    match agree(given, file.employer, company_key) {
        Agreement::Differs => {
            let (said, kana) = (company_kana(given), company_kana(file.employer_kana));
            let by_name = shortened(&company_key(given), &company_key(file.employer));
            match by_name {
                _ if kana.is_empty() => by_name,
                _ if said == kana => Agreement::Variant,
                Agreement::Differs => shortened(&said, &kana),
                _ => by_name,
            }
        }
        other => other,
    }
}

/// Whether one is the beginning of the other, and enough of it.
fn shortened(given: &str, whole: &str) -> Agreement {
    let (some, all) = (given.chars().count(), whole.chars().count());
    match whole.starts_with(given) {
        false => Agreement::Differs,
        true if some >= SHORTENED && 2 * some >= all => Agreement::Part,
        true => Agreement::TooShort,
    }
}

/// The reading of a firm without the form of the company.
fn company_kana(kana: &str) -> String {
    const FORMS: &[&str] = &["カブシキガイシャ", "カブシキカイシャ", "ユウゲンガイシャ", "ゴウドウガイシャ"];
    FORMS.iter().fold(kana_key(&company_key(kana)), |kana, form| kana.replace(&kana_key(form), ""))
}

/// A key without branch is of anybody in the household; leading zeros do not count.
fn agree_key(typed: &str, folded: &str, on_file: &str, branch: &str) -> Agreement {
    let household = |key: &str| key.rsplit_once('-').map(|(household, _)| household.to_owned());
    match typed {
        "" => Agreement::NotGiven,
        _ if nfkc(branch).trim().is_empty() && !folded.is_empty() && household(folded) == household(on_file) => {
            Agreement::Variant
        }
        _ if typed == on_file => Agreement::Exact,
        _ if folded == on_file => Agreement::Variant,
        _ => Agreement::Differs,
    }
}

/// A company's name without its legal form, wherever that stands: people say 旭精機 for 旭精機株式会社.
pub fn company_key(name: &str) -> String {
    const FORMS: &[&str] = &["株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "(同)"];
    FORMS.iter().fold(name_key(name), |name, form| name.replace(form, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: OnFile<'static> = OnFile {
        key: "260-1-00",
        name: "高橋　花子",
        kana: "タカハシ　ハナコ",
        born_on: NaiveDate::from_ymd_opt(1979, 7, 26).unwrap(),
        employer: "旭精機株式会社",
        employer_kana: "アサヒセイキ",
    };

    fn claim() -> Claim {
        Claim {
            symbol: "260".into(),
            number: "1".into(),
            branch: "00".into(),
            name: FILE.name.into(),
            kana: FILE.kana.into(),
            born_on: Some(FILE.born_on),
            employer: FILE.employer.into(),
        }
    }

    fn agreements(claim: &Claim) -> Vec<Agreement> {
        claim.compare(FILE).into_iter().map(|line| line.agreement).collect()
    }

    #[test]
    fn q2_the_same_is_exact() {
        assert_eq!(agreements(&claim()), [Agreement::Exact; 5]);
    }

    #[test]
    fn q2_another_form_of_the_same_is_a_variant() {
        let claim = Claim {
            symbol: "２６０".into(),
            number: "0000001".into(),
            branch: String::new(),
            name: "髙橋 花子".into(),
            kana: "たかはし はなこ".into(),
            employer: "旭精機（株）".into(),
            ..claim()
        };
        use Agreement::{Exact, Variant};
        assert_eq!(agreements(&claim), [Variant, Variant, Variant, Exact, Variant]);
        let half = Claim { kana: "ﾀｶﾊｼ ﾊﾅｺ".into(), ..claim };
        assert_eq!(agreements(&half)[2], Exact);
    }

    #[test]
    fn q2_shortened_firm_agrees_in_part_and_spaces_do_not_count() {
        let file = OnFile {
            employer: "けやき自動車部品株式会社", employer_kana: "ｹﾔｷｼﾞﾄﾞｳｼｬﾌﾞﾋﾝ", ..FILE
        };
        let employer = |said: &str| Claim { employer: said.into(), ..claim() }.compare(file)[4].agreement;
        assert_eq!(employer("けやき自動車"), Agreement::Part);
        assert_eq!(employer("けやき自動車部品"), Agreement::Variant);
        assert_eq!(employer("けやきじどうしゃぶひん"), Agreement::Variant, "as it sounds");
        assert_eq!(employer("ケヤキジドウシャ"), Agreement::Part);
        assert_eq!(employer("けやき"), Agreement::TooShort, "many firms begin so");
        assert_eq!(employer("け"), Agreement::TooShort);
        assert_eq!(employer("自動車部品"), Agreement::Differs);
        let heard = |said: &str| Claim { employer: said.into(), ..claim() }.compare(FILE)[4].agreement;
        assert_eq!(heard("ｱｻﾋｾｲｷ"), Agreement::Variant);
        assert_eq!(heard("あさひせいき 株式会社"), Agreement::Variant);
        assert_eq!(heard("アサヒ"), Agreement::Part);
        assert_eq!(heard("セイキ"), Agreement::Differs);
        let unread = OnFile { employer_kana: "", ..FILE };
        assert_eq!(Claim { employer: "カ".into(), ..claim() }.compare(unread)[4].agreement, Agreement::Differs);
        let joined = Claim { name: "高橋花子".into(), kana: "タカハシハナコ".into(), ..claim() };
        assert_eq!(agreements(&joined)[1..3], [Agreement::Exact, Agreement::Exact]);
    }

    #[test]
    fn q2_another_value_differs_and_a_blank_is_not_given() {
        let other = Claim { name: "高橋　達也".into(), born_on: NaiveDate::from_ymd_opt(1979, 7, 25), ..claim() };
        use Agreement::{Differs, Exact, NotGiven};
        assert_eq!(agreements(&other), [Exact, Differs, Exact, Differs, Exact]);
        assert_eq!(agreements(&Claim::default()), [NotGiven; 5]);
        let wrong_key = Claim { number: "2".into(), ..claim() };
        assert_eq!(agreements(&wrong_key)[0], Differs);
    }
}

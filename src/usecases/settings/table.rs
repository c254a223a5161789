//! The settings: field, default, key, what it takes, and whether it is guarded. What each means in words is in
//! `labels::settings`.

use super::ValueKind::{
    self, Alphabet, Date, Employer, Flag, Folder, Fonts, Hours, Insurer, Length, Line, Mail, Number, OneOf, Place,
    Postcode, Printer, Replies, Template, Text, Url,
};
use super::row::settings;
use super::value::Value;
use super::{DateStyle, Delivery, LetterFiles, Postage, Society, TotpPolicy};
use crate::domain::Retention;
use crate::domain::browsing::Limits;
use crate::domain::diagnosis::SectionContact;
use crate::domain::{FeedPlace, TwoPeople};
use crate::secrets::{HashCost, PasswordPolicy};
use chrono::NaiveDate;

settings! {
    /// The sender of the society's post.
    society: Society = Society::default() => {
        SocietyInsurer.insurer = "society.insurer", Insurer;
        SocietyName.name = "society.name", Text;
        SocietyPostcode.postcode = "society.postcode", Postcode;
        SocietyAddress.address = "society.address", Text;
        SocietyDepartment.department = "society.department", Text;
        SocietyPhone.phone = "society.phone", Text;
        SocietyHours.hours = "society.hours", Line;
        SocietyPortalName.portal_name = "society.portal_name", Text;
        SocietyPortalUrl.portal_url = "society.portal_url", Url;
    }
    /// The employer code under which the society insures its own staff; none where empty.
    society_employer: String = String::new() => {
        SocietyEmployer = "society.employer", Employer;
    }
    /// When looks at members are unusual.
    browsing: Limits = Limits::default() => {
        BrowsingMembers.members = "browsing.members", Number(2, 1000);
        BrowsingMinutes.minutes = "browsing.minutes", Number(1, 240);
        BrowsingHours = "browsing.hours", Hours;
    }
    /// A rehearsal or demo database: `MYKEMPO_TODAY` is allowed. Set when it is made, never later.
    rehearsal: bool = false => {}
    /// Keys whose stored values do not fit. The strictest value counts for a policy, the default for the rest, and what needs
    /// one of these is refused.
    unreadable: Vec<SettingId> = Vec::new() => {}
    /// B3: a batch is approved by someone other than its drafter.
    four_eyes: bool = true => {
        FourEyes = "policy.four_eyes", Flag, guarded, strictest "true";
    }
    /// R6: a changed representative address waits until another person confirms it.
    confirm_address: bool = true => {
        ConfirmAddress = "policy.confirm_address", Flag, guarded, strictest "true";
    }
    /// F2: what redirects or unlocks is proposed by one person and confirmed by another.
    two_people: TwoPeople = TwoPeople::Auto => {
        TwoPeople = "policy.two_people", OneOf(TwoPeople::CODES), guarded, strictest "on";
    }
    /// R3: a card may be sent once to an address other than the employer's.
    allow_route_override: bool = false => {
        AllowRouteOverride = "policy.allow_route_override", Flag, guarded, strictest "false";
    }
    /// Who signs in with a second factor.
    totp: TotpPolicy = TotpPolicy::Off => {
        Totp = "policy.totp", OneOf(TotpPolicy::CODES), guarded, strictest "everyone";
    }
    /// Idle minutes until the console locks.
    idle_minutes: u32 = 10 => {
        IdleMinutes = "policy.idle_minutes", Number(1, 120), guarded, strictest "1";
    }
    /// B9: business days until a missing receipt is listed.
    receipt_days: u32 = 5 => {
        ReceiptDays = "policy.receipt_days", Number(1, 60), guarded, strictest "1";
    }
    /// L5: days after the dispatch on which a temporary login password ends.
    login_notice_days: u32 = 30 => {
        LoginNoticeDays = "policy.login_notice_days", Number(1, 366), guarded, strictest "1";
    }
    /// S6: business days between a member's login notice and viewing-password card.
    separate_days: u32 = 3 => {
        SeparateDays = "policy.separate_days", Number(1, 30), guarded, strictest "30";
    }
    /// P1: business days until a card that was stopped is looked at again.
    promise_days: u32 = 5 => {
        PromiseDays = "policy.promise_days", Number(1, 60), guarded, strictest "1";
    }
    /// S4: days until an exported PDF is destroyed. A stored value that cannot be read must not destroy early what is not
    /// printed yet.
    export_ttl_days: u32 = 14 => {
        ExportTtl = "policy.export_ttl", Number(1, 90), guarded, strictest "14";
    }
    /// An import that rejects more than this percentage changes nothing.
    import_abort_percent: u8 = 10 => {
        ImportAbortPercent = "policy.import_abort_percent", Number(0, 100), guarded, strictest "0";
    }
    /// The last day of applications for 巡回主婦健診, once it is known.
    checkup_deadline: Option<NaiveDate> = None => {
        CheckupDeadline = "policy.checkup_deadline", Date, guarded, strictest "";
    }
    /// The section that callers are sent on to for 医療費のお知らせ (Q4, Q5).
    medical_section: SectionContact = SectionContact::default() => {
        MedicalSection.name = "society.medical_section", Text;
        MedicalPhone.phone = "society.medical_phone", Text;
    }
    /// The section that callers are sent on to for check-ups and former records (Q8).
    health_section: SectionContact = SectionContact::default() => {
        HealthSection.name = "society.health_section", Text;
        HealthPhone.phone = "society.health_phone", Text;
    }
    /// the address that replies come from; none where empty.
    reply_from: String = String::new() => {
        ReplyFrom = "reply.from", Mail;
    }
    /// a file with the society's own words of replies; the program's where empty.
    reply_template: String = String::new() => {
        ReplyTemplate = "reply.template", Replies;
    }
    /// Years until a purge may remove something.
    retention: Retention = Retention::default() => {
        RetentionNotes.notes = "retention.notes_years", Number(1, 100);
        RetentionRequests.requests = "retention.requests_years", Number(1, 100);
        RetentionTombstone.tombstone = "retention.tombstone_years", Number(1, 100);
        RetentionAudit.audit = "retention.audit_years", Number(1, 100);
    }
    /// Folder of exported batches, beside the database where relative.
    export_dir: String = "exports".to_owned() => {
        ExportDir = "export.dir", Folder;
    }
    /// Where the feed is delivered to.
    feed_place: FeedPlace = FeedPlace::Nowhere => {
        FeedDeliver = "feed.deliver", Place;
    }
    /// The most cards in one PDF.
    cards_per_file: u32 = 2000 => {
        CardsPerFile = "export.cards_per_file", Number(1, 10_000);
    }
    /// `v-fold`, `z-fold`, or a template file.
    template: String = "v-fold".to_owned() => {
        PrintTemplate = "print.template", Template;
    }
    /// The printer whose calibration in the template is used; none where empty.
    printer: String = String::new() => {
        PrintPrinter = "print.printer", Printer;
    }
    /// Fonts tried after the embedded one, separated by commas.
    fallback_fonts: String = String::new() => {
        FallbackFonts = "print.fallback_fonts", Fonts;
    }
    /// How dates are written on paper.
    date_style: DateStyle = DateStyle::Wareki => {
        PrintDateStyle = "print.date_style", OneOf(DateStyle::CODES);
    }
    /// 料金表示: how the postage of single cards is paid.
    postage: Postage = Postage::None => {
        PrintPostage = "print.postage", OneOf(Postage::CODES);
    }
    /// 差出局: the post office named in the postage mark; may be empty.
    postage_office: String = String::new() => {
        PrintPostageOffice = "print.postage_office", Line;
    }
    /// 1通の料金: postage of a card posted by itself, yen; 85 since 2024-10-01 (通常はがき).
    postcard_yen: u32 = 85 => {
        PrintPostcardYen = "print.postcard_yen", Number(1, 9_999);
    }
    /// How letters and receipts are filed.
    letter_files: LetterFiles = LetterFiles::Joined => {
        PrintLetters = "print.letters", OneOf(LetterFiles::CODES);
    }
    /// R4: how cards travel.
    delivery: Delivery = Delivery::Bundle => {
        CardDelivery = "delivery", OneOf(Delivery::CODES);
    }
    /// S1: what passwords on cards are made of.
    passwords: PasswordPolicy = PasswordPolicy::default() => {
        PasswordAlphabet = "password.alphabet", Alphabet, guarded;
        PasswordLength = "password.length", Length, guarded;
    }
    /// S2: what one hash of a password costs.
    hash_cost: HashCost = HashCost::default() => {
        HashMemory.memory_kib = "hash.memory_kib", Number(8192, 1_048_576), guarded;
        HashPasses.passes = "hash.passes", Number(1, 16), guarded;
    }
}

/// One key: how it reads, how it is set, and what it takes.
pub struct Setting {
    /// The same for the program.
    pub id: SettingId,
    /// The key of `settings get|set`.
    pub key: &'static str,
    /// What it takes.
    pub takes: ValueKind,
    /// Whether a slip in it weakens what protects members, or stops people from signing in: it is asked about before.
    pub guarded: bool,
    /// The value that counts in place of a stored one that does not fit: the one that protects members most.
    pub(super) strictest: Option<&'static str>,
    pub(super) value: fn(&Settings) -> &dyn Value,
    pub(super) value_mut: fn(&mut Settings) -> &mut dyn Value,
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Setting {
    /// The value as text.
    pub fn get(&self, settings: &Settings) -> String {
        (self.value)(settings).text(self.takes)
    }

    /// Sets it; `None`, and nothing has changed, where the value does not fit.
    pub(super) fn set(&self, settings: &mut Settings, value: &str) -> Option<()> {
        (self.value_mut)(settings).set(self.takes, value)
    }

    /// The value as it would read afterwards; nothing where it does not fit.
    pub fn fits(&self, settings: &Settings, value: &str) -> Option<String> {
        let mut settings = settings.clone();
        self.set(&mut settings, value)?;
        Some(self.get(&settings))
    }
}

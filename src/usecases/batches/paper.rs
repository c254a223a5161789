//! Which settings reach the paper, and what cards are set with from them: fonts, template and sender. Which setting is at fault
//! where that cannot be done.

use crate::print::{Calibration, CardRenderer, Fonts, PostageMark, Sender, Template, TemplateFault};
use crate::usecases::settings::SettingId;
use crate::usecases::{Error, Refusal, Settings, templates};
use std::path::PathBuf;

const FONTS: &str = "print.fallback_fonts";
const TEMPLATE: &str = "print.template";

/// Whether a setting reaches the paper of a batch.
pub(in crate::usecases) const fn reaches_paper(id: SettingId) -> bool {
    use SettingId as S;
    match id {
        S::SocietyInsurer
        | S::SocietyName
        | S::SocietyPostcode
        | S::SocietyAddress
        | S::SocietyDepartment
        | S::SocietyPhone
        | S::SocietyHours
        | S::SocietyPortalName
        | S::SocietyPortalUrl
        | S::PrintTemplate
        | S::PrintPrinter
        | S::FallbackFonts
        | S::PrintDateStyle
        | S::PrintPostage
        | S::PrintPostageOffice
        | S::CardDelivery
        | S::LoginNoticeDays
        | S::PasswordAlphabet
        | S::PasswordLength => true,
        S::SocietyEmployer
        | S::FeedDeliver
        | S::ReplyFrom
        | S::ReplyTemplate
        | S::BrowsingMembers
        | S::BrowsingMinutes
        | S::BrowsingHours
        | S::FourEyes
        | S::TwoPeople
        | S::ConfirmAddress
        | S::AllowRouteOverride
        | S::Totp
        | S::IdleMinutes
        | S::ReceiptDays
        | S::SeparateDays
        | S::ExportTtl
        | S::ImportAbortPercent
        | S::CheckupDeadline
        | S::MedicalSection
        | S::MedicalPhone
        | S::HealthSection
        | S::HealthPhone
        | S::PromiseDays
        | S::RetentionNotes
        | S::RetentionRequests
        | S::RetentionTombstone
        | S::RetentionAudit
        | S::ExportDir
        | S::CardsPerFile
        | S::PrintLetters
        | S::PrintPostcardYen
        | S::HashMemory
        | S::HashPasses => false,
    }
}

/// Whether an export needs a setting: it reaches the paper, or says how files and hashes are made.
pub(super) const fn makes_files(id: SettingId) -> bool {
    use SettingId as S;
    reaches_paper(id) || matches!(id, S::ExportDir | S::CardsPerFile | S::HashMemory | S::HashPasses)
}

/// The fonts that cards are printed in.
pub(in crate::usecases) fn fonts(settings: &Settings) -> Result<Fonts, Error> {
    let named = settings.fallback_fonts.split(',').map(str::trim).filter(|file| !file.is_empty());
    let files: Vec<PathBuf> = named.map(PathBuf::from).collect();
    Fonts::with_fallbacks(&files).map_err(Error::Fonts)
}

/// Everything that a card is set with.
///
/// # Errors
/// A font, the template or a text of the sender that cannot be used; [`settings_at_fault`] says which.
pub(in crate::usecases) fn renderer(settings: &Settings) -> Result<CardRenderer, Error> {
    renderer_of(settings, &templates::text(&settings.template)?)
}

/// The same with a template that was read already.
pub(super) fn renderer_of(settings: &Settings, source: &str) -> Result<CardRenderer, Error> {
    let fonts = fonts(settings)?;
    let calibration = |template: &Template| template.calibration(&settings.printer).unwrap_or(Calibration::NONE);
    let renderer = Template::parse(source).and_then(|template| {
        let calibration = calibration(&template);
        Ok(CardRenderer::open(template, fonts, sender(settings))?.calibrated(calibration))
    });
    let renderer = renderer.map_err(|faults| at_fault(settings, source, &faults))?;
    Ok(renderer.dated(settings.date_style).for_passwords_of(settings.passwords.length()))
}

/// The settings that an error of the renderer is about.
pub(in crate::usecases) fn settings_at_fault(error: &Error) -> Vec<&'static str> {
    match error {
        Error::Fonts(_) => vec![FONTS],
        Error::Refused(Refusal::Template { .. } | Refusal::File { .. }) => vec![TEMPLATE],
        Error::Refused(Refusal::SettingUnfit { key, .. }) => vec![key],
        Error::Refused(Refusal::SettingUnreadable(keys)) => keys.clone(),
        _ => Vec::new(),
    }
}

fn sender(settings: &Settings) -> Sender {
    let society = &settings.society;
    Sender {
        name: society.name.clone(),
        postcode: society.postcode.clone(),
        address: society.address.clone(),
        department: society.department.clone(),
        phone: society.phone.clone(),
        hours: society.hours.clone(),
        portal_name: society.portal_name.clone(),
        portal_url: society.portal_url.clone(),
        postage: PostageMark {
            postage: settings.postage,
            office: settings.postage_office.clone(),
            yen: settings.postcard_yen,
        },
        insurer_number: society.insurer.clone(),
    }
}

/// A template that takes a sample sender has no fault: the society's text is at fault that it does not take.
fn at_fault(settings: &Settings, source: &str, faults: &[TemplateFault]) -> Refusal {
    let own = sender(settings);
    let takes = |sender: Sender| {
        let opened = Template::parse(source).ok().zip(fonts(settings).ok());
        opened.is_some_and(|(template, fonts)| CardRenderer::open(template, fonts, sender).is_ok())
    };
    let name = settings.template.clone();
    if takes(templates::sample_sender())
        && let Some(key) = one_by_one(&own).into_iter().find_map(|(key, sender)| (!takes(sender)).then_some(key))
    {
        return Refusal::SettingUnfit { key, template: name };
    }
    Refusal::Template { name, lines: faults.iter().map(|fault| fault.line).collect() }
}

/// The sample sender with one text of the society in each, under its key.
fn one_by_one(own: &Sender) -> Vec<(&'static str, Sender)> {
    let with = |change: &dyn Fn(&mut Sender)| {
        let mut sender = templates::sample_sender();
        change(&mut sender);
        sender
    };
    vec![
        ("society.name", with(&|it| it.name = own.name.clone())),
        ("society.postcode", with(&|it| it.postcode = own.postcode.clone())),
        ("society.address", with(&|it| it.address = own.address.clone())),
        ("society.department", with(&|it| it.department = own.department.clone())),
        ("society.phone", with(&|it| it.phone = own.phone.clone())),
        ("society.hours", with(&|it| it.hours = own.hours.clone())),
        ("society.portal_name", with(&|it| it.portal_name = own.portal_name.clone())),
        ("society.portal_url", with(&|it| it.portal_url = own.portal_url.clone())),
        ("print.postage_office", with(&|it| it.postage = own.postage.clone())),
    ]
}

//! 漏えい等, from a parcel, from a card of a batch, or from a card that came back opened.

use super::requests::BatchesMsg;
use crate::domain::IncidentKind;
use crate::tui::context::Context;
use crate::tui::screen::KeyAction;
use crate::tui::screens::take_incident::{self, IncidentSource};
use crate::usecases::batches::Bundle;
use crate::usecases::incidents::{Affected, Parcel};

/// A parcel that went astray.
pub(super) fn of_parcel(bundle: &Bundle, cx: &Context) -> Vec<KeyAction> {
    let parcel = Parcel { batch: bundle.batch.clone(), employer: bundle.employer.clone() };
    let name = format!("{} {} {}", bundle.batch, bundle.employer, bundle.name);
    let affected = Affected { parcel: Some(parcel), ..Affected::default() };
    form(IncidentKind::WrongParcel, vec![(name, affected)], cx)
}

/// A card that another person has opened, or that is lost.
pub(super) fn of_card(serial: &str, cx: &Context) -> Vec<KeyAction> {
    let affected = Affected { serials: vec![serial.to_owned()], ..Affected::default() };
    form(IncidentKind::CardOpened, vec![(serial.to_owned(), affected)], cx)
}

/// Nothing is at hand: members and cards are typed.
pub(super) fn unknown(cx: &Context) -> Vec<KeyAction> {
    form(IncidentKind::WrongParcel, Vec::new(), cx)
}

fn form(kind: IncidentKind, whose: Vec<(String, Affected)>, cx: &Context) -> Vec<KeyAction> {
    take_incident::form(IncidentSource { kind, whose, call: None }, BatchesMsg::Incident, cx)
}

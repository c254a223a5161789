//! Made-up requests.

use super::fixtures::{at, day};
use crate::domain::diagnosis::{SectionContact, SocietyWords};
use crate::domain::request::{
    Agreement, Channel, Checklist, ClaimField, Comparison, IdentityCheck, RequestKind, RequestState, RequestStep,
};
use crate::usecases::requests::{InboxLine, MatchedBy, RequestView};

pub(super) fn inbox() -> Vec<InboxLine> {
    let line = |receipt: &str, state, waited, name: &str, member: Option<&str>, together| InboxLine {
        receipt: receipt.to_owned(),
        received_at: at(24 - waited, 9, 0),
        waited,
        channel: Channel::Form,
        kind: RequestKind::LoginInfo,
        state,
        name: name.to_owned(),
        member: member.map(str::to_owned),
        together,
        reason: None,
    };
    vec![
        line("R-0019", RequestState::Verifying, 3, "山田 花子", Some("161-6-02"), 1),
        line("R-0020", RequestState::New, 2, "中島 花子", Some("107-1-00"), 2),
        line("R-0024", RequestState::New, 0, "高橋 一郎", None, 0),
    ]
}

pub(super) fn request(state: RequestState, name: Agreement, checks: &[IdentityCheck]) -> RequestView {
    let line = |field, given: &str, on_file: &str, agreement| Comparison {
        field,
        given: given.to_owned(),
        on_file: on_file.to_owned(),
        agreement,
    };
    let comparison = vec![
        line(ClaimField::Key, "107-1", "107-1-00", Agreement::Variant),
        line(ClaimField::Name, "中島 花子", "中島 達也", name),
        line(ClaimField::Kana, "ナカジマ タツヤ", "ナカジマ タツヤ", Agreement::Exact),
        line(ClaimField::BirthDate, "1979-07-26", "1979-07-26", Agreement::Exact),
        line(ClaimField::Employer, "", "旭精機株式会社", Agreement::NotGiven),
    ];
    let checked: Checklist = checks.iter().copied().collect();
    let medical = SectionContact { name: "医療課".to_owned(), phone: "03-0000-0001".to_owned() };
    RequestView {
        society: SocietyWords { portal: "MyKempo".to_owned(), medical, ..SocietyWords::default() },
        receipt: "R-0019".to_owned(),
        received_at: at(20, 14, 5),
        waited: 2,
        channel: Channel::Form,
        kind: RequestKind::LoginInfo,
        state,
        name: "中島 花子".to_owned(),
        phone: "090-0000-0000".to_owned(),
        email: "h***@e***.jp".to_owned(),
        body: "ログインIDを忘れました。送ってください。".to_owned(),
        member: Some("107-1-00".to_owned()),
        matched_by: Some(MatchedBy::Key),
        candidates: Vec::new(),
        lacking: checked.suffices(&comparison).err().map_or_else(Vec::new, |lacking| lacking.0),
        comparison,
        registered_on: Some(day("2026-10-12")),
        login_used_at: Some(at(2, 9, 5)),
        checked,
        checked_by: (!checks.is_empty()).then(|| "sato".to_owned()),
        checked_at: (!checks.is_empty()).then(|| at(24, 10, 30)),
        instead: None,
        no_route: None,
        beside: Vec::new(),
        together: Vec::new(),
        reason: None,
        reply: None,
        settled_by: None,
        settled_at: None,
        card: None,
        merged_into: None,
        next: vec![RequestStep::Verify, RequestStep::Queue, RequestStep::Hold, RequestStep::Reject, RequestStep::Merge],
    }
}

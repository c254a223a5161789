//! Made-up requests.

use super::fixtures::{at, day};
use crate::domain::HoldReason;
use crate::domain::diagnosis::{ReplyTexts, SectionContact, SocietyWords};
use crate::domain::request::{
    Agreement, CaseVerdict, Channel, CheckBasis, Checklist, Claim, ClaimField, Comparison, Ground, IdentityCheck,
    KnownNumber, NumberSource, RequestKind, RequestState, RequestStep, differing,
};
use crate::usecases::requests::{
    Candidate, CaseDestination, CheckEvidence, InboxLine, MatchedBy, PointedBy, RequestView,
};

fn destination() -> CaseDestination {
    CaseDestination {
        employer: "旭精機株式会社".to_owned(),
        postcode: "1010025".to_owned(),
        address: "東京都千代田区神田佐久間町1-2".to_owned(),
    }
}

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
        member_name: member.map(|_| name.to_owned()),
        candidates: Vec::new(),
        verdict: Some(CaseVerdict::AllAgree),
        differs: Vec::new(),
        instead: None,
        no_route: None,
        destination: Some(destination()),
        notice: None,
        login_used_at: Some(at(17, 9, 5)),
        together,
        assignee: None,
        follow_up_on: None,
        reason: None,
    };
    let candidate = |member: &str, name: &str, by| Candidate { member: member.to_owned(), name: name.to_owned(), by };
    let differs = (Some(CaseVerdict::Differs), vec![ClaimField::Name]);
    let first = line("R-0019", RequestState::Verifying, 3, "山田 花子", Some("161-6-02"), 1);
    let held = (None, Some(HoldReason::Voluntary), Some(day("2026-11-26")));
    vec![
        InboxLine { verdict: differs.0, differs: differs.1, assignee: Some("sato".to_owned()), ..first },
        line("R-0020", RequestState::New, 2, "中島 花子", Some("107-1-00"), 2),
        line("R-0021", RequestState::New, 1, "吉田 誠", Some("119-2-00"), 1),
        InboxLine {
            verdict: Some(CaseVerdict::TwoPeople),
            candidates: vec![
                candidate("260-1-00", "佐々木 修", PointedBy::Number),
                candidate("104-7-00", "高橋 一郎", PointedBy::Name),
            ],
            instead: Some(Ground::NotIdentified),
            destination: None,
            ..line("R-0024", RequestState::New, 0, "高橋 一郎", None, 0)
        },
        InboxLine {
            verdict: Some(CaseVerdict::Incomplete),
            destination: held.0,
            no_route: held.1,
            follow_up_on: held.2,
            reason: Some(Ground::CallBack.code().to_owned()),
            ..line("R-0018", RequestState::OnHold, 4, "村上 久美子", Some("107-3-00"), 1)
        },
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
    let call_back = vec![KnownNumber { number: "03-0000-0000".to_owned(), source: NumberSource::Employer }];
    let basis = CheckBasis { compared: &comparison, numbers: &call_back };
    let evidence = IdentityCheck::ALL.iter().map(|check| CheckEvidence { check: *check, evidence: basis.of(*check) });
    let evidence = evidence.collect();
    let medical = SectionContact { name: "医療課".to_owned(), phone: "03-0000-0001".to_owned() };
    RequestView {
        reply_texts: ReplyTexts::embedded().unwrap().clone(),
        reply_status: None,
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
        sent: Claim {
            symbol: "107".to_owned(),
            number: "1".to_owned(),
            name: "中島 花子".to_owned(),
            ..Claim::default()
        },
        verdict: CaseVerdict::of(&comparison),
        differs: differing(&comparison),
        evidence,
        call_back,
        called: checked.has(IdentityCheck::CallBack).then(|| "03-0000-0000".to_owned()),
        let_pass: None,
        destination: Some(destination()),
        notice: None,
        assignee: Some("sato".to_owned()),
        follow_up_on: None,
        usual_follow_up: day("2026-12-01"),
        referred: None,
        resumable_until: None,
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

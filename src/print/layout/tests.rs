//! Thousands of cards with hard words in them: measured, not looked at.

use super::*;
use crate::domain::gate::FamilyOf;
use crate::print::PrintedRoute;
use crate::print::tests::sender;
use chrono::NaiveDate;

/// Draws from a fixed stream, so that a failure can be seen again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    fn words(&mut self, most: usize) -> String {
        const PARTS: &[&str] = &[
            "髙橋",
            "宮﨑",
            "濵",
            "德",
            "辻\u{E0100}",
            "葛\u{E0100}城",
            "株式会社",
            "（株）",
            "ー",
            "っ",
            "「",
            "」",
            "、",
            "・",
            " ",
            "　",
            "三丁目",
            "12-3",
            "ABC",
            "Featherstonehaugh",
            "ビル",
            "609号室",
            "々",
            "㈱",
            "①",
            "ﾃｸﾉ",
            "é",
        ];
        (0..self.below(most + 1)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn card(&mut self) -> CardContent {
        let kind = CardKind::ALL[self.below(2)];
        CardContent {
            serial: format!("B20261122-001-{:04}", self.below(10_000)),
            kind,
            issue_date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            name: format!("山{}", self.words(20)),
            key: "ABCDEFGH-12345678-00".to_owned(),
            route: PrintedRoute {
                employer_code: Some("260".to_owned()),
                postcode: (self.below(9) > 0).then(|| format!("{:07}", self.below(9_999_999))),
                address1: format!("東京都{}", self.words(20)),
                address2: self.words(60),
                company: format!("株式会社{}", self.words(40)),
                department: self.words(12),
                contact: String::new(),
            },
            login_id: Some(format!("id{}", "x".repeat(self.below(40)))),
            expires_on: NaiveDate::from_ymd_opt(2026, 12, 24),
            family: FamilyOf::of((self.below(3) == 0).then(|| format!("田{}", self.words(12))), None),
        }
    }
}

fn area_of(shape: &Shape) -> Area {
    match shape {
        Shape::Text(line) | Shape::Grey { line, .. } | Shape::Mirrored { line, .. } => line.area(),
        Shape::Code { x, y, module, rows } => {
            let side = rows.len() as f32 * module;
            Area { x: *x, y: *y, width: side, height: side }
        }
        Shape::Fill { area, .. } => *area,
        Shape::Stroke { from, to, .. } => Area { x: from.0, y: from.1, width: to.0 - from.0, height: to.1 - from.1 },
    }
}

#[test]
fn b4_no_text_leaves_its_field_overlaps_another_or_prints_a_box() {
    let fonts = Fonts::embedded().unwrap();
    let mut held = 0;
    for template in [Template::v_fold().unwrap(), Template::z_fold().unwrap()] {
        let layout = Layout {
            template,
            fonts: fonts.clone(),
            sender: sender(),
            dates: DateStyle::Wareki,
            routes: RouteCheck::default(),
        };
        let mut draw = Draw(1);
        for _ in 0..1500 {
            let card = draw.card();
            let secret = Secret::Masked { length: 12 };
            for field in &layout.template.fields {
                let Ok(shapes) = layout.variable_shapes(field, &card, &secret) else {
                    held += 1;
                    continue;
                };
                for (at, shape) in shapes.iter().enumerate() {
                    let area = area_of(shape);
                    assert!(field.area.holds(&area), "{} of {card:?}: {shape:?}", field.name);
                    let apart = |other: &Shape| !area.meets(&area_of(other).grown(-0.01));
                    assert!(shapes[..at].iter().all(apart), "{} of {card:?}", field.name);
                    if let Shape::Text(line) = shape {
                        assert!(line.glyphs.iter().all(|glyph| glyph.id != 0), "{}", field.name);
                        let spelled = matches!(field.content, Content::Password | Content::LoginId);
                        let least = if spelled { 8.0 } else { field.style.smallest };
                        assert!(line.size >= least && line.stretch >= 0.79, "{}: {line:?}", field.name);
                    }
                }
            }
        }
    }
    assert!((1..1500).contains(&held), "{held}: some cards are too long, most are not");
}

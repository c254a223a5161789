//! 差出票の控え: how many single cards are handed to the post office, and what they cost.

use super::context::PaperContext;
use super::page_builder::{MEASURE, PageBuilder, area, foot};
use super::table::FactTable;
use crate::print::bundle::CardBundle;
use crate::print::fit::HorizontalAlign;
use crate::print::page::PageContent;
use crate::print::postage::Postage;

/// One page for the cards that travel by themselves.
pub(super) fn page(context: &PaperContext<'_>, singles: &[&CardBundle<'_>]) -> PageContent {
    let cards: usize = singles.iter().map(|bundle| bundle.cards.len()).sum();
    let mark = &context.layout.sender.postage;
    let paid = match mark.postage {
        Postage::None => "切手",
        Postage::Deferred => "料金後納",
        Postage::Separate => "料金別納",
    };
    let total = cards as u64 * u64::from(mark.yen);
    let rows = [
        ("差出日", context.layout.dates.show(context.run.date)),
        ("差出人", context.layout.sender.name.clone()),
        ("差出局", mark.office.clone()),
        ("郵便物の種類", "第二種郵便物　通常はがき(圧着はがき)".to_owned()),
        ("料金の支払い", paid.to_owned()),
        ("通数", format!("{cards}通")),
        ("1通の料金", format!("{}円", mark.yen)),
        ("合計", format!("{total}円")),
    ];
    let mut builder = PageBuilder::new(&context.layout.fonts);
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 15.0, HorizontalAlign::Left, "差出票の控え");
    builder.line(area(0.0, 18.0, MEASURE, 9.0), 13.0, HorizontalAlign::Right, context.run.batch);
    let note = "郵便局の差出票に、次のとおり記入してください。事業所あての束に入れたはがきは含みません。";
    builder.line(area(0.0, 30.0, MEASURE, 6.0), 9.5, HorizontalAlign::Left, note);
    FactTable { top: 40.0, row: 10.0, size: 12.0 }.draw(&mut builder, &rows);
    foot(&mut builder, &format!("差出票の控え　{}", context.run.shown()), 1, 1);
    builder.finish()
}

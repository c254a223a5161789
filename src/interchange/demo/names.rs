//! Names that could be anybody's.

use super::draw::Draw;
use crate::domain::Sex;

/// Surnames with their readings; the rarer spellings stand among the common ones on purpose.
const SURNAMES: [(&str, &str); 61] = [
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("高橋", "タカハシ"),
    ("髙橋", "タカハシ"),
    ("田中", "タナカ"),
    ("伊藤", "イトウ"),
    ("渡辺", "ワタナベ"),
    ("渡邉", "ワタナベ"),
    ("渡邊", "ワタナベ"),
    ("山本", "ヤマモト"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山田", "ヤマダ"),
    ("佐々木", "ササキ"),
    ("山口", "ヤマグチ"),
    ("松本", "マツモト"),
    ("井上", "イノウエ"),
    ("木村", "キムラ"),
    ("林", "ハヤシ"),
    ("斎藤", "サイトウ"),
    ("齋藤", "サイトウ"),
    ("斉藤", "サイトウ"),
    ("清水", "シミズ"),
    ("山崎", "ヤマザキ"),
    ("山﨑", "ヤマザキ"),
    ("森", "モリ"),
    ("池田", "イケダ"),
    ("橋本", "ハシモト"),
    ("阿部", "アベ"),
    ("石川", "イシカワ"),
    ("前田", "マエダ"),
    ("藤田", "フジタ"),
    ("小川", "オガワ"),
    ("岡田", "オカダ"),
    ("後藤", "ゴトウ"),
    ("長谷川", "ハセガワ"),
    ("村上", "ムラカミ"),
    ("近藤", "コンドウ"),
    ("石井", "イシイ"),
    ("坂本", "サカモト"),
    ("遠藤", "エンドウ"),
    ("青木", "アオキ"),
    ("福田", "フクダ"),
    ("西村", "ニシムラ"),
    ("太田", "オオタ"),
    ("浜田", "ハマダ"),
    ("濱田", "ハマダ"),
    ("濵田", "ハマダ"),
    ("德永", "トクナガ"),
    ("桜井", "サクライ"),
    ("櫻井", "サクライ"),
    ("東海林", "ショウジ"),
    ("勅使河原", "テシガワラ"),
    ("小鳥遊", "タカナシ"),
    ("龍ヶ崎", "リュウガサキ"),
    ("中嶋", "ナカジマ"),
    ("黒澤", "クロサワ"),
    ("葛城", "カツラギ"),
    ("ジョンソン", "ジョンソン"),
];

const MEN: [(&str, &str); 32] = [
    ("一郎", "イチロウ"),
    ("健太", "ケンタ"),
    ("翔太", "ショウタ"),
    ("誠", "マコト"),
    ("浩", "ヒロシ"),
    ("拓也", "タクヤ"),
    ("直樹", "ナオキ"),
    ("大輔", "ダイスケ"),
    ("達也", "タツヤ"),
    ("学", "マナブ"),
    ("正雄", "マサオ"),
    ("和夫", "カズオ"),
    ("茂", "シゲル"),
    ("清", "キヨシ"),
    ("蓮", "レン"),
    ("颯太", "ソウタ"),
    ("大翔", "ヒロト"),
    ("優斗", "ユウト"),
    ("陽向", "ヒナタ"),
    ("湊", "ミナト"),
    ("亮", "リョウ"),
    ("隼人", "ハヤト"),
    ("哲也", "テツヤ"),
    ("修", "オサム"),
    ("隆", "タカシ"),
    ("勇気", "ユウキ"),
    ("進", "ススム"),
    ("圭", "ケイ"),
    ("純一", "ジュンイチ"),
    ("裕二", "ユウジ"),
    ("ケン", "ケン"),
    ("豊", "ユタカ"),
];

const WOMEN: [(&str, &str); 32] = [
    ("花子", "ハナコ"),
    ("結衣", "ユイ"),
    ("陽菜", "ヒナ"),
    ("美咲", "ミサキ"),
    ("彩花", "アヤカ"),
    ("恵子", "ケイコ"),
    ("惠子", "ケイコ"),
    ("洋子", "ヨウコ"),
    ("裕子", "ユウコ"),
    ("由美子", "ユミコ"),
    ("久美子", "クミコ"),
    ("智美", "トモミ"),
    ("明美", "アケミ"),
    ("幸子", "サチコ"),
    ("千代", "チヨ"),
    ("さくら", "サクラ"),
    ("莉子", "リコ"),
    ("葵", "アオイ"),
    ("凜", "リン"),
    ("真由美", "マユミ"),
    ("愛", "アイ"),
    ("茜", "アカネ"),
    ("ひなた", "ヒナタ"),
    ("瞳", "ヒトミ"),
    ("京子", "キョウコ"),
    ("順子", "ジュンコ"),
    ("奈々", "ナナ"),
    ("早紀", "サキ"),
    ("純", "ジュン"),
    ("マリア", "マリア"),
    ("紗英", "サエ"),
    ("遥", "ハルカ"),
];

/// Family names that are hard on a card: two user-defined characters, and names of more than one part.
const HARD: [(u64, &str, &str); 5] = [
    (17, "\u{E000}田", "ヨシダ"),
    (230, "\u{E001}井", "フジイ"),
    (41, "マリア　フェルナンデス　ゴンザレス", "マリア　フェルナンデス　ゴンザレス"),
    (120, "アレクサンドル　コンスタンチノフ", "アレクサンドル　コンスタンチノフ"),
    (333, "ウィリアムズ・スミス", "ウィリアムズ・スミス"),
];

/// The name of the family with this number, and its reading. Only one member of it has a hard one.
pub(super) fn surname(family: u64, draw: &mut Draw) -> (&'static str, &'static str) {
    let drawn = draw.of(&SURNAMES);
    HARD.iter().find(|(at, ..)| *at == family).map_or(drawn, |(_, name, kana)| (name, kana))
}

/// A given name and its reading.
pub(super) fn given(sex: Sex, draw: &mut Draw) -> (&'static str, &'static str) {
    match sex {
        Sex::Male => draw.of(&MEN),
        Sex::Female => draw.of(&WOMEN),
    }
}

/// Whether the family's name is one of the hard ones, whose bearer lives alone.
pub(super) fn is_hard(family: u64) -> bool {
    HARD.iter().any(|(at, ..)| *at == family)
}

/// Half-width kana, as most of the registry writes readings.
pub(super) fn half_width(kana: &str) -> String {
    kana.chars().flat_map(narrow).collect()
}

fn narrow(c: char) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    const WIDE: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    let narrow_base = |c: char| {
        let place = WIDE.chars().position(|wide| wide == c).and_then(|at| u32::try_from(at).ok());
        match c {
            '\u{3099}' => 'ﾞ',
            '\u{309A}' => 'ﾟ',
            '　' => ' ',
            '・' => '･',
            _ => place.and_then(|at| char::from_u32('ｦ' as u32 + at)).unwrap_or(c),
        }
    };
    std::iter::once(c).nfd().map(narrow_base).collect()
}

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn readings_narrow_and_widen_to_the_same() {
        for kana in ["ショウジ　タクヤ", "ワタナベ", "ウィリアムズ・スミス", "ヴィヴィアン　パーク"]
        {
            let narrow = half_width(kana);
            assert_eq!(crate::text::kana_key(&narrow), crate::text::kana_key(kana));
            assert!(narrow.chars().all(|c| c == ' ' || ('\u{FF61}'..='\u{FF9F}').contains(&c)), "{narrow}");
        }
    }
}

//! A line of text → the same line in the order in which it is seen, where it holds Arabic or Hebrew.
//!
//! egui shapes each word (joined letters, from right to left) and sets the words in the order of the text; the order of the
//! words is mended here, by the Unicode Bidirectional Algorithm (UAX #9). To be dropped when egui does it.

use std::borrow::Cow;

use unicode_bidi::BidiInfo;

/// The line as it is drawn. For one line only: a paragraph must be broken first.
#[must_use]
pub fn visual(line: &str) -> Cow<'_, str> {
    if !line.chars().any(is_rtl) {
        return Cow::Borrowed(line);
    }
    let info = BidiInfo::new(line, None);
    let mut drawn = String::with_capacity(line.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let text = &line[run.clone()];
            if levels[run.start].is_rtl() {
                push_reversed(&mut drawn, text);
            } else {
                drawn.push_str(text);
            }
        }
    }
    Cow::Owned(drawn)
}

/// Words from the last to the first, each left as it is for the shaper; signs between them one by one, brackets mirrored.
fn push_reversed(drawn: &mut String, text: &str) {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        if is_joined(letter) {
            continue;
        }
        if start < at {
            words.push(&text[start..at]);
        }
        start = at + letter.len_utf8();
        words.push(&text[at..start]);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    for word in words.into_iter().rev() {
        match word {
            "(" => drawn.push(')'),
            ")" => drawn.push('('),
            "[" => drawn.push(']'),
            "]" => drawn.push('['),
            "«" => drawn.push('»'),
            "»" => drawn.push('«'),
            word => drawn.push_str(word),
        }
    }
}

/// Letters and marks of right-to-left scripts, which the shaper sets from right to left; and joiners between them.
fn is_joined(letter: char) -> bool {
    is_rtl(letter) || matches!(letter, '\u{200c}' | '\u{200d}')
}

fn is_rtl(letter: char) -> bool {
    matches!(u32::from(letter), 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_and_cyrillic_stay_as_they_are() {
        assert!(matches!(visual("Sharm (Egypt), Київ"), Cow::Borrowed(_)));
    }

    #[test]
    fn words_of_an_arabic_name_stand_from_right_to_left() {
        assert_eq!(visual("شرم الشيخ"), "الشيخ شرم");
        assert_eq!(visual("تل أبيب (يافا)"), "(يافا) أبيب تل");
    }

    #[test]
    fn numbers_and_latin_words_within_keep_their_order() {
        assert_eq!(visual("ערוץ 12 חדשות"), "חדשות 12 ערוץ");
        assert_eq!(visual("Haaretz הארץ today"), "Haaretz הארץ today");
    }
}

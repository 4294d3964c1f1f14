//! Embedded font files → the font families of `theme.rs`.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme::family;

const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
const SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf");
const SERIF_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSerif-Bold.ttf");
const SERIF_ITALIC: &[u8] = include_bytes!("../../assets/fonts/NotoSerif-Italic.ttf");
const ARABIC: &[u8] = include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf");
const HEBREW: &[u8] = include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf");

/// Other scripts than Latin, Greek and Cyrillic, tried in this order after a family's own face.
const FALLBACK: [&str; 3] = ["arabic", "hebrew", "inter"];

/// Families with their own face, and after it what egui brings (symbols) and the other scripts.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let brought = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let faces: [(&str, &'static [u8]); 7] = [
        ("inter", INTER),
        ("inter-semibold", INTER_SEMIBOLD),
        ("serif", SERIF),
        ("serif-bold", SERIF_BOLD),
        ("serif-italic", SERIF_ITALIC),
        ("arabic", ARABIC),
        ("hebrew", HEBREW),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut bind = |family: FontFamily, face: &str| {
        let rest = FALLBACK.iter().map(|name| (*name).to_owned()).chain(brought.iter().cloned());
        let mut chain = vec![face.to_owned()];
        chain.extend(rest.filter(|name| name != face));
        fonts.families.insert(family, chain);
    };
    bind(FontFamily::Proportional, "inter");
    bind(FontFamily::Name(family::MEDIUM.into()), "inter-semibold");
    bind(FontFamily::Name(family::READ.into()), "serif");
    bind(FontFamily::Name(family::READ_BOLD.into()), "serif-bold");
    bind(FontFamily::Name(family::READ_ITALIC.into()), "serif-italic");
    fonts
}

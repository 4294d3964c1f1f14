//! Light or dark → every colour, size and font of the window. The only file that names a colour.

use egui::{Color32, FontFamily, FontId, Stroke};

use crate::model::EventType;

/// The grid, in points: gaps and heights are multiples of it.
pub const GRID: f32 = 4.0;

/// Type sizes in points: two for content, one for chrome, one for headlines.
pub mod size {
    /// Labels of the chrome, counts, axis ticks.
    pub const CHROME: f32 = 12.0;
    /// Rows of lists, the inspector.
    pub const LIST: f32 = 13.5;
    /// The article.
    pub const READ: f32 = 15.5;
    /// The article's headline.
    pub const HEAD: f32 = 22.0;
}

/// Names of the font families; `fonts.rs` binds them.
pub mod family {
    pub const MEDIUM: &str = "medium";
    pub const READ: &str = "read";
    pub const READ_BOLD: &str = "read-bold";
    pub const READ_ITALIC: &str = "read-italic";
}

/// Tint of an image that is shown as it is.
pub const PLAIN_TINT: Color32 = Color32::WHITE;

/// Inks of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapInks {
    pub water: Color32,
    pub land: Color32,
    pub ice: Color32,
    pub urban: Color32,
    pub lake: Color32,
    pub river: Color32,
    pub coast: Color32,
    pub border: Color32,
    /// Drawn dashed.
    pub disputed: Color32,
    pub admin1: Color32,
    pub graticule: Color32,
    pub label: Color32,
    pub label_soft: Color32,
    pub label_water: Color32,
    pub halo: Color32,
    /// Venue disc, its ring and its count.
    pub venue: Color32,
    pub venue_ring: Color32,
    pub venue_text: Color32,
    /// Capital diamond and its country code.
    pub capital: Color32,
    pub capital_fill: Color32,
    /// Country or region in which something happens: translucent.
    pub area: Color32,
    pub area_edge: Color32,
    /// Line from a capital to the venue it takes part in.
    pub tie: Color32,
    /// What the filter leaves nothing of.
    pub faint: Color32,
    /// Where much happens, in the layer of heat.
    pub heat: Color32,
    /// Ring of the radius within which an uncertain place lies.
    pub uncertain: Color32,
}

/// Highlights in the article: a soft fill behind the words and a line under them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkInks {
    pub place: (Color32, Color32),
    pub time: (Color32, Color32),
    pub actor: (Color32, Color32),
    pub event: (Color32, Color32),
    /// The sentence of what is selected.
    pub sentence: Color32,
    /// The sentence of what is pointed at.
    pub hover: Color32,
}

/// What event types have in common for the eye: each has a colour and a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Talks, agreements, support in words.
    Accord,
    /// Aid, cooperation, withdrawal: deeds.
    Help,
    /// Demands, accusations, rejections, threats.
    Dispute,
    /// Protest, sanctions, mobilisation, coercion.
    Pressure,
    /// Violence.
    Violence,
    /// Disasters and accidents.
    Mishap,
    /// Elections, courts, business, sport, culture.
    Civic,
    /// Sayings and the rest.
    Saying,
}

impl Family {
    pub const ALL: [Self; 8] =
        [Self::Accord, Self::Help, Self::Dispute, Self::Pressure, Self::Violence, Self::Mishap, Self::Civic, Self::Saying];

    #[must_use]
    pub const fn of(kind: EventType) -> Self {
        use EventType as T;
        match kind {
            T::Agree | T::Consult | T::Support | T::Concede => Self::Accord,
            T::Cooperate | T::Aid | T::Retreat => Self::Help,
            T::Request | T::Accuse | T::Reject | T::Threaten => Self::Dispute,
            T::Protest | T::Sanction | T::Mobilize | T::Coerce => Self::Pressure,
            T::Assault => Self::Violence,
            T::Disaster | T::Accident => Self::Mishap,
            T::Election | T::Court | T::Business | T::Sport | T::Culture => Self::Civic,
            T::Statement | T::Other => Self::Saying,
        }
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accord => "Talks and agreement",
            Self::Help => "Help and withdrawal",
            Self::Dispute => "Demand and dispute",
            Self::Pressure => "Pressure",
            Self::Violence => "Violence",
            Self::Mishap => "Disaster and accident",
            Self::Civic => "Civic life",
            Self::Saying => "Sayings and other",
        }
    }
}

/// All colours of one appearance.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub dark: bool,
    /// Behind everything; the frame of the window.
    pub paper: Color32,
    /// Panels.
    pub panel: Color32,
    /// Fields, cards, popups.
    pub raised: Color32,
    /// Rows and buttons under the pointer.
    pub hover: Color32,
    pub line: Color32,
    pub line_strong: Color32,
    pub ink: Color32,
    pub ink_soft: Color32,
    /// Least contrast for words: 4.5 to 1 on `panel`.
    pub ink_faint: Color32,
    /// Selection, focus, the one call to act.
    pub accent: Color32,
    pub accent_soft: Color32,
    pub on_accent: Color32,
    /// What is pointed at anywhere is ringed in this everywhere.
    pub glow: Color32,
    pub warning: Color32,
    pub warning_soft: Color32,
    pub error: Color32,
    pub good: Color32,
    pub shadow: Color32,
    pub map: MapInks,
    pub mark: MarkInks,
    families: [Color32; 8],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

fn clear(hex: u32, alpha: u8) -> Color32 {
    let solid = rgb(hex);
    Color32::from_rgba_unmultiplied(solid.r(), solid.g(), solid.b(), alpha)
}

impl Theme {
    /// The light theme, after newsprint.
    #[must_use]
    pub fn paper() -> Self {
        Self {
            dark: false,
            paper: rgb(0x00EF_ECE5),
            panel: rgb(0x00FA_F8F4),
            raised: rgb(0x00FF_FFFF),
            hover: rgb(0x00F0_EDE6),
            line: rgb(0x00E3_DED4),
            line_strong: rgb(0x00C9_C3B7),
            ink: rgb(0x001D_2126),
            ink_soft: rgb(0x004B_5057),
            ink_faint: rgb(0x0062_666C),
            accent: rgb(0x0023_57C4),
            accent_soft: rgb(0x00DF_E7F8),
            on_accent: rgb(0x00FF_FFFF),
            glow: rgb(0x00F2_A900),
            warning: rgb(0x008A_5A00),
            warning_soft: rgb(0x00FB_F0D6),
            error: rgb(0x00A8_2A1C),
            good: rgb(0x0025_6B4A),
            shadow: clear(0x0000_0000, 36),
            map: MapInks {
                water: rgb(0x00DD_E6EA),
                land: rgb(0x00F6_F3EC),
                ice: rgb(0x00FC_FCFB),
                urban: rgb(0x00E8_E2D6),
                lake: rgb(0x00DD_E6EA),
                river: rgb(0x00C3_D3DB),
                coast: rgb(0x00A8_B8BF),
                border: rgb(0x00B4_AA9A),
                disputed: rgb(0x009A_8F7E),
                admin1: rgb(0x00E0_D9CC),
                graticule: rgb(0x00D2_DDE2),
                label: rgb(0x003F_444A),
                label_soft: rgb(0x0070_7277),
                label_water: rgb(0x005F_7E90),
                halo: clear(0x00F8_F5EF, 220),
                venue: rgb(0x001D_2126),
                venue_ring: rgb(0x00FF_FFFF),
                venue_text: rgb(0x00FF_FFFF),
                capital: rgb(0x006B_4C9A),
                capital_fill: rgb(0x00FA_F8F4),
                area: clear(0x001D_2126, 28),
                area_edge: clear(0x001D_2126, 110),
                tie: clear(0x006B_4C9A, 120),
                faint: clear(0x001D_2126, 70),
                heat: rgb(0x00D9_6A1F),
                uncertain: clear(0x001D_2126, 90),
            },
            mark: MarkInks {
                place: (clear(0x0000_0000, 0), rgb(0x001E_7F8C)),
                time: (clear(0x0000_0000, 0), rgb(0x00B0_7D12)),
                actor: (clear(0x0000_0000, 0), rgb(0x006B_4C9A)),
                event: (clear(0x001D_2126, 14), rgb(0x001D_2126)),
                sentence: rgb(0x00E3_EAF9),
                hover: rgb(0x00FC_F0CF),
            },
            families: [
                rgb(0x0012_8264),
                rgb(0x002F_8FC4),
                rgb(0x00C9_7F06),
                rgb(0x00A8_5590),
                rgb(0x00C2_3B1A),
                rgb(0x007A_5A33),
                rgb(0x004E_6A88),
                rgb(0x0084_878C),
            ],
        }
    }

    /// The dark theme, after ink.
    #[must_use]
    pub fn ink() -> Self {
        Self {
            dark: true,
            paper: rgb(0x000F_1215),
            panel: rgb(0x0016_1A1F),
            raised: rgb(0x001F_242B),
            hover: rgb(0x0022_2830),
            line: rgb(0x002A_3038),
            line_strong: rgb(0x0041_4954),
            ink: rgb(0x00E9_E7E2),
            ink_soft: rgb(0x00B4_B7BC),
            ink_faint: rgb(0x008C_9199),
            accent: rgb(0x0084_ABFF),
            accent_soft: rgb(0x0024_3352),
            on_accent: rgb(0x000F_1215),
            glow: rgb(0x00FF_C545),
            warning: rgb(0x00F0_C063),
            warning_soft: rgb(0x0035_2C18),
            error: rgb(0x00FF_8A78),
            good: rgb(0x007C_CBA2),
            shadow: clear(0x0000_0000, 120),
            map: MapInks {
                water: rgb(0x0011_171D),
                land: rgb(0x0020_252C),
                ice: rgb(0x0030_363E),
                urban: rgb(0x002C_3139),
                lake: rgb(0x0011_171D),
                river: rgb(0x0019_2730),
                coast: rgb(0x003D_4953),
                border: rgb(0x0050_5861),
                disputed: rgb(0x006C_7177),
                admin1: rgb(0x002C_323A),
                graticule: rgb(0x0019_2027),
                label: rgb(0x00C6_C8CB),
                label_soft: rgb(0x008D_9299),
                label_water: rgb(0x0063_8397),
                halo: clear(0x0014_181D, 220),
                venue: rgb(0x00EC_EAE5),
                venue_ring: rgb(0x000F_1215),
                venue_text: rgb(0x000F_1215),
                capital: rgb(0x00C3_A6F2),
                capital_fill: rgb(0x0016_1A1F),
                area: clear(0x00EC_EAE5, 26),
                area_edge: clear(0x00EC_EAE5, 110),
                tie: clear(0x00C3_A6F2, 120),
                faint: clear(0x00EC_EAE5, 70),
                heat: rgb(0x00F0_8A3C),
                uncertain: clear(0x00EC_EAE5, 90),
            },
            mark: MarkInks {
                place: (clear(0x0000_0000, 0), rgb(0x0058_BECB)),
                time: (clear(0x0000_0000, 0), rgb(0x00E0_B04C)),
                actor: (clear(0x0000_0000, 0), rgb(0x00C3_A6F2)),
                event: (clear(0x00EC_EAE5, 22), rgb(0x00EC_EAE5)),
                sentence: rgb(0x0022_2F49),
                hover: rgb(0x003D_3417),
            },
            families: [
                rgb(0x0045_B890),
                rgb(0x0062_B8E8),
                rgb(0x00EB_A935),
                rgb(0x00E4_8FCB),
                rgb(0x00F0_7350),
                rgb(0x00B8_9468),
                rgb(0x007F_98B5),
                rgb(0x00A0_A4AA),
            ],
        }
    }

    /// Black on white with strong lines, after the light theme.
    #[must_use]
    pub fn contrast() -> Self {
        let paper = Self::paper();
        Self {
            paper: rgb(0x00FF_FFFF),
            panel: rgb(0x00FF_FFFF),
            hover: rgb(0x00EC_ECEC),
            line: rgb(0x008A_8A8A),
            line_strong: rgb(0x0044_4444),
            ink: rgb(0x0000_0000),
            ink_soft: rgb(0x0022_2222),
            ink_faint: rgb(0x0040_4040),
            accent: rgb(0x0000_3C9E),
            glow: rgb(0x00C2_7700),
            warning: rgb(0x006B_4500),
            error: rgb(0x0093_1B0F),
            good: rgb(0x0010_5233),
            map: MapInks {
                land: rgb(0x00FF_FFFF),
                coast: rgb(0x0066_7077),
                border: rgb(0x0070_6A60),
                label: rgb(0x0000_0000),
                label_soft: rgb(0x0040_4040),
                label_water: rgb(0x0034_5466),
                venue: rgb(0x0000_0000),
                capital: rgb(0x004B_2A80),
                tie: clear(0x004B_2A80, 200),
                ..paper.map
            },
            ..paper
        }
    }

    #[must_use]
    pub const fn family(&self, family: Family) -> Color32 {
        self.families[family as usize]
    }

    /// The colour of an event type.
    #[must_use]
    pub const fn kind(&self, kind: EventType) -> Color32 {
        self.family(Family::of(kind))
    }

    /// A colour with less of it: 0 nothing, 1 all.
    #[must_use]
    pub fn faded(color: Color32, strength: f32) -> Color32 {
        color.gamma_multiply(strength)
    }
}

/// Sans serif for chrome and lists.
#[must_use]
pub const fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// A heavier sans serif for names and titles.
#[must_use]
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(family::MEDIUM.into()))
}

/// Serif for the article.
#[must_use]
pub fn read(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(family::READ.into()))
}

/// Bold serif for headlines.
#[must_use]
pub fn read_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(family::READ_BOLD.into()))
}

/// Italic serif for captions and credits.
#[must_use]
pub fn read_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(family::READ_ITALIC.into()))
}

/// A hairline that stays one physical pixel wide.
#[must_use]
pub fn hairline(theme: &Theme) -> Stroke {
    Stroke::new(1.0, theme.line)
}

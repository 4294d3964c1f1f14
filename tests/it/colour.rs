//! The theme's colours → contrast and difference, also for colour-blind eyes.

use dateline::ui::Theme;
use dateline::ui::theme::Family;
use egui::{Color32, Rgba};

/// Contrast of two colours after WCAG 2.2, 1 to 21.
fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |color: Color32| {
        let linear = Rgba::from(color);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    (a / b).max(b / a)
}

#[test]
fn words_have_contrast_on_everything_they_stand_on() {
    for theme in [Theme::paper(), Theme::ink()] {
        for ground in [theme.paper, theme.panel, theme.raised, theme.hover] {
            for ink in [theme.ink, theme.ink_soft, theme.ink_faint, theme.accent, theme.warning, theme.error, theme.good] {
                assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}: {}", contrast(ink, ground));
            }
        }
        assert!(contrast(theme.accent, theme.accent_soft) >= 4.5);
        assert!(contrast(theme.warning, theme.warning_soft) >= 4.5);
        assert!(contrast(theme.map.label, theme.map.land) >= 4.5);
        for family in Family::ALL {
            assert!(contrast(theme.family(family), theme.panel) >= 3.0, "{family:?}");
        }
    }
}

/// How a red-blind and a green-blind eye see it: Viénot, Brettel and Mollon (1999), in linear RGB.
fn as_dichromats(color: Color32) -> [[f32; 3]; 3] {
    let linear = Rgba::from(color);
    let (r, g, b) = (linear.r(), linear.g(), linear.b());
    let protan = 0.112_38 * r + 0.887_62 * g;
    let deutan = 0.292_75 * r + 0.707_25 * g;
    [[r, g, b], [protan, protan, 0.004 * r - 0.004 * g + b], [deutan, deutan, -0.022_34 * r + 0.022_34 * g + b]]
}

/// CIE L*a*b* of linear sRGB, D65.
fn lab([r, g, b]: [f32; 3]) -> [f32; 3] {
    let xyz = [
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83,
    ];
    let [x, y, z] = xyz.map(|t| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn families_differ_for_every_eye() {
    for theme in [Theme::paper(), Theme::ink()] {
        for (at, one) in Family::ALL.into_iter().enumerate() {
            for other in &Family::ALL[at + 1..] {
                let (a, b) = (as_dichromats(theme.family(one)), as_dichromats(theme.family(*other)));
                for (eye, (a, b)) in ["normal", "red-blind", "green-blind"].into_iter().zip(a.into_iter().zip(b)) {
                    let (a, b) = (lab(a), lab(b));
                    let delta = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
                    // Two colours at 5 are told apart side by side; each family has its own shape besides.
                    assert!(delta >= 5.0, "{one:?} and {other:?} for a {eye} eye: {delta}, dark: {}", theme.dark);
                }
            }
        }
    }
}

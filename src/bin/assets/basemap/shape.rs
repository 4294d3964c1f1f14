//! Sources → the shapes of one zoom: simplified, small things dropped, borders told apart.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::f64::consts::PI;

use super::hand::Hand;
use super::source::{Region, Topology};

/// World units: Web Mercator, x east 0..1 from the antimeridian (beyond for what crosses it), y south 0..1.
pub type Point = [f64; 2];
pub type Line = Vec<Point>;
/// Outer ring first; closed rings repeat their first point.
pub type Polygon = Vec<Line>;

/// A little beyond the square world's edge at 85.05°, so that no shape ends in view.
const LAST_LATITUDE: f64 = 85.4;

/// What is drawn at one zoom, each list a layer of the tile.
pub struct Shapes {
    pub areas: [(&'static str, Vec<Polygon>); 4],
    pub lines: [(&'static str, Vec<Line>); 5],
}

pub fn world_from_lonlat(lon: f64, lat: f64) -> Point {
    let lat = lat.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians();
    [(lon + 180.0) / 360.0, (1.0 - lat.tan().asinh() / PI) / 2.0]
}

/// Takes out jumps over the antimeridian: neighbours are never more than half a world apart.
pub fn unwrapped(mut line: Line) -> Line {
    for i in 1..line.len() {
        let jump = (line[i][0] - line[i - 1][0]).round();
        line[i][0] -= jump;
    }
    line
}

/// Signed, in square world units.
pub fn area_of(ring: &[Point]) -> f64 {
    ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum::<f64>() / 2.0
}

impl Shapes {
    pub fn at(
        zoom: u8,
        topology: &Topology,
        hand: &Hand,
        regions: &[Region],
        claims: &BTreeMap<String, Vec<Line>>,
        [ice, urban, lakes]: [&Vec<Polygon>; 3],
        rivers: &[Line],
    ) -> Self {
        let pixel = 1.0 / (512.0 * f64::from(1u32 << zoom));
        // Looked at: at 0.5 px coasts keep their character at double zoom, finer only costs bytes. The deepest
        // zoom is magnified further, so it keeps nearly all.
        let tolerance = pixel * if zoom >= super::DEEPEST { 0.3 } else { 0.5 };
        let smallest = pixel * pixel * 1.2;
        let arcs: Vec<Option<Line>> = topology.arcs.iter().map(|arc| simplified(arc, tolerance, smallest)).collect();

        let land = topology.land.iter().map(|polygon| assembled(polygon, &arcs)).filter(|p| !p.is_empty()).collect();
        let (coast, border, disputed_border) = told_apart(topology, hand, &arcs);
        let mut disputed = disputed_border;
        if zoom >= 3 {
            for (_, lines) in claims.iter().filter(|(name, _)| hand.claims.contains(*name)) {
                disputed.extend(lines.iter().filter_map(|line| simplified(line, tolerance, 0.0)));
            }
        }
        let kept = |polygons: &[Polygon], least_px: f64| -> Vec<Polygon> {
            let smallest = pixel * pixel * least_px;
            polygons
                .iter()
                .map(|p| p.iter().filter_map(|ring| simplified(ring, tolerance, smallest)).collect::<Polygon>())
                .filter(|p: &Polygon| !p.is_empty())
                .collect()
        };
        let river = match zoom {
            0..=1 => Vec::new(),
            // The longest first: a river shows when it is at least this many pixels long.
            _ => {
                let least = pixel * if zoom == 2 { 70.0 } else { 24.0 };
                let chained = chained(rivers);
                chained.iter().filter(|r| length_of(r) >= least).filter_map(|r| simplified(r, tolerance, 0.0)).collect()
            }
        };
        Self {
            areas: [
                ("land", land),
                ("ice", kept(ice, 6.0)),
                ("urban", if zoom >= 4 { kept(urban, 3.0) } else { Vec::new() }),
                ("lake", kept(lakes, 4.0)),
            ],
            lines: [
                ("river", river),
                ("admin1", region_lines(zoom, regions, tolerance)),
                ("coast", coast),
                ("border", border),
                ("disputed", disputed),
            ],
        }
    }
}

fn length_of(line: &[Point]) -> f64 {
    line.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
}

/// Rings out of arcs. A ring that goes once round the world (Antarctica) is closed over the pole.
pub fn assembled(polygon: &[Vec<i64>], arcs: &[Option<Line>]) -> Polygon {
    let mut rings = Vec::new();
    for references in polygon {
        let mut ring: Line = Vec::new();
        for &reference in references {
            let index = if reference < 0 { !reference } else { reference };
            let Some(arc) = usize::try_from(index).ok().and_then(|i| arcs[i].as_ref()) else { continue };
            let skip = usize::from(!ring.is_empty());
            if reference < 0 {
                ring.extend(arc.iter().rev().skip(skip));
            } else {
                ring.extend(arc.iter().skip(skip));
            }
        }
        if ring.len() < 3 {
            continue;
        }
        let mut ring = unwrapped(ring);
        let (first, last) = (ring[0], ring[ring.len() - 1]);
        if (last[0] - first[0]).abs() > 0.5 {
            let pole = world_from_lonlat(0.0, if first[1] > 0.5 { -90.0 } else { 90.0 })[1];
            ring.extend([[last[0], pole], [first[0], pole]]);
        }
        if ring.len() >= 3 && ring[0] != ring[ring.len() - 1] {
            ring.push(first);
        }
        if ring.len() >= 4 {
            rings.push(ring);
        }
    }
    rings
}

/// Arcs → coast, border, disputed border.
fn told_apart(topology: &Topology, hand: &Hand, arcs: &[Option<Line>]) -> (Vec<Line>, Vec<Line>, Vec<Line>) {
    let mut sides: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); arcs.len()];
    for country in &topology.countries {
        for &reference in country.polygons.iter().flatten().flatten() {
            let index = if reference < 0 { !reference } else { reference };
            if let Some(side) = usize::try_from(index).ok().and_then(|i| sides.get_mut(i)) {
                side.insert(country.name.as_str());
            }
        }
    }
    let (mut coast, mut border, mut disputed) = (Vec::new(), Vec::new(), Vec::new());
    for (arc, side) in arcs.iter().zip(&sides) {
        let Some(arc) = arc else { continue };
        let mut names = side.iter().copied();
        match (names.next(), names.next()) {
            (Some(_), None) => coast.push(arc.clone()),
            (Some(a), Some(b)) => {
                if hand.is_dropped(a, b) {
                    continue;
                }
                // One arc may run on beyond the disputed part: cut it where that begins and ends.
                let is_disputed = |w: &[Point]| hand.is_disputed(a, b, w[0]) && hand.is_disputed(a, b, w[1]);
                let mut at = 0;
                while at + 1 < arc.len() {
                    let side = is_disputed(&arc[at..at + 2]);
                    let run = arc[at..].windows(2).take_while(|w| is_disputed(w) == side).count();
                    let piece = arc[at..=at + run].to_vec();
                    if side {
                        disputed.push(piece);
                    } else {
                        border.push(piece);
                    }
                    at += run;
                }
            }
            (None, _) => {}
        }
    }
    (coast, border, disputed)
}

/// Lines between regions of one country, where the regions are large enough on screen to be told apart.
fn region_lines(zoom: u8, regions: &[Region], tolerance: f64) -> Vec<Line> {
    if zoom < 3 {
        return Vec::new();
    }
    let world_px = 512.0 * f64::from(1u32 << zoom);
    let mut sizes: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    for region in regions {
        let size = sizes.entry(&region.country).or_default();
        size.0 += region.area();
        size.1 += 1;
    }
    // Looked at: below some 30 px across, the mesh is noisier than it tells; small countries come in at the end.
    let least_px = if zoom >= super::DEEPEST { 30.0 } else { 42.0 };
    let shown =
        |country: &str| sizes.get(country).is_some_and(|&(area, count)| (area / f64::from(count)).sqrt() * world_px >= least_px);
    // An edge that two regions of one country share is a line between them.
    let key = |p: Point| ((p[0] * 1e9).round() as i64, (p[1] * 1e9).round() as i64);
    let mut edges: BTreeMap<_, u32> = BTreeMap::new();
    for region in regions.iter().filter(|r| shown(&r.country)) {
        for ring in region.polygons.iter().flatten() {
            for w in ring.windows(2) {
                let (a, b) = (key(w[0]), key(w[1]));
                if a != b {
                    *edges.entry((region.country.as_str(), a.min(b), a.max(b))).or_default() += 1;
                }
            }
        }
    }
    let lines: Vec<Line> = edges
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|((_, a, b), _)| [a, b].map(|(x, y)| [x as f64 / 1e9, y as f64 / 1e9]).to_vec())
        .collect();
    chained(&lines).iter().filter_map(|line| simplified(line, tolerance, 0.0)).collect()
}

/// Joins lines end to end where exactly two meet, so that dashes run on and simplification sees whole lines.
fn chained(lines: &[Line]) -> Vec<Line> {
    let key = |p: Point| ((p[0] * 1e9).round() as i64, (p[1] * 1e9).round() as i64);
    let mut at: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.len() > 1) {
        at.entry(key(line[0])).or_default().push(i);
        at.entry(key(line[line.len() - 1])).or_default().push(i);
    }
    let mut used = vec![false; lines.len()];
    let mut out = Vec::new();
    for start in 0..lines.len() {
        if used[start] || lines[start].len() < 2 {
            continue;
        }
        used[start] = true;
        let mut chain = lines[start].clone();
        for _end in 0..2 {
            loop {
                let tip = key(chain[chain.len() - 1]);
                let Some([a, b]) = at.get(&tip).map(Vec::as_slice) else { break };
                let Some(next) = [*a, *b].into_iter().find(|&i| !used[i]) else { break };
                used[next] = true;
                let line = &lines[next];
                if key(line[0]) == tip {
                    chain.extend(line.iter().skip(1));
                } else {
                    chain.extend(line.iter().rev().skip(1));
                }
            }
            chain.reverse();
        }
        out.push(chain);
    }
    out
}

/// Visvalingam and Whyatt 1993: takes out the point with the smallest triangle until every triangle is larger than
/// the tolerance squared. `None` for a closed line that encloses less than `smallest`.
pub fn simplified(line: &[Point], tolerance: f64, smallest: f64) -> Option<Line> {
    #[derive(PartialEq)]
    struct Triangle(f64, usize);
    impl Eq for Triangle {}
    impl PartialOrd for Triangle {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }
    impl Ord for Triangle {
        fn cmp(&self, other: &Self) -> Ordering {
            other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
        }
    }
    let n = line.len();
    if n < 2 {
        return None;
    }
    let closed = line[0] == line[n - 1];
    if closed && area_of(line).abs() < smallest {
        return None;
    }
    let size = |a: Point, b: Point, c: Point| ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0;
    let mut before: Vec<usize> = (0..n).map(|i| i.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (0..n).map(|i| i + 1).collect();
    let mut now: Vec<f64> = vec![f64::INFINITY; n];
    let mut gone = vec![false; n];
    let mut heap = BinaryHeap::new();
    for i in 1..n - 1 {
        now[i] = size(line[i - 1], line[i], line[i + 1]);
        heap.push(Triangle(now[i], i));
    }
    let limit = tolerance * tolerance;
    let mut left = n;
    while let Some(Triangle(area, i)) = heap.pop() {
        if area > limit || (closed && left <= 5) {
            break;
        }
        if gone[i] || area.to_bits() != now[i].to_bits() {
            continue;
        }
        gone[i] = true;
        left -= 1;
        let (b, a) = (before[i], after[i]);
        after[b] = a;
        before[a] = b;
        for j in [b, a] {
            if j > 0 && j < n - 1 {
                // Never smaller than what was taken out: the order of removal stays that of importance.
                now[j] = size(line[before[j]], line[j], line[after[j]]).max(area);
                heap.push(Triangle(now[j], j));
            }
        }
    }
    Some(line.iter().zip(gone).filter(|(_, gone)| !gone).map(|(p, _)| *p).collect())
}

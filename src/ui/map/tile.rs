//! Bytes of a vector tile (Mapbox Vector Tile 2.1) → one path per layer.

use tiny_skia::{Path, PathBuilder};

use super::archive::varint;

/// Units across a tile of ours.
pub const EXTENT: f32 = 4096.0;

/// What a layer holds, in the order of drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    Land,
    Urban,
    River,
    Admin1,
    Coast,
    /// Over the coast: shelf ice hides the shore below it.
    Ice,
    Lake,
    Border,
    Disputed,
}

impl Layer {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"land" => Self::Land,
            b"ice" => Self::Ice,
            b"urban" => Self::Urban,
            b"river" => Self::River,
            b"lake" => Self::Lake,
            b"admin1" => Self::Admin1,
            b"coast" => Self::Coast,
            b"border" => Self::Border,
            b"disputed" => Self::Disputed,
            _ => return None,
        })
    }
}

/// The layers present, in the order of drawing; a damaged tile gives what came before the damage.
pub fn layers(bytes: &[u8]) -> Vec<(Layer, Path)> {
    let mut out = Vec::new();
    for (field, value) in fields(bytes) {
        if field == 3
            && let Some(layer) = layer(value)
        {
            out.push(layer);
        }
    }
    out.sort_by_key(|(layer, _)| *layer);
    out
}

fn layer(bytes: &[u8]) -> Option<(Layer, Path)> {
    let mut kind = None;
    let mut path = PathBuilder::new();
    for (field, value) in fields(bytes) {
        match field {
            1 => kind = Layer::named(value),
            2 => {
                for (field, value) in fields(value) {
                    if field == 4 {
                        draw(value, &mut path);
                    }
                }
            }
            _ => {}
        }
    }
    Some((kind?, path.finish()?))
}

/// The length-delimited fields of a message; numbers are passed over.
fn fields(mut rest: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    std::iter::from_fn(move || {
        loop {
            let key = varint(&mut rest)?;
            match key & 7 {
                0 => {
                    varint(&mut rest)?;
                }
                1 => rest = rest.get(8..)?,
                2 => {
                    let length = usize::try_from(varint(&mut rest)?).ok()?;
                    let value = rest.get(..length)?;
                    rest = &rest[length..];
                    return Some((key >> 3, value));
                }
                5 => rest = rest.get(4..)?,
                _ => return None,
            }
        }
    })
}

/// Draws a feature's commands: 1 move, 2 line, 7 close; parameters are zigzag steps.
fn draw(mut rest: &[u8], path: &mut PathBuilder) {
    let (mut x, mut y) = (0i32, 0i32);
    while let Some(command) = varint(&mut rest) {
        let (id, count) = (command & 7, command >> 3);
        if id == 7 {
            path.close();
            continue;
        }
        for _ in 0..count {
            let (Some(dx), Some(dy)) = (varint(&mut rest), varint(&mut rest)) else { return };
            let step = |n: u64| ((n >> 1) as i32) ^ -((n & 1) as i32);
            (x, y) = (x.wrapping_add(step(dx)), y.wrapping_add(step(dy)));
            match id {
                1 => path.move_to(x as f32, y as f32),
                2 => path.line_to(x as f32, y as f32),
                _ => return,
            }
        }
    }
}

//! What the reader's process is asked and answers ⇄ bytes on a pipe: a length of four bytes, then so many bytes of JSON or of
//! a file.

use std::io::{Error, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

use crate::model::{Article, Warning};
use crate::read::{Columns, ReadError};

/// Longest frame, bytes: a file at its limit, and one more so that the limit is told by the reader, not by the pipe.
const LONGEST: usize = (256 << 20) + 1;

/// What comes before the file's bytes, which are a frame of their own.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub name: String,
    pub columns: Option<Columns>,
}

/// Articles come one a frame; the last frame says how it went.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Article(Box<Article>),
    End {
        warnings: Vec<Warning>,
        table: Option<(Vec<String>, Columns)>,
    },
    Refused(ReadError),
    /// The reader panicked: a defect of the program, not of the file.
    Defect,
}

/// Writes one frame.
pub(super) fn send(pipe: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| Error::from(ErrorKind::InvalidInput))?;
    pipe.write_all(&length.to_le_bytes())?;
    pipe.write_all(bytes)
}

/// Writes one value as a frame.
pub(super) fn send_json(pipe: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    send(pipe, &serde_json::to_vec(value)?)
}

/// Reads one frame; `None` where the other side has ended between two frames.
pub(super) fn receive(pipe: &mut impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match pipe.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST {
        return Err(Error::new(ErrorKind::InvalidData, "a frame beyond the limit"));
    }
    let mut bytes = Vec::with_capacity(length);
    pipe.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(Some(bytes)) }
}

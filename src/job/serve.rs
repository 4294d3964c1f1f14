//! The reader's process: files on standard input → articles on standard output, until the other side hangs up.

use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::frame::{Answer, Request, receive, send_json};
use super::sandbox;
use crate::model::Warnings;
use crate::read::{Hint, columns, read};

/// Serves. Returns when standard input ends, or an error where the pipe breaks.
///
/// # Errors
/// The system's, of the pipes.
pub fn serve() -> std::io::Result<()> {
    // What a panic would print helps nobody here; the other side is told that there was one.
    std::panic::set_hook(Box::new(|_| {}));
    // Tables and decoders that are made at their first use may want what the sandbox takes away.
    let _ = read(b"<html><body><p>Warm.</p></body></html>", &Hint::named("warm.html"), &mut Warnings::new());
    sandbox::enter();
    let (mut input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut output = BufWriter::with_capacity(256 * 1024, output);
    while let Some(head) = receive(&mut input)? {
        let request: Request = serde_json::from_slice(&head)?;
        let Some(bytes) = receive(&mut input)? else { return Ok(()) };
        for answer in answers(&request, &bytes) {
            send_json(&mut output, &answer)?;
        }
        output.flush()?;
    }
    Ok(())
}

/// Reads one file, here and now. A panic costs this file alone.
pub(super) fn answers(request: &Request, bytes: &[u8]) -> Vec<Answer> {
    let work = || {
        let mut warnings = Warnings::new();
        let hint = Hint { name: request.name.clone(), columns: request.columns.clone(), ..Hint::default() };
        match read(bytes, &hint, &mut warnings) {
            Err(error) => vec![Answer::Refused(error)],
            Ok(articles) => {
                let is_table = warnings.iter().any(|warning| warning.code == "columns");
                let table = is_table.then(|| columns(bytes, &request.name)).flatten();
                let table = table.map(|(names, guess)| (names, request.columns.clone().unwrap_or(guess)));
                articles
                    .into_iter()
                    .map(|article| Answer::Article(Box::new(article)))
                    .chain([Answer::End { warnings, table }])
                    .collect()
            }
        }
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| vec![Answer::Defect])
}

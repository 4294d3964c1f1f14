//! News items as agencies send them: NITF, NewsML-G2 and `NewsML` 1, ninjs → articles.

mod newsml;
mod ninjs;
mod nitf;

pub(super) use ninjs::{is_ninjs, read_ninjs};

use super::{Hint, ReadError, xml};
use crate::model::{Article, Warnings};

pub(super) fn sniff(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|root| {
        matches!(root.as_str(), "nitf" | "newsMessage" | "newsItem" | "packageItem" | "NewsML" | "NewsItem" | "NewsEnvelope")
    })
}

pub(super) fn read(bytes: &[u8], hint: &Hint, warnings: &mut Warnings) -> Result<Vec<Article>, ReadError> {
    let root = xml::parse(bytes, warnings)?;
    if root.name == "nitf" {
        let told = nitf::Told::default();
        return nitf::article(&root, told, bytes, hint, warnings).map(|article| vec![article]);
    }
    newsml::read(&root, hint, warnings)
}

//! printpdf's objects → PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).
//!
//! printpdf leaves a plain PDF 1.3: here it gets its structure tree, outline, metadata, output
//! intent, and identifiers that follow from the content instead of from chance.

mod metadata;
mod outline;
mod structure;

use lopdf::{Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::page::LaidOut;
use super::{Document, ReportError};

/// Gives the bytes of the finished file.
pub(super) fn finish(
    mut pdf: lopdf::Document,
    laid_out: &LaidOut,
    document: &Document,
) -> Result<Vec<u8>, ReportError> {
    pdf.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    if pages.len() != laid_out.pages.len() {
        return Err(ReportError::Incomplete("a page"));
    }
    let structure = structure::add(&mut pdf, laid_out, &pages, document.lang)?;
    let outline = outline::add(&mut pdf, &laid_out.bookmarks, &pages);
    let metadata = metadata::add(&mut pdf, document);

    let catalog = pdf.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(document.lang.tag()));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    catalog.set("Metadata", metadata.xmp);
    catalog.set("OutputIntents", vec![metadata.output_intent]);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    pdf.trailer.set("Info", metadata.information);

    pdf.prune_objects();
    pdf.compress();
    serialise(pdf)
}

/// Writes the file, with an identifier that is the hash of everything else in it.
fn serialise(mut pdf: lopdf::Document) -> Result<Vec<u8>, ReportError> {
    let identifier = |bytes: &[u8]| {
        let id = Object::String(bytes[..16].to_vec(), StringFormat::Hexadecimal);
        vec![id.clone(), id]
    };
    pdf.trailer.set("ID", identifier(&[0; 16]));
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes)?;
    pdf.trailer.set("ID", identifier(&Sha256::digest(&bytes)));
    bytes.clear();
    pdf.save_to(&mut bytes)?;
    // Without it, a reader that appends to the file (a signature, a note) damages it.
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

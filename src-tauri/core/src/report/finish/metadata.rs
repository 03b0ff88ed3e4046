//! XMP metadata, the information dictionary that must agree with it, and the colour space
//! (ISO 19005-3, 6.2.3 and 6.6).

use chrono::{DateTime, SecondsFormat, Utc};
use lopdf::{Object, ObjectId, Stream, dictionary};

use super::super::Document;
use super::super::text::{clean, single_line};

/// sRGB in 736 bytes: see `colour/README.md`.
static SRGB: &[u8] = include_bytes!("../colour/sRGB-v2-magic.icc");

/// The program that wrote the file; no version, so that an update does not change old documents.
const PRODUCER: &str = "Relais";
/// The longest title and author, characters.
const LIMIT: usize = 250;

/// What the catalog and the trailer refer to.
pub(super) struct Metadata {
    pub xmp: ObjectId,
    pub information: ObjectId,
    pub output_intent: Object,
}

/// Adds title, author, dates, conformance and colour space.
pub(super) fn add(pdf: &mut lopdf::Document, document: &Document) -> Metadata {
    let title = match line(&document.title) {
        title if title.is_empty() => line(&document.running_title),
        title => title,
    };
    let author = line(&document.issuer.name);
    let tag = document.lang.tag();
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet(&title, &author, tag, document.created).into_bytes(),
    );
    // Readable without a PDF library, as ISO 19005-3, 6.6.2.1 wants it.
    let xmp = pdf.add_object(xmp.with_compression(false));

    let date = Object::string_literal(document.created.format("D:%Y%m%d%H%M%SZ").to_string());
    let mut information = dictionary! {
        "Title" => lopdf::text_string(&title),
        "Producer" => Object::string_literal(PRODUCER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    if !author.is_empty() {
        information.set("Author", lopdf::text_string(&author));
    }
    let information = pdf.add_object(information);

    let profile = pdf.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let output_intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    Metadata {
        xmp,
        information,
        output_intent: output_intent.into(),
    }
}

/// One clean line: both metadata forms can hold it, and XML 1.0 allows each of its characters.
fn line(text: &str) -> String {
    single_line(&clean(text, |_| true), LIMIT)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn packet(title: &str, author: &str, language: &str, created: DateTime<Utc>) -> String {
    let date = created.to_rfc3339_opts(SecondsFormat::Secs, true);
    let title = escaped(title);
    let creator = if author.is_empty() {
        String::new()
    } else {
        format!(
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
            escaped(author)
        )
    };
    // The extension schema declares pdfuaid, which PDF/A does not know (ISO 19005-3, 6.6.2.3).
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_break_out_of_the_metadata() {
        let packet = packet(
            &line("</rdf:li><x>&\u{0}\u{202e}"),
            "",
            "fr-FR",
            "2026-03-12T08:42:00Z".parse().unwrap(),
        );
        assert!(
            packet.contains("&lt;/rdf:li&gt;&lt;x&gt;&amp;□□</rdf:li>"),
            "{packet}"
        );
        assert!(!packet.contains("dc:creator"));
    }
}

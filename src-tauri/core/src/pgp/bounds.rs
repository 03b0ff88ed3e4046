//! How much work a message may ask for before it gives anything.
//!
//! The limit on what comes out of a message does not hold what comes out of nothing: packets that are passed over, or a
//! compressed packet inside another, whose six hundred bytes unfold into hours of reading.

use openpgp::{
    Packet, Result,
    packet::{SEIP, Tag, header::BodyLength},
    parse::{PacketParser, buffered_reader::BufferedReader as _},
    types::CompressionAlgorithm,
};
use sequoia_openpgp as openpgp;

use super::MAX_SIGNATURES;

/// Containers inside containers that are followed.
const MAX_DEPTH: isize = 8;
/// Compressed packets: nobody compresses twice, and each multiplies by a thousand.
const MAX_COMPRESSED: usize = 1;
/// Encrypted containers: one inside another was looked at by nobody.
const MAX_ENCRYPTED: usize = 1;
/// Packets of any kind: the slots of a thousand recipients, and some more.
const MAX_PACKETS: usize = 4096;
/// What all packets but the content and its containers hold.
const MAX_BESIDE_BYTES: usize = 16 * 1024 * 1024;

/// The shortest container of the old kind: prefix, an empty content, and the modification check behind it.
const MIN_CONTAINER_BYTES: usize = 40;

/// Whether a packet is a container of the old kind (RFC 9580 §5.13.1) too short to hold its own check. Its key may fit
/// all the same, and the library takes for granted that the rest is there.
pub(super) fn is_cut_short(parser: &mut PacketParser<'_>) -> bool {
    let is_container = match &parser.packet {
        Packet::SEIP(SEIP::V1(_)) => true,
        // What ends behind its version is no container for the library.
        Packet::Unknown(packet) => packet.tag() == Tag::SEIP,
        _ => false,
    };
    is_container
        && parser
            .data(MIN_CONTAINER_BYTES)
            .map_or(true, |there| there.len() < MIN_CONTAINER_BYTES)
}

/// What a message has asked for.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    packets: usize,
    compressed: usize,
    encrypted: usize,
    announced: usize,
    beside_bytes: usize,
    /// Whether it asked for too much.
    pub exceeded: bool,
}

impl Bounds {
    /// Looks at the next packet, before its body is read.
    ///
    /// # Errors
    /// Once the message asks for too much; then it is [`Self::exceeded`].
    pub fn inspect(&mut self, parser: &PacketParser<'_>) -> Result<()> {
        self.packets += 1;
        match &parser.packet {
            Packet::CompressedData(packet) => {
                let inflates = packet.algo() != CompressionAlgorithm::Uncompressed;
                self.compressed += usize::from(inflates);
            }
            Packet::SEIP(_) => self.encrypted += 1,
            Packet::Literal(_) => {}
            // Each announced signature may want a reading of the whole content of its own.
            Packet::OnePassSig(_) => self.announced += 1,
            _ => {
                let length = match parser.header().length() {
                    BodyLength::Full(bytes) => *bytes as usize,
                    BodyLength::Partial(_) | BodyLength::Indeterminate => usize::MAX,
                };
                self.beside_bytes = self.beside_bytes.saturating_add(length);
            }
        }
        self.exceeded = parser.recursion_depth() > MAX_DEPTH
            || self.packets > MAX_PACKETS
            || self.compressed > MAX_COMPRESSED
            || self.encrypted > MAX_ENCRYPTED
            || self.announced > MAX_SIGNATURES
            || self.beside_bytes > MAX_BESIDE_BYTES;
        if self.exceeded {
            return Err(openpgp::Error::MalformedMessage("asks for too much".into()).into());
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Read, Write};

    use openpgp::serialize::stream::{Compressor, LiteralWriter, Message};

    use super::*;
    use crate::pgp::{
        Certificate, Found, MailKeys, PgpError, Unopened, Verdict, encrypt, open_message,
        parse_many,
        testing::{day, team},
        verify,
    };

    const MARKER: &[u8] = b"\xca\x03PGP";
    /// A one-pass signature packet, version 3, of an unknown key.
    const ANNOUNCED: &[u8] = b"\xc4\x0d\x03\x00\x0a\x16\x01\x02\x03\x04\x05\x06\x07\x08\x01";

    fn literal() -> Vec<u8> {
        let mut sink = Vec::new();
        let mut writer = LiteralWriter::new(Message::new(&mut sink)).build().unwrap();
        writer.write_all(b"texte").unwrap();
        writer.finalize().unwrap();
        sink
    }

    fn compressed(packets: &[u8]) -> Vec<u8> {
        let mut sink = Vec::new();
        let compressor = Compressor::new(Message::new(&mut sink)).algo(CompressionAlgorithm::Zip);
        let mut writer = compressor.build().unwrap();
        writer.write_all(packets).unwrap();
        writer.finalize().unwrap();
        sink
    }

    fn opened(message: &[u8]) -> std::result::Result<Vec<u8>, Unopened> {
        let nobody = MailKeys::open([]).unwrap();
        let opened = open_message(message, &nobody, &[], 1 << 20, day(2026, 3, 2));
        opened.map(|opened| opened.content.to_vec())
    }

    #[test]
    fn a_compressed_message_is_opened_and_one_inside_another_is_not() {
        let once = compressed(&literal());
        assert_eq!(opened(&once), Ok(b"texte".to_vec()));
        assert_eq!(opened(&compressed(&once)), Err(Unopened::TooLarge));
    }

    #[test]
    fn packets_that_say_nothing_are_passed_over_up_to_a_number() {
        let few = [&MARKER.repeat(100), &literal()[..]].concat();
        assert_eq!(opened(&compressed(&few)), Ok(b"texte".to_vec()));
        // Two million of them: ten megabytes in ten kilobytes.
        let many = compressed(&[&MARKER.repeat(2_000_000), &literal()[..]].concat());
        assert!(many.len() < 20_000);
        assert_eq!(opened(&many), Err(Unopened::TooLarge));
        let behind = compressed(&[&literal(), &MARKER.repeat(5_000)[..]].concat());
        assert_eq!(opened(&behind), Err(Unopened::TooLarge));
    }

    #[test]
    fn padding_is_passed_over_up_to_an_amount() {
        // Tag 21 (RFC 9580 §5.14), 65 536 bytes.
        let padding = [&b"\xd5\xff\x00\x01\x00\x00"[..], &[0; 65_536]].concat();
        let of = |times: usize| compressed(&[&padding.repeat(times), &literal()[..]].concat());
        assert_eq!(opened(&of(10)), Ok(b"texte".to_vec()));
        assert_eq!(opened(&of(300)), Err(Unopened::TooLarge));
    }

    #[test]
    fn a_crowd_of_signers_is_not_heard() {
        let crowd = [&ANNOUNCED.repeat(MAX_SIGNATURES + 1), &literal()[..]].concat();
        assert_eq!(opened(&crowd), Err(Unopened::TooLarge));
    }

    #[test]
    fn a_container_without_room_for_its_check_is_told_as_cut() {
        let team = team();
        let at = day(2026, 3, 2);
        let part = team.lead_part().unwrap();
        let ours = MailKeys::open([(part.as_slice(), &team.certificate())]).unwrap();
        let armoured = encrypt(b"texte", &[team.certificate()], None, at).unwrap();
        let mut message = Vec::new();
        openpgp::armor::Reader::from_bytes(armoured.as_bytes(), None)
            .read_to_end(&mut message)
            .unwrap();
        // The recipient's packet, then the container: its header, its length, its version.
        let container = 2 + usize::from(message[1]);
        assert_eq!(
            (message[0], message[container], message[container + 2]),
            (0xc1, 0xd2, 1)
        );
        assert!(open_message(&message, &ours, &[], 1 << 20, at).is_ok());
        let why = |bytes: &[u8]| open_message(bytes, &ours, &[], 1 << 20, at).unwrap_err();
        // Lost on the way: a block of AES and two bytes are enough for the key to fit.
        for bytes in 18..40 {
            let cut = why(&message[..container + 3 + bytes]);
            assert_eq!(cut, Unopened::Tampered, "{bytes} bytes");
        }
        // Made so: the library refuses shorter ones itself.
        for bytes in 36..40_u8 {
            message[container + 1] = 1 + bytes;
            let made = &message[..container + 3 + usize::from(bytes)];
            assert_eq!(why(made), Unopened::Tampered, "{bytes} bytes");
        }
    }

    #[test]
    fn what_is_compressed_is_not_unfolded_to_see_what_follows_it() {
        // Broken inside: only who unfolds it finds out.
        let broken = b"\xc8\x05\x01\xff\xff\xff\xff";
        let verdict = verify(b"x", broken, &[], day(2026, 3, 2)).verdict;
        assert_eq!(verdict, Verdict::NotASignature(Found::SignedMessage));
        assert!(matches!(Certificate::parse(broken), Err(PgpError::NotAKey)));
        assert!(matches!(parse_many(broken)[..], [Err(PgpError::NotAKey)]));
        let key = team().certificate().to_bytes().unwrap();
        let behind = [&key[..], broken, &key].concat();
        assert!(matches!(parse_many(&behind)[..], [Err(PgpError::Damaged)]));
    }
}

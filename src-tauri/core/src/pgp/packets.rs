//! Bytes from outside to packets and certificates, within limits.

use std::io;

use openpgp::{
    Cert, Packet, Profile, armor,
    cert::CertParser,
    packet::Tag,
    parse::{PacketParser, PacketParserResult, Parse},
};
use sequoia_openpgp as openpgp;

use super::{PgpError, bounds::is_cut_short};

/// The most that is read as a key: a certificate with photographs and a hundred
/// signatures has a tenth of it.
pub const MAX_KEY_BYTES: usize = 1024 * 1024;

/// Bounds the work that a hostile file can ask for: each key may cost a slow derivation.
const MAX_KEYS: usize = 64;

const BEGIN: &[u8] = b"-----BEGIN PGP ";

/// Why bytes are not a whole sequence of packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    Foreign,
    Truncated,
    Damaged,
}

/// The armoured blocks of a text, in order; a binary input is one block.
///
/// Needed because the library reads the first block and passes over the others in silence.
pub(super) fn blocks(input: &[u8]) -> Vec<&[u8]> {
    if is_binary(input) {
        return vec![input];
    }
    let starts: Vec<usize> = input
        .windows(BEGIN.len())
        .enumerate()
        .filter(|(_, w)| *w == BEGIN)
        .map(|(i, _)| i)
        .collect();
    let ends = starts.iter().copied().skip(1).chain([input.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| &input[start..end])
        .collect()
}

/// The packets of one block, containers unopened; nothing behind a compressed one, which the library unfolds to the end
/// to find what follows it: a kilobyte may hold gigabytes.
pub(super) fn packets(block: &[u8]) -> Result<Vec<Packet>, Broken> {
    let armoured = !is_binary(block);
    let mut result = PacketParser::from_bytes(block).map_err(|e| broken(&e, armoured))?;
    let mut packets = Vec::new();
    while let PacketParserResult::Some(mut parser) = result {
        if is_cut_short(&mut parser) {
            return Err(Broken::Truncated);
        }
        match &parser.packet {
            Packet::Unknown(unknown) if is_cut(unknown.error()) => return Err(Broken::Truncated),
            // A picture may begin like a packet, but not like one of a known version.
            Packet::Unknown(_) if packets.is_empty() && !armoured => return Err(Broken::Foreign),
            Packet::CompressedData(_) => {
                packets.push(parser.packet.clone());
                break;
            }
            _ => {}
        }
        let (packet, next) = parser.next().map_err(|e| broken(&e, true))?;
        // RFC 9580 §5.8 and §5.14: both are to be ignored.
        if !matches!(packet, Packet::Marker(_) | Packet::Padding(_)) {
            packets.push(packet);
        }
        result = next;
    }
    if packets.is_empty() {
        return Err(if armoured {
            Broken::Damaged
        } else {
            Broken::Foreign
        });
    }
    Ok(packets)
}

/// The one certificate in `input`, with whatever secrets it holds.
pub(super) fn one_certificate(input: &[u8]) -> Result<Cert, PgpError> {
    if input.len() > MAX_KEY_BYTES {
        return Err(PgpError::TooLarge {
            limit_bytes: MAX_KEY_BYTES,
        });
    }
    let packets = match blocks(input)[..] {
        [] => return Err(PgpError::NotOpenPgp),
        [block] => packets(block)?,
        _ => return Err(PgpError::SeveralCertificates),
    };
    match packets.first() {
        Some(Packet::PublicKey(_) | Packet::SecretKey(_)) => {}
        Some(Packet::Unknown(p)) if matches!(p.tag(), Tag::PublicKey | Tag::SecretKey) => {
            return Err(PgpError::Damaged);
        }
        Some(Packet::Unknown(_)) | None => return Err(PgpError::NotOpenPgp),
        Some(_) => return Err(PgpError::NotAKey),
    }
    let mut certs = CertParser::from_iter(packets);
    let cert = match certs.next() {
        Some(Ok(cert)) => cert,
        _ => return Err(PgpError::Damaged),
    };
    match certs.next() {
        None => {}
        Some(Ok(_)) => return Err(PgpError::SeveralCertificates),
        Some(Err(_)) => return Err(PgpError::Damaged),
    }
    if cert.keys().count() > MAX_KEYS {
        return Err(PgpError::TooManyKeys { limit: MAX_KEYS });
    }
    Ok(cert)
}

/// ASCII armour, with the CRC24 that gpg wants wherever RFC 9580 §6.1 lets it stand.
pub(super) fn armour(kind: armor::Kind, key_version: u8, bytes: &[u8]) -> Result<String, PgpError> {
    let mut writer = armor::Writer::new(Vec::new(), kind).map_err(PgpError::library)?;
    let profile = if key_version > 4 {
        Profile::RFC9580
    } else {
        Profile::RFC4880
    };
    writer.set_profile(profile).map_err(PgpError::library)?;
    io::Write::write_all(&mut writer, bytes).map_err(PgpError::library)?;
    let text = writer.finalize().map_err(PgpError::library)?;
    String::from_utf8(text).map_err(PgpError::library)
}

impl From<Broken> for PgpError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Foreign => Self::NotOpenPgp,
            Broken::Truncated => Self::Truncated,
            Broken::Damaged => Self::Damaged,
        }
    }
}

/// The first byte of a packet has its high bit set (RFC 9580 §4.2), which no ASCII text has.
pub(super) fn is_binary(input: &[u8]) -> bool {
    input.first().is_some_and(|byte| byte & 0x80 != 0) && !contains(input, BEGIN)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

pub(super) fn broken(error: &openpgp::anyhow::Error, known_as_openpgp: bool) -> Broken {
    if is_cut(error) {
        Broken::Truncated
    } else if known_as_openpgp {
        Broken::Damaged
    } else {
        Broken::Foreign
    }
}

/// The library says « cut » as the end of a file, or as a packet shorter than its header promised.
pub(super) fn is_cut(error: &openpgp::anyhow::Error) -> bool {
    error.chain().any(|e| match e.downcast_ref::<io::Error>() {
        Some(io) => io.kind() == io::ErrorKind::UnexpectedEof,
        None => matches!(e.downcast_ref(), Some(openpgp::Error::MalformedPacket(why)) if why == "Truncated packet"),
    })
}

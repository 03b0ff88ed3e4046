//! Reports about mail that was sent (delivery status notifications, RFC 3464), told by servers on the way.
//!
//! Nobody signs them: a report counts only for a mail that was sent, and only against it.

use mail_parser::{MessageParser, MimeHeaders, PartType};

/// More recipients than one report names.
const MOST_RECIPIENTS: usize = 1_000;
/// As much of a server's words as is kept.
const WORDS_CHARS: usize = 300;

/// What happened to a mail for one recipient (RFC 3464 §2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It did not arrive, and is tried no more.
    Failed,
    /// It did not arrive yet.
    Delayed,
    /// It arrived.
    Delivered,
    /// It went on to a server that tells no more.
    Relayed,
    /// It arrived and went on to several.
    Expanded,
}

/// What a report says of one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedRecipient {
    /// The address that the mail was sent to.
    pub address: String,
    /// What happened.
    pub action: Action,
    /// "5.1.1" (RFC 3463); empty when it is missing.
    pub status: String,
    /// The words of the server that refused, on one line.
    pub diagnostic: String,
}

/// A report about a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReport {
    /// The Message-ID of the mail that it speaks of, without angle brackets; empty when it does not tell.
    pub message_id: String,
    /// Recipient by recipient.
    pub recipients: Vec<ReportedRecipient>,
}

/// The report that a mail is; nothing when it is none.
#[must_use]
pub fn read(raw: &[u8]) -> Option<DeliveryReport> {
    // Most mails are none, and some are large.
    let headers = MessageParser::default().parse_headers(raw)?;
    let kind = headers.content_type()?;
    if !kind.ctype().eq_ignore_ascii_case("multipart")
        || !kind.subtype()?.eq_ignore_ascii_case("report")
        || !kind
            .attribute("report-type")?
            .eq_ignore_ascii_case("delivery-status")
    {
        return None;
    }
    let mail = MessageParser::default().parse(raw)?;
    let (mut recipients, mut message_id) = (Vec::new(), String::new());
    for part in &mail.parts {
        let Some(kind) = part.content_type() else {
            continue;
        };
        let subtype = kind.subtype().unwrap_or_default();
        match (
            kind.ctype().to_ascii_lowercase().as_str(),
            subtype.to_ascii_lowercase().as_str(),
        ) {
            ("message", "delivery-status" | "global-delivery-status") => {
                let text = String::from_utf8_lossy(part.contents());
                recipients.extend(reported(&text));
            }
            ("message", "rfc822" | "global") => {
                if let PartType::Message(original) = &part.body {
                    message_id = original.message_id().unwrap_or_default().to_owned();
                }
            }
            ("text", "rfc822-headers") | ("message", "global-headers" | "rfc822-headers") => {
                let original = MessageParser::default().parse_headers(part.contents());
                if let Some(original) = original {
                    message_id = original.message_id().unwrap_or_default().to_owned();
                }
            }
            _ => {}
        }
    }
    recipients.truncate(MOST_RECIPIENTS);
    (!recipients.is_empty()).then_some(DeliveryReport {
        message_id,
        recipients,
    })
}

/// The groups of fields of a status part: the first speaks of the message, each other of a recipient (RFC 3464 §2.1).
fn reported(text: &str) -> Vec<ReportedRecipient> {
    let text = text.replace("\r\n", "\n");
    let groups = text.split("\n\n");
    groups
        .filter_map(|group| of_group(&fields(group)))
        .collect()
}

/// Fields of one group, unfolded, names in small letters.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

fn of_group(fields: &[(String, String)]) -> Option<ReportedRecipient> {
    let field = |name: &str| {
        let found = fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let action = match field("action")?.to_ascii_lowercase().as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => return None,
    };
    // The address that was written to, where the one that refused is another.
    let address = field("original-recipient").or_else(|| field("final-recipient"))?;
    let address = one_line(after_type(address).trim_matches(['<', '>']));
    let status = field("status").unwrap_or_default();
    let status = status.split_whitespace().next().unwrap_or_default();
    Some(ReportedRecipient {
        address,
        action,
        status: one_line(status),
        diagnostic: one_line(after_type(field("diagnostic-code").unwrap_or_default())),
    })
}

/// "rfc822; a@b.example" gives the address, "smtp; 550 no" the words.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

fn one_line(words: &str) -> String {
    let words = words.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(WORDS_CHARS).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const REPORT: &str = "From: MAILER-DAEMON@mx.firme.example\r\nTo: csirt@region.example\r\n\
        Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.firme.example\r\n\r\n\
        Final-Recipient: rfc822; boite@firme.example\r\nOriginal-Recipient: rfc822;secours@firme.example\r\n\
        Action: failed\r\nStatus: 5.1.1\r\n\
        Diagnostic-Code: smtp; 550 5.1.1 <boite@firme.example>:\r\n    no such user\r\n\r\n\
        Final-Recipient: rfc822; lent@firme.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n\
        --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <42.abc@csirt.example>\r\nSubject: [...]\r\n\r\ntexte\r\n--b--\r\n";

    #[test]
    fn a_report_tells_who_did_not_receive_which_mail_and_why() {
        let report = read(REPORT.as_bytes()).unwrap();
        assert_eq!(report.message_id, "42.abc@csirt.example");
        assert_eq!(
            report.recipients,
            [
                ReportedRecipient {
                    address: "secours@firme.example".to_owned(),
                    action: Action::Failed,
                    status: "5.1.1".to_owned(),
                    diagnostic: "550 5.1.1 <boite@firme.example>: no such user".to_owned(),
                },
                ReportedRecipient {
                    address: "lent@firme.example".to_owned(),
                    action: Action::Delayed,
                    status: "4.4.1".to_owned(),
                    diagnostic: String::new(),
                },
            ]
        );
    }

    #[test]
    fn a_report_may_bring_back_the_headers_alone() {
        let report = REPORT
            .replace("message/rfc822", "text/rfc822-headers")
            .replace("\r\n\r\ntexte\r\n", "\r\n");
        let report = read(report.as_bytes()).unwrap();
        assert_eq!(report.message_id, "42.abc@csirt.example");
    }

    #[test]
    fn what_is_told_stays_on_its_line() {
        let report = REPORT.replace("secours@", "sec\u{1b}ours\0@");
        let report = read(report.as_bytes()).unwrap();
        assert_eq!(report.recipients[0].address, "sec ours @firme.example");
    }

    #[test]
    fn what_is_no_report_tells_nothing() {
        for raw in [
            "",
            "Subject: x\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822; a@b.example",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n--b--",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nAction: unheard-of\r\n\r\n--b--",
        ] {
            assert_eq!(read(raw.as_bytes()), None, "{raw:?}");
        }
    }
}

"""Reads a mail, or the part of one that was encrypted, with Python's own parser; tells in JSON what it found."""

import email
import email.policy
import hashlib
import json
import sys

mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
text = mail.get_body(("plain",)) if mail.get_content_maintype() != "multipart" or mail.is_multipart() else None
files = [
    {
        "name": part.get_filename(),
        "mime": part.get_content_type(),
        "sha256": hashlib.sha256(part.get_payload(decode=True)).hexdigest(),
    }
    for part in mail.iter_attachments()
    if part.get_filename()
] if mail.is_multipart() else []
defects = [repr(defect) for part in mail.walk() for defect in part.defects]
defects += [repr(defect) for value in mail.values() for defect in getattr(value, "defects", ())]
json.dump(
    {
        "kind": mail.get_content_type(),
        "hp": mail["Content-Type"].params.get("hp"),
        "subject": mail["Subject"],
        "from": [[box.display_name, box.addr_spec] for box in mail["From"].addresses],
        "to": [[box.display_name, box.addr_spec] for box in mail["To"].addresses],
        "message_id": mail["Message-ID"],
        "hp_outer": mail.get_all("HP-Outer", []),
        "text": text.get_content() if text else None,
        "files": files,
        "defects": defects,
    },
    sys.stdout,
)

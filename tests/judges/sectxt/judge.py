"""What sectxt finds in the security.txt files named on the command line: one line of JSON for each."""

import json
import sys
from pathlib import Path

from sectxt import Parser

for name in sys.argv[1:]:
    read = Parser(Path(name).read_bytes())
    print(
        json.dumps(
            {
                "errors": [error["code"] for error in read.errors],
                "recommendations": [each["code"] for each in read.recommendations],
                "notifications": [each["code"] for each in read.notifications],
                "mails": read.valid_contact_emails,
                "telephones": read.contact_tels,
                "languages": read.preferred_languages,
            }
        )
    )

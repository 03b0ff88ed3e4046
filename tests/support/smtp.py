"""A submission server: STARTTLS or TLS, AUTH, and whatever the test needs to see or to stop.

smtp.py PORT FOLDER tls|starttls

Each message that is taken is one line of FOLDER/mailbox.jsonl, and lies in FOLDER/SHA256.eml. Where FOLDER/stage holds "stage/number", the server comes to
that stage, makes FOLDER/reached, and goes on when FOLDER/stage changes.
"""

import asyncio
import hashlib
import json
import os
import ssl
import sys
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, AuthResult

PORT, FOLDER, SECURITY = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def path(name):
    return os.path.join(FOLDER, name)


def asked():
    try:
        with open(path("stage")) as stage:
            return stage.read()
    except FileNotFoundError:
        return ""


async def come_to(stage):
    now = asked()
    if now.split("/")[0] != stage:
        return
    open(path("reached"), "w").close()
    while asked() == now:
        await asyncio.sleep(0.02)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        await come_to("hello")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        await come_to("mail")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await come_to("rcpt")
        if address.startswith("inconnu"):
            return "550 5.1.1 no such user"
        if address.startswith("plus-tard"):
            return "450 4.2.0 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await come_to("before taking")
        content = envelope.content
        taken = {
            "message_id": message_from_bytes(content)["Message-ID"],
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        with open(path(taken["sha256"] + ".eml"), "wb") as file:
            file.write(content)
        with open(path("mailbox.jsonl"), "a") as mailbox:
            mailbox.write(json.dumps(taken) + "\n")
        await come_to("before answering")
        return "250 2.0.0 taken"


class Server(SMTP):
    async def push(self, status):
        await super().push(status)
        # What is written from here on is not read.
        if str(status).startswith("354"):
            await come_to("in the middle")


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"csirt" and data.password == b"mot-de-passe"
    return AuthResult(success=good, handled=good)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path("tls.crt"), path("tls.key"))
    starts = SECURITY == "starttls"

    def server():
        return Server(
            Handler(),
            data_size_limit=20_000_000,
            authenticator=authenticate,
            auth_required=True,
            auth_require_tls=starts,
            tls_context=context if starts else None,
            require_starttls=starts,
            hostname="localhost",
            ident="essai",
        )

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(server, "127.0.0.1", PORT, ssl=None if starts else context)
    await listening.serve_forever()


asyncio.run(main())

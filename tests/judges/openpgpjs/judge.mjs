// OpenPGP.js behind the words of the stateless interface:
//   node judge.mjs MODULE generate-key USERID             the secret key, of version 6, armoured
//   node judge.mjs MODULE extract-cert                    the certificate of the key on the standard input
//   node judge.mjs MODULE decrypt KEY CERT                the content of the message on the standard input
//   node judge.mjs MODULE verify SIGNATURE CERT           nothing; the signed bytes are the standard input
// Ends with an error where it does not decrypt, or does not find a good signature by CERT.
import { readFileSync } from "node:fs";

const [module, verb, ...rest] = process.argv.slice(2);
const openpgp = await import(module);
const input = () => readFileSync(0);
const armoured = (path) => readFileSync(path, "utf8");

async function signedBy(signatures) {
    if (signatures.length === 0) throw new Error("not signed");
    await Promise.all(signatures.map((signature) => signature.verified));
    console.error("Good signature");
}

const verbs = {
    async "generate-key"(userId) {
        const [, name, email] = /^(.*) <(.*)>$/.exec(userId);
        const made = await openpgp.generateKey({
            type: "curve25519",
            userIDs: [{ name, email }],
            config: { v6Keys: true, aeadProtect: true },
        });
        process.stdout.write(made.privateKey);
    },
    async "extract-cert"() {
        const key = await openpgp.readKey({ armoredKey: input().toString() });
        process.stdout.write(key.toPublic().armor());
    },
    async decrypt(key, cert) {
        const opened = await openpgp.decrypt({
            message: await openpgp.readMessage({ armoredMessage: input().toString() }),
            decryptionKeys: await openpgp.readKey({ armoredKey: armoured(key) }),
            verificationKeys: await openpgp.readKey({ armoredKey: armoured(cert) }),
            format: "binary",
        });
        await signedBy(opened.signatures);
        process.stdout.write(opened.data);
    },
    async verify(signature, cert) {
        const { signatures } = await openpgp.verify({
            message: await openpgp.createMessage({ binary: new Uint8Array(input()) }),
            signature: await openpgp.readSignature({ armoredSignature: armoured(signature) }),
            verificationKeys: await openpgp.readKey({ armoredKey: armoured(cert) }),
        });
        await signedBy(signatures);
    },
};

await verbs[verb](...rest);

//! What may be asked on the command line.

use std::path::PathBuf;

use crate::crisis::CrisisVerb;
use crate::mail::MailVerb;
use crate::providers::{MatchArguments, ProviderVerb};
use clap::{Args, Parser, Subcommand, ValueEnum};
use relais_core::api::view::{Language, RevocationCause, RotatedKey};
use relais_core::domain::case::Audience;
use relais_core::domain::rfc2350::Lang;

/// Relais without a window.
#[derive(Parser)]
#[command(name = "relais-cli", version, about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Folder of the vault, or data folder of the application.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub vault: PathBuf,
    /// Who opens it, by name.
    #[arg(long, global = true, value_name = "NAME", default_value = "")]
    pub user: String,
    /// File whose first line is the passphrase; else it is read from `RELAIS_PASSPHRASE`.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

const EXIT_CODES: &str =
    "Exit codes: 0 good, 1 negative answer, 2 usage, 3 locked or wrong passphrase, 4 damaged.";

/// What to do.
#[derive(Subcommand)]
pub enum Verb {
    /// Make a demonstration vault of invented cases; prints its people and their passphrases.
    Demo {
        /// How many cases.
        #[arg(long, default_value_t = 120)]
        cases: u32,
        /// The same seed makes the same cases.
        #[arg(long, default_value_t = relais_core::api::demo::SEED)]
        seed: u64,
    },
    /// The cases.
    #[command(subcommand)]
    Case(CaseVerb),
    /// The team's key.
    #[command(subcommand)]
    Key(KeyVerb),
    /// Mail.
    #[command(subcommand)]
    Mail(MailVerb),
    /// The keys of correspondents.
    #[command(subcommand)]
    Keyring(KeyringVerb),
    /// The firms that help beneficiaries.
    #[command(subcommand)]
    Provider(ProviderVerb),
    /// The short list of firms for a case, with the reasons for each.
    Match(MatchArguments),
    /// One event, many beneficiaries: who helps whom.
    #[command(subcommand)]
    Crisis(CrisisVerb),
    /// The RFC 2350 document.
    #[command(subcommand)]
    Rfc2350(Rfc2350Verb),
    /// Say what is true of a file and a detached signature.
    Verify {
        /// The file.
        file: PathBuf,
        /// Its signature; without one, the signature kept with the case's document.
        signature: Option<PathBuf>,
    },
    /// The journal.
    #[command(subcommand)]
    Journal(JournalVerb),
}

/// What to do with the cases.
#[derive(Subcommand)]
pub enum CaseVerb {
    /// Open a case from a report in JSON.
    New {
        /// The report: one field for each answer; null for "does not know".
        #[arg(long, value_name = "FILE.json")]
        from: PathBuf,
    },
    /// List the cases, newest first.
    List {
        /// Words to look for.
        #[arg(long, default_value = "")]
        query: String,
        /// At most so many, up to 500.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Pass over so many.
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
    /// Show a case.
    Show {
        /// "PDL-2026-0042".
        reference: String,
    },
    /// Write the incident summary of a case.
    Pdf(PdfArguments),
}

/// An incident summary.
#[derive(Args)]
pub struct PdfArguments {
    /// "PDL-2026-0042".
    pub reference: String,
    /// For whom.
    #[arg(long)]
    pub audience: AudienceArgument,
    /// Folder to write to.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Sign it, keep it in the case, and write the signature beside; the lead only.
    #[arg(long)]
    pub sign: bool,
    /// Language of the document.
    #[arg(long, default_value = "fr")]
    pub lang: LanguageArgument,
}

/// For whom a summary is made.
#[derive(Clone, Copy, ValueEnum)]
pub enum AudienceArgument {
    /// The organisation under attack.
    Beneficiaire,
    /// CERT-FR.
    CertFr,
    /// The firm that the beneficiary chose.
    Prestataire,
    /// The team.
    Interne,
}

impl From<AudienceArgument> for Audience {
    fn from(argument: AudienceArgument) -> Self {
        match argument {
            AudienceArgument::Beneficiaire => Self::Beneficiary,
            AudienceArgument::CertFr => Self::CertFr,
            AudienceArgument::Prestataire => Self::Provider,
            AudienceArgument::Interne => Self::Internal,
        }
    }
}

/// Language of a document.
#[derive(Clone, Copy, ValueEnum)]
pub enum LanguageArgument {
    /// French.
    Fr,
    /// English.
    En,
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Fr => Self::Fr,
            LanguageArgument::En => Self::En,
        }
    }
}

impl From<LanguageArgument> for Lang {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Fr => Self::Fr,
            LanguageArgument::En => Self::En,
        }
    }
}

/// What to do with the team's key.
#[derive(Subcommand)]
pub enum KeyVerb {
    /// Print the public key, armoured.
    Export,
    /// Show its names, its subkeys and what ends soon; 1 when something does.
    Show,
    /// Put a new subkey in the place of one; the lead only.
    Rotate {
        /// Which.
        which: RotatedArgument,
    },
    /// Let it live longer; the lead only.
    Extend {
        /// Until that day; two years from now without it.
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: Option<chrono::NaiveDate>,
    },
    /// Revoke it, now and for good; the lead only. With `--prepare`, print a certificate for the safe instead.
    Revoke {
        /// Why.
        #[arg(long, default_value = "unspecified")]
        reason: RevocationArgument,
        /// One sentence for who reads it.
        #[arg(long, default_value = "")]
        message: String,
        /// Only print a revocation certificate, armoured; the key stays as it is.
        #[arg(long)]
        prepare: bool,
    },
    /// Put it on a key server; the lead only. 1 when the server cannot be reached: the key then waits for it.
    Publish {
        /// Its host: "keys.openpgp.org".
        #[arg(long, value_name = "HOST")]
        server: String,
    },
    /// Write the Web Key Directory of the team's addresses.
    Wkd {
        /// Folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// What to do with the keys of correspondents.
#[derive(Subcommand)]
pub enum KeyringVerb {
    /// List the keys: those to verify again first, then what ends soon.
    List {
        /// Words of names, addresses, organisations, or a part of a fingerprint.
        #[arg(long, default_value = "")]
        query: String,
    },
    /// Take the keys of a file; 1 when it holds none.
    Import {
        /// Armoured blocks or a binary ring.
        file: PathBuf,
    },
    /// Say that a fingerprint was read over the telephone; an analyst or the lead.
    Verify {
        /// The fingerprint, spaces allowed.
        fingerprint: String,
        /// With whom, and at which number.
        #[arg(long, value_name = "TEXT")]
        with: String,
    },
    /// Print a key, armoured.
    Export {
        /// The fingerprint, spaces allowed.
        fingerprint: String,
    },
    /// Look for a key over the network; 1 when none is found, or the network has to be waited for.
    Lookup {
        /// An address; at a key server a fingerprint, too.
        mail: String,
        /// "wkd" (the directory of the address's domain), or the host of a key server.
        #[arg(long, value_name = "wkd|HOST")]
        from: String,
    },
}

/// Which subkey is replaced.
#[derive(Clone, Copy, ValueEnum)]
pub enum RotatedArgument {
    /// The one that decrypts.
    Encryption,
    /// The one that signs mail.
    Mail,
    /// The one that signs documents.
    Documents,
}

impl From<RotatedArgument> for RotatedKey {
    fn from(argument: RotatedArgument) -> Self {
        match argument {
            RotatedArgument::Encryption => Self::Encryption,
            RotatedArgument::Mail => Self::Mail,
            RotatedArgument::Documents => Self::Documents,
        }
    }
}

/// Why the key is revoked.
#[derive(Clone, Copy, ValueEnum)]
pub enum RevocationArgument {
    /// No reason is given.
    Unspecified,
    /// Its secret is in other hands.
    Compromised,
    /// Another key takes its place.
    Superseded,
    /// It is used no more.
    Retired,
}

impl From<RevocationArgument> for RevocationCause {
    fn from(argument: RevocationArgument) -> Self {
        match argument {
            RevocationArgument::Unspecified => Self::Unspecified,
            RevocationArgument::Compromised => Self::Compromised,
            RevocationArgument::Superseded => Self::Superseded,
            RevocationArgument::Retired => Self::Retired,
        }
    }
}

/// What to do with the RFC 2350 document.
#[derive(Subcommand)]
pub enum Rfc2350Verb {
    /// Say what is to be settled; 1 when something blocks.
    Check,
    /// Write the document and its other forms.
    Export {
        /// Only this language.
        #[arg(long)]
        lang: Option<LanguageArgument>,
        /// Folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Sign: publishes what changed since the last edition, and writes that edition; the lead only.
        #[arg(long)]
        sign: bool,
    },
    /// Show what changed between two versions; 1 when nothing did.
    Diff {
        /// A version ("1.4"), or "draft".
        old: String,
        /// A version, or "draft".
        new: String,
        /// Language that is compared.
        #[arg(long, default_value = "fr")]
        lang: LanguageArgument,
    },
}

/// What to do with the journal.
#[derive(Subcommand)]
pub enum JournalVerb {
    /// Check every chain, signature and body, and that the tables are what the journal says.
    Verify,
}

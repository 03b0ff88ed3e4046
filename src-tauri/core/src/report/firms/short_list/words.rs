//! The words of the list, in both languages.

use crate::report::Lang;

/// The words of one language.
pub(super) struct Text {
    pub kind: &'static str,
    pub title: &'static str,
    pub addressee: &'static str,
    pub brief: &'static str,
    pub free: &'static str,
    pub disinterest: &'static str,
    pub tell: &'static str,
    pub nobody: &'static str,
    pub draft: &'static str,
    pub changed_draft: &'static str,
    pub firms: &'static str,
    pub place: &'static str,
    pub call: &'static str,
    pub key: &'static str,
    pub hours: &'static str,
    pub delays: &'static str,
    pub no_delay: &'static str,
    pub remote: &'static str,
    pub labels: &'static str,
    pub no_label: &'static str,
    pub services: &'static str,
    pub prices: &'static str,
    pub languages: &'static str,
    pub before_signing: &'static str,
    pub questions: [(&'static str, &'static str); 6],
    pub needs: &'static str,
    pub origin: &'static str,
    pub method: &'static str,
    pub again: &'static str,
    pub changes: &'static str,
    pub no_change: &'static str,
    pub out: &'static str,
    pub by: &'static str,
    pub reason: &'static str,
    pub delegated: &'static str,
    pub delegated_rule: &'static str,
    pub rules_sha256: &'static str,
}

static FR: Text = Text {
    kind: "Liste neutre",
    title: "Prestataires proposés pour votre dossier",
    addressee: "Pour",
    brief: "L’essentiel",
    free: "Vous choisissez librement : l’une d’elles, une autre, ou aucune.",
    disinterest: "Notre équipe n’a d’intérêt dans aucune d’elles.",
    tell: "Dites-nous votre choix : ",
    nobody: "Aucune entreprise du registre ne remplit toutes les conditions de votre dossier. Appelez-nous : nous \
             chercherons avec vous ce qui peut être assoupli et qui d’autre peut vous aider.",
    draft: "Cette liste n’est pas encore signée : elle ne doit pas quitter l’équipe.",
    changed_draft: "Cette liste a été modifiée à la main : la règle signée ne la couvre pas, et elle attend la \
                    signature du responsable de l’équipe.",
    firms: "Prestataires",
    place: "Lieu",
    call: "À appeler",
    key: "Clé OpenPGP",
    hours: "Horaires",
    delays: "Délais promis",
    no_delay: "Aucun délai annoncé",
    remote: "à distance seulement",
    labels: "Labels",
    no_label: "Aucun label déclaré",
    services: "Prestations",
    prices: "Tarifs publiés",
    languages: "Langues",
    before_signing: "Avant de signer",
    questions: [
        (
            "Périmètre. ",
            "Que ferez-vous, sur quelles machines et quels comptes ? Qu’est-ce qui n’est pas compris ?",
        ),
        (
            "Prix. ",
            "Quel est le devis écrit, et qu’est-ce qui peut s’y ajouter (nuit, week-end, déplacement) ?",
        ),
        (
            "Délai. ",
            "Quand commencez-vous, qui vient, et quand aurons-nous un premier compte rendu ?",
        ),
        (
            "Preuves. ",
            "Comment préservez-vous les traces (disques, journaux, messages de rançon) avant toute remise en état ?",
        ),
        (
            "Assurance. ",
            "Notre assureur est-il prévenu d’abord ? Impose-t-il un prestataire ou un accord préalable ?",
        ),
        (
            "Données personnelles. ",
            "Le contrat contient-il les clauses de sous-traitance de l’article 28 du RGPD ?",
        ),
    ],
    needs: "Ce qui a été recherché",
    origin: "Comment cette liste a été établie",
    method: "Les entreprises qui remplissent toutes les conditions sont notées sur des critères connus d’avance, puis \
             réunies par paliers : dans un palier, toutes conviennent également. Les noms sont tirés au sort dans le \
             meilleur palier, puis au besoin dans le suivant ; une entreprise peu proposée depuis 90 jours a plus de \
             chances d’y être tirée.",
    again: "Le tirage peut être refait à tout moment à partir de ces valeurs et des données conservées par l’équipe : \
            il donne les mêmes noms.",
    changes: "Noms changés à la main",
    no_change: "Aucun nom n’a été changé à la main.",
    out: "Nom tiré",
    by: "Remplacé par",
    reason: "Motif",
    delegated: "Règle signée",
    delegated_rule: "Une liste tirée par cette règle, sans changement à la main, peut partir sans sa signature.",
    rules_sha256: "SHA-256 de la règle",
};

static EN: Text = Text {
    kind: "Neutral list",
    title: "Providers proposed for your case",
    addressee: "For",
    brief: "In short",
    free: "You choose freely: one of them, another firm, or none.",
    disinterest: "Our team has no interest in any of them.",
    tell: "Tell us your choice: ",
    nobody: "No firm of the registry meets all the conditions of your case. Call us: together we shall look for what \
             may be relaxed and who else can help you.",
    draft: "This list is not signed yet: it must not leave the team.",
    changed_draft: "This list was changed by hand: the signed rule does not cover it, and it awaits the signature of \
                    the team’s lead.",
    firms: "Providers",
    place: "Place",
    call: "Whom to call",
    key: "OpenPGP key",
    hours: "Hours",
    delays: "Promised delays",
    no_delay: "No delay stated",
    remote: "from afar only",
    labels: "Labels",
    no_label: "No label stated",
    services: "Services",
    prices: "Published prices",
    languages: "Languages",
    before_signing: "Before you sign",
    questions: [
        (
            "Scope. ",
            "What will you do, on which machines and accounts? What is not included?",
        ),
        (
            "Price. ",
            "What is the written quote, and what may be added to it (nights, weekends, travel)?",
        ),
        (
            "Delay. ",
            "When do you begin, who comes, and when shall we have a first report?",
        ),
        (
            "Evidence. ",
            "How do you preserve the traces (disks, logs, ransom notes) before anything is restored?",
        ),
        (
            "Insurance. ",
            "Is our insurer told first? Does it impose a provider or a prior agreement?",
        ),
        (
            "Personal data. ",
            "Does the contract hold the processor’s clauses of article 28 of the GDPR?",
        ),
    ],
    needs: "What was looked for",
    origin: "How this list was made",
    method: "The firms that meet all the conditions are scored on criteria known in advance, then grouped in bands: in \
             a band all of them fit equally well. The names are drawn by lot in the best band, then, where needed, in \
             the next one; a firm that was seldom proposed in the last 90 days has better chances of being drawn.",
    again: "The draw can be made again at any time from these values and the data that the team keeps: it gives the \
            same names.",
    changes: "Names changed by hand",
    no_change: "No name was changed by hand.",
    out: "Name drawn",
    by: "Replaced by",
    reason: "Reason",
    delegated: "Signed rule",
    delegated_rule: "A list drawn by this rule, without a change by hand, may leave without the lead’s signature.",
    rules_sha256: "SHA-256 of the rule",
};

impl Text {
    pub(super) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FR,
            Lang::En => &EN,
        }
    }
}

//! The words of the plan, in both languages.

use crate::report::Lang;

/// The words of one language.
pub(super) struct Text {
    pub kind: &'static str,
    pub for_firm: &'static str,
    pub day: &'static str,
    pub cases: &'static str,
    pub unserved: &'static str,
    pub addressee: &'static str,
    pub all_served: &'static str,
    pub none: &'static str,
    pub urgent: &'static str,
    pub confidential: &'static str,
    pub overview: &'static str,
    pub gravest: &'static str,
    pub total: &'static str,
    pub by_firm: &'static str,
    pub your_cases: &'static str,
    pub no_case: &'static str,
    pub table: &'static str,
    pub unserved_stay: &'static str,
    pub organisation: &'static str,
    pub distance: &'static str,
    pub severity: &'static str,
    pub why: &'static str,
    pub call: &'static str,
    pub origin: &'static str,
    pub method: &'static str,
    pub again: &'static str,
}

static FR: Text = Text {
    kind: "Plan d’affectation",
    for_firm: "Cas qui vous sont confiés",
    day: "Jour du plan",
    cases: "Cas",
    unserved: "Sans prestataire",
    addressee: "Pour",
    all_served: "Chaque cas a un prestataire.",
    none: "Ce plan ne contient aucun cas.",
    urgent: "Appelez d’abord les cas les plus graves. Si vous ne pouvez pas en prendre un, dites-le-nous aussitôt : ",
    confidential: "Cette liste est pour vous seuls. Elle ne contient que vos cas.",
    overview: "Vue d’ensemble",
    gravest: "dont G3 et G4",
    total: "Total",
    by_firm: "Par entreprise",
    your_cases: "Vos cas",
    no_case: "Aucun cas ne vous est confié dans ce plan.",
    table: "Les cas les plus graves sont en tête. Les distances sont à vol d’oiseau.",
    unserved_stay: "Ces cas restent à la charge de l’équipe tant qu’aucune entreprise ne les prend.",
    organisation: "Organisation",
    distance: "Distance",
    severity: "Gravité",
    why: "Pourquoi, et que faire",
    call: "À appeler",
    origin: "Comment ce plan a été établi",
    method: "Les conditions sont celles d’une liste ordinaire : une entreprise n’a que des cas pour lesquels elle les \
             remplit toutes. Le plan pourvoit d’abord le plus de cas G4 possible, puis G3, G2 et G1 ; il prend ensuite \
             le moins de kilomètres en tout ; à égalité, l’ordre d’un tirage au sort décide.",
    again: "Le plan peut être refait à tout moment à partir de ces valeurs et des données conservées par l’équipe : il \
            donne les mêmes affectations, autour de ce qui a été décidé à la main.",
};

static EN: Text = Text {
    kind: "Assignment plan",
    for_firm: "Cases entrusted to you",
    day: "Day of the plan",
    cases: "Cases",
    unserved: "Without a provider",
    addressee: "For",
    all_served: "Every case has a provider.",
    none: "This plan holds no case.",
    urgent: "Call the gravest cases first. If you cannot take one, tell us at once: ",
    confidential: "This list is for you alone. It holds no cases but yours.",
    overview: "Overview",
    gravest: "of which G3 and G4",
    total: "Total",
    by_firm: "By firm",
    your_cases: "Your cases",
    no_case: "No case is entrusted to you in this plan.",
    table: "The gravest cases stand at the head. Distances are as the crow flies.",
    unserved_stay: "These cases stay with the team as long as no firm takes them.",
    organisation: "Organisation",
    distance: "Distance",
    severity: "Severity",
    why: "Why, and what to do",
    call: "Whom to call",
    origin: "How this plan was made",
    method: "The conditions are those of an ordinary list: a firm has no case for which it does not meet them all. The \
             plan first serves as many G4 cases as possible, then G3, G2 and G1; it then takes the fewest kilometres \
             in all; where that leaves a choice, the order of a draw decides.",
    again: "The plan can be made again at any time from these values and the data that the team keeps: it gives the \
            same assignments, around what was settled by hand.",
};

impl Text {
    pub(super) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FR,
            Lang::En => &EN,
        }
    }
}

//! What invented callers answer to the other items, and what the team writes down: the same for every category.

pub(super) const ACTIONS: &[&str] = &[
    "Rien encore, à part prévenir la direction.",
    "Les câbles réseau des postes touchés ont été débranchés.",
    "Le prestataire a été appelé, il arrive dans la journée.",
    "Deux serveurs ont été éteints avant l’appel.",
    "Les mots de passe des administrateurs ont été changés.",
    "Une photo de l’écran a été prise, rien d’autre.",
    "L’accès Internet a été coupé au pare-feu.",
    "Une consigne a été envoyée aux équipes par SMS.",
];

pub(super) const ARCHITECTURES: &[&str] = &[
    "Un serveur local, messagerie chez un hébergeur, un seul site.",
    "Deux hyperviseurs au siège, trois sites reliés par VPN.",
    "Tout est hébergé chez un prestataire, postes légers sur place.",
    "Contrôleur de domaine, serveur de fichiers, logiciel métier en ligne.",
    "Réseau à plat, une quinzaine d’imprimantes et de caméras dessus.",
    "Messagerie et fichiers en ligne, pas de serveur sur place.",
    "Réseau administratif et réseau d’atelier séparés par un pare-feu.",
    "Informatique mutualisée avec l’intercommunalité.",
];

pub(super) const DEFENCES: &[&str] = &[
    "Antivirus sur tous les postes, sauvegarde sur disque débranché le vendredi.",
    "Sauvegarde quotidienne en ligne, pas de copie hors ligne.",
    "EDR suivi par le prestataire en heures ouvrées.",
    "Double authentification pour la direction seulement.",
    "Antivirus d’origine, sauvegarde jamais essayée.",
    "Pare-feu récent, journaux gardés sept jours.",
    "Charte informatique et exercice d’hameçonnage l’an dernier.",
];

pub(super) const PROVIDERS: &[&str] = &[
    "Aucun.",
    "Aucun.",
    "L’infogérant habituel, sans compétence particulière en réponse à incident.",
    "Un prestataire imposé par l’assureur, pas encore joint.",
    "Un prestataire local, arrivé sur place.",
    "L’éditeur du logiciel métier, à distance.",
];

pub(super) const EXPECTED: &[&str] = &[
    "Savoir quoi faire dans les prochaines heures.",
    "Être mis en relation avec un prestataire proche.",
    "Un avis sur la gravité et sur ce qu’il faut déclarer.",
    "Aide pour la plainte et la déclaration à la CNIL.",
    "Comprendre comment c’est arrivé et éviter que cela recommence.",
    "Une confirmation que ce n’est qu’une fausse alerte.",
];

pub(super) const MACHINE_KINDS: &[&str] = &[
    "Postes de bureau",
    "Serveurs et postes",
    "Serveurs virtuels",
    "Postes portables",
    "Téléphones et messagerie",
    "Équipements réseau",
];

pub(super) const OVERRIDES: &[&str] = &[
    "Échéance dans dix jours : le service doit fonctionner.",
    "Même attaquant que dans un cas récent, extension probable.",
    "Effets limités à une maquette, vérifié avec le prestataire.",
    "Établissement d’accueil : des résidents dépendent du service.",
    "Fausse alerte probable, maintenue par prudence.",
];

pub(super) const NOTES: &[&str] = &[
    "Rappelé à 14 h : situation stable, pas de nouvelle machine touchée.",
    "L’interlocutrice préfère être jointe sur son portable.",
    "Le prestataire demande nos indicateurs, transmis avec le marquage du cas.",
    "Direction favorable à la plainte, rendez-vous pris à la gendarmerie.",
    "À revoir avec le responsable avant tout envoi.",
    "Prochain point convenu en fin de journée.",
    "Journaux reçus sur support chiffré, à analyser.",
    "Rapprochement possible avec un cas du mois dernier, à confirmer.",
    "Pas de réponse au téléphone, message laissé.",
    "Sauvegardes vérifiées par le prestataire : saines jusqu’à dimanche.",
];

pub(super) const STEPS: &[&str] = &[
    "Rappeler l’appelant et compléter les points inconnus.",
    "Proposer une liste restreinte de prestataires.",
    "Vérifier la date de la dernière sauvegarde saine.",
    "Relire les journaux reçus.",
    "Point avec le prestataire demain matin.",
    "Aider à la déclaration à la CNIL.",
    "Rédiger la synthèse pour le bénéficiaire.",
];

pub(super) const RESPONSES: &[&str] = &[
    "Machines touchées isolées du réseau",
    "Sauvegardes mises hors ligne",
    "Mots de passe d’administration renouvelés",
    "Journaux copiés et mis de côté",
    "Accès à distance fermés",
    "Reprise des services essentiels",
    "Poste réinstallé et remis en service",
];

pub(super) const EXCHANGES: &[&str] = &[
    "Appel de l’organisation",
    "Point téléphonique avec le prestataire",
    "Réunion avec la direction",
    "Échange avec la gendarmerie",
    "Message d’information aux usagers",
];

pub(super) const DECISIONS: &[&str] = &[
    "Plainte décidée par la direction",
    "Prestataire retenu par le bénéficiaire",
    "Reprise par étapes décidée",
    "Pas de paiement de la rançon",
];

pub(super) const FUNCTIONS: &[&str] = &[
    "Comptable",
    "Responsable informatique",
    "Technicien informatique",
    "Assistante de direction",
    "Référent numérique",
    "Cheffe de service",
    "Chargée d’accueil",
    "Responsable des ressources humaines",
];

pub(super) const PUBLIC_MANAGERS: &[&str] = &[
    "Directrice générale des services",
    "Directeur général des services",
    "Directeur",
    "Directrice",
    "Présidente",
    "Secrétaire générale",
];

pub(super) const MANAGERS: &[&str] = &[
    "Présidente",
    "Directeur général",
    "Directrice",
    "Gérante",
    "Gérant",
    "Président",
];

pub(super) const TECHNICIANS: &[&str] = &[
    "Responsable informatique",
    "Technicien informatique",
    "Référent numérique",
    "Prestataire d’infogérance",
];

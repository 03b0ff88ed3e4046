//! What invented callers tell: sentences that go together by category, three at a time.

use crate::domain::case::Category;

/// The vocabulary of one category. A narrative is one beginning, one middle and one end.
pub(super) struct Vocabulary {
    pub titles: &'static [&'static str],
    pub begin: &'static [&'static str],
    pub middle: &'static [&'static str],
    pub end: &'static [&'static str],
    pub impact: &'static [&'static str],
    pub findings: &'static [&'static str],
    pub perimeter: &'static [&'static str],
    /// What the attacker did, first then later.
    pub attack: &'static [&'static str],
}

/// The vocabulary of a category.
pub(super) const fn vocabulary(category: Category) -> &'static Vocabulary {
    match category {
        Category::Ransomware => &RANSOMWARE,
        Category::AccountCompromise => &ACCOUNT_COMPROMISE,
        Category::Phishing => &PHISHING,
        Category::Impersonation => &IMPERSONATION,
        Category::DenialOfService => &DENIAL_OF_SERVICE,
        Category::Defacement => &DEFACEMENT,
        Category::DataLeak => &DATA_LEAK,
        Category::TransferFraud => &TRANSFER_FRAUD,
        Category::ExposedVulnerability => &EXPOSED_VULNERABILITY,
        Category::EdgeDevice => &EDGE_DEVICE,
        Category::Other => &OTHER,
    }
}

static RANSOMWARE: Vocabulary = Vocabulary {
    titles: &[
        "Rançongiciel, serveurs chiffrés",
        "Rançongiciel, fichiers illisibles",
        "Chiffrement des postes et demande de rançon",
        "Rançongiciel par l’accès à distance",
    ],
    begin: &[
        "En arrivant ce matin, plus personne n’a pu ouvrir un fichier.",
        "Le prestataire a reçu une alerte dans la nuit, puis plus rien.",
        "Une collègue a signalé une page noire au démarrage de son poste.",
        "La comptabilité n’a pas pu ouvrir le logiciel de paie.",
        "Le serveur de fichiers ne répond plus depuis hier soir.",
    ],
    middle: &[
        "Tous les noms de fichiers finissent par la même suite de lettres.",
        "Une note demande de prendre contact par un site anonyme.",
        "Les machines virtuelles refusent de démarrer.",
        "Les postes allumés pendant la nuit sont tous touchés.",
        "Un texte en anglais annonce que des données ont été copiées.",
    ],
    end: &[
        "L’appelante demande s’il faut tout éteindre.",
        "La dernière sauvegarde connue date de la semaine dernière.",
        "La direction a été prévenue par téléphone.",
        "Un compte d’administration inconnu a été vu hier.",
        "Les équipes travaillent sur papier en attendant.",
    ],
    impact: &[
        "Plus de messagerie, plus de fichiers, plus de logiciel métier.",
        "L’accueil du public continue sur papier, la paie est bloquée.",
        "La production est arrêtée, les expéditions aussi.",
        "Deux services sur cinq ne peuvent plus travailler.",
    ],
    findings: &[
        "Connexion à distance à 2 h 40 avec un compte de prestataire.",
        "Les copies de secours en ligne ont été supprimées.",
        "Un outil de transfert de fichiers a tourné deux nuits de suite.",
    ],
    perimeter: &[
        "Serveur de fichiers et contrôleur de domaine",
        "Postes du siège, un site distant à confirmer",
        "Hyperviseur et toutes ses machines virtuelles",
    ],
    attack: &[
        "Première connexion de l’attaquant par l’accès à distance",
        "Chiffrement des fichiers pendant la nuit",
    ],
};

static ACCOUNT_COMPROMISE: Vocabulary = Vocabulary {
    titles: &[
        "Messagerie compromise",
        "Compte de messagerie utilisé par un tiers",
        "Règle de transfert inconnue dans une boîte",
        "Compte d’administrateur compromis",
    ],
    begin: &[
        "Des clients appellent pour un courriel étrange envoyé de notre adresse.",
        "La directrice ne reçoit plus aucun message depuis deux jours.",
        "Une connexion depuis l’étranger est apparue dans les journaux.",
        "Un collègue a reçu une demande de code qu’il n’avait pas faite.",
        "Le service informatique a bloqué un envoi de 900 courriels.",
    ],
    middle: &[
        "Une règle déplace les réponses dans un dossier caché.",
        "Le mot de passe avait été saisi sur une fausse page la semaine dernière.",
        "La double authentification n’était pas activée sur cette boîte.",
        "Les messages envoyés contiennent un lien vers un faux partage de documents.",
        "Une application inconnue a reçu l’accès à la boîte.",
    ],
    end: &[
        "Le mot de passe a été changé depuis le même poste.",
        "On ne sait pas ce qui a été lu.",
        "Plusieurs partenaires ont cliqué.",
        "La boîte contient des dossiers du personnel.",
        "Le compte est encore ouvert au moment de l’appel.",
    ],
    impact: &[
        "Réponses détournées, confiance des partenaires entamée.",
        "La boîte reste utilisable, mais rien n’y est sûr.",
        "Échanges confidentiels exposés.",
        "Envois bloqués par plusieurs destinataires.",
    ],
    findings: &[
        "Connexions depuis trois pays en une heure.",
        "Règle de transfert créée à 4 h 12.",
        "Application tierce avec droit de lecture complet.",
    ],
    perimeter: &[
        "Une boîte de direction",
        "Trois boîtes du service comptable",
        "Un compte d’administration de la messagerie",
    ],
    attack: &[
        "Mot de passe saisi sur une fausse page de connexion",
        "Création d’une règle de transfert cachée",
    ],
};

static PHISHING: Vocabulary = Vocabulary {
    titles: &[
        "Hameçonnage à l’en-tête d’un partenaire",
        "Campagne d’hameçonnage interne",
        "Courriel piégé, pièce jointe ouverte",
        "Faux partage de documents",
    ],
    begin: &[
        "Une trentaine de personnes ont reçu le même courriel ce matin.",
        "Un message au nom d’un fournisseur demande de valider une facture.",
        "Le secrétariat a ouvert une pièce jointe qui n’affichait rien.",
        "Un courriel imite la page de connexion de la messagerie.",
        "Un SMS demande de régler des frais de livraison.",
    ],
    middle: &[
        "Deux personnes disent avoir saisi leur mot de passe.",
        "Personne ne se souvient d’avoir cliqué.",
        "L’adresse d’expéditeur ressemble à la nôtre à une lettre près.",
        "L’antivirus a signalé le fichier puis s’est tu.",
        "Le lien mène à une page hébergée à l’étranger.",
    ],
    end: &[
        "Le message est conservé et peut être envoyé.",
        "Une consigne a été donnée à toute l’équipe.",
        "On aimerait savoir si d’autres structures l’ont reçu.",
        "Le poste a été débranché du réseau.",
        "Le prestataire ne travaille pas aujourd’hui.",
    ],
    impact: &[
        "Aucune gêne pour le moment.",
        "Un poste mis de côté par précaution.",
        "Deux comptes à surveiller.",
        "Temps perdu à rassurer les équipes.",
    ],
    findings: &[
        "Nom de domaine enregistré l’avant-veille.",
        "La page reprend notre logo.",
        "La pièce jointe contient une macro.",
    ],
    perimeter: &[
        "Trente boîtes destinataires, deux clics",
        "Un poste de secrétariat",
        "Toute la liste de diffusion interne",
    ],
    attack: &[
        "Réception du courriel piégé",
        "Saisie d’un mot de passe sur la fausse page",
    ],
};

static IMPERSONATION: Vocabulary = Vocabulary {
    titles: &[
        "Nom de domaine imitant le nôtre",
        "Faux profil au nom de la direction",
        "Usurpation du numéro de l’accueil",
        "Faux site de commande",
    ],
    begin: &[
        "Un client a commandé sur un site qui n’est pas le nôtre.",
        "Un profil au nom de la direction demande des cartes-cadeaux.",
        "Des gens reçoivent des appels affichant notre numéro.",
        "Un nom de domaine à une lettre près a été enregistré.",
        "Une fausse offre d’emploi circule avec notre logo.",
    ],
    middle: &[
        "Le site reprend nos pages et nos photos.",
        "Trois personnes ont déjà versé un acompte.",
        "Le faux profil écrit à nos partenaires.",
        "Le message vient d’une adresse très proche de la nôtre.",
        "Le faux site est encore en ligne.",
    ],
    end: &[
        "Un message d’alerte est prêt pour notre page d’accueil.",
        "Nous n’avons pas accès à l’hébergeur du faux site.",
        "La plateforme n’a pas encore répondu.",
        "Une plainte est envisagée.",
    ],
    impact: &[
        "Atteinte à l’image, nombreux appels à l’accueil.",
        "Des clients lésés demandent des comptes.",
        "Pas d’effet sur nos systèmes.",
    ],
    findings: &[
        "Domaine enregistré il y a cinq jours.",
        "Même hébergeur que deux autres faux sites.",
        "Le faux profil a été créé hier.",
    ],
    perimeter: &[
        "Aucun système interne touché",
        "Nom de domaine extérieur",
        "Réseau social",
    ],
    attack: &[
        "Enregistrement du nom de domaine trompeur",
        "Premiers messages au nom de l’organisation",
    ],
};

static DENIAL_OF_SERVICE: Vocabulary = Vocabulary {
    titles: &[
        "Site inaccessible, déni de service",
        "Saturation de la liaison Internet",
        "Déni de service revendiqué",
        "Téléphonie saturée d’appels",
    ],
    begin: &[
        "Le site ne répond plus depuis le début de l’après-midi.",
        "L’hébergeur signale un trafic cinquante fois supérieur à la normale.",
        "La liaison Internet du siège est saturée.",
        "Un groupe revendique l’attaque sur une messagerie publique.",
        "Le standard reçoit des centaines d’appels muets.",
    ],
    middle: &[
        "Les requêtes viennent du monde entier.",
        "Un portail en ligne est sur le même serveur.",
        "Le trafic retombe puis reprend toutes les heures.",
        "Aucune demande d’argent n’a été reçue.",
        "Le prestataire a redémarré le serveur deux fois.",
    ],
    end: &[
        "L’hébergeur a ouvert un dossier.",
        "Les inscriptions ferment demain.",
        "Rien d’autre d’anormal n’a été vu.",
        "La presse locale a appelé.",
    ],
    impact: &[
        "Site et démarches en ligne indisponibles.",
        "Accès à distance coupé pour tous.",
        "Standard injoignable une partie du temps.",
    ],
    findings: &[
        "Flux mesuré à plusieurs gigabits par seconde.",
        "Requêtes vers la page de recherche seulement.",
        "Deux opérateurs d’origine dominent.",
    ],
    perimeter: &[
        "Site public et portail",
        "Liaison Internet du siège",
        "Standard téléphonique",
    ],
    attack: &["Début de la saturation", "Nouvelle vague de requêtes"],
};

static DEFACEMENT: Vocabulary = Vocabulary {
    titles: &[
        "Page d’accueil remplacée",
        "Site défiguré, message politique",
        "Pages ajoutées dans le site",
        "Publicités injectées dans le site",
    ],
    begin: &[
        "La page d’accueil affiche un message qui n’est pas le nôtre.",
        "Un visiteur a appelé pour une image choquante sur le site.",
        "Le moteur de recherche montre des pages de paris en ligne chez nous.",
        "Des pages inconnues ont été trouvées dans le dossier du site.",
    ],
    middle: &[
        "Le site n’avait pas été mis à jour depuis deux ans.",
        "Le mot de passe d’administration était partagé.",
        "Un module d’extension n’est plus maintenu.",
        "L’hébergeur tient une vingtaine de sites sur la même machine.",
    ],
    end: &[
        "Le site a été mis en maintenance.",
        "Le prestataire voulait restaurer tout de suite.",
        "Un formulaire de contact garde des données personnelles.",
        "Les journaux sont gardés sept jours.",
    ],
    impact: &[
        "Image de la structure, démarches en ligne arrêtées.",
        "Site fermé le temps de la correction.",
        "Visiteurs redirigés vers des pages douteuses.",
    ],
    findings: &[
        "Fichier déposé par un module d’extension.",
        "Connexion d’administration depuis une adresse inconnue.",
        "Compte éditeur créé avant-hier.",
    ],
    perimeter: &[
        "Site public hébergé à l’extérieur",
        "Serveur mutualisé",
        "Module d’extension du site",
    ],
    attack: &[
        "Dépôt d’un fichier par une faille du site",
        "Remplacement de la page d’accueil",
    ],
};

static DATA_LEAK: Vocabulary = Vocabulary {
    titles: &[
        "Données publiées sur un forum",
        "Partage ouvert à tous par erreur",
        "Fichier de personnes consulté par un tiers",
        "Sauvegarde accessible depuis Internet",
    ],
    begin: &[
        "Un journaliste nous dit avoir trouvé un fichier à notre nom.",
        "Un lien de partage était ouvert à qui connaissait l’adresse.",
        "Un ancien salarié avait encore accès à l’espace documentaire.",
        "Un message annonce la vente de nos données.",
        "Un prestataire nous informe d’une intrusion chez lui.",
    ],
    middle: &[
        "Le fichier contient des noms, des adresses et des dates de naissance.",
        "On ne sait pas encore combien de personnes sont concernées.",
        "Des bulletins de paie pourraient en faire partie.",
        "Le dépôt a été consulté plusieurs fois depuis l’étranger.",
        "Un extrait de cent lignes est publié.",
    ],
    end: &[
        "L’accès a été fermé ce matin.",
        "La déléguée à la protection des données est prévenue.",
        "Les journaux vont être demandés à l’hébergeur.",
        "La direction veut écrire aux personnes.",
    ],
    impact: &[
        "Données personnelles exposées.",
        "Aucun arrêt de service.",
        "Inquiétude des usagers et du personnel.",
    ],
    findings: &[
        "Dossier partagé sans mot de passe depuis mars.",
        "Extrait authentique, daté de l’an dernier.",
        "Export complet fait un dimanche.",
    ],
    perimeter: &[
        "Base de contacts",
        "Dossier partagé du personnel",
        "Sauvegarde chez un hébergeur",
    ],
    attack: &[
        "Copie des fichiers par un tiers",
        "Publication d’un extrait",
    ],
};

static TRANSFER_FRAUD: Vocabulary = Vocabulary {
    titles: &[
        "Fraude au virement, faux fournisseur",
        "Changement de RIB frauduleux",
        "Faux ordre de virement de la direction",
        "Salaire détourné vers un autre compte",
    ],
    begin: &[
        "Reçu lundi un courriel d’un fournisseur annonçant un nouveau RIB.",
        "La comptable a reçu un appel au nom du directeur.",
        "Un courriel au nom d’un salarié demande de changer le RIB de son salaire.",
        "Le vrai fournisseur nous a relancés pour une facture déjà payée.",
    ],
    middle: &[
        "La facture était réelle, seul le compte avait changé.",
        "Le virement est parti avant-hier vers un compte à l’étranger.",
        "L’adresse d’expéditeur était la bonne.",
        "Le RIB n’a pas été vérifié par téléphone.",
        "Deux virements sont partis, un troisième est en attente.",
    ],
    end: &[
        "La banque a été appelée il y a une heure.",
        "La banque n’est pas encore prévenue.",
        "On se demande si notre messagerie est compromise.",
        "Le fournisseur dit n’avoir rien envoyé.",
    ],
    impact: &[
        "Perte financière, fournisseur impayé.",
        "Trésorerie tendue en fin de mois.",
        "Un paiement bloqué à temps.",
    ],
    findings: &[
        "Message envoyé depuis la vraie boîte du fournisseur.",
        "Adresse de réponse différente d’une lettre.",
        "Le compte bénéficiaire a déjà servi ailleurs.",
    ],
    perimeter: &[
        "Service comptable",
        "Une boîte du service des achats",
        "Aucun système interne touché, à confirmer",
    ],
    attack: &[
        "Courriel annonçant de nouvelles coordonnées bancaires",
        "Virement exécuté vers le compte du fraudeur",
    ],
};

static EXPOSED_VULNERABILITY: Vocabulary = Vocabulary {
    titles: &[
        "Service exposé avec une faille connue",
        "Accès à distance ouvert sur Internet",
        "Application non corrigée",
        "Alerte d’un partenaire sur un serveur",
    ],
    begin: &[
        "Un partenaire nous signale un serveur vulnérable à notre adresse.",
        "Une alerte publique concerne un logiciel que nous utilisons.",
        "Un balayage montre le bureau à distance ouvert à tous.",
        "Le prestataire a trouvé un service d’administration exposé.",
    ],
    middle: &[
        "La version installée a plus d’un an.",
        "Le correctif existe, il n’est pas appliqué.",
        "Personne ne sait qui tient cette machine.",
        "Le service sert à trois télétravailleurs.",
        "La machine est gérée par un sous-traitant.",
    ],
    end: &[
        "Pas de signe d’intrusion pour l’instant.",
        "Un arrêt est possible ce soir.",
        "Les journaux ne remontent qu’à trois jours.",
        "On attend le rappel du sous-traitant.",
    ],
    impact: &[
        "Aucun, à ce stade.",
        "Arrêt court à prévoir pour corriger.",
        "Télétravail suspendu par précaution.",
    ],
    findings: &[
        "Tentatives de connexion répétées depuis une semaine.",
        "Version confirmée par l’éditeur comme vulnérable.",
        "Aucun compte inconnu trouvé.",
    ],
    perimeter: &[
        "Un serveur d’application",
        "Un accès à distance",
        "Deux serveurs en zone publique",
    ],
    attack: &[
        "Publication de la faille",
        "Premières tentatives vues dans les journaux",
    ],
};

static EDGE_DEVICE: Vocabulary = Vocabulary {
    titles: &[
        "Pare-feu compromis",
        "Passerelle VPN vulnérable",
        "Routeur aux réglages modifiés",
        "Alerte sur un équipement de bordure",
    ],
    begin: &[
        "Le pare-feu a redémarré tout seul dans la nuit.",
        "L’éditeur annonce une faille exploitée sur notre passerelle.",
        "Un compte d’administration inconnu est apparu sur le pare-feu.",
        "Les connexions VPN échouent pour la moitié des équipes.",
    ],
    middle: &[
        "La mise à jour date de huit mois.",
        "L’interface d’administration est ouverte sur Internet.",
        "Des connexions ont lieu à des heures inhabituelles.",
        "Une configuration a été exportée dimanche.",
        "Le fichier de journaux est vide sur deux jours.",
    ],
    end: &[
        "Le prestataire propose de le remettre à zéro.",
        "L’équipement n’a pas été éteint.",
        "Un équipement de secours est disponible.",
        "Quarante personnes travaillent à distance.",
    ],
    impact: &[
        "Accès à distance suspendus.",
        "Aucun arrêt, surveillance renforcée.",
        "Deux sites coupés du siège.",
    ],
    findings: &[
        "Compte créé par l’interface d’administration.",
        "Trafic sortant régulier vers une adresse inconnue.",
        "Version vulnérable, pas de trace d’exploitation.",
    ],
    perimeter: &[
        "Pare-feu du siège",
        "Passerelle VPN",
        "Routeurs de deux sites",
    ],
    attack: &[
        "Exploitation de la faille de l’équipement",
        "Création d’un compte d’administration",
    ],
};

static OTHER: Vocabulary = Vocabulary {
    titles: &[
        "Comportement anormal d’un poste",
        "Matériel volé avec des données",
        "Logiciel inconnu découvert",
        "Demande de conseil après un doute",
    ],
    begin: &[
        "Un poste se déplace tout seul dans les fenêtres.",
        "Un ordinateur portable a été volé dans un véhicule.",
        "Un logiciel de prise en main inconnu est installé sur trois postes.",
        "Une clé USB trouvée sur le parking a été branchée.",
    ],
    middle: &[
        "Personne n’a installé ce logiciel.",
        "Le disque n’était pas chiffré.",
        "L’antivirus ne signale rien.",
        "Un appel se disant du support informatique l’avait précédé.",
    ],
    end: &[
        "Le poste est débranché.",
        "On ne sait pas si c’est grave.",
        "Le prestataire est absent cette semaine.",
        "La direction souhaite un avis.",
    ],
    impact: &[
        "Gêne limitée à une personne.",
        "Aucun arrêt.",
        "Inquiétude, rien de confirmé.",
    ],
    findings: &[
        "Aucun élément pour le moment.",
        "Programme installé il y a dix jours.",
        "Rien dans les journaux du pare-feu.",
    ],
    perimeter: &[
        "Un poste",
        "Trois postes d’un même service",
        "Un ordinateur portable",
    ],
    attack: &["Prise en main à distance par un inconnu", "Vol du matériel"],
};

import type { Code } from '../../api/generated';
import { duration } from '../../format';

/** What happened, what is safe, what to do. */
export interface Explained {
  what: string;
  safe: string;
  next: string;
}

export const errors = {
  byCode: {
    locked: { what: 'Le coffre est verrouillé.', safe: 'Votre saisie enregistrée est conservée.', next: 'Déverrouillez pour continuer.' },
    wrong_passphrase: { what: 'Cette phrase de passe n’ouvre pas cet accès.', safe: 'Rien n’a été modifié.', next: 'Vérifiez la personne choisie et les majuscules, puis réessayez.' },
    wait: { what: 'Trop d’essais erronés.', safe: 'Les données restent chiffrées.', next: 'Attendez la fin du délai, puis réessayez.' },
    recovery_key_mistyped: { what: 'La clé de secours contient une faute de frappe.', safe: 'Rien n’a été modifié.', next: 'Comparez chaque groupe avec la feuille imprimée.' },
    wrong_recovery_key: { what: 'Cette clé de secours est bien écrite, mais ce n’est pas celle de ce coffre.', safe: 'Rien n’a été modifié.', next: 'Cherchez la feuille qui porte le nom de ce coffre.' },
    weak_passphrase: { what: 'Cette phrase de passe est trop facile à deviner.', safe: 'L’ancienne reste valable.', next: 'Ajoutez des mots, ou prenez une phrase proposée.' },
    vault_damaged: { what: 'Les deux copies du fichier d’accès sont illisibles.', safe: 'La base de données chiffrée est intacte.', next: 'Utilisez la clé de secours.' },
    vault_tampered: { what: 'Le fichier d’accès a été modifié par autre chose que Relais.', safe: 'Aucune donnée n’a été ouverte.', next: 'Prévenez la personne responsable, puis utilisez la clé de secours.' },
    database_damaged: { what: 'La base de données ne peut pas être lue.', safe: 'Aucun fichier n’a été modifié.', next: 'Gardez le dossier de données en l’état et restaurez une sauvegarde.' },
    newer_version: { what: 'Ces données ont été écrites par une version plus récente de Relais.', safe: 'Rien n’a été modifié.', next: 'Installez la nouvelle version sur ce poste.' },
    already_open: { what: 'Ce coffre est déjà ouvert dans une autre fenêtre de Relais.', safe: 'Rien n’a été modifié.', next: 'Revenez à l’autre fenêtre, ou fermez-la.' },
    vault_exists: { what: 'Un coffre existe déjà sur ce poste.', safe: 'Il n’a pas été modifié.', next: 'Déverrouillez-le, ou choisissez un autre dossier de données.' },
    no_vault: { what: 'Aucun coffre n’a été trouvé sur ce poste.', safe: 'Rien n’a été modifié.', next: 'Vérifiez le dossier de données, ou créez un coffre.' },
    disk_full: { what: 'Le disque est plein.', safe: 'Ce qui était enregistré est conservé.', next: 'Libérez de la place, puis recommencez.' },
    not_writable: { what: 'Le dossier ne peut pas être écrit.', safe: 'Ce qui était enregistré est conservé.', next: 'Vérifiez les droits du dossier, puis recommencez.' },
    not_allowed: { what: 'Votre rôle ne permet pas cette action.', safe: 'Rien n’a été modifié.', next: 'Demandez à la personne responsable.' },
    passphrase_must_change: { what: 'Cette phrase de passe est provisoire.', safe: 'Rien n’a été modifié.', next: 'Choisissez d’abord la vôtre.' },
    own_access: { what: 'Personne ne modifie ainsi son propre accès.', safe: 'Rien n’a été modifié.', next: 'Demandez à une autre personne responsable.' },
    name_taken: { what: 'Une personne de l’équipe porte déjà ce nom.', safe: 'Rien n’a été modifié.', next: 'Ajoutez un second prénom ou une initiale.' },
    same_passphrase: { what: 'La nouvelle phrase de passe est l’ancienne.', safe: 'Rien n’a été modifié.', next: 'Choisissez-en une autre.' },
    last_lead: { what: 'C’est la dernière personne responsable de l’équipe.', safe: 'Rien n’a été modifié.', next: 'Donnez d’abord ce rôle à quelqu’un d’autre.' },
    not_found: { what: 'L’élément demandé n’existe pas, ou n’existe plus.', safe: 'Rien n’a été modifié.', next: 'Revenez à la liste.' },
    invalid: { what: 'Un champ n’est pas valable.', safe: 'Votre saisie est conservée.', next: 'Corrigez le champ signalé.' },
    too_long: { what: 'Un texte est trop long.', safe: 'Votre saisie est conservée.', next: 'Raccourcissez le champ signalé.' },
    status_not_reachable: { what: 'Le cas ne peut pas passer à ce statut depuis celui où il est.', safe: 'Rien n’a été modifié.', next: 'Choisissez une étape suivante, ou l’étape précédente.' },
    reason_missing: { what: 'Une raison est nécessaire.', safe: 'Votre saisie est conservée.', next: 'Écrivez la raison en une phrase.' },
    cannot_undo: { what: 'Ce changement a été suivi d’un autre et ne peut plus être annulé.', safe: 'Rien n’a été modifié.', next: 'Consultez le journal pour retrouver l’ancienne valeur.' },
    document_settled: { what: 'Ce document a déjà été signé ou renvoyé.', safe: 'Il n’a pas été modifié.', next: 'Rouvrez la liste des documents.' },
    rfc2350_blocked: { what: 'Des points restent à régler avant de signer la RFC 2350.', safe: 'Le brouillon est conservé, rien n’a été publié.', next: 'Réglez les points bloquants de la vue d’ensemble, puis signez.' },
    nothing_new: { what: 'Rien n’a changé depuis la dernière version publiée.', safe: 'Elle reste en vigueur.', next: 'Modifiez le document avant d’en publier une autre version.' },
    key_unreadable: { what: 'Ce texte n’est pas une clé OpenPGP lisible.', safe: 'Rien n’a été importé.', next: 'Exportez la clé secrète en texte (armure ASCII), puis recommencez.' },
    key_public_only: { what: 'Cette clé est publique : sa partie secrète manque.', safe: 'Rien n’a été importé.', next: 'Exportez la clé secrète depuis l’outil d’origine.' },
    key_passphrase: { what: 'La phrase de passe de cette clé est erronée.', safe: 'Rien n’a été importé.', next: 'Saisissez la phrase de passe de la clé elle-même.' },
    key_expired: { what: 'Cette clé est expirée ou révoquée.', safe: 'Rien n’a été importé.', next: 'Prolongez-la dans l’outil d’origine, ou créez une nouvelle clé.' },
    key_unfit: { what: 'Cette clé ne peut pas signer, ou ne peut pas déchiffrer.', safe: 'Rien n’a été importé.', next: 'Choisissez une clé qui fait les deux, ou créez une nouvelle clé.' },
    key_several: { what: 'Ce texte contient plusieurs clés.', safe: 'Rien n’a été importé.', next: 'N’exportez que la clé de l’équipe.' },
    key_too_large: { what: 'Ce texte est trop grand pour être une clé.', safe: 'Rien n’a été importé.', next: 'Vérifiez le fichier choisi.' },
    team_key_ended: { what: 'La clé de l’équipe est expirée ou révoquée : elle ne signe plus.', safe: 'Rien n’a été modifié.', next: 'La personne responsable la prolonge ou la remplace, sous « Clé de l’équipe ».' },
    clock_behind_key: { what: 'L’horloge de ce poste retarde sur la dernière modification de la clé.', safe: 'La clé n’a pas été modifiée.', next: 'Mettez l’horloge à l’heure, puis recommencez.' },
    not_a_revocation: { what: 'Ce texte n’est pas un certificat de révocation de la clé de l’équipe.', safe: 'La clé n’a pas été modifiée.', next: 'Recopiez le certificat en entier, de BEGIN à END, et comparez l’empreinte imprimée avec celle de la clé.' },
    cannot_sign: { what: 'Votre accès n’ouvre pas la clé de signature de l’équipe.', safe: 'Le document n’a pas été modifié.', next: 'Demandez à la personne responsable de signer.' },
    journal_damaged: { what: 'Le journal ne se vérifie pas.', safe: 'Rien n’a été modifié.', next: 'Ouvrez la vérification du journal et prévenez la personne responsable.' },
    stopped: { what: 'Le travail a été interrompu à votre demande.', safe: 'Rien n’a été modifié.', next: 'Relancez-le quand vous voudrez.' },
    report: { what: 'Le document n’a pas pu être mis en page.', safe: 'Le cas n’a pas été modifié.', next: 'Vérifiez les textes du cas, puis recommencez.' },
    io: { what: 'La lecture ou l’écriture a échoué.', safe: 'Ce qui était enregistré est conservé.', next: 'Vérifiez le disque, puis recommencez.' },
    internal: { what: 'Une erreur inattendue s’est produite.', safe: 'Ce qui était enregistré est conservé.', next: 'Recommencez ; si l’erreur revient, verrouillez et relancez Relais.' },
  } satisfies Record<Code, Explained>,
  waitFor: (seconds: number) => `Réessayez dans ${duration(seconds * 1000, 'fr')}.`,
  unknown: { what: 'Relais n’a pas pu répondre.', safe: 'Ce qui était enregistré est conservé.', next: 'Recommencez ; si l’erreur revient, relancez Relais.' },
};

export const today = {
  lead: (toQualify: number, toSign: number) => {
    const parts = [
      toQualify === 0 ? '' : toQualify === 1 ? '1 signalement à qualifier' : `${toQualify} signalements à qualifier`,
      toSign === 0 ? '' : toSign === 1 ? '1 document à signer' : `${toSign} documents à signer`,
    ].filter((part) => part !== '');
    return parts.length === 0 ? 'Rien n’attend.' : `${parts.join(', ')}.`;
  },
  open: (count: number, shown: string) => (count === 0 ? 'Aucun cas ouvert' : count === 1 ? '1 cas ouvert' : `${shown} cas ouverts`),
  noneOfGrade: 'aucun cas ouvert',
  someOfGrade: 'voir la liste',
  toQualify: 'Signalements à qualifier',
  qualify: 'Qualifier',
  nothingToQualify: 'Aucun signalement à qualifier',
  nothingToQualifyText: 'Les prochains appels apparaîtront ici.',
  drafts: 'Signalements en cours de saisie',
  resume: 'Reprendre',
  noDraft: 'Aucune saisie en cours',
  noDraftText: 'Un signalement commencé se retrouve ici, même après une coupure.',
  unnamed: 'Organisation inconnue',
  answers: (asked: number) => `${asked} questions sur 10`,
  toSign: 'Documents à signer',
  toSignOther: 'Documents soumis à signature',
  nothingToSign: 'Aucun document à signer',
  nothingToSignText: 'Les synthèses soumises par l’équipe arrivent ici.',
  quiet: 'Sans nouvelle depuis 5 jours',
  nothingQuiet: 'Aucun cas oublié',
  nothingQuietText: 'Tous les cas ouverts ont bougé depuis 5 jours.',
  since: (when: string) => `depuis le ${when}`,
  received: { phone: 'par téléphone', mail: 'par courriel', partner: 'par un partenaire', visit: 'sur place' },
  first: 'Le coffre est vide',
  firstText: 'Prenez un premier signalement : il devient un cas dès la fin de l’appel.',
};

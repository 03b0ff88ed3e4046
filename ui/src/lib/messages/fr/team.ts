export const team = {
  title: 'Équipe et réglages',
  sections: {
    people: 'Personnes',
    profile: 'Profil du CSIRT',
    settings: 'Réglages',
    key: 'Clé de l’équipe',
    journal: 'Vérification du journal',
    passphrase: 'Changer ma phrase de passe',
    about: 'À propos',
  },
};

export const opening = {
  title: 'Déverrouillage',
};

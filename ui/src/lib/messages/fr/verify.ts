export const verify = {
  title: 'Vérifier',
};

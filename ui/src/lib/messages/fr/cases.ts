export const cases = {
  title: 'Cas',
};

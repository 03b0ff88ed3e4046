export const documents = {
  title: 'Documents à signer',
};

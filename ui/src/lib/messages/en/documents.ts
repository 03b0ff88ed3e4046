import type { Messages } from '../types';

export const documents: Messages['documents'] = {
  title: 'Documents to sign',
};

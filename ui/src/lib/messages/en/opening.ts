import type { Messages } from '../types';

export const opening: Messages['opening'] = {
  title: 'Unlock',
};

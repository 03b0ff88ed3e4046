import type { Messages } from '../types';

export const verify: Messages['verify'] = {
  title: 'Verify',
};

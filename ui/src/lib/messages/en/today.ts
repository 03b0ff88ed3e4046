import type { Messages } from '../types';

export const today: Messages['today'] = {
  title: 'Today',
};

import type { Messages } from '../types';

export const cases: Messages['cases'] = {
  title: 'Cases',
};

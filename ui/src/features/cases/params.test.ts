import { expect, it } from 'vitest';
import { NO_FILTERS } from './filters';
import { read, write, type Asked } from './params';

it('an address gives back what was asked for', () => {
  const asked: Asked = {
    view: 'open', text: 'rançon bordure', sort: 'gravity',
    filters: { ...NO_FILTERS, grades: ['G3', 'G4'], departments: ['49'], kind: 'incident', urgent: false, from: '2026-03-01' },
  };
  expect(read(write(asked))).toEqual(asked);
});

it('an empty address is the whole list, newest first', () => {
  expect(read({})).toEqual({ view: 'all', text: '', sort: 'newest', filters: NO_FILTERS });
  expect(write(read({}))).toEqual({});
});

it('an unknown view or order is the default', () => {
  expect(read({ view: 'nowhere', sort: 'colour' })).toMatchObject({ view: 'all', sort: 'newest' });
});

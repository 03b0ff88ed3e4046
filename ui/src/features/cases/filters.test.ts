import { expect, it } from 'vitest';
import { active, NO_FILTERS, queryOf, without, type Asking, type Filters } from './filters';

const asking: Asking = {
  me: 'titouan',
  now: new Date('2026-03-12T09:00:00Z'),
  dayStart: (day, days) => `${day}+${days}`,
};
const query = (view: Parameters<typeof queryOf>[0], filters: Partial<Filters> = {}) =>
  queryOf(view, { ...NO_FILTERS, ...filters }, ' rançon ', 'newest', asking);

it('all cases are asked for without a limit', () => {
  expect(query('all')).toMatchObject({ text: 'rançon', statuses: [], grades: [], assignee: null, quiet_since: null });
});

it('my cases are the open ones assigned to me', () => {
  const mine = query('mine');
  expect(mine?.assignee).toBe('titouan');
  expect(mine?.statuses).not.toContain('closed');
  expect(mine?.statuses).toHaveLength(4);
});

it('without news means unchanged for five days', () => {
  expect(query('quiet')?.quiet_since).toBe('2026-03-07T09:00:00.000Z');
});

it('a filter narrows a view', () => {
  expect(query('open', { statuses: ['coordination', 'closed'] })?.statuses).toEqual(['coordination']);
  expect(query('grave', { grades: ['G4'] })?.grades).toEqual(['G4']);
});

it('a filter that excludes the view matches nothing, not everything', () => {
  expect(query('open', { statuses: ['closed'] })).toBeNull();
  expect(query('grave', { grades: ['G1'] })).toBeNull();
  expect(query('mine', { assignee: 'aurore' })).toBeNull();
});

it('the last day of a period is included', () => {
  expect(query('all', { from: '2026-03-01', until: '2026-03-11' })).toMatchObject({
    from: '2026-03-01+0', until: '2026-03-11+1',
  });
});

it('a filter that is taken away limits nothing', () => {
  const filters: Filters = { ...NO_FILTERS, departments: ['49', '85'], urgent: false };
  expect(active(filters)).toEqual(['departments', 'urgent']);
  expect(active(without(filters, 'departments'))).toEqual(['urgent']);
});

import { expect, it } from 'vitest';
import { needsReason, reachable } from './statuses';

it('a case goes forward freely, back by one, and reopens', () => {
  expect(reachable('reported')).toEqual(['qualification', 'coordination', 'resolution', 'closed']);
  expect(reachable('coordination')).toEqual(['qualification', 'resolution', 'closed']);
  expect(reachable('closed')).toEqual(['qualification', 'resolution']);
});

it('closing, reopening and going back need a reason', () => {
  expect(needsReason('reported', 'qualification')).toBe(false);
  expect(needsReason('resolution', 'closed')).toBe(true);
  expect(needsReason('closed', 'resolution')).toBe(true);
  expect(needsReason('coordination', 'qualification')).toBe(true);
});

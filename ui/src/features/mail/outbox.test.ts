import { describe, expect, it } from 'vitest';
import type { DeliveryState, OutboxRow } from '$lib/api/generated';
import { fr } from '$lib/messages/fr';
import { canCancel, isStuck, outboxState, secondsLeft, type OutboxState } from './outbox';

const NOW = new Date('2026-03-12T08:42:00Z');
const row = (states: DeliveryState[], rest: Partial<OutboxRow> = {}): OutboxRow => ({
  id: '0190-a', mail: '0190-m', subject: 'Point de situation', case: null, held_until: null, awaits_approval: false, next_try_at: null, tries: 0,
  failure: '', answer: '', ...rest,
  deliveries: states.map((state, place) => ({ to: { name: '', mail: `d${place}@exemple.example` }, state, at: NOW.toISOString(), answer: '' })),
});

describe('a mail of the outbox', () => {
  it('waits for the second person before anything else', () => {
    expect(outboxState(row(['waiting'], { awaits_approval: true, held_until: '2026-03-12T08:42:20Z' }), NOW)).toBe('approval');
  });

  it('can be taken back as long as it is held', () => {
    const held = row(['waiting'], { held_until: '2026-03-12T08:42:20Z' });
    expect(outboxState(held, NOW)).toBe('held');
    expect(secondsLeft(held.held_until, NOW)).toBe(20);
    expect(outboxState(held, new Date('2026-03-12T08:43:00Z'))).toBe('waiting');
    expect(canCancel(held)).toBe(true);
  });

  it('waits quietly when there is no network', () => {
    const state = outboxState(row(['waiting'], { failure: 'unreachable', tries: 4 }), NOW);
    expect(state).toBe('offline');
    expect(isStuck(state)).toBe(false);
    expect(outboxState(row(['waiting'], { failure: 'login' }), NOW)).toBe('failed');
  });

  it('is never called sent while one recipient is uncertain or refused', () => {
    expect(outboxState(row(['sent', 'uncertain']), NOW)).toBe('uncertain');
    expect(outboxState(row(['sent', 'refused']), NOW)).toBe('refused');
    expect(outboxState(row(['sent', 'bounced']), NOW)).toBe('bounced');
    expect(outboxState(row(['sent', 'sent']), NOW)).toBe('sent');
    expect(canCancel(row(['sent']))).toBe(false);
  });

  it('has a sentence for every state', () => {
    const states: OutboxState[] = ['approval', 'held', 'uncertain', 'refused', 'bounced', 'offline', 'failed', 'waiting', 'sent', 'cancelled', 'exported'];
    for (const state of states) expect(fr.mail.outbox.states[state].title, state).not.toBe('');
    expect(new Set(states.map((state) => fr.mail.outbox.states[state].text)).size).toBe(states.length);
  });
});

import { expect, it } from 'vitest';
import type { Category, MeasureView, ScriptView } from '$lib/api/generated';
import { proposed, script } from './measures';

const measure = (id: string, category: Category | null, avoid = false): MeasureView => ({
  id, category, avoid, title_fr: id, title_en: id, detail_fr: '', detail_en: '',
});
const all = [
  measure('isolate', null), measure('bank', 'transfer_fraud'), measure('unplug', 'ransomware'),
  measure('reboot', null, true), measure('answer', 'transfer_fraud', true),
];

it('the measures of the chosen kinds come before the general ones', () => {
  const { say, avoid } = proposed(all, ['transfer_fraud']);
  expect(say.map((each) => each.id)).toEqual(['bank', 'isolate']);
  expect(avoid.map((each) => each.id)).toEqual(['answer', 'reboot']);
});

it('without a kind the general measures are proposed', () => {
  expect(proposed(all, []).say.map((each) => each.id)).toEqual(['isolate']);
});

it('the script of a kind goes before the general one', () => {
  const line = (category: Category | null, say: string): ScriptView => ({
    item: 4, category, say_fr: say, say_en: say, prompts_fr: [], prompts_en: [],
  });
  const lines = [line(null, 'general'), line('ransomware', 'ransom')];
  expect(script(lines, 4, ['ransomware'])?.say_fr).toBe('ransom');
  expect(script(lines, 4, ['phishing'])?.say_fr).toBe('general');
  expect(script(lines, 5, [])).toBeNull();
});

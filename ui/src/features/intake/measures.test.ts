import { expect, it } from 'vitest';
import type { Category, MeasureView, ScriptView } from '$lib/api/generated';
import { proposed, script } from './measures';

const measure = (id: string, categories: Category[], avoid = false): MeasureView => ({
  id, categories, general: categories.length === 0, avoid, title_fr: id, title_en: id, detail_fr: '', detail_en: '',
});
const all = [
  measure('isolate', []), measure('bank', ['transfer_fraud']), measure('unplug', ['ransomware', 'edge_device']),
  measure('reboot', [], true), measure('answer', ['transfer_fraud'], true),
];

it('the measures of the chosen kinds are proposed, each once', () => {
  const { say, avoid } = proposed(all, ['edge_device', 'transfer_fraud', 'ransomware']);
  expect(say.map((each) => each.id)).toEqual(['unplug', 'bank']);
  expect(avoid.map((each) => each.id)).toEqual(['answer']);
});

it('while no kind is known, or none has its own measures, the general ones are proposed', () => {
  for (const categories of [[], ['defacement']] as Category[][]) {
    expect(proposed(all, categories).say.map((each) => each.id)).toEqual(['isolate']);
    expect(proposed(all, categories).avoid.map((each) => each.id)).toEqual(['reboot']);
  }
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

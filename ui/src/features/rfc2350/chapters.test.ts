import { describe, expect, it } from 'vitest';
import type {
  Rfc2350, Rfc2350Finding, Rfc2350Section, Rfc2350SectionKind, Rfc2350SectionView, Rfc2350View,
} from '$lib/api/generated';
import { chapterNamed, chapters, englishToRead, worst } from './chapters';

const nowhere = { name: '', url: '' };
const document = (change: Partial<Rfc2350> = {}): Rfc2350 => ({
  tlp: null, version: '1.0', dated: null, found_at: nowhere, announced_at: nowhere, key_at: nowhere, key_servers: [],
  security_txt_url: '', leader: null, texts: {}, not_applicable: [], ...change,
});
const section = (name: Rfc2350Section, kind: Rfc2350SectionKind): Rfc2350SectionView => ({
  section: name, number: '2.1', chapter: name === 'mission' ? 'charter' : 'contact', title: { fr: name, en: name }, asks: { fr: '', en: '' }, kind,
  may_be_left_out: false, facts_fr: [], facts_en: [],
});
const finding = (change: Partial<Rfc2350Finding>) => ({
  finding: { code: 'missing', section: 'mission', level: 'blocks', values: {}, fix: null, ...change } as Rfc2350Finding,
  what: { fr: '', en: '' }, why: { fr: '', en: '' }, fix: null,
});
const view = (change: Partial<Rfc2350View> = {}): Rfc2350View => ({
  document: document(), sections: [section('telephone', 'derived'), section('fax', 'text'), section('mission', 'text')], findings: [],
  modified: true, editions: [], ...change,
});
const stateOf = (shown: Rfc2350View, name: Rfc2350Section) =>
  chapters(shown).flatMap((each) => each.sections).find((each) => each.view.section === name);

describe('the plan of the document', () => {
  it('has the seven chapters in order, with their sections', () => {
    const plan = chapters(view());
    expect(plan.map((each) => each.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(plan[1]?.sections.map((each) => each.view.section)).toEqual(['telephone', 'fax']);
    expect(plan[2]?.sections.map((each) => each.view.section)).toEqual(['mission']);
  });

  it('gives a section its findings, and the chapter the worst of them', () => {
    const plan = chapters(view({ findings: [finding({ level: 'warns' }), finding({ code: 'no_tlp', section: null })] }));
    expect(plan[2]?.standing).toBe('warns');
    expect(plan[2]?.sections[0]?.findings).toHaveLength(1);
    expect(plan[1]?.standing).toBe('complete');
  });

  it('tells late English from what is wrong in the text', () => {
    const late = finding({ code: 'english_behind', level: 'warns' });
    expect(stateOf(view({ findings: [late] }), 'mission')?.standing).toBe('english');
    expect(stateOf(view({ findings: [late, finding({ code: 'tlp_one' })] }), 'mission')?.standing).toBe('blocks');
  });

  it('says where the English of a text stands', () => {
    const texts = { mission: { fr: 'Assister.', en: 'Assist.', en_of: '' } };
    const english = (shown: Rfc2350View, name: Rfc2350Section = 'mission') => stateOf(shown, name)?.english;
    expect(english(view())).toBe('not_needed');
    expect(english(view({ document: document({ texts }) }))).toBe('current');
    expect(english(view({ document: document({ texts: { mission: { fr: 'Assister.', en: '', en_of: '' } } }) }))).toBe('missing');
    const behind = view({ document: document({ texts }), findings: [finding({ code: 'english_behind' })] });
    expect(english(behind)).toBe('behind');
    expect(englishToRead(chapters(behind))).toBe(1);
    expect(english(behind, 'telephone')).toBe('not_needed');
  });

  it('takes a section left out for settled', () => {
    const shown = view({ document: document({ not_applicable: ['fax'], texts: { fax: { fr: 'Aucun.', en: '', en_of: '' } } }) });
    expect(stateOf(shown, 'fax')).toMatchObject({ standing: 'left_out', leftOut: true, english: 'not_needed' });
    expect(chapters(shown)[1]?.standing).toBe('complete');
    expect(worst([])).toBe('complete');
  });

  it('knows its chapters by name, and takes any other for the overview', () => {
    expect(chapterNamed('policies')).toBe('policies');
    expect(chapterNamed('nowhere')).toBeNull();
    expect(chapterNamed(null)).toBeNull();
  });
});

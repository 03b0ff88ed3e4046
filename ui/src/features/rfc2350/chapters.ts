// The plan of the document: its sections by chapter, and where each of them stands.
import type {
  Rfc2350, Rfc2350Chapter, Rfc2350FindingView, Rfc2350Section, Rfc2350SectionView, Rfc2350View,
} from '$lib/api/generated';

export const CHAPTERS: readonly Rfc2350Chapter[] = ['document', 'contact', 'charter', 'policies', 'services', 'forms', 'disclaimers'];

/** Whether the English says what the French says. */
export type English = 'not_needed' | 'missing' | 'behind' | 'current';

/** Where a section or a chapter stands; what comes first weighs most. */
export const STANDINGS = ['blocks', 'warns', 'english', 'left_out', 'complete'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface SectionState {
  view: Rfc2350SectionView;
  findings: readonly Rfc2350FindingView[];
  english: English;
  leftOut: boolean;
  standing: Standing;
}

export interface ChapterState {
  chapter: Rfc2350Chapter;
  /** From 1. */
  number: number;
  sections: readonly SectionState[];
  /** The worst of its sections. */
  standing: Standing;
}

/** The sections by chapter, in order, each with what was found in it. */
export function chapters(view: Rfc2350View): ChapterState[] {
  return CHAPTERS.map((chapter, place) => {
    const sections = view.sections.filter((section) => section.chapter === chapter).map((section) => stateOf(section, view));
    return { chapter, number: place + 1, sections, standing: worst(sections.map((section) => section.standing)) };
  });
}

function stateOf(section: Rfc2350SectionView, { document, findings }: Rfc2350View): SectionState {
  const here = findings.filter(({ finding }) => finding.section === section.section);
  const leftOut = document.not_applicable.includes(section.section);
  const english = leftOut ? 'not_needed' : englishOf(section, document, here);
  return { view: section, findings: here, english, leftOut, standing: standing(here, leftOut) };
}

function standing(findings: readonly Rfc2350FindingView[], leftOut: boolean): Standing {
  if (findings.length === 0) return leftOut ? 'left_out' : 'complete';
  const only = findings.every(({ finding }) => finding.code === 'english_behind' || finding.code === 'english_missing');
  if (only) return 'english';
  return findings.some(({ finding }) => finding.level === 'blocks') ? 'blocks' : 'warns';
}

function englishOf(section: Rfc2350SectionView, document: Rfc2350, findings: readonly Rfc2350FindingView[]): English {
  const text = document.texts[section.section];
  if (section.kind === 'derived' || !text || text.fr === '') return 'not_needed';
  if (text.en === '') return 'missing';
  return findings.some(({ finding }) => finding.code === 'english_behind') ? 'behind' : 'current';
}

/** The one that weighs most; a chapter whose sections are all left out is complete all the same. */
export function worst(all: readonly Standing[]): Standing {
  const found = STANDINGS.find((each) => all.includes(each)) ?? 'complete';
  return found === 'left_out' ? 'complete' : found;
}

/** How many texts wait for their English. */
export function englishToRead(all: readonly ChapterState[]): number {
  return all.flatMap((each) => each.sections).filter(({ english }) => english === 'missing' || english === 'behind').length;
}

/** The chapter of a name in the address; null is the overview. */
export function chapterNamed(name: string | null): Rfc2350Chapter | null {
  return CHAPTERS.find((chapter) => chapter === name) ?? null;
}

/** The chapter of a section. */
export function chapterOf(view: Rfc2350View, section: Rfc2350Section): Rfc2350Chapter {
  return view.sections.find((each) => each.section === section)?.chapter ?? 'document';
}

import { describe, expect, it } from 'vitest';
import { piecesOf, said, type NodeLike } from './html';

const words = (value: string): NodeLike => ({ nodeType: 3, nodeName: '#text', nodeValue: value, childNodes: [] });
const element = (name: string, inside: NodeLike[], attributes: Record<string, string> = {}): NodeLike => ({
  nodeType: 1, nodeName: name, nodeValue: null, childNodes: inside, getAttribute: (each) => attributes[each] ?? null,
});
const body = (...inside: NodeLike[]) => piecesOf(element('BODY', inside));

describe('the HTML of a mail', () => {
  it('keeps its structure and no attribute', () => {
    const found = body(element('P', [words('Bonjour '), element('B', [words('Anne')], { onclick: 'alert(1)' })], { style: 'color:red' }));
    expect(found).toEqual([
      { of: 'p', text: '', inside: [{ of: 'text', text: 'Bonjour ', inside: [] }, { of: 'strong', text: '', inside: [{ of: 'text', text: 'Anne', inside: [] }] }] },
    ]);
  });

  it('drops what runs, styles, loads or asks', () => {
    for (const name of ['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'FORM', 'svg', 'LINK']) expect(body(element(name, [words('mauvais')])), name).toEqual([]);
    expect(said(body(element('IMG', [], { src: 'cid:1', alt: 'Logo' })))).toBe('[Logo]');
    expect(body(element('IMG', [], { src: 'cid:1' }))).toEqual([]);
  });

  it('writes the true target of a link beside its text', () => {
    expect(said(body(element('A', [words('votre banque')], { href: 'piege.example/x' })))).toContain('[piege.example/x]');
    expect(said(body(element('A', [words('banque.example')], { href: 'piege.example' })))).toContain('[piege.example]');
    expect(said(body(element('A', [words('a@b.example')], { href: 'mailto:a@b.example' })))).toBe('a@b.example');
  });

  it('loses no text of an element that it does not know', () => {
    expect(said(body(element('BLINK', [words('ici')])))).toBe('ici');
  });

  it('is cut where it nests without end', () => {
    let deep = words('fond');
    for (let level = 0; level < 500; level += 1) deep = element('DIV', [deep]);
    expect(said(body(deep))).toBe('');
  });
});

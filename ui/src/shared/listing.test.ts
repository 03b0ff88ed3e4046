import { createRawSnippet } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Listing from './Listing.svelte';

interface Thing {
  id: string;
}
const words = { search: 'Chercher', searchHint: 'Nom', list: 'Choses', count: (count: number) => `${count} en tout` };
const snippet = (html: string) => createRawSnippet(() => ({ render: () => html }));
const nothing = () => undefined;

function page(items: readonly Thing[] | null, failure: unknown = null, opened: string | null = null): string {
  const row = createRawSnippet<[Thing]>((thing) => ({ render: () => `<b>Rang ${thing().id}</b>` }));
  const { body } = render(Listing, {
    props: {
      words, items, failure, text: '', opened, onopen: nothing, onread: nothing,
      chips: snippet('<i>Filtres</i>'), row, empty: snippet('<p>Rien ici</p>'), children: snippet('<p>À côté</p>'),
    },
  });
  return body;
}
const options = (body: string) => [...body.matchAll(/<div id="([^"]+)" role="option"[^>]*aria-selected="(true|false)"/g)];

describe('a list with what is open beside it', () => {
  it('names its search and its rows, and tells which row is open and which the keys act on', () => {
    const body = page([{ id: 'a' }, { id: 'b' }], null, 'b');
    const field = /<label [^>]*for="([^"]+)">Chercher<\/label>/.exec(body)?.[1];
    expect(body).toContain(`<input id="${field}"`);
    expect(body).toContain('role="listbox" tabindex="0" aria-label="Choses"');
    const rows = options(body);
    expect(rows.map(([, , selected]) => selected)).toEqual(['false', 'true']);
    expect(body).toContain(`aria-activedescendant="${rows[0]?.[1]}"`);
    expect(body).toContain('Rang a');
    expect(body).toContain('2 en tout');
    expect(body).toContain('À côté');
  });

  it('says when there is nothing, and only once it knows', () => {
    expect(page([])).toContain('Rien ici');
    const waiting = page(null);
    expect(waiting).toContain('aria-busy="true"');
    expect(waiting).not.toContain('Rien ici');
    expect(waiting).not.toContain('en tout');
  });

  it('offers to read again after a failure, beside the rows it still has', () => {
    const failure = { code: 'internal', field: null, message: '' };
    for (const items of [null, [{ id: 'a' }]]) {
      const body = page(items, failure);
      expect(body).toContain('Réessayer');
      expect(body).not.toContain('aria-busy');
      expect(options(body)).toHaveLength(items === null ? 0 : 1);
    }
  });
});

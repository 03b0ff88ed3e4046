import { describe, expect, it } from 'vitest';
import type { Place } from '$lib/api/generated';
import { apart, around, dots, placeLabels, projectionOf, spread, WIDTH, type Box } from './geometry';

const NANTES: Place = { latitude: 47_218_370, longitude: -1_553_620 };
const ANGERS: Place = { latitude: 47_471_160, longitude: -551_850 };
const LE_MANS: Place = { latitude: 48_006_110, longitude: 199_560 };

describe('the map', () => {
  it('needs a place to be drawn', () => {
    expect(projectionOf([])).toBeNull();
    expect(projectionOf([NANTES])?.holds(NANTES)).toBe(true);
  });

  it('keeps distances: towns are as far apart as on the ground, within a hundredth and the rounding', () => {
    const map = projectionOf([NANTES, ANGERS, LE_MANS]);
    if (!map) throw new Error('no map');
    const km = (a: Place, b: Place) => {
      const [from, to] = [map.project(a), map.project(b)];
      return Math.hypot(to.x - from.x, to.y - from.y) / map.unitsPerKm;
    };
    // What the host rounds to whole kilometres.
    expect(Math.abs(km(NANTES, ANGERS) - 81)).toBeLessThan(0.5 + 0.81);
    expect(Math.abs(km(NANTES, LE_MANS) - 158)).toBeLessThan(0.5 + 1.58);
  });

  it('has north above and east on the right, and all within its frame', () => {
    const map = projectionOf([NANTES, ANGERS, LE_MANS]);
    if (!map) throw new Error('no map');
    expect(map.project(LE_MANS).y).toBeLessThan(map.project(NANTES).y);
    expect(map.project(LE_MANS).x).toBeGreaterThan(map.project(NANTES).x);
    for (const { x, y } of [NANTES, ANGERS, LE_MANS].map(map.project)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(WIDTH);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(map.height);
    }
    expect(map.holds({ latitude: 48_856_610, longitude: 2_352_220 })).toBe(false);
  });

  it('draws all dots as one path', () => {
    expect(dots([{ x: 1, y: 2 }, { x: 3.14, y: 4 }])).toBe('M1.0 2.0h0M3.1 4.0h0');
  });

  it('puts names side by side, not over one another nor over a mark', () => {
    const frame = { width: WIDTH, height: 300 };
    // Three firms in and around one town, another at the eastern edge.
    const marks = [{ x: 200, y: 150 }, { x: 210, y: 158 }, { x: 204, y: 166 }, { x: 405, y: 40 }];
    const labels = marks.map((mark, place) => ({ ...mark, text: ['Nantes, 0 km', 'Rezé, 4 km', 'Orvault, 7 km', 'Le Mans, 158 km'][place] ?? '', gap: 12 }));
    const boxes = marks.map((mark) => around(mark, 8));
    const placed = placeLabels(labels, boxes, frame);
    const apartFrom = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    placed.forEach(({ box }, place) => {
      expect(box.left >= 0 && box.right <= frame.width && box.top >= 0 && box.bottom <= frame.height).toBe(true);
      for (const other of placed.slice(place + 1)) expect(apartFrom(box, other.box)).toBe(true);
      for (const mark of boxes) expect(apartFrom(box, mark)).toBe(true);
    });
    expect(placed[3]?.anchor).toBe('end');
  });

  it('puts a name that is alone on the right of its mark', () => {
    expect(placeLabels([{ x: 50, y: 50, text: 'Angers', gap: 12 }], [around({ x: 50, y: 50 }, 8)], { width: WIDTH, height: 300 })[0]).toMatchObject({ x: 62, y: 53.7, anchor: 'start' });
  });

  it('pushes the marks of neighbouring towns off one another and off the beneficiary', () => {
    const centre = { x: 100, y: 100 };
    const moved = spread([{ x: 100, y: 106 }, { x: 95, y: 94 }, { x: 96, y: 97 }, { x: 300, y: 40 }], 17, centre);
    moved.forEach((mark, place) => {
      expect(Math.hypot(mark.x - centre.x, mark.y - centre.y)).toBeGreaterThan(16);
      for (const other of moved.slice(place + 1)) expect(Math.hypot(mark.x - other.x, mark.y - other.y)).toBeGreaterThan(16);
    });
    expect(moved[3]).toEqual({ x: 300, y: 40 });
    expect(spread([{ x: 5, y: 5 }], 17, null)).toEqual([{ x: 5, y: 5 }]);
  });

  it('moves firms of one town apart and leaves the others', () => {
    const moved = apart([{ x: 10, y: 10 }, { x: 10, y: 10 }, { x: 50, y: 50 }], 17);
    const [a, b, c] = moved;
    if (!a || !b || !c) throw new Error('a mark is missing');
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(17 - 1e-9);
    expect(c).toEqual({ x: 50, y: 50 });
  });
});

// The map of the region: plain equirectangular, narrowed by the cosine of its middle latitude.
import type { Place } from '$lib/api/generated';

/** Kilometres of one degree of latitude, on the mean sphere. */
const KM_PER_DEGREE = 111.195;
/** Width of the drawing, in its own units. */
export const WIDTH = 416;
const MARGIN = 14;

export interface Point {
  x: number;
  y: number;
}

export interface Projection {
  width: number;
  height: number;
  /** Units of the drawing in one kilometre. */
  unitsPerKm: number;
  project: (place: Place) => Point;
  holds: (place: Place) => boolean;
}

/** The drawing that holds all of the places; null for none. */
export function projectionOf(places: readonly Place[]): Projection | null {
  if (places.length === 0) return null;
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { latitude, longitude } of places) {
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  // Microdegrees in; a single place still gets a map of some kilometres around it.
  const narrowing = Math.cos((((south + north) / 2e6) * Math.PI) / 180);
  const kmAcross = Math.max(((east - west) / 1e6) * narrowing * KM_PER_DEGREE, 20);
  const kmDown = Math.max(((north - south) / 1e6) * KM_PER_DEGREE, 20);
  // A tall region is made to fit, so that the map stays beside its list.
  const unitsPerKm = Math.min((WIDTH - 2 * MARGIN) / kmAcross, (WIDTH - 2 * MARGIN) / kmDown);
  const left = (WIDTH - kmAcross * unitsPerKm) / 2;
  const project = ({ latitude, longitude }: Place): Point => ({
    x: left + ((longitude - west) / 1e6) * narrowing * KM_PER_DEGREE * unitsPerKm,
    y: MARGIN + ((north - latitude) / 1e6) * KM_PER_DEGREE * unitsPerKm,
  });
  const height = kmDown * unitsPerKm + 2 * MARGIN;
  const holds = (place: Place) => {
    const { x, y } = project(place);
    return x >= 0 && x <= WIDTH && y >= 0 && y <= height;
  };
  return { width: WIDTH, height, unitsPerKm, project, holds };
}

/** One path for all dots: a line of no length has round ends. */
export function dots(points: readonly Point[]): string {
  return points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('');
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A name beside a mark. */
export interface Label extends Point {
  text: string;
  /** From the middle of the mark to the name, units of the drawing. */
  gap: number;
}

export interface PlacedLabel {
  /** Where the line of writing begins, ends or has its middle. */
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  box: Box;
}

/** Width of a letter and height of a line at the size of the names, units of the drawing: a little too large rather than too small. */
const LETTER = 5.5;
const LINE = 12;
/** Where a name goes that finds no room beside its mark: up or down by lines, then further off. */
const STEPS: readonly number[] = [-LINE, LINE, -2 * LINE, 2 * LINE];
const SHIFTS: readonly number[] = [0, 8, 16];

const overlap = (a: Box, b: Box) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
export const around = ({ x, y }: Point, radius: number): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

function candidates({ x, y, text, gap }: Label): PlacedLabel[] {
  const width = text.length * LETTER;
  const at = (left: number, middle: number, anchor: PlacedLabel['anchor']): PlacedLabel => ({
    x: anchor === 'start' ? left : anchor === 'end' ? left + width : left + width / 2,
    y: middle + 3.7,
    anchor,
    box: { left, right: left + width, top: middle - LINE / 2, bottom: middle + LINE / 2 },
  });
  const [right, left, centred] = [x + gap, x - gap - width, x - width / 2];
  return [
    at(right, y, 'start'),
    at(left, y, 'end'),
    at(centred, y - gap - LINE / 2 + 3, 'middle'),
    at(centred, y + gap + LINE / 2 - 3, 'middle'),
    ...SHIFTS.flatMap((shift) => STEPS.flatMap((step) => [at(right + shift, y + step, 'start'), at(left - shift, y + step, 'end')])),
  ];
}

/** Puts each name where it covers no mark, no other name and stays in the frame; else where it covers least. The first come first. */
export function placeLabels(labels: readonly Label[], marks: readonly Box[], frame: { width: number; height: number }): PlacedLabel[] {
  const taken = [...marks];
  return labels.map((label) => {
    const cost = ({ box }: PlacedLabel) => {
      const whole = (box.right - box.left) * (box.bottom - box.top);
      const inside = overlap(box, { left: 0, right: frame.width, top: 0, bottom: frame.height });
      // What is cut off by the frame is worse than what is crossed.
      return taken.reduce((sum, other) => sum + overlap(box, other), 0) + 4 * (whole - inside);
    };
    const tried = candidates(label).map((place) => ({ place, cost: cost(place) }));
    const best = tried.reduce((least, each) => (each.cost < least.cost - 1e-6 ? each : least));
    taken.push(best.place.box);
    return best.place;
  });
}

/** Pushes marks off one another and off a fixed point, no further than it takes; the same marks always end in the same places. */
export function spread<T extends Point>(marks: readonly T[], distance: number, fixed: Point | null): T[] {
  const moved = marks.map((mark) => ({ ...mark }));
  const push = (mark: Point, from: Point, share: number) => {
    const [dx, dy] = [mark.x - from.x, mark.y - from.y];
    const far = Math.hypot(dx, dy);
    if (far >= distance) return;
    // Marks of the very same place have no direction of their own: they part to the right.
    const [ux, uy] = far < 1e-6 ? [1, 0] : [dx / far, dy / far];
    mark.x += ux * (distance - far) * share;
    mark.y += uy * (distance - far) * share;
  };
  for (let turn = 0; turn < 40; turn += 1) {
    moved.forEach((mark, place) => {
      for (const other of moved.slice(place + 1)) {
        const before = { ...mark };
        push(mark, other, 0.5);
        push(other, before, 0.5);
      }
      if (fixed) push(mark, fixed, 1);
    });
  }
  return moved;
}

/** Moves marks of the same place apart, in a ring around it; the others stay where they are. */
export function apart<T extends Point>(marks: readonly T[], distance: number): T[] {
  const groups = new Map<string, number>();
  const keyOf = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  for (const mark of marks) groups.set(keyOf(mark), (groups.get(keyOf(mark)) ?? 0) + 1);
  const turns = new Map<string, number>();
  return marks.map((mark) => {
    const key = keyOf(mark);
    const count = groups.get(key) ?? 1;
    if (count === 1) return mark;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    // Neighbours on the ring stand a distance from each other.
    const radius = Math.max(distance / 2, (count * distance) / (2 * Math.PI));
    const angle = (2 * Math.PI * turn) / count - Math.PI / 2;
    return { ...mark, x: mark.x + radius * Math.cos(angle), y: mark.y + radius * Math.sin(angle) };
  });
}

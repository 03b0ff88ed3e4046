// The dots behind the unlock screen: a band that goes from one relay to the other, as in the mark. No map, no chance.
const WIDTH = 416;
const HEIGHT = 400;
const STEP = 13;
const BAND = 92;

export interface Dots {
  width: number;
  height: number;
  /** Dots as strokes of no length, by thickness. */
  layers: { thickness: number; path: string }[];
}

/** Height of the middle of the band. */
function middle(x: number): number {
  const along = (x / WIDTH) * 2 - 1;
  return HEIGHT / 2 - 120 * along - 62 * Math.sin(along * Math.PI * 1.6);
}

/** The same point always moves by the same little. */
function jitter(a: number, b: number): number {
  const wave = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
  return (wave - Math.floor(wave) - 0.5) * STEP * 0.62;
}

export function relayDots(): Dots {
  const thick: Record<number, string[]> = { 3.4: [], 2.6: [], 1.8: [] };
  for (let row = 0; row * STEP < HEIGHT + STEP; row += 1) {
    for (let column = 0; column * STEP < WIDTH + STEP; column += 1) {
      const x = column * STEP + (row % 2) * (STEP / 2) + jitter(row, column);
      const y = row * STEP * 0.9 + jitter(column + 7, row);
      const away = Math.abs(y - middle(x)) / BAND;
      if (away > 1 + jitter(row + 3, column + 5) / STEP) continue;
      const thickness = away < 0.34 ? 3.4 : away < 0.72 ? 2.6 : 1.8;
      thick[thickness]?.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    }
  }
  const layers = Object.entries(thick).map(([thickness, dots]) => ({ thickness: Number(thickness), path: dots.join('') }));
  return { width: WIDTH, height: HEIGHT, layers };
}

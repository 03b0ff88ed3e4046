// The names behind the codes of communes and activities, looked up once.
import { api } from '$lib/api/client';
import type { CommuneView, NafView } from '$lib/api/generated';

const communes = new Map<string, Promise<CommuneView | null>>();
const activities = new Map<string, Promise<NafView | null>>();

/** « Les Herbiers (85) ». */
export function placeName(commune: CommuneView): string {
  return `${commune.name} (${commune.department})`;
}

/** The commune of an INSEE code. */
export function communeOf(insee: string): Promise<CommuneView | null> {
  let found = communes.get(insee);
  if (!found) {
    found = api.communes(insee).then(
      (all) => all.find((each) => each.insee === insee) ?? null,
      () => null,
    );
    communes.set(insee, found);
  }
  return found;
}

/** The activity of a NAF code. */
export function activityOf(code: string): Promise<NafView | null> {
  let found = activities.get(code);
  if (!found) {
    found = api.naf(code).then(
      (all) => all.find((each) => each.code === code) ?? null,
      () => null,
    );
    activities.set(code, found);
  }
  return found;
}

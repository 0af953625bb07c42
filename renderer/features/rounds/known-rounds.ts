// All rounds by name, the newest first: for choosing one.
import type { ListRow } from '../../../contract/lists.ts';
import { api } from '../../desk/client.ts';
import { useFetched, type Fetched } from '../../desk/fetching.ts';

/** A round that may be chosen. */
export interface KnownRound {
  id: string;
  no: number;
  name: string;
}

const known = ({ id, values }: ListRow): KnownRound => ({
  id,
  no: Number(values['no'] ?? 0),
  name: String(values['name'] ?? ''),
});

/** Rounds, fetched again after each write. */
export const useKnownRounds = (): Fetched<KnownRound[]> =>
  useFetched(async () =>
    (await api.lists.list({ kind: 'round', columns: ['name', 'no'], page: { limit: 200 } })).rows.map(known),
  );

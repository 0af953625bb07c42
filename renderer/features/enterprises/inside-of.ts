// What an enterprise that is found on the premises of another is told with: where it lies, and who lets to it.
import { LETTING_KINDS } from '../../../domain/enterprises/vocabulary.ts';
import type { FieldContent } from '../../components/record-fields.ts';

const PLACE = ['townId', 'villageId', 'parkId', 'parcelId', 'buildingId', 'address', 'landClass'] as const;

/** Values of a new enterprise inside of another; who rents in a building is no factory inside of a factory. */
export function insideOf(
  hostId: string,
  host: Readonly<Record<string, FieldContent | undefined>>,
  owner: FieldContent = null,
): Record<string, FieldContent> {
  const place = Object.fromEntries(PLACE.flatMap((field) => (host[field] ? [[field, host[field]]] : [])));
  // Who owns its premises lets them; whoever rents them sublets. The owner of a building stands in its own file.
  const isLetting = LETTING_KINDS.includes(String(host['objectKind']));
  const rented = {
    premisesKind: isLetting || host['premisesKind'] === 'owned' ? 'leased' : 'sublet',
    landlord: (isLetting ? owner : null) ?? host['name'] ?? null,
    lessorKind: 'enterprise',
  };
  return {
    ...place,
    ...rented,
    hostEnterpriseId: hostId,
    isFactoryInFactory: !isLetting,
  };
}

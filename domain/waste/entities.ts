// Wastes of an enterprise: what, where it is kept, how it left.
import { wasteStorage } from './storage.ts';
import { wasteStream } from './streams.ts';
import { wasteTransfer } from './transfers.ts';

export { wasteStorage, wasteStream, wasteTransfer };

export const WASTE_ENTITIES = [wasteStream, wasteStorage, wasteTransfer] as const;

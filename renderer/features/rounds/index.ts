// Inspection rounds: the list and the board of who visits what.
export { useKnownRounds } from './known-rounds.ts';
export { handOverEnterprises } from './chosen-enterprises.ts';

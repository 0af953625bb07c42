// The list one came from, so that the page of a finding knows the next one and "7 / 41".
import { shallowRef } from 'vue';
import type { FindingFilter } from '../../../contract/findings.ts';
import type { SortBy } from '../../components/row-pages.ts';

/** Conditions, order and name of the list; without one the open findings are meant. */
export const listContext = shallowRef<{ filter: FindingFilter; sort: SortBy | null; name: string }>({ filter: { open: true }, sort: null, name: '未销号' });

// What every row of an enterprise's file says of itself: whose it is, that it goes with it, and where it is met.
import type { DossierFacet, Facets, FileFacet } from '../dictionary/facets.ts';
import { flag, reference } from '../dictionary/field.ts';

/** The shape of a row that belongs to an enterprise. */
export const ofEnterprise = { home: { follow: ['enterpriseId'] }, parent: 'enterpriseId', shape: 'child' } as const;
/** The shape of a form that an enterprise has once. */
export const blockOfEnterprise = { ...ofEnterprise, shape: 'extension' } as const;
/** The enterprise that it belongs to. */
export const enterpriseId = reference('enterprise', { label: '企业', required: 'F' });
/** A row that was taken from what is usual in the trade, until somebody saw it at the place (`unseen` of its kind). */
export const unseen = flag({
  label: '待现场核实',
  since: 6,
  help: '按行业提示收进，还没有到现场看过：核实后去掉',
});

/** What rows of the file decline unless they say otherwise. */
const PLAIN = {
  timeline: null,
  register: null,
  search: null,
  page: { within: 'enterpriseId' },
  write: 'plain',
  travels: 'parent',
} as const satisfies Partial<Facets>;

/** What a row of the file says in any case. */
type Stated = Pick<Facets, 'since' | 'attach'> & {
  readonly file: FileFacet | null;
  readonly dossier: DossierFacet | null;
};

/** Facets of rows that are met in the file of their enterprise; what a kind has besides is stated with them. */
export const fileFacets = <const X extends Partial<Facets> & Stated>(own: X) =>
  ({ ...PLAIN, ...own }) as Omit<typeof PLAIN, keyof X> & X;

// Entries of the navigation at the left, in their order; only what exists. The kinds of record in a room follow from their facets.
import type { PageFacet } from '../../domain/dictionary/facets.ts';
import { ENTITIES } from '../../domain/entities.ts';

/** A page in a room. */
export interface RailPage {
  path: string;
  label: string;
}

/** One entry; `prefixes` are the addresses for which it is lit. */
export interface RailEntry {
  path: string;
  label: string;
  icon: string;
  prefixes: readonly string[];
  count?: 'today' | 'openFindings';
  /** Small entries below, shown while this one is lit. */
  children?: readonly RailPage[];
  gapBefore?: boolean;
  atBottom?: boolean;
}

/** A room: pages that no kind of record stands for, and the kinds whose facet names it. */
interface Room extends Pick<RailEntry, 'label' | 'icon' | 'count' | 'gapBefore' | 'atBottom'> {
  id: string;
  /** Pages of its own, before those of the kinds. */
  pages?: readonly RailPage[];
  /** Pages of its own that stand after those of the kinds. */
  after?: readonly RailPage[];
  /** Further addresses for which it is lit. */
  also?: readonly string[];
}

const NAMED_ROOMS: readonly Room[] = [
  { id: 'today', label: '今日', icon: 'today', count: 'today', pages: [{ path: '/today', label: '今日' }] },
  {
    id: 'enterprises',
    label: '企业档案',
    icon: 'ent',
    after: [{ path: '/quality', label: '数据质量' }],
    also: ['/registers'],
  },
  { id: 'inspections', label: '检查', icon: 'insp' },
  { id: 'findings', label: '问题闭环', icon: 'find', count: 'openFindings' },
  { id: 'services', label: '培训咨询', icon: 'train' },
  { id: 'statistics', label: '统计', icon: 'stat', gapBefore: true, pages: [{ path: '/statistics', label: '统计' }] },
  { id: 'reports', label: '报告', icon: 'rep', pages: [{ path: '/reports', label: '出报告' }] },
  { id: 'knowledge', label: '知识库', icon: 'know', pages: [{ path: '/knowledge', label: '知识库' }] },
  {
    id: 'handoff',
    label: '交换与备份',
    icon: 'swap',
    gapBefore: true,
    pages: [{ path: '/handoff', label: '交换' }],
    also: ['/backup'],
  },
  {
    id: 'settings',
    label: '设置',
    icon: 'set',
    atBottom: true,
    pages: [{ path: '/settings', label: '设置' }],
    also: ['/history'],
  },
];

/** A kind whose facet names a room that nobody else has gets one of its own, with its label and sign. */
const ROOMS_OF_KINDS: readonly Room[] = ENTITIES.flatMap(({ label, facets: { page, search } }) => {
  if (!page || !('route' in page) || NAMED_ROOMS.some((room) => room.id === page.room)) return [];
  return [{ id: page.room, label, icon: search && 'icon' in search ? search.icon : 'doc' }];
});

/** Rooms of kinds stand after those that lead to the work, before those that tell of it. */
const BEFORE = NAMED_ROOMS.findIndex((room) => room.id === 'statistics');
const ROOMS: readonly Room[] = [...NAMED_ROOMS.slice(0, BEFORE), ...ROOMS_OF_KINDS, ...NAMED_ROOMS.slice(BEFORE)];

const pagesOfKinds = (room: string): RailPage[] =>
  ENTITIES.flatMap(({ name, label, facets }) => {
    const page: PageFacet | null = facets.page;
    if (page?.room !== room) return [];
    return [{ label, order: 0, route: `/records/${name}`, ...page }];
  })
    .sort((a, b) => a.order - b.order)
    .map((page) => ({ path: page.route, label: page.label }));

function entryOf({ id, pages = [], after = [], also = [], ...look }: Room): RailEntry[] {
  const kinds = pagesOfKinds(id).filter((kind) => !pages.some((own) => kind.path.startsWith(`${own.path}/`)));
  const all = [...pages, ...kinds, ...after];
  const [first] = all;
  if (!first) return [];
  return [
    {
      ...look,
      path: first.path,
      prefixes: [...all.map((page) => page.path), ...also],
      ...(all.length > 1 && { children: all }),
    },
  ];
}

/** Rooms with something in them. */
export const RAIL: readonly RailEntry[] = ROOMS.flatMap(entryOf);

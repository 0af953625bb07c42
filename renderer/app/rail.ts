// Entries of the navigation at the left, in their order; only what exists.

/** One entry; `prefixes` are the addresses for which it is lit. */
export interface RailEntry {
  path: string; label: string; icon: string; prefixes: readonly string[]; count?: 'today' | 'openFindings';
  /** Small entries below, shown while this one is lit. */
  children?: readonly { path: string; label: string }[];
  gapBefore?: boolean; atBottom?: boolean;
}

export const RAIL: readonly RailEntry[] = [
  { path: '/today', label: '今日', icon: 'today', prefixes: ['/today'], count: 'today' },
  { path: '/enterprises', label: '企业档案', icon: 'ent', prefixes: ['/enterprises', '/registers'] },
  { path: '/rounds', label: '检查', icon: 'insp', prefixes: ['/rounds', '/visits'], children: [{ path: '/rounds', label: '计划与轮次' }, { path: '/visits', label: '现场检查' }] },
  { path: '/findings', label: '问题闭环', icon: 'find', prefixes: ['/findings'], count: 'openFindings' },
  { path: '/training', label: '培训咨询', icon: 'train', prefixes: ['/training'] },
  { path: '/statistics', label: '统计', icon: 'stat', prefixes: ['/statistics'], gapBefore: true },
  { path: '/reports', label: '报告', icon: 'rep', prefixes: ['/reports'] },
  { path: '/knowledge', label: '知识库', icon: 'know', prefixes: ['/knowledge'] },
  { path: '/handoff', label: '交换与备份', icon: 'swap', prefixes: ['/handoff', '/backup'], gapBefore: true },
  { path: '/settings', label: '设置', icon: 'set', prefixes: ['/settings', '/history'], atBottom: true },
];

// Areas as a tree to tick: a tick on a town takes its villages along.

/** One area. */
export interface AreaRow {
  id: string;
  name: string;
  parentId: string | null;
}

/** An area in reading order, with how deep it stands and all that lies in it. */
export interface AreaNode extends AreaRow {
  depth: number;
  within: string[];
}

/** Areas in tree order. A parent that is missing, or a circle, makes a root. */
export function areaNodes(rows: readonly AreaRow[]): AreaNode[] {
  const known = new Set(rows.map((row) => row.id));
  const under = new Map<string, AreaRow[]>();
  for (const row of rows) {
    const key = row.parentId !== null && row.parentId !== row.id && known.has(row.parentId) ? row.parentId : '';
    under.set(key, [...(under.get(key) ?? []), row]);
  }
  const nodes: AreaNode[] = [];
  const placed = new Set<string>();
  const walk = (row: AreaRow, depth: number): string[] => {
    if (placed.has(row.id)) return [];
    placed.add(row.id);
    const node: AreaNode = { ...row, depth, within: [] };
    nodes.push(node);
    node.within = (under.get(row.id) ?? []).flatMap((child) => [child.id, ...walk(child, depth + 1)]);
    return node.within;
  };
  for (const row of under.get('') ?? []) walk(row, 0);
  for (const row of rows) walk(row, 0);
  return nodes;
}

/** Whether an area is ticked: all of it, some of it, nothing. */
export function tickOf(node: AreaNode, chosen: ReadonlySet<string>): 'all' | 'some' | 'none' {
  if (chosen.has(node.id)) return 'all';
  return node.within.some((id) => chosen.has(id)) ? 'some' : 'none';
}

/** Ticks or unticks an area with all that lies in it; what it lies in is no longer ticked as a whole. */
export function toggleArea(nodes: readonly AreaNode[], chosen: ReadonlySet<string>, id: string): Set<string> {
  const node = nodes.find((one) => one.id === id);
  const next = new Set(chosen);
  if (!node) return next;
  const off = next.has(id);
  for (const one of [id, ...node.within])
    if (off) next.delete(one);
    else next.add(one);
  for (const above of nodes.filter((one) => one.within.includes(id))) {
    if (off) next.delete(above.id);
    else if (above.within.every((one) => one === above.id || next.has(one))) next.add(above.id);
  }
  return next;
}

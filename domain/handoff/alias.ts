// Rows that were entered twice: edges between ids, and the one id under which a group is shown (hand-off design 6).

/** The smallest id of each group of ids that edges connect; ids that are their own root are left out. */
export function aliasRoots(edges: readonly (readonly [string, string])[]): Map<string, string> {
  const parent = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    let walk = id;
    while (walk !== root) {
      const up = parent.get(walk) ?? root;
      parent.set(walk, root);
      walk = up;
    }
    return root;
  };
  for (const [a, b] of edges) {
    const [x, y] = [find(a), find(b)];
    const [low, high] = x < y ? [x, y] : [y, x];
    parent.set(low, low);
    parent.set(high, low);
    if (!parent.has(a)) parent.set(a, low);
    if (!parent.has(b)) parent.set(b, low);
  }
  const roots = new Map<string, string>();
  for (const id of parent.keys()) {
    const root = find(id);
    if (root !== id) roots.set(id, root);
  }
  return roots;
}

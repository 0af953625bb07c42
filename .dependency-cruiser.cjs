// The arrows of the house (docs: architecture). Every rule is an error and none has a list of exceptions.
// Type-only imports count as imports: a layer that needs another's types depends on it.

const HOUSE = ['domain', 'contract', 'services', 'db', 'host', 'renderer', 'electron'];
const OUTSIDE = ['scripts', 'bench', 'tests'];

/** A layer may import itself and the layers named; every other folder of the house is out of reach. */
const layer = (name, ...reachable) => ({
  name: `layer-${name}`,
  comment: `${name}/ may import of the house only: ${[name, ...reachable].join(', ')}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: { path: `^(${[...HOUSE, ...OUTSIDE].filter((other) => ![name, ...reachable].includes(other)).join('|')})/` },
});

/** Inside `folder`, a capability sees of its siblings only their index.ts. */
const siblings = (folder) => ({
  name: `siblings-${folder.replace('/', '-')}`,
  comment: `capabilities in ${folder}/ import each other only through index.ts`,
  severity: 'error',
  from: { path: `^${folder}/([^/]+)/` },
  to: { path: `^${folder}/[^/]+/`, pathNot: [`^${folder}/$1/`, `^${folder}/[^/]+/index\\.ts$`] },
});

/** In the window nothing reaches up: desk, then components (and charts), then features, then app. */
const windowFloor = (floor, ...above) => ({
  name: `window-${floor}`,
  comment: `renderer/${floor}/ imports nothing of ${above.join(', ')}`,
  severity: 'error',
  from: { path: `^renderer/${floor}/` },
  to: { path: `^renderer/(${above.join('|')})/` },
});

const NODE_BUILTIN = { dependencyTypes: ['core'] };

module.exports = {
  forbidden: [
    layer('domain'),
    layer('contract', 'domain'),
    layer('db', 'domain'),
    layer('services', 'db', 'contract', 'domain'),
    layer('host', 'services', 'db', 'contract', 'domain'),
    layer('renderer', 'contract', 'domain'),
    layer('electron', 'host'),
    {
      name: 'electron-starts-host',
      comment: 'the shell knows of the back end only how it is started: host/desktop.ts',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^host/', pathNot: '^host/desktop\\.ts$' },
    },
    {
      name: 'electron-only-in-shell',
      comment: 'nobody outside electron/ imports electron',
      severity: 'error',
      from: { pathNot: '^(electron|node_modules)/' },
      to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'shell-is-thin',
      comment: 'the shell needs Electron and Node, no other package',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(electron|@types/node)/' },
    },
    {
      name: 'store-only-in-db',
      comment: 'only db/ imports typeorm or better-sqlite3',
      severity: 'error',
      from: { pathNot: '^(db|node_modules)/' },
      to: { path: '(^|node_modules/)(typeorm|better-sqlite3|@types/better-sqlite3)(/|$)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ imports no package but zod',
      severity: 'error',
      from: { path: '^domain/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'contract-is-light',
      comment: 'contract/ is part of the window: zod and @orpc/contract only',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|@orpc/contract)/' },
    },
    windowFloor('desk', 'components', 'charts', 'features', 'app'),
    windowFloor('components', 'features', 'app'),
    windowFloor('charts', 'components', 'features', 'app'),
    windowFloor('features', 'app'),
    {
      name: 'no-node-in-window',
      comment: 'domain/, contract/ and renderer/ run in the window: no node builtins',
      severity: 'error',
      from: { path: '^(domain|contract|renderer)/' },
      to: NODE_BUILTIN,
    },
    {
      name: 'no-server-in-window',
      comment: 'renderer/ does not import what only the back end can run',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: 'node_modules/(@orpc/server|sharp|piscina|commander)/' },
    },
    {
      name: 'services-are-host-free',
      comment: 'services/ know neither HTTP nor sockets',
      severity: 'error',
      from: { path: '^services/' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(http|https|http2|net|tls|dgram|cluster)$' },
    },
    siblings('services'),
    siblings('renderer/features'),
    {
      name: 'no-cycles',
      comment: 'two files that import each other are one file, or three',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'what cannot be found cannot be checked',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shipped-with-the-product',
      comment: 'the back end runs from what is packed: no devDependencies (types apart)',
      severity: 'error',
      from: { path: '^(domain|contract|services|db|host)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    extraExtensionsToScan: ['.json'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.cts', '.vue', '.js', '.cjs', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

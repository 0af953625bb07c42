// The environment for the back end: without the switches that would make a Node process run somebody else's code.

const NOT_INHERITED = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ASAR',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
];

/** A copy without those switches, and without variables that are not set. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !NOT_INHERITED.includes(name.toUpperCase())) clean[name] = value;
  }
  return clean;
}

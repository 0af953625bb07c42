// Loaded before a program (`node --import`): ends the process with SIGKILL at the n-th time that it does something of a kind.
// STEWARD_KILL_AT = {"on": "open|rename|mkdir|exec|run|copy", "match": "part of the path or statement", "nth": 1, "after": false,
// "since": "part of a statement that must have run before"}
// `copy` is a step of SQLite's backup call, of ten pages: its first one finds the target empty, its last one before the end all but whole.
import sync from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

interface Moment {
  on: 'open' | 'rename' | 'mkdir' | 'exec' | 'run' | 'copy';
  match: string;
  nth?: number;
  after?: boolean;
  since?: string;
}

const moment = JSON.parse(process.env.STEWARD_KILL_AT ?? 'null') as Moment | null;
let left = moment?.nth ?? 1;
let waiting = moment?.since ?? null;

/** Whether this is the moment; each call counts. */
function isNow(on: Moment['on'], what: string): boolean {
  if (waiting !== null) {
    if (on === 'run' && what.includes(waiting)) waiting = null;
    return false;
  }
  if (moment?.on !== on || !what.includes(moment.match)) return false;
  left -= 1;
  return left === 0;
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

type Any = (...args: unknown[]) => unknown;

function around(
  target: Record<string, unknown>,
  name: string,
  on: Moment['on'],
  what: (args: unknown[], self: unknown) => string,
): void {
  const original = target[name] as Any;
  target[name] = function (this: unknown, ...args: unknown[]): unknown {
    const now = isNow(on, what(args, this));
    if (now && moment?.after !== true) die();
    const result = original.apply(this, args);
    if (!now) return result;
    return result instanceof Promise ? result.then(die) : die();
  };
}

if (moment) {
  for (const name of ['open', 'mkdir'] as const)
    around(fs as unknown as Record<string, unknown>, name, name, ([path]) => String(path));
  around(fs as unknown as Record<string, unknown>, 'rename', 'rename', ([, to]) => String(to));
  around(sync as unknown as Record<string, unknown>, 'renameSync', 'rename', ([, to]) => String(to));
  syncBuiltinESMExports();
  const proto = Database.prototype as unknown as Record<string, unknown>;
  const copy = proto.backup as Any;
  proto.backup = function (this: unknown, target: unknown): unknown {
    return copy.call(this, target, {
      progress: ({ remainingPages }: { remainingPages: number }) => {
        if (isNow('copy', `${String(target)} ${remainingPages}`)) die();
        return 10;
      },
    });
  };
  around(proto, 'exec', 'exec', ([sql]) => String(sql));
  const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Record<string, unknown>;
  around(statement, 'run', 'run', (_args, self) => (self as { source: string }).source);
}

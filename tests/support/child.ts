// Child processes of tests: their lines as they come, and a sure end.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child {
  process: ChildProcess;
  lines: string[];
  errors: () => string;
  line(test: (line: string, all: string[]) => boolean): Promise<string>;
  kill(): Promise<void>;
  exit(): Promise<number | null>;
}

/** Starts a script with the Node that runs the tests. */
export function startNode(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const w of [...waiting]) w();
  };
  let errors = '';
  let over = false;
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code]]) => {
    over = true;
    wake();
    return code as number | null;
  });
  return {
    process: child,
    lines,
    errors: () => errors,
    line: async (test) =>
      await new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((l) => test(l, lines));
          if (found !== undefined) {
            waiting.delete(look);
            resolve(found);
          } else if (over) {
            waiting.delete(look);
            reject(new Error(`ended without that line: ${errors}`));
          }
        };
        waiting.add(look);
        look();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    exit: async () => await ended,
  };
}

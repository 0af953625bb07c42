// A released version of the program, frozen as a bundle: its command line on a workspace of its own.
import { join } from 'node:path';
import { startNode } from './child.ts';

/** How a command of the older program ended. */
export interface OlderAnswer {
  code: number | null;
  errors: string;
  last: Record<string, unknown>;
}

/** Version `version` of the program with a workspace in `folder`. */
export class OlderReader {
  readonly workspace: string;
  readonly #folder: string;
  readonly #script: string;

  constructor(version: string, folder: string) {
    this.#script = join('tests', 'fixtures', `reader-${version}`, 'cli.js');
    this.#folder = folder;
    this.workspace = join(folder, 'workspace');
  }

  /** Runs a command. */
  async run(...args: string[]): Promise<OlderAnswer> {
    const child = startNode(this.#script, [...args, '--workspace', this.workspace, '--json'], {
      STEWARD_CONFIG: join(this.#folder, 'config'),
      STEWARD_TODAY: '2026-11-18',
    });
    const code = await child.exit();
    return { code, errors: child.errors(), last: JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown> };
  }

  /** Runs a command that must succeed. @throws with what it said */
  async done(...args: string[]): Promise<Record<string, unknown>> {
    const { code, errors, last } = await this.run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${errors}`);
    return last;
  }
}

// Planted faults in product modules: a module is mocked so that each of its functions can be replaced while a test runs.
type Any = (...args: never[]) => unknown;

const wrong = new Map<string, (real: Any) => Any>();

/**
 * The functions of a module, each to be replaced by `plant`; classes and values as they are. For the factory of `vi.mock`.
 * @example vi.mock('../../db/handoff/apply.ts', async (original) => (await import('../support/planted.ts')).replaceable(await original()));
 */
export function replaceable<T extends object>(module: T): T {
  const isFunction = (value: unknown): value is Any =>
    typeof value === 'function' && !String(value).startsWith('class');
  return Object.fromEntries(
    Object.entries(module).map(([name, real]) => [
      name,
      isFunction(real) ? (...args: never[]) => (wrong.get(name)?.(real) ?? real)(...args) : (real as unknown),
    ]),
  ) as T;
}

/** From now on the function of that name does what `fault` makes of it. */
export function plant<F extends Any>(name: string, fault: (real: F) => F): void {
  wrong.set(name, fault as never);
}

/** All functions are right again. */
export function unplant(): void {
  wrong.clear();
}

/** Runs work that must end in the report of a law. Returns what was reported: the law in brackets, and what was wrong. */
export async function reportOf(work: () => Promise<unknown>): Promise<string> {
  return await work().then(
    () => 'nothing was noticed',
    (error: Error) => error.message,
  );
}

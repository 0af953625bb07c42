// Which tests exist: one vitest project per layer, so that `vitest --project unit` names a layer.
import { defineConfig } from 'vitest/config';
import { HANG_MS, WAIT_MS } from './tests/support/limits.ts';

const layer = (name: string) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`] },
});

export default defineConfig({
  test: {
    globalSetup: './tests/support/shared-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: { timeout: WAIT_MS } },
    // Where the users are: a day taken from Greenwich shows.
    env: { TZ: 'Asia/Shanghai' },
    projects: [layer('unit'), layer('db'), layer('services'), layer('host'), layer('electron'), layer('e2e')],
  },
});

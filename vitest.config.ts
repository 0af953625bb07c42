// Which tests exist: one vitest project per layer, so that `vitest --project unit` names a layer.
import { defineConfig } from 'vitest/config';

const layer = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.ts`], testTimeout, hookTimeout: testTimeout * 2 },
});

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Where the users are: a day taken from Greenwich shows.
    env: { TZ: 'Asia/Shanghai' },
    projects: [
      layer('unit', 30_000),
      layer('db', 60_000),
      layer('services', 120_000),
      layer('host', 120_000),
      layer('electron', 120_000),
      layer('e2e', 120_000),
    ],
  },
});

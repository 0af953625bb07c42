import type { Desk } from '../workspace/index.ts';
export async function buildDemo(_d: Desk, _f: string, _c: { progress(done: number, total: number, step?: string): void; check(): void }): Promise<void> { await Promise.resolve(); throw new Error('being written'); }

// Global search: names, former names, shop signs, codes, contacts, pinyin and initials.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import { base } from './shared.ts';

export interface SearchHit {
  /** Name of its kind. */
  entity: string;
  id: string;
  parentId: string | null;
  title: string;
  detail: string;
  tail: string;
  matched: [number, number] | null;
}

export const search = {
  query: base
    .input(z.object({ text: z.string().max(100), limit: z.int().min(1).max(50).default(12) }))
    .output(typed<{ hits: SearchHit[]; total: number }>()),
};

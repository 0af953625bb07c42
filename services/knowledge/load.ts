// Loads the built-in content of resources/content into the store: uncaptured, read-only, with ids made of its own.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checklist,
  checklistAspect,
  checklistForKind,
  checklistItem,
  checklistItemBasis,
  checklistItemKind,
  law,
  legalBasis,
} from '../../domain/knowledge/entities.ts';
import { naturalId, type Store, type Writer } from '../../db/index.ts';
import { loadDuties, type DutyFile, type WorkdayFile } from './load-duties.ts';
import { upsert } from './upsert.ts';
import type { Fact } from '../../domain/knowledge/facts.ts';

interface LawFile {
  laws: {
    id: string;
    title: string;
    shortTitle?: string;
    documentNumber?: string;
    level?: string;
    issuer?: string;
    issuedDate?: string;
    effectiveDate?: string;
    repealedDate?: string;
    status: string;
    metadataConfidence?: string;
    note?: string;
    articles: {
      id: string;
      no: string;
      label: string;
      kind?: string;
      summary: string;
      confidence: string;
      replacedBy?: { lawId: string; article: string }[];
    }[];
  }[];
}
interface ChecklistFile {
  scoringRules: Record<string, unknown>;
  templates: {
    id: string;
    code: string;
    name: string;
    description: string;
    version: string;
    scoring?: string;
    aspects: { id: string; name: string; order: number }[];
    items: {
      id: string;
      aspectId: string;
      text: string;
      howToCheck?: string;
      applicability: { objectKinds: string[]; condition?: string; requires?: unknown };
      category: string;
      handlingClass: string;
      findingWording?: string;
      suggestion?: string;
      deadlineDays?: number;
      weight: number;
      villageMayVerify?: boolean;
      legalBasis: { lawId: string; article: string }[];
      /** What applied before the code of 2026. */
      legalBasisBefore?: { lawId: string; article: string }[];
    }[];
  }[];
}
interface ClassificationFile {
  objectKinds: { id: string; defaultTemplates?: string[] }[];
}

const ARTICLE_KIND: Record<string, string> = { 义务: 'duty', 罚则: 'penalty', 规则: 'rule' };
const UNCHECKED = /待核/;

const articleCode = (a: { lawId: string; article: string }) => `${a.lawId}#${a.article}`;

async function loadLaws(tx: Writer, file: LawFile): Promise<void> {
  for (const [place, l] of file.laws.entries()) {
    const lawId = await upsert(tx, law, [l.id], {
      code: l.id,
      title: l.title,
      shortTitle: l.shortTitle,
      documentNumber: l.documentNumber,
      lawLevel: l.level,
      issuer: l.issuer,
      issuedDate: l.issuedDate,
      effectiveDate: l.effectiveDate,
      repealedDate: l.repealedDate,
      status: l.status,
      note: l.note,
      seq: place + 1,
      isUnchecked:
        UNCHECKED.test(l.status) || (l.metadataConfidence !== undefined && l.metadataConfidence !== 'verified'),
    });
    for (const [at, a] of l.articles.entries()) {
      await upsert(tx, legalBasis, [a.id], {
        code: a.id,
        lawId,
        no: a.no,
        label: a.label,
        kind: a.kind ? ARTICLE_KIND[a.kind] : null,
        summary: a.summary,
        confidence: a.confidence === 'verified' ? 'verified' : 'from_memory',
        replacedByCodes: a.replacedBy?.map(articleCode).join(' ') || null,
        seq: at + 1,
      });
    }
  }
}

async function loadChecklists(tx: Writer, file: ChecklistFile): Promise<void> {
  for (const [place, t] of file.templates.entries()) {
    const checklistId = await upsert(tx, checklist, [t.id], {
      code: t.id,
      name: t.name,
      description: t.description,
      version: t.version,
      scoring: t.scoring ? JSON.stringify(file.scoringRules[t.scoring] ?? null) : null,
      seq: place + 1,
    });
    for (const a of t.aspects)
      await upsert(tx, checklistAspect, [a.id], { code: a.id, checklistId, seq: a.order, name: a.name });
    for (const [seq, i] of t.items.entries()) {
      const itemId = await upsert(tx, checklistItem, [i.id], {
        code: i.id,
        checklistId,
        aspectId: naturalId(checklistAspect, i.aspectId),
        seq: seq + 1,
        text: i.text,
        howToCheck: i.howToCheck,
        condition: i.applicability.condition,
        requires: i.applicability.requires ? JSON.stringify(i.applicability.requires) : null,
        category: i.category,
        handlingClass: i.handlingClass,
        findingWording: i.findingWording,
        suggestion: i.suggestion,
        deadlineDays: i.deadlineDays ?? null,
        weight: i.weight,
        villageMayVerify: i.villageMayVerify ?? false,
      });
      for (const kind of i.applicability.objectKinds)
        await upsert(tx, checklistItemKind, [itemId, kind], { itemId, objectKind: kind });
      const now = new Set(i.legalBasis.map(articleCode));
      const before = (i.legalBasisBefore ?? []).filter((b) => !now.has(articleCode(b)));
      for (const [n, b] of [...i.legalBasis, ...before].entries()) {
        await upsert(tx, checklistItemBasis, [itemId, articleCode(b)], {
          itemId,
          legalBasisId: naturalId(legalBasis, articleCode(b)),
          seq: n + 1,
          isEarlier: n >= i.legalBasis.length,
        });
      }
    }
  }
}

/** What rows are made of the files: another one loads them anew. */
const FORM = '5';

/** Loads laws and checklists when their files differ from what the store holds. Takes the write lane for about a second the first time. */
export async function loadBuiltinContent(store: Store, resources: string): Promise<boolean> {
  const names = ['laws', 'checklists', 'classifications', 'duties', 'facts', 'workdays'].map((n) => `${n}.json`);
  const files = await Promise.all(names.map(async (n) => await readFile(join(resources, 'content', n), 'utf8')));
  const hash = createHash('sha256')
    .update([FORM, ...files].join('\0'))
    .digest('hex');
  const held = await store.read.sqlOne<{ value: string }>("SELECT value FROM store_setting WHERE key = 'content'");
  if (held?.value === hash || store.readOnlyReason) return false;
  const [laws, checklists, classifications, duties, facts, workdays] = files.map((f) => JSON.parse(f) as unknown) as [
    LawFile,
    ChecklistFile,
    ClassificationFile,
    DutyFile,
    { facts: Fact[] },
    WorkdayFile,
  ];
  await store.withoutCapture(async (tx) => {
    await loadLaws(tx, laws);
    await loadChecklists(tx, checklists);
    await loadDuties(tx, duties, facts.facts, workdays);
    for (const kind of classifications.objectKinds) {
      for (const [seq, code] of (kind.defaultTemplates ?? []).entries()) {
        const checklistId = naturalId(checklist, code);
        await upsert(tx, checklistForKind, [checklistId, kind.id], { checklistId, objectKind: kind.id, seq: seq + 1 });
      }
    }
    await tx.execute(
      "INSERT INTO store_setting(key, value) VALUES ('content', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
      [hash],
    );
  });
  return true;
}

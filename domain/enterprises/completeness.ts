// Completeness of an enterprise file: which fields a complete file (建档) needs and which are missing (domain reference 2.2, 4.2).
import { fieldsOf } from '../dictionary/entity.ts';
import { contact, enterprise } from './entities.ts';
import { FILE_SECTIONS } from './vocabulary.ts';
import { eiaProject, permit } from '../formalities/entities.ts';

/** What the file must say, beside the enterprise's own fields. */
export interface FileFacts {
  row: Record<string, unknown>;
  contacts: number;
  environmentManagers: number;
  /** Class of the newest EIA and permit row, null when there is none. */
  eiaKind: string | null;
  permitClass: string | null;
}

/** A field that is still needed. */
export interface Missing { section: string; sectionLabel: string; entity: string; field: string; label: string }

/** How complete a file is: integers, and what is missing. */
export interface Completeness { filled: number; required: number; percent: number; missing: Missing[] }

/** Fields that the light profile of micro firms and laboratories does not ask for (domain reference 2.2, LG-14). */
const LIGHT_SKIPS: readonly string[] = ['industryCode', 'operatingStatusBasis', 'operatingStatusDate'];

const required = fieldsOf(enterprise).filter((f) => f.meta.required === 'A' && f.name !== 'villageId');

const isFilled = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && value !== 'unknown';

/** Judges a file. `not_applicable` is filled, `unknown` is not; a village or a park will do; a stated reason stands for a missing credit code. */
export function judgeCompleteness(facts: FileFacts): Completeness {
  const { row } = facts;
  const light = row.scale === 'micro' || row.objectKind === 'laboratory';
  const basic = (entity: string, field: string, label: string): Missing => ({ section: 'basic', sectionLabel: FILE_SECTIONS.labels.basic, entity, field, label });
  const formal = (entity: string, field: string, label: string): Missing => ({ section: 'formalities', sectionLabel: FILE_SECTIONS.labels.formalities, entity, field, label });
  const asked: [Missing, boolean][] = required
    .filter((f) => !(light && LIGHT_SKIPS.includes(f.name)))
    .map((f) => [
      basic('enterprise', f.name, f.meta.label),
      f.name === 'creditCode' ? isFilled(row.creditCode) || isFilled(row.creditCodeMissingReason) : isFilled(row[f.name]),
    ]);
  asked.push(
    [basic('enterprise', 'villageId', '村居或园区'), isFilled(row.villageId) || isFilled(row.parkId)],
    [basic('enterprise', 'operatingStatus', '经营状态'), isFilled(row.operatingStatus)],
    [basic(contact.name, 'name', '联系人'), facts.contacts > 0],
    [formal(eiaProject.name, 'documentKind', '环评情况'), isFilled(facts.eiaKind) && facts.eiaKind !== 'missing'],
    [formal(permit.name, 'managementClass', '排污许可情况'), isFilled(facts.permitClass) && facts.permitClass !== 'missing'],
  );
  if (!light) asked.push([basic(contact.name, 'post', '环保负责人'), facts.environmentManagers > 0]);
  const missing = asked.filter(([, ok]) => !ok).map(([m]) => m);
  const filled = asked.length - missing.length;
  return { filled, required: asked.length, percent: Math.floor((filled * 100) / asked.length), missing };
}

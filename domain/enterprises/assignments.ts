// Whose an enterprise was, by date: what is counted of a past day stays with the area of that day (domain reference 2.1, 8.2).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, reference } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { enterpriseId, ofEnterprise } from './part.ts';

/** What an enterprise is assigned to; tier, provider, person, team and grid are further ones, each with its own target. */
export const ASSIGNMENT_KINDS = vocabulary({ area: '所在区域' });

interface AssignmentFacts {
  kind: string;
  areaId: string | null;
  validFrom: string;
  validTo: string | null;
}

/**
 * One target of one kind from a day to a day. There is none where nothing ever changed: then the field of the enterprise has always held.
 * The last of a kind has no end and says what the field says.
 */
export const assignment = defineEntity({
  name: 'assignment',
  label: '归属变动',
  ...ofEnterprise,
  title: 'areaId',
  facets: {
    file: { tab: 'labels', order: 5, count: true },
    timeline: {
      day: 'validFrom',
      title: '{kind}：{areaId}',
      detail: '{validFrom} 起',
      who: '',
      glyph: 'i-ent',
      enterprise: 'enterpriseId',
      opens: 'enterpriseId',
    },
    dossier: { section: 'updates', order: 3 },
    register: null,
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: ['enterprises.update', 'enterprises.amendMove'],
    travels: 'parent',
    since: 4,
  },
  fields: {
    enterpriseId,
    kind: choice(ASSIGNMENT_KINDS, { label: '归属', required: 'F', list: true, initial: 'area' }),
    areaId: reference('area', { label: '区域', list: true }),
    validFrom: day({ label: '起', required: 'F', list: true, happened: true }),
    validTo: day({ label: '止', list: true, happened: true }),
  },
  indexes: [['enterpriseId', 'kind', 'validTo'], ['areaId']],
  checks: [
    {
      code: 'ASSIGNMENT_TARGET',
      field: 'areaId',
      severity: { form: 'error', handoff: 'warn' },
      run: (r: AssignmentFacts) => (r.kind === 'area' && !r.areaId ? '请选择区域' : null),
    },
    daysInOrder({
      code: 'ASSIGNMENT_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '止日早于起日，请核对',
      severity: { form: 'error', handoff: 'warn' },
    }),
  ],
});

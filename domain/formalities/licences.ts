// Papers of other authorities that an environmental file is asked for: 排水许可证, 生物安全备案, 辐射安全许可证.
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { inForce } from './conditions.ts';
import { LICENCE_TODAY } from './today.ts';

export const LICENCE_KINDS = vocabulary({
  drainage: '排水许可证',
  water_intake: '取水许可证',
  biosafety: '病原微生物实验室备案',
  radiation: '辐射安全许可证',
  chemicals: '危险化学品许可',
  food: '食品经营许可证',
  other: '其他',
});

export const otherLicence = defineEntity({
  name: 'otherLicence',
  label: '其他证照',
  conditions: inForce('otherLicence'),
  ...ofEnterprise,
  title: 'number',
  scanned: [
    {
      id: 'drainage_permit',
      label: '排水许可证',
      words: ['排水许可', '污水排入排水管网许可证'],
      number: 'number',
      of: { kind: 'drainage' },
    },
    {
      id: 'radiation_permit',
      label: '辐射安全许可证',
      words: ['辐射许可证', '辐射安全许可'],
      number: 'number',
      of: { kind: 'radiation' },
    },
  ],
  today: LICENCE_TODAY,
  facets: fileFacets({
    file: { tab: 'formalities', order: 5, count: true },
    dossier: { section: 'formalities', order: 7, by: 'validTo' },
    attach: ['document', 'photo', 'signed_paper'],
    since: 7,
  }),
  fields: {
    enterpriseId,
    kind: choice(LICENCE_KINDS, { label: '证照', required: 'F', level: 'must', list: true }),
    number: text({ label: '证照编号', max: 60, level: 'must', list: true }),
    issueAuthority: text({ label: '发证部门', max: 100, list: true }),
    validFrom: day({ label: '有效期自' }),
    validTo: day({ label: '有效期至', level: 'must', list: true }),
    scope: text({ label: '许可内容', max: 200, list: true, help: '如排水去向、实验室等级、品种和数量' }),
  },
  indexes: [['enterpriseId'], ['validTo']],
  checks: [
    daysInOrder({
      code: 'LICENCE_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '有效期至早于有效期自，请核对证照',
    }),
  ],
});

// The enterprise: the record that its file hangs on (domain reference 2.2).
import { defineEntity } from '../dictionary/entity.ts';
import { nameKey } from '../values/name-key.ts';
import { enterpriseChecks } from './checks.ts';
import { ENTERPRISE_FIELDS } from './enterprise-fields.ts';
import { ENTERPRISE_GROUPS } from './enterprise-groups.ts';
import { ENTERPRISE_DIMENSIONS, ENTERPRISE_FIGURES } from './figures.ts';
import { enterpriseConditions, enterpriseList } from './list.ts';
import { ENTERPRISE_QUALITY, enterpriseQualityConditions } from './quality.ts';
import { dossierPaper } from './paper.ts';
import { preVisitPaper } from './pre-visit-paper.ts';
import { sixPartsPaper } from './six-paper.ts';
import { blankSheetPaper, enterpriseSheetPaper } from './sheet-paper.ts';
import { ENTERPRISE_SCANS } from './scans.ts';
import { ENTERPRISE_SECTIONS } from './section.ts';

export const enterprise = defineEntity({
  name: 'enterprise',
  label: '企业',
  home: 'self',
  owns: true,
  title: 'name',
  groups: ENTERPRISE_GROUPS,
  papers: [dossierPaper, enterpriseSheetPaper, blankSheetPaper, preVisitPaper, sixPartsPaper],
  offer: { detail: '{creditCode}', place: '{address}' },
  scanned: ENTERPRISE_SCANS,
  sections: ENTERPRISE_SECTIONS,
  derive: (row) => ({ nameKey: nameKey(String(row.name)).slice(0, 200) }),
  facets: {
    file: null,
    timeline: { day: 'createdAt', title: '建立档案', detail: '', who: '', glyph: 'i-plus', enterprise: 'id' },
    dossier: {
      section: 'basic',
      order: 0,
      skip: ['suspectedDuplicate', 'creditCodeQuarantine', 'coordinateSystem'],
    },
    register: { order: 0, find: ['creditCode', 'siteNo', 'name', 'townId', 'address'] },
    attach: ['document', 'photo', 'evidence', 'signed_paper', 'layout'],
    search: {
      order: 0,
      icon: 'ent',
      title: '{name}',
      detail: '{shortName|{signName}} {creditCode}',
      tail: '{villageId.name|{parkId.name|{townId.name}}}',
      spelled: ['name', 'shortName', 'signName'],
      words: ['creditCode', 'creditCodeQuarantine', 'internalCode', 'villageId.name', 'address'],
    },
    page: { route: '/enterprises', room: 'enterprises', order: 1 },
    write: [
      'enterprises.create',
      'enterprises.update',
      'edits.apply',
      'quality.take',
      'enterprises.remove',
      'enterprises.restore',
    ],
    travels: 'area',
    since: 1,
  },
  figures: ENTERPRISE_FIGURES,
  dimensions: ENTERPRISE_DIMENSIONS,
  fields: ENTERPRISE_FIELDS,
  indexes: [
    ['nameKey'],
    ['creditCode'],
    ['townId'],
    ['villageId', 'operatingStatus'],
    ['parkId'],
    ['buildingId'],
    ['pinyin'],
    ['objectKind', 'operatingStatus'],
    ['responsibleStaffId'],
    ['hostEnterpriseId'],
    ['internalCode'],
    ['name'],
  ],
  checks: enterpriseChecks,
  list: enterpriseList,
  conditions: [...enterpriseConditions, ...enterpriseQualityConditions],
  quality: ENTERPRISE_QUALITY,
});

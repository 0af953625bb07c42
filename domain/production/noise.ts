// What makes noise (domain reference 2.6; limits by boundary class of GB 12348-2008).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, decimal, fourState, integer, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { BOUNDARY_CLASSES } from './vocabulary.ts';

export const noiseSource = defineEntity({
  name: 'noiseSource',
  label: '噪声源',
  ...ofEnterprise,
  title: 'name',
  facets: fileFacets({
    file: { tab: 'production', order: 8, count: true },
    dossier: { section: 'waste', order: 12 },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    name: text({ label: '噪声源', required: 'F', max: 100, list: true }),
    count: integer({ label: '数量', unit: '台', min: 0, max: 10_000, list: true }),
    place: text({ label: '位置', max: 100, list: true }),
    measure: text({ label: '降噪措施', max: 200, list: true }),
    level: decimal({ label: '源强', unit: 'dB(A)', list: true }),
    boundaryClass: choice(BOUNDARY_CLASSES, { label: '厂界声功能区', list: true }),
    runsAtNight: fourState({ label: '夜间运行', list: true }),
  },
  indexes: [['enterpriseId']],
});

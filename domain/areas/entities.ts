// Territory: one tree of areas, and grids that may cut across it.
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

/** Levels of the area tree (domain reference 2.1). */
export const AREA_LEVELS = vocabulary({
  district: '区',
  town: '街镇',
  sector: '片区',
  village: '村居',
  park: '园区',
  parcel: '地块',
  building: '楼宇',
});

/** Name of the area that takes objects whose town is not known (domain reference 6.5). */
export const UNASSIGNED_AREA = '未划分';

export const area = defineEntity({
  name: 'area',
  label: '区域',
  home: 'g',
  title: 'name',
  offer: { detail: '{parentId.name}', place: '{level} {parentId.name}', order: 'level' },
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: null,
    write: 'plain',
    travels: 'always',
    since: 1,
  },
  fields: {
    level: choice(AREA_LEVELS, { label: '层级', required: 'F', level: 'must', list: true }),
    name: text({ label: '名称', required: 'F', level: 'must', max: 60, list: true }),
    // A register that names the 片区 of a village says what that village lies in.
    parentId: reference('area', {
      label: '上级区域',
      list: true,
      headings: ['片区', '片区名称', '责任片区', '管理片区', '工作片区', '网格片区', '管片'],
    }),
    adminCode: text({ label: '区划代码', max: 12, pattern: /^\d{6}(\d{3}){0,2}$/, list: true }),
  },
  indexes: [['parentId']],
});

export const areaAlias = defineEntity({
  name: 'areaAlias',
  label: '区域别名',
  shape: 'child',
  home: 'g',
  parent: 'areaId',
  title: 'name',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: null,
    write: 'plain',
    travels: 'always',
    since: 1,
  },
  fields: {
    areaId: reference('area', { label: '区域', required: 'F' }),
    name: text({ label: '别名', required: 'F', max: 60 }),
    validTo: day({ label: '使用至' }),
  },
  indexes: [['areaId']],
});

export const grid = defineEntity({
  name: 'grid',
  label: '网格',
  home: 'g',
  title: 'name',
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: null,
    write: 'plain',
    travels: 'always',
    since: 1,
  },
  fields: { name: text({ label: '网格名称', required: 'F', level: 'must', list: true }) },
});

export const gridArea = defineSet({
  name: 'gridArea',
  label: '网格区域',
  home: 'g',
  parent: { entity: 'grid', field: 'gridId' },
  of: { entity: 'area', field: 'areaId' },
  facets: { ...INNER, write: 'parent', travels: 'always', since: 1 },
});

export const AREA_ENTITIES = [area, areaAlias, grid, gridArea] as const;

// Puts the rows of an import into towns, villages, parks and grids; names nobody knows become areas of the same action.
import { UNASSIGNED_AREA } from '../../domain/areas/entities.ts';
import { areaName, looksLikeVillage, villagesIn, type AreaResolver } from '../../domain/registers/area-resolver.ts';
import type { RowWarning } from '../../domain/registers/cell.ts';
import { AREA_FIELDS, type AreaLevel, type FieldValues, type NamedArea } from '../../domain/registers/row-content.ts';
import { AREA_LEVELS } from '../../domain/areas/entities.ts';
import { placeHeading } from '../../domain/registers/heading-stems.ts';
import { normaliseHeading, squeezeText } from '../../domain/values/text.ts';
import type { StagedRow, StagedSheet } from './staged.ts';

/** Where a row lies: ids by field, those that the row itself says, and what is doubtful. */
export interface Place {
  readonly townId: string;
  readonly given: FieldValues;
  readonly all: FieldValues;
  /** What no area of the enterprise takes: kept in words. */
  readonly remarks: readonly string[];
  readonly warnings: readonly RowWarning[];
}

const LEVEL_LABELS = AREA_LEVELS.labels as Readonly<Record<string, string>>;

/** Grids by name; a new one gets an id that starts with `grid:`. */
export class Grids {
  readonly #byName: Map<string, string>;
  readonly made = new Map<string, string>();
  constructor(known: readonly { id: string; name: string }[]) {
    this.#byName = new Map(known.map((g) => [squeezeText(g.name), g.id]));
  }
  idOf(name: string): string {
    const key = squeezeText(name);
    let id = this.#byName.get(key);
    if (!id) {
      id = `grid:${this.made.size + 1}`;
      this.#byName.set(key, id);
      this.made.set(id, name);
    }
    return id;
  }
}

/** People of the office by name; several of one name are nobody's answer. */
export class Staff {
  readonly #byName = new Map<string, string | null>();
  constructor(known: readonly { id: string; name: string }[]) {
    for (const { id, name } of known) {
      const key = squeezeText(name);
      this.#byName.set(key, this.#byName.has(key) ? null : id);
    }
  }
  /** The id of the person of that name, or why there is none. */
  find(name: string): { id: string } | { why: string } {
    const id = this.#byName.get(squeezeText(name));
    if (id) return { id };
    return {
      why: id === null ? `有几位叫“${name}”，没有填入，请选择` : `人员里没有“${name}”，没有填入，原文在导入结果里`,
    };
  }
}

/** For look-ups that no row is told about. */
const UNHEARD: RowWarning[] = [];

/** Finds the places of all rows of an import. */
export class Places {
  readonly #areas: AreaResolver;
  readonly #grids: Grids;
  readonly #staff: Staff;
  readonly #town: string | null;
  readonly #onlyTown: string | null;
  readonly #announced = new Set<string>();

  /** `townName`: the town chosen for the whole import. */
  constructor(areas: AreaResolver, grids: Grids, staff: Staff, townName: string | null) {
    this.#areas = areas;
    this.#grids = grids;
    this.#staff = staff;
    const towns = areas.towns().filter((t) => t.name !== UNASSIGNED_AREA);
    this.#onlyTown = towns.length === 1 ? (towns[0]?.id ?? null) : null;
    this.#town = townName === null || townName.trim() === '' ? null : this.#townNamed(townName, UNHEARD);
  }

  /** The village that a sheet's name stands for where it has no column of villages. */
  sheetArea(sheet: StagedSheet): { level: AreaLevel; name: string } | null {
    if (sheet.columns.some((c) => c.target === 'enterprise.villageId')) return null;
    const name = areaName(sheet.name);
    // 所属村 as the name of a sheet is a heading, no village.
    if (placeHeading(normaliseHeading(sheet.name)) !== null) return null;
    if (this.#areas.knows('village', name) || looksLikeVillage(name)) return { level: 'village', name };
    if (!sheet.columns.some((c) => c.target === 'enterprise.parkId') && this.#areas.only('park', name))
      return { level: 'park', name };
    return null;
  }

  /** Rows that say most about their village come first, so that 建东村 is made before 建东 is looked for. */
  prepare(sheets: readonly StagedSheet[]): void {
    const named: { town: string | undefined; sector: string | undefined; village: string }[] = [];
    for (const sheet of sheets) {
      const own = this.sheetArea(sheet);
      if (own?.level === 'village') {
        const { town, sector } = sheet.rows[0]?.content.areas ?? {};
        named.push({ town, sector, village: own.name });
      }
      for (const row of sheet.rows) {
        const { town, sector, village } = row.content.areas;
        if (village && looksLikeVillage(areaName(village)) && villagesIn(village).length === 1)
          named.push({ town, sector, village });
      }
    }
    const done = new Set<string>();
    for (const { town, sector, village } of named) {
      const key = `${town ?? ''}\n${squeezeText(village)}`;
      if (done.has(key)) continue;
      done.add(key);
      const townId = this.#townOf(town, village, UNHEARD);
      const between = sector === undefined ? null : this.#find('sector', sector, townId, UNHEARD);
      this.#areas.resolve('village', this.#bare(areaName(village), townId), townId, between ?? townId);
    }
  }

  /** Where a row lies. */
  of(row: StagedRow, sheetArea: { level: AreaLevel; name: string } | null): Place {
    const { content } = row;
    const warnings: RowWarning[] = [];
    const named = { ...(sheetArea ? { [sheetArea.level]: sheetArea.name } : {}), ...content.areas } as Partial<
      Record<NamedArea, string>
    >;
    const townId = this.#townOf(named.town, named.village, warnings);
    const unassigned = this.#areas.byId(townId)?.name === UNASSIGNED_AREA;
    if (unassigned) warnings.push({ code: 'TOWN_UNASSIGNED', sentence: `没有街镇，归入“${UNASSIGNED_AREA}”` });
    const given: FieldValues = this.#town !== null || named.town ? { townId } : {};
    const between =
      named.sector === undefined ? null : this.#find('sector', squeezeText(named.sector), townId, warnings);
    for (const level of ['village', 'park', 'parcel', 'building'] as const) {
      const name = named[level];
      if (!name) continue;
      const several = level === 'village' ? villagesIn(name) : [];
      if (several.length > 1) {
        warnings.push({
          code: 'AREA_AMBIGUOUS',
          sentence: `村居“${name}”可能是${several.join('或')}，没有填入，请选择`,
        });
        continue;
      }
      if (level === 'village' && areaName(name) !== squeezeText(name))
        warnings.push({ code: 'AREA_BY_STEM', sentence: `村居“${name}”识别为${areaName(name)}` });
      const id = this.#find(
        level,
        this.#bare(level === 'village' ? areaName(name) : squeezeText(name), townId),
        townId,
        warnings,
        level === 'village' ? (between ?? townId) : townId,
      );
      if (id) given[AREA_FIELDS[level]] = id;
    }
    if (content.grid) given.gridId = this.#grids.idOf(content.grid);
    const person = content.staff === null ? null : this.#staff.find(content.staff);
    if (person && 'id' in person) given.responsibleStaffId = person.id;
    else if (person) warnings.push({ code: 'STAFF_UNKNOWN', sentence: `责任人：${person.why}` });
    const remarks = this.#sectorKept(named.sector, between, given, warnings);
    return { townId, given, all: { ...given, townId }, remarks, warnings };
  }

  /** A 片区 that its village does not lie in moves nothing: it stays in words, and is said. */
  #sectorKept(
    name: string | undefined,
    sectorId: string | null,
    given: FieldValues,
    warnings: RowWarning[],
  ): readonly string[] {
    const village = given[AREA_FIELDS.village];
    if (name === undefined || (sectorId && typeof village === 'string' && this.#areas.liesIn(village, sectorId)))
      return [];
    const label = LEVEL_LABELS.sector ?? '';
    const known = typeof village === 'string' ? this.#areas.byId(village)?.name : undefined;
    const why = known === undefined ? '没有村居可以归入' : `在册的${known}不在这个${label}，请在设置的区域里核对`;
    warnings.push({ code: 'SECTOR_KEPT', sentence: `${label}“${name}”：${why}；已写入备注` });
    return [`${label}：${name}`];
  }

  #townOf(town: string | undefined, village: string | undefined, warnings: RowWarning[]): string {
    if (this.#town !== null) return this.#town;
    if (town) return this.#townNamed(town, warnings);
    if (this.#onlyTown !== null) return this.#onlyTown;
    const known = village ? this.#areas.only('village', village) : null;
    const within = known ? this.#areas.townOf(known) : null;
    if (within !== null) return within;
    return this.#areas.make('town', UNASSIGNED_AREA, null).id;
  }

  #townNamed(name: string, warnings: RowWarning[]): string {
    return this.#find('town', name, null, warnings) ?? this.#areas.make('town', UNASSIGNED_AREA, null).id;
  }

  /** The village's name without its town in front. */
  #bare(name: string, townId: string): string {
    const town = this.#areas.byId(townId)?.name ?? '';
    const text = squeezeText(name);
    return town !== '' && text.startsWith(town) && text.length > town.length + 1 ? text.slice(town.length) : text;
  }

  #find(
    level: string,
    name: string,
    within: string | null,
    warnings: RowWarning[],
    madeIn: string | null = within,
  ): string | null {
    const result = this.#areas.resolve(level, name, within, madeIn);
    const label = LEVEL_LABELS[level] ?? level;
    if (result.kind === 'ambiguous') {
      if (warnings !== UNHEARD)
        warnings.push({
          code: 'AREA_AMBIGUOUS',
          sentence: `${label}“${name}”可能是${result.names.join('或')}，没有填入，请选择`,
        });
      return null;
    }
    if (result.area.id.startsWith('new:'))
      this.#announce(result.area.id, warnings, {
        code: 'AREA_CREATED',
        sentence: `${label}“${result.area.name}”原来没有，随导入新建`,
      });
    else if (result.kind === 'found' && result.by === 'stem' && warnings !== UNHEARD)
      warnings.push({ code: 'AREA_BY_STEM', sentence: `${label}“${name}”识别为${result.area.name}` });
    return result.area.id;
  }

  /** Says a new area once, with the first row that lies in it. */
  #announce(id: string, warnings: RowWarning[], warning: RowWarning): void {
    if (warnings === UNHEARD || this.#announced.has(id)) return;
    this.#announced.add(id);
    warnings.push(warning);
  }
}
